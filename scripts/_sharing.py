"""Uses a second process where it pays: what it makes is byte for byte what one process would make.

Every process that is started here ends with the one that started it, however that was ended.
"""
import collections
import concurrent.futures
import ctypes
import functools
import gc
import multiprocessing
import multiprocessing.connection
import os
import queue
import signal
import sys
import threading

from _progress import Progress
from support_directory import making

STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has no SIGHUP
FEWEST = 4  # pieces that are worth a second process
GARBAGE = 10_000  # new things after which cycles are looked for; Python's own 700 is too often for a program that makes so many
M_MMAP_THRESHOLD, LARGE = -3, 512 * 1024  # <malloc.h>; bytes
AHEAD = 2  # pieces that the second process has been given: one that it makes, one that waits

given = None  # what the second process, a copy of this one, finds: the pieces, and what writes one


def can_copy():
    """Whether this system can make a copy of a process with all that it holds, and has a second processor for it."""
    return "fork" in multiprocessing.get_all_start_methods() and os.cpu_count() > 1


def hold_little():
    """Has the memory of each large text given back as soon as nobody needs it, where this is known how to ask for: in glibc (mallopt(3)).

    By itself glibc keeps what was freed once, and a build makes and drops very many texts.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(M_MMAP_THRESHOLD, LARGE)


def pool(processes=1):
    """One more process, or several."""
    context = multiprocessing.get_context("fork") if can_copy() else None
    return concurrent.futures.ProcessPoolExecutor(processes, mp_context=context, initializer=end_with_the_first)


def share(pieces, write):
    """As making.here, with a second process where that is possible: this one begins at the front of the pieces, the other at the back."""
    with Progress("Making pages and lists", len(pieces)) as progress:
        made_by = making.here if len(pieces) < FEWEST or not can_copy() else _by_two
        for piece, made in made_by(pieces, write):
            progress.step(piece.name)
            yield piece, made


def _by_two(pieces, write):
    """As `share`, by this process and a copy of it."""
    global given
    given, done, left = (pieces, write), queue.SimpleQueue(), collections.deque(range(len(pieces)))
    gc.freeze()  # a copy shares memory with this process as long as neither of them touches it
    gc.enable()  # each page leaves a few cycles behind: of many thousand pages they are much
    gc.set_threshold(GARBAGE)
    with pool() as second:
        def give():
            number = _one(left.pop)
            if number is None:
                return
            try:
                second.submit(make_there, number).add_done_callback(functools.partial(taken, number))
            except concurrent.futures.BrokenExecutor as error:  # somebody has ended the other process; without an answer this one would wait for ever
                future = concurrent.futures.Future()
                future.set_exception(error)
                done.put((number, future))

        def taken(number, future):
            done.put((number, future))
            give()

        for _ in range(AHEAD):
            give()
        for _ in pieces:
            number = _one(left.popleft)
            if number is not None:
                yield pieces[number], write(pieces[number])
            else:
                number, future = done.get()
                yield pieces[number], future.result()
    given = None


def _one(take):
    """What `take` gives of a queue at one of its ends, or None where nothing is left."""
    try:
        return take()
    except IndexError:
        return None


def make_there(number):
    """Runs in the second process: makes one piece."""
    pieces, write = given
    return write(pieces[number])


def end_with_the_first():
    """Runs in another process, first of all: it ends when the first one ends, however that was ended, and not before."""
    ignore_signals()  # Ctrl+C reaches all processes: the first one decides
    threading.Thread(target=_end_after, args=(multiprocessing.parent_process().sentinel,), daemon=True).start()


def _end_after(sentinel):
    """Waits until the process of this sentinel has ended, then ends this one at once."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def ignore_signals():
    """No signal but SIGKILL ends this process any more."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def end_others():
    """Ends every process that was started here, at once, and waits until they have ended: what they wrote can then be cleared away."""
    for process in multiprocessing.active_children():
        process.kill()
        process.join()
