"""The values of options, read from text or taken from Python, one way for every face."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from ..errors import AskError, UnknownName
from ..verbs import Option, Reads, Verb


def take_options(words: Sequence[str], verb: Verb) -> tuple[list[str], dict[str, object]]:
    """Separate the options, wherever they stand, from the other words. `--` ends the options.

    Raises:
        UnknownName: The verb has no such option.
        AskError: An option is given twice, lacks its value, or has one that cannot be read.

    Example:
        >>> from ..verbs import VERBS
        >>> take_options(["--provider", "yahoo", "CRSR", "--shares=500"], VERBS["analyze"])
        (['CRSR'], {'provider': 'yahoo', 'shares': 500})
    """
    rest: list[str] = []
    options: dict[str, object] = {}
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word == "--":
            return rest + queue, options
        short = _short(word, verb)
        if short is None and not word.startswith("--"):
            rest.append(word)
            continue
        flag, has_value, text = word.partition("=")
        option = short or _option(flag, verb)
        if option.name in options and option.reads not in _REPEATED:
            raise AskError(
                f"{option.flag} is given twice.", seen=word, needed="one value", cure="Keep one."
            )
        if option.reads == "flag":
            options[option.name] = True
        else:
            value = text if has_value and not short else _next(queue, option)
            options[option.name] = _added(
                options.get(option.name), read_value(option, value), option
            )
    return rest, options


def _added(before: object, value: object, option: Option) -> object:
    """Values given one by one, taken together; any other option's value as it is."""
    if isinstance(before, tuple) and isinstance(value, tuple):
        return tuple(dict.fromkeys((*before, *value)))
    if not isinstance(before, Mapping) or not isinstance(value, Mapping):
        return value
    twice = next((name for name in value if name in before), None)
    if twice:
        raise AskError(
            f"{option.flag} {twice} is given twice.",
            seen=twice,
            needed="one value",
            cure="Keep one.",
        )
    return {**before, **value}


def check_options(verb: Verb, given: Mapping[str, object]) -> dict[str, object]:
    """The options of a Python call; those left at None are absent.

    Raises:
        UnknownName: The verb has no such option.
        AskError: A value cannot be read.
    """
    return {
        name: read_value(_option("--" + name.replace("_", "-"), verb), value)
        for name, value in given.items()
        if value is not None
    }


def read_value(option: Option, value: object) -> object:
    """The value as `Option.reads` says.

    Raises:
        AskError: It is not such a value; says what is needed.

    Example:
        >>> from ..verbs import SIZE
        >>> read_value(SIZE, "10,000")
        10000
    """
    if option.reads == "choice":
        return _choice(option, value)
    return _READERS[option.reads](option, value)


def _option(flag: str, verb: Verb) -> Option:
    wanted = flag.casefold().replace("_", "-")
    for option in verb.all_options:
        if option.flag == wanted:
            return option
    raise UnknownName(f"option of {verb.name}", flag, [option.flag for option in verb.all_options])


def _short(word: str, verb: Verb) -> Option | None:
    """The option whose single letter the word is, such as `-p`."""
    if len(word) != 2 or not word.startswith("-"):
        return None
    return next((option for option in verb.all_options if option.short == word[1]), None)


def _next(queue: list[str], option: Option) -> str:
    if not queue or queue[0].startswith("--"):
        raise AskError(
            f"{option.flag} has no value.",
            seen=option.flag,
            needed=option.help,
            cure=f"Write {option.flag} {'|'.join(option.choices) or option.metavar}.",
        )
    return queue.pop(0)


def _refused(option: Option, value: object, needed: str, example: str) -> AskError:
    return AskError(
        f"{option.flag} cannot be {str(value)!r}: {needed} is needed.",
        seen=value,
        needed=needed,
        cure=f"For example: {option.flag} {example}",
    )


def _text(option: Option, value: object) -> str:
    text = str(value).strip()
    if not text:
        raise _refused(option, value, "a value", option.metavar)
    return text


