"""Verbs that run notebooks and keep checks going."""

from .option import RUN
from .verb import Verb

RUNNING: tuple[Verb, ...] = (
    Verb(
        name="run",
        summary="runs a notebook by papermill, with its exit status and nothing private in its output",
        rest="a notebook",
        takes="notebook",
        must=True,
        data=False,
        options=RUN,
        examples=(
            "run notebooks/01_analyze.ipynb -p ticker=WNCH",
            "run notebooks/02_strategies.ipynb --output out/ --html",
        ),
    ),
)
