# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The parts of Mexican and Spanish street addresses, as pieces of regular expressions.

All are meant for ``re.IGNORECASE``; those that need a capital say so themselves.
"""

from .readable import WORDED_NUMBER

# In a sentence about a street, but in no street's name.
NO_NAME = (
    r"est[aáeéoó]\w{0,3}|estuvo|es|son|era|fue|ser[aá]?|hay|hab[ií]a|hubo|tiene\w?"
    r"|ten[ií]a|tuvo|tard\w+|cobra\w?|cuesta\w?|queda\w?|llega\w?|pasa\w?|abre\w?"
    r"|cierra\w?|sal\w{2,3}|va|van|voy|vamos|camina\w*|baja|sube|mide|lleva|desde|hasta"
    r"|hace|hacia|con|sin|por|para|pero|que|qu[eé]|pues|d[oó]nde|cuando|como|porque"
    r"|s[ií]"
    r"|ni|ya|se|me|te|le|les|nos|una?|unos|unas|mi|tu|sus?|mis|m[aá]s|muy|s[oó]lo|casi"
    r"|solamente|cada|entre|sobre|bajo|ante|tras|seg[uú]n|durante|en|cerca|lejos|quiero"
    r"|tambi[eé]n|aprox\w*|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?"
    r"|domingos?"
    r"|ayer|hoy|ma[ñn]ana|cerrad[oa]s?|bloquead[oa]s?|necesit\w+|teng[oa]|somos|and"
    r"|the|is|are|has|for|at|with|to"
    r"|al?|[ous]|n[uú]m|n[uú]mero|nro|no|km|cp|x"
)
# A number follows these as well, but they are no street's name.
NO_STREET = (
    r"pedido|folio|factura|ticket|orden|nota|gu[ií]a|piso|nivel|torre|edificio|local"
    r"|lote"
    r"|manzana|mza?|lt|depto|departamento|planta|sucursal|tienda|tel|cel|mesa|caja"
    r"|modelo"
    r"|c\.?p|ext|int|interior|exterior|oficina|serie|p[aá]gina|cap[ií]tulo|art[ií]culo"
    r"|total|precio|c[oó]digo|clave|cliente|col|colonia|talla|r[eé]gimen|uso|cfdi"
    r"|tabla|figura|cuadro|anexo|secci[oó]n|versi[oó]n|oferta|promoci[oó]n|grupo|l[ií]nea"
    r"|etapa|fase|semana|bodega|casa|nave|almac[eé]n|puerta|and[eé]n|m[oó]dulo|zona|ruta"
    r"|pantalla|paso|opci[oó]n|odoo|windows|iphone|galaxy|producto|pieza|partida|clase"
    r"|tipo|edici[oó]n|unidad|cama|cuarto|habitaci[oó]n|parte|equipo|motor|sala|aula"
    r"|puesto|pesos|punto|lista|rengl[oó]n|inciso|iso|norma|hp"
)
KILOMETRE = r"k(?:ms?|il[oó]metros?)\b\.?\s*+\d{1,4}(?:[.,+]\d{1,3})?"
# Before a street they tell what is to be done, or whose it is.
NO_BEGINNING = (
    r"env[ií]\w+|m[aá]nd\w+|entr[eé]g\w+|entregar|ll[eé]v\w+|d[eé]j\w+|rec[oó]g\w+"
    r"|tr[aá]\w+|instal\w+|factur\w+|direcc?i[oó]n|domicilio|address|vivo|vivimos"
    r"|ubicad[oa]|bodega|casa|taller|rancho|hospital|servicio|nueva?|new|ship|deliver"
)
# Of these a number is counted: "la calle tiene 3 baches".
_COUNTED = (
    r"%|d[ií]as?|horas?|hrs?|mes(?:es)?|a[ñn]os?|semanas?|minutos?|mins?|segundos?"
    r"|pesos"
    r"|mxn|usd|d[oó]lares|km|kil[oó]metros?|kilos?|kgs?|metros?|mts|m2|cm|litros?|lts"
    r"|cuadras?|ve(?:ces|z)|personas?|alumnos|empleados|clientes|piezas?|pzas?|cajas?"
    r"|bolsas?|paquetes?|sillas?|mesas?|equipos?|unidades|productos?|tiendas?"
    r"|sucursales"
    r"|carriles|casetas?|casas|locales|coches|carros|autos|camiones|toneladas?|baches"
    r"|niveles|pisos|opciones|fotos|v[ií]deos?|c[aá]maras|noches|hombres|mujeres"
    r"|ni[ñn]os"
    r"|boletos|arreglos|playeras|pares|millones|mil|grados|lugares|invitados|accidentes"
    r"|a\.?\s?m|p\.?\s?m|de\s++(?-i:[a-z])\w*|x\s?\d+(?!\s++y\b)|por\s++\d+|en\s++1"
    r"|[yoa]\s++\d+"
)
NOT_COUNTED = rf"(?!\s*+(?:{_COUNTED})(?!\w))"

STREET = (
    r"calle|avenida|ave?|avda|bl?vd|boulevard|bulevar|calzada|calz|carretera|carr|ctra"
    r"|carrer|passeig|pla[çc]a|r[uú]a|travess?[ií]a|travessera|glorieta|autov[ií]a|gta"
    r"|p\.?[º°]"
    r"|clle|cll|blvr?d|blv|prolongaci[oó]n|prolong|prol|cjon|crta|callej[oó]n|perif[eé]rico|perif|viaducto|libramiento|autopista"
)
# Adjectives as well: "escuela privada", "caja cerrada".
STREET_OR_ADJECTIVE = r"privada|priv|cerrada|cda|andador|retorno|rtno"
# Everyday words as well: a name with a capital, or "núm.", has to follow.
STREET_IF_NAMED = (
    r"c(?=[./])(?!\.\s?p\b)|paseo|circuito|cto|eje|camino|v[ií]a|rinc[oó]n|diagonal"
    r"|pasaje|corredor|plaza|plza?|pza|ronda|rda|rambla|alameda|urbanizaci[oó]n|urb"
)
# With a capital of its own the name needs none: "Paseo de san francisco 19".
CAPITAL_STREET = r"(?-i:Paseo|Circuito|Camino|Plaza|Ronda|Rambla|Alameda|Pasaje|C/)"
AFTER_STREET = r"(?:[./,]{1,2}\s*+|\s*+:\s*+|\s++)"
ORDINAL = (
    r"(?:\d{1,2}\s?(?:ra|da|ta|er|[aªº])\.?|primera|segunda|tercera|cuarta)\s++"
    r"(?:y\s++[uú]ltima\s++)?(?:de\s++)?"
)
DIRECTION_WORD = r"sur|norte|nte|oriente|ote|poniente|pte"
DIRECTION = rf"(?:{DIRECTION_WORD})\b\.?"

# White space within a line.
S = r"[^\S\n]"
_LINK = r"del?|l[aeo]s?|los|el|y|e"
LINKS = rf"(?:(?:{_LINK}){S}++){{0,2}}"
WORD = rf"(?!(?:{NO_NAME}|{_LINK})\b)(?:[^\W\d_]{{1,4}}\.(?={S}?\w)|[^\W\d_][\w'’´-]*+)"
NAMED = (
    rf"(?!(?:{NO_NAME})\b)"
    r"(?-i:[A-ZÁÉÍÓÚÜÑ])(?:[^\W\d_]{0,3}\.(?=\s?\w)|[\w'’´-]*+)"
)
NAME = rf"{LINKS}{WORD}(?:{S}++{LINKS}(?:al?{S}++(?=(?-i:[A-Z])))?{WORD}){{0,5}}?"
NAMED_NAME = rf"{LINKS}{NAMED}(?:{S}++{LINKS}(?:al?{S}++)?{NAMED}){{0,4}}?"
_MONTH = (
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    r"|diciembre"
)
# Streets are named after days: "5 de Mayo".
DATE_NAME = rf"(?:\d{{1,2}}[oº]?|1ro\.?|primero){S}++de{S}++(?:{_MONTH})"

MARK = (
    r"(?:(?:n[uú]m(?:ero)?|nro|no)\b\.?|n\s?[°º]\.?|\#)"
    r"\s*+(?:ext(?:erior)?\b\.?)?\s*+:?\s*+\#?\s*+"
)
# "480-2", "77 B", "87 bis"; neither the beginning of an amount nor an hour.
HOUSE = (
    rf"\d{{1,5}}(?:\s?-\s?(?:\d{{1,4}}(?!{S}?\.?[ºª°])|[A-Z])\b|{S}(?-i:[A-Z])\b(?!-\d)"
    rf"|{S}[b-dfgh]\b|[A-Z])?(?:[ -](?:bis|ter|duplicado|dup)\b)?(?:-(?-i:[A-Z])\b)?"
    rf"(?![^\W_])(?![.:]\d|,\d{{3}}|,\d\d?(?!\d?{S}?[ºª°]|\d?{S}?(?-i:[A-Z])\b)"
    rf"|{S}?[$%])"
)
BARE = rf"{S}*+,?{S}*+{HOUSE}{NOT_COUNTED}"
MARKED = rf"\s*+,?\s*+{MARK}{HOUSE}"
_WITHOUT = r"(?:s\s?[/.]\s?n\.?|sin\s++n[uú]mero)\b"
# Mz 4 Lt 18
_PLOT = r"\.?\s*+(?:n[uú]m\.?|no\.?|\#)?\s*+(?:\d{1,4}(?:\s?-?\s?[A-Z])?|[A-Z])\b"
BLOCK_WORD = r"manzana|mzna|mza?"
PLOT_WORD = r"lote|lte?"
BLOCK_AND_PLOT = (
    rf"(?:(?:{BLOCK_WORD})\b{_PLOT}\s*+,?\s*+(?:y\s++)?(?:{PLOT_WORD})\b{_PLOT}"
    rf"|(?:{PLOT_WORD})\b{_PLOT}\s*+,?\s*+(?:y\s++|de\s++la\s++)?"
    rf"(?:{BLOCK_WORD})\b{_PLOT})"
)
_WORDED = rf"\s++(?:{MARK})?{WORDED_NUMBER}{NOT_COUNTED}"
NUMBER = (
    rf"(?:{MARKED}|\s*+,?\s*+{_WITHOUT}|{BARE}(?:{MARKED})?|\s*+,?\s*+{BLOCK_AND_PLOT})"
)
NUMBER_OR_WORDS = rf"(?:{NUMBER}|{_WORDED})"
HOUSE_OR_WITHOUT = rf"(?:{HOUSE}{NOT_COUNTED}|{_WITHOUT})"
# Where a number may be, to look for the rest around it.
A_NUMBER = r"(?<![\w$-])(?<!\d[.,])(?:\d{1,5}(?!\d)|s\s?/\s?n\b|sin\s++n[uú]mero\b)"

INSIDE_PART = (
    r"(?:(?:(?:n[uú]m(?:ero)?|no)\b\.?\s*+)?(?:int(?:erior)?|ext(?:erior)?|depto|dpto"
    r"|depa|departamento|apt|apartment|suite|ste|floor|fl|planta|puerta|pta|portal|port"
    r"|escalera|esc|bloque|blq"
    r"|unit|piso|local|loc|edificio|edif|torre|oficina|of|lote|lt|manzana|mza?|despacho"
    r"|desp"
    r"|casa|bodega|nave)\b\.?\s*+(?:n[uú]m\.?|no\.?)?\s*+"
    r"\#?(?=[\w-]{0,4}\d|[A-Z]\b)[\w-]{1,8}+|\d{1,2}\s?(?:er|do|to"
    r"|[oº°a])?\.?\s++piso\b)"
)
# Floors and doors in Spain: ", 2º dcha", "-1ªB", ", 5, C", " 7D", ", bajo 1".
_SIDE = r"(?:izq(?:uierda|da)?|izda|iz|der(?:echa)?|dcha?|drcha|cent(?:ro)?)\b"
_ORDINAL_SIGN = r"(?:\s?\.?\s?[ºª°]|\.?[oa]\b|er\b|do\b|to\b|[mv]o\b|[nrt]\b|\.º)"
_DOOR = rf"(?:{_SIDE}|(?-i:[A-Z])\b(?!\.\s?P)|\d{{1,2}}(?!\d)[ºª°]?(?!\w))"
_ENDS = rf"(?={S}*+(?:[.,;)\n]|\d{{5}}|-|$))"
_FLOOR = (
    r"(?:(?:bajos?|bj|[aá]tico|entresuelo|entlo|principal|pral|s[oó]tano)\b\.?"
    rf"(?:{S}*+[-,]?{S}*+{_DOOR})?"
    rf"|\d{{1,2}}{_ORDINAL_SIGN}(?:{S}*+[-,]?{S}*+{_DOOR})?"
    rf"|\d{{1,2}}{S}?(?-i:[A-Z])\b|\d{{1,2}}{S}{_SIDE}"
    rf"|(?-i:P)\d{{1,2}}\b|(?-i:[A-Z])(?:-\d{{1,2}})?\b(?!\.{S}?(?-i:[A-Z])){_ENDS}|{_SIDE}{_ENDS}"
    rf"|\d{{1,2}}-\d{{1,2}}(?![\w-])|\d{{1,2}}(?!\d){_ENDS}|\d{{1,2}}{S}\d{{1,2}}(?!\d){_ENDS})"
)
INSIDE = rf"(?:\s*+[,.–-]?\s*+{INSIDE_PART}|{S}*+[,.–-]?{S}*+{_FLOOR}){{0,4}}"
# With one of these a number is that of a house, whatever stands before it.
SURE_INSIDE = (
    r"(?:\s*+,?\s*+(?:piso|depto|dpto|depa|departamento|desp(?:acho)?|int(?:erior)?"
    r"|portal|puerta|edif(?:icio)?)\b\.?\s*+(?:n[uú]m\.?|no\.?)?\s*+\#?(?:\d|[A-Z]\b)"
    r"|\s*+,?\s*+(?:[aá]tico|entlo|entresuelo)\b"
    rf"|\s*+,?\s*+bajo\b(?={S}*+(?:$|[,.;]|[A-Z]\b|\d))"
    rf"|{S}*+,?{S}*+\d{{1,2}}\s?\.?[ºª°](?!\s?[CF]\b)|{S}*+,?{S}*+\d{{1,2}}{S}{_SIDE}"
    rf"|{S}++{DIRECTION}(?={S}*+(?:$|[,.;)\n]|col\b|c\.?\s?p))"
    rf"|{S}*+,?{S}*+(?:esq(?:uina)?\b|entre{S}++(?:calles?{S}++)?{WORD}{S}++(?:{WORD}"
    rf"{S}++)?y\b))"
)
_CROSSING = r"(?:\s++(?:x|por|entre)\s++\d{1,3}[A-Z]?(?:\s++y\s++\d{1,3}[A-Z]?)?\b)?"
AREA_WORD = (
    r"(?:col(?:onia)?|fracc(?:ionamiento)?|barrio|unidad|u\.\s?h|alcald[ií]a"
    r"|delegaci[oó]n"
    r"|residencial|ejido)\b\.?"
)
_AREA_NAME = rf"{NAMED}(?:{S}++{LINKS}{NAMED}){{0,4}}"
_PLAIN_AREA = rf"{WORD}(?:(?:{S}++{WORD}){{0,2}}(?=\s*+(?:,|c\.?\s?p|\d{{5}})))?"
AREA = (
    rf"(?:\s*+,?\s*+(?:{AREA_WORD}\s++{LINKS}(?:{_AREA_NAME}|{_PLAIN_AREA})"
    r"|centro\b))?"
)
POSTCODE = r"c\.?\s?p\.?\s*+:?\s*+\d{5}(?!\d)"
AREA_FOLLOWS = rf"\s*+,?\s*+(?:{AREA_WORD}\s++\w|{POSTCODE})"
# "…, Lomas de Chapultepec, 11000 Ciudad de México"
TOWN_FOLLOWS = (
    rf"(?:{AREA_FOLLOWS}|\s*+[,.–-]?\s*+(?:{_AREA_NAME}\s*+,?\s*+){{0,2}}"
    rf"(?:{POSTCODE}|\d{{5}}(?:{S}*+[.,–-]?{S}*+(?-i:[A-Z])|\s*+(?:[.,;)]|$))))"
)
REST = rf"(?:{S}++{DIRECTION})?{_CROSSING}{INSIDE}{AREA}(?:\s*+,?\s*+{POSTCODE})?"
