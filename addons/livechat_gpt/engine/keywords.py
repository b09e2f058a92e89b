# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""With which words a visitor asks for a person, unless the assistant says otherwise."""

HANDOFF_COMMANDS = "asesor\nagente\npersona\nhumano\nagent\nhuman"
# Phrases count wherever they stand, single words only in a short message.
HANDOFF_KEYWORDS = """asesor
agente
humano
persona real
hablar con alguien
hablar con una persona
hablar con un asesor
hablar con una asesora
hablar con un agente
hablar con un humano
hablar con un ejecutivo
quiero un asesor
necesito un asesor
pasame con un asesor
comunicame con
atencion humana
human
real person
talk to a person
talk to a human
talk to someone
talk to an agent
speak to a person
speak to a human
speak to someone
speak with a person
human agent"""
