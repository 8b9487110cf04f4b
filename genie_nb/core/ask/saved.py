"""Conversations as plain values: saved today, gone on with tomorrow.

Memory -> genie-conversation/1 -> Memory
"""

import re
from typing import Any

from ..errors import AskError
from ..verbs import Ask
from .command import make_ask
from .memory import MOST, Memory

SCHEMA = "genie-conversation/1"

_RULE_ID = re.compile(r"[0-9a-f]{12}")
_FACT = re.compile(r"[a-z0-9_]*")
_KEPT_ELSEWHERE = frozenset({"sink", "secret", "template", "home", "format"})
"""Options that say where something lies or goes; a saved talk does not hold them."""


def to_dict(memory: Memory) -> dict[str, Any]:
    """The `genie-conversation/1` JSON; without sinks, secrets and places on this machine."""
    return {
        "schema": SCHEMA,
        "turns": [_turn(ask) for ask in memory.turns],
        "armed": list(memory.armed),
        "fact": memory.fact,
    }


def from_dict(saved: object) -> Memory:
    """The memory that was saved.

    Raises:
        AskError: This is no saved talk, or one of a request that cannot be.
    """
    if not isinstance(saved, dict) or saved.get("schema") != SCHEMA:
        raise AskError(
            "This is not a saved conversation.",
            seen=saved.get("schema") if isinstance(saved, dict) else type(saved).__name__,
            needed=SCHEMA,
            cure="Load what Conversation.save has written.",
        )
    try:
        turns = tuple(_asked(turn) for turn in saved["turns"][-MOST:])
        armed = tuple(_written(_RULE_ID, one) for one in saved["armed"])
        return Memory(turns=turns, armed=armed, fact=_written(_FACT, saved["fact"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged("A field is missing or holds something else.", error) from None
    except AskError as error:
        raise _damaged(error.message, error.seen) from None


def _written(form: re.Pattern[str], text: str) -> str:
    if form.fullmatch(text) is None:
        raise TypeError(text)
    return text


def _damaged(why: str, seen: object) -> AskError:
    return AskError(
        f"The saved conversation is damaged. {why}",
        seen=seen,
        needed=f"the fields of {SCHEMA}",
        cure="Begin a new conversation.",
    )


def _asked(turn: dict[str, Any]) -> Ask:
    return make_ask(
        turn["verb"],
        tickers=turn["tickers"],
        word=turn["word"],
        words=turn["words"],
        options=turn["options"],
    )


def _turn(ask: Ask) -> dict[str, Any]:
    options = {name: value for name, value in ask.options.items() if name not in _KEPT_ELSEWHERE}
    return {
        "verb": ask.verb,
        "tickers": list(ask.tickers),
        "word": ask.word,
        "words": ask.words,
        "options": {name: _plain(value) for name, value in options.items()},
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if hasattr(value, "keys") else value  # pyright: ignore[reportCallIssue, reportArgumentType, reportUnknownVariableType]
