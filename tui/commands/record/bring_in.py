"""`learncurve record import FILE`: what another record holds is added to this one, each answer once."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from content.memory.merging import merge
from content.memory.parcel import unpack, unpacked
from tui.commands.asked import Asked, say_json
from tui.commands.record.export import STANDARD
from tui.commands.record.opening import absolute, record_of


def run(asked: Asked) -> int:
    """Add what the file holds, and say how much of it is new."""
    name = asked.given.file
    parcel = unpacked(sys.stdin.buffer.read(), Path(STANDARD)) if name == STANDARD else unpack(absolute(name))
    with record_of(asked) as record:
        merged = merge(record, parcel)
    if asked.json:
        say_json({"version": 1, **msgspec.to_builtins(merged)})
        return 0
    print(asked.words("record.imported", new=f"{merged.new:,}", known=f"{merged.known:,}", flags=f"{merged.flags:,}"))
    if merged.plan:
        print(asked.words("record.imported-plan"))
    return 0
