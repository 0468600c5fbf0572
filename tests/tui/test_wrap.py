"""Paragraphs of English and Chinese become full lines that begin and end as they may."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from textual._cells import cell_len

from tui.text.breaks import ASCII_CLOSERS, CLOSERS, OPENERS, breaks, characters
from tui.text.cells import cells
from tui.text.folding import folded, folds
from tui.text.span import Line, Span, plain
from tui.text.wrap import wrap

HAN = "的一是在反向传播把损失对每个参数梯度层从输出算回入先最后再责任往前分摊这就链式法则没有别魔"
WIDE_CLOSERS = "，。、；：！？）」』】》"
WIDE_OPENERS = "（「『【《"

han = st.text(HAN, min_size=3, max_size=14)
clause = st.tuples(st.sampled_from(["", *WIDE_OPENERS]), han, st.sampled_from(WIDE_CLOSERS)).map("".join)
chinese = st.lists(st.one_of(clause, clause, st.just("……"), st.just("——")).map(str), min_size=4, max_size=40)
word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=11)
latin = st.tuples(st.sampled_from(["", "(", "“"]), word, st.sampled_from(["", "", ",", ".", ";", "!", ")", "”"]))
mixed = st.lists(
    st.one_of(clause, han, latin.map(lambda parts: " " + "".join(parts) + " "), st.sampled_from(["64", "，", "1%"])),
    min_size=1,
    max_size=30,
)
widths = st.integers(30, 76)


def texts(lines: list[Line]) -> list[str]:
    return [plain(line) for line in lines]


def squeezed(text: str) -> str:
    return "".join(text.split())


def sentence(parts: list[str]) -> str:
    """Return clauses as prose: what only closes or pauses follows a word, never a sentence's beginning."""
    return "传" + "播".join(parts)


@given(chinese.map(sentence), widths)
def test_pure_chinese_fills_nine_tenths_of_every_line_but_the_last(text: str, width: int) -> None:
    lines = texts(wrap([Span(text)], width))
    for line in lines[:-1]:
        assert cell_len(line) >= 0.9 * width, (line, width)


@given(
    st.lists(st.tuples(han, st.sampled_from(["。」", "？）", "，", "！”"])).map("".join), min_size=2),
    st.integers(50, 76),
)
def test_doubled_closing_punctuation_leaves_no_hole(clauses: list[str], width: int) -> None:
    for line in texts(wrap([Span("".join(clauses))], width))[:-1]:
        assert cell_len(line) >= 0.9 * width, (line, width)


@given(mixed.map("".join), widths, st.sampled_from([1, 2]))
@example("传播（loss）" * 9, 30, 1)
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int, ambiguous: int) -> None:
    lines = texts(wrap([Span(text)], width, ambiguous))
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(cells(line, ambiguous) <= width for line in lines)
    assert all(line == line.strip() for line in lines)


@given(st.lists(clause, min_size=1, max_size=30).map("".join), widths)
def test_no_line_begins_or_ends_with_forbidden_punctuation(text: str, width: int) -> None:
    lines = texts(wrap([Span(text)], width))
    assert not [line for line in lines[1:] if line[0] in CLOSERS]
    assert not [line for line in lines[:-1] if line[-1] in OPENERS]


@given(mixed.map("".join), widths)
def test_mixed_text_obeys_the_same_rules(text: str, width: int) -> None:
    lines = texts(wrap([Span(text)], width))
    longest_run = max(
        map(len, "".join("x" if c in CLOSERS | OPENERS | ASCII_CLOSERS else " " for c in text).split()),
        default=0,
    )
    if longest_run > 8:
        return
    assert not [line for line in lines[1:] if line[0] in CLOSERS or line[0] in ",;:!?)]}"], lines
    assert not [line for line in lines[:-1] if line[-1] in OPENERS], lines


@given(st.lists(word, min_size=1, max_size=40), st.integers(12, 76))
def test_english_words_stay_whole(words: list[str], width: int) -> None:
    lines = texts(wrap([Span(" ".join(words))], width))
    assert " ".join(lines).split() == words


@given(st.lists(st.tuples(word, st.sampled_from(["", "em", "code"])), min_size=1, max_size=20), widths)
@settings(max_examples=50)
def test_styles_stay_with_their_letters(pieces: list[tuple[str, str]], width: int) -> None:
    spans = [Span(f"{text} ", style, target=style) for text, style in pieces]
    seen = [(c, s.style, s.target) for line in wrap(spans, width) for s in line for c in s.text if c != " "]
    assert seen == [(c, style, style) for text, style in pieces for c in text]


def test_an_overlong_word_is_split_and_begins_on_the_line_before() -> None:
    lines = texts(wrap([Span("see " + "x" * 70 + " there")], 30))
    assert all(cell_len(line) <= 30 for line in lines)
    assert lines[0].startswith("see x")
    assert "".join(lines).replace(" ", "") == "see" + "x" * 70 + "there"


