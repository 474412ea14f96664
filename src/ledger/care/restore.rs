//! The way back: a copy takes the ledger's place.
//!
//! **Nothing is deleted**: what was in place is set aside in a folder of its own, whole. **Nothing can be sent again that
//! may have been sent after the copy was made**: what the old ledger still shows is brought over as unknown, and what
//! waited to be sent again is given up, so that only a new refund, which asks the gateway first, can follow. **A manager
//! says why**, and proves who they are by the copy's own PINs: the present ledger may not be readable. **One that stopped
//! half-way is ended by the next start**: what was to take the ledger's place has brought over what the old one knew.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::backup::{BackupError, pump};
use super::check::{CheckDepth, CheckError, StopSign, check_connection};
use super::examine::{self, Examined, Standings, examine, present, standings};
use super::{mark, places, reader, replay, sync_folder};
use crate::domain::{Act, Asking, OperatorId, Pin, Reason, RefundReference, Timestamp, may};
use crate::failpoint::failpoint;
use crate::ledger::audit::{self, AuditHead};
use crate::ledger::error::{LedgerError, OpenError, PinRefusal, io_error};
use crate::ledger::lock::HolderLock;
use crate::ledger::{LedgerSettings, badges, operators, pins, schema};

/// The last row that a restore writes.
const RESTORED: &str = "ledger_restored";

/// Who wants which copy back, and why.
pub struct RestoreOrder<'a> {
    /// The copy.
    pub from: &'a Path,
    /// The manager.
    pub manager: &'a OperatorId,
    /// Their PIN, as the copy knows it.
    pub pin: &'a Pin,
    /// Why, in writing.
    pub reason: &'a Reason,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The copy as it was before.
    pub copy: Examined,
    /// Where what was in place is now; nothing where nothing was.
    pub set_aside: Option<PathBuf>,
    /// Refunds that came over from the old ledger, as unknown.
    pub brought_over: Vec<RefundReference>,
    /// Refunds that the old ledger shows and that could not be brought over: to be compared with the gateway by hand.
    pub left_behind: Vec<String>,
    /// Refunds that waited to be sent again and were given up.
    pub given_up: Vec<String>,
    /// False where the old ledger could not be read to its end: refunds made after the copy may be in no record.
    pub old_was_whole: bool,
}

/// Why nothing was restored; everything is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// The ledger is held by a terminal, or its place cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The copy is not good.
    #[error("the copy: {0}")]
    Copy(CheckError),
    /// The manager was not accepted.
    #[error(transparent)]
    Pin(#[from] PinRefusal),
    /// It takes a manager.
    #[error("this person is no manager")]
    NoManager,
    /// The copy is of another ledger, and the present one has refunds of its own.
    #[error("the copy is of another till's ledger")]
    AnotherLedger,
}

impl From<LedgerError> for RestoreError {
    fn from(error: LedgerError) -> Self {
        Self::Open(error.into())
    }
}

impl From<rusqlite::Error> for RestoreError {
    fn from(error: rusqlite::Error) -> Self {
        LedgerError::from(error).into()
    }
}

/// Puts the copy in the ledger's place.
pub fn restore(
    ledger: &Path,
    settings: &LedgerSettings,
    order: &RestoreOrder<'_>,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    let _lock = HolderLock::take(ledger, &settings.till, now)?;
    let stop = StopSign::new();
    let copy = examine(order.from, ledger, settings.training, &stop).map_err(RestoreError::Copy)?;
    accept(order)?;
    end_what_was_begun(ledger, now)?;
    let (coming, part) = (coming(ledger), part(ledger));
    clear(&part)?;
    let done = prepare(&part, ledger, &copy, order, now).and_then(|prepared| {
        let folder = folder_of(ledger);
        std::fs::rename(&part, &coming).and_then(|()| sync_folder(folder)).map_err(io_error(&coming))?;
        failpoint!(RestorePrepared);
        let set_aside = exchange(ledger, &coming, &places::aside_folder(ledger, now))?;
        failpoint!(RestoreInPlace);
        Ok((prepared, set_aside))
    });
    let (prepared, set_aside) = match done {
        Ok(done) => done,
        Err(error) => {
            let _ = clear(&part);
            // While the ledger is in its place what was made for it is of no use; without it, it is what is left.
            if ledger.exists() {
                let _ = clear(&coming);
            }
            return Err(error);
        }
    };
    if let Ok(connection) = reader(ledger) {
        mark::put(ledger, &connection);
    }
    let Prepared { brought_over, left_behind, given_up, old_was_whole } = prepared;
    Ok(Restored { copy, set_aside, brought_over, left_behind, given_up, old_was_whole })
}

