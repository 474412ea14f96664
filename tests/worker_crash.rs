//! A panic in any thread of the real binary: the till stays up and says what happened, what was recorded is not lost,
//! a refund that may have been sent is open, nothing is sent twice, and the next refund goes through on the same till.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]
#![cfg(unix)]

mod till_support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use till_support::relay::Relay;
use till_support::{End, House, PATIENCE, Till, check, gateway, number};
use tillback::failpoint::{PANIC, VARIABLE};
use tillback::sandbox::SandboxHandle;
use tillback::scan::camera::{Camera, CameraEvent, CameraSettings, CameraSource, FaultKind};

struct Shop {
    house: House,
    gateway: SandboxHandle,
    relay: Relay,
    till: Till,
}

fn shop(failpoint: &str) -> Shop {
    shop_with(failpoint, "")
}

/// With more in its settings file.
fn shop_with(failpoint: &str, more: &str) -> Shop {
    println!("{failpoint}");
    let gateway = gateway(2);
    let relay = Relay::to(gateway.addr());
    let house = House::bare(&relay.url());
    let settings = std::fs::read_to_string(house.config()).unwrap();
    std::fs::write(house.config(), format!("{settings}\n{more}")).unwrap();
    house.furnish(2);
    let till = Till::start(&house, failpoint);
    Shop { house, gateway, relay, till }
}

impl Shop {
    /// Takes the first sale's refund until the till starts over, or a part of it that failed says so.
    #[track_caller]
    fn until_it_says(&mut self, fault: &str) {
        let end = self.till.refund(&number(0));
        let shown = &self.till.shown;
        let says = shown["problem"].as_str().is_some_and(|problem| problem.contains(fault));
        assert!(says, "{fault} is not shown: {end:?} {shown}\n{}", self.house.said());
    }

    /// The first sale's refund goes through here and now.
    #[track_caller]
    fn same_refund_again(&mut self) {
        self.till.leave();
        let end = self.till.refund(&number(0));
        assert!(matches!(&end, End::Result(shown) if shown["state"] == "refunded"), "{end:?}");
    }

    /// So many are open, and so many requests went out.
    #[track_caller]
    fn settles_at(&mut self, open: u64, requests: usize, executed: usize) {
        assert!(self.till.shows(|shown| shown["unresolved"] == open), "it ended: {}", self.house.said());
        self.relay.wait_until_quiet();
        assert_eq!(self.relay.refunds().len(), requests);
        assert_eq!(self.gateway.book().len(), executed);
    }

    /// The other sale's refund goes through on the same till; the promises hold; the log has the panic, not its words.
    #[track_caller]
    fn goes_on(mut self) {
        self.till.leave();
        let end = self.till.refund(&number(1));
        assert!(matches!(&end, End::Result(shown) if shown["state"] == "refunded"), "{end:?}\n{}", self.house.said());
        assert!(self.till.quit().success());
        check::promises(&self.house, &self.relay, &self.gateway).expect("the promises");
        let said = self.house.said();
        assert!(said.contains("a thread panicked") && said.contains("failpoint.rs"), "{said}");
        assert!(!said.contains(PANIC), "a panic's words are in the log:\n{said}");
    }
}

#[test]
fn the_desk_on_the_scan_screen() {
    // Sign in, scan.
    let mut shop = shop("PersonHeard:2:panic");
    shop.until_it_says("StartedOver");
    assert_eq!(shop.till.shown["screen"], "locked");
    shop.settles_at(0, 0, 0);
    shop.same_refund_again();
    shop.goes_on();
}

#[test]
fn the_desk_as_the_manager_gives_the_pin() {
    // Sign in, scan, reason, ask, PIN.
    let mut shop = shop("PersonHeard:5:panic");
    shop.until_it_says("StartedOver");
    shop.settles_at(0, 0, 0);
    shop.same_refund_again();
    shop.goes_on();
}

#[test]
fn the_desk_as_it_hears_that_the_refund_is_recorded() {
    let mut shop = shop("RecordHeard:1:panic");
    shop.until_it_says("StartedOver");
    // Nobody sent it and nobody will; it is open until the gateway has said often enough that it does not know it.
    shop.settles_at(1, 0, 0);
    shop.goes_on();
}

#[test]
fn the_desk_as_it_hears_that_the_refund_is_sent() {
    let mut shop = shop("MoveHeard:1:panic");
    shop.until_it_says("StartedOver");
    shop.settles_at(0, 1, 1);
    shop.goes_on();
}

#[test]
fn the_desk_as_it_hears_the_outcome() {
    let mut shop = shop("MoveHeard:2:panic");
    shop.until_it_says("StartedOver");
    shop.settles_at(0, 1, 1);
    shop.goes_on();
}

