"""The page 404 in a browser, served at an address deep below a site that stands in a folder."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


class Host(SimpleHTTPRequestHandler):
    """Serves the site below ``/paperloom/`` and its page 404 everywhere else, as hosts do."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.path = path.removeprefix("/paperloom")
        if path.startswith("/paperloom/") and self.translate_path(self.path) and self._is_file():
            super().do_GET()
            return
        data = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _is_file(self):
        return Path(self.translate_path(self.path)).is_file()

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def host(real_site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(real_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/paperloom"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("width", [390, 1440])
def test_it_is_styled_at_any_depth_and_leads_on(browser, host, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    failed = []
    page.on("response", lambda answer: answer.status >= 400 and failed.append(answer.url))
    page.goto(f"{host}/papers/deep/nothing.html")
    assert failed == [f"{host}/papers/deep/nothing.html"]
    assert page.get_by_role("heading", level=1).inner_text() == "Page not found"
    assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("main").get_by_role("link", name="Topics").click()
    assert page.url == f"{host}/topics/index.html"
    page.go_back()
    page.get_by_role("main").get_by_role("link", name="Search the site").click()
    page.wait_for_url(f"{host}/search.html")
    context.close()
