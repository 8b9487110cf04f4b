"""What a panel shows while something is under way, and an answer drawn before it is shown."""

from ...answer import Answer, run
from ...core.verbs import Ask
from ...render.html.tag import Markup, tag


def waiting(words: str) -> Markup:
    """A sentence and a bar that moves."""
    bar = tag("progress", aria_label=words)
    return tag("div", [tag("p", words, class_="note", role="status"), bar], class_="waiting")


def drawn(ask: Ask) -> Answer:
    """The answer with its view made, so that the page is not kept waiting for that.

    Raises:
        GenieError: It cannot be answered.
    """
    answer = run(ask)
    answer.view()
    return answer
