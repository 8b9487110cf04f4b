"""Verbs about the installation."""

from .verb import Verb

HOUSE = (
    Verb(
        name="config",
        summary="shows the settings, or sets one",
        rest="a setting and its value",
        takes="setting value",
        data=False,
        examples=("config", "config provider yahoo"),
    ),
    Verb(
        name="doctor",
        summary="is everything installed, reachable and fresh?",
        examples=("doctor",),
    ),
)
