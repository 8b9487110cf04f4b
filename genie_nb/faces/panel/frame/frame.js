/* The page of a panel. The kernel writes it, region by region; this part only carries what the reader
   does to the kernel, one message at a time, the newest state first, and puts what comes back in place.

   to the kernel:   {kind: "open" | "closed" | "library" | "rest"} | {kind: "events", seq, set, look, do}
   from the kernel: {page, regions, values, said, charts, figures, embeds, done, library, model} + buffers */

const PATIENCE = 1500;
const REST = 1500;
const MOVED = 2000; // a cell that is moved makes its view anew; only one that stays away is closed
const LOST = "The kernel was restarted or shut down, so this panel is still. Run its cell again to go on.";
const GONE = ["restarting", "autorestarting", "terminating", "dead"];
const BUSY = "The kernel is busy; the newest state is shown as soon as it is free.";

/** Where the Tab key stops. */
const stops = (part) => [...part.querySelectorAll("button, input, select, summary, [tabindex='0']")].filter((one) => !one.disabled);

class Page {
  constructor(model, el) {
    this.model = model;
    this.id = Math.random().toString(36).slice(2);
    this.root = document.createElement("div");
    this.root.className = "genie-panel";
    this.root.setAttribute("role", "group");
    this.charts = new Map();
    this.embedded = new Map();
    this.set = new Map();
    this.look = new Map();
    this.acts = [];
    this.seq = 0;
    el.append(this.root);
    for (const kind of ["input", "change"]) this.root.addEventListener(kind, (event) => this.turned(event));
    this.root.addEventListener("click", (event) => this.pressed(event));
    this.root.addEventListener("keydown", (event) => this.typed(event));
    this.shield = (event) => this.keep(event);
    window.addEventListener("keydown", this.shield, true);
    this.heard = (message, buffers) => this.hear(message, buffers);
    this.cut = () => this.lose();
    model.on("msg:custom", this.heard);
    model.on("comm_live_update", this.cut);
    this.session = model.widget_manager?.context?.sessionContext;
    this.judge = (_, status) => GONE.includes(status) && this.lose();
    this.session?.statusChanged?.connect(this.judge);
    this.named = () => this.root.setAttribute("aria-label", model.get("title"));
    model.on("change:title", this.named);
    this.twin = new Twin(model, this.root);
    this.library = plotly(() => this.askLibrary());
    model.send({ kind: "open", view: this.id });
  }

  dispose() {
    window.removeEventListener("keydown", this.shield, true);
    this.model.off("msg:custom", this.heard);
    this.model.off("comm_live_update", this.cut);
    this.model.off("change:title", this.named);
    this.session?.statusChanged?.disconnect(this.judge);
    clearTimeout(this.impatient);
    clearTimeout(this.resting);
    for (const chart of this.charts.values()) chart.dispose();
    for (const view of this.embedded.values()) view.remove();
    this.twin.release();
  }

  askLibrary() {
    return new Promise((done, failed) => {
      this.libraryCame = done;
      setTimeout(() => failed(new Error("the chart library did not come")), 120_000);
      this.model.send({ kind: "library", view: this.id });
    });
  }

  lose() {
    if (this.lost || !this.opened) return;
    this.lost = true;
    clearTimeout(this.impatient);
    this.notice(LOST);
    for (const control of this.root.querySelectorAll("input, select, button")) control.disabled = true;
  }

  notice(words) {
    const line = this.root.querySelector("[data-notice]");
    if (line && line.textContent !== words) line.textContent = words;
  }

  /* what the reader does */

  turned(event) {
    const control = event.target.closest("[data-name]");
    if (!control) return;
    const live = control.type === "range" || control.type === "checkbox" || control.tagName === "SELECT";
    const wait = event.type === "input" ? !live && !("live" in control.dataset) : live;
    const value = control.type === "checkbox" ? control.checked : control.value;
    if (control.type !== "number" || (value && control.validity.valid)) this.mirror(control.dataset.name, value, control);
    if (!wait) this.tell(this.set, control.dataset.name, value);
  }

