# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from setup.client.visitor import plain_text
from setup.demo.loader.records import DATA, image, read

LONGEST_FACTS = 20_000  # of the chain's input


def test_ids_are_unique() -> None:
    for name in ("products", "leads", "policies", "people"):
        ids = [item["id"] for item in read(name)]
        assert len(ids) == len(set(ids)), name


def test_the_company_is_of_one_piece() -> None:
    about = " ".join(read("company")["about"])
    for name in ("phone", "email", "street", "zip", "city"):
        assert read("company")[name] in about
    domain = read("company")["email"].partition("@")[2]
    assert all(person["email"].endswith(f"@{domain}") for person in read("people"))


def test_nobody_real_is_written_to() -> None:
    addresses = [item["email_from"] for item in read("leads") if item["email_from"]]
    addresses += [person["email"] for person in read("people")]
    assert all(address.endswith(".example") for address in addresses)


def test_facts_fit_the_chain() -> None:
    lines = [line for policy in read("policies") for line in policy["lines"]]
    assert len(lines) == len(set(lines))
    assert len("\n".join(lines)) < LONGEST_FACTS / 2


def test_pictures() -> None:
    for name in ("sofia", "logo"):
        assert (DATA / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert image(name)


def test_plain_text_of_a_message() -> None:
    html = "<p>Cuesta &lt;150&gt; pesos.<br>¿Algo <b>más</b>?</p>"
    assert plain_text(html) == "Cuesta <150> pesos.\n¿Algo más?"
