"""The verbs of the lexicon, folded: each infinitive with its changed stems, by what it says."""

from handlers.language.tags import Tag
from handlers.language.verbs import Form

VERBS: dict[tuple[Tag, ...], str] = {
    (Tag.DUE,): """
        vencer; caducar; tocar; caer caig cay; corresponder; venir vien veng vin vendr; deber; comprometer;
        acabar; expirar; cerrar cierr; prescribir; competer; concernir
        conciern; encomendar encomiend; atanar; recaer; asignar; obligar
        """,
    (Tag.DUE, Tag.DELIVER): "cumplir; terminar; finalizar; culminar",
    (Tag.PENDING,): "faltar; adeudar; restar; quedar",
    (Tag.DELIVER,): """
        entregar; presentar; enviar; mandar; remitir; elevar; subir; cargar; concluir concluy; completar;
        ingresar; derivar; despachar; rendir rind; cursar; trasladar;
        acreditar; adjuntar; tramitar; oficiar; sustentar; levantar; absolver absuelv; subsanar
        """,
    (Tag.MARK,): """
        marcar; registrar; anotar; apuntar; actualizar; reportar; consignar; tachar;
        poner pon pong pus pondr; cambiar; tildar; asentar asient; setear; figurar; declarar
        """,
    (Tag.SHOW,): """
        mostrar muestr; listar; enumerar; pasar; buscar; indicar; informar; senalar; dictar; jalar;
        sacar; filtrar; juntar; ensenar; facilitar; proporcionar; consultar; revisar; confirmar;
        verificar; precisar; alcanzar; botar; arrojar; soltar suelt; tirar; escupir; aventar avient;
        ubicar; identificar; nombrar; mencionar; visualizar; desplegar despliegu; exponer expong expus;
        comunicar; averiguar; chequear; checar; ordenar; agrupar; separar; acomodar; imprimir; copiar;
        ofrecer ofrezc; suministrar; otorgar; responder; contestar; adelantar; recitar;
        transcribir; citar; reportar; decir dic dig dij dir; contar cuent; conocer conozc; mirar;
        seleccionar; escoger escoj; elegir elij; localizar; encontrar encuentr; hallar; traer traig traj
        """,
    (Tag.SHOW, Tag.WANT): """
        necesitar; querer quier quis querr; desear; solicitar; requerir requier; pedir pid; rogar rueg;
        agradecer agradezc; gustar; apreciar
        """,
    (Tag.SHOW, Tag.SHARED): "compartir",
    (Tag.TELL,): """
        explicar; detallar; ampliar; describir; leer; tratar; consistir; desarrollar; profundizar;
        abrir; desmenuzar; especificar; versar; aclarar; platicar
        """,
    (
        Tag.NOTIFY,
    ): "avisar; notificar; alertar; recordar recuerd; advertir adviert; prevenir; anunciar",
    (Tag.SUBSCRIBE,): "suscribir; inscribir; apuntar",
    (Tag.UNSUBSCRIBE,): "desuscribir; desinscribir; desapuntar",
    (Tag.STOP,): """
        cancelar; desactivar; cortar; dejar; silenciar; eliminar; borrar; detener detien deten; apagar;
        anular; suspender; callar; deshabilitar; bloquear; parar; cesar; desconectar; frenar; pausar;
        interrumpir; mutear; desvincular; sacar
        """,
    (Tag.STOP, Tag.EXCEPT): "quitar; retirar",
    (Tag.EXCEPT,): """
        excluir excluy; descartar; exceptuar; omitir; obviar; ignorar; saltar; descontar descuent;
        prescindir
        """,
    (Tag.ALSO,): "agregar; aumentar; anadir; sumar; incluir incluy; incorporar; aunar; adicionar",
    (Tag.ONLY,): "acotar; limitar; reducir reduzc; restringir restrinj",
    (
        Tag.DEFINE,
    ): "significar; definir; denominar; abreviar; traducir traduzc; diferenciar; distinguir disting",
    (Tag.WRONG,): "equivocar; corregir corrij; confundir; rectificar; errar",
    (Tag.OVERDUE,): "atrasar; retrasar; demorar; incumplir; rezagar",
    (Tag.OBSERVED,): "observar; devolver devuelv; rechazar; objetar",
    (Tag.VERIFIED,): "validar; aprobar aprueb; aceptar",
    (Tag.HELP,): "orientar; guiar; auxiliar; socorrer",
    (Tag.CAN, Tag.FILLER): """
        ayudar; poder pued pud podr; preguntar; hacer hag hic hiz har; escribir; consultar
        """,
    (Tag.CAN,): """
        usar; utilizar; manejar; emplear; activar; funcionar; servir sirv; operar; saber sep sup sabr; entender entiend;
        interactuar; comenzar comienz; empezar empiez; iniciar
        """,
    (
        Tag.GO,
        Tag.FILLER,
    ): "marchar; andar; llevar; estar; venir vien veng vin vendr; caminar; pintar; seguir sigu sig",
    (Tag.SUMMARY,): "avanzar; resumir; sintetizar; progresar; comparar",
    (Tag.SIGN,): "firmar; suscribir; rubricar; visar",
    (Tag.SITUATION, Tag.FILLER): """
        trabajar; laborar; ingresar; entrar; salir salg saldr; llamar; escribir; viajar; manejar; regresar;
        recibir; llegar; asumir; atender atiend; coordinar; exponer expong expus; reunir; preparar;
        redactar; armar; manejar; conducir conduzc; subir; bajar; comentar; preguntar; pedir pid;
        decir dic dig dij dir; mandar; enterar; revisar; representar; escuchar; leer; pertenecer
        pertenezc; reemplazar; investigar; visitar; comer; almorzar almuerz; correr; apurar;
        olvidar; encargar; acompanar; estrenar; esperar; llegar; tratar
        """,
    # verbs that say nothing of their own
    (Tag.FILLER,): """
        perdonar; disculpar; haber hub habr; tener ten tien teng tuv tendr; ascender asciend; sumar; quedar; seguir sigu sig; estar; encargar; llegar; activar; trabajar; lograr; gustar;
        interesar; saber sep sup sabr; figurar; aparecer aparezc; salir salg saldr; hablar; existir; contener
        conten contien conteng; pertenecer pertenezc; participar; liderar; asumir; preparar; alistar;
        elaborar; meter; acercar; aproximar; programar; permitir; esperar; creer; pensar piens; empezar
        empiez; comenzar comienz; continuar; perder pierd; recibir; involucrar; referir refier;
        considerar; contemplar; abarcar; ocupar; llamar; arrancar; iniciar; volver vuelv; acordar acuerd;
        fijar; establecer establezc; pactar; estipular; tocar; poner pon pong pus pondr; suponer supon supong;
        parecer parezc; resultar; demandar; exigir exij; dirigir dirij; conducir conduzc; gestionar;
        encabezar; producir produzc; emitir; redactar; formular; coordinar; supervisar; vigilar;
        controlar; atender atiend; responsabilizar; manejar; chambear; laborar;
        ordenar; organizar; planificar; planear; prever prev; disponer dispon dispong; fungir funj;
        intentar; procurar; alegrar; importar; valer valg; apurar; acelerar; correr; mover muev;
        entender entiend; comprender; enterar; comentar; opinar; dudar; constar; certificar; asegurar;
        garantizar; aparecer; proceder; realizar; efectuar; desempenar; ejercer ejerz; estrenar;
        pretender; tratar; conseguir consig consigu; obtener obten obtien obteng; llenar; rellenar;
        cubrir; encontrar encuentr; tomar; coger coj; agarrar; usar; emplear; utilizar; aplicar; topar;
        asomar; avecinar; acumular; arrastrar; juntar; vincular; asociar; relacionar; enlazar; partir;
        dividir; componer compon compong; formar; conformar; constituir constituy; comprender;
        ingresar; entrar; permanecer permanezc; mantener manten mantien manteng; conservar; exponer; debatir; reunir; conversar; viajar; permitir; ameritar; merecer merezc; reclamar;
        quejar; preocupar; inquietar; urgir urj; agendar; calendarizar
        """,
}

