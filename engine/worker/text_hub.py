"""Data sets of a hub, and folders of data files, through the `datasets` library."""

from __future__ import annotations

import difflib
import errno
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from engine.errors import DataError, EngineError
from engine.hub.place import TRUE, endpoint, is_offline
from engine.hub.refusing import trouble
from engine.reach import DEADLINE_SECONDS, Reached, reach, shown
from engine.worker.text_parquet import named
from engine.worker.text_parts import PARTS
from engine.worker.text_refusals import require_columns, unreadable
from engine.worker.text_rows import Rows, quoted, unusable

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict

log = logging.getLogger(__name__)

BATCH = 4_096
WHY = 200
"""Characters of a library's own words that a sentence quotes."""
OWN_ERRNO = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""A full disk has a sentence of its own."""


def require_reachable(name: str, known: Sequence[str]) -> Reached | None:
    """Return None if the hub answers, or why it does not where its own cache has a copy; imports nothing heavy.

    Raises:
        DataError: It does not answer within a second and a half, and there is no copy.
    """
    refused = _refusal()
    if refused is not None and not _is_cached(name):
        raise _unreachable(name, refused, known)
    return refused


def read_hub(name: str, rows: Rows, known: Sequence[str]) -> None:
    """Add the rows of a data set on the hub that HF_ENDPOINT names, or of its copy in the hub's own cache.

    Args:
        known: Embedded sets, one of which may be meant.

    Raises:
        DataError: No server answers within a second and a half and there is no copy; or it is not usable.
    """
    refused = require_reachable(name, known)
    with _sought(name, known), _offline(refused is not None):
        from datasets import load_dataset

        _take(load_dataset(name), name, rows)


def data_files(name: str, known: Sequence[str]) -> list[str]:
    """Return the addresses of the files that `read_hub` will read; none if `datasets` has prepared them before.

    Raises:
        DataError: There is no such set, or it is not usable.
    """
    with _sought(name, known):
        from datasets import config, load_dataset_builder

        builder = load_dataset_builder(name)
        if Path(builder.cache_dir, config.DATASET_INFO_FILENAME).exists():
            return []
        parts = builder.config.data_files
        return [str(address) for part in parts.values() for address in part] if isinstance(parts, Mapping) else []


def read_folder(path: Path, name: str, rows: Rows, cache: Path) -> None:
    """Add the rows of the data files in a folder, found and told apart as `datasets` does it.

    Raises:
        DataError: There are none, or they are not usable.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        copies = tempfile.TemporaryDirectory(dir=cache, prefix="texts-", ignore_cleanup_errors=True)
    except OSError as error:
        raise unreadable(name, error) from error
    with copies as copy, _readable(name):
        from datasets import load_dataset, load_from_disk

        if any((path / mark).is_file() for mark in ("dataset_dict.json", "state.json")):
            _take(load_from_disk(str(path)), name, rows)
        else:
            _take(load_dataset(str(path), cache_dir=copy), name, rows)


def _take(found: DatasetDict | Dataset, name: str, rows: Rows) -> None:
    """Add all parts; a set of a single part has none."""
    from datasets import ClassLabel, Dataset

    parts: Mapping[str, Dataset] = {"": found} if isinstance(found, Dataset) else found
    if len(parts) > 1 and "train" not in parts:
        there = ", ".join(quoted(part) for part in parts)
        raise unusable(name, f"it has no part named train; it has {there}.", code="texts-no-train", parts=there)
    for part, data in parts.items():
        if len(parts) > 1 and part not in PARTS:
            continue
        require_columns(data.column_names, name)
        label = data.features["label"]
        names = list(label.names) if isinstance(label, ClassLabel) else []
        line = 0
        for batch in data.select_columns(["text", "label"]).iter(BATCH):
            for text, its in zip(batch["text"], batch["label"], strict=True):
                line += 1
                rows.add(text, named(its, names), line, part if len(parts) > 1 else "")


