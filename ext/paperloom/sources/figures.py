"""What a figure needs beside its picture."""

from __future__ import annotations

#: The options without which a figure is not complete, and what to write.
REQUIRED_OPTIONS = {
    "alt": "write ':alt:' with one or two sentences that replace the picture",
    "origin": "write ':origin:' with where it comes from, such as 'Drawn for this site.'",
}
CAPTION_REMEDY = "write below the options what to see"
