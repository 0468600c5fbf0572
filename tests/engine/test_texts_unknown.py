"""What a tokenizer cannot read: counted by characters, and refused where it is too much."""

from __future__ import annotations

import pytest
from transformers import PreTrainedTokenizerFast

from engine.errors import DataError
from engine.worker.unknown import LONGEST, TOO_MUCH, refuse_unknown, share_unknown
from engine.worker.wordpiece import WORD_LETTERS, train_wordpiece

pytestmark = pytest.mark.torch

ENGLISH = ["a cat sat on the mat", "the dog ran after the cat", "a small dog"]
CHINESE = ["学而时习之，不亦说乎？", "有朋自远方来，不亦乐乎？"]


@pytest.fixture(scope="module")
def english() -> PreTrainedTokenizerFast:
    return train_wordpiece(ENGLISH, 200, 128)


def test_a_tokenizer_reads_all_of_the_texts_that_it_was_made_from(english: PreTrainedTokenizerFast) -> None:
    assert share_unknown(english, ENGLISH) == 0
    assert share_unknown(train_wordpiece(CHINESE, 200, 128), CHINESE) == 0


def test_the_share_counts_characters_and_no_spaces(english: PreTrainedTokenizerFast) -> None:
    assert share_unknown(english, ["the cat 学习"]) == pytest.approx(2 / 8)
    assert share_unknown(english, ["  the \n cat   学习 "]) == pytest.approx(2 / 8)
    assert share_unknown(english, CHINESE) == 1
    assert share_unknown(english, ["the cat", "学习"]) == pytest.approx(2 / 8)


def test_nothing_to_read_is_nothing_unknown(english: PreTrainedTokenizerFast) -> None:
    assert share_unknown(english, []) == share_unknown(english, ["", " \n"]) == 0


def test_texts_that_are_long_or_many_are_sampled(english: PreTrainedTokenizerFast) -> None:
    assert share_unknown(english, ["cat " * (LONGEST // 4) + "学" * 10_000]) == 0
    assert share_unknown(english, [*["the cat"] * 30_000, *CHINESE * 5_000]) == pytest.approx(
        share_unknown(english, ["the cat"] * 300 + CHINESE * 50), abs=0.02
    )


def test_chinese_with_an_english_start_is_refused_in_a_sentence_that_names_scratch(
    english: PreTrainedTokenizerFast,
) -> None:
    with pytest.raises(DataError) as caught:
        refuse_unknown(english, CHINESE, start="shipped", data="classics")
    assert "start=shipped: its tokenizer turns 100% of the characters of data=classics into [UNK]" in str(caught.value)
    assert "Take start=scratch" in caught.value.sentence
    assert caught.value.code == "texts-unknown"
    assert caught.value.details["field"] == "start"


def test_a_script_without_spaces_is_read_from_scratch_as_far_as_a_word_may_go() -> None:
    """A Thai sentence is one word; of one that is longer than any, scratch is not named as the way out."""
    thai = ["แมวตัวเล็กนอนอยู่บนเสื่อผืนเก่าในบ้านไม้ริมแม่น้ำเจ้าพระยาและฝันถึงปลาตัวใหญ่ที่ว่ายอยู่ใต้น้ำลึกในคืนที่ไม่มีพระจันทร์เลยสักดวง"]
    assert 100 < len(thai[0]) < WORD_LETTERS
    tokenizer = train_wordpiece(thai, 200, 128)
    assert share_unknown(tokenizer, thai) == 0
    with pytest.raises(DataError, match=r"words of more than 500 letters.*Put spaces") as caught:
        refuse_unknown(tokenizer, [thai[0] * 6], start="scratch", data="thai.csv")
    assert caught.value.code == "texts-unknown-words"


def test_a_fifth_is_the_bound(english: PreTrainedTokenizerFast) -> None:
    refuse_unknown(english, ["the cat s 学"], start="shipped", data="own.csv")  # 1 of 8
    with pytest.raises(DataError, match="25%"):
        refuse_unknown(english, ["the cat 学习"], start="shipped", data="own.csv")


def test_a_tokenizer_that_does_not_say_where_its_tokens_stand_counts_tokens(english: PreTrainedTokenizerFast) -> None:
    class Slow:
        """A tokenizer in Python, which has no offsets."""

        is_fast = False
        unk_token_id = english.unk_token_id

        def __call__(self, texts: list[str], *, add_special_tokens: bool) -> dict[str, list[list[int]]]:
            return {"input_ids": english(texts, add_special_tokens=add_special_tokens)["input_ids"]}

    assert share_unknown(Slow(), ["the cat 学习"]) == pytest.approx(2 / 4)


def test_a_tokenizer_without_an_unknown_token_reads_everything(english: PreTrainedTokenizerFast) -> None:
    class Bytes:
        """A tokenizer of bytes."""

        unk_token_id = None

    assert share_unknown(Bytes(), CHINESE) == 0


def test_one_endless_word_does_not_condemn_the_texts_beside_it(english: PreTrainedTokenizerFast) -> None:
    """A text of 100,000 letters without a space is one piece that is lost; fifty good texts stand beside it."""
    assert share_unknown(english, [*ENGLISH * 20, "x" * 100_000]) < TOO_MUCH
    assert share_unknown(english, ["x" * 100_000, "y" * 100_000]) == 1
