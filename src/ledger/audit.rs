//! The record of who did what: rows that are only added, each carrying the SHA-256 of the one before it.
//!
//! **A row is written in the transaction of what it records.** **Any edited, removed, inserted, reordered or cut-off row
//! is found by [`Ledger::audit_verify`]**, cut-off ones and a chain rebuilt as a whole given a head that was printed
//! earlier. What a row says is masked by its writer: no PIN, no token, no scanned code that is not a sale of ours.
//!
//! # What is hashed
//! The bytes `tillback audit 1` and a line feed, then the row's fields in order, with nothing between them:
//! `seq` and `at` as 8 bytes big-endian; `who`, `what`, `subject`, `detail` each as its length in 8 bytes big-endian and
//! its UTF-8 bytes; the 32 bytes of the hash before it (32 zero bytes before the first row).

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::error::LedgerError;
use super::notes::{self, Writing};
use super::{Ledger, kinds};
use crate::domain::{OperatorId, Timestamp};

/// Who a row names when no person did it.
pub const SYSTEM: &str = "system";
/// The longest subject or detail value that is written; the rest is cut.
const MAX_TEXT_CHARS: usize = 300;

/// A SHA-256 that prints as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AuditHash([u8; 32]);

impl AuditHash {
    /// Before the first row.
    pub const ZERO: Self = Self([0; 32]);

    pub(super) const fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits, as printed.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl std::fmt::Display for AuditHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for AuditHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// Where the chain ends: what stands on every report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// How many rows.
    pub count: u64,
    /// The last row's hash.
    pub hash: AuditHash,
}

/// The first thing found wrong with the chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("audit row {seq}: {what}")]
pub struct AuditFault {
    /// The row, counted from 1.
    pub seq: u64,
    /// What is wrong with it.
    pub what: AuditFaultKind,
}

/// What can be wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditFaultKind {
    /// Its number is missing.
    #[error("the row is missing")]
    Missing,
    /// It does not carry the hash of the row before it.
    #[error("it does not follow the row before it")]
    DoesNotFollow,
    /// Its own hash is not the hash of what it says.
    #[error("it was changed")]
    Changed,
    /// Rows at the end are gone, or were added behind the head.
    #[error("the end of the record is not where its head says")]
    CutOff,
    /// It is not the row that the printed head names.
    #[error("it is not the row of the head given")]
    NotTheHeadGiven,
    /// The table cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(LedgerError),
}

/// Something to record that no other call records by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFact {
    /// Who did it; nobody for the program itself.
    pub who: Option<OperatorId>,
    /// What happened: one lower-case word of ours such as `scan_refused`.
    pub what: &'static str,
    /// What it is about: an id of ours, or masked text.
    pub subject: String,
    /// Further facts; masked text only.
    pub detail: Vec<(&'static str, String)>,
}

/// One row, as exports show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// An operator's id, or [`SYSTEM`].
    pub who: String,
    /// What happened.
    pub what: String,
    /// What it is about.
    pub subject: String,
    /// Further facts, a JSON object.
    pub detail: String,
    /// The row's hash.
    pub hash: AuditHash,
}

fn hash_of(seq: i64, at_ms: i64, texts: [&str; 4], previous: &[u8; 32]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"tillback audit 1\n");
    hasher.update(seq.to_be_bytes());
    hasher.update(at_ms.to_be_bytes());
    for text in texts {
        hasher.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(previous);
    hasher.finalize().into()
}

fn bounded(text: &str) -> String {
    text.chars().take(MAX_TEXT_CHARS).collect()
}

