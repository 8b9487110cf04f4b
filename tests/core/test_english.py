"""What people say about prices, and the rule that each sentence means."""

import pytest

from genie_nb.core.english import parse_rule, rewrite
from genie_nb.core.grammar import parse_condition

SEED = {
    "Watch CRSR. Alert me if it breaks above $25 with volume.": "CRSR 1d: close crosses above 25 and rvol(20) > 1.5",
    "Let me know if CRSR drops below its 50-day moving average.": "CRSR 1d: close crosses below sma(50)",
    "Watch CRSR. Alert me if it hits $30.": "CRSR 1d: close touches 30",
    "Alert me when CRSR breaks down below $18": "CRSR 1d: close crosses below 18",
    "Alert me when CRSR's 50-day average crosses above its 200-day average": "CRSR 1d: sma(50) crosses above sma(200)",
    "Alert me on a volume spike in CRSR": "CRSR 1d: rvol(20) > 2",
    "Let me know when CRSR touches VWAP": "CRSR 5m: close touches vwap",
    "Alert me if CRSR gaps up 15%": "CRSR 1d: gap >= 0.15",
    "Tell me if CRSR forms a bullish engulfing pattern": "CRSR 1d: pattern bullish engulfing",
    "Tell me when CRSR is oversold": "CRSR 1d: rsi(14) < 30",
}
"""The kinds of alerts the product promises, as its users say them."""

