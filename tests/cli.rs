//! The command line from outside: exit codes, sentences, and what stands on which stream.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tillback::domain::{
    Currency, Intention, Money, NotSentCause, OperatorName, Outcome, Pin, Policy, Reason, Role, SaleStatus, TillName,
    Timestamp, TransactionNo, UnknownCause,
};
use tillback::ledger::{KNOWN_SCHEMA, Ledger, LedgerSettings, SaleFacts};
use tillback::sandbox::{SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, SandboxSale};
use tillback::sandbox::{Sandbox, SandboxHandle, SandboxSettings};

struct Till {
    folder: tempfile::TempDir,
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Till {
    fn new(environment: &str) -> Self {
        let till = Self { folder: tempfile::tempdir().unwrap() };
        till.configure(&format!(
            "[terminal]\nname = \"T1\"\nstore_name = \"Harbor View\"\n[gateway]\nenvironment = \"{environment}\"\n\
             merchant_no = \"{SAMPLE_MERCHANT_NO}\"\nstore_no = \"{SAMPLE_STORE_NO}\"\ntoken_store = \"file\"\n"
        ));
        till
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn configure(&self, text: &str) {
        fs::write(self.path().join("tillback.toml"), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, "", Some(SAMPLE_TOKEN))
    }

    fn run_with(&self, arguments: &[&str], input: &str, token: Option<&str>) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tillback"));
        command.arg("--config").arg(self.path().join("tillback.toml")).arg("--data").arg(self.path().join("data"));
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("TILLBACK_TOKEN");
        if let Some(token) = token {
            command.env("TILLBACK_TOKEN", token);
        }
        let mut child = command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary");
        // A command that ends without reading its input closes the pipe first.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        Said {
            code: status.code().expect("an exit code"),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    #[track_caller]
    fn check(&self, arguments: &[&str], code: i32, parts: &[&str]) -> Said {
        let said = self.run(arguments);
        let all = format!("{}{}", said.out, said.err);
        assert_eq!(said.code, code, "{arguments:?}: {all}");
        for part in parts {
            assert!(all.contains(part), "{arguments:?} does not say {part:?}: {all}");
        }
        assert!(!all.contains(SAMPLE_TOKEN) && !all.contains("panicked"), "{arguments:?}: {all}");
        said
    }

    fn hire(&self) {
        assert_eq!(self.run_with(&["operators", "add", "Luis Ortega", "--role", "manager"], "482913\n", None).code, 0);
        assert_eq!(self.run_with(&["operators", "add", "Mei Chen"], "7391\n", None).code, 0);
    }
}

/// A gateway that is not there: port 1 of this machine (tcpmux, which nobody has any more).
const NOBODY: &str = "http://127.0.0.1:1";

fn gateway() -> SandboxHandle {
    Sandbox::start(SandboxSettings::default()).unwrap()
}

#[test]
fn wrong_usage_is_two() {
    let till = Till::new("sandbox");
    let asked = "nonsense; sandbox; decode; refunds; refunds export --format x; refunds list --since yesterday; \
                 refunds list --state lost; report day tomorrow; audit export --from soon; audit verify --head x --count 1; \
                 operators add X --role boss; operators role X boss; operators language X klingon; \
                 refunds release no_reference! --by X --reason Y; print slip not~hing; print test --to page.doc; \
                 sales import sales.xls; report shift one; token set --fd x; decode --deadline-ms x picture.png";
    for arguments in asked.split("; ") {
        let said = till.run(&arguments.split_whitespace().collect::<Vec<_>>());
        assert_eq!(said.code, 2, "{arguments}: {}", said.err);
        assert!(said.out.is_empty() && said.err.contains("--help") && !said.err.contains("panicked"), "{}", said.err);
    }
    // What is wrong is said with what would be right.
    till.check(&["refunds", "list", "--state", "lost"], 2, &["there are prepared, sent"]);
    let version = format!("tillback {}, ledger schema {KNOWN_SCHEMA}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(till.check(&["--version"], 0, &[]).out, version);
}

/// As in `tillback refunds list | head -1`, and on a disk that is full.
#[test]
fn a_reader_that_has_gone_is_no_fault_and_a_full_disk_is_one() {
    let till = Till::new("sandbox");
    till.hire();
    for command in
        "policy table; operators list; audit head; audit export; report day; refunds export; ledger list".split("; ")
    {
        let mut tillback = Command::new(env!("CARGO_BIN_EXE_tillback"));
        tillback.arg("--config").arg(till.path().join("tillback.toml")).arg("--data").arg(till.path().join("data"));
        tillback.args(command.split(' ')).stdin(Stdio::null());
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = tillback.stdout(writer.try_clone().unwrap()).stderr(writer).status().unwrap();
        assert_eq!(ended.code(), Some(0), "{command}");
        if cfg!(target_os = "linux") && command != "ledger list" {
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let ended = tillback.stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr);
            assert_eq!(ended.status.code(), Some(1), "{command}: {said}");
            assert!(said.contains("No space left") && !said.contains("panicked"), "{command}: {said}");
        }
    }
}

#[test]
fn a_bad_configuration_names_file_line_and_what_is_allowed() {
    let till = Till::new("sandbox");
    till.configure("[terminal]\nname = \"T1\"\nstore_name = \"X\"\n[gateway]\nenvironment = \"http://example.com\"\n");
    let said = till.check(&["refunds", "list"], 1, &["tillback.toml:5", "allowed"]);
    assert!(said.out.is_empty());
    fs::remove_file(till.path().join("tillback.toml")).unwrap();
    till.check(&["refunds", "list"], 1, &["tillback.toml", "tillback demo"]);
}

#[test]
fn people_are_added_listed_and_removed() {
    let till = Till::new("sandbox");
    till.hire();
    till.check(&["operators", "list"], 0, &["manager   Luis Ortega", "cashier   Mei Chen"]);
    let easy = till.run_with(&["operators", "add", "X", "--role", "manager"], "123456\n", None);
    assert_eq!(easy.code, 1);
    assert!(easy.err.contains("easy"), "{}", easy.err);
    till.check(&["operators", "remove", "Nobody"], 1, &["nobody called"]);
    till.check(&["operators", "remove", "mei chen"], 0, &[]);
    till.check(&["operators", "remove", "Luis Ortega"], 1, &["last manager"]);
}

#[test]
fn people_are_renamed_given_pins_and_roles() {
    let till = Till::new("sandbox");
    till.hire();
    till.check(&["operators", "rename", "mei chen", "Mei Lin"], 0, &[]);
    till.check(&["operators", "rename", "Mei Lin", "luis ortega"], 1, &["the name is taken"]);
    let pin = |arguments: &[&str], digits: &str, code: i32, words: &str| {
        let said = till.run_with(arguments, digits, None);
        assert_eq!(said.code, code, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
        let digits = digits.trim();
        assert!(digits.is_empty() || !(said.err.contains(digits) || said.out.contains(digits)), "{arguments:?}");
    };
    pin(&["operators", "pin", "Mei Lin"], "1984\n", 1, "dates");
    pin(&["operators", "pin", "Mei Lin"], "482913\n", 1, "taken");
    pin(&["operators", "pin", "Mei Lin", "--pin-fd", "0"], "8264\n", 0, "");
    pin(&["operators", "pin", "Mei Lin", "--pin-fd", "77"], "8264\n", 1, "77");
    pin(&["operators", "role", "Mei Lin", "boss"], "", 2, "cashier or manager");
    pin(&["operators", "role", "Mei Lin", "manager"], "8264\n", 1, "at least 6");
    pin(&["operators", "role", "Mei Lin", "manager"], "705182\n", 0, "");
    till.check(&["operators", "role", "Luis Ortega", "cashier"], 0, &[]);
    till.check(&["operators", "role", "Mei Lin", "cashier"], 1, &["last manager"]);
    till.check(&["operators", "list"], 0, &["cashier   Luis Ortega", "manager   Mei Lin"]);
}

#[test]
fn a_badge_is_made_once_into_a_file_of_its_owners_and_revoked() {
    let till = Till::new("sandbox");
    till.hire();
    let file = till.path().join("badge.svg");
    let out = file.display().to_string();
    till.check(&["operators", "badge", "Mei Chen", "--out", &out], 1, &["that takes a manager"]);
    assert!(!file.exists(), "nothing is left of one that was not made");
    till.check(&["operators", "badge", "luis ortega", "--out", &out], 0, &["badge.svg", "remove the file"]);
    let picture = fs::read_to_string(&file).unwrap();
    assert!(picture.starts_with("<svg ") && picture.contains("Luis Ortega"));
    till.check(&["operators", "list"], 0, &["Luis Ortega  (badge)"]);
    // Never over another file, and then the badge stays as it is.
    till.check(&["operators", "badge", "Luis Ortega", "--out", &out], 1, &["badge.svg"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), picture);
    till.check(&["operators", "revoke", "Luis Ortega"], 0, &[]);
    till.check(&["operators", "revoke", "Luis Ortega"], 1, &["has no badge"]);
}

#[test]
fn sales_come_in_all_or_none() {
    let till = Till::new("sandbox");
    let file = till.path().join("sales.csv");
    let name = file.to_str().unwrap();
    fs::write(&file, "transaction_no,amount,currency,status\n297553638301777927,39.90,USD,success\n1,2,USD,success\n")
        .unwrap();
    till.check(&["sales", "import", name], 1, &["sales.csv:3:", "transaction_no", "Nothing was imported"]);
    fs::write(&file, "transaction_no,amount,currency,status\n297553638301777927,39.90,USD,success\n").unwrap();
    till.check(&["sales", "import", name], 0, &["1 added"]);
    till.check(&["sales", "import", name], 0, &["0 added", "1 known already"]);
    till.check(&["sales", "import", "no-such.csv"], 1, &["no-such.csv"]);
    till.check(&["audit", "verify"], 0, &["head", "whole"]);
}

#[test]
fn the_refunds_are_told_in_two_forms() {
    let till = Till::new("sandbox");
    till.hire();
    till.check(&["refunds", "list"], 0, &["0 refunds"]);
    let nothing = till.check(&["refunds", "export"], 0, &[]).out;
    assert!(nothing.starts_with("reference,state,amount,") && nothing.lines().count() == 1, "{nothing}");
    assert_eq!(till.check(&["refunds", "export", "--format", "json"], 0, &[]).out, "");
    assert!(till.check(&["refunds", "list", "--format", "json"], 0, &[]).out.is_empty());
}

#[test]
fn doctor_says_what_to_do() {
    let gateway = gateway();
    let till = Till::new(&gateway.url());
    till.check(&["doctor"], 1, &["FAIL  operators", "tillback operators add", "FAIL  display", "xvfb-run"]);
    till.hire();
    till.check(&["doctor"], 1, &["ok    ledger", "1 manager, 1 cashier", "ok    gateway", "ok    credentials"]);
    let bundle = till.path().join("support.zip");
    till.check(&["doctor", "--bundle", bundle.to_str().unwrap()], 0, &["FAIL  display", "support.zip holds"]);
    let mut packed = zip::ZipArchive::new(fs::File::open(&bundle).unwrap()).unwrap();
    let mut text = |name: &str| std::io::read_to_string(packed.by_name(name).unwrap()).unwrap();
    assert!(text("checks.txt").contains("1 manager, 1 cashier") && text("versions.txt").contains("ledger schema"));
    assert!(text("settings.toml").contains("merchant_no") && text("files.txt").contains("ledger"));
    till.check(&["doctor"], 1, &["ok    clock: 20", "ok    disk: ", "time zone: ", "fonts: bundled", "note  sales: "]);
    let without = till.run_with(&["doctor"], "", None);
    assert!(without.out.contains("FAIL  token") && without.out.contains("tillback token set"), "{}", without.out);
    let wrong = till.run_with(&["doctor"], "", Some("00000000000000000000000000000000"));
    assert!(wrong.out.contains("FAIL  credentials"), "{}", wrong.out);
    drop(gateway);
    till.check(&["doctor"], 1, &["FAIL  gateway", "network"]);
}

#[test]
fn doctor_names_every_room_and_says_what_to_do_about_each_fault() {
    let till = Till::new(NOBODY);
    let checks = || -> Vec<serde_json::Value> {
        let said = till.check(&["doctor", "--json"], 1, &[]);
        let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let checks = told["checks"].as_array().unwrap().clone();
        let faults = checks.iter().filter(|check| check["result"] == "fail").count();
        assert!(faults > 0 && told["faults"] == faults && told["ledger_schema"] == KNOWN_SCHEMA, "{told}");
        for check in &checks {
            let is_sentence = |what: &str| check[what].as_str().is_some_and(|words| words.len() > 4);
            assert!(check["found"].is_string() && (check["result"] != "fail" || is_sentence("fix")), "{check}");
        }
        checks
    };
    let named = |checks: &[serde_json::Value]| -> Vec<String> {
        checks.iter().map(|check| check["check"].as_str().unwrap().to_owned()).collect()
    };
    till.hire();
    let rooms = [
        "configuration",
        "ledger",
        "copies",
        "daily check",
        "operators",
        "clock",
        "disk",
        "token",
        "gateway",
        "camera",
        "scanner",
        "sales",
        "printer",
        "sound",
        "time zone",
        "display",
        "fonts",
    ];
    assert_eq!(named(&checks()), rooms);
    // Without settings: what needs none.
    fs::remove_file(till.path().join("tillback.toml")).unwrap();
    let without = checks();
    assert_eq!(named(&without), ["configuration", "camera", "sound", "time zone", "display", "fonts"]);
    assert!(without[0]["fix"].as_str().unwrap().contains("Copy tillback.example.toml"));
    till.configure("[terminal]\nname = 3\n");
    assert!(checks()[0]["fix"].as_str().unwrap().contains("right in the file"));
}

#[test]
fn doctor_tells_what_keeps_sales_from_coming_in() {
    let till = Till::new(NOBODY);
    till.hire();
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let folder = till.path().join("sales");
    let settings = fs::read_to_string(till.path().join("tillback.toml")).unwrap();
    till.configure(&format!("{settings}[sales]\nfolder = \"sales\"\nport = {port}\n"));
    till.check(&["doctor"], 1, &["FAIL  sales folder", "Make it", "FAIL  sales endpoint", "there is no key"]);
    fs::create_dir_all(folder.join("failed")).unwrap();
    fs::write(folder.join("failed").join("day.csv"), "").unwrap();
    till.check(&["sales", "key"], 0, &[]);
    let answering = std::thread::spawn(move || drop(other.accept()));
    let told =
        ["note  sales folder", "1 files were refused", "move it back", "another program has that port", "sales.port"];
    till.check(&["doctor"], 1, &told);
    answering.join().unwrap();
    let day = fs::File::create(folder.join("day.csv")).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    day.set_times(fs::FileTimes::new().set_modified(long_ago)).unwrap();
    till.check(&["doctor"], 1, &["1 files lie there", "1 were refused", "ok    sales endpoint", "does not run now"]);
}

#[test]
fn a_damaged_or_newer_ledger_is_said_plainly() {
    let till = Till::new("sandbox");
    till.hire();
    let ledger = till.path().join("data").join("ledger.db");
    let whole = fs::read(&ledger).unwrap();
    let mut newer = whole.clone();
    newer[63] = 99;
    for (bytes, words) in [(b"this is not a database at all, it is a letter".to_vec(), "ledger"), (newer, "schema")] {
        for name in ["ledger.db-wal", "ledger.db-shm"] {
            let _ = fs::remove_file(till.path().join("data").join(name));
        }
        fs::write(&ledger, &bytes).unwrap();
        till.check(&["refunds", "list"], 1, &["can't be opened", words]);
        assert_eq!(fs::read(&ledger).unwrap(), bytes, "the file was touched");
    }
}

/// The schema that stands in a ledger's file.
fn schema_in(ledger: &Path) -> i64 {
    let database = rusqlite::Connection::open(ledger).unwrap();
    database.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_new_version_tells_an_older_ones_ledger_copies_it_and_the_older_version_refuses_it_afterwards() {
    let till = Till::new("sandbox");
    let data = till.path().join("data");
    let ledger = data.join("ledger.db");
    fs::create_dir_all(&data).unwrap();
    let older = KNOWN_SCHEMA - 1;
    let database = rusqlite::Connection::open(&ledger).unwrap();
    for step in 1..=older {
        let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/ledger/schema_v{step}.sql"));
        database.execute_batch(&fs::read_to_string(sql).unwrap()).unwrap();
    }
    let marks = format!("PRAGMA application_id = 0x546C626B; PRAGMA user_version = {older}; PRAGMA journal_mode = WAL");
    database.execute_batch(&marks).unwrap();
    drop(database);
    let says = format!("note  ledger: {}, schema {older}: of an older version", ledger.display());
    till.check(&["doctor"], 1, &[&says, "note  operators: not looked at"]);
    assert_eq!(schema_in(&ledger), older, "a look brought it up");
    till.hire();
    assert_eq!(schema_in(&ledger), KNOWN_SCHEMA);
    let named = format!("-before{KNOWN_SCHEMA}.db");
    let mut copies = fs::read_dir(data.join("backups")).unwrap().map(|entry| entry.unwrap().path());
    let copy = copies.find(|path| path.to_string_lossy().contains(&named)).expect("a copy from before");
    assert_eq!(schema_in(&copy), older);
    till.check(&["doctor"], 1, &[&format!("ok    ledger: {}, schema {KNOWN_SCHEMA}, ", ledger.display())]);
    // What this version is to the next one.
    let database = rusqlite::Connection::open(&ledger).unwrap();
    database.execute_batch(&format!("PRAGMA user_version = {}", KNOWN_SCHEMA + 1)).unwrap();
    drop(database);
    let says = format!("has schema {}, this version knows up to {KNOWN_SCHEMA}", KNOWN_SCHEMA + 1);
    till.check(&["doctor"], 1, &["FAIL  ledger", &says, "Install that newer version again", "tillback ledger restore"]);
    till.check(&["refunds", "list"], 1, &["can't be opened", &says]);
    assert_eq!(schema_in(&ledger), KNOWN_SCHEMA + 1, "the file was touched");
}

#[test]
fn a_second_terminal_on_one_ledger_is_told_who_holds_it() {
    let till = Till::new("sandbox");
    till.hire();
    let mut first = Command::new(env!("CARGO_BIN_EXE_tillback"))
        .arg("--config")
        .arg(till.path().join("tillback.toml"))
        .arg("--data")
        .arg(till.path().join("data"))
        .arg("headless")
        .env("TILLBACK_TOKEN", SAMPLE_TOKEN)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Its first line says that it is open.
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(first.stdout.take().unwrap()), &mut line).unwrap();
    till.check(&[], 1, &["in use by", "T1"]);
    till.check(&["refunds", "resolve"], 1, &["in use by"]);
    till.check(&["refunds", "list"], 0, &["0 refunds"]);
    first.kill().unwrap();
    first.wait().unwrap();
    till.check(&["refunds", "resolve"], 0, &["0 asked about"]);
}

#[test]
fn no_display_is_an_error_with_a_way_out() {
    let till = Till::new("sandbox");
    till.hire();
    till.check(&[], 1, &["xvfb-run"]);
}

/// Where there is no display the window says so; nobody has to be added from a shell before.
#[test]
fn a_till_without_people_opens_its_window() {
    let said = Till::new("sandbox").check(&[], 1, &["xvfb-run"]);
    assert!(!said.err.contains("operators add"), "{}", said.err);
}

/// Copies of demo receipts under the names given, in a folder of the till's.
fn receipts_in(till: &Till, copies: &[(&str, usize)]) -> std::path::PathBuf {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/receipts");
    let mut pictures: Vec<_> = std::fs::read_dir(demo).unwrap().map(|entry| entry.unwrap().path()).collect();
    pictures.sort();
    let folder = till.path().join("frames");
    for (name, number) in copies {
        let to = folder.join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&pictures[*number], to).unwrap();
    }
    folder
}

#[test]
fn a_line_of_json_has_its_four_fields_and_folders_are_looked_into() {
    let till = Till::new("sandbox");
    let folder = receipts_in(&till, &[("b.png", 0), ("inner/deeper/a.png", 1)]);
    std::fs::write(folder.join("c.png"), "no picture").unwrap();
    let said = till.check(&["decode", "--json", folder.to_str().unwrap()], 1, &["1 that could not be opened"]);
    let lines: Vec<serde_json::Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<&str> = lines.iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert!(files[0].ends_with("b.png") && files[1].ends_with("c.png") && files[2].ends_with("a.png"), "{files:?}");
    for line in &lines {
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["codes", "file", "meaning", "ms"]);
    }
    let code: Vec<&String> = lines[0]["codes"][0].as_object().unwrap().keys().collect();
    assert_eq!(code, ["confidence", "corners", "pass", "symbology", "text"]);
    assert!(lines[1]["meaning"].as_str().unwrap().starts_with("unreadable picture"));
}

#[test]
fn frames_of_a_burst_are_one_reading() {
    let till = Till::new("sandbox");
    let folder = receipts_in(&till, &[("one/1.png", 0), ("one/2.png", 0), ("one/3.png", 0), ("two/1.png", 0)]);
    let said = till.check(&["decode", "--json", "--burst", folder.to_str().unwrap()], 0, &["2 bursts, 1 with a code"]);
    let lines: Vec<serde_json::Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines[0]["file"].as_str().unwrap().ends_with("one"));
    assert_eq!(lines[0]["codes"].as_array().unwrap().len(), 1);
    assert_eq!(lines[0]["meaning"], "transaction number 297553638301777927");
    assert_eq!(lines[1]["meaning"], "no code", "one frame of a linear code is not enough");
}

