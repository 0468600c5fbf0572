"""Which release this is."""

from __future__ import annotations


def version() -> str:
    """Return the installed release, or the one of pyproject.toml in a checkout that is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("learncurve")
    except PackageNotFoundError:
        return "0.1.0"
