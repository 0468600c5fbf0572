"""On what kind of file system a folder lies: locks and SQLite's WAL are not to be trusted on a network."""

from __future__ import annotations

import functools
import re
import sys
from pathlib import Path

NETWORK = {
    *("9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fhgfs", "gfs", "gfs2", "gpfs"),
    *("lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "panfs", "pvfs2", "smb2", "smb3"),
    *("smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav"),
}
NETWORK_FUSE = {
    *("ceph", "davfs2", "glusterfs", "juicefs", "moosefs", "rclone", "s3fs", "seaweedfs", "sshfs"),
    *("vmhgfs-fuse", "xtreemfs"),
}
"""What follows "fuse." in the kind of a file system that a program provides."""


def is_network(path: Path) -> bool:
    """Return whether other machines may write there too, as far as the kind of file system tells."""
    kind = filesystem(path)
    return kind in NETWORK or kind.removeprefix("fuse.").removeprefix("macfuse_") in NETWORK_FUSE


def filesystem(path: Path) -> str:
    """Return the kind of file system that holds `path`, or will hold it, such as "ext4"; "" if unknown."""
    place = path.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    return _filesystem(place.resolve(), place.stat().st_dev)


@functools.lru_cache(maxsize=64)
def _filesystem(place: Path, _device: int) -> str:
    return kind_of(place, _mounts())


def kind_of(place: Path, mounts: str) -> str:
    """Return the kind that a table of mounts gives for a resolved path; "" if it has none.

    Args:
        mounts: Text of /proc/mounts ("source target kind ..."), or what `mount` prints on macOS and the
            BSDs ("source on target (kind, ...)").
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        found = re.match(r".* on (?P<target>/.*) \((?P<kind>[^,)]+)", line) or re.match(
            r"\S+ (?P<target>/\S*) (?P<kind>\S+)", line
        )
        if found is None:
            continue
        target = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), found["target"]))
        if len(target.parts) >= best and place.is_relative_to(target):  # a later mount covers an earlier one
            best, kind = len(target.parts), found["kind"]
    return kind


def _mounts() -> str:
    if sys.platform.startswith("linux"):
        try:
            return Path("/proc/mounts").read_text(errors="surrogateescape")
        except OSError:
            return ""
    import subprocess  # Linux need not ask another program

    try:
        return subprocess.run(["mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
