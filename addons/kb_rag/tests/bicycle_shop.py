# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Six documents of a bicycle shop, and forty questions that they answer.

Written before anything was measured with them; no setting was chosen by them.
"""

DOCUMENTS = {
    "Taller": """# Servicio de taller

## Afinación básica
La afinación básica incluye ajuste de frenos y cambios, lubricación de la cadena \
y revisión de la presión de las llantas. Cuesta 450 pesos y se entrega el mismo día si \
la \
bicicleta llega antes de las once.

## Afinación mayor
En la afinación mayor se desarma la bicicleta por completo, se lavan las piezas y se \
cambian cables y fundas. Tiene un precio de 1,200 pesos y tarda tres días hábiles.

## Ponchaduras
Parchar una cámara cuesta 60 pesos; si hay que poner una nueva se cobra aparte. No \
hace \
falta cita.

## Citas
Las citas del taller se piden por teléfono o en la página. Quien no llega en veinte \
minutos pierde su lugar, pero puede pedir otro sin costo.""",
    "Renta": """# Renta de bicicletas

## Tarifas
Rentar una bicicleta urbana cuesta 80 pesos la hora o 350 el día. Las de montaña \
cuestan 600 pesos diarios y las eléctricas 900.

## Requisitos
Se deja una identificación oficial y un depósito de 2,000 pesos en tarjeta, que se \
libera al regresar la bicicleta. Los menores de 16 años van con un adulto.

## Robo y daños
Si la bicicleta rentada es robada, el cliente paga la mitad de su valor. Los rayones \
por uso normal no se cobran; un rin doblado sí.

## Cancelaciones
Una reservación se cancela gratis hasta 24 horas antes. Después se cobra una hora.""",
    "Garantías": """# Garantías

## Cuadros
Los cuadros de aluminio y acero tienen garantía de por vida para el primer dueño; los \
de \
fibra de carbono, de cinco años.

## Componentes
Frenos, cambios y ruedas tienen un año de garantía contra defectos de fábrica. Las \
llantas, cadenas y balatas son piezas de desgaste y no la tienen.

## Bicicletas eléctricas
El motor está cubierto dos años y la batería uno, o 500 ciclos de carga, lo que ocurra \
primero.

## Cómo se reclama
Se presenta la factura y la bicicleta limpia en cualquier tienda. El dictamen tarda \
hasta diez días. La cobertura se pierde si alguien ajeno a la marca abrió el motor.""",
    "Club": """# Club de ciclistas

## Rodadas
Cada jueves a las ocho de la noche salimos del parque Hidalgo a una rodada urbana de \
veinte kilómetros. Los domingos hay ruta de montaña a las seis de la mañana.

## Membresía
Ser socio cuesta 1,500 pesos al año. Los socios tienen 10 por ciento de descuento en \
accesorios y dos afinaciones sin cargo.

## Seguridad
El casco y las luces son obligatorios. Quien toma alcohol antes de la rodada no \
participa. Un vehículo de apoyo cierra el grupo.

## Niños
La escuela infantil enseña a andar sin rueditas los sábados de diez a doce. Los papás \
deben quedarse.""",
    "Eléctrica": """# Manual de la bicicleta eléctrica Volta 3

## Carga
La batería se llena en cinco horas con el cargador original. Conviene cargarla cuando \
baja del 20 por ciento y no dejarla conectada toda la noche.

## Autonomía
Con una carga recorre unos 70 kilómetros en modo económico y 40 en modo turbo. El frío \
y \
las subidas la reducen.

## Pantalla
El código E07 indica que el sensor del pedal está desconectado. Con E12 la batería se \
sobrecalentó: espere media hora a la sombra.

## Lavado
Se limpia con un trapo húmedo. El agua a presión daña el motor; tampoco se sumerge.

## Almacenaje
Si no se usa en meses, guárdela con media carga en un lugar seco y recárguela cada \
ocho semanas.""",
    "Personal": """# Reglamento del personal

## Horario
Las tiendas abren de lunes a sábado de diez a ocho; el personal llega quince minutos \
antes. El domingo se trabaja por turnos y se paga doble.

## Uniforme
La empresa entrega tres camisas al año. Se usan zapatos cerrados en el taller.

