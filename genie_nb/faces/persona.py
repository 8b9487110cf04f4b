"""Genie in JupyterLab's chat: the same answers as in a cell, without a language model.

    message -> Conversation -> Ask -> answer.run -> Markdown, chart, the line for a cell

The talk so far is what the chat's own file holds: it is read again when the persona begins, so a chat
that is opened tomorrow goes on where it stopped.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from jupyter_ai_persona_manager import BasePersona, CommandOption, PersonaDefaults
from jupyterlab_chat.models import Message, MimeModel, NewMessage

from ..answer import Answer, run
from ..core.ask.conversation import Conversation
from ..core.ask.guide import Guide
from ..core.ask.spelling import line_of
from ..core.errors import GenieError
from ..core.verbs import VERBS

_MENTION = re.compile(r"(?<!\S)@genie\b[:,]?\s*", re.IGNORECASE)
_COMMANDS = ("analyze", "compare", "strategy", "setup", "watch", "rules", "preview", "scan")


class GeniePersona(BasePersona):
    """Answers about stocks in a chat; needs no model and no key."""

    _talk = Conversation()

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
        """Read again what was said in this chat, and offer the verbs as slash commands."""
        known = [VERBS[name] for name in _COMMANDS if name in VERBS]
        self.report_slash_commands(
            [CommandOption(name=f"/{verb.name}", description=verb.summary) for verb in known]
        )
        said = [one.body for one in self.chat.get_messages() if one.sender != self.id]
        self._talk = await asyncio.to_thread(replayed, said[:-1])

    async def process_message(self, message: Message) -> None:
        """Answer one message: words first, then the chart."""
        words = spoken(message.body)
        try:
            answer = await asyncio.to_thread(self._answer, words)
        except GenieError as error:
            await self.stream_message(_in_pieces(f"{error}\n"))
            return
        if isinstance(answer, Guide):
            await self.stream_message(_in_pieces(f"```text\n{answer}\n```\n"))
            return
        view = answer.view()
        line = f"\n\nIn a cell: `{line_of(answer.ask)}`\n"
        await self.stream_message(_in_pieces(view.markdown.rstrip() + line))
        for part in view.parts[1:]:
            self.chat.add_message(
                NewMessage(body="", sender=self.id, mime_model=MimeModel(data=dict(part)))
            )

    def _answer(self, words: str) -> Answer | Guide:
        asked = self._talk.request(words)
        if isinstance(asked, Guide):
            return asked
        answer = run(asked)
        self._talk = self._talk.after(asked)
        return answer


def spoken(body: str) -> str:
    """The words of a message, without the mention or slash that addressed it.

    Example:
        >>> spoken("@Genie what are the risks of ACME?"), spoken("/analyze ACME")
        ('what are the risks of ACME?', 'analyze ACME')
    """
    return _MENTION.sub("", body).strip().removeprefix("/")


def replayed(said: Iterable[str]) -> Conversation:
    """The talk after what was said before; what could not be understood then is passed over."""
    talk = Conversation()
    for words in said:
        try:
            asked = talk.request(spoken(words))
        except GenieError:
            continue
        if not isinstance(asked, Guide):
            talk = talk.after(asked)
    return talk


async def _in_pieces(text: str) -> AsyncIterator[str]:
    """A text paragraph by paragraph, so that its beginning can be read at once."""
    for piece in re.split(r"(?<=\n\n)", text):
        yield piece
        await asyncio.sleep(0)
