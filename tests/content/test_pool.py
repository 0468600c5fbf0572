"""A class's answers in one pool: each once, nobody twice, nothing that was undone."""

from __future__ import annotations

from content.classroom.pool import pool
from content.memory.keepsakes import Flag
from content.memory.parcel import Parcel
from tests.content.class_answers import entry, parcel, undone


def test_what_two_files_share_is_there_once_and_they_are_one_learner() -> None:
    old, new, other = entry("ce-start"), entry("neuron", minute=5), entry("ce-start", minute=9)
    pooled = pool([parcel(old), parcel(old, new), parcel(other)], "small")
    assert pooled.answers == (old, new, other)
    assert pooled.learners == 2


def test_files_that_a_third_one_joins_are_one_learner() -> None:
    here, there = entry("ce-start"), entry("neuron")
    assert pool([parcel(here), parcel(there)], "small").learners == 2
    assert pool([parcel(here), parcel(there), parcel(there, here)], "small").learners == 1
    assert pool([parcel(here, there), parcel(here), parcel(there)], "small").learners == 1


def test_undone_answers_are_out_and_redone_ones_are_in() -> None:
    one, two = entry("ce-start"), entry("neuron")
    marks = [undone(one), undone(two, minute=1), undone(two, kind="restore", minute=2)]
    assert pool([parcel(one, two, *marks)], "small").answers == (two,)
    assert pool([parcel(*reversed(marks), two, one)], "small").answers == (two,)


def test_other_courses_are_counted_and_passed_over() -> None:
    pooled = pool([parcel(entry("ce-start"), entry("x", course="other"), entry("y", course="other"))], "small")
    assert (len(pooled.answers), pooled.elsewhere) == (1, 2)


def test_first_answers_alone() -> None:
    first, again, theirs = entry("ce-start"), entry("ce-start", minute=3), entry("ce-start", minute=8)
    files = [parcel(again), parcel(first, again), parcel(theirs)]
    assert pool(files, "small", first=True).answers == (first, theirs)
    assert pool(files, "small").answers == (first, again, theirs)


def test_flags_of_several_learners_stand_side_by_side() -> None:
    mine = Flag("ce-start", 1, "en", "which base?", "2026-11-23T14:15:02.000000Z")
    yours = Flag("ce-start", 1, "zh", "底？", "2026-11-22T14:15:02.000000Z")
    files = [Parcel((), {("small", "ce-start"): flag, ("other", "x"): flag}) for flag in (mine, yours, mine)]
    assert pool(files, "small").flags == (yours, mine)


def test_nothing_is_a_pool_of_nothing() -> None:
    assert pool([], "small").learners == 0
    assert pool([Parcel()], "small").answers == ()
