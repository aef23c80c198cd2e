"""ZIP files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from paperloom.outputs.files import write_bytes_if_changed

#: The first moment that a ZIP file can state.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
_UNIX = 3


def write_zip(path: Path, files: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bool:
    """Write ``files``, names with slashes and their content, in their order; return whether anything changed.

    No time, owner or system is written down. The files in ``stored`` are not compressed.
    """
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in files:
            entry = ZipInfo(name, _NO_TIME)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            entry.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return write_bytes_if_changed(path, buffer.getvalue())
