"""How a cell looks, as the terminal is told of it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.strip import SGR_STYLES, Strip

from tui.painting.nearest import shown_as


class Look(NamedTuple):
    """The codes of a style, each "" where it has none; `link` is the body of a hyperlink."""

    attributes: str
    colour: str
    ground: str
    link: str


PLAIN = Look("", "", "", "")

ANY = "*"
"""Stands for attributes and a colour that nobody sees, in a blank."""

SEEN_IN_BLANKS = {"4", "5", "6", "7", "9", "21", "51", "52", "53"}
"""Attributes of which a blank shows something: lines, frames, and colours that are reversed."""

Cell = tuple[str, Look]
"""A letter with the marks upon it; the second cell of a wide letter is ""."""


def look_of(style: Style | None, system: ColorSystem) -> Look:
    """Return how a style looks; what else it carries (what a click does) is not seen."""
    if style is None:
        return PLAIN
    attributes = style._attributes & style._set_attributes
    link = f"id={style._link_id};{style._link}" if style._link else ""
    return _look(attributes, style._color, style._bgcolor, link, system)


@lru_cache(maxsize=4096)
def _look(attributes: int, colour: Color | None, ground: Color | None, link: str, system: ColorSystem) -> Look:
    return Look(
        ";".join(code for bit, code in enumerate(SGR_STYLES) if attributes >> bit & 1),
        "" if colour is None else ";".join(shown_as(colour, system).get_ansi_codes()),
        "" if ground is None else ";".join(shown_as(ground, system).get_ansi_codes(foreground=False)),
        link,
    )


@lru_cache(maxsize=4096)
def blank_of(look: Look) -> Look:
    """Return what is seen of a look in a blank: most often its ground alone."""
    return look if seen_in_blanks(look.attributes) else look._replace(attributes=ANY, colour=ANY)


def seen_in_blanks(attributes: str) -> bool:
    """Return whether a blank shows something of attributes."""
    return not SEEN_IN_BLANKS.isdisjoint(attributes.split(";"))


def cells_of(strip: Strip, system: ColorSystem) -> list[Cell] | None:
    """Return a strip cell by cell; None where its letters do not add up to its width, as in some emoji."""
    found: list[Cell] = []
    for text, style, _ in strip:
        look = look_of(style, system)
        blank = (" ", blank_of(look))
        if text.isascii():
            found += [blank if letter == " " else (letter, look) for letter in text]
            continue
        for letter in text:
            width = cell_len(letter)
            if letter == " ":
                found.append(blank)
            elif width:
                found += ((letter, look), ("", look)) if width == 2 else ((letter, look),)
            elif found:
                at = -1 if found[-1][0] else -2
                found[at] = (found[at][0] + letter, found[at][1])
    return found if len(found) == strip.cell_length else None
