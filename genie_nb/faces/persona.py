"""Genie in JupyterLab's chat: the same answers as in a cell, without a language model.

    message -> Conversation -> Ask -> answer.run -> a short text, a chart, the line for a cell

The talk is kept in the chat's own file, so a chat that is opened tomorrow goes on where it stopped.
Importing this needs jupyter-ai, which comes with the extra `ai`.
"""

import asyncio
import re
from pathlib import Path

from jupyter_ai_persona_manager import BasePersona, CommandOption, PersonaDefaults
from jupyterlab_chat.models import Message, MimeModel, NewMessage

from ..answer import Answer, run
from ..asking import request
from ..config import read_config
from ..core.ask.conversation import Conversation
from ..core.ask.guide import Guide
from ..core.ask.spelling import line_of
from ..core.errors import AskError, GenieError, UnknownName
from ..core.verbs import VERBS, Ask
from ..render.brief import chat_text
from ..render.chart.lean import lean
from ..render.markdown import escaped
from ..render.untrusted import shortened
from ..render.view import CHART, PLOTLY, View
from .reply import Reply

PATIENCE = 1.0
"""Seconds without an answer after which it is said what is being done."""
LONGEST = 600
"""Characters of a refusal; what was not understood may be long."""
TALK = "genie_nb"
"""Where the chat's file keeps the talk, among its metadata."""

_MENTION = re.compile(r"(?<!\S)@genie\b[:,]?\s*", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?: (?:there|genie|all))?[\s,.!👋]*",
    re.IGNORECASE,
)
_OFFERED = ("analyze", "compare", "why", "strategy", "setup", "watch", "rules", "preview", "scan")


class GeniePersona(BasePersona):
    """Answers about stocks in a chat; needs no model and no key."""

    _talk: Conversation | None = None
    _loading: "asyncio.Task[None] | None" = None
    _work: "asyncio.Task[Answer] | None" = None

    @property
    def defaults(self) -> PersonaDefaults:
        """How it is shown in the chat."""
        return PersonaDefaults(
            name="Genie",
            description="Stock research in plain words: facts, risks, strategies, alerts. No model, no key.",
            avatar_path=str(Path(__file__).with_name("persona.svg")),
            system_prompt="",
        )

    async def prepare(self) -> None:
        """Offer the verbs as slash commands, and load what the first answer needs."""
        self._loading = asyncio.create_task(asyncio.to_thread(_load))
        known = [VERBS[name] for name in _OFFERED if name in VERBS]
        self.report_slash_commands(
            [CommandOption(name=f"/{verb.name}", description=verb.summary) for verb in known]
        )

    async def process_message(self, message: Message) -> None:
        """Answer one message: words first, then the chart. Messages are answered one after another."""
        if self._talk is None:
            self._talk = resumed(self.chat.get_metadata().get(TALK))
        reply = Reply(self.chat, sender=self.id)
        words = spoken(message.body)
        try:
            greeted = _GREETING.fullmatch(words) is not None
            asked = Guide() if greeted else await asyncio.to_thread(request, self._talk, words)
            if isinstance(asked, Guide):
                reply.show(guidance(asked))
                return
            await self._answer(here(asked), reply)
        except GenieError as error:
            reply.show(refusal(error))
        finally:
            self.clear_status()

    async def cancel_response(self) -> None:
        """Stop waiting for the answer that is being made."""
        if self._work is not None:
            self._work.cancel()

    async def handle_uncaught_exception(self, exc: Exception) -> None:
        """A fault of genie's own, in words; the traceback is in the server's log."""
        self.send_message(
            f"Something went wrong inside genie ({type(exc).__name__}), and this was not answered. "
            "The server's log tells where."
        )

    async def _answer(self, ask: Ask, reply: Reply) -> None:
        """Do what was asked, saying so where it takes long, and remember it."""
        before = self._talk or Conversation()
        told = doing(ask, _provider(ask))
        self.set_status(f"is {told[0].lower()}{told[1:]}")
        self._work = work = asyncio.create_task(asyncio.to_thread(run, ask))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        if not done:
            reply.show(f"*{escaped(told)}…*")
            await asyncio.wait({work})
        self._work = None
        if work.cancelled():
            reply.show(stopped(ask))
            return
        answer = work.result()
        follow_up = before.goes_on(ask)
        text, view = await asyncio.to_thread(_told, answer, follow_up=follow_up)
        self._talk = before.after(ask, answer.value)
        self.chat.set_metadata(TALK, self._talk.to_dict())
        await reply.stream(text)
        if view.figure is not None and not follow_up:
            chart = {PLOTLY: lean(view.figure), "text/plain": CHART}
            self.chat.add_message(
                NewMessage(body="", sender=self.id, mime_model=MimeModel(data=chart))
            )


