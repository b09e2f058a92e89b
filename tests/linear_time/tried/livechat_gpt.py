# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``livechat_gpt``."""

from functools import partial

from odoo.addons.gpt_core.engine.conversation.transcript import Turn
from odoo.addons.livechat_gpt.engine.decision import Rules
from odoo.addons.livechat_gpt.engine.reading import Reader

from ..hostile import CONTACTS, DIGITS, WORDS
from .ways import SETTINGS, Try, made, of, parts

_READER = Reader(
    commands=("asesor",),
    keywords=("asesor", "hablar con una persona", "a", "a a"),
    repeats=2,
    suggestions=("¿Qué?",),
)
_EARLIER = tuple(f"hola mundo {n} " * 400 for n in range(30))
_RULES = Rules(min_confidence=0.5, max_questions=2)

TRIED: dict[str, Try] = {
    "livechat_gpt.contact.find_contact": Try(of(), texts=(*WORDS, *CONTACTS, *DIGITS)),
    "livechat_gpt.contact.is_meant_as_contact": Try(of()),
    "livechat_gpt.contact.says_name": Try(of(), texts=CONTACTS),
    "livechat_gpt.contact.without_introduction": Try(of(), texts=CONTACTS),
    "livechat_gpt.decision.decide": Try(
        made(lambda text: ({"answer": text, "action": text}, _RULES))
    ),
    "livechat_gpt.source_rule.must_hand_over": Try(
        lambda function, text: partial(function, {"kind": text, "answer": text}, 0)
    ),
    "livechat_gpt.person_replies.person_replies": Try(
        made(lambda text: ([Turn("Visitor", text), Turn("Employee", text)],)),
        made(lambda text: ([Turn("Employee", part) for part in parts(text)],)),
        made(
            lambda text: (
                [
                    Turn(("Visitor", "Employee")[n % 2], part)
                    for n, part in enumerate(parts(text))
                ],
            )
        ),
    ),
    "livechat_gpt.reading.Reader.question": Try(of(_READER)),
    "livechat_gpt.reading.Reader.contact": Try(of(_READER)),
    "livechat_gpt.reading.Reader.wish": Try(
        made(lambda text: (_READER, [text], _EARLIER)),
        made(lambda text: (_READER, [_EARLIER[0]], parts(text, 4000))),
        made(lambda text: (_READER, [text], [text + "b", text[1:]])),
        made(lambda text: (_READER, parts(text), parts(text))),
        lambda function, text: partial(function, _READER, [text], contact_wanted=True),
    ),
    "livechat_gpt.reading.Reader.asks_for_person": Try(of(_READER), texts=CONTACTS),
    "livechat_gpt.reading.Reader.asks_something": Try(
        made(lambda text: (_READER, [text])), texts=(*WORDS, *CONTACTS)
    ),
    "livechat_gpt.reading.Reader.substance": Try(
        of(_READER), texts=(*WORDS, *CONTACTS)
    ),
    "livechat_gpt.reading.is_alike": Try(
        made(lambda text: (text, text + "b")),
        made(lambda text: (text, text[::-1])),
        made(lambda text: ("a b " + text, "b " + text[len(text) // 3 :])),
        texts=WORDS,
    ),
}
EXCUSED: dict[str, str] = {
    "livechat_gpt.websocket_probe.websocket_status": SETTINGS,
}
