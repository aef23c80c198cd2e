"""What a command writes to a file that its user names."""

from __future__ import annotations

from pathlib import Path

import click

from paperloom.outputs.files import write_bytes_if_changed


def write_output(file: Path, data: bytes, *, append: bool = False) -> None:
    """Write to a file, whole or not at all; a device or a pipe is written to and never replaced.

    With ``append`` the data go behind what the file holds.

    :raises click.ClickException: if the file cannot be written.
    """
    try:
        if file.exists() and not file.is_file():
            with file.open("wb") as stream:
                stream.write(data)
            return
        before = file.read_bytes() if append and file.exists() else b""
        write_bytes_if_changed(file.resolve(), before + data)
    except OSError as error:
        reason = error.strerror or error
        raise click.ClickException(f"'{file}' cannot be written: {reason}; choose another place") from error
