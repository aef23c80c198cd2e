"""A host on this machine that answers as it is told, for tests of what asks other hosts."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Answers with ``server.answers[path]``: a list of callables or (status, headers, body), the last one for ever."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.server.asked.append((self.path, dict(self.headers)))
        answers = self.server.answers.get(path) or [(404, {"Content-Type": "text/plain"}, b"no such thing")]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815  # the name that http.server calls

    def log_message(self, format, *args):  # noqa: A002  # the base class's name
        pass


class Host(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked = {}, []
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.closing = threading.Event()

    def paths(self):
        return [path for path, _headers in self.asked]

    def handle_error(self, request, client_address):  # a client that gave up is no error of the host
        pass

    def serve(self):
        self.serve_forever(poll_interval=0.05)


@contextmanager
def running() -> Iterator[Host]:
    """Run a host for as long as the context lasts."""
    server = Host()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def truncated(body, promised):
    """Promise more bytes than are sent, and hang up."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(promised))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def dripping(byte, pause):
    """Send a byte now and then, without end."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        while not handler.server.closing.wait(pause):
            handler.wfile.write(byte)
            handler.wfile.flush()

    return answer


def silent(handler):
    """Take the request and say nothing."""
    handler.server.closing.wait(20)
    handler.close_connection = True


def slow(pause, answer):
    def respond(handler):
        time.sleep(pause)
        handler.server.answers["/slow-answer"] = [answer]
        handler.path = "/slow-answer"
        handler.do_GET()

    return respond
