# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PDF with a page for each text, written by hand: nothing more is needed here."""


def pdf(pages: list[str]) -> bytes:
    """Return a PDF whose pages have these texts, line by line."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        "/Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        objects += [_page(5 + 2 * number), _content(text)]
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    )
    return (body + end).encode("cp1252")


def _page(content: int) -> str:
    return (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] "
        f"/Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
    )


def _content(text: str) -> str:
    lines = "".join(f"({line}) Tj T*\n" for line in text.split("\n"))
    stream = f"BT /F1 11 Tf 14 TL 40 540 Td\n{lines}ET"
    return f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
