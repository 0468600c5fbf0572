"""Nothing that steers a terminal comes through."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from content.course.visible import steering, visible

STEERING = {"Cc", "Cs", "Zl", "Zp"}
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_escape_is_shown_as_its_sign() -> None:
    assert visible("\x1b[31mred\x1b]0;title\x07") == "␛[31mred␛]0;title␇"


def test_newline_and_tab_stay_and_crlf_becomes_a_newline() -> None:
    assert visible("a\tb\r\nc\nd\re") == "a\tb\nc\nd␍e"


def test_delete_c1_and_bidi_controls_are_shown() -> None:
    assert visible("\x7f\x9b\u202e") == "␡<U+009B><U+202E>"


def test_half_of_a_pair_cannot_break_the_terminal() -> None:
    assert visible("a\udc80b").encode() == b"a<U+DC80>b"


def test_markup_is_left_as_it_is() -> None:
    assert visible("[@click=app.quit]x[/] 反向传播 é") == "[@click=app.quit]x[/] 反向传播 é"


@given(st.text(st.characters(exclude_categories=())))
def test_no_steering_character_survives_and_what_is_visible_stays_so(text: str) -> None:
    shown = visible(text)
    assert not any(
        letter in BIDI or unicodedata.category(letter) in STEERING for letter in shown if letter not in "\n\t"
    )
    assert visible(shown) == shown
    assert steering(shown) == -1
