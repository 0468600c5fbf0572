"""The embedded data files, each with its notice: where they lie, and whether they are whole."""

from __future__ import annotations

from engine.datasets.data_file import DataFile, PackedFile

__all__ = ["CLASSICS", "CORPUS", "DIGITS", "REVIEWS", "TOPICS", "DataFile", "PackedFile"]

DIGITS = (
    PackedFile(
        folder="digits",
        name="train-images-idx3-ubyte.gz",
        size=1_290_767,
        sha256="f7bf6e251e5811cdf7ce5d265d058453bc4df1236305f7c78450916f71faef8e",
        plain_size=6_272_016,
        plain_sha256="147845bfc9a65f47d8c5c3037578f8ba80480da69e23b18e13ac2ec7dca89572",
    ),
    PackedFile(
        folder="digits",
        name="train-labels-idx1-ubyte.gz",
        size=4_099,
        sha256="02447e3ec1dcfb3a2f968711dc5fd1ba28336155ca601e0c7d1e308e58fd35af",
        plain_size=8_008,
        plain_sha256="8a82f24f46462cabc62f9a000ba18e1e411227611b3b7ae6b0224231eda5cf49",
    ),
    PackedFile(
        folder="digits",
        name="t10k-images-idx3-ubyte.gz",
        size=322_853,
        sha256="d62dd825378793635e9e5afc9808fdbf5a2e45c9ca12ddcfa86ada64ed505f08",
        plain_size=1_568_016,
        plain_sha256="9c974dbe37e99e3d7ed599044682931d73cb3c3a17361bfeb8ced57ffcd3ca66",
    ),
    PackedFile(
        folder="digits",
        name="t10k-labels-idx1-ubyte.gz",
        size=1_053,
        sha256="d388f8a763f32a340af5c7dcac749d6216bf8eee61dba1a77eca77489231e723",
        plain_size=2_008,
        plain_sha256="0bdb33620b487cd343f514d05f95383b6e88c34dc54a8d4fb6043412aa1cc0c9",
    ),
)
"""8,000 training and 2,000 test images of handwritten digits, under MNIST's own file names."""

CORPUS = DataFile(
    folder="definitions",
    name="corpus.parquet",
    size=2_330_773,
    sha256="bed7819c51ecac22ad90e789d875f80980b67cbaf5bd8db83ba83497a04900ef",
)
"""109,904 definitions, column text; none of them is in the validation or test part of the topics."""

TOPICS = DataFile(
    folder="definitions",
    name="topics.parquet",
    size=230_023,
    sha256="dd83d5f48df59083e0812bc81337c5118848fd7bf2d4ddd9000ec8d65c59420f",
)
"""9,600 definitions of nouns in six balanced classes, columns text, label, split."""

REVIEWS = DataFile(
    folder="reviews",
    name="reviews.parquet",
    size=83_062,
    sha256="ea41778aaa9e95052dd7333cd109b2e120287610c2eb485016e5bd7d705b0ff1",
)
"""2,979 sentences of reviews, negative or positive, columns text, label, source, split."""

CLASSICS = DataFile(
    folder="classics",
    name="classics.parquet",
    size=111_660,
    sha256="fb44be253857e5634182ea8ef5770008e3e86f07bf9ac26483a305bf6324fd95",
)
"""4,603 Chinese sentences by the work they come from, columns text, label, split."""
