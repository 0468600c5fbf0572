"""A course opens quickly, and as far as it is sound."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from content.course.course import Course, bundled, open_course
from content.course.number import NumberItem
from content.course.section import Section
from content.course.text import Text
from content.errors import ContentError
from tests.content.small_course import build, plant


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path / "course")


def test_sections_pages_questions_terms_and_presets_are_there(root: Path) -> None:
    course = open_course(root)
    assert course.id == "small"
    assert course.title.say("zh") == "小课程"
    assert course.slugs == ("steps", "starts")
    assert [section.id for section in course.sections] == ["1.1", "1.2"]
    assert course.section("1.2") is course.section("starts")
    assert [item.kind for item in course.items("starts")] == ["choice", "truth", "short", "match", *["choice"] * 4]
    assert [key.id for key in course.keys("1.2")][:4] == ["ce-start", "lower-is-better", "why-ln", "which-loss"]
    assert course.terms["update"].term.say("zh") == "更新"
    assert course.terms["update"].aka == {"en": ("step",), "zh": ("步",)}
    assert course.presets["plain"].wishes == {"lr": 0.01, "scale": "standard"}
    assert course.presets["plain"].outcome["seeds"] == 5
    assert course.presets["plain"].beside == "slow"
    assert (course.presets["slow"].beside, course.presets["slow"].outcome) == ("", {})
    slip = course.slip("log-base")
    assert slip is not None
    assert slip.say("en") == "the loss has base ten"
    assert course.slip("general") is not None
    assert course.slip("nothing") is None
    page = course.page("starts", "zh")
    assert page is not None
    assert page.title == "起点"
    assert course.faults == ()


def test_what_is_not_there_is_none(root: Path) -> None:
    course = open_course(root)
    assert course.section("9.9") is None
    assert course.page("nowhere", "en") is None
    assert course.items("nowhere") == ()
    assert course.keys("nowhere") == ()
    assert course.item("nothing") is None


def test_a_question_is_found_by_its_id(root: Path) -> None:
    item = open_course(root).item("updates")
    assert isinstance(item, NumberItem)
    assert item.work_out({"n": 60000, "b": 64, "w": 1})["answer"] == 1876


def test_a_section_names_the_question_that_is_asked_before_its_page(root: Path) -> None:
    assert [open_course(root).recall(slug) for slug in ("steps", "starts", "nowhere")] == ["", "", ""]
    plant(root, "starts/section.yaml", "minutes: 2", "minutes: 2\nrecall: why-ln")
    course = open_course(root, cache=root / "cache")
    assert course.recall("1.2") == "why-ln"
    assert open_course(root, cache=root / "cache").recall("starts") == "why-ln"


@pytest.mark.parametrize("name", ["nothing", "ce-start", "updates"])
def test_a_question_that_cannot_be_asked_before_a_page_is_asked_before_none(root: Path, name: str) -> None:
    plant(root, "starts/section.yaml", "minutes: 2", f"minutes: 2\nrecall: {name}")
    assert open_course(root).recall("starts") == ""


def test_sections_stand_in_the_chapter_that_their_number_begins_with(root: Path) -> None:
    chapters = 'chapters: {"1": {en: One, zh: 一}, "1.2": {en: Two, zh: 二}, FAQ: {en: Asked, zh: 问答}}'
    plant(root, "course.yaml", "slips:", f"{chapters}\nslips:")
    index = open_course(root, cache=root / "cache").index
    assert index.chapters["FAQ"].say("zh") == "问答"
    assert [index.chapter(section) for section in index.sections] == ["1", "1.2"]
    numbers = {"1.2.3": "1.2", "1.20": "1", "10": "", "FAQ 3": "FAQ", "FAQS": ""}
    for number, chapter in numbers.items():
        assert index.chapter(Section(id=number, slug="s", title=Text())) == chapter, number


def test_options_keep_their_ids_when_they_are_moved(root: Path) -> None:
    item = open_course(root).item("needs")
    assert item is not None
    assert [option.id for option in getattr(item, "options", ())] == ["right", "right-2", "general", "name"]


def test_a_page_in_a_language_without_one_is_shown_in_another(root: Path) -> None:
    (root / "steps" / "page.zh.md").unlink()
    course = open_course(root)
    page = course.page("steps", "zh")
    assert page is not None
    assert page.language == "en"
    page = course.page("steps", "fr")
    assert page is not None
    assert page.language == "en"


def test_a_text_without_a_language_is_shown_in_another(root: Path) -> None:
    plant(root, "starts/items.yaml", "{en: Match task and loss., zh: 为任务配损失。}", "{en: Match.}")
    course = open_course(root)
    item = course.item("which-loss")
    assert item is not None
    assert item.ask.say("zh") == "Match."


def test_one_broken_question_costs_no_other(root: Path) -> None:
    plant(root, "starts/items.yaml", "answer: false", "answer: perhaps")
    course = open_course(root)
    assert [item.id for item in course.items("starts")][:3] == ["ce-start", "why-ln", "which-loss"]
    assert [fault.code for fault in course.faults] == ["field-kind"]
    assert len(course.items("steps")) == 8


FLAWS = (
    ("steps/items.yaml", "rule: zero < back", "rule: nil < back", "one-update"),
    ("steps/items.yaml", "rule: loss < back < step", "rule: back < step < zero", "one-update"),
    ("steps/items.yaml", "bug: opt.step()", "bug: opt.stop()", "step-early"),
    ("steps/items.yaml", "answer: w * 2 * per", "answer: w * 2 * pre", "updates"),
    ("steps/items.yaml", "per: ceil(n / b)", "per: ceil(n / (b - b))", "updates"),
    ("steps/items.yaml", "adds a [[bias]]", "adds a bias", "neuron"),
    ("steps/items.yaml", "zh: [偏置]", 'zh: ["."]', "neuron"),
    ("starts/items.yaml", "digit: ce}", "digit: ec}", "which-loss"),
    ("starts/items.yaml", "    right: true\n", "", "ce-start"),
)


@pytest.mark.parametrize(("file", "old", "new", "item"), FLAWS)
def test_a_question_that_nobody_could_answer_is_left_out(root: Path, file: str, old: str, new: str, item: str) -> None:
    plant(root, file, old, new)
    course = open_course(root)
    left = [each.id for slug in course.slugs for each in course.items(slug)]
    assert item not in left
    assert len(left) == 15
    assert all(fault.field.startswith(item) for fault in course.faults)
    assert course.faults


def test_a_broken_section_costs_no_other(root: Path) -> None:
    (root / "steps" / "items.yaml").write_text("items: [")
    (root / "steps" / "section.yaml").write_text("- what")
    course = open_course(root)
    assert course.items("steps") == ()
    assert course.sections[0].title.say("en") == "steps"
    assert len(course.items("starts")) == 8


def test_no_course_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as told:
        open_course(tmp_path)
    assert told.value.code == "file-missing"
    assert told.value.fault.file == "course.yaml"


def test_control_characters_are_made_visible_when_read(root: Path) -> None:
    plant(root, "starts/items.yaml", "en: Match task", 'en: "\\e]0;x\\a Match"\n    x: b #')
    plant(root, "starts/page.en.md", "Look around.", "Look \x1b[2J around.")
    plant(root, "presets/plain.toml", '"Plain"', '"\\u001b[31mPlain"')
    course = open_course(root)
    item = course.item("which-loss")
    page = course.page("starts", "en")
    assert page is not None
    shown = repr((item, page, course.presets["plain"], course.faults))
    assert "\\x1b" not in shown
    assert "␛" in course.presets["plain"].title.say("en")
    assert "␛[2J" in shown


def test_the_cached_index_says_the_same_without_reading_yaml(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fresh = open_course(root, cache=cache)
    code = (
        "import sys; from pathlib import Path; from content.course.course import open_course\n"
        f"course = open_course(Path({str(root)!r}), cache=Path({str(cache)!r}))\n"
        "print(course.title.say('en'), [key.id for slug in course.slugs for key in course.keys(slug)])\n"
        "print('yaml' in sys.modules)"
    )
    checkout = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=checkout)
    keys = [key.id for slug in fresh.slugs for key in fresh.keys(slug)]
    assert said.stdout.splitlines() == [f"A small course {keys}", "False"]


def test_a_change_of_the_course_is_seen_through_the_cache(root: Path, tmp_path: Path) -> None:
    open_course(root, cache=tmp_path / "cache")
    plant(root, "starts/items.yaml", "id: ce-start", "id: ce-begin")
    plant(root, "course.yaml", "A small course", "A changed one")
    course = open_course(root, cache=tmp_path / "cache")
    assert course.title.say("en") == "A changed one"
    assert course.keys("starts")[0].id == "ce-begin"


@pytest.mark.parametrize("harm", [b"", b"{", b'{"version": 99}', b"\xff"])
def test_a_broken_cache_is_no_loss(root: Path, tmp_path: Path, harm: bytes) -> None:
    cache = tmp_path / "cache"
    open_course(root, cache=cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(harm)
    assert len(open_course(root, cache=cache).keys("steps")) == 8


def test_a_cache_that_cannot_be_written_is_no_loss(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert open_course(root, cache=tmp_path / "file" / "cache").slugs == ("steps", "starts")


def test_faults_are_met_again_though_there_is_a_cache(root: Path, tmp_path: Path) -> None:
    plant(root, "starts/items.yaml", "type: match", "type: mtach")
    for _ in range(2):
        assert [fault.code for fault in open_course(root, cache=tmp_path / "cache").faults] == ["item-type-unknown"]


def test_a_pipe_in_place_of_a_file_does_not_hang(root: Path) -> None:
    (root / "steps" / "page.en.md").unlink()
    os.mkfifo(root / "steps" / "page.en.md")
    page = open_course(root).page("steps", "en")
    assert page is not None
    assert page.language == "zh"


def test_a_preset_whose_name_steers_the_terminal_is_told_and_left_out(root: Path) -> None:
    (root / "presets" / "\x1b[2J.toml").write_text('kind = "mlp"')
    course = open_course(root)
    assert list(course.presets) == ["plain", "slow"]
    assert [(fault.code, fault.file) for fault in course.faults] == [("slug", "presets/␛[2J.toml")]


def test_opening_parses_no_page_and_no_question(root: Path) -> None:
    for file in ("steps/items.yaml", "steps/page.en.md", "steps/page.zh.md"):
        (root / file).write_text("\x1b")
    course: Course = open_course(root)
    assert course.faults == ()
    assert course.items("steps") == ()
    assert course.faults != ()


def test_the_bundled_course_is_where_it_says() -> None:
    assert (bundled() / "course.yaml").is_file()
