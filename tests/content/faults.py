"""Faults to plant in the small course, one for each thing that the linter knows, and where it must find them."""

# ruff: noqa: E501 -- a table, one fault a line

from __future__ import annotations

from typing import NamedTuple

from tests.content.small_course import STEPS_SECTION
from tests.content.small_starts import STARTS_ITEMS

S, T = "steps/items.yaml", "starts/items.yaml"
PAGE, SEITE = "steps/page.en.md", "steps/page.zh.md"
SECTION, COURSE, PRESET, TERMS = "steps/section.yaml", "course.yaml", "presets/plain.toml", "glossary.yaml"


EVEN = STARTS_ITEMS[STARTS_ITEMS.index("- id: even-guess") : STARTS_ITEMS.index("- id: which-base")]
"""A whole question."""


class Planted(NamedTuple):
    """A fault.

    Attributes:
        at: Words on the line where the linter must find it, in the changed file.
        field: The field that it must name.
    """

    code: str
    file: str
    old: str
    new: str
    at: str
    field: str


FILES = (
    Planted("control-character", S, "One epoch first.", "One \\e[31mepoch first.", "One \\e[31m", ""),
    Planted("control-character", PAGE, "Mind the order", "Mind \x1b]0;the order", "Mind", ""),
    Planted("yaml", S, "- id: one-update", "- id: 'one-update", "'one-update", ""),
    Planted("yaml-alias", S, "id: one-update", "id: &a one-update", "&a", ""),
    Planted("yaml-alias", S, "parts:\n", "parts:\n    <<: {a: b}\n", "<<:", ""),
    Planted("yaml-alias", S, "id: one-update", "id: !!python/name:os.system one-update", "!!python", ""),
    Planted("yaml-documents", S, "- id: updates", "---\n- id: updates", "---", ""),
    Planted("yaml-too-deep", S, "hints: [{en: Look", "hints: " + "[" * 40 + "[{en: Look", "[[[[", ""),
    Planted("toml", PRESET, "lr = 0.01", "lr = ", "lr = ", "file"),
)

FIELDS = (
    Planted("field-missing", S, "  answer: w * 2 * per\n", "", "- id: updates", "updates.answer"),
    Planted("field-missing", S, "  cites: steps#loop\n", "", "- id: one-update", "one-update.cites"),
    Planted("field-missing", PRESET, 'kind = "mlp"\n', "", 'title = {en = "Plain"', "kind"),
    Planted("field-missing", S, "  steps:\n  - ", "  steps: []\n  x:\n  - ", "steps: []", "updates.steps"),
    Planted("field-unknown", S, "tolerance: 0", "tolerence: 0", "tolerence", "updates.tolerence"),
    Planted("field-unknown", S, "slip: step-first", "slop: step-first", "slop", "step-early.options[1].slop"),
    Planted("field-unknown", COURSE, "about:", "abuot:", "abuot", "abuot"),
    Planted("field-unknown", PRESET, "learns = true", "learn = true", "learn = true", "learn"),
    Planted("field-twice", S, "  level: E\n", "  level: E\n  level: M\n", "level: M\n  cites: steps#loop", "level"),
    Planted("field-twice", S, "    per: ceil(n / b)", "    n: 3\n    per: ceil(n / b)", "n: 3", "updates.let.n"),
    Planted("field-kind", PRESET, 'beside = "slow"', "beside = 1", "beside", "beside"),
    Planted("field-kind", S, "right: true\n    why: {en: Then", "right: maybe\n    why: {en: Then", "maybe", "step-early.options[0].right"),
    Planted("field-kind", S, "parts:\n    zero: opt.zero_grad()", "parts: [a]\n  x:\n    zero: b", "parts: [a]", "one-update.parts"),
    Planted("field-kind", T, "answer: false", "answer: perhaps", "perhaps", "lower-is-better.answer"),
    Planted("field-kind", COURSE, "languages: [en, zh]", "languages: [en, zh, ../x]", "../x", "languages"),
    Planted("field-kind", S, "2027-06-01", "2027-13-01", "2027-13", "updates.check_by"),
    Planted("field-kind", "starts/section.yaml", "2027-06-01", "June", "June", "check_by"),
    Planted("field-kind", COURSE, "2027-11-01", "soon", "soon", "check_by"),
    Planted("field-kind", PRESET, "[0.89, 0.90, 0.91]", "[0.91, 0.90]", "[outcome]", "outcome"),
    Planted("field-kind", PRESET, "[0.89, 0.90, 0.91]", "[0.89, nan, 0.91]", "[outcome]", "outcome"),
    Planted("field-kind", COURSE, "[steps, starts]", "[]", "sections: []", "sections"),
    Planted("field-kind", SECTION, STEPS_SECTION, "[a, b]", "[a, b]", "file"),
    Planted("field-kind", TERMS, "terms:\n", "", "- id: update", "file"),
    Planted("field-kind", S, "tolerance: 0", "tolerance: -1", "tolerance: -1", "updates.tolerance"),
    Planted("number-range", S, "level: E\n  cites: steps#loop", "level: E\n  revision: 0\n  cites: steps#loop", "revision: 0", "one-update.revision"),
    Planted("number-range", S, "level: E\n  cites: steps#loop", "level: E\n  revision: 1.5\n  cites: steps#loop", "revision: 1.5", "one-update.revision"),
    Planted("number-range", SECTION, "minutes: 3", "minutes: 1e9", "minutes:", "minutes"),
    Planted("field-kind", S, "n: 60000, b: 64", "n: " + "9" * 5000 + ", b: 64", "99999", "updates.check[0].n"),
    Planted("too-long", S, "Order one update.", "Order one update. " * 700, "ask: {en: Order", "one-update.ask.en"),
    Planted("too-many", T, '  - text: "0.1"', '  - {text: "7"}\n' * 12 + '  - text: "0.1"', "options:", "ce-start.options"),
    Planted("field-choice", S, "level: M", "level: X", "level: X", "updates.level"),
    Planted("language-unknown", S, "{en: Order one update., zh:", "{en: Order one update., de: Ja, zh:", "de: Ja", "one-update.ask.de"),
    Planted("language-missing", S, "{en: Order one update., zh: 排出一次更新的顺序。}", "{en: Order one update.}", "Order one", "one-update.ask.zh"),
    Planted("language-missing", TERMS, "  zh: {term: 更新, says: 权重走一步。}\n", "", "- id: update", "update.zh"),
    Planted("language-missing", PRESET, ', zh = "普通"', "", "title =", "title"),
    Planted("format-newer", COURSE, "format: 1", "format: 2", "format: 2", "format"),
)  # fmt: skip

