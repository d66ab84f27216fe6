"""A port of this machine to listen on, or a sentence why not."""

import os
import socket

from agent.errors import CountersteerError

LOOPBACK = "127.0.0.1"


class PortError(CountersteerError):
    """Nobody can listen on the port."""


def listening(port: int, *, host: str = LOOPBACK) -> socket.socket:
    """A listening socket on the loopback address, or on another one of this machine; 0 takes a free port.

    Raises:
        PortError: The port is in use or may not be used, or the address is none of this machine.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        where = f"port {port}" if host == LOOPBACK else f"port {port} of {host}"
        reason = f"{where} cannot be used ({why}); name another with --port, or 0 for a free one"
        raise PortError(reason) from error
