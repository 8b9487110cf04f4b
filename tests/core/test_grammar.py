"""The rule language as text: what it becomes, and what is said of text it does not know."""

from datetime import date

import pytest

from genie_nb.core.errors import AskError, RuleNotUnderstood
from genie_nb.core.grammar import line, parse_condition, parse_rule
from genie_nb.core.market import Interval


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("close  CROSSES   ABOVE 25.0", "close crosses above 25"),
        ("gap > 15%", "gap > 0.15"),
        ("change<-7.1%", "change < -0.071"),
        ("SMA(20, close) >= highest(20,high)", "sma(20) >= highest(20)"),
        ("bb_upper(20,2.0) != 1", "bb_upper(20, 2) != 1"),
        ("((close)) > ((5))", "close > 5"),
        ("(close > 1) and ((high > 2) or low > 3)", "close > 1 and (high > 2 or low > 3)"),
        ("close > 1 and high > 2 and low > 3", "close > 1 and high > 2 and low > 3"),
        ("close > 1 and (high > 2 and low > 3)", "close > 1 and (high > 2 and low > 3)"),
        ("not (not close > 1)", "not not close > 1"),
        ("(close > 25) for 3 bars", "close > 25 for 3 bars"),
        ("close > 25 for 1 bar within 5 bars", "close > 25 for 1 bars within 5 bars"),
        ("close > 2 within 5 bars for 2 bars", "close > 2 within 5 bars for 2 bars"),
        ("close falls by 7.50 % in 3 bars", "close falls by 7.5% in 3 bars"),
        ("pattern CDL3BLACKCROWS", "pattern 3blackcrows"),
        ("pattern Bullish Engulfing", "pattern bullish engulfing"),
        ("close of iwm[5] > 1", "(close of IWM)[5] > 1"),
        ("close - (3 - 2) > close - 3 - 2", "close - (3 - 2) > close - 3 - 2"),
        ("rsi(14) inside 40..60", "rsi(14) inside 40..60"),
        ("close inside sma(50)*0.98..sma(50)*1.02", "close inside sma(50) * 0.98..sma(50) * 1.02"),
        (
            "close > 1 then (high > 2 or low > 3) within 5 bars",
            "close > 1 then (high > 2 or low > 3) within 5 bars",
        ),
        ("+close > 0.10", "close > 0.1"),
        ("fact DEBT_TO_EQUITY < 2", "fact debt_to_equity < 2"),
        ("ta.RSI(length=21) > 5", "ta.rsi(length=21) > 5"),
    ],
)
def test_text_becomes_canonical(text, canonical):
    assert str(parse_condition(text)) == canonical
    assert str(parse_condition(canonical)) == canonical


def test_a_percent_is_the_float_nearest_to_what_was_written():
    assert [line(f"{n}%").number for n in ("15", "7", "14.1", "0.29")] == [
        0.15,
        0.07,
        0.141,
        0.0029,
    ]


def unread(text: str) -> tuple[str, str]:
    """The word over the caret, and what the message advises."""
    with pytest.raises(RuleNotUnderstood) as caught:
        parse_condition(text)
    _, shown, caret, *advice = str(caught.value).split("\n")
    return shown[caret.index("^") :].split(" ")[0], "\n".join(advice)


@pytest.mark.parametrize(
    ("text", "word", "advice"),
    [
        ("close crosses above 25 unless the fed meets", "unless", "or go on with 'and' or 'or'"),
        ("close crosess above 25", "crosess", "Did you mean 'crosses'?"),
        ("close crosses abov 25", "abov", "Did you mean 'above'?"),
        ("pattern bulish engulfing", "bulish", "Did you mean 'bullish'?"),
        ("clse > 3", "clse", "Did you mean 'close'"),
        ("close = 3", "=", "Did you mean '=='?"),
        ("close", "", "A comparison should follow"),
        ("close >", "", "A value should stand here"),
        ("close > 25 for", "", "A number of bars"),
        ("close > 25 for 3", "", "The word 'bars'"),
        ("(close > 25", "", "A closing bracket"),
        ("close > 25)", ")", "The sentence should end here"),
        ("close inside 5", "", "The other end of the range"),
        ("close > 5 and close inside 30..20", "30..20", "lower number comes first: write 20..30."),
        ("gap outside 15%..5%", "15%..5%", "write 0.05..0.15."),
        ("gap enters -2%..-5%", "-2%..-5%", "write -0.05..-0.02."),
        ("close leaves 30..20", "30..20", "write 20..30."),
        ("close > $25", "$25", "A value should stand here"),
        ("sma > 3", "sma", "Write sma(n[, x])."),
        ("sma() > 3", "sma()", "Write sma(n[, x])."),
        ("close(3) > 3", "close(3)", "close[5]"),
        ("rsi(1) > 3", "rsi(1)", "from 2 to 10,000"),
        ("sma(2.5) > 3", "sma(2.5)", "A"),
        ("bb_upper(20, 0) > 3", "bb_upper(20,", "a positive number"),
        ("close > 1 for 20000 bars", "20000", "from 0 to 10,000"),
        ("close > 1 for 0 bars", "close", "from 1 to 10,000"),
        ("close crosses above 25 for 3 bars", "close", "say: close > 25 for 3 bars"),
        ("low crosses below 9 for 4 bars", "low", "say: low < 9 for 4 bars"),
        ("close enters 1..2 for 3 bars", "close", "say: close inside 1..2 for 3 bars"),
        ("close leaves 1..2 for 3 bars", "close", "say: close outside 1..2 for 3 bars"),
        ("(close touches 5) for 2 bars", "(close", "say: 5 inside low..high for 2 bars"),
        ("high touches 5", "high", "Only close can touch"),
        ("pattern hamer", "pattern", "Did you mean 'hammer'"),
        ("fact pe_trailin > 1", "fact", "Did you mean 'pe_trailing'"),
        ("close > 1 for 2 bars then close > 2 within 3 bars", "then", "brackets"),
        ("anchored_vwap(2026-02-30) > 1", "2026-02-30)", "2026-02-30 is not a date"),
        ("ta.macd() > 1", "ta.macd()", "There are: MACD_12_26_9, MACDh_12_26_9, MACDs_12_26_9."),
        ("ta.rsi(len=3) > 1", "ta.rsi(len=3)", "Did you mean 'length'"),
        ("ta.nothing() > 1", "ta.nothing()", "No pandas-ta indicator is called 'nothing'"),
        ("ta.vwap() > 1", "ta.vwap()", "Write vwap on an intraday interval"),
        ("", "", "A value should stand here"),
        ("🚀", "🚀", "A value should stand here"),
    ],
)
def test_what_cannot_be_read_is_pointed_at_with_what_would_fit(text, word, advice):
    found, said = unread(text)
    assert found == word
    assert advice.lower() in said.lower()


