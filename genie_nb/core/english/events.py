"""Things that happen, each with a name of its own.

golden cross -> sma(50) crosses above sma(200)    gaps up 15% -> gap >= 0.15
rises 5% in 3 days -> close rises by 5% in 3 bars
"""

from collections.abc import Callable
from dataclasses import replace

from ..expr.pattern import pattern_names
from .lines import ADX, AVERAGE_VOLUME, RELATIVE, RSI
from .piece import FRACTION, PRICE, SHARES, Piece, written
from .spans import bars_of
from .table import Found, Row, Table

WITH_VOLUME = '"with volume" means rvol(20) > 1.5'
SPIKE = "a volume spike is rvol(20) > 2"
VOLUME_CONFIRMS = "rvol(20) > 1.5"
USUAL = "average(volume, 20)"
NEW_HIGH = "a new high is one that the bar's high reaches"
NEW_LOW = "a new low is one that the bar's low reaches"
GAP = "a gap is more than 2% unless its size is given"
UPTREND = "close > sma(50) and sma(50) > sma(200) and sma(50) > sma(50)[20]"


def _test(phrase: str, text: str, note: str = "", unit: str = PRICE) -> Row:
    return Row(phrase, text, kind="test", unit=unit, note=note)


def _move(verb: str) -> Callable[[Found, str], Piece | None]:
    """So much up or down over a span."""

    def made(found: Found, interval: str) -> Piece | None:
        bars = bars_of(found["span"], interval)
        subject, by = found.get("subject"), found["by"]
        if bars is None or (by.kind == "money" and subject and subject.unit != PRICE):
            return None
        size = f"{by.text}%" if by.kind == "percent" else by.text
        what = subject.text if subject else "close"
        moves = [f"{what} {one} by {size} in {bars.text} bars" for one in verb.split("|")]
        text = f"({' or '.join(moves)})" if len(moves) > 1 else moves[0]
        unit = subject.unit if subject else PRICE
        return replace(bars, kind="test", text=text, unit=unit)

    return made


def _today(sign: str) -> Callable[[Found, str], str]:
    """So much up or down on the day, against the close of the session before."""
    return lambda found, _: f"change {sign.format(written(found['by'].number / 100))}"


def _gap(sign: str) -> Callable[[Found, str], str]:
    return lambda found, _: f"gap {sign.format(written(found['by'].number / 100))}"


def _run(sign: str) -> Callable[[Found, str], Piece | None]:
    """Each close beyond the one before, so many bars in a row."""

    def made(found: Found, interval: str) -> Piece | None:
        bars = bars_of(found["span"], interval)
        if bars is None:
            return None
        text = f"close {sign} close[1] for {bars.text} bars"
        return replace(bars, kind="test", text=text, unit=PRICE)

    return made


def _above_usual(found: Found, _: str) -> Piece | None:
    """`on twice its average volume`: more than that was traded."""
    value = found["value"]
    if value.unit != SHARES or "*" not in value.text:
        return None
    return replace(value, kind="also", text=f"volume > {value.text}")


def _happens(found: Found, _: str) -> Piece | None:
    """An event that something makes or shows; a comparison is not made."""
    return None if found["test"].parts else found["test"]


def _new(line: str, side: str) -> Callable[[Found, str], Piece | None]:
    """A bar that goes beyond every one of the span before it."""

    def made(found: Found, interval: str) -> Piece | None:
        bars = bars_of(found["span"], interval)
        if bars is None:
            return None
        return replace(bars, kind="test", text=f"{side} {line}({bars.text})", unit=PRICE)

    return made


_LONG_NAMES = {
    "three white soldiers": "3whitesoldiers", "three black crows": "3blackcrows",
    "two crows": "2crows", "morning star": "morningstar", "evening star": "eveningstar",
    "morning doji star": "morningdojistar", "evening doji star": "eveningdojistar",
    "shooting star": "shootingstar", "hanging man": "hangingman",
    "inverted hammer": "invertedhammer", "dark cloud cover": "darkcloudcover",
    "piercing line": "piercing", "spinning top": "spinningtop",
    "dragonfly doji": "dragonflydoji", "gravestone doji": "gravestonedoji",
    "long legged doji": "longleggeddoji", "abandoned baby": "abandonedbaby",
    "harami cross": "haramicross",
    "three line strike": "3linestrike", "belt hold": "belthold", "tasuki gap": "tasukigap",
    "kicker": "kicking", "high wave": "highwave", "mat hold": "mathold",
}  # fmt: skip
"""Candlestick patterns of several words; the number three arrives as 3."""


