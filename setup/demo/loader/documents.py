# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The manual of a machine, a PDF that visitors may be answered from."""

import base64
import io
from typing import Any

from .records import read, upsert


def load(env: Any) -> None:
    """Create the collection and its document; it is indexed when the demo runs."""
    manual = read("manual")
    collection = upsert(
        env,
        "gpt.kb.collection",
        "collection_manuals",
        {"name": manual["collection"], "is_public": True},
    )
    values = {
        "name": f"{manual['title']}.pdf",
        "collection_id": collection.id,
        "datas": base64.b64encode(_pdf(manual["pages"])),
    }
    upsert(env, "gpt.kb.document", "document_manual", values)


def _pdf(pages: list[dict[str, Any]]) -> bytes:
    """Return a PDF with a title and some paragraphs on each page."""
    # Odoo's own for reports; there is none outside it.
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    story = []
    for page in pages:
        story.append(Paragraph(page["title"], styles["Heading1"]))
        story += [Paragraph(line, styles["BodyText"]) for line in page["lines"]]
        story.append(PageBreak())
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A5).build(story)
    return target.getvalue()
