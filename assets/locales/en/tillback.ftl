## The words of the window, English.
##
## Short, spoken, no blame, no jargon. A message about something that went wrong has three parts: its value says what
## happened, .money what it means for the customer's money, .do what to do next.

### Everywhere

app-name = Tillback
place = { $store } · { $till }
role-cashier = cashier
role-manager = manager
step-scan = Scan
step-sale = Sale
step-approve = Approve
step-done = Done
steps-label = Step { $number } of 4: { $name }
training-band = TRAINING · no real money moves
training-band-pins = TRAINING · no real money moves · PINs: manager { $manager }, cashier { $cashier }
training-band-pin = TRAINING · no real money moves · the manager’s PIN is { $pin }
time-today = Today { $clock }
time-yesterday = Yesterday { $clock }
key-enter = Enter
key-escape = Esc
key-page-up = Page up
key-page-down = Page down
button-cancel = Cancel
button-back = Back
support-code = For support: { $code }

### The strip at the bottom

strip-gateway = Gateway
strip-scanner = Scanner
strip-serial = Serial scanner
strip-hid = USB scanner
strip-camera = Camera
light-good = { $device }
light-waiting = { $device }: waiting
light-bad = { $device }: not working
light-off = { $device }: off
light-state-good = working
light-state-waiting = waiting
light-state-bad = not working
light-state-off = off
strip-unresolved =
    { $count ->
        [one] 1 refund is being checked
       *[other] { $count } refunds are being checked
    }
strip-waiting =
    { $count ->
        [one] 1 refund waits for a manager
       *[other] { $count } refunds wait for a manager
    }

strip-contradicted =
    { $count ->
        [one] The gateway contradicts 1 refund
       *[other] The gateway contradicts { $count } refunds
    }
strip-record-checking = The record is being checked
strip-record-damaged = The record is damaged: no refunds
strip-copy-room = The record was not copied: no room
strip-copy-folder = The record was not copied: folder missing
strip-copy-other = The record was not copied
strip-sales-folder = Sales folder can't be read: run doctor
strip-sales-held = A file stays in the sales folder: run doctor
strip-sales-failed =
    { $count ->
        [one] 1 sales file was refused: see folder “failed”
       *[other] { $count } sales files were refused: see folder “failed”
    }
strip-sales-port = Another program has sales port { $port }

### Locked

locked-who = Who is at the till?
locked-nobody = Nobody can sign in yet.
    .money = No refund can be made.
    .do = Add the first manager: tillback operators add
locked-pin = Your PIN
locked-choose = First choose your name
locked-unlock = Unlock
locked-checking = Checking…

### PIN pad and keypad

pin-digits =
    { $count ->
        [0] PIN: no digits yet
        [one] PIN: 1 digit
       *[other] PIN: { $count } digits
    }
pad-clear = Clear
pad-back = Delete
pad-back-label = Delete the last digit
pad-point = .
pad-point-label = Decimal point

### Ready

ready-refund = Refund
ready-or-scan = or just scan the receipt
ready-lock = Lock
ready-settings = Settings…
ready-refunds = Refunds
ready-refunds-waiting =
    { $count ->
        [one] Refunds: 1 to look at
       *[other] Refunds: { $count } to look at
    }

### Scan

scan-title = Scan the receipt, or the bill in the customer’s wallet
scan-how = In Alipay or WeChat Pay: open the bill, then its details. Not the code they pay with.
scan-type = No barcode? Type the number under it
scan-field = Transaction number
scan-pad = 123
scan-pad-label = Number pad
scan-find = Find the sale
scan-finding = Looking for the sale…
scan-finding-number = { $number }
scan-again = Scan again, or type the number
camera-picture = Camera picture
camera-found = Camera picture: a code was found
camera-starting = The camera is starting…
camera-off = No camera
    .do = Use the scanner, or type the number.
camera-bad = The camera does not answer
    .do = Use the scanner, or type the number. Check the camera’s cable.
camera-no-camera = No camera is connected
    .do = Plug one in, use the scanner, or type the number.
camera-other = The chosen camera is not connected
    .do = Plug it in, or let a manager choose another one in Settings.
camera-busy = The camera can’t be opened
    .do = Close other programs that use it. Until then use the scanner, or type the number.
camera-lost = The camera was unplugged
    .do = Plug it in again. Until then use the scanner, or type the number.
camera-no-folder = The folder of pictures can’t be read
    .do = Use the scanner, or type the number.
hint-closer = Hold it closer.
    .do = The bars should fill about half the picture.
hint-still = Hold it still.
    .do = The picture is blurred.
hint-light = More light, please.
    .do = The picture is too dark.
hint-tilt = Tilt it a little.
    .do = A light shines into the camera.

### Settings

settings-title = Settings
settings-back = Back
settings-scanner = Scanner
settings-camera = Camera
settings-door = Settings
settings-door-why = A manager’s PIN opens them.
settings-open = Open
settings-nobody = There is no manager yet.
    .do = Add one: tillback operators add
kept = Kept.
    .do = It applies from now on.
kept-read-only = It applies until the till is closed, and no longer.
    .do = The settings file may not be written. “tillback doctor” says which file it is.
kept-disk-full = It applies until the till is closed, and no longer.
    .do = The till’s disk is full.
kept-unreadable = It applies until the till is closed, and no longer.
    .do = The settings file can’t be read any more. “tillback doctor” says why.
kept-failed = It applies until the till is closed, and no longer.
    .do = The settings file could not be written.

### Settings: scanner

