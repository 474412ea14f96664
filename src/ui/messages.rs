//! From typed facts to what a person is told: what happened, what it means for the money, what to do next.
//!
//! **Exhaustive: no `_` arm**, so that a new fact in a room below does not compile until it has its words here.
//! **The code is for support and stands in small print**; it is never all that is said.

use super::i18n::{Given, Words, count, text};
use crate::domain::{
    ApprovalFault, DeclineCause, Difference, Doubt, HouseFault, HouseRule, LookupFault, Money, MoneyError,
    NotSentCause, OrderFault, Outcome, PeopleFault, RecordFault, Refund, RefundState, Refusal, Role, SaleStatus,
    ScanRefusal, UnknownCause, Warning,
};
use crate::flow::{AmountProblem, ScanProblem};
use crate::terminal::recovery::LedgerFault;

/// What a person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserMessage {
    /// What happened.
    pub what_happened: String,
    /// What it means for the customer's money.
    pub what_about_the_money: String,
    /// What to do next.
    pub what_to_do: String,
    /// For support.
    pub code: Option<String>,
}

/// Which words say it, and what is put into them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    key: &'static str,
    gifts: Vec<(&'static str, Given)>,
    code: Option<String>,
}

impl Fact {
    const fn plain(key: &'static str) -> Self {
        Self { key, gifts: vec![], code: None }
    }

    fn with(key: &'static str, gifts: Vec<(&'static str, Given)>) -> Self {
        Self { key, gifts, code: None }
    }

    fn coded(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// Puts it into words.
    pub fn say(&self, words: &Words) -> UserMessage {
        let part = |part: &str| words.with(&format!("{}{part}", self.key), &self.gifts);
        UserMessage {
            what_happened: part(""),
            what_about_the_money: part(".money"),
            what_to_do: part(".do"),
            code: self.code.clone(),
        }
    }
}

/// Why a code led to no sale.
pub fn scan_problem(problem: &ScanProblem) -> Fact {
    match problem {
        ScanProblem::Refused(refusal) => scan_refusal(refusal),
        ScanProblem::Doubted(which) => doubt(*which),
        ScanProblem::Lookup { why, masked } => lookup(*why).coded(masked.clone()),
    }
}

fn scan_refusal(refusal: &ScanRefusal) -> Fact {
    match refusal {
        ScanRefusal::ProductBarcode => Fact::plain("scan-product-barcode"),
        ScanRefusal::PaymentCode => Fact::plain("scan-payment-code"),
        ScanRefusal::ForeignUrl { host } => Fact::with("scan-foreign-url", vec![("host", text(host.clone()))]),
        ScanRefusal::Empty => Fact::plain("scan-empty"),
        ScanRefusal::TooLong { length } => Fact::with("scan-too-long", vec![("length", count(*length))]),
        ScanRefusal::NotANumber => Fact::plain("scan-not-a-number"),
        ScanRefusal::Badge => Fact::plain("scan-badge"),
        ScanRefusal::WrongLength { digits } => Fact::with("scan-wrong-length", vec![("digits", count(*digits))]),
    }
}

fn doubt(which: Doubt) -> Fact {
    match which {
        Doubt::PaymentCode => Fact::plain("scan-payment-code"),
        Doubt::ProductBarcode => Fact::plain("scan-product-barcode"),
        Doubt::ShortNumber => Fact::plain("scan-short-number"),
        Doubt::BadgePart => Fact::plain("scan-badge-part"),
    }
}

/// Why a sale could not be looked up or checked.
pub fn lookup(fault: LookupFault) -> Fact {
    match fault {
        LookupFault::NotFound => Fact::plain("lookup-not-found"),
        LookupFault::Doubted(which) => doubt(which),
        LookupFault::Ambiguous => Fact::plain("lookup-ambiguous"),
        LookupFault::GatewayDown => Fact::plain("lookup-gateway-down"),
        LookupFault::GatewayUnclear => Fact::plain("lookup-gateway-unclear"),
        LookupFault::AccessDenied => Fact::plain("lookup-access-denied"),
        LookupFault::AmountsDiffer => Fact::plain("lookup-amounts-differ"),
        LookupFault::House(fault) => house(fault),
    }
}

