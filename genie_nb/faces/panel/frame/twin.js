/* A panel's static twin: the outputs after it, hidden as long as the panel lives. A saved notebook holds
   the twin only, since a view of a widget that is gone says nothing but that. */

const WIDGET = "application/vnd.jupyter.widget-view+json";

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
      this.notebook.toJSON = () => withoutViews(whole(), live);
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

function withoutViews(notebook, live) {
  const kept = (output) => !live.has(output.data?.[WIDGET]?.model_id);
  for (const cell of notebook.cells ?? []) if (cell.outputs) cell.outputs = cell.outputs.filter(kept);
  return notebook;
}
