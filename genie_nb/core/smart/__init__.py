"""Smart pick: what kind of stock it is, which strategy suits it if any, and the rules it would arm."""

from .noise import false_signals, noise_per_year
from .null import null_p
from .proposal import Proposal, propose
from .score import Score, score
from .setup import Setup, set_up
from .traits import traits
from .unseen import OutOfSample, out_of_sample

__all__ = [
    "OutOfSample",
    "Proposal",
    "Score",
    "Setup",
    "false_signals",
    "noise_per_year",
    "null_p",
    "out_of_sample",
    "propose",
    "score",
    "set_up",
    "traits",
]
