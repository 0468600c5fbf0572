"""A program of a page runs within limits, without a network, and what came of it is told."""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

import msgspec
import pytest

from engine.errors import RunError
from engine.programs import running
from engine.programs.outcome import Limits
from engine.programs.running import run, surroundings
from engine.programs.workplace import MODELS
from engine.worker.offline import MACHINES

SMALL = Limits(cpu_seconds=20, wall_seconds=60, memory_bytes=400 * 2**20)


def test_it_tells_which_line_printed_what() -> None:
    came = run("print(1)\nprint('x', 2)\nfor i in range(3):\n    print(i)", line=10, limits=SMALL)
    assert (came.ended, came.error, came.line) == ("done", "", 0)
    assert came.printed == {10: "1\n", 11: "x 2\n", 13: "0\n1\n2\n"}


@pytest.mark.parametrize(
    ("text", "line", "error"),
    [
        ("x = 1\ny = z\n", 11, "NameError: name 'z' is not defined"),
        ("def f():\n    return 1 / 0\n\n\nf()", 11, "ZeroDivisionError: division by zero"),
        ("x = 1\nx = (\n", 11, "SyntaxError: '(' was never closed"),
        ("import sys\nsys.exit(3)", 11, "SystemExit: 3"),
        ("import json\njson.loads('{')", 11, "JSONDecodeError: Expecting property name"),
        ("import no_such_package", 10, "ModuleNotFoundError: No module named 'no_such_package'"),
        ("raise KeyboardInterrupt", 10, "KeyboardInterrupt"),
    ],
)
def test_an_exception_is_told_with_the_line_of_the_program(text: str, line: int, error: str) -> None:
    came = run(text, line=10, limits=SMALL)
    assert (came.ended, came.line) == ("failed", line)
    assert came.error.startswith(error)


def test_to_leave_with_status_zero_is_no_failure() -> None:
    assert run("import sys\nprint(7)\nsys.exit()", limits=SMALL).printed == {2: "7\n"}


def test_one_that_computes_for_too_long_is_stopped_where_it_is() -> None:
    came = run("x = 1\nwhile True:\n    x += 1", line=5, limits=Limits(cpu_seconds=2))
    assert came.ended == "time"
    assert came.line in (6, 7)


def test_one_that_waits_for_too_long_is_stopped_where_it_is() -> None:
    came = run("import time\n\ntime.sleep(600)", line=5, limits=Limits(wall_seconds=4.0))
    assert (came.ended, came.line) == ("time", 7)


def test_one_that_takes_too_much_memory_is_stopped_where_it_is() -> None:
    text = "x = []\nwhile True:\n    x.append(bytearray(5 * 10**6))"
    came = run(text, line=5, limits=msgspec.structs.replace(SMALL, memory_bytes=150 * 2**20))
    assert came.ended == "memory"
    assert came.line in (6, 7)


def test_one_that_writes_too_large_a_file_fails() -> None:
    limits = msgspec.structs.replace(SMALL, file_bytes=10_000)
    came = run("with open('big', 'wb') as file:\n    file.write(bytes(20_000))", limits=limits)
    assert came.ended in ("failed", "died")


def test_one_that_dies_says_how() -> None:
    came = run("import os, sys\nprint('last words', file=sys.stderr)\nos.kill(os.getpid(), 9)", limits=SMALL)
    assert (came.ended, came.error) == ("died", "SIGKILL last words")
    came = run("import ctypes\nctypes.string_at(0)", line=3, limits=SMALL)
    assert (came.ended, came.line) == ("died", 4)


def test_python_has_no_network_and_says_so() -> None:
    came = run("import socket\nsocket.create_connection(('127.0.0.1', 80))", limits=SMALL)
    assert came.ended == "failed"
    assert "a page's code runs without a network" in came.error
    came = run("import socket\nsocket.socket()", limits=SMALL)
    assert "a page's code runs without a network" in came.error


NATIVE = """\
import ctypes, socket, subprocess, sys
library = ctypes.CDLL(None, use_errno=True)
print(library.socket(2, 1, 0), library.socket(10, 2, 0))
print(ctypes.get_errno())  # ENETUNREACH
print([end.family.name for end in socket.socketpair()])
print(subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], capture_output=True).returncode)
"""


def test_nor_has_native_code_nor_another_process_where_the_system_has_filters() -> None:
    filtered = sys.platform == "linux" and platform.machine() in MACHINES
    printed = run(NATIVE, limits=SMALL).printed
    assert (printed[3] == "-1 -1\n") is (printed[6] == "1\n") is filtered
    assert printed[5] == "['AF_UNIX', 'AF_UNIX']\n"


def test_it_sees_no_token_no_proxy_and_not_the_learners_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    monkeypatch.setenv("https_proxy", "http://proxy")
    came = run("import os, pathlib\nprint(*os.environ)\nprint(pathlib.Path.home())\nprint(os.getcwd())", limits=SMALL)
    assert {"HF_TOKEN", "https_proxy", "LEARNCURVE_HOME"} & set(came.printed[2].split()) == set()
    home, here = came.printed[3].strip(), came.printed[4].strip()
    assert Path(here).parent.name == Path(home).name
    assert home != os.environ.get("HOME")


def test_what_lies_in_data_is_beside_it_but_links_are_not(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "words.txt").write_text("hello")
    (data / "outside").symlink_to("/etc/passwd")
    text = "import os\nprint(sorted(os.listdir()))\nprint(os.listdir('data'), open('data/words.txt').read())"
    came = run(text, data=data, limits=SMALL)
    assert came.printed == {2: f"{sorted([*MODELS, 'data', 'program.py'])}\n", 3: "['words.txt'] hello\n"}


def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its folder nor a process that it started."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    text = "import subprocess, sys\nprint(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid)"
    came = run(text, limits=SMALL)
    assert list(tmp_path.iterdir()) == []
    stat = Path(f"/proc/{int(came.printed[2])}/stat")
    deadline = time.monotonic() + 10
    while stat.exists() and ") Z" not in stat.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not stat.exists() or ") Z" in stat.read_text()


def test_no_room_for_it_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(RunError) as told:
        run("print(1)")
    assert told.value.code == "program-not-started"


def test_its_surroundings_keep_the_way_to_our_packages(tmp_path: Path) -> None:
    found = surroundings(tmp_path, {"PATH": "/bin", "SECRET": "x", "PYTHONPATH": "/somewhere"})
    assert found["PATH"] == "/bin"
    assert "SECRET" not in found
    assert "/somewhere" in found["PYTHONPATH"]
    assert (found["HF_HUB_OFFLINE"], found["HOME"]) == ("1", str(tmp_path))


def test_the_memory_of_a_process_that_is_gone_is_none() -> None:
    assert running.resident_bytes(2**22 + 1) == 0
    assert running.resident_bytes(os.getpid()) > 2**20


@pytest.mark.torch
def test_the_hubs_name_of_a_bert_opens_the_small_one_that_comes_along() -> None:
    text = (
        "from transformers import AutoModel, AutoTokenizer\n"
        "tokenizer = AutoTokenizer.from_pretrained('bert-base-uncased')\n"
        "model = AutoModel.from_pretrained('bert-base-uncased')\n"
        "print(len(tokenizer) == model.config.vocab_size, model.config.hidden_size)\n"
    )
    came = run(text)
    assert (came.ended, came.error) == ("done", "")
    assert came.printed == {4: "True 128\n"}
