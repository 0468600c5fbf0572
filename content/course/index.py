"""The index of a course: what home needs, without a page or a question being parsed.

Reading it from YAML costs some 30 ms; the cache, keyed by the content of the files, costs less than one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from content.course.section import Section
from content.course.text import Text

if TYPE_CHECKING:
    from content.course.items import AnyItem
    from content.errors import Fault

FORMAT = 1
"""The newest format of courses that this program reads."""

VERSION = 4
"""Of the cache; raised when the index or the reading of questions changes."""


class Key(msgspec.Struct, frozen=True):
    """What the record needs to know of a question."""

    id: str
    revision: int
    kind: str
    objective: str


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """A course without its pages and questions.

    Attributes:
        chapters: Titles over several sections, by the beginning of their ids: "1.3" stands over "1.3.1" and "1.3.2".
        check_by: A date such as "2027-11-01", by which the facts are to be checked again; "" for none.
        keys: The questions by section, where they have been counted already.
    """

    id: str
    languages: tuple[str, ...]
    title: Text
    about: Text = Text()
    check_by: str = ""
    chapters: dict[str, Text] = {}
    sections: tuple[Section, ...] = ()
    slips: dict[str, Text] = {}
    keys: dict[str, tuple[Key, ...]] = {}

    def chapter(self, section: Section) -> str:
        """Return the chapter that a section stands in, "" for none; of several, the narrowest."""
        return max((name for name in self.chapters if section.within(name)), key=len, default="")


class _Cached(msgspec.Struct, frozen=True):
    version: int
    digest: str
    index: Index


def open_index(root: Path, cache: Path | None, faults: list[Fault]) -> Index:
    """Return the index, from the folder `cache` where the course has not changed since.

    Raises:
        ContentError: There is no `course.yaml` from which a course could be made.
    """
    if cache is None:
        from content.course.survey import read_index  # and YAML with it

        return read_index(root, faults)
    name = hashlib.blake2b(str(root.resolve()).encode(errors="surrogateescape"), digest_size=8).hexdigest()
    kept = cache / f"course-{name}.json"
    digest = _digest(root)
    with contextlib.suppress(OSError, msgspec.DecodeError):
        cached = msgspec.json.decode(kept.read_bytes(), type=_Cached)
        if cached.version == VERSION and cached.digest == digest:
            return cached.index
    from content.course.survey import load_items, read_index

    index = read_index(root, faults)
    keys = {section.slug: keys_of(load_items(root, section, index.languages, faults)[0]) for section in index.sections}
    index = msgspec.structs.replace(index, keys=keys)
    if not faults:
        _keep(kept, _Cached(VERSION, digest, index))
    return index


def keys_of(items: tuple[AnyItem, ...]) -> tuple[Key, ...]:
    """Return the keys of some questions."""
    return tuple(Key(item.id, item.revision, item.kind, item.objective) for item in items)


def _digest(root: Path) -> str:
    found = hashlib.blake2b(digest_size=16)
    for path in [
        root / "course.yaml",
        *sorted(root.glob("*/section.yaml")),
        *sorted(root.glob("*/items.yaml")),
    ]:
        found.update(f"\0{path.relative_to(root)}\0".encode(errors="surrogateescape"))
        with contextlib.suppress(OSError):
            found.update(path.read_bytes())
    return found.hexdigest()


def _keep(path: Path, cached: _Cached) -> None:
    """Write the cache by rename; a cache that cannot be written is no loss."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_bytes(msgspec.json.encode(cached))
        fresh.replace(path)
