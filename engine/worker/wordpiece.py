"""A WordPiece tokenizer made from the texts at hand, as BERT's own was from its corpus."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""BERT's special tokens; their places are their ids."""
WORD_LETTERS = 500
"""A longer word becomes [UNK]. BERT's own bound is 100: too few where a script writes no spaces, such as Thai."""


def train_wordpiece(texts: Iterable[str], vocabulary: int, longest: int) -> PreTrainedTokenizerFast:
    """Return a lower-casing tokenizer of at most `vocabulary` pieces; each Chinese character is a piece of its own.

    Args:
        longest: Most tokens of a text, [CLS] and [SEP] included; what is longer is cut.
    """
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    def empty(model: models.WordPiece) -> Tokenizer:
        tokenizer = Tokenizer(model)
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.decoder = decoders.WordPiece()
        return tokenizer

    learning = empty(models.WordPiece(unk_token="[UNK]"))  # noqa: S106 - a token of text
    corpus = list(texts)
    settled = [*SPECIAL, *_letters_within(learning, corpus)]
    trainer = trainers.WordPieceTrainer(
        vocab_size=max(vocabulary, len(settled)), special_tokens=settled, show_progress=False
    )
    learning.train_from_iterator(corpus, trainer)
    vocab = _alphabetical(learning.get_vocab())
    inner = empty(models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=WORD_LETTERS))  # noqa: S106
    inner.add_special_tokens(list(SPECIAL))
    inner.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", SPECIAL.index("[CLS]")), ("[SEP]", SPECIAL.index("[SEP]"))],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=inner,
        model_max_length=longest,
        pad_token="[PAD]",  # noqa: S106
        unk_token="[UNK]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        mask_token="[MASK]",  # noqa: S106
    )


def _letters_within(tokenizer: Tokenizer, texts: Iterable[str]) -> list[str]:
    """Return the letters that go on a word, such as "##a", in alphabetical order.

    The trainer numbers them as it meets them, in an order that differs from run to run, and where two pieces are
    equally frequent the numbers decide. Named beforehand they have the same numbers each time, and so has the rest.
    """
    normalizer, cutter = tokenizer.normalizer, tokenizer.pre_tokenizer
    assert normalizer is not None
    assert cutter is not None
    chunks = {chunk for text in texts for chunk in normalizer.normalize_str(text).split()}
    words = {word for chunk in chunks for word, _ in cutter.pre_tokenize_str(chunk)}
    return sorted({f"##{letter}" for word in words for letter in word[1:]})


def _alphabetical(vocabulary: dict[str, int]) -> dict[str, int]:
    pieces = [*SPECIAL, *sorted(vocabulary.keys() - set(SPECIAL))]
    return {piece: number for number, piece in enumerate(pieces)}
