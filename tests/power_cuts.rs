//! T6: power cuts. A day of the real binary is recorded, each write and each fsync of its ledger in order; then the power
//! goes after any of them, and what was not fsynced is dropped, kept, torn or turned to rubbish. The product opens what
//! is left: every refund that was shown or sent is there, as far along as was shown, the record's chain holds, and no
//! row is half there. `TILLBACK_CUTS` sets how many cuts, `TILLBACK_SEED` where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]
#![cfg(target_os = "linux")]

mod powercut;
mod till_support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, ensure};
use powercut::disk::{CUTS, Disk, below};
use powercut::trace::{self, Step};
use serde_json::Value;
use till_support::relay::Relay;
use till_support::{End, House, Till, check, folder, gateway, now, number};
use tillback::domain::{Policy, RefundState, TillName};
use tillback::ledger::{Ledger, LedgerSettings, SeededRandomness};
use tillback::sandbox::{ErrorBody, Fault, Injection};

/// Cuts in CI.
const CUTS_IN_CI: usize = 200;
const SEED: u64 = 20_261_122;
/// Refunds in each of the day's two halves: enough for SQLite to bring its log home (1,000 pages) within each.
const REFUNDS: usize = 40;

/// What was shown or sent of one refund, and after which step.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    step: usize,
    reference: String,
    /// What the screen said of it, if it was a result.
    result: Option<String>,
    sent: bool,
}

struct Day {
    steps: Vec<Step>,
    told: Vec<Told>,
}

fn recorded(house: &House, library: &Path) -> std::process::Command {
    let mut command = house.command(Path::new(env!("CARGO_BIN_EXE_tillback")));
    command.env("LD_PRELOAD", library).env("TILLBACK_RECORD", house.folder.path().join("record"));
    command.env("TILLBACK_RECORD_FOLDER", house.data());
    command
}

fn run(mut command: std::process::Command, input: &str) {
    use std::io::Write;
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
    let mut child = command.spawn().expect("the binary");
    child.stdin.take().expect("stdin").write_all(input.as_bytes()).expect("input");
    assert!(child.wait().expect("an end").success());
}

/// People and sales by the command line, refunds by a cashier, a kill in the middle, a second half, a proper end.
fn record() -> Day {
    let gateway = gateway(2 * REFUNDS);
    let relay = Relay::to(gateway.addr());
    let house = House::bare(&relay.url());
    let library = trace::recorder(house.folder.path());
    for (name, role, pin) in [("Luis Ortega", "manager", "482913\n"), ("Mei Chen", "cashier", "7391\n")] {
        let mut command = recorded(&house, &library);
        command.args(["operators", "add", name, "--role", role]);
        run(command, pin);
    }
    let sales = house.folder.path().join("sales.jsonl");
    let line = |n| {
        let number = number(n);
        format!(r#"{{"transaction_no":"{number}","amount":"39.90","currency":"USD","status":"success"}}"#) + "\n"
    };
    fs::write(&sales, (0..2 * REFUNDS).map(line).collect::<String>()).unwrap();
    let mut command = recorded(&house, &library);
    command.args(["sales", "import"]).arg(&sales);
    run(command, "");
    for half in 0..2 {
        let mut command = recorded(&house, &library);
        command.arg("headless");
        let mut till = Till::spawn(&house, command);
        for n in half * REFUNDS..(half + 1) * REFUNDS {
            gateway.inject(play(n).for_sale(&number(n)));
            assert!(matches!(till.refund(&number(n)), End::Result(_)), "{}", house.said());
            till.leave();
            assert!(till.shows(|shown| shown["screen"] == "ready"));
        }
        if half == 0 {
            till.kill();
        } else {
            till.quit();
        }
    }
    let steps = trace::read(&fs::read(house.folder.path().join("record")).expect("a record"));
    let told = told(&steps);
    Day { steps, told }
}

fn play(n: usize) -> Injection {
    match n % 5 {
        0 | 1 => Injection::on_refund(Fault::Honest).executing(true),
        2 => Injection::on_refund(Fault::ResetAfterRequest).executing(true),
        3 => Injection::on_refund(Fault::RetCode { code: "000040".to_owned() }),
        _ => Injection::on_refund(Fault::Status { status: 503, body: ErrorBody::Empty }),
    }
}

fn told(steps: &[Step]) -> Vec<Told> {
    let mut told = Vec::new();
    for (step, what) in steps.iter().enumerate() {
        match what {
            Step::Shown(bytes) => {
                for shown in bytes.split(|byte| *byte == b'\n') {
                    let Ok(shown) = serde_json::from_slice::<Value>(shown) else { continue };
                    if let Some(reference) = shown["refund"].as_str() {
                        let result = shown["state"].as_str().map(str::to_owned);
                        told.push(Told { step, reference: reference.to_owned(), result, sent: false });
                    }
                }
            }
            Step::Sent(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                let body = text.get(text.find('{').expect("a body")..).expect("a body");
                let body: Value = serde_json::from_str(body).expect("a request");
                let reference = body["refundReference"].as_str().expect("a reference").to_owned();
                told.push(Told { step, reference, result: None, sent: true });
            }
            _ => {}
        }
    }
    told
}

fn settings() -> LedgerSettings {
    LedgerSettings::new(TillName::parse("T3").unwrap(), Policy::default())
}

/// Opens what a cut left, as the next start would, and holds it against what was told before the cut.
fn holds(day: &Day, after: usize, files: &BTreeMap<String, Vec<u8>>, place: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(place)?;
    for entry in fs::read_dir(place)? {
        let path = entry?.path();
        if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
    }
    for (name, bytes) in files {
        fs::write(place.join(name), bytes)?;
    }
    let told: Vec<&Told> = day.told.iter().filter(|told| told.step <= after).collect();
    let path = place.join("ledger.db");
    let ledger = Ledger::open(&path, settings(), now()).context("the ledger does not open")?;
    let refunds = check::refunds(&ledger)?;
    for told in told {
        let reference = &told.reference;
        let refund = refunds.iter().find(|refund| refund.reference.as_str() == reference);
        let refund = refund.with_context(|| format!("LOST: {reference} was told at step {} and is gone", told.step))?;
        let settled = matches!(refund.state, RefundState::Refunded | RefundState::Declined);
        let open = refund.state == RefundState::Unknown;
        ensure!(settled || open, "{reference} was told and is {}", refund.state);
        if let Some(result) = told.result.as_deref().filter(|result| matches!(*result, "refunded" | "declined")) {
            ensure!(refund.state.as_str() == result, "LOST: {reference} was shown as {result} and is {}", refund.state);
        }
    }
    ledger.audit_verify(None).map_err(|fault| anyhow::anyhow!("the record: {fault:?}"))?;
    drop(ledger);
    let raw = rusqlite::Connection::open(&path)?;
    let sound: String = raw.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "quick_check: {sound}");
    // No row is half there: its approval, its lines in the record and its sale are of the same transaction.
    let halves: i64 = raw.query_row(
        "SELECT (SELECT count(*) FROM pragma_foreign_key_check)
              + (SELECT count(*) FROM refunds WHERE NOT EXISTS
                    (SELECT 1 FROM approvals WHERE id = approval_id AND used_by = reference))
              + (SELECT count(*) FROM refunds WHERE NOT EXISTS
                    (SELECT 1 FROM audit WHERE subject = reference AND what = 'refund_prepared'))",
        [],
        |row| row.get(0),
    )?;
    ensure!(halves == 0, "{halves} rows are half there");
    Ok(())
}

