"""The forms a request in plain words can have.

    Request -> the first form that fits -> Ask

A form that does not account for every word does not fit.
"""

import re
from collections.abc import Callable, Sequence

from ..verbs import Ask
from .analyzing import analyze, bare_name, follow_up, question_about_a_name
from .bare_condition import bare_condition, look_back, watch_line
from .changing import changed
from .comparing import compare, compare_on
from .declining import decline, decline_silence
from .explaining import why
from .following import follow
from .request import Request
from .rotating import rotation
from .studying import scan, setup, strategy, tune
from .talked_strategy import strategy_again, strategy_shown, strategy_tuned
from .tending import tend
from .watching import watch

_DOCTOR = re.compile(
    r"^(?:doctor|is everything (?:ok|okay|fine|working|reachable|installed).*|are you (?:ok|okay|working).*)$",
    re.IGNORECASE,
)


def _doctor(request: Request) -> Ask | None:
    return Ask(verb="doctor") if _DOCTOR.match(request.whole) else None


FORMS: Sequence[Callable[[Request], Ask | None]] = (
    strategy_again,
    follow,
    tend,
    decline_silence,
    watch,
    changed,
    rotation,
    decline,
    strategy_shown,
    strategy_tuned,
    strategy,
    tune,
    setup,
    _doctor,
    scan,
    look_back,
    watch_line,
    why,
    compare,
    analyze,
    bare_name,
    question_about_a_name,
    compare_on,
    follow_up,
    bare_condition,
)
"""The forms a request can have, in the order they are tried."""
