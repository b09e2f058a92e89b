# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whose words a mail holds, of the mail programs that people use."""

import subprocess
import sys

import pytest

from odoo.addons.crm_lead_enrichment.engine.quoted_reply import (
    MAX_RAW_CHARS,
    split_letter,
    strip_quoted_reply,
)

from .client_mails import ANSWERS, OLD, Mail
from .forwarded_mails import FORWARDS


@pytest.mark.parametrize("mail", ANSWERS, ids=lambda mail: mail.name)
def test_answers(mail: Mail) -> None:
    letter = split_letter(mail.text, "RE: Cotización")
    assert [said for said in mail.own if said not in letter.own] == []
    assert [said for said in mail.old if said in letter.text] == []
    assert "escribió:" not in letter.own or mail.name.startswith("prose")


@pytest.mark.parametrize("mail", FORWARDS, ids=lambda mail: mail.name)
def test_forwards(mail: Mail) -> None:
    letter = split_letter(mail.text, "RV: Cotización")
    assert letter.own == mail.own[0]
    (forwarded,) = letter.forwarded
    assert forwarded.text == mail.old[0]
    assert forwarded.address == "ana@cliente.example"
    assert forwarded.sender.startswith("Ana P")


@pytest.mark.parametrize(
    "mail", [m for m in FORWARDS if "outlook" not in m.name], ids=lambda mail: mail.name
)
def test_a_forward_without_subject_is_known_by_its_mark(mail: Mail) -> None:
    assert split_letter(mail.text).forwarded[0].text == mail.old[0]


def test_a_forward_with_a_signature_above() -> None:
    text = FORWARDS[0].text.replace("FYI", "FYI\n-- \nLuis Ventas")
    letter = split_letter(text)
    assert letter.own == "FYI"
    assert letter.forwarded[0].text == "Quiero dos máquinas."


def test_a_forwarded_answer_quotes_us() -> None:
    text = FORWARDS[0].text + f"\n\nEl 3/11/26 a las 9:00, Ventas escribió:\n> {OLD}"
    letter = split_letter(text, "Fwd: Cotización")
    assert letter.forwarded[0].text == "Quiero dos máquinas."


def test_a_forward_of_a_forward() -> None:
    outer = FORWARDS[0].text.replace("Quiero dos máquinas.", FORWARDS[2].text)
    senders = [part.text for part in split_letter(outer).forwarded]
    assert senders == ["FYI", "Quiero dos máquinas."]


def test_marked_lines_of_html_are_forwarded() -> None:
    text = "FYI\n\n" + "\n".join(
        f"> {line}" for line in FORWARDS[0].text.split("\n")[2:]
    )
    (forwarded,) = split_letter(text).forwarded
    assert (forwarded.address, forwarded.text) == (
        "ana@cliente.example",
        "Quiero dos máquinas.",
    )


def test_odd_texts() -> None:
    picture = "iVBORw0KGgo" * 20_000
    assert strip_quoted_reply(f"Hola\n{picture}\nadiós") == "Hola\n[…]\nadiós"
    data = f"data:image/png;base64,{picture}"
    assert strip_quoted_reply(f"Hola {data} adiós") == "Hola adiós"
    assert strip_quoted_reply("Ho\ud83dla\x00\u200b").encode() == "Ho�la".encode()
    assert len(strip_quoted_reply("muy largo " * 100_000)) <= MAX_RAW_CHARS


def test_marks_beyond_reason_are_text() -> None:
    text = "De: a\n" * 5000 + "Hola"
    assert strip_quoted_reply(text).endswith("Hola")


def test_the_library_is_imported_when_a_mail_is_read() -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]; import tests.conftest; "
        "import odoo.addons.crm_lead_enrichment.engine.quoted_reply; "
        "assert 'quotequail' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, "."], check=True)
