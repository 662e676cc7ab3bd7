"""Reading in a process apart, with bounds on its time and memory, where a small file can keep a library busy for hours.

The processes are forked off a server that has loaded everything and has no threads; each reads one file.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reports.importing.document import Document, Unreadable

MAX_WAIT_SECONDS = 60  # seconds by the clock, the machine being busy
MAX_SECONDS = 30  # of the processor
MAX_MEMORY = 1536 * 1024**2


def read_apart(read: Callable[[bytes], Document], data: bytes) -> Document:
    """What a reader makes of a file. Raises Unreadable, also where it takes too long or too much memory, or crashes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reports.importing.readers.preloaded"])
    receiver, sender = context.Pipe(duplex=False)
    bounds = (MAX_SECONDS, MAX_MEMORY)
    process = context.Process(target=_read, args=(read, data, bounds, get_language(), sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(MAX_WAIT_SECONDS):
            raise Unreadable(_too_long())
        answer = receiver.recv()
    except EOFError as error:
        process.join()
        # Rust aborts where it gets no memory.
        ends = {-signal.SIGXCPU: _too_long, -signal.SIGKILL: _too_long, -signal.SIGABRT: _too_large}
        raise Unreadable(ends.get(process.exitcode or 0, _broken)()) from error
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(answer, str):
        raise Unreadable(answer)
    assert isinstance(answer, Document)
    return answer


def _read(
    read: Callable[[bytes], Document], data: bytes, bounds: tuple[int, int], language: str | None, sender: Connection
) -> None:
    """Runs in the process apart."""
    # Ctrl-C reaches it as well, but whoever asked for the file decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seconds, memory = bounds
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with override(language):
        try:
            sender.send(read(data))
        except Unreadable as unreadable:
            sender.send(str(unreadable))
        except MemoryError:
            sender.send(_too_large())


def _too_long() -> str:
    return _("读取这个文件用的时间过长，已停止。正常的年度报告不会这样，请另存为 .docx 后再导入。")


def _too_large() -> str:
    return _("读取这个文件要占用过多内存，已停止。正常的年度报告不会这样，请另存为 .docx 后再导入。")


def _broken() -> str:
    return _("文件已损坏，读取时程序中断。请重新下载或另存为 .docx 后再导入。")
