"""Local servers that answer as arXiv, doi.org, Crossref, the archive and ordinary hosts do.

The shapes follow the services' own documentation: arXiv's API user manual, the REST API of the
Handle proxy, Crossref's REST API and the Wayback availability API.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

JSON = "application/json"
ATOM = "application/atom+xml; charset=utf-8"


class Reply:
    """An answer of a server: ``broken`` is how it fails while it is sent (``slow``, ``truncated``, ``dropped``)."""

    def __init__(self, status=200, body=b"", kind="text/html", broken="", **headers):
        self.status = status
        self.body = body if isinstance(body, bytes) else body.encode()
        self.kind = kind
        self.broken = broken
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.respond(with_body=False)

    def do_GET(self):
        self.respond(with_body=True)

    def respond(self, *, with_body):
        server = self.server
        with server.lock:
            server.asked.append(self.path)
            server.asked_with.append((self.command, self.path, dict(self.headers)))
            server.times.append(time.monotonic())
            server.under_way += 1
            server.most_at_once = max(server.most_at_once, server.under_way)
        try:
            self.send(server.answer(self), with_body=with_body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with server.lock:
                server.under_way -= 1

    def send(self, reply, *, with_body):
        if reply.broken == "dropped":
            self.close_connection = True
            self.connection.close()
            return
        if reply.broken == "slow":
            self.server.stopped.wait(30)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(reply.body[: len(reply.body) // 2] if reply.broken == "truncated" else reply.body)
            self.close_connection = self.close_connection or reply.broken == "truncated"

    def log_message(self, format, *args):  # noqa: A002  # the base class's name
        pass


class Server(ThreadingHTTPServer):
    """A running server; ``asked`` lists what it was asked for, ``most_at_once`` how many at the same time."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.asked, self.asked_with, self.times = [], [], []
        self.under_way = self.most_at_once = 0
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.first = {}  # a path to the replies that its first questions get
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def answer(self, request):
        with self.lock:
            earlier = self.first.get(urlsplit(request.path).path)
            if earlier:
                return earlier.pop(0)
        return self.reply(request.path)

    def reply(self, path):
        raise NotImplementedError

    def handle_error(self, request, client_address):
        pass  # clients that hang up are part of the tests

    def stop(self):
        self.stopped.set()
        self.shutdown()
        self.server_close()
        self.thread.join()


class Host(Server):
    """An ordinary host: it answers by path, as the table says."""

    def __init__(self):
        super().__init__()
        self.replies = {
            "/missing": Reply(404, "<p>not found"),
            "/removed": Reply(410, "<p>gone"),
            "/forbidden": Reply(403, "<p>no"),
            "/broken": Reply(500, "<p>oops"),
            "/slow": Reply(broken="slow"),
            "/dropped": Reply(broken="dropped"),
            "/truncated": Reply(body="x" * 1000, broken="truncated"),
            "/old": self.to(301, "/new/old"),
            "/old-308": self.to(308, "/new/old-308"),
            "/for-now": self.to(302, "/new/for-now"),
            "/chain": self.to(301, "/chain-2"),
            "/chain-2": self.to(308, "/chain-2-end"),
            "/then-for-now": self.to(301, "/there/then-for-now"),
            "/there/then-for-now": self.to(302, "/today"),
            "/circle": self.to(301, "/circle-2"),
            "/circle-2": self.to(301, "/circle"),
            "/nowhere": Reply(301),
            "/strange": self.to(301, "ftp://kettles.example/strange"),
            "/home-instead": self.to(301, "/"),
            "/login-instead": self.to(301, "/login?next=/login-instead"),
            "/to-missing": self.to(301, "/missing"),
        }

    def to(self, status, target):
        return Reply(status, location=target if "://" in target else f"{self.address}{target}")

    def reply(self, path):
        return self.replies.get(path, Reply(200, "<p>fine"))


