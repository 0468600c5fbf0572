"""Whatever a course holds: to open it and to check it starts nothing, compiles nothing, reaches nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.content.small_course import build, plant

LOOK = """
import sys
from datetime import date
from pathlib import Path
from content.course.course import open_course
from content.course.linter import check

FORBIDDEN = ("compile", "exec", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.putenv",
    "subprocess.Popen", "socket.connect", "socket.getaddrinfo", "pickle.find_class", "marshal.loads", "ctypes.dlopen",
    "os.remove", "os.rename", "os.mkdir", "webbrowser.open")
seen, watching = [], False

def note(event, given):
    if watching and (event in FORBIDDEN or (event == "open" and any(sign in str(given[1]) for sign in "wax+"))):
        seen.append((event, str(given)[:200]))

sys.addaudithook(note)
for root in map(Path, sys.argv[1:]):  # the first two have what is imported for sound and for faulty courses
    watching = root == Path(sys.argv[-1])
    course = open_course(root)
    for slug in course.slugs:
        course.items(slug)
        for language in course.languages:
            course.page(slug, language)
    course.terms, course.presets, course.faults
    report = check(root, lambda kind, wishes: None, today=date(2026, 1, 1))
print(len(report.errors) > 0, seen)
compile("1", "x", "eval")
print(len(seen))  # the look would have seen it
"""


def spoil(root: Path) -> Path:
    """Plant in a course what would be executed by careless readers."""
    build(root)
    plant(root, "steps/items.yaml", "id: one-update", 'id: !!python/object/apply:os.system ["touch executed"]')
    plant(root, "starts/items.yaml", "ask: {en: Match", "ask: {de: !!python/name:os.system , en: Match")
    plant(root, "steps/items.yaml", "per: ceil(n / b)", "per: __import__('os').system('touch executed')")
    plant(root, "steps/page.en.md", "{=10*per}", "{=__import__('os').getcwd()}")
    plant(root, "steps/page.en.md", "criterion(net(x), y)", "__import__('os').system('touch executed')")
    plant(root, "presets/plain.toml", "lr = 0.01", "lr = \"__import__('os').system('touch executed')\"")
    return root


def test_neither_opening_nor_checking_executes_anything(tmp_path: Path) -> None:
    sound, warm, hostile = build(tmp_path / "sound"), spoil(tmp_path / "warm"), spoil(tmp_path / "hostile")
    words = [str(each) for each in (sound, warm, hostile)]
    said = subprocess.run(
        [sys.executable, "-B", "-c", LOOK, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert said.stderr == ""
    assert said.stdout == "True []\n1\n"
    assert list(tmp_path.rglob("executed")) == []
