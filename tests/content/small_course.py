"""A small sound course with a question of every type, as files in a folder; tests plant faults in it."""

from __future__ import annotations

from pathlib import Path

from tests.content.small_pages import FILLER, STARTS_PAGE, STEPS_PAGE
from tests.content.small_starts import STARTS_ITEMS
from tests.content.small_steps import STEPS_ITEMS

COURSE = """\
format: 1
id: small
languages: [en, zh]
title: {en: A small course, zh: 小课程}
about: {en: It exists for tests., zh: 只为测试。}
check_by: 2027-11-01
sections: [steps, starts]
slips:
  general: {en: everything is a step, zh: 一切都是步}
"""

STEPS_SECTION = """\
id: "1.1"
slug: steps
title: {en: Steps, zh: 步}
minutes: 3
objectives:
  11a: {en: Count updates, zh: 数更新次数}
  11b: {en: Order an update, zh: 排出一次更新}
slips:
  last-batch: {en: the short batch is dropped, zh: 不满的批次被丢弃}
  step-first: {en: the step comes first, zh: 先走一步}
  product: {en: inputs are multiplied together, zh: 输入互相相乘}
"""

STARTS_SECTION = """\
id: "1.2"
slug: starts
title: {en: Starts, zh: 起点}
minutes: 2
check_by: 2027-06-01
objectives:
  12a: {en: Say where a loss starts, zh: 说出损失的起点}
slips:
  log-base: {en: the loss has base ten, zh: 损失以 10 为底}
"""

PRESET = """\
kind = "mlp"
title = {en = "Plain", zh = "普通"}
note = {en = "It learns.", zh = "它会学。"}
learns = true
beside = "slow"

[set]
lr = 0.01
scale = "standard"

[outcome]
seeds = 5
test_accuracy = [0.89, 0.90, 0.91]
"""

SLOW = """\
kind = "mlp"
title = {en = "Slow", zh = "慢"}
note = {en = "It crawls.", zh = "它在爬。"}

[set]
lr = 0.0001
"""

GLOSSARY = """\
terms:
- id: update
  en: {term: Update, says: One step of the weights.}
  zh: {term: 更新, says: 权重走一步。}
  section: "1.1"
  aka: {en: [step], zh: [步]}
  avoid: {en: [iteration], zh: [迭代]}
- id: loss
  en: {term: Loss, says: How wrong a guess is.}
  zh: {term: 损失, says: 猜得有多错。}
"""


def build(root: Path) -> Path:
    """Write the course into `root` and return it."""
    files = {
        "course.yaml": COURSE,
        "steps/section.yaml": STEPS_SECTION,
        "steps/items.yaml": STEPS_ITEMS,
        "starts/section.yaml": STARTS_SECTION,
        "starts/items.yaml": STARTS_ITEMS,
        "presets/plain.toml": PRESET,
        "presets/slow.toml": SLOW,
        "glossary.yaml": GLOSSARY,
    }
    for language in ("en", "zh"):
        for slug, pages in (("steps", STEPS_PAGE), ("starts", STARTS_PAGE)):
            files[f"{slug}/page.{language}.md"] = pages[language].replace("@FILLER@", FILLER[language].strip())
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def plant(root: Path, file: str, old: str, new: str) -> str:
    """Replace the first `old` of a file by `new` and return the file's text; the fault must really be planted."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return text


def line_of(text: str, marker: str) -> int:
    """Return the line on which `marker` first stands."""
    assert marker in text, marker
    return text[: text.index(marker)].count("\n") + 1
