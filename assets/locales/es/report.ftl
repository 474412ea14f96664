# The Report screen.

ready-report = Informe
ready-shift = Turno
report-title = Informe
report-day = Día
report-shift = Turno
report-earlier = Anterior
report-later = Posterior
report-making = Sumando…
report-of-shift = Turno { $number } · { $who }
report-shift-open = desde { $from }
report-shift-closed = { $from } a { $to }
report-no-shift = Aquí todavía no se ha abierto ningún turno.
report-unread = No se puede hacer el informe en este momento.
    .money = No se envió nada y no se cambió nada.
    .do = Inténtelo otra vez. Si sigue igual, llame a soporte.
report-given-back = Devuelto
report-count =
    { $count ->
        [one] 1 reembolso
       *[other] { $count } reembolsos
    }
report-asked = Pedido
report-by-hand = Por decisión de una persona
report-unresolved =
    { $count ->
        [one] 1 reembolso no ha terminado.
       *[other] { $count } reembolsos no han terminado.
    }
    .do = No se cuentan abajo. Véalos en Reembolsos (F3).
report-besides =
    { $count ->
        [0] No queda nada más abierto en esta caja.
        [one] 1 reembolso anterior o distinto está abierto en esta caja.
       *[other] { $count } reembolsos anteriores o distintos están abiertos en esta caja.
    }
report-all-finished = Todos sus reembolsos han terminado.
report-record = Registro: { $count } filas, huella
report-hours = Por hora
report-wallets = Billeteras
report-reasons = Motivos
report-people = Personas
report-states = Estados
report-nothing = No hay nada que mostrar.
report-no-wallet = Desconocida
report-hours-said = Reembolsos por hora del día: { $what }.
report-hour-said = desde las { $hour }: { $count }
report-wallets-said = Devuelto por billetera: { $what }.
report-only = Solo en { $code }; las otras monedas están en el archivo.
report-export-csv = Guardar CSV
report-export-json = Guardar JSON
report-export-pdf = Guardar PDF
report-print-lost = Se perdió la impresora mientras imprimía.
    .do = Mire si salió todo. Si no, pulse “Imprimir” otra vez.
report-exported = Guardado como { $name }
    .do = En la carpeta “exports”, junto al registro de la caja.
report-not-exported = No se escribió el archivo.
    .do = ¿Está lleno el disco o no se puede escribir allí?
report-shift-begin = Abrir mi turno
report-shift-end = Cerrar turno…
report-shift-end-now = Cerrarlo ahora
report-shift-sure = ¿Cerrar el turno { $number } de { $who }?
    .do = Su informe se guarda con la huella del registro. Lo que no ha terminado se sigue de todos modos.
report-shift-refused = No se pudo cambiar el turno.
    .do = Inténtelo otra vez.
report-training = PRÁCTICA: nada de esto es dinero
report-state-prepared = Anotado, no enviado
report-state-sent = En camino
report-state-refunded = Reembolsado
report-state-declined = Rechazado
report-state-pending = Pendiente en la pasarela
report-state-unknown = No se sabe
report-state-not-sent = No enviado
report-state-not-executed = No reembolsado
report-state-abandoned = Descartado
