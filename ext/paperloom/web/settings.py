"""How hosts are asked: limits, contact, cache; each can be set from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from platformdirs import user_cache_path

from paperloom import __version__

#: The environment variables that are read, with what each one sets.
VARIABLES: dict[str, str] = {
    "PAPERLOOM_CONTACT": "an address (mail or web) at which operators of hosts can reach you",
    "PAPERLOOM_NO_CACHE": "any value but 0: answers are neither taken from the cache nor kept",
    "PAPERLOOM_CACHE_DIR": "the folder of the cache",
    "PAPERLOOM_PATIENCE": "how many seconds a host may ask us to wait before we give up (60)",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits are in seconds and bytes.

    ``patience`` is the longest wait that a host may ask for. ``cache`` is the folder of kept
    answers, None for none, and ``cache_age`` the age up to which they are used.
    """

    contact: str = ""
    connect_timeout: float = 10
    read_timeout: float = 30
    total_timeout: float = 90
    largest_answer: int = 20_000_000
    attempts: int = 4
    backoff: float = 2
    patience: float = 60
    cache: Path | None = None
    cache_age: timedelta = timedelta(days=7)

    @property
    def user_agent(self) -> str:
        """Who asks, as hosts see it."""
        contact = f"mailto:{self.contact}" if "@" in self.contact and ":" not in self.contact else self.contact
        return f"paperloom/{__version__} (+{contact})" if contact else f"paperloom/{__version__}"


def settings_from(environment: Mapping[str, str] | None = None, *, contact: str = "", cache: bool = True) -> Settings:
    """Return the settings of the environment; ``contact`` is the one of the configuration.

    :raises ValueError: if PAPERLOOM_PATIENCE is not a number of seconds.
    """
    environment = os.environ if environment is None else environment
    folder = Path(environment.get("PAPERLOOM_CACHE_DIR") or user_cache_path("paperloom"))
    cached = cache and environment.get("PAPERLOOM_NO_CACHE", "0") in ("", "0")
    # Header fields are of one line and in Latin-1; anything else would be refused when a host is asked.
    shown = "".join(c for c in environment.get("PAPERLOOM_CONTACT") or contact if c.isascii() and c.isprintable())
    patience = environment.get("PAPERLOOM_PATIENCE") or "60"
    if not patience.isdecimal():
        raise ValueError(f"PAPERLOOM_PATIENCE is '{patience}'; write a number of seconds")
    return Settings(contact=shown.strip(), cache=folder if cached else None, patience=int(patience))
