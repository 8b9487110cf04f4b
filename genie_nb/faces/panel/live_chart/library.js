/* The chart library: the one the page has, or the one the kernel has, fetched once per page. */

/** Plotly for this page: the one that is there, or the one the kernel has, fetched once. */
function plotly(ask) {
  if (window.Plotly?.react) return Promise.resolve(window.Plotly);
  window.genieChartLibrary ??= unpack(ask).catch((error) => {
    window.genieChartLibrary = undefined;
    throw error;
  });
  return window.genieChartLibrary;
}

async function unpack(ask) {
  const packed = await ask();
  const opened = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const source = await new Response(opened).blob();
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    script.onload = done;
    script.onerror = () => failed(new Error("the chart library could not be read"));
    script.src = url;
    document.head.append(script);
  });
  URL.revokeObjectURL(url);
  return window.Plotly;
}
