"""Write the definitions that a BERT reads, from WordNet 3.0 (Debian package wordnet-base 3.0-37).

Usage: python build_definitions.py WORDNET_DIR OUT_DIR

WORDNET_DIR holds data.noun, data.verb, data.adj and data.adv. Written are
topics.parquet  text, label, split: definitions of nouns, six classes of the same size
corpus.parquet  text: all definitions but those of the topics' validation and test parts

The order is drawn with NumPy's default generator, seed 0; with pyarrow 26 the files come out the same to the byte.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

TOPICS = {5: "animal", 6: "artifact", 8: "body", 13: "food", 15: "location", 20: "plant"}
"""Numbers of WordNet's lexicographer files, and what we call them."""
SIZES = {"train": 1_200, "validation": 200, "test": 200}
"""Definitions of each topic in each part."""
TOPIC_WORDS = range(4, 25)
FEWEST_WORDS = 3
UNWELCOME = re.compile(r"\b(offensive|disparag|derogatory|slur|vulgar|obscene|ethnic slang|Ku Klux)", re.IGNORECASE)


def definitions(file: Path) -> Iterator[tuple[int, str]]:
    """Yield (number of the lexicographer file, definition without its examples)."""
    for line in file.read_text().splitlines():
        if line.startswith("  "):  # the licence
            continue
        facts, gloss = line.split(" | ", 1)
        text = re.split(r';\s+"', gloss, maxsplit=1)[0].strip()
        if not text.startswith('"') and len(text.split()) >= FEWEST_WORDS and not UNWELCOME.search(gloss):
            yield int(facts.split()[1]), text


def topics(nouns: list[tuple[int, str]], rng: np.random.Generator) -> list[tuple[str, str, str]]:
    """Return rows (text, label, split); a definition that two topics share goes to the first."""
    rows: list[tuple[str, str, str]] = []
    taken: set[str] = set()
    for number, label in TOPICS.items():
        pool = [text for file, text in nouns if file == number and len(text.split()) in TOPIC_WORDS]
        pool = [text for text in pool if text not in taken]
        taken.update(pool)
        order = iter(rng.permutation(len(pool)))
        rows += [(pool[next(order)], label, split) for split, size in SIZES.items() for _ in range(size)]
    return [rows[place] for place in rng.permutation(len(rows))]


def main(source: Path, out: Path) -> None:
    """Write both files."""
    rng = np.random.default_rng(0)
    parts = [list(definitions(source / f"data.{part}")) for part in ("noun", "verb", "adj", "adv")]
    rows = topics(list(dict.fromkeys(parts[0])), rng)
    held_out = {text for text, _, split in rows if split != "train"}
    texts = dict.fromkeys(text for part in parts for _, text in part)
    kept = [text for text in texts if text not in held_out]
    corpus = [kept[place] for place in rng.permutation(len(kept))]
    out.mkdir(parents=True, exist_ok=True)
    columns = dict(zip(("text", "label", "split"), zip(*rows, strict=True), strict=True))
    for name, table in (("topics", pa.table(columns)), ("corpus", pa.table({"text": corpus}))):
        pq.write_table(table, out / f"{name}.parquet", compression="zstd", compression_level=19)
    print(f"{len(rows):,} topics, {len(corpus):,} definitions of {sum(map(len, corpus)):,} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
