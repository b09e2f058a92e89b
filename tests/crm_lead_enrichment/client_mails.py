# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# ruff: noqa: E501 - as mail programs write them
"""Mails as mail programs write them, as plain text, in Spanish and English."""

from typing import NamedTuple

OLD = "Les ofrecemos la máquina en 99,000 pesos."


class Mail(NamedTuple):
    """
    :param own: what the author wrote
    :param old: what is quoted
    """

    name: str
    text: str
    own: tuple[str, ...]
    old: tuple[str, ...] = (OLD,)


ANSWERS = (
    Mail(
        "gmail-es-wrapped",
        "Sí, nos interesa.\n"
        "\n"
        "El mar, 3 nov 2026 a las 9:00, Ventas Ejemplo (<ventas@example.com>)\n"
        "escribió:\n"
        "\n"
        f"> {OLD}",
        ("nos interesa",),
    ),
    Mail(
        "gmail-es-3lines",
        "Sí, nos interesa.\n"
        "\n"
        "El mar, 3 nov 2026 a las 9:00, Departamento de Ventas y Proyectos\n"
        "Especiales de Ejemplo, S.A. de C.V. (<\n"
        "ventas@example.com>) escribió:\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "gmail-es-html",
        "Sí, nos interesa.\n"
        "\n"
        "El mar, 3 nov 2026 a las 9:00, Ventas Ejemplo (<ventas@example.com>) escribió:\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "gmail-en",
        "Yes please.\n"
        "\n"
        "On Tue, Nov 3, 2026 at 9:00 AM Sales Example <sales@example.com> wrote:\n"
        "\n"
        f"> {OLD}",
        ("Yes please",),
    ),
    Mail(
        "gmail-en-wrapped",
        "Yes please.\n"
        "\n"
        "On Tue, Nov 3, 2026 at 9:00 AM Sales Department Example <\n"
        "sales@example.com> wrote:\n"
        "\n"
        f"{OLD}",
        ("Yes please",),
    ),
    Mail(
        "outlook-es",
        "Sí, nos interesa.\n"
        "\n"
        "De: Ventas Ejemplo <ventas@example.com> \n"
        "Enviado el: martes, 3 de noviembre de 2026 09:00\n"
        "Para: Ana López <ana@cliente.example>\n"
        "Asunto: RE: Cotización\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "outlook-es-cc",
        "Sí, nos interesa.\n"
        "\n"
        "De: Ventas Ejemplo <ventas@example.com>\n"
        "Enviado: martes, 3 de noviembre de 2026 9:00 a. m.\n"
        "Para: Ana López <ana@cliente.example>\n"
        "CC: Luis <luis@cliente.example>\n"
        "Asunto: RE: Cotización\n"
        "Importancia: Alta\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "outlook-en",
        "Yes please.\n"
        "\n"
        "From: Sales <sales@example.com>\n"
        "Sent: Tuesday, November 3, 2026 9:00 AM\n"
        "To: Ana <ana@cliente.example>\n"
        "Subject: RE: Quote\n"
        "\n"
        f"{OLD}",
        ("Yes please",),
    ),
    Mail(
        "outlook-web-es",
        "Sí, nos interesa.\n"
        "________________________________\n"
        "De: Ventas <ventas@example.com>\n"
        "Enviado: martes, 3 de noviembre de 2026 09:00\n"
        "Para: Ana <ana@cliente.example>\n"
        "Asunto: Re: Cotización\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "outlook-old-es",
        "Sí, nos interesa.\n"
        "\n"
        "-----Mensaje original-----\n"
        "De: Ventas [mailto:ventas@example.com]\n"
        "Enviado el: martes, 3 de noviembre de 2026 09:00\n"
        "Para: Ana\n"
        "Asunto: Cotización\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "outlook-old-en",
        "Yes please.\n"
        "\n"
        "-----Original Message-----\n"
        "From: Sales\n"
        "Sent: Tuesday\n"
        "To: Ana\n"
        "Subject: Quote\n"
        "\n"
        f"{OLD}",
        ("Yes please",),
    ),
    Mail(
        "outlook-ios-es",
        "Sí, nos interesa.\n"
        "\n"
        "Obtener Outlook para iOS\n"
        "________________________________\n"
        "De: Ventas <ventas@example.com>\n"
        "Enviado: Tuesday, November 3, 2026 9:00:00 AM\n"
        "Para: Ana\n"
        "Asunto: Cotización\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "outlook-bold",
        "Sí, nos interesa.\n"
        "\n"
        "*De:* Ventas <ventas@example.com>\n"
        "*Enviado el:* martes, 3 de noviembre de 2026 09:00\n"
        "*Para:* Ana\n"
        "*Asunto:* Cotización\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "apple-es",
        "Sí, nos interesa.\n"
        "\n"
        "> El 3 nov 2026, a las 9:00, Ventas Ejemplo <ventas@example.com> escribió:\n"
        "> \n"
        f"> {OLD}",
        ("nos interesa",),
    ),
    Mail(
        "apple-es-html",
        "Sí, nos interesa.\n"
        "\n"
        "El 3 nov 2026, a la(s) 9:00 a.m., Ventas Ejemplo <ventas@example.com> escribió:\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "iphone-es",
        "Sí, nos interesa.\n"
        "\n"
        "Enviado desde mi iPhone\n"
        "\n"
        "El 3 nov 2026, a la(s) 9:00 a.m., Ventas <ventas@example.com> escribió:\n"
        "\n"
        f"\ufeff{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "iphone-en",
        "Yes please.\n"
        "\n"
        "Sent from my iPhone\n"
        "\n"
        "On Nov 3, 2026, at 9:00 AM, Sales <sales@example.com> wrote:\n"
        "\n"
        f"\ufeff{OLD}",
        ("Yes please",),
    ),
    Mail(
        "thunderbird-es",
        "Sí, nos interesa.\n"
        "\n"
        "El 3/11/26 a las 9:00, Ventas Ejemplo escribió:\n"
        f"> {OLD}",
        ("nos interesa",),
    ),
    Mail(
        "thunderbird-es-html",
        "Sí, nos interesa.\n"
        "\n"
        "El 03/11/2026 a las 09:00, Ventas Ejemplo escribió:\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "thunderbird-en",
        f"Yes please.\n\nOn 11/3/26 9:00 AM, Sales wrote:\n> {OLD}",
        ("Yes please",),
    ),
    Mail(
        "yahoo-es",
        "Sí, nos interesa.\n"
        "    El martes, 3 de noviembre de 2026, 09:00:00 a.m. GMT-6, Ventas <ventas@example.com> escribió:  \n"
        " \n"
        f" {OLD}",
        ("nos interesa",),
    ),
    Mail(
        "yahoo-en",
        "Yes please.\n"
        "    On Tuesday, November 3, 2026 at 09:00:00 AM CST, Sales <sales@example.com> wrote:  \n"
        " \n"
        f" {OLD}",
        ("Yes please",),
    ),
    Mail(
        "hotmail-android",
        "Sí, nos interesa.\n"
        "\n"
        "-------- Mensaje original --------\n"
        "De: Ventas <ventas@example.com>\n"
        "Fecha: 3/11/26 9:00 (GMT-06:00)\n"
        "A: Ana <ana@cliente.example>\n"
        "Asunto: Cotización\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "gmail-android-short",
        "Sí, nos interesa.\n"
        "\n"
        "El mar., 3 de nov. de 2026 9:00 a. m., Ventas <ventas@example.com>\n"
        "escribió:\n"
        "\n"
        f"> {OLD}",
        ("nos interesa",),
    ),
    Mail(
        "inline-1",
        "Respondo abajo.\n"
        "\n"
        "El mar, 3 nov 2026 a las 9:00, Ventas (<ventas@example.com>) escribió:\n"
        "\n"
        "> ¿Cuántas máquinas quieren?\n"
        "\n"
        "Queremos cuatro.\n"
        "\n"
        "> ¿Para cuándo?\n"
        "\n"
        "Para el 15 de enero.\n"
        "",
        ("Respondo abajo", "Queremos cuatro", "Para el 15 de enero"),
        ("¿Cuántas máquinas", "¿Para cuándo?"),
    ),
    Mail(
        "inline-2",
        "> ¿Cuántas máquinas quieren?\n"
        "Cuatro.\n"
        "> ¿Qué presupuesto tienen?\n"
        "60 mil pesos.",
        ("Cuatro.", "60 mil pesos"),
        ("¿Cuántas", "¿Qué presupuesto"),
    ),
    Mail(
        "bottom-post",
        f"El 3/11/26 a las 9:00, Ventas escribió:\n> {OLD}\n\nDe acuerdo, pedimos dos.",
        ("pedimos dos",),
    ),
    Mail(
        "prose-1",
        "El presupuesto que tenemos: 60 mil.\nPara: la sucursal de Mérida\nGracias",
        ("60 mil", "sucursal de Mérida", "Gracias"),
        (),
    ),
    Mail(
        "prose-2",
        "De: Mérida\nPara: Cancún\nPresupuesto: 55,000 pesos",
        ("De: Mérida", "Cancún", "55,000"),
        (),
    ),
    Mail(
        "prose-3",
        "El lunes mi socio les escribió: queremos dos máquinas.\nEs urgente.",
        ("queremos dos", "Es urgente"),
        (),
    ),
    Mail(
        "list",
        "Necesitamos:\n- dos máquinas\n- un molino\n\nSaludos,\nAna\nTel. 55 1234 5678",
        ("dos máquinas", "un molino", "55 1234 5678"),
        (),
    ),
    Mail(
        "date-prose",
        "Sent: by courier\nWe need 3 units\nFrom: Cancun",
        ("3 units", "Cancun"),
        (),
    ),
    Mail(
        "outlook-mac-es",
        "Sí, nos interesa.\n"
        "\n"
        "De: Ventas Ejemplo <ventas@example.com>\n"
        "Fecha: martes, 3 de noviembre de 2026, 9:00\n"
        "Para: Ana López <ana@cliente.example>\n"
        "Asunto: Re: Cotización\n"
        f"{OLD}",
        ("nos interesa",),
    ),
    Mail(
        "outlook-wrapped-hdr",
        "Sí, nos interesa.\n"
        "\n"
        "De: Ventas Ejemplo <ventas@example.com>\n"
        "Enviado el: martes, 3 de noviembre de 2026 09:00\n"
        "Para: Ana López <ana@cliente.example>; Luis Pérez\n"
        "<luis@cliente.example>; Eva Ruiz <eva@cliente.example>\n"
        "Asunto: RE: Cotización\n"
        "\n"
        f"{OLD}",
        ("nos interesa",),
    ),
)
