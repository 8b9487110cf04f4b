"""A request as it is written: the `%genie` line and the Python call that ask the same.

Ask -> "%genie tune ACME breakout --set lookback=30" and 'genie.tune("ACME", "breakout", lookback=30)'
"""

import shlex
from collections.abc import Mapping

from ..verbs import VERBS, Ask


def line_of(ask: Ask) -> str:
    """The line of the magic that makes the Ask.

    Example:
        >>> line_of(Ask(verb="strategy", word="trend", tickers=("ACME",), options={"set": {"fast": 9}}))
        '%genie strategy trend ACME --set fast=9'
    """
    return " ".join(["%genie", ask.verb, *_given(ask), *_flags(ask)])


def call_of(ask: Ask) -> str:
    """The Python call that makes the Ask.

    Example:
        >>> call_of(Ask(verb="strategy", word="trend", tickers=("ACME",), options={"set": {"fast": 9}}))
        'genie.strategy("trend", "ACME", fast=9)'
    """
    arguments = [_quoted(word) for word in _given(ask)]
    for name, value in ask.options.items():
        named = value.items() if isinstance(value, Mapping) else [(name, value)]
        arguments += [f"{key}={_literal(one)}" for key, one in named]
    return f"genie.{ask.verb}({', '.join(arguments)})"


def _given(ask: Ask) -> list[str]:
    """What stands before the options."""
    last = VERBS[ask.verb].word_last
    words = (*ask.tickers, ask.word) if last else (ask.word, *ask.tickers)
    return [word for word in (*words, ask.words) if word]


def _flags(ask: Ask) -> list[str]:
    known = {option.name: option for option in VERBS[ask.verb].all_options}
    flags: list[str] = []
    for name, value in ask.options.items():
        flag = known[name].flag
        if value is True:
            flags.append(flag)
        elif isinstance(value, Mapping):
            flags += [f"{flag} {key}={_plain(one)}" for key, one in value.items()]
        elif isinstance(value, tuple):
            flags += [f"{flag} {shlex.quote(_plain(one))}" for one in value]
        else:
            flags.append(f"{flag} {shlex.quote(_plain(value))}")
    return flags


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _literal(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_literal(one) for one in value)}]"
    return _quoted(value) if isinstance(value, str) else _plain(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
