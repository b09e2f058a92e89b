# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads one file in a process of its own, and writes its pages as lines of JSON.

A file is whatever somebody uploaded: it may be built to use up memory, time or the
stack. Here it can, up to a limit, and takes nobody with it. The arguments are the
file, its name, the limits in bytes and seconds, and the folder of gpt_core's engine.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .documents import Page

_CORE = "odoo.addons.gpt_core.engine"


def main() -> None:
    """Read the file that the command line names."""
    path, name, memory, seconds, core = sys.argv[1:6]
    _name_core(core)
    # pypdf's own modules are in place before the limit counts.
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_CPU, int(seconds))
    _limit(resource.RLIMIT_CORE, 0)
    from .documents import ReadingError

    try:
        for page in _pages(Path(path), name, int(seconds)):
            blocks = [[block.text, block.level] for block in page.blocks]
            _write({"number": page.number, "blocks": blocks})
    except ReadingError as error:
        _write({"problem": error.problem, "detail": error.detail[:300]})
    except MemoryError:
        _write({"problem": "too_large", "detail": ""})
    else:
        _write({"end": True})


def _name_core(folder: str) -> None:
    """Let gpt_core's engine be imported by its name: there is no Odoo here."""
    parts = _CORE.split(".")
    for count in range(1, len(parts) + 1):
        module = ModuleType(".".join(parts[:count]))
        module.__path__ = [folder] if count == len(parts) else []
        sys.modules[module.__name__] = module


def _limit(what: int, most: int) -> None:
    _soft, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, hard))


def _pages(path: Path, name: str, seconds: int) -> "Iterator[Page]":
    from .docx import read_docx
    from .formats import decode_text, detect_format
    from .markup import read_html, read_markdown, read_text
    from .pdf import read_pdf

    with path.open("rb") as stream:
        head = stream.read(8192)
    kind = detect_format(head, name)
    if kind == "pdf":
        # Looking at pictures is work for processes below this one.
        yield from read_pdf(path, ocr_seconds=seconds * 2)
    elif kind == "docx":
        yield from read_docx(path)
    else:
        text = decode_text(path.read_bytes())
        if kind == "html":
            yield read_html(text)
        elif kind == "md":
            yield read_markdown(text)
        else:
            yield from read_text(text)


def _write(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")


if __name__ == "__main__":
    # Text of a broken PDF may hold half a character; JSON escapes it.
    sys.setrecursionlimit(2000)
    main()