@pytest.mark.parametrize(
    "text", ["close inside 20..20", "close inside sma(20)..10", "gap inside -5..-2"]
)
def test_a_range_whose_ends_may_be_in_order_is_read(text):
    assert str(parse_condition(text)) == text


def test_the_message_looks_as_promised():
    with pytest.raises(RuleNotUnderstood) as caught:
        parse_condition("close crosses above 25 unless the fed meets")
    assert str(caught.value) == (
        "Could not read this rule from column 24:\n"
        "    close crosses above 25 unless the fed meets\n"
        "                           ^\n"
        "The sentence should end here, or go on with 'and' or 'or'."
    )
    assert caught.value.to_dict()["exit"] == 2


def test_a_whole_line_of_the_watchlist():
    rule = parse_rule(
        "crsr 5m @files:/data: close > vwap once expires 2026-03-01 rearm close < vwap "
        "cooldown 3 bars paused # mine: # both"
    )
    assert (rule.ticker, rule.interval, rule.provider) == ("CRSR", Interval.M5, "files:/data")
    assert (rule.once, rule.cooldown, rule.expires, rule.paused) == (
        True,
        3,
        date(2026, 3, 1),
        True,
    )
    assert str(rule.rearm) == "close < vwap"
    assert rule.comment == "mine: # both"
    assert str(rule) == (
        "CRSR 5m @files:/data: close > vwap rearm close < vwap once cooldown 3 bars "
        "expires 2026-03-01 paused  # mine: # both"
    )


def test_a_condition_with_options_for_a_ticker():
    rule = parse_rule("close crosses above 25 and rvol(20) > 1.5", ticker="crsr")
    assert str(rule) == "CRSR 1d: close crosses above 25 and rvol(20) > 1.5"
    assert (
        str(parse_rule("close > 25 once", ticker="CRSR", interval="5m"))
        == "CRSR 5m: close > 25 once"
    )


def test_the_configured_provider_is_not_written():
    written = parse_rule("X 1d @demo: close > 1", default_provider="demo")
    assert written == parse_rule("X 1d: close > 1")
    assert (
        str(parse_rule("X 1d @yahoo: close > 1", default_provider="demo"))
        == "X 1d @yahoo: close > 1"
    )


def test_a_hash_in_quotation_marks_begins_no_comment():
    with pytest.raises(RuleNotUnderstood, match=r"No column of ta\.macd is called 'A#B'"):
        parse_rule('X 1d: ta.macd(column="A#B") > 1')


def test_a_rule_needs_a_ticker():
    with pytest.raises(RuleNotUnderstood, match="names no ticker"):
        parse_rule("close > 3")


def test_a_line_and_a_request_may_not_disagree():
    with pytest.raises(AskError, match=r"The rule says ticker CRSR, the request says ACME"):
        parse_rule("CRSR 1d: close > 3", ticker="ACME")
    with pytest.raises(AskError, match="The rule says interval 1d, the request says 5m"):
        parse_rule("CRSR 1d: close > 3", interval="5m")


def test_errors_count_columns_in_the_whole_line():
    with pytest.raises(RuleNotUnderstood) as caught:
        parse_rule("CRSR 1d: close > 3 once once")
    assert "'once' is written twice" in str(caught.value)
    with pytest.raises(RuleNotUnderstood, match="from column 17"):
        parse_rule("CRSR 1d: close >> 3")
    with pytest.raises(RuleNotUnderstood, match="from column 6"):
        parse_rule("CRSR 2d: close > 3")


@pytest.mark.parametrize(
    "text",
    ["not " * 2000 + "close > 1", "-" * 5000 + "close > 1", "close > 1 and " * 500 + "low > 1"],
)
def test_what_is_too_deep_to_be_meant_is_refused(text):
    with pytest.raises(RuleNotUnderstood, match="make several rules of it"):
        parse_condition(text)


def test_any_number_of_brackets_around_one_thing_is_that_thing():
    assert str(parse_condition("(" * 3000 + "close" + ")" * 3000 + " > 1")) == "close > 1"