#[test]
fn what_was_not_read_is_explained_when_asked() {
    let till = Till::new("sandbox");
    let folder = till.path().join("frames");
    std::fs::create_dir_all(&folder).unwrap();
    let blank = image::GrayImage::from_pixel(64, 48, image::Luma([200]));
    blank.save(folder.join("blank.png")).unwrap();
    let said = till.check(&["decode", "--explain", folder.to_str().unwrap()], 0, &[]);
    assert!(said.out.contains("no code") && said.out.contains("Nothing in it looks like a QR code"), "{}", said.out);
    let said = till.check(&["decode", folder.to_str().unwrap()], 0, &[]);
    assert!(!said.out.contains("Nothing"), "{}", said.out);
    let said = till.check(&["decode", "--json", "--explain", folder.to_str().unwrap()], 0, &[]);
    let line: serde_json::Value = serde_json::from_str(said.out.trim()).unwrap();
    assert_eq!(line["unread"].as_array().unwrap().len(), 1);
}

#[test]
fn pictures_are_decoded_in_order_one_line_each() {
    let receipts = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/receipts");
    let till = Till::new("sandbox");
    let said = till.check(&["decode", "--json", receipts.to_str().unwrap()], 0, &[]);
    let lines: Vec<serde_json::Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[0]["codes"][0]["text"], "297553638301777927");
    assert_eq!(lines[0]["codes"][0]["symbology"], "Code128");
    assert_eq!(lines[0]["meaning"], "transaction number 297553638301777927");
    assert_eq!(lines[2]["meaning"], "transaction number 312097754168830295", "out of a web address");
    assert!(lines[7]["meaning"].as_str().unwrap().starts_with("product barcode"));
    till.check(&["decode", "no-such-picture.png"], 1, &["no-such-picture.png"]);
    let text = till.path().join("tillback.toml");
    till.check(&["decode", text.to_str().unwrap()], 1, &["tillback.toml"]);
}

