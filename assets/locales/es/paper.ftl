## Paper, drawer and sounds, Spanish. What a slip says fits on lines of 32 letters.

### On paper: slips and the test page. A line of paper holds 32 or 48 letters.

paper-place = { $till } · { $when }
paper-training = PRÁCTICA: NO SE MOVIÓ DINERO
paper-copy = COPIA { $number }
paper-printed = Impreso { $when }
paper-open = Reembolso abierto
paper-refunded = El dinero volvió a { $wallet }.
paper-declined = No se pudo hacer. No se movió dinero.
paper-pending = El reembolso está aceptado y sin terminar. El dinero llega a { $wallet }.
paper-unknown = Este reembolso se está verificando. El dinero llega a { $wallet }, o la tienda le llama. No se debe reembolsar otra vez.
paper-not-refunded = No se reembolsó nada.
paper-sale = Venta
paper-wallet = Billetera
paper-invoice = Factura
paper-reason = Motivo
paper-signature = Firma
paper-for-customer = Para el cliente
paper-for-store = Para la tienda
paper-test = Prueba de impresora
paper-test-how = Las letras, el chino y el coreano, los dos lados de la línea y los códigos deben verse enteros y oscuros.
paper-test-left = Izquierda
paper-test-right = Derecha
paper-report-day = Informe del día
paper-report-shift = Informe del turno
paper-report-going-on = Sin terminar: puede cambiar
paper-report-closed-by = Cerrado por
paper-report-more = Y { $count } más.
paper-report-line = { $name } ({ $count })

### Printing, on the screen

print = Imprimir
print-again = Imprimir otra vez
print-waiting = Imprimiendo…
printed = Impreso.
printed-copy = Impreso: copia { $number }.
printed-file = Escrito: { $file }
printer-not-there = La impresora no responde.
    .do = ¿Está encendida y conectada? Luego pulse “Imprimir”.
printer-not-allowed = La impresora está ahí, pero este usuario no puede usarla.
    .do = Llame a quien configuró la caja: “Printers” en OPERATIONS dice cómo.
printer-in-use = Otro programa usa la impresora.
    .do = Ciérrelo o llame a quien configuró la caja.
printer-paper-out = La impresora no tiene papel.
    .do = Ponga un rollo nuevo. Luego pulse “Imprimir”.
printer-cover-open = La tapa de la impresora está abierta.
    .do = Ciérrela. Luego pulse “Imprimir”.
printer-off-line = La impresora está fuera de línea.
    .do = Pulse su botón o apáguela y enciéndala. Luego pulse “Imprimir”.
printer-trouble = La impresora avisa de un fallo: atasco, cuchilla o demasiado calor.
    .do = Ábrala y mire. Luego pulse “Imprimir”.
printer-timed-out = La impresora tarda demasiado.
    .do = Apáguela y enciéndala. Luego pulse “Imprimir”.
printer-lost = Se perdió la impresora mientras imprimía.
    .do = Mire si salió todo. Si no, pulse “Imprimir”: dirá que es una copia.
printer-folder = No se puede escribir en la carpeta de comprobantes.
    .do = Conecte su disco o llame a quien configuró la caja.
printer-disk-full = No hay espacio para el comprobante: el disco está lleno.
    .do = Llame a quien se ocupa de la caja.
printer-record = El registro no puede contar este comprobante, así que no se imprimió.
    .do = Inténtelo otra vez. Si sigue igual, llame a soporte.
printer-busy = Hay demasiado esperando a la impresora.
    .do = Espere a que se imprima.
printer-stopped = Una parte de la caja se detuvo y volvió a arrancar.
    .do = Pulse “Imprimir” otra vez.
print-refund-safe = El reembolso queda registrado de todos modos. Se puede imprimir después, en Reembolsos.
strip-printer = Impresora
settings-printer = Impresora
printer-none = No hay ninguna impresora configurada.
    .do = Los reembolsos funcionan sin ella. Para imprimir comprobantes, ponga [printer] en el archivo de ajustes y arranque la caja de nuevo: “Printers” en OPERATIONS dice cómo.
printer-name = Imprime en { $name }
printer-good = La impresora está lista.
printer-looking = Buscando la impresora…
printer-test = Imprimir una página de prueba
printer-look = Buscar de nuevo
drawer-open = Abrir el cajón
drawer-told = Se mandó abrir el cajón.

### Sounds

settings-sound = Sonido
sound-none = Este equipo no reproduce sonido: no hay reproductor instalado.
    .do = Todo lo que suena está también en la pantalla.
sound-muted = El sonido está apagado
sound-volume = Volumen { $volume }
sound-quieter = Más bajo
sound-louder = Más alto
sound-mute = Apagado
sound-each = Qué dice cada sonido. Pulse uno para oírlo.
sound-read = Se leyó un código
sound-refused = No aceptado
sound-done = El dinero volvió
sound-attention = Alguien tiene que mirar
sound-last = Último: { $sound }
