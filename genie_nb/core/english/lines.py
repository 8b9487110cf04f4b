"""What things are called, and the lines of the rule language they are.

50-day moving average -> sma(50)    upper Bollinger band -> bb_upper(20, 2)
RSI -> rsi(14)                      52-week high -> highest(252)
"""

from collections.abc import Callable
from dataclasses import replace

from .piece import DAILY, FRACTION, INDEX, INTRADAY, PRICE, RATIO, SHARES, TRADED, WEEKLY, Piece
from .spans import bars_of
from .table import Found, Row, Table

AVERAGE_VOLUME = "average volume is over 20 bars"
RSI, ADX = "RSI is over 14 bars", "ADX is over 14 bars"
BANDS = "Bollinger bands are over 20 bars, 2 deviations wide"
RELATIVE = "relative volume is over 20 bars"
DOLLAR_VOLUME = "dollar volume is close * volume"
AVERAGE_DOLLAR_VOLUME = "average dollar volume is of close * volume, over 20 bars"

_SPAN = "<span|length:span>"


def _over(text: str, unit: str = PRICE) -> Callable[[Found, str], Piece | None]:
    """A line over the span; a week's average is one of weekly bars."""

    def made(found: Found, interval: str) -> Piece | None:
        span = found["span"]
        if text.startswith(("sma", "ema")) and span.unit == "week":
            return _value(text.format(span.text), unit, needs=WEEKLY)
        bars = bars_of(span, interval)
        if bars is None:
            return None
        return replace(_value(text.format(bars.text), unit, needs=bars.needs), notes=bars.notes)

    return made


def _value(text: str, unit: str, needs: frozenset[str] = frozenset()) -> Piece:
    return Piece(kind="value", text=text, start=0, end=0, unit=unit, needs=needs)


def _line(phrase: str, text: str, unit: str = PRICE, note: str = "", **more: frozenset[str]) -> Row:
    return Row(phrase, text, kind="value", unit=unit, note=note, **more)


def _lengths(name: str, unit: str) -> tuple[Row, ...]:
    """`14-day RSI`, `RSI 14`, `RSI of 14 days`."""
    return (
        Row(f"{_SPAN} {name}", _over(f"{name}({{}})", unit)),
        Row(f"{name} of|over? {_SPAN}", _over(f"{name}({{}})", unit)),
        Row(f"{name} <number>", f"{name}({{number}})", kind="value", unit=unit),
        Row(f"<number> {name}", f"{name}({{number}})", kind="value", unit=unit),
    )


SYNONYMS = Table(
    Row("moving average|averages|avg", "ma", kind="word"),
    Row("simple|arithmetic moving? ma|average|averages|avg", "sma", kind="word"),
    Row("exponential moving? ma|average|averages|avg", "ema", kind="word"),
    Row("volume weighted average price", "vwap", kind="word"),
    Row("volume weighted moving? ma|average", "vwma", kind="word"),
    Row("relative strength index", "rsi", kind="word"),
    Row("average true range", "atr", kind="word"),
    Row("average directional index", "adx", kind="word"),
    Row("bollinger|bb bands|band", "bands", kind="word"),
    Row("bollinger|bollingers|bands|bb", "bands", kind="word"),
    Row("relative volume", "rvol", kind="word"),
    Row("price target", "target", kind="word"),
)
"""Long names, made short."""

LINES_IN_WORDS = Table(
    _line(
        "AVERAGE dollar volume|turnover",
        "average(close * volume, 20)",
        TRADED,
        AVERAGE_DOLLAR_VOLUME,
    ),
    _line("dollar volume|turnover", "(close * volume)", TRADED, DOLLAR_VOLUME),
    Row(f"{_SPAN} AVERAGE volume", _over("average(volume, {})", SHARES)),
    Row(f"AVERAGE {_SPAN} volume", _over("average(volume, {})", SHARES)),
    Row(f"{_SPAN} volume AVERAGE|ma", _over("average(volume, {})", SHARES)),
    Row(f"AVERAGE volume of|over|for|in LAST? {_SPAN}", _over("average(volume, {})", SHARES)),
    _line("AVERAGE volume", "average(volume, 20)", SHARES, AVERAGE_VOLUME),
    Row(f"{_SPAN} sma|ma|dma|average line?", _over("sma({})")),
    Row(f"{_SPAN} ema line?", _over("ema({})")),
    Row(f"{_SPAN} vwma", _over("vwma({})")),
    Row(f"ma|sma|average of|over {_SPAN}", _over("sma({})")),
    Row(f"ema of|over {_SPAN}", _over("ema({})")),
    _line("<number> dma", "sma({number})", needs=DAILY),
    _line("<number> sma|ma", "sma({number})"),
    _line("<number> ema", "ema({number})"),
    _line("sma|ma|dma <number>", "sma({number})"),
    _line("ema <number>", "ema({number})"),
    *_lengths("rsi", INDEX),
    *_lengths("adx", INDEX),
    *_lengths("atr", PRICE),
    *_lengths("rvol", RATIO),
    _line("rsi", "rsi(14)", INDEX, RSI),
    _line("adx", "adx(14)", INDEX, ADX),
    _line("rvol", "rvol(20)", RATIO, RELATIVE),
    _line("macd signal line?", "macd_signal()"),
    _line("signal line?", "macd_signal()"),
    _line("macd histogram|hist", "macd_hist()"),
    _line("macd line?", "macd()"),
    _line("upper|top bands", "bb_upper(20, 2)", note=BANDS),
    _line("lower|bottom bands", "bb_lower(20, 2)", note=BANDS),
    _line("upper|top band", "bb_upper(20, 2)", note=BANDS),
    _line("lower|bottom band", "bb_lower(20, 2)", note=BANDS),
    _line("middle|mid bands|band", "sma(20)", note=BANDS),
    Row("bands", "bb_lower(20, 2)..bb_upper(20, 2)", kind="range", unit=PRICE, note=BANDS),
    _line("anchored vwap from|since|of? <date>", "anchored_vwap({date})"),
    _line("session? vwap line?", "vwap", needs=INTRADAY),
    Row(f"{_SPAN} high|highs", _over("highest({})")),
    Row(f"{_SPAN} low|lows", _over("lowest({})")),
    Row(f"highest price|high|close? of|in|over|for LAST? {_SPAN}", _over("highest({})")),
    Row(f"lowest price|low? of|in|over|for LAST? {_SPAN}", _over("lowest({})")),
    Row(f"high of LAST? {_SPAN}", _over("highest({})")),
    Row(f"low of LAST? {_SPAN}", _over("lowest({})")),
    _line("yesterday|yesterdays|LAST day? close", "prev_close"),
    _line("yesterday|yesterdays high", "high[1]", needs=DAILY),
    _line("yesterday|yesterdays low", "low[1]", needs=DAILY),
    _line("yesterday|yesterdays open", "open[1]", needs=DAILY),
    _line("LAST day high", "high[1]", needs=DAILY),
    _line("LAST day low", "low[1]", needs=DAILY),
    _line("closing|last|current|market price", "close"),
    _line("price", "close"),
    _line("close", "close"),
    _line("opening|open price", "open"),
    _line("open", "open"),
    _line("high", "high"),
    _line("low", "low"),
    _line("trading|share? volume", "volume", SHARES),
    _line("prev_close", "prev_close"),
    _line("change", "change", FRACTION),
    _line("adjclose", "adjclose"),
)
"""The first name that fits is meant: the longer ones come first."""
