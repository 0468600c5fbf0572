"""The files of a hub's data set, brought into the cache that all programs share before `datasets` reads them there.

`datasets` would download them too, but starts anew whatever broke off, and tells nobody how far it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from engine.hub.listing import Listing, data_listing
from engine.worker.aside import aside
from engine.worker.session import Session
from engine.worker.text_hub import data_files, require_reachable
from engine.worker.transfer import bring

ADDRESS = re.compile(r"hf://datasets/([^@]+)@([0-9a-f]{40})/(.+)")
"""Repository, version and name of a file; whatever lies elsewhere is left to `datasets`."""


def fetch_set(session: Session, name: str, known: Sequence[str]) -> None:
    """Return once the data set's files are in the cache, or cannot be asked for while it has a copy of the set.

    Raises:
        Stopped: The run is to stop; what arrived is kept.
        EngineError: The hub does not answer, has no such set, or broke off; or there is no room for it.
    """
    if aside(lambda _: require_reachable(name, known), session.check) is not None:
        return
    session.loading("datasets")
    for listed in aside(lambda _: _listings(name, known), session.check):
        bring(session, listed)


def _listings(name: str, known: Sequence[str]) -> list[Listing]:
    """Return the files by repository and version, nearly always of one."""
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for address in data_files(name, known):
        if found := ADDRESS.fullmatch(address):
            wanted[found[1], found[2]].append(found[3])
    return [data_listing(repo, commit, names) for (repo, commit), names in wanted.items()]
