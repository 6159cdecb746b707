"""The runner of planted bugs, as one types it."""

import sys

import pytest

from tests.mutants.__main__ import main


def test_words_that_name_no_planted_bug_are_told_and_run_nothing(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["mutants", "no", "such", "bug"])

    assert main() == 2

    assert "no such bug" in capsys.readouterr().out
