/* Ticks of a time axis whose bars are numbered. */

const DAY = 86_400_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const LEVELS = [
  [(d) => Math.floor(d.getUTCFullYear() / 5), year],
  [(d) => d.getUTCFullYear(), year],
  [(d) => d.getUTCFullYear() * 4 + Math.floor(d.getUTCMonth() / 3), month],
  [(d) => d.getUTCFullYear() * 12 + d.getUTCMonth(), month],
  [(d) => Math.floor((d / DAY + 3) / 7), day],
  [(d) => Math.floor(d / DAY), day],
  [(d) => Math.floor(d / 3_600_000), clock],
  [(d) => Math.floor(d / 900_000), clock],
];
function year(d) { return String(d.getUTCFullYear()); }
function month(d) { return d.getUTCMonth() ? MONTHS[d.getUTCMonth()] : year(d); }
function day(d) { return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`; }
function clock(d) { return d.toISOString().slice(11, 16); }

/** Ticks where a year, quarter, month, week, day or hour begins: as many as there is room for. */
function ticks(times, view, width) {
  const from = Math.max(0, Math.floor(view[0])), to = Math.min(times.length, Math.ceil(view[1]));
  const room = Math.max(2, Math.floor(width / 80));
  let best = { at: [], write: year };
  for (const [key, write] of LEVELS) {
    const at = begun(times, key, from, to, room);
    if (at.length > room) break;
    best = { at, write };
  }
  return { tickmode: "array", tickvals: best.at, ticktext: best.at.map((bar) => best.write(new Date(times[bar]))) };
}

/** The bars at which something new begins; one more than there is room for is enough to know. */
function begun(times, key, from, to, room) {
  const at = [];
  let before = key(new Date(times[Math.max(0, from - 1)]));
  for (let bar = Math.max(1, from); bar < to && at.length <= room; bar += 1) {
    const now = key(new Date(times[bar]));
    if (now !== before) at.push(bar);
    before = now;
  }
  return at;
}
