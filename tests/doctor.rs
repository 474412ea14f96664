//! Every check of `tillback doctor`, each seen failing with what to do about it.
//!
//! **A check that is added and not brought to fail here fails the test**: the names are read from the checks' own source.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tillback::domain::{Policy, TillName, Timestamp};
use tillback::ledger::{AuditFact, Ledger, LedgerSettings};
use tillback::sandbox::{SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, Sandbox, SandboxSettings};

/// Told alone, and in order however it is.
const NEVER_WRONG: [&str; 2] = ["scanner", "sales"];
/// Shown in `src/cli/doctor/system.rs`: nobody fills a disk for a test, nor takes a computer's fonts.
const SHOWN_THERE: [&str; 2] = ["disk", "fonts"];

struct Till {
    folder: tempfile::TempDir,
    gateway: String,
}

impl Till {
    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn configure(&self, more: &str) {
        let settings = format!(
            "[terminal]\nname = \"T1\"\nstore_name = \"Harbor View\"\n[gateway]\nenvironment = \"{}\"\n\
             merchant_no = \"{SAMPLE_MERCHANT_NO}\"\nstore_no = \"{SAMPLE_STORE_NO}\"\ntoken_store = \"file\"\n{more}",
            self.gateway
        );
        fs::write(self.path().join("tillback.toml"), settings).unwrap();
    }

