"""The session of a process that does not lead its group: it trains as the leader does, and says nothing."""

from __future__ import annotations

from engine.events import Evaluated, Planned, Tested
from engine.worker.checkpoints import Facts
from engine.worker.keeper import Keeper
from engine.worker.session import Session


class QuietSession(Session):
    """Follows the leader: what it needs of the leader's process keeps it waiting, so pauses and pace reach it too.

    Its stream ends in nowhere, since a recipe emits some events by itself.
    """

    def loading(self, what: str) -> None:
        """Say nothing."""

    def downloading(self, what: str, done_bytes: int, total_bytes: int) -> None:
        """Say nothing."""

    def check(self) -> None:
        """Go on: only the leader stops, and then this process is ended."""

    def plan(self, planned: Planned, keeper: Keeper, resumed: Facts | None) -> None:
        """Begin where the leader begins."""
        if resumed:
            self.facts = resumed
            self.update = resumed.update
        self.meet()

    def wait_for_turn(self) -> None:
        """Begin the update with random numbers of its own, which follow from the update alone.

        So dropout hides other units here than in the leader's share, and a group that is resumed goes on bit for
        bit, though only the leader's generator is in its checkpoint.
        """
        import torch

        torch.manual_seed(hash((int(self.recipe.knobs["seed"]), self.rank, self.update)))

    def updated(self, loss: float, rate: float, norm: float) -> None:
        """Count."""
        self.update += 1

    def evaluated(self, event: Evaluated) -> None:
        """Say nothing."""

    def tested(self, event: Tested) -> None:
        """Say nothing."""

    def save(self) -> None:
        """Keep nothing: the leader does."""