/// Why the record could not be shown: nothing was to be sent.
pub fn unread(fault: HouseFault) -> Fact {
    Fact::plain("refunds-unread").coded(house(fault).code.unwrap_or_default())
}

/// Why there is no report.
pub fn no_report(fault: HouseFault) -> Fact {
    Fact::plain("report-unread").coded(house(fault).code.unwrap_or_default())
}

/// How a refund stands, on the screen of the record: whose word it is, what of the money, what a manager can do.
/// `held` is the word for its state, for where the gateway says otherwise.
pub fn standing(refund: &Refund, (wallet, clock, held): (&str, &str, &str)) -> Fact {
    match refund.contradiction.map(|contradiction| contradiction.difference) {
        Some(Difference::Reported) => return Fact::with("standing-reported", vec![("held", text(held))]),
        Some(Difference::NotReported) => return Fact::plain("standing-not-reported"),
        None => {}
    }
    let by_person = refund.decision.as_ref();
    match (refund.state, &refund.outcome) {
        (RefundState::Prepared | RefundState::Sent, _) | (_, None) => Fact::plain("standing-sent"),
        (RefundState::Refunded, _) if by_person.is_some_and(|decision| decision.confirmed_at.is_none()) => {
            Fact::plain("standing-said-refunded")
        }
        (RefundState::Refunded, _) => {
            Fact::with("standing-refunded", vec![("wallet", text(wallet)), ("clock", text(clock))])
        }
        (RefundState::NotExecuted, _) if by_person.is_some() => Fact::plain("standing-said-not-executed"),
        (RefundState::NotExecuted, _) => Fact::plain("standing-not-executed"),
        (RefundState::Abandoned, _) => Fact::plain("standing-abandoned"),
        (RefundState::NotSent, Some(Outcome::NotSent { cause })) => match cause {
            NotSentCause::NotTrusted | NotSentCause::Configuration => Fact::plain("standing-not-sent-setup"),
            NotSentCause::NameNotFound | NotSentCause::Unreachable => Fact::plain("standing-not-sent"),
        },
        (RefundState::NotSent, Some(_)) => Fact::plain("standing-not-sent"),
        (RefundState::Declined | RefundState::Pending | RefundState::Unknown, Some(known)) => {
            outcome(known, wallet, clock)
        }
    }
}

/// Why a manager's order was not carried out.
pub fn order(fault: &OrderFault, wait_seconds: u32) -> Fact {
    match fault {
        OrderFault::Person(fault) => approval(fault, wait_seconds),
        OrderFault::Moved => Fact::plain("order-moved"),
        OrderFault::Reported => Fact::plain("order-reported"),
        OrderFault::TooEarly { .. } => {
            Fact::with("order-too-early", vec![("minutes", Given::Count(wait_seconds.div_ceil(60)))])
        }
        OrderFault::NotAsked(why) => match why {
            LookupFault::AccessDenied => Fact::plain("order-not-asked-denied"),
            LookupFault::GatewayDown => Fact::plain("order-not-asked-down"),
            LookupFault::NotFound
            | LookupFault::Doubted(_)
            | LookupFault::Ambiguous
            | LookupFault::GatewayUnclear
            | LookupFault::AmountsDiffer
            | LookupFault::House(_) => Fact::plain("order-not-asked-unclear"),
        },
    }
}

/// What failed in the till itself.
pub fn house(fault: HouseFault) -> Fact {
    match fault {
        HouseFault::LedgerFull => Fact::plain("house-ledger-full").coded("ledger_full"),
        HouseFault::LedgerReadOnly => Fact::plain("house-ledger-read-only").coded("ledger_read_only"),
        HouseFault::LedgerBusy => Fact::plain("house-ledger-busy").coded("ledger_busy"),
        HouseFault::LedgerBroken => Fact::plain("house-ledger-broken").coded("ledger_broken"),
        HouseFault::LedgerUnchecked => Fact::plain("house-ledger-unchecked").coded("ledger_unchecked"),
        HouseFault::WorkerStopped => Fact::plain("house-worker-stopped").coded("worker_stopped"),
        HouseFault::StartedOver => Fact::plain("house-started-over").coded("started_over"),
    }
}