NAMES = (
    Planted("slug", S, "id: one-update", "id: One Update", "One Update", "One Update.id"),
    Planted("slug", TERMS, "id: update", "id: Up date", "Up date", "Up date.id"),
    Planted("slug", COURSE, "[steps, starts]", "[steps, ../starts]", "../starts", "sections[1]"),
    Planted("id-twice", S, "id: one-update", "id: updates", "id: updates\n  type: order", "updates.id"),
    Planted("id-twice", T, "id: ce-start", "id: updates", "id: updates", "updates.id"),
    Planted("id-twice", COURSE, "[steps, starts]", "[steps, steps]", "steps, steps", "sections[1]"),
    Planted("id-twice", "starts/section.yaml", '"1.2"', '"1.1"', '"1.1"', "id"),
    Planted("id-twice", "starts/section.yaml", "log-base:", "product:", "product:", "slips.product"),
    Planted("item-type-unknown", S, "type: order", "type: ordr", "ordr", "one-update.type"),
    Planted("section-mismatch", S, '"1.1"', '"1.9"', '"1.9"', "section"),
    Planted("section-mismatch", SECTION, "slug: steps", "slug: stairs", "stairs", "slug"),
    Planted("chapter-unknown", COURSE, "[steps, starts]", '[steps, starts]\nchapters: {"1.": {en: A, zh: 甲}}', "chapters:", "chapters.1."),
    Planted("section-unknown", TERMS, '"1.1"', '"7.1"', '"7.1"', "update.section"),
    Planted("objective-unknown", S, "objective: 11a", "objective: 19a", "19a", "updates.objective"),
    Planted("recall-unknown", SECTION, "minutes: 3", "minutes: 3\nrecall: why-nl", "recall", "recall"),
    Planted("recall-unknown", SECTION, "minutes: 3", "minutes: 3\nrecall: why-ln", "recall", "recall"),
    Planted("recall-kind", SECTION, "minutes: 3", "minutes: 3\nrecall: one-update", "recall", "recall"),
    Planted("slip-unknown", S, "slip: last-batch", "slip: last-bach", "last-bach", "updates.wrong[0].slip"),
    Planted("slip-unknown", S, "slip: product", "slip: produce", "slip: produce", "neuron.blanks.sum.wrong[0].slip"),
    Planted("cite-unknown", S, "steps#counting", "steps#countng", "countng", "updates.cites"),
    Planted("term-name-twice", TERMS, "{en: [step], zh: [步]}", "{en: [step, loss], zh: [步]}", "en: {term: Loss", "loss.en"),
    Planted("term-name-twice", TERMS, "{term: 损失,", "{term: 步,", "{term: 步,", "loss.zh"),
    Planted("term-avoid-name", TERMS, "avoid: {en: [iteration]", "avoid: {en: [Step]", "avoid:", "update.avoid"),
    Planted("language-unknown", TERMS, "{en: [step], zh", "{en: [step], fr: [pas], zh", "aka:", "update.aka.fr"),
    Planted("field-kind", TERMS, "avoid: {en: [iteration]", "avoid: {en: {iteration: 1}", "avoid:", "update.avoid.en"),
    Planted("term-unknown", PAGE, "term:update", "term:updaet", "term:updaet", "counting"),
    Planted("preset-unknown", PAGE, "train=plain", "train=plane", "train=plane", "loop"),
    Planted("preset-unknown", PAGE, "```train plain", "```train plane", "```train plane", "loop"),
    Planted("preset-refused", PRESET, "lr = 0.01", "lrr = 0.01", "lrr", "set.lrr"),
    Planted("preset-refused", PRESET, "lr = 0.01", "lr = -1", "lr = -1", "set.lr"),
    Planted("preset-refused", PRESET, '"mlp"', '"mpl"', '"mpl"', "kind"),
    Planted("demo-unknown", PAGE, "```demo bowl", "```demo bowls", "```demo bowls", "loop"),
    Planted("preset-unknown", PRESET, 'beside = "slow"', 'beside = "slwo"', "slwo", "beside"),
    Planted("preset-beside-itself", PRESET, 'beside = "slow"', 'beside = "plain"', "beside", "beside"),
    Planted("preset-beside-kind", PRESET, 'kind = "mlp"', 'kind = "mpl"', "beside", "beside"),
)  # fmt: skip

