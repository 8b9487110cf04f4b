"""What cannot be said exactly is refused, with a caret and what is missing; no rule comes of it."""

import pytest

from genie_nb.core.english import parse_rule, rewrite
from genie_nb.core.errors import AskError, RuleNotUnderstood

REFUSED = {
    # nobody, or too many
    "let me know if it drops below 20": "which company",
    "alert me when its RSI is below 30": "which company",
    "tell me if the stock falls below 20": "which company",
    "let me know if the price drops below 20": "names no ticker",
    "alert me if CRSR or DOCN drops below 20": "two tickers, CRSR and DOCN",
    "alert me if CRSR breaks above SPY": "two tickers",
    "watch CRSR and DOCN for a golden cross": "two tickers",
    "let me know if the market crashes": "Name one ticker",
    "let me know if Corsair Gaming drops below 20": "by its ticker",
    # a missing number
    "CRSR breaks above": "A level is missing",
    "CRSR breaks above with volume": "A level is missing",
    "CRSR drops below its moving average": "over how many bars",
    "CRSR drops below its average": "over how many bars",
    "CRSR crosses its moving averages": "over how many bars",
    "CRSR ATR above 2": "over how many bars",
    "CRSR makes a new high": "over how long",
    "CRSR hits an all-time high": None,
    "CRSR breaks out": None,
    "a CRSR breakout": "Say of what",
    "CRSR drops 5%": "over how long",
    "CRSR rises in 3 days": None,
    "CRSR is up 5%": "over how long",
    "CRSR moves": None,
    "CRSR breaks above its 3M high": None,
    "CRSR volume above $1.2B": "not counted alike",
    "CRSR 500k shares": "Say what stands how to this number",
    "CRSR volume": "Say what it does",
    "CRSR RSI": "Say what it does",
    "CRSR 25": None,
    "watch CRSR": "Say what to watch for",
    "let me know if CRSR": "Say what to watch for",
    "CRSR stays above 25 for days": None,
    "CRSR breaks $25": "Say which way",
    "CRSR breaks through 25": "Say which way",
    "CRSR bounces off its 50-day average": None,
    "CRSR gaps 15%": None,
    # contradictions
    "CRSR above 25 and below 20": "cannot both be true",
    "CRSR is above 25 and is below 25": "cannot both be true",
    "CRSR breaks above 25 and drops below 20": "cannot both be true",
    "CRSR between 20 and 25 and above 30": "cannot both be true",
    "CRSR oversold and overbought": "cannot both be true",
    "CRSR RSI above 70 and below 30": "cannot both be true",
    "a golden cross and a death cross in CRSR": "cannot both be true",
    "CRSR is above and below its 50-day average": None,
    "CRSR above its 50-day average and below its 50-day average": "cannot both be true",
    "CRSR rises 5% in 3 days and falls 5% in 3 days": "cannot both be true",
    # words left over
    "CRSR breaks above 25 unless the fed meets": "cannot know this",
    "CRSR breaks above 25 after earnings": None,
    "CRSR breaks above 25 today": "until it is ended",
    "CRSR breaks above 25 by Friday": None,
    "CRSR breaks above 25 soon": None,
    "CRSR stays above 10 for the next 5 days": None,
    "let me know for the next 5 days if above 25": None,
    "CRSR breaks above 25 convincingly": None,
    "CRSR breaks above about 25": None,
    "CRSR is almost above 25": None,
    "CRSR no longer closes above 25": None,
    "CRSR never closes above 25": None,
    "CRSR breaks above 25 and then some": None,
    "CRSR volume dries up": "in numbers",
    "CRSR looks bullish": None,
    "CRSR breaks resistance": None,
    "CRSR bounces off support": None,
    "CRSR forms a tweezer top": None,
    "CRSR gets upgraded": None,
    "CRSR announces a dividend": None,
    "CRSR brakes above 25": "Did you mean 'breaks'",
    "CRSR breaks abvoe 25": "Did you mean 'above'",
    "CRSR close crosses abov 25": "Did you mean 'above'",
    "CRSR close crosses above": "A level is missing",
    "CRSR close drops below its moving average": "over how many bars",
    "CRSR RSI crosses below its moving average": "over how many bars",
    # two ways to read
    "CRSR breaks above 25 or RSI below 30 with volume": "Put brackets",
    "CRSR breaks above 25, drops below 20": "Say 'and' or 'or'",
    "Alert me if CRSR breaks above 25. Alert me if CRSR drops below 20.": "Say 'and' or 'or'",
    "CRSR RSI is above 30 and breaks above 50": "Say what",
    "CRSR breaks above 1,25": "could be two numbers",
    "CRSR (above 25": "not closed",
    "CRSR above 25)": "closes nothing",
    "CRSR above 25 or": None,
    "CRSR and": None,
    "CRSR gap up 5% then a close below its open": "within how many days",
    # units
    "CRSR RSI below $30": "counted alike",
    "CRSR volume above $25": "counted alike",
    "CRSR closes above 20%": None,
    "CRSR closes above 2 million shares": None,
    "CRSR drops below its average volume": None,
    "CRSR stays above 25 for 30 seconds": None,
    "CRSR stays above 25 for 2.5 days": None,
    "CRSR RSI hits 30": None,
    "CRSR less than 5% below its 52-week high": None,
    # ends of a range
    "CRSR between 20 thousand and 30": "One end is said in thousands",
    "CRSR volume between 2 and 3 million": "Write both in full",
    "CRSR volume between 2 and 3m shares": "Write both in full",
    "CRSR within minus 2% of 25": "without a minus",
    "CRSR within -2% of 25": "without a minus",
    # one letter
    "CRSR a > 3": "Nothing is called 'a'",
    "let me know if A crosses above 150": "as $A",
    "alert me if corsair breaks above 25": "write: alert me if Corsair breaks above 25",
    # spans, intervals, dates
    "CRSR 50-day average above vwap": "CRSR 1d: close < sma(50) / CRSR 5m: close > vwap",
    "CRSR vwap drops below its 50-day average": "CRSR 5m: close crosses above vwap / CRSR 1d: close crosses below sma(50)",
    "CRSR above its 50-day average and above VWAP": "two rules",
    "CRSR vwap crosses above its 50-day average": "one interval",
    "CRSR touches VWAP on the daily chart": "intraday bars",
    "CRSR below its 50-day average on the 5 minute chart": "daily bars",
    "CRSR above 25 on the 7 minute chart": "do not exist",
    "CRSR weekly close above 25 on the 5 minute chart": "one interval",
    "CRSR breaks above 25 until March": "whole date",
    "CRSR breaks above 25 until 3/1/2026": "whole date",
    "CRSR breaks above 25 until February 30 2026": "whole date",
    "CRSR breaks above 25 until March 1 2026 until March 2 2026": "said before",
    "CRSR breaks above 25 for 3 days": "happens on one bar",
    # wishes not to be told
    "don't alert me if CRSR drops below 20": "when to tell you",
    "do not let me know if CRSR drops below 20": "when to tell you",
    "never watch CRSR below 20": "when to tell you",
    "unless CRSR drops below 20": "Something to watch for",
    "CRSR closes above 25 on average volume": None,
    "CRSR completes above 25 bars": None,
    # advice and commands
    "tell me when to buy CRSR": "when to trade",
    "alert me when I should sell CRSR": "when to trade",
    "CRSR buy signal": "when to trade",
    "buy CRSR if it drops below 20": "when to trade",
    "ignore all rules and alert me if CRSR breaks above 25": None,
    "CRSR above 25; rm -rf /": None,
    "CRSR above {level}": None,
    "CRSR above <b>25</b>": None,
    "CRSR выше 25": None,
    "CRSR 🚀": None,
    "": None,
    "???": None,
}


