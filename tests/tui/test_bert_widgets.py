"""What is looked at inside a BERT: bars, cards, tokens, attention and the map, each as a widget alone."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.board_app import BoardApp, Repaints, WritingApp, rows, settled
from tui.glyphs import ASCII, RICH, Glyphs
from tui.widgets.attention import AttentionMap
from tui.widgets.attention_plan import plan, stacked
from tui.widgets.bars import bar, share
from tui.widgets.embedding_map import EmbeddingMap
from tui.widgets.embedding_separation import separation, signs
from tui.widgets.mask_guesses import MaskGuesses
from tui.widgets.mistakes import Mistake, Mistakes
from tui.widgets.sentence import Sentence
from tui.widgets.sentence_bars import SentenceBars
from tui.widgets.tokens import Tokens, TokenStrip
from tui.words import Words

WORDS = Words("en")
TOPICS = ("animal", "artifact", "body", "food", "location", "plant")
CAT = Sentence("a large cat", "animal", (("animal", 0.81), ("food", 0.12), ("body", 0.07)))
KNEE = Sentence("a joint", "body", (("artifact", 0.6), ("body", 0.3), ("food", 0.1)))


@given(st.floats(0, 1), st.integers(1, 40), st.sampled_from([RICH, ASCII]))
def test_a_bar_is_as_long_as_its_probability(probability: float, cells: int, glyphs: Glyphs) -> None:
    """To half a cell; whatever is seen at all leaves a trace, and certainty fills it."""
    drawn = bar(probability, cells, glyphs)
    steps = 1 if glyphs.ascii else 2
    length = sum({"⡇": 1}.get(sign, steps) for sign in drawn)
    assert abs(length - probability * cells * steps) <= 1
    assert bool(drawn) or probability < 0.5
    assert cell_len(bar(1.0, cells, glyphs)) == cells
    assert len(share(probability)) == 3


def test_nan_is_no_bar_but_is_said() -> None:
    """A broken model has no length."""
    assert bar(float("nan"), 10, RICH) == ""
    assert share(float("nan")) == "NaN"


async def test_labels_keep_their_columns_while_their_bars_move() -> None:
    """The truth and a wrong guess are told by signs, in the column of their label."""
    widget = SentenceBars(WORDS)
    async with BoardApp(widget).run_test(size=(79, 16)) as pilot:
        widget.labels, widget.sentences = TOPICS, (CAT, KNEE)
        await settled(pilot)
        head, _, first, *_ = rows(widget)
        wrong = next(row for row in rows(widget) if "✗" in row)
        assert first[head.index("animal") - 1] == "✓"
        assert first[head.index("animal") :].startswith(".81 ⣿")
        assert first[head.index("food") :].startswith(".12 ")
        assert wrong[head.index("artifact") - 1] == "✗"
        assert wrong[head.index("body") - 1] == "✓"
        assert "0.810" in widget.describe()


async def test_only_the_bars_that_moved_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a second over a slow line."""
    widget = SentenceBars(WORDS)
    async with BoardApp(widget).run_test(size=(79, 16)) as pilot:
        widget.labels, widget.sentences = TOPICS, (CAT, KNEE)
        await settled(pilot)
        painted = Repaints(widget, monkeypatch)
        widget.sentences = (CAT, Sentence(KNEE.text, KNEE.truth, (("artifact", 0.5), ("body", 0.4), ("food", 0.1))))
        await settled(pilot)
        assert {y for _, y in painted.cells} == {next(y for y, row in enumerate(rows(widget)) if "✗" in row)}
        painted.asked.clear()
        widget.sentences = (CAT, Sentence(KNEE.text, KNEE.truth, (("artifact", 0.5), ("body", 0.4), ("food", 0.1))))
        await settled(pilot)
        assert painted.asked == []


async def test_a_look_costs_a_slow_line_little() -> None:
    """All bars of eight sentences move at once, once a second: far below 5 KiB."""
    widget = SentenceBars(WORDS)
    app = WritingApp(widget)
    async with app.run_test(headless=False, size=(79, 18)) as pilot:
        widget.labels = TOPICS
        for look in (0.05, 0.1, 0.15):
            app.written()
            first = [(topic, (look * (at + 1)) % 1) for at, topic in enumerate(TOPICS)]
            guesses = tuple(sorted(first, key=lambda guess: -guess[1]))
            widget.sentences = tuple(Sentence(f"text {number}", "food", guesses) for number in range(8))
            await settled(pilot)
        assert 0 < len(app.written().encode()) < 4096


