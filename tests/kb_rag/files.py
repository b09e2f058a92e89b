# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files made for the tests: good ones, and the kinds that go wrong."""

import io
import zipfile

from docx import Document
from docx.enum.text import WD_BREAK
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def pdf(pages: list[str]) -> bytes:
    """A PDF with a page for each text; "" is a page with a picture only: a scan."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5)
    for text in pages:
        if not text:
            picture = ImageReader(Image.new("L", (60, 80), 200))
            canvas.drawImage(picture, 20, 20, 300, 400)
        for place, line in enumerate(text.split("\n")):
            canvas.drawString(40, 560 - 14 * place, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked_pdf(password: str = "secreto", owner_only: bool = False) -> bytes:
    """An encrypted PDF; with ``owner_only`` everybody may open it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["Texto cifrado."]))))
    writer.encrypt("" if owner_only else password, password, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def docx() -> bytes:
    """A Word document with headings, a table, a page break and a footnote's worth."""
    document = Document()
    document.add_heading("Política de garantías", 1)
    document.add_paragraph("La garantía dura doce meses.")
    document.add_heading("Cómo se pide", 2)
    document.add_paragraph("Se presenta el ticket en la tienda.")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("Producto", "Meses", "Taladro", "24")):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("Exclusiones", 1)
    document.add_paragraph("No cubre golpes ni humedad.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx_bomb(megabytes: int = 300) -> bytes:
    """A small archive whose text unpacks to very much."""
    head = b'<w:document xmlns:w="x"><w:body>'
    return packed({"word/document.xml": head + b" " * (megabytes * 1024 * 1024)})
