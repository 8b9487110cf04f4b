/* Candles and volume on a canvas: hollow where the close is above the open, filled where below. */

class Candles {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Make the canvas as large as the stage, on any screen, and clear it. */
  clear(width, height) {
    const ratio = window.devicePixelRatio || 1;
    const { canvas } = this;
    const [across, down] = [width, height].map((length) => Math.round(length * ratio));
    if (canvas.width !== across || canvas.height !== down) {
      Object.assign(canvas, { width: across, height: down });
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    this.ink = canvas.getContext("2d");
    this.ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.ink.clearRect(0, 0, width, height);
  }

  /** Draw one pane: the bars of a view, between two values, in a box. */
  pane(kind, bars, { box, view, range: [low, high], colours }) {
    const { ink } = this;
    const wide = box.width / (view[1] - view[0]);
    const y = (value) => box.top + box.height * (1 - (value - low) / (high - low));
    const { first, open, close } = bars;
    const from = Math.max(first, Math.floor(view[0])), to = Math.min(first + close.length, Math.ceil(view[1]));
    ink.save();
    ink.beginPath();
    ink.rect(box.left, box.top, box.width, box.height);
    ink.clip();
    ink.lineWidth = 1;
    for (const rising of [true, false]) {
      ink.fillStyle = ink.strokeStyle = rising ? colours.up : colours.down;
      ink.beginPath();
      for (let at = from - first; at < to - first; at += 1)
        if (close[at] >= open[at] === rising)
          this[kind](bars, at, box.left + (first + at + 0.5 - view[0]) * wide, wide, y, rising);
      ink.stroke();
    }
    ink.restore();
  }

  candle({ open, high, low, close }, at, x, wide, y, rising) {
    const { ink } = this;
    const middle = Math.round(x) + 0.5;
    const top = y(Math.max(open[at], close[at])), bottom = y(Math.min(open[at], close[at]));
    ink.moveTo(middle, y(high[at]));
    if (wide < 3) {
      ink.lineTo(middle, y(low[at]) + 1);
      return;
    }
    ink.lineTo(middle, top);
    ink.moveTo(middle, bottom);
    ink.lineTo(middle, y(low[at]));
    const half = Math.max(1, Math.round(wide * 0.34)), tall = Math.max(1, bottom - top);
    if (rising) ink.rect(middle - half, top, 2 * half, tall);
    else ink.fillRect(middle - half - 0.5, top, 2 * half + 1, tall);
  }

  volume({ volume }, at, x, wide, y) {
    const top = y(volume[at]);
    this.ink.globalAlpha = 0.55;
    this.ink.fillRect(x - wide * 0.36, top, Math.max(0.7, wide * 0.72), y(0) - top);
  }
}