PHRASES = {
    # levels
    "breaks above 25": "close crosses above 25",
    "breaks above $25": "close crosses above 25",
    "breaks above 25 bucks": "close crosses above 25",
    "breaks above 25 dollars": "close crosses above 25",
    "breaks above twenty five dollars": "close crosses above 25",
    "breaks above twenty-five dollars": "close crosses above 25",
    "breaks above one hundred and five": "close crosses above 105",
    "breaks above $1,250": "close crosses above 1250",
    "breaks above 25.50 usd": "close crosses above 25.5",
    "breaks above the $25 level": "close crosses above 25",
    "breaks out above $25": "close crosses above 25",
    "breaks back above $25": "close crosses above 25",
    "goes over 25": "close crosses above 25",
    "rises above 25": "close crosses above 25",
    "climbs past 25": "close crosses above 25",
    "clears $25": "close crosses above 25",
    "has broken above 25": "close crosses above 25",
    "drops below 20": "close crosses below 20",
    "falls under $20 a share": "close crosses below 20",
    "dips below 20": "close crosses below 20",
    "slips back under 20": "close crosses below 20",
    "crosses below 20": "close crosses below 20",
    "a drop below 20": "close crosses below 20",
    "crosses 25": "close crosses 25",
    "is above 25": "close > 25",
    "above 25": "close > 25",
    "trades above 25": "close > 25",
    "price > 25": "close > 25",
    "the share price is more than 25": "close > 25",
    "closes above 25": "close > 25",
    "a close under 20": "close < 20",
    "daily close above 25": "close > 25",
    "is at least 25": "close >= 25",
    "at or below 20": "close <= 20",
    "price <= $20.50": "close <= 20.5",
    "is not above 25": "not close > 25",
    "hits $30": "close touches 30",
    "reaches thirty dollars": "close touches 30",
    "price target of $30": "close touches 30",
    "between 20 and 25": "close inside 20..25",
    "is between $25 and $20": "close inside 20..25",
    "in the 20-25 range": "close inside 20..25",
    "is outside 20..25": "close outside 20..25",
    # averages
    "drops below its 50-day moving average": "close crosses below sma(50)",
    "drops below its 50 day moving average": "close crosses below sma(50)",
    "drops below its fifty day moving average": "close crosses below sma(50)",
    "drops below its 50dma": "close crosses below sma(50)",
    "drops below the 50 dma": "close crosses below sma(50)",
    "drops below the 50d sma": "close crosses below sma(50)",
    "drops below the 50-day MA": "close crosses below sma(50)",
    "drops below the 50-day": "close crosses below sma(50)",
    "drops below SMA 50": "close crosses below sma(50)",
    "drops below sma(50)": "close crosses below sma(50)",
    "drops below its 50-day simple moving average": "close crosses below sma(50)",
    "drops below its moving average of 50 days": "close crosses below sma(50)",
    "loses its 200-day": "close crosses below sma(200)",
    "reclaims its 200-day average": "close crosses above sma(200)",
    "is above its 20 EMA": "close > ema(20)",
    "crosses above the 9-day exponential moving average": "close crosses above ema(9)",
    "the 50-day crosses above the 200-day": "sma(50) crosses above sma(200)",
    "the 20 day ema crosses below the 50 day ema": "ema(20) crosses below ema(50)",
    "golden cross": "sma(50) crosses above sma(200)",
    "there is a death cross": "sma(50) crosses below sma(200)",
    "drops below its 50-day or 200-day average": "close crosses below sma(50) or close crosses below sma(200)",
    "is within 2% of its 200-day average": "close inside sma(200) * 0.98..sma(200) * 1.02",
    "comes within $1 of its 200-day average": "close inside sma(200) - 1..sma(200) + 1",
    "within 2% of $25": "close inside 25 * 0.98..25 * 1.02",
    "between one hundred and two hundred": "close inside 100..200",
    "volume between 500k and 2m shares": "volume inside 500000..2000000",
    "within 2% of 25": "close inside 25 * 0.98..25 * 1.02",
    "within 0.5% of $3.20": "close inside 3.2 * 0.995..3.2 * 1.005",
    "is 5% above its 50-day average": "close > sma(50) * 1.05",
    "stays below its 20 day average for 5 sessions": "close < sma(20) for 5 bars",
    "is above its 50 and 200-day moving averages": "close > sma(50) and close > sma(200)",
    "drops below its 20-day or 50-day EMA": "close crosses below ema(20) or close crosses below ema(50)",
    "breaks above 25 and 14-day RSI is below 30": "close crosses above 25 and rsi(14) < 30",
    "breaks above 25 and 50-day average is above 200-day average": (
        "close crosses above 25 and sma(50) > sma(200)"
    ),
    "is between 20 and its 50-day average": "close inside 20..sma(50)",
    "pulls back to its 20-day average": "close touches sma(20)",
    "drops to $20": "close touches 20",
    # highs and lows
    "hits a 52-week high": "high > highest(252)",
    "hits its 52-week high": "close touches highest(252)",
    "is down 10% from its 52-week high": "close <= highest(252) * 0.9",
    "falls 10% from its 52-week high": "close <= highest(252) * 0.9",
    "makes a new 52-week high": "high > highest(252)",
    "hits a new 20-day low": "low < lowest(20)",
    "breaks above its 20-day high": "close crosses above highest(20)",
    "20-day breakout": "close crosses above highest(20)",
    "drops 10% below its 52-week high": "close crosses below highest(252) * 0.9",
    "is more than 10% below its 52-week high": "close < highest(252) * 0.9",
    "breaks above yesterday's high": "close crosses above high[1]",
    "below the previous close": "close < prev_close",
    "above its close 5 days ago": "close > close[5]",
    # volume
    "breaks above 25 with volume": "close crosses above 25 and rvol(20) > 1.5",
    "breaks above 25 on volume": "close crosses above 25 and rvol(20) > 1.5",
    "breaks above 25 on heavy volume": "close crosses above 25 and rvol(20) > 1.5",
    "breaks above 25 confirmed by volume": "close crosses above 25 and rvol(20) > 1.5",
    "breaks above 25 on twice its average volume": "close crosses above 25 and volume > average(volume, 20) * 2",
    "breaks above 25 with 2x volume": "close crosses above 25 and rvol(20) > 2",
    "volume spike": "rvol(20) > 2",
    "volume spikes": "rvol(20) > 2",
    "a spike in volume": "rvol(20) > 2",
    "unusual volume": "rvol(20) > 2",
    "volume above 2 million shares": "volume > 2000000",
    "volume over 2m shares": "volume > 2000000",
    "volume is more than 1.5 million": "volume > 1500000",
    "volume above 2M": "volume > 2000000",
    "volume above 2m": "volume > 2000000",
    "volume over 1.5m and price above 25": "volume > 1500000 and close > 25",
    "volume above 1.2B": "volume > 1200000000",
    "volume between 1M and 2M": "volume inside 1000000..2000000",
    "volume over 500k shares": "volume > 500000",
    "volume over 2 million shares": "volume > 2000000",
    "more than 500k shares are traded": "volume > 500000",
    "average volume above 2M": "average(volume, 20) > 2000000",
    "dollar volume above $1.2B": "close * volume > 1200000000",
    "dollar volume over 5 million dollars": "close * volume > 5000000",
    "dollar volume above twice its average dollar volume": "close * volume > average(close * volume, 20) * 2",
    "dollar volume is above dollar volume 5 days ago": "close * volume > (close * volume)[5]",
    "price above $1.2k": "close > 1200",
    "volume above its 50-day average volume": "volume > average(volume, 50)",
    "volume is below half its average": "volume < average(volume, 20) * 0.5",
    "volume is above average": "volume > average(volume, 20)",
    "volume is 1.5x its average": "rvol(20) > 1.5",
    "volume surges above 5 million": "volume crosses above 5000000",
    "relative volume above 3": "rvol(20) > 3",
    # momentum
    "oversold": "rsi(14) < 30",
    "becomes overbought": "rsi(14) > 70",
    "RSI drops below 30": "rsi(14) crosses below 30",
    "RSI is under 30": "rsi(14) < 30",
    "RSI(7) is under 30": "rsi(7) < 30",
    "the 7-day RSI is under 30": "rsi(7) < 30",
    "RSI is below 30 and above 20": "rsi(14) < 30 and rsi(14) > 20",
    "RSI between 40 and 60": "rsi(14) inside 40..60",
    "ADX rises above 25": "adx(14) crosses above 25",
    "MACD crosses above its signal line": "macd() crosses above macd_signal()",
    "bullish MACD crossover": "macd() crosses above macd_signal()",
    "MACD histogram above zero": "macd_hist() > 0",
    "MACD turns negative": "macd() crosses below 0",
    "closes above its upper Bollinger band": "close > bb_upper(20, 2)",
    "touches the lower Bollinger band": "close touches bb_lower(20, 2)",
    "breaks out of its Bollinger bands": "close leaves bb_lower(20, 2)..bb_upper(20, 2)",
    "14-day ATR above $2": "atr(14) > 2",
    # moves
    "rises 5% in 3 days": "close rises by 5% in 3 bars",
    "rises by at least 5% over the last 3 trading days": "close rises by 5% in 3 bars",
    "is up 5% in a week": "close rises by 5% in 5 bars",
    "falls 10% in two weeks": "close falls by 10% in 10 bars",
    "drops $2 in 3 days": "close falls by 2 in 3 bars",
    "moves 5% in a day": "close rises by 5% in 1 bars or close falls by 5% in 1 bars",
    "volume rises 50% in 3 days": "volume rises by 50% in 3 bars",
    "is down 5% today": "change <= -0.05",
    "up 3 days in a row": "close > close[1] for 3 bars",
    "falls 3 days straight": "close < close[1] for 3 bars",
    "closes lower four days in a row": "close < close[1] for 4 bars",
    "gaps up 15%": "gap >= 0.15",
    "gap down of 3 percent": "gap <= -0.03",
    "gaps up": "gap > 0.02",
    # time
    "stays above 25 for 3 days": "close > 25 for 3 bars",
    "closes above 25 three days in a row": "close > 25 for 3 bars",
    "two consecutive closes above 25": "close > 25 for 2 bars",
    "closes above 25 for 3 straight sessions": "close > 25 for 3 bars",
    "crosses above 25 within the last 5 days": "close crosses above 25 within 5 bars",
    "gaps up 5% and then closes below its open within 3 days": "gap >= 0.05 then close < open within 3 bars",
    "RSI drops below 30 followed by a close above its 20-day average within two weeks": (
        "rsi(14) crosses below 30 then close > sma(20) within 10 bars"
    ),
    # joins
    "breaks above 25 and RSI is below 70": "close crosses above 25 and rsi(14) < 70",
    "breaks above 25 while RSI is below 70": "close crosses above 25 and rsi(14) < 70",
    "breaks above 25 but not overbought": "close crosses above 25 and not rsi(14) > 70",
    "breaks above 25 without volume": "close crosses above 25 and not rvol(20) > 1.5",
    "breaks above 25 unless volume is below average": "close crosses above 25 and not volume < average(volume, 20)",
    "either breaks above 30 or drops below 20": "close crosses above 30 or close crosses below 20",
    "above 20 and below 25": "close > 20 and close < 25",
    "a volume spike or (RSI below 30 and above its 200-day average)": "rvol(20) > 2 or rsi(14) < 30 and close > sma(200)",
    # patterns
    "bullish engulfing": "pattern bullish engulfing",
    "bearish engulfing candle": "pattern bearish engulfing",
    "prints a hammer": "pattern hammer",
    "three white soldiers": "pattern 3whitesoldiers",
    "a doji": "pattern doji",
    "an evening star": "pattern eveningstar",
    "dark cloud cover": "pattern darkcloudcover",
    # politeness and names
    "please let me know when it closes above 25, thanks": "close > 25",
    "if CRSR closes above 25, let me know": "close > 25",
    "can you tell me the moment $CRSR trades above 25?": "close > 25",
    "i'd like to be told when crsr goes above 25": "close crosses above 25",
    "set an alert for CRSR above 25": "close > 25",
    "send me an alert if CRSR's RSI drops below 30": "rsi(14) crosses below 30",
    "keep an eye on CRSR for a close under the 50 day": "close < sma(50)",
    "watch it for a close under the 50 day": "close < sma(50)",
    "NOTIFY ME IF CRSR DROPS BELOW 20": "close crosses below 20",
    "the RSI of CRSR drops below 30": "rsi(14) crosses below 30",
}

