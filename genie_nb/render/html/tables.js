// Makes the tables of cards sortable and filterable where a page runs scripts.
// The tables themselves are static; without this file they read the same, in the order of the answer.

const Tables = (() => {
  const TABLE = ".genie table.grid";
  const FILTER_FROM = 12; // rows from which on a filter helps
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const SCALES = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
  const FIGURE = /^([+\-−]?)(?:[A-Z]{0,3}[$€£¥₹₩₪]?) ?([\d,]*\.?\d+) ?([KMBT]?) ?(%|bps|bars?|days?|quarters?|x)?$/;

  const text = (cell) => (cell ? cell.textContent.trim() : "");

  /** The number behind a cell: what the kernel wrote there, else a figure read as it is written. */
  function number(cell) {
    if (!cell) return null;
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    if (cell.scope) return null; // the head of a row is its name
    const read = FIGURE.exec(text(cell));
    if (!read) return null;
    const size = Number(read[2].replaceAll(",", "")) * SCALES[read[3]];
    return read[1] && read[1] !== "+" ? -size : size;
  }

  /** Unknown cells come last in both directions; equal ones keep the order of the answer. */
  function compare(column, sign, numeric) {
    return (a, b) => {
      const [one, other] = [a.cells[column], b.cells[column]];
      if (!numeric) return sign * text(one).localeCompare(text(other), undefined, { numeric: true });
      const [x, y] = [number(one), number(other)];
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (x - y);
    };
  }

  function sortable(table, rows, said) {
    const heads = [...table.tHead.rows[0].cells];
    const buttons = heads.map((head, column) => {
      const name = text(head);
      if (!name) return null;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = name;
      button.title = `Sort by ${name}`;
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const order = NEXT[head.getAttribute("aria-sort")];
        for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", order);
        const numeric = rows.some((row) => number(row.cells[column]) !== null);
        const sign = order === "descending" ? -1 : 1;
        const sorted = order === "none" ? rows : [...rows].sort(compare(column, sign, numeric));
        table.tBodies[0].append(...sorted);
        said.textContent = order === "none" ? "In the order of the answer" : `Sorted by ${name}, ${order}`;
      });
      return button;
    });
    return buttons.some(Boolean);
  }

  function filterable(table, rows, said, bar) {
    const label = document.createElement("label");
    label.append("Filter ");
    const box = document.createElement("input");
    box.type = "search";
    box.setAttribute("aria-label", `Filter rows of ${table.getAttribute("aria-label") || "the table"}`);
    label.append(box);
    bar.prepend(label);
    // A notebook's own keys (A, B, dd …) must not act on the cell while somebody types here.
    for (const kind of ["keydown", "keypress", "keyup"]) box.addEventListener(kind, (event) => event.stopPropagation());
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const whole = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => whole.includes(word));
        shown += !row.hidden;
      }
      said.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
    });
  }

  /** Give one table its heads to sort by and, when it is long, a box to filter with; once. */
  function enhance(table) {
    const rows = table.tBodies[0] ? [...table.tBodies[0].rows] : [];
    if (table.dataset.live || !table.tHead || rows.length < 2) return;
    table.dataset.live = "true";
    const bar = document.createElement("div");
    bar.className = "tools";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    bar.append(said);
    if (!sortable(table, rows, said)) return;
    if (rows.length >= FILTER_FROM) filterable(table, rows, said, bar);
    (table.closest(".scroll") || table).before(bar);
  }

  /** Every table under a root that is not yet enhanced. */
  function sweep(root = document) {
    for (const table of root.querySelectorAll(TABLE)) enhance(table);
  }

  return { sweep };
})();
