## Las palabras de la ventana alrededor de las pantallas, español: teclas, señales.

sheet-title = Teclas
sheet-here = En esta pantalla
sheet-everywhere = En todas partes
sheet-close = Cerrar
sheet-note = Mientras esto está abierto no se pulsa nada de la pantalla.
sheet-digits = Teclear el número
sheet-arrows = Elegir, arriba y abajo
sheet-choices = Pasar la página
sheet-tab = El botón siguiente; con Mayús, el anterior
sheet-space = Pulsar lo que tiene el anillo
sheet-enter = Pulsar el botón principal o lo que tiene el anillo
sheet-f1-key = F1
sheet-f1 = Esta lista de teclas
sheet-open = Abrirlo
sheet-nothing = Aquí no sirve ninguna tecla ahora.
key-tab = Tab
key-space = Espacio
key-arrows = Flechas
key-digits = 0 a 9
key-delete = Supr
sign-read = Leído
sign-refused = Rechazado
sign-done = Hecho
sign-attention = Mire aquí
sound-twin = Cada sonido se muestra abajo como palabra, con o sin silencio.
