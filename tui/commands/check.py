"""`learncurve course check [DIR]`: read a course, execute nothing, name every fault; its code only where asked to."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import msgspec

from content.course.linter import check
from content.course.stamp import Stamp, course_files, stamp
from content.errors import Fault
from tui.app_start import course_folder
from tui.commands.asked import Asked, say_json
from tui.commands.run_code import run_code
from tui.faults import line
from tui.start import refused
from tui.widgets.demos.catalogue import NAMES

LOOK_SECONDS = 0.5
SETTLE_SECONDS = 0.1


def run(asked: Asked) -> int:
    """Print every error with file, line, field and value; status 1 where there is any."""
    folder = course_folder(asked.given.folder or asked.course)
    return watch(folder, asked) if asked.given.watched else checked(folder, asked)


def watch(folder: Path, asked: Asked) -> int:
    """Check, and check again whenever a file was saved, until ctrl+C; return the last status."""
    status, shown = 0, None
    try:
        while True:
            now = stamp(folder, course_files(folder))
            if now != shown and (shown is None or _settled(folder, now)):
                status, shown = checked(folder, asked), now
                if not asked.json:
                    print(asked.words("cli.watching", time=f"{datetime.now():%H:%M:%S}"), flush=True)
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        return status


def _settled(folder: Path, now: Stamp) -> bool:
    """Return whether whoever saved is done with it."""
    time.sleep(SETTLE_SECONDS)
    return stamp(folder, course_files(folder)) == now


def checked(folder: Path, asked: Asked) -> int:
    """Check once."""
    report = check(folder, refused, demos=NAMES, today=date.today())
    ran = run_code(folder, asked) if asked.given.run_code else None
    errors = [*report.errors, *(ran.errors if ran else ())]
    warnings = [*report.warnings, *(ran.warnings if ran else ())]
    if asked.json:
        answer = {"version": 1, "errors": errors, "warnings": warnings, "counts": report.counts}
        say_json(msgspec.to_builtins(answer) | ({"programs": ran.plain()} if ran else {}))
    else:
        for fault in (*errors, *warnings):
            print(line(fault if folder.is_dir() else whole(fault, folder), asked.words))
        if ran:
            print(asked.words("cli.ran-all", count=len(ran.outcomes)))
        print(asked.words("cli.checked", errors=len(errors), warnings=len(warnings)))
    return 1 if errors else 0


def whole(fault: Fault, folder: Path) -> Fault:
    """Return a fault with its file's whole path: where there is no folder, that is what was written wrong."""
    return msgspec.structs.replace(fault, file=str(folder / fault.file))
