# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from email import message_from_string, policy

import pytest

from odoo.addons.crm_lead_enrichment.engine.form_signs import form_signs, sameness
from odoo.addons.crm_lead_enrichment.engine.mail_signs import mail_signs


def signs(*headers: str, own: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    text = "From: Ana <ana@cliente.example>\n" + "\n".join(headers) + "\n\nHola"
    mail = message_from_string(text, policy=policy.SMTP)
    return [tuple(sign) for sign in mail_signs(mail, own)]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied", "auto"),
        ("Auto-Submitted: auto-generated; owner=x", "auto"),
        ("X-Auto-Response-Suppress: All", "auto"),
        ("X-Autoreply: yes", "auto"),
        ("Precedence: auto_reply", "auto"),
        ("Precedence: bulk", "bulk"),
        ("List-Id: News <news.shop.example>", "bulk"),
        ("X-Spam-Flag: YES", "spam"),
        ("X-Spam-Status: Yes, score=9.1 required=5.0", "spam"),
        ("Return-Path: <>", "bounce"),
        ("Content-Type: multipart/report; report-type=delivery-status", "bounce"),
        (
            "Content-Type: multipart/report; report-type=disposition-notification",
            "auto",
        ),
    ],
)
def test_what_a_program_sent(header: str, kind: str) -> None:
    assert signs(header) == [(kind, header.partition(":")[0])]


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Auto-Submitted: no",),
        ("X-Auto-Response-Suppress: None",),
        ("X-Spam-Flag: NO", "X-Spam-Status: No, score=0.1"),
        ("Precedence: normal",),
        ("Return-Path: <ana@cliente.example>",),
        # A form on another website, sent by its program.
        ("Auto-Submitted: auto-generated", "Reply-To: Luis <luis@x.example>"),
    ],
)
def test_what_a_person_sent(headers: tuple[str, ...]) -> None:
    assert signs(*headers) == []


def test_our_own_list_is_a_way_to_us() -> None:
    headers = ("List-Id: <ventas.empresa.example>", "Precedence: list")
    assert signs(*headers, own=("empresa.example",)) == []
    assert signs(*headers, own=("presa.example",))[0][0] == "bulk"


def test_the_weightiest_comes_first() -> None:
    found = signs("Precedence: bulk", "Auto-Submitted: auto-replied", "X-Spam: Yes")
    assert [kind for kind, _header in found] == ["spam", "auto", "bulk"]


def test_forms() -> None:
    assert form_signs("Busco dos máquinas, https://a.example y https://b.example") == []
    assert form_signs("[url=https://a.example]x[/url]") == ["link markup"]
    assert form_signs("Hola", ["Ana https://a.example"]) == ["link in a name"]
    many = " ".join(f"https://a{number}.example/x" for number in range(6))
    assert form_signs(many) == ["many links"]
    assert form_signs("https://a.example/x " * 9) == []


def test_sameness() -> None:
    text = "We bring your website to the top of every search engine within a few days: "
    first = sameness(f"{text} https://a1.example/?x=1 ask now")
    assert first and first == sameness(f"{text.upper()}  https://b2.example 99 ASK NOW")
    assert sameness(f"{text} www.other.example") != first
    assert sameness(text) == "", "it leads nowhere"
    assert sameness("Mi correo es ana@x.example") == "", "too short"
