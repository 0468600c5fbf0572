"""`learncurve due` is understood without the parser, and never otherwise than by it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.commands.at_once import at_once
from tui.commands.parser import parse

WORDS = st.sampled_from(
    [
        "due",
        "--json",
        "--home",
        "--course",
        "--home=a",
        "--course=b c",
        "--home=",
        "x",
        "-x",
        "--",
        "-h",
        "--hom",
        "runs",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=6))
def test_what_is_understood_at_once_is_what_the_parser_says(words: list[str]) -> None:
    found = at_once(words)
    if found is not None:
        assert vars(found.given) == vars(parse(words).given)


@pytest.mark.parametrize(
    ("words", "home", "json"),
    [
        (["due"], None, False),
        (["due", "--json"], None, True),
        (["--home", "here", "due"], "here", False),
        (["due", "--home=here", "--json"], "here", True),
    ],
)
def test_what_a_prompt_asks_is_understood_at_once(words: list[str], home: str | None, json: bool) -> None:
    found = at_once(words)
    assert found is not None
    assert (found.module, found.given.home, found.json) == ("due", home, json)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["runs"],
        ["due", "--help"],
        ["due", "due"],
        ["due", "--home"],
        ["--json", "due"],
        ["due", "--watch"],
        ["--version"],
    ],
)
def test_everything_else_is_left_to_the_parser(words: list[str]) -> None:
    assert at_once(words) is None
