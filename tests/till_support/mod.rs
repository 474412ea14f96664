//! What the proofs with the real binary need: a store on disk, a till without a window, and a line to its gateway.
//!
//! The till is `tillback headless`, driven as a person would. Between it and the sandbox stands a [`relay::Relay`] that
//! sees each byte of a refund request, fails queries when asked to, and holds answers back.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

pub mod check;
pub mod relay;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;
use tillback::domain::{
    Currency, Money, OperatorName, Pin, Policy, ResolvePolicy, Role, SaleStatus, TillName, Timestamp, TransactionNo,
};
use tillback::ledger::{Ledger, LedgerSettings, OpenError, PinCost, SaleFacts};
use tillback::sandbox::{
    SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, Sandbox, SandboxHandle, SandboxSale, SandboxSettings,
};
use tillback::terminal::{Clock, SystemClock};

/// How long anything is waited for. Nothing is measured with it: what comes late on a slow machine still passes.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// What every sale was paid with, in cents.
pub const PAID_MINOR: i64 = 3990;

/// Who may approve, and who may ask: name and PIN.
pub const MANAGER: (&str, &str) = ("Luis Ortega", "482913");
pub const CASHIER: (&str, &str) = ("Mei Chen", "7391");
/// A second manager, in the stores that hire one.
pub const OTHER_MANAGER: (&str, &str) = ("Ana Silva", "716094");

/// The number of the n-th sale.
pub fn number(n: usize) -> String {
    format!("2975536383{n:08}")
}

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

/// Memory rather than a disk, where there is one: a killed process loses nothing that it gave to the system.
pub fn folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
}

/// A gateway that knows so many sales.
pub fn gateway(sales: usize) -> SandboxHandle {
    let sale = |n| SandboxSale::paid(TransactionNo::parse(&number(n)).unwrap(), None, usd(PAID_MINOR));
    let settings = SandboxSettings { sales: (0..sales).map(sale).collect(), ..SandboxSettings::default() };
    Sandbox::start(settings).expect("a sandbox")
}

/// One store's folder: settings file and ledger.
pub struct House {
    pub folder: tempfile::TempDir,
    resolve: ResolvePolicy,
}

impl House {
    /// The settings file alone; the first start makes the ledger. Queries decide by the usual rule.
    pub fn bare(gateway_url: &str) -> Self {
        Self::with(gateway_url, ResolvePolicy::default())
    }

    /// The settings file alone, with another rule for what was not found.
    pub fn with(gateway_url: &str, resolve: ResolvePolicy) -> Self {
        let house = Self { folder: folder(), resolve };
        let config = format!(
            "[terminal]\nname = \"T3\"\nstore_name = \"Harbor View\"\n\n[gateway]\nenvironment = \"{gateway_url}\"\n\
             merchant_no = \"{SAMPLE_MERCHANT_NO}\"\nstore_no = \"{SAMPLE_STORE_NO}\"\n\n\
             [policy]\nmin_seconds_between_refunds = 0\n\n\
             [resolve]\nnot_found_answers = {}\nnot_found_span_seconds = {}\n",
            resolve.not_found_answers, resolve.not_found_span_seconds
        );
        fs::write(house.config(), config).expect("a configuration");
        house
    }

    /// People and so many sales, in a ledger that is made where there is none. PINs cost next to nothing to check, as
    /// they do in no release.
    pub fn furnish(&self, sales: usize) {
        let now = SystemClock.now();
        let mut ledger = Ledger::open(&self.ledger_path(), self.settings(), now).expect("a ledger");
        for (name, role, pin) in [(MANAGER.0, Role::Manager, MANAGER.1), (CASHIER.0, Role::Cashier, CASHIER.1)] {
            let (name, pin) = (OperatorName::parse(name).unwrap(), Pin::parse(pin).unwrap());
            ledger.add_operator(&name, role, &pin, None, now).expect("a person");
        }
        for n in 0..sales {
            let facts = SaleFacts {
                transaction_no: Some(TransactionNo::parse(&number(n)).unwrap()),
                reference: None,
                paid: usd(PAID_MINOR),
                settle_currency: Currency::USD,
                wallet: Some("alipay".to_owned()),
                paid_at: Some(now.plus_ms(-86_400_000)),
                status: SaleStatus::Success,
            };
            ledger.insert_or_update_from_gateway(&facts, now).expect("a sale");
        }
    }

