"""The embedded data files, each with its notice: where they lie, and whether they are whole."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from engine.errors import DataError


class DataFile(msgspec.Struct, frozen=True):
    """A gzip file that travels with the program.

    Attributes:
        folder, name: Where it lies below `engine/datasets`.
        size, sha256: Of the file as it is shipped.
        plain_size, plain_sha256: Of what is packed in it.
    """

    folder: str
    name: str
    size: int
    sha256: str
    plain_size: int
    plain_sha256: str

    @property
    def plain_name(self) -> str:
        """Its name once it is unpacked."""
        return self.name.removesuffix(".gz")

    def location(self, root: Traversable | None = None) -> Traversable:
        """Return where the file is, below `root` or the installed package."""
        return (root or files("engine.datasets")) / self.folder / self.name

    def unpacked(self, root: Traversable | None = None) -> bytes:
        """Return what is packed in the file, once its checksum is found right.

        Raises:
            DataError: The file is missing or broken; the sentence names it.
        """
        place = self.location(root)
        try:
            packed = place.read_bytes()
        except OSError as error:
            raise self._unusable(place, f"cannot be read ({error.strerror})") from error
        if len(packed) != self.size:
            raise self._unusable(place, f"has {len(packed):,} bytes instead of {self.size:,}")
        if hashlib.sha256(packed).hexdigest() != self.sha256:
            raise self._unusable(place, "is not as it was shipped: its checksum differs")
        try:
            return gzip.decompress(packed)
        except (OSError, EOFError, zlib.error) as error:
            raise self._unusable(place, f"cannot be unpacked ({error})") from error

    def matches(self, plain: bytes) -> bool:
        """Return whether `plain` is what is packed in this file."""
        return len(plain) == self.plain_size and hashlib.sha256(plain).hexdigest() == self.plain_sha256

    def _unusable(self, place: Traversable, why: str) -> DataError:
        return DataError(
            f"The data file {place} {why}. Install learncurve again to mend it: "
            "pip install --force-reinstall --no-deps learncurve",
            code="data-broken",
            file=place,
            why=why,
        )


DIGITS = (
    DataFile(
        folder="digits",
        name="train-images-idx3-ubyte.gz",
        size=1_290_767,
        sha256="f7bf6e251e5811cdf7ce5d265d058453bc4df1236305f7c78450916f71faef8e",
        plain_size=6_272_016,
        plain_sha256="147845bfc9a65f47d8c5c3037578f8ba80480da69e23b18e13ac2ec7dca89572",
    ),
    DataFile(
        folder="digits",
        name="train-labels-idx1-ubyte.gz",
        size=4_099,
        sha256="02447e3ec1dcfb3a2f968711dc5fd1ba28336155ca601e0c7d1e308e58fd35af",
        plain_size=8_008,
        plain_sha256="8a82f24f46462cabc62f9a000ba18e1e411227611b3b7ae6b0224231eda5cf49",
    ),
    DataFile(
        folder="digits",
        name="t10k-images-idx3-ubyte.gz",
        size=322_853,
        sha256="d62dd825378793635e9e5afc9808fdbf5a2e45c9ca12ddcfa86ada64ed505f08",
        plain_size=1_568_016,
        plain_sha256="9c974dbe37e99e3d7ed599044682931d73cb3c3a17361bfeb8ced57ffcd3ca66",
    ),
    DataFile(
        folder="digits",
        name="t10k-labels-idx1-ubyte.gz",
        size=1_053,
        sha256="d388f8a763f32a340af5c7dcac749d6216bf8eee61dba1a77eca77489231e723",
        plain_size=2_008,
        plain_sha256="0bdb33620b487cd343f514d05f95383b6e88c34dc54a8d4fb6043412aa1cc0c9",
    ),
)
"""8,000 training and 2,000 test images of handwritten digits, under MNIST's own file names."""
