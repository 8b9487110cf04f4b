"""What insiders did, in words that do not weigh both sides alike.

Buying has one reason: they expect the price to rise. Selling has many, so it is worth a look and no
more than that.
"""

from ..facts.insiders import InsiderSummary
from ..figures import written


def told(found: InsiderSummary) -> str:
    """One sentence on six months of open-market trades, awards and the like named apart."""
    apart = (
        f" ({_count(found.others, 'award, exercise, gift or the like', 'awards, exercises, gifts and the like')} not counted)"
        if found.others
        else ""
    )
    return f"{_trades(found)}{apart}."


def _trades(found: InsiderSummary) -> str:
    bought, sold = written(found.bought, "shares"), written(found.sold, "shares")
    buying = f"Insiders bought {bought} shares on the open market in {_count(found.purchases, 'purchase', 'purchases')} within six months"
    if found.purchases and found.sales:
        return f"{buying} and sold {sold}, {_balance(found)}"
    if found.purchases:
        return f"{buying} and sold none"
    if found.sales:
        return (
            f"Insiders sold {sold} shares on the open market in {_count(found.sales, 'sale', 'sales')} "
            "within six months and bought none: not always bad, but worth a look"
        )
    return "Insiders neither bought nor sold on the open market within six months"


def _balance(found: InsiderSummary) -> str:
    if found.net_shares > 0:
        return "more bought than sold"
    return "no more bought than sold, which is worth a look"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
