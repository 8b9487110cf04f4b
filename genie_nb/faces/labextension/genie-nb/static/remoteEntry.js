// Fits the charts of a chat to the width of their panel.
//
// The chat draws a chart before it is on the page, so Plotly finds no width and takes 700 pixels; and a
// panel that is dragged wider tells nobody. So each chart's message is observed, and a new width is
// passed on as what Plotly's responsive charts listen to: a resized window.
(() => {
  const CHART = ".jp-chat-rendered-message .jp-RenderedPlotly";

  function fitting() {
    const widths = new WeakMap();
    let due = false;
    const tell = () => {
      due = false;
      window.dispatchEvent(new Event("resize"));
    };
    const sizes = new ResizeObserver((changed) => {
      for (const { target, contentRect } of changed) {
        if (!contentRect.width || widths.get(target) === contentRect.width) continue;
        widths.set(target, contentRect.width);
        if (!due) requestAnimationFrame(tell);
        due = true;
      }
    });
    const watch = (root) => {
      const charts = [...root.querySelectorAll(CHART)];
      if (root.matches(CHART)) charts.push(root);
      charts.forEach((chart) => sizes.observe(chart));
    };
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        addedNodes.forEach((node) => node.nodeType === Node.ELEMENT_NODE && watch(node));
      }
    }).observe(document.body, { childList: true, subtree: true });
    watch(document.body);
  }

  const plugin = {
    id: "genie-nb:fit",
    description: "Fits the charts of a chat to the width of their panel.",
    autoStart: true,
    activate: fitting,
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["genie-nb"] = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
