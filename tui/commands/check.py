"""`learncurve course check [DIR]`: read a course, execute nothing, name every fault; its code only where asked to."""

from __future__ import annotations

from datetime import date

import msgspec

from content.course.linter import check
from engine.errors import RecipeError
from engine.recipes import KINDS
from tui.app_start import course_folder
from tui.commands.asked import Asked, say_json
from tui.commands.run_code import run_code
from tui.faults import line
from tui.start import asked as asked_recipe
from tui.widgets.demos.catalogue import NAMES


def refused(kind: str, wishes: dict[str, object]) -> str | None:
    """Return why a recipe would be refused, None where it is sound."""
    if kind not in KINDS:
        return f"there is no recipe {kind}; there are {', '.join(KINDS)}"
    try:
        asked_recipe(kind, wishes)
    except RecipeError as problem:
        return str(problem)
    return None


def run(asked: Asked) -> int:
    """Print every error with file, line, field and value; status 1 where there is any."""
    folder = course_folder(asked.given.folder or asked.course)
    report = check(folder, refused, demos=NAMES, today=date.today())
    ran = run_code(folder, asked) if asked.given.run_code else None
    errors = [*report.errors, *(ran.errors if ran else ())]
    warnings = [*report.warnings, *(ran.warnings if ran else ())]
    if asked.json:
        answer = {"version": 1, "errors": errors, "warnings": warnings, "counts": report.counts}
        say_json(msgspec.to_builtins(answer) | ({"programs": ran.plain()} if ran else {}))
    else:
        for fault in (*errors, *warnings):
            print(line(fault, asked.words))
        if ran:
            print(asked.words("cli.ran-all", count=len(ran.outcomes)))
        print(asked.words("cli.checked", errors=len(errors), warnings=len(warnings)))
    return 1 if errors else 0