/// Why there is no ledger to work with.
pub fn recovery(fault: &LedgerFault) -> Fact {
    let key = match fault {
        LedgerFault::InUse(_) => "ledger-in-use",
        LedgerFault::Locked => "ledger-locked",
        LedgerFault::DiskFull => "ledger-disk-full",
        LedgerFault::ReadOnly => "ledger-read-only",
        LedgerFault::NoPermission => "ledger-no-permission",
        LedgerFault::FolderMissing => "ledger-folder-missing",
        LedgerFault::Gone => "ledger-gone",
        LedgerFault::NotALedger => "ledger-not-one",
        LedgerFault::Damaged => "ledger-damaged",
        LedgerFault::Behind { missing } => {
            let rows = count(usize::try_from(*missing).unwrap_or(usize::MAX));
            return Fact::with("ledger-behind", vec![("count", rows)]);
        }
        LedgerFault::NewerSchema => "ledger-newer",
        LedgerFault::MigrationFailed => "ledger-migration",
        LedgerFault::WrongMode { ledger_is_training: true } => "ledger-for-training",
        LedgerFault::WrongMode { ledger_is_training: false } => "ledger-for-real",
        LedgerFault::Other => "ledger-other",
    };
    Fact::plain(key)
}

/// Why a refund is not allowed.
pub fn refusal(why: &Refusal) -> Fact {
    match why {
        Refusal::NotPaid { status } => not_paid(*status),
        Refusal::NothingLeft { paid, reserved } => {
            let key = if reserved.is_zero() { "refusal-nothing-left" } else { "refusal-nothing-left-reserved" };
            let gifts = vec![("paid", Given::Amount(*paid)), ("reserved", Given::Amount(*reserved))];
            Fact::with(key, gifts)
        }
        Refusal::OverLeft { asked, left } => {
            Fact::with("refusal-over-left", vec![("asked", Given::Amount(*asked)), ("left", Given::Amount(*left))])
        }
        Refusal::ZeroAmount => Fact::plain("refusal-zero-amount"),
        Refusal::WrongCurrency { asked, paid } => {
            Fact::with("refusal-wrong-currency", vec![("asked", Given::Amount(*asked)), ("paid", Given::Amount(*paid))])
        }
        Refusal::TooOld { days, max_days } => {
            Fact::with("refusal-too-old", vec![("days", Given::Count(*days)), ("max", Given::Count(*max_days))])
        }
        Refusal::TooMany { count, max } => {
            Fact::with("refusal-too-many", vec![("count", Given::Count(*count)), ("max", Given::Count(*max))])
        }
        Refusal::TooSoon { wait_seconds } => {
            Fact::with("refusal-too-soon", vec![("seconds", Given::Count(*wait_seconds))])
        }
        Refusal::NotYourApproval => Fact::plain("refusal-not-your-approval"),
        Refusal::ApprovalExpired => Fact::plain("refusal-approval-expired"),
        Refusal::ApprovalVoid => Fact::plain("refusal-approval-void"),
        Refusal::House(rule) => house_rule(rule),
        Refusal::Books => Fact::plain("refusal-books").coded("books"),
    }
}

