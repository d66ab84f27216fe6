"""Ctrl-C while a command is still being opened."""

import pytest

from interfaces.command import running


def test_who_interrupts_before_anything_is_read_is_told_that_nothing_is_stored(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left, running.unread():
        raise KeyboardInterrupt
    assert left.value.code == running.INTERRUPTED
    assert "nothing is stored" in capsys.readouterr().err
