"""How often: lengths of time, cron lines, and the most time that may pass between two runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.errors import AskError
from genie_nb.core.pace import check_cron, cron_of, longest_gap, seconds_of, written


@given(st.integers(1, 9999), st.sampled_from("smhd"))
def test_a_length_of_time_is_read_back_as_it_is_written(number: int, unit: str) -> None:
    seconds = seconds_of(f"{number}{unit}")
    assert seconds == number * {"s": 1, "m": 60, "h": 3600, "d": 86400}[unit]
    assert seconds_of(written(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "5", "m", "0m", "-5m", "5 weeks", "1.5h"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(AskError, match="is no length of time"):
        seconds_of(text)


@pytest.mark.parametrize(("every", "line"), [("1m", "* * * * *"), ("5m", "*/5 * * * *"), ("1h", "0 * * * *"), ("6h", "0 */6 * * *")])  # fmt: skip
def test_a_time_that_fits_the_hour_or_the_day_is_a_cron_line(every: str, line: str) -> None:
    assert cron_of(seconds_of(every)) == line
    assert longest_gap(line) == seconds_of(every)


@pytest.mark.parametrize("every", ["30s", "7m", "90m", "5h", "2d"])
def test_a_time_without_a_cron_line_is_refused_with_those_that_have_one(every: str) -> None:
    with pytest.raises(AskError, match="--cron"):
        cron_of(seconds_of(every))


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("30 9-16 * * 1-5", 65),  # from Friday 16:30 to Monday 9:30
        ("0 22 * * 1-5", 72),
        ("0 0 1 * *", 31 * 24),
        ("0 12 1,15 * 0", 7 * 24),  # both are restricted: either will do
        ("0 6,18 * * *", 12),
        ("10-40/15 * * * *", 0.5 + 1 / 12 - 1 / 12),
    ],
)
def test_the_longest_gap_spans_nights_and_weekends(line: str, hours: float) -> None:
    assert longest_gap(line) == pytest.approx(hours * 3600)


@pytest.mark.parametrize("line", ["", "* * * *", "60 * * * *", "* 24 * * *", "a * * * *", "*/0 * * * *", "* * 0 * *", "@daily"])  # fmt: skip
def test_what_is_no_cron_line_is_refused(line: str) -> None:
    with pytest.raises(AskError, match="is no cron line"):
        check_cron(line)
