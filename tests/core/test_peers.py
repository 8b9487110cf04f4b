"""Standing among peers: median, members, exclusions, percentile, and when there is none."""

from dataclasses import replace

import pytest

from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.findings.peers import standing, standings
from genie_nb.core.provider import Peer


def test_the_median_is_of_those_that_have_the_multiple(peer_group):
    group = peer_group({f"P{i}": float(10 + i) for i in range(8)} | {"LOSS": None, "RED": -4.0})
    found = standing("pe_trailing", 14.0, group)
    assert (found.median, found.n) == (13.5, 8)
    assert found.percentile == 0.5
    assert dict(found.excluded).keys() == {"LOSS", "RED"}
    assert "loss" in dict(found.excluded)["RED"]
    assert found.basis == "sector Industrials"


def test_an_outlier_stays_and_hardly_moves_the_median(peer_group):
    tame = peer_group({f"P{i}": float(10 + i) for i in range(8)})
    wild = peer_group({f"P{i}": float(10 + i) for i in range(7)} | {"P7": 5_000.0})
    assert standing("pe_trailing", 14.0, wild).median == standing("pe_trailing", 14.0, tame).median


def test_fewer_than_eight_members_have_no_median(peer_group):
    found = standing("pe_trailing", 14.0, peer_group({f"P{i}": 10.0 + i for i in range(7)}))
    assert (found.median, found.percentile, found.n) == (None, None, 7)
    assert found.reason == "a median needs 8 peers with this figure; 7 have it"


def test_the_company_is_never_its_own_peer(peer_group):
    group = peer_group({f"P{i}": 10.0 + i for i in range(8)} | {"ACME": 500.0})
    found = standing("pe_trailing", 500.0, group)
    assert (found.median, found.n, found.percentile) == (13.5, 8, 1.0)
    assert dict(found.excluded) == {"ACME": "it is the company itself"}


def test_a_negative_margin_is_a_margin(peer_group):
    group = peer_group({f"P{i}": -0.1 + 0.05 * i for i in range(9)}, fact="profit_margin")
    found = standing("profit_margin", 0.09, group)
    assert found.n == 9
    assert found.median == pytest.approx(0.1)


def test_a_company_without_the_multiple_has_no_place(peer_group):
    group = peer_group({f"P{i}": 10.0 + i for i in range(8)})
    assert standing("pe_trailing", None, group).percentile is None


def test_every_fact_that_peers_have_is_compared(subject, peer_group):
    group = peer_group({f"P{i}": 10.0 + i for i in range(8)})
    wide = replace(
        group,
        members=(*group.members, Peer(ticker="X", name="X", values={"gross_margin": 0.3})),
    )
    facts = compute_facts(subject(peers=wide))
    found = standings(facts, wide, "ACME")
    assert [one.fact for one in found] == ["pe_trailing", "gross_margin"]
    assert standings(facts, None, "ACME") == ()


def test_the_sector_s_median_is_refused_with_fewer_than_eight(subject, peer_group):
    facts = compute_facts(subject(peers=peer_group({f"P{i}": 10.0 for i in range(7)})))
    fact = facts["pe_sector_median"]
    assert fact.value is None
    assert fact.reason == "a median needs 8 peers with a P/E and there are 7 (sector Industrials)"
    assert facts["pe_trailing"].verdict is None


@pytest.mark.parametrize(
    ("median", "verdict"),
    [
        (18.0, "in line with its sector's median"),
        (17.7, "in line with its sector's median"),
        (16.9, "slightly above its sector's median"),
        (14.0, "above its sector's median"),
        (10.0, "well above its sector's median"),
        (19.0, "slightly below its sector's median"),
        (25.0, "below its sector's median"),
        (40.0, "well below its sector's median"),
    ],
)
def test_the_verdict_of_a_pe_is_its_place_beside_the_sector(subject, peer_group, median, verdict):
    group = peer_group({f"P{i}": median for i in range(8)})
    assert compute_facts(subject(peers=group))["pe_trailing"].verdict == verdict
