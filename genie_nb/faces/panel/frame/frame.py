"""A panel's page as the kernel writes it.

    reader turns, presses, types -> turned(), pressed() -> put(), say(), draw() -> one message back

Whatever is put, said and drawn while one message is handled goes back as one message, so that a page
changes once. A page has one message under way at a time and keeps the newest of what happens meanwhile:
nothing queues up, however long an answer takes.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from ....core.errors import GenieError
from ....core.market import Bars
from ....render.html.tag import Markup
from ....render.sorter import script
from ....render.view import Bundle, View
from ..live_chart import Feed, Scene, library
from ..style import frame_style

SCRIPTS = (
    "live_chart/library.js",
    "live_chart/ticks.js",
    "live_chart/candles.js",
    "live_chart/live_chart.js",
    "frame/twin.js",
    "frame/frame.js",
)
"""One module in parts: each may use what stands above it."""


def _source() -> str:
    """The script of all panels: tables that sort, then the panels' own."""
    room = files("genie_nb.faces.panel")
    own = (room.joinpath(*name.split("/")).read_text("utf-8") for name in SCRIPTS)
    return "\n".join([script(), *own])


class Frame(anywidget.AnyWidget):
    """One panel in a notebook.

    A panel of its own is a subclass with a `page`, and with what happens when its reader does
    something. Everything it shows is HTML from `render.html.tag`, in regions that it replaces.

    Attributes:
        title: What the panel is, for who cannot see it.
    """

    _esm = _source()
    _css = frame_style()
    title = traitlets.Unicode("").tag(sync=True)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._regions: dict[str, str] = {}
        self._figures: dict[str, Mapping[str, Any]] = {}
        self._charts: dict[str, tuple[Feed, Scene]] = {}
        self._said: dict[str, str] = {}
        self._calm: dict[str, bool] = {}
        self._twins: list[Any] = []
        self._views: set[str] = set()
        self._letter: dict[str, Any] | None = None
        self._buffers: list[bytes] = []
        self._turn = threading.RLock()
        self.on_msg(self._hear)

    def page(self) -> Markup:
        """The whole page in its present state; regions may be left empty."""
        raise NotImplementedError

    def turned(self, values: Mapping[str, Any]) -> None:
        """The reader changed controls: name to newest value."""

    def pressed(self, name: str, value: Any) -> None:
        """The reader pressed a button, or Enter in a field that waits for it."""

    def beside(self, button: str) -> str:
        """The control beside which words about a button stand; the button itself unless overridden."""
        return button

    def rested(self) -> None:
        """The reader did something and then nothing for a while: time to bring the twin up to date."""

    def put(self, region: str, html: Markup) -> None:
        """Replace the content of a region."""
        if self._regions.get(region) != html:
            self._regions[region] = html
            self._write("regions", region, html)

    def say(self, control: str, words: str = "", *, calm: bool = False) -> None:
        """Say something beside a control, such as why its value cannot be; nothing clears it.

        Args:
            control: The control's name.
            words: What to say.
            calm: Whether it tells what was done, rather than what is wrong.
        """
        if self._said.get(control, "") != words:
            self._said[control], self._calm[control] = words, calm
            with self.together():
                self._write("said", control, words)
                self._write("calm", control, calm)

    def turn(self, control: str, value: object) -> None:
        """Move a control to a value."""
        self._write("values", control, value)

    def draw(self, region: str, scene: Scene, bars: Bars | None = None) -> None:
        """Show a scene on the live chart of a region.

        Args:
            region: The chart's name.
            scene: What to draw.
            bars: The candles, when they are other ones than before.
        """
        feed = self._charts[region][0] if bars is None else Feed(bars)
        self._charts[region] = feed, scene
        with self.together():
            self._chart(region, feed.next(scene))

    def figure(self, region: str, figure: Mapping[str, Any]) -> None:
        """Show a Plotly figure, given as plain JSON, in a region."""
        self._figures[region] = figure
        self._write("figures", region, figure)

    def embed(self, region: str, panel: "Frame") -> None:
        """Show another panel within this one; it lives as long as its place on the page."""
        self._write("embeds", region, panel.model_id)

    def close(self) -> None:
        """Take the panel away, and all that the page was told of it."""
        layout = self.layout
        super().close()
        if layout is not None:
            layout.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send what is put, said and drawn inside as one message."""
        with self._turn:
            if self._letter is not None:
                yield
                return
            self._letter, self._buffers = {}, []
            try:
                yield
            finally:
                letter, buffers = self._letter, self._buffers
                self._letter = None
                if letter:
                    self.send(letter, buffers=buffers)

    def show(self, view: View) -> None:
        """Show the panel, and its static twin as the outputs after it."""
        from IPython.display import display

        display(self._bundle(), raw=True)
        self._twins = [display(part, raw=True, display_id=True) for part in _twin(view)]

    def retell(self, view: View) -> None:
        """Bring the static twin up to date."""
        for shown, part in zip(self._twins, _twin(view), strict=False):
            shown.update(part, raw=True)

    def _bundle(self) -> dict[str, Any]:
        whole = self._repr_mimebundle_()
        bundle = whole[0] if isinstance(whole, tuple) else whole
        return {**(bundle or {}), "text/plain": LIVE}

    def _write(self, part: str, name: str, value: object) -> None:
        with self.together():
            if self._letter is not None:
                self._letter.setdefault(part, {})[name] = value

    def _chart(self, region: str, message: tuple[dict[str, Any], bytes]) -> None:
        header, numbers = message
        self._write("charts", region, {**header, "buffer": len(self._buffers)})
        self._buffers.append(numbers)

    def _hear(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        view = str(message.get("view", ""))
        match message.get("kind"):
            case "open":
                self._open(view)
            case "library":
                self.send({"library": True, "view": view}, buffers=[library()])
            case "rest":
                self.rested()
            case "closed":
                self._closed(view)
            case "events":
                self._answer(view, message)

    def _open(self, view: str) -> None:
        self._views.add(view)
        with self.together():
            letter = self._letter
            assert letter is not None
            letter |= {"view": view, "page": self.page()}
            letter |= {"model": self.model_id, "twins": len(self._twins)}
            letter |= {"regions": dict(self._regions), "figures": dict(self._figures)}
            letter |= {"said": dict(self._said), "calm": dict(self._calm)}
            for region, (feed, scene) in self._charts.items():
                self._chart(region, feed.all(scene))

    def _closed(self, view: str) -> None:
        self._views.discard(view)
        if not self._views:
            self.close()

    def _answer(self, view: str, message: dict[str, Any]) -> None:
        with self.together():
            letter = self._letter
            assert letter is not None
            letter |= {"done": message["seq"], "view": view}
            for region, (first, last) in message["look"].items():
                self._look(region, first, last)
            if message["set"]:
                self._attempt(next(iter(message["set"])), lambda: self.turned(message["set"]))
            for name, value in message["do"]:
                self._attempt(
                    self.beside(name), lambda name=name, value=value: self.pressed(name, value)
                )

    def _look(self, region: str, first: float, last: float) -> None:
        feed, scene = self._charts[region]
        if feed.look(first, last):
            self._chart(region, feed.next(scene))

    def _attempt(self, control: str, work: Callable[[], None]) -> None:
        try:
            work()
        except GenieError as error:
            self.say(control, str(error))
        except Exception as fault:
            self.say(control, f"A fault of genie_nb: {type(fault).__name__}: {fault}.")
            raise


def _twin(view: View) -> tuple[Bundle, ...]:
    """The outputs of a view, the first of them known as a twin."""
    card, *others = view.parts
    return {**card, "text/html": f"{TWIN}{card['text/html']}"}, *others


TWIN = (
    '<style class="genie-twin">.jp-OutputArea-child:has(> [data-mime-type*="widget-view"])'
    ":not(:has(.genie-panel)):has(+ .jp-OutputArea-child .genie-twin){display:none}</style>"
)
"""Hides what is left of a panel that does not live before its twin."""

LIVE = "[panel: live while its kernel runs; the same facts are below]"
"""What stands in the panel's place where it cannot live."""