/// The till's ledger, as a terminal would open it.
fn ledger_of(till: &Till) -> Ledger {
    let policy = Policy { min_seconds_between_refunds: 0, ..Policy::default() };
    let settings = LedgerSettings::new(TillName::parse("T1").unwrap(), policy);
    let now = Timestamp::from_ms(jiff::Timestamp::now().as_millisecond());
    Ledger::open(&till.path().join("data/ledger.db"), settings, now).unwrap()
}

/// A refund of 10.00 in the till's ledger, with that outcome.
fn made(till: &Till, outcome: &Outcome) -> String {
    let now = Timestamp::from_ms(jiff::Timestamp::now().as_millisecond() - 3_600_000);
    let mut ledger = ledger_of(till);
    let cashier = ledger.add_operator(
        &OperatorName::parse("Mei").unwrap(),
        Role::Cashier,
        &Pin::parse("7391").unwrap(),
        None,
        now,
    );
    let people = ledger.operators().unwrap();
    let cashier = cashier.unwrap_or_else(|_| people.iter().find(|p| p.role == Role::Cashier).unwrap().id.clone());
    let manager = people.iter().find(|person| person.role == Role::Manager).unwrap().id.clone();
    let facts = SaleFacts {
        transaction_no: Some(TransactionNo::parse("297553638301777927").unwrap()),
        reference: None,
        paid: Money::from_minor(3990, Currency::USD).unwrap(),
        settle_currency: Currency::USD,
        wallet: None,
        paid_at: Some(now),
        status: SaleStatus::Success,
    };
    let sale = ledger.insert_or_update_from_gateway(&facts, now).unwrap();
    let intention = Intention {
        sale_id: sale.sale.id.clone(),
        sale_key: sale.sale.key().unwrap(),
        amount: Money::from_minor(1000, Currency::USD).unwrap(),
        settle_currency: Currency::USD,
        reason: Reason::parse("Damaged").unwrap(),
        requester: cashier,
        left_seen: sale.balance.left().unwrap(),
        note: None,
    };
    let refund = ledger.approve_and_prepare(&intention, &manager, &Pin::parse("482913").unwrap(), now).unwrap();
    ledger.mark_sent(&refund.reference, now).unwrap();
    ledger.settle(&refund.reference, outcome, now).unwrap();
    refund.reference.to_string()
}