  /** The other controls of the same name, such as a slider and its number, follow at once. */
  mirror(name, value, source) {
    for (const twin of this.root.querySelectorAll(`[data-name="${CSS.escape(name)}"]`))
      if (twin !== source) twin.type === "checkbox" ? (twin.checked = value) : (twin.value = value);
  }

  pressed(event) {
    const button = event.target.closest("[data-do], [data-copy], [data-span]");
    if (!button || button.disabled) return;
    if ("copy" in button.dataset) this.copy(button);
    else if ("span" in button.dataset) this.span(button);
    else this.act(button.dataset.do, button.dataset.value ?? this.valueFor(button));
  }

  valueFor(button) {
    const source = button.dataset.from && this.root.querySelector(`[data-name="${CSS.escape(button.dataset.from)}"]`);
    return source ? source.value : null;
  }

  /** Keys belong to the panel that has the focus, not to the notebook's shortcuts; those with Ctrl, Alt
      or Cmd, and Shift+Enter, stay the notebook's. */
  keep(event) {
    const notebooks = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
    this.root.toggleAttribute("data-lm-suppress-shortcuts", !notebooks);
  }

  typed(event) {
    const control = event.target.closest("[data-enter]");
    event.stopPropagation();
    if (event.key === "Enter" && control) this.act(control.dataset.enter, control.value);
    if (event.target.matches("[role=tab]")) this.walk(event);
  }

