"""Both languages say everything, with the same values."""

from __future__ import annotations

import errno
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest

from content.course.sentences import fault
from engine.errors import RunError
from tui.__main__ import main
from tui.faults import line
from tui.reasons import COMMON, reason
from tui.sentences import LANGUAGES, flat, locale_file, read
from tui.text.joining import joined
from tui.words import Words

AREAS = sorted({entry.name for lang in LANGUAGES for entry in files("tui").joinpath("locales", lang).iterdir()})
CODE = re.compile(r'code="([a-z-]+)"|\(\s*"(store-[a-z-]+)",')
PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")


ERRORS = ("errors.toml", "faults.toml")
"""English sentences of errors stand where the errors are raised; other languages keep theirs by code."""


@pytest.mark.parametrize("area", [name.removesuffix(".toml") for name in AREAS if name not in ERRORS])
def test_every_sentence_exists_in_both_languages_with_the_same_placeholders(area: str) -> None:
    """A key that one language lacks, or a value that it does not name, is a hole that a learner falls into."""
    english = dict(flat(read(locale_file("en", area))))
    for language in LANGUAGES[1:]:
        other = dict(flat(read(locale_file(language, area))))
        assert other.keys() == english.keys()
        for key, sentence in other.items():
            assert set(PLACEHOLDER.findall(sentence)) == set(PLACEHOLDER.findall(english[key])), key


def test_a_chinese_sentence_is_chinese() -> None:
    """Sentences of more than a name must hold Chinese letters, or they were forgotten."""
    for area in AREAS:
        for key, sentence in flat(read(locale_file("zh", area.removesuffix(".toml")))):
            if key.startswith(("english", "keys.english")):
                continue
            plain = PLACEHOLDER.sub("", sentence)
            if len(plain.split()) > 3:
                assert re.search(r"[\u4e00-\u9fff]", plain), f"{area}: {key}"


def test_every_error_has_a_chinese_sentence_and_none_is_left_over() -> None:
    """An error's code is looked up: a code without a sentence would be said in English."""
    root = Path(__file__).parent.parent.parent
    folders = ("engine", "content/memory", "content/exports", "tui")
    sources = [file for folder in folders for file in (root / folder).rglob("*.py")]
    texts = [file.read_text(encoding="utf-8") for file in sources]
    raised = {code for text in texts for pair in CODE.findall(text) for code in pair if code}
    raised |= {f"knob-{kind}" for kind in ("flag", "choice", "sizes", "int", "float", "text")}
    said = set(dict(flat(read(locale_file("zh", "errors")))))
    assert raised - said == set()
    assert said - raised == set()


def test_a_missing_sentence_is_its_key_and_stops_nobody() -> None:
    """A hole shows its name instead of a traceback."""
    assert Words("zh")("app.no-such-sentence") == "app.no-such-sentence"


def test_an_error_is_said_in_the_language_where_its_code_has_a_sentence() -> None:
    """The engine speaks English; the screen knows its codes."""
    from engine.recipes import KINDS, recipe

    with pytest.raises(ValueError, match="must be a number") as caught:
        recipe(KINDS["mlp"], {"lr": "fast"})
    assert "fast" in Words("zh").error(caught.value)
    assert re.search(r"[\u4e00-\u9fff]", Words("zh").error(caught.value))


def test_names_in_a_chinese_sentence_are_parted_as_chinese_parts_them() -> None:
    """The engine joins them as English does."""
    from engine.recipes import KINDS, recipe

    with pytest.raises(ValueError, match="must be one of gd, sgd") as caught:
        recipe(KINDS["mlp"], {"optimizer": "x"})
    assert Words("zh").error(caught.value) == "optimizer=x：必须是 gd、sgd、momentum、adam、adamw 之一。"


def test_every_list_in_a_chinese_sentence_is_asked_for_as_a_list() -> None:
    """What a sentence ends with after "there are" or "one of" is a list."""
    for area in AREAS:
        for key, sentence in flat(read(locale_file("zh", area.removesuffix(".toml")))):
            if area != "cli.toml":  # what argparse joins is parted by `cli.comma`
                assert not re.search(r"(可用的有|必须是|内置数据有) \{\w+\}( 之一|。|（)", sentence), f"{area}: {key}"


@pytest.mark.parametrize("name", COMMON)
def test_why_the_system_refused_is_said_in_chinese(name: str, tmp_path: Path) -> None:
    """In an error of the engine, and in a fault of a course."""
    why = os.strerror(getattr(errno, name))
    problem = RunError(f"x cannot be written: {why}.", code="run-unwritable", path="x", why=why)
    faulty = fault("folder-unwritable", file="x", reason=why)
    assert why in Words("en").error(problem)
    for said in (Words("zh").error(problem), line(faulty, Words("zh"))):
        assert why not in said
        assert Words("zh")(f"system.{name}") in said


def test_what_the_system_says_seldom_is_said_as_it_says_it() -> None:
    assert reason("Too many levels of symbolic links", Words("zh")) == "Too many levels of symbolic links"


async def test_home_that_cannot_be_written_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the real command line, and by the doctor."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(["--home", str(tmp_path / "file" / "home"), "runs"]) == 1
    assert "（路径中有一段不是目录）" in capsys.readouterr().err
    main(["--home", str(tmp_path / "file" / "home"), "doctor"])
    assert "home: 路径中有一段不是目录" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "said"),
    [("Adam", "押的是 Adam。空格走一步，enter 走十步。"), ("动量", "押的是动量。空格走一步，enter 走十步。")],
)
def test_a_latin_name_has_its_spaces_in_a_chinese_sentence(name: str, said: str) -> None:
    """And a Chinese one has none; in English nothing is added."""
    assert Words("zh")("demo_race.bet", name=name) == said
    assert Words("zh")("demo_race.nobody", name="Adam").endswith("押在 Adam 上的还没有结果。")
    assert Words("en")("demo_race.bet", name="动量") == Words("en").find("demo_race.bet").replace("{name}", "动量")  # type: ignore[union-attr]  # it is there


def test_sentences_in_a_row_are_parted_once() -> None:
    assert joined("答对了。", "", "猜中了。") == "答对了。猜中了。"
    assert joined("Right.", "You guessed.") == "Right. You guessed."
    assert joined("共 3 题", "Adam") == "共 3 题 Adam"
