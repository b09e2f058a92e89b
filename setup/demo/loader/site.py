# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The website: language, start page, a page of products and one of policies."""

from typing import Any

from markupsafe import Markup

from .catalogue import price_lines
from .company import LANG
from .records import read, upsert

_PAGE = Markup(
    '<t t-name="{key}"><t t-call="website.layout"><div id="wrap" class="oe_structure">'
    '<section class="pt48 pb48"><div class="container">{body}</div></section>'
    "</div></t></t>"
)
_MENUS = (("/productos", "Productos", 20), ("/politicas", "Envíos y garantía", 30))


def load(env: Any) -> None:
    """Describe the company on its site."""
    website = env.ref("website.default_website")
    spanish, english = (
        env["res.lang"]._activate_lang(code) for code in (LANG, "en_US")
    )
    website.write(
        {
            "name": read("company")["name"],
            "language_ids": [(6, 0, [spanish.id, english.id])],
            "default_lang_id": spanish.id,
            "configurator_done": True,
        }
    )
    _write_home(website)
    _page(env, website, "/productos", "Productos", _list(price_lines(env)))
    _page(env, website, "/politicas", "Políticas", _policies())
    for sequence, (url, name, order) in enumerate(_MENUS):
        values = {
            "name": name,
            "url": url,
            "parent_id": website.menu_id.id,
            "website_id": website.id,
            "sequence": order,
        }
        upsert(env, "website.menu", f"menu_{sequence}", values)


def _write_home(website: Any) -> None:
    data = read("company")
    body = Markup("<h1>{slogan}</h1>{about}").format(
        slogan=data["slogan"], about=_paragraphs(data["about"])
    )
    body += Markup(
        '<p><a class="btn btn-primary" href="/productos">Ver productos</a></p>'
    )
    view = website.with_context(website_id=website.id).viewref("website.homepage")
    view.arch = _PAGE.format(key="website.homepage", body=body)


def _page(env: Any, website: Any, url: str, title: str, body: Markup) -> None:
    name = url.strip("/")
    key = f"website.gpt_demo_{name}"
    body = Markup("<h1>{}</h1>").format(title) + body
    values = {
        "name": title,
        "type": "qweb",
        "key": key,
        "website_id": website.id,
        "arch": _PAGE.format(key=key, body=body),
    }
    view = upsert(env, "ir.ui.view", f"view_{name}", values)
    values = {
        "url": url,
        "view_id": view.id,
        "website_id": website.id,
        "is_published": True,
    }
    upsert(env, "website.page", f"page_{name}", values)


def _policies() -> Markup:
    parts = [
        Markup("<h3>{}</h3>").format(policy["title"]) + _list(policy["lines"])
        for policy in read("policies")
    ]
    return Markup("").join(parts)


def _list(lines: list[str]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul>{}</ul>").format(items)


def _paragraphs(lines: list[str]) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
