"""Whether a server on the network can be reached: an answer within a deadline that covers everything.

`socket.getaddrinfo` can hang for half a minute and cannot be interrupted, and a server may accept and then
stay silent. So each probe runs in a daemon thread of its own (look the name up, connect, secure, ask HEAD,
wait for the answer), and whoever asks waits no longer than the deadline; a thread that hangs is left behind.
"""

from __future__ import annotations

import base64
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import msgspec

DEADLINE_SECONDS = 1.5
Resolver = Callable[..., list[Any]]
"""`socket.getaddrinfo`, or what a test puts in its place."""


class Reached(msgspec.Struct, frozen=True):
    """What came of knocking at one or more servers; true if one answered.

    Attributes:
        url: The first address that answered, "" if none did.
        why: What went wrong at each host that did not, such as "connecting failed: Connection refused".
        proxy: The proxy that was used, without its password, "" for none.
    """

    url: str
    why: dict[str, str]
    proxy: str

    def __bool__(self) -> bool:
        return bool(self.url)


def reach(urls: Iterable[str], *, seconds: float = DEADLINE_SECONDS, resolve: Resolver = socket.getaddrinfo) -> Reached:
    """Return which of `urls` answers first; all are tried at once, through the environment's proxy if any."""
    deadline = time.monotonic() + seconds
    answers: queue.SimpleQueue[tuple[_Probe, str]] = queue.SimpleQueue()
    probes = [_Probe(url, proxy_for(url), deadline, resolve) for url in urls]
    for probe in probes:
        threading.Thread(target=probe.run, args=(answers,), daemon=True, name="reach").start()
    proxy = next((shown(probe.proxy) for probe in probes if probe.proxy), "")
    why: dict[str, str] = {}
    for _ in probes:
        try:
            probe, failure = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            break
        if not failure:
            return Reached(probe.url, why, proxy)
        why[probe.host] = failure
    for probe in probes:
        why.setdefault(probe.host, f"{probe.stage} took over {seconds:g} s")
    return Reached("", why, proxy)


def proxy_for(url: str) -> str:
    """Return the proxy that http_proxy, https_proxy and no_proxy name for `url`, "" for none."""
    from urllib.request import getproxies, proxy_bypass

    target = urlsplit(url)
    proxy = getproxies().get(target.scheme, "")
    if not proxy or proxy_bypass(target.netloc.rpartition("@")[2]):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def shown(url: str) -> str:
    """Return an address without its user and password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


class _Probe:
    """One knock at one server; `stage` says how far it came."""

    def __init__(self, url: str, proxy: str, deadline: float, resolve: Resolver) -> None:
        self.url = url
        self.target = urlsplit(url)
        self.host = self.target.hostname or ""
        self.proxy = proxy
        self.deadline = deadline
        self.resolve = resolve
        self.stage = "looking its name up"

    def run(self, answers: queue.SimpleQueue[tuple[_Probe, str]]) -> None:
        """Put "" once the server has answered, else what went wrong."""
        failure = ""
        try:
            self._knock()
        except TimeoutError:
            return  # whoever waits is at the deadline too, and says how far this came
        except Exception as error:  # what goes wrong in a thread would be lost: here it is the answer
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            failure = f"{self.stage} failed: {why}"
        answers.put((self, failure))

    def _knock(self) -> None:
        proxy = urlsplit(self.proxy) if self.proxy else None
        line = self._connected(proxy or self.target)
        try:
            place, extra = self.target.path or "/", ""
            if proxy:
                extra = _authorization(proxy)
                place = self.url
            if self.target.scheme == "https":
                if proxy:
                    self._tunnel(line, extra)
                    place, extra = self.target.path or "/", ""
                line = self._secured(line, self.host)
            self.stage = "waiting for its answer"
            status = self._asked(line, "HEAD", place, extra)
            if status == 407 or status >= 500:
                raise OSError(f"status {status}")
        finally:
            line.close()

    def _connected(self, peer: SplitResult) -> socket.socket:
        host, port = peer.hostname or "", peer.port or (443 if peer.scheme == "https" else 80)
        addresses = self.resolve(host, port, 0, socket.SOCK_STREAM)
        self.stage = "connecting to the proxy" if self.proxy else "connecting"
        failure = OSError("its name has no address")
        for tried, (family, kind, protocol, _, address) in enumerate(addresses):
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(self._left() / (len(addresses) - tried))
                line.connect(address)
            except OSError as error:
                line.close()
                failure = error
            else:
                return self._secured(line, host) if self.proxy and peer.scheme == "https" else line
        raise failure

    def _tunnel(self, line: socket.socket, extra: str) -> None:
        self.stage = "asking the proxy"
        status = self._asked(line, "CONNECT", f"{self.host}:{self.target.port or 443}", extra)
        if status != 200:
            raise OSError(f"status {status}")

    def _secured(self, line: socket.socket, host: str) -> socket.socket:
        import ssl

        self.stage = "securing the line"
        line.settimeout(self._left())
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)

    def _asked(self, line: socket.socket, verb: str, place: str, extra: str) -> int:
        """Return the status of the server's answer."""
        host = self.target.netloc.rpartition("@")[2]
        line.settimeout(self._left())
        line.sendall(f"{verb} {place} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: learncurve\r\n{extra}\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer and len(answer) < 65_536:
            line.settimeout(self._left())
            part = line.recv(4096)
            if not part:
                break
            answer += part
        words = answer.split(b"\r\n", 1)[0].split()
        if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
            raise OSError("that is no HTTP" if answer else "it hung up")
        return int(words[1])

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("out of time")
        return left


def _authorization(proxy: SplitResult) -> str:
    if not proxy.username:
        return ""
    token = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return f"Proxy-Authorization: Basic {base64.b64encode(token).decode()}\r\n"
