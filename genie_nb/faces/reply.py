"""A message of a chat that is begun early and grows."""

import asyncio
import re
from dataclasses import replace

from jupyterlab_chat.models import BaseChatModel, NewMessage


class Reply:
    """One message, made when there is first something to show.

    Args:
        chat: Where it is shown.
        sender: Whose message it is.
    """

    def __init__(self, chat: BaseChatModel, *, sender: str) -> None:
        self._chat = chat
        self._sender = sender
        self._id = ""

    def show(self, text: str) -> None:
        """Make this the whole message."""
        message = self._chat.get_message(self._id) if self._id else None
        if message is None:
            self._id = self._chat.add_message(NewMessage(body=text, sender=self._sender))
        else:
            self._chat.update_message(replace(message, body=text))

    async def stream(self, text: str) -> None:
        """Let the message grow to this text, section by section; what it said before goes."""
        sections = re.split(r"(?m)(?=^#{3,} )", text)
        shown = ""
        for section in sections:
            shown += section
            if section.strip():
                self.show(shown.rstrip())
                await asyncio.sleep(0)
