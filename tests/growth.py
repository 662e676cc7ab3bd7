"""By how much the CPU of some work grows when what it is given gets twice as long."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

MAX_GROWTH = 2.5
MIN_SECONDS = 0.02
"""A growth of less than this cannot be told from chance."""
MAX_SECONDS = 3.0
"""Who takes longer for so little never ends."""
MIN_LENGTH, MAX_LENGTH = 1_000, 64_000
TRIES = 5

Work = Callable[[int], Callable[[], object]]
"""Prepares the work on a text of that length; what it returns is measured."""


class _TooLong(BaseException):
    """No `Exception`, which the work may catch and go on."""


def seconds(work: Callable[[], object]) -> float:
    """CPU, or infinity where that is more than `MAX_SECONDS`."""

    def stop(_number: int, _frame: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS)
    began = time.process_time()
    try:
        work()
        return time.process_time() - began
    except _TooLong:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def growth(work: Work) -> float:
    """At the first length at which it can be told, and at twice that; 1 where it never can, infinity where it does not end."""
    length = MIN_LENGTH
    while (taken := seconds(work(length))) < MIN_SECONDS:
        length *= 4
        if length > MAX_LENGTH:
            return 1
    if taken == float("inf"):
        return taken
    return max(of_a_doubling(work, length), of_a_doubling(work, 2 * length))


def of_a_doubling(work: Work, length: int) -> float:
    """Something else may run meanwhile: the least of several tries."""
    least = float("inf")
    for _try in range(TRIES):
        before = seconds(work(length))
        least = min(least, seconds(work(2 * length)) / max(before, MIN_SECONDS))
        if least <= MAX_GROWTH:
            break
    return least
