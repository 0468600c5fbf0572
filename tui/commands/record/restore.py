"""`learncurve record restore [FILE]`: what a backup or a damaged record still holds is added to the record."""

from __future__ import annotations

from content.memory.restoring import restore, sources
from tui.commands.asked import Asked, say_json
from tui.commands.record.opening import absolute, record_of


def run(asked: Asked) -> int:
    """Bring back from the file that is named, else from the newest good backup and from all that was set aside.

    Status 1 where nothing could be read.
    """
    words = asked.words
    with record_of(asked, mending=True) as record:
        path = asked.house.record
        files = (absolute(asked.given.file),) if asked.given.file else sources(path)
        came = restore(record, files)
        record.refresh()
    for problem in came.unread:
        asked.warn(problem)
    if asked.json:
        say_json(
            {
                "version": 1,
                "new": came.entries,
                "known": came.known,
                "flags": came.flags,
                "keepsakes": came.keepsakes,
                "plan": came.plan,
                "unclear": came.unclear,
                "read": came.read,
                "unread": [problem.details["path"] for problem in came.unread],
            }
        )
    elif not files:
        print(words("record.restore-none", folder=path.parent))
    elif came.read:
        for file in came.read:
            print(file)
        print(words("record.restored", new=f"{came.entries:,}", known=f"{came.known:,}", kept=f"{came.keepsakes:,}"))
        if came.unclear:
            print(words("record.imported-unclear", count=came.unclear))
    return 0 if came.read else 1
