"""A real OpenSSH server on loopback, with keys of its own, for the user who runs the tests."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SEPARATION = Path("/run/sshd")
"""Where a server that runs as root insists on an empty folder; packages make it when the service starts."""

PATIENCE_SECONDS = 20.0


class Server:
    """A running server, and how to log in."""

    def __init__(self, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.port = port
        self.process = process

    def login(self, command: str) -> list[str]:
        """Return the words that log in, with a terminal there, and run a command."""
        options = {
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "IdentitiesOnly": "yes",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
        }
        asked = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        key, address = str(self.folder / "key"), f"{getpass.getuser()}@127.0.0.1"
        return ["ssh", "-tt", "-F", "none", *asked, "-i", key, "-p", str(self.port), address, command]

    def drop(self) -> None:
        """End every session's process on the server's side, as a dead network does in the end."""
        for pid, name in descendants(self.process.pid):
            if name.startswith("sshd"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[tuple[int, str]]:
    """Return every process below one, with its name."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,comm="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    children = [(int(row[0]), row[2]) for row in rows if int(row[1]) == pid]
    return children + [below for child, _ in children for below in descendants(child)]


@contextlib.contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """Run a server until the block ends; skip the test where there is no OpenSSH."""
    sshd = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
    missing = [name for name in ("ssh", "ssh-keygen", "ps") if shutil.which(name) is None]
    if sshd is None or missing:
        pytest.skip(f"no OpenSSH here: {', '.join(missing) or 'sshd'} is missing")
    folder.mkdir(mode=0o700)
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "key.pub", folder / "authorized")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    config = {
        "ListenAddress": "127.0.0.1",
        "Port": port,
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "PermitRootLogin": "prohibit-password",
    }
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in config.items()))
    made = os.getuid() == 0 and not SEPARATION.exists()
    if made:
        SEPARATION.mkdir(mode=0o755)
    log = (folder / "log").open("wb")
    process = subprocess.Popen([sshd, "-D", "-e", "-f", str(folder / "config")], stderr=log, stdin=subprocess.DEVNULL)
    server = Server(folder, port, process)
    try:
        _wait_until_it_listens(server)
        yield server
    finally:
        server.drop()
        process.terminate()
        process.wait()
        log.close()
        if made:
            SEPARATION.rmdir()


def _wait_until_it_listens(server: Server) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        if server.process.poll() is not None or time.monotonic() > end:
            pytest.skip(f"sshd does not start: {(server.folder / 'log').read_text().strip()}")
        time.sleep(0.02)
