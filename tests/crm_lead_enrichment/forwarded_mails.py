# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Mails that people forward, as mail programs write them, as plain text."""

from .client_mails import Mail

# ``old`` is what they forward.
FORWARDS = (
    Mail(
        "fwd-gmail-es",
        "FYI\n"
        "\n"
        "---------- Forwarded message ---------\n"
        "De: Ana Pérez <ana@cliente.example>\n"
        "Date: mar, 3 nov 2026 a las 9:00\n"
        "Subject: Cotización\n"
        "To: Ventas <ventas@example.com>\n"
        "\n"
        "\n"
        "Quiero dos máquinas.",
        ("FYI",),
        ("Quiero dos máquinas.",),
    ),
    Mail(
        "fwd-outlook-es",
        "Para que lo atiendas.\n"
        "\n"
        "De: Ana Pérez <ana@cliente.example>\n"
        "Enviado el: martes, 3 de noviembre de 2026 09:00\n"
        "Para: Ventas <ventas@example.com>\n"
        "Asunto: Cotización\n"
        "\n"
        "Quiero dos máquinas.",
        ("Para que lo atiendas.",),
        ("Quiero dos máquinas.",),
    ),
    Mail(
        "fwd-apple-es",
        "FYI\n"
        "\n"
        "Inicio del mensaje reenviado:\n"
        "\n"
        "De: Ana Pérez <ana@cliente.example>\n"
        "Asunto: Cotización\n"
        "Fecha: 3 de noviembre de 2026, 9:00:00 GMT-6\n"
        "Para: Ventas <ventas@example.com>\n"
        "\n"
        "Quiero dos máquinas.",
        ("FYI",),
        ("Quiero dos máquinas.",),
    ),
    Mail(
        "fwd-thunderbird-es",
        "FYI\n"
        "\n"
        "-------- Mensaje reenviado --------\n"
        "Asunto: \tCotización\n"
        "Fecha: \tTue, 3 Nov 2026 09:00:00 -0600\n"
        "De: \tAna Pérez <ana@cliente.example>\n"
        "Para: \tventas@example.com\n"
        "\n"
        "Quiero dos máquinas.",
        ("FYI",),
        ("Quiero dos máquinas.",),
    ),
    Mail(
        "fwd-yahoo-es",
        "FYI\n"
        "\n"
        "----- Mensaje reenviado -----\n"
        "De: Ana Pérez <ana@cliente.example>\n"
        "Para: ventas@example.com\n"
        "Enviado: martes, 3 de noviembre de 2026, 09:00\n"
        "Asunto: Cotización\n"
        "\n"
        "Quiero dos máquinas.",
        ("FYI",),
        ("Quiero dos máquinas.",),
    ),
    Mail(
        "fwd-iphone-en",
        "FYI\n"
        "\n"
        "Begin forwarded message:\n"
        "\n"
        "From: Ana Perez <ana@cliente.example>\n"
        "Date: November 3, 2026\n"
        "To: sales@example.com\n"
        "Subject: Quote\n"
        "\n"
        "Quiero dos máquinas.",
        ("FYI",),
        ("Quiero dos máquinas.",),
    ),
)
