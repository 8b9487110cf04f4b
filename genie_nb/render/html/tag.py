"""The only place where HTML is put together: contents and attributes are escaped here."""

from collections.abc import Iterable
from html import escape

from ..untrusted import one_line

type Content = str | Iterable["Content"]
"""Text or markup, or several of them."""


class Markup(str):
    """HTML that is already safe to stand in a page."""

    __slots__ = ()


def tag(name: str, content: Content = "", **attributes: str | None) -> Markup:
    """One element.

    Args:
        name: The element.
        content: Text, which is escaped, markup, which is not, or several of them.
        attributes: Values are escaped; a trailing underscore is dropped from a name, other
            underscores become dashes; attributes that are None are left out.

    Example:
        >>> tag("td", "<b>", class_="calm", title='say "hi"')
        '<td class="calm" title="say &quot;hi&quot;">&lt;b&gt;</td>'
    """
    inside = "".join(
        f' {_name(key)}="{_quoted(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{inside}>{joined(content)}</{name}>")


def joined(content: Content) -> Markup:
    """Text and markup one after another, the text escaped."""
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return Markup(escape(one_line(content), quote=True))
    return Markup("".join(joined(part) for part in content))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _quoted(value: str) -> str:
    return escape("\n".join(one_line(line) for line in value.split("\n")), quote=True).replace(
        "\n", "&#10;"
    )
