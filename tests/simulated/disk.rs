//! The simulated disk: a ledger made once and copied for each seed, faults that the real SQLite reports, and a second
//! connection that reads what is really there.
//!
//! Every writing call of the ledger adds a row to the audit record; triggers behind that row bring the faults: a full
//! disk by SQLite's own `SQLITE_FULL` (a table whose last row number is used up), and a commit that fails by a deferred
//! foreign key that leads nowhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use rusqlite::Connection;
use tillback::domain::*;
use tillback::ledger::{Ledger, LedgerSettings, PinCost, SaleFacts, SeededRandomness, SteadyClock};

use super::mischief::{self, Tampering};
use super::people::STAFF;
use super::{Time, book, lock};

/// What the disk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None = 0,
    /// Each write finds the disk full.
    Full = 1,
    /// Each commit fails.
    Commit = 2,
}

/// A refund as it stands on disk, read without the ledger's own code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub reference: String,
    pub sale_id: String,
    pub key: String,
    pub minor: i64,
    pub currency: String,
    pub state: String,
    pub approval: String,
    pub attempt: u32,
    pub requester: String,
    pub approver: String,
    pub reason: String,
    pub created_at: i64,
    /// The person's decision it rests on.
    pub decision: Option<String>,
}

impl Row {
    /// Executed, or perhaps.
    pub fn counts(&self) -> bool {
        let by_word = self.state == "not_executed" && self.decision.is_some();
        by_word || matches!(self.state.as_str(), "prepared" | "sent" | "pending" | "unknown" | "refunded")
    }

    pub fn is_unresolved(&self) -> bool {
        matches!(self.state.as_str(), "sent" | "pending" | "unknown")
    }
}

/// One seed's file.
pub struct Disk {
    pub path: PathBuf,
    pub raw: Mutex<Connection>,
    fault: Mutex<Fault>,
}

/// Memory rather than a disk, where there is one: these are not tests of the disk's speed.
pub fn folder(prefix: &str) -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    let mut named = tempfile::Builder::new();
    named.prefix(prefix);
    if memory.is_dir() { named.tempdir_in(memory) } else { named.tempdir() }.expect("a folder")
}

pub fn settings(policy: Policy, random: u64, steady: Option<Box<dyn SteadyClock>>) -> LedgerSettings {
    LedgerSettings {
        pin_cost: PinCost::CHEAP,
        steady,
        randomness: Box::new(SeededRandomness::new(random)),
        ..LedgerSettings::new(TillName::parse("T3").unwrap(), policy)
    }
}

const FAULTS: &str = "
    CREATE TABLE simulated_disk (fault INTEGER NOT NULL);
    INSERT INTO simulated_disk VALUES (0);
    CREATE TABLE used_up (id INTEGER PRIMARY KEY AUTOINCREMENT);
    INSERT INTO used_up VALUES (9223372036854775807);
    CREATE TABLE nowhere (id INTEGER PRIMARY KEY);
    CREATE TABLE dangling (id INTEGER REFERENCES nowhere (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER simulated_full AFTER INSERT ON audit WHEN (SELECT fault FROM simulated_disk) = 1
    BEGIN INSERT INTO used_up (id) VALUES (NULL); END;
    CREATE TRIGGER simulated_commit AFTER INSERT ON audit WHEN (SELECT fault FROM simulated_disk) = 2
    BEGIN INSERT INTO dangling VALUES (1); END;";

/// The ledger every seed begins with, as bytes, the same without the database's own rules, and who is on its staff.
struct Template {
    whole: Vec<u8>,
    without_rules: Vec<u8>,
    staff: Vec<Operator>,
    badges: Vec<(Badge, Option<OperatorId>)>,
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = folder("tillback-template-");
        let path = folder.path().join("ledger.db");
        let now = Timestamp::from_ms(Time::START_MS);
        let mut ledger = Ledger::open(&path, settings(Policy::default(), 0, None), now).expect("a fresh ledger");
        for person in STAFF {
            let (name, pin) = (OperatorName::parse(person.name).unwrap(), Pin::parse(person.pin).unwrap());
            ledger.add_operator(&name, person.role, &pin, None, now).expect("staff");
        }
        for sale in &book::sales()[..book::KNOWN_SALES] {
            let facts = SaleFacts {
                transaction_no: Some(TransactionNo::parse(sale.number).unwrap()),
                reference: sale.reference.map(|text| InvoiceReference::parse(text).unwrap()),
                paid: sale.paid,
                settle_currency: Currency::USD,
                wallet: None,
                paid_at: Some(now.plus_ms(-3_600_000)),
                status: SaleStatus::Success,
            };
            ledger.insert_or_update_from_gateway(&facts, now).expect("a sale");
        }
        let staff = ledger.operators().expect("the staff");
        let managers: Vec<_> = staff.iter().filter(|person| person.role == Role::Manager).map(|who| &who.id).collect();
        let mut badge = |of: &OperatorId| ledger.make_badge(of, None, now).expect("a badge");
        let replaced = badge(managers[1]);
        let [first, second] = [managers[0], managers[1]].map(|of| (badge(of), Some(of.clone())));
        let badges = vec![first, second, (replaced, None), (Badge::of([0xA5; 16]), None)];
        drop(ledger);
        let raw = Connection::open(&path).expect("the file");
        raw.execute_batch(FAULTS).expect("the faults");
        drop(raw);
        let whole = std::fs::read(&path).expect("the file");
        let raw = Connection::open(&path).expect("the file");
        mischief::take_rules_away(&raw);
        drop(raw);
        Template { whole, without_rules: std::fs::read(&path).expect("the file"), staff, badges }
    })
}