/// Adds one row. For this room, inside the transaction of what it records.
pub(super) fn append(
    transaction: &Connection,
    at: Timestamp,
    who: &str,
    what: &str,
    subject: &str,
    detail: &[(&str, &str)],
) -> Result<(), rusqlite::Error> {
    debug_assert!(kinds::is_known(what), "{what:?} is missing in ledger/kinds.rs and docs/record.md");
    let (count, previous): (i64, [u8; 32]) = transaction
        .prepare_cached("SELECT count, hash FROM audit_head WHERE one = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let seq = count.saturating_add(1);
    let subject = bounded(subject);
    let detail: serde_json::Map<String, serde_json::Value> =
        detail.iter().map(|(name, value)| ((*name).to_owned(), bounded(value).into())).collect();
    let detail = serde_json::Value::Object(detail).to_string();
    let hash = hash_of(seq, at.ms(), [who, what, &subject, &detail], &previous);
    transaction
        .prepare_cached(
            "INSERT INTO audit (seq, at, who, what, subject, detail, prev_hash, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![seq, at.ms(), who, what, subject, detail, previous, hash])?;
    Ok(())
}

fn number(seq: i64) -> u64 {
    u64::try_from(seq).unwrap_or(0)
}

fn verify(connection: &Connection, printed: Option<&AuditHead>) -> Result<AuditHead, AuditFault> {
    let mut seq: i64 = 0;
    let fault = |seq: i64, what| AuditFault { seq: number(seq), what };
    let unreadable = |seq: i64| move |e: rusqlite::Error| fault(seq, AuditFaultKind::Unreadable(e.into()));
    let mut statement = connection
        .prepare("SELECT seq, at, who, what, subject, detail, prev_hash, hash FROM audit ORDER BY seq")
        .map_err(unreadable(1))?;
    let mut rows = statement.query([]).map_err(unreadable(1))?;
    let mut previous = [0_u8; 32];
    while let Some(row) = rows.next().map_err(unreadable(seq + 1))? {
        let expected = seq + 1;
        let broken = unreadable(expected);
        let found: i64 = row.get(0).map_err(&broken)?;
        if found != expected {
            return Err(fault(expected, AuditFaultKind::Missing));
        }
        let text = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
        let texts = [
            text(2).map_err(&broken)?,
            text(3).map_err(&broken)?,
            text(4).map_err(&broken)?,
            text(5).map_err(&broken)?,
        ];
        let before: [u8; 32] = row.get(6).map_err(&broken)?;
        let hash: [u8; 32] = row.get(7).map_err(&broken)?;
        if before != previous {
            return Err(fault(expected, AuditFaultKind::DoesNotFollow));
        }
        if hash_of(expected, row.get(1).map_err(&broken)?, texts, &previous) != hash && !planted!("edited-row-not-seen")
        {
            return Err(fault(expected, AuditFaultKind::Changed));
        }
        if printed.is_some_and(|head| head.count == number(expected) && head.hash != AuditHash(hash)) {
            return Err(fault(expected, AuditFaultKind::NotTheHeadGiven));
        }
        (seq, previous) = (expected, hash);
    }
    let head = AuditHead { count: number(seq), hash: AuditHash(previous) };
    let kept = kept_head(connection).map_err(|e| fault(seq + 1, AuditFaultKind::Unreadable(e)))?;
    if kept != Some(head) || printed.is_some_and(|printed| printed.count > head.count && !planted!("cut-tail-not-seen"))
    {
        return Err(fault(seq + 1, AuditFaultKind::CutOff));
    }
    Ok(head)
}

/// Where the chain ends, without checking it.
pub(super) fn head(connection: &Connection) -> Result<AuditHead, LedgerError> {
    kept_head(connection)?.ok_or(LedgerError::Corrupt { what: "audit_head".to_owned() })
}

/// The hash of one row, if it is there.
pub(super) fn hash_at(connection: &Connection, count: u64) -> Result<Option<AuditHash>, rusqlite::Error> {
    let seq = i64::try_from(count).unwrap_or(i64::MAX);
    let found = connection.query_row("SELECT hash FROM audit WHERE seq = ?1", [seq], |row| row.get::<_, [u8; 32]>(0));
    Ok(found.optional()?.map(AuditHash))
}

/// The whole chain, on a connection of the caller's.
pub(super) fn verify_chain(connection: &Connection) -> Result<AuditHead, AuditFault> {
    verify(connection, None)
}

fn kept_head(connection: &Connection) -> Result<Option<AuditHead>, LedgerError> {
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?));
    let kept = connection.query_row("SELECT count, hash FROM audit_head", [], read).optional()?;
    Ok(kept.map(|(count, hash)| AuditHead { count: number(count), hash: AuditHash(hash) }))
}

fn audit_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<AuditRow> {
    Ok(AuditRow {
        seq: number(row.get(0)?),
        at: Timestamp::from_ms(row.get(1)?),
        who: row.get(2)?,
        what: row.get(3)?,
        subject: row.get(4)?,
        detail: row.get(5)?,
        hash: AuditHash(row.get(6)?),
    })
}

impl Ledger {
    /// Records something that no other call records by itself, on disk before it returns; [`super::Notes`] are for what
    /// need not be. Masked text only.
    pub fn audit_append(&mut self, fact: &AuditFact, now: Timestamp) -> Result<(), LedgerError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        notes::append(&transaction, fact, now)?;
        Ok(transaction.commit()?)
    }

    /// Reads the whole record and checks every link; `printed` is a head from a report, to be found in it.
    /// On failure, the first fault.
    pub fn audit_verify(&self, printed: Option<&AuditHead>) -> Result<AuditHead, AuditFault> {
        let unreadable = |error: rusqlite::Error| AuditFault { seq: 0, what: AuditFaultKind::Unreadable(error.into()) };
        // One read transaction: a row added meanwhile must not look like a cut-off tail.
        let moment = self.connection.unchecked_transaction().map_err(unreadable)?;
        verify(&moment, printed)
    }

    /// The head to print, without checking the chain.
    pub fn audit_head(&self) -> Result<AuditHead, LedgerError> {
        head(&self.connection)
    }

    /// The newest row of that kind, looked for from the end until a row older than `since`.
    pub fn last_fact(&self, what: &[&str], since: Timestamp) -> Result<Option<AuditRow>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT seq, at, who, what, subject, detail, hash FROM audit ORDER BY seq DESC")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let found = audit_row(row)?;
            if what.contains(&found.what.as_str()) {
                return Ok(Some(found));
            }
            if found.at < since {
                break;
            }
        }
        Ok(None)
    }

    /// Rows after number `after`, oldest first, at most `limit`.
    pub fn audit_rows(&self, after: u64, limit: u32) -> Result<Vec<AuditRow>, LedgerError> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, at, who, what, subject, detail, hash FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        )?;
        let rows = statement.query_map(params![after, limit], audit_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
