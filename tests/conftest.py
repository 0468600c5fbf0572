"""What every test gets: a home of its own and a terminal that promises colours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("gate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gate")  # a busy machine is slow, which is no fault of the code


MOST_PROCESSES = 8


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return what `-n auto` means: one process of tests more than cores, for they wait half of their time."""
    return min(MOST_PROCESSES, (os.cpu_count() or 1) + 1)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the learner's own data, language and colours."""
    home = tmp_path / "home"
    monkeypatch.setenv("LEARNCURVE_HOME", str(home))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("TERM", "xterm")  # 16 colours, wherever the tests are run
    for variable in (
        "COLORTERM",
        "COLUMNS",
        "LINES",
        "FORCE_COLOR",
        "TERM_PROGRAM",
        "LC_ALL",
        "LC_MESSAGES",
        "NO_COLOR",
        "HF_ENDPOINT",
        "HTTPS_PROXY",
        "https_proxy",
    ):
        monkeypatch.delenv(variable, raising=False)
    return home
