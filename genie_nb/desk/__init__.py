"""The desk: the only impure composer. It asks the data, calls the core and hands back values.

    Ask -> provider -> Facts and Bars -> core -> Report

Everything with a clock, a network or a disk behind it is opened here and passed on as plain values.
"""

from .desk import Desk, open_desk

__all__ = ["Desk", "open_desk"]
