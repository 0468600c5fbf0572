"""What the hub has of a model that is needed, and how much of it is in the cache."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import RecipeError
from engine.hub.place import endpoint, storage
from engine.hub.refusing import refusal, trouble
from engine.model_folder import CONFIG, INDEX, TOKENIZERS, WEIGHTS, is_pickle, pickled

TOKENIZER_FILES = {
    *(name for names in TOKENIZERS for name in names),
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
}
SHARD = re.compile(r"model-\d{5}-of-\d{5}\.safetensors")
BLOB = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
COMMIT = re.compile(r"[0-9a-f]{40}")
PATIENCE_SECONDS = 10.0


class HubFile(msgspec.Struct, frozen=True):
    """A file of a model.

    Attributes:
        blob: Its name in the cache's `blobs`, and its checksum: sha256 of a large file, git's sha1 of a small one.
    """

    name: str
    size: int
    blob: str


class Listing(msgspec.Struct, frozen=True):
    """The files of one version of a model that are needed; the weights come last, as whoever has them has all."""

    repo: str
    commit: str
    files: tuple[HubFile, ...]

    @property
    def total_bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def left_bytes(self) -> int:
        """Bytes that are not in the cache yet."""
        return self.total_bytes - sum(self.arrived(file) for file in self.files)

    def arrived(self, file: HubFile) -> int:
        """Return how many bytes of a file are in the cache, partial downloads included."""
        for path in (self.blob(file), self.partial(file)):
            if path.is_file():
                return min(path.stat().st_size, file.size)
        return 0

    def blob(self, file: HubFile) -> Path:
        """Return where the file's bytes lie in the cache once they are whole."""
        return storage(self.repo) / "blobs" / file.blob

    def partial(self, file: HubFile) -> Path:
        """Return where the file's bytes arrive."""
        return storage(self.repo) / "blobs" / f"{file.blob}.incomplete"


def listing(repo: str, seconds: float = PATIENCE_SECONDS) -> Listing:
    """Ask the hub for the files of a model, and return those that are needed.

    Raises:
        RecipeError: There is no such model, or its weights are pickled, or it is no model.
        RunError: The hub refuses, or does not make sense.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    api = HfApi(endpoint=endpoint(), library_name="learncurve")
    try:
        info = api.model_info(repo, files_metadata=True, timeout=seconds)
    except HfHubHTTPError as error:
        raise refusal(repo, error.response.status_code, error.response.headers.get("X-Error-Code", "")) from error
    except Exception as error:  # its library for HTTP changes from release to release
        raise trouble(repo, f"{type(error).__name__}: {error}") from error
    siblings = info.siblings or []
    _require_takeable(repo, {sibling.rfilename for sibling in siblings})
    single = any(sibling.rfilename == WEIGHTS for sibling in siblings)
    files = [_file(repo, sibling) for sibling in siblings if _is_needed(sibling.rfilename, single)]
    if not COMMIT.fullmatch(info.sha or ""):
        raise trouble(repo, "it does not say which version it has")
    return Listing(repo, str(info.sha), tuple(sorted(files, key=_late)))


def _require_takeable(repo: str, names: set[str]) -> None:
    if not names & {WEIGHTS, INDEX}:
        if pickles := sorted(filter(is_pickle, names)):
            raise pickled(repo, pickles, source=repo)
        lacking = WEIGHTS
    elif CONFIG not in names:
        lacking = CONFIG
    elif not any(names.issuperset(some) for some in TOKENIZERS):
        lacking = TOKENIZERS[0][0]
    else:
        return
    raise RecipeError(
        f"start={repo}: this repository has no {lacking}, so it is no model that could be fine-tuned here.",
        code="hub-lacks",
        field="start",
        value=repo,
        missing=lacking,
    )


def _is_needed(name: str, single: bool) -> bool:
    if name in TOKENIZER_FILES or name == CONFIG:
        return True
    return name == WEIGHTS if single else name == INDEX or bool(SHARD.fullmatch(name))


def _file(repo: str, sibling: Any) -> HubFile:
    blob = sibling.lfs.sha256 if sibling.lfs else sibling.blob_id
    if sibling.size is None or not BLOB.fullmatch(blob or ""):
        raise trouble(repo, f"it does not say size and checksum of {sibling.rfilename}")
    return HubFile(sibling.rfilename, sibling.size, blob)


def _late(file: HubFile) -> tuple[bool, bool, int, str]:
    """Sort: config.json, the other small files, the weights."""
    is_weights = file.name == WEIGHTS or bool(SHARD.fullmatch(file.name))
    return (is_weights, file.name != CONFIG, file.size, file.name)