#[test]
fn a_manager_sends_again_releases_and_decides_without_the_window() {
    let sale = SandboxSale::paid(
        TransactionNo::parse("297553638301777927").unwrap(),
        None,
        Money::from_minor(3990, Currency::USD).unwrap(),
    );
    let sandbox = Sandbox::start(SandboxSettings { sales: vec![sale], ..SandboxSettings::default() }).unwrap();
    let till = Till::new(&sandbox.url());
    till.hire();
    let not_sent = Outcome::NotSent { cause: NotSentCause::Unreachable };
    let unknown = Outcome::Unknown { cause: UnknownCause::TimedOut, code: None };
    let order = |arguments: &[&str], pin: &str, code: i32, part: &str| {
        let all = [&["refunds"], arguments, &["--by", "Luis Ortega", "--reason", "the customer waits"]].concat();
        let said = till.run_with(&all, &format!("{pin}\n"), Some(SAMPLE_TOKEN));
        let all = format!("{}{}", said.out, said.err);
        assert_eq!(said.code, code, "{arguments:?}: {all}");
        assert!(all.contains(part), "{arguments:?} does not say {part:?}: {all}");
        assert!(!all.contains("482913") && !all.contains("panicked"), "{all}");
    };
    let first = made(&till, &not_sent);
    order(&["send-again", &first], "111222", 1, "that PIN is not right");
    order(&["send-again", &first], "482913", 0, "not_sent -> refunded");
    assert_eq!(sandbox.book().len(), 1);
    order(&["send-again", &first], "482913", 1, "the gateway reports this refund");
    assert_eq!(sandbox.book().len(), 1);
    let second = made(&till, &not_sent);
    order(&["release", &second], "482913", 0, "not_sent -> abandoned  decided by a person");
    order(&["release", &second], "482913", 1, "can't be done with this refund");
    let third = made(&till, &unknown);
    order(&["decide", &third, "--as", "refunded", "--evidence", "D-7"], "482913", 0, "unknown -> refunded  decided by");
    let listed = till.check(&["refunds", "list"], 0, &["decided by a person"]);
    assert_eq!(listed.out.matches("decided by a person").count(), 2, "{}", listed.out);
    let exported = till.check(&["refunds", "export"], 0, &["decided_by_a_person", "contradiction"]);
    let row = exported.out.lines().find(|line| line.starts_with(&third)).unwrap();
    assert!(row.contains("Luis Ortega,the customer waits,D-7"), "{row}");
    till.check(
        &["refunds", "decide", &third, "--as", "refunded", "--by", "Luis Ortega"],
        2,
        &["--reason", "--evidence"],
    );
    order(&["decide", "nobody", "--as", "refunded", "--evidence", "D-7"], "482913", 1, "no such refund");
    // While a terminal holds the ledger, its Refunds screen is the place.
    let held = ledger_of(&till);
    order(&["release", &second], "482913", 1, "in use");
    drop(held);
}