#[test]
fn the_ledgers_lane_at_a_sign_in() {
    let mut shop = shop("LedgerDuty:1:panic");
    shop.till.shows(|shown| shown["screen"] == "locked");
    shop.till.say(r#"{"do":"sign_in","name":"Mei Chen","pin":"7391"}"#);
    assert!(shop.till.shows(|shown| shown["problem"] == "House(WorkerStopped)"));
    shop.same_refund_again();
    shop.goes_on();
}

#[test]
fn the_ledgers_lane_around_the_approvals_commit() {
    for point in ["ApproveCommitting", "ApproveCommitted"] {
        let mut shop = shop_with(&format!("{point}:1:panic"), "[rules]\nsame_amount_minutes = 60\n");
        // The same amount again minutes later: two managers, so that the approval has a commit of its own.
        let first = shop.till.refund_part(&number(0), "19.95");
        assert!(matches!(&first, End::Result(shown) if shown["state"] == "refunded"), "{first:?}");
        shop.till.leave();
        shop.until_it_says("WorkerStopped");
        assert_eq!(shop.till.shown["screen"], "problem");
        shop.settles_at(0, 1, 1);
        shop.till.leave();
        shop.goes_on();
    }
}

#[test]
fn the_ledgers_lane_around_the_refunds_commit() {
    for (point, open) in [("PrepareCommitting", 0), ("PrepareCommitted", 1)] {
        let mut shop = shop(&format!("{point}:1:panic"));
        shop.until_it_says("WorkerStopped");
        assert_eq!(shop.till.shown["screen"], "problem");
        shop.settles_at(open, 0, 0);
        shop.goes_on();
    }
}

#[test]
fn the_lane_of_questions() {
    let mut shop = shop("AskDuty:1:panic");
    shop.until_it_says("WorkerStopped");
    shop.same_refund_again();
    shop.goes_on();
}

#[test]
fn the_lane_of_refunds_before_anything_is_sent() {
    for point in ["SendDuty", "SentCommitting", "SentCommitted", "Connecting"] {
        let mut shop = shop(&format!("{point}:1:panic"));
        let end = shop.till.refund(&number(0));
        assert!(matches!(&end, End::Result(shown) if shown["state"] == "unknown"), "{point}: {end:?}");
        shop.settles_at(1, 0, 0);
        shop.goes_on();
    }
}

#[test]
fn the_lane_of_refunds_after_the_request_is_out() {
    for point in ["AnswerBegun", "AnswerRead", "SettleCommitting", "SettleCommitted", "OutcomeTold"] {
        let mut shop = shop(&format!("{point}:1:panic"));
        let end = shop.till.refund(&number(0));
        assert!(matches!(end, End::Result(_)), "{point}: {end:?}\n{}", shop.house.said());
        // The follow-up finds it.
        assert!(shop.till.shows(|shown| shown["state"] == "refunded"), "{point}");
        shop.settles_at(0, 1, 1);
        shop.goes_on();
    }
}

#[test]
fn the_follow_up() {
    // The request is out when its lane panics, and so does the follow-up that asks about it, or its round.
    for point in ["QueryAnswered", "QueryCommitting", "QueryCommitted", "FollowTurn"] {
        let mut shop = shop(&format!("AnswerRead:1:panic,{point}:1:panic"));
        let end = shop.till.refund(&number(0));
        assert!(matches!(end, End::Result(_)), "{point}: {end:?}");
        assert!(shop.till.shows(|shown| shown["state"] == "refunded"), "{point}");
        shop.settles_at(0, 1, 1);
        shop.goes_on();
    }
}

#[test]
fn the_pulse() {
    let mut shop = shop("PulseTurn:1:panic");
    shop.relay.wait("a look at the gateway after the panic", |relay| relay.pings() > 0);
    shop.till.shows(|shown| shown["screen"] == "locked");
    shop.goes_on();
}

#[test]
fn the_caretaker() {
    // As it is about to check the ledger, twice over, with nothing checked yet; and right after it has.
    for points in ["CareTurn:1:panic", "CareTurn:1:panic,CareTurn:2:panic", "CareTurn:2:panic"] {
        let mut shop = shop(points);
        assert!(shop.till.shows(|shown| shown["record"] == "sound"), "{points}: it ended");
        shop.same_refund_again();
        shop.goes_on();
    }
}

#[test]
fn the_printer() {
    let mut shop = shop_with("PrinterTurn:1:panic", "[printer]\nkind = \"text\"\nfolder = \".\"\n");
    let end = shop.till.refund(&number(0));
    assert!(matches!(&end, End::Result(shown) if shown["state"] == "refunded"), "{end:?}");
    assert!(shop.till.shows(|shown| shown["slip"] == "Failed(Stopped)"), "{}", shop.till.shown);
    shop.settles_at(0, 1, 1);
    // The next refund's slip is written.
    let slips = |shop: &Shop| {
        let files = std::fs::read_dir(shop.house.config().parent().unwrap()).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|ending| ending == "txt")).count()
    };
    assert_eq!(slips(&shop), 0);
    shop.till.leave();
    let end = shop.till.refund(&number(1));
    assert!(matches!(&end, End::Result(shown) if shown["state"] == "refunded"), "{end:?}");
    assert!(shop.till.shows(|shown| shown["slip"].as_str().is_some_and(|slip| slip.starts_with("Done"))));
    assert_eq!(slips(&shop), 1);
}

/// Run in a process of its own, since a point is armed for a whole process.
const CAMERA: &str = "the_cameras_supervisor";

#[test]
fn the_cameras_supervisor() {
    if std::env::var(VARIABLE).is_err() {
        let inside = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", CAMERA, "--nocapture"])
            .env(VARIABLE, "CameraTurn:1:panic")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&inside.stderr);
        assert!(inside.status.success(), "{said}");
        assert!(said.contains(PANIC), "it did not come by the point:\n{said}");
        return;
    }
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/receipts");
    let settings = CameraSettings {
        source: CameraSource::Folder(pictures),
        program: Some(env!("CARGO_BIN_EXE_tillback").into()),
        ..CameraSettings::default()
    };
    let (tells, told) = crossbeam_channel::bounded(64);
    let camera = Camera::start(settings, tells);
    let deadline = Instant::now() + PATIENCE;
    let mut crashed = false;
    loop {
        match told.recv_deadline(deadline).expect("pictures after the panic") {
            CameraEvent::Fault { fault, .. } => {
                assert_eq!(fault.kind, FaultKind::Crashed);
                crashed = true;
            }
            CameraEvent::Pictured => break,
            _ => {}
        }
    }
    assert!(crashed && camera.is_on());
}
