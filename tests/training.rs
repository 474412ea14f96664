//! Training beside a real till: nothing of it reaches anything but this machine, nothing of it is in the real record, and
//! neither ledger is opened by the other's till.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tillback::cli::training::Training;
use tillback::domain::{OperatorName, Pin, Policy, Role, TillName, Timestamp};
use tillback::ledger::{Ledger, LedgerSettings, OpenError, RefundFilter};

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);
const REAL_PIN: &str = "730194";

/// A store whose till works with real money, and whose token nobody needs for practice.
struct Store {
    folder: tempfile::TempDir,
}

impl Store {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        let text = "[terminal]\nname = \"FRONT-1\"\nstore_name = \"Harbor View\"\n[gateway]\nenvironment = \"production\"\n\
                    merchant_no = \"900001\"\nstore_no = \"900002\"\n[rules]\ncashier_per_refund = \"100.00\"\n[data]\n\
                    folder = \"data\"\n";
        std::fs::write(folder.path().join("tillback.toml"), text).unwrap();
        let store = Self { folder };
        let mut ledger = Ledger::open(&store.real(), store.settings(false), NOW).unwrap();
        let name = OperatorName::parse("Dana Whitfield").unwrap();
        ledger.add_operator(&name, Role::Manager, &Pin::parse(REAL_PIN).unwrap(), None, NOW).unwrap();
        drop(ledger);
        store
    }

    fn config(&self) -> std::path::PathBuf {
        self.folder.path().join("tillback.toml")
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    fn real(&self) -> std::path::PathBuf {
        self.data().join("ledger.db")
    }

    fn practised(&self) -> std::path::PathBuf {
        self.data().join("training").join("training.db")
    }

    fn settings(&self, training: bool) -> LedgerSettings {
        let settings = LedgerSettings::new(TillName::parse("FRONT-1").unwrap(), Policy::default());
        LedgerSettings { training, ..settings }
    }

    fn training(&self) -> anyhow::Result<Training> {
        Training::set_up(&self.config(), None)
    }
}

fn refunds(ledger: &Ledger) -> usize {
    ledger.refunds(&RefundFilter::default()).unwrap().len()
}

#[test]
fn a_refund_in_training_is_in_no_real_record_and_needs_no_token() {
    let store = Store::new();
    let before = std::fs::read(store.real()).unwrap();
    let mut till = Command::new(env!("CARGO_BIN_EXE_tillback"))
        .arg("--config")
        .arg(store.config())
        .args(["training", "--headless"])
        .env("TILLBACK_TOKEN", "a-real-token-that-practice-must-not-use")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut orders = till.stdin.take().unwrap();
    let mut shown = BufReader::new(till.stdout.take().unwrap()).lines();
    let mut until = |what: &str, good: &dyn Fn(&Value) -> bool| loop {
        let line = shown.next().unwrap_or_else(|| panic!("{what} never came")).unwrap();
        let view: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(view["training"], true, "marked on every screen: {view}");
        if good(&view) {
            return;
        }
    };
    let mut say = |order: Value| writeln!(orders, "{order}").unwrap();
    until("the way in", &|view| view["screen"] == "locked");
    say(json!({"do": "sign_in", "name": "Mei Chen", "pin": "7391"}));
    until("ready", &|view| view["screen"] == "ready");
    say(json!({"do": "scan", "text": "297553638301777927"}));
    until("the sale", &|view| view["screen"] == "sale");
    say(json!({"do": "reason", "text": "Practice"}));
    until("confirmed by the gateway of training", &|view| view["screen"] == "sale" && view["ready"] == true);
    say(json!({"do": "ask"}));
    until("the approval", &|view| view["screen"] == "approval" && view["ready"] == true);
    say(json!({"do": "pin", "name": "Luis Ortega", "pin": "482913"}));
    until("the outcome", &|view| view["state"] == "refunded");
    say(json!({"do": "quit"}));
    assert!(till.wait().unwrap().success());
    assert_eq!(std::fs::read(store.real()).unwrap(), before, "not a byte of the real ledger");
    every_form_says_training(&store);
    let practised = Ledger::open_read_only(&store.practised(), store.settings(true)).unwrap();
    assert_eq!(refunds(&practised), 1);
    assert!(practised.is_training() && practised.audit_verify(None).is_ok());
}

