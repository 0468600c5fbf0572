"""What every journey gets: a home whose workers end with the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.homes import end_runs, greeted


@pytest.fixture
def home(own_home: Path) -> Iterator[Path]:
    """Return the home of somebody who has never been here."""
    yield own_home
    end_runs(own_home)


@pytest.fixture
def known_home(home: Path) -> Path:
    """Return the home of somebody who has seen the first start."""
    return greeted(home)