PARITY = (
    Planted("parity-placeholders", S, "{n} 张图像", "图像", "两轮", "updates.ask.zh"),
    Planted("parity-numbers", T, "ln 10 = 2.303。", "ln 10 = 2.306。", "2.306", "ce-start.options[0].why.zh"),
    Planted("parity-numbers", SEITE, "一共    10 * {=per} =", "一共   77 * {=per} =", "```worked", "worked"),
    Planted("parity-anchors", SEITE, "{#loop}", "{#lop}", "{#lop}", "lop"),
    Planted("parity-blocks", SEITE, "```demo bowl", "```demo slider", "```demo slider", "demo"),
    Planted("parity-blocks", SEITE, "```demo bowl\n```\n", "", "# 步", "demo"),
    Planted("parity-blocks", SEITE, "```train plain\n现在就训练。\n```\n", "", "# 步", "train"),
    Planted("parity-code", SEITE, "criterion(net(x), y)", "criterion(net(x),y)", "```python", "code"),
    Planted("parity-numbers", TERMS, "says: 权重走一步。", "says: 权重走 40 步。", "40", "update.zh.says"),
    Planted("parity-numbers", PRESET, "它会学。", "它会学 15 次。", "15", "note.zh"),
    Planted("parity-numbers", SECTION, "数更新次数", "数 99 次更新", "99", "objectives.11a.zh"),
    Planted("parity-computed", SEITE, "一轮 {=ceil(n/64)} 次", "一轮 {=floor(n/64)} 次", "{#counting}", "counting"),
)  # fmt: skip

