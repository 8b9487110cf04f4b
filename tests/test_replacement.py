"""A file replaced in one step."""

import os
from pathlib import Path

import pytest

from genie_nb.replacement import replace_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"old")
    return path


def test_the_new_content_takes_the_place_of_the_old_and_leaves_nothing_else(file: Path) -> None:
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(file.parent.iterdir()) == [file]


def test_who_had_opened_the_file_before_goes_on_reading_the_old(file: Path) -> None:
    with file.open("rb") as reader:
        replace_file(file, b"new and longer")
        assert reader.read() == b"old"


def test_permissions_stay_as_the_user_set_them(file: Path) -> None:
    file.chmod(0o640)
    replace_file(file, b"new")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_of_any_other_new_file(tmp_path: Path) -> None:
    usual, ours = tmp_path / "usual", tmp_path / "ours"
    usual.touch()
    replace_file(ours, b"")
    assert ours.stat().st_mode == usual.stat().st_mode


def test_a_link_stays_a_link_and_what_it_points_at_is_replaced(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_what_fails_at_the_end_leaves_the_file_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]