def _patterns() -> tuple[Row, ...]:
    names = {name: name for name in pattern_names() if name.isalpha()}
    said = {phrase: _number_words(phrase) for phrase in (*_LONG_NAMES, *names)}
    return tuple(
        _test(f"{mood}{said[phrase]} pattern|candle|candlestick?", f"pattern {mood}{name}")
        for phrase, name in {**_LONG_NAMES, **names}.items()
        for mood in ("bullish ", "bearish ", "")
    )


def _number_words(phrase: str) -> str:
    return phrase.replace("three", "<number=3>").replace("two", "<number=2>")


_SPAN = "<span|length:span>"
_SETS = "hits|hit|makes|make|sets|set|reaches|reach|posts"
_OVER = f"IN LAST? {_SPAN}"
_BY = "by? MORE|at? than|least? <percent|money|number:by>"
_PERCENT = "by|of? MORE|at? than|least? <percent:by>"

NAMED = Table(
    _test("golden cross|crossover", "sma(50) crosses above sma(200)",
          "a golden cross is sma(50) crosses above sma(200)"),
    _test("death cross|crossover", "sma(50) crosses below sma(200)",
          "a death cross is sma(50) crosses below sma(200)"),
    _test("bullish macd cross|crossover", "macd() crosses above macd_signal()"),
    _test("bearish macd cross|crossover", "macd() crosses below macd_signal()"),
    _test("macd bullish cross|crossover", "macd() crosses above macd_signal()"),
    _test("macd bearish cross|crossover", "macd() crosses below macd_signal()"),
    _test("macd turns|goes|turning positive", "macd() crosses above 0"),
    _test("macd turns|goes|turning negative", "macd() crosses below 0"),
    _test("not oversold", "not rsi(14) < 30", f"oversold is rsi(14) < 30; {RSI}"),
    _test("not overbought", "not rsi(14) > 70", f"overbought is rsi(14) > 70; {RSI}"),
    _test("rsi? IS|BECOMES? oversold", "rsi(14) < 30", "oversold is rsi(14) < 30"),
    _test("rsi? IS|BECOMES? overbought", "rsi(14) > 70", "overbought is rsi(14) > 70"),
    _test("IS|BECOMES? in|into? uptrend", f"({UPTREND})", f"an uptrend is {UPTREND}"),
    _test("strong trend", "adx(14) > 25", f"a strong trend is adx(14) > 25; {ADX}"),
    Row(f"CLOSES at new {_SPAN} high", _new("highest", "close >"), kind="test"),
    Row(f"CLOSES at new {_SPAN} low", _new("lowest", "close <"), kind="test"),
    Row(f"breaks|break out? to new {_SPAN} high", _new("highest", "high >"), kind="test"),
    Row(f"{_SETS} {_SPAN} high", _new("highest", "high >"), kind="test", note=NEW_HIGH),
    Row(f"{_SETS} {_SPAN} low", _new("lowest", "low <"), kind="test", note=NEW_LOW),
    Row(f"MAKES? new {_SPAN} high|highs", _new("highest", "high >"), kind="test",
        note=NEW_HIGH),
    Row(f"MAKES? new {_SPAN} low|lows", _new("lowest", "low <"), kind="test",
        note=NEW_LOW),
    Row(f"breaks|break? out? {_SPAN} breakout", _new("highest", "close crosses above"), kind="test"),
    Row(f"{_SPAN} breakdown", _new("lowest", "close crosses below"), kind="test"),
    *_patterns(),
)  # fmt: skip
"""Events that a name or two says; read first, as their words mean other things elsewhere."""

