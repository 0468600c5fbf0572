"""A recipe as rows: every knob, its value, and what was changed."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from content.course.visible import visible
from engine.recipes import KINDS, Recipe, Value, spelled
from tui.glyphs import Glyphs
from tui.widgets.run.moment import Moment
from tui.words import Words

Row = tuple[str, str, str]
"""A knob, its value, and its default where the value is another one, else ""."""


def rows(recipe: Recipe) -> list[Row]:
    """Return every knob of a recipe in the order of its kind; those that this program does not know come last."""
    known = {knob.name: knob.default for knob in KINDS[recipe.kind].knobs} if recipe.kind in KINDS else {}
    names = [name for name in known if name in recipe.knobs] + [name for name in recipe.knobs if name not in known]
    return [
        (
            visible(name),
            visible(spelled(recipe.knobs[name])),
            spelled(known[name]) if _differs(recipe, name, known) else "",
        )
        for name in names
    ]


def lines(moment: Moment, words: Words, glyphs: Glyphs) -> list[Content]:
    """Return the rows in colours: what the learner changed is amber, and marked."""
    table = rows(moment.recipe)
    names = max((cell_len(name) for name, _, _ in table), default=0)
    values = max((cell_len(value) for _, value, _ in table), default=0)
    found = [Content.styled(f"  {words('run.recipe-title')}", "$quiet")]
    for name, value, default in table:
        mark = f"{glyphs.mark} " if default else "  "
        knob = Content.styled(mark, "$learner") + Content.styled(name.ljust(names + 2), "$quiet")
        was = Content.styled(words("run.recipe-default", value=default), "$quiet") if default else Content("")
        padding = " " * (values - cell_len(value) + 2)
        found.append(knob + Content.styled(value + padding, "$learner bold" if default else "$foreground") + was)
    if moment.recipe.preset:
        found += [
            Content(""),
            Content.styled("  " + words("run.recipe-preset", name=visible(moment.recipe.preset)), "$quiet"),
        ]
    versions = moment.progress.planned.versions if moment.progress.planned else {}
    if versions:
        said = "  ".join(f"{visible(name)} {visible(version)}" for name, version in versions.items())
        found += [Content(""), Content.styled("  " + said, "$quiet")]
    return found


def _differs(recipe: Recipe, name: str, known: dict[str, Value]) -> bool:
    return name in known and spelled(recipe.knobs[name]) != spelled(known[name])
