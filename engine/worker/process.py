"""This process as the system sees it: its memory, and its place behind what the learner does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NICE = 10


def resident_bytes() -> int:
    """Return the memory that this process has in use; on macOS the most that it ever had."""
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


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
