"""The zoo as it was counted once, so that tests of whoever shows it need not build 406 billion parameters.

`tests/engine/test_zoo.py` builds them and compares; `SNAPSHOTS=renew` keeps what it finds.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from engine.reading.zoo import Zoo, cache_file

FILE = Path(__file__).parent / "zoo.json"


def known_zoo() -> Zoo:
    """Return the zoo."""
    return msgspec.json.decode(FILE.read_bytes(), type=Zoo)


def put_zoo(home: Path) -> None:
    """Put the zoo where the program keeps it."""
    file = cache_file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(FILE.read_bytes())
