"""Where the hub is and where its cache lies, as Hugging Face's own environment variables say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from engine.errors import RunError
from engine.model_folder import missing

DEFAULT = "https://huggingface.co"
TRUE = ("1", "ON", "YES", "TRUE")
REVISION = "main"

Kind = Literal["model", "dataset"]
"""What a repository of the hub holds."""


def endpoint() -> str:
    """Return the hub's address, HF_ENDPOINT where that is set.

    Raises:
        RunError: HF_ENDPOINT is no address.
    """
    address = os.environ.get("HF_ENDPOINT", "").rstrip("/") or DEFAULT
    if not address.startswith(("http://", "https://")):
        raise RunError(
            f"HF_ENDPOINT={address}: that is no address; it begins with https://, such as {DEFAULT}.",
            code="hub-endpoint",
            value=address,
            example=DEFAULT,
        )
    return address


def is_offline() -> bool:
    """Return whether the learner has forbidden the network, by HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE."""
    said = os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE") or ""
    return said.upper() in TRUE


def cache_folder() -> Path:
    """Return the folder of the hub's cache, which all programs share."""
    environment = os.environ
    base = environment.get("XDG_CACHE_HOME") or os.path.join("~", ".cache")
    home = environment.get("HF_HOME") or os.path.join(base, "huggingface")
    older = environment.get("HUGGINGFACE_HUB_CACHE") or os.path.join(home, "hub")
    return Path(os.path.expandvars(environment.get("HF_HUB_CACHE") or older)).expanduser()


def storage(repo: str, kind: Kind = "model") -> Path:
    """Return the folder of a repository's files in the cache."""
    return cache_folder() / "--".join([f"{kind}s", *repo.split("/")])


def snapshot(repo: str) -> Path | None:
    """Return the folder of the model's newest version in the cache if it is whole there, None otherwise.

    Nobody is asked whether the hub has a newer one: what was downloaded once needs no network.
    """
    try:
        commit = (storage(repo) / "refs" / REVISION).read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = storage(repo) / "snapshots" / commit
    return folder if commit and not missing(folder) else None
