//! A day of the real binary, with secrets that occur nowhere else, everything logged.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tillback::domain::{Currency, Money, TransactionNo};
use tillback::gateway::ApiToken;
use tillback::sandbox::{
    EchoField, ErrorBody, Fault, Injection, Merchant, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, Sandbox, SandboxHandle,
    SandboxSale, SandboxSettings,
};

use super::post;

const TOKEN: &str = "canary+7/Q3=zX9%vB5~nM1kL8wR2";
const WRONG_TOKEN: &str = "yranac-4/T8=hJ2%pD6~cF0sG3uE5";
const MANAGER_PIN: &str = "730194826517";
const CASHIER_PIN: &str = "619385027413";
const WRONG_PIN: &str = "508271946382";
const MANAGER: &str = "Luis Ortega";
const CASHIER: &str = "Mei Chen";
const PATIENCE: Duration = Duration::from_secs(120);
/// Files the test writes with a secret in them, for the program to refuse.
const OURS: &str = "ours-";

/// A sale for each thing that happens to a refund.
fn number(place: usize) -> String {
    format!("2975536383017{place:05}")
}

fn money(text: &str) -> Money {
    Money::parse(text, Currency::USD).expect("an amount")
}

pub struct Day {
    folder: tempfile::TempDir,
    gateway: SandboxHandle,
    /// What was said on which stream, in the order it was said.
    said: Vec<(String, Vec<u8>)>,
    next_sale: usize,
    /// The digits of the manager\'s badge.
    badge: String,
    /// What the till program shows when it posts sales.
    sales_key: String,
}

/// How many sales the day has.
const SALES: usize = 20;

impl Day {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sale = |place| SandboxSale::paid(TransactionNo::parse(&number(place)).expect("18"), None, money("39.90"));
        let merchant = Merchant {
            merchant_no: SAMPLE_MERCHANT_NO.to_owned(),
            store_no: SAMPLE_STORE_NO.to_owned(),
            token: ApiToken::parse(TOKEN).expect("a token"),
        };
        let settings = SandboxSettings {
            merchants: vec![merchant],
            sales: (0..SALES).map(sale).collect(),
            ..SandboxSettings::default()
        };
        let gateway = Sandbox::start(settings).expect("a sandbox");
        let day = Self { folder, gateway, said: vec![], next_sale: 0, badge: String::new(), sales_key: String::new() };
        for name in ["home", "tmp", "work"] {
            fs::create_dir(day.folder().join(name)).expect("a folder");
        }
        day.configure("tillback.toml", &day.gateway.url(), SAMPLE_MERCHANT_NO, "");
        day
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn secrets(&self) -> Vec<(&'static str, String)> {
        // The mark and the check of a badge are no secret.
        let secret = self.badge[5..44].to_owned();
        vec![
            ("the badge", self.badge.clone()),
            ("the badge's secret", secret.clone()),
            ("the badge's secret, its beginning", secret[..20].to_owned()),
            ("the badge's secret, its end", secret[19..].to_owned()),
            ("the badge's secret as it is kept", {
                let number: u128 = secret.parse().expect("a number");
                format!("{number:032x}")
            }),
            ("the sales key", self.sales_key.clone()),
            ("the token", TOKEN.to_owned()),
            ("a wrong token", WRONG_TOKEN.to_owned()),
            ("the manager's PIN", MANAGER_PIN.to_owned()),
            ("the cashier's PIN", CASHIER_PIN.to_owned()),
            ("a wrong PIN", WRONG_PIN.to_owned()),
            ("a panic's words", tillback::failpoint::PANIC.to_owned()),
        ]
    }

    pub fn is_ours(&self, name: &str) -> bool {
        name.starts_with(OURS)
    }

    pub fn said(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.said.iter().map(|(what, said)| (what.as_str(), said.as_slice()))
    }

    fn configure(&self, name: &str, environment: &str, merchant_no: &str, more: &str) {
        let text = format!(
            "[terminal]\nname = \"T1\"\nstore_name = \"Harbor View\"\n[gateway]\nenvironment = \"{environment}\"\n\
             merchant_no = \"{merchant_no}\"\nstore_no = \"{SAMPLE_STORE_NO}\"\ntoken_store = \"file\"\n{more}"
        );
        fs::write(self.folder().join(name), text).expect("a configuration");
    }