def _choice(option: Option, value: object) -> str:
    text = str(value).strip().casefold()
    if text not in option.choices:
        raise UnknownName(f"value of {option.flag}", str(value), option.choices)
    return text


def _figure(value: object) -> float:
    """A number above 0, from `10000`, `"10,000"` or `"10_000"`; NaN for anything else."""
    if isinstance(value, bool):
        return math.nan
    text = re.sub(r"(?<=\d)[,_](?=\d)", "", str(value).strip())
    try:
        number = float(text)
    except ValueError:
        return math.nan
    return number if 0 < number < math.inf else math.nan


def _number(option: Option, value: object) -> float:
    number = _figure(value)
    if math.isnan(number):
        raise _refused(option, value, "a number above 0", "30")
    return number


def _count(option: Option, value: object) -> int:
    number = _figure(value)
    if math.isnan(number) or number != int(number):
        raise _refused(option, value, "a whole number above 0", "10000")
    return int(number)


def _time(option: Option, value: object) -> str:
    """ISO text of a date, or of a time with its zone. A time without one is refused."""
    moment = value if isinstance(value, date) else _parsed(str(value))
    if moment is None:
        raise _refused(option, value, "a date or a time with its zone", "2025-12-01")
    if isinstance(moment, datetime) and moment.tzinfo is None:
        raise _refused(
            option, value, "a time with its zone, or a date alone", "2025-12-01T15:30-05:00"
        )
    return moment.isoformat()


def _parsed(text: str) -> date | None:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text.strip())
        except ValueError:
            continue
    return None


def _flag(option: Option, value: object) -> bool:
    if value is not True:
        raise _refused(option, value, "True, or to be left out", "True")
    return True


def _amount(option: Option, value: object) -> float:
    number = 0.0 if str(value).strip() in ("0", "0.0") else _figure(value)
    if math.isnan(number):
        raise _refused(option, value, "0 or a number above it", "10")
    return number


def _several(option: Option, value: object) -> tuple[str, ...]:
    """Texts, each once, from one or from several."""
    given = value if isinstance(value, list | tuple) else [value]
    return tuple(dict.fromkeys(_text(option, one) for one in given))


def _pairs(option: Option, value: object) -> dict[str, object]:
    """Names with their values, from `ticker=ACME` or `{"ticker": "ACME"}`."""
    if isinstance(value, Mapping):
        return {str(name).strip(): one for name, one in value.items()}
    name, equals, text = str(value).partition("=")
    if not name.strip() or not equals:
        raise _refused(option, value, "a name, an equals sign and a value", "ticker=ACME")
    return {name.strip(): text}


def _settings(option: Option, value: object) -> dict[str, float]:
    """Names with their numbers, from `lookback=20` or `{"lookback": 20}`; whole ones as integers."""
    pairs = value.items() if isinstance(value, Mapping) else [_pair(option, str(value))]
    return {str(name).strip(): _setting(option, name, number) for name, number in pairs}


def _pair(option: Option, text: str) -> tuple[str, str]:
    name, equals, number = text.partition("=")
    if not name.strip() or not equals:
        raise _refused(option, text, "a name, an equals sign and a number", "lookback=20")
    return name, number


def _setting(option: Option, name: object, value: object) -> float:
    try:
        number = math.nan if isinstance(value, bool) else float(str(value))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _refused(option, f"{name}={value}", "a number after the equals sign", f"{name}=20")
    return int(number) if number.is_integer() else number


_READERS: Mapping[Reads, Callable[[Option, object], object]] = {
    "text": _text,
    "number": _number,
    "amount": _amount,
    "settings": _settings,
    "count": _count,
    "time": _time,
    "flag": _flag,
    "several": _several,
    "pairs": _pairs,
}

_REPEATED: frozenset[Reads] = frozenset({"settings", "pairs", "several"})
