"""A small course with a question of every type, in two languages, for tests of the question screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from content.course.course import Course, open_course
from content.memory.record import Record, open_record
from content.quiz.session import begin
from tui.app import LearncurveApp
from tui.house import House
from tui.terminal import Width

TYPES = ("choice", "multiple", "truth", "number", "order", "bug", "short", "match", "cloze")
"""Ids of the questions: each is named after its type."""

COURSE = """\
format: 1
id: small
languages: [en, zh]
title: {en: Small, zh: 小课}
about: {en: A test., zh: 测试。}
check_by: 2099-01-01
sections: [alpha]
"""

SECTION = """\
id: "9.1"
slug: alpha
title: {en: Alpha, zh: 甲}
minutes: 1
objectives:
  91a: {en: Know it, zh: 知道}
slips:
  log-base: {en: the loss is taken with the base-10 logarithm, zh: 损失以 10 为底}
  last-dropped: {en: the short last batch is no update, zh: 不满的末批不算}
"""

PAGE = {
    "en": "# Alpha\n\n```opening\nWhy?\n```\n\n## Where it starts {#start}\n\nText.\n\n## Sources {#sources}\n\n- a\n",
    "zh": "# 甲\n\n```opening\n为什么？\n```\n\n## 从哪里开始 {#start}\n\n正文。\n\n## Sources {#sources}\n\n- a\n",
}

ITEMS = r"""
section: "9.1"
items:
- id: choice
  type: choice
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: "Near which value does the loss start?", zh: 损失从哪里开始？}
  hints: [{en: Think of an even guess., zh: 想想均匀猜测。}, {en: Take the logarithm of ten., zh: 对十取对数。}]
  options:
  - {text: "2.30", right: true, why: {en: "It is ln 10.", zh: "是 ln 10。"}}
  - {text: "1.00", slip: log-base, why: {en: "That is the base ten.", zh: 那是以十为底。}}
  - {text: "0.10", why: {en: "The probability.", zh: 那是概率。}}
  - {text: "10.0", why: {en: "The number of classes.", zh: 类别数。}}
- id: multiple
  type: multiple
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: "Which are colours? Select all that apply.", zh: 哪些是颜色？选出所有符合的项。}
  hints: [{en: Look., zh: 看。}]
  options:
  - {id: red, text: {en: Red as a rose, zh: 玫瑰的红}, right: true, why: {en: A colour., zh: 是颜色。}}
  - {id: blue, text: {en: Blue as a sea, zh: 大海的蓝}, right: true, why: {en: A colour too., zh: 也是颜色。}}
  - {id: loud, text: {en: Loud as a bell, zh: 钟声的响}, why: {en: A sound., zh: 是声音。}}
- id: truth
  type: truth
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: "Water is wet.", zh: 水是湿的。}
  answer: true
  why: {en: It wets what it touches., zh: 它沾湿所碰到的。}
  hints: [{en: Touch it., zh: 摸摸看。}]
  options:
  - {id: wets, text: {en: It wets all that it meets, zh: 它沾湿一切}, right: true, why: {en: Just so., zh: 正是。}}
  - id: cold
    text: {en: It is colder than the air, zh: 它比空气冷}
    slip: log-base
    why: {en: Not always., zh: 不一定。}
  - {id: blue, text: {en: It is as blue as the sky, zh: 它像天一样蓝}, why: {en: It has no colour., zh: 它无色。}}
- id: number
  type: number
  objective: 91a
  level: M
  cites: alpha#start
  draw: {n: [100, 900], b: {pick: [8, 16]}}
  let: {per: ceil(n / b)}
  answer: per
  unit: {en: updates, zh: 次}
  ask: {en: "{n} images, batch {b}. How many updates?", zh: "{n} 张图像，批次 {b}。更新几次？"}
  hints: [{en: Round up., zh: 向上取整。}]
  steps: ["ceil({n} / {b}) = {answer}"]
  why: {en: A short batch counts., zh: 不满的一批也算。}
  wrong:
  - {is: floor(n / b), slip: last-dropped, why: {en: The last one counts too., zh: 末批也算。}}
  check: [{n: 100, b: 8, answer: 13}]
- id: order
  type: order
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: Order one update., zh: 排出一次更新。}
  hints: [{en: Forward first., zh: 先前向。}]
  parts:
    zero: {en: Clear the slopes, zh: 清零}
    loss: {en: Compute the loss, zh: 算损失}
    back: {en: Go back, zh: 反向}
    step: {en: Move, zh: 移动}
  rules:
  - {rule: zero < back, why: {en: Old slopes must go first., zh: 旧梯度要先清。}}
  - {rule: loss < back < step, why: {en: No loss no slopes., zh: 无损失则无梯度。}}
  why: {en: Then the step uses fresh slopes., zh: 更新用的是新梯度。}
