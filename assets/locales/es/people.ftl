## The words of everything about people, Spanish: signing in, badges, the first manager, the People page.

### Signing in

locked-pin-alone = Su PIN, o primero su nombre
locked-waits = Una venta espera a { $name }.
locked-waits-do = Sigue cuando esa persona entre.

### Badges

badge-unknown = Esta credencial no se conoce aquí.
    .money = No se reembolsó nada.
    .do = Puede que la hayan cambiado. Use su PIN o pida una credencial nueva.
badge-in-hand = Credencial de { $name }
    .do = Ahora pulse el botón. Antes no pasa nada.
badge-not-theirs = Credencial de { $name }: aquí no sirve
    .do = Tiene que confirmarlo otra persona.
scan-badge = Esto es una credencial, no un recibo.
    .money = No se reembolsó nada.
    .do = Escanee el código del recibo. La credencial sirve para aprobar y para entrar.
scan-badge-part = Esto puede ser parte de una credencial.
    .money = No se reembolsó nada y no se consultó a nadie más.
    .do = Si era una credencial: escanéela otra vez donde se pida. Si era un recibo: escriba su número.
scan-short-number = Esta caja no conoce ninguna venta con ese número.
    .money = No se reembolsó nada, y no se preguntó a nadie más.
    .do = Escriba todos los dígitos debajo del código. Aquí no va ningún PIN.

### The first manager

first-title = Le damos la bienvenida. ¿Quién es el primer gerente?
first-about = En esta caja todavía no hay nadie. El primer gerente aprueba reembolsos y agrega a los demás.
    .do = Escriba su nombre y luego, dos veces, un PIN que solo usted sepa.
first-other-name = Otro nombre…
first-done = Empezar

### A new PIN

new-pin-first = Un PIN nuevo: de 4 a 12 dígitos
new-pin-manager = Un PIN nuevo: de 6 a 12 dígitos
new-pin-again = El mismo PIN otra vez
new-pin-next = Siguiente
new-pin-differ = No eran iguales. Escriba otra vez un PIN nuevo.
new-pin-rules = El PIN de un gerente tiene al menos 6 dígitos; el de un cajero, al menos 4. Ni fechas, ni años, ni 1234.
own-pin-open = Cambiar mi PIN…
own-pin-title = Cambie su PIN
own-pin-old = El PIN que tiene ahora
own-pin-change = Cambiar mi PIN
own-pin-done = Ya tiene un PIN nuevo.

### The People page

settings-people = Personal
people-choose = Elija a alguien o agregue a una persona.
people-line = { $name } · { $role }
people-line-badge = { $name } · { $role } · credencial
people-add = Agregar persona…
people-add-done = Agregar
people-done = Hecho. Queda en el registro.
person-name = Nombre
person-name-next = Siguiente: el PIN
people-rename = Cambiar el nombre
people-keep = Dejar como está
people-set-pin = Poner un PIN nuevo…
people-set-pin-done = Poner el PIN
people-pin-of = Un PIN nuevo para { $name }
people-make-manager = Hacer gerente…
people-make-manager-done = Hacer gerente
people-manager-of = { $name } pasa a ser gerente
people-make-cashier = Hacer cajero…
people-make-cashier-done = Hacer cajero
people-cashier-of = ¿{ $name } pasa a ser cajero?
people-cashier-about = Ya no aprueba nada y su credencial se anula. Su PIN sigue igual.
people-remove = Quitar…
people-remove-done = Quitar
people-remove-of = ¿Quitar a { $name }?
people-remove-about = Ya no puede entrar y su credencial se anula. Sus reembolsos conservan su nombre.
badge-make = Hacer una credencial
badge-replace = Hacer otra credencial
badge-made = La credencial está lista para imprimir.
badge-made-do = Imprima { $file } a su tamaño y quite el archivo: quien lo tenga puede aprobar. La credencial anterior ya no vale.
badge-file-remove = Ya la imprimí: quitar el archivo
badge-file-gone = El archivo se quitó.
badge-revoke = Anular la credencial…
badge-revoke-done = Anular
badge-revoke-of = ¿Anular la credencial de { $name }?
badge-revoke-about = Desde ese momento no aprueba nada. Se puede hacer otra.
badge-file-not-written = No se pudo escribir el archivo de la credencial.
    .money = No se hizo ninguna credencial y no se movió dinero.
    .do = Haga espacio en el disco o pregunte a quien cuida este equipo.
people-too-short = Este PIN necesita al menos { $digits } dígitos.
    .money = No se cambió nada.
    .do = Escriba uno más largo.
people-pin-not-free = Este PIN no se puede usar.
    .money = No se cambió nada.
    .do = Elija otro. Ni fechas, ni años, ni 1234.
people-name-taken = Alguien ya tiene este nombre.
    .money = No se cambió nada.
    .do = Use otro nombre.
people-last-manager = Es el último gerente.
    .money = No se cambió nada.
    .do = Primero haga gerente a otra persona.
people-not-a-manager = Para eso hace falta un gerente.
    .money = No se cambió nada.
    .do = Pídaselo a un gerente.
people-needs-pin = Un gerente necesita un PIN más largo.
    .money = No se cambió nada.
    .do = Ponga uno de al menos 6 dígitos.
people-not-the-first = En esta caja ya trabaja alguien.
    .money = No se cambió nada.
    .do = Cierre esta ventana, ábrala otra vez y entre.
