"""`%load_ext genie_nb` against `import pandas`: the target is at most a fortieth."""

from side_by_side import alternated, table

TIMER = "import json, sys, time; begin = time.perf_counter(); {work}; took = time.perf_counter() - begin; {check}; print(json.dumps({{{name!r}: took}}))"
HEAVY = (
    "assert not {'pandas', 'numpy', 'numba', 'plotly', 'yfinance', 'pandas_ta'} & set(sys.modules)"
)

SIDES = {
    "load_ext": "from IPython.core.interactiveshell import InteractiveShell; shell = InteractiveShell.instance()\n"
    + TIMER.format(
        work="shell.run_line_magic('load_ext', 'genie_nb')", check=HEAVY, name="%load_ext genie_nb"
    ),
    "pandas": TIMER.format(work="import pandas", check="pass", name="import pandas"),
}

if __name__ == "__main__":
    figures = alternated(SIDES, rounds=9)
    table(figures, "import pandas")
    ratio = figures["%load_ext genie_nb"] / figures["import pandas"]
    print(f"target <= 0.0250: {'met' if ratio <= 1 / 40 else 'MISSED'} ({ratio:.4f})")
