//! The caretaker: nothing before its check, copies by itself, trouble told and no refund stopped by it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::care::{self, CarePlan, CareView, CopyTrouble, RecordStanding};
use super::duties::{Duties, Gateway};
use super::{Clock, SystemClock};
use crate::domain::{HouseFault, NotSentCause, Outcome, Policy, SaleKey, TillName};
use crate::gateway::{QueryAnswer, QueryFailure};
use crate::ledger::{Ledger, LedgerSettings, PinCost, Recorded};

/// Nobody is there.
pub(super) struct Silence;

impl Gateway for Silence {
    fn send_refund(&self, _: Recorded) -> Outcome {
        Outcome::NotSent { cause: NotSentCause::Unreachable }
    }

    fn query(&self, _: &SaleKey) -> QueryAnswer {
        QueryAnswer::Failed(QueryFailure::NoAnswer)
    }

    fn reachable(&self) -> bool {
        false
    }
}

/// Everything at once, always: nobody is ever there, and everything is due.
fn at_once() -> CarePlan {
    CarePlan {
        idle_after: Duration::ZERO,
        look_every: Duration::from_millis(5),
        first_picture: Duration::ZERO,
        ..CarePlan::default()
    }
}

fn settings() -> LedgerSettings {
    let settings = LedgerSettings::new(TillName::parse("FRONT-1").unwrap(), Policy::default());
    LedgerSettings { pin_cost: PinCost::CHEAP, ..settings }
}

fn duties(folder: &Path, plan: CarePlan) -> Arc<Duties> {
    let ledger = Ledger::open(&folder.join("ledger.db"), settings(), SystemClock.now()).unwrap();
    let duties = Arc::new(Duties::new(ledger, Arc::new(Silence), Arc::new(SystemClock)));
    duties.care().wanted(plan);
    duties
}

/// Waits for it; nothing is measured.
#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < deadline, "{what} never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Runs the caretaker beside `look`.
fn beside(duties: &Arc<Duties>, look: impl FnOnce()) {
    duties.care().window_is_there();
    std::thread::scope(|scope| {
        scope.spawn(|| care::run(duties, &|| ()));
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(look));
        duties.care().end();
        looked.unwrap_or_else(|why| std::panic::resume_unwind(why));
    });
}

fn has_noted(duties: &Duties, what: &str) -> bool {
    let since = SystemClock.now().plus_ms(-60_000);
    duties.ledger().last_fact(&[what], since).unwrap().is_some()
}

#[test]
fn nothing_is_allowed_before_the_check_and_everything_after() {
    let folder = tempfile::tempdir().unwrap();
    let duties = duties(folder.path(), CarePlan { first_picture: Duration::ZERO, ..CarePlan::default() });
    assert_eq!(duties.care().view().record, RecordStanding::Checking);
    let waiting = Arc::clone(&duties);
    let asked = std::thread::spawn(move || waiting.care().allow());
    beside(&duties, || {
        assert_eq!(asked.join().unwrap(), Ok(()));
        assert_eq!(duties.care().view().record, RecordStanding::Sound);
        until("the note", || has_noted(&duties, "ledger_quick_checked"));
    });
    assert!(duties.ledger().backup_place().list().is_empty(), "somebody was there a moment ago");
}

#[test]
fn a_damaged_ledger_allows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(duties(folder.path(), at_once()));
    let path = folder.path().join("ledger.db");
    let whole = std::fs::read(&path).unwrap();
    // The last page that opening does not ask for.
    let duties = (1..whole.len() / 4096).rev().find_map(|page| {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xAA);
        std::fs::write(&path, bytes).unwrap();
        drop(Ledger::open(&path, settings(), SystemClock.now()).ok()?);
        Some(duties(folder.path(), at_once()))
    });
    let duties = duties.expect("a page that only a check reads");
    beside(&duties, || {
        until("the damage", || duties.care().view().record == RecordStanding::Damaged);
        assert_eq!(duties.care().allow(), Err(HouseFault::LedgerBroken));
        assert!(duties.care().damage().is_some());
        // As far as a damaged file can still be written to.
        until("the note", || has_noted(&duties, "ledger_check_failed"));
    });
    assert!(duties.ledger().backup_place().list().is_empty(), "what is damaged is not copied over what is good");
}

#[test]
fn a_copy_and_a_full_check_come_by_themselves_once() {
    let folder = tempfile::tempdir().unwrap();
    let duties = duties(folder.path(), at_once());
    beside(&duties, || {
        until("the copy", || has_noted(&duties, "ledger_copied"));
        until("the check", || has_noted(&duties, "ledger_checked"));
    });
    let place = duties.ledger().backup_place().clone();
    assert_eq!(place.list().len(), 1);
    assert_eq!(duties.care().view(), CareView { record: RecordStanding::Sound, copies: None });
}

#[test]
fn a_copy_that_fails_is_told_once_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("backups"), "a file where the folder should be").unwrap();
    let plan = CarePlan { retry_after: Duration::ZERO, ..at_once() };
    let duties = duties(folder.path(), plan);
    beside(&duties, || {
        until("the trouble", || duties.care().view().copies == Some(CopyTrouble::Folder));
        assert_eq!(duties.care().allow(), Ok(()));
        until("the check", || has_noted(&duties, "ledger_checked"));
        std::fs::remove_file(folder.path().join("backups")).unwrap();
        until("the next try", || duties.care().view().copies.is_none());
    });
    let told = duties.ledger().audit_rows(0, 1000).unwrap();
    assert_eq!(told.iter().filter(|row| row.what == "ledger_not_copied").count(), 1, "one line for one trouble");
}
