"""From the close of a bar to an alert that its webhook took: the 95th percentile.

A service wakes when a bar has closed and settled, adds its jitter, and checks; the check is run for real,
20 tickers of which half fire, against a webhook on this machine that takes 50 ms. What the provider needs to
settle a bar comes on top: nothing for files and streams, 15 minutes for Yahoo.
"""

import json
import os
import statistics
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TICKERS = 20
ROUNDS = 25
PACE = 300.0
DRAWS = 20
ANSWER = 0.05
TAKEN: dict[str, float] = {}


class Receiver(BaseHTTPRequestHandler):
    """Takes alerts and notes when."""

    def do_POST(self) -> None:
        """Take one alert, or a digest of several."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(ANSWER)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        for alert in body.get("digest", [body]):
            TAKEN[alert["id"]] = time.perf_counter()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> int:
    """Measure, print, and end with 0."""
    import pandas as pd

    import genie_nb as genie
    from genie_nb.data.calendar import calendar_of
    from genie_nb.runs.agenda import jitter

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    days = calendar_of("T0").sessions(pd.Timestamp("2024-01-02"), pd.Timestamp("2025-12-31"))
    lags: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["GENIE_HOME"] = str(folder / "home")
        provider = f"files:{folder}"
        start = len(days) - ROUNDS - 1
        write(folder, days, start)
        for number in range(TICKERS):
            genie.watch(
                f"T{number}",
                f"close crosses above {100 if number % 2 else 1000} and rsi(14) > 1",
                provider=provider,
                as_of=f"{days[start - 1]:%Y-%m-%d}",
                sink=f"http://127.0.0.1:{server.server_port}/",
            )
        for end in range(start + 1, len(days) + 1):
            write(folder, days, end)
            began = time.perf_counter()
            found = genie.check(provider=provider, as_of=f"{days[end - 1]:%Y-%m-%d}")
            lags += [TAKEN[alert.id] - began for alert in found.alerts]
    server.shutdown()
    if not lags:
        sys.exit("nothing fired")
    waited = [lag + jitter(PACE) for lag in lags for _ in range(DRAWS)]
    for what, found in (
        ("the check and the sending", lags),
        ("with the jitter of a service", waited),
    ):
        print(f"{what:<28} median {statistics.median(found):.2f} s, "
              f"95th percentile {statistics.quantiles(found, n=20)[-1]:.2f} s")  # fmt: skip
    return 0


def write(folder: Path, days, end: int) -> None:
    """The files as they stand after so many sessions: every second close lies above 100."""
    import pandas as pd

    closes = [95.0 + 10.0 * (n % 2) + 0.01 * (n % 7) for n in range(end)]
    frame = pd.DataFrame({"Date": [f"{day:%Y-%m-%d}" for day in days[:end]], "Open": closes})
    frame = frame.assign(High=frame.Open + 1, Low=frame.Open - 1, Close=closes, Volume=1_000_000)
    for number in range(TICKERS):
        frame.to_csv(folder / f"T{number}.csv", index=False)


if __name__ == "__main__":
    sys.exit(main())