/// Lists, exports and reports of what was practised: each line says what it is. The store's own say nothing of it.
fn every_form_says_training(store: &Store) {
    let run = |training: bool, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tillback"));
        if training {
            let folder = store.data().join("training");
            command.arg("--config").arg(folder.join("tillback.toml")).arg("--data").arg(folder);
        } else {
            command.arg("--config").arg(store.config());
        }
        let done = command.args(arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    for form in [
        &["refunds", "list"][..],
        &["refunds", "export", "--format", "csv"],
        &["refunds", "export", "--format", "json"],
        &["report", "day"],
        &["report", "day", "--format", "csv"],
        &["report", "day", "--format", "json"],
    ] {
        let (practised, real) = (run(true, form), run(false, form));
        let lines: Vec<&str> = practised.lines().filter(|line| line.contains("297553638301777927")).collect();
        assert!(practised.contains("TRAINING"), "{form:?}: {practised}");
        assert!(lines.iter().all(|line| line.contains("TRAINING")), "{form:?}: {lines:?}");
        assert!(!real.contains("TRAINING") && !real.contains("297553638301777927"), "{form:?}: {real}");
    }
}

#[test]
fn neither_till_opens_the_others_ledger_wherever_it_lies() {
    let store = Store::new();
    drop(store.training().unwrap());
    let open = |path: &Path, training| Ledger::open(path, store.settings(training), NOW).map(drop);
    assert_eq!(open(&store.practised(), false), Err(OpenError::WrongMode { ledger_is_training: true }));
    assert_eq!(open(&store.real(), true), Err(OpenError::WrongMode { ledger_is_training: false }));
    // Put in the other's place under the other's name it is still what it is.
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("ledger.db");
    std::fs::copy(store.practised(), &moved).unwrap();
    assert_eq!(open(&moved, false), Err(OpenError::WrongMode { ledger_is_training: true }));
    let read = Ledger::open_read_only(&moved, store.settings(false)).map(drop);
    assert_eq!(read, Err(OpenError::WrongMode { ledger_is_training: true }));
}

#[test]
fn training_has_other_people_and_the_stores_rules() {
    let store = Store::new();
    let training = store.training().unwrap();
    let duties = training.duties();
    let people: Vec<_> = duties.ledger().operators().unwrap().into_iter().map(|one| one.name.to_string()).collect();
    assert_eq!(people, ["Luis Ortega", "Mei Chen"], "nobody's real PIN is of use here");
    assert!(duties.ledger().policy().rules.cashier.per_refund.is_some());
    let board = training.signboard();
    assert!(board.training && board.practice_pins.is_some() && board.store == "Harbor View");
    assert!(!duties.account_desk().may_change());
    let account = duties.account_desk().account();
    assert!(account.environment.starts_with("http://127.0.0.1:") && account.merchant_no != "900001", "{account:?}");
    let text = std::fs::read_to_string(training.folder().join("tillback.toml")).unwrap();
    assert!(!text.contains("production") && !text.contains("900001"), "{text}");
}

#[test]
fn practice_begins_anew_and_what_was_before_is_kept_once() {
    let store = Store::new();
    let first = store.training().unwrap();
    let marker = first.folder().join("first");
    std::fs::write(&marker, "").unwrap();
    assert!(store.training().is_err(), "somebody practises already");
    assert!(marker.exists(), "and nothing was taken from under them");
    drop(first);
    drop(store.training().unwrap());
    assert!(!marker.exists() && store.data().join("training-before").join("first").exists());
    drop(store.training().unwrap());
    assert!(!store.data().join("training-before").join("first").exists());
    // What is not training's is not removed, whatever it is called.
    let before = store.data().join("training-before");
    std::fs::remove_dir_all(&before).unwrap();
    std::fs::create_dir(&before).unwrap();
    std::fs::copy(store.real(), before.join("training.db")).unwrap();
    assert!(store.training().is_err());
    assert!(before.join("training.db").exists());
}
