"""How a process of a group is told what to do."""

from __future__ import annotations

import msgspec

from engine.events import Attempted


class Orders(msgspec.Struct, frozen=True):
    """What the supervisor tells a process of its group; its place is in the environment.

    Attributes:
        folder: The run's.
        meeting: The file by which the processes find each other.
        supervisor: The process that started it.
        telling: The descriptor of a pipe into which it tells its result.
    """

    folder: str
    meeting: str
    supervisor: int
    telling: int
    attempted: Attempted
