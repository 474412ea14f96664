//! Every word is there: each key that the window asks for, each fact in its three parts, and none that nobody says.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::path::Path;

use tillback::domain::{
    ApprovalFault, Currency, DeclineCause, Doubt, HouseFault, LookupFault, MoneyError, NotSentCause, Outcome,
    PeopleFault, RecordFault, Refusal, SaleStatus, ScanRefusal, UnknownCause,
};
use tillback::flow::{AmountProblem, ScanProblem};
use tillback::ui::i18n::{Language, Words, sources};
use tillback::ui::messages::{self, Fact};
use ui_support::usd;

fn keys() -> Vec<&'static str> {
    sources(Language::English)
        .iter()
        .flat_map(|source| source.lines())
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .collect()
}

fn source_of(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&source_of(&path));
        } else {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    all
}

fn window_source() -> String {
    source_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"))
}

#[test]
fn every_key_the_window_asks_for_is_in_the_file() {
    let source = window_source();
    let keys = keys();
    let mut asked = 0;
    for call in ["say(\"", "words.with(\"", "Fact::plain(\"", "Fact::with(\""] {
        for after in source.split(call).skip(1) {
            let key = after.split('"').next().unwrap();
            let name = key.split('.').next().unwrap();
            asked += 1;
            assert!(keys.contains(&name) || name == "no-such-key", "{key} is not in the file");
        }
    }
    assert!(asked > 60, "only {asked} calls found");
}

#[test]
fn every_key_in_the_file_is_asked_for() {
    let source = window_source();
    for key in keys() {
        assert!(source.contains(&format!("\"{key}\"")), "nobody says {key}");
    }
}

fn refusals() -> Vec<Refusal> {
    let krw = Currency::parse("KRW").unwrap();
    let paid = SaleStatus::ALL.map(|status| Refusal::NotPaid { status });
    let mut all = paid.to_vec();
    all.extend([
        Refusal::NothingLeft { paid: usd(3990), reserved: usd(0) },
        Refusal::NothingLeft { paid: usd(3990), reserved: usd(100) },
        Refusal::OverLeft { asked: usd(4000), left: usd(3990) },
        Refusal::ZeroAmount,
        Refusal::WrongCurrency { asked: tillback::domain::Money::zero(krw), paid: usd(3990) },
        Refusal::TooOld { days: 366, max_days: 365 },
        Refusal::TooMany { count: 50, max: 50 },
        Refusal::TooSoon { wait_seconds: 51 },
        Refusal::NotYourApproval,
        Refusal::ApprovalExpired,
        Refusal::ApprovalVoid,
        Refusal::Books,
    ]);
    all
}

fn houses() -> [HouseFault; 7] {
    use HouseFault::{
        LedgerBroken, LedgerBusy, LedgerFull, LedgerReadOnly, LedgerUnchecked, StartedOver, WorkerStopped,
    };
    [LedgerFull, LedgerReadOnly, LedgerBusy, LedgerBroken, LedgerUnchecked, WorkerStopped, StartedOver]
}

fn lookups() -> Vec<LookupFault> {
    let mut all = vec![
        LookupFault::NotFound,
        LookupFault::Doubted(Doubt::PaymentCode),
        LookupFault::Doubted(Doubt::ProductBarcode),
        LookupFault::Doubted(Doubt::ShortNumber),
        LookupFault::Ambiguous,
        LookupFault::GatewayDown,
        LookupFault::GatewayUnclear,
        LookupFault::AccessDenied,
        LookupFault::AmountsDiffer,
    ];
    all.extend(houses().map(LookupFault::House));
    all
}

fn scans() -> Vec<ScanProblem> {
    let refused = [
        ScanRefusal::ProductBarcode,
        ScanRefusal::PaymentCode,
        ScanRefusal::ForeignUrl { host: "example.com".to_owned() },
        ScanRefusal::Empty,
        ScanRefusal::TooLong { length: 900 },
        ScanRefusal::NotANumber,
        ScanRefusal::Badge,
        ScanRefusal::WrongLength { digits: 17 },
    ];
    let mut all: Vec<ScanProblem> = refused.into_iter().map(ScanProblem::Refused).collect();
    all.extend([Doubt::PaymentCode, Doubt::ProductBarcode, Doubt::ShortNumber].map(ScanProblem::Doubted));
    all.extend(lookups().into_iter().map(|why| ScanProblem::Lookup { why, masked: "2975••••27".to_owned() }));
    all
}

fn outcomes() -> Vec<Outcome> {
    let mut all = vec![Outcome::Refunded { gateway_refund_no: None }, Outcome::Pending, Outcome::NotExecuted];
    all.extend(DeclineCause::ALL.map(|cause| Outcome::Declined { cause, code: "000200".to_owned() }));
    all.extend(UnknownCause::ALL.map(|cause| Outcome::Unknown { cause, code: None }));
    all.extend(NotSentCause::ALL.map(|cause| Outcome::NotSent { cause }));
    all
}

fn people() -> Vec<PeopleFault> {
    vec![
        PeopleFault::TooShort { min_digits: 6 },
        PeopleFault::PinNotFree,
        PeopleFault::NameTaken,
        PeopleFault::LastManager,
        PeopleFault::NotAManager,
        PeopleFault::NeedsPin,
        PeopleFault::NotTheFirst,
        PeopleFault::FileNotWritten,
        PeopleFault::Person(ApprovalFault::UnknownBadge),
        PeopleFault::House(HouseFault::LedgerFull),
    ]
}

fn facts() -> Vec<Fact> {
    let mut all: Vec<Fact> = scans().iter().map(messages::scan_problem).collect();
    all.extend(people().iter().map(|fault| messages::people(fault, 0)));
    all.extend(lookups().into_iter().map(messages::lookup));
    all.extend(houses().map(messages::house));
    all.extend(refusals().iter().map(messages::refusal));
    all.extend(outcomes().iter().map(|outcome| messages::outcome(outcome, "Alipay", "14:33")));
    let usd_code = Currency::USD;
    for fault in [
        MoneyError::NotAnAmount("x".to_owned()),
        MoneyError::TooManyDecimals { currency: usd_code, allowed: 2 },
        MoneyError::TooManyDecimals { currency: Currency::parse("KRW").unwrap(), allowed: 0 },
        MoneyError::TooLarge,
        MoneyError::BelowZero,
        MoneyError::Mixed(usd_code, usd_code),
        MoneyError::UnknownCurrency("XX".to_owned()),
    ] {
        all.push(messages::amount_problem(&AmountProblem::Unreadable(fault)));
    }
    all.push(messages::amount_problem(&AmountProblem::Empty));
    for fault in [ApprovalFault::WrongPin { wait_seconds: 5 }, ApprovalFault::LockedOut { wait_seconds: 60 }] {
        for left in [0, 1, 5] {
            all.extend([messages::sign_in(&fault, left), messages::approval(&fault, left)]);
        }
    }
    all.push(messages::record(&RecordFault::Refused(Refusal::ApprovalVoid)));
    all
}

#[test]
fn every_fact_says_what_happened_what_about_the_money_and_what_to_do() {
    let words = Words::new(Language::English);
    for fact in facts() {
        let message = fact.say(&words);
        for part in [&message.what_happened, &message.what_about_the_money, &message.what_to_do] {
            // A key that is missing shows itself, in lower case and with dashes; so does one with a gap in it.
            let said = part.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '$');
            assert!(said && !part.contains("{") && part.contains(' '), "{fact:?}: {part:?}");
        }
    }
}
