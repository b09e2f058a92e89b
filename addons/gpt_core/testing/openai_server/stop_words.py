# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Spanish and English words that tell nothing of a subject; accents are folded."""

SPANISH = frozenset(
    """
    a al algo alguien algun alguna algunas alguno algunos ante antes aqui asi aun
    aunque bien cada casi como con conmigo contigo cual cuales cualquier cuando cuanta
    cuantas cuanto cuantos de del desde dos e el ella ellas ellos en entre era
    eran eres es esa esas ese eso esos esta estaba estamos estan estar estas este esto
    estos estoy fue fueron ha habia han has hasta hay haya he hemos la las le les lo
    los mas me mi mia mis mucha muchas mucho muchos muy nada ni no nos nosotros nuestra
    nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque pues
    que quien quienes se sea segun ser si sido siempre sin sobre solo son soy su sus
    tal tambien tampoco tan tanto te tengo ti tiene tienen tienes toda todas todo todos
    tu tus u un una unas uno unos usted ustedes va vamos van voy y ya yo
    """.split()
)
ENGLISH = frozenset(
    """
    a about all also am an and any are as at be been but by can could did do does
    doing for from get give had has have having he her here hers him his how i if in
    into is it its just let like me more most much my no nor not of off on or other
    our ours out over own please s same she should so some such t than that the their
    theirs them then there these they this those through to too us very was we were
    what when which while who whom why will with would you your yours
    """.split()
)
# Polite padding of a question, which says nothing about its subject.
PADDING = frozenset(
    """
    ayuda ayudame ayudar buen buena buenas bueno buenos conocer consulta consultar
    contar dan dar decir decirme deseo dime dias disculpa disculpe duda explicar
    explicame favor gracias gustaria hacen hacer hola indicar indicarme informacion
    informes interesa interesado interesada noches necesito ofrecen pregunta preguntar
    policy politica queda quedan recomiendas recomiendan recomienda recommend
    puede pueden puedes podria podrian podrias puedo quiero quisiera quieren saber
    tardes tiempo vender venden verdad cuentan cuenta manejan
    afternoon evening good hello hey hi help information interested know looking
    morning need offer question sell tell thank thanks want wondering
    """.split()
)
STOP_WORDS = SPANISH | ENGLISH | PADDING
