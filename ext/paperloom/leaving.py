"""How the command ``sphinx-build`` ends."""

from __future__ import annotations

import ctypes
import gc
import sys
from pathlib import Path

from sphinx.application import Sphinx


def is_command() -> bool:
    """Return whether this process is ``sphinx-build`` or ``python -m sphinx``, and ends with the build."""
    program = Path(sys.argv[0])
    return program.stem == "sphinx-build" or program.parts[-2:] == ("sphinx", "__main__.py")


def keep_what_was_built(app: Sphinx, exception: Exception | None) -> None:
    """Leave what was built in memory until the operating system takes it back.

    Otherwise Python takes apart every node of the environment when the command ends, and looks for
    cycles among them: half as long as a whole build in which nothing changed. A reference too many
    keeps it from that, while files are flushed and functions for the exit are called as ever.
    """
    if is_command():
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(app))
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(app.env))
        gc.disable()
        gc.freeze()
