"""Many hosts at once, each of them slowly: the pauses between questions are the client's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Event

#: How many questions one host gets at the same time.
AT_ONCE_PER_HOST = 2
#: How many questions are under way at the same time.
AT_ONCE = 24
#: After so many questions in a row that a host failed over or left without an answer, it is asked no more.
SILENT = 3

#: Asks something and returns whether the host answered as hosts do that work.
Question = Callable[[], bool]


def ask_all(
    questions: Mapping[str, Sequence[Question]], skipped: Callable[[str, int], None], *, at_once: int = AT_ONCE
) -> None:
    """Ask every question, by host: never more than :data:`AT_ONCE_PER_HOST` at once at one of them.

    The rest of the questions to a host that stays silent are not asked: ``skipped`` is told the host and the
    position of each. An exception of a question ends everything and is raised.
    """
    pending: dict[str, SimpleQueue[tuple[int, Question]]] = {}
    for host, asked in questions.items():
        pending[host] = SimpleQueue()
        for position, question in enumerate(asked):
            pending[host].put((position, question))
    silent = dict.fromkeys(questions, 0)
    stopped = Event()

    def ask_next(host: str) -> None:
        position, question = pending[host].get_nowait()
        if silent[host] >= SILENT:
            skipped(host, position)
        else:
            silent[host] = 0 if question() else silent[host] + 1

    def ask_host(host: str) -> None:
        try:
            while not stopped.is_set():
                ask_next(host)
        except Empty:
            return
        except BaseException:
            stopped.set()
            raise

    busiest_first = sorted(questions, key=lambda host: (-len(questions[host]), host))
    lanes = [host for host in busiest_first for _lane in range(min(AT_ONCE_PER_HOST, len(questions[host])))]
    with ThreadPoolExecutor(max_workers=max(1, min(at_once, len(lanes)))) as pool:
        futures = [pool.submit(ask_host, host) for host in lanes]
        try:
            for future in futures:
                future.result()
        finally:  # an interruption ends the other lanes, too
            stopped.set()
