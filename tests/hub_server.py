"""A small hub on this machine: it lists and serves files of models and data sets, and misbehaves on request."""

from __future__ import annotations

import hashlib
import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

COMMIT = "c0ffee" + 34 * "0"
LARGE = (".safetensors", ".parquet")
"""What ends so is kept as a large file: its checksum is sha256."""


class Hub:
    """What the server has, how it behaves, and what it was asked.

    Attributes:
        repos: Files of each model.
        sets: Files of each data set.
        status: Answered to whoever asks for a list of files, 200 for the list.
        file_statuses: Answered, one after the other, to those who get a file; then all goes well.
        drops: The line is cut after so many bytes of a large file, one after the other; then it holds.
        stall_after: Bytes of a large file after which nothing comes any more, until `released`.
        silent: Whether it accepts and never answers at all.
        is_a_stranger: Whether something answers in its place that has nothing, such as a proxy.
        ignores_ranges: Whether it always serves files from the beginning.
        damage: Whether it serves other bytes than it promised.
        asked: Method, path and range of every question.
    """

    def __init__(self) -> None:
        self.repos: dict[str, dict[str, bytes]] = {}
        self.sets: dict[str, dict[str, bytes]] = {}
        self.status = 200
        self.error_code = ""
        self.file_statuses: list[int] = []
        self.drops: list[int] = []
        self.stall_after: int | None = None
        self.silent = False
        self.is_a_stranger = False
        self.ignores_ranges = False
        self.damage = False
        self.released = threading.Event()
        self.asked: list[tuple[str, str, str]] = []
        self.address = ""

    def gets(self, name: str) -> list[str]:
        """Return the ranges, "" for all, that were asked of a file."""
        return [span for verb, path, span in self.asked if verb == "GET" and path.endswith(f"/{name}")]

    def listed(self, repo: str, files: dict[str, bytes]) -> dict[str, Any]:
        """Return what the hub's interface says of a model or a data set."""
        siblings = [self._sibling(name, data) for name, data in files.items()]
        return {"_id": "1", "id": repo, "sha": COMMIT, "private": False, "tags": [], "siblings": siblings}

    def _sibling(self, name: str, data: bytes) -> dict[str, Any]:
        said: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": git_sha1(data)}
        if name.endswith(LARGE):
            digest = hashlib.sha256(data).hexdigest()
            said["lfs"] = {"sha256": digest, "size": len(data), "pointerSize": 134}
        return said

    def told(self, name: str, data: bytes) -> dict[str, Any]:
        """Return what the hub's interface says of a file where it tells of its path."""
        said = {"type": "file", "path": name, "size": len(data), "oid": git_sha1(data)}
        lfs = self._sibling(name, data).get("lfs")
        return said | ({"lfs": {"oid": lfs["sha256"], "size": len(data), "pointerSize": 134}} if lfs else {})


@contextmanager
def serving(
    repos: dict[str, dict[str, bytes]] | None = None, sets: dict[str, dict[str, bytes]] | None = None
) -> Iterator[Hub]:
    """Serve models and data sets on a free port of this machine, at `hub.address`."""
    hub = Hub()
    hub.repos, hub.sets = repos or {}, sets or {}
    handler = type("Handler", (_Handler,), {"hub": hub})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        hub.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield hub
        finally:
            hub.released.set()
            server.shutdown()
            thread.join()


def git_sha1(data: bytes) -> str:
    """Return git's name of a file with these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class _Handler(http.server.BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: Any) -> None:
        """Print nothing."""

    def do_HEAD(self) -> None:
        """Answer as GET does, without the body."""
        self._answer()

    def do_GET(self) -> None:
        """Answer a list of files, or a file."""
        self._answer()

    def do_POST(self) -> None:
        """Answer which files there are of those that are named."""
        self._answer()

    def _answer(self) -> None:
        hub, path = self.hub, unquote(urlsplit(self.path).path)
        hub.asked.append((self.command, path, self.headers.get("Range", "")))
        if hub.silent:
            hub.released.wait(30)
            self.close_connection = True
        elif hub.is_a_stranger:
            self._send(404, b"")
        elif path == "/":
            self._send(200, b"")
        elif asked := re.fullmatch(rf"/api/datasets/(.+)/(tree|paths-info)/{COMMIT}(?:/(.+))?", path):
            self._tell(hub.sets[asked[1]], asked[2], asked[3] or "")
        elif listed := re.fullmatch(r"/api/(models|datasets)/(.+?)(?:/revision/.+)?", path):
            self._list(listed[2], hub.repos if listed[1] == "models" else hub.sets)
        elif file := re.fullmatch(rf"/(datasets/)?(.+)/resolve/(?:main|{COMMIT})/(.+)", path):
            self._file((hub.sets if file[1] else hub.repos).get(file[2]), file[3])
        else:
            self._send(404, b"")

    def _list(self, repo: str, there: dict[str, dict[str, bytes]]) -> None:
        hub = self.hub
        if hub.status != 200 and self.command == "GET":
            self._send(hub.status, b"{}", **({"X-Error-Code": hub.error_code} if hub.error_code else {}))
        elif repo not in there:
            self._send(401, b"{}", **({"X-Error-Code": "RepoNotFound"} if there is hub.sets else {}))
        else:
            self._json(hub.listed(repo, there[repo]))

    def _tell(self, files: dict[str, bytes], question: str, folder: str) -> None:
        """Say what lies in a folder, "" for the topmost, or which of the files in a question there are."""
        if question == "paths-info":
            form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())
            names = [name for name in form.get("paths", []) if name in files]
            inner: set[str] = set()
        else:
            names = [name for name in files if name.rpartition("/")[0] == folder]
            inner = {name.partition("/")[0] for name in files if "/" in name and not folder}
        folders = [{"type": "directory", "path": name, "oid": COMMIT} for name in sorted(inner)]
        self._json([*folders, *(self.hub.told(name, files[name]) for name in names)])

    def _json(self, said: Any) -> None:
        self._send(200, json.dumps(said).encode(), **{"Content-Type": "application/json"})

    def _file(self, files: dict[str, bytes] | None, name: str) -> None:
        hub = self.hub
        if files is None:
            self._send(401, b"", **{"X-Error-Code": "RepoNotFound"})
            return
        data = files.get(name)
        if data is None:
            self._send(404, b"", **{"X-Error-Code": "EntryNotFound"})
            return
        if hub.file_statuses and self.command == "GET":
            self._send(hub.file_statuses.pop(0), b"")
            return
        tag = hashlib.sha256(data).hexdigest() if name.endswith(LARGE) else git_sha1(data)
        about = {"ETag": f'"{tag}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if hub.damage:
            data = data[::-1]
        span = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if span is None or hub.ignores_ranges:
            self._send(200, data, **about)
        elif (first := int(span[1])) >= len(data):
            self._send(416, b"", **{"Content-Range": f"bytes */{len(data)}"})
        else:
            self._send(206, data[first:], **about, **{"Content-Range": f"bytes {first}-{len(data) - 1}/{len(data)}"})

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        hub = self.hub
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if status in (200, 206) and self.path.endswith(LARGE):
            if hub.drops:
                self.wfile.write(body[: hub.drops.pop(0)])
                self.close_connection = True
                return
            if hub.stall_after is not None:
                self.wfile.write(body[: hub.stall_after])
                self.wfile.flush()
                hub.released.wait(30)
                self.close_connection = True
                return
        self.wfile.write(body)