WIDTHS = (
    Planted("too-wide", SECTION, "en: Steps", "en: " + "Steps " * 8, "title:", "title.en"),
    Planted("too-wide", COURSE, "[steps, starts]", f'[steps, starts]\nchapters: {{"1": {{en: {"A" * 41}, zh: 甲}}}}', "chapters:", "chapters.1.en"),
    Planted("too-wide", TERMS, "{term: Update,", "{term: " + "Update " * 8 + ",", "en: {term: Update", "update.en.term"),
    Planted("too-wide", COURSE, "zh: 小课程}", "zh: " + "小课程" * 9 + "}", "title:", "title.zh"),
    Planted("too-wide", T, "A price,", "A price " * 8 + ",", "A price", "which-loss.left.price.en"),
    Planted("too-wide", T, "这是 log10。", "这是对数" * 18, "这是对数", "ce-start.options[1].why.zh"),
    Planted("too-wide", T, "en: Match task and loss.", "en: " + "Match them. " * 20, "Match", "which-loss.ask.en"),
    Planted("too-wide", S, "    opt.step()\n", "    opt.step()  # " + "x" * 70 + "\n", "code: |", "step-early.code"),
    Planted("too-wide", PAGE, "[64][64]", "[64]" * 18, "[64][64]", "figure"),
    Planted("too-wide", SEITE, "每轮   ", "每轮" * 18, "```worked", "worked"),
    Planted("too-wide", PAGE, "# each batch", "# each batch of " + "the training data " * 3, "# each batch of", "code"),
    Planted("too-wide", PAGE, "| batch |", "| " + "batch " * 13 + "|", "| batch", "table"),
    Planted("too-many-lines", S, "  code: |\n", "  code: |\n" + "    a = 1\n" * 12, "code: |", "step-early.code"),
    Planted("length-cue", S, "en: Step after backward", "en: Step after backward has made its gradients", "has made", "step-early.options[0].text.en"),
)  # fmt: skip

