"""What came of a program, and how far it may go."""

from __future__ import annotations

from typing import Literal

import msgspec

Ended = Literal["done", "failed", "time", "memory", "died"]
"""How a program ended: by itself, by an exception, beyond a limit, or with its process (killed, crashed)."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How far a program may go.

    Attributes:
        cpu_seconds: Processor time.
        wall_seconds: Time on the clock, for one that waits; a busy machine is slow, hence so much more.
        memory_bytes: Memory in use.
        file_bytes: The largest file that it may write.
    """

    cpu_seconds: int = 120
    wall_seconds: float = 600.0
    memory_bytes: int = 4 * 2**30
    file_bytes: int = 2**30


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a program.

    Attributes:
        line: Where it failed, or was when it was stopped; 0 where that is not known. Counted as the program's first
            line was.
        error: What went wrong, such as "NameError: name 'net' is not defined".
        printed: What each line printed, by the line's number; the beginning of it where it is long.
        seconds: On the clock.
    """

    ended: Ended
    line: int = 0
    error: str = ""
    printed: dict[int, str] = {}
    seconds: float = 0.0
