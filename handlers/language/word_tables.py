"""The words of the lexicon that are no verbs, folded, by what they say.

A word that ends in «~» stands for its singular and plural, and for both genders where it ends in
«o»: «vencido~» is vencido, vencida, vencidos, vencidas.
"""

from handlers.language.tags import Tag

# words of the closed classes: no verb form takes their place («sobre» is not from «sobrar»)
FUNCTION = """
    a al ante bajo con contra de del desde durante en entre hacia hasta para por segun sin sobre tras
    mediante via e o u y ni que si pero aunque sino porque pues como cuando donde mientras
    el la los las lo un una unos unas este esta esto estos estas ese esa eso esos esas aquel aquella
    aquello aquellos aquellas yo tu vos usted ustedes nosotros nosotras ellos ellas me te se nos os le
    les mi mis tus su sus nuestro~ suyo~ mio~ ti si no ya mas muy tan menos todo~ todito~ cada otro~ algo nada completo~
    alguien nadie quien quienes cual cuales cuanto~ solo para adonde cuyo~ dos uno
"""

# nouns of many acts that no verb form takes the place of: «sustento» is not from «sustentar»
NOUNS = "sustento~ apoyo~ monitoreo~ termino~"

FILLER = """
    libre~ referente~ concerniente~ tocante seguimiento contacto participante~ rango~ intervalo lapso
    ella pa pal pra x xq porq porque pe ps pss po pues tanto asi aqui aca alla ahi alli dnd adonde dende
    mismo~ propio~ cualquier cualquiera cierto~ tal tales hoy nomas demas diverso~ distinto~ diferente~
    porfa pf pfa porfi porfis porfavor porfavorcito xfa xfavor favor favores favorcito pls plz please plis amable~
    amablemente gentil gentilmente gentileza bondad disculpe~ disculpa~ disculpen disculpame disculpeme
    perdon oe oye oyeme oiga oigan mira mire miren causa causita mano manito hermanito bro brother sis
    compadre comadre pata patita chochera jefe jefa jefes jefecito jefazo inge ingeniero~ ing doctor~ doc
    dr dra drs licenciado~ lic mg abogado~ contador~ seno senor~ senorita~ srta sr sra sres profe
    profesor~ amigo~ colega~ estimado~ companero~ cumpa cumpita socio~ broder pana maestro~ compa joven
    varon don dona mami papi reina rey flaco~ robot bot asistente aplicacion app
    aja ah eh ay oh uy uf asu asumare asumadre chesu manya achachau alalau atatau guau wow ups upa hala caracoles
    puchica puchis chispas ala jue uyuyuy nose ok okay oka okey oki okis va vale bueno bien claro pucha pucta caray caramba
    entonces tonces luego despues ademas aparte casi quiza quizas tal siempre alguno~ algun ninguno~
    ningun aun todavia nunca jamas rapido~ rapidito urgente~ urgentito urge ahorita ahora momento~
    momentito rato ratito consulta~ consultita pregunta~ preguntita duda~ dudita molestia cuestion
    tema~ asunto~ relacion respecto lado lados vista cosa~ info informacion data celular cel telefono
    whatsapp wsp wasap telegram grupo~ reunion~ oficina~ despacho escritorio direccion~ director~
    coordinador~ coordinacion coordinaciones jefatura~ gerencia~ gerente~ lugar~ lima sede~ cuna pncm
    midis entidad~ ministerio~ ministro~ viceministro~ programa gente chico~ chibolo~ nombre~ nombrado~
    caso~ tipo~ clase efecto~ fin fines proposito modo~ manera~ forma~ orden cuenta~ vez veces
    completo~ entero~ exacto~ especifico~ correcto~ preciso~ concreto~ actual~ vigente~ programado~
    previsto~ pactado~ acordado~ establecido~ estipulado~ fijado~ asignado~ designado~ encomendado~
    atribuido~ correspondiente~ relacionado~ referido~ respectivo~ dicho~ susodicho~ mencionado~
    indicado~ senalado~ presente~ solicitud cordial~ atento~ pendiente antemano suerte par dia dias mes
    meses ano anos semana~ finde trimestre~ semestre~ bimestre~ quincena~ periodo~ etapa~
    temporada fecha~ lunes martes miercoles jueves viernes sabado domingo hora~ minuto~ minutito
    segundito manana tarde noche mediodia interes necesidad bondadoso~ listado listadito lista listita
    relacioncita sgte sgtes prox n tres cuatro cinco seis siete ocho nueve diez once doce quince veinte
    treinta ambos ambas varios varias mucho~ poco~ poquito~ bastante~ suficiente~ demasiado~ jaja
    jajaja jajajaja jeje jejeje jiji uhm umm mmm hm hmm em ejem este ey chevere bacan bacancito listo~
    normal igual onda verdad veras seguro~ obvio facil~ rico~ lindo~ nuevo~ antiguo~ viejo~ ultimo
    tb tmb tbn tambien incluso inclusive incluido~ acerca lejos cerca dentro fuera encima debajo
    delante detras antes arriba abajo temprano pronto recien apenas pronta brevedad posible~ probable~
    necesario~ importante~ importantisimo clave prioritario~ obligatorio~ formal~ oficial~ interno~
    signo interrogacion interrogante coma punto guion comillas signos dado respuesta~ rpta contestacion
    quiensabe sabado gracioso pequeno~ chiquito~ grande~ gran largo~ corto~ breve~ cristiano castellano
    espanol constancia palabra~ frase~ linea~ renglon pantalla~ pagina~ hoja~ cuadro~ tabla~ columna~
    fila~ excel archivo~ anexo~ documentito ojo cabeza mente tilde mesa cuerpo pie
    agenda cronograma calendario horario~ planificador paso pasos nota via medida~ tramo rango rangos
    conmigo contigo consigo persona~ personita especialista~ analista~ monitor~ consultor~ practicante~
    asesor~ auxiliar~ secretario~ titular~ suplente~ usuario~ publico focal focales equipito
    gestor~ supervisor~ funcionario~ servidor~ empleado~ trabajador~ periodista~ auditor~ congresista~
    reportero~ ciudadano~ vecino redactor~ nota~ exposicion presentacion~ diapositiva~ ppt
    comision congreso contraloria prensa auditoria asesoria legal logistica administracion contabilidad
    rrhh tesoreria legales cargo~ puesto~ alguito cosita~ algunito verano afan apuro prisa manejo auto
    carro camino taxi campo trafico combi bus movil laptop compu vehiculo viaje ruta aeropuerto
    almuerzo final~ finalito cierre sencillo~ simple~ facilito mero~ unico~ extra adicional~ general~
    hitito frente tanda lote bloque monton resto restante~ sobrante~ restos total~ mitad mayoria
    reves contrario sola solas min mins chat chatbot carajo mierda puta joder rasgo~ semanal~ diario~ mensual~ quincenal~ mencion~ curiosidad atencion bb lejano~ osea sea lante palante pm am hrs hora~ acreditable acreditacion~ cumplido cumplidito solito solita nuevito
"""

