"""The wheel carries all that a learner needs, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LOOK = """
import json, sys
from content.course.course import bundled, open_course
from content.course.skeleton import authoring, example
from content.search.pinyin import readings
from engine.datasets import CLASSICS, CORPUS, DIGITS, REVIEWS, TOPICS
from engine.runs.starts import resolve
from tui.words import Words
import tui.app
course = open_course(bundled())
slugs = [section.slug for section in course.sections]
pages = [course.page(slug, language).title for slug in slugs for language in course.languages]
print(json.dumps({
    "files": [tui.app.__file__, str(bundled())],
    "pages": pages,
    "items": sum(len(course.items(slug)) for slug in slugs),
    "digits": sum(len(file.unpacked()) for file in DIGITS),
    "texts": sum(len(file.read()) for file in (CLASSICS, CORPUS, REVIEWS, TOPICS)),
    "weights": sorted(path.name for path in resolve("shipped", __import__("pathlib").Path()).path.iterdir()),
    "css": (__import__("pathlib").Path(tui.app.__file__).parent / "app.tcss").is_file(),
    "words": Words("zh")("keys.title"),
    "pinyin": readings()["熵"],
    "new course": sorted(example(authoring())),
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as a learner's pip would, offline, into a folder of its own."""
    target = tmp_path_factory.mktemp("site")
    words = ["install", "--quiet", "--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", *words, "--target", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def test_the_wheel_has_no_tests(installed: Path) -> None:
    """Only the three packages and their own description are installed."""
    names = {entry.name for entry in installed.iterdir() if not entry.name.startswith("learncurve-")} - {"bin"}
    assert names == {"content", "engine", "tui"}


def test_course_data_css_and_words_open_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """From another folder, so that nothing of the checkout helps."""
    import json

    said = subprocess.run(
        [sys.executable, "-P", "-c", LOOK],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert all(Path(file).is_relative_to(installed) for file in found["files"])
    folders = [path.parent.name for path in (ROOT / "content" / "library" / "large-models").glob("*/section.yaml")]
    assert len(found["pages"]) == 2 * len(folders)
    assert found["pinyin"] == ["shang"]
    assert "反向传播" in found["pages"]
    assert found["items"] >= 34
    assert found["digits"] > 1_000_000
    assert found["css"] is True
    assert "heads/page.zh.md" in found["new course"]
    assert found["words"] == "本屏按键"
    assert found["texts"] > 2_500_000
    model = {"README.md", "config.json", "curve.json", "model.safetensors", "recipe.json", "tokenizer.json"}
    assert model <= set(found["weights"])
