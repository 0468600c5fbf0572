"""A course is searched in both languages, the best first, whatever the width, the case and the spaces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.course.course import open_course
from content.search import finder as finding
from content.search.corpus import EACH, MOST, Corpus, Hit, corpus
from content.search.finder import Finder
from content.search.folding import fold, words
from content.search.scraps import Kind, Scrap, scraps
from content.search.shelf import lines
from content.search.snippet import snippet
from tests.content.small_course import build, plant


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path / "course")


def made(root: Path) -> Corpus:
    course = open_course(root)
    return corpus(scrap for language in course.languages for scrap in scraps(course, language))


def places(hits: list[Hit]) -> list[tuple[str, ...]]:
    return [hit.scrap.place for hit in hits]


def scrap(kind: Kind, text: str, *, language: str = "en", context: str = "", place: str = "") -> Scrap:
    return Scrap(kind, language, (kind, place or text), text, context)


def test_names_of_pages_and_terms_come_before_text(root: Path) -> None:
    hits = made(root).find("update", "en")
    assert [hit.scrap.kind for hit in hits[:3]] == ["term", "heading", "question"]
    assert places(hits)[:2] == [("glossary", "update"), ("page", "steps", "counting")]
    kinds = [hit.scrap.kind for hit in hits]
    assert kinds == sorted(kinds, key=["page", "term", "heading", "question", "said", "text", "part"].index)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("steps", ("page", "steps")),
        ("STARTS", ("page", "starts")),
        ("１．２", ("page", "starts")),
        ("步", ("page", "steps")),
        ("起点", ("page", "starts")),
        ("qidian", ("page", "starts")),
        ("gxin", ("glossary", "update")),
        ("更新", ("glossary", "update")),
        ("mind the order", ("page", "steps", "loop+2")),
        ("注意顺序", ("page", "steps", "loop+2")),
        ("loss.backward", ("question", "steps", "one-update")),
        ("opt.step()", ("question", "steps", "one-update")),
        ("ten epochs", ("page", "steps", "one-batch+2")),
        ("十轮", ("page", "steps", "one-batch+2")),
        ("row of batches", ("page", "steps", "one-batch+3")),
        ("criterion(net(x), y)", ("page", "steps", "loop+3")),
        ("squared error", ("question", "starts", "which-loss")),
        ("一步权重都移动", ("page", "steps", "one-batch+1")),
    ],
)
def test_everything_that_is_seen_is_found(root: Path, wanted: str, place: tuple[str, ...]) -> None:
    for language in ("en", "zh"):
        assert place in places(made(root).find(wanted, language))


def test_what_would_give_an_answer_away_is_not_found(root: Path) -> None:
    """Reasons and rubrics are seen once the question is answered."""
    assert made(root).find("There is no gradient yet", "en") == []
    assert made(root).find("Nothing is known", "en") == []


def test_a_place_is_found_once_in_the_learners_language() -> None:
    both = corpus(
        [scrap("text", "the softmax is here", place="a"), scrap("text", "这里是 softmax", language="zh", place="a")]
    )
    assert [hit.scrap.language for hit in both.find("softmax", "en")] == ["en"]
    assert [hit.scrap.language for hit in both.find("softmax", "zh")] == ["zh"]
    assert [hit.scrap.language for hit in both.find("这里", "en")] == ["zh"]


def test_names_that_begin_so_come_first() -> None:
    named = corpus([scrap("page", name) for name in ("The loss", "Glossary", "Loss functions", "Loss")])
    assert [hit.scrap.text for hit in named.find("loss", "en")] == ["Loss", "Loss functions", "The loss", "Glossary"]


def test_all_words_must_be_there_the_heading_included() -> None:
    told = corpus(
        [
            scrap("text", "ends near ln 10", context="Where a loss starts"),
            scrap("text", "ends near zero", context="What an epoch says"),
        ]
    )
    assert [hit.scrap.text for hit in told.find("ends loss", "en")] == ["ends near ln 10"]
    assert [hit.scrap.text for hit in told.find("loss ends", "en")] == ["ends near ln 10"]
    assert told.find("loss", "en") == []  # the heading itself is a name, its paragraphs do not say it
    assert told.find("loss epoch", "en") == []


def test_chinese_words_that_nobody_parted_are_found_by_most_of_their_pairs() -> None:
    told = corpus([scrap("text", text, language="zh") for text in ("梯度让损失变小", "梯度变小", "损失")])
    hits = told.find("梯度损失", "zh")
    assert [hit.scrap.text for hit in hits] == ["梯度让损失变小"]
    assert hits[0].wanted == ("梯度", "度损", "损失")
    assert told.find("梯度爆炸学", "zh") == []


def test_a_word_of_every_line_brings_the_first_ones_and_some_of_every_kind() -> None:
    many = [scrap("question", f"the question {n}") for n in range(900)] + [
        scrap("text", f"the text {n}") for n in range(900)
    ]
    hits = corpus(many).find("the", "en")
    assert len(hits) == MOST
    assert hits[0].scrap.text == "the question 0"
    assert sum(hit.scrap.kind == "text" for hit in hits) == EACH


@given(st.lists(st.text("ab 损失\n-é", max_size=8), max_size=8), st.text("ab损失", min_size=1, max_size=3))
def test_lines_are_those_that_hold_the_word(texts: list[str], word: str) -> None:
    folded = [fold(text) for text in texts]
    found = lines(texts)
    assert list(found.having(word)) == [at for at, text in enumerate(folded) if word in text]
    assert list(found.having(f"\n{word}")) == [at for at, text in enumerate(folded) if text.startswith(word)]
    assert [found.line(at) for at in range(len(texts))] == folded
    for at, text in enumerate(folded):
        assert found.lacking(at, [word]) == ([] if word in text else [word])


@given(st.lists(st.text("ab 损失c", min_size=1, max_size=9), min_size=1, max_size=12), st.text("ab 损失c", max_size=5))
def test_a_text_is_found_exactly_where_it_holds_all_words(texts: list[str], wanted: str) -> None:
    looked_for = words(wanted)
    told = corpus([scrap("text", text, place=str(at)) for at, text in enumerate(texts)])
    expected = {at for at, text in enumerate(texts) if looked_for and all(word in fold(text) for word in looked_for)}
    hits = told.find(wanted, "en")
    strict = {int(hit.scrap.place[1]) for hit in hits if hit.wanted == tuple(looked_for)}
    assert strict == expected


@pytest.mark.parametrize("wanted", ["", "  ", "\t", "　"])
def test_nothing_wanted_is_nothing_found(root: Path, wanted: str) -> None:
    assert made(root).find(wanted, "en") == []


def test_a_snippet_shows_the_hit_with_what_stands_before_it() -> None:
    text = "word " * 100 + "the softmax of the logits " + "word " * 100
    shown = snippet(text, ["softmax"], 40)
    assert shown.startswith("…")
    assert shown.index("softmax") <= 16
    assert snippet("short\n softmax", ["softmax"], 40) == "short softmax"
    assert snippet("字" * 50 + "损失函数", ["损失函数"], 30).index("损失") <= 8
    assert snippet("no hit at all", ["softmax"], 40) == "no hit at all"


@given(st.text("ab 损失", max_size=2000), st.text("ab损失", min_size=1, max_size=4), st.integers(20, 80))
def test_what_was_found_stands_in_the_first_two_thirds_of_its_snippet(text: str, word: str, room: int) -> None:
    if word in fold(text):
        from content.course.cells import cells

        shown = snippet(text, [word], room)
        if word in fold(" ".join(text.split())):
            assert cells(shown[: fold(shown).find(word)]) <= max(room, 3)


def test_the_corpus_is_kept_until_the_course_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_course(root).index
    first = Finder(root, index, root / "cache")
    assert first.find("steps", "en") == []
    first.load()
    hits = first.find("steps", "en")
    assert places(hits)[0] == ("page", "steps")

    def forbidden(*_: Any) -> Any:
        raise AssertionError("the course was read again")

    with monkeypatch.context() as patch:
        patch.setattr(finding, "section_scraps", forbidden)
        again = Finder(root, index, root / "cache")
        again.load()
        assert again.find("steps", "en") == hits
    plant(root, "steps/page.en.md", "Mind the order", "Mind the zebra")
    third = Finder(root, index, root / "cache")
    third.load()
    assert places(third.find("zebra", "en")) == [("page", "steps", "loop+2")]


def test_a_broken_file_is_made_again_and_one_that_cannot_be_written_is_no_loss(root: Path) -> None:
    index, cache = open_course(root).index, root / "cache"
    Finder(root, index, cache).load()
    (file,) = cache.glob("search-*")
    file.write_bytes(b"\xc1broken")
    again = Finder(root, index, cache)
    again.load()
    assert again.find("steps", "en")
    (root / "wall").write_text("a file where a folder is wanted")
    walled = Finder(root, index, root / "wall")
    walled.load()
    assert walled.find("steps", "en")


def test_loading_that_is_stopped_leaves_nothing_behind(root: Path) -> None:
    finder = Finder(root, open_course(root).index, root / "cache")
    finder.load(stopped=lambda: True)
    assert finder.corpus is None
    assert not (root / "cache").exists()
    finder.load()
    assert finder.corpus is not None
