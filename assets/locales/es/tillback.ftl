## The words of the window, Spanish (neutral, of the Americas; the reader is addressed as "usted").
##
## Glossary, to be kept to in every file of this folder:
##   refund = reembolso, reembolsar    sale = venta              receipt = recibo           till = caja
##   wallet = billetera                gateway = pasarela        manager = gerente          cashier = cajero
##   scanner = escáner                 record (ledger) = registro  copy (backup) = copia    amount = monto
##   reason = motivo                   being checked = en verificación  declined = rechazado  unknown = no se sabe
##   release, give up = descartar (never "liberar": it reads as paying out)       dashboard = panel          settings = ajustes
##   money goes back = se devuelve (never "vuelve": it reads as coming back to the store)
##   bill in the wallet = comprobante  support = soporte         training = práctica        shift = turno

### Everywhere

app-name = Tillback
place = { $store } · { $till }
role-cashier = cajero
role-manager = gerente
step-scan = Escanear
step-sale = Venta
step-approve = Aprobar
step-done = Listo
steps-label = Paso { $number } de 4: { $name }
training-band = PRÁCTICA · no se mueve dinero real
training-band-pins = PRÁCTICA · no se mueve dinero real · PIN: gerente { $manager }, cajero { $cashier }
training-band-pin = PRÁCTICA · no se mueve dinero real · el PIN del gerente es { $pin }
time-today = Hoy { $clock }
time-yesterday = Ayer { $clock }
key-enter = Enter
key-escape = Esc
key-page-up = Re Pág
key-page-down = Av Pág
button-cancel = Cancelar
button-back = Atrás
support-code = Para soporte: { $code }

### The strip at the bottom

strip-gateway = Pasarela
strip-scanner = Escáner
strip-serial = Escáner serie
strip-hid = Escáner USB
strip-camera = Cámara
light-good = { $device }
light-waiting = { $device }: en espera
light-bad = { $device }: no funciona
light-off = { $device }: sin uso
light-state-good = funciona
light-state-waiting = en espera
light-state-bad = no funciona
light-state-off = sin uso
strip-unresolved =
    { $count ->
        [one] 1 reembolso en verificación
       *[other] { $count } reembolsos en verificación
    }
strip-waiting =
    { $count ->
        [one] 1 reembolso espera a un gerente
       *[other] { $count } reembolsos esperan a un gerente
    }
strip-contradicted =
    { $count ->
        [one] La pasarela contradice 1 reembolso
       *[other] La pasarela contradice { $count } reembolsos
    }
strip-record-checking = Se está revisando el registro
strip-record-damaged = Registro dañado: sin reembolsos
strip-copy-room = Registro sin copia: no hay espacio
strip-copy-folder = Registro sin copia: falta la carpeta
strip-copy-other = Registro sin copia
strip-sales-folder = No se lee la carpeta de ventas: use doctor
strip-sales-held = Un archivo sigue en la carpeta de ventas: use doctor
strip-sales-failed =
    { $count ->
        [one] 1 archivo de ventas rechazado: vea la carpeta failed
       *[other] { $count } archivos de ventas rechazados: vea la carpeta failed
    }
strip-sales-port = Otro programa usa el puerto de ventas { $port }

### Locked

locked-who = ¿Quién está en la caja?
locked-nobody = Todavía nadie puede entrar.
    .money = No se puede hacer ningún reembolso.
    .do = Agregue al primer gerente: tillback operators add
locked-pin = Su PIN
locked-choose = Primero elija su nombre
locked-unlock = Desbloquear
locked-checking = Comprobando…

### PIN pad and keypad

pin-digits =
    { $count ->
        [0] PIN: sin dígitos
        [one] PIN: 1 dígito
       *[other] PIN: { $count } dígitos
    }
pad-clear = Borrar todo
pad-back = Borrar
pad-back-label = Borrar el último dígito
pad-point = .
pad-point-label = Punto decimal

### Ready

ready-refund = Reembolso
ready-or-scan = o simplemente escanee el recibo
ready-lock = Bloquear
ready-settings = Ajustes…
ready-refunds = Reembolsos
ready-refunds-waiting =
    { $count ->
        [one] Reembolsos: 1 por revisar
       *[other] Reembolsos: { $count } por revisar
    }

### Scan

scan-title = Escanee el recibo o el comprobante en la billetera del cliente
scan-how = En Alipay o WeChat Pay: abra el comprobante y luego sus detalles. No el código con el que pagan.
scan-type = ¿Sin código? Escriba el número de debajo
scan-field = Número de transacción
scan-pad = 123
scan-pad-label = Teclado numérico
scan-find = Buscar la venta
scan-finding = Buscando la venta…
scan-finding-number = { $number }
scan-again = Escanee otra vez o escriba el número
camera-picture = Imagen de la cámara
camera-found = Imagen de la cámara: se encontró un código
camera-starting = La cámara está arrancando…
camera-off = Sin cámara
    .do = Use el escáner o escriba el número.
camera-bad = La cámara no responde
    .do = Use el escáner o escriba el número. Revise el cable de la cámara.
camera-no-camera = No hay ninguna cámara conectada
    .do = Conéctela, use el escáner o escriba el número.
camera-other = La cámara elegida no está conectada
    .do = Conéctela o pida a un gerente que elija otra en Ajustes.
camera-busy = No se puede abrir la cámara
    .do = Cierre los programas que la usan. Mientras tanto, use el escáner o escriba el número.
camera-lost = Se desconectó la cámara
    .do = Conéctela de nuevo. Mientras tanto, use el escáner o escriba el número.
camera-no-folder = No se puede leer la carpeta de imágenes
    .do = Use el escáner o escriba el número.
hint-closer = Acérquelo más.
    .do = Las barras deben llenar media imagen.
hint-still = No lo mueva.
    .do = La imagen está borrosa.
hint-light = Más luz, por favor.
    .do = La imagen está muy oscura.
hint-tilt = Inclínelo un poco.
    .do = Una luz da en la cámara.

### Settings

settings-title = Ajustes
settings-back = Atrás
settings-scanner = Escáner
settings-camera = Cámara
settings-door = Ajustes
settings-door-why = Se abren con el PIN de un gerente.
settings-open = Abrir
settings-nobody = Todavía no hay ningún gerente.
    .do = Agregue uno: tillback operators add
kept = Guardado.
    .do = Vale desde ahora.
kept-read-only = Vale hasta que se cierre la caja, no más.
    .do = No se puede escribir el archivo de ajustes. “tillback doctor” dice cuál es.
kept-disk-full = Vale hasta que se cierre la caja, no más.
    .do = El disco de la caja está lleno.
kept-unreadable = Vale hasta que se cierre la caja, no más.
    .do = Ya no se puede leer el archivo de ajustes. “tillback doctor” dice por qué.