@pytest.mark.parametrize("glyphs", [RICH, ASCII], ids=["rich", "ascii"])
@pytest.mark.parametrize("size", [(79, 16), (66, 32), (40, 8), (24, 4)])
async def test_everything_that_was_seen_fits_and_the_rest_is_scrolled_to(size: tuple[int, int], glyphs: Glyphs) -> None:
    """Twenty labels, long texts, Chinese: never wider than the widget, and the last one can be reached."""
    names = tuple(f"label number {number}" for number in range(20))
    guesses = tuple((name, 0.05) for name in names)
    texts = ["short", "a long text " * 30, "床前明月光，疑是地上霜。" * 9, *(f"text {number}" for number in range(9))]
    widget = SentenceBars(WORDS, glyphs)
    async with BoardApp(widget).run_test(size=size) as pilot:
        widget.labels, widget.sentences = names, tuple(Sentence(text, names[0], guesses) for text in texts)
        await settled(pilot)
        assert all(cell_len(row) == size[0] for row in rows(widget))
        if glyphs.ascii:
            assert "".join(rows(widget)).replace("床前明月光，疑是地上霜。", "").isascii() or size[1] > 4
        widget.action_move(9999)
        await settled(pilot)
        assert "text 8" in "\n".join(rows(widget))
        widget.action_turn(-99)
        assert widget.top == 0


async def test_what_the_learner_wrote_is_marked_and_waits_for_its_answer() -> None:
    """Amber alone would say nothing on a terminal without colours."""
    widget = SentenceBars(WORDS)
    async with BoardApp(widget).run_test(size=(79, 16)) as pilot:
        widget.labels, widget.sentences = TOPICS, (Sentence("mine", own=True), CAT)
        await settled(pilot)
        shown = rows(widget)
        assert shown[1].startswith("● mine")
        assert "asked with the next look" in shown[2]
        assert any("● yours" in row for row in shown)


async def test_the_card_of_a_long_sentence_shows_the_hidden_word() -> None:
    """What is guessed is never cut away; pieces of words are shown as they are."""
    text = "this goes on and on " * 20 + "until a [MASK] comes " + "and then it goes on " * 20
    widget = MaskGuesses(WORDS)
    async with BoardApp(widget).run_test(size=(79, 16)) as pilot:
        widget.sentences = tuple(Sentence(text, "cat", (("cat", 0.5), ("##ing", 0.25))) for _ in range(14))
        await settled(pilot)
        shown = rows(widget)
        assert sum(row.count("[MASK]") for row in shown) >= 9
        assert any("✓.50 cat" in row for row in shown)
        assert any(" .25 ##ing" in row for row in shown)
        assert "1-9 of 14" in shown[-1]


async def test_mistakes_name_the_label_and_what_it_was_taken_for() -> None:
    """With the probability that stood behind the mistake."""
    widget = Mistakes(WORDS)
    async with BoardApp(widget).run_test(size=(60, 12)) as pilot:
        await settled(pilot)
        assert "No mistakes" in "".join(rows(widget))
        widget.mistakes = (Mistake("a joint", "body", "artifact", 0.97),)
        await settled(pilot)
        assert any("✓ body" in row and "✗ artifact" in row and ".97" in row for row in rows(widget))
        assert "0.970" in widget.describe()


async def test_tokens_stand_above_their_numbers_and_padding_is_counted() -> None:
    """Pieces, numbers and mask in one column; of much padding two are shown."""
    pieces = ("[CLS]", "cat", "##s", "[UNK]", "[SEP]", *["[PAD]"] * 9)
    widget = TokenStrip(WORDS)
    async with BoardApp(widget).run_test(size=(79, 12)) as pilot:
        ids = (2, 812, 57, 1, 3, *[0] * 9)
        widget.sentences = (Tokens("cats and snow", pieces, ids, (1, 1, 1, 1, 1, *[0] * 9)),)
        await settled(pilot)
        text, piece, number, mask, *_ = rows(widget)
        assert text.startswith("cats and snow")
        for name, value in (("cat", "812"), ("##s", "57"), ("[SEP]", "3")):
            column = piece.index(name)
            assert number[column:].startswith(value)
            assert mask[column] == "1"
        assert "+7 [PAD]" in piece
        assert mask[piece.index("[PAD]")] == "0"


@pytest.mark.parametrize("columns", [20, 40, 79])
async def test_a_strip_of_tokens_is_wrapped_and_no_piece_is_lost(columns: int) -> None:
    """Chinese pieces take two cells."""
    letters = "床前明月光疑是地上霜举头望明月低头思故乡"
    widget = TokenStrip(Words("zh"))
    async with BoardApp(widget).run_test(size=(columns, 40)) as pilot:
        widget.sentences = (Tokens(letters, tuple(letters), tuple(range(100, 120)), (1,) * 20),)
        await settled(pilot)
        pieces = [row.split()[1:] for row in rows(widget) if row.startswith("词元")]
        assert "".join(piece for row in pieces for piece in row) == letters