scanner-qr = Test code, QR
scanner-code128 = Test code, Code 128
scanner-how = Scan one of these two codes. The till says how the scanner is set up, and what to change.
scanner-waiting = Waiting for a scan…
scanner-good = Nothing to change.
scanner-change = Please change this.
scanner-from-keyboard = It was scanned by a scanner that types.
scanner-from-serial = It was scanned by the serial scanner.
scanner-from-hid = It was scanned by the USB scanner.
scanner-typed = It arrived like typing.
scanner-kind-keyboard = Scanner that types
scanner-kind-serial = Serial scanner
scanner-kind-hid = USB scanner
scanner-has-typed = Has scanned.
scanner-not-typed-yet = Nothing scanned yet.
scanner-working = Connected.
scanner-starting = Looking for it…
scanner-off = Switched off in the settings file.
scanner-not-there = Not connected. Plug it in; the till finds it by itself.
scanner-not-allowed-serial = This user may not use it: add the user to the group “dialout”.
scanner-not-allowed-hid = This user may not use it: its udev rule is missing.
scanner-in-use = Another program uses it. Close that program.
scanner-lost = Unplugged. Plug it in again; the till finds it by itself.
scanner-not-understood = It can’t be used in this mode. “tillback doctor” says more.
finding-torn = Only part of the code came through.
    .do = Scan it again.
finding-other = This is another code.
    .do = Scan one of the two codes above.
finding-no-digits = The letters are wrong and there are no digits.
    .do = Set its keyboard to “US” or “English”, with the codes in its booklet.
finding-slow = The scanner is too slow.
    .do = Set its delay between characters to zero, with the codes in its booklet.
finding-typed-off = Scanners that type are switched off.
    .do = To use this one, write wedge = true in the settings file.
finding-tills-layout = It is set to this computer’s keyboard.
    .do = That works. “US keyboard” is safer.
finding-layout = It is set to a { $what } keyboard.
    .do = Set it to “US keyboard”, with the codes in its booklet.
finding-case = Capital and small letters are swapped.
    .do = Turn Caps Lock off, here and in the scanner.
finding-no-end = It sends nothing after a code.
    .do = That works, a moment later. Enter (CR) is faster.
finding-tab-end = It sends Tab after a code.
    .do = That works.
finding-aim = It says what kind of code it read ({ $what }).
    .do = That is good: products are told from receipts.
finding-no-aim = It does not say what kind of code it read.
    .do = That works. With “AIM identifier” on, products are told from receipts more reliably.
finding-separator = It leaves out the separator inside a code.
    .do = Let it send GS (FNC1, ASCII 29), with the codes in its booklet.
finding-separator-replaced = It sends “{ $what }” for the separator inside a code.
    .do = Let it send GS (FNC1, ASCII 29), with the codes in its booklet.
finding-prefix = It sends “{ $what }” before each code.
    .do = Switch that off, or write it as prefix in the settings file.
finding-keep = Write it in the settings file
finding-prefix-known = It sends “{ $what }” before each code.
    .do = That works: the settings file knows it.
finding-suffix = It sends “{ $what }” after each code.
    .do = Switch that off, or write it as suffix in the settings file.
finding-suffix-known = It sends “{ $what }” after each code.
    .do = That works: the settings file knows it.
layout-uk = British
layout-german = German
layout-french = French
layout-spanish = Spanish

### Settings: camera

camera-which = Which camera?
camera-first = The first one found
camera-folder = Pictures from a folder
camera-none = No camera
camera-not-there = { $name } (not connected)
camera-none-found = No camera is connected.
    .do = Plug one in and look again.
camera-is-folder = The pictures come from a folder.
    .do = No camera is looked for.
camera-look-again = Look again
camera-looking = Looking…
camera-open = { $name }, { $format }
camera-read = A code was read: { $text }

### Settings: rules

settings-rules = Rules
settings-gateway = Gateway
settings-training = Training
rules-line = { $name }: { $value }
rules-approval = Who confirms
rules-cashiers = Cashiers
rules-managers = Managers
rules-sales = Sales
rules-hours = Hours
rules-reasons = Reasons
rules-approval-about = Who may say yes to a refund that breaks no other rule.
rules-people-about = For refunds they ask for. Beyond a limit, a manager who did not ask can allow it, with a note.
rules-sales-about = Beyond these, a manager who did not ask has to allow it. The same amount again needs two managers.
rules-hours-about = A refund outside these hours is pointed out to the manager.
rules-reasons-about = What cashiers choose from. Press one to take it away.
rules-reason-new = A new reason
rules-reason-add = Add
rules-reason-remove = Take away: { $reason }
rules-kept = Kept. It applies from now on, and is on the record.
rules-next-start = It is written down and applies from the next start: the till’s record could not take it now.
rules-not-kept = It was not kept. Nothing has changed.
    .do = The settings file could not be written. “tillback doctor” says why.
rules-refused = That cannot be used. Nothing has changed.
rules-allowed-number = From { $least } to { $most }.
rules-allowed-amount = An amount above zero that the store’s currency can be paid in.
rules-allowed-hours = Two times of the day that are not the same, such as 09:00-21:00.
rules-allowed-reasons = One to twenty reasons, each up to 120 letters.
rules-now = Now: { $value }
rules-keep = Keep
rules-nothing-typed = Type the value
rule-name-cashier-alone = A cashier alone, up to
rule-name-own-approval = Managers, for what they ask for
rule-name-approval-seconds = An approval holds for
rule-name-per-refund = In one refund
rule-name-per-shift = In one shift
rule-name-per-day = In one day
rule-name-sale-age = Oldest sale
rule-name-refunds-per-sale = Refunds of one sale
rule-name-same-amount = Same amount again: two managers, within
rule-name-hours = Every day
rule-name-monday = Monday
rule-name-tuesday = Tuesday
rule-name-wednesday = Wednesday
rule-name-thursday = Thursday
rule-name-friday = Friday
rule-name-saturday = Saturday
rule-name-sunday = Sunday
rule-never = never
rule-yes = yes
rule-no = no
rule-no-limit = no limit
rule-hours-none = not set
rule-hours-usual = as every day
rule-hours-closed = closed
rule-hours-closed-all-day = Closed all day
rule-set-never = Never
rule-set-usual = As usual
rule-set-no-hours = No hours
rule-set-as-every-day = As every day
rule-set-no-limit = No limit
rule-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
rule-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
rule-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
rule-times =
    { $count ->
        [one] 1 refund
       *[other] { $count } refunds
    }

