"""Compiled lines for many tickers at once, equal to TA-Lib to the last bit.

They take arrays without holes and write into arrays given to them. Importing one imports numba, so it
is done on use; the functions of `genie_nb.core.indicators` serve single tickers.

Numba keeps compiled code by the file of the function that is called and does not notice a change in a
function of another file: after an edit here, delete the `*.nbi` files beside it.
"""
