"""Why the system refused something, in the learner's language."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.sentences import Sentences

COMMON = ("ENOENT", "EACCES", "ENOSPC", "EISDIR", "ENOTDIR", "EROFS", "EEXIST")
"""What a learner's folder or file may be refused for; the rest is said as the system says it."""

NAMES = {os.strerror(getattr(errno, name)): name for name in COMMON}
"""Their names by the system's own words, which the engine's errors carry."""


def reason(said: str, words: Sentences) -> str:
    """Return the system's words for an error in the learner's language, anything else as it is."""
    name = NAMES.get(said)
    return said if name is None else words(f"system.{name}")
