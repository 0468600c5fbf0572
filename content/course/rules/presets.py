"""Presets: their kinds, knobs and values make a recipe, says the caller who knows the recipes."""

from __future__ import annotations

from content.course.book import Book
from content.course.preset import Preset


def check_presets(book: Book) -> None:
    """Every preset could be started."""
    for preset in book.presets.values():
        reason = book.refused(preset.kind, {}) if book.refused else None
        if reason:
            line = book.preset_line(preset, "kind")
            book.error("preset-refused", preset.file, "kind", preset.kind, line=line, reason=reason)
        else:
            _wishes(book, preset)


def _wishes(book: Book, preset: Preset) -> None:
    if book.refused is None:
        return
    sound = True
    for knob, value in preset.wishes.items():
        if reason := book.refused(preset.kind, {knob: value}):
            line = book.preset_line(preset, knob)
            book.error("preset-refused", preset.file, f"set.{knob}", value, line=line, reason=reason)
            sound = False
    if sound and (reason := book.refused(preset.kind, dict(preset.wishes))):
        line = book.preset_line(preset, "set")
        book.error("preset-refused", preset.file, "set", line=line, reason=reason)
