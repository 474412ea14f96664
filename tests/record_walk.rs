//! Every kind of row in the record is told in `docs/record.md` and seen to happen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod terminal_support;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use terminal_support::wait;
use tillback::cli::demo::Demo;
use tillback::domain::{CameraChoice, OperatorId, Pin, Reason, ScanSource, SettingChange, Timestamp};
use tillback::flow::{OnRefunds, SaleCheck, State, StepKind, What};
use tillback::ledger::{Kind, Shown};
use tillback::terminal::{CarePlan, Parts, Terminal, Till};

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_page_about_the_record_tells_every_kind_and_no_other() {
    let page = text("docs/record.md");
    let told: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|line| {
            let (what, rest) = line.split_once('`').expect("a kind");
            (what, rest.trim_end_matches('|').rsplit('|').next().expect("a last column").trim())
        })
        .collect();
    let kinds: Vec<(&str, &str)> = Kind::ALL.iter().map(|kind| (kind.what, kind.written.words())).collect();
    assert_eq!(told.iter().collect::<BTreeSet<_>>(), kinds.iter().collect::<BTreeSet<_>>());
    assert_eq!(told.len(), kinds.len(), "one row each");
}

#[test]
fn what_the_walk_does_not_come_by_is_named_where_it_is_shown() {
    for kind in Kind::ALL {
        if let Shown::In(file) = kind.shown {
            assert!(text(file).contains(kind.what), "{file} does not name {}", kind.what);
        }
    }
}

struct Walk {
    demo: Demo,
    terminal: Terminal,
    _folder: tempfile::TempDir,
}

impl Walk {
    fn begin() -> Self {
        let demo = Demo::set_up().expect("a demo");
        let folder = tempfile::tempdir().unwrap();
        let settings_file = folder.path().join("tillback.toml");
        std::fs::write(&settings_file, text("assets/tillback.example.toml")).unwrap();
        let duties = demo.duties();
        duties.care().wanted(CarePlan { first_picture: Duration::ZERO, ..CarePlan::default() });
        let parts = Parts {
            settings_file: Some(settings_file),
            ..Parts::new(demo.flow(), Demo::signboard().expect("a signboard"), duties)
        };
        let terminal = Terminal::start(parts).expect("threads");
        terminal.on_change(Arc::new(|| ()));
        Self { demo, terminal, _folder: folder }
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&State) -> bool) {
        wait(&self.terminal, what, |view| until(&view.state));
    }

    #[track_caller]
    fn on(&self, screen: &str) {
        self.wait(screen, |state| state.name() == screen);
    }

    #[track_caller]
    fn tell(&self, what: What, screen: &str) {
        self.terminal.tell(what);
        self.on(screen);
    }

    fn person(&self, name: &str) -> OperatorId {
        let view = self.terminal.view();
        view.operators.iter().find(|person| person.name.as_str() == name).expect("somebody").id.clone()
    }

    #[track_caller]
    fn to_sale(&self, code: &str) {
        self.terminal.scanned(code, ScanSource::Typed);
        self.wait(code, |state| match state {
            State::Sale(review) => !matches!(review.check, SaleCheck::Asking(_)),
            _ => false,
        });
    }

    #[track_caller]
    fn no_sale(&self, code: &str) {
        self.terminal.scanned(code, ScanSource::Scanner);
        self.wait(code, |state| matches!(state, State::Scan(scanning) if scanning.problem.is_some()));
        self.tell(What::CancelPressed, "ready");
    }

    /// A refund with a wrong PIN first.
    #[track_caller]
    fn refund(&self, code: &str) {
        self.to_sale(code);
        self.terminal.tell(What::AmountTyped("5.00".to_owned()));
        self.terminal.tell(What::ReasonChosen(Reason::parse("Damaged").unwrap()));
        self.tell(What::ApprovalAsked, "approval");
        let pin =
            |digits: &str| What::PinGiven { approver: self.person("Luis Ortega"), pin: Pin::parse(digits).unwrap() };
        self.terminal.tell(pin("111222"));
        self.wait("a refusal", |state| matches!(state, State::Approval(approving) if approving.refused.is_some()));
        self.tell(pin("482913"), "result");
    }

    fn kinds(&self) -> BTreeSet<String> {
        let duties = self.demo.duties();
        let rows = duties.ledger().audit_rows(0, 10_000).unwrap();
        assert!(duties.ledger().audit_verify(None).is_ok());
        rows.into_iter().map(|row| row.what).collect()
    }
}

