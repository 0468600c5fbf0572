"""A preset: settings of a run that a page starts.

`presets/NAME.toml` has `kind`, `title`, `note` and `learns`, a table `[set]` of knobs, a table `[outcome]` of what was
measured, and, where the run is to be seen beside another one, `beside = "OTHER"`: a preset of the same kind.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import msgspec

from content.course.fields import SLUG
from content.course.sentences import fault, near
from content.course.source import read_source
from content.course.text import Text
from content.course.visible import visible
from content.errors import Fault

KNOWN = ("kind", "title", "note", "learns", "beside", "set", "outcome")


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """A preset.

    Attributes:
        kind: The recipe, such as "mlp".
        note: What it shows, in one sentence.
        learns: False for a fault on purpose.
        beside: The preset that this one is compared with, "" for none.
        wishes: Values by knob; whoever knows the recipes says whether they are sound.
        outcome: What was measured: `seeds`, how many runs, and by figure its lowest, median and highest value.
    """

    name: str
    kind: str
    title: Text
    note: Text
    learns: bool = True
    beside: str = ""
    wishes: dict[str, Any] = {}
    outcome: dict[str, Any] = {}
    file: str = ""


def read_presets(
    root: Path, languages: tuple[str, ...], faults: list[Fault], texts: dict[str, str] | None = None
) -> dict[str, Preset]:
    """Return the sound presets of a course by name; `texts` is given the text of every file."""
    presets = {}
    for path in sorted((root / "presets").glob("*.toml")):
        file = f"presets/{path.name}"
        if not SLUG.fullmatch(path.stem):
            faults.append(fault("slug", file=file, field="file", value=path.stem))
            continue
        text = read_source(root, file, faults)
        if text is None:
            continue
        if texts is not None:
            texts[file] = text
        preset = read_preset(text, path.stem, file, languages, faults)
        if preset:
            presets[preset.name] = preset
    return presets


def read_preset(text: str, name: str, file: str, languages: tuple[str, ...], faults: list[Fault]) -> Preset | None:
    """Return the preset, None where it cannot be used."""
    import tomllib  # only where a preset is wanted

    def tell(code: str, field: str, value: object = "", line: int = 0, **more: object) -> None:
        where = line or line_of(text, field) or 1
        faults.append(fault(code, file=file, line=where, field=field, value=value, **more))

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers of too many digits, brackets in brackets
        found = re.search(r"line (\d+)", str(error))
        tell("toml", "file", line=int(found[1]) if found else text.count("\n") + 1, reason=str(error))
        return None
    for field in table:
        if field not in KNOWN:
            tell("field-unknown", field, field, hint=near(field, KNOWN))
    kind, learns, wishes = table.get("kind"), table.get("learns", True), table.get("set", {})
    outcome, beside = table.get("outcome", {}), table.get("beside", "")
    if not isinstance(outcome, dict) or not all(map(_measured, outcome.values())):
        tell("field-kind", "outcome", wanted="a table of numbers, or of [lowest, median, highest]")
        outcome = {}
    if not isinstance(kind, str) or not kind:
        tell("field-missing", "kind")
        return None
    if not isinstance(learns, bool):
        tell("field-kind", "learns", learns, wanted="true or false")
    if not isinstance(beside, str):
        tell("field-kind", "beside", beside, wanted="the name of a preset")
        beside = ""
    if not isinstance(wishes, dict):
        tell("field-kind", "set", wishes, wanted="a table of settings")
        return None
    title, note = (_text(table.get(field), field, languages, tell) for field in ("title", "note"))
    safe = {visible(knob): visible(value) if isinstance(value, str) else value for knob, value in wishes.items()}
    return Preset(
        name=name,
        kind=visible(kind),
        title=title,
        note=note,
        learns=bool(learns),
        beside=visible(beside),
        wishes=safe,
        outcome={visible(name): value for name, value in outcome.items()},
        file=file,
    )


def _measured(value: Any) -> bool:
    """Return whether a value is a number, or three in rising order."""
    if isinstance(value, list):
        return len(value) == 3 and all(map(_number, value)) and value == sorted(value)
    return _number(value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def line_of(text: str, field: str) -> int:
    """Return the line of a TOML text that sets a field, 0 where none does."""
    name = re.escape(field.split(".")[-1])
    found = re.search(rf'^\s*\[?\s*"?{name}"?\s*[\]=.]', text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 0


def _text(value: Any, field: str, languages: tuple[str, ...], tell: Any) -> Text:
    if isinstance(value, str) and value:
        return Text({"": visible(value)})
    if not isinstance(value, dict):
        tell("field-missing" if value in (None, "") else "field-kind", field, wanted="a text")
        return Text()
    words = {}
    for language, said in value.items():
        if language not in languages:
            tell("language-unknown", field, language, languages=", ".join(languages))
        elif isinstance(said, str) and said.strip():
            words[language] = visible(said)
    for language in languages:
        if language not in words:
            tell("language-missing", field, language=language)
    return Text(words)
