"""What speaks for a closer look."""

from datetime import date

from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.findings.checks import checks
from genie_nb.core.findings.finding import Signal
from genie_nb.core.findings.opportunities import opportunities
from genie_nb.core.fundamentals import InsiderTrade

WORDS_OF_ADVICE = ("buy ", "sell ", "should", "recommend", "attractive", "bargain")


def found(subject, company, signals=(), **changes):
    facts = compute_facts(subject(fundamentals=company, **changes))
    return opportunities(facts, signals, checks(facts, company))


def test_each_one_rests_on_facts(subject, company, peer_group):
    bought = InsiderTrade(
        day=date(2025, 12, 1), name="A", position="CEO", kind="purchase", shares=100
    )
    group = peer_group({f"P{i}": 30.0 for i in range(8)})
    items = found(subject, company(insider_trades=(bought,)), peers=group)
    assert {item.name for item in items} == {
        "growth", "cheap_growth", "cheaper_than_sector", "low_leverage", "cash_generation",
        "insider_buying",
    }  # fmt: skip
    assert all(item.evidence for item in items)
    assert not [word for item in items for word in WORDS_OF_ADVICE if word in item.text.lower()]


def signal(name, *, active=True, with_volume=None):
    return Signal(
        name=name, active=active, bars_ago=0, with_volume=with_volume, text=f"It did {name}."
    )


def test_a_break_out_with_volume_comes_first(subject, company):
    signals = (signal("golden_cross"), signal("broke_above_sma_50", with_volume=True))
    items = found(subject, company(), signals)
    assert (items[0].name, items[0].text) == ("breaking_out", "It did broke_above_sma_50.")
    assert len([item for item in items if item.name == "breaking_out"]) == 1


def test_what_is_not_happening_is_no_opportunity(subject, company):
    items = found(subject, company(), (signal("breakout_20", active=False),))
    assert "breaking_out" not in {item.name for item in items}


def test_of_nothing_there_is_none(subject):
    facts = compute_facts(subject(fundamentals=None, bars=None))
    assert opportunities(facts, (), checks(facts, None)) == ()
