/* A panel's static twin: the outputs after it, hidden as long as the panel lives. A saved notebook holds
   the twin only, since a view of a widget that is gone says nothing but that. JupyterLab's renderer adds a
   picture to each chart, larger than the chart itself; a large notebook is saved without those. */

const WIDGET = "application/vnd.jupyter.widget-view+json";
const CHART = "application/vnd.plotly.v1+json";
const MARK = 'class="genie-twin"';
const ROOM = 700_000; // characters without the indentation of a file, which makes them a third more

class Twin {
  constructor(model, root) {
    this.notebook = model.widget_manager?.context?.model;
    this.root = root;
  }

  hold(id, count) {
    if (this.root.parentElement?.closest(".genie-panel")) return; // within another panel, which has its own
    this.id = id;
    this.output = this.root.closest(".jp-OutputArea-child");
    if (this.output) this.output.dataset.genieTwins = String(count);
    if (!this.notebook?.toJSON) return;
    if (!this.notebook.geniePanels) {
      const live = (this.notebook.geniePanels = new Set());
      const whole = this.notebook.toJSON.bind(this.notebook);
      this.notebook.toJSON = () => kept(whole(), live);
    }
    this.notebook.geniePanels.add(id);
  }

  release() {
    this.notebook?.geniePanels?.delete(this.id);
    if (!this.output) return;
    delete this.output.dataset.genieTwins;
    requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
  }
}

function kept(notebook, live) {
  const cells = (notebook.cells ?? []).filter((cell) => cell.outputs);
  for (const cell of cells)
    cell.outputs = cell.outputs.filter((output) => !live.has(output.data?.[WIDGET]?.model_id));
  if (JSON.stringify(notebook).length > ROOM)
    for (const cell of cells.filter(hasTwin)) cell.outputs = cell.outputs.map(withoutPicture);
  return notebook;
}

function hasTwin(cell) {
  return cell.outputs.some((output) => [output.data?.["text/html"] ?? ""].flat().join("").includes(MARK));
}

function withoutPicture(output) {
  if (!output.data?.[CHART] || !output.data["image/png"]) return output;
  const { "image/png": _, ...data } = output.data;
  return { ...output, data };
}