/// Who works here, as the ledger knows them.
pub fn staff() -> Vec<Operator> {
    template().staff.clone()
}

/// Two managers' badges, one that was replaced, and one of another store: each, and whose it is.
pub fn badges() -> &'static [(Badge, Option<OperatorId>)] {
    &template().badges
}

impl Disk {
    /// A second connection.
    pub fn beside(path: &Path) -> Connection {
        let raw = Connection::open(path).expect("a second connection");
        raw.set_prepared_statement_cache_capacity(16);
        raw
    }

    /// `ruled`: the database refuses by itself what the program must not do.
    pub fn new(folder: &Path, ruled: bool) -> Self {
        let path = folder.join("ledger.db");
        let Template { whole, without_rules, .. } = template();
        std::fs::write(&path, if ruled { whole } else { without_rules }).expect("a copy");
        let raw = Mutex::new(Self::beside(&path));
        Self { path, raw, fault: Mutex::new(Fault::None) }
    }

    pub fn is_faulty(&self) -> bool {
        *lock(&self.fault) != Fault::None
    }

    pub fn set_fault(&self, fault: Fault) {
        if std::mem::replace(&mut *lock(&self.fault), fault) == fault {
            return;
        }
        lock(&self.raw).execute("UPDATE simulated_disk SET fault = ?1", [fault as i64]).expect("the switch");
    }

    /// Changes with every commit of another connection.
    pub fn version(&self) -> i64 {
        lock(&self.raw).prepare_cached("PRAGMA data_version").unwrap().query_row([], |row| row.get(0)).unwrap()
    }

    /// The last hash of the record: it covers everything that was ever written.
    pub fn head(&self) -> u64 {
        let sql = "SELECT hash FROM audit_head";
        let hash: [u8; 32] = lock(&self.raw).prepare_cached(sql).unwrap().query_row([], |row| row.get(0)).unwrap();
        u64::from_le_bytes(hash[..8].try_into().expect("eight of 32"))
    }

    pub fn refunds(&self) -> Vec<Row> {
        let raw = lock(&self.raw);
        let mut statement = raw
            .prepare_cached(
                "SELECT reference, sale_id, key_text, amount_minor, currency, state, approval_id, attempt, requester,
                     approver, reason, created_at, decision FROM refunds ORDER BY reference",
            )
            .unwrap();
        let rows = statement.query_map([], |row| {
            Ok(Row {
                reference: row.get(0)?,
                sale_id: row.get(1)?,
                key: row.get(2)?,
                minor: row.get(3)?,
                currency: row.get(4)?,
                state: row.get(5)?,
                approval: row.get(6)?,
                attempt: row.get(7)?,
                requester: row.get(8)?,
                approver: row.get(9)?,
                reason: row.get(10)?,
                created_at: row.get(11)?,
                decision: row.get(12)?,
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// What the ledger holds as refunded elsewhere, by sale.
    pub fn all_elsewhere(&self) -> BTreeMap<String, i64> {
        let raw = lock(&self.raw);
        let sql = "SELECT sale_id, sum(amount_minor) FROM foreign_refunds GROUP BY sale_id";
        let mut statement = raw.prepare_cached(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    pub fn elsewhere(&self, sale_id: &str) -> i64 {
        self.all_elsewhere().get(sale_id).copied().unwrap_or(0)
    }

    /// Approved at, void from.
    pub fn approval(&self, id: &str) -> Option<(i64, i64)> {
        let sql = "SELECT approved_at, expires_at FROM approvals WHERE id = ?1";
        let raw = lock(&self.raw);
        raw.prepare_cached(sql).unwrap().query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).ok()
    }

    /// Changes the record behind the program's back.
    pub fn tamper(&self, tampering: &Tampering) {
        tampering.carry_out(&lock(&self.raw));
    }

    /// Every byte the program wrote: database, log and what else lies beside it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(self.path.parent().expect("a folder")).expect("the folder") {
            all.extend(std::fs::read(entry.expect("an entry").path()).unwrap_or_default());
        }
        all
    }
}
