//! The API token from outside: given without being shown, kept sealed, changed under a till that runs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::Value;
use tillback::domain::{Currency, Money, TransactionNo};
use tillback::sandbox::{
    SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, Sandbox, SandboxHandle, SandboxSale, SandboxSettings,
};
use tillback::vault::MACHINE_VARIABLE;

const NUMBER: &str = "297553638301777927";
const WRONG: &str = "00000000000000000000000000000000";
const PATIENCE: Duration = Duration::from_secs(60);

fn tillback(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tillback"));
    command.arg("--config").arg(folder.join("tillback.toml")).arg("--data").arg(folder.join("data"));
    command.env(MACHINE_VARIABLE, "a machine's number of the test's own");
    command.env_remove("TILLBACK_TOKEN").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn say(command: &mut Command, input: &str) -> (Option<i32>, String) {
    let mut child = command.spawn().expect("the binary");
    // One that ends without reading closes the pipe first.
    let _ = child.stdin.take().expect("stdin").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().expect("an end");
    let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(!said.contains(SAMPLE_TOKEN) && !said.contains(WRONG) && !said.contains("panicked"), "{said}");
    (status.code(), said)
}

fn configure(folder: &Path, environment: &str) {
    let config = format!(
        "[terminal]\nname = \"T1\"\n[gateway]\nenvironment = \"{environment}\"\n\
         merchant_no = \"{SAMPLE_MERCHANT_NO}\"\nstore_no = \"{SAMPLE_STORE_NO}\"\ntoken_store = \"file\"\n"
    );
    fs::write(folder.join("tillback.toml"), config).expect("a configuration");
}

fn give(folder: &Path, token: &str) {
    let (code, said) = say(tillback(folder).args(["token", "set"]), &format!("{token}\n"));
    assert_eq!(code, Some(0), "{said}");
}

fn gateway() -> SandboxHandle {
    let amount = Money::parse("39.90", Currency::USD).expect("an amount");
    let sale = SandboxSale::paid(TransactionNo::parse(NUMBER).expect("a number"), None, amount);
    Sandbox::start(SandboxSettings { sales: vec![sale], ..SandboxSettings::default() }).expect("a sandbox")
}

#[test]
fn a_token_is_given_found_moved_and_removed_and_lies_nowhere_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    configure(here, "sandbox");
    assert!(matches!(say(tillback(here).args(["token", "where"]), ""), (Some(1), said) if said.contains("token set")));
    assert!(matches!(say(tillback(here).args(["token", "set"]), "two words\n"), (Some(1), _)));
    give(here, SAMPLE_TOKEN);
    let (code, said) = say(tillback(here).args(["token", "where"]), "");
    assert!(code == Some(0) && said.contains("sealed to this machine") && said.contains("any program"), "{said}");
    for file in fs::read_dir(here.join("data")).unwrap() {
        let file = file.unwrap().path();
        let bytes = fs::read(&file).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(SAMPLE_TOKEN), "{}", file.display());
    }
    // A sealed token serves its own gateway alone.
    configure(here, "production");
    assert!(matches!(say(tillback(here).args(["token", "where"]), ""), (Some(1), said) if said.contains("another")));
    configure(here, "sandbox");
    assert_eq!(say(tillback(here).args(["token", "remove"]), "").0, Some(0));
    assert_eq!(say(tillback(here).args(["token", "where"]), "").0, Some(1));
    // A passphrase is typed at a terminal, not piped.
    assert_eq!(say(tillback(here).args(["token", "set", "--passphrase"]), "some long words\n").0, Some(1));
}

#[cfg(unix)]
#[test]
fn a_token_comes_through_a_file_descriptor() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    configure(here, "sandbox");
    fs::write(here.join("handed-over"), SAMPLE_TOKEN).unwrap();
    let script = format!(
        "'{}' --config '{here}/tillback.toml' --data '{here}/data' token set --machine --fd 3 3<'{here}/handed-over'",
        env!("CARGO_BIN_EXE_tillback"),
        here = here.display()
    );
    let mut shell = Command::new("sh");
    shell.env(MACHINE_VARIABLE, "a machine's number of the test's own");
    shell.arg("-c").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let (code, said) = say(&mut shell, "");
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(say(tillback(here).args(["token", "where"]), "").0, Some(0));
    assert_eq!(say(tillback(here).args(["token", "set", "--fd", "77"]), "").0, Some(1));
}

/// The till starts with a token the gateway refuses; the right one is given meanwhile; the next sale is confirmed.
#[test]
fn a_till_that_runs_takes_a_changed_token() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let gateway = gateway();
    configure(here, &gateway.url());
    give(here, WRONG);
    assert_eq!(
        say(tillback(here).args(["operators", "add", "Luis Ortega", "--role", "manager"]), "482913\n").0,
        Some(0)
    );
    let mut child = tillback(here).arg("headless").stderr(Stdio::null()).spawn().unwrap();
    let mut orders = child.stdin.take().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            let _ = sender.send(serde_json::from_str::<Value>(&line).unwrap());
        }
    });
    let wait = |until: &dyn Fn(&Value) -> bool| loop {
        let shown = lines.recv_timeout(PATIENCE).expect("a screen");
        if until(&shown) {
            return shown;
        }
    };
    wait(&|shown| shown["screen"] == "locked");
    writeln!(orders, r#"{{"do":"sign_in","name":"Luis Ortega","pin":"482913"}}"#).unwrap();
    wait(&|shown| shown["screen"] == "ready");
    writeln!(orders, r#"{{"do":"scan","text":"{NUMBER}"}}"#).unwrap();
    wait(&|shown| shown["screen"] == "scan" && shown["problem"].is_string());
    give(here, SAMPLE_TOKEN);
    writeln!(orders, r#"{{"do":"scan","text":"{NUMBER}"}}"#).unwrap();
    wait(&|shown| shown["screen"] == "sale");
    writeln!(orders, r#"{{"do":"quit"}}"#).unwrap();
    child.wait().unwrap();
    let (code, said) = say(tillback(here).args(["audit", "verify"]), "");
    assert_eq!(code, Some(0), "{said}");
}
