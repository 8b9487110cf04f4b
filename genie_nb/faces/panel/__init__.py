"""Panels: a verb's answer as something to turn and press, inside a notebook cell.

    Answer -> entry point `genie_nb.panels` -> open(answer) -> Frame in the cell, its static twin below

Each panel is one widget whose saved state is small: its page is written by the kernel, region by region,
and its chart draws what the kernel sends in binary.
"""
