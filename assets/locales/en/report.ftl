# The Report screen.

ready-report = Report
ready-shift = Shift
report-title = Report
report-day = Day
report-shift = Shift
report-earlier = Earlier
report-later = Later
report-making = Adding up…
report-of-shift = Shift { $number } · { $who }
report-shift-open = since { $from }
report-shift-closed = { $from } to { $to }
report-no-shift = No shift has been opened here yet.
report-unread = The report cannot be made just now.
    .money = Nothing was sent and nothing was changed.
    .do = Try again. If it stays so, call support.
report-given-back = Given back
report-count =
    { $count ->
        [one] 1 refund
       *[other] { $count } refunds
    }
report-asked = Asked for
report-by-hand = By a person’s word
report-unresolved =
    { $count ->
        [one] 1 refund is not finished.
       *[other] { $count } refunds are not finished.
    }
    .do = Not counted below. Look at them under Refunds (F3).
report-besides =
    { $count ->
        [0] Nothing else is open at this till.
        [one] 1 older or other refund is open at this till.
       *[other] { $count } older or other refunds are open at this till.
    }
report-all-finished = Every refund here is finished.
report-record = Record: { $count } rows, head
report-hours = By hour
report-wallets = Wallets
report-reasons = Reasons
report-people = People
report-states = States
report-nothing = Nothing to show.
report-no-wallet = Not known
report-hours-said = Refunds by hour of the day: { $what }.
report-hour-said = from { $hour } o’clock { $count }
report-wallets-said = Given back by wallet: { $what }.
report-only = Only { $code }; other currencies are in the file.
report-export-csv = Save CSV
report-export-json = Save JSON
report-export-pdf = Save PDF
report-print-lost = The printer was lost while it printed.
    .do = Look whether all of it came out. If not, press “Print” again.
report-exported = Saved as { $name }
    .do = In the folder “exports” beside the till’s record.
report-not-exported = The file was not written.
    .do = Is the disk full, or may nobody write there?
report-shift-begin = Open my shift
report-shift-end = Close shift…
report-shift-end-now = Close it now
report-shift-sure = Close shift { $number } of { $who }?
    .do = Its report is kept with the record’s head. What is not finished is followed up all the same.
report-shift-refused = The shift could not be changed.
    .do = Try again.
report-training = TRAINING: none of this is money
report-state-prepared = Written down, not sent
report-state-sent = On its way
report-state-refunded = Refunded
report-state-declined = Declined
report-state-pending = Pending at the gateway
report-state-unknown = Not known
report-state-not-sent = Not sent
report-state-not-executed = Not executed
report-state-abandoned = Given up
