"""Tools for the drawings in ``docs/figures``: computed plots, colors, a preview."""
