"""Write the sentences of reviews from the npm package sentiment 5.0.2.

Usage: python build_reviews.py FIXTURES_DIR OUT_DIR

FIXTURES_DIR is test/fixtures of that package, with amazon.json, imdb.json and yelp.json. Written is
reviews.parquet  text, label (negative, positive), source (amazon, imdb, yelp), split

A sentence that comes twice, in whatever case, is taken once. The order is drawn with NumPy's default generator,
seed 0; the first eight tenths are for training, the next for validation, the last for the test.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SITES = ("amazon", "imdb", "yelp")
LABELS = ("negative", "positive")
TRAIN, VALIDATION = 0.8, 0.9
"""Where the first and the second part end."""


def reviews(source: Path) -> list[tuple[str, str, str]]:
    """Return rows (text, label, site), each text once."""
    rows: dict[str, tuple[str, str, str]] = {}
    for site in SITES:
        for entry in json.loads((source / f"{site}.json").read_text()):
            text = " ".join(str(entry["text"]).split())
            if text and entry["class"] is not None:
                rows.setdefault(text.lower(), (text, LABELS[int(entry["class"]) != 0], site))
    return list(rows.values())


def main(source: Path, out: Path) -> None:
    """Write the file."""
    found = reviews(source)
    rows = [found[place] for place in np.random.default_rng(0).permutation(len(found))]
    first, second = round(len(rows) * TRAIN), round(len(rows) * VALIDATION)
    splits = ["train"] * first + ["validation"] * (second - first) + ["test"] * (len(rows) - second)
    out.mkdir(parents=True, exist_ok=True)
    columns = dict(zip(("text", "label", "source"), zip(*rows, strict=True), strict=True))
    table = pa.table(columns | {"split": splits})
    pq.write_table(table, out / "reviews.parquet", compression="zstd", compression_level=19)
    print(len(rows), Counter(columns["label"]), Counter(splits))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