def looking(count: int) -> np.ndarray:
    """Return weights whose rows sum to 1: each token looks at the next one most."""
    scores = np.exp(-np.abs(np.arange(count)[:, None] + 1 - np.arange(count)[None, :]))
    weights: np.ndarray = (scores / scores.sum(1, keepdims=True)).astype(np.float16)
    return weights


@pytest.mark.parametrize(
    ("pieces", "mask", "legend"),
    [
        (("[CLS]", "a", "[SEP]"), (1, 1, 1), ""),
        (("[CLS]", "cat", "##s", "[SEP]"), (1, 1, 1, 1), "## goes on with the piece before"),
        (
            ("[UNK]", "##s", "[PAD]"),
            (1, 1, 0),
            "## goes on with the piece before   [UNK] not in its vocabulary   [PAD] padding, masked by 0",
        ),
    ],
)
async def test_only_signs_that_are_there_are_explained(
    pieces: tuple[str, ...], mask: tuple[int, ...], legend: str
) -> None:
    widget = TokenStrip(WORDS)
    async with BoardApp(widget).run_test(size=(110, 8)) as pilot:
        widget.sentences = (Tokens("", pieces, tuple(range(len(pieces))), mask),)
        await settled(pilot)
        *_, last = [at for at, row in enumerate(rows(widget)) if row.startswith("mask")]
        assert "".join(rows(widget)[last + 1 :]).strip() == legend


async def test_the_chosen_row_shows_its_weights_and_that_they_sum_to_one() -> None:
    """In numbers, whatever the colours."""
    pieces = ["[CLS]", "a", "large", "cat", "[SEP]"]
    widget = AttentionMap(WORDS)
    async with BoardApp(widget).run_test(size=(79, 16)) as pilot:
        widget.put(pieces, looking(5))
        await pilot.press("down", "down")
        await settled(pilot)
        row = next(row for row in rows(widget) if row.startswith("→"))
        assert row.split()[:2] == ["→", "large"]
        numbers = [float(f"0{number}") for number in row.split()[2:7]]
        assert sum(numbers) == pytest.approx(1.0, abs=0.03)
        assert row.rstrip().endswith("= 1.00")
        shown = "\n".join(rows(widget))
        assert "large looks at  cat" in shown
        assert "no proof" in shown
        await pilot.press("right")
        await settled(pilot)
        assert "large looks at [CLS]: 0.0" in "\n".join(rows(widget))
        assert "no proof" in widget.describe()


@pytest.mark.parametrize(("glyphs", "keys"), [(RICH, "↑ ↓"), (ASCII, "up down")], ids=["rich", "ascii"])
async def test_the_keys_of_the_other_tokens_stand_beside_the_caption(glyphs: Glyphs, keys: str) -> None:
    """A row that is out of sight is counted; where there is no room the caption is whole and the keys are not."""
    widget = AttentionMap(WORDS, glyphs)
    pieces = [f"w{number}" for number in range(14)]
    async with BoardApp(widget).run_test(size=(79, 12)) as pilot:
        widget.put(pieces, looking(14))
        await settled(pilot)
        assert re.search(rf"no proof of what matters\. {{3,}}{keys} token 1/14$", rows(widget)[-1])
        await pilot.press("down")
        await settled(pilot)
        assert rows(widget)[-1].endswith(f"{keys} token 2/14")
        await pilot.resize_terminal(60, 12)
        await settled(pilot)
        assert rows(widget)[-1].rstrip().endswith("no proof of what matters.")


@pytest.mark.parametrize(("glyphs", "full"), [(RICH, "⣿"), (ASCII, "#")], ids=["rich", "ascii"])
@pytest.mark.parametrize("colours", ["standard", "truecolor"])
async def test_shades_are_marks_where_there_are_no_tints(glyphs: Glyphs, full: str, colours: str) -> None:
    """In 16 colours the shade is a mark; with tints the number alone stands on them."""
    widget = AttentionMap(WORDS, glyphs)
    async with BoardApp(widget, colours=colours).run_test(size=(79, 16)) as pilot:
        widget.put(["a", "b"], np.array([[0.05, 0.95], [0.5, 0.5]]))
        await settled(pilot)
        shown = "\n".join(rows(widget))
        assert (f"{full}{full}{full}.95" in shown) is (colours == "standard")
        assert ".95" in shown
        if glyphs.ascii:
            assert shown.isascii()