    /// The binary, everything it could write to inside the day's folder, cores allowed as far as the system lets it.
    fn tillback(&self, config: &str, arguments: &[&str]) -> Command {
        let folder = self.folder();
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -c "$(ulimit -H -c)"; exec "$@""#, "sh", env!("CARGO_BIN_EXE_tillback")]);
        command.arg("--config").arg(folder.join(config)).arg("--data").arg(folder.join("data")).args(arguments);
        command.current_dir(folder.join("work"));
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"]
        {
            command.env(name, folder.join("home"));
        }
        command.env(tillback::vault::MACHINE_VARIABLE, "a machine's number of the test's own");
        command.env("TMPDIR", folder.join("tmp")).env("TILLBACK_LOG", "trace").env("RUST_BACKTRACE", "full");
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "TILLBACK_TOKEN", "TILLBACK_FAILPOINT"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs one command to its end.
    fn run(&mut self, config: &str, arguments: &[&str], input: &str) -> Option<i32> {
        let command = self.tillback(config, arguments);
        self.run_this(command, arguments, input)
    }

    fn run_this(&mut self, mut command: Command, arguments: &[&str], input: &str) -> Option<i32> {
        let mut child = command.spawn().expect("the binary");
        // One that ends without reading closes the pipe first.
        let _ = child.stdin.take().expect("stdin").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("an end");
        self.said.push((format!("{arguments:?} on stdout"), output.stdout));
        self.said.push((format!("{arguments:?} on stderr"), output.stderr));
        output.status.code()
    }

    #[track_caller]
    fn ends(&mut self, arguments: &[&str], input: &str, code: i32) {
        let ended = self.run("tillback.toml", arguments, input);
        let last = self.said.len() - 2;
        let words: String =
            self.said[last..].iter().map(|(_, said)| String::from_utf8_lossy(said).into_owned()).collect();
        assert_eq!(ended, Some(code), "{arguments:?}: {words}");
    }

    /// The token is given, people are hired, sales are loaded, and everything is looked at.
    pub fn set_up(&mut self) {
        self.ends(&["doctor"], "", 1);
        self.ends(&["token", "set"], &format!("{TOKEN} {TOKEN}\n"), 1);
        self.ends(&["token", "set"], &format!("{WRONG_TOKEN}\n"), 0);
        self.ends(&["operators", "add", MANAGER, "--role", "manager"], &format!("{MANAGER_PIN}\n"), 0);
        self.ends(&["doctor"], "", 1);
        self.ends(&["token", "set"], &format!("{TOKEN}\n"), 0);
        self.ends(&["token", "where"], "", 0);
        self.ends(&["operators", "add", CASHIER], &format!("{CASHIER_PIN}\n"), 0);
        let card = self.folder().join("badge.svg");
        self.ends(&["operators", "badge", MANAGER, "--out", &card.display().to_string()], "", 0);
        let picture = fs::read_to_string(&card).expect("the badge's file");
        self.badge = super::badge::read(&picture);
        self.said.push(("the badge's file".to_owned(), picture.into_bytes()));
        fs::remove_file(card).expect("printed and removed");
        self.ends(&["sales", "key"], "", 0);
        // Printed once, for the till program: what is said on stdout alone.
        let place = self.said.len() - 2;
        let key = String::from_utf8(self.said.remove(place).1).expect("text");
        self.sales_key = key.trim().to_owned();
        let lines: Vec<String> =
            (0..SALES).map(|place| json!({"transaction_no": number(place), "amount": "39.90"}).to_string()).collect();
        let sales = self.folder().join("sales.jsonl");
        fs::write(&sales, lines.join("\n")).expect("sales");
        self.ends(&["sales", "import", &sales.display().to_string()], "", 0);
        self.run("tillback.toml", &["doctor"], "");
        // A token in the environment goes before the sealed one.
        let mut command = self.tillback("tillback.toml", &["doctor"]);
        command.env("TILLBACK_TOKEN", TOKEN);
        self.run_this(command, &["doctor"], "");
    }

    /// What people do by mistake: a token or a PIN where none belongs.
    pub fn slips(&mut self) {
        self.ends(&["operators", "add", MANAGER], &format!("{WRONG_PIN}\n"), 1);
        self.ends(&["operators", "add", "Ana"], &format!("{WRONG_PIN}x\n"), 1);
        self.ends(&["operators", "add", "Ana"], &format!("{WRONG_PIN}{WRONG_PIN}\n"), 1);
        let url = self.gateway.url();
        self.configure("ours-environment.toml", TOKEN, SAMPLE_MERCHANT_NO, "");
        self.configure("ours-merchant.toml", &url, TOKEN, "");
        self.configure("ours-key.toml", &url, SAMPLE_MERCHANT_NO, &format!("token = \"{TOKEN}\"\n"));
        self.configure("ours-line.toml", &url, SAMPLE_MERCHANT_NO, &format!("{TOKEN}\n"));
        self.configure("ours-quote.toml", &url, SAMPLE_MERCHANT_NO, &format!("currency = \"{TOKEN}\n"));
        for config in ["ours-environment", "ours-merchant", "ours-key", "ours-line", "ours-quote"] {
            assert_eq!(self.run(&format!("{config}.toml"), &["doctor"], ""), Some(1), "{config}");
            self.bundle(config);
        }
        let in_clear = self.folder().join("data/token");
        fs::write(&in_clear, TOKEN).expect("a token in clear");
        self.run("tillback.toml", &["doctor"], "");
        fs::remove_file(in_clear).expect("it was there");
        let mut till = Till::start(self.tillback("tillback.toml", &["headless"]));
        till.wait("the locked screen", |shown| shown["screen"] == "locked");
        // Orders that are none, with a PIN in them, as a broken driver would send them.
        till.tell(&format!(r#"{{"do":"sign_in","name":"{CASHIER}","pin":{CASHIER_PIN}}}"#));
        till.tell(&format!(r#"{{"do":"{CASHIER_PIN}"}}"#));
        till.tell(&format!(r#"{{"do":"sign_in","name":"{CASHIER}","pin":"{CASHIER_PIN}","{MANAGER_PIN}":1}}"#));
        till.tell(&format!(r#"{{"do":"sign_in","name":"{MANAGER_PIN}","pin":"{CASHIER_PIN}x"}}"#));
        till.say(json!({"do": "sign_in", "name": CASHIER, "pin": WRONG_PIN}));
        till.wait("a refused PIN", |shown| shown["screen"] == "locked" && shown["problem"].is_string());
        till.sign_in();
        // A PIN and a token where a number belongs.
        for text in [MANAGER_PIN, TOKEN] {
            till.say(json!({"do": "type", "text": text}));
            till.wait("no such sale", |shown| shown["screen"] == "scan" && shown["problem"].is_string());
            till.say(json!({"do": "cancel"}));
            till.wait("ready", |shown| shown["screen"] == "ready");
        }
        // A badge, whole and in part, scanned and typed where receipts are, and under a sale.
        let whole = self.badge.clone();
        for text in [whole.as_str(), &whole[..30]] {
            for how in ["scan", "type"] {
                till.say(json!({"do": how, "text": text}));
                till.wait("a badge is no receipt", |shown| {
                    shown["screen"] == "scan" && shown["problem"].as_str().is_some_and(|why| why.contains("Badge"))
                });
                till.say(json!({"do": "cancel"}));
                till.wait("ready", |shown| shown["screen"] == "ready");
            }
        }
        self.end(till);
    }

    /// A till program posts a sale with its key, and with what is none.
    pub fn posts(&mut self) {
        let port = post::free_port();
        let url = self.gateway.url();
        self.configure("posts.toml", &url, SAMPLE_MERCHANT_NO, &format!("[sales]\nport = {port}\n"));
        let till = Till::start(self.tillback("posts.toml", &["headless"]));
        till.wait("the locked screen", |shown| shown["screen"] == "locked");
        let answers = [(self.sales_key.as_str(), "200"), (&self.sales_key[..40], "401"), (TOKEN, "401")];
        for (key, status) in answers {
            let answer = post::sale(port, key, PATIENCE);
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
            self.said.push(("an answer to a till program".to_owned(), answer.into_bytes()));
        }
        self.end(till);
        self.bundle("posts");
    }

    /// A refund for each way that one can end.
    pub fn refunds(&mut self) {
        let not_final = |status: &str, becomes: &str| Fault::NotFinal {
            status: status.to_owned(),
            for_queries: 1,
            becomes: Some(becomes.to_owned()),
        };
        let faults = [
            (Fault::Honest, true),
            (not_final("failed", "failed"), false),
            (not_final("pending", "success"), true),
            (Fault::ResetAfterRequest, true),
            (Fault::ResetAfterRequest, false),
            (Fault::Status { status: 503, body: ErrorBody::Html }, false),
            (Fault::WrongEcho { field: EchoField::Amount }, true),
            (Fault::MalformedJson, true),
            (Fault::RetCode { code: "000030".to_owned() }, false),
        ];
        let mut till = Till::start(self.tillback("tillback.toml", &["headless"]));
        till.wait("the locked screen", |shown| shown["screen"] == "locked");
        till.sign_in();
        let command_line = fs::read(format!("/proc/{}/cmdline", till.child.id())).unwrap_or_default();
        self.said.push(("the command line that others on the machine see".to_owned(), command_line));
        for (fault, executes) in faults {
            let sale = self.sale();
            self.gateway.inject(Injection::on_refund(fault).executing(executes).for_sale(&sale));
            till.ask_for(&sale);
            till.say(json!({"do": "pin", "name": MANAGER, "pin": MANAGER_PIN}));
            till.wait("a result", |shown| shown["screen"] == "result");
            till.say(json!({"do": "finish"}));
            till.wait("ready", |shown| shown["screen"] == "ready");
        }
        // One by badge; and a badge that is nobody's.
        till.ask_for(&self.sale());
        till.say(json!({"do": "scan", "text": tillback::domain::Badge::of([7; 16]).digits().as_str()}));
        till.wait("an unknown badge", |shown| shown["screen"] == "approval" && shown["problem"].is_string());
        till.say(json!({"do": "scan", "text": self.badge}));
        till.wait("a badge in hand", |shown| shown["screen"] == "approval" && shown["badge"] == true);
        till.say(json!({"do": "badge"}));
        till.wait("a result", |shown| shown["screen"] == "result");
        till.say(json!({"do": "finish"}));
        till.wait("ready", |shown| shown["screen"] == "ready");
        till.say(json!({"do": "lock"}));
        till.wait("locked", |shown| shown["screen"] == "locked");
        till.say(json!({"do": "scan", "text": self.badge}));
        till.wait("signed in by badge", |shown| shown["screen"] == "ready");
        till.say(json!({"do": "lock"}));
        till.wait("locked", |shown| shown["screen"] == "locked");
        till.sign_in();
        till.ask_for(&self.sale());
        till.say(json!({"do": "pin", "name": MANAGER, "pin": WRONG_PIN}));
        till.wait("a refused PIN", |shown| shown["screen"] == "approval" && shown["problem"].is_string());
        self.end(till);
    }

    /// Panics and aborts at instants where token and PINs are in memory.
    pub fn crashes(&mut self) {
        let panics = ["ApproveCommitting:1:panic", "BodyHalfSent:1:panic", "AnswerRead:1:panic"];
        for point in panics.into_iter().chain(["BodyHalfSent", "HeadSent:1:hold"]) {
            let sale = self.sale();
            let mut command = self.tillback("tillback.toml", &["headless"]);
            command.env("TILLBACK_FAILPOINT", point);
            let mut till = Till::start(command);
            till.wait("the locked screen", |shown| shown["screen"] == "locked");
            till.sign_in();
            till.ask_for(&sale);
            till.say(json!({"do": "pin", "name": MANAGER, "pin": MANAGER_PIN}));
            if point.ends_with("panic") {
                till.wait("what came of it", |shown| shown["screen"] == "result" || shown["problem"].is_string());
                self.end(till);
            } else if point.ends_with("hold") {
                till.wait("sending", |shown| shown["screen"] == "sending" && shown["refund"].is_string());
                till.child.kill().expect("kill -9");
                till.child.wait().expect("an end");
                self.keep(till);
            } else {
                till.child.wait().expect("an end");
                self.keep(till);
            }
        }
    }

    /// A manager decides what is still open, once with a wrong PIN before.
    fn decide(&mut self) {
        self.ends(&["refunds", "list", "--state", "unknown", "--format", "json"], "", 0);
        let listed = String::from_utf8(self.said[self.said.len() - 2].1.clone()).expect("text");
        let open: Value = serde_json::from_str(listed.lines().next().expect("a refund is open")).expect("JSON");
        let reference = open["reference"].as_str().expect("a reference");
        let order = ["refunds", "decide", reference, "--as", "refunded", "--evidence", "D-7"];
        let order = [&order[..], &["--by", MANAGER, "--reason", "the bill shows it"]].concat();
        self.ends(&order, &format!("{WRONG_PIN}\n"), 1);
        self.ends(&order, &format!("{MANAGER_PIN}\n"), 0);
    }

    /// Somebody practises beside the real till, started by somebody who had the token in a variable.
    pub fn practise(&mut self) {
        let mut command = self.tillback("tillback.toml", &["training", "--headless"]);
        command.env("TILLBACK_TOKEN", TOKEN);
        let mut till = Till::start(command);
        till.wait("training", |shown| shown["training"] == true && shown["screen"] == "locked");
        till.say(json!({"do": "sign_in", "name": CASHIER, "pin": CASHIER_PIN}));
        till.wait("another PIN than the real one", |shown| shown["screen"] == "locked" && shown["problem"].is_string());
        self.end(till);
    }

    /// Everything that is read at the end of a day.
    pub fn close(&mut self) {
        self.run("tillback.toml", &["refunds", "resolve"], "");
        self.decide();
        self.ends(&["refunds", "list"], "", 0);
        self.ends(&["refunds", "export"], "", 0);
        self.ends(&["refunds", "export", "--format", "json"], "", 0);
        self.ends(&["audit", "verify"], "", 0);
        self.ends(&["operators", "list"], "", 0);
        self.ends(&["operators", "remove", CASHIER], "", 0);
        // The window, where there is none; and commands that this version may not have.
        for arguments in [
            &[][..],
            &["ledger", "check"],
            &["ledger", "backup"],
            &["refunds", "show"],
            &["audit", "export"],
            &["audit", "export", "--format", "json"],
            &["report"],
        ] {
            self.run("tillback.toml", arguments, "");
        }
        self.bundle("tillback");
        self.ends(&["token", "remove"], "", 0);
    }

    /// What support is sent.
    fn bundle(&mut self, config: &str) {
        let file = self.folder().join(format!("support-{config}.zip")).display().to_string();
        assert_eq!(self.run(&format!("{config}.toml"), &["doctor", "--bundle", &file], ""), Some(0), "{config}");
    }

    fn sale(&mut self) -> String {
        self.next_sale += 1;
        assert!(self.next_sale <= SALES, "more sales are needed");
        number(self.next_sale - 1)
    }

    fn end(&mut self, mut till: Till) {
        till.say(json!({"do": "quit"}));
        till.child.wait().expect("an end");
        self.keep(till);
    }

    fn keep(&mut self, till: Till) {
        let Till { orders, reading, .. } = till;
        drop(orders);
        for (stream, thread) in reading {
            self.said.push((format!("headless on {stream}"), thread.join().expect("read to the end")));
        }
    }
}

/// A till without a window, all that it says kept.
struct Till {
    child: Child,
    orders: ChildStdin,
    lines: Receiver<Value>,
    reading: Vec<(&'static str, JoinHandle<Vec<u8>>)>,
}

impl Till {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the binary");
        let orders = child.stdin.take().expect("stdin");
        let mut out = BufReader::new(child.stdout.take().expect("stdout"));
        let mut err = child.stderr.take().expect("stderr");
        let (sender, lines) = channel();
        let reading_out = std::thread::spawn(move || {
            let mut all = vec![];
            let mut begun = 0;
            while out.read_until(b'\n', &mut all).expect("a line") > 0 {
                let _ = sender.send(serde_json::from_slice(&all[begun..]).expect("JSON"));
                begun = all.len();
            }
            all
        });
        let reading_err = std::thread::spawn(move || {
            let mut all = vec![];
            err.read_to_end(&mut all).expect("all of it");
            all
        });
        Self { child, orders, lines, reading: vec![("stdout", reading_out), ("stderr", reading_err)] }
    }

    fn tell(&mut self, order: &str) {
        writeln!(self.orders, "{order}").expect("an order");
    }

    fn say(&mut self, order: Value) {
        self.tell(&order.to_string());
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&Value) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let shown = self.lines.recv_timeout(left).unwrap_or_else(|_| panic!("{what} never came"));
            if until(&shown) {
                return;
            }
        }
    }

    fn sign_in(&mut self) {
        // A PIN that was wrong a moment ago is waited for.
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.say(json!({"do": "sign_in", "name": CASHIER, "pin": CASHIER_PIN}));
            match self.lines.recv_timeout(Duration::from_millis(700)) {
                Ok(shown) if shown["screen"] == "ready" => return,
                _ => assert!(Instant::now() < deadline, "nobody could sign in"),
            }
        }
    }

    fn ask_for(&mut self, sale: &str) {
        self.say(json!({"do": "scan", "text": sale}));
        self.wait("the sale", |shown| shown["screen"] == "sale");
        self.say(json!({"do": "reason", "text": "Damaged"}));
        self.wait("a confirmed sale", |shown| shown["screen"] == "sale" && shown["ready"] == true);
        self.say(json!({"do": "ask"}));
        self.wait("the approval", |shown| shown["screen"] == "approval");
    }
}
