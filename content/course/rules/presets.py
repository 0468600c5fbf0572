"""Presets: their kinds, knobs and values make a recipe, says the caller who knows the recipes; pairs are pairs."""

from __future__ import annotations

from content.course.book import Book
from content.course.preset import Preset
from content.course.sentences import near

SEEDS = 5
"""Runs with different seeds from which an outcome is said."""


def check_presets(book: Book) -> None:
    """Every preset could be started, and beside the one that it names."""
    _measured(book)
    for preset in book.presets.values():
        _pair(book, preset)
        reason = book.refused(preset.kind, {}) if book.refused else None
        if reason:
            line = book.preset_line(preset, "kind")
            book.error("preset-refused", preset.file, "kind", preset.kind, line=line, reason=reason)
        else:
            _wishes(book, preset)


def _measured(book: Book) -> None:
    """What a page starts was run before over several seeds, so that it can promise something."""
    started = {name: f"{page.file}:{line}" for page in book.pages.values() for name, line in page.presets().items()}
    for name, page in sorted(started.items()):
        preset = book.presets.get(name)
        if preset is None:
            continue
        seeds = preset.outcome.get("seeds", 0)
        if not isinstance(seeds, int) or seeds < SEEDS:
            line = book.preset_line(preset, "outcome") or 1
            book.warn("preset-unmeasured", preset.file, "outcome.seeds", seeds, line=line, page=page, wanted=SEEDS)


def _wishes(book: Book, preset: Preset) -> None:
    if book.refused is None:
        return
    whole = book.refused(preset.kind, dict(preset.wishes))
    if not whole:
        return  # whatever a knob alone is refused for, such as data that only suit another start, the others mend
    alone = {
        knob: reason for knob, value in preset.wishes.items() if (reason := book.refused(preset.kind, {knob: value}))
    }
    for knob, reason in alone.items():
        line = book.preset_line(preset, knob)
        book.error("preset-refused", preset.file, f"set.{knob}", preset.wishes[knob], line=line, reason=reason)
    if not alone:
        book.error("preset-refused", preset.file, "set", line=book.preset_line(preset, "set"), reason=whole)


def _pair(book: Book, preset: Preset) -> None:
    """The preset beside it is there, another one, and of the same kind."""
    if not preset.beside:
        return
    line, other = book.preset_line(preset, "beside"), book.presets.get(preset.beside)
    if other is None:
        others = [name for name, each in book.presets.items() if each.kind == preset.kind and each is not preset]
        hint = near(preset.beside, sorted(others))
        book.error("preset-unknown", preset.file, "beside", preset.beside, line=line, hint=hint)
    elif other is preset:
        book.error("preset-beside-itself", preset.file, "beside", preset.beside, line=line)
    elif other.kind != preset.kind:
        book.error("preset-beside-kind", preset.file, "beside", preset.beside, line=line, kind=other.kind)