/// So many cuts of the day, on two threads. Gives what failed, and how many cuts had something at stake.
fn cut(day: &Day, cuts: usize, seed: u64, syncs_nothing: bool) -> (Vec<String>, usize) {
    let mut random = SeededRandomness::new(seed);
    let mut places: Vec<usize> = (0..cuts).map(|_| below(&mut random, day.steps.len())).collect();
    places.sort_unstable();
    let (next, at_stake, failed) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        let folder = folder();
        let mut disk = Disk::default();
        disk.syncs_nothing = syncs_nothing;
        let mut taken = 0;
        loop {
            let n = next.fetch_add(1, Ordering::SeqCst);
            let Some(after) = places.get(n).copied() else { return };
            while taken <= after {
                disk.step(&day.steps[taken]);
                taken += 1;
            }
            at_stake.fetch_add(usize::from(disk.at_stake() > 0), Ordering::SeqCst);
            let how = CUTS[n % CUTS.len()];
            let mut random = SeededRandomness::new(seed ^ n as u64);
            let files = disk.cut(how, &mut random);
            if let Err(broken) = holds(day, after, &files, folder.path()) {
                failed.lock().unwrap().push(format!("cut {n} after step {after}, {how:?}: {broken:#}"));
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    (failed.into_inner().unwrap(), at_stake.into_inner())
}

fn from_environment<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn a_power_cut_anywhere_loses_nothing_that_was_shown_or_sent() {
    let cuts = from_environment("TILLBACK_CUTS").unwrap_or(CUTS_IN_CI);
    let seed = from_environment("TILLBACK_SEED").unwrap_or(SEED);
    let day = record();
    let count = |is: fn(&Step) -> bool| day.steps.iter().filter(|step| is(step)).count();
    let (writes, syncs) =
        (count(|step| matches!(step, Step::Written { .. })), count(|step| matches!(step, Step::Synced { .. })));
    let sent = day.told.iter().filter(|told| told.sent).count();
    assert_eq!(sent, 2 * REFUNDS, "not every request was seen");
    // A log that was brought home and begun again in its place is where a torn write could hurt most.
    let begun = count(|step| matches!(step, Step::Written { name, offset: 0, .. } if name == "ledger.db-wal"));
    let made = count(|step| matches!(step, Step::Created { name } if name == "ledger.db-wal"));
    assert!(begun > made, "the log was begun {begun} times in {made} files");
    let (failed, at_stake) = cut(&day, cuts, seed, false);
    println!(
        "T6: {cuts} cuts, {} passed, {at_stake} with something not yet on the disk; a day of {writes} writes, \
         {syncs} fsyncs, {sent} refunds; seed {seed}",
        cuts - failed.len()
    );
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed[..failed.len().min(20)].join("\n"));
    let (planted, _) = cut(&day, 100, seed, true);
    let lost = planted.iter().filter(|failed| failed.contains("LOST") || failed.contains("open")).count();
    println!("planted, every fsync of a file without effect: {lost} of 100 cuts are seen to lose something");
    assert!(lost > 20, "a disk that keeps nothing was not noticed: {planted:?}");
}