MOVES = Table(
    Row(f"AUX? gap|gaps|gapped|gapping up {_PERCENT}", _gap(">= {0}"), kind="test", unit=FRACTION),
    Row(
        f"AUX? gap|gaps|gapped|gapping down {_PERCENT}", _gap("<= -{0}"), kind="test", unit=FRACTION
    ),
    Row("<percent:by> gap up", _gap(">= {0}"), kind="test", unit=FRACTION),
    Row("<percent:by> gap down", _gap("<= -{0}"), kind="test", unit=FRACTION),
    _test("AUX? gap|gaps|gapped|gapping up", "gap > 0.02", GAP, FRACTION),
    _test("AUX? gap|gaps|gapped|gapping down", "gap < -0.02", GAP, FRACTION),
    Row("CLOSES higher|up for? <run:span>", _run(">"), kind="test"),
    Row("CLOSES lower|down for? <run:span>", _run("<"), kind="test"),
    Row("AUX? CLIMB|up for? <run:span>", _run(">"), kind="test"),
    Row("AUX? SINK|down for? <run:span>", _run("<"), kind="test"),
    Row(f"<name>? <value:subject>? AUX? CLIMB up? {_BY} {_OVER}", _move("rises")),
    Row(f"<name>? <value:subject>? AUX? SINK back|down? {_BY} {_OVER}", _move("falls")),
    Row(f"<name>? <value:subject>? AUX? go|goes|move|moves? up {_BY} {_OVER}", _move("rises")),
    Row(f"<name>? <value:subject>? AUX? go|goes|move|moves? down {_BY} {_OVER}", _move("falls")),
    Row(f"<name>? <value:subject>? move|moves|moved|swings {_BY} {_OVER}", _move("rises|falls")),
    Row(f"AUX? CLIMB {_PERCENT} today", _today(">= {0}"), kind="test", unit=FRACTION),
    Row(f"AUX? SINK {_PERCENT} today", _today("<= -{0}"), kind="test", unit=FRACTION),
    Row(f"AUX? CLIMB {_PERCENT} on day", _today(">= {0}"), kind="test", unit=FRACTION),
    Row(f"AUX? SINK {_PERCENT} on day", _today("<= -{0}"), kind="test", unit=FRACTION),
    Row(f"AUX? up {_PERCENT} today", _today(">= {0}"), kind="test", unit=FRACTION),
    Row(f"AUX? down {_PERCENT} today", _today("<= -{0}"), kind="test", unit=FRACTION),
    Row(f"AUX? up {_PERCENT} on day", _today(">= {0}"), kind="test", unit=FRACTION),
    Row(f"AUX? down {_PERCENT} on day", _today("<= -{0}"), kind="test", unit=FRACTION),
)
"""Changes over time; read once spans and lines are known."""

VOLUME = Table(
    _test(
        "<value=volume> IS? at|than? <times> <name>? AVERAGE",
        "rvol(20) > {times}",
        RELATIVE,
        SHARES,
    ),
    _test("<times> <value=volume>", "rvol(20) > {times}", RELATIVE, SHARES),
    _test("HEAVY <value=volume>", "rvol(20) > 1.5", WITH_VOLUME, SHARES),
    _test("<value=volume> IS HEAVY", "rvol(20) > 1.5", WITH_VOLUME, SHARES),
    _test("<value=volume> IS? ABOVE AVERAGE", f"volume > {USUAL}", AVERAGE_VOLUME, SHARES),
    _test("<value=volume> IS? BELOW AVERAGE", f"volume < {USUAL}", AVERAGE_VOLUME, SHARES),
)
"""What volume does, where it is not compared with a number."""

SPIKES = Table(
    _test("<value=volume> spike|spikes|spiked|spiking|surge|surges", "rvol(20) > 2", SPIKE, SHARES),
    _test("spike|spikes|surge|surges in|of <value=volume>", "rvol(20) > 2", SPIKE, SHARES),
    _test("unusual|unusually high? <value=volume>", "rvol(20) > 2", SPIKE, SHARES),
)
"""Volume that jumps, where it does not jump above something."""

CONFIRMED = Table(
    Row("with|on <value=volume> confirmation?", VOLUME_CONFIRMS, kind="also", note=WITH_VOLUME),
    Row(
        "confirmed|backed|supported|accompanied by|with <value=volume>",
        VOLUME_CONFIRMS,
        kind="also",
        note=WITH_VOLUME,
    ),
    Row("without <value=volume>", f"not {VOLUME_CONFIRMS}", kind="also", note=WITH_VOLUME),
    Row("with|on <value>", _above_usual, kind="also"),
    Row("trades|trading|traded at|on? <value>", _above_usual, kind="also"),
    Row("MAKES|there is? <test>", _happens),
)
"""Read last: volume that confirms, and words before what happens."""
