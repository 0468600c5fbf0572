"""How much memory this machine could give to a process now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
OWN_GROUP = Path("/proc/self/cgroup")
GROUPS = Path("/sys/fs/cgroup")
DRIVERS = (Path("/proc/driver/nvidia/version"), Path("/dev/kfd"))
"""There where a graphics card may have its own memory."""


def is_main(device: str) -> bool:
    """Return whether what is trained on `device` lies in this machine's main memory, as far as can be told."""
    return device == "cpu" or (device == "auto" and not any(driver.exists() for driver in DRIVERS))


def available_bytes() -> int:
    """Return what can be had without swapping, including what caches would give back; 0 where unknown.

    A limit of the container or batch job counts. macOS does not tell what it could free, so that there it is
    all of the machine's memory.
    """
    if sys.platform == "darwin":
        said = subprocess.run(["/usr/sbin/sysctl", "-n", "hw.memsize"], capture_output=True, text=True, check=False)
        return int(said.stdout) if said.stdout.strip().isdigit() else 0
    return min((size for size in (_of_machine(), _of_group()) if size is not None), default=0)


def _of_machine() -> int | None:
    try:
        lines = MEMINFO.read_text().splitlines()
    except OSError:
        return None
    fields = {name: words.split() for name, _, words in (line.partition(":") for line in lines)}
    return int(fields["MemAvailable"][0]) * 1024 if "MemAvailable" in fields else None


def _of_group() -> int | None:
    """Return the least that a control group (version 2) of this process, or one above it, leaves."""
    try:
        own = next(line[3:] for line in OWN_GROUP.read_text().splitlines() if line.startswith("0::"))
    except (OSError, StopIteration):
        return None
    group = GROUPS / own.strip("/")
    left = [_left_in(folder) for folder in (group, *group.parents) if folder.is_relative_to(GROUPS)]
    return min((size for size in left if size is not None), default=None)


def _left_in(group: Path) -> int | None:
    try:
        limit = (group / "memory.max").read_text().strip()
        used = int((group / "memory.current").read_text())
        counts = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
    except (OSError, ValueError):
        return None
    if not limit.isdigit():
        return None
    cached = int(counts.get("inactive_file", 0)) + int(counts.get("active_file", 0))
    return max(0, int(limit) - used + cached)