### Settings: gateway

gateway-which = Which gateway?
gateway-production = Production: real money
gateway-sandbox = Sandbox: to try out
gateway-sandbox-old = The older sandbox
gateway-merchant = Merchant number
gateway-store = Store number
gateway-other = Now: { $address }, on this computer.
gateway-fixed = In training it is the one on this computer.
gateway-keep = Keep this account
gateway-kept = Kept. It applies from the next start of the till.
gateway-token = API token
gateway-token-field = A new token
gateway-token-keep = Keep this token
gateway-test = Test now
gateway-testing = Asking the gateway…
token-in-keyring = The token is in the system’s keyring.
    .do = A new one is taken at once.
token-by-passphrase = The token is in a file, sealed by a passphrase.
    .do = Somebody types it at each start.
token-to-machine = The token is in a file, sealed to this computer.
    .do = A copy is of no use elsewhere, but any program of this user can open it here. A passphrase is stronger: tillback token set --passphrase
token-in-variable = The token is given by whoever starts the till.
    .do = It is used instead of any other.
token-sample = The token is the published sample.
    .do = It is worth nothing anywhere but here.
token-missing = There is no token yet.
    .do = Type it here, or use “tillback token set”.
token-none = That is not a token.
    .do = It is one line of letters, digits and signs.
token-not-allowed = Only a manager can give a token, and none is kept in training.
    .do = Nothing has changed.
token-not-kept = The token can’t be kept or read.
    .do = “tillback doctor” says more.
gateway-accepted = The gateway accepts this account and this token.
    .do = Nothing was refunded: it was asked about a sale that does not exist.
gateway-refused = The gateway does not accept it.
    .do = The token, the merchant number or the store number is wrong: it does not say which. Compare all three with your Pockyt account.
gateway-name-not-found = The gateway’s name is not known here.
    .do = There is no network, or none that leads out. Check cable, Wi-Fi and router.
gateway-unreachable = The gateway could not be reached.
    .do = Something is in between: a firewall, a proxy, or the gateway is down.
gateway-not-trusted = The connection to the gateway is not safe.
    .do = Check this computer’s date and time. If they are right, somebody may stand in between: call support.
gateway-no-answer = The gateway does not answer.
    .do = Wait a moment and test again.
gateway-unclear = The gateway gave no clear answer.
    .do = Test again. If it happens again, call support.
gateway-no-token = There is no token to test with.
    .do = Type one above.
gateway-wrong-account = This account can’t be used.
    .do = Its numbers have only letters and digits.

### Settings: training

training-is-off = This till refunds real money.
training-is-on = This till is for training.
training-about = In training nothing reaches a real wallet: other sales, other people, another record, and a gateway on this computer.
    .do = Everything says that it is training. Nobody stays signed in on the way in or out.
training-unresolved = A refund is still being checked.
    .do = It is asked about while this till is open. Wait until it is known.
training-begin = Begin training
training-end = End training

### Sale

sale-paid-with = Paid with
sale-wallet-unknown = Wallet not named
sale-time-unknown = Time not known
sale-invoice = Invoice
sale-paid = Paid
sale-refunded = Refunded before
sale-refunded-when = { $when }, by { $who }
sale-reserved = Being checked
sale-elsewhere = Refunded elsewhere
sale-left = Left to refund
sale-item-label = { $quantity } × { $name }
sale-from-gateway = From the gateway; this till has no copy of the sale.
sale-typed = The number was typed, not scanned.
sale-refund = Refund
sale-all = All that is left
sale-other-amount = Another amount
sale-ticked = What is ticked
sale-no-amount = –
sale-reason = Reason
sale-reason-other = Other…
sale-reason-field = Write the reason
sale-reason-use = Use this reason
sale-amount-title = How much?
sale-amount-left = { $left } is left
sale-amount-use = Use { $amount }
sale-amount-use-empty = Use this amount
sale-ask = Ask the manager…
sale-confirm = Confirm it yourself…
sale-ask-reason = Choose a reason first
sale-ask-amount = Choose an amount first
sale-ask-checking = Asking the gateway…
sale-check-asking = Asking the gateway how this sale stands…
sale-check-confirmed = The gateway confirms this sale.
sale-check-again = Ask again

### Approval

approval-title = Manager: confirm this refund
approval-title-alone = Confirm this refund
approval-to = To
approval-to-wallet = the customer’s { $wallet }
approval-to-unknown = the wallet the customer paid with
approval-sale = Sale
approval-asked-by = Asked by
approval-asked-why = { $who }, “{ $reason }”
approval-left-after = Left after
approval-manager = Manager
approval-who = Who confirms
approval-choose = Choose who confirms
approval-pay = Refund { $amount }
approval-checking = Checking…
approval-look-twice = Look twice
approval-over = Needs a manager’s note
approval-over-two = Needs two managers
approval-note = Why is it allowed?
approval-note-hint = Write it in a few words
approval-note-goods = I have seen the goods
approval-note-customer = Regular customer
approval-note-mistake = Our mistake
approval-second-manager = A second manager, please
approval-note-short = Note
approval-note-use = Use this note
approval-first = First yes
approval-agree = Agree
approval-nobody = No manager can confirm this.
    .money = Nothing was sent.
    .do = A manager other than the one who asks has to be added: Settings, People.

