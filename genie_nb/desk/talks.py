"""Conversations as files, to be gone on with another day."""

import json
from pathlib import Path

from ..core.ask.conversation import Conversation
from ..core.errors import AskError, BadConfig
from ..replacement import replace_file


def save(talk: Conversation, path: str | Path) -> Path:
    """Write a conversation.

    Raises:
        BadConfig: The file cannot be written.
    """
    file = Path(path).expanduser()
    try:
        replace_file(file, json.dumps(talk.to_dict(), indent=2, ensure_ascii=False).encode())
    except OSError as error:
        raise BadConfig(
            f"The conversation cannot be written to {file}: {error.strerror}.",
            seen=str(file),
            cure="Name a file in a folder that is there and can be written to.",
        ) from None
    return file


def load(path: str | Path) -> Conversation:
    """Read a conversation that `save` wrote.

    Raises:
        AskError: The file is not there, or holds no saved conversation.
    """
    file = Path(path).expanduser()
    try:
        saved = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise AskError(
            f"The conversation cannot be read from {file}: {error.strerror}.",
            seen=str(file),
            needed="a file that Conversation.save has written",
            cure="Name that file, or begin a new conversation.",
        ) from None
    except (ValueError, RecursionError):
        raise AskError(
            f"{file} holds no saved conversation.",
            seen=str(file),
            needed="a file that Conversation.save has written",
            cure="Name that file, or begin a new conversation.",
        ) from None
    return Conversation.from_dict(saved)
