"""The closed list of signals: each a condition of the rule language and its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field

RVOL = "rvol(20)"
PRICE = "price"
SMALL, LARGE = "small", "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalSpec:
    """One signal of the closed list.

    Attributes:
        name: In JSON.
        condition: In the rule language; `{index}` stands for the ticker of *against*.
        yes: What happened or holds, without the full stop. Slots in braces are filled from *shows*;
            `{unit}` is day, week or bar.
        no: The same when it is not so.
        event: Whether it happens on one bar, rather than lasting.
        still: For an event, what must hold now for it not to have been undone; `{ago}` stands for
            the bars since it happened.
        undone: How an event that was undone goes on.
        shows: Slots by name: a value of the rule language and its unit, `price` for the bars' currency.
        against: Which index it compares with.
        volume: Whether an event's sentence says how much was traded.
    """

    name: str
    condition: str
    yes: str
    no: str
    event: bool = False
    still: str = ""
    undone: str = ""
    shows: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    against: str | None = None
    volume: bool = True


def _break(name: str, side: str, n: int) -> SignalSpec:
    sign, back = (">", "below") if side == "above" else ("<", "above")
    return SignalSpec(
        name=name,
        condition=f"close crosses {side} sma({n})",
        yes=f"Closed {side} its {n}-{{unit}} average",
        no=f"Has not newly closed {side} its {n}-{{unit}} average",
        event=True,
        still=f"close {sign} sma({n})",
        undone=f"and has closed back {back} it since",
        shows={"close": ("close", PRICE), "average": (f"sma({n})", PRICE)},
    )


def _average_cross(name: str, side: str) -> SignalSpec:
    sign, back = (">", "below") if side == "above" else ("<", "above")
    return SignalSpec(
        name=name,
        condition=f"sma(50) crosses {side} sma(200)",
        yes=f"Its 50-{{unit}} average crossed {side} its 200-{{unit}} average",
        no=f"Its 50-{{unit}} average has not newly crossed {side} its 200-{{unit}} average",
        event=True,
        still=f"sma(50) {sign} sma(200)",
        undone=f"and has come back {back} it since",
        shows={"fast": ("sma(50)", PRICE), "slow": ("sma(200)", PRICE)},
        volume=False,
    )


def _macd_cross(name: str, side: str) -> SignalSpec:
    sign = ">" if side == "above" else "<"
    return SignalSpec(
        name=name,
        condition=f"macd() crosses {side} macd_signal()",
        yes=f"MACD crossed {side} its signal line",
        no=f"MACD has not newly crossed {side} its signal line",
        event=True,
        still=f"macd() {sign} macd_signal()",
        undone="and has crossed back since",
        shows={"macd": ("macd()", PRICE), "signal": ("macd_signal()", PRICE)},
        volume=False,
    )


def _gap(name: str, side: str) -> SignalSpec:
    sign, size = (">", "gap") if side == "above" else ("<", "-gap")
    return SignalSpec(
        name=name,
        condition=f"{size} > 0.02",
        yes=f"Opened {{gap}} {side} the previous close",
        no=f"Has not opened more than 2 % {side} the previous close",
        event=True,
        still=f"close {sign} prev_close[{{ago}}]",
        undone="and has closed the gap since",
        shows={"gap": (size, "fraction")},
    )


def _trend(name: str, sign: str, word: str) -> SignalSpec:
    averages = "50-{unit} average {fast}, 200-{unit} average {slow}"
    return SignalSpec(
        name=name,
        condition=f"close {sign} sma(50) and sma(50) {sign} sma(200) and sma(50) {sign} sma(50)[20]",
        yes=f"{word.capitalize()}: close {{close}}, {averages}, the first of them "
        f"{'rising' if sign == '>' else 'falling'} over 20 {{unit}}s",
        no=f"No {word}: close {{close}}, {averages}",
        shows={"close": ("close", PRICE), "fast": ("sma(50)", PRICE), "slow": ("sma(200)", PRICE)},
    )


def _against(name: str, index: str, words: str) -> SignalSpec:
    return SignalSpec(
        name=name,
        condition="close / close of {index} > (close / close of {index})[63]",
        yes=f"Did better than {words} over 63 {{unit}}s: {{own}} against {{other}}",
        no=f"Did not do better than {words} over 63 {{unit}}s: {{own}} against {{other}}",
        shows={
            "own": ("close / close[63] - 1", "fraction"),
            "other": ("close of {index} / (close of {index})[63] - 1", "fraction"),
        },
        against=index,
    )


SIGNALS: tuple[SignalSpec, ...] = (
    _break("broke_above_sma_50", "above", 50),
    _break("broke_below_sma_50", "below", 50),
    _break("broke_above_sma_200", "above", 200),
    _break("broke_below_sma_200", "below", 200),
    _average_cross("golden_cross", "above"),
    _average_cross("death_cross", "below"),
    SignalSpec(
        name="new_high_52w",
        condition="high > highest(252)",
        yes="Reached a new 52-week high of {high}",
        no="Has not reached a new 52-week high",
        event=True,
        shows={"high": ("high", PRICE)},
    ),
    SignalSpec(
        name="new_low_52w",
        condition="low < lowest(252)",
        yes="Fell to a new 52-week low of {low}",
        no="Has not fallen to a new 52-week low",
        event=True,
        shows={"low": ("low", PRICE)},
    ),
    SignalSpec(
        name="breakout_20",
        condition="close crosses above highest(20)",
        yes="Closed above {level}, its highest price of the 20 {unit}s before,",
        no="Has not newly closed above its highest price of 20 {unit}s",
        event=True,
        still="close > highest(20)[{ago}]",
        undone="and has closed back below it since",
        shows={"level": ("highest(20)", PRICE)},
    ),
    SignalSpec(
        name="oversold",
        condition="rsi(14) < 30",
        yes="Oversold: RSI(14) is {rsi}, below 30",
        no="Not oversold: RSI(14) is {rsi}, not below 30",
        shows={"rsi": ("rsi(14)", "index")},
    ),
    SignalSpec(
        name="overbought",
        condition="rsi(14) > 70",
        yes="Overbought: RSI(14) is {rsi}, above 70",
        no="Not overbought: RSI(14) is {rsi}, not above 70",
        shows={"rsi": ("rsi(14)", "index")},
    ),
    SignalSpec(
        name="volume_spike",
        condition=f"{RVOL} > 2",
        yes="Traded {rvol} times its usual volume",
        no="Has not traded more than twice its usual volume",
        event=True,
        shows={"rvol": (RVOL, "times")},
        volume=False,
    ),
    _gap("gap_up", "above"),
    _gap("gap_down", "below"),
    _trend("uptrend", ">", "uptrend"),
    _trend("downtrend", "<", "downtrend"),
    SignalSpec(
        name="strong_trend",
        condition="adx(14) > 25",
        yes="A strong trend, whichever way: ADX(14) is {adx}, above 25",
        no="No strong trend: ADX(14) is {adx}, not above 25",
        shows={"adx": ("adx(14)", "index")},
    ),
    _macd_cross("macd_cross_up", "above"),
    _macd_cross("macd_cross_down", "below"),
    SignalSpec(
        name="above_upper_band",
        condition="close > bb_upper(20, 2)",
        yes="Above its upper Bollinger band: close {close}, band {band}",
        no="Not above its upper Bollinger band: close {close}, band {band}",
        shows={"close": ("close", PRICE), "band": ("bb_upper(20, 2)", PRICE)},
    ),
    SignalSpec(
        name="below_lower_band",
        condition="close < bb_lower(20, 2)",
        yes="Below its lower Bollinger band: close {close}, band {band}",
        no="Not below its lower Bollinger band: close {close}, band {band}",
        shows={"close": ("close", PRICE), "band": ("bb_lower(20, 2)", PRICE)},
    ),
    _against("outperforms_small_caps", SMALL, "the small-cap index"),
    _against("outperforms_large_caps", LARGE, "the large-cap index"),
)
"""The closed list, in the order in which it is shown."""