### Sending

sending-title = Sending the refund
sending-recording = Writing it down
sending-wait = Please wait. Do not start it again.
sending-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
sending-long = This takes longer than usual. The till keeps waiting for the answer.

### What is happening

steps-title = What is happening
step-recorded = written down
step-sent = sent
step-refunded = refunded
step-declined = refused by the gateway
step-pending = accepted, not finished
step-unknown = no clear answer
step-not-sent = not sent
step-not-executed = not refunded, by several answers
step-prepared = written down again
step-abandoned = given up
step-asked-found = { $ordinal } question: found
step-asked-not-found = { $ordinal } question: not there yet
step-asked-failed = { $ordinal } question: no answer
step-ordinal =
    { NUMBER($count, type: "ordinal") ->
        [one] { $count }st
        [two] { $count }nd
        [few] { $count }rd
       *[other] { $count }th
    }
step-next =
    { $count ->
        [one] Next question in 1 s
       *[other] Next question in { $count } s
    }
step-asking = Asking now…

### Result

result-refunded = Refunded
result-said = { $what }: { $amount }.
result-declined = Declined
result-not-found = Not found
result-unknown = Not known yet
result-pending = Not finished yet
result-not-sent = Not sent
result-not-executed = Not refunded
result-again = Do not refund this again.
result-next = Next refund
result-finish = Finish
result-by-itself = Esc · by itself in { $seconds } s
result-leave = Leave it running
result-number = Refund number
result-reference = Our reference
result-sale = Sale
result-approved = Approved by
result-no-number = The gateway gave none
result-tell-unknown = Tell the customer: “We are checking. You will see it in your wallet, or we will call you.”
result-tell-declined = Tell the customer: “It did not go through. Your money has not moved.”
result-your-wallet = the wallet

result-send-again = Ask to send it again…
result-leave-it = Leave it

### Refunds

refunds-title = Refunds
refunds-search = Search: number, amount, date, name
refunds-all = All
refunds-attention = To look at
refunds-refunded = Refunded
refunds-not-refunded = Not refunded
refunds-by-hand = By a person
refunds-reading = Reading…
refunds-none = No refunds here.
refunds-none-found = No refund with all these words.
refunds-about = { $when } · { $who } · { $reason }
refunds-newer = Newer
refunds-older = Older
refunds-looked-at = The newest { $count } were searched.
refunds-unread = The till’s record cannot be read just now.
    .money = Nothing was sent and nothing was changed.
    .do = Try again. If it happens again, call support.

### One refund

refund-sent = On its way
refund-abandoned = Given up
refund-contradicted = Gateway disagrees
refund-by-a-person = Decided by a person
refund-decided = { $who }, { $when }: “{ $reason }”.
refund-decided-on = { $who }, { $when }: “{ $reason }”, number { $evidence }.
refund-decided-confirmed = The gateway has confirmed it since.
refund-reference = Reference
refund-approved = Approved
refund-number = Gateway no.
refund-history = What happened
refund-check = Ask the gateway now
refund-send-again = Send again…
refund-release = Release…
refund-decide = Decide by hand…
refund-checking = Asking the gateway…
refund-check-found = Asked at { $clock }: the gateway has this refund.
refund-check-not-found = Asked at { $clock }: the gateway does not have it.
refund-check-nothing = { $why } That says nothing about the refund.
refund-done-release = It is given up. Its amount is free again.
refund-done-decide = It is on record, with your name.
standing-sent = The refund is on its way.
    .money = The money may or may not have gone back.
    .do = Wait for the answer; this page changes by itself.
standing-refunded = The gateway refunded it to { $wallet }.
    .money = The customer has the money, since { $clock }.
    .do = There is nothing to do.
standing-said-refunded = A manager decided that the customer has the money.
    .money = The gateway has not said so.
    .do = The till asks now and then, and tells you if they differ.
standing-said-not-executed = A manager decided that it did not happen.
    .money = Its amount is still held back.
    .do = Send it again, or release it.
standing-not-executed = The gateway was asked several times and has no such refund.
    .money = The money did not go back.
    .do = A manager can send it again, or release it.
standing-abandoned = A manager gave it up.
    .money = No money moved.
    .do = There is nothing to do.
standing-not-sent = The gateway could not be reached, so nothing was sent.
    .money = No money moved.
    .do = A manager can send it again, or release it.
standing-not-sent-setup = The till could not send it safely, so nothing was sent.
    .money = No money moved.
    .do = Put that right first (“tillback doctor”); then a manager can send it again, or release it.
standing-reported = The gateway reports this refund. This till holds it as: { $held }.
    .money = The money has probably gone back. It is not sent again.
    .do = Look at the gateway’s dashboard, then decide by hand.
standing-not-reported = A manager decided that the customer has the money, and the gateway does not know of it.
    .money = The money has probably not gone back.
    .do = Look at the gateway’s dashboard, then decide by hand.

### What happened to it

history-line = { $when }: { $what }
history-by = { $when }: { $what } ({ $who })
history-again = sent again: “{ $reason }”
history-again-bare = sent again
history-said-refunded = “the customer has the money”: { $reason }{ $evidence }
history-said-not-executed = “it did not happen”: { $reason }{ $evidence }
history-released = given up: “{ $reason }”
history-evidence = , number { $evidence }
history-not-found =
    { $count ->
        [one] asked: the gateway does not have it
       *[other] asked { $count } times: the gateway does not have it
    }
