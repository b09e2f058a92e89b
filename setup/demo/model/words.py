# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Spanish and English words that the answers are found by; accents are folded."""

GREETINGS = frozenset(
    """
    hola buenas buenos buen dia dias tardes noches saludos que tal hello hi hey good
    morning afternoon evening there greetings
    """.split()
)
GREETING_STARTERS = frozenset(
    "hola buenas buenos buen saludos hello hi hey good greetings".split()
)
THANKS = frozenset("gracias muchas mil thanks thank you muy amable".split())
THANKS_STARTERS = frozenset("gracias thanks thank".split())

# Words of one subject, so that a question in other words, or in the other language,
# finds its sentence: beginnings of folded words, "=" before a whole word.
SUBJECTS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in (
        "preci cuesta cuestan costo costar costara cost =vale =valen price pricing "
        "tarifa =mxn =usd",
        "horari =hora =horas =hour =hours abren =abre abierto abrir cierra cerrad "
        "open close closing schedule",
        "envio enviar envia enviam entreg mandar manda =llega llegan llegar ship "
        "deliver =arrive",
        "devol devuelv regresar reembols return refund",
        "factur cfdi invoic fiscal =rfc",
        "garant warrant guarant",
        "telef llamar phone whatsapp contact",
        "direcci ubica domicil sucursal address locat showroom =donde =where "
        "=av =blvd =calle =col",
        "=pago =pagos pagar tarjeta transferencia payment =pay card",
        "instala armado =armar assembl install",
        "descuento promoci discount rebaja",
        "maquin machin",
        "molin grinder",
        "=cafe coffee",
        "existencia disponib inventario stock availab",
        "=semana =lunes =martes =miercoles =jueves =viernes =sabado =sabados =domingo "
        "=domingos weekend =monday =tuesday =wednesday =thursday =friday saturday "
        "sunday",
    )
)
PRICE_SUBJECT = 0

# Names of one and the same field of a record.
FIELD_NAMES: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in (
        "name nombre",
        "company empresa compania organization organizacion",
        "city ciudad municipio",
        "state estado",
        "country pais",
        "address direccion domicilio street calle",
        "zip cp postal",
        "phone telefono tel mobile celular movil whatsapp",
        "email mail correo",
        "job position puesto cargo role rol function",
        "budget presupuesto",
        "revenue ingreso ingresos",
        "quantity cantidad qty",
        "product producto productos products interest interes",
        "date fecha",
        "deadline plazo",
        "website web sitio",
        "notes notas note nota description descripcion",
    )
)
# Parts of a field's technical name that say nothing about its content.
FIELD_PADDING = frozenset("x gpt id from contact lead partner customer cliente".split())

PERSONS = frozenset(
    """
    asesor asesora humano humana persona operador operadora ejecutivo ejecutiva
    vendedor vendedora supervisor advisor agent human person operator representative
    """.split()
)
TALKING = frozenset(
    """
    hablar hablo comunicar comunicame comuniqueme contactar contacto pasame paseme
    atienda atiende atender chatear talk speak chat connect transfer
    """.split()
)
URGENT = frozenset(
    """
    urgente urgentes urgencia urge inmediato inmediata inmediatamente hoy ya cuanto
    pronto asap urgent urgently immediately today now critical critico critica
    """.split()
)
NOT_URGENT = frozenset(
    """
    despues proximo futuro explorando cotizando curiosidad sin prisa later someday
    exploring browsing whenever
    """.split()
)
SUMMARY_REQUESTS = frozenset(
    """
    resume resumen resumir resumelo summarise summarize summary describe sintetiza
    """.split()
)

# What an unfilled field looks like in a list of facts.
EMPTY_VALUES = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "?",
        "false",
        "none",
        "null",
        "n/a",
        "na",
        "n/d",
        "vacio",
        "empty",
        "unknown",
        "desconocido",
        "sin dato",
        "sin datos",
        "no indicado",
        "not given",
        "[]",
    }
)

# A full stop after one of these does not end a sentence.
ABBREVIATIONS = (
    "a.m.",
    "p.m.",
    "S.A. de C.V.",
    "S.A.",
    "C.V.",
    "R.L.",
    "Av.",
    "Blvd.",
    "Col.",
    "C.P.",
    "Cd.",
    "Dr.",
    "Dra.",
    "Edo.",
    "Ing.",
    "Lic.",
    "No.",
    "Núm.",
    "Sr.",
    "Sra.",
    "Srita.",
    "Tel.",
    "aprox.",
    "e.g.",
    "etc.",
    "i.e.",
    "p. ej.",
    "vs.",
)
