"""What a confusion matrix says, in words and as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.widgets.chart.description import aligned

Words = Callable[..., str]
Counts = Sequence[Sequence[int]]
"""`counts[t][g]`: examples of class t that were taken for class g."""

MOST_CONFUSED = 5


def labelled(counts: Counts, names: Sequence[str]) -> list[str]:
    """Return a name for each class, its number where it has none."""
    return [names[at] if at < len(names) else str(at) for at in range(len(counts))]


def recall(counts: Counts, truth: int) -> float | None:
    """Return which part of a class was recognised; None where it has no examples."""
    total = sum(counts[truth])
    return counts[truth][truth] / total if total else None


def confusions(counts: Counts) -> list[tuple[int, int]]:
    """Return the wrong cells that are not empty as (truth, guess), most frequent first."""
    cells = [(truth, guess) for truth in range(len(counts)) for guess in range(len(counts)) if truth != guess]
    found = [(truth, guess) for truth, guess in cells if counts[truth][guess]]
    return sorted(found, key=lambda cell: -counts[cell[0]][cell[1]])


def percent(part: int, whole: int) -> str:
    """Return a share: 97%, 0.4%."""
    if not whole:
        return "-"
    share = 100 * part / whole
    return f"{share:.1f}%" if 0 < share < 1 or 99 < share < 100 else f"{share:.0f}%"


def spoken(counts: Counts, names: Sequence[str], cell: tuple[int, int] | None, words: Words) -> str:
    """Return what a cell says, or the whole matrix without one."""
    if not counts:
        return words("confusion.empty")
    if cell is None:
        right, total = sum(counts[at][at] for at in range(len(counts))), sum(map(sum, counts))
        return words("confusion.total", right=f"{right:,}", total=f"{total:,}", share=percent(right, total))
    truth, guess = cell
    count, total = counts[truth][guess], sum(counts[truth])
    values = {
        "truth": names[truth],
        "count": f"{count:,}",
        "total": f"{total:,}",
        "share": percent(count, total),
    }
    if truth == guess:
        return words("confusion.known", **values)
    return words("confusion.mistaken", guess=names[guess], **values)


def described(counts: Counts, names: Sequence[str], words: Words) -> str:
    """Return the matrix as a table, then its most frequent confusions in sentences."""
    if not counts:
        return words("confusion.empty")
    table = [[words("confusion.corner"), *names, words("confusion.recall")]]
    for truth, row in enumerate(counts):
        share = percent(row[truth], sum(row))
        table.append([names[truth], *(f"{count:,}" if count else "." for count in row), share])
    worst = [spoken(counts, names, cell, words) for cell in confusions(counts)[:MOST_CONFUSED]]
    return "\n\n".join([aligned(table), "\n".join([spoken(counts, names, None, words), *worst])])
