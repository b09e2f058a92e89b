# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest

from odoo.addons.gpt_core.engine.privacy.mail_names import mail_names

FOUND = [
    ("María López <maria@example.com>", ["María López"]),
    ("JOSE RAMIREZ<jr@example.com>", ["JOSE RAMIREZ"]),
    ('"López, María" <m@example.com>', ["López, María", "María López"]),
    ('"maria lopez" <m@example.com>', ["maria lopez"]),
    ("De: maria lopez <m@example.com>", ["maria lopez"]),
    ("*De:* José Ñáñez <j@example.com>", ["José Ñáñez"]),
    ("> From: Ana Li <a@example.com>", ["Ana Li"]),
    ("From: John O'Neil [mailto:j@example.com]", ["John O'Neil"]),
    ("Para: Ana Ruiz; Luis Pérez", ["Ana Ruiz", "Luis Pérez"]),
    ("Cc: Juan Gómez <j@example.com>, 'Eva' <e@example.com>", ["Juan Gómez", "Eva"]),
    (
        "El lun, 3 nov 2025 a las 10:00, María de la Cruz (<m@example.com>) escribió:",
        ["María de la Cruz"],
    ),
    ("Hola, le escribe Ana Ruiz <a@example.com> otra vez", ["Ana Ruiz"]),
]
NOT_FOUND = [
    "De: Ventas <ventas@example.com>",
    "Equipo de Soporte <soporte@example.com>",
    "From: maria@example.com",
    "De: maria@example.com <maria@example.com>",
    "Escríbame a mi correo <ana@example.com>",
    "mi correo es (ana@example.com)",
    "Para: cotizar dos máquinas Bravo",
    "de lunes a viernes: abrimos",
    "a < b y b @ c",
    "",
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_found(text: str, names: list[str]) -> None:
    assert mail_names(text) == names
    assert mail_names(f"Buen día.\n\n{text}\n\nSaludos") == names


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert mail_names(text) == []
