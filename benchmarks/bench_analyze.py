"""A second `analyze` against the first and against `import pandas`, report, HTML and chart included.

Targets: at most a tenth of the first, at most a fifth of `import pandas`.
"""

from side_by_side import alternated, table

ANALYZE = """
import json, os, tempfile, time
os.environ["GENIE_HOME"] = tempfile.mkdtemp()
import genie_nb as genie
def once():
    begin = time.perf_counter()
    answer = genie.analyze("ACME", provider="demo")
    view = answer.view()
    answer.to_dict()
    assert view.html and view.text and view.figure
    return time.perf_counter() - begin
first = once()
later = sorted(once() for _ in range(9))
print(json.dumps({"first analyze": first, "second analyze": later[4]}))
"""
PANDAS = "import json, time; begin = time.perf_counter(); import pandas; print(json.dumps({'import pandas': time.perf_counter() - begin}))"

if __name__ == "__main__":
    figures = alternated({"analyze": ANALYZE, "pandas": PANDAS}, rounds=7)
    table(figures, "import pandas")
    to_first = figures["second analyze"] / figures["first analyze"]
    to_pandas = figures["second analyze"] / figures["import pandas"]
    print(
        f"second / first  target <= 0.100: {'met' if to_first <= 0.1 else 'MISSED'} ({to_first:.4f})"
    )
    print(
        f"second / pandas target <= 0.200: {'met' if to_pandas <= 0.2 else 'MISSED'} ({to_pandas:.4f})"
    )