INTERVALS = {
    "closes above 25 on the 5 minute chart": "5m: close > 25",
    "closes above 25 on the 5M chart": "5m: close > 25",
    "volume above 2m on the 5m chart": "5m: volume > 2000000",
    "closes above 25 on 15m candles": "15m: close > 25",
    "oversold on the hourly": "1h: rsi(14) < 30",
    "oversold on the weekly chart": "1wk: rsi(14) < 30",
    "weekly close below 20": "1wk: close < 20",
    "drops below its 20-week moving average": "1wk: close crosses below sma(20)",
    "crosses above VWAP": "5m: close crosses above vwap",
    "reclaims vwap on the 15-minute chart": "15m: close crosses above vwap",
    "RSI below 30 intraday": "5m: rsi(14) < 30",
    "stays above vwap for 30 minutes": "5m: close > vwap for 6 bars",
    "rises 2% in an hour": "5m: close rises by 2% in 12 bars",
    "above its anchored vwap from 2026-01-02": "1d: close > anchored_vwap(2026-01-02)",
    "hits a new 52-week high on the weekly chart": "1wk: high > highest(52)",
}

OPTIONS = {
    "breaks above 25 just once": "close crosses above 25 once",
    "alert me once if it breaks above 25": "close crosses above 25 once",
    "let me know once it breaks above 25": "close crosses above 25",
    "the first time it closes above 25": "close > 25 once",
    "every time it crosses 25": "close crosses 25",
    "breaks above 25 until March 1 2026": "close crosses above 25 expires 2026-03-01",
    "breaks above 25 until March 1st, 2026": "close crosses above 25 expires 2026-03-01",
    "breaks above 25 until 1 Mar 2026": "close crosses above 25 expires 2026-03-01",
    "breaks above 25 until 2026-03-01": "close crosses above 25 expires 2026-03-01",
    "volume spike at most once a day": "rvol(20) > 2 cooldown 1 bars",
    "volume spike no more than once a week": "rvol(20) > 2 cooldown 5 bars",
    "volume spike at most every 3 days": "rvol(20) > 2 cooldown 3 bars",
    "volume spike with a cooldown of 5 days, once": "rvol(20) > 2 once cooldown 5 bars",
}


