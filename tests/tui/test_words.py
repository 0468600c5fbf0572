"""Both languages say everything, with the same values."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from content.course.sentences import fault
from content.errors import StoreError
from engine.datasets import DIGITS
from engine.datasets.data_file import PackedFile
from engine.errors import DataError, RunError
from engine.worker.data import unpack_digits
from tui.__main__ import main
from tui.faults import line
from tui.reasons import COMMON, SQLITE, reason
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


def test_what_ails_a_data_file_is_said_in_chinese_as_a_whole(tmp_path: Path) -> None:
    """It is missing, too short, another one, or not what it was packed as: no English phrase within the sentence."""
    zh, good = Words("zh"), DIGITS[1].location().read_bytes()
    place = tmp_path / DIGITS[1].folder / DIGITS[1].name
    place.parent.mkdir()
    ask = "请重新安装 learncurve：pip install --force-reinstall --no-deps learncurve"

    def said(file: PackedFile) -> str:
        with pytest.raises(DataError) as caught:
            file.unpacked(tmp_path)
        return zh.error(caught.value)

    assert said(DIGITS[1]) == f"数据文件 {place} 无法读取（没有这个文件或目录）。{ask}"
    place.write_bytes(good[:-1])
    assert said(DIGITS[1]) == f"数据文件 {place} 有 4,098 字节，应当是 4,099 字节。{ask}"
    place.write_bytes(good[:2000] + b"X" + good[2001:])
    assert said(DIGITS[1]) == f"数据文件 {place} 与发布时不同：校验和不符。{ask}"
    place.write_bytes(b"plain")
    plain = msgspec.structs.replace(DIGITS[1], size=5, sha256=hashlib.sha256(b"plain").hexdigest())
    assert said(plain).startswith(f"数据文件 {place} 无法解压（")


def test_a_folder_for_the_digits_that_cannot_be_written_is_told_without_the_systems_english(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file where a folder belongs")
    for place, why in ((tmp_path / "raw", "它已经存在"), (tmp_path / "raw" / "deep", "路径中有一段不是目录")):
        with pytest.raises(DataError) as caught:
            unpack_digits(place)
        assert Words("zh").error(caught.value) == f"无法把数字图像解压到 {place}（{why}）。请腾出空间或修正权限。"


@pytest.mark.parametrize("said", SQLITE)
def test_why_sqlite_refused_is_said_in_chinese(said: str) -> None:
    """In an error of the record, where the doctor looks, and in English in other words than SQLite's."""
    error = StoreError(f"x: {said}.", code="store-trouble", path="x", reason=said)
    name = SQLITE[said]
    assert hasattr(sqlite3, name)
    assert Words("zh").error(error) == f"学习记录 x 无法读写：{Words('zh')(f'system.{name}')}。"
    assert re.search(r"[\u4e00-\u9fff]", reason(said, Words("zh")))
    assert reason(said, Words("en")) == Words("en")(f"system.{name}") != f"system.{name}"


def test_sqlites_words_are_those_that_it_says_today(tmp_path: Path) -> None:
    """They are looked up as they are written: another spelling would be said in English."""
    file = tmp_path / "sound.sqlite"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as one:
        one.execute(
            "CREATE TABLE t AS WITH RECURSIVE n(x) AS (SELECT 1 UNION SELECT x + 1 FROM n LIMIT 5000) SELECT x FROM n"
        )
        one.execute("PRAGMA max_page_count = 1")
        assert _refused(one, "INSERT INTO t SELECT hex(zeroblob(9000)) FROM t") == "SQLITE_FULL"
        one.execute("BEGIN EXCLUSIVE")
        with contextlib.closing(sqlite3.connect(file, timeout=0)) as two:
            assert _refused(two, "SELECT * FROM t") == "SQLITE_BUSY"
        one.execute("ROLLBACK")
    with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as closed:
        assert _refused(closed, "DELETE FROM t") == "SQLITE_READONLY"
    with pytest.raises(sqlite3.Error) as caught:
        sqlite3.connect(tmp_path / "no" / "folder")
    assert SQLITE[str(caught.value)] == "SQLITE_CANTOPEN"
    whole = file.read_bytes()
    for name, damaged in {
        "SQLITE_CORRUPT": whole[:4096] + b"\xff" * (len(whole) - 4096),
        "SQLITE_NOTADB": b"x" * 4096,
    }.items():
        file.write_bytes(damaged)
        with contextlib.closing(sqlite3.connect(file)) as broken:
            assert _refused(broken, "SELECT count(x) FROM t") == name


def _refused(connection: sqlite3.Connection, statement: str) -> str:
    """Return the name under which the words of SQLite's refusal are kept."""
    with pytest.raises(sqlite3.Error) as caught:
        connection.execute(statement).fetchall()
    return SQLITE[str(caught.value)]


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
    monkeypatch.setenv("NO_COLOR", "1")
    main(["--home", str(tmp_path / "file" / "home"), "doctor"])
    told = capsys.readouterr().out
    assert re.search(r"^故障 数据目录 .*home: 路径中有一段不是目录$", told, re.MULTILINE)
    assert re.search(r"^正常 颜色 +无（NO_COLOR）$", told, re.MULTILINE)


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
