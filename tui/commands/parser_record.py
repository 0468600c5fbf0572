"""The words after `learncurve record`."""

from __future__ import annotations

import argparse

from tui.words import Words


def record_verbs(parents: list[argparse.ArgumentParser], made: argparse.ArgumentParser, words: Words) -> None:
    """Give a parser the verbs that look after the learner's record."""
    verbs = made.add_subparsers(title=words("cli.verbs"), metavar="VERB", required=True)

    def verb(name: str, module: str) -> argparse.ArgumentParser:
        said = words(f"record.{name}")
        parser = verbs.add_parser(name, parents=parents, help=said, description=said)
        parser.set_defaults(module=f"record.{module}", verb=name)
        return parser

    export = verb("export", "export")
    export.add_argument("--to", metavar="FILE", help=words("record.export-to"))
    export.add_argument("--csv", metavar="DIR", help=words("record.export-csv"))
    export.add_argument("--anki", metavar="FILE", help=words("record.export-anki"))
    export.add_argument("--language", metavar="LANGUAGE", default="", help=words("record.export-language"))
    verb("import", "bring_in").add_argument("file", metavar="FILE", help=words("record.import-file"))
    verb("statistics", "statistics")

    errata = verb("errata", "errata")
    errata.add_argument("files", metavar="FILE", nargs="*", help=words("record.errata-files"))
    errata.add_argument("--to", metavar="FILE", default="", help=words("record.errata-to"))

    report = verb("report", "report")
    report.add_argument("files", metavar="FILE", nargs="+", help=words("record.report-files"))
    report.add_argument("--first", action="store_true", help=words("record.report-first"))
    report.add_argument("--language", metavar="LANGUAGE", default="", help=words("record.report-language"))

    verb("restore", "restore").add_argument("file", metavar="FILE", nargs="?", help=words("record.restore-file"))
    verb("fit", "fit").add_argument("--reset", action="store_true", help=words("record.fit-reset"))