/// A rule of the store's own that stands in the way, and who can lift it.
pub fn house_rule(rule: &HouseRule) -> Fact {
    let money = |limit: &Money, after: Option<Money>| {
        vec![("limit", Given::Amount(*limit)), ("after", after.map_or_else(|| text(""), Given::Amount))]
    };
    let with_role = |key: &'static str, other: &'static str, role: &Role| match role {
        Role::Cashier => key,
        Role::Manager => other,
    };
    match rule {
        HouseRule::RefundLimit { role, limit } => {
            Fact::with(with_role("rule-refund-limit", "rule-refund-limit-manager", role), money(limit, None))
        }
        HouseRule::ShiftLimit { limit, after, .. } => Fact::with("rule-shift-limit", money(limit, *after)),
        HouseRule::DayLimit { limit, after, .. } => Fact::with("rule-day-limit", money(limit, *after)),
        HouseRule::SaleAge { days, max_days } => {
            Fact::with("rule-sale-age", vec![("days", Given::Count(*days)), ("max", Given::Count(*max_days))])
        }
        HouseRule::RefundsOfSale { count, max } => {
            Fact::with("rule-refunds-of-sale", vec![("count", Given::Count(*count)), ("max", Given::Count(*max))])
        }
        HouseRule::SameAmount { minutes_ago, within_minutes } => Fact::with(
            "rule-same-amount",
            vec![("minutes", Given::Count(*minutes_ago)), ("within", Given::Count(*within_minutes))],
        ),
    }
}

/// What a manager should know before saying yes, as one sentence.
pub fn warning(words: &Words, warning: &Warning) -> String {
    let number = |key: &str, name: &'static str, value: u32| words.with(key, &[(name, Given::Count(value))]);
    match warning {
        Warning::RefundedBefore { count } => number("warning-refunded-before", "count", *count),
        Warning::TypedNumber => words.say("warning-typed"),
        Warning::NearLimit { limit } => words.with("warning-near-limit", &[("limit", Given::Amount(*limit))]),
        Warning::AsksOften { theirs, average } => {
            words.with("warning-asks-often", &[("theirs", Given::Count(*theirs)), ("average", Given::Count(*average))])
        }
        Warning::OutsideHours => words.say("warning-outside-hours"),
        Warning::FreshSale { minutes } => number("warning-fresh-sale", "minutes", *minutes),
    }
}

fn not_paid(status: SaleStatus) -> Fact {
    let fact = match status {
        SaleStatus::Init | SaleStatus::Dealing | SaleStatus::Pending => Fact::plain("refusal-not-paid-yet"),
        SaleStatus::Failed => Fact::plain("refusal-payment-failed"),
        SaleStatus::Closed => Fact::plain("refusal-payment-closed"),
        // A paid sale is not refused for its status; said plainly if it ever is.
        SaleStatus::Success => Fact::plain("refusal-books"),
    };
    fact.coded(status.as_str())
}

/// Why the chosen amount cannot be asked for.
pub fn amount_problem(problem: &AmountProblem) -> Fact {
    match problem {
        AmountProblem::Empty => Fact::plain("amount-empty"),
        AmountProblem::Unreadable(fault) => money(fault),
        AmountProblem::Refused(why) => refusal(why),
    }
}

fn money(fault: &MoneyError) -> Fact {
    match fault {
        MoneyError::UnknownCurrency(_) | MoneyError::BelowZero | MoneyError::Mixed(..) => {
            Fact::plain("refusal-books").coded("books")
        }
        MoneyError::NotAnAmount(_) => Fact::plain("amount-not-an-amount"),
        MoneyError::TooManyDecimals { currency, allowed } => {
            let key = if *allowed == 0 { "amount-no-decimals" } else { "amount-too-many-decimals" };
            Fact::with(key, vec![("currency", text(currency.code())), ("allowed", Given::Count(*allowed))])
        }
        MoneyError::TooLarge => Fact::plain("amount-too-large"),
    }
}

/// Why a PIN did not open the till.
pub fn sign_in(fault: &ApprovalFault, seconds_left: u32) -> Fact {
    pin(fault, seconds_left, ["sign-in-wrong-pin", "sign-in-wrong-pin-wait", "sign-in-locked-out"])
}

/// Why an approval was not given.
pub fn approval(fault: &ApprovalFault, seconds_left: u32) -> Fact {
    pin(fault, seconds_left, ["approval-wrong-pin", "approval-wrong-pin-wait", "approval-locked-out"])
}

