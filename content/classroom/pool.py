"""The answers of several learners in one pool: each once, without those that were undone."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from content.memory.checks import MARKS
from content.memory.entry import Entry
from content.memory.keepsakes import Flag
from content.memory.parcel import Parcel


class Pool(msgspec.Struct, frozen=True, kw_only=True):
    """Answers to one course.

    Attributes:
        answers: By time.
        flags: Questions that somebody holds to be faulty, the oldest first.
        learners: Files that share an answer are one learner's.
        elsewhere: Answers to other courses, which are passed over.
    """

    answers: tuple[Entry, ...] = ()
    flags: tuple[Flag, ...] = ()
    learners: int = 0
    elsewhere: int = 0


def pool(parcels: Sequence[Parcel], course: str, *, first: bool = False) -> Pool:
    """Return what the parcels hold of a course.

    Args:
        first: Of each learner, only the first answer to each question in each revision.
    """
    learners = _learners(parcels)
    entries: dict[str, tuple[Entry, int]] = {}
    for parcel, learner in zip(parcels, learners, strict=True):
        entries.update((entry.uuid, (entry, learner)) for entry in parcel.entries)
    in_order = sorted(entries.values(), key=lambda pair: (pair[0].time, pair[0].uuid))
    undone = {entry.target: entry.kind == "void" for entry, _ in in_order if entry.kind in MARKS}
    standing = [pair for pair in in_order if pair[0].kind == "answer" and not undone.get(pair[0].uuid, False)]
    here = [pair for pair in standing if pair[0].course == course]
    elsewhere = len(standing) - len(here)
    if first:
        once = {(learner, entry.item, entry.revision): (entry, learner) for entry, learner in reversed(here)}
        here = list(reversed(once.values()))
    flags = {flag for parcel in parcels for (of, _), flag in parcel.flags.items() if of == course}
    return Pool(
        answers=tuple(entry for entry, _ in here),
        flags=tuple(sorted(flags, key=lambda flag: (flag.time, flag.item))),
        learners=len(set(learners)),
        elsewhere=elsewhere,
    )


def _learners(parcels: Sequence[Parcel]) -> list[int]:
    """Return a number for the learner of each parcel; who exported twice, or from two machines, is one."""
    of: list[int] = []
    owner: dict[str, int] = {}
    for number, parcel in enumerate(parcels):
        known = {of[owner[entry.uuid]] for entry in parcel.entries if entry.uuid in owner}
        of.append(min(known, default=number))
        of = [of[-1] if each in known else each for each in of]
        owner.update((entry.uuid, number) for entry in parcel.entries)
    return of