QUESTIONS = (
    Planted("why-missing", T, '\n    why: {en: "A probability.", zh: "这是概率。"}', "", '- text: "0.1"', "ce-start.options[2].why"),
    Planted("why-missing", S, "\n    why: {en: Old gradients would stay., zh: 旧梯度会留下。}", "", "zero < back", "one-update.rules[0].why"),
    Planted("why-missing", S, "  why: {en: Backward adds to what is there., zh: backward 会累加。}\n", "", "- id: one-update", "one-update.why"),
    Planted("why-missing", S, "  line_why: {en: There is no gradient yet., zh: 还没有梯度。}\n", "", "- id: step-early", "step-early.line_why"),
    Planted("why-missing", T, "\n    digit: {en: It is a class., zh: 它是类别。}", "", "whys:", "which-loss.whys.digit"),
    Planted("hints-count", T, "  hints: [{en: Guess evenly., zh: 均匀地猜。}]\n", "", "- id: why-ln", "why-ln.hints"),
    Planted("options-count", T, '  - text: "1.0"\n    slip: log-base\n    why: {en: "That is log10.", zh: "这是 log10。"}\n', "", "options:", "ce-start.options"),
    Planted("option-twice", T, '"1.0"', '"2.30"', '"2.30"\n    slip', "ce-start.options[1].text"),
    Planted("option-id-twice", S, "slip: general, why: {en: No.", "id: name, why: {en: No.", "A name", "needs.options[3].id"),
    Planted("right-count", T, "    right: true\n", "", "options:", "ce-start.options"),
    Planted("right-count", S, "slip: general, why: {en: No., zh: 不。}}\n  - {text: {en: A name, zh: 名字}, id: name", "right: true, why: {en: No., zh: 不。}}\n  - {text: {en: A name, zh: 名字}, right: true", "options:\n  - {text: {en: A loss", "needs.options"),
    Planted("option-above", S, "{en: No step at all, zh: 一步不走}", "{en: None of these, zh: 一步不走}", "None of", "a-batch-an-update.options[2].text.en"),
    Planted("option-above", T, "{en: One alone, zh: 只选一个}", "{en: One alone, zh: 以上都不对}", "以上", "even-guess.options[1].text.zh"),
    Planted("all-that-apply", S, "Select all that apply.", "Select two.", "Select two.", "needs.ask.en"),
    Planted("placeholder-unknown", S, "One epoch has {per}.", "One epoch has {pre}.", "{pre}", "updates.hints[1].en"),
    Planted("placeholder-unknown", S, "One epoch has {per}.", "One epoch has {per + 1}.", "{per + 1}", "updates.hints[1].en"),
    Planted("markup-open", S, "One epoch has {per}.", "One epoch has {per.", "{per.", "updates.hints[1].en"),
    Planted("number-format", S, "together: {answer}", "together: {answer:>9}", "{answer:>9}", "updates.steps[1].en"),
    Planted("formula-syntax", S, "per: ceil(n / b)", "per: ceil(n / b", "per: ceil(n / b", "updates.let.per"),
    Planted("formula-syntax", S, "per: ceil(n / b)", "per: __import__('os')", "__import__", "updates.let.per"),
    Planted("formula-name", S, "answer: w * 2 * per", "answer: w * 2 * pre", "* pre", "updates.answer"),
    Planted("formula-value", S, "per: ceil(n / b)", "per: ceil(n / (b - b))", "- {n: 60000", "updates.check[0]"),
    Planted("draw", S, "n: [100, 60000]", "n: [60000, 100]", "[60000, 100]", "updates.draw.n"),
    Planted("draw", S, "by: 0.5}", "by: 0}", "by: 0}", "updates.draw.w"),
    Planted("let-syntax", S, "    per: ceil(n / b)", "    2per: 1\n    per: ceil(n / b)", "2per", "updates.let.2per"),
    Planted("check-missing", S, "  check:\n  - {n: 60000, b: 64, w: 1, answer: 1876}\n  - {n: 101, b: 8, w: 0.5, answer: 13}\n", "", "- id: updates", "updates.check"),
    Planted("check-names", S, "{n: 60000, b: 64, w: 1,", "{n: 60000, b: 64,", "n: 60000", "updates.check[0]"),
    Planted("check-wrong", S, "answer: 1876", "answer: 1875", "1875", "updates.check[0].answer"),
    Planted("check-range", S, "{n: 101, b: 8,", "{n: 101, b: 9,", "b: 9", "updates.check[1].b"),
    Planted("wrong-is-right", S, "is: w * 2 * floor(n / b)", "is: 2 * w * ceil(n / b)", "2 * w * ceil", "updates.wrong[0].is"),
    Planted("answer-unanswerable", S, "answer: w * 2 * per", "answer: w * 2 * per / 7", "tolerance", "updates.tolerance"),
    Planted("parts-count", T, "  - {point: {en: The logarithm, zh: 对数}, why: {en: The loss is -ln p., zh: 损失是 -ln p。}}\n", "", "rubric:", "why-ln.rubric"),
    Planted("part-twice", S, "step: opt.step()", "step: loss.backward()", "step: loss", "one-update.parts.step"),
    Planted("rule-syntax", S, "rule: zero < back", "rule: zero before back", "before back", "one-update.rules[0]"),
    Planted("rule-part", S, "rule: zero < back", "rule: zeros < back", "zeros <", "one-update.rules[0].rule"),
    Planted("rule-cycle", S, "rule: loss < back < step", "rule: back < step < zero", "< zero", "one-update.rules[1].rule"),
    Planted("bug-line", S, "bug: opt.step()", "bug: opt.stop()", "opt.stop()", "step-early.bug"),
    Planted("bug-line", S, "    loss.backward()\n  bug", "    opt.step()\n  bug", "bug: opt", "step-early.bug"),
    Planted("pair-unknown", T, "digit: ce}", "digit: ec}", "digit: ec}", "which-loss.pairs.digit"),
    Planted("pair-missing", T, "{price: mse, digit: ce}", "{price: mse}", "pairs:", "which-loss.pairs"),
    Planted("blank-unknown", S, "adds a [[bias]]", "adds a [[bais]]", "bais", "neuron.ask.en"),
    Planted("blank-unasked", S, "再加上[[bias]]", "再加上偏置", "bias:\n      accept", "neuron.blanks.bias"),
    Planted("blank-nothing", S, "zh: [偏置]", "zh: [。]", "[。]", "neuron.blanks.bias.accept"),
    Planted("blank-both", S, "[product]", "[Sum]", "[Sum]", "neuron.blanks.sum.wrong[0].is"),
)  # fmt: skip