class Arxiv(Server):
    """arXiv's API. ``papers`` maps ids to fields; ids of another form make the whole question an error."""

    def __init__(self):
        super().__init__()
        self.papers = {}

    def reply(self, path):
        parameters = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        wanted = [one for one in parameters.get("id_list", "").split(",") if one]
        bad = next((one for one in wanted if not any(c.isdigit() for c in one)), None)
        if bad:
            return Reply(400, self.feed([self.error(bad)]), ATOM)
        found = [one for one in wanted if one in self.papers][: int(parameters.get("max_results", "10"))]
        return Reply(200, self.feed([self.entry(one, **self.papers[one]) for one in found]), ATOM)

    @staticmethod
    def feed(entries):
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">\n'
            "<title>ArXiv Query</title><id>http://arxiv.org/api/x</id><updated>2021-01-01T00:00:00Z</updated>\n"
            f"<opensearch:totalResults>{len(entries)}</opensearch:totalResults>\n" + "\n".join(entries) + "\n</feed>\n"
        )

    @staticmethod
    def entry(identifier, version=1, title="Kettles", updated="2020-03-01", abstract="We boil.", **more):
        extra = "".join(
            f"<arxiv:{name}>{escape(value)}</arxiv:{name}>" for name, value in more.items() if name != "authors"
        )
        return (
            f"<entry><id>http://arxiv.org/abs/{identifier}v{version}</id><title>{escape(title)}</title>"
            f"<updated>{updated}T10:00:00Z</updated><published>2020-01-01T10:00:00Z</published>"
            f"<summary>{escape(abstract)}</summary><author><name>Ada Marlowe</name></author>{extra}"
            '<arxiv:primary_category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>'
            '<category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/></entry>'
        )

    @staticmethod
    def error(identifier):
        return (
            f"<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_{identifier}</id><title>Error</title>"
            f"<summary>incorrect id format for {identifier}</summary><updated>2021-01-01T00:00:00Z</updated>"
            "<author><name>arXiv api core</name></author></entry>"
        )


class Handles(Server):
    """The Handle API of doi.org. ``known`` maps DOIs in lower case to the addresses they lead to."""

    def __init__(self):
        super().__init__()
        self.known = {}

    def reply(self, path):
        doi = unquote(urlsplit(path).path.removeprefix("/api/handles/"))
        target = self.known.get(doi.lower())
        if target is None:
            return Reply(404, json.dumps({"responseCode": 100, "handle": doi}), JSON)
        if not target:
            return Reply(200, json.dumps({"responseCode": 200, "handle": doi, "values": []}), JSON)
        values = [
            {"index": 100, "type": "HS_ADMIN", "data": {"format": "admin", "value": {"handle": "10.admin/x"}}},
            {"index": 1, "type": "URL", "data": {"format": "string", "value": target}, "ttl": 86400},
        ]
        return Reply(200, json.dumps({"responseCode": 1, "handle": doi, "values": values}), JSON)


class Crossref(Server):
    """Crossref's API. ``works`` maps DOIs in lower case to messages; notices are found by what they update."""

    def __init__(self):
        super().__init__()
        self.works = {}

    def reply(self, path):
        parts = urlsplit(path)
        parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
        doi = unquote(parts.path.removeprefix("/works").strip("/")).lower()
        if doi:
            work = self.works.get(doi)
            return self.message("work", work) if work else Reply(404, "Resource not found.", "text/plain")
        items = list(self.works.values())
        if "filter" in parameters:
            filters = [one.partition(":")[::2] for one in parameters["filter"].split(",")]
            about = {value.lower() for name, value in filters if name == "updates"}
            kinds = {value for name, value in filters if name == "type"}
            if about:
                items = [w for w in items if any(u["DOI"].lower() in about for u in w.get("update-to", []))]
            if kinds:
                items = [w for w in items if w.get("type") in kinds]
        if "query.bibliographic" in parameters:
            words = Counter(parameters["query.bibliographic"].lower().split())
            items.sort(key=lambda work: -sum(words[word] for word in work["title"][0].lower().split()))
        items = items[: int(parameters.get("rows", "20"))]
        return self.message("work-list", {"total-results": len(items), "items": items, "items-per-page": 20})

    @staticmethod
    def message(kind, message):
        envelope = {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}
        return Reply(200, json.dumps(envelope), JSON)

    @staticmethod
    def work(doi, title, **more):
        values = {
            "DOI": doi,
            "title": [title],
            "type": "journal-article",
            "author": [{"given": "Ada", "family": "Marlowe", "sequence": "first", "affiliation": []}],
            "container-title": ["Journal of Kettles"],
            "published": {"date-parts": [[2021, 4]]},
        }
        return values | {name.replace("_", "-"): value for name, value in more.items()}


class Archive(Server):
    """The availability API of the archive. ``copies`` maps addresses to time stamps of their copies."""

    def __init__(self):
        super().__init__()
        self.copies = {}

    def reply(self, path):
        parameters = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        address = parameters.get("url", "")
        snapshots = {}
        if stamp := self.copies.get(address):
            snapshots["closest"] = {
                "status": "200",
                "available": True,
                "url": f"http://web.archive.org/web/{stamp}/{address}",
                "timestamp": stamp,
            }
        return Reply(200, json.dumps({"url": address, "archived_snapshots": snapshots}), JSON)
