"""What was measured on and with."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

import paperloom
import psutil

from benchmarks.systems import CORES, System


def machine() -> dict[str, str]:
    """Return what matters of this machine; not its name."""
    return {
        "cores": f"{CORES} of {os.cpu_count()}",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} on {platform.machine()}",
        "Python": platform.python_version(),
    }


def versions(systems: Iterable[System]) -> dict[str, str]:
    """Return the version of each package that matters to ``systems``."""
    names = {name: None for system in systems for name in system.packages}
    return {name: _version(name) for name in names}


def _version(name: str) -> str:
    if name == "paperloom":
        return paperloom.__version__
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
