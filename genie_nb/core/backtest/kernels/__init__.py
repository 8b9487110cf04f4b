"""Compiled inner loops. Importing one of them imports numba, so it is done on use.

    truths -> planes (one bit per bar) -> walk from event to event -> sums

They release the interpreter's lock and take a range of rows, so that plain threads can share the work
(`core/threads.py`); they are compiled once per machine and kept on disk.

Numba keeps compiled code by the file of the function that is called and does not notice a change in a
function of another file: after an edit here, delete the `*.nbi` files beside it.
"""
