"""Starting a worker that outlives the screen, the terminal and the connection."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Mapping
from pathlib import Path

import engine
from engine.errors import RunError
from engine.runs.control import go_on
from engine.runs.filesystem import is_network
from engine.runs.folder import RunFolder
from engine.runs.lock import LockUnsupportedError, holder
from engine.runs.place import without_place

ROOT = Path(engine.__file__).resolve().parent.parent
"""The folder that holds our packages: a checkout, or site-packages."""

LIBRARIES = {
    "GOMP_SPINCOUNT": "0",  # threads that wait by spinning collapse beside a busy neighbour
    "TOKENIZERS_PARALLELISM": "false",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",  # of transformers too: a bar for each checkpoint would fill console.log
    "TRANSFORMERS_VERBOSITY": "error",
}
"""What the libraries of a worker read when they are imported."""


def launch(folder: RunFolder) -> int:
    """Start the run's worker and return its process id, at once.

    The worker has a session of its own, so no hang-up reaches it, and reports through its folder alone. It
    makes itself nice, and takes the run's lock first of all.

    Raises:
        RunError: It cannot be started, or this is native Windows (code "needs-wsl").
    """
    _probe(folder)
    return start(command(folder), folder, environment(folder.recipe().knobs.get("threads", 1), os.environ))


def resume(folder: RunFolder) -> int:
    """Start a stopped, failed or crashed run again, from its newest checkpoint; return the process id.

    Raises:
        RunError: It is alive, or finished already, or cannot be started.
    """
    if _probe(folder) is not None:
        raise RunError(f"{folder.id} is alive: there is nothing to resume.", code="run-alive", run=folder.id)
    result = folder.result()
    if result is not None and result.state == "finished":
        raise RunError(f"{folder.id} is finished: there is nothing to resume.", code="run-finished", run=folder.id)
    go_on(folder)
    return launch(folder)


def command(folder: RunFolder) -> list[str]:
    """Return the worker's command line; -P keeps a folder named `engine` elsewhere from shadowing ours."""
    return [sys.executable, "-P", "-m", "engine.worker", str(folder.path.absolute())]


def environment(threads: object, base: Mapping[str, str]) -> dict[str, str]:
    """Return `base` with what must be set before torch is imported, and with the way to our packages."""
    changed = {
        "OMP_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        **LIBRARIES,
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "PYTHONFAULTHANDLER": "1",  # a crash in native code leaves its trace in console.log
    }
    if not _found_anyway(ROOT):
        # Relative entries would now mean folders below the home.
        old = [os.path.abspath(entry) for entry in base.get("PYTHONPATH", "").split(os.pathsep) if entry]
        changed["PYTHONPATH"] = os.pathsep.join([str(ROOT), *old])
    return {**without_place(base), **changed}


def start(command: list[str], folder: RunFolder, environment: Mapping[str, str], printed: Path | None = None) -> int:
    """Start a process that is detached from this one and prints into the run's console.log, or into `printed`."""
    try:
        with (printed or folder.console_file).open("ab") as console:
            process = subprocess.Popen(
                command,
                cwd=folder.home,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                close_fds=True,
                start_new_session=True,
            )
    except OSError as error:
        raise RunError(
            f"{folder.id} cannot be started: {error.strerror}.",
            code="run-not-started",
            run=folder.id,
            why=error.strerror,
        ) from error
    # Somebody must wait for it while this process lives, or it stays behind as a zombie.
    threading.Thread(target=process.wait, name=f"reap {folder.id}", daemon=True).start()
    return process.pid


def _probe(folder: RunFolder) -> int | None:
    """Return who holds the run's lock; where the file system cannot tell, the worker itself has to."""
    try:
        return holder(folder.lock_file)
    except LockUnsupportedError:
        if is_network(folder.path):
            return None
        raise


def _found_anyway(root: Path) -> bool:
    """Return whether Python looks there by itself; naming it would put it before the standard library."""
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    if site.ENABLE_USER_SITE:
        paths.add(site.getusersitepackages())
    return root in {Path(path).resolve() for path in paths}
