"""Arrays that lie in a file of their own, read when they are to be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def arrays_in(file: Path) -> dict[str, Any]:
    """Return the arrays of a file by their names; none where it is gone or torn."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return dict(load(file.read_bytes()))
    except (OSError, SafetensorError):
        return {}
