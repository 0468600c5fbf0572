"""What came of a run: the figures of `result.json`."""

from __future__ import annotations

import msgspec

from engine.events import VERSION


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How the newest attempt ended. A figure that was never measured is None.

    Attributes:
        state: "finished", "stopped" or "failed".
        reason, code, details: As in the event `Ended`.
        update: Updates that were done.
        epochs: Whole epochs that were done.
        seconds: Time of all attempts together.
    """

    state: str
    reason: str = ""
    code: str = ""
    details: dict[str, str] = {}
    update: int = 0
    epochs: int = 0
    train_loss: float | None = None
    val_loss: float | None = None
    val_accuracy: float | None = None
    test_loss: float | None = None
    test_accuracy: float | None = None
    seconds: float = 0.0
    version: int = VERSION
