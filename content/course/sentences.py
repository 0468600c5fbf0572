"""Every fault that a course can have: its code and its English sentence.

`{field}`, `{value}` and the fault's own details stand in the sentences. A screen in another language keeps
sentences of its own under the same codes.
"""

from __future__ import annotations

from content.course.visible import visible
from content.errors import Fault

SENTENCES = {
    # files
    "file-missing": "there is no such file; the course needs it.",
    "file-unreadable": "the file cannot be read: {reason}.",
    "file-outside": "the file lies outside of the course's folder; it is not read.",
    "file-encoding": "the file is not UTF-8; save it as UTF-8.",
    "file-too-large": "the file is larger than {limit} bytes.",
    "folder-not-empty": "something is there already; name a new folder.",
    "folder-unwritable": "the folder cannot be written: {reason}.",
    "control-character": "a control character ({name}) stands here; remove it.",
    "yaml": "this is not YAML: {reason}.",
    "yaml-alias": "anchors, aliases, tags and merges are not part of a course; write it out.",
    "yaml-documents": "a file holds one document; remove this line.",
    "yaml-too-deep": "nested more than {limit} levels deep.",
    "toml": "this is not TOML: {reason}.",
    # fields
    "field-missing": "{field} is missing.",
    "field-unknown": "there is no field of this name{hint}",
    "field-twice": "{field} stands here twice.",
    "field-kind": "{field} must be {wanted}.",
    "number-range": "{field} must be a whole number from {low} to {high}.",
    "too-many": "{count} entries; the program takes up to {limit}.",
    "too-long": "{count} characters; a text has at most {limit}.",
    "field-choice": "must be one of {choices}{hint}",
    "language-unknown": "{value} is not a language of this course ({languages}).",
    "language-other": "these words are not in {language}.",
    "language-missing": "the words in {language} are missing.",
    "format-newer": "the course is of format {value}; this program reads up to {newest}.",
    "check-by-passed": "the course was to be checked against its sources by {value}.",
    # names
    "slug": "must be a short name of small letters, digits and hyphens, such as one-update.",
    "id-twice": "this name is already taken, in {other}.",
    "item-type-unknown": "there is no type of question of this name{hint}",
    "section-mismatch": "the section here is {wanted}.",
    "chapter-unknown": "no section's number begins so{hint}",
    "section-unlisted": "this folder has a section.yaml, and the course does not list it.",
    "section-unknown": "the course has no such section{hint}",
    "objective-unknown": "section {section} has no such objective{hint}",
    "recall-unknown": "section {section} has no such question{hint}",
    "recall-kind": "a question of the kind {kind} cannot be asked before the page; it must be a short one.",
    "slip-unknown": "the course names no such misconception{hint}",
    "slip-unused": "no question uses this misconception.",
    "cite-unknown": "no page has this anchor{hint}",
    "term-twice": "a page links a term where it first uses it, and only there.",
    "term-name-twice": "the entry {other} has this name, too; one concept has one entry.",
    "term-unlinked": "no page links this term.",
    "term-avoided": "the glossary says {wanted}.",
    "term-avoid-name": "the entry {other} has this name; nobody can avoid it.",
    "term-unknown": "the glossary has no such term{hint}",
    "preset-unknown": "there is no such preset{hint}",
    "preset-refused": "{reason}",
    "preset-unmeasured": "{page} starts this preset: give the [outcome] of at least {wanted} seeds.",
    "demo-unknown": "there is no such demo{hint}",
    "preset-beside-itself": "a preset stands beside another one, not beside itself.",
    "preset-beside-kind": "that preset is of the kind {kind}; only runs of one kind can be compared.",
    "objective-unused": "no question asks for this objective.",
    # parity
    "parity-placeholders": "the placeholders differ between the languages: {first} against {second}.",
    "parity-numbers": "the numbers differ between the languages: {first} against {second}.",
    "parity-anchors": "the anchors differ between the languages: {first} against {second}.",
    "parity-blocks": "the {kind} blocks differ between the languages: {first} against {second}.",
    "parity-code": "the code differs between the languages in more than its comments: {value}.",
    "parity-links": "the links differ between the languages: {first} against {second}.",
    "parity-computed": "the computed numbers differ between the languages: {first} against {second}.",
    # widths
    "too-wide": "{cells} cells wide; at most {limit}.",
    "too-many-lines": "{lines} lines; at most {limit}.",
    "length-cue": "the longest option has {longest} cells, the shortest {shortest}: that gives it away.",
    "page-length": "{count} {unit}; a page has {low} to {high}.",
    # questions
    "why-missing": "the reason is missing; every option and every question says why.",
    "hints-count": "{count} hints; a question has one or two.",
    "options-count": "{count} options; there must be {low} to {high}.",
    "option-twice": "two options say the same.",
    "option-id-twice": "two options have the same id.",
    "right-count": "{count} options are right; there must be {wanted}.",
    "option-above": "an option that speaks of the other options cannot be shuffled, and gives itself away.",
    "absolute-word": "such a word is a cue for a wrong option; say when it holds.",
    "negative-ask": "the question is for what does not hold: set the word in **bold**, or turn it round.",
    "echo": "only the right option repeats words of the question ({value}): that gives it away.",
    "key-longest": "in {language} the right option is the longest in {told} of {count} questions: that gives it away.",
    "key-place": "options that are numbers are shown by size, and the right one is the {place} in {told} of {count}.",
    "truth-balance": "{true} statements are true, {false} are false; keep them near one half.",
    "items-few": "{count} questions; a section has at least {least}.",
    "all-that-apply": "the question must say that all that apply are to be selected ({words}).",
    "placeholder-unknown": "nothing has this name{hint}",
    "formula-syntax": "the formula cannot be read at “{at}”.",
    "formula-name": "the formula names “{at}”, which has no value.",
    "formula-value": "the formula cannot be computed: {at}.",
    "number-format": "“{at}” is no format of a number, such as , or .3f or .1%.",
    "draw": "must be [low, high], {{pick: [...]}} or {{from:, to:, by:}}.",
    "check-missing": "give at least one row with the answer worked out by hand.",
    "check-names": "the row must give {wanted} and the answer.",
    "check-wrong": "the formula gives {computed}.",
    "check-range": "{name} cannot be drawn as {value}.",
    "wrong-is-right": "this wrong answer is the right one, or too near to it.",
    "wrong-twice": "two wrong answers are the same number.",
    "wrongs-meet": "with this draw wrong[{other}] is {computed} as well: which mistake was made cannot be told.",
    "answer-unanswerable": "the answer is {computed}: a number with so many digits needs a tolerance.",
    "step-without-answer": "the last step should show {{answer}}.",
    "parts-count": "{count} parts; there must be {low} to {high}.",
    "part-twice": "two parts say the same.",
    "rule-syntax": "a rule reads “a < b” or “a < b < c”.",
    "rule-part": "the question has no such part{hint}",
    "rule-cycle": "the rules go round in a circle: {circle}.",
    "bug-line": "the line stands {count} times in the code; it must stand there once.",
    "pair-unknown": "there is no such part{hint}",
    "pair-missing": "no partner is given for {name}.",
    "blank-unknown": "the question has no blank of this name{hint}",
    "blank-unasked": "the question does not contain [[{name}]] in {language}.",
    "blank-nothing": "“{value}” has no letter or digit, and answers are compared by these.",
    "blank-both": "“{value}” is both accepted and wrong.",
    # pages
    "page-title": "the page must begin with “# Title”.",
    "page-opening": "the page needs one opening question (```opening) before its first heading.",
    "page-needs": "the page needs at least one {kind} block.",
    "page-ending": "the page must end with the headings {{#sources}} and {{#go-further}}.",
    "ending-empty": "nothing stands under this heading.",
    "heading-level": "only “# Title” and “## Heading” are headings.",
    "anchor-missing": "every heading needs an anchor, such as {{#chain-rule}}.",
    "anchor-twice": "this anchor stands twice in the page.",
    "fence-open": "the fence is not closed.",
    "fence-kind": "there is no block of this kind{hint}",
    "fence-empty": "the block is empty.",
    "fence-title": "the {kind} block needs a {what} in its first line.",
    "let-syntax": "a line here reads “name = formula”.",
    "table-columns": "this row has {count} columns, the first has {wanted}.",
    "list-nested": "lists inside lists are not part of a page.",
    "html": "HTML is shown as text; write it in Markdown.",
    "mark-unknown": "“{value}” is no mark of a page; it is shown as it stands.",
    "image": "images cannot be shown in a terminal; draw a figure.",
    "link": "only https://, term:, page: and #anchor links are known.",
    "link-malformed": "this is no well-formed address.",
    "link-open": "a link is written [words](https://...), without a space; this one is shown as it stands.",
    "link-bare": "an address in the text cannot be chosen; write [words](https://...).",
    "page-unknown": "the course has no such page or anchor{hint}",
    "source-year": "a source says of which year it is.",
    "link-outside": "links to the web belong under {{#sources}} or {{#go-further}}.",
    "markup-open": "“{value}” opens and does not close.",
    # programs of the pages, once they are run
    "program-failed": "the code does not run: {reason}.",
    "program-time": "the code still ran after {seconds} seconds of processor time, or waited for too long.",
    "program-memory": "the code needs more than {gigabytes} GB of memory.",
    "program-died": "the code ended its process: {reason}.",
    "program-comment": "the comment names what was not printed here: {printed}",
}


def fault(code: str, *, file: str = "", line: int = 0, field: str = "", value: object = "", **details: object) -> Fault:
    """Return the fault with its sentence; `value` is shortened to one harmless line."""
    shown = visible(str(value)).replace("\n", " ").replace("\t", " ")
    shown = shown[:77] + "..." if len(shown) > 80 else shown
    told = {name: visible(str(detail)).replace("\n", " ") for name, detail in details.items()}
    sentence = SENTENCES[code].format_map({"field": field, "value": shown, "hint": ".", **told})
    return Fault(
        file=visible(file),
        line=line,
        field=visible(field),
        value=shown,
        code=code,
        sentence=sentence,
        details=told,
    )


def near(name: str, names: object) -> str:
    """Return the end of a sentence that names the nearest of `names`, or all of them if they are few."""
    import difflib  # only where there is a fault to tell

    known = [str(each) for each in names] if hasattr(names, "__iter__") else []
    found = [each for each in known if each.casefold() == name.casefold()]
    found = found or difflib.get_close_matches(name, known, 1, 0.5)
    if found:
        return f"; did you mean {found[0]}?"
    return f"; there are {', '.join(known)}." if 0 < len(known) <= 12 else "."