WORDS: dict[Tag, str] = {
    Tag.FILLER: FUNCTION + FILLER,
    Tag.THING: """
        entregable~ producto~ tarea~ tareita~ obligacion~ pendiente vencimiento~ entrega~
        responsabilidad~ meta~ plazo~ plazito~ hito~ deber deberes encargo~ encarguito chamba~
        chambita~ fecha matriz mcm anexo deuda~ pendientito~ asignacion~ requerido exigencia~
        cumplimientos presentaciones remision cometido~ carga
        """,
    Tag.VAGUE_THING: """
        actividad~ accion~ documento~ trabajo~ cosa~ punto~ item~ informe~ reporte~ equipo~ sistema~
        dato~ programa~ parte~ partes informacion personal institucion~ sustento~ evidencia~ tecnico~
        papel~ papeleo tramite~ formato~ acreditacion
        """,
    Tag.SIGN: "firmante~ firma~ signatario~ rubrica~",
    Tag.KIND: "informes indicadores equipos sistemas tecnicos tecnicas",
    Tag.MEANS: "medio~ mv mvs mdv mdvs verificacion verificador~",
    Tag.COMMITMENT: "compromiso~ compromisito~ com comp compr comprom c promesa~",
    Tag.RECOMMENDATION: "recomendacion~ rec recs reco recos recom recomend recomendado~",
    Tag.AREA: "area~",
    Tag.UNIT: "unidad~",
    Tag.ACT: "acta~ matriz mcm",
    Tag.SHOW: "listado lista relacion detallado~ cuadro",
    Tag.WANT: "favor porfa",
    Tag.TELL: """
        detalle~ detallito detallado~ texto~ contenido~ especificacion~ precision~ descripcion alcance~
        nota~ ampliacion literal ficha~ glosa redaccion enunciado
        """,
    Tag.WHO: """
        quien quienes quin responsable~ encargado~ duenio dueno~ cargo competente
        """,
    Tag.WHEN: "cuando cuand cdo fecha~ plazo~ vencimiento~ tiempo~ limite~ tope",
    Tag.COUNT: "cuanto~ cuants cantidad numero num nro total conteo cifra~ suma tantos",
    Tag.ASK: "que q k ke qe cual cuales cuale cuals quien quienes cuando donde adonde cuanto~",
    Tag.PENDING: """
        pendiente~ pendientito~ faltante~ inconcluso~ incompleto~ adeudado~ irresuelto~ abierto~ tintero veremos impago~ deuda~ debiendo adeudando
        """,
    Tag.OVERDUE: """
        vencido~ vencidito~ atrasado~ retraso~ retrasado~ atraso~ mora moroso~ demorado~ demora~ tarde
        tardio~ caducado~ incumplido~ incumplimiento~ rezagado~ extemporaneo~ expirado~ pasadito~
        """,
    Tag.OBSERVED: "observado~ devuelto~ rechazado~ objetado~ observacion~",
    Tag.VERIFIED: "verificado~ aprobado~ validado~ aceptado~ conforme~ conformidad",
    Tag.LATE: """
        atrasado~ atraso~ retraso~ retrasado~ demorado~ demora~ vencido~ pendientes mal peor deuda~ debe
        deben rezagado~ incumplido~ moroso~ incumple incumplen floja flojo colgada colgado quedada quedado
        lento~ mora faltantes rojo
        """,
    Tag.EARLY: """
        adelantado~ avanzado~ mejor cumplidor~ entregado presentado cumplido cumple cumplen entrega
        presenta avance~ ganando lidera liderando entregados presentados eficiente~ puntual~ lider
        """,
    Tag.SUMMARY: """
        avance~ avanzado~ resumen~ resumencito resumir balance~ semaforo progreso~ porcentaje~ ranking
        panorama~ pantallazo estadistica~ tablero reporte comparativo~ comparacion comparar cumplimiento
        desempeno resultado~ foto ejecucion diagnostico tasa nivel grado proporcion estadistico~
        situacional~ sintesis sumario~ vistazo mirada radiografia numeros indicador
        """,
    Tag.STATE: "estado estados situacion estatus status",
    Tag.COMPARE: "mas peor mejor menos mayor menor primero ultimo",
    Tag.NOTICE: """
        aviso~ avisito~ alerta~ notificacion~ notis noti recordatorio~ boletin~ mensaje~ mensajito~
        suscripcion~ inscripcion afiliacion alarma~ notif notifs recordacion
        """,
    Tag.STOP: "baja basta stop pare paren parar detenganse",
    Tag.DEFINE: """
        significado~ sigla~ termino definicion~ acronimo~ abreviatura~ abreviacion~ significancia concepto~
        diferencia~ glosario terminologia iniciales letra~ cristiano castellano nombre
        """,
    Tag.HELP: """
        ayuda ayudita menu instrucciones instruccion comando~ opcion~ manual guia tutorial socorro
        auxilio help start inicio orientacion indicaciones funcion funciones ejemplos
        """,
    Tag.GREETING: """
        hola holi holis ola alo buenas buenos buen hello hi saludo~ wenas tardes noches dias dia hey
        bienvenido~
        """,
    Tag.THANKS: """
        gracias grax thanks ty agradecido~ agradezco genial excelente perfecto bravazo graciela
        agradecimiento buenisimo fantastico
        """,
    Tag.FAREWELL: "chau chao chaucito adios bye hasta nos vemos luego",
    Tag.EXCEPT: """
        menos excepto salvo excluyendo quitando sacando descontando exceptuando obviando omitiendo
        excepcion descartando exceptuado~ exceptuar descontado~
        """,
    Tag.NOT: "no ni nunca tampoco ningun ninguno~ jamas",
    Tag.WITHOUT: "sin",
    Tag.YET: "ya todavia aun",
    Tag.ONLY: """
        solo solamente unicamente nomas exclusivamente exclusivo~ puro~ unico~ netamente meramente propios
        propias
        """,
    Tag.ALSO: "tambien tb tmb tbn ademas incluyendo",
    Tag.DEICTIC: """
        ese esa eso esos esas este esta esto estos estas aquel aquello aquellos aquellas ellos ellas ahi
        dicho dicha anterior~ mismo misma
        """,
    Tag.WRONG: "perdon corrijo error digo",
    Tag.NEXT: """
        proximo~ prox siguiente~ sgte sgtes sig cercano~ inmediato~ inminente~ pegado~
        """,
    Tag.LAST: "ultimo~ postrero~",
    Tag.FIRST: "primero~ primer",
    Tag.TOGETHER: "ambas ambos junto juntos juntas vez conjunto~ conjuntamente simultaneamente comun",
    Tag.SHARED: "medias compartido~ conjunto~ comunes mancomunado~ multiple~",
    Tag.ME: "me nos",
    Tag.HOW: "como",
    Tag.ALL: "todo~ completo~ total general global entero~",
    Tag.SITUATION: "recien",
}

