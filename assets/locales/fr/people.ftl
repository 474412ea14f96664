## The words of everything about people, French: signing in, badges, the first manager, the People page.

### Badges

badge-unknown = Ce badge est inconnu ici.
    .money = Rien n’a été remboursé.
    .do = Il a peut-être été remplacé. Utilisez votre code, ou demandez un nouveau badge.