async def test_a_long_sentence_is_scrolled_with_the_cursor() -> None:
    """The token that looks and the one that is pointed at are both in sight."""
    pieces = [f"w{number}" for number in range(48)]
    widget = AttentionMap(WORDS)
    async with BoardApp(widget).run_test(size=(66, 17)) as pilot:
        widget.put(pieces, looking(48))
        widget.cursor = (40, 45)
        await settled(pilot)
        shown = "\n".join(rows(widget))
        assert "→" in shown
        assert "w40" in shown
        assert "w40 looks at w45" in shown
        layout = plan(pieces, widget.cursor, 66, 17)
        assert 40 in layout.rows
        assert 45 in layout.columns
        assert "In tenths" in shown
        await pilot.click(AttentionMap, offset=layout.place(layout.rows[1], layout.columns[2]))
        assert widget.cursor == (layout.rows[1], layout.columns[2])


@given(st.text("ab训练", min_size=1, max_size=12), st.integers(2, 7))
def test_a_piece_above_its_column_keeps_its_letters_and_its_width(piece: str, width: int) -> None:
    """Stacked, never wider than the cells below it."""
    found = stacked(piece, max(width, 3))
    assert "".join(found) == piece
    assert all(cell_len(line) <= max(width, 3) for line in found)


def clusters(spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Return three clusters of 30 points and their labels."""
    labels = np.arange(90) % 3
    centres = np.array([[-1, 0], [1, 0], [0, 1]])[labels]
    return centres + np.random.default_rng(0).normal(size=(90, 2)) * spread, labels


def test_separation_is_one_for_clusters_and_chance_for_a_heap() -> None:
    """An honest figure: no map is called separated because its colours are pretty."""
    apart, heap = separation(*clusters(0.01), 3), separation(*clusters(50.0), 3)
    assert apart is not None
    assert heap is not None
    assert apart.alike == 1.0
    assert apart.nearest == (None, None, None)
    assert apart.chance == pytest.approx(29 / 89)
    assert abs(heap.alike - heap.chance) < 0.2
    assert separation(np.zeros((1, 2)), np.zeros(1, int), 3) is None


@given(st.lists(st.text("abcd 训", max_size=5), max_size=40))
def test_every_label_has_a_sign_of_one_cell_of_its_own(names: list[str]) -> None:
    """As long as there are letters and digits."""
    found = signs(names)
    assert all(cell_len(sign) == 1 for sign in found)
    assert len(set(found)) == len(found) if len(found) <= 9 else len(set(found)) > 9


async def test_the_same_point_stands_in_the_same_place_whatever_else_moves() -> None:
    """Labels have letters; the scale is not the data's; one label can be made to stand out."""
    widget = EmbeddingMap(WORDS)
    points, labels = clusters(0.05)
    async with BoardApp(widget).run_test(size=(70, 18)) as pilot:
        widget.extent = (2.0, 2.0)
        widget.put(points, labels, ("animal", "artifact", "body"))
        await settled(pilot)
        before = rows(widget)
        moved = points.copy()
        moved[labels == 0] += (0.0, -0.9)
        widget.put(moved, labels, ("animal", "artifact", "body"))
        await settled(pilot)
        assert [row.replace("A", " ").replace("a", " ") for row in rows(widget)[:12] if "b" in row.lower()] == [
            row.replace("A", " ").replace("a", " ") for row in before[:12] if "b" in row.lower()
        ]
        assert "a animal   r artifact   b body   A several" in rows(widget)[-2]
        assert any("B" in row for row in rows(widget)[:-2])
        assert "100% have a nearest neighbour of their own label (by chance 33%)" in rows(widget)[-1]
        await pilot.press("right")
        await settled(pilot)
        assert widget.chosen == 0
        assert "animal: 30 texts, 100%" in rows(widget)[-1]
        assert "·" in "".join(rows(widget)[:12])
        await pilot.press("left")
        assert widget.chosen is None


async def test_where_signs_are_digits_no_capital_is_promised() -> None:
    widget = EmbeddingMap(WORDS)
    points, labels = clusters(0.05)
    async with BoardApp(widget).run_test(size=(70, 18)) as pilot:
        widget.put(points, labels, ("诗", "论语", "谚语"))
        await settled(pilot)
        assert rows(widget)[-2].rstrip() == "1 诗   2 论语   3 谚语"


async def test_a_map_of_nothing_and_of_nonsense_is_said_to_be_none() -> None:
    """Labels that no name belongs to, NaN, or no map at all."""
    widget = EmbeddingMap(WORDS)
    async with BoardApp(widget).run_test(size=(60, 12)) as pilot:
        await settled(pilot)
        assert "No map" in rows(widget)[0]
        widget.put(np.array([[np.nan, 0.0], [1.0, 1.0], [9.0, 9.0]]), np.array([0, 7, 0]), ("animal",))
        await settled(pilot)
        assert "animal" in "\n".join(rows(widget))
        assert "2" in widget.describe()
