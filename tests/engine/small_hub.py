"""A hub on this machine: it serves data sets as huggingface.co does, as far as the libraries ask."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "a" * 40
Sets = Mapping[str, Mapping[str, bytes]]
"""Files of each data set by its id."""


@contextmanager
def small_hub(sets: Sets) -> Iterator[str]:
    """Serve the data sets, and give the address for HF_ENDPOINT."""

    class Handler(_Hub):
        served = sets

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _Hub(http.server.BaseHTTPRequestHandler):
    served: Sets = {}

    def do_GET(self) -> None:
        """Answer one question."""
        path = unquote(urlsplit(self.path).path)
        parts = path.removeprefix("/api").strip("/").split("/")
        files = self.served.get("/".join(parts[1:3])) if parts[0] == "datasets" else None
        if path == "/":
            self._answer(200)
        elif files is None:
            self._answer(401, error="RepoNotFound" if parts[0] == "datasets" else "")
        elif not path.startswith("/api/"):
            name = "/".join(parts[5:])
            self._answer(200, files[name], tag=True) if name in files else self._answer(404, error="EntryNotFound")
        elif parts[3:4] == ["tree"]:
            self._say(self._tree(files, "/".join(parts[5:])))
        else:
            self._say({"id": "/".join(parts[1:3]), "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]})

    def do_HEAD(self) -> None:
        """Answer without the body."""
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _tree(self, files: Mapping[str, bytes], folder: str) -> list[dict[str, Any]]:
        """Return what lies in a folder, "" for the topmost; no data set here is deeper than two."""
        inner = {name.partition("/")[0] for name in files if "/" in name and not folder}
        return [{"type": "directory", "path": name, "oid": COMMIT} for name in inner] + [
            {"type": "file", "path": name, "size": len(body), "oid": hashlib.sha1(body).hexdigest()}
            for name, body in files.items()
            if name.rpartition("/")[0] == folder
        ]

    def _say(self, value: Any) -> None:
        self._answer(200, json.dumps(value).encode(), kind="application/json")

    def _answer(self, status: int, body: bytes = b"", *, kind: str = "", error: str = "", tag: bool = False) -> None:
        self.send_response(status)
        headers = {"X-Repo-Commit": COMMIT, "Content-Type": kind or "text/plain", "Content-Length": str(len(body))}
        if error:
            headers["X-Error-Code"] = error
        if tag:
            headers["ETag"] = f'"{hashlib.sha1(body).hexdigest()}"'
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
