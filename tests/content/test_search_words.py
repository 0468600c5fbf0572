"""What counts of a text when it is searched, and Chinese names by their pinyin."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.course.course import bundled, open_course
from content.search.folding import fold, is_chinese, merged, pieces, stretches, words
from content.search.pinyin import in_order, readings, spellable, spelling

LETTERS = st.text(alphabet="aAéßＬｏ①½ -\n\t‑‐的损失 函数。，𝕏ﬁΩ1x", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Softmax", "ＳＯＦＴＭＡＸ"),
        ("pre-training", "Pre‑Training"),
        ("pretraining", "pre-training"),
        ("用PyTorch训练", "用 PyTorch 训练"),
        ("naïve", "naive"),
        ("a  b", "a\n\tb"),
        ("BERT", "ｂｅｒｔ"),
        ("（损失）", "(损失)"),
    ],
)
def test_what_does_not_count_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("loss", "lost"), ("10-20", "1020"), ("损失", "损矢"), ("a b", "ab")])
def test_what_counts_differs(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_query_is_its_words_each_once() -> None:
    assert words("  损失　函数 LOSS loss ") == ["损失", "函数", "loss"]
    assert words(" \n ") == []
    assert words("cross- －entropy - --") == ["cross", "entropy", "-", "--"]


def test_chinese_without_spaces_is_cut_into_pairs_where_it_is_found_nowhere() -> None:
    assert pieces("梯度损失") == ["梯度", "度损", "损失"]
    assert pieces("用bert微调") == ["用", "bert", "微调"]
    assert pieces("softmax") == ["softmax"]


def test_stretches_stand_where_the_words_stand_in_the_text_as_written() -> None:
    text = "The Pre‑Training 的 Ｌｏｓｓ"
    assert [text[begin:end] for begin, end in stretches(text, ["pretraining"])] == ["Pre‑Training"]
    assert [text[begin:end] for begin, end in stretches(text, ["的loss"])] == ["的 Ｌｏｓｓ"]
    assert stretches("aXaxa", ["ax"]) == ((0, 4),)
    assert stretches("abc", ["d", ""]) == ()


@given(LETTERS)
def test_a_text_is_found_in_itself_and_the_whole_of_it_is_marked(text: str) -> None:
    folded = fold(text)
    if folded.strip():
        found = stretches(text, [folded])
        assert len(found) == 1
        assert fold(text[found[0][0] : found[0][1]]).strip() == folded.strip()


@given(LETTERS, st.integers(0, 29), st.integers(1, 6))
def test_what_is_marked_reads_as_what_was_looked_for(text: str, start: int, length: int) -> None:
    word = fold(text)[start : start + length]
    if word.strip() and fold(word) == word:
        for begin, end in stretches(text, [word]):
            assert word in fold(text[begin:end])


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=8))
def test_merged_stretches_cover_the_same_and_do_not_touch(parts: list[tuple[int, int]]) -> None:
    given_ = [(begin, begin + length) for begin, length in parts]
    found = merged(given_)
    assert {at for begin, end in given_ for at in range(begin, end)} == {
        at for begin, end in found for at in range(begin, end)
    }
    assert all(one[1] < other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("name", "word", "found"),
    [
        ("损失函数", "sunshi", "损失"),
        ("损失函数", "sunshihanshu", "损失函数"),
        ("损失函数", "ssh", "损失"),
        ("损失函数", "sshs", "损失函数"),
        ("损失函数", "sunshs", "损失函数"),
        ("损失函数", "hans", "函数"),
        ("损失函数", "unshi", None),
        ("损失函数", "sunshx", None),
        ("微调", "weitiao", "微调"),
        ("学习率", "xuexilv", "学习率"),
        ("交叉熵", "jcshang", "交叉熵"),
        ("用 PyTorch 训练多层感知机", "pytorchxunlian", "PyTorch 训练"),
        ("用 PyTorch 训练多层感知机", "pytorch", None),
        ("loss", "loss", None),
    ],
)
def test_a_name_is_found_by_its_syllables_and_initials(name: str, word: str, found: str | None) -> None:
    stretch = spelling(name).find(word)
    assert (name[stretch[0] : stretch[1]] if stretch else None) == found


@given(st.text(alphabet="损失函数微调长度重率", min_size=1, max_size=6), st.data())
def test_every_reading_of_every_character_leads_to_a_name(name: str, data: st.DataObject) -> None:
    word = "".join(data.draw(st.sampled_from(readings()[sign])) for sign in name)
    assert spelling(name).find(word) is not None


def test_only_letters_may_be_pinyin_and_not_a_single_one() -> None:
    assert [word for word in ("s", "ss", "s1", "损", "x" * 31, "sunshi") if spellable(word)] == ["ss", "sunshi"]


def test_chinese_names_are_sorted_as_in_a_dictionary() -> None:
    names = ["损失函数", "Adam", "交叉熵", "参数", "预训练", "BERT", "微调"]
    assert sorted(names, key=in_order) == ["Adam", "BERT", "参数", "交叉熵", "损失函数", "微调", "预训练"]


def test_every_name_of_the_course_can_be_spelled() -> None:
    course = open_course(bundled())
    names = [section.title.say("zh") for section in course.sections]
    names += [term.term.say("zh") for term in course.terms.values()]
    strange = {sign for name in names for sign in name if is_chinese(sign) and sign not in readings()}
    assert strange == set()