def spoken(body: str) -> str:
    """The words of a message, without the mention or slash that addressed it.

    Example:
        >>> spoken("@Genie what are the risks of ACME?"), spoken("/analyze ACME")
        ('what are the risks of ACME?', 'analyze ACME')
    """
    return _MENTION.sub("", body).strip().removeprefix("/")


def resumed(saved: object) -> Conversation:
    """The talk that the chat's file holds; a new one where it holds none that can be read."""
    if saved is None:
        return Conversation()
    try:
        return Conversation.from_dict(saved)
    except AskError:
        return Conversation()


def here(ask: Ask) -> Ask:
    """The request, if a chat can do it.

    Raises:
        AskError: It runs for ever, or runs notebooks.
    """
    if VERBS[ask.verb].terminal:
        raise AskError(
            f"{ask.verb} is not for a chat: it {VERBS[ask.verb].summary}.",
            seen=ask.verb,
            needed="a question or wish about stocks",
            cure=f"In a terminal: {line_of(ask).removeprefix('%')}",
        )
    return ask


def doing(ask: Ask, provider: str) -> str:
    """What takes so long.

    Example:
        >>> doing(Ask(verb="compare", tickers=("ACME", "WNCH")), "demo")
        'Reading ACME and WNCH on the demo market'
    """
    market = "on the demo market" if provider == "demo" else f"from {provider.partition(':')[0]}"
    if ask.verb == "scan":
        return f"Looking through the universe {market}"
    if not ask.tickers:
        return "Looking it up"
    *first, last = ask.tickers
    return f"Reading {', '.join(first)}{' and ' if first else ''}{last} {market}"


def stopped(ask: Ask) -> str:
    """What is said when the user did not want to wait."""
    told = "Stopped waiting; there is no answer to this."
    if not VERBS[ask.verb].changes:
        return told
    return f"{told} What was begun may still be done: ask “What am I watching?”."


def refusal(error: GenieError) -> str:
    """Why there is no answer, as Markdown; with examples where the words named nothing that is known.

    Example:
        >>> refusal(AskError("ZZZ is <b>unknown</b>.", cure="Name another."))
        'ZZZ is &lt;b&gt;unknown&lt;/b&gt;. Name another.'
    """
    if isinstance(error, UnknownName) and error.kind == "verb" and not error.near:
        return f"{escaped(shortened(repr(error.seen), 80))} is no question about a stock.\n\n{guidance(Guide())}"
    return escaped(shortened(str(error), LONGEST))


def guidance(guide: Guide) -> str:
    """How genie is used, as Markdown: examples to begin with, or the help of one verb."""
    if guide.verb:
        return f"```text\n{guide}\n```"
    phrases = (phrase for verb in VERBS.values() for phrase in verb.phrases)
    listed = "\n".join(f"- {escaped(phrase)}" for phrase in phrases)
    return f"Ask about a stock in plain words. For example:\n\n{listed}\n\nResearch, not financial advice."


def _load() -> None:
    """The slow imports, while the user is still typing."""
    from .. import desk
    from ..render import chart

    del desk, chart


def _provider(ask: Ask) -> str:
    return str(ask.options.get("provider") or read_config(_home(ask)).provider)


def _home(ask: Ask) -> str | None:
    home = ask.options.get("home")
    return None if home is None else str(home)


def _told(answer: Answer, *, follow_up: bool) -> tuple[str, View]:
    """The words of an answer with the line that makes it in a cell, and its view."""
    line = line_of(answer.ask)
    fence = "``" if "`" in line else "`"
    text = chat_text(answer.value, follow_up=follow_up).rstrip()
    return f"{text}\n\nIn a cell: {fence}{line}{fence}", answer.view()
