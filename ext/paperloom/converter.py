"""Drawings for PDF: LaTeX knows no SVG, so cairosvg turns each into a PDF of its own."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sphinx.transforms.post_transforms.images import ImageConverter

from paperloom.model.problems import Subtype
from paperloom.outputs.files import write_bytes_if_changed
from paperloom.warnings import warn

_CREATED = re.compile(rb"/CreationDate \(D:\d{14}Z\)")
_NO_DATE = b"/CreationDate (D:20000101000000Z)"


class DrawingConverter(ImageConverter):
    """Converts drawings for LaTeX; the package ``cairosvg`` and the cairo library are needed for this alone."""

    builders = ("latex",)
    conversion_rules = [("image/svg+xml", "application/pdf")]  # noqa: RUF012  # as Sphinx declares it

    def is_available(self) -> bool:
        """Return whether drawings can be converted; say what is missing where they cannot."""
        try:
            import cairosvg  # noqa: F401, PLC0415  # loads a library of the system
        except (ImportError, OSError) as error:
            reason = str(error).splitlines()[0]
            remedy = "install the package 'cairosvg' and the library cairo (libcairo2)"
            warn(Subtype.FIGURE, f"drawings cannot be converted for LaTeX ({reason})", remedy, None)
            return False
        return True

    def convert(self, _from: str | os.PathLike[str], _to: str | os.PathLike[str]) -> bool:
        """Write the PDF; the time at which cairo made it is left out, so that the same drawing gives the same file."""
        import cairosvg  # noqa: PLC0415

        document = cairosvg.svg2pdf(bytestring=Path(_from).read_bytes())
        write_bytes_if_changed(Path(_to), _CREATED.sub(_NO_DATE, document))
        return True
