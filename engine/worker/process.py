"""This process as the system sees it: its memory, and its place behind what the learner does."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

NICE = 10
PARENT_POLL_SECONDS = 0.5
PR_SET_PDEATHSIG = 1


def listen() -> threading.Event:
    """Return what SIGTERM and SIGINT set from now on; a hang-up changes nothing."""
    stopping = threading.Event()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def be_deaf() -> None:
    """Leave it to others to answer signals that ask for an end: they say when this process goes."""
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)


def die_with(parent: int, number: int) -> None:
    """Send this process the signal `number` once its parent, the process `parent`, has died.

    Call it from the main thread. On Linux the system sees to it, else a thread looks twice a second.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    else:
        threading.Thread(target=_watch, args=(parent, number), daemon=True, name="parent").start()
    if os.getppid() != parent:  # it died before the system was told
        os.kill(os.getpid(), number)


def _watch(parent: int, number: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_POLL_SECONDS)
    os.kill(os.getpid(), number)


def resident_bytes() -> int:
    """Return the memory that this process has in use; on macOS the most that it ever had."""
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def group_bytes() -> int:
    """Return the memory of all children of this process's parent; where that cannot be seen, its own.

    What they share counts for each of them.
    """
    parent = os.getppid()
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        pages = [int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children]
    except (OSError, IndexError):
        return resident_bytes()
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


def give_back() -> None:
    """Return memory that is free to the system, where the C library is asked for it.

    Batches of ever other shapes leave gaps in glibc's heap: gigabytes in an hour. It takes some 30 ms.
    """
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none, and needs none
        if trim is not None:
            trim(0)


def step_back() -> None:
    """Let everything else on this machine go first.

    Linux shares the processor between sessions before it looks at `nice`, so that the session's own group is
    lowered too; only where this process leads it, lest a shell that started it be lowered.
    """
    if os.getpriority(os.PRIO_PROCESS, 0) < NICE:
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
    group = Path("/proc/self/autogroup")
    if os.getsid(0) == os.getpid() and group.exists():
        try:
            group.write_text(str(NICE))
        except OSError as error:  # in a container it may be there and read-only: nothing is lost
            sys.stderr.write(f"autogroup: {error.strerror}\n")
