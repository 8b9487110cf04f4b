"""The cast: companies with a part to play. Everybody else is the chorus."""

from collections.abc import Mapping
from datetime import date

from .traits import BookTraits, InsiderPlan, TapeTraits, Traits, Twist

# Thinly traded machine builder that just broke above its 50-day average.
_ACME = Traits(
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
    # Bank.
    "GFBK": Traits(books=BookTraits(dividend_yield=0.031)),
    # Biotech without revenue.
    "LUMR": Traits(
        tape=TapeTraits(volatility=0.85, drift=-0.08),
        books=BookTraits(revenue=False, runway=5, share_growth=0.14),
    ),
    # Biotech.
    "GENQ": Traits(books=BookTraits(revenue=False, runway=9, share_growth=0.10)),
    # Biotech.
    "CLLV": Traits(books=BookTraits(revenue=False, runway=3, share_growth=0.22)),
    # Serial diluter.
    "VWHM": Traits(
        tape=TapeTraits(volatility=0.95, drift=-0.35),
        books=BookTraits(share_growth=0.32, runway=4),
    ),
    # Split two for one inside the last year.
    "QLLN": Traits(
        tape=TapeTraits(drift=0.24, splits={date(2025, 9, 15): 2.0}),
        analysts=31,
    ),
    # Pays dividends every quarter.
    "HRTH": Traits(books=BookTraits(dividend_yield=0.037)),
    # Gapped up 15 % on earnings, pulled back and ripped.
    "BRMR": Traits(
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
    # Followed by no analyst.
    "DNGV": Traits(analysts=0),
    # Nano cap.
    "PKLN": Traits(tape=TapeTraits(volatility=0.9)),
    # Mega cap.
    "OMVL": Traits(analysts=44, books=BookTraits(dividend_yield=0.006)),
    # Listed 120 sessions ago.
    "NWKT": Traits(
        tape=TapeTraits(first_session=date(2025, 7, 23)),
        analysts=3,
    ),
    # Was halted.
    "HLTS": Traits(
        tape=TapeTraits(
            halts=(
                (date(2023, 5, 16), date(2023, 5, 18)),
                (date(2025, 11, 18), date(2025, 11, 25)),
            )
        ),
    ),
    # Loss maker with negative equity.
    "RDLB": Traits(
        books=BookTraits(
            equity=-180e6,
            debt_to_equity=6.2,
            net_margin=-0.11,
            retained=-4.1,
            current_ratio=0.7,
            runway=7,
        ),
    ),
    # Foreign: statements in euros, price in dollars.
    "RHFA": Traits(
        country="Germany",
        books=BookTraits(currency="EUR"),
    ),
    # Steady trender.
    "STDW": Traits(
        tape=TapeTraits(volatility=0.17, beta=0.45, half_life=60, drift=0.26),
    ),
    # Moves in a range.
    "PLTU": Traits(
        tape=TapeTraits(volatility=0.30, beta=0.1, half_life=9, drift=0.0),
    ),
    # Highly volatile.
    "ZPHF": Traits(tape=TapeTraits(volatility=1.15, beta=1.9, drift=0.05)),
}
