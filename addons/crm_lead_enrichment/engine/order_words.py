# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# ruff: noqa: E501
"""The words of orders to a model, in Spanish, English, Portuguese and French.

They are those of folded text: lower case, without accents.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

# Who is spoken to. Some are nothing but programs; some may be people or products.
_ONLY_A_PROGRAM = (
    r"ai|a\.i\.|ia|i\.a\.|llms?|gpt|chatgpt|claude|gemini|copilot|chatbots?|ki"
    r"|(?:large )?language models?|modelos? de lenguaje|modele de langage"
    r"|inteligencia artificial|artificial intelligence|intelligence artificielle"
    r"|asistente virtual|virtual assistant|assistente virtual"
    r"|bots?|robots?|robotit\w+|robotcit\w+|parsers?|scrapers?|crawlers?|screeners?"
    r"|(?:crm|ai) (?:agent|assistant|bot)s?|(?:agente|asistente)s? (?:de )?(?:\w+ )?ia"
    r"|maquinas? lectoras?|neural net\w*|red neuronal"
    r"|(?:sistemas?|lector\w*|extractor\w*|analizador\w*|clasificador\w*|filtros?"
    r"|procesador\w*) (?:automatic[oa]s?|automatizad[oa]s?)"
    r"|automat\w+ (?:systems?|readers?|parsers?|classifiers?|agents?|tools?)"
    r"|systeme automati\w+|systemes automati\w+|sistema automatic\w+"
    r"|classification (?:system|model|engine)|sistema de clasificacion"
    r"|extractors?|clasificador|classifier|analizador|summari[sz]er|resumidor"
)
_MAY_BE_A_PROGRAM = (
    r"assistants?|asistentes?|assistentes?|models?|modelos?|modeles?|agents?|agentes?"
    r"|system|sistemas?|systeme|algorit\w+|programs?|programas?|software|machine"
    r"|maquina|computer|computadora|ordenador|engine|processor|procesador|reader|crm"
)
_CALLED = (
    r"(?:hey|oye|oiga|che|hola|hi|hello|dear|estimad[oa]|querid[oa]|atencion|attention"
    r"|ok|ojo|psst?|please|por favor|cher|chere|caro|cara|now|ahora|y|and|also)?[, ]{0,3}"
)
_TO = (
    r"(?:note|nota|message|mensaje|mensagem|instruc\w+|instruction|orders?|orden|aviso"
    r"|command|comando|indicacion\w*|consigne|directive|hint|reminder|policy|politica"
    r"|texto|text|memo|secreto?|secret|ocult[oa]|hidden|internal|intern[oa]"
    r"|automatica?|prompt|rot13|base64)\b[\w ]{0,40}?"
    r"\b(?:to|for|para|al?|aux?|pour|a l'|do|dos) "
    r"(?:any |all |the |el |la |los |las |le |les |l'|o |este |esta |this |our |your "
    r"|su |tu |nuestro )*"
)
_TO_FIRST = (
    r"^\W*(?:to|for|para|al?|aux?|pour|a l') "
    r"(?:any |all |the |el |la |los |las |le |les |l'|o |este |esta |this |our |your "
    r"|su |tu )*"
)
# What is said to it.
SET = (
    r"set|sets|setting|put|mark|assign|change|raise|rate|rank|classify|return|output"
    r"|fill|label|flag|tag|score|write|record|register|enter|overwrite|update"
    r"|pon|poner|pone|ponle|ponlo|ponme|ponga|ponlos|establece\w*|marca|marcal[oa]"
    r"|marque|marcar|asigna|asignal[oa]|asigne|asignar|cambia|cambiale|cambie|cambiar"
    r"|sube|subele|suba|subir|califica|califique|clasifica|clasifical[oa]|clasifique"
    r"|clasificar|devuelve|devuelva|rellena|rellene|llena|llene|fija|fije|registra"
    r"|registre|anota|anote|escribe|escriba|carga|cargue|defina|define|coloque"
    r"|classer|classe|classez|mets|mettez|attribue\w*|marque"
)
_OVERRIDE = (
    r"ignor(?:e|es|a|ad|ar|ez|ing|alo|ala|alas|emos)?|disregard|forget|override"
    r"|overrule|bypass|skip|neglect|circumvent|stop following|drop|discard|do not follow"
    r"|don'?t follow"
    r"|ignorier\w*|vergiss|olvid(?:a|ate|ad|ar|e|alo|alas)|omit|omitir|omite|omita|descarta|descartar"
    r"|saltate|salta|saltar|brinca\w*|pas[ae](?:te)? (?:por alto|de)|haz caso omiso"
    r"|hac[ée]r? caso omiso|hacete (?:el|la) \w+ con|no hagas caso|no sigas|desobedece"
    r"|desactiva|deshabilita|disable|esquec[ea]|desconsider[ea]|oublie|oubliez"
)
_PEOPLE = r"(?:mi|my|mis|nuestr[oa]s?|our|minha|meu|mon|ma|notre)"
_OWN = (
    r"(?:all|any|every|your|the|tus?|todas?|todos?|sus?|las?|los?|el|as|os|suas?|seus?"
    r"|tes|ton|tas|vos|les|toutes|previous|previas?|previos?|prior|earlier|anteriores?"
    r"|above|of|de|system|sistema|del|internal|internas?|original|current|those|these"
    r"|alle|vorherigen|deine|tutte|precedenti|precedentes?|tue|esas?|estas?|whatever|safety|other|otras?|priores)"
)
_RULES = (
    r"instruc\w+|instructions?|rules?|reglas?|regras|guidelines?|directrices|directives?"
    r"|normas?|prompts?|programming|programacion|constraints?|restric\w+|anweisung\w+"
    r"|indicaciones|polic(?:y|ies)|politicas?|safeguards?|guardrails?|consignes|regles"
    r"|cadre|evidence|evidencias?|validacion\w*|validation|verificacion\w*"
    r"|verification|operator|limitaciones|diretrizes|lineamientos|istruzion\w+|regeln"
)
_EVERYTHING = (
    r"(?:everything|all|todo|tudo|tout)(?: (?:above|before|earlier|else|anterior"
    r"|lo anterior|lo de arriba|lo previo|o anterior|that|you were told|ce qui precede))?"
    r"|(?:the|lo|o) (?:above|previous|foregoing|anterior|de arriba|de antes|previo)"
    r"|what(?:ever)? (?:you were told|i said)|lo que te (?:dijeron|ordenaron)"
)
_PROGRAM = (
    r"x_\w+|leads?|prospect[oe]?s?|lead_?score|score|puntaje|puntuacion|probabilidad"
    r"|probability|confidence|confianza|pipeline|crm|json|field|campo|stage|etapa"
    r"|priority|prioridad(?:e)?|prioridade|next step|siguiente paso|proximo paso"
    r"|missing fields|campos faltantes|empty object|processing|system prompt"
    r"|estrellas|estreyas|stars|description field|salesperson|ganad[oa]|vip|10/10"
    r"|registro|this (?:contact|change|record)|urgent[e]?|true|false"
)
_FIELD = (
    r"priority|prioridad|prioridade|priorite|confidence|confianza|score|lead_score"
    r"|probability|probabilidad|stage|etapa|next step|siguiente paso|x_\w+"
)
_PERSONA = re.compile(
    r"\byou are (?:now )?(?:an?|the|my|in)? ?(?:language |helpful |developer )?"
    r"(?:ai|assistant|model|gpt|bot|mode)\b"
    r"|\byou are now (?:an?|in|the|free|my)\b|\byou have no (?:restrictions|rules)\b"
    r"|\b(?:eres|actua como|act as|seras?) (?:ahora )?(?:una?|el|la|mi|an?)? ?"
    r"(?:ia|ai|asistente|assistant|modelo|model|gpt|bot|dan)\b"
    r"|\bas an ai\b|\b(?:enable|enter|activa\w*|entra en) (?:modo|developer|admin|debug)"
    r"|\b(?:developer|debug|god|admin) mode\b|\bmodo (?:administrador|desarrollador"
    r"|depuracion|dios|debug)\b(?= (?:activado|on))"
    r"|\bjailbreak\s*:|\bsystem prompt\b|\bprompt del sistema\b|\bprompt\s*[:=]"
    r"|\b(?:update|actualizacion|nuevo|new|change) (?:of |del |to )?(?:the |your )?prompt\b"
    r"|\b(?:change|cambia\w*|rewrite|replace|reemplaza) (?:your|tus) (?:rules|reglas"
    r"|instruc\w+|normas)\b"
    r"|\b(?:output|reply|respond|answer|responde|contesta|return|devuelve|escribe|say)"
    r" (?:only |solo |unicamente )?(?:with |con |an? |un |una |la |el |the )*(?:word|json"
    r"|phrase|palabra|frase|empty|yaml)\b|\brespond\w+\b[^.!?]{0,20}\{"
    r"|\b(?:leads?|prospectos?) (?:must|should|has to|debe|tiene que) (?:be )?"
    r"(?:mark|classif|rank|scor|rat|qued|marcar|clasificar|ser)"
    r"|\b(?:nuevas instrucciones|new instructions)\s*(?:[:.]|for you|para ti)"
    r"|\b(?:tus|your) (?:reglas|rules|instruc\w+|instructions) (?:son|are)\b"
    r"|\b(?:reveal|repeat|print|show|muestra\w*|revela\w*|imprime|repite) "
    r"(?:me )?(?:your|tus?|el|the) (?:system |initial |original )?"
    r"(?:prompt|instruc\w+|instructions|rules|reglas)\b"
)
_ROLE_TAG = re.compile(
    r"<\s?/?\s?(?:system|assistant|developer|sistema|asistente|inst|instructions?|admin)"
    r"\b[^>]{0,40}>|\[\s?/?\s?(?:system|assistant|developer|sistema|asistente|inst)"
    r"[^\]]{0,20}\]|\{\{\s?/?\s?(?:system|sistema|assistant|prompt)\b|<\|"
    r"|<\s?/\s?(?:lead|user|input|context|data|document|prompt|text|email)\s*>"
    r"|###\s?(?:system|instructions?|instrucciones)"
    r"|\"(?:priority|prioridad|confidence|confianza|x_\w+)\"\s?[:=]"
)
_WORDS_OF_QUOTING = re.compile(
    r"\b(?:frases?|phrases?|como|like|such as|tales como|detect\w*|curso|course"
    r"|dice|says|titled|llamad[oa]|called)\W{1,3}$"
)
_LIFTS = re.compile(
    rf"\b(?:{_OVERRIDE})\b(?! {_PEOPLE}\b)"
    rf"(?: (?:{_EVERYTHING})(?=\s*(?:$|[.,;:!]|and\b|y\b|e\b|et\b))"
    rf"| (?:(?:{_OWN}|about|con|sobre) )*(?:{_RULES})\b(?! (?:de|of|for) "
    rf"(?:entrega|delivery|pago|payment|envio|shipping|lavado)))"
)
_LIFTS_FOR_YOU = re.compile(
    rf"\b(?:{_OVERRIDE})\b[^.!?,\n]{{0,40}}?\b(?:(?:your|tus|ton|tes|suas)"
    rf"(?: \w+)?? (?:{_RULES})\b|you were told|te dijeron)"
)
_VALUE_SET = re.compile(
    rf"\b(?:{SET})\b(?: \w+){{0,3}}? (?:{_FIELD})\b[^.!?,;]{{0,20}}?"
    r"(?:\b(?:to|as|a|como|en|alta|high|maxima?|urgente?|very|muy)\b|[=:]|\d)"
    rf"|\b(?:lead_score|score|stage|x_\w+|prior\w+|probability) ?=+ ?\w"
    rf"|\b(?:mark|flag|tag|rate|rank|classify|record|register|treat)\b (?:\w+ )?"
    rf"(?:lead|prospect|contact|opportunity) (?:as|at|to|with|first|\d)"
    rf"|\b(?:marca|marcal[oa]|clasifica|asigna|califica|registra|pon)\w{{0,3}} "
    rf"(?:\w+ ){{0,3}}?(?:como (?:ganad[oa]|vip|urgente|client\w vip)|lead|prospecto)\b"
    rf"|\b(?:delete|hide|borra|elimina|oculta) (?:\w+ ){{0,2}}?(?:leads?|prospectos?)\b"
)
_ORDERING = re.compile(
    rf"\b(?:{SET}|{_OVERRIDE}|must|should|shall|deben?|deberan?|tienes que|devem?"
    r"|doit|doivent|reply|respond|answer|responde|contesta|contestar|responder|reponds"
    r"|di|digas?|say|invent[ae]?|lie|miente|mentir|copy|copia|treat|trata|consider"
    r"|considera\w*|hide|oculta\w*|delete|borra|elimina|approve|aprueba|autoriza"
    r"|recommend|recomienda|obey|obedece|pretend|finge|act|actua|follow|sigue|apply"
    r"|aplica|decode|decodifica|add|agrega|grant|otorga|do not|don't|no \w+as|no le"
    r"|extract|extrae|extraigas|confirm|confirma|accept|acepta|assume|asume|supon"
    r"|trust|confia|remember|recuerda|stop|deten\w*|reenvi\w+|forward|send|envia|manda"
    r"|give|dale|dame|da|haz|hace|make|use|usa|call|llama|choose|elige|select"
    r"|selecciona|ascribe|report|reporta|quiet|callate|verif\w+|cambiale|quita\w*)\b"
    rf"|\b(?:{_PROGRAM})\b|\b(?:{_RULES})\b"
)
_STRONG = re.compile(
    rf"^\W*{_CALLED}(?:the |la |el |le |l')?(?:{_ONLY_A_PROGRAM})\b[^.!?\n:,]{{0,60}}?\s*[:,]"
    rf"|[,;:(] ?(?:{_CALLED})(?:{_ONLY_A_PROGRAM})\s*[:,]"
    rf"|{_TO}(?:{_ONLY_A_PROGRAM})\b|{_TO_FIRST}(?:{_ONLY_A_PROGRAM})\b"
    rf"|, ?(?:dear |querido )?(?:{_ONLY_A_PROGRAM})\W*$|\b(?:your|tus?) (?:rules|reglas|"
    rf"programming|normas|instructions|instrucciones)\b[^.!?]{{0,80}}\b(?:{_ONLY_A_PROGRAM})\W*$"
    rf"|\b(?:dear|querid[oa]|oye|hey|estimad[oa]) (?:{_ONLY_A_PROGRAM})\b"
    rf"|\b(?:if|si|se) (?:you are|you're|eres|tu es|usted es|es|voce e|lees|you read"
    rf"|this is (?:read|processed) by)\b[^.!?]{{0,30}}?\b(?:{_ONLY_A_PROGRAM}|"
    rf"{_MAY_BE_A_PROGRAM})\b"
    rf"|\b(?:when|while|al|cuando|if) (?:you )?(?:summari[sz]\w+|resum\w+|extract\w*"
    rf"|extraer|extraigas|clasific\w+|classify\w*) (?:this|este|esta|the|el|la|my|mi)\b"
    rf"|\b(?:{_ONLY_A_PROGRAM})\b[^.!?,]{{0,60}}?\b(?:must|should|shall|deben?|deberan?"
    rf"|devem?|doit|doivent|need no|tienen? que|has to|have to)\b"
)
_WEAK = re.compile(
    rf"^\W*{_CALLED}(?:the |la |el |le |l')?(?:{_MAY_BE_A_PROGRAM})(?: \w+){{0,2}}?\s*[:,]"
    rf"|{_TO}(?:{_MAY_BE_A_PROGRAM})\b|{_TO_FIRST}(?:{_MAY_BE_A_PROGRAM})\b"
    rf"|, ?(?:{_MAY_BE_A_PROGRAM})[\s:,.!]*+$|[,;] ?(?:{_MAY_BE_A_PROGRAM}) *:"
    rf"|\b(?:the|el|la|o|your|su|tu) (?:{_MAY_BE_A_PROGRAM})\b[^.!?,]{{0,30}}?"
    rf"\b(?:must|shall|debe|deve|doit)\b"
)
# To one of them, in its own words: no order to a person has them.
_TO_A_PROGRAM = re.compile(
    rf"\b(?:{_OVERRIDE})\b|\b(?:{SET}|invent[ae]?|treat|obey|obedece|miente|copia)\b"
    rf"[^.!?]{{0,60}}|\b(?:{_PROGRAM})\b"
)
_LIKE_A_ROLE = re.compile(
    r"^\W*(?:system|assistant|developer|sistema|user|admin)(?: (?:note|message|nota"
    r"|override|command|prompt|alert))?\s*:"
)
_TOLD_TO_A_ROLE = re.compile(rf"\b(?:{_PROGRAM}|{_RULES}|do as|must|stop)\b")
_SPELLED_ORDER = re.compile(
    r"(?:ignor|disregard|forget|override|olvida|omite|bypass|descarta).{0,40}"
    r"(?:rule|regla|instruc|all|todo|anterior|above|prompt|previous|prior|norma)"
)
_FUZZY = (
    "ignore", "ignora", "instructions", "instrucciones", "previous", "anteriores",
    "priority", "prioridad", "disregard", "override", "assistant", "estrellas",
    "olvida", "reglas",
)  # fmt: skip
_MIN_FUZZY_LETTERS = 5
_WORD = re.compile(r"[a-z]{5,20}")


def is_order(sentence: str) -> bool:
    """Tell whether a folded sentence is an order to the model."""
    if _ROLE_TAG.search(sentence):
        return True
    for pattern in (_PERSONA, _LIFTS, _LIFTS_FOR_YOU, _VALUE_SET):
        for match in pattern.finditer(sentence):
            if not _is_quoted(sentence, match.start()):
                return True
    role = _LIKE_A_ROLE.search(sentence)
    if role and _TOLD_TO_A_ROLE.search(sentence[role.end() :]):
        return True
    called = _STRONG.search(sentence)
    if called and _ORDERING.search(sentence):
        return not _is_quoted(sentence, called.start())
    if named := _WEAK.search(sentence):
        rest = sentence[: named.start()] + sentence[named.end() :]
        return bool(_TO_A_PROGRAM.search(rest))
    return False


def is_spelled_order(letters: str) -> bool:
    """Tell whether letters that stood apart are an order, once put together."""
    return bool(_SPELLED_ORDER.search(letters))


def corrected(sentence: str) -> str:
    """Return a folded sentence with the misspelled words of orders as they are."""
    return _WORD.sub(lambda match: _nearest(match[0]), sentence)


@lru_cache(maxsize=20_000)
def _nearest(word: str) -> str:
    if word in _FUZZY or len(word) < _MIN_FUZZY_LETTERS:
        return word
    best = process.extractOne(word, _FUZZY, scorer=fuzz.ratio, score_cutoff=86)
    # "ignores", "ignored" and the like are words of their own.
    if best is None or word.startswith(best[0]) or best[0][:4] == word[:4] == "igno":
        return word if best is None or word != "ignor" else best[0]
    return str(best[0])


def _is_quoted(sentence: str, start: int) -> bool:
    """Tell whether what begins there is only spoken about."""
    return bool(_WORDS_OF_QUOTING.search(sentence[max(0, start - 30) : start]))
