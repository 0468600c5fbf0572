"""Takes the network away from this process and from all that it starts."""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
import sys
from typing import Any

REFUSED = "a page's code runs without a network"

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.ENETUNREACH
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
"""Where a system call's number, the machine's and the first argument stand in what a filter sees."""

IO_URING_SETUP = 425
"""Sockets can be made through a ring, too."""

MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: its number for filters, and that of the system call `socket`."""

LOCAL = (1, 16)
"""AF_UNIX and AF_NETLINK lead nowhere beyond this machine."""


def go_offline() -> None:
    """Refuse every socket but local ones from now on: with a clear sentence in Python, by the system beneath it."""
    sys.addaudithook(_refuse)
    if sys.platform == "linux" and platform.machine() in MACHINES:
        _filter(*MACHINES[platform.machine()])


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    names = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
    if names or (event == "socket.__new__" and given[1] in (socket.AF_INET, socket.AF_INET6)):
        raise OSError(errno.ENETUNREACH, REFUSED)


def _filter(machine: int, make_socket: int) -> None:
    """Install a seccomp filter; where the system has none, Python's own refusal is left."""
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 0, 7, machine),
        (LOAD, 0, 0, NUMBER),
        (EQUAL, 4, 0, IO_URING_SETUP),
        (EQUAL, 0, 4, make_socket),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (EQUAL, 2, 0, LOCAL[0]),
        (EQUAL, 1, 0, LOCAL[1]),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code)
    program = struct.pack("HP", len(steps), ctypes.addressof(held))
    control = ctypes.CDLL(None).prctl
    control.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong]
    control(PR_SET_NO_NEW_PRIVS, 1, None, 0, 0)
    control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0)
