"""Both languages say everything, with the same values."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from tui.text.joining import joined
from tui.words import LANGUAGES, Words, flat, locale_file, read

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
