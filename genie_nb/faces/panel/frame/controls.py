"""Controls of a panel as HTML: each labelled, reachable by keyboard, with a place for words beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from ....core.strategies import Parameter
from ....render.html.tag import Content, Markup, tag


def field(name: str, label: Content, control: Content, *, kind: str = "field") -> Markup:
    """A control with its label above and its words below.

    Args:
        name: Of the control; words said of it appear here.
        label: What it is.
        control: Its element, with the id `genie-NAME`.
        kind: The class of the whole.
    """
    words = tag("p", class_="said", data_said=name, id=f"genie-{name}-said", role="status")
    return tag("div", [tag("label", label, for_=f"genie-{name}"), control, words], class_=kind)


def text(
    name: str, label: str, value: str, *, enter: str | None = None, width: int = 120
) -> Markup:
    """A field for a word; it is sent with Enter, or when the field is left."""
    return field(name, label, _input(name, "text", value, enter=enter, width=width))


def number(
    name: str, label: str, value: float, *, low: float, high: float, step: float, width: int = 96
) -> Markup:
    """A field for a number."""
    box = _input(name, "number", f"{value:g}", low=low, high=high, step=step, width=width)
    return field(name, label, box)


def slider(parameter: Parameter, value: float, *, prefix: str = "") -> Markup:
    """A slider over a parameter's range, and the same number to type.

    Args:
        parameter: Whose name, range, step and unit it has.
        value: Where it stands.
        prefix: What comes before the parameter's name in the control's.
    """
    name = prefix + parameter.name
    limits: Any = {"low": parameter.low, "high": parameter.high, "step": parameter.step}
    shown = parameter.name.replace("_", " ").capitalize()
    label = [shown, Markup(" "), tag("small", parameter.unit)]
    typed = _input(name, "number", f"{value:g}", id=None, label=f"{shown}, typed", **limits)
    dragged = _input(name, "range", f"{value:g}", **limits)
    return field(name, label, [dragged, typed], kind="field slider")


def choice(name: str, label: str, options: Mapping[str, str], value: str) -> Markup:
    """A list to choose from: value to what is shown."""
    items = [
        tag("option", shown, value=key, selected="" if key == value else None)
        for key, shown in options.items()
    ]
    return field(name, label, tag("select", items, data_name=name, **_described(name)))


def button(
    name: str, label: str, *, main: bool = False, disabled: bool = False, value: str | None = None
) -> Markup:
    """A button that does something in the kernel."""
    return tag(
        "button",
        label,
        type="button",
        data_do=name,
        data_value=value,
        class_="main" if main else None,
        disabled="" if disabled else None,
    )


def spans(chart: str, views: Iterable[tuple[str, int]]) -> Markup:
    """Buttons that show the newest bars of a chart; 0 for all."""
    made = [
        tag("button", label, type="button", data_span=str(bars), data_chart=chart)
        for label, bars in views
    ]
    return tag("div", made, class_="buttons small", role="group", aria_label="Bars in view")


def _input(
    name: str,
    kind: str,
    value: str,
    *,
    id: str | None = "",  # noqa: A002 - as the attribute it becomes
    label: str | None = None,
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
    enter: str | None = None,
    width: int | None = None,
) -> Markup:
    described = _described(name) if id is not None else {"aria_describedby": f"genie-{name}-said"}
    return tag(
        "input",
        type=kind,
        value=value,
        data_name=name,
        min=None if low is None else f"{low:g}",
        max=None if high is None else f"{high:g}",
        step=None if step is None else f"{step:g}",
        data_enter=enter,
        aria_label=label,
        style=None if width is None else f"width:{width}px",
        autocomplete="off",
        spellcheck="false",
        **described,
    )


def _described(name: str) -> dict[str, str]:
    return {"id": f"genie-{name}", "aria_describedby": f"genie-{name}-said"}