fn accept(order: &RestoreOrder<'_>) -> Result<(), RestoreError> {
    let connection = reader(order.from)?;
    let kept = operators::active(&connection, order.manager)?.ok_or(PinRefusal::NoSuchOperator)?;
    if !may(Act::Restore, Asking::of(kept.operator.role)).is_allowed() {
        return Err(RestoreError::NoManager);
    }
    if pins::matches(order.pin, &kept.pin_hash)? { Ok(()) } else { Err(PinRefusal::Wrong { wait_seconds: 0 }.into()) }
}

/// What will take a ledger's place. It stands under this name only when it is whole and on the disk.
fn coming(ledger: &Path) -> PathBuf {
    ledger.with_extension("restoring")
}

/// The same while it is made.
fn part(ledger: &Path) -> PathBuf {
    ledger.with_extension("restoring-part")
}

/// Ends a restore whose process died half-way; held by whoever holds the ledger. With the ledger in its place nothing
/// was exchanged yet, and what was made for that goes: it would bring back this moment at a later one. Without it, what
/// was made takes its place now, if it is whole.
pub(in crate::ledger) fn end_what_was_begun(ledger: &Path, now: Timestamp) -> Result<(), OpenError> {
    let coming = coming(ledger);
    if ledger.exists() {
        clear(&part(ledger))?;
        return clear(&coming);
    }
    if !coming.exists() || !is_whole(&coming) {
        return Ok(());
    }
    tracing::warn!("a restore was interrupted; it is ended now");
    let mut left = beside(ledger);
    left.extend(mark::path_of(ledger).file_name().map(|name| name.to_string_lossy().into_owned()));
    exchange(ledger, &coming, &places::begun_aside_folder(ledger, &left, now))?;
    Ok(())
}

/// Looked at again: a disk that lost the ledger may have lost more.
fn is_whole(coming: &Path) -> bool {
    let said = |connection: Connection| -> Result<bool, CheckError> {
        check_connection(&connection, CheckDepth::Full)?;
        let sql = "SELECT what FROM audit ORDER BY seq DESC LIMIT 1";
        Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))? == RESTORED)
    };
    super::checker(coming).map_err(CheckError::from).and_then(said).unwrap_or(false)
}

/// Removes an unfinished copy.
fn clear(coming: &Path) -> Result<(), OpenError> {
    for end in ["", "-journal", "-wal", "-shm"] {
        let path = with_end(coming, end);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io_error(&path)(error)),
            _ => {}
        }
    }
    Ok(())
}

fn folder_of(ledger: &Path) -> &Path {
    ledger.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

struct Prepared {
    brought_over: Vec<RefundReference>,
    left_behind: Vec<String>,
    given_up: Vec<String>,
    old_was_whole: bool,
}

/// Makes the file that will take the ledger's place, whole and on the disk.
fn prepare(
    coming: &Path,
    ledger: &Path,
    copy: &Examined,
    order: &RestoreOrder<'_>,
    now: Timestamp,
) -> Result<Prepared, RestoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(coming).map_err(io_error(coming))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(coming, flags)?;
    pump(&reader(order.from)?, &mut target, &StopSign::new()).map_err(|error| match error {
        BackupError::Ledger(error) => RestoreError::Open(error),
        other => RestoreError::Open(OpenError::Io { what: other.to_string() }),
    })?;
    schema::before_reading(&target, schema::BUSY_TIMEOUT)?;
    target.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0))?;
    target.pragma_update(None, "synchronous", "FULL")?;
    schema::migrate(&mut target, &mut |_, _| Ok(()))?;
    let prepared = reconcile(&mut target, ledger, copy, order, now)?;
    check_connection(&target, CheckDepth::Full).map_err(RestoreError::Copy)?;
    drop(target);
    OpenOptions::new().write(true).open(coming).and_then(|file: File| file.sync_all()).map_err(io_error(coming))?;
    Ok(prepared)
}

