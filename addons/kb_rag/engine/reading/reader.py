# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads a file in a process of its own, with limits; see :mod:`.worker`."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from odoo.addons.gpt_core import engine as core

from .documents import (
    MAX_FILE_BYTES,
    MAX_TEXT_CHARS,
    Block,
    Page,
    Reading,
    ReadingError,
)
from .formats import detect_format

_ENGINE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Limits:
    """What reading one file may take.

    :param memory: bytes of address space, the interpreter's own included
    :param seconds: of processor time; waiting for a busy machine, and looking for text
        in scanned pages, may take four times that
    """

    memory: int = 1024**3
    seconds: int = 600


def read_document(data: bytes, name: str = "", limits: Limits | None = None) -> Reading:
    """Return what is written in a file.

    :raises ReadingError: saying why it cannot be read
    """
    if not data:
        raise ReadingError("empty")
    if len(data) > MAX_FILE_BYTES:
        raise ReadingError("too_large")
    if detect_format(data[:8192], name) is None:
        raise ReadingError("unknown_format")
    with tempfile.NamedTemporaryFile(prefix="kb_rag-") as file:
        file.write(data)
        file.flush()
        return _collect(_worker_pages(file.name, name, limits or Limits()))


def _collect(pages: Iterator[Page]) -> Reading:
    reading, chars = Reading(), 0
    for page in pages:
        reading.page_count = max(reading.page_count, page.number)
        if not page.has_text:
            if page.number:
                reading.empty_pages.append(page.number)
            continue
        chars += sum(len(block.text) for block in page.blocks)
        if chars > MAX_TEXT_CHARS:
            raise ReadingError("too_large")
        reading.pages.append(page)
    if not reading.pages:
        raise ReadingError("no_text")
    # Scanned pages were read last.
    reading.pages.sort(key=lambda page: page.number)
    reading.empty_pages.sort()
    return reading


def _worker_pages(path: str, name: str, limits: Limits) -> Iterator[Page]:
    with _worker(path, name, limits) as process:
        ended = False
        for line in process.stdout or ():
            message = json.loads(line)
            if "problem" in message:
                raise ReadingError(message["problem"], message["detail"])
            if "end" in message:
                ended = True
                break
            blocks = tuple(Block(text, level) for text, level in message["blocks"])
            yield Page(message["number"], blocks)
        if not ended:
            raise ReadingError(*_why_it_ended(process, limits))


@contextmanager
def _worker(path: str, name: str, limits: Limits) -> Iterator[subprocess.Popen[str]]:
    """Start the reading process; it never outlives the block, nor its time."""
    arguments = [path, name, str(limits.memory), str(limits.seconds), *core.__path__]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            # -m needs a package: the engine's folder is one under any name.
            [sys.executable, "-m", f"{_ENGINE.name}.reading.worker", *arguments],
            stdout=subprocess.PIPE,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            text=True,
            cwd=_ENGINE.parent,
            # What it starts itself ends with it.
            start_new_session=True,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "PYTHONPATH": os.pathsep.join(map(str, _package_folders())),
                "PYTHONDONTWRITEBYTECODE": "1",
                "MALLOC_ARENA_MAX": "2",
            },
        )
        timer = threading.Timer(limits.seconds * 4, _kill, [process])
        timer.start()
        try:
            yield process
        finally:
            timer.cancel()
            _kill(process)
            if process.stdout:
                process.stdout.close()
            process.wait()


def _kill(process: subprocess.Popen[str]) -> None:
    """End a reading process, and those that it has started."""
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)


def _package_folders() -> list[str]:
    """Return where this interpreter finds its packages, but not Odoo's own."""
    return [folder for folder in sys.path if folder.endswith("-packages")]


def _why_it_ended(process: subprocess.Popen[str], limits: Limits) -> tuple[str, str]:
    try:
        code = process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        return "crashed", ""
    if code in (-9, -24):  # killed, or out of processor time
        return "too_long", f"{limits.seconds} s"
    return "crashed", f"exit code {code}"
