"""`learncurve doctor`: what this machine and this terminal can do, and what to do where they cannot."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from content.memory.checkup import checkup
from engine.runs.filesystem import is_network
from tui.commands.asked import Asked, say_json
from tui.house import house, unusable
from tui.reasons import reason
from tui.terminal import SMALLEST, ambiguous_width, locale_name, speaks_utf8
from tui.text.fitting import padded
from tui.words import Words

Verdict = Literal["good", "warn", "bad"]
SIGN = 4
"""Cells of the word that a line begins with."""

NEEDED_BYTES = 500_000_000
SLOW_ESCAPE_MS = 50
BACKUP_DAYS = 7
"""A newest copy that is older is told: the app makes one on each day on which it is open."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at: its name, what was found, whether that is well."""

    name: str
    found: str
    verdict: Verdict = "good"


def run(asked: Asked) -> int:
    """Print every finding; status 1 where something is bad."""
    found = list(findings(asked.house.home))
    if asked.json:
        say_json({"version": 1, "findings": msgspec.to_builtins(found)})
    else:
        for finding in found:
            words = asked.words
            said = words.find(f"doctor.found-{finding.found}") or _told(finding.found, words)
            sign = padded(words(f"doctor.sign-{finding.verdict}"), SIGN)
            print(f"{sign} {padded(words(f'doctor.{finding.name}'), 22)} {said}")
            cure = words.find(f"doctor.{finding.name}-{finding.verdict}")
            if cure is not None:
                print(f"       {cure.format(found=finding.found, width=SMALLEST[0], height=SMALLEST[1])}")
    return 1 if any(finding.verdict == "bad" for finding in found) else 0


def _told(found: str, words: Words) -> str:
    """Return what was found, the system's reason at its end in the user's language."""
    place, colon, why = found.rpartition(": ")
    return f"{place}{colon}{reason(why, words)}"


def findings(home: Path) -> Iterator[Finding]:
    """Look at everything that has made trouble for somebody."""
    python = platform.python_version()
    yield Finding("python", f"{python} ({sys.executable})", "good" if (3, 11) <= sys.version_info < (3, 14) else "bad")
    yield from _terminal()
    yield from _disk(home)
    yield from record_findings(house(str(home)).record, date.today())
    yield from _torch()
    yield from _lingering()
    yield from _tmux()


def _terminal() -> Iterator[Finding]:
    if sys.stdout.isatty():
        columns, rows = shutil.get_terminal_size()
        fits = columns >= SMALLEST[0] and rows >= SMALLEST[1]
        yield Finding(
            "size",
            f"{columns}x{rows}",
            ("good" if columns >= 80 and rows >= 24 else "warn") if fits else "bad",
        )
        width = ambiguous_width()
        yield Finding("width", width, "good" if width == "one" else "warn")
    else:
        yield Finding("size", "-", "warn")
    yield Finding("colours", colours())
    encoding = getattr(sys.stdout, "encoding", "?")
    yield Finding("encoding", encoding, "good" if speaks_utf8() else "bad")
    name = locale_name()
    yield Finding("locale", name or "-", "good" if name else "warn")


def colours() -> str:
    """Return how many colours the environment promises."""
    if os.environ.get("NO_COLOR"):
        return "none (NO_COLOR)"
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in os.environ.get("TERM", "") else "16"


def _disk(home: Path) -> Iterator[Finding]:
    why = unusable(home)
    yield Finding("home", str(home) if why is None else f"{home}: {why}", "good" if why is None else "bad")
    if why is None:
        free = shutil.disk_usage(home).free
        yield Finding("disk", f"{free / 1e9:,.1f} GB", "good" if free > NEEDED_BYTES else "warn")
        network = is_network(home)
        yield Finding("network-disk", "yes" if network else "no", "warn" if network else "good")


def record_findings(path: Path, today: date) -> Iterator[Finding]:
    """Look at the learner's record; nothing is made where there is none."""
    try:
        found = checkup(path)
    except OSError as error:
        yield Finding("record", f"{path}: {error.strerror}", "bad")
        return
    if found is None:
        yield Finding("record", "-")
        return
    answers = "?" if found.answers is None else f"{found.answers:,}"
    yield Finding("record", f"{found.bytes / 1e6:,.1f} MB, {answers}")
    yield Finding("record-sound", found.trouble or "yes", "bad" if found.trouble else "good")
    yield Finding("record-journal", found.journal or "-")
    late = found.backup is None or today - found.backup > timedelta(days=BACKUP_DAYS)
    yield Finding("record-backup", str(found.backup or "-"), "warn" if late and found.answers else "good")
    if found.aside:
        yield Finding("record-aside", ", ".join(file.name for file in found.aside), "warn")


def _torch() -> Iterator[Finding]:
    """Look at torch in a process of its own: the screen's process never imports it."""
    for name in ("torch", "torchvision", "transformers", "datasets"):
        try:
            yield Finding(name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "-", "bad" if name == "torch" else "warn")
    if importlib.util.find_spec("torch") is None:
        return
    asks = (
        "import torch; print('cuda' if torch.cuda.is_available() else 'mps' "
        "if torch.backends.mps.is_available() else 'cpu', torch.get_num_threads())"
    )
    try:
        said = subprocess.run(
            [sys.executable, "-P", "-c", asks], capture_output=True, text=True, timeout=120, check=False
        )
    except subprocess.TimeoutExpired:
        yield Finding("device", "120 s", "bad")
        return
    lines = (said.stdout if said.returncode == 0 else said.stderr).strip().splitlines()
    yield Finding("device", lines[-1] if lines else "-", "good" if said.returncode == 0 else "bad")


def _lingering() -> Iterator[Finding]:
    """Look whether systemd kills what a learner leaves behind when the last session ends."""
    kills = False
    folders = [Path("/etc/systemd/logind.conf"), *sorted(Path("/etc/systemd/logind.conf.d").glob("*.conf"))]
    for file in folders:
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        for line in lines:
            name, _, value = line.partition("=")
            if name.strip() == "KillUserProcesses":
                kills = value.strip().lower() in ("yes", "true", "1", "on")
    lingers = Path("/var/lib/systemd/linger", os.environ.get("USER", "")).is_file()
    yield Finding("kill-user-processes", "yes" if kills else "no", "warn" if kills and not lingers else "good")


def _tmux() -> Iterator[Finding]:
    """Look how long tmux waits after esc, which makes every esc feel slow."""
    if not os.environ.get("TMUX"):
        return
    try:
        said = subprocess.run(
            ["tmux", "show-options", "-sv", "escape-time"],
            capture_output=True,
            text=True,
            timeout=2,
            check=False,
        )
        waits = int(said.stdout.strip() or 0)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return
    yield Finding("tmux-escape", f"{waits} ms", "warn" if waits > SLOW_ESCAPE_MS else "good")