/// A report on paper and in files, and both on the record before they are there.
#[test]
fn a_report_is_printed_into_a_file_and_by_the_tills_printer() {
    let till = Till::new("sandbox");
    let settings = fs::read_to_string(till.path().join("tillback.toml")).unwrap();
    let slips = till.path().join("slips");
    fs::create_dir(&slips).unwrap();
    till.configure(&format!("{settings}[printer]\nkind = \"text\"\nfolder = {:?}\n", slips.display().to_string()));
    till.run_with(&["operators", "add", "Luis", "--role", "manager"], "482913\n", None);
    let file = till.path().join("day.txt");
    till.check(&["report", "day", "--print", "--to", file.to_str().unwrap()], 0, &[]);
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("Day report") && text.contains("Every refund here is finished.") && text.contains("Record: "),
        "{text}"
    );
    // The head on paper is typed into the check as it stands there, in its groups.
    let (_, foot) = text.split_once("Record: ").unwrap();
    let (count, foot) = foot.split_once(' ').unwrap();
    let (_, hash) = foot.split_once("head").unwrap();
    till.check(&["audit", "verify", "--head", hash.trim(), "--count", count], 0, &["whole"]);
    till.check(&["report", "day", "--print"], 0, &["Printed: "]);
    assert_eq!(fs::read_dir(&slips).unwrap().count(), 1);
    till.run_with(&["shift", "open", "Luis"], "482913\n", None);
    let closed = till.run_with(&["shift", "close", "Luis", "--print"], "482913\n", None);
    assert_eq!(closed.code, 0, "{}", closed.err);
    assert_eq!(fs::read_dir(&slips).unwrap().count(), 2);
    let record = till.check(&["audit", "export", "--format", "json"], 0, &[]).out;
    assert_eq!(record.matches("\"report_printed\"").count(), 2, "{record}");
    assert!(record.contains("day.txt"));
    // Never over another file, whatever is named.
    till.check(&["report", "day", "--print", "--to", file.to_str().unwrap()], 1, &["is there already"]);
    till.check(&["doctor", "--bundle", file.to_str().unwrap()], 1, &["is there already"]);
    till.check(&["report", "day", "--to", "x.pdf"], 2, &["--print"]);
    till.check(&["report", "day", "--print", "--to", "x.doc"], 2, &["not .pdf, .txt or .png"]);
}

