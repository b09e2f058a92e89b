# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Scanned pages → text, where the machine has ``ocrmypdf`` or ``tesseract``.

It runs below the process that reads, within its limits of memory. What it cannot do,
or not in time, leaves pages without text; that is no error.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from .documents import number_ranges

# In this order: the first one copes with every kind of picture.
TOOLS = ("ocrmypdf", "tesseract")
_LANGUAGES = ("spa", "eng")
_PROBLEMS = (OSError, subprocess.SubprocessError)


def ocr_tool() -> str:
    """Return the name of the tool that there is, ``""`` without one."""
    return next((tool for tool in TOOLS if shutil.which(tool)), "")


def recognised(path: Path, pages: list[int], seconds: float) -> dict[int, str]:
    """Return the text of scanned pages of a PDF, by page number.

    :param pages: numbers of the pages to look at
    :param seconds: how long it may take
    """
    tool = ocr_tool()
    if not tool or not pages:
        return {}
    read = _by_ocrmypdf if tool == "ocrmypdf" else _by_tesseract
    try:
        return read(path, pages, seconds)
    except Exception:  # whatever a picture can be wrong in
        return {}


def _run(arguments: list[str], seconds: float, data: bytes | None = None) -> bytes:
    given: dict[str, Any] = (
        {"stdin": subprocess.DEVNULL} if data is None else {"input": data}
    )
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        **given,
    )
    return done.stdout


def _languages() -> str:
    """Return the languages to look for, of those that are installed."""
    try:
        listed = _run(["tesseract", "--list-langs"], 20).decode().split()
    except _PROBLEMS:
        listed = []
    return "+".join(lang for lang in _LANGUAGES if lang in listed) or "eng"


def _by_ocrmypdf(path: Path, pages: list[int], seconds: float) -> dict[int, str]:
    from pypdf import PdfReader

    with tempfile.TemporaryDirectory(prefix="kb_rag-") as folder:
        output = Path(folder) / "output.pdf"
        options = ["--quiet", "--jobs", "1", "--skip-text", "--output-type", "pdf"]
        options += ["--language", _languages()]
        options += ["--pages", number_ranges(pages).replace(" ", "")]
        _run(["ocrmypdf", *options, str(path), str(output)], seconds)
        reader = PdfReader(output)
        return {n: reader.pages[n - 1].extract_text() for n in pages}


def _by_tesseract(path: Path, pages: list[int], seconds: float) -> dict[int, str]:
    from pypdf import PdfReader

    reader, languages, found = PdfReader(path), _languages(), {}
    for number in pages:
        pictures = [image.data for image in reader.pages[number - 1].images]
        if not pictures:
            continue
        command = ["tesseract", "stdin", "stdout", "-l", languages]
        try:
            text = _run(command, seconds / len(pages), max(pictures, key=len))
        except _PROBLEMS:
            continue
        found[number] = text.decode(errors="replace")
    return found