/// In one transaction: people, refunds, what is given up, and the row that says that all this was done.
fn reconcile(
    target: &mut Connection,
    ledger: &Path,
    copy: &Examined,
    order: &RestoreOrder<'_>,
    now: Timestamp,
) -> Result<Prepared, RestoreError> {
    let transaction = target.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let old = present(ledger);
    let there = old.as_ref().map_or_else(|| Standings { of: Default::default(), whole: false }, standings);
    let mut old_was_whole = there.whole;
    let (mut brought_over, mut left_behind) = (vec![], vec![]);
    let (mut related, mut shifts, mut settings) = (false, 0, 0);
    if let Some(old) = &old {
        related = examine::same_ledger(old, &transaction).unwrap_or(false);
        if !related && !there.of.is_empty() {
            return Err(RestoreError::AnotherLedger);
        }
        if related {
            old_was_whole &= replay::bring_people(old, &transaction).is_ok();
            let came = replay::bring_shifts(old, &transaction);
            old_was_whole &= came.is_ok();
            shifts = came.unwrap_or(0);
            let read = replay::bring_settings(old, &transaction, now);
            old_was_whole &= read.is_ok();
            settings = read.unwrap_or(0);
            (brought_over, left_behind) = bring_over(old, &transaction, &there, now)?;
            old_was_whole &= left_behind.is_empty();
        }
    }
    // Where the old ledger shows a refund waiting just as the copy does, nothing has happened to it since.
    let as_before = |reference: &str| {
        let waits = |standing: &examine::Standing| matches!(standing.state.as_str(), "not_sent" | "not_executed");
        related && old_was_whole && there.of.get(reference).is_some_and(waits)
    };
    let given_up = replay::give_up(&transaction, order.manager, order.reason, |one| !as_before(one), now)?;
    // One that was revoked after the copy would count again: all are made anew.
    badges::revoke_all(&transaction, order.manager.as_str(), "ledger restored", now)?;
    let old_head = old.as_ref().and_then(|old| audit::head(old).ok());
    let numbers = [brought_over.len(), left_behind.len(), given_up.len(), shifts, settings];
    note(&transaction, copy, old_head, order, numbers, now)?;
    transaction.commit()?;
    Ok(Prepared { brought_over, left_behind, given_up, old_was_whole })
}

type Moved = (Vec<RefundReference>, Vec<String>);

fn bring_over(old: &Connection, target: &Connection, there: &Standings, now: Timestamp) -> Result<Moved, LedgerError> {
    let kept = standings(target);
    let mut references: Vec<&String> = there.of.keys().collect();
    references.sort();
    let (mut came, mut stayed) = (vec![], vec![]);
    for reference in references {
        let Some(standing) = there.of.get(reference) else { continue };
        target.execute_batch("SAVEPOINT one_refund")?;
        match replay::bring_over(old, target, reference, (standing, kept.of.get(reference)), now) {
            Ok(changed) => {
                target.execute_batch("RELEASE one_refund")?;
                came.extend(changed.then(|| RefundReference::parse(reference).ok()).flatten());
            }
            Err(error) => {
                tracing::error!(%reference, %error, "a refund could not be brought over");
                target.execute_batch("ROLLBACK TO one_refund; RELEASE one_refund")?;
                stayed.push(reference.clone());
            }
        }
    }
    Ok((came, stayed))
}

fn note(
    transaction: &Connection,
    copy: &Examined,
    old_head: Option<AuditHead>,
    order: &RestoreOrder<'_>,
    [came, stayed, gone, shifts, settings]: [usize; 5],
    now: Timestamp,
) -> Result<(), LedgerError> {
    let name = order.from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let texts = [
        ("reason", order.reason.to_string()),
        ("copy_rows", copy.head.count.to_string()),
        ("copy_head", copy.head.hash.to_string()),
        ("old_rows", old_head.map_or_else(|| "unreadable".to_owned(), |head| head.count.to_string())),
        ("old_head", old_head.map_or_else(|| "unreadable".to_owned(), |head| head.hash.to_string())),
        ("brought_over", came.to_string()),
        ("left_behind", stayed.to_string()),
        ("given_up", gone.to_string()),
        ("shifts", shifts.to_string()),
        ("settings", settings.to_string()),
    ];
    let detail: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Ok(audit::append(transaction, now, order.manager.as_str(), RESTORED, &name, &detail)?)
}

/// Database, log and its index, as far as they are there.
fn beside(ledger: &Path) -> Vec<String> {
    let name = ledger.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let names = ["", "-wal", "-shm"].map(|end| format!("{name}{end}"));
    names.into_iter().filter(|name| folder_of(ledger).join(name).exists()).collect()
}

/// Sets what is in place aside and puts the new file there. The database goes first: were its log moved before it, a
/// start in between would find a sound ledger without its last refunds. Without the database a start finds none, and
/// the mark and the log beside it say that there was one.
fn exchange(ledger: &Path, coming: &Path, aside: &Path) -> Result<Option<PathBuf>, OpenError> {
    let folder = folder_of(ledger);
    let there = beside(ledger);
    let mark = mark::path_of(ledger);
    let move_into = |from: &Path, to: &Path| std::fs::rename(from, to).map_err(io_error(to));
    if !there.is_empty() || mark.exists() {
        std::fs::create_dir_all(aside).map_err(io_error(aside))?;
        for name in &there {
            move_into(&folder.join(name), &aside.join(name))?;
            failpoint!(RestoreHalfAside);
        }
        if let (true, Some(name)) = (mark.exists(), mark.file_name()) {
            move_into(&mark, &aside.join(name))?;
        }
        sync_folder(aside).map_err(io_error(aside))?;
        failpoint!(RestoreAside);
    }
    move_into(coming, ledger)?;
    sync_folder(folder).map_err(io_error(folder))?;
    Ok((!there.is_empty()).then(|| aside.to_owned()))
}
