//! What a PIN's check takes, 19 MiB by Argon2id, is given back: a till that is signed in to all day does not grow by it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]
#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod till_support;

use till_support::{CASHIER, House, Till, gateway, now};
use tillback::domain::{OperatorName, Pin, Policy, Role, TillName};
use tillback::ledger::{Ledger, LedgerSettings};

/// What the process holds of its own, in kB.
fn own_kb(till: &Till) -> i64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", till.id())).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).expect("a figure");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
fn what_a_pin_takes_is_given_back() {
    let gateway = gateway(0);
    let house = House::bare(&format!("http://{}", gateway.addr()));
    let settings = LedgerSettings::new(TillName::parse("T3").unwrap(), Policy::default());
    let mut ledger = Ledger::open(&house.ledger_path(), settings, now()).expect("a ledger");
    let (name, pin) = (OperatorName::parse(CASHIER.0).unwrap(), Pin::parse(CASHIER.1).unwrap());
    ledger.add_operator(&name, Role::Cashier, &pin, None, now()).expect("a person");
    drop(ledger);

    let mut till = Till::start(&house, "");
    assert!(till.shows(|shown| shown["screen"] == "locked" && shown["ready"] == true));
    let before = own_kb(&till);
    for _ in 0..4 {
        till.say(r#"{"do":"sign_in","name":"Mei Chen","pin":"7391"}"#);
        assert!(till.shows(|shown| shown["screen"] == "ready"), "{}", house.said());
        till.say(r#"{"do":"lock"}"#);
        assert!(till.shows(|shown| shown["screen"] == "locked"));
    }
    let more = own_kb(&till) - before;
    println!("{more} kB more than the {before} kB before anybody signed in");
    assert!(more < 12 * 1024, "{more} kB more after four sign-ins than before");
    assert!(till.quit().success());
}