PAGES = (
    Planted("page-title", PAGE, "# Steps", "Steps", "Steps", "title"),
    Planted("page-opening", PAGE, "```opening\nHow many updates does one epoch take?\n```\n", "", "# Steps", "opening"),
    Planted("page-needs", "starts/page.en.md", "```figure Ten equal bars\n||||||||||\n```\n", "", "# Starts", "figure"),
    Planted("page-ending", PAGE, "{#go-further}", "{#further}", "Read [more]", "page"),
    Planted("ending-empty", PAGE, "Read [more](https://example.org/b).\n", "", "{#go-further}", "go-further"),
    Planted("heading-level", PAGE, "## The loop", "### The loop", "### The loop", "The loop"),
    Planted("anchor-missing", PAGE, "## The loop {#loop}", "## The loop", "## The loop", "The loop"),
    Planted("anchor-twice", PAGE, "{#loop}", "{#counting}", "## The loop {#counting}", "counting"),
    Planted("fence-open", "starts/page.zh.md", "||||||||||\n```\n", "||||||||||\n", "```figure", "figure"),
    Planted("fence-kind", PAGE, "```train plain", "```trian plain", "```trian", "trian"),
    Planted("fence-kind", PAGE, "```python train=plain", "```python plain", "```python plain", "python"),
    Planted("fence-empty", PAGE, "```train plain\nTrain it now.\n", "```train plain\n\n", "```train", "train"),
    Planted("fence-title", PAGE, "```demo bowl", "```demo", "```demo", "demo"),
    Planted("fence-title", PAGE, "```figure A row of batches", "```figure", "```figure", "figure"),
    Planted("let-syntax", PAGE, "n = 60000", "n is 60000", "n is", "let"),
    Planted("formula-name", PAGE, "{=10*per}", "{=10*pre}", "10*pre", "worked"),
    Planted("formula-value", PAGE, "{=ceil(n/64)} updates an", "{=ceil(n/0)} updates an", "n/0", "counting"),
    Planted("number-format", PAGE, "{=ceil(n/64)} updates an", "{=ceil(n/64):q} updates an", ":q}", "counting"),
    Planted("table-columns", PAGE, "| 64 | {", "| 64 | 2 | {", "| 64 | 2", "one-batch"),
    Planted("list-nested", PAGE, "2. Backward.", "   2. Backward.", "   2.", "loop"),
    Planted("html", PAGE, "Mind the order", "Mind <b>the</b> order", "<b>", "loop"),
    Planted("mark-unknown", PAGE, "Mind the order", "Mind[^1] the order", "[^1]", "loop"),
    Planted("mark-unknown", PAGE, "Mind the order", "Mind [the][1] order", "[the]", "loop"),
    Planted("mark-unknown", PAGE, "Mind the order", "Mind &mdash; the order", "&mdash;", "loop"),
    Planted("mark-unknown", PAGE, "## The loop {#loop}", "The loop\n--------", "--------", "one-batch"),
    Planted("image", PAGE, "Mind the order", "Mind ![it](https://example.org/x.png)", "![it]", "loop"),
    Planted("link", PAGE, "(https://example.org/a)", "(http://example.org/a)", "http:", "sources"),
    Planted("link-outside", PAGE, "> Mind", "> [Mind](https://example.org)", "[Mind]", "loop"),
    Planted("link-malformed", PAGE, "https://example.org/a", "https://example", "https://example)", "sources"),
    Planted("link-malformed", SEITE, "https://example.org/b", "https://example.org/%zz", "%zz", "go-further"),
    Planted("link-open", PAGE, "[more](https", "[more] (https", "[more] (", "go-further"),
    Planted("link-open", PAGE, "[update](term:update)", "[update](term: update)", "(term: update)", "counting"),
    Planted("page-unknown", PAGE, "(#one-batch)", "(#two-batch)", "#two-batch", "loop"),
    Planted("page-unknown", PAGE, "page:starts#first-loss", "page:starts#last-loss", "last-loss", "loop"),
    Planted("page-unknown", SEITE, "page:starts#first-loss", "page:stars", "page:stars", "loop"),
    Planted("markup-open", PAGE, "{=ceil(n/64)} updates an", "{=ceil(n/64) updates an", "{=ceil(n/64) ", "counting"),
    Planted("markup-open", PAGE, "10 * {=per} =", "10 * {=per =", "{=per =", "worked"),
    Planted("markup-open", PAGE, "**not**", "**not", "**not", "counting"),
)  # fmt: skip

ERRORS = (*FILES, *FIELDS, *NAMES, *PARITY, *WIDTHS, *QUESTIONS, *PAGES)

