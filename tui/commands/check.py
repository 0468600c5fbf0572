"""`learncurve course check [DIR]`: read a course, execute nothing, name every fault."""

from __future__ import annotations

from datetime import date

import msgspec

from content.course.linter import check
from engine.errors import RecipeError
from engine.recipes import KINDS
from tui.app_start import course_folder
from tui.commands.asked import Asked, say_json
from tui.start import asked as asked_recipe


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
    report = check(course_folder(asked.given.folder or asked.course), refused, today=date.today())
    if asked.json:
        plain = msgspec.to_builtins(report)
        say_json(
            {
                "version": 1,
                "errors": plain["errors"],
                "warnings": plain["warnings"],
                "counts": plain["counts"],
            }
        )
    else:
        for fault in (*report.errors, *report.warnings):
            print(fault)
        print(asked.words("cli.checked", errors=len(report.errors), warnings=len(report.warnings)))
    return 1 if report.errors else 0