- id: bug
  type: bug
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: "Which line is wrong, and how is it mended?", zh: 哪一行错了，怎么改？}
  hints: [{en: Count the softmax., zh: 数数 softmax。}]
  code: |
    p = torch.softmax(net(x), dim=1)

    loss = nn.CrossEntropyLoss()(p, y)  # twice
  bug: p = torch.softmax(net(x), dim=1)
  line_why: {en: The loss applies it itself., zh: 损失自己会做。}
  why: {en: It cannot fall below 1.461., zh: 降不到 1.461 以下。}
  options:
  - id: drop
    text: {en: Drop it and give the logits, zh: 去掉它}
    right: true
    why: {en: Logits are wanted., zh: 要的是 logit。}
  - {id: axis, text: {en: Set the dimension to zero, zh: 改成 dim=0}, why: {en: That mixes images., zh: 会混图像。}}
  - {id: rate, text: {en: Raise the rate tenfold now, zh: 调高学习率}, why: {en: No rate helps., zh: 没有用。}}
- id: short
  type: short
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: "Why backwards?", zh: 为什么反着走？}
  hints: [{en: Count., zh: 数一数。}]
  rubric:
  - {point: {en: There are many weights., zh: 权重很多。}, why: {en: Millions., zh: 上百万。}}
  - {point: {en: There is one loss., zh: 损失只有一个。}, why: {en: One number., zh: 一个数。}}
  model: {en: Many weights and one loss., zh: 权重多而损失一个。}
- id: match
  type: match
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: Match task and loss., zh: 配上损失。}
  hints: [{en: Think., zh: 想想。}]
  left: {price: {en: A price, zh: 价格}, digit: {en: A digit, zh: 数字}}
  right:
    mse: {en: Squared error, zh: 平方误差}
    ce: {en: Cross-entropy, zh: 交叉熵}
    none: {en: Nothing at all, zh: 都不是}
  pairs: {price: mse, digit: ce}
  whys: {price: {en: A quantity., zh: 是数量。}, digit: {en: A class., zh: 是类别。}}
- id: cloze
  type: cloze
  objective: 91a
  level: M
  cites: alpha#start
  ask: {en: "A neuron adds a [[bias]] to the [[sum]].", zh: "神经元给[[sum]]加上[[bias]]。"}
  hints: [{en: Two words., zh: 两个词。}]
  blanks:
    bias: {accept: {en: [bias], zh: [偏置]}, why: {en: It shifts., zh: 它平移。}}
    sum:
      accept: {en: [sum], zh: [和]}
      why: {en: Inputs are added., zh: 输入相加。}
      wrong: [{is: {en: [product], zh: [积]}, slip: log-base, why: {en: Added not multiplied., zh: 是相加。}}]
"""


def write_course(folder: Path, items: str = ITEMS) -> Path:
    """Write the course; return its folder."""
    (folder / "alpha").mkdir(parents=True, exist_ok=True)
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    (folder / "alpha" / "section.yaml").write_text(SECTION, encoding="utf-8")
    (folder / "alpha" / "items.yaml").write_text(items, encoding="utf-8")
    for language, text in PAGE.items():
        (folder / "alpha" / f"page.{language}.md").write_text(text, encoding="utf-8")
    return folder


def small_course(folder: Path) -> Course:
    """Return the course, read."""
    return open_course(write_course(folder))


def asking(
    home: Path,
    *items: str,
    theme: str = "dark",
    measured: Width = "one",
    language: str = "en",
    seed: int = 7,
    written: str = ITEMS,
    first: Sequence[str] = (),
) -> LearncurveApp:
    """Return the app with a sitting of these questions open; called again on the same home it goes on.

    Args:
        seed: Of a new sitting, so that numbers and orders are the same in every run of a test.
        first: The place to open; by default the section's open question.
    """
    course = open_course(write_course(home / "course", written))
    home.mkdir(parents=True, exist_ok=True)
    record = open_record(home / "record.sqlite").record
    record.keep_setting("interface", {"language": language, "greeted": True, "theme": theme})
    begin_sitting(course, record, items, seed)
    place = ["question", "alpha", *first]
    return LearncurveApp(House(home), course, record, measured=measured, first=[place])


def begin_sitting(course: Course, record: Record, items: Sequence[str], seed: int) -> None:
    """Begin a sitting of these questions, where none is under way."""
    if not items or record.open_session(course.id, "alpha") is not None:
        return
    known = {item.id: item for item in course.items("alpha")}
    chosen = [known[name] for name in items]
    record.begin_session(begin(chosen, course=course.id, section="alpha", session_id=f"s{seed}", seed=seed))
