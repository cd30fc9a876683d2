"""Words of everyday life that no matrix of commitments speaks of, folded.

One of them weighs more against a question than a word nobody knows: «la UC juega en junio» names
a unit and a month and is still about football. Where an act uses such a word too, it
says little by itself: «madre» alone is not about «madres cuidadoras».
"""

from functools import cache

from handlers.language.verbs import Form, forms
from storage.text import word_key

EVERYDAY = """
    noticia noticias periodico radio television tele piensas opinas sientes distrito madre local comite junta
    consejo nino canal familia plan datos red practica servicio control espacio base
    dni pasaporte brevete licencia soat carnet visa recibo luz agua gas internet
    depositar deposita depositan deposito depositaron
    banco bancos tarjeta credito prestamo prestame prestas cuota cuotas sueldo sueldos salario aguinaldo
    gratificacion gratificaciones cts afp onp sunat ruc impuesto impuestos renta bono bonos yape plin soles
    dolares euro euros plata dinero precio precios cuesta cuestan oferta ofertas descuento
    rebaja tienda tiendas mercado supermercado comprar compra vender venta alquiler alquilar
    hipoteca poliza herencia deudor bitcoin cripto loteria tinka apuesta apuestas
    hijo hija hijos hijas bebe bebes bebita bebito wawa esposo esposa marido novio novia enamorado enamorada
    hermano hermana hermanos mama mamita papito abuelo abuela suegra suegro cunado sobrino
    tio tia vecino vecina vecinos ahijado padrino madrina mascota perro perrito gato gatito ropa zapatos
    boda bodas matrimonio matrimonial divorcio bautizo cumpleanos fiesta regalo
    torta navidad halloween carnaval carnavales feriado feriados vacacion vacaciones playa hotel hoteles
    pasaje pasajes vuelo vuelos avion aeropuerto tren turismo turista machu picchu cusco mancora
    viajo viajar combi micro metropolitano pista choque grua llanta gasolina grifo moto bicicleta
    hospital hospitales clinica medico medica enfermera enfermero pastilla pastillas receta recetas farmacia
    vacuna vacunas vacunar vacunarme vacunacion covid coronavirus gripe fiebre dolor duele cancer diabetes
    embarazo parto dentista dental cirugia camas cama uci intensivos essalud sis cita citas
    dosis sintoma sintomas tos alergia dieta gimnasio calorias
    clima llueve lluvia lluvias lloviendo temperatura frio calor temblor sismo terremoto huaico tormenta
    pronostico nevado volcan luna eclipse estrella estrellas planeta
    futbol partido partidos gol goles seleccion alianza universitario cristal barcelona madrid messi
    mundial eliminatorias copa campeonato liga juega juegan jugar jugador arbitro entrenador gano ganaron
    ganador perdieron clasifico voley tenis box maraton olimpiadas
    pelicula peliculas serie series novela novelas cine netflix youtube tiktok facebook instagram spotify
    cancion canciones musica cantante concierto conciertos baile salsa cumbia album
    chiste chistes broma adivinanza poema poesia cuento cuentos libro libros horoscopo tauro
    zodiacal virgo aries geminis escorpio sagitario capricornio acuario piscis juego juegos
    videojuego videojuegos transmiten
    comida almuerzo cena desayuno desayunos restaurante restaurantes ceviche pollo pollada pizza arroz
    lomo saltado aji gallina postre pan cafe cerveza pisco vino trago chifa cocinar cocino
    preparo picarones mazamorra
    colegio colegios universidad universidades examen examenes admision matricula matricularme beca becas
    pronabec postular postulo cursos diplomado maestria alumno alumnos
    matematica matematicas algebra triangulo raiz ecuacion geografia idioma ingles
    quechua traduce traduceme verbo
    presidente presidenta eleccion elecciones voto votar candidato
    candidata castillo keiko fujimori politica politico leyes vacancia sagasti vizcarra
    policia delito juicio demanda carcel robo robaron ladron denuncia comisaria
    amor amo odio beso besos guapo bonita sexo desnuda casarme casas soltera
    dios misa iglesia oracion biblia rezo
    pension jubilacion jubilado qali warma foncodes vaso leche
    vacante vacantes cv convocatoria convocatorias contratan postulante
    iphone android samsung computadora laptop impresora wifi contrasena password
    hackear hackea virus python html sql javascript
    camion taxi bus parque plaza calle avenida mapa
    tonto tonta idiota estupido estupida imbecil porqueria basura inutil pendejo cojudo
    huevon concha cono maldito callate fea asco
    animales flor flores rio montana selva mide
    guerra ucrania rusia chile argentina china mexico venezuela trump
    sueno duermo dormir aburrido aburrida triste feliz deprimido
    cinta zapatillas celeste blanquirroja
    peli pelis dolar vuelta ballotage papas temblores balon arquero delantero vehicular carne gasfitero plomero peluqueria tinder fise bonito yanapay qaliwarma colchon cocina pastel queque cebiche chicharron anticucho inca kola chicha fideos tallarin juane
    receton ajedrez free fire fortnite roblox minecraft dota lol personaje personajes influencer meme memes sticker stickers reggaeton rock guitarra piano bodega mototaxi arequipa trujillo piura iquitos puno tacna chiclayo miraflores barranco surco callao
"""


# what people do, and no means: asked for, it is about the person («¿qué almorzamos hoy?»)
DOINGS = """
    comer; almorzar almuerz; cenar; desayunar; cocinar; beber; jugar jueg jugu; dormir duerm; bailar; cantar;
    pasear; descansar; viajar; comprar; casar; vestir vist; lavar
"""


@cache
def everyday_doings() -> frozenset[str]:
    """Every finite form of the verbs of everyday life."""
    finite = {Form.PRESENT, Form.PAST, Form.OTHER}
    return frozenset(
        word
        for verb in DOINGS.split(";")
        for word, found in forms(*verb.split()).items()
        if found & finite
    ) - {"como", "casa", "cante", "viste"}


@cache
def everyday_keys() -> frozenset[str]:
    """The keys of the everyday words."""
    return frozenset(word_key(word) for word in EVERYDAY.split())
