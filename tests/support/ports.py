"""Ports of loopback, of which several runs of the tests may want one at the same moment."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port that nobody listens on, and that nobody is given by chance meanwhile.

    A server that reuses addresses, as PostgreSQL and asyncio do, may be told to listen on it.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])