  /** Arrows go from tab to tab. */
  walk(event) {
    const tabs = [...event.target.parentElement.children];
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -tabs.indexOf(event.target), End: -1 - tabs.indexOf(event.target) };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = tabs.at((tabs.indexOf(event.target) + steps[event.key]) % tabs.length);
    next.focus();
    next.click();
  }

  async copy(button) {
    const source = this.root.querySelector(`[data-line="${button.dataset.copy}"]`);
    const said = await navigator.clipboard.writeText(source.textContent).then(() => "copied", () => "press Ctrl+C");
    if (said !== "copied") getSelection().selectAllChildren(source);
    const before = (button.dataset.before ??= button.textContent);
    button.textContent = said;
    setTimeout(() => (button.textContent = before), 1500);
  }

  span(button) {
    const chart = this.charts.get(button.dataset.chart);
    if (!chart?.count) return;
    const bars = Number(button.dataset.span) || chart.count;
    chart.show(chart.count - bars, chart.count);
  }

  act(name, value) {
    this.acts.push([name, value]);
    this.soon();
  }

  tell(kept, name, value) {
    kept.set(name, value);
    this.soon();
  }

  soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.send();
    });
  }

  /** One message is on its way at a time; what happens meanwhile is kept, the newest of each. */
  send() {
    if (this.lost || this.busy || !(this.set.size || this.look.size || this.acts.length)) return;
    this.busy = this.seq += 1;
    if (this.set.size || this.acts.length) this.stirred = true;
    clearTimeout(this.resting);
    this.model.send({
      kind: "events", view: this.id, seq: this.seq, set: Object.fromEntries(this.set),
      look: Object.fromEntries(this.look), do: this.acts,
    });
    this.set.clear();
    this.look.clear();
    this.acts = [];
    this.impatient = setTimeout(() => this.notice(BUSY), PATIENCE);
  }

  /* what the kernel says */

  hear(message, buffers) {
    if (message.library !== undefined) {
      if (message.view === this.id) this.libraryCame?.(buffers[0]);
      return;
    }
    if (message.page !== undefined && message.view !== this.id) return;
    if (message.page !== undefined) this.open(message);
    if (!this.opened) return;
    for (const [name, html] of Object.entries(message.regions ?? {})) this.put(name, html);
    for (const [name, value] of Object.entries(message.values ?? {})) this.mirror(name, value, null);
    for (const [name, words] of Object.entries(message.said ?? {})) this.say(name, words, message.calm?.[name]);
    for (const [name, figure] of Object.entries(message.figures ?? {})) this.figure(name, figure);
    for (const [name, model] of Object.entries(message.embeds ?? {})) this.embed(name, model);
    for (const [name, header] of Object.entries(message.charts ?? {})) this.chart(name, header, buffers[header.buffer]);
    if (message.done === this.busy && message.view === this.id) this.free();
  }

  free() {
    this.busy = 0;
    clearTimeout(this.impatient);
    this.notice("");
    if (this.set.size || this.look.size || this.acts.length) this.soon();
    else if (this.stirred) this.resting = setTimeout(() => this.rest(), REST);
  }

  rest() {
    this.stirred = false;
    if (!this.lost) this.model.send({ kind: "rest", view: this.id });
  }

  open(message) {
    for (const chart of this.charts.values()) chart.dispose();
    this.charts.clear();
    this.root.innerHTML = message.page;
    this.own(this.root);
    this.named();
    this.opened = true;
    this.twin.hold(message.model, message.twins);
  }

  put(name, html) {
    const region = this.root.querySelector(`[data-region="${CSS.escape(name)}"]`);
    if (!region || region.genieHtml === html) return;
    for (const [place, view] of this.embedded)
      if (region.contains(view.el)) this.embedded.delete(place) && view.remove();
    const focus = region.contains(document.activeElement) ? document.activeElement : null;
    const at = stops(region).indexOf(focus);
    region.innerHTML = region.genieHtml = html;
    this.own(region);
    if (focus) this.heir(region, focus, at)?.focus({ preventScroll: true });
  }

  /** Who has the focus after its holder was replaced: the same control, the one in its place unless that
      does the same to something else, the first of the region, the one before it. */
  heir(region, { dataset }, at) {
    const known = dataset.value === undefined ? dataset.key ?? dataset.name ?? dataset.do : dataset.key;
    const key = known && CSS.escape(known);
    const same = key && region.querySelector(`[data-key="${key}"], [data-name="${key}"], [data-do="${key}"]:not([data-value])`);
    if (same) return same;
    const found = stops(region);
    const next = found[at];
    if (next && (!dataset.do || next.dataset.do !== dataset.do)) return next;
    const before = (one) => region.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
    return found[0] ?? stops(this.root).filter(before).at(-1);
  }

  /** Ids of this panel's own: several panels may be on one page. */
  own(part) {
    for (const name of ["id", "for", "aria-describedby", "aria-controls", "list"])
      for (const element of part.querySelectorAll(`[${name}]`))
        element.setAttribute(name, `${element.getAttribute(name)}-${this.id}`);
    Tables.sweep(part);
  }

  say(name, words, calm) {
    const line = this.root.querySelector(`[data-said="${CSS.escape(name)}"]`);
    if (!line) return;
    line.textContent = words;
    line.classList.toggle("calm", Boolean(calm));
    for (const control of this.root.querySelectorAll(`[data-name="${CSS.escape(name)}"]`))
      words && !calm ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
  }

  async chart(name, header, buffer) {
    const host = this.root.querySelector(`[data-chart="${CSS.escape(name)}"]:not(button)`);
    if (!host) return;
    let chart = this.charts.get(name);
    if (!chart) {
      chart = new LiveChart(host, (first, last) => this.tell(this.look, name, [first, last]));
      this.charts.set(name, chart);
    }
    chart.take(header, buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength));
    chart.library ??= await this.library.catch((error) => this.notice(`No chart: ${error.message}.`));
    chart.soon();
  }

  /** Another panel within this one. */
  async embed(name, id) {
    const host = this.root.querySelector(`[data-embed="${CSS.escape(name)}"]`);
    if (!host || host.dataset.holds === id) return;
    host.dataset.holds = id;
    this.embedded.get(name)?.remove();
    const manager = this.model.widget_manager;
    const view = await manager.create_view(await manager.get_model(id));
    this.embedded.set(name, view);
    host.replaceChildren(view.el);
  }

  async figure(name, figure) {
    const host = this.root.querySelector(`[data-figure="${CSS.escape(name)}"]`);
    const library = await this.library.catch((error) => this.notice(`No chart: ${error.message}.`));
    if (!host?.isConnected || !library) return;
    if (!figure.data.length) return library.purge(host);
    await library.react(host, figure.data, figure.layout, { displayModeBar: false, responsive: true });
  }
}

export default {
  render({ model, el }) {
    const page = new Page(model, el);
    return () => {
      page.dispose();
      if (!page.lost) setTimeout(() => model.send({ kind: "closed", view: page.id }), MOVED);
    };
  },
};
