"""A model of the hub, brought into the cache that all programs share, and looked at before its weights come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from engine.hub.listing import HubFile, Listing, listing
from engine.hub.place import REVISION, snapshot
from engine.hub.refusing import require_reachable
from engine.model_folder import CONFIG, broken_config, config_of
from engine.runs.replacing import replace_file
from engine.worker.aside import aside
from engine.worker.session import Session
from engine.worker.transfer import bring

Examine = Callable[[dict[str, Any], int], None]
"""Is given a model's config and the bytes of its weights, and raises if it cannot be used."""


def fetch(session: Session, repo: str, examine: Examine) -> Path:
    """Return the folder of a model in the cache, and download before what is not there; needs no torch.

    Raises:
        Stopped: The run is to stop; what arrived is kept.
        EngineError: The hub does not answer, has no such model, or broke off; or there is no room for it.
    """
    folder = snapshot(repo)
    if folder is not None:
        config = config_of(folder, repo)
        examine(config, sum(path.stat().st_size for path in folder.glob("*.safetensors")))
        return folder
    session.loading("hub")
    aside(lambda _: require_reachable(repo), session.check)
    listed = aside(lambda _: listing(repo), session.check)
    weights = sum(file.size for file in listed.files if file.name.endswith("safetensors"))

    def arrived(file: HubFile) -> None:
        if file.name == CONFIG:
            examine(_config(listed, file), weights)

    bring(session, listed, arrived)
    reference = listed.folder / "refs" / REVISION
    reference.parent.mkdir(exist_ok=True)
    replace_file(reference, listed.commit.encode())
    return listed.folder / "snapshots" / listed.commit


def _config(listed: Listing, file: HubFile) -> dict[str, Any]:
    path = listed.blob(file) if listed.blob(file).exists() else listed.pointer(file)
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise broken_config(listed.repo, path, str(error)) from error