WARNINGS = (
    Planted("check-by-passed", COURSE, "2027-11-01", "2025-11-01", "2025", "check_by"),
    Planted("check-by-passed", S, "2027-06-01", "2026-06-01", "2026-06", "updates.check_by"),
    Planted("check-by-passed", "starts/section.yaml", "2027-06-01", "2026-06-01", "2026-06", "check_by"),
    Planted("items-few", T, EVEN, "", "items:", "items"),
    Planted("absolute-word", S, "{en: One image,", "{en: Always one,", "Always", "whole-pass.options[2].text.en"),
    Planted("absolute-word", T, "zh: 以二为底}", "zh: 永远以二为底}", "永远", "which-base.options[2].text.zh"),
    Planted("negative-ask", T, "Which logarithm is it?", "Which logarithm is it not?", "it not", "which-base.ask.en"),
    Planted("negative-ask", T, "用哪种对数？", "哪种对数不正确？", "不正确", "which-base.ask.zh"),
    Planted("echo", T, "{en: Natural, zh: 自然对数}", "{en: Logarithm e, zh: 自然对数}", "Logarithm e", "which-base.options[1].text.en"),
    Planted("echo", T, "用哪种对数？", "用的是自然对数吗？", "{en: Natural", "which-base.options[1].text.zh"),
    Planted("term-unlinked", TERMS, "- id: loss", "- id: rate\n  en: {term: Rate, says: How far.}\n  zh: {term: 学习率, says: 走多远。}\n- id: loss", "id: rate", "rate.id"),
    Planted("term-avoided", PAGE, "Mind the order", "Mind each iteration", "each iteration", "loop"),
    Planted("term-avoided", S, "循环每个批次走一步。", "每个批次迭代一次。", "迭代", "a-batch-an-update.why.zh"),
    Planted("parity-links", SEITE, "[起点](page:starts#first-loss)", "起点", "# 步", "page"),
    Planted("parity-links", SEITE, "https://example.org/b", "https://example.org/c", "# 步", "link"),
    Planted("source-year", SEITE, "作者（2020）", "作者", "- 作者", "sources"),
    Planted("link-bare", PAGE, "[more](https://example.org/b)", "https://example.org/b", "Read", "go-further"),
    Planted("too-wide", PRESET, '"It learns."', '"' + "It learns. " * 20 + '"', "note =", "note.en"),
    Planted("slip-unused", SECTION, "slips:\n", "slips:\n  new: {en: one more, zh: 又一个}\n", "new:", "slips.new"),
    Planted("objective-unused", SECTION, "objectives:\n", "objectives:\n  11z: {en: More, zh: 更多}\n", "11z", "objectives.11z"),
    Planted("language-other", S, "{en: Order one update., zh: 排出一次更新的顺序。}", "{en: Order one update., zh: order one update.}", "order one", "one-update.ask.zh"),
    Planted("language-other", S, "{en: Order one update.,", "{en: 排出一次更新的顺序。,", "{en: 排出", "one-update.ask.en"),
    Planted("language-other", TERMS, "says: 权重走一步。", "says: one step of the weights.", "one step", "update.zh.says"),
    Planted("length-cue", S, "en: Step after backward", "en: Step after the backward pass", "pass", "step-early.options[0].text.en"),
    Planted("too-wide", T, "{en: Think of ln.,", "{en: " + "Think of it. " * 20 + ",", "Think", "ce-start.hints[0].en"),
    Planted("wrong-twice", S, "  check:\n", "  - is: 2 * w * floor(n / b)\n    why: {en: A, zh: 乙}\n  check:\n", "2 * w", "updates.wrong[1].is"),
    Planted("wrongs-meet", S, "  check:\n", "  - is: 2 * floor(n / b)\n    why: {en: A, zh: 乙}\n  check:\n", "is: 2 * floor", "updates.wrong[1].is"),
    Planted("step-without-answer", S, '{en: "together: {answer}", zh: "共 {answer}"}', "done", "- done", "updates.steps[1]"),
    Planted("page-length", PAGE, "Weights move a little at every step. " * 20, "", "# Steps", "page"),
    Planted("preset-unmeasured", PRESET, "seeds = 5", "seeds = 4", "[outcome]", "outcome.seeds"),
    Planted("preset-unmeasured", PRESET, "seeds = 5\n", "", "[outcome]", "outcome.seeds"),
    Planted("preset-unmeasured", PRESET, "seeds = 5", "seeds = [5, 6, 7]", "[outcome]", "outcome.seeds"),
    Planted("term-twice", PAGE, "> Mind the", "> [Mind](term:update) the", "[Mind]", "loop"),
    Planted("parity-numbers", SEITE, "> 注意", "> 4711 注意", "## 循环", "loop"),
)  # fmt: skip