/// Somebody who writes the settings by hand asks what is there before there are any.
#[test]
fn printers_are_listed_as_the_settings_file_names_them_and_without_one() {
    let till = Till::new("sandbox");
    till.configure("[printer");
    till.check(&["print", "test"], 1, &["tillback.toml"]);
    let said = till.check(&["print", "list"], 0, &[]);
    for line in said.out.lines() {
        let [kind, device, name] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line:?}") };
        assert!(["usb", "serial"].contains(&kind) && (kind == "usb" || !device.is_empty()), "{line}");
        assert!(!name.is_empty(), "{line}");
    }
}

/// What is printed at a till for practice says so at both ends, whatever it is.
#[test]
fn paper_of_a_till_in_training_is_marked() {
    let till = Till::new("http://127.0.0.1:9");
    let settings = fs::read_to_string(till.path().join("tillback.toml")).unwrap();
    till.configure(&settings.replace("[terminal]\n", "[terminal]\ntraining = true\n"));
    till.run_with(&["operators", "add", "Luis", "--role", "manager"], "482913\n", None);
    for (form, head) in
        [("text", "TRAINING: none of this is money"), ("csv", "training,section"), ("json", "\"TRAINING\"")]
    {
        till.check(&["report", "day", "--format", form], 0, &[head]);
    }
    for print in [&["print", "test"][..], &["report", "day", "--print"]] {
        let file = till.path().join(format!("{}.txt", print[0]));
        till.check(&[print, &["--to", file.to_str().unwrap()]].concat(), 0, &[]);
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.matches("TRAINING").count(), 2, "{print:?}:\n{text}");
        assert!(text.trim().starts_with("TRAINING") && text.trim().ends_with("MOVED"), "{print:?}:\n{text}");
    }
}

