"""`learncurve record import FILE`: what another record holds is added to this one, each answer once."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from content.memory.merging import merge
from content.memory.parcel import unpack, unpacked
from content.memory.unclear import of_file
from tui.commands.asked import Asked, say_json
from tui.commands.record.export import STANDARD
from tui.commands.record.opening import absolute, record_of


def run(asked: Asked) -> int:
    """Add what the file holds, and say how much of it is new; status 1 where a line of it made no sense."""
    name = asked.given.file
    file = Path(STANDARD) if name == STANDARD else absolute(name)
    parcel = unpacked(sys.stdin.buffer.read(), file) if name == STANDARD else unpack(file)
    with record_of(asked) as record:
        merged = merge(record, parcel)
    if parcel.unclear:
        asked.warn(of_file(file, parcel.unclear))
    status = 1 if parcel.unclear else 0  # whoever deletes the file after a 0 has lost nothing
    if asked.json:
        lines = [{"line": each.number, "reason": each.reason} for each in parcel.unclear]
        say_json({"version": 1, **msgspec.to_builtins(merged), "passed_over": lines})
        return status
    print(asked.words("record.imported", new=f"{merged.new:,}", known=f"{merged.known:,}", flags=f"{merged.flags:,}"))
    if merged.plan:
        print(asked.words("record.imported-plan"))
    if merged.unknown or merged.unclear:
        print(asked.words("record.imported-unclear", count=merged.unknown + merged.unclear))
    return status