def _table(phrases: dict[str, str]) -> list[tuple[str, str]]:
    return list(phrases.items())


@pytest.mark.parametrize(("words", "line"), _table(SEED))
def test_what_the_product_promises(words: str, line: str) -> None:
    assert str(parse_rule(words)) == line


@pytest.mark.parametrize(("words", "condition"), _table(PHRASES))
def test_a_phrase_means_its_condition(words: str, condition: str) -> None:
    assert str(parse_rule(words, ticker="CRSR")) == f"CRSR 1d: {condition}"


@pytest.mark.parametrize(("words", "line"), _table(INTERVALS))
def test_a_phrase_says_the_length_of_its_bars(words: str, line: str) -> None:
    assert str(parse_rule(words, ticker="CRSR")) == f"CRSR {line}"


@pytest.mark.parametrize(("words", "tail"), _table(OPTIONS))
def test_a_phrase_says_how_often_and_how_long(words: str, tail: str) -> None:
    assert str(parse_rule(words, ticker="CRSR")) == f"CRSR 1d: {tail}"


def test_the_reading_is_said_back_with_its_defaults() -> None:
    assert parse_rule("breaks above $25 with volume", ticker="CRSR").said_back == (
        "I read this as: CRSR 1d: close crosses above 25 and rvol(20) > 1.5"
        ' ("with volume" means rvol(20) > 1.5).'
    )


