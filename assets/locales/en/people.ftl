## The words of everything about people, English: signing in, badges, the first manager, the People page.

### Signing in

locked-pin-alone = Your PIN, or first your name
locked-waits = A sale waits for { $name }.
locked-waits-do = It continues when they sign in.

### Badges

badge-unknown = This badge is not known here.
    .money = Nothing was refunded.
    .do = It may have been replaced. Use your PIN, or ask for a new badge.
badge-in-hand = Badge of { $name }
    .do = Now press the button. Nothing happens before that.
badge-not-theirs = Badge of { $name }: not for this
    .do = Somebody else has to confirm it.
scan-badge = This is a badge, not a receipt.
    .money = Nothing was refunded.
    .do = Scan the barcode on the receipt. A badge is for approving and for signing in.
scan-badge-part = This may be a part of a manager’s badge.
    .money = Nothing was refunded, and nobody else was asked.
    .do = If it was a badge: scan it again where it is asked for. If it was a receipt: type its number.
scan-short-number = This till knows no sale with that number.
    .money = Nothing was refunded, and nobody else was asked.
    .do = Type all the digits under the barcode. A PIN does not belong here.

### The first manager

first-title = Welcome. Who is the first manager?
first-about = This till has nobody yet. The first manager approves refunds and adds the others.
    .do = Type your name, then a PIN that only you know, twice.
first-other-name = Another name…
first-done = Begin

### A new PIN

new-pin-first = A new PIN: 4 to 12 digits
new-pin-manager = A new PIN: 6 to 12 digits
new-pin-again = The same PIN once more
new-pin-next = Next
new-pin-differ = The two were not the same. Type a new PIN again.
new-pin-rules = A manager’s PIN has at least 6 digits, a cashier’s at least 4. No dates, no years, nothing like 1234.
own-pin-open = Change my own PIN…
own-pin-title = Change your PIN
own-pin-old = The PIN you have now
own-pin-change = Change my PIN
own-pin-done = You have a new PIN.

### The People page

settings-people = People
people-choose = Choose somebody, or add a person.
people-line = { $name } · { $role }
people-line-badge = { $name } · { $role } · badge
people-add = Add a person…
people-add-done = Add them
people-done = Done. It is in the record.
person-name = Name
person-name-next = Next: the PIN
people-rename = Rename
people-keep = Leave as it is
people-set-pin = Set a new PIN…
people-set-pin-done = Set the PIN
people-pin-of = A new PIN for { $name }
people-make-manager = Make a manager…
people-make-manager-done = Make them a manager
people-manager-of = { $name } becomes a manager
people-make-cashier = Make a cashier…
people-make-cashier-done = Make them a cashier
people-cashier-of = { $name } becomes a cashier?
people-cashier-about = They can no longer approve, and their badge is revoked. Their PIN stays.
people-remove = Remove…
people-remove-done = Remove them
people-remove-of = Remove { $name }?
people-remove-about = They can no longer sign in, and their badge is revoked. Their refunds keep their name.
badge-make = Make a badge
badge-replace = Make a new badge
badge-made = The badge is ready to be printed.
badge-made-do = Print { $file } at its own size, then remove the file: whoever has it can approve. The old badge no longer works.
badge-file-remove = I have printed it: remove the file
badge-file-gone = The file is removed.
badge-revoke = Revoke the badge…
badge-revoke-done = Revoke it
badge-revoke-of = Revoke the badge of { $name }?
badge-revoke-about = It stops working at once. A new one can be made.
badge-file-not-written = The badge’s file could not be written.
    .money = No badge was made, and no money moved.
    .do = Make room on the disk, or ask who looks after this computer.
people-too-short = This PIN needs at least { $digits } digits.
    .money = Nothing was changed.
    .do = Type a longer one.
people-pin-not-free = This PIN cannot be used.
    .money = Nothing was changed.
    .do = Choose another. No dates, no years, nothing like 1234.
people-name-taken = Somebody has this name already.
    .money = Nothing was changed.
    .do = Use another name.
people-last-manager = This is the last manager.
    .money = Nothing was changed.
    .do = First make somebody else a manager.
people-not-a-manager = That takes a manager.
    .money = Nothing was changed.
    .do = Ask a manager.
people-needs-pin = A manager needs a longer PIN.
    .money = Nothing was changed.
    .do = Set one of at least 6 digits.
people-not-the-first = Somebody works at this till already.
    .money = Nothing was changed.
    .do = Close this window and open it again, then sign in.