kept-failed = Vale hasta que se cierre la caja, no más.
    .do = No se pudo escribir el archivo de ajustes.

### Settings: scanner

scanner-qr = Código de prueba, QR
scanner-code128 = Código de prueba, Code 128
scanner-how = Escanee uno de estos dos códigos. La caja dice cómo está configurado el escáner y qué cambiar.
scanner-waiting = Esperando un escaneo…
scanner-good = No hay nada que cambiar.
scanner-change = Cambie esto, por favor.
scanner-from-keyboard = Lo leyó un escáner que escribe como teclado.
scanner-from-serial = Lo leyó el escáner serie.
scanner-from-hid = Lo leyó el escáner USB.
scanner-typed = Llegó como tecleado.
scanner-kind-keyboard = Escáner de teclado
scanner-kind-serial = Escáner serie
scanner-kind-hid = Escáner USB
scanner-has-typed = Ya ha leído.
scanner-not-typed-yet = Todavía no ha leído nada.
scanner-working = Conectado.
scanner-starting = Buscándolo…
scanner-off = Desactivado en el archivo de ajustes.
scanner-not-there = No está conectado. Conéctelo; la caja lo encuentra sola.
scanner-not-allowed-serial = Este usuario no puede usarlo: agréguelo al grupo “dialout”.
scanner-not-allowed-hid = Este usuario no puede usarlo: falta la regla de udev.
scanner-in-use = Lo usa otro programa. Ciérrelo.
scanner-lost = Desconectado. Conéctelo de nuevo; la caja lo encuentra sola.
scanner-not-understood = No se puede usar en este modo. “tillback doctor” dice más.
finding-torn = Solo llegó una parte del código.
    .do = Escanéelo otra vez.
finding-other = Este es otro código.
    .do = Escanee uno de los dos códigos de arriba.
finding-no-digits = Las letras están mal y no hay números.
    .do = Configure su teclado como “US” o “English” con los códigos de su manual.
finding-slow = El escáner es demasiado lento.
    .do = Quite el retardo entre caracteres con los códigos de su manual.
finding-typed-off = Los escáneres de teclado están desactivados.
    .do = Para usar este, escriba wedge = true en el archivo de ajustes.
finding-tills-layout = Está configurado con el teclado de este equipo.
    .do = Funciona. “US keyboard” es más seguro.
finding-layout = Está configurado con un teclado { $what }.
    .do = Configúrelo como “US keyboard” con los códigos de su manual.
finding-case = Mayúsculas y minúsculas están cambiadas.
    .do = Desactive Bloq Mayús aquí y en el escáner.
finding-no-end = No envía nada después del código.
    .do = Funciona, un momento después. Enter (CR) es más rápido.
finding-tab-end = Envía Tab después del código.
    .do = Funciona.
finding-aim = Dice qué clase de código leyó ({ $what }).
    .do = Está bien: así se distinguen productos de recibos.
finding-no-aim = No dice qué clase de código leyó.
    .do = Funciona. Con “AIM identifier” activado, se distinguen mejor productos de recibos.
finding-separator = Omite el separador dentro del código.
    .do = Haga que envíe GS (FNC1, ASCII 29) con los códigos de su manual.
finding-separator-replaced = Envía “{ $what }” en lugar del separador.
    .do = Haga que envíe GS (FNC1, ASCII 29) con los códigos de su manual.
finding-prefix = Envía “{ $what }” antes de cada código.
    .do = Desactívelo o escríbalo como prefix en el archivo de ajustes.
finding-keep = Escribirlo en el archivo de ajustes
finding-prefix-known = Envía “{ $what }” antes de cada código.
    .do = Funciona: el archivo de ajustes lo conoce.
finding-suffix = Envía “{ $what }” después de cada código.
    .do = Desactívelo o escríbalo como suffix en el archivo de ajustes.
finding-suffix-known = Envía “{ $what }” después de cada código.
    .do = Funciona: el archivo de ajustes lo conoce.
layout-uk = británico
layout-german = alemán
layout-french = francés
layout-spanish = español

### Settings: camera

camera-which = ¿Qué cámara?
camera-first = La primera que haya
camera-folder = Imágenes de una carpeta
camera-none = Sin cámara
camera-not-there = { $name } (no conectada)
camera-none-found = No hay ninguna cámara conectada.
    .do = Conecte una y busque de nuevo.
camera-is-folder = Las imágenes vienen de una carpeta.
    .do = No se busca ninguna cámara.
camera-look-again = Buscar de nuevo
camera-looking = Buscando…
camera-open = { $name }, { $format }
camera-read = Se leyó un código: { $text }

### Settings: rules

settings-rules = Reglas
settings-gateway = Pasarela
settings-training = Práctica
rules-line = { $name }: { $value }
rules-approval = Quién confirma
rules-cashiers = Cajeros
rules-managers = Gerentes
rules-sales = Ventas
rules-hours = Horario
rules-reasons = Motivos
rules-approval-about = Quién puede aprobar un reembolso que no incumple otra regla.
rules-people-about = Para los reembolsos que ellos piden. Más allá del límite, un gerente que no lo haya pedido puede permitirlo, con una nota.
rules-sales-about = Más allá de esto, debe permitirlo un gerente que no lo haya pedido. El mismo monto otra vez requiere dos gerentes.
rules-hours-about = Un reembolso fuera de este horario se señala al gerente.
rules-reasons-about = Lo que eligen los cajeros. Pulse uno para quitarlo.
rules-reason-new = Un motivo nuevo
rules-reason-add = Agregar
rules-reason-remove = Quitar: { $reason }
rules-kept = Guardado. Vale desde ahora y queda en el registro.
rules-next-start = Está anotado y vale desde el próximo arranque: el registro no pudo recibirlo ahora.
rules-not-kept = No se guardó. Nada ha cambiado.
    .do = No se pudo escribir el archivo de ajustes. “tillback doctor” dice por qué.
rules-refused = Eso no se puede usar. Nada ha cambiado.
rules-allowed-number = De { $least } a { $most }.
rules-allowed-amount = Un monto mayor que cero que se pueda pagar en la moneda de la tienda.
rules-allowed-hours = Dos horas distintas del día, como 09:00-21:00.
rules-allowed-reasons = De uno a veinte motivos, de hasta 120 letras cada uno.
rules-now = Ahora: { $value }
rules-keep = Guardar
rules-nothing-typed = Escriba el valor
rule-name-cashier-alone = Un cajero solo, hasta
rule-name-own-approval = Gerentes, para lo que ellos piden
rule-name-approval-seconds = Una aprobación vale
rule-name-per-refund = En un reembolso
rule-name-per-shift = En un turno
rule-name-per-day = En un día
rule-name-sale-age = Venta más antigua
rule-name-refunds-per-sale = Reembolsos de una venta
rule-name-same-amount = El mismo monto otra vez: dos gerentes, en
rule-name-hours = Todos los días
rule-name-monday = Lunes
rule-name-tuesday = Martes
rule-name-wednesday = Miércoles
rule-name-thursday = Jueves
rule-name-friday = Viernes
rule-name-saturday = Sábado
rule-name-sunday = Domingo
rule-never = nunca
rule-yes = sí
rule-no = no
rule-no-limit = sin límite
rule-hours-none = sin definir
rule-hours-usual = como todos los días
rule-hours-closed = cerrado
rule-hours-closed-all-day = Cerrado todo el día
rule-set-never = Nunca
rule-set-usual = Como siempre
rule-set-no-hours = Sin horario
rule-set-as-every-day = Como todos los días
rule-set-no-limit = Sin límite
rule-seconds =
    { $count ->
        [one] 1 segundo
       *[other] { $count } segundos
    }
