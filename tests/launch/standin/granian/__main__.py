"""`python -m granian …`: a main process and a worker process that answers /healthz, as the real one has them."""

import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

if os.environ.get("STANDIN_WEB") == "fail":
    sys.exit("cannot load the application")
port = int(sys.argv[sys.argv.index("--port") + 1])


class Handler(BaseHTTPRequestHandler):
    """Says which process answered."""

    def do_GET(self) -> None:
        body = f"{os.getppid()} {os.getpid()}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


worker = os.fork()
if worker == 0:
    HTTPServer(("127.0.0.1", port), Handler).serve_forever()


def stop(_sign: int, _frame: object) -> None:
    os.kill(worker, signal.SIGKILL)
    os._exit(0)


signal.signal(signal.SIGTERM, stop)
while True:
    time.sleep(60)