def test_inline_code_is_divided_only_where_it_must_and_then_beside_a_sign() -> None:
    code = Span("optimizer.zero_grad(set_to_none = True)", "code", whole=True)
    for width in range(cell_len(code.text) + cell_len("，"), 77):
        lines = texts(wrap([Span("一定要先调用"), code, Span("，再反向传播，再更新参数。" * 3)], width))
        assert any(code.text in line for line in lines), width
    assert texts(wrap([code], 30))[0].endswith(("_", "("))


def test_a_number_keeps_the_unit_that_a_no_break_space_joins_to_it() -> None:
    for width in range(12, 60):
        for line in texts(wrap([Span("this model takes about 512\u00a0MB of memory while it is training")], width)):
            assert ("512" in line) == ("MB" in line)


def test_english_punctuation_never_begins_a_line_after_chinese() -> None:
    for width in range(30, 77):
        lines = texts(wrap([Span("损失函数" * 9 + ", 梯度" * 9 + "(约 2.3). 更新! " * 6)], width))
        assert not [line for line in lines if line[0] in ASCII_CLOSERS]


def test_a_compound_breaks_after_its_hyphen_and_a_minus_does_not() -> None:
    assert texts(wrap([Span("the cross-entropy")], 12)) == ["the cross-", "entropy"]
    assert all(not line.endswith("-") for line in texts(wrap([Span("784-128-10 and -ln 2 and --set lr")], 12)))


def test_an_earlier_line_gives_a_character_where_a_later_one_would_have_a_hole() -> None:
    """Line by line the second row would be 26 of 30 cells: what follows it must stay together."""
    text = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八（好。）六七"
    lines = texts(wrap([Span(text)], 30))
    assert [cell_len(line) for line in lines[:2]] == [28, 28]


def test_chinese_takes_what_the_next_line_would_begin_with() -> None:
    text = "一二三四五六七八九十一二三四五。六七"
    assert texts(wrap([Span(text)], 30)) == ["一二三四五六七八九十一二三四", "五。六七"]


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_white_space_alone_makes_no_line(text: str) -> None:
    assert wrap([Span(text)], 30) == []


def test_ambiguous_characters_count_two_where_the_terminal_says_so() -> None:
    text = "“α → β” × “γ → δ” " * 8
    assert all(cells(line, 2) <= 30 for line in texts(wrap([Span(text)], 30, 2)))
    assert any(cells(line, 2) > 30 for line in texts(wrap([Span(text)], 30, 1)))


@given(st.text(max_size=60), st.integers(2, 30))
def test_any_text_at_all_ends_in_lines_that_fit(text: str, width: int) -> None:
    lines = texts(wrap([Span(text)], width))
    assert all(cell_len(line) <= width for line in lines)


@given(mixed.map("".join), st.integers(4, 60))
@example("先别急，这是典型的表格数据，只有 8,000 行。先试梯度提升树。", 38)
@example(" " * 90, 20)
@example("", 10)
def test_what_is_written_is_folded_without_losing_a_character(text: str, width: int) -> None:
    starts = [0, *folds(text, width), len(text)]
    lines = [text[start:stop] for start, stop in pairwise(starts)]
    assert "".join(lines) == text
    assert all(cell_len(line) <= width for line in lines)
    assert all(lines) or not text


@given(st.lists(clause, min_size=4, max_size=30).map("".join), st.integers(30, 76))
def test_what_is_written_in_chinese_fills_its_lines_and_begins_none_with_a_full_stop(text: str, width: int) -> None:
    lines = folded(text, width)
    assert all(line[0] not in WIDE_CLOSERS for line in lines)
    assert all(line[-1] not in WIDE_OPENERS for line in lines)
    assert all(cell_len(line) >= width - 5 for line in lines[:-1])


@given(mixed.map("".join), st.integers(14, 60))
@example("一一一，一一一 aaaaaaaaaaa, ，", 15)
def test_typing_on_moves_nothing_in_the_lines_above(text: str, width: int) -> None:
    """A line may only give its last piece to the next one, once that piece has grown too wide for it.

    What is wider than a whole line is cut, and then begins where there is room.
    """
    spans = [Span(text)]
    letters = characters(spans)
    ends = [place.start for place in breaks(spans, letters, 10**6)]
    assume(all(sum(letter.width for letter in letters[a:b]) <= width for a, b in pairwise([0, *ends])))
    before: list[int] = []
    for end in range(1, len(text) + 1):
        after = folds(text[:end], width)
        assert after[: len(before) - 1] == before[:-1]
        before = after


def test_a_number_and_a_word_stay_whole_when_written() -> None:
    assert folded("最高只到 1.57e-5，是 5e-5 的 32%", 14) == ["最高只到", "1.57e-5，是", "5e-5 的 32%"]
    assert folded("只有 8,000 行。先试", 12) == ["只有 8,000", "行。先试"]
