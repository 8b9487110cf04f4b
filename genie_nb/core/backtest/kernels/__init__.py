"""Compiled inner loops. Importing one of them imports numba, so it is done on use.

    truths -> planes (one bit per bar) -> walk from event to event -> sums

They release the interpreter's lock and take a range of rows, so that plain threads can share the work
(`threads.py`); they are compiled once per machine and kept on disk.
"""