/// A day at the window, from the till's start to its end.
fn at_the_window() -> BTreeSet<String> {
    let walk = Walk::begin();
    walk.no_sale("https://example.com/menu");
    walk.no_sale("299999999999999999");
    walk.refund("297553638301777927");
    walk.tell(What::FinishPressed, "ready");
    // Again at once: too soon. It is put away, and so are one that only the gateway knows, one refunded elsewhere, and
    // one whose number the gateway brings.
    for code in ["297553638301777927", "306548172903385647", "303619985472206831", "POS02-20261121-001107"] {
        walk.to_sale(code);
        walk.tell(What::CancelPressed, "ready");
    }
    // The request is lost, and the gateway does not have it.
    walk.refund("298410027366951840");
    walk.wait("a question", |state| match state {
        State::Result(result) => result.steps.iter().any(|step| matches!(step.kind, StepKind::Asked { .. })),
        _ => false,
    });
    walk.tell(What::FinishPressed, "ready");
    walk.tell(What::OnRefunds(OnRefunds::Pressed), "refunds");
    let first = || match &walk.terminal.view().state {
        State::Refunds(refunds) => Some(refunds.page.as_ref()?.refunds.first()?.reference.clone()),
        _ => None,
    };
    walk.wait("the list", |_| first().is_some());
    walk.terminal.tell(What::OnRefunds(OnRefunds::Searched("Mei".to_owned())));
    walk.tell(What::OnRefunds(OnRefunds::Picked(first().unwrap())), "refund");
    walk.tell(What::CancelPressed, "refunds");
    walk.tell(What::CancelPressed, "ready");
    walk.tell(What::SettingsPressed, "settings");
    let manager = || walk.person("Luis Ortega");
    let pin = || Pin::parse("482913").unwrap();
    walk.terminal.tell(What::ManagerPinGiven { operator: manager(), pin: pin() });
    walk.wait("the settings", |state| matches!(state, State::Settings(settings) if settings.is_open()));
    walk.terminal.tell(What::SettingChosen(SettingChange::Camera(CameraChoice::Off)));
    walk.wait("the change", |state| matches!(state, State::Settings(settings) if settings.kept == Some(Ok(()))));
    walk.tell(What::CancelPressed, "ready");
    walk.tell(What::LockPressed, "locked");
    walk.tell(What::SignInAsked { operator: manager(), pin: pin() }, "ready");
    walk.terminal.stop();
    let told = walk.demo.duties();
    let changed = told.ledger().last_fact(&["setting_changed"], Timestamp::from_ms(0)).unwrap().unwrap();
    assert_eq!((changed.who, changed.subject.as_str()), (manager().to_string(), "camera.source"));
    assert!(changed.detail.contains(r#""to":"off","via":"screen""#), "{}", changed.detail);
    walk.kinds()
}

/// What is done from outside the window.
fn at_the_command_line() -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let settings = "[terminal]\nname = \"T1\"\nstore_name = \"Harbor View\"\n[gateway]\nenvironment = \"sandbox\"\n\
                    merchant_no = \"200043\"\nstore_no = \"300014\"\ntoken_store = \"file\"\n";
    std::fs::write(path("tillback.toml"), settings).unwrap();
    let run = |arguments: &[&str], input: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tillback"));
        command.args(["--config", &path("tillback.toml"), "--data", &path("data")]).args(arguments);
        command.env(tillback::vault::MACHINE_VARIABLE, "a machine's number of the test's own");
        command.env_remove("DISPLAY").env_remove("TILLBACK_TOKEN");
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the binary");
        // A command that ends without reading its input closes the pipe first.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{arguments:?}: {said}");
        String::from_utf8(done.stdout).unwrap()
    };
    run(&["operators", "add", "Luis", "--role", "manager"], "482913\n");
    run(&["operators", "add", "Mei"], "5829\n");
    run(&["operators", "add", "Sam"], "7306\n");
    run(&["operators", "remove", "Sam"], "");
    run(&["token", "set"], "a-token-of-a-walk-0123456789\n");
    run(&["token", "remove"], "");
    std::fs::write(path("sales.csv"), "transaction_no,amount,currency\n297553638301777927,39.90,USD\n").unwrap();
    run(&["sales", "import", &path("sales.csv")], "");
    run(&["refunds", "export"], "");
    assert!(run(&["shift", "open", "Mei"], "5829\n").contains("shift 1 of Mei"));
    assert!(run(&["shift", "close", "Mei", "--manager", "Luis"], "482913\n").contains("closed by Luis"));
    assert!(run(&["shift", "list"], "").contains("closed by Luis"));
    assert!(run(&["report", "shift", "1", "--format", "csv"], "").starts_with("training,section,"));
    assert!(run(&["report", "day"], "").contains("UNRESOLVED: 0"));
    run(&["ledger", "backup", &path("copy.db")], "");
    run(&["ledger", "restore", &path("copy.db"), "--reason", "a walk"], "482913\n");
    // The copy knows nothing of having been made.
    run(&["ledger", "backup"], "");
    // The head that is printed holds against the record, later too.
    let head = run(&["audit", "head"], "");
    let (count, hash) = head.trim().split_once(" rows, head ").expect("a head");
    run(&["audit", "export", "--out", &path("record.csv")], "");
    run(&["audit", "verify", "--head", hash, "--count", count], "");
    let mut rows = csv::Reader::from_path(path("record.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().unwrap();
    assert_eq!((rows.len().to_string().as_str(), &rows.last().unwrap()[8]), (count, hash), "all of it, to its head");
    let lines = run(&["audit", "export", "--format", "json"], "");
    let kind =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["what"].as_str().unwrap().to_owned();
    let kinds: BTreeSet<String> = lines.lines().map(kind).collect();
    assert!(kinds.contains("exported"), "the export itself stands there");
    assert_eq!(run(&["audit", "export", "--from", "2990-01-01", "--format", "json"], ""), "");
    kinds
}

#[test]
fn every_kind_of_row_happens_in_a_walk_through_a_day() {
    let mut seen = at_the_window();
    seen.extend(at_the_command_line());
    let missing: Vec<&str> = Kind::ALL
        .iter()
        .filter(|kind| kind.shown == Shown::InTheWalk && !seen.contains(kind.what))
        .map(|kind| kind.what)
        .collect();
    assert_eq!(missing, [""; 0], "these did not happen");
}
