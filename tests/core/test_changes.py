"""What changed between two looks: by hand, and between two days of the demo market."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

import genie_nb as genie
from genie_nb.core.changes.compare import changes
from genie_nb.core.changes.diff import Change
from genie_nb.core.changes.look import Finding, Look, Seen, look_of
from genie_nb.core.changes.split import Split
from genie_nb.core.narrate.changes import summary

THEN = datetime(2025, 9, 1, 20, tzinfo=UTC)
NOW = datetime(2025, 10, 1, 20, tzinfo=UTC)


def look(at: datetime = THEN, *, asked: datetime | None = None, **facts: Seen) -> Look:
    return Look(ticker="X", as_of=at, asked=asked or at, facts=facts)


def money(value: float | None, **more: Any) -> Seen:
    return Seen(value=value, unit="USD", source="files", **more)


def only(before: Look, after: Look, *splits: Split) -> Change:
    (found,), missing = changes(before, after, splits)
    assert missing == ()
    return found


def of_acme(day: str | None = None) -> Look:
    value = genie.analyze("ACME", provider="demo", as_of=day).value
    return look_of(value, datetime(2026, 1, 12, 21, 30, tzinfo=UTC))


def test_new_prices_are_the_cause_of_a_new_price() -> None:
    before = look(price=money(20.0, prices="2025-09-01"))
    after = look(NOW, price=money(25.0, prices="2025-10-01"))
    found = only(before, after)
    assert (found.before, found.after, found.size) == (20.0, 25.0, 0.25)
    assert found.cause == "prices to 2025-10-01, before to 2025-09-01"
    assert found.text.startswith("Share price" if "Share" in found.text else "Price")
    assert "from $20.00 to $25.00 (+25 %)" in found.text


def test_a_fraction_changes_by_its_difference() -> None:
    one = Seen(value=0.10, unit="fraction", statements="2025-03-31")
    two = replace(one, value=0.13, statements="2025-06-30")
    found = only(look(profit_margin=one), look(NOW, profit_margin=two))
    assert found.size == pytest.approx(0.03)
    assert found.cause == "statements to 2025-06-30, before to 2025-03-31"
    assert "+3 percentage points" in found.text


def test_a_change_from_zero_has_no_relative_size() -> None:
    found = only(look(total_debt=money(0.0)), look(NOW, total_debt=money(5e6)))
    assert found.size is None


def test_a_change_that_cannot_be_seen_in_the_written_number_is_none() -> None:
    assert changes(look(cash=money(850.1e6)), look(NOW, cash=money(850.2e6))) == ((), ())


def test_another_source_and_another_currency_are_said() -> None:
    found = only(look(cash=money(5e6)), look(NOW, cash=Seen(value=4e6, unit="EUR", source="other")))
    assert found.size is None
    assert "counted in EUR, before in USD" in found.cause
    assert "another source: other, before files" in found.cause


def test_a_split_is_taken_out_of_a_look_that_was_made_before_it() -> None:
    split = Split(day=date(2025, 9, 15), ratio=2.0)
    found = only(look(price=money(100.0)), look(NOW, price=money(55.0)), split)
    assert found.size == pytest.approx(-0.45)
    assert "a split of 2 for 1 on 2025-09-15" in found.cause
    assert "which was $50.00 counted in today's shares" in found.text
    untouched = only(look(price=money(100.0)), look(NOW, price=money(50.0)), split)
    assert untouched.weight == 0.0


def test_a_reverse_split_is_told_the_other_way_round() -> None:
    assert str(Split(day=date(2025, 9, 15), ratio=0.1)) == "a split of 1 for 10 on 2025-09-15"


def test_a_fact_that_became_known_or_unknown_says_why() -> None:
    gone = money(None, reason="it makes a loss.")
    lost = only(look(eps_ttm=money(1.0)), look(NOW, eps_ttm=gone))
    assert (lost.after, lost.size, lost.cause) == (None, None, "no longer known: it makes a loss")
    found = only(look(eps_ttm=gone), look(NOW, eps_ttm=money(1.0)))
    assert (found.before, found.cause) == (None, "known now; before: it makes a loss")
    assert changes(look(eps_ttm=gone), look(NOW, eps_ttm=gone)) == ((), ())


def test_what_failed_is_missing_and_no_change() -> None:
    failed = money(None, reason="the source is down", failed=True)
    found, (missing,) = changes(look(cash=money(1e6)), look(NOW, cash=failed))
    assert found == ()
    assert (missing.what, missing.failed) == ("cash", True)


def test_a_position_of_another_size_is_not_compared() -> None:
    one = Seen(value=2.0, unit="days", asked=500.0)
    found, (missing,) = changes(
        look(days_to_exit_10000_shares=one),
        look(NOW, days_to_exit_10000_shares=replace(one, value=9.0, asked=10_000.0)),
    )
    assert found == ()
    assert "500 shares then, for 10,000 now" in missing.reason


def test_days_that_only_went_by_are_no_change() -> None:
    one = Seen(value=40.0, unit="days", release="2025-10-25")
    later = replace(one, value=10.0)
    before = look(days_to_earnings=one)
    assert changes(before, look(NOW, days_to_earnings=later)) == ((), ())
    moved = only(before, look(NOW, days_to_earnings=replace(later, release="2025-10-30")))
    assert "2025-10-30, before 2025-10-25" in moved.cause


def test_signals_and_checks_are_changes_with_their_names() -> None:
    off, on = Finding(state=False, text="Not oversold."), Finding(state=True, text="Oversold.")
    warn, passed = Finding(state="warn", text="Hm."), Finding(state="pass", text="Good.")
    before = replace(look(), signals={"oversold": off}, checks={"valuation": warn})
    after = replace(look(NOW), signals={"oversold": on}, checks={"valuation": passed})
    check, signal = changes(before, after)[0]
    assert (check.kind, check.name, check.before, check.after) == ("check", "valuation", "warn", "pass")  # fmt: skip
    assert (signal.kind, signal.before, signal.after) == ("signal", False, True)
    assert signal.text == "New signal. Oversold."
    unknown = replace(before, signals={"oversold": Finding(state=None)}, checks={})
    assert changes(unknown, replace(after, checks={})) == ((), ())


@pytest.mark.parametrize("ticker", ["ACME", "GFBK", "LUMR", "QLLN", "DNGV", "SCIX"])
def test_a_report_has_no_changes_against_itself(ticker: str) -> None:
    value = genie.analyze(ticker, provider="demo").value
    same = look_of(value, value.as_of)
    assert changes(same, same)[0] == ()
    assert changes(same, Look.from_dict(same.to_dict()))[0] == ()
    assert "Nothing that shows" in summary(same, same, ())


def test_a_look_is_read_back_as_it_was_kept() -> None:
    one = of_acme("2025-08-01")
    assert Look.from_dict(one.to_dict()) == one


def test_a_quarter_that_was_reported_between_is_named() -> None:
    found = genie.diff("ACME", since="2025-08-01", provider="demo")
    told = {change.name: change for change in found.changes if change.kind == "fact"}
    then = genie.analyze("ACME", provider="demo", as_of="2025-08-01").facts
    now = genie.analyze("ACME", provider="demo").facts
    revenue = told["revenue_ttm"]
    assert (revenue.before, revenue.after) == (then["revenue_ttm"].value, now["revenue_ttm"].value)
    assert revenue.size == pytest.approx(518_681_000 / 504_180_000 - 1)
    assert revenue.cause == "statements to 2025-09-30, before to 2025-06-30"
    assert "they reach to 2025-09-30, before to 2025-06-30" in found.summary
    assert "Price: from $18.97 to $21.25 (+12 %)" in found.summary


def test_snapshots_of_now_are_missing_from_the_past_with_the_reason() -> None:
    found = genie.diff("ACME", since="2025-08-01", provider="demo")
    missing = {one.what: one.reason for one in found.missing}
    assert "not known as of 2025-08-01" in missing["pe_forward"]
    assert not {change.name for change in found.changes} & missing.keys()
    assert found.exit == 0


def test_a_split_that_both_days_count_already_changes_no_number() -> None:
    found = genie.diff("QLLN", since="2025-09-12", as_of="2025-09-16", provider="demo")
    price = next((one for one in found.changes if one.name == "price"), None)
    assert price is not None
    assert "a split of 2 for 1 on 2025-09-15, which both numbers count" in price.cause
    assert isinstance(price.size, float)
    assert abs(price.size) < 0.2


def test_the_same_question_has_the_same_answer() -> None:
    one, two = (genie.diff("QLLN", since="2025-08-01", provider="demo") for _ in range(2))
    assert one.changes == two.changes


def test_no_sentence_judges_or_advises() -> None:
    told = " ".join(one.text for one in genie.diff("ACME", since="2025-08-01").changes).lower()
    assert not any(word in told.split() for word in ("should", "bullish", "bearish", "cheap"))
