# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import resource
import time

import pytest

from odoo.addons.kb_rag.engine.reading.documents import (
    Reading,
    ReadingError,
    number_ranges,
)
from odoo.addons.kb_rag.engine.reading.reader import Limits, read_document

from .files import docx, docx_bomb, locked_pdf, packed, pdf

MB = 1024 * 1024


def text_of(reading: Reading, number: int | None = None) -> str:
    return "\n".join(
        block.text
        for page in reading.pages
        if number is None or page.number == number
        for block in page.blocks
    )


def headings(reading: Reading) -> list[tuple[int, int, str]]:
    return [
        (page.number, block.level, block.text)
        for page in reading.pages
        for block in page.blocks
        if block.level
    ]


def problem(data: bytes, name: str = "", limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read_document(data, name, limits)
    return caught.value.problem


def test_pdf_pages() -> None:
    reading = read_document(pdf(["Primera página.", "Segunda página."]), "a.pdf")
    assert reading.page_count == 2
    assert text_of(reading, 2) == "Segunda página."


def test_pdf_headings_and_hyphens() -> None:
    data = pdf(["2.1 Devoluciones y cambios\nEl clien-\nte tiene 30 días."])
    reading = read_document(data)
    assert headings(reading) == [(1, 2, "2.1 Devoluciones y cambios")]
    assert "El cliente tiene 30 días." in text_of(reading)


def test_scanned_pages_are_named() -> None:
    reading = read_document(pdf(["Uno", "", "", "Cuatro", ""]))
    assert reading.page_count == 5
    assert reading.empty_pages == [2, 3, 5]
    assert number_ranges(reading.empty_pages) == "2-3, 5"


def test_all_scanned() -> None:
    assert problem(pdf(["", ""]), "scan.pdf") == "no_text"


def test_encrypted() -> None:
    assert problem(locked_pdf(), "a.pdf") == "encrypted"
    reading = read_document(locked_pdf(owner_only=True))
    assert text_of(reading) == "Texto cifrado."


def test_docx() -> None:
    reading = read_document(docx(), "garantía.docx")
    assert headings(reading) == [
        (1, 1, "Política de garantías"),
        (1, 2, "Cómo se pide"),
        (2, 1, "Exclusiones"),
    ]
    assert "Producto | Meses\nTaladro | 24" in text_of(reading, 1)
    assert "humedad" in text_of(reading, 2)


def test_wrong_names() -> None:
    """What is in a file counts, not what it is called."""
    assert read_document(pdf(["Es un PDF."]), "a.docx").page_count == 1
    assert headings(read_document(docx(), "a.pdf"))
    assert problem(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a.pdf") == (
        "unknown_format"
    )
    assert problem(packed({"xl/workbook.xml": b"<x/>"}), "a.docx") == "unknown_format"
    assert problem(b"MZ" + bytes(range(32)) * 99, "setup.docx") == "unknown_format"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n" + b"\xff" * 3000, "broken"),
        (pdf(["Texto"])[:400], "broken"),
        (b"PK\x03\x04" + b"\0" * 300, "broken"),
        (docx()[:3000], "broken"),
        (packed({"word/document.xml": b"<w:document"}), "broken"),
        (b" \n\t\n ", "no_text"),
    ],
    ids=["empty", "no pdf", "cut pdf", "no zip", "cut docx", "bad xml", "blank"],
)
def test_broken(data: bytes, expected: str) -> None:
    assert problem(data, "a.bin") == expected


def test_entities_that_multiply() -> None:
    entities = '<!ENTITY a0 "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)
    )
    lol = f"<!DOCTYPE x [{entities}]>"
    data = packed({"word/document.xml": f"{lol}<w:document>&a8;</w:document>".encode()})
    assert problem(data) == "broken"


@pytest.mark.parametrize("megabytes", [300, 60])
def test_zip_bomb_is_not_unpacked(megabytes: int) -> None:
    """With less memory than it unpacks to, it is refused for what it is."""
    with pytest.raises(ReadingError) as caught:
        read_document(docx_bomb(megabytes), "a.docx", Limits(memory=150 * MB))
    assert caught.value.problem == "too_large"
    assert "word/document.xml" in caught.value.detail


def test_memory_limit_holds() -> None:
    """A file that needs more than its share fails; this process goes on."""
    big = packed(
        {
            "word/document.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.'
            b'org/wordprocessingml/2006/main"><w:body>'
            + b"".join(b"<w:p><w:t>%d</w:t></w:p>" % n for n in range(900_000))
            + b"</w:body></w:document>"
        }
    )
    assert problem(big, limits=Limits(memory=200 * MB)) in ("too_large", "crashed")


def test_time_limit_holds() -> None:
    begun = time.monotonic()
    data = pdf([f"Página {n} " * 30 for n in range(3000)])
    assert problem(data, limits=Limits(seconds=1)) == "too_long"
    assert time.monotonic() - begun < 30


def test_two_thousand_pages() -> None:
    data = pdf([f"Página {n} del catálogo." for n in range(1, 2001)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read_document(data)
    assert reading.page_count == 2000
    assert text_of(reading, 1234) == "Página 1234 del catálogo."
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_text_encodings() -> None:
    text = "Garantía: año 2026 — ¿sí?"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert text_of(read_document(text.encode(encoding), "a.txt")) == text


def test_markdown() -> None:
    source = "# Uno\n\nTexto.\n\n```\n# no es título\n```\n\n## Dos ##\n- a\n- b\n"
    reading = read_document(source.encode(), "léeme.md")
    assert headings(reading) == [(0, 1, "Uno"), (0, 2, "Dos")]
    assert "# no es título" in text_of(reading)


def test_html() -> None:
    source = (
        "<!doctype html><html><head><title>no</title><style>p{}</style></head><body>"
        "<nav>menú</nav><h1>Envíos</h1><p>Cuestan <b>150</b> pesos &amp; tardan.</p>"
        "<table><tr><th>Zona</th><th>Días</th></tr><tr><td>Norte</td><td>3</td></tr>"
        "</table><script>alert('x')</script></body></html>"
    )
    reading = read_document(source.encode(), "a.html")
    assert headings(reading) == [(0, 1, "Envíos")]
    text = text_of(reading)
    assert "Cuestan 150 pesos & tardan." in text
    assert "Zona | Días\nNorte | 3" in text
    assert not any(word in text for word in ("menú", "alert", "p{}", "no\n"))


def test_pages_of_plain_text() -> None:
    reading = read_document(b"uno\n\ndos\ftres", "a.txt")
    assert [page.number for page in reading.pages] == [1, 2]


def test_nothing_is_left_behind(tmp_path, monkeypatch) -> None:
    import multiprocessing
    import tempfile

    # A folder of its own: another reading may be under way on the machine.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_document(pdf(["Texto"]))
    problem(b"%PDF-1.7\n" + b"\xff" * 3000)
    assert not list(tmp_path.iterdir())
    assert not multiprocessing.active_children()


def test_files_are_read_the_same_from_any_name() -> None:
    data = io.BytesIO(docx()).getvalue()
    assert read_document(data, "") == read_document(data, "x" * 300 + "/../a.docx")