rule-minutes =
    { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
rule-days =
    { $count ->
        [one] 1 día
       *[other] { $count } días
    }
rule-times =
    { $count ->
        [one] 1 reembolso
       *[other] { $count } reembolsos
    }

### Settings: gateway

gateway-which = ¿Qué pasarela?
gateway-production = Producción: dinero real
gateway-sandbox = Prueba: para ensayar
gateway-sandbox-old = La prueba anterior
gateway-merchant = Número de comercio
gateway-store = Número de tienda
gateway-other = Ahora: { $address }, en este equipo.
gateway-fixed = En práctica es la de este equipo.
gateway-keep = Guardar esta cuenta
gateway-kept = Guardado. Vale desde el próximo arranque de la caja.
gateway-token = Token de API
gateway-token-field = Un token nuevo
gateway-token-keep = Guardar este token
gateway-test = Probar ahora
gateway-testing = Preguntando a la pasarela…
token-in-keyring = El token está en el llavero del sistema.
    .do = Uno nuevo se usa enseguida.
token-by-passphrase = El token está en un archivo, sellado con una frase.
    .do = Alguien la escribe en cada arranque.
token-to-machine = El token está en un archivo, sellado a este equipo.
    .do = Una copia no sirve en otro lugar, pero aquí lo abre cualquier programa de este usuario. Una frase es más segura: tillback token set --passphrase
token-in-variable = El token lo da quien arranca la caja.
    .do = Va antes que cualquier otro.
token-sample = El token es la muestra publicada.
    .do = Fuera de aquí no vale nada.
token-missing = Todavía no hay token.
    .do = Escríbalo aquí o use “tillback token set”.
token-none = Eso no es un token.
    .do = Es una línea de letras, números y signos.
token-not-allowed = Solo un gerente puede dar un token, y en práctica no se guarda ninguno.
    .do = Nada ha cambiado.
token-not-kept = El token no se puede guardar o leer.
    .do = “tillback doctor” dice más.
gateway-accepted = La pasarela acepta esta cuenta y este token.
    .do = No se reembolsó nada: se preguntó por una venta que no existe.
gateway-refused = La pasarela no lo acepta.
    .do = El token, el número de comercio o el de tienda no son correctos: no dice cuál. Compare los tres con su cuenta de Pockyt.
gateway-name-not-found = El nombre de la pasarela no se conoce aquí.
    .do = No hay red, o ninguna que salga afuera. Revise el cable, el Wi-Fi y el router.
gateway-unreachable = No se pudo llegar a la pasarela.
    .do = Hay algo en medio: un cortafuegos, un proxy, o la pasarela está caída.
gateway-not-trusted = La conexión con la pasarela no es segura.
    .do = Revise la fecha y la hora de este equipo. Si son correctas, puede haber alguien en medio: llame a soporte.
gateway-no-answer = La pasarela no responde.
    .do = Espere un momento y pruebe otra vez.
gateway-unclear = La pasarela no dio una respuesta clara.
    .do = Pruebe otra vez. Si se repite, llame a soporte.
gateway-no-token = No hay token con que probar.
    .do = Escriba uno arriba.
gateway-wrong-account = Esta cuenta no se puede usar.
    .do = Sus números solo tienen letras y cifras.

### Settings: training

training-is-off = Esta caja reembolsa dinero real.
training-is-on = Esta caja es de práctica.
training-about = En práctica nada llega a una billetera real: otras ventas, otras personas, otro registro y una pasarela en este equipo.
    .do = Todo indica que es práctica. Nadie sigue conectado al entrar o salir.
training-unresolved = Todavía se está verificando un reembolso.
    .do = La caja pregunta por él mientras está abierta. Espere la respuesta.
training-begin = Empezar la práctica
training-end = Terminar la práctica

### Sale

sale-paid-with = Pagado con
sale-wallet-unknown = Billetera sin nombre
sale-time-unknown = Hora desconocida
sale-invoice = Factura
sale-paid = Pagado
sale-refunded = Ya reembolsado
sale-refunded-when = { $when }, por { $who }
sale-reserved = En verificación
sale-elsewhere = Reembolsado en otro lugar
sale-left = Queda por reembolsar
sale-item-label = { $quantity } × { $name }
sale-from-gateway = De la pasarela; esta caja no tiene copia de la venta.
sale-typed = El número se tecleó, no se escaneó.
sale-refund = Reembolso
sale-all = Todo lo que queda
sale-other-amount = Otro monto
sale-ticked = Lo marcado
sale-no-amount = –
sale-reason = Motivo
sale-reason-other = Otro…
sale-reason-field = Escriba el motivo
sale-reason-use = Usar este motivo
sale-amount-title = ¿Cuánto?
sale-amount-left = Quedan { $left }
sale-amount-use = Usar { $amount }
sale-amount-use-empty = Usar este monto
sale-ask = Pedir aprobación…
sale-confirm = Confirmarlo usted…
sale-ask-reason = Primero elija un motivo
sale-ask-amount = Primero elija un monto
sale-ask-checking = Preguntando a la pasarela…
sale-check-asking = Preguntando a la pasarela por esta venta…
sale-check-confirmed = La pasarela confirma esta venta.
sale-check-again = Preguntar otra vez

### Approval

approval-title = Gerente: confirme este reembolso
approval-title-alone = Confirme este reembolso
approval-to = Para
approval-to-wallet = { $wallet } del cliente
approval-to-unknown = la billetera con la que pagó el cliente
approval-sale = Venta
approval-asked-by = Lo pide
approval-asked-why = { $who }, “{ $reason }”
approval-left-after = Queda después
approval-manager = Gerente
approval-who = Quién confirma
approval-choose = Elija quién confirma
approval-pay = Reembolsar { $amount }
approval-checking = Comprobando…
approval-look-twice = Fíjese bien
approval-over = Requiere una nota del gerente
approval-over-two = Requiere dos gerentes
approval-note = ¿Por qué se permite?
approval-note-hint = Escríbalo en pocas palabras
approval-note-goods = He visto la mercancía
approval-note-customer = Cliente habitual
approval-note-mistake = Error nuestro
approval-second-manager = Un segundo gerente, por favor
approval-note-short = Nota
approval-note-use = Usar esta nota
approval-first = Primer sí
approval-agree = De acuerdo
approval-nobody = Ningún gerente puede confirmarlo.
    .money = No se envió nada.
    .do = Hay que agregar a otro gerente, distinto de quien lo pide: Ajustes, Personal.

### Sending

sending-title = Enviando el reembolso
sending-recording = Anotándolo
sending-wait = Espere. No lo empiece otra vez.
sending-seconds =
    { $count ->
        [one] 1 segundo
       *[other] { $count } segundos
    }
sending-long = Tarda más de lo normal. La caja sigue esperando la respuesta.

### What is happening

steps-title = Qué está pasando
step-recorded = anotado
step-sent = enviado
step-refunded = reembolsado
step-declined = rechazado por la pasarela
step-pending = aceptado, sin terminar
step-unknown = sin respuesta clara
step-not-sent = no enviado
step-not-executed = no reembolsado, según varias respuestas
step-prepared = anotado otra vez
step-abandoned = descartado
step-asked-found = Pregunta { $ordinal }: encontrado
step-asked-not-found = Pregunta { $ordinal }: todavía no está
step-asked-failed = Pregunta { $ordinal }: sin respuesta
step-ordinal = { $count }
step-next =
    { $count ->
        [one] Próxima pregunta en 1 s
       *[other] Próxima pregunta en { $count } s
    }
step-asking = Preguntando ahora…

### Result

result-refunded = Reembolsado
result-said = { $what }: { $amount }.
result-declined = Rechazado
result-not-found = No encontrada
result-unknown = Aún no se sabe
result-pending = Aún sin terminar
result-not-sent = No enviado
result-not-executed = No reembolsado
result-again = No reembolse esto otra vez.
result-next = Siguiente reembolso
result-finish = Terminar
result-by-itself = Esc · automático en { $seconds } s
result-leave = Dejarlo en marcha
result-number = Número de reembolso
result-reference = Nuestra referencia
result-sale = Venta
result-approved = Aprobado por
result-no-number = La pasarela no dio ninguno
result-tell-unknown = Diga al cliente: “Lo estamos comprobando. Lo verá en su billetera, o le llamaremos.”
result-tell-declined = Diga al cliente: “No se pudo hacer. Su dinero no se ha movido.”
result-your-wallet = la billetera
result-send-again = Pedir otro envío…
result-leave-it = Dejarlo

### Refunds

refunds-title = Reembolsos
refunds-search = Buscar: número, monto, fecha, nombre
refunds-all = Todos
refunds-attention = Por revisar
refunds-refunded = Reembolsados
refunds-not-refunded = No reembolsados
refunds-by-hand = A mano
refunds-reading = Leyendo…
refunds-none = No hay reembolsos aquí.
refunds-none-found = Ningún reembolso tiene todas esas palabras.
refunds-about = { $when } · { $who } · { $reason }
refunds-newer = Más nuevos
refunds-older = Más antiguos
refunds-looked-at = Se buscó en los { $count } más nuevos.
refunds-unread = No se puede leer el registro de la caja en este momento.
    .money = No se envió nada y no se cambió nada.
    .do = Inténtelo otra vez. Si se repite, llame a soporte.

### One refund

refund-sent = En camino
refund-abandoned = Descartado
refund-contradicted = La pasarela no coincide
refund-by-a-person = Decidido por una persona
refund-decided = { $who }, { $when }: “{ $reason }”.
refund-decided-on = { $who }, { $when }: “{ $reason }”, número { $evidence }.
refund-decided-confirmed = La pasarela lo ha confirmado después.
refund-reference = Referencia
refund-approved = Aprobado
refund-number = N.º de pasarela
refund-history = Qué ha pasado
refund-check = Preguntar a la pasarela ahora
refund-send-again = Enviar otra vez…
refund-release = Descartar…
refund-decide = Decidir a mano…
refund-checking = Preguntando a la pasarela…
refund-check-found = Se preguntó a las { $clock }: la pasarela tiene este reembolso.
refund-check-not-found = Se preguntó a las { $clock }: la pasarela no lo tiene.
refund-check-nothing = { $why } Eso no dice nada del reembolso.
refund-done-release = Está descartado. Su monto vuelve a quedar libre.
refund-done-decide = Queda registrado con su nombre.
standing-sent = El reembolso está en camino.
    .money = No se sabe si el dinero se devolvió.
    .do = Espere la respuesta; esta página cambia sola.
standing-refunded = La pasarela lo reembolsó a { $wallet }.
    .money = El cliente tiene el dinero desde las { $clock }.
    .do = No hay nada que hacer.
standing-said-refunded = Un gerente decidió que el cliente tiene el dinero.
    .money = La pasarela no lo ha dicho.
    .do = La caja pregunta de vez en cuando y avisa si no coinciden.
standing-said-not-executed = Un gerente decidió que no ocurrió.
    .money = Su monto sigue retenido.
    .do = Envíelo otra vez o descártelo.
standing-not-executed = Se preguntó varias veces a la pasarela y no tiene ese reembolso.
    .money = El dinero no se devolvió.
    .do = Un gerente puede enviarlo otra vez o descartarlo.
standing-abandoned = Un gerente lo descartó.
    .money = No se movió dinero.
    .do = No hay nada que hacer.
standing-not-sent = No se pudo llegar a la pasarela, así que no se envió nada.
    .money = No se movió dinero.
    .do = Un gerente puede enviarlo otra vez o descartarlo.
standing-not-sent-setup = La caja no pudo enviarlo de forma segura, así que no se envió nada.
    .money = No se movió dinero.
    .do = Arréglelo primero (“tillback doctor”); después un gerente puede enviarlo otra vez o descartarlo.
standing-reported = La pasarela informa de este reembolso. En esta caja figura como: { $held }.
    .money = Es probable que el dinero se haya devuelto. No se vuelve a enviar.
    .do = Mire en el panel de la pasarela y luego decida a mano.
standing-not-reported = Un gerente decidió que el cliente tiene el dinero, y la pasarela no sabe nada.
    .money = Es probable que el dinero no se haya devuelto.
    .do = Mire en el panel de la pasarela y luego decida a mano.

### What happened to it

history-line = { $when }: { $what }
history-by = { $when }: { $what } ({ $who })
history-again = enviado otra vez: “{ $reason }”
history-again-bare = enviado otra vez
history-said-refunded = “el cliente tiene el dinero”: { $reason }{ $evidence }
history-said-not-executed = “no ocurrió”: { $reason }{ $evidence }
history-released = descartado: “{ $reason }”
history-evidence = , número { $evidence }
history-not-found =
    { $count ->
        [one] se preguntó: la pasarela no lo tiene
       *[other] se preguntó { $count } veces: la pasarela no lo tiene
    }
history-confirmed = la pasarela confirma lo decidido
history-reported = la pasarela informa algo distinto que la caja
history-not-reported = la pasarela no sabe nada de él
history-stands = revisado, queda como está: { $reason }{ $evidence }
history-stands-bare = revisado, queda como está

### What a manager orders

order-send-again = Enviar este reembolso otra vez
order-release = Descartar este reembolso
order-decide = Decidir a mano
order-does-send-again = El mismo reembolso, con el mismo número.
    .do = Primero se pregunta a la pasarela; si ya lo tiene, no se envía nada.
order-does-release = Se descarta para siempre.
    .do = Su monto se puede reembolsar de nuevo desde el recibo.
order-does-decide = Se guarda para siempre, con su nombre.
    .do = Si la pasarela dice otra cosa después, la caja muestra ambas.
order-what = ¿Qué pasó con él?
order-say-refunded = El cliente tiene el dinero
order-say-not-executed = No ocurrió
order-why = ¿Por qué?
order-why-waits = El cliente está esperando
order-why-fixed = La conexión funciona de nuevo
order-why-otherwise = Devuelto de otra forma
order-why-gone = El cliente no lo quiere
order-why-dashboard = Visto en el panel
order-why-bill = Visto en la billetera del cliente
order-evidence = El número que vio allí
order-evidence-field = Número de reembolso o de caso
order-because = Motivo: “{ $reason }”
order-on = Número: { $evidence }
order-go = Seguir con el PIN del gerente
order-go-verdict = Primero diga qué pasó con él
order-go-reason = Escriba o elija un motivo
order-go-evidence = Hacen falta motivo y número
order-send = Enviar { $amount } otra vez
order-free = Descartar { $amount }
order-record = Registrarlo
order-moved = El reembolso está ahora en otra situación.
    .money = No se envió nada y no se cambió nada.
    .do = Vuelva atrás y mírelo de nuevo.
order-reported = La pasarela informa de este reembolso.
    .money = No se envió nada. Es probable que el dinero se haya devuelto.
    .do = Vuelva atrás y mírelo de nuevo.
order-too-early = La solicitud aún puede llegar.
    .money = No se cambió nada.
    .do =
    { $minutes ->
        [0] Ya puede decirlo.
        [one] Nadie puede decirlo hasta dentro de 1 minuto.
       *[other] Nadie puede decirlo hasta dentro de { $minutes } minutos.
    }
order-not-asked-down = La pasarela no responde.
    .money = No se envió nada.
    .do = Hay que preguntarle primero. Inténtelo cuando vuelva.
order-not-asked-denied = La pasarela no acepta esta terminal.
    .money = No se envió nada.
    .do = El número de la terminal o su clave no son correctos.
order-not-asked-unclear = La pasarela no dio una respuesta clara.
    .money = No se envió nada.
    .do = Tiene que decir que no lo tiene. Inténtelo otra vez.

### Outcomes

outcome-refunded = { $wallet } lo aceptó a las { $clock }.
    .money = El cliente recibe un mensaje en su billetera.
    .do = Devuelva el recibo.
outcome-pending = La pasarela lo aceptó y aún no ha terminado.
    .money = El dinero está en camino o lo estará pronto.
    .do = La caja sigue preguntando; esta página cambia sola.
outcome-not-executed = Se preguntó varias veces a la pasarela y no tiene ese reembolso.
    .money = El dinero no se devolvió. Ya no hay nada retenido.
    .do = Pida al gerente que lo envíe otra vez, o déjelo: espera en Reembolsos.
declined-no-such-sale = La pasarela no conoce esta venta.
    .money = No se reembolsó nada.
    .do = Revise el número del recibo. Si es correcto, llame a soporte.
declined-sale-status = La pasarela dice que esta venta no se puede reembolsar ahora: no está pagada o ya está reembolsada.
    .money = Esta vez no se reembolsó nada.
    .do = Escanee otra vez para ver cómo está la venta.
declined-access-denied = La pasarela no acepta esta terminal.
    .money = No se reembolsó nada.
    .do = Llame a un gerente: el número de la terminal o su clave no son correctos. Otros reembolsos también se rechazarán.
declined-bad-request = La pasarela no aceptó la solicitud.
    .money = No se reembolsó nada.
    .do = Llame a soporte y dé el código de abajo.
declined-wallet = La billetera del cliente lo rechazó.
    .money = No se reembolsó nada.
    .do = Pida al cliente que mire su billetera, o reembolse de otra forma.
unknown-timed-out = La pasarela no respondió a tiempo.
    .money = No se sabe si el dinero se devolvió.
    .do = La caja está preguntando; esta página cambia sola.
unknown-connection-lost = La conexión se cortó antes de la respuesta.
    .money = No se sabe si el dinero se devolvió.
    .do = La caja está preguntando; esta página cambia sola.
unknown-unreadable = No se puede leer la respuesta de la pasarela.
    .money = No se sabe si el dinero se devolvió.
    .do = La caja está preguntando; esta página cambia sola.
unknown-gateway-error = La pasarela tuvo un fallo propio.
    .money = No se sabe si el dinero se devolvió.
    .do = La caja está preguntando; esta página cambia sola.
unknown-mismatch = La pasarela respondió sobre otro reembolso.
    .money = No se sabe si el dinero se devolvió.
    .do = La caja está preguntando. Si esta página no cambia en diez minutos, llame a soporte.
unknown-unheard-of = La pasarela dio una respuesta que esta caja no conoce.
    .money = No se sabe si el dinero se devolvió.
    .do = La caja está preguntando. Si esta página no cambia en diez minutos, llame a soporte.
unknown-interrupted = La caja se detuvo mientras el reembolso estaba en camino.
    .money = No se sabe si el dinero se devolvió.
    .do = La caja está preguntando; esta página cambia sola.
not-sent-name-not-found = No se encontró la pasarela: la caja no tiene red o la dirección es incorrecta.
    .money = No se envió nada. No se movió dinero.
    .do = Revise el cable de red o el Wi-Fi. El gerente puede enviarlo otra vez, ahora o después en Reembolsos.
not-sent-unreachable = No se pudo llegar a la pasarela.
    .money = No se envió nada. No se movió dinero.
    .do = Espere un momento. El gerente puede enviarlo otra vez, ahora o después en Reembolsos.
not-sent-not-trusted = La conexión con la pasarela no es segura, así que la caja no la usó.
    .money = No se envió nada. No se movió dinero.
    .do = Revise la fecha y la hora de la caja. Si son correctas, llame a soporte.
not-sent-configuration = Esta caja no está configurada para enviar reembolsos.
    .money = No se envió nada. No se movió dinero.
    .do = Llame a un gerente. En el equipo de la caja, “tillback doctor” dice qué falta.

### Problem

problem-title = El reembolso no se hizo

### When something is wrong with a code

scan-product-barcode = Este es un código de producto.
    .money = No se reembolsó nada.
    .do = Escanee el código largo al final del recibo, o el comprobante en la billetera del cliente.
scan-payment-code = Parece el código con el que paga el cliente.
    .money = No se cobró ni se reembolsó nada.
    .do = Pídale que abra el comprobante en su billetera y luego sus detalles.
scan-foreign-url = Este código lleva a { $host }.
    .money = No se reembolsó nada.
    .do = Escanee el código del recibo o escriba el número de debajo.
scan-empty = Este código no contenía nada.
    .money = No se reembolsó nada.
    .do = Escanee otra vez o escriba el número de debajo del código.
scan-torn = Escanee otra vez, por favor.
    .do = Solo llegó una parte del código.
scan-too-long = Este código es demasiado largo para un recibo ({ $length } caracteres).
    .money = No se reembolsó nada.
    .do = Escanee el código del recibo o escriba el número de debajo.
scan-not-a-number = Este no es el código de un recibo.
    .money = No se reembolsó nada.
    .do = Escanee el código del recibo o escriba el número de debajo.
scan-wrong-length =
    { $digits ->
        [one] Eso es 1 dígito. El número tiene 18.
       *[other] Eso son { $digits } dígitos. El número tiene 18.
    }
    .money = No se reembolsó nada.
    .do = Compárelo con el recibo y escríbalo otra vez.

### When a sale cannot be found or checked

lookup-not-found = No hay ninguna venta con este número.
    .money = No se reembolsó nada.
    .do = Compruebe que el recibo es de esta tienda y escanee otra vez.
lookup-ambiguous = Varias ventas llevan este número.
    .money = No se reembolsó nada.
    .do = Use el número largo de debajo del código, o el comprobante en la billetera del cliente.
lookup-gateway-down = La pasarela no responde.
    .money = No se reembolsó nada.
    .do = Revise la red, espere un momento e inténtelo otra vez.
lookup-gateway-unclear = La pasarela no dio una respuesta clara sobre esta venta.
    .money = No se reembolsó nada.
    .do = Inténtelo otra vez. Si se repite, llame a soporte.
lookup-access-denied = La pasarela no acepta esta terminal.
    .money = No se reembolsó nada.
    .do = Llame a un gerente: el número de la terminal o su clave no son correctos.
lookup-amounts-differ = La pasarela y esta caja no coinciden en lo que se pagó.
    .money = No se reembolsó nada.
    .do = Llame a un gerente. Primero hay que revisar esta venta.

### When the till itself fails

house-ledger-full = El disco de la caja está lleno.
    .money = No se envió nada. No se movió dinero.
    .do = Llame a un gerente: hay que hacer espacio antes del siguiente reembolso.
house-ledger-read-only = La caja no puede escribir en su propio registro.
    .money = No se envió nada. No se movió dinero.
    .do = Llame a un gerente: “tillback doctor” dice qué archivo es.
house-ledger-busy = Otro programa ocupa el registro de la caja.
    .money = No se envió nada. No se movió dinero.
    .do = Cierre las otras ventanas de Tillback e inténtelo otra vez.
house-ledger-broken = No se puede leer el registro de la caja.
    .money = No se envió nada. No se movió dinero.
    .do = No haga más reembolsos. Cierre la caja y ábrala de nuevo: dirá qué se puede hacer.
house-ledger-unchecked = La caja todavía está revisando su registro.
    .money = No se envió nada. No se movió dinero.
    .do = Espere un minuto y empiece el reembolso otra vez. Si sigue igual, llame a un gerente.
house-worker-stopped = Una parte de la caja falló y se reinició.
    .money = No se envió nada. No se movió dinero.
    .do = Inténtelo otra vez. Si se repite, reinicie la caja y llame a soporte.
house-started-over = La caja falló y ha empezado de nuevo.
    .money = No se pierde ningún reembolso: los que pudieron enviarse se están verificando.
    .do = Entre y mire qué pasó antes de empezar otra vez el mismo reembolso.

### When a refund is not allowed

refusal-not-paid-yet = Esta venta todavía no está pagada.
    .money = No hay nada que devolver.
    .do = Espere a que se complete el pago y escanee otra vez.
refusal-payment-failed = Este pago falló.
    .money = El cliente no pagó nada aquí.
    .do = No hay nada que reembolsar.
refusal-payment-closed = Este pago se cerró o se anuló.
    .money = El cliente ya tiene el dinero, o nunca lo pagó.
    .do = No hay nada que reembolsar.
refusal-nothing-left = Esta venta ya está reembolsada por completo.
    .money = Ya se devolvió todo: { $paid }.
    .do = No queda nada por reembolsar.
refusal-nothing-left-reserved = No queda nada de esta venta.
    .money = Hay { $reserved } en verificación: puede que ya se hayan devuelto.
    .do = No lo reembolse otra vez. Espere a que termine la verificación.
refusal-over-left = { $asked } es más de lo que queda.
    .money = Se pueden reembolsar { $left }.
    .do = Elija un monto menor.
refusal-zero-amount = No se puede reembolsar un monto de cero.
    .money = No se reembolsó nada.
    .do = Elija un monto.
refusal-wrong-currency = La venta se pagó en otra moneda.
    .money = Se pagaron { $paid }.
    .do = Reembolse en esa moneda.
refusal-too-old =
    { $days ->
        [one] Esta venta tiene 1 día.
       *[other] Esta venta tiene { $days } días.
    }
    .money = Las billeteras aceptan reembolsos durante { $max } días.
    .do = Reembolse al cliente de otra forma.
refusal-too-many =
    { $count ->
        [one] Esta venta ya se reembolsó una vez.
       *[other] Esta venta ya se reembolsó { $count } veces.
    }
    .money = No se permiten más de { $max } reembolsos por venta.
    .do = Reembolse al cliente de otra forma.
refusal-too-soon = Esta venta se reembolsó hace un momento.
    .money = Asegúrese de que no es el mismo reembolso dos veces.
    .do =
    { $seconds ->
        [one] Puede seguir en 1 segundo.
       *[other] Puede seguir en { $seconds } segundos.
    }
rule-refund-limit = Los cajeros devuelven hasta { $limit } de una vez.
    .money = No se envió nada.
    .do = Un gerente que no lo haya pedido puede permitir más, con una nota.
rule-refund-limit-manager = Los gerentes devuelven hasta { $limit } de una vez.
    .money = No se envió nada.
    .do = Otro gerente puede permitir más, con una nota.
rule-shift-limit = Supera el límite de un turno, { $limit }.
    .money = No se envió nada.
    .do = Un gerente que no lo haya pedido puede permitir más, con una nota.
rule-day-limit = Supera el límite de un día, { $limit }.
    .money = No se envió nada.
    .do = Un gerente que no lo haya pedido puede permitir más, con una nota.
rule-sale-age =
    { $days ->
        [one] Esta venta tiene 1 día; la tienda acepta devoluciones durante { $max ->
            [one] 1 día
           *[other] { $max } días
        }.
       *[other] Esta venta tiene { $days } días; la tienda acepta devoluciones durante { $max ->
            [one] 1 día
           *[other] { $max } días
        }.
    }
    .money = No se envió nada.
    .do = Un gerente que no lo haya pedido puede permitirlo, con una nota.
rule-refunds-of-sale =
    { $count ->
        [one] Esta venta se reembolsó una vez; la tienda permite { $max }.
       *[other] Esta venta se reembolsó { $count } veces; la tienda permite { $max }.
    }
    .money = No se envió nada.
    .do = Un gerente que no lo haya pedido puede permitir uno más, con una nota.
rule-same-amount =
    { $minutes ->
        [0] El mismo monto se devolvió en esta venta hace un momento.
        [one] El mismo monto se devolvió en esta venta hace 1 minuto.
       *[other] El mismo monto se devolvió en esta venta hace { $minutes } minutos.
    }
    .money = Asegúrese de que no es el mismo reembolso dos veces. No se envió nada.
    .do = Dos gerentes deben permitirlo, o espere a que pasen { $within } minutos.
warning-refunded-before =
    { $count ->
        [one] Esta venta ya se reembolsó una vez antes.
       *[other] Esta venta ya se reembolsó { $count } veces antes.
    }
warning-typed = El número se tecleó, no se escaneó: ¿hay recibo?
warning-near-limit = Se acerca al límite de { $limit }.
warning-asks-often = Reembolso número { $theirs } de esta persona hoy; los demás hicieron { $average } en promedio.
warning-outside-hours = La tienda está cerrada a esta hora.
warning-fresh-sale =
    { $minutes ->
        [0] La venta se pagó hace menos de un minuto.
        [one] La venta se pagó hace 1 minuto.
       *[other] La venta se pagó hace { $minutes } minutos.
    }
refusal-not-your-approval = Esta persona no puede confirmar este reembolso.
    .money = No se envió nada.
    .do = Tiene que hacerlo otro gerente.
refusal-approval-expired = La aprobación del gerente venció.
    .money = No se envió nada. No se movió dinero.
    .do = Pídala otra vez.
refusal-approval-void = La venta cambió después de la aprobación del gerente.
    .money = No se envió nada. No se movió dinero.
    .do = Mire la venta de nuevo y pida otra vez.
refusal-books = Los montos de esta venta no cuadran.
    .money = No se reembolsó nada.
    .do = Llame a soporte. Primero hay que revisar esta venta.

### When an amount is not one

amount-empty = No se ha elegido ningún monto.
    .money = No se reembolsó nada.
    .do = Escriba un monto o marque lo que se devuelve.
amount-not-an-amount = Esto no es un monto.
    .money = No se reembolsó nada.
    .do = Escríbalo así: 27.40
amount-no-decimals = { $currency } no tiene decimales.
    .money = No se reembolsó nada.
    .do = Escriba un número entero.
amount-too-many-decimals = { $currency } tiene { $allowed } decimales.
    .money = No se reembolsó nada.
    .do = Escríbalo así: 27.40
amount-too-large = Este monto es demasiado grande.
    .money = No se reembolsó nada.
    .do = Escríbalo otra vez.

### When a PIN is not accepted

sign-in-wrong-pin = Ese PIN no es correcto.
    .money = No se reembolsó nada.
    .do = Inténtelo otra vez.
sign-in-wrong-pin-wait = Ese PIN no es correcto.
    .money = No se reembolsó nada.
    .do =
    { $seconds ->
        [one] Inténtelo otra vez en 1 segundo.
       *[other] Inténtelo otra vez en { $seconds } segundos.
    }
sign-in-locked-out = Demasiados PIN incorrectos.
    .money = No se reembolsó nada.
    .do =
    { $seconds ->
        [one] Inténtelo otra vez en 1 segundo.
       *[other] Inténtelo otra vez en { $seconds } segundos.
    }
approval-wrong-pin = Ese PIN no es correcto.
    .money = No se envió nada.
    .do = Inténtelo otra vez.
approval-wrong-pin-wait = Ese PIN no es correcto.
    .money = No se envió nada.
    .do =
    { $seconds ->
        [one] Inténtelo otra vez en 1 segundo.
       *[other] Inténtelo otra vez en { $seconds } segundos.
    }
approval-locked-out = Demasiados PIN incorrectos.
    .money = No se envió nada.
    .do =
    { $seconds ->
        [one] Inténtelo otra vez en 1 segundo.
       *[other] Inténtelo otra vez en { $seconds } segundos.
    }

### The till cannot start

passphrase-title = La frase de acceso, por favor
passphrase-why = La clave de esta caja para la pasarela de pago está sellada. Escriba la frase con la que se selló: una vez, cada vez que arranca la caja.
passphrase-wrong = No se pudo abrir. No se ha perdido nada: inténtelo otra vez, despacio. Mayúsculas y minúsculas cuentan.
passphrase-field = Frase de acceso
passphrase-open = Abrir la caja
passphrase-quit = Cerrar
fault-title = Esta caja no puede arrancar
fault-money = No se envió nada. No se hizo ni se cambió ningún reembolso.
fault-do = Muestre esta página a quien se ocupa de la caja. “tillback doctor” lo revisa todo y dice qué hacer.
fault-close = Cerrar

### The ledger cannot be opened

ledger-in-use = Otra ventana de la caja está abierta.
    .money = Desde aquí no se envió nada. La otra ventana sigue trabajando.
    .do = Trabaje allí. O ciérrela e inténtelo otra vez aquí.
ledger-locked = Otro programa ocupa el registro de la caja.
    .money = No se envió nada. No se cambió ningún reembolso.
    .do = Espere a que termine una importación o una copia, o cierre lo que tenga abierto el registro. Luego inténtelo otra vez.
ledger-disk-full = El disco de la caja está lleno.
    .money = No se envió nada. Se conservan todos los reembolsos hechos.
    .do = Haga espacio: vacíe la papelera y quite lo que no sea de la caja. No quite nada de su carpeta. Luego inténtelo otra vez.
ledger-read-only = No se puede escribir en el registro de la caja.
    .money = No se envió nada. Se conservan todos los reembolsos hechos.
    .do = El disco o la carpeta están protegidos contra escritura. Quite la protección e inténtelo otra vez.
ledger-no-permission = Este usuario no puede usar el registro de la caja.
    .money = No se envió nada. Se conservan todos los reembolsos hechos.
    .do = Entre con el usuario de la caja, o permita a este usuario escribir en la carpeta. Luego inténtelo otra vez.
ledger-folder-missing = La carpeta con el registro de la caja no está.
    .money = No se envió nada. Lo que hay en la carpeta no se toca.
    .do = Conecte el disco o la unidad de red donde la caja guarda su registro. Luego inténtelo otra vez.
ledger-gone = El registro de la caja ha desaparecido.
    .money = No se envió nada. Los reembolsos anteriores están a salvo en la pasarela.
    .do = Si alguien lo movió, póngalo en su lugar e inténtelo otra vez. Si no, restaure una copia.
ledger-not-one = Hay otra cosa donde debería estar el registro de la caja.
    .money = No se envió nada. Los reembolsos anteriores están a salvo en la pasarela.
    .do = Si alguien movió el registro, póngalo en su lugar e inténtelo otra vez. Si no, restaure una copia.
ledger-damaged = El registro de la caja está dañado.
    .money = Ya no se envía nada. Los reembolsos anteriores están a salvo en la pasarela.
    .do = Restaure una copia. Se recupera lo que aún se pueda leer.
ledger-behind = Falta el final del registro de la caja.
    .money = No se envió nada. Los reembolsos anteriores están a salvo en la pasarela.
    .do =
    { $count ->
        [0] Se puso otro registro en su lugar. Ponga el correcto e inténtelo otra vez, o restaure una copia.
        [one] Falta 1 anotación: se quitó un archivo contiguo o se puso una copia más antigua. Corríjalo e inténtelo otra vez, o restaure una copia.
       *[other] Faltan { $count } anotaciones: se quitó un archivo contiguo o se puso una copia más antigua. Corríjalo e inténtelo otra vez, o restaure una copia.
    }
ledger-newer = Un Tillback más nuevo ha usado este registro.
    .money = No se envió nada. Se conservan todos los reembolsos hechos.
    .do = Instale de nuevo el Tillback más nuevo. Este no debe tocar el registro.
ledger-migration = No se pudo actualizar el registro de la caja.
    .money = No se envió nada. El registro está como estaba.
    .do = Inténtelo otra vez. Si sigue igual, guarde los archivos para soporte y siga con el Tillback anterior.
ledger-for-training = Este registro es de práctica.
    .money = No se envió nada. No contiene reembolsos reales.
    .do = Alguien lo puso en lugar del real. Ponga el correcto e inténtelo otra vez.
ledger-for-real = Este registro es de reembolsos reales y esta caja está en modo de práctica.
    .money = No se envió nada. Se conservan todos los reembolsos hechos.
    .do = Ponga el registro de práctica, o termine la práctica en los ajustes. Luego inténtelo otra vez.
ledger-other = No se puede abrir el registro de la caja.
    .money = No se envió nada. No se cambió ningún reembolso.
    .do = Inténtelo otra vez. Si sigue igual, guarde los archivos para soporte y llame.
recovery-record-at = El registro: { $path }
recovery-holder-till = Caja { $till }
recovery-holder-host = equipo { $host }
recovery-holder-process = proceso { $pid }
recovery-holder-since = abierta: { $since }
recovery-holder-unknown = No dijo quién es.
recovery-copies = Restaurar una copia…
recovery-again = Intentar otra vez
recovery-support = Guardar archivos para soporte
recovery-folder = Mostrar la carpeta
recovery-close = Cerrar Tillback
recovery-back = Atrás
recovery-looking = Buscando copias…
recovery-trying = Abriendo el registro…
recovery-restoring = Restaurando la copia…
recovery-saving = Guardando…
recovery-still = Sigue igual.
recovery-saved = Guardado para soporte.
    .do = { $path } contiene el registro, los ajustes y los informes. La clave de la pasarela no está.
recovery-not-saved = No se pudo guardar.
recovery-folder-shown = La carpeta se abre en otra ventana.
recovery-folder-not-shown = Aquí ningún programa muestra carpetas.
    .do = Está en { $path }
recovery-copy-found = Hay una copia buena: { $when }.
recovery-no-copies = No se encontró ninguna copia buena.
    .do = Conecte el disco con las copias e inténtelo otra vez. O guarde los archivos para soporte y llame.
recovery-unknowns-none = Tiene todos los reembolsos que muestra el registro de la caja.
recovery-unknowns =
    { $count ->
        [one] 1 reembolso es más nuevo. Pasa como desconocido y la caja pregunta por él a la pasarela.
       *[other] { $count } reembolsos son más nuevos. Pasan como desconocidos y la caja pregunta por cada uno a la pasarela.
    }
recovery-unknowns-unreadable = Pueden faltar reembolsos posteriores: el registro actual no se puede leer. Compare con el panel de la pasarela.
recovery-unknowns-at-least =
    { $count ->
        [one] Al menos 1 reembolso es más nuevo y pasa como desconocido. Puede haber más: compare con el panel de la pasarela.
       *[other] Al menos { $count } reembolsos son más nuevos y pasan como desconocidos. Puede haber más: compare con el panel de la pasarela.
    }
recovery-copy =
    { $count ->
        [one] { $when } · 1 reembolso
       *[other] { $when } · { $count } reembolsos
    }
recovery-copy-as-of = Esta copia termina { $when }.
recovery-which = ¿Qué copia?
recovery-which-how = La más nueva es la que más sabe. Todas se acaban de leer y están bien.
recovery-use = Usar esta copia…
recovery-aside = No se borra nada.
    .do = Lo que hay ahora se aparta entero. Los reembolsos que esperan otro envío se descartan si nadie sabe qué pasó con ellos.
recovery-word = Un gerente dice por qué
recovery-why = ¿Por qué se restaura una copia?
recovery-reason-disk = Falló el disco
recovery-reason-damage = El registro estaba dañado
recovery-reason-wrong-file = Había un archivo equivocado
recovery-who = Gerente, y su PIN de aquel día
recovery-put-back = Restaurar la copia
recovery-not-restored = La copia no se restauró.
    .do = Todo está como estaba.
recovery-done = El registro está de vuelta
recovery-brought-over =
    { $count ->
        [one] 1 reembolso pasó del registro anterior. Figura en verificación hasta que responda la pasarela.
       *[other] { $count } reembolsos pasaron del registro anterior. Figuran en verificación hasta que responda la pasarela.
    }
recovery-given-up =
    { $count ->
        [one] Se descartó 1 reembolso que esperaba otro envío. Empiécelo de nuevo desde el recibo.
       *[other] Se descartaron { $count } reembolsos que esperaban otro envío. Empiécelos de nuevo desde los recibos.
    }
recovery-left-behind = Estos no se pudieron pasar: { $references }. Búsquelos en el panel de la pasarela.
recovery-compare = El registro anterior no se pudo leer hasta el final. Compare los reembolsos de hoy con el panel de la pasarela antes del primero nuevo.
recovery-aside-at = El registro anterior está en { $path }.
recovery-start = Arrancar la caja