history-confirmed = the gateway confirms what was decided
history-reported = the gateway reports it; the till says otherwise
history-not-reported = the gateway does not know of it
history-stands = looked at, stays as it is: { $reason }{ $evidence }
history-stands-bare = looked at, stays as it is

### What a manager orders

order-send-again = Send this refund again
order-release = Release this refund
order-decide = Decide by hand
order-does-send-again = The same refund, under the same number.
    .do = The gateway is asked first, and nothing is sent if it has it already.
order-does-release = It is given up for good.
    .do = Its amount can be refunded anew from the receipt.
order-does-decide = This is kept for ever, with your name.
    .do = If the gateway says something else later, the till shows both.
order-what = What became of it?
order-say-refunded = The customer has the money
order-say-not-executed = It did not happen
order-why = Why?
order-why-waits = The customer is waiting
order-why-fixed = The connection works again
order-why-otherwise = Paid back in another way
order-why-gone = The customer does not want it
order-why-dashboard = Seen in the dashboard
order-why-bill = Seen in the customer’s wallet
order-evidence = The number you saw there
order-evidence-field = Refund or case number
order-because = Because: “{ $reason }”
order-on = Number: { $evidence }
order-go = On to the manager’s PIN
order-go-verdict = First say what became of it
order-go-reason = Write or choose a reason
order-go-evidence = Reason and number are needed
order-send = Send { $amount } again
order-free = Release { $amount }
order-record = Put it on record
order-moved = The refund has changed in the meantime.
    .money = Nothing was sent and nothing was changed.
    .do = Go back and look at it again.
order-reported = The gateway reports this refund.
    .money = Nothing was sent. The money has probably gone back.
    .do = Go back and look at it again.
order-too-early = The request may still arrive.
    .money = Nothing was changed.
    .do =
    { $minutes ->
        [0] You can say it now.
        [one] Nobody can say so for 1 more minute.
       *[other] Nobody can say so for { $minutes } more minutes.
    }
order-not-asked-down = The gateway does not answer.
    .money = Nothing was sent.
    .do = It has to be asked first. Try again when it is back.
order-not-asked-denied = The gateway does not accept this terminal.
    .money = Nothing was sent.
    .do = The terminal’s number or its secret is wrong.
order-not-asked-unclear = The gateway gave no clear answer.
    .money = Nothing was sent.
    .do = It has to say that it does not have it. Try again.

### Outcomes

outcome-refunded = { $wallet } accepted it at { $clock }.
    .money = The customer gets a message in their wallet.
    .do = Give the receipt back.
outcome-pending = The gateway has accepted it but has not finished.
    .money = The money is on its way, or soon will be.
    .do = The till keeps asking; this page changes by itself.
outcome-not-executed = The gateway was asked several times and has no such refund.
    .money = The money did not go back. Nothing is held any more.
    .do = Ask the manager to send it again, or leave it: it waits under Refunds.
declined-no-such-sale = The gateway does not know this sale.
    .money = Nothing was refunded.
    .do = Check the number on the receipt. If it is right, call support.
declined-sale-status = The gateway says this sale cannot be refunded now: it is not paid, or it is refunded already.
    .money = Nothing was refunded this time.
    .do = Scan it again to see how the sale stands.
declined-access-denied = The gateway does not accept this terminal.
    .money = Nothing was refunded.
    .do = Call a manager: the terminal’s number or its secret is wrong. Other refunds will be refused too.
declined-bad-request = The gateway did not accept the request.
    .money = Nothing was refunded.
    .do = Call support and give them the code below.
declined-wallet = The customer’s wallet refused it.
    .money = Nothing was refunded.
    .do = Ask the customer to look in their wallet, or refund in another way.
unknown-timed-out = The gateway did not answer in time.
    .money = The money may or may not have gone back.
    .do = The till is asking; this page changes by itself.
unknown-connection-lost = The connection broke before the answer came.
    .money = The money may or may not have gone back.
    .do = The till is asking; this page changes by itself.
unknown-unreadable = The gateway’s answer cannot be read.
    .money = The money may or may not have gone back.
    .do = The till is asking; this page changes by itself.
unknown-gateway-error = The gateway had a fault of its own.
    .money = The money may or may not have gone back.
    .do = The till is asking; this page changes by itself.
unknown-mismatch = The gateway answered about another refund.
    .money = The money may or may not have gone back.
    .do = The till is asking. If this page has not changed in ten minutes, call support.
unknown-unheard-of = The gateway gave an answer this till does not know.
    .money = The money may or may not have gone back.
    .do = The till is asking. If this page has not changed in ten minutes, call support.
unknown-interrupted = The till stopped while the refund was on its way.
    .money = The money may or may not have gone back.
    .do = The till is asking; this page changes by itself.
not-sent-name-not-found = The gateway could not be found: the till has no network, or a wrong address.
    .money = Nothing was sent. No money moved.
    .do = Check the network cable or the Wi-Fi. The manager can send it again, now or later under Refunds.
not-sent-unreachable = The gateway could not be reached.
    .money = Nothing was sent. No money moved.
    .do = Wait a moment. The manager can send it again, now or later under Refunds.
not-sent-not-trusted = The connection to the gateway is not safe, so the till did not use it.
    .money = Nothing was sent. No money moved.
    .do = Check the till’s date and time. If they are right, call support.
