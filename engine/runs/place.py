"""Where a process stands in its group: alone, or one of several that train the same model."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One process among those that train together.

    Attributes:
        rank: 0 leads: it alone tells and saves.
        world: How many there are, on all machines.
        local_rank, local_world: The same on this machine.
        meeting: The file by which processes of this machine find each other; "" where torchrun sees to that.
    """

    rank: int = 0
    world: int = 1
    local_rank: int = 0
    local_world: int = 1
    meeting: str = ""

    @property
    def name(self) -> str:
        """How sentences call it, such as "Process 2 of 2"."""
        return f"Process {self.rank + 1} of {self.world}"

    def variables(self) -> dict[str, str]:
        """Return the place as torchrun would say it in the environment; Trainer reads it there."""
        return {
            "RANK": str(self.rank),
            "WORLD_SIZE": str(self.world),
            "LOCAL_RANK": str(self.local_rank),
            "LOCAL_WORLD_SIZE": str(self.local_world),
        }


ALONE = Place()


def place_of(environment: Mapping[str, str], meeting: str = "") -> Place:
    """Return the place that the environment says; without a word of a group, that is alone."""
    rank = int(environment.get("RANK", 0))
    world = int(environment.get("WORLD_SIZE", 1))
    return Place(
        rank=rank,
        world=world,
        local_rank=int(environment.get("LOCAL_RANK", rank)),
        local_world=int(environment.get("LOCAL_WORLD_SIZE", world)),
        meeting=meeting,
    )


def without_place(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without any word of a group, lest a run started in a job counts itself to it."""
    return {name: value for name, value in environment.items() if not name.startswith(_SPOKEN)}


_SPOKEN = (
    "RANK",
    "WORLD_SIZE",
    "LOCAL_RANK",
    "LOCAL_WORLD_SIZE",
    "GROUP_RANK",
    "GROUP_WORLD_SIZE",
    "ROLE_RANK",
    "ROLE_WORLD_SIZE",
    "MASTER_ADDR",
    "MASTER_PORT",
    "TORCHELASTIC_",
    "PMI_",
    "OMPI_COMM_WORLD_",
    "MV2_COMM_WORLD_",
)
"""Variables, or their beginnings, by which torchrun and MPI tell a process its place."""
