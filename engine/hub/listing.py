"""What the hub has of a model or a data set that is needed, and how much of it is in the cache."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import EngineError, RecipeError
from engine.hub.place import Kind, endpoint, storage
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
ASKED_AT_ONCE = 500
"""Files that the hub is asked about in one question."""


class HubFile(msgspec.Struct, frozen=True):
    """A file of a repository.

    Attributes:
        blob: Its name in the cache's `blobs`, and its checksum: sha256 of a large file, git's sha1 of a small one.
    """

    name: str
    size: int
    blob: str


class Listing(msgspec.Struct, frozen=True):
    """The files of one version of a repository that are needed.

    Attributes:
        files: In the order in which they are fetched; weights come last, as whoever has them has all.
    """

    repo: str
    commit: str
    files: tuple[HubFile, ...]
    kind: Kind = "model"

    @property
    def knob(self) -> str:
        """Which knob names the repository."""
        return "start" if self.kind == "model" else "data"

    @property
    def folder(self) -> Path:
        """The folder of the repository's files in the cache."""
        return storage(self.repo, self.kind)

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
        return self.folder / "blobs" / file.blob

    def partial(self, file: HubFile) -> Path:
        """Return where the file's bytes arrive."""
        return self.folder / "blobs" / f"{file.blob}.incomplete"

    def pointer(self, file: HubFile) -> Path:
        """Return where this version of the repository names the file."""
        return self.folder / "snapshots" / self.commit / file.name


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


def data_listing(repo: str, commit: str, names: Sequence[str]) -> Listing:
    """Ask the hub for size and checksum of some files of a data set, and return those that there are.

    Raises:
        EngineError: The hub refuses, or does not make sense.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.hf_api import RepoFile

    api = HfApi(endpoint=endpoint(), library_name="learncurve")
    files: list[HubFile] = []
    try:
        for first in range(0, len(names), ASKED_AT_ONCE):
            some = list(names[first : first + ASKED_AT_ONCE])
            told = api.get_paths_info(repo, some, revision=commit, repo_type="dataset")
            files += [
                _checked(repo, about.path, about.size, about.lfs.sha256 if about.lfs else about.blob_id, "data")
                for about in told
                if isinstance(about, RepoFile)
            ]
    except HfHubHTTPError as error:
        reason = error.response.headers.get("X-Error-Code", "")
        raise refusal(repo, error.response.status_code, reason, knob="data") from error
    except EngineError:
        raise
    except Exception as error:  # as above
        raise trouble(repo, f"{type(error).__name__}: {error}", knob="data") from error
    return Listing(repo, commit, tuple(files), "dataset")


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
    return _checked(repo, sibling.rfilename, sibling.size, blob, "start")


def _checked(repo: str, name: str, size: int | None, blob: str | None, knob: str) -> HubFile:
    if size is None or not BLOB.fullmatch(blob or ""):
        raise trouble(repo, f"it does not say size and checksum of {name}", knob=knob)
    return HubFile(name, size, str(blob))


def _late(file: HubFile) -> tuple[bool, bool, int, str]:
    """Sort: config.json, the other small files, the weights."""
    is_weights = file.name == WEIGHTS or bool(SHARD.fullmatch(file.name))
    return (is_weights, file.name != CONFIG, file.size, file.name)
