# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from markupsafe import Markup

from odoo.addons.gpt_core.engine.text.blank import is_blank, is_blank_html


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\u200b", "\u2060\ufeff\u200d", "\xa0", "\u3164", "\ufe0f", "\x00"],
)
def test_nothing_to_see(text: str) -> None:
    assert is_blank(text)
    assert is_blank_html(text)
    assert is_blank_html(f"<p>{text}<br></p>")
    assert is_blank_html(Markup("<p>%s</p>") % text)


@pytest.mark.parametrize(
    "text", ["a", "0", ".", "?", "😀", "\u200bsí\u200b", "👍🏽", "值"]
)
def test_something_to_see(text: str) -> None:
    assert not is_blank(text)
    assert not is_blank_html(text)
    assert not is_blank_html(f"<p>{text}</p>")
    assert not is_blank_html(Markup("<p><br/>%s</p>") % text)


def test_a_picture() -> None:
    assert not is_blank_html('<p><img src="/x.png"></p>')


def test_what_odoo_leaves_of_an_edited_message() -> None:
    mark = "<span class='o-mail-Message-edited'/>"
    assert is_blank_html(mark)
    assert not is_blank_html(f"Hola{mark}")