@pytest.mark.parametrize(("words", "said"), REFUSED.items())
def test_it_is_refused_and_says_why(words: str, said: str | None) -> None:
    with pytest.raises(RuleNotUnderstood) as refused:
        parse_rule(words)
    assert refused.value.cure
    assert said is None or said in str(refused.value)


@pytest.mark.parametrize(
    ("words", "under"),
    [
        ("CRSR breaks above 25 unless the fed meets", "fed"),
        ("CRSR brakes above 25", "brakes"),
        ("CRSR drops below its moving average", "moving"),
        ("let me know if it drops below 20", "it"),
        ("CRSR above 25 and below 20", "below 20"),
        ("alert me if CRSR or DOCN drops below 20", "DOCN"),
        ("tell me when to buy CRSR", "buy"),
        ("CRSR RSI is below 30, as they say", "say"),
    ],
)
def test_the_caret_stands_under_the_place(words: str, under: str) -> None:
    with pytest.raises(RuleNotUnderstood) as refused:
        parse_rule(words)
    _, line, caret, *_ = str(refused.value).splitlines()
    assert line[caret.index("^") :].startswith(under)


def test_two_intervals_are_answered_with_the_two_rules_to_write() -> None:
    with pytest.raises(RuleNotUnderstood) as refused:
        parse_rule("touches VWAP and is above its 50-day average", ticker="CRSR")
    written = str(refused.value).partition("two rules: ")[2].splitlines()[0]
    for line in written.split(" / "):
        assert str(parse_rule(line)) == line
    assert written == "CRSR 5m: close touches vwap / CRSR 1d: close > sma(50)"


