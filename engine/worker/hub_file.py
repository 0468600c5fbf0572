"""One file of the hub on its way into the cache: from where it was, and checked when it is whole."""

from __future__ import annotations

import hashlib
import importlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from engine.hub.listing import HubFile, Listing
from engine.hub.place import cache_folder, endpoint
from engine.hub.refusing import refusal

SILENCE_SECONDS = 20.0
"""A server that says nothing for so long in the middle of a download has failed."""
LOCK_SECONDS = 0.1
PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that may be gone when one asks again."""


class Interrupted(Exception):  # noqa: N818 - it happened, and asking again may mend it
    """A download broke off; what arrived is kept."""


class Damaged(Exception):  # noqa: N818 - see above
    """What arrived is not what the hub promised; nothing of it is kept."""


def receive(listing: Listing, file: HubFile, leave: threading.Event) -> None:
    """Download what is missing of a file, check all of it, and give it its place among the cache's blobs.

    Raises:
        Interrupted: The line broke, or the server had trouble.
        Damaged: Size or checksum is wrong.
        EngineError: The hub refuses.
        OSError: The disk is full or cannot be written.
    """
    from huggingface_hub import get_session

    client = get_session()
    transport_error = importlib.import_module(type(client).__module__.partition(".")[0]).TransportError
    try:
        _append(listing, file, leave)
    except transport_error as error:
        raise Interrupted(str(error) or type(error).__name__) from error
    if leave.is_set():
        return
    partial = listing.partial(file)
    if partial.stat().st_size != file.size or checksum(partial, file) != file.blob:
        partial.unlink()
        raise Damaged
    partial.replace(listing.blob(file))


def _append(listing: Listing, file: HubFile, leave: threading.Event) -> None:
    from huggingface_hub import get_session, hf_hub_url
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # exported, and not declared so

    partial = listing.partial(file)
    with partial.open("ab") as arriving:
        there = arriving.tell()
        if there == file.size:
            return
        url = hf_hub_url(listing.repo, file.name, repo_type=listing.kind, revision=listing.commit, endpoint=endpoint())
        headers = {**build_hf_headers(library_name="learncurve"), "Accept-Encoding": "identity"}
        if there:
            headers["Range"] = f"bytes={there}-"
        with get_session().stream("GET", url, headers=headers, timeout=SILENCE_SECONDS) as answer:
            status = answer.status_code
            if status == 416 or (status == 206 and not _goes_on(answer.headers.get("Content-Range", ""), there)):
                arriving.truncate(0)
                raise Interrupted(f"status {status}")
            if status in PASSING:
                raise Interrupted(f"status {status}")
            if status not in (200, 206):
                raise refusal(listing.repo, status, answer.headers.get("X-Error-Code", ""), knob=listing.knob)
            if status == 200:
                arriving.truncate(0)  # the server does not know how to go on
                there = 0
            for chunk in answer.iter_bytes():
                if leave.is_set():
                    return
                arriving.write(chunk)
                arriving.flush()
                there += len(chunk)
                if there > file.size:
                    return


def _goes_on(content_range: str, there: int) -> bool:
    return content_range.startswith(f"bytes {there}-")


def checksum(path: Path, file: HubFile) -> str:
    """Return what the file's blob should be called: sha256 of a large file, git's sha1 of a small one."""
    if len(file.blob) == 64:
        digest = hashlib.sha256()
    else:
        digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as opened:
        while part := opened.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


@contextmanager
def locked(listing: Listing, file: HubFile, meanwhile: Callable[[], None]) -> Iterator[None]:
    """Hold the lock by which all programs agree who downloads a file; `meanwhile` is called while another has it."""
    from filelock import Timeout
    from huggingface_hub.utils import WeakFileLock  # type: ignore[attr-defined]  # exported, and not declared so

    path = cache_folder() / ".locks" / listing.folder.name / f"{file.blob}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(WeakFileLock(path, timeout=LOCK_SECONDS))
                break
            except Timeout:
                meanwhile()
        yield


def point(listing: Listing, file: HubFile) -> None:
    """Let the repository's folder of this version name the file; where links cannot be made, it moves there."""
    blob = listing.blob(file)
    pointer = listing.pointer(file)
    if pointer.exists():
        return
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.unlink(missing_ok=True)
    try:
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
    except FileExistsError:
        return  # another process was quicker
    except OSError:
        blob.replace(pointer)