# forms of «dar», «ver», «decir» and their like that take pronouns: «dalo», «verlos»
SHORT_FORMS = {
    "da": Form.COMMAND, "den": Form.COMMAND, "des": Form.WISH, "vayas": Form.WISH, "dar": Form.INFINITIVE, "dando": Form.GERUND,
    "ve": Form.COMMAND, "vean": Form.COMMAND, "ver": Form.INFINITIVE, "viendo": Form.GERUND,
    "di": Form.COMMAND, "pon": Form.COMMAND, "haz": Form.COMMAND,
}  # fmt: skip
# «ser», «ir», «dar», «ver» and other forms that no rule makes
IRREGULAR: dict[tuple[Tag, ...], str] = {
    (Tag.BE, Tag.FILLER): """
        es son era eran fue fueron sea sean seran sera ser eres seria serian esta sido siendo fuese
        fuera fueran
        """,
    (Tag.SITUATION, Tag.BE, Tag.FILLER): """
        soy somos estoy estamos toy vengo venimos voy vamos ando andamos
        """,
    (Tag.SITUATION, Tag.FILLER): "acabo acabamos acaban acaba",
    (Tag.FILLER,): """
        ta tas tan toy taba estan estaban estaba estuvo estuvieron estas este esten hay habia hubo habra
        haya hayan ha han he hemos has habian va van vas vaya vayas vayan iba iban ido yendo ir irse vera veran
        vean vea vio vieron ves vemos ven veo ve ver sigo sigue siguen hecho hecha hechos hechas
        """,
    (Tag.GO,): "va van vamos vas iba iban ido yendo pinta pintan",
    (Tag.MARK,): "pon pongan check ok visto palomita",
    (Tag.CAN,): "haz",
    (Tag.SHOW,): """
        dame deme denme dime digame diganme da doy das des den dar dando di ver veamos ve vea vean veo
        viendo brindar brinda brinde
        """,
    (Tag.WANT,): "dame deme denme danos dime dinos digame diganme brindame brindeme quisiera",
    (Tag.DELIVER,): "hecho hecha hechos hechas cerrado cerrada cerrados cerradas",
}