fn pin(fault: &ApprovalFault, seconds_left: u32, [wrong, wrong_wait, locked]: [&'static str; 3]) -> Fact {
    let seconds = vec![("seconds", Given::Count(seconds_left))];
    match fault {
        ApprovalFault::WrongPin { .. } | ApprovalFault::LockedOut { .. } if seconds_left == 0 => Fact::plain(wrong),
        ApprovalFault::WrongPin { .. } => Fact::with(wrong_wait, seconds),
        ApprovalFault::LockedOut { .. } => Fact::with(locked, seconds),
        ApprovalFault::UnknownBadge => Fact::plain("badge-unknown"),
        ApprovalFault::Refused(why) => refusal(why),
        ApprovalFault::House(fault) => house(*fault),
    }
}

/// Why people were not changed.
pub fn people(fault: &PeopleFault, seconds_left: u32) -> Fact {
    match fault {
        PeopleFault::TooShort { min_digits } => Fact::with("people-too-short", vec![("digits", count(*min_digits))]),
        PeopleFault::PinNotFree => Fact::plain("people-pin-not-free"),
        PeopleFault::NameTaken => Fact::plain("people-name-taken"),
        PeopleFault::LastManager => Fact::plain("people-last-manager"),
        PeopleFault::NotAManager => Fact::plain("people-not-a-manager"),
        PeopleFault::NeedsPin => Fact::plain("people-needs-pin"),
        PeopleFault::NotTheFirst => Fact::plain("people-not-the-first"),
        PeopleFault::FileNotWritten => Fact::plain("badge-file-not-written"),
        PeopleFault::Person(fault) => sign_in(fault, seconds_left),
        PeopleFault::House(fault) => house(*fault),
    }
}

/// Why a refund was not recorded.
pub fn record(fault: &RecordFault) -> Fact {
    match fault {
        RecordFault::Refused(why) => refusal(why),
        RecordFault::House(fault) => house(*fault),
    }
}

/// What became of a refund. The wallet's name is put in where the words want it.
pub fn outcome(outcome: &Outcome, wallet: &str, clock: &str) -> Fact {
    let gifts = || vec![("wallet", text(wallet)), ("clock", text(clock))];
    match outcome {
        Outcome::Refunded { .. } => Fact::with("outcome-refunded", gifts()),
        Outcome::Declined { cause, code } => Fact::with(declined(*cause), gifts()).coded(code.clone()),
        Outcome::Pending => Fact::with("outcome-pending", gifts()),
        Outcome::Unknown { cause, code } => {
            let fact = Fact::with(unknown(*cause), gifts());
            let said = code.clone().unwrap_or_else(|| cause.as_str().to_owned());
            fact.coded(said)
        }
        Outcome::NotSent { cause } => Fact::with(not_sent(*cause), gifts()).coded(cause.as_str()),
        Outcome::NotExecuted => Fact::with("outcome-not-executed", gifts()),
    }
}

const fn declined(cause: DeclineCause) -> &'static str {
    match cause {
        DeclineCause::NoSuchSale => "declined-no-such-sale",
        DeclineCause::SaleStatus => "declined-sale-status",
        DeclineCause::AccessDenied => "declined-access-denied",
        DeclineCause::BadRequest => "declined-bad-request",
        DeclineCause::Wallet => "declined-wallet",
    }
}

const fn unknown(cause: UnknownCause) -> &'static str {
    match cause {
        UnknownCause::TimedOut => "unknown-timed-out",
        UnknownCause::ConnectionLost => "unknown-connection-lost",
        UnknownCause::Unreadable => "unknown-unreadable",
        UnknownCause::GatewayError => "unknown-gateway-error",
        UnknownCause::Mismatch => "unknown-mismatch",
        UnknownCause::UnheardOf => "unknown-unheard-of",
        UnknownCause::Interrupted => "unknown-interrupted",
    }
}

const fn not_sent(cause: NotSentCause) -> &'static str {
    match cause {
        NotSentCause::NameNotFound => "not-sent-name-not-found",
        NotSentCause::Unreachable => "not-sent-unreachable",
        NotSentCause::NotTrusted => "not-sent-not-trusted",
        NotSentCause::Configuration => "not-sent-configuration",
    }
}
