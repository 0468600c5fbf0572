"""The command line says in the user's language what was wrong with its words, and what was probably meant."""

from __future__ import annotations

import re

import pytest

from tui.commands.parser import parser
from tui.commands.speaking import SpeakingParser, said_of
from tui.words import Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WRONG = [
    (["trian"], "是不是“train”"),
    (["statistics"], "是不是“record statistics”"),
    (["new"], "是不是“course new”"),
    (["walk"], "没有“walk”；可用的有 train、compare"),
    (["pause"], "还缺少 RUN"),
    (["record"], "还缺少 VERB"),
    (["runs", "all"], "不认识 all"),
    (["train", "mlp", "--set"], "--set 后面要有一个值"),
    (["course", "check", "--seconds", "0"], "“0”不合适"),
    (["due", "--json=yes"], "--json 后面不能有值"),
    (["train", "mlp", "--pre", "x"], "“--pre”可以是 --preset、--prepare"),
]


@pytest.mark.parametrize(("given", "told"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_wrong_words_are_told_in_chinese(given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The usage line above it begins in Chinese, too; the status is 2."""
    with pytest.raises(SystemExit) as left:
        parser(Words("zh")).parse_args(given)
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith("用法：learncurve")
    assert told in error.splitlines()[-1]


@pytest.mark.parametrize(("given", "told"), [WRONG[0], *WRONG[4:6]], ids=["near", "missing", "verb"])
def test_wrong_words_are_told_in_english(given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser(Words("en")).parse_args(given)
    error = capsys.readouterr().err
    assert error.startswith("usage: learncurve")
    assert not CHINESE.search(error)
    assert "argument" not in error


@pytest.mark.parametrize("given", [[], ["record"], ["record", "export"], ["course", "check"], ["train"]])
def test_every_line_of_help_is_chinese(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Headings and the line about help itself are argparse's own, else."""
    with pytest.raises(SystemExit) as left:
        parser(Words("zh")).parse_args([*given, "--help"])
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert "显示帮助后退出" in told
    assert not re.search(r"^(options|positional arguments|usage)", told, re.MULTILINE)
    assert re.search(r"^选项：$", told, re.MULTILINE)
    assert not re.search(r"[\u4e00-\u9fff]:", told), "a Chinese colon is a wide one"


def test_what_is_said_in_an_unknown_way_is_said_as_it_is() -> None:
    """Another release of Python may word it otherwise; the user still learns what is wrong."""
    assert said_of("the stars stand badly", Words("zh")) == "the stars stand badly"


def test_every_way_in_which_this_python_says_it_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing English is left where a word is missing, unknown, ambiguous, or of another type."""
    one = SpeakingParser(Words("zh"), prog="one")
    one.add_argument("--count", type=int, choices=(1, 2))
    one.add_argument("--counter", action="store_true")
    for given in (["--count", "x"], ["--count", "3"], ["--coun"], ["--count"], ["more"], ["--counter=3"]):
        with pytest.raises(SystemExit):
            one.parse_args(given)
        assert CHINESE.search(capsys.readouterr().err.splitlines()[-1]), given
