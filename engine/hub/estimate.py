"""What a model on the hub costs to download, known before it starts."""

from __future__ import annotations

import shutil

import msgspec

from engine.hub.line import LINE, usual_seconds
from engine.hub.listing import listing
from engine.hub.place import cache_folder, snapshot
from engine.hub.refusing import require_reachable


class DownloadEstimate(msgspec.Struct, frozen=True):
    """What a model on the hub costs before it starts; nothing to download where it is in the cache."""

    repo: str
    total_bytes: int
    left_bytes: int
    free_bytes: int

    def seconds(self, megabits_per_second: float = LINE) -> float:
        """Return how long the download takes on such a line."""
        return usual_seconds(self.left_bytes, megabits_per_second)


def download_estimate(repo: str) -> DownloadEstimate:
    """Return what is to be downloaded of a model; it asks the hub, so not in the screen's own thread.

    Raises:
        EngineError: The hub does not answer, or has no such model, or none that can be taken.
    """
    if snapshot(repo):
        return DownloadEstimate(repo, 0, 0, free_bytes())
    require_reachable(repo)
    listed = listing(repo)
    return DownloadEstimate(repo, listed.total_bytes, listed.left_bytes, free_bytes())


def free_bytes() -> int:
    """Return what is free on the disk of the cache."""
    folder = cache_folder()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
