## The words of everything about people, Spanish: signing in, badges, the first manager, the People page.

### Badges

badge-unknown = Esta credencial no se conoce aquí.
    .money = No se reembolsó nada.
    .do = Puede que la hayan cambiado. Use su PIN o pida una credencial nueva.
