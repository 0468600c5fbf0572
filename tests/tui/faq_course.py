"""The small course, its second section entered through a question as a FAQ is, and the app on it."""

# ruff: noqa: E501 -- a glossary, one language a line

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.content.small_course import build, plant
from tests.tui.app_on import app_on
from tui.app import LearncurveApp

TERMS = """\
terms:
- id: update
  en: {term: Update, says: One step of the weights.}
  zh: {term: 更新, says: 权重走一步。}
  section: "1.1"
- id: loss
  en: {term: Loss function, says: A rule that turns a prediction and the truth into one number. Training makes it small.}
  zh: {term: 损失函数, says: 把预测与真实值变成一个数的规则；训练就是让这个数变小。}
  section: "1.2"
- id: cross-entropy
  en: {term: Cross-entropy, says: "The loss of classifiers: minus the logarithm of the probability of the true class."}
  zh: {term: 交叉熵, says: 分类器的损失：真实类别概率的负对数。}
  section: "1.2"
  aka: {en: [log loss], zh: []}
- id: learning-rate
  en: {term: Learning rate, says: How far one update goes along the gradient.}
  zh: {term: 学习率, says: 一次更新沿梯度走多远。}
  section: "1.1"
- id: epoch
  en: {term: Epoch, says: Once through all training data.}
  zh: {term: 轮, says: 把全部训练数据过一遍。}
"""

FAQ = "starts"
CHAPTERS = 'chapters: {"1": {en: The first chapter, zh: 第一章}}'
RECALL = "why-ln"


def faq_course(root: Path) -> Path:
    """Return the folder of the course, built where it is not there yet."""
    if not root.exists():
        build(root)
        plant(root, f"{FAQ}/section.yaml", "minutes: 2", f"minutes: 2\nrecall: {RECALL}")
        (root / "glossary.yaml").write_text(TERMS, encoding="utf-8")
        plant(root, "course.yaml", "sections: [steps, starts]", f"sections: [steps, starts]\n{CHAPTERS}")
    return root


def faq_app(home: Path, **more: Any) -> LearncurveApp:
    """Return the app on this course."""
    return app_on(home, course=faq_course(home / "course"), **more)
