"""What the learner reads when the hub cannot be reached, or does not give what was asked for."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from engine.errors import EngineError, RecipeError, RunError
from engine.hub.place import cache_folder, endpoint, is_offline
from engine.reach import DEADLINE_SECONDS, reach, shown

INSTEAD = {"start": "start=shipped", "data": "data=topics"}
"""By knob: what comes with the program and needs no hub."""


def require_reachable(repo: str) -> None:
    """Return if the hub answers within a second and a half.

    Raises:
        RunError: It does not, or the network is forbidden.
    """
    if is_offline():
        raise RunError(
            f"start={repo} is not in the cache {cache_folder()}, and HF_HUB_OFFLINE forbids to download it: unset "
            "that variable, or take the weights that came with the program: start=shipped",
            code="hub-forbidden",
            value=repo,
            folder=cache_folder(),
        )
    reached = reach([f"{endpoint()}/api/models/{repo}"])
    if reached:
        return
    hosts = "; ".join(f"{host}: {why}" for host, why in reached.why.items())
    named = shown(os.environ.get("HF_ENDPOINT", ""))
    used = [f"the proxy {reached.proxy} was used"] if reached.proxy else []
    used += [f"HF_ENDPOINT={named} is set"] if named else []
    raise RunError(
        f"start={repo} has to be downloaded, and the hub did not answer within {DEADLINE_SECONDS:g} s "
        f"({'; '.join([hosts, *used])}). Connect to a network, or take the weights that came with the program: "
        "start=shipped",
        code="hub-offline",
        value=repo,
        hosts=hosts,
        proxy=reached.proxy or "-",
        endpoint=named or "-",
    )


def refusal(repo: str, status: int, reason: str = "", *, knob: str = "start") -> EngineError:
    """Return the sentence for a status other than success."""
    host = urlsplit(endpoint()).hostname or ""
    if status == 403 or reason == "GatedRepo":
        address = f"{endpoint()}/{repo}" if knob == "start" else f"{endpoint()}/datasets/{repo}"
        return RunError(
            f"{knob}={repo}: its owner gives it only to those who agreed to its terms; agree at {address}, "
            "log in with `hf auth login`, then start again.",
            code="hub-gated",
            field=knob,
            value=repo,
            address=address,
        )
    if status in (401, 404) and knob == "start":
        return RecipeError(
            f"start={repo}: {host} has no such model, or it is private (then log in with `hf auth login`); "
            "no folder and no run is called so either.",
            code="hub-unknown",
            field="start",
            value=repo,
            host=host,
        )
    return trouble(repo, f"status {status}", knob=knob)


def trouble(repo: str, why: str, *, knob: str = "start") -> RunError:
    """Return the sentence for a hub that does not do what a hub does."""
    host = urlsplit(endpoint()).hostname or ""
    instead = INSTEAD[knob]
    return RunError(
        f"{knob}={repo}: {host} cannot serve it now ({why}). Try again later, or take {instead}.",
        code="hub-trouble",
        field=knob,
        value=repo,
        host=host,
        why=why,
        instead=instead,
    )