not-sent-configuration = This till is not set up to send refunds.
    .money = Nothing was sent. No money moved.
    .do = Call a manager. On the till’s computer, “tillback doctor” says what is missing.

### Problem

problem-title = The refund was not made

### When something is wrong with a code

scan-product-barcode = This is a product barcode.
    .money = Nothing was refunded.
    .do = Scan the long barcode at the end of the receipt, or the bill in the customer’s wallet.
scan-payment-code = This looks like the code the customer pays with.
    .money = Nothing was charged and nothing was refunded.
    .do = Ask them to open the bill in their wallet, then its details.
scan-foreign-url = This code leads to { $host }.
    .money = Nothing was refunded.
    .do = Scan the barcode on the receipt, or type the number under it.
scan-empty = There was nothing in this code.
    .money = Nothing was refunded.
    .do = Scan again, or type the number under the barcode.
scan-torn = Please scan again.
    .do = Only part of the code came through.
scan-too-long = This code is too long to be a receipt’s ({ $length } characters).
    .money = Nothing was refunded.
    .do = Scan the barcode on the receipt, or type the number under it.
scan-not-a-number = This is not a receipt’s code.
    .money = Nothing was refunded.
    .do = Scan the barcode on the receipt, or type the number under it.
scan-wrong-length =
    { $digits ->
        [one] That is 1 digit. The number has 18.
       *[other] That is { $digits } digits. The number has 18.
    }
    .money = Nothing was refunded.
    .do = Compare it with the receipt and type it again.

### When a sale cannot be found or checked

lookup-not-found = There is no sale with this number.
    .money = Nothing was refunded.
    .do = Check that the receipt is from this store, then scan again.
lookup-ambiguous = Several sales carry this number.
    .money = Nothing was refunded.
    .do = Use the long number under the barcode, or the bill in the customer’s wallet.
lookup-gateway-down = The gateway does not answer.
    .money = Nothing was refunded.
    .do = Check the network, wait a moment and try again.
lookup-gateway-unclear = The gateway gave no clear answer about this sale.
    .money = Nothing was refunded.
    .do = Try again. If it happens again, call support.
lookup-access-denied = The gateway does not accept this terminal.
    .money = Nothing was refunded.
    .do = Call a manager: the terminal’s number or its secret is wrong.
lookup-amounts-differ = The gateway and this till disagree about what was paid.
    .money = Nothing was refunded.
    .do = Call a manager. This sale has to be looked at first.

### When the till itself fails

house-ledger-full = The till’s disk is full.
    .money = Nothing was sent. No money moved.
    .do = Call a manager: space has to be made before the next refund.
house-ledger-read-only = The till may not write to its own record.
    .money = Nothing was sent. No money moved.
    .do = Call a manager: “tillback doctor” says which file.
house-ledger-busy = Another program holds the till’s record.
    .money = Nothing was sent. No money moved.
    .do = Close other windows of Tillback, then try again.
house-ledger-broken = The till’s record cannot be read.
    .money = Nothing was sent. No money moved.
    .do = Make no more refunds. Close the till and start it again: it says what can be done.
house-ledger-unchecked = The till is still checking its record.
    .money = Nothing was sent. No money moved.
    .do = Wait a minute, then start the refund again. If it stays so, call a manager.
house-worker-stopped = A part of the till failed and was started again.
    .money = Nothing was sent. No money moved.
    .do = Try again. If it happens again, restart the till and call support.
house-started-over = The till failed and has started over.
    .money = No refund is lost: one that may have been sent is being checked.
    .do = Sign in, and see what became of it before you begin the same refund again.

### When a refund is not allowed

refusal-not-paid-yet = This sale is not paid yet.
    .money = There is nothing to give back.
    .do = Wait until the payment is through, then scan again.
refusal-payment-failed = This payment failed.
    .money = The customer paid nothing here.
    .do = There is nothing to refund.
refusal-payment-closed = This payment was closed or taken back.
    .money = The customer has the money already, or never paid it.
    .do = There is nothing to refund.
refusal-nothing-left = This sale is refunded in full.
    .money = The whole { $paid } went back already.
    .do = There is nothing left to refund.
refusal-nothing-left-reserved = Nothing is left of this sale.
    .money = { $reserved } of it is being checked: it may have gone back already.
    .do = Do not refund it again. Wait until the check is done.
refusal-over-left = { $asked } is more than is left.
    .money = { $left } can be refunded.
    .do = Choose a smaller amount.
refusal-zero-amount = An amount of zero cannot be refunded.
    .money = Nothing was refunded.
    .do = Choose an amount.
refusal-wrong-currency = The sale was paid in another currency.
    .money = { $paid } was paid.
    .do = Refund in that currency.
refusal-too-old =
    { $days ->
        [one] This sale is 1 day old.
       *[other] This sale is { $days } days old.
    }
    .money = Wallets accept refunds for { $max } days.
    .do = Refund the customer in another way.
refusal-too-many =
    { $count ->
        [one] This sale was refunded once already.
       *[other] This sale was refunded { $count } times already.
    }
    .money = No more than { $max } refunds of one sale are allowed.
    .do = Refund the customer in another way.
refusal-too-soon = This sale was refunded a moment ago.
    .money = Make sure that it is not the same refund twice.
    .do =
    { $seconds ->
        [one] You can go on in 1 second.
       *[other] You can go on in { $seconds } seconds.
    }
rule-refund-limit = Cashiers may give back up to { $limit } at a time.
    .money = Nothing was sent.
    .do = A manager who did not ask can allow more, with a note.
rule-refund-limit-manager = Managers may give back up to { $limit } at a time.
    .money = Nothing was sent.
    .do = Another manager can allow more, with a note.