# words that ask for a summary whatever narrows it
SUMMARISING = frozenset(
    "avance avances resumen resumenes balance balances semaforo progreso progresos porcentaje "
    "porcentajes ranking panorama pantallazo estadistica estadisticas avanzado avanzada avanzamos "
    "avanzando avanzo desempeno comparativo situacional sintesis sumario sumarios radiografia".split()
)

# how people shorten words on a phone
ABBREVIATIONS = {
    "q": "que", "k": "que", "ke": "que", "qe": "que", "d": "de", "x": "por", "pa": "para",
    "xa": "para", "pal": "para", "xq": "porque", "porq": "porque", "pq": "porque", "n": "en",
    "prox": "proximo", "sgte": "siguiente", "sgtes": "siguientes", "sig": "siguiente",
    "tb": "tambien", "tmb": "tambien", "tbn": "tambien", "dnd": "donde", "cdo": "cuando",
    "tonces": "entonces", "dsd": "desde", "hta": "hasta", "nro": "numero", "num": "numero",
    "compr": "compromiso", "rpta": "respuesta", "resp": "responsable", "cant": "cantidad",
    "aca": "aqui", "ta": "esta", "tan": "estan", "toy": "estoy", "pes": "pues", "pe": "pues",
    "kmo": "como", "cmo": "como", "kien": "quien", "kual": "cual", "kuando": "cuando",
    "qtos": "cuantos", "qtas": "cuantas", "qnto": "cuanto", "qntos": "cuantos",
    "ctos": "cuantos", "cuants": "cuantos", "stan": "estan", "vcto": "vencimiento",
    "vctos": "vencimientos", "vto": "vencimiento", "vtos": "vencimientos", "venc": "vencimientos",
    "fch": "fecha", "sem": "semana", "trim": "trimestre", "pend": "pendientes", "pdte": "pendiente",
    "pdtes": "pendientes", "info": "informacion", "gral": "general",
    "dpto": "departamento", "ofic": "oficina", "ctas": "cuantas", "cuantxs": "cuantos",
    "mnn": "manana", "mnna": "manana", "mna": "manana", "dsps": "despues", "dps": "despues",
    "despus": "despues", "tamos": "estamos", "llege": "llegue",
    **{f"{month[:-1]}ito": month for month in ("enero", "febrero", "marzo", "mayo")},
    "bn": "bien", "grs": "gracias", "msj": "mensaje", "msjs": "mensajes", "aser": "hacer",
    "ay": "hay", "ai": "hay", "asta": "hasta", "nadita": "nada", "naditita": "nada",
}  # fmt: skip