def _refusal() -> Reached | None:
    """Return why the hub is not to be asked, None if it answers."""
    if is_offline() or os.environ.get("HF_DATASETS_OFFLINE", "").upper() in TRUE:
        return Reached("", {shown(endpoint()): "HF_HUB_OFFLINE or HF_DATASETS_OFFLINE forbids to ask it"}, "")
    reached = reach((endpoint(),))
    return None if reached else reached


def _is_cached(name: str) -> bool:
    """Return whether the hub's cache has a folder of that set; `datasets` itself then knows if it is whole."""
    home = os.environ.get("HF_HOME") or os.path.join(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "huggingface")
    root = Path(os.environ.get("HF_DATASETS_CACHE") or os.path.join(home, "datasets")).expanduser()
    wanted = name.replace("/", "").replace("_", "").lower()
    return root.is_dir() and any(entry.name.replace("_", "").lower() == wanted for entry in root.iterdir())


@contextmanager
def _offline(wanted: bool) -> Iterator[None]:
    """Let the libraries ask no server, instead of many times in vain."""
    from datasets import config
    from huggingface_hub import constants

    places: tuple[Any, ...] = (config, constants)
    before = [place.HF_HUB_OFFLINE for place in places]
    try:
        for place in places if wanted else ():
            place.HF_HUB_OFFLINE = True
        yield
    finally:
        for place, value in zip(places, before, strict=True):
            place.HF_HUB_OFFLINE = value


@contextmanager
def _sought(name: str, known: Sequence[str]) -> Iterator[None]:
    """Look for a set on the hub alone, and say it in one sentence if it is not there, or not readable."""
    with _readable(name):
        from datasets import packaged_modules
        from datasets.exceptions import DatasetNotFoundError, DatasetsError

        if name in getattr(
            packaged_modules, "_PACKAGED_DATASETS_MODULES", ()
        ):  # it would look for such files wherever this process stands
            raise _unknown(name, known)
        try:
            yield
        except DatasetNotFoundError as error:
            raise _unknown(name, known) from error
        except FileNotFoundError as error:  # something answers in the hub's place, such as a proxy
            if isinstance(error, DatasetsError):
                raise
            log.exception("data=%s", name)
            raise trouble(name, quoted(str(error).rpartition("either: ")[2].rstrip("."), WHY), knob="data") from error


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Turn whatever the libraries raise into one sentence; the console has the rest."""
    try:
        yield
    except (EngineError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in OWN_ERRNO:
            raise
        log.exception("data=%s", name)
        cause = (error.__cause__ if type(error).__name__ == "DatasetGenerationError" else None) or error
        why = quoted((str(cause).splitlines() or [""])[0].rstrip(".") or type(cause).__name__, WHY)
        raise unusable(
            name,
            f"it cannot be read ({why}). Try again, or put its texts into a file with the columns text and label.",
            code="texts-unreadable-set",
            why=why,
        ) from error


def _unknown(name: str, known: Sequence[str]) -> DataError:
    host = urlsplit(endpoint()).hostname or ""
    near = difflib.get_close_matches(name, known, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return unusable(
        name,
        f"it is neither embedded nor a file, and {host} has no such data set, or keeps it for those who log in with "
        f"`hf auth login`.{hint}",
        code="texts-hub-unknown",
        host=host,
        known=", ".join(known),
        near=near[0] if near else "-",
    )


def _unreachable(name: str, refused: Reached, known: Sequence[str]) -> DataError:
    hosts = "; ".join(f"{host}: {why}" for host, why in refused.why.items())
    used = f"; the proxy {refused.proxy} was used" if refused.proxy else ""
    address = shown(os.environ.get("HF_ENDPOINT", ""))
    used += f"; HF_ENDPOINT={address} is set" if address else ""
    near = difflib.get_close_matches(name, known, 1)
    hint = f"Did you mean {near[0]}?" if near else f"Connect to a network, or use an embedded set: {', '.join(known)}."
    return unusable(
        name,
        f"it is neither embedded nor a file, and the hub did not answer within {DEADLINE_SECONDS:g} s "
        f"({hosts}{used}). {hint}",
        code="texts-offline",
        hosts=hosts,
        proxy=refused.proxy or "-",
        endpoint=address or "-",
        known=", ".join(known),
        near=near[0] if near else "-",
    )
