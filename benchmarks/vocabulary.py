"""Invented words, names and sentences. Nothing here means anything; everything is unmistakable."""

from __future__ import annotations

from itertools import product
from random import Random

#: Running text is made of these. All are lower-case, so that no name of a paper is among them.
WORDS = tuple(
    """
    signal tree river gradient layer token noise sample kernel memory state batch policy reward image
    frame voice graph node edge label class margin loss rate depth width scale field wave lens pixel
    region crop mask latent prior posterior energy flow bridge path seed leaf root branch stone cloud
    rain wind heat cold light shade color learns keeps moves joins splits bends holds finds turns
    slow quiet narrow broad early late steady loose bright plain with under across between before
    after toward without against beyond
    """.split()  # noqa: SIM905  # a list of words reads better as text
)
FIELDS = ("graph", "image", "language", "signal", "motion", "memory", "energy", "market")
METHODS = ("search", "retrieval", "planning", "compression", "alignment")
VENUES = (
    ("ANM", "Annual Meeting on Networks and Memory"),
    ("CLS", "Conference on Learning Signals"),
    ("ICRT", "International Conference on Rivers and Trees"),
    ("JAM", "Joint Assembly on Machines"),
    ("SLW", "Symposium on Slow Learning"),
    ("WGE", "Workshop on Graphs and Edges"),
)
GIVEN_NAMES = ("Ada", "Bo", "Cy", "Dina", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kai", "Lea", "Mio", "Nia")

_SYLLABLES = tuple("".join(pair) for pair in product("bdfgklmnprstvz", ("a", "e", "i", "o", "u", "ai", "or", "en")))


def sentence(random: Random, words: int = 14) -> str:
    """Return a sentence of ``words`` words."""
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."


def phrase(random: Random, words: int) -> str:
    """Return ``words`` words without capital and full stop."""
    return " ".join(random.choices(WORDS, k=words))


def coined_names(random: Random, count: int, syllables: int, ending: str) -> list[str]:
    """Return ``count`` different invented names, such as "Velorimax" with the ending "x".

    :raises ValueError: if so many names cannot be made of so few syllables.
    """
    base = len(_SYLLABLES)
    names = []
    for number in random.sample(range(base**syllables), count):
        parts = []
        rest = number
        for _ in range(syllables):
            rest, place = divmod(rest, base)
            parts.append(_SYLLABLES[place])
        names.append(("".join(parts) + ending).capitalize())
    return names
