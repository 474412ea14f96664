## Paper, drawer and sounds, English. What a slip says fits on lines of 32 letters.

### On paper: slips and the test page. A line of paper holds 32 or 48 letters.

paper-place = { $till } · { $when }
paper-training = TRAINING: NO MONEY MOVED
paper-copy = COPY { $number }
paper-printed = Printed { $when }
paper-open = Refund is open
paper-refunded = The money went back to { $wallet }.
paper-declined = It did not go through. No money has moved.
paper-pending = The refund is accepted and not finished. The money arrives in { $wallet }.
paper-unknown = This refund is being checked. The money arrives in { $wallet }, or the store calls you. It must not be refunded again.
paper-not-refunded = Nothing was refunded.
paper-sale = Sale
paper-wallet = Wallet
paper-invoice = Invoice
paper-reason = Reason
paper-signature = Signature
paper-for-customer = For the customer
paper-for-store = For the store
paper-test = Printer test
paper-test-how = Letters, Chinese and Korean, both sides of the line and the codes have to be whole and dark.
paper-test-left = Left
paper-test-right = Right
paper-report-day = Day report
paper-report-shift = Shift report
paper-report-going-on = Not ended: sums may change
paper-report-closed-by = Closed by
paper-report-more = And { $count } more.
paper-report-line = { $name } ({ $count })

### Printing, on the screen

print = Print
print-again = Print again
print-waiting = Printing…
printed = Printed.
printed-copy = Printed: copy { $number }.
printed-file = Written: { $file }
printer-not-there = The printer does not answer.
    .do = Is it switched on and plugged in? Then press “Print”.
printer-not-allowed = The printer is there, and this user may not use it.
    .do = Call whoever set the till up: “Printers” in OPERATIONS says how.
printer-in-use = Another program uses the printer.
    .do = Close it, or call whoever set the till up.
printer-paper-out = The printer has no paper.
    .do = Put a new roll in. Then press “Print”.
printer-cover-open = The printer’s cover is open.
    .do = Close it. Then press “Print”.
printer-off-line = The printer is off line.
    .do = Press its button, or switch it off and on. Then press “Print”.
printer-trouble = The printer reports a fault: a jam, the knife, or it is too hot.
    .do = Open it and look. Then press “Print”.
printer-timed-out = The printer takes too long.
    .do = Switch it off and on. Then press “Print”.
printer-lost = The printer was lost while it printed.
    .do = Look whether all of it came out. If not, press “Print”: it says that it is a copy.
printer-folder = The folder for slips cannot be written to.
    .do = Plug in its disk, or call whoever set the till up.
printer-disk-full = There is no room for the slip: the disk is full.
    .do = Call whoever looks after the till.
printer-record = The record cannot count this slip, so it was not printed.
    .do = Try again. If it stays so, call support.
printer-busy = Too much is waiting for the printer.
    .do = Wait until it is printed.
printer-stopped = A part of the till stopped and started again.
    .do = Press “Print” again.
print-refund-safe = The refund is recorded either way. It can be printed later, under Refunds.
strip-printer = Printer
settings-printer = Printer
printer-none = No printer is set up.
    .do = Refunds work without one. To print slips, set [printer] in the settings file and start the till again: “Printers” in OPERATIONS says how.
printer-name = Prints to { $name }
printer-good = The printer is ready.
printer-looking = The printer is being looked for…
printer-test = Print a test page
printer-look = Look again
drawer-open = Open the drawer
drawer-told = The drawer was told to open.

### Sounds

settings-sound = Sound
sound-none = This machine plays no sound: no player is installed.
    .do = Everything that sounds is on the screen too.
sound-muted = Sound is off
sound-volume = Volume { $volume }
sound-quieter = Quieter
sound-louder = Louder
sound-mute = Off
sound-each = What each sound says. Press one to hear it.
sound-read = A code was read
sound-refused = Not accepted
sound-done = The money went back
sound-attention = Somebody has to look
sound-last = Last: { $sound }