    fn run(&self, arguments: &[&str], input: &str, set: &[(&str, &str)]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tillback"));
        command.arg("--config").arg(self.path().join("tillback.toml")).arg("--data").arg(self.path().join("data"));
        command.env("TILLBACK_TOKEN", SAMPLE_TOKEN).env("DISPLAY", ":0").envs(set.iter().copied()).args(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // A command that ends without reading its input closes the pipe first.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    }

    /// What the check of that name found, and what to do; it has to be wrong.
    #[track_caller]
    fn wrong(&self, seen: &mut BTreeSet<String>, what: &str, set: &[(&str, &str)], (found, fix): (&str, &str)) {
        let told: Value = serde_json::from_str(&self.run(&["doctor", "--json"], "", set)).unwrap();
        let check = told["checks"].as_array().unwrap().iter().find(|check| check["check"] == what);
        let check = check.unwrap_or_else(|| panic!("{what} is not checked: {told:#}"));
        assert_ne!(check["result"], "ok", "{check}");
        let says = |key: &str, words: &str| check[key].as_str().is_some_and(|told| told.contains(words));
        assert!(says("found", found) && says("fix", fix), "{check}");
        // A sentence: it begins like one and is more than a word.
        let told = check["fix"].as_str().unwrap();
        assert!(told.starts_with(char::is_uppercase) && told.split(' ').count() >= 4, "{told}");
        seen.insert(what.to_owned());
    }

    /// A row in the record, as the caretaker writes it.
    fn note(&self, what: &'static str, at: Timestamp) {
        let settings = LedgerSettings::new(TillName::parse("T1").unwrap(), Policy::default());
        let mut ledger = Ledger::open(&self.path().join("data/ledger.db"), settings, at).unwrap();
        let fact = AuditFact { who: None, what, subject: String::new(), detail: vec![("why", "a test".to_owned())] };
        ledger.audit_append(&fact, at).unwrap();
    }
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp::from_ms(i64::try_from(since.as_millis()).unwrap())
}

/// The names that stand in the checks' source.
fn names() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/doctor");
    let mut names = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let source = fs::read_to_string(file.unwrap().path()).unwrap();
        for begin in ["what: \"", "let what = \""] {
            names.extend(source.split(begin).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    names
}

#[test]
fn every_check_fails_where_it_should_and_says_what_to_do() {
    let sandbox = Sandbox::start(SandboxSettings::default()).unwrap();
    let till = Till { folder: tempfile::tempdir().unwrap(), gateway: sandbox.url() };
    let seen = &mut BTreeSet::new();
    let none = &[][..];
    settings_and_people(&till, seen);
    devices(&till, seen);
    let elsewhere = "[data]\nbackups = \"/nowhere/tillback\"\n";
    till.configure(elsewhere);
    till.wrong(seen, "disk of the copies", none, ("/nowhere/tillback", "Connect the disk"));
    sales(&till, seen);
    till.configure("");
    let wrong = [("TILLBACK_TOKEN", "00000000000000000000000000000000")];
    till.wrong(seen, "credentials", &wrong, ("refuses our signature", "Compare merchant_no"));
    till.wrong(seen, "token", &[("TILLBACK_TOKEN", "")], ("", "tillback token set"));
    drop(sandbox);
    till.wrong(seen, "gateway", none, ("cannot be reached", "Check the network cable"));
    record(&till, seen);
    let shown: BTreeSet<String> = seen.iter().cloned().chain(SHOWN_THERE.map(str::to_owned)).collect();
    let wanted: BTreeSet<String> = names().into_iter().filter(|name| !NEVER_WRONG.contains(&name.as_str())).collect();
    assert!(wanted.len() > 15 && wanted == shown, "{:?}", wanted.symmetric_difference(&shown));
}

fn settings_and_people(till: &Till, seen: &mut BTreeSet<String>) {
    let none = &[][..];
    till.wrong(seen, "configuration", none, ("tillback.toml", "Copy tillback.example.toml"));
    till.configure("[camera]\nsource = \"film\"\n");
    till.wrong(seen, "configuration", none, ("film", "Put that right in the file"));
    till.configure("");
    till.wrong(seen, "operators", none, ("nobody", "tillback operators add"));
    till.wrong(seen, "display", &[("DISPLAY", ""), ("WAYLAND_DISPLAY", "")], ("DISPLAY", "desktop session"));
    till.wrong(seen, "time zone", &[("TZ", "Nowhere/Atall")], ("UTC", "timedatectl"));
    till.wrong(seen, "sound", &[("PATH", "/nowhere")], ("no program", "install one of"));
    till.run(&["operators", "add", "Luis Ortega", "--role", "manager"], "482913\n", none);
}

fn devices(till: &Till, seen: &mut BTreeSet<String>) {
    let none = &[][..];
    till.configure("[camera]\nsource = \"folder\"\nfolder = \"nowhere\"\n");
    till.wrong(seen, "camera", none, ("is not there", "Make it"));
    till.configure("[scanner]\nserial_port = \"/dev/ttyNOWHERE\"\nhid = true\nhid_device = \"usb:dead:beef\"\n");
    till.wrong(seen, "serial scanner", none, ("it is not there", "scanner.serial_port"));
    till.wrong(seen, "USB scanner", none, ("it is not there", "USB HID POS"));
    till.configure("[printer]\nkind = \"usb\"\ndevice = \"/dev/usb/nowhere\"\n");
    till.wrong(seen, "printer", none, ("", " "));
}

fn sales(till: &Till, seen: &mut BTreeSet<String>) {
    let none = &[][..];
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    till.configure(&format!("[sales]\nfolder = \"sales\"\nport = {port}\n"));
    till.wrong(seen, "sales folder", none, ("can't be read", "Make it"));
    till.wrong(seen, "sales endpoint", none, ("there is no key", "tillback sales key"));
}

fn record(till: &Till, seen: &mut BTreeSet<String>) {
    let none = &[][..];
    till.note("ledger_not_copied", now());
    till.wrong(seen, "copies", none, ("the last one failed", "tillback ledger backup"));
    till.note("ledger_check_failed", now());
    till.wrong(seen, "daily check", none, ("it failed on", "ledger's line"));
    till.note("exported", now().plus_ms(86_400_000));
    till.wrong(seen, "clock", none, ("the last entry was written", "time server"));
    fs::write(till.path().join("data/ledger.db"), "this is not a database at all, it is a letter").unwrap();
    till.wrong(seen, "ledger", none, ("", "tillback ledger restore"));
}