    /// The same amount again within minutes wants two managers, and a second one joins.
    pub fn want_two_managers(&self) {
        let settings = fs::read_to_string(self.config()).unwrap();
        fs::write(self.config(), format!("{settings}\n[rules]\nsame_amount_minutes = 60\n")).unwrap();
        let now = SystemClock.now();
        let mut ledger = Ledger::open(&self.ledger_path(), self.settings(), now).expect("a ledger");
        let (name, pin) = (OperatorName::parse(OTHER_MANAGER.0).unwrap(), Pin::parse(OTHER_MANAGER.1).unwrap());
        ledger.add_operator(&name, Role::Manager, &pin, None, now).expect("a person");
    }

    pub fn settings(&self) -> LedgerSettings {
        let policy = Policy { min_seconds_between_refunds: 0, ..Policy::default() };
        let settings = LedgerSettings::new(TillName::parse("T3").unwrap(), policy);
        LedgerSettings { pin_cost: PinCost::CHEAP, resolve: self.resolve, ..settings }
    }

    pub fn config(&self) -> PathBuf {
        self.folder.path().join("tillback.toml")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn ledger_path(&self) -> PathBuf {
        self.data().join("ledger.db")
    }

    /// The ledger as it lies there, changing nothing in it.
    pub fn at_rest(&self) -> Result<Ledger, OpenError> {
        Ledger::open_read_only(&self.ledger_path(), self.settings())
    }

    /// What the till said on standard error, over all its lives.
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("stderr")).unwrap_or_default()
    }

    /// The binary with this store's places, without a core file when it aborts.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -c 0; exec \"$0\" \"$@\""]).arg(program);
        command.arg("--config").arg(self.config()).arg("--data").arg(self.data());
        command.env("TILLBACK_TOKEN", SAMPLE_TOKEN);
        command
    }
}

/// The present moment, as the till reads it.
pub fn now() -> Timestamp {
    SystemClock.now()
}

/// How an attempt at a refund ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// It is recorded and on its way.
    Sending,
    /// On the result screen.
    Result(Value),
    /// The till would not go on: what it showed.
    Refused(Value),
    /// The process ended.
    Died,
}

/// A till without a window. Killed when dropped.
pub struct Till {
    child: Child,
    orders: Option<ChildStdin>,
    lines: Receiver<Value>,
    killed_at: Option<Instant>,
    /// What it showed last.
    pub shown: Value,
}

impl Till {
    /// Starts it; `failpoints` as `TILLBACK_FAILPOINT` takes them.
    pub fn start(house: &House, failpoints: &str) -> Self {
        let mut command = house.command(Path::new(env!("CARGO_BIN_EXE_tillback")));
        command.arg("headless").env("TILLBACK_FAILPOINT", failpoints);
        Self::spawn(house, command)
    }

    /// Starts a command that is a till without a window.
    pub fn spawn(house: &House, mut command: Command) -> Self {
        let said = File::options().create(true).append(true).open(house.folder.path().join("stderr")).unwrap();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(said);
        let mut child = command.spawn().expect("the binary");
        let orders = child.stdin.take();
        let out = BufReader::new(child.stdout.take().expect("stdout"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                // A process that is killed may leave half a line.
                let Ok(shown) = serde_json::from_str(&line) else { return };
                if sender.send(shown).is_err() {
                    return;
                }
            }
        });
        Self { child, orders, lines, killed_at: None, shown: Value::Null }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Gives an order; one that is dead does not hear it.
    pub fn say(&mut self, order: &str) {
        if let Some(orders) = &mut self.orders {
            let _ = writeln!(orders, "{order}");
        }
    }

    /// What it shows next; nothing when it has ended.
    #[track_caller]
    pub fn next(&mut self) -> Option<Value> {
        let left = self.killed_at.map(|at| at.saturating_duration_since(Instant::now()));
        match self.lines.recv_timeout(left.unwrap_or(PATIENCE)) {
            Ok(shown) => {
                self.shown = shown;
                Some(self.shown.clone())
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) if left.is_some() => {
                self.kill();
                None
            }
            Err(RecvTimeoutError::Timeout) => panic!("nothing more was shown; last: {}", self.shown),
        }
    }

