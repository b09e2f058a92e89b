# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The website: language, logo, start page, a page of products and one of policies."""

from typing import Any

from markupsafe import Markup

from .catalogue import products
from .company import LANG
from .records import image, read, upsert

_PAGE = Markup(
    '<t t-name="{key}"><t t-call="website.layout"><div id="wrap" class="oe_structure">'
    '<section class="pt48 pb48"><div class="container">{body}</div></section>'
    "</div></t></t>"
)
_HOME = Markup(
    '<h1 class="display-3">{slogan}</h1>{about}'
    '<p><a class="btn btn-primary btn-lg" href="/productos">Ver productos</a> '
    '<a class="btn btn-secondary btn-lg" href="/politicas">Envíos y garantía</a></p>'
)
_CARD = Markup(
    '<div class="col-lg-4 col-md-6 pb24"><div class="card h-100">'
    '<div class="card-body">'
    '<h4 class="card-title">{name}</h4><p>{text}</p><p class="h5">{price} MXN</p>'
    "</div></div></div>"
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
            "logo": image("logo"),
            "language_ids": [(6, 0, [spanish.id, english.id])],
            "default_lang_id": spanish.id,
            # The site is Spanish until a visitor chooses, whatever the browser says.
            "auto_redirect_lang": False,
            "configurator_done": True,
        }
    )
    _write_home(website)
    _replace_placeholders(env, website)
    _page(env, website, "/productos", "Productos", _product_cards(env))
    _page(env, website, "/politicas", "Envíos, garantía y pagos", _policies())
    for number, (url, name, order) in enumerate(_MENUS):
        values = {
            "name": name,
            "url": url,
            "parent_id": website.menu_id.id,
            "website_id": website.id,
            "sequence": order,
        }
        upsert(env, "website.menu", f"menu_{number}", values)


def _write_home(website: Any) -> None:
    data = read("company")
    about = Markup("").join(
        Markup('<p class="lead">{}</p>').format(line) for line in data["about"]
    )
    body = _HOME.format(slogan=data["slogan"], about=about)
    view = website.with_context(website_id=website.id).viewref("website.homepage")
    view.arch = _PAGE.format(key="website.homepage", body=body)


def _replace_placeholders(env: Any, website: Any) -> None:
    """Put the company's own data where Odoo's header and footer have examples."""
    data = read("company")
    texts = {
        "+1 555-555-5556": data["phone"],
        "info@yourcompany.example.com": data["email"],
        "Copyright &amp;copy; Company name": f"Copyright &amp;copy; {data['name']}",
    }
    shared = [("type", "=", "qweb"), ("website_id", "=", False)]
    for view in env["ir.ui.view"].search([*shared, ("key", "=like", "website.%")]):
        arch = view.arch
        for example, own in texts.items():
            arch = arch.replace(example, own)
        if arch != view.arch:
            # Odoo keeps the original and makes a copy for this site.
            view.with_context(website_id=website.id).arch = arch


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


def _product_cards(env: Any) -> Markup:
    cards = [
        _CARD.format(
            name=product.name,
            text=product.description_sale,
            price=f"${product.list_price:,.0f}",
        )
        for product in products(env)
    ]
    return Markup('<div class="row pt24">{}</div>').format(Markup("").join(cards))


def _policies() -> Markup:
    parts = [
        Markup('<h3 class="pt24">{}</h3>').format(policy["title"])
        + _list(policy["lines"])
        for policy in read("policies")
    ]
    return Markup("").join(parts)


def _list(lines: list[str]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul>{}</ul>").format(items)
