"""Messages that hold two requests: one is done at a time, so that nothing is armed in passing."""

import re

from ..errors import AskError
from .watching import is_wish

_ANOTHER = re.compile(
    r"(?:(?<=[.?!;,])\s+|\s)(?:(?:and|then|also|please|now|or)[\s,]+)+(?P<a>@)"
    r"|(?<=[.?!;])\s+(?P<b>@)".replace(
        "@",
        r"(?:(?:alert|notify|ping|warn|text|email|message|remind) (?:me|us)\b|let (?:me|us) know (?:if|when|once)\b"
        r"|tell (?:me|us) when\b|(?:watch|monitor|track) \S|keep an eye on\b|stop watching\b|unwatch \S|snooze \S|arm \S"
        r"|set (?:an? |up )\S|set (?:it|this|that) up\b|compare (?:it|this|that|them|with|to|\$?[A-Z])|analy[sz]e \S|backtest \S|scan \S|tune \S)",
    ),
    re.IGNORECASE,
)


def refuse_another(words: str) -> None:
    """Refuse a request with a second one behind it; a wish to be told may say so in two sentences.

    Args:
        words: All that was written, without courtesy.

    Raises:
        AskError: There is a second request; says what it is.

    Example:
        >>> refuse_another("Analyze CRSR. Is it profitable?")
        >>> refuse_another("Watch CRSR. Alert me if it breaks above 25.")
    """
    found = None if is_wish(words) else _ANOTHER.search(words)
    if found is None:
        return
    second = words[found.start("a") if found["a"] else found.start("b") :]
    first = words[: found.start()].rstrip(" ,;")
    raise AskError(
        f"These are two requests, and one is done at a time: {first!r} and {second!r}.",
        seen=second,
        needed="one request",
        cure=f"Ask for the first, then say: {second}",
    )