def test_the_rule_language_needs_no_saying_back() -> None:
    assert parse_rule("close crosses above 25", ticker="CRSR").said_back == ""


def test_how_a_rule_was_said_makes_no_other_rule_of_it() -> None:
    said, written = (
        parse_rule(words, ticker="X") for words in ("breaks above $25", "close crosses above 25")
    )
    assert said == written
    assert said.rule_id == written.rule_id


def test_a_line_of_the_watchlist_may_end_in_plain_words() -> None:
    assert str(parse_rule("CRSR 5m @yahoo: touches VWAP just once")) == (
        "CRSR 5m @yahoo: close touches vwap once"
    )


@pytest.mark.parametrize(
    ("words", "ticker"),
    [
        ("let me know if crsr drops below 20", "CRSR"),
        ("alert me if $docn drops below 20", "DOCN"),
        ("watch BRK.B for a golden cross", "BRK-B"),
        ("tell me when ^GSPC closes above 7000", "^GSPC"),
        ("Let me know if F drops below 10", "F"),
        ("alert me if IT closes below 400", "IT"),
        ("if BTC-USD drops below 50,000 let me know", "BTC-USD"),
    ],
)
def test_the_ticker_is_found(words: str, ticker: str) -> None:
    assert rewrite(words).ticker == ticker


def test_it_means_the_ticker_that_was_spoken_of() -> None:
    assert rewrite("watch it for a close under the 50 day", last="CRSR").ticker == "CRSR"
    assert rewrite("watch DOCN for a close under the 50 day", last="CRSR").ticker == "DOCN"


def test_every_reading_is_canonical_text() -> None:
    for words, _ in _table(PHRASES):
        condition = rewrite(words, ticker="CRSR").condition
        assert str(parse_condition(condition)) == condition


LITERALLY = {
    "is above 5 with volume": "close > 5 and rvol(20) > 1.5",
    "is above its 50-day moving average": "close > sma(50)",
    "breaks above 25": "close crosses above 25",
    "drops below 20": "close crosses below 20",
    "is above 25": "close > 25",
    "volume spike": "rvol(20) > 2",
    "golden cross": "sma(50) crosses above sma(200)",
    "oversold": "rsi(14) < 30",
    "overbought": "rsi(14) > 70",
    "RSI above 60": "rsi(14) > 60",
    "ADX above 25": "adx(14) > 25",
    "close above the upper Bollinger band": "close > bb_upper(20, 2)",
    "volume above average volume": "volume > average(volume, 20)",
    "between 20 and 30": "close inside 20..30",
    "within 2% of 25": "close inside 25*0.98..25*1.02",
    "within 2% of its 52-week high": "close inside highest(252)*0.98..highest(252)*1.02",
    "within 10% of 3.5": "close inside 3.5*0.9..3.5*1.1",
}
"""The defaults of plain words, and the text in which they are promised."""


@pytest.mark.parametrize(("words", "promised"), LITERALLY.items())
def test_plain_words_are_the_rule_that_they_are_promised_to_be(words: str, promised: str) -> None:
    said, written = parse_rule(words, ticker="CRSR"), parse_rule(promised, ticker="CRSR")
    assert str(said) == str(written)
    assert said.rule_id == written.rule_id
    assert said.said_back
    assert not written.said_back
