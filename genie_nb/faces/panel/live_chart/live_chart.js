/* A chart that the kernel keeps in step. A canvas below holds the candles and the volume, which are many
   and change only with the view; Plotly draws axes, lines and marks over it. Bars are numbered, so that
   closed sessions take no room; the view is [first, last) in bar numbers. */

const MARGIN = { left: 10, right: 58, top: 6, bottom: 24 };
const GAP = 24;
const DASHES = { solid: "solid", dash: "dashed", dot: "dotted" };
const SIGNS = { "triangle-up": "▲", x: "✕", "star-triangle-down": "▼" };

class LiveChart {
  /** @param host element to draw in; @param moved called with (first, last) when the reader moved. */
  constructor(host, moved) {
    this.host = host;
    this.moved = moved;
    this.curves = [];
    this.marks = [];
    this.numbers = new Map();
    this.library = null;
    host.classList.add("genie-live-chart");
    host.innerHTML = '<div class="genie-readout" aria-hidden="true"></div><div class="genie-stage">' +
      '<canvas></canvas><div class="genie-plot" tabindex="0" role="img"></div><i class="genie-cross"></i></div>';
    this.readout = host.querySelector(".genie-readout");
    this.stage = host.querySelector(".genie-stage");
    this.candles = new Candles(host.querySelector("canvas"));
    this.plot = host.querySelector(".genie-plot");
    this.cross = host.querySelector(".genie-cross");
    this.listen();
  }

  listen() {
    this.plot.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("mousemove", (event) => this.point(this.barAt(event)));
    this.stage.addEventListener("mouseleave", () => this.point(null));
    this.stage.addEventListener("dblclick", () => this.show(0, this.count));
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.resizer = new ResizeObserver(() => this.soon());
    this.resizer.observe(this.stage);
  }

  dispose() {
    this.resizer.disconnect();
    if (this.library) this.library.purge(this.plot);
  }

  /** Take in what changed. */
  take(header, buffer) {
    const all = new Float64Array(buffer);
    const at = ([start, length]) => all.subarray(start, start + length);
    if (header.times) Object.assign(this, { times: at(header.times), count: header.count, numbers: new Map() });
    for (const name of ["view", "colours", "intraday", "panes", "volume", "unseen", "said", "window"])
      if (name in header) this[name] = header[name];
    if (header.candles) {
      this.bars = { first: header.window[0] };
      for (const [name, slot] of Object.entries(header.candles)) this.bars[name] = at(slot);
    }
    this.curves = header.curves.map((curve) => this.withNumbers("curve", curve, at));
    this.marks = header.marks.map((marks) => this.withNumbers("mark", marks, at));
    this.plot.setAttribute("aria-label", this.said ?? "");
  }

  withNumbers(kind, said, at) {
    const key = `${kind} ${said.key}`;
    if (said.slot) this.numbers.set(key, { values: at(said.slot), texts: said.texts, first: this.window[0] });
    return { ...said, ...this.numbers.get(key) };
  }

  soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.draw();
    });
  }

  async draw() {
    if (!this.library || !this.panes || !this.stage.clientWidth) return;
    this.place();
    this.paint(this.view);
    const first = !this.drawn;
    await this.library.react(this.plot, this.traces(), this.layout(), {
      displayModeBar: false, doubleClick: false, responsive: false, scrollZoom: false,
    });
    this.drawn = true;
    if (first) this.follow();
    this.point(null);
    this.host.dispatchEvent(new CustomEvent("genie-drawn", { bubbles: true }));
  }

  follow() {
    const range = (event) => [event["xaxis.range[0]"], event["xaxis.range[1]"]];
    this.plot.on("plotly_relayouting", (event) => {
      const [first, last] = range(event);
      if (first !== undefined) this.paint([first + 0.5, last + 0.5]);
    });
    this.plot.on("plotly_relayout", (event) => {
      const [first, last] = range(event);
      if (first !== undefined) this.show(first + 0.5, last + 0.5);
    });
  }

  /** Where each pane lies, in pixels from the top of the stage. */
  place() {
    const width = this.stage.clientWidth;
    let top = MARGIN.top;
    this.boxes = this.panes.map((pane, number) => {
      const before = number && pane.whole !== this.panes[number - 1].whole ? 20 : 0;
      top += number ? GAP + before : 0;
      const box = { top, height: pane.height, left: MARGIN.left, width: width - MARGIN.left - MARGIN.right };
      top += pane.height;
      return box;
    });
    this.height = top + MARGIN.bottom;
    this.stage.style.height = `${this.height}px`;
  }

  show(first, last) {
    const span = Math.min(Math.max(last - first, 10), this.count);
    const start = Math.min(Math.max(first, 0), this.count - span);
    this.view = [start, start + span];
    this.soon();
    this.moved(start, start + span);
  }

  zoom(factor) {
    const [first, last] = this.view;
    const span = (last - first) * factor;
    this.show(last - span, last);
  }

  key(event) {
    const [first, last] = this.view;
    const step = (last - first) / 8;
    const moves = {
      ArrowLeft: () => this.show(first - step, last - step),
      ArrowRight: () => this.show(first + step, last + step),
      "+": () => this.zoom(0.8), "-": () => this.zoom(1.25),
      Home: () => this.show(0, last - first),
      End: () => this.show(this.count - (last - first), this.count),
    };
    if (!moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
  }

  wheel(event) {
    if (!event.ctrlKey || !this.view) return;
    event.preventDefault();
    this.zoom(event.deltaY > 0 ? 1.15 : 0.87);
  }

  barAt(event) {
    if (!this.boxes || !this.view) return null;
    const { left, width } = this.boxes[0];
    const share = (event.clientX - this.stage.getBoundingClientRect().left - left) / width;
    const bar = Math.floor(this.view[0] + share * (this.view[1] - this.view[0]));
    return share < 0 || share > 1 || bar < 0 || bar >= this.count ? null : bar;
  }

  /** Say the numbers of one bar; of the newest in view where none is pointed at. */
  point(bar) {
    if (!this.view || !this.bars) return;
    const shown = bar ?? Math.min(this.count, Math.floor(this.view[1])) - 1;
    const { left, width } = this.boxes?.[0] ?? { left: 0, width: 0 };
    this.cross.hidden = bar === null;
    const share = (shown + 0.5 - this.view[0]) / (this.view[1] - this.view[0]);
    this.cross.style.transform = `translateX(${left + share * width}px)`;
    const at = shown - this.bars.first;
    const moment = new Date(this.times[shown]);
    const when = moment.toISOString().slice(0, this.intraday ? 16 : 10).replace("T", " ");
    const parts = [text("b", when)];
    for (const [label, name] of [["O", "open"], ["H", "high"], ["L", "low"], ["C", "close"]])
      parts.push(text("span", `${label} ${price(this.bars[name][at])}`));
    for (const curve of this.curves) {
      const index = curve.step > 1 || this.panes[curve.pane].whole
        ? Math.round((shown - (this.count - 1)) / curve.step) + curve.values.length - 1
        : shown - curve.first;
      const entry = text("span", `${curve.name} ${figure(curve.values[index], this.panes[curve.pane].whole)}`);
      const sample = document.createElement("i");
      sample.style.borderTop = `2px ${DASHES[curve.dash] ?? "dashed"} ${curve.colour}`;
      entry.prepend(sample);
      parts.push(entry);
    }
    for (const marks of this.marks) {
      const half = marks.values.length / 2;
      const index = marks.values.subarray(0, half).indexOf(shown);
      const entry = text("span", index < 0 ? marks.name : marks.texts[index]);
      const sign = text("em", SIGNS[marks.symbol] ?? "●");
      sign.style.color = `color-mix(in srgb, ${marks.colour} 70%, var(--ink))`;
      entry.prepend(sign);
      parts.push(entry);
    }
    this.readout.replaceChildren(...parts);
  }

  traces() {
    const found = this.curves.map((curve) => ({
      type: "scatter", mode: "lines", x: this.across(curve), y: curve.values, hoverinfo: "skip",
      line: { color: curve.colour, dash: curve.dash, width: 1.5 }, ...this.axes(curve.pane),
      ...(curve.fill ? { fill: "tozeroy", fillcolor: this.colours.shade } : {}),
    }));
    for (const marks of this.marks) {
      const half = marks.values.length / 2;
      found.push({
        type: "scatter", mode: "markers", x: marks.values.subarray(0, half), y: marks.values.subarray(half),
        hoverinfo: "skip", cliponaxis: false, ...this.axes(0),
        marker: { symbol: marks.symbol, size: 10, color: marks.colour, line: { width: 1, color: this.colours.ink } },
      });
    }
    for (const pane of this.panes.keys()) found.push({ type: "scatter", x: [null], y: [null], ...this.axes(pane) });
    return found;
  }

  across(curve) {
    const key = `${curve.first} ${curve.values.length} ${curve.step} ${this.panes[curve.pane].whole}`;
    this.numbered ??= new Map();
    if (!this.numbered.has(key)) {
      if (this.numbered.size > 24) this.numbered.clear();
      const last = this.count - 1, many = curve.values.length;
      const whole = this.panes[curve.pane].whole;
      this.numbered.set(key, Float64Array.from({ length: many }, (_, i) =>
        whole ? last - (many - 1 - i) * curve.step : curve.first + i));
    }
    return this.numbered.get(key);
  }

  axes(pane) {
    const suffix = pane ? String(pane + 1) : "";
    return { xaxis: this.panes[pane].whole ? "x2" : "x", yaxis: `y${suffix}` };
  }

  layout() {
    const { ink, grid, shade } = this.colours;
    const plain = { gridcolor: grid, linecolor: grid, zeroline: false, ticks: "", fixedrange: true };
    const wide = this.boxes[0].width;
    const inner = this.height - MARGIN.top - MARGIN.bottom;
    const up = (pixels) => 1 - (pixels - MARGIN.top) / inner;
    const last = (whole) => this.panes.findLastIndex((pane) => pane.whole === whole);
    const under = (whole) => `y${last(whole) ? last(whole) + 1 : ""}`;
    const page = {
      autosize: false, width: wide + MARGIN.left + MARGIN.right, height: this.height,
      margin: { l: MARGIN.left, r: MARGIN.right, t: MARGIN.top, b: MARGIN.bottom, autoexpand: false },
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: false,
      dragmode: "pan", font: { size: 11, color: ink, family: "system-ui, -apple-system, Segoe UI, sans-serif" },
      xaxis: { ...plain, fixedrange: false, anchor: under(false), range: this.view.map((bar) => bar - 0.5),
        ...ticks(this.times, this.view, wide) },
      shapes: [], annotations: [], template: {},
    };
    if (last(true) >= 0)
      page.xaxis2 = { ...plain, anchor: under(true), range: [-0.5, this.count - 0.5], ...ticks(this.times, [0, this.count], wide) };
    this.panes.forEach((pane, number) => {
      const box = this.boxes[number];
      const { xaxis, yaxis } = this.axes(number);
      page[yaxis.replace("y", "yaxis")] = {
        ...plain, side: "right", anchor: xaxis, tickformat: pane.format, nticks: number ? 4 : 7,
        domain: [Math.max(0, up(box.top + box.height)), Math.min(1, up(box.top))], range: this.range(number, this.view),
      };
      if (pane.title) page.annotations.push({
        text: pane.title, xref: "paper", yref: "paper", x: 0, y: up(box.top), xanchor: "left", yanchor: "bottom",
        showarrow: false, font: { size: 11, color: ink },
      });
      const across = { xref: `${xaxis} domain`, x0: 0, x1: 1, type: "line", line: { color: ink, width: 1, dash: "dot" } };
      for (const value of pane.thresholds) page.shapes.push({ ...across, yref: yaxis, y0: value, y1: value });
      if (pane.whole && this.unseen != null) page.shapes.push({
        type: "rect", xref: xaxis, yref: `${yaxis} domain`, x0: this.unseen - 0.5, x1: this.count - 0.5, y0: 0, y1: 1,
        fillcolor: shade, line: { width: 0 }, layer: "below",
      });
    });
    return page;
  }

  /** The range of a pane: of the candles and marks in the first, which lines do not stretch. */
  range(number, view) {
    const from = Math.max(0, Math.floor(view[0])), to = Math.min(this.count, Math.ceil(view[1]));
    const edges = [Infinity, -Infinity];
    const stretch = (values, first, last) => {
      for (let at = Math.max(0, first); at < Math.min(values.length, last); at += 1) {
        if (values[at] < edges[0]) edges[0] = values[at];
        if (values[at] > edges[1]) edges[1] = values[at];
      }
    };
    const { first, high, low, volume } = this.bars;
    if (number === 0) {
      stretch(low, from - first, to - first);
      stretch(high, from - first, to - first);
    } else if (number === this.volume) {
      edges[0] = 0;
      stretch(volume, from - first, to - first);
    }
    if (number && number !== this.volume)
      for (const curve of this.curves.filter((one) => one.pane === number))
        if (this.panes[number].whole) stretch(curve.values, 0, Infinity);
        else stretch(curve.values, from - curve.first, to - curve.first);
    if (number) stretch(this.panes[number].thresholds, 0, Infinity);
    if (!(edges[0] <= edges[1])) return [0, 1];
    const air = (edges[1] - edges[0] || Math.abs(edges[1]) || 1) * 0.06;
    return number === this.volume ? [0, edges[1] + air] : [edges[0] - air, edges[1] + air];
  }

  /** Candles and volume of a view, on the canvas. */
  paint(view) {
    this.candles.clear(this.stage.clientWidth, this.height);
    const pane = (kind, number) =>
      this.candles.pane(kind, this.bars, {
        box: this.boxes[number], view, range: this.range(number, this.view), colours: this.colours,
      });
    pane("candle", 0);
    if (this.volume != null) pane("volume", this.volume);
  }
}

function text(name, content) {
  const made = document.createElement(name);
  made.textContent = content;
  return made;
}

/** A number of a line; one of the whole test, such as what it was worth, is no price below a dollar. */
function figure(value, whole) {
  return whole && Number.isFinite(value) ? value.toFixed(2) : price(value);
}

function price(value) {
  if (value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return value.toFixed(size >= 1000 ? 0 : size >= 1 ? 2 : 4);
}
