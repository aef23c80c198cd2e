"""The live preview: sphinx-autobuild with builds that start prepared.

``python -m paperloom.live_preview`` takes the arguments of ``sphinx-autobuild``, which starts Python
anew for each build: importing Sphinx then takes longer than building the page that was saved. It
starts each build from a process of its own, though, a copy of the server. Here the server imports
beforehand what does not change while somebody writes, and the copy builds by itself. This extension
is imported by each build, since its code may be what was edited.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from sphinx.application import builtin_extensions
from sphinx.cmd import build as sphinx_build
from sphinx_autobuild import __main__ as autobuild
from sphinx_autobuild import build as autobuild_build

#: What builds import; what is not installed is left out.
PREPARED = (
    *builtin_extensions,
    "docutils.parsers.rst.directives.images",
    "furo",
    "myst_parser.parsers.sphinx_",
    "pybtex.plugin",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinxcontrib.bibtex",
)
_BUILD = [sys.executable, "-m", "sphinx", "build"]


class PreparedSubprocess:
    """What sphinx-autobuild needs of the module ``subprocess``: builds run here, in a copy of the server."""

    CalledProcessError = subprocess.CalledProcessError

    def __init__(self) -> None:
        """Remember the server's process, which builds nothing by itself."""
        self._server = os.getpid()

    def run(self, command: list[str], *, check: bool) -> subprocess.CompletedProcess[Any]:
        """Run ``command``.

        :raises subprocess.CalledProcessError: if it fails and ``check`` is true.
        """
        if os.getpid() == self._server or command[: len(_BUILD)] != _BUILD:
            return subprocess.run(command, check=check)  # noqa: S603  # the commands of the person who serves
        code = _build(command[len(_BUILD) :])
        if code and check:
            raise subprocess.CalledProcessError(code, command)
        return subprocess.CompletedProcess(command, code)


def _build(arguments: list[str]) -> int:
    """Build as the command ``sphinx-build`` does; returns its exit code."""
    signal.set_wakeup_fd(-1)  # the server's
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in [name for name in sys.modules if name.partition(".")[0] == "paperloom"]:
        del sys.modules[name]
    sys.argv = ["sphinx-build", *arguments]
    code: int = sphinx_build.main(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def main() -> None:
    """Serve, build after each save, and reload the browser; arguments are those of ``sphinx-autobuild``."""
    for name in PREPARED:
        with suppress(ImportError):
            import_module(name)
    autobuild_build.subprocess = PreparedSubprocess()
    autobuild.main()


if __name__ == "__main__":
    main()
