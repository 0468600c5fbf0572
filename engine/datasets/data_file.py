"""One embedded data file: where it lies, and whether it is whole."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from engine.errors import DataError


class DataFile(msgspec.Struct, frozen=True):
    """A file that travels with the program.

    Attributes:
        folder, name: Where it lies below `engine/datasets`.
        size, sha256: Of the file as it is shipped.
    """

    folder: str
    name: str
    size: int
    sha256: str

    def location(self, root: Traversable | None = None) -> Traversable:
        """Return where the file is, below `root` or the installed package."""
        return (root or files("engine.datasets")) / self.folder / self.name

    def read(self, root: Traversable | None = None) -> bytes:
        """Return the file as it was shipped, once its checksum is found right.

        Raises:
            DataError: The file is missing or broken; the sentence names it.
        """
        place = self.location(root)
        try:
            shipped = place.read_bytes()
        except OSError as error:
            why = error.strerror or error
            raise self._unusable(place, f"cannot be read ({why})", code="data-unread", why=why) from error
        if len(shipped) != self.size:
            sizes = {"size": f"{len(shipped):,}", "shipped": f"{self.size:,}"}
            raise self._unusable(
                place, "has {size} bytes instead of {shipped}".format(**sizes), code="data-size", **sizes
            )
        if hashlib.sha256(shipped).hexdigest() != self.sha256:
            raise self._unusable(place, "is not as it was shipped: its checksum differs", code="data-changed")
        return shipped

    def _unusable(self, place: Traversable, said: str, *, code: str, **details: object) -> DataError:
        return DataError(
            f"The data file {place} {said}. Install learncurve again to mend it: "
            "pip install --force-reinstall --no-deps learncurve",
            code=code,
            file=place,
            **details,
        )


class PackedFile(DataFile, frozen=True):
    """A gzip file that travels with the program.

    Attributes:
        plain_size, plain_sha256: Of what is packed in it.
    """

    plain_size: int
    plain_sha256: str

    @property
    def plain_name(self) -> str:
        """Its name once it is unpacked."""
        return self.name.removesuffix(".gz")

    def unpacked(self, root: Traversable | None = None) -> bytes:
        """Return what is packed in the file, once its checksum is found right.

        Raises:
            DataError: The file is missing or broken; the sentence names it.
        """
        packed = self.read(root)
        try:
            return gzip.decompress(packed)
        except (OSError, EOFError, zlib.error) as error:
            place = self.location(root)
            raise self._unusable(place, f"cannot be unpacked ({error})", code="data-packed", why=error) from error

    def matches(self, plain: bytes) -> bool:
        """Return whether `plain` is what is packed in this file."""
        return len(plain) == self.plain_size and hashlib.sha256(plain).hexdigest() == self.plain_sha256
