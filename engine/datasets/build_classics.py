"""Write the Chinese sentences, each with the work it comes from, from Debian's package fortunes-zh 2.98.

Usage: python build_classics.py FORTUNES_DIR OUT_DIR

FORTUNES_DIR holds the package's files chinese and tang300. Written is
classics.parquet  text, label (analects, caigentan, proverb, tang poem), split

Of the package's texts only these four are taken: classics in the public domain, and proverbs of the people.
A sentence is taken once. The order is drawn with NumPy's default generator, seed 0; of each class the first eight
tenths are for training, the next for validation, the last for the test.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

WORKS = {"论语": "analects", "菜根谭": "caigentan", "谚语": "proverb"}
"""What the signature of a saying names, and what we call it; the first that fits counts."""
COLOUR = re.compile(r"\x1b?\[[0-9;]*m")
SIGNATURE = re.compile(r"\n\s*--\s*(.*)$")
SENTENCE = re.compile(r"[^。！？；!?]+[。！？；!?]?")
PRONUNCIATION = re.compile(r"\([a-zü]+\d\)")
QUOTING = re.compile(r"^[”’」』)）]*(曰|子曰)?[:：]?[“‘「『]*|[“‘「『”’」』]")
NO_HANZI = re.compile(r"[^\u4e00-\u9fff]")
LENGTHS = range(6, 51)
"""Chinese characters of a sentence that is taken."""
TRAIN, VALIDATION = 0.8, 0.9
"""Where the first and the second part of a class end."""


def entries(file: Path) -> list[str]:
    """Return the entries of a fortune file, without the colours of a terminal."""
    text = file.read_text(encoding="utf-8", errors="replace")
    return [COLOUR.sub("", entry).strip() for entry in text.split("\n%\n")]


def passages(source: Path) -> Iterator[tuple[str, str]]:
    """Yield (label, passage): sayings without spaces and signature, poems line by line without title and poet."""
    for entry in entries(source / "chinese"):
        if signature := SIGNATURE.search(entry):
            label = next((label for work, label in WORKS.items() if work in signature.group(1)), None)
            if label:
                yield label, re.sub(r"\s+", "", entry[: signature.start()])
    for entry in entries(source / "tang300"):
        for line in entry.splitlines()[2:]:
            yield "tang poem", line.strip()


def sentences(source: Path) -> list[tuple[str, str]]:
    """Return rows (text, label), each text once, with the label of where it stands first."""
    rows: dict[str, str] = {}
    for label, passage in passages(source):
        for sentence in SENTENCE.findall(passage):
            text = QUOTING.sub("", PRONUNCIATION.sub("", sentence)).strip()
            if len(NO_HANZI.sub("", text)) in LENGTHS:
                rows.setdefault(text, label)
    return list(rows.items())


def splits(labels: list[str]) -> list[str]:
    """Return the part of each row: of each class the same shares."""
    totals, met = Counter(labels), Counter[str]()
    parts = []
    for label in labels:
        met[label] += 1
        share = met[label] / totals[label]
        parts.append("train" if share <= TRAIN else "validation" if share <= VALIDATION else "test")
    return parts


def main(source: Path, out: Path) -> None:
    """Write the file."""
    found = sentences(source)
    texts, labels = zip(*(found[place] for place in np.random.default_rng(0).permutation(len(found))), strict=True)
    parts = splits(list(labels))
    out.mkdir(parents=True, exist_ok=True)
    table = pa.table({"text": texts, "label": labels, "split": parts})
    pq.write_table(table, out / "classics.parquet", compression="zstd", compression_level=19)
    print(len(texts), Counter(labels), Counter(parts))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
