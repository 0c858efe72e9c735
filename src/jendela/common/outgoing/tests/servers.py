"""Small servers on this machine that answer exactly what a test says, byte by byte."""

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Script = Callable[[socket.socket, bytes], None]  # the line, and the request as it came


@dataclass
class Server:
    port: int
    requests: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/", *, scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def plain(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def say(answer: bytes) -> Script:
    def script(line: socket.socket, _request: bytes) -> None:
        line.sendall(answer)

    return script


def whole(request: bytes) -> bool:
    """Did the head come, and as many bytes after it as it promises?"""
    head, mark, body = request.partition(b"\r\n\r\n")
    promised = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return bool(mark) and len(body) >= (int(promised[1]) if promised else 0)


@contextlib.contextmanager
def serving(script: Script, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def talk(line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            if context is not None:
                line = context.wrap_socket(line, server_side=True)
            line.settimeout(5)
            request = b""
            while not whole(request):
                piece = line.recv(65_536)
                if not piece:
                    return
                request += piece
            server.requests.append(request)
            script(line, request)
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_WR)
            line.close()

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _address = listener.accept()
                threads.append(threading.Thread(target=talk, args=(line,), daemon=True))
                threads[-1].start()

    door = threading.Thread(target=accept, daemon=True)
    door.start()
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        door.join(5)
        for thread in threads:
            thread.join(5)
