"""How long reading plain words takes: an ordinary sentence, and how time grows with length."""

from collections.abc import Callable
from contextlib import suppress
from statistics import median
from time import perf_counter

from genie_nb.core.ask import read
from genie_nb.core.english import parse_rule
from genie_nb.core.errors import AskError

SENTENCES = (
    "Watch CRSR. Alert me if it breaks above $25 with volume.",
    "Let me know if CRSR drops below its 50-day moving average.",
    "Alert me if CRSR drops 10% below its 52-week high or RSI is oversold, until March 1 2026.",
    "Alert me if Acme Corp breaks above $25 with volume.",
    "Alert me if CRSR breaks above 25 unless the fed meets.",
    "Analyze CRSR. Is it profitable? What's the debt situation?",
    "How liquid is CRSR, and what would selling 2 million shares cost?",
    "How often has CRSR dropped below its 50-day moving average?",
    "What will CRSR be worth next year?",
    "Tell me a joke",
)
LONG = "alert me if it breaks above 25 and "
ASKED = "Is CRSR profitable? What's the debt situation? "
LIMIT_MS = 5


def took(work: Callable[[], object], rounds: int = 30) -> float:
    """The median time in milliseconds; a refusal is an answer too."""
    times = []
    for _ in range(rounds):
        begin = perf_counter()
        with suppress(AskError):
            work()
        times.append(1_000 * (perf_counter() - begin))
    return median(times)


if __name__ == "__main__":
    read(SENTENCES[0])
    worst = 0.0
    for sentence in SENTENCES:
        milliseconds = took(lambda sentence=sentence: read(sentence))
        worst = max(worst, milliseconds)
        print(f"{milliseconds:8.2f} ms  {sentence}")
    for size in (1_250, 2_500, 5_000, 10_000):
        text = (LONG * 1_000)[:size]
        rule = took(lambda text=text: parse_rule(text, ticker="CRSR"), rounds=5)
        whole = took(lambda text=text: read(text), rounds=5)
        many = (ASKED * 1_000)[:size]
        asked = took(lambda many=many: read(many), rounds=5)
        print(
            f"{size:8,d} characters: rule {rule:8.2f} ms, read {whole:8.2f} ms, questions {asked:8.2f} ms"
        )
    print(f"target <= {LIMIT_MS} ms: {'met' if worst <= LIMIT_MS else 'MISSED'} ({worst:.2f} ms)")
