"""The gate that text from a language model must pass: no number in it that is not a fact.

text with [[slots]] + report -> admit -> rendered text, or the reason it was refused
"""

from .gate import Admitted, Refused, admit

__all__ = ["Admitted", "Refused", "admit"]
