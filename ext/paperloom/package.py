"""The state of the code: what was kept by other code is not used."""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

#: The distributions whose version shows in what is read or written.
_TOOLS = (
    "babel",
    "docutils",
    "furo",
    "jinja2",
    "markdown-it-py",
    "mdit-py-plugins",
    "myst-parser",
    "pybtex",
    "pygments",
    "sphinx",
    "sphinx-copybutton",
    "sphinx-design",
    "sphinxcontrib-bibtex",
)


def _package_digest() -> str:
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name in _TOOLS:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name} is not here\n".encode())
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".css", ".js", ".json", ".mo", ".py", ".toml"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


#: A digest of this package's files and of the versions of everything that a page is made with.
PACKAGE_DIGEST = _package_digest()
