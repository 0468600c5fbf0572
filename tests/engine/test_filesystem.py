"""The kind of a file system is read from the table of mounts of Linux and of macOS."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.runs import filesystem as module
from engine.runs.filesystem import filesystem, is_network, kind_of

LINUX = r"""/dev/vda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export/home /home nfs4 rw,vers=4.2 0 0
/dev/vdb /home/local xfs rw 0 0
me@host:/data /mnt/my\040data fuse.sshfs rw 0 0
C:\134 /mnt/c 9p rw 0 0
tmpfs /mnt/c/tmp tmpfs rw 0 0
overlay /mnt/c/tmp overlay rw 0 0
a short line
"""
MACOS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
//me@server/home on /Volumes/Home on server (smbfs, nodev, nosuid, mounted by me)
server:/export on /Network/home (nfs, nodev, nosuid)
map auto_home on /System/Volumes/Data/home (autofs, automounted)
"""


@pytest.mark.parametrize(
    ("table", "place", "kind"),
    [
        (LINUX, "/srv/x", "ext4"),
        (LINUX, "/home/learner/.local", "nfs4"),
        (LINUX, "/home/local/learner", "xfs"),
        (LINUX, "/homestead", "ext4"),
        (LINUX, "/mnt/my data/runs", "fuse.sshfs"),
        (LINUX, "/mnt/c/Users", "9p"),
        (LINUX, "/mnt/c/tmp/x", "overlay"),
        (MACOS, "/Users/me", "apfs"),
        (MACOS, "/Network/home/me", "nfs"),
        (MACOS, "/Volumes/Home on server/x", "smbfs"),
        ("", "/", ""),
    ],
)
def test_the_nearest_mount_decides_and_the_later_one_of_two(table: str, place: str, kind: str) -> None:
    assert kind_of(Path(place), table) == kind


@pytest.mark.parametrize(
    ("kind", "network"),
    [
        ("nfs4", True),
        ("cifs", True),
        ("fuse.sshfs", True),
        ("9p", True),
        ("ext4", False),
        ("fuse.ext2", False),
        ("", False),
    ],
)
def test_kinds_that_other_machines_share_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, network: bool
) -> None:
    monkeypatch.setattr(module, "filesystem", lambda path: kind)
    assert is_network(tmp_path) == network


def test_a_folder_that_does_not_exist_yet_lies_where_its_parent_lies(tmp_path: Path) -> None:
    assert filesystem(tmp_path / "not" / "yet") == filesystem(tmp_path)
    assert filesystem(tmp_path) != ""
