"""The frame that all panels share: controls, words beside them, charts, the lines that reproduce it.

Frame (kernel) <- one message at a time -> frame.js (page)
"""

from .background import Job
from .controls import button, choice, field, number, slider, text
from .frame import Frame
from .spelling import call_of, line_of, reproduced

__all__ = [
    "Frame",
    "Job",
    "button",
    "call_of",
    "choice",
    "field",
    "line_of",
    "number",
    "reproduced",
    "slider",
    "text",
]
