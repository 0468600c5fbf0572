"""The glossary: in order, and found by any of its names, by pinyin, by what it says."""

from __future__ import annotations

import pytest

from content.course.course import bundled, open_course
from content.course.term import Term
from content.course.text import Text
from content.search.terms import Glossary


def term(name: str, en: str, zh: str, says: str = "", aka: tuple[str, ...] = ()) -> Term:
    return Term(id=name, term=Text({"en": en, "zh": zh}), says=Text({"en": says, "zh": says}), aka={"en": aka})


TERMS = (
    term("loss", "Loss function", "损失函数", "What training makes small."),
    term("cross-entropy", "Cross-entropy", "交叉熵", "A loss of classifiers.", ("log loss",)),
    term("lr", "Learning rate", "学习率", "How far one step goes."),
    term("tuning", "Fine-tuning", "微调", "Training goes on.", ("finetuning",)),
    term("glossary", "Glossary", "术语表", "This."),
)


def ids(terms: list[Term]) -> list[str]:
    return [each.id for each in terms]


def test_each_language_has_its_own_order() -> None:
    assert ids(Glossary(TERMS, "en").fitting("")) == ["cross-entropy", "tuning", "glossary", "lr", "loss"]
    assert ids(Glossary(TERMS, "zh").fitting("")) == ["cross-entropy", "glossary", "loss", "tuning", "lr"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("loss", ["loss", "cross-entropy", "glossary"]),  # begins so; a word of another name; some letters
        ("LOSS FUNCTION", ["loss"]),
        ("ｌｏｓｓ　ｆｕｎ", ["loss"]),
        ("fine tuning", ["tuning"]),
        ("finetuning", ["tuning"]),
        ("损失", ["loss"]),
        ("函数", ["loss"]),
        ("sunshi", ["loss"]),
        ("ssh", ["loss"]),
        ("biao", ["glossary"]),
        ("han xxx", []),
        ("jiaocha", ["cross-entropy"]),
        ("classifiers", ["cross-entropy"]),
        ("step goes", ["lr"]),
        ("rate step", ["lr"]),
        ("nothing at all", []),
    ],
)
def test_a_term_is_found(wanted: str, found: list[str]) -> None:
    assert ids(Glossary(TERMS, "en").fitting(wanted)) == found


def test_every_term_of_the_course_is_found_first_by_each_of_its_names() -> None:
    terms = open_course(bundled()).terms.values()
    for language in ("en", "zh"):
        glossary = Glossary(terms, language)
        for each in terms:
            for _, name in each.term.all():
                found = glossary.fitting(name)[0]
                assert name in [called for _, called in found.term.all()]