/// Whoever has a badge's digits has the badge: they are on no stream, however it is asked.
#[test]
fn of_a_badge_no_digit_is_printed() {
    let till = Till::new("sandbox");
    let badge = tillback::domain::Badge::of([0x5a; 16]);
    let modules = tillback::devices::codes::qr(&badge.digits()).unwrap();
    let (side, margin) = (6_u32, 24_u32);
    let across = u32::try_from(modules.width).unwrap() * side + 2 * margin;
    let picture = image::GrayImage::from_fn(across, across, |x, y| {
        let module = |at: u32| at.checked_sub(margin).map(|at| usize::try_from(at / side).unwrap());
        let dark = module(x)
            .zip(module(y))
            .is_some_and(|(x, y)| x < modules.width && y < modules.width && modules.dark[y * modules.width + x]);
        image::Luma([if dark { 0 } else { 255 }])
    });
    let file = till.path().join("badge.png");
    picture.save(&file).unwrap();
    for options in [&["decode"][..], &["decode", "--json"], &["decode", "--explain"], &["decode", "--json", "--burst"]]
    {
        let said = till.check(&[options, &[file.to_str().unwrap()]].concat(), 0, &[]);
        assert!(said.out.contains("a manager's badge"), "{options:?}: {}", said.out);
        let all = format!("{}{}", said.out, said.err);
        for at in 0..badge.digits().len() - 8 {
            assert!(!all.contains(&badge.digits()[at..at + 8]), "{options:?}: {all}");
        }
    }
}
