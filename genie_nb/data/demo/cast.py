"""The cast: companies with a part to play. Everybody else is the chorus."""

from collections.abc import Mapping
from datetime import date

from .traits import BookTraits, InsiderPlan, TapeTraits, Traits, Twist

_ACME = Traits(
    role="thinly traded machine builder that just broke above its 50-day average",
    tape=TapeTraits(
        take=44_535,
        volatility=0.42,
        beta=1.1,
        spread=0.0095,
        daily_shares=90_000,
        twists=(
            Twist(day=date(2026, 1, 9), change=0.006),
            Twist(day=date(2026, 1, 12), gap=0.004, change=0.031, volume=2.05),
        ),
    ),
    books=BookTraits(
        gross_margin=0.38,
        net_margin=0.091,
        earnings=(0.23, 0.24, 0.27, 0.31, 0.26, 0.27, 0.30, 0.35),
        equity=440e6,
        debt_to_equity=0.40,
        other_liabilities=0.19,
        current_liabilities=0.615,
        current_ratio=2.1,
        retained=0.91,
        free_cash_flow=31e6,
        cash=58e6,
        share_growth=0.0,
        dividend_yield=0.0,
        year_end=12,
    ),
    analysts=2,
    release_lag=27,
    before_open=True,
    insiders=(
        InsiderPlan(
            day=date(2025, 8, 28),
            name="Odette Farrow",
            position="Director",
            kind="purchase",
            shares=10_000,
        ),
        InsiderPlan(
            day=date(2025, 11, 19),
            name="Casimir Holt",
            position="Chief Executive Officer",
            kind="purchase",
            shares=20_000,
        ),
        InsiderPlan(
            day=date(2025, 11, 20),
            name="Ingrid Vale",
            position="Chief Financial Officer",
            kind="purchase",
            shares=12_000,
        ),
    ),
)

CAST: Mapping[str, Traits] = {
    "ACME": _ACME,
    "GFBK": Traits(role="bank", books=BookTraits(dividend_yield=0.031)),
    "LUMR": Traits(
        role="biotech without revenue",
        tape=TapeTraits(volatility=0.85, drift=-0.08),
        books=BookTraits(revenue=False, runway=5, share_growth=0.14),
    ),
    "GENQ": Traits(role="biotech", books=BookTraits(revenue=False, runway=9, share_growth=0.10)),
    "CLLV": Traits(role="biotech", books=BookTraits(revenue=False, runway=3, share_growth=0.22)),
    "VWHM": Traits(
        role="serial diluter",
        tape=TapeTraits(volatility=0.95, drift=-0.35),
        books=BookTraits(share_growth=0.32, runway=4),
    ),
    "QLLN": Traits(
        role="split two for one inside the last year",
        tape=TapeTraits(drift=0.24, splits={date(2025, 9, 15): 2.0}),
        analysts=31,
    ),
    "HRTH": Traits(role="pays dividends every quarter", books=BookTraits(dividend_yield=0.037)),
    "BRMR": Traits(
        role="gapped up 15 % on earnings, pulled back and ripped",
        tape=TapeTraits(
            volatility=0.55,
            twists=(
                Twist(day=date(2025, 12, 4), gap=0.15, change=0.105, volume=6.5),
                Twist(day=date(2025, 12, 5), gap=-0.012, change=-0.034, volume=2.4),
                Twist(day=date(2025, 12, 8), gap=0.018, change=0.092, volume=3.6),
            ),
        ),
        books=BookTraits(year_end=1),
        release_lag=34,
        before_open=True,
    ),
    "DNGV": Traits(role="followed by no analyst", analysts=0),
    "PKLN": Traits(role="nano cap", tape=TapeTraits(volatility=0.9)),
    "OMVL": Traits(role="mega cap", analysts=44, books=BookTraits(dividend_yield=0.006)),
    "NWKT": Traits(
        role="listed 120 sessions ago",
        tape=TapeTraits(first_session=date(2025, 7, 23)),
        analysts=3,
    ),
    "HLTS": Traits(
        role="was halted",
        tape=TapeTraits(
            halts=(
                (date(2023, 5, 16), date(2023, 5, 18)),
                (date(2025, 11, 18), date(2025, 11, 25)),
            )
        ),
    ),
    "RDLB": Traits(
        role="loss maker with negative equity",
        books=BookTraits(
            equity=-180e6,
            debt_to_equity=6.2,
            net_margin=-0.11,
            retained=-4.1,
            current_ratio=0.7,
            runway=7,
        ),
    ),
    "RHFA": Traits(
        role="foreign: statements in euros, price in dollars",
        country="Germany",
        books=BookTraits(currency="EUR"),
    ),
    "STDW": Traits(
        role="steady trender",
        tape=TapeTraits(volatility=0.17, beta=0.45, half_life=60, drift=0.26),
    ),
    "PLTU": Traits(
        role="moves in a range",
        tape=TapeTraits(volatility=0.30, beta=0.1, half_life=9, drift=0.0),
    ),
    "ZPHF": Traits(role="highly volatile", tape=TapeTraits(volatility=1.15, beta=1.9, drift=0.05)),
}
