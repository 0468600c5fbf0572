"""What imports what: no two files each other, and the screen's process nothing that makes a learner wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph

HEAVY = {"torch", "torchvision", "transformers", "datasets", "numpy", "pydantic"}

LOADED = (
    "import sys, json; found = {name.partition('.')[0] for name in sys.modules}; "
    "print(json.dumps(sorted(found & set(json.loads(sys.argv[1])))))"
)
"""Says which of the named packages are loaded."""

FIRST_FRAME = """
import asyncio, json, sys
from pathlib import Path
from content.course.course import bundled, open_course
from content.memory.record import open_record
from tui.app import LearncurveApp
from tui.house import House

async def look() -> str:
    home = Path(sys.argv[1])
    record = open_record(home / "record.sqlite").record
    app = LearncurveApp(House(home), open_course(bundled()), record)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        return "\\n".join("".join(segment.text for segment in line) for line in app.screen._compositor.render_strips())

text = asyncio.run(look())
assert "Learncurve" in text, text
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} & set(json.loads(sys.argv[2])))))
"""


def loaded_by(code: str, *words: str) -> set[str]:
    """Return which heavy packages a fresh process has loaded once `code` ran."""
    said = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert said.returncode == 0, said.stderr
    return set(json.loads(said.stdout.splitlines()[-1]))


def circle(graph: ImportGraph) -> list[str]:
    """Return some files of which each imports the one before, and the first the last; none where all is in layers."""
    try:
        TopologicalSorter({file: graph.find_modules_directly_imported_by(file) for file in graph.modules}).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_each_file_stands_above_all_that_it_imports() -> None:
    """An import within a function, or for a type alone, counts too."""
    assert circle(build_graph("content", "engine", "tui")) == []


def test_the_proof_would_see_a_circle() -> None:
    """The same look finds one that is made by a single import from below."""
    graph = build_graph("content", "engine", "tui")
    graph.add_import(importer="tui.screens.base", imported="tui.app")
    assert {"tui.app", "tui.screens.base"} <= set(circle(graph))


def test_the_app_imports_nothing_heavy() -> None:
    """`import tui.app` stays light, however the packages grow."""
    assert loaded_by(f"import tui.app; {LOADED}", json.dumps(sorted(HEAVY))) == set()


def test_the_first_frame_loads_nothing_heavy(tmp_path: Path) -> None:
    """Home is painted before anybody pays for charts or models."""
    tmp_path.joinpath("home").mkdir()
    assert loaded_by(FIRST_FRAME, str(tmp_path / "home"), json.dumps(sorted(HEAVY))) == set()


def test_the_proof_would_see_a_heavy_import() -> None:
    """The same look finds numpy where it is imported."""
    assert loaded_by(f"import numpy; {LOADED}", json.dumps(sorted(HEAVY))) == {"numpy"}


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("train", "--help")])
def test_help_needs_neither_textual_nor_msgspec(words: tuple[str, ...]) -> None:
    """The command line answers before the interface is imported."""
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tui", *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in said.stderr.splitlines()}
    assert imported & {"textual", "rich", "msgspec", "yaml", "sqlite3", "platformdirs"} == set()
