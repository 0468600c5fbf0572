"""The index of a course: what home needs, without a page or a question being parsed.

Reading it from YAML costs some 30 ms; the cache, keyed by the content of the files, costs less than one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from pathlib import Path

import msgspec

from content.course.fields import SLUG, Fields, Source
from content.course.items import AnyItem, read_items
from content.course.section import Section, read_section, read_texts
from content.course.sentences import fault
from content.course.source import read_source
from content.course.text import Text
from content.course.tree import Branch, Row, Word, parse_yaml
from content.errors import ContentError, Fault

FORMAT = 1
"""The newest format of courses that this program reads."""

VERSION = 1
"""Of the cache; raised when the index or the reading of questions changes."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Key(msgspec.Struct, frozen=True):
    """What the record needs to know of a question."""

    id: str
    revision: int
    kind: str
    objective: str


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """A course without its pages and questions.

    Attributes:
        check_by: A date such as "2027-11-01", by which the facts are to be checked again; "" for none.
        keys: The questions by section, where they have been counted already.
    """

    id: str
    languages: tuple[str, ...]
    title: Text
    about: Text = Text()
    check_by: str = ""
    sections: tuple[Section, ...] = ()
    slips: dict[str, Text] = {}
    keys: dict[str, tuple[Key, ...]] = {}


class _Cached(msgspec.Struct, frozen=True):
    version: int
    digest: str
    index: Index


def read_index(root: Path, faults: list[Fault], sources: dict[str, Source] | None = None) -> Index:
    """Return the index as the files say it; `sources` is given the lines of what was read.

    Raises:
        ContentError: There is no `course.yaml` from which a course could be made.
    """
    text = read_source(root, "course.yaml", faults)
    tree = parse_yaml(text, "course.yaml", faults) if text is not None else None
    if not isinstance(tree, Branch):
        if tree is not None or not faults:
            wanted = "a mapping with id, languages, title and sections"
            faults.append(fault("field-kind", file="course.yaml", line=1, field="file", wanted=wanted))
        raise ContentError(faults[-1])
    languages = _languages(tree, faults)
    source = Source("course.yaml", languages, faults)
    if sources is not None:
        sources["course.yaml"] = source
    fields = Fields(tree, "", source)
    fields.take("languages")
    version = fields.number("format", FORMAT)
    if version > FORMAT:
        fields.fault("format-newer", "format", version, newest=FORMAT)
        raise ContentError(faults[-1])
    slugs = []
    for name, entry in fields.rows("sections"):
        if not isinstance(entry, Word) or not SLUG.fullmatch(entry):
            fields.fault("slug", name, entry if isinstance(entry, Word) else "", line=entry.line)
        elif str(entry) in slugs:
            fields.fault("id-twice", name, entry, line=entry.line, other="course.yaml")
        else:
            slugs.append(str(entry))
    index = Index(
        id=fields.slug("id") or "course",
        languages=languages,
        title=fields.text("title"),
        about=fields.text("about", optional=True),
        check_by=fields.word("check_by", ""),
        slips=read_texts(fields, "slips"),
        sections=tuple(_section(root, slug, languages, faults, sources) for slug in slugs),
    )
    fields.finish()
    return index


def _languages(tree: Branch, faults: list[Fault]) -> tuple[str, ...]:
    named = tree.get("languages")
    words = [str(word) for word in named if isinstance(word, Word)] if isinstance(named, Row) else []
    found = tuple(dict.fromkeys(word for word in words if _LANGUAGE.fullmatch(word)))
    if not found or not isinstance(named, Row) or len(found) != len(named):
        line = tree.lines.get("languages", tree.line)
        wanted = "a list of languages such as [en, zh]"
        faults.append(
            fault(
                "field-kind",
                file="course.yaml",
                line=line,
                field="languages",
                value=named or "",
                wanted=wanted,
            )
        )
    return found or ("en",)


def _section(
    root: Path,
    slug: str,
    languages: tuple[str, ...],
    faults: list[Fault],
    sources: dict[str, Source] | None,
) -> Section:
    file = f"{slug}/section.yaml"
    source = Source(file, languages, faults)
    if sources is not None:
        sources[file] = source
    text = read_source(root, file, faults)
    return read_section(parse_yaml(text, file, faults) if text is not None else None, source, slug)


def open_index(root: Path, cache: Path | None, faults: list[Fault]) -> Index:
    """Return the index, from the folder `cache` where the course has not changed since."""
    if cache is None:
        return read_index(root, faults)
    name = hashlib.blake2b(str(root.resolve()).encode(errors="surrogateescape"), digest_size=8).hexdigest()
    kept = cache / f"course-{name}.json"
    digest = _digest(root)
    with contextlib.suppress(OSError, msgspec.DecodeError):
        cached = msgspec.json.decode(kept.read_bytes(), type=_Cached)
        if cached.version == VERSION and cached.digest == digest:
            return cached.index
    index = read_index(root, faults)
    index = msgspec.structs.replace(index, keys=_keys(root, index, faults))
    if not faults:
        _keep(kept, _Cached(VERSION, digest, index))
    return index


def _keys(root: Path, index: Index, faults: list[Fault]) -> dict[str, tuple[Key, ...]]:
    return {section.slug: keys_of(load_items(root, section, index.languages, faults)[0]) for section in index.sections}


def load_items(
    root: Path, section: Section, languages: tuple[str, ...], faults: list[Fault]
) -> tuple[tuple[AnyItem, ...], Source]:
    """Return the sound questions of a section, and the lines of everything that was read."""
    file = f"{section.slug}/items.yaml"
    source = Source(file, languages, faults)
    text = read_source(root, file, faults)
    tree = parse_yaml(text, file, faults) if text is not None else None
    return read_items(tree, source, section.id), source


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