rule-shift-limit = This is over the limit for one shift, { $limit }.
    .money = Nothing was sent.
    .do = A manager who did not ask can allow more, with a note.
rule-day-limit = This is over the limit for one day, { $limit }.
    .money = Nothing was sent.
    .do = A manager who did not ask can allow more, with a note.
rule-sale-age =
    { $days ->
        [one] This sale is 1 day old; the store’s limit is { $max ->
            [one] 1 day
           *[other] { $max } days
        }.
       *[other] This sale is { $days } days old; the store’s limit is { $max ->
            [one] 1 day
           *[other] { $max } days
        }.
    }
    .money = Nothing was sent.
    .do = A manager who did not ask can allow it, with a note.
rule-refunds-of-sale =
    { $count ->
        [one] This sale was refunded once; the store allows { $max }.
       *[other] This sale was refunded { $count } times; the store allows { $max }.
    }
    .money = Nothing was sent.
    .do = A manager who did not ask can allow one more, with a note.
rule-same-amount =
    { $minutes ->
        [0] The same amount went back on this sale a moment ago.
        [one] The same amount went back on this sale 1 minute ago.
       *[other] The same amount went back on this sale { $minutes } minutes ago.
    }
    .money = Make sure that it is not the same refund twice. Nothing was sent.
    .do = Two managers have to allow it, or wait until { $within } minutes are over.
warning-refunded-before =
    { $count ->
        [one] This sale was refunded once before.
       *[other] This sale was refunded { $count } times before.
    }
warning-typed = The number was typed, not scanned: is the receipt there?
warning-near-limit = It comes close to the limit of { $limit }.
warning-asks-often = Refund number { $theirs } by this person today; the others had { $average } on average.
warning-outside-hours = The store is closed at this hour.
warning-fresh-sale =
    { $minutes ->
        [0] The sale was paid less than a minute ago.
        [one] The sale was paid 1 minute ago.
       *[other] The sale was paid { $minutes } minutes ago.
    }
refusal-not-your-approval = This person may not confirm this refund.
    .money = Nothing was sent.
    .do = Another manager has to do it.
refusal-approval-expired = The manager’s yes has run out.
    .money = Nothing was sent. No money moved.
    .do = Ask again.
refusal-approval-void = The sale has changed since the manager said yes.
    .money = Nothing was sent. No money moved.
    .do = Look at the sale again, then ask again.
refusal-books = The amounts of this sale do not add up.
    .money = Nothing was refunded.
    .do = Call support. This sale has to be looked at first.

### When an amount is not one

amount-empty = No amount is chosen.
    .money = Nothing was refunded.
    .do = Type an amount, or tick what comes back.
amount-not-an-amount = This is not an amount.
    .money = Nothing was refunded.
    .do = Type it like 27.40
amount-no-decimals = { $currency } has no decimals.
    .money = Nothing was refunded.
    .do = Type a whole number.
amount-too-many-decimals = { $currency } has { $allowed } decimals.
    .money = Nothing was refunded.
    .do = Type it like 27.40
amount-too-large = This amount is too large.
    .money = Nothing was refunded.
    .do = Type it again.

### When a PIN is not accepted

sign-in-wrong-pin = That PIN is not right.
    .money = Nothing was refunded.
    .do = Try again.
sign-in-wrong-pin-wait = That PIN is not right.
    .money = Nothing was refunded.
    .do =
    { $seconds ->
        [one] Try again in 1 second.
       *[other] Try again in { $seconds } seconds.
    }
sign-in-locked-out = Too many wrong PINs.
    .money = Nothing was refunded.
    .do =
    { $seconds ->
        [one] Try again in 1 second.
       *[other] Try again in { $seconds } seconds.
    }
approval-wrong-pin = That PIN is not right.
    .money = Nothing was sent.
    .do = Try again.
approval-wrong-pin-wait = That PIN is not right.
    .money = Nothing was sent.
    .do =
    { $seconds ->
        [one] Try again in 1 second.
       *[other] Try again in { $seconds } seconds.
    }
approval-locked-out = Too many wrong PINs.
    .money = Nothing was sent.
    .do =
    { $seconds ->
        [one] Try again in 1 second.
       *[other] Try again in { $seconds } seconds.
    }

### The till cannot start

passphrase-title = The passphrase, please
passphrase-why = This till’s key to the payment gateway is sealed. Type the passphrase it was sealed with: once, each time the till starts.
passphrase-wrong = That did not open it. Nothing is lost: try again, slowly. Upper and lower case matter.
passphrase-field = Passphrase
passphrase-open = Open the till
passphrase-quit = Close
fault-title = This till can’t start
fault-money = Nothing was sent. No refund was made or changed.
fault-do = Show this page to whoever looks after the till. “tillback doctor” checks everything and says what to do.
fault-close = Close

### The ledger cannot be opened

ledger-in-use = Another till window is open.
    .money = Nothing was sent from here. The other window goes on working.
    .do = Work there. Or close it, and then try again here.
ledger-locked = Another program holds the till’s record.
    .money = Nothing was sent. No refund was changed.
    .do = Wait until an import or a copy is done, or close what has the record open. Then try again.
ledger-disk-full = The till’s disk is full.
    .money = Nothing was sent. Every refund made so far is kept.
    .do = Make room: empty the bin, remove what does not belong to the till. Do not remove anything from its folder. Then try again.
ledger-read-only = The till’s record may not be written.
    .money = Nothing was sent. Every refund made so far is kept.
    .do = The disk or the folder is write-protected. Take the protection off, then try again.
