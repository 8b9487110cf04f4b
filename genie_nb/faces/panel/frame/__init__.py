"""The frame that all panels share: controls, words beside them, charts, the lines that reproduce it.

Frame (kernel) <- one message at a time -> frame.js (page)
"""

from .background import Job
from .controls import button, choice, field, number, slider, text
from .frame import Frame
from .reproduced import reproduced

__all__ = [
    "Frame",
    "Job",
    "button",
    "choice",
    "field",
    "number",
    "reproduced",
    "slider",
    "text",
]
