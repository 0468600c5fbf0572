"""Which words the command line understands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tui.commands.asked import Asked
from tui.commands.parser_record import record_verbs
from tui.commands.speaking import SpeakingParser
from tui.terminal import locale_language
from tui.words import Words


def parse(given: Sequence[str]) -> Asked:
    """Return what was asked; wrong words end the program with status 2 and one sentence."""
    words = Words(locale_language() or "en")
    return Asked(parser(words).parse_args(given), words)


def parser(words: Words) -> argparse.ArgumentParser:
    """Return the parser, its help in the user's language."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=words("cli.home"))
    common.add_argument("--course", metavar="DIR", default=argparse.SUPPRESS, help=words("cli.course"))
    answer = argparse.ArgumentParser(add_help=False)
    answer.add_argument("--json", action="store_true", help=words("cli.json"))

    top = SpeakingParser(words, prog="learncurve", description=words("cli.about"), epilog=words("cli.after"))
    top.add_argument("--home", metavar="DIR", default=None, help=words("cli.home"))
    top.add_argument("--course", metavar="DIR", default=None, help=words("cli.course"))
    top.add_argument("--watch", action="store_true", dest="watched", help=words("cli.watched"))
    top.add_argument("--version", action="store_true", help=words("cli.version"))
    top.set_defaults(module="open_app", verb="open", run=None)
    verbs = top.add_subparsers(title=words("cli.verbs"), metavar="VERB")

    def verb(name: str, module: str, *, json: bool = True) -> argparse.ArgumentParser:
        said = words(f"cli.{name}")
        made: argparse.ArgumentParser = verbs.add_parser(
            name, parents=[common, answer] if json else [common], help=said, description=said
        )
        made.set_defaults(module=module, verb=name)
        return made

    train = verb("train", "train")
    train.add_argument("kind", metavar="RECIPE", help=words("cli.train-kind"))
    train.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help=words("cli.train-set"))
    train.add_argument("--preset", metavar="NAME", default="", help=words("cli.train-preset"))
    train.add_argument("--title", metavar="TEXT", default="", help=words("cli.train-title"))
    train.add_argument("--detach", action="store_true", help=words("cli.train-detach"))
    train.add_argument("--prepare", action="store_true", help=words("cli.train-prepare"))

    compare = verb("compare", "compare")
    compare.add_argument("preset", metavar="PRESET", help=words("cli.compare-preset"))
    compare.add_argument("other", metavar="OTHER", nargs="?", default="", help=words("cli.compare-other"))
    compare.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help=words("cli.compare-set"))
    compare.add_argument("--detach", action="store_true", help=words("cli.compare-detach"))

    verb("review", "open_app", json=False)
    verb("runs", "runs")
    show = verb("show", "runs")
    show.add_argument("run", metavar="RUN", help=words("cli.run"))
    watch = verb("watch", "open_app", json=False)
    watch.add_argument("run", metavar="RUN", nargs="?", help=words("cli.run-or-last"))
    for name in ("pause", "resume", "stop"):
        verb(name, "steer").add_argument("run", metavar="RUN", help=words("cli.run"))

    export = verb("export", "export")
    export.add_argument("run", metavar="RUN", help=words("cli.run"))
    export.add_argument("--to", metavar="FORMAT", required=True, help=words("cli.export-to"))
    export.add_argument("folder", metavar="DIR", help=words("cli.export-folder"))

    course = verbs.add_parser("course", parents=[common], help=words("cli.course-verb"))
    course_verbs = course.add_subparsers(title=words("cli.verbs"), metavar="VERB", required=True)
    said = words("cli.check")
    check = course_verbs.add_parser("check", parents=[common, answer], help=said, description=said)
    check.add_argument("folder", metavar="DIR", nargs="?", help=words("cli.check-folder"))
    check.add_argument("--run-code", action="store_true", help=words("cli.check-run-code"))
    check.add_argument("--seconds", type=_seconds, default=120, metavar="SECONDS", help=words("cli.check-seconds"))
    check.add_argument("--watch", action="store_true", dest="watched", help=words("cli.check-watched"))
    check.set_defaults(module="check", verb="check")

    new = course_verbs.add_parser("new", parents=[common, answer], help=words("cli.new"), description=words("cli.new"))
    new.add_argument("folder", metavar="DIR", help=words("cli.new-folder"))
    new.set_defaults(module="new", verb="new")

    record = verbs.add_parser("record", parents=[common], help=words("cli.record-verb"))
    record_verbs([common, answer], record, words)
    verb("due", "due")
    verb("zoo", "zoo").add_argument("model", metavar="MODEL", nargs="?", help=words("cli.zoo-model"))
    verb("doctor", "doctor")
    return top


def _seconds(word: str) -> int:
    """Return a whole number of seconds, at least one."""
    seconds = int(word)
    if seconds < 1:
        raise ValueError(word)
    return seconds