ledger-no-permission = This user may not use the till’s record.
    .money = Nothing was sent. Every refund made so far is kept.
    .do = Sign in as the till’s own user, or let this user write the folder. Then try again.
ledger-folder-missing = The folder with the till’s record is not there.
    .money = Nothing was sent. What is in the folder is not touched.
    .do = Plug in the disk, or connect the share, that the till keeps its record on. Then try again.
ledger-gone = The till’s record is gone.
    .money = Nothing was sent. Refunds made before are safe at the gateway.
    .do = If somebody moved it, put it back and try again. If not, put a copy back.
ledger-not-one = Something else stands where the till’s record should be.
    .money = Nothing was sent. Refunds made before are safe at the gateway.
    .do = If somebody moved the record, put it back and try again. If not, put a copy back.
ledger-damaged = The till’s record is damaged.
    .money = Nothing is sent any more. Refunds made before are safe at the gateway.
    .do = Put a copy back. What can still be read is brought over.
ledger-behind = The end of the till’s record is missing.
    .money = Nothing was sent. Refunds made before are safe at the gateway.
    .do =
    { $count ->
        [0] Another record was put in its place. Put the right one back and try again, or put a copy back.
        [one] 1 entry is not there: a file beside it was removed, or an older copy put in its place. Put that right and try again, or put a copy back.
       *[other] { $count } entries are not there: a file beside it was removed, or an older copy put in its place. Put that right and try again, or put a copy back.
    }
ledger-newer = A newer Tillback has used this record.
    .money = Nothing was sent. Every refund made so far is kept.
    .do = Install the newer Tillback again. This one must not touch the record.
ledger-migration = The till’s record could not be brought up to date.
    .money = Nothing was sent. The record is as it was.
    .do = Try again. If it stays so, save the files for support, and go on with the Tillback you had before.
ledger-for-training = This record is for training.
    .money = Nothing was sent. There is no real refund in it.
    .do = Somebody has put it in the place of the real one. Put the right one back, then try again.
ledger-for-real = This record is of real refunds, and this till is set to training.
    .money = Nothing was sent. Every refund made so far is kept.
    .do = Put the training record back, or end the training in the settings. Then try again.
ledger-other = The till’s record cannot be opened.
    .money = Nothing was sent. No refund was changed.
    .do = Try again. If it stays so, save the files for support and call them.

recovery-record-at = The record: { $path }
recovery-holder-till = Till { $till }
recovery-holder-host = computer { $host }
recovery-holder-process = process { $pid }
recovery-holder-since = opened: { $since }
recovery-holder-unknown = It did not say who it is.
recovery-copies = Put a copy back…
recovery-again = Try again
recovery-support = Save files for support
recovery-folder = Show the folder
recovery-close = Close Tillback
recovery-back = Back
recovery-looking = Looking for copies…
recovery-trying = Opening the record…
recovery-restoring = Putting it back…
recovery-saving = Saving…
recovery-still = It is still the same.
recovery-saved = Saved for support.
    .do = { $path } holds the record, the settings and the logs. The gateway’s secret is not in it.
recovery-not-saved = It could not be saved.
recovery-folder-shown = The folder opens in another window.
recovery-folder-not-shown = No program here shows folders.
    .do = It is { $path }
recovery-copy-found = There is a good copy: { $when }.
recovery-no-copies = No good copy was found.
    .do = Plug in the disk with the copies and try again. Or save the files for support and call them.
recovery-unknowns-none = It has every refund that the till’s record shows.
recovery-unknowns =
    { $count ->
        [one] 1 refund is newer. It comes over as unknown, and the till asks the gateway about it.
       *[other] { $count } refunds are newer. They come over as unknown, and the till asks the gateway about each.
    }
recovery-unknowns-unreadable = Refunds made after it may be missing: the present record cannot be read. Compare with the gateway’s dashboard.
recovery-unknowns-at-least =
    { $count ->
        [one] At least 1 refund is newer and comes over as unknown. There may be more: compare with the gateway’s dashboard.
       *[other] At least { $count } refunds are newer and come over as unknown. There may be more: compare with the gateway’s dashboard.
    }
recovery-copy =
    { $count ->
        [one] { $when } · 1 refund
       *[other] { $when } · { $count } refunds
    }
recovery-copy-as-of = This copy ends { $when }.
recovery-which = Which copy?
recovery-which-how = The newest knows most. Each was read through just now and is good.
recovery-use = Use this copy…
recovery-aside = Nothing is deleted.
    .do = What is in place now is set aside, whole. Refunds that wait to be sent again are given up if nobody knows what became of them.
recovery-word = A manager says why
recovery-why = Why is a copy put back?
recovery-reason-disk = The disk failed
recovery-reason-damage = The record was damaged
recovery-reason-wrong-file = A wrong file was in its place
recovery-who = Manager, and their PIN as of that day
recovery-put-back = Put the copy back
recovery-not-restored = The copy was not put back.
    .do = Everything is as it was.
recovery-done = The record is back
recovery-brought-over =
    { $count ->
        [one] 1 refund came over from the old record. It shows as being checked until the gateway has answered.
       *[other] { $count } refunds came over from the old record. They show as being checked until the gateway has answered.
    }
recovery-given-up =
    { $count ->
        [one] 1 refund that waited to be sent again was given up. Start it anew from the receipt.
       *[other] { $count } refunds that waited to be sent again were given up. Start them anew from the receipts.
    }
recovery-left-behind = These could not be brought over: { $references }. Look them up in the gateway’s dashboard.
recovery-compare = The old record could not be read to its end. Compare today’s refunds with the gateway’s dashboard before the first new one.
recovery-aside-at = The old record is in { $path }.
recovery-start = Start the till
