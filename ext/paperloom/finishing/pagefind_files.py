"""The files of a Pagefind index, made the same for the same pages.

Pagefind 1.5.2 writes the values of a filter in the order of a hash table, which differs from run to
run, and names the file by a digest of that; with it differ the list of filters (``*.pf_meta``) and
the entry that names the list. Its main branch sorts them. Here they are put in order, in the format
that its Rust sources describe (``index_filter.rs``, ``index_metadata.rs``): gzip of a mark and CBOR.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from typing import Any

import cbor2

ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
#: The place of the filters in the list: version, pages, chunks of words, filters, sorts, fields.
_FILTERS = 3
#: A head of gzip without time and system.
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_WINDOW = -15


def in_order(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return ``files``, names and contents, with the values of filters in order.

    :raises ValueError: if the files are not what Pagefind 1.5 writes.
    """
    files = dict(files)
    try:
        entry = json.loads(files[ENTRY])
        for language, index in sorted(entry["languages"].items()):
            table = _unpacked(files.pop(f"pagefind.{index['hash']}.pf_meta"))
            for listed in table[_FILTERS]:
                name, values = _unpacked(files.pop(f"filter/{listed[1]}.pf_filter"))
                data = cbor2.dumps([name, sorted(values)])
                listed[1] = f"{language}_{_digest(data)}"
                files[f"filter/{listed[1]}.pf_filter"] = _packed(data)
            table[_FILTERS].sort()
            data = cbor2.dumps(table)
            index["hash"] = f"{language}_{_digest(data)}"
            files[f"pagefind.{index['hash']}.pf_meta"] = _packed(data)
    except (LookupError, TypeError, AttributeError, zlib.error, cbor2.CBORDecodeError) as error:
        message = f"unknown format of Pagefind's index: {error!r}"
        raise ValueError(message) from error
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return files


def _unpacked(data: bytes) -> Any:
    return cbor2.loads(zlib.decompress(data, wbits=zlib.MAX_WBITS | 16).removeprefix(_MARK))


def _packed(data: bytes) -> bytes:
    marked = _MARK + data
    packer = zlib.compressobj(9, wbits=_WINDOW)
    body = packer.compress(marked) + packer.flush()
    return _GZIP + body + struct.pack("<LL", zlib.crc32(marked), len(marked))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()
