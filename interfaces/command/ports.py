"""A port of this machine to listen on, or a sentence why not."""

import os
import socket

from agent.errors import CountersteerError

LOOPBACK = "127.0.0.1"


class PortError(CountersteerError):
    """Nobody can listen on the port."""


def listening(port: int) -> socket.socket:
    """A listening socket on the loopback address; 0 takes a free port.

    Raises:
        PortError: The port is in use or may not be used.
    """
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        why = os.strerror(error.errno or 0)
        reason = f"port {port} cannot be used ({why}); name another with --port, or 0 for a free one"
        raise PortError(reason) from error
