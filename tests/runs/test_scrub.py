"""What is private is found however a text writes it."""

import pytest

from genie_nb.render.markdown import escaped
from genie_nb.runs.scrub import Scrubber

PRIVATE = ["my_secret_value", "-a*b|c#d", "https://hooks.test/x_y/z", "pa$$word$5"]


@pytest.mark.parametrize("secret", PRIVATE)
def test_a_secret_inside_markdown_is_found(secret: str):
    scrubber = Scrubber(frozenset({secret}))
    assert scrubber.text(escaped(secret)) == "***"
    assert scrubber.text(escaped(f"it is {secret}, is it?")) == "it is ***, is it?"


def test_a_folder_inside_markdown_is_found():
    scrubber = Scrubber(places={"/srv/my_desk": "$GENIE_HOME"})
    assert (
        scrubber.text(escaped("at /srv/my_desk/watchlist.txt")) == "at $GENIE_HOME/watchlist\\.txt"
    )
    assert scrubber.text(escaped("at /srv/my_desk2/a")) == escaped("at /srv/my_desk2/a")
