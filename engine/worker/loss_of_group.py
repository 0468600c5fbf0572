"""A process has lost the others of its group: what it sees of that, and what it says."""

from __future__ import annotations

from engine.runs.result import Result
from engine.worker.checkpoints import Facts
from engine.worker.session import Session


class GroupLostError(Exception):
    """Another process does not come to meet this one."""


def is_loss_of_group(error: BaseException) -> bool:
    """Return whether a process could not speak with another: gloo says so in words alone, NCCL by a type."""
    return (
        isinstance(error, GroupLostError)
        or "/gloo/" in str(error)
        or type(error).__name__
        in {
            "DistError",
            "DistBackendError",
            "DistNetworkError",
            "DistStoreError",
        }
    )


def group_lost(session: Session) -> Result:
    """Return what a process says that lost another, and knows no more."""
    update = resumes_from(session).update
    return session.result(
        "failed",
        f"Another process of the group has died; the whole group was ended. Resume goes on from update {update}.",
        code="group-lost",
        details={"update": str(update)},
    )


def is_consequence(result: Result) -> bool:
    """Return whether the result tells of no more than that: the cause is another process's."""
    return result.code == "group-lost"


def resumes_from(session: Session) -> Facts:
    """Return what is known of the run where it would go on."""
    newest = session.checkpoints.newest()
    return newest[1] if newest else Facts(update=0)