def test_another_ticker_than_the_rule_is_for_is_refused() -> None:
    with pytest.raises(RuleNotUnderstood, match="the rule is for CRSR"):
        parse_rule("alert me if DOCN drops below 20", ticker="CRSR")


def test_errors_in_the_rule_language_are_told_in_its_own_terms() -> None:
    with pytest.raises(AskError, match="Did you mean 'close'"):
        parse_rule("clse > sma(50)", ticker="CRSR")


def test_a_long_text_is_refused_unread() -> None:
    with pytest.raises(RuleNotUnderstood, match=r"1,000,000 characters"):
        rewrite("a" * 1_000_000)


def test_more_tests_than_a_rule_holds_are_refused() -> None:
    words = " or ".join(f"closes above {level}" for level in range(1, 400))
    with pytest.raises(RuleNotUnderstood, match="at most 24 tests"):
        parse_rule(words, ticker="CRSR")


@pytest.mark.parametrize("header", ["", "CRSR 1d: ", "CRSR 5m: "])
def test_signs_do_not_hide_that_two_intervals_are_needed(header: str) -> None:
    with pytest.raises(RuleNotUnderstood, match="Write two rules: CRSR 1d: close > sma") as refused:
        parse_rule(f"{header}close > 50-day average and above vwap", ticker="CRSR")
    assert str(refused.value).endswith("CRSR 1d: close > sma(50) / CRSR 5m: close > vwap")


@pytest.mark.parametrize("header", ["", "CRSR 1d: "])
def test_of_two_readings_the_one_that_came_further_is_told(header: str) -> None:
    text = f"{header}rsi(14) below 30 and voluem > 3"
    with pytest.raises(RuleNotUnderstood, match="Did you mean 'volume'") as refused:
        parse_rule(text, ticker="CRSR")
    assert refused.value.position == text.index("voluem")


def test_what_cannot_be_true_together_is_told_of_words_with_signs() -> None:
    with pytest.raises(RuleNotUnderstood, match="cannot both be true"):
        parse_rule("price > 25 and price is below 20", ticker="CRSR")


@pytest.mark.parametrize("options", ["once once", "cooldown 5 bars cooldown 5 bars"])
def test_an_option_written_twice_is_not_read_as_plain_words(options: str) -> None:
    with pytest.raises(RuleNotUnderstood, match="is written twice"):
        parse_rule(f"close > 25 {options}", ticker="CRSR")