    /// Waits until it shows that, which it may do already; false when it ended instead.
    #[track_caller]
    pub fn shows(&mut self, until: impl Fn(&Value) -> bool) -> bool {
        loop {
            if until(&self.shown) {
                return true;
            }
            if self.next().is_none() {
                return false;
            }
        }
    }

    /// Takes one refund of all that is left of a sale as far as it goes.
    #[track_caller]
    pub fn refund(&mut self, number: &str) -> End {
        self.go(number, None, false)
    }

    /// The same of a part of it.
    #[track_caller]
    pub fn refund_part(&mut self, number: &str, amount: &str) -> End {
        self.go(number, Some(amount), false)
    }

    /// The same until it is on its way.
    #[track_caller]
    pub fn send(&mut self, number: &str) -> End {
        self.go(number, None, true)
    }

    #[track_caller]
    fn go(&mut self, number: &str, amount: Option<&str>, until_sending: bool) -> End {
        let mut told = Vec::new();
        // A problem from before the sign-in is shown again with other news until the sign-in is being checked.
        let mut is_old = self.shown["problem"].is_string();
        loop {
            let shown = self.shown.clone();
            let screen = shown["screen"].as_str().unwrap_or_default();
            let ready = shown["ready"] == true;
            is_old &= ready && shown["problem"].is_string();
            match screen {
                "locked" if shown["problem"].is_string() && told.contains(&"sign in") && !is_old => {
                    return End::Refused(shown);
                }
                "locked" if ready => {
                    self.once(&mut told, "sign in", r#"{"do":"sign_in","name":"Mei Chen","pin":"7391"}"#);
                }
                "ready" => self.once(&mut told, "scan", &format!(r#"{{"do":"scan","text":"{number}"}}"#)),
                "sale" if amount.is_some() && !told.contains(&"amount") => {
                    let text = amount.unwrap_or_default();
                    self.once(&mut told, "amount", &format!(r#"{{"do":"amount","text":"{text}"}}"#));
                }
                "sale" if ready => self.once(&mut told, "ask", r#"{"do":"ask"}"#),
                "sale" if shown["problem"].is_string() => return End::Refused(shown),
                "sale" => self.once(&mut told, "reason", r#"{"do":"reason","text":"Damaged"}"#),
                "approval" if shown["problem"].is_string() => return End::Refused(shown),
                "approval" if ready && told.contains(&"pin") => {
                    self.once(&mut told, "second", r#"{"do":"pin","name":"Ana Silva","pin":"716094"}"#);
                }
                "approval" if ready => {
                    self.once(&mut told, "pin", r#"{"do":"pin","name":"Luis Ortega","pin":"482913"}"#);
                }
                "scan" if shown["problem"].is_string() => return End::Refused(shown),
                "problem" => return End::Refused(shown),
                "sending" if until_sending && shown["refund"].is_string() => return End::Sending,
                "result" => return End::Result(shown),
                _ => {}
            }
            if self.next().is_none() {
                return End::Died;
            }
        }
    }

    fn once(&mut self, told: &mut Vec<&'static str>, what: &'static str, order: &str) {
        if !told.contains(&what) {
            told.push(what);
            self.say(order);
        }
    }

    /// Leaves a result or a refusal behind.
    #[track_caller]
    pub fn leave(&mut self) {
        while !matches!(self.shown["screen"].as_str(), Some("ready" | "locked")) {
            self.say(r#"{"do":"cancel"}"#);
            self.say(r#"{"do":"finish"}"#);
            if self.next().is_none() {
                return;
            }
        }
    }

    /// Kills it after so long, whatever it does then; what is waited for ends there.
    pub fn kill_in(&mut self, delay: Duration) {
        self.killed_at = Some(Instant::now() + delay);
    }

    pub fn kill(&mut self) -> ExitStatus {
        let _ = self.child.kill();
        self.child.wait().expect("an end")
    }

    /// Waits for its end.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status;
            }
            assert!(Instant::now() < deadline, "it goes on; last shown: {}", self.shown);
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Closes it properly.
    #[track_caller]
    pub fn quit(mut self) -> ExitStatus {
        self.say(r#"{"do":"quit"}"#);
        self.orders = None;
        self.ended()
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
