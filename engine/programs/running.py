"""Runs a program in a process of its own, watches over its limits, and says what came of it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from engine.errors import RunError
from engine.programs.outcome import Ended, Limits, Outcome
from engine.programs.workplace import Workplace, workplace
from engine.runs.asker import OFFLINE
from engine.runs.launch import environment

MODULE = "engine.worker.program"
LOOK_SECONDS = 0.1
GRACE_SECONDS = 3.0
"""How long a process that was asked to say where it is may take to do so."""

KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
"""What a program sees of the environment: no tokens, no proxies, no home."""

DEFAULT = Limits()
_THREAD = re.compile(r"^(?:Current t|T)hread 0x.*$", re.MULTILINE)
_PROGRAM = re.compile(r'File "[^"]*program\.py", line (\d+)')


def run(text: str, *, line: int = 1, limits: Limits = DEFAULT, data: Path | None = None) -> Outcome:
    """Return what came of a program once it has ended; it has no network and no terminal.

    Args:
        text: Python code; its first line is counted as line `line`.
        data: A folder that the program finds beside itself as `data`.

    Raises:
        RunError: Its process cannot be started, or there is no room for it.
    """
    began = time.monotonic()
    try:
        with workplace(text, line, data) as place:
            place.limits.write_bytes(msgspec.json.encode(limits))
            outcome = _run(place, limits, began)
    except OSError as error:
        raise RunError(
            f"The code cannot be run: {error}. Make room or mend the permissions, and try again.",
            code="program-not-started",
            why=error,
        ) from error
    return msgspec.structs.replace(outcome, seconds=round(time.monotonic() - began, 2))


def _run(place: Workplace, limits: Limits, began: float) -> Outcome:
    command = [sys.executable, "-P", "-m", MODULE, str(place.folder)]
    with place.console.open("wb") as console:
        process = subprocess.Popen(
            command,
            cwd=place.desk,
            env=surroundings(place.folder, os.environ),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            crossed = _watch(process, limits, began)
        finally:
            with contextlib.suppress(ProcessLookupError):  # nothing of its session is left: so much the better
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return _outcome(place, process.returncode, crossed)


def surroundings(folder: Path, base: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a program whose folder is given."""
    kept = {name: base[name] for name in KEPT if name in base}
    own = {"HOME": str(folder), "TMPDIR": str(folder), "MPLBACKEND": "Agg", "HF_DATASETS_OFFLINE": "1"}
    return environment(1, kept) | OFFLINE | own


def _watch(process: subprocess.Popen[bytes], limits: Limits, began: float) -> Ended | None:
    """Wait for the end, and return which limit was crossed, None for none."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_SECONDS)
            return "time" if process.returncode == -signal.SIGXCPU else None
        crossed: Ended | None = None
        if resident_bytes(process.pid) > limits.memory_bytes:
            crossed = "memory"
        elif time.monotonic() - began > limits.wall_seconds:
            crossed = "time"
        if crossed:
            process.send_signal(signal.SIGXCPU)  # it says where it is, and ends
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE_SECONDS)
            return crossed


def resident_bytes(pid: int) -> int:
    """Return the memory that a process has in use, 0 where it is gone."""
    if sys.platform == "linux":
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return 1024 * int(said.stdout.strip() or 0)


def _outcome(place: Workplace, status: int, crossed: Ended | None) -> Outcome:
    if crossed:
        return Outcome(ended=crossed, line=_stopped_at(place.trace))
    try:
        return msgspec.json.decode(place.outcome.read_bytes(), type=Outcome)
    except (OSError, msgspec.DecodeError):
        name = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return Outcome(
            ended="died", line=_stopped_at(place.trace), error=f"{name} {_last_words(place.console)}".strip()
        )


def _stopped_at(trace: Path) -> int:
    """Return the innermost line of the program in its main thread, which faulthandler names last."""
    text = trace.read_text(encoding="utf-8", errors="replace") if trace.exists() else ""
    stacks = [found for stack in _THREAD.split(text) if (found := _PROGRAM.search(stack))]
    return int(stacks[-1][1]) if stacks else 0


def _last_words(console: Path) -> str:
    lines = console.read_bytes()[-4000:].decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
