"""The learner's own sentences, which a run's worker shows to its model again and again: `asks/probes.json`."""

from __future__ import annotations

import msgspec

from engine.errors import RunError
from engine.runs.asks import make_folder
from engine.runs.folder import RunFolder
from engine.runs.replacing import replace_file

MOST_PROBES = 5
"""So many of the learner's own sentences are kept, the newest."""

LONGEST_PROBE = 500
"""Most letters of such a sentence."""

PROBES = "probes.json"


def own_probes(folder: RunFolder) -> list[str]:
    """Return the learner's sentences, the newest last; none where there is no file, or none that can be read."""
    try:
        texts = msgspec.json.decode((folder.asks / PROBES).read_bytes(), type=list[str])
    except (OSError, UnicodeDecodeError, msgspec.DecodeError):
        return []
    return [text for text in texts if _is_plain(text)][-MOST_PROBES:]


def add_probe(folder: RunFolder, text: str) -> None:
    """Keep a sentence of the learner; the oldest beyond five goes.

    Raises:
        RunError: It is empty, too long, or holds control characters; or the folder cannot be written.
    """
    text = text.strip()
    if not _is_plain(text):
        raise RunError(
            f"A sentence to watch is one line of 1 to {LONGEST_PROBE} letters, without control characters.",
            code="probe-refused",
            most=LONGEST_PROBE,
        )
    kept = [other for other in own_probes(folder) if other != text]
    make_folder(folder)
    replace_file(folder.asks / PROBES, msgspec.json.encode([*kept, text][-MOST_PROBES:]))


def _is_plain(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST_PROBE and text.isprintable()
