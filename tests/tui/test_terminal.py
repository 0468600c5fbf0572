"""What is asked of the terminal, and what its answers mean."""

from __future__ import annotations

import os
import pty
import sys
import threading

import pytest

from tui.terminal import ambiguous_width, ascii_frames, locale_language

ASK = "import sys; from tui.terminal import ambiguous_width as w; print('<' + w(float(sys.argv[1])) + '>')"


@pytest.mark.pty
@pytest.mark.parametrize(
    ("answer", "meaning"),
    [(b"\x1b[1;2R", "one"), (b"\x1b[1;3R", "two"), (b"", "silent"), (b"ls\x1b[7;2R", "one")],
)
def test_the_terminal_says_how_wide_it_draws(answer: bytes, meaning: str) -> None:
    """Whatever the answer, nothing is left of the question on the screen, and typed letters do no harm."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", ASK, "20" if answer else "0.2"])
    said = b""
    while b"\x1b[6n" not in said:
        said += os.read(terminal, 1024)
    if answer:
        os.write(terminal, answer)
    while b">" not in said:
        said += os.read(terminal, 1024)
    os.waitpid(pid, 0)
    os.close(terminal)
    assert b"<" + meaning.encode() + b">" in said
    assert b"\x1b[2K" in said


def test_without_a_terminal_the_width_is_unknown() -> None:
    """A process without a controlling terminal does not hang."""
    found: list[str] = []

    def ask() -> None:
        pid = os.fork()
        if pid == 0:
            os.setsid()
            os._exit({"one": 1, "two": 2, "silent": 0}[ambiguous_width(0.2)])
        found.append(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(20)
    assert found == ["0"]


@pytest.mark.parametrize(
    ("setting", "measured", "language", "ascii_only"),
    [
        ("auto", "one", "zh", False),
        ("auto", "two", "en", True),
        ("auto", "silent", "en", False),
        ("auto", "silent", "zh", True),
        ("rich", "two", "zh", False),
        ("ascii", "one", "en", True),
    ],
)
def test_frames_follow_the_choice_then_the_terminal(
    setting: str, measured: str, language: str, ascii_only: bool
) -> None:
    """Silence means ASCII only where the locale makes wide characters likely."""
    assert ascii_frames(setting, measured, language) is ascii_only  # type: ignore[arg-type]  # parametrised literal


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh_CN.UTF-8", "zh"), ("de_DE.UTF-8", "en"), ("C.UTF-8", None), ("POSIX", None), ("", None)],
)
def test_the_locale_chooses_the_language_or_says_nothing(
    locale: str, language: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C and POSIX are no language: then the learner is asked."""
    monkeypatch.setenv("LANG", locale)
    assert locale_language() == language
