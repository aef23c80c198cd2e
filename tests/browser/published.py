"""The site as a host publishes it: below a folder, with its page 404 and a content security policy.

``python -m tests.browser.published SITE`` prints the policy for a built site.
"""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.browser.server import QuietHandler, QuietServer

#: ``{hash}`` stands for the hash of the inline script.
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {hash}; img-src 'self' data:"
FOLDER = "/paperloom"


def policy_of(site: Path) -> str:
    """Return the policy for ``site``, made from the inline scripts of its first page."""
    html = (site / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = [b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return POLICY.format(hash=" ".join(f"'sha256-{digest}'" for digest in digests))


class Host(QuietHandler):
    """Serves a site below ``/paperloom/``, and its page 404 for everything else."""

    policy = ""

    def do_GET(self) -> None:  # noqa: N802  # the base class looks for this name
        """Answer with a file or the page 404."""
        path = self.path.partition("?")[0]
        self.path = path.removeprefix(FOLDER)
        if path.startswith(f"{FOLDER}/") and Path(self.translate_path(self.path)).is_file():
            super().do_GET()
            return
        data = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@contextmanager
def publish(site: Path, policy: str) -> Iterator[str]:
    """Serve ``site`` under ``policy`` and yield its address."""
    handler = type("HostWithPolicy", (Host,), {"policy": policy})
    server = QuietServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    sys.stdout.write(f"{policy_of(Path(sys.argv[1]))}\n")
