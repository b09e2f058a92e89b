# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Scanned pages are read where a tool for it is on the PATH, and named elsewhere."""

import io
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.kb_rag.engine.reading.ocr import TOOLS
from odoo.addons.kb_rag.engine.reading.reader import Limits, read_document

from .files import pdf
from .test_reading import problem, text_of

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
SAID = "La garantía dura dieciocho meses"
# What stands in for the tool: it puts a prepared file where the result belongs.
STAND_IN = """#!{python}
import shutil, sys
open({log!r}, "a").write(" ".join(sys.argv[1:]) + "\\n")
shutil.copy({result!r}, sys.argv[-1])
"""


def scan(text: str) -> bytes:
    """A PDF: a page of text, a picture of a text, and a blank page."""
    picture = Image.new("L", (1200, 400), 255)
    font = ImageFont.truetype(str(FONT), 60)
    ImageDraw.Draw(picture).text((60, 150), text, fill=0, font=font)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5)
    canvas.drawString(40, 500, "Hoja de texto.")
    canvas.showPage()
    canvas.drawImage(ImageReader(picture), 10, 300, 400, 133)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH: no tool of the machine's is found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def stand_in(folder: Path, result: bytes) -> Path:
    log, prepared = folder / "log", folder / "result.pdf"
    prepared.write_bytes(result)
    script = folder / "ocrmypdf"
    script.write_text(
        STAND_IN.format(python=sys.executable, log=str(log), result=str(prepared))
    )
    script.chmod(0o755)
    return log


def test_without_a_tool_pages_are_named(tools: Path) -> None:
    reading = read_document(scan(SAID))
    assert reading.empty_pages == [2, 3]


def test_a_tool_on_the_path_is_used(tools: Path) -> None:
    log = stand_in(tools, pdf(["Hoja de texto.", SAID, "no"]))
    reading = read_document(scan("???"))
    assert text_of(reading, 2) == SAID
    assert [page.number for page in reading.pages] == [1, 2]
    assert reading.empty_pages == [3], "nothing is painted on it"
    assert "--pages 2 " in log.read_text()


def test_nothing_scanned_and_no_tool_is_started(tools: Path) -> None:
    log = stand_in(tools, pdf(["x"]))
    read_document(pdf(["Uno.", "Dos."]))
    assert not log.exists()


def test_a_tool_that_fails_leaves_pages_without_text(tools: Path) -> None:
    script = tools / "ocrmypdf"
    script.write_text(f"#!{sys.executable}\nraise SystemExit(3)\n")
    script.chmod(0o755)
    assert read_document(scan(SAID)).empty_pages == [2, 3]
    assert problem(pdf([""])) == "no_text"


def test_a_tool_that_does_not_end_is_ended(tools: Path) -> None:
    marker = tools / "pid"
    script = tools / "ocrmypdf"
    script.write_text(
        f"#!{sys.executable}\nimport os, time\n"
        f"open({str(marker)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n"
    )
    script.chmod(0o755)
    begun = time.monotonic()
    reading = read_document(scan(SAID), "a.pdf", Limits(seconds=3))
    assert time.monotonic() - begun < 20
    assert text_of(reading, 1) == "Hoja de texto."
    assert reading.empty_pages == [2, 3]
    with pytest.raises(ProcessLookupError):
        os.kill(int(marker.read_text()), 0)


@pytest.mark.parametrize("tool", TOOLS)
def test_with_the_real_tool(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    if tool == "tesseract":
        # Alone: ocrmypdf would come first.
        (tmp_path / tool).symlink_to(shutil.which(tool))
        monkeypatch.setenv("PATH", str(tmp_path))
    reading = read_document(scan("The guarantee lasts eighteen months"))
    assert "guarantee lasts eighteen" in text_of(reading, 2)
    assert reading.empty_pages == [3]
