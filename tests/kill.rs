//! The real binary, killed between record and answer: at the next start the refund is there as unresolved, and a query
//! resolves it. The sandbox's book shows it once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;
use tillback::domain::{Currency, Money, TransactionNo};
use tillback::sandbox::{
    Fault, Injection, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, Sandbox, SandboxHandle, SandboxSale,
    SandboxSettings,
};

const NUMBER: &str = "297553638301777927";
const PATIENCE: Duration = Duration::from_secs(60);

fn tillback(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tillback"));
    command.arg("--config").arg(folder.join("tillback.toml")).arg("--data").arg(folder.join("data"));
    command.env("TILLBACK_TOKEN", SAMPLE_TOKEN);
    command
}

#[track_caller]
fn run(command: &mut Command, input: &str) -> String {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
    child.stdin.take().expect("stdin").write_all(input.as_bytes()).expect("input");
    let output = child.wait_with_output().expect("an end");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?} failed:\n{out}{err}");
    out.into_owned()
}

/// A till without a window.
struct Headless {
    child: Child,
    orders: ChildStdin,
    lines: Receiver<Value>,
}

impl Headless {
    fn start(folder: &Path) -> Self {
        let mut child = tillback(folder)
            .arg("headless")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary");
        let orders = child.stdin.take().expect("stdin");
        let out = BufReader::new(child.stdout.take().expect("stdout"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).expect("a JSON line"));
            }
        });
        Self { child, orders, lines }
    }

    fn say(&mut self, order: &str) {
        writeln!(self.orders, "{order}").expect("an order");
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let shown = self.lines.recv_timeout(left).unwrap_or_else(|_| panic!("{what} never came"));
            if until(&shown) {
                return shown;
            }
        }
    }

    fn go_to_sending(&mut self) {
        self.wait("the locked screen", |shown| shown["screen"] == "locked");
        self.say(r#"{"do":"sign_in","name":"Mei Chen","pin":"7391"}"#);
        self.wait("ready", |shown| shown["screen"] == "ready");
        self.say(&format!(r#"{{"do":"scan","text":"{NUMBER}"}}"#));
        self.wait("the sale", |shown| shown["screen"] == "sale");
        self.say(r#"{"do":"reason","text":"Damaged"}"#);
        self.wait("a confirmed sale", |shown| shown["screen"] == "sale" && shown["ready"] == true);
        self.say(r#"{"do":"ask"}"#);
        self.wait("the approval", |shown| shown["screen"] == "approval");
        self.say(r#"{"do":"pin","name":"Luis Ortega","pin":"482913"}"#);
        self.wait("sending", |shown| shown["screen"] == "sending" && shown["refund"].is_string());
    }
}

fn gateway() -> SandboxHandle {
    let amount = Money::parse("39.90", Currency::USD).expect("an amount");
    let sale = SandboxSale::paid(TransactionNo::parse(NUMBER).expect("a number"), None, amount);
    Sandbox::start(SandboxSettings { sales: vec![sale], ..SandboxSettings::default() }).expect("a sandbox")
}

fn till(folder: &Path, gateway: &SandboxHandle) {
    let config = format!(
        "[terminal]\nname = \"T3\"\nstore_name = \"Harbor View\"\n\n[gateway]\nenvironment = \"{}\"\n\
         merchant_no = \"{SAMPLE_MERCHANT_NO}\"\nstore_no = \"{SAMPLE_STORE_NO}\"\n",
        gateway.url()
    );
    fs::write(folder.join("tillback.toml"), config).expect("a configuration");
    run(tillback(folder).args(["operators", "add", "Luis Ortega", "--role", "manager"]), "482913\n");
    run(tillback(folder).args(["operators", "add", "Mei Chen"]), "7391\n");
    let sales = folder.join("sales.jsonl");
    let line = format!(
        r#"{{"transaction_no":"{NUMBER}","amount":"39.90","currency":"USD","wallet":"alipay","status":"success"}}"#
    );
    fs::write(&sales, line).expect("sales");
    run(tillback(folder).args(["sales", "import"]).arg(&sales), "");
}

fn killed(executes: bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let gateway = gateway();
    till(folder.path(), &gateway);
    gateway.inject(Injection::on_refund(Fault::NeverAnswer).executing(executes));
    let mut first = Headless::start(folder.path());
    first.go_to_sending();
    let deadline = Instant::now() + PATIENCE;
    while !gateway.requests().iter().any(|request| request.path.ends_with("/refund")) {
        assert!(Instant::now() < deadline, "the request never came");
        std::thread::sleep(Duration::from_millis(5));
    }
    first.child.kill().expect("kill -9");
    first.child.wait().expect("an end");
    let listed = run(tillback(folder.path()).args(["refunds", "export", "--format", "json"]), "");
    assert!(listed.contains(r#""state":"sent""#), "{listed}");

    let mut second = Headless::start(folder.path());
    let shown = second.wait("the locked screen", |shown| shown["screen"] == "locked");
    assert_eq!(shown["unresolved"], 1, "not shown as unresolved at the next start: {shown}");
    if executes {
        second.wait("resolved", |shown| shown["unresolved"] == 0);
    }
    second.say(r#"{"do":"quit"}"#);
    second.child.wait().expect("an end");
    let listed = run(tillback(folder.path()).args(["refunds", "export", "--format", "json"]), "");
    let expected = if executes { "refunded" } else { "unknown" };
    assert!(listed.contains(&format!(r#""state":"{expected}""#)), "{listed}");
    assert_eq!(listed.lines().count(), 1);
    assert_eq!(gateway.book().len(), usize::from(executes));
    let sent = gateway.requests().iter().filter(|request| request.path.ends_with("/refund")).count();
    assert_eq!(sent, 1, "sent more than once");
    run(tillback(folder.path()).args(["audit", "verify"]), "");
}

#[test]
fn killed_while_waiting_for_an_answer_to_an_executed_refund() {
    killed(true);
}

#[test]
fn killed_while_waiting_for_an_answer_to_one_that_was_not_executed() {
    killed(false);
}
