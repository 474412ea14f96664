## The page "About" of Settings: what this till is, its checks, a file for support.

settings-about = Acerca de
about-title = Tillback { $version }
about-record = Registro
about-schema = esquema { $number }
about-decoder = Lee códigos
about-settings = Archivo de ajustes
about-data = Datos y diarios
about-licenses = Licencias
about-no-licenses = LIBRARIES.txt en el paquete del programa
about-check = Revisar esta caja
about-pack = Archivo para soporte
about-checking = Revisando. Puede tardar un minuto.
about-result-good = bien
about-result-note = nota
about-result-bad = mal
about-good = Todo está en orden.
    .do = La revisión habla en inglés, como la conoce el soporte.
about-faults =
    { $count ->
        [one] Hay que arreglar una cosa para que esta caja pueda reembolsar.
       *[other] Hay que arreglar { $count } cosas para que esta caja pueda reembolsar.
    }
    .do = La revisión habla en inglés, como la conoce el soporte.
about-packed = Guardado: { $file }
    .do = No contiene ningún secreto. Se puede mirar antes de enviarlo.
about-made-up = Aquí todo es inventado: no hay nada que revisar.
    .do = La caja de la tienda se revisa aquí.
about-not-written = No se puede escribir el archivo para soporte.
    .do = Libere espacio en el disco y pulse otra vez.
about-failed = No se pudo hacer la revisión.
    .do = En la línea de comandos: tillback doctor
about-more = Seguir leyendo