## Permisos
Un permiso con goce de sueldo se solicita con cinco días de anticipación al encargado. \
Por nacimiento de un hijo se dan diez días.

## Comisiones
Los vendedores reciben 2 por ciento de las bicicletas y 5 por ciento de los accesorios \
que venden, a fin de mes.""",
}

# What is asked, which document answers it, and what of it does.
QUESTIONS = (
    ("¿Qué me hacen en la afinación sencilla?", "Taller", "ajuste de frenos"),
    ("¿En cuánto sale la afinación básica?", "Taller", "450 pesos"),
    ("¿Cuántos días se quedan con mi bici para la afinación completa?", "Taller",
     "tres días hábiles"),
    ("se me ponchó la llanta, ¿cuánto cobran?", "Taller", "60 pesos"),
    ("¿Necesito cita para arreglar una ponchadura?", "Taller", "No hace falta cita"),
    ("Si llego tarde a mi cita, ¿qué pasa?", "Taller", "veinte minutos"),
    ("How much is a basic tune-up?", "Taller", "450 pesos"),
    ("¿Cuánto cuesta rentar una bici por un día?", "Renta", "350 el día"),
    ("precio de renta de las de montaña", "Renta", "600 pesos diarios"),
    ("¿Qué documentos piden para alquilar?", "Renta", "identificación oficial"),
    ("¿Me regresan el depósito?", "Renta", "se libera"),
    ("¿Puede mi hijo de 14 años rentar una solo?", "Renta", "16 años"),
    ("me robaron la bici que alquilé, ¿cuánto debo pagar?", "Renta", "la mitad"),
    ("¿Hasta cuándo puedo cancelar mi reservación?", "Renta", "24 horas"),
    ("¿Cobran los raspones de una bicicleta rentada?", "Renta", "rayones"),
    ("¿Cuántos años cubren un cuadro de carbono?", "Garantías", "cinco años"),
    ("¿La garantía del cuadro de aluminio pasa a otro dueño?", "Garantías",
     "primer dueño"),
    ("¿Las cadenas tienen garantía?", "Garantías", "piezas de desgaste"),
    ("Se descompuso el cambio a los ocho meses, ¿lo cubren?", "Garantías", "un año"),
    ("¿Cuánto dura la garantía de la pila de la bici eléctrica?", "Garantías",
     "500 ciclos"),
    ("¿Qué llevo para hacer válida la garantía?", "Garantías", "la factura"),
    ("¿En cuánto tiempo me resuelven el reclamo?", "Garantías", "diez días"),
    ("¿De dónde salen las rodadas nocturnas?", "Club", "parque Hidalgo"),
    ("¿A qué hora es la salida a la montaña?", "Club", "seis de la mañana"),
    ("¿Cuánto cuesta hacerse socio?", "Club", "1,500 pesos"),
    ("¿Qué beneficios tengo por ser miembro?", "Club", "10 por ciento"),
    ("¿Es forzoso llevar casco?", "Club", "obligatorios"),
    ("quiero que mi hija aprenda a andar en bici", "Club", "escuela infantil"),
    ("¿Tengo que quedarme en la clase de los niños?", "Club", "deben quedarse"),
    ("¿Cuánto tarda en cargarse la Volta 3?", "Eléctrica", "cinco horas"),
    ("¿Qué distancia alcanza en turbo?", "Eléctrica", "40 en modo turbo"),
    ("En la pantalla aparece E07", "Eléctrica", "sensor del pedal"),
    ("me marca E12, ¿qué hago?", "Eléctrica", "media hora"),
    ("¿La puedo lavar con hidrolavadora?", "Eléctrica", "agua a presión"),
    ("¿Cómo guardo la bici eléctrica en invierno?", "Eléctrica", "media carga"),
    ("¿Es malo dejarla enchufada toda la noche?", "Eléctrica", "toda la noche"),
    ("¿Se paga extra el trabajo en domingo?", "Personal", "se paga doble"),
    ("¿Cuántas camisas me dan?", "Personal", "tres camisas"),
    ("va a nacer mi bebé, ¿cuántos días me dan?", "Personal", "diez días"),
    ("¿Qué comisión gano por vender un casco?", "Personal", "5 por ciento"),
)  # fmt: skip
