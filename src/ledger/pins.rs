//! PINs: how they are kept, looked at and counted.
//!
//! **A PIN is kept as Argon2id alone**, with its own salt. **A wrong PIN is on disk before anyone learns that it was
//! wrong**, so ending the program does not give tries back. **Waiting is the only way out of a lock**, and it is counted
//! by a clock that nobody sets ([`SteadyClock`]): setting the wall clock gains nothing either way. Where the machine was
//! started again the wait begins anew with the till. Without such a clock (tests, simulations, the command line of
//! systems that have none) the wall clock counts: set back it starts the delay anew, set forward it gains a try.
//!
//! Tries are counted for each person, for sign-ins by PIN alone, and for the till as a whole ([`Subject`]).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::{LedgerError, OperatorError, PinFault, PinRefusal};
use super::notes::Writing;
use super::{Ledger, SYSTEM, audit};
use crate::domain::{Pin, PinWeakness, Role, Timestamp};

/// What checking one PIN costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for PinCost {
    /// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

impl PinCost {
    /// As cheap as Argon2 goes, for tests. A release build takes the default instead.
    pub const CHEAP: Self = Self { memory_kib: 8, passes: 1 };

    /// Never less than the default where the program is built for use.
    pub(super) fn allowed(self) -> Self {
        let least = Self::default();
        if cfg!(debug_assertions) || (self.memory_kib >= least.memory_kib && self.passes >= least.passes) {
            self
        } else {
            least
        }
    }
}

/// Refuses a PIN that is too short for the role or among the first anyone tries.
pub(super) fn check_strength(pin: &Pin, role: Role) -> Result<(), OperatorError> {
    match pin.weakness(role) {
        None => Ok(()),
        Some(PinWeakness::TooShort { min_digits }) => Err(OperatorError::TooShort { min_digits }),
        Some(PinWeakness::TooEasy) => Err(OperatorError::TooEasy),
    }
}

/// Where a clock that nobody sets stands, and since which start of the machine it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteadyMoment {
    /// Another one with each start of the machine.
    pub boot: String,
    /// Milliseconds since then, sleep included.
    pub ms: i64,
}

/// A clock that nobody sets and that goes on from one process to the next.
pub trait SteadyClock: Send {
    /// How it stands; nothing where the system has none.
    fn read(&self) -> Option<SteadyMoment>;
}

/// The present, by both clocks.
pub(super) struct Moment {
    now: Timestamp,
    pub(super) steady: Option<SteadyMoment>,
}

pub(super) fn hash(pin: &Pin, salt: &[u8], cost: PinCost) -> Result<String, LedgerError> {
    let failed = |error: &dyn std::fmt::Display| LedgerError::Failed { what: format!("PIN hash: {error}") };
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|e| failed(&e))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon2.hash_password_with_salt(pin.expose().as_bytes(), salt).map_err(|e| failed(&e))?;
    Ok(hash.to_string())
}

/// Compares in constant time, with the cost the hash was made with.
pub(super) fn matches(pin: &Pin, hash: &str) -> Result<bool, LedgerError> {
    let damage = || LedgerError::Corrupt { what: "a PIN hash of operators".to_owned() };
    let hash = PasswordHash::new(hash).map_err(|_| damage())?;
    match Argon2::default().verify_password(pin.expose().as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(damage()),
    }
}

/// Whose tries are counted together.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    /// One person's; forgotten when they give the right PIN.
    Operator(&'a str),
    /// Sign-ins by PIN alone; forgotten after a quiet while, not by a right PIN, or knowing one would be a way to try
    /// the others without end.
    SignIn,
    /// All that is tried at this till, whoever it is about; forgotten after a quiet while. So that a list of likely PINs
    /// is not tried on one person after the other.
    Till,
}

impl Subject<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Operator(id) => id,
            Self::SignIn => "sign_in",
            Self::Till => "till",
        }
    }

    /// Seconds to wait after so many wrong PINs.
    fn delay_seconds(&self, failures: u32) -> u32 {
        match self {
            Self::Till if failures > TILL_FREE_TRIES => TILL_DELAY_SECONDS,
            Self::Till => 0,
            Self::Operator(_) | Self::SignIn => {
                let at = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
                DELAYS_SECONDS.get(at).or(DELAYS_SECONDS.last()).copied().unwrap_or(0)
            }
        }
    }
}

/// After this long without a wrong PIN, sign-ins by PIN alone and tries at the till are counted anew.
const QUIET_MS: i64 = 15 * 60 * 1000;
/// Wrong PINs of a busy quarter of an hour; beyond them each costs everybody at the till half a minute. Longer would let
/// one person stop the others' work.
const TILL_FREE_TRIES: u32 = 12;
const TILL_DELAY_SECONDS: u32 = 30;
/// Seconds to wait after the first, second, ... wrong PIN; the last holds for all that follow.
const DELAYS_SECONDS: [u32; 8] = [0, 0, 5, 15, 60, 300, 900, 1800];

struct Failures {
    count: u32,
    last_at: Timestamp,
    locked_until: Timestamp,
    steady: Option<SteadyMoment>,
}

fn failures(connection: &Connection, subject: Subject<'_>) -> Result<Option<Failures>, LedgerError> {
    let read = |row: &rusqlite::Row<'_>| {
        let moment = |at| row.get(at).map(Timestamp::from_ms);
        let steady = row.get::<_, Option<String>>(3)?.zip(row.get(4)?).map(|(boot, ms)| SteadyMoment { boot, ms });
        Ok(Failures { count: row.get(0)?, last_at: moment(1)?, locked_until: moment(2)?, steady })
    };
    let mut statement = connection.prepare_cached(
        "SELECT failures, last_failure_at, locked_until, boot, steady_ms FROM pin_failures WHERE subject = ?1",
    )?;
    Ok(statement.query_row([subject.as_str()], read).optional()?)
}

fn put(connection: &Connection, subject: Subject<'_>, count: u32, moment: &Moment) -> Result<u32, LedgerError> {
    let wait_seconds = subject.delay_seconds(count);
    let until = moment.now.plus_ms(i64::from(wait_seconds) * 1000);
    let (boot, steady_ms) = moment.steady.as_ref().map(|steady| (steady.boot.as_str(), steady.ms)).unzip();
    connection
        .prepare_cached(
            "INSERT INTO pin_failures (subject, failures, last_failure_at, locked_until, boot, steady_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (subject) DO UPDATE
                 SET failures = ?2, last_failure_at = ?3, locked_until = ?4, boot = ?5, steady_ms = ?6",
        )?
        .execute(params![subject.as_str(), count, moment.now.ms(), until.ms(), boot, steady_ms])?;
    Ok(wait_seconds)
}

/// How long ago the last wrong PIN was, by a clock that nobody sets; nothing where none has run since.
fn gone_ms(known: &Failures, moment: &Moment) -> Option<i64> {
    let (then, now) = (known.steady.as_ref()?, moment.steady.as_ref()?);
    (then.boot == now.boot).then(|| now.ms.saturating_sub(then.ms)).filter(|gone| *gone >= 0)
}

/// Seconds still to wait, and whether they have to be counted from now.
fn waiting(subject: Subject<'_>, known: &Failures, moment: &Moment) -> (u32, bool) {
    let delay_seconds = subject.delay_seconds(known.count);
    let seconds = |ms: i64| u32::try_from(ms.saturating_add(999) / 1000).unwrap_or(u32::MAX);
    match (gone_ms(known, moment), &moment.steady) {
        (Some(gone), _) => (seconds((i64::from(delay_seconds) * 1000).saturating_sub(gone).max(0)), false),
        // The machine was started since, or the row is older than such clocks.
        (None, Some(_)) => (delay_seconds, true),
        (None, None) if moment.now < known.last_at => (delay_seconds, true),
        (None, None) => (seconds(known.locked_until.ms_since(moment.now)), false),
    }
}

/// Inside the transaction that acts on a right PIN: no other process may have locked it meanwhile; then forgotten.
pub(super) fn accept(transaction: &Connection, subject: Subject<'_>, moment: &Moment) -> Result<(), PinFault> {
    let Some(known) = failures(transaction, subject)? else { return Ok(()) };
    let (wait_seconds, _) = waiting(subject, &known, moment);
    if wait_seconds > 0 {
        return Err(PinRefusal::LockedOut { wait_seconds }.into());
    }
    if let Subject::Operator(id) = subject {
        transaction.prepare_cached("DELETE FROM pin_failures WHERE subject = ?1")?.execute([id])?;
    }
    Ok(())
}

/// Counts one more wrong PIN.
fn count(transaction: &Connection, subject: Subject<'_>, moment: &Moment) -> Result<(u32, u32), LedgerError> {
    let before = match failures(transaction, subject)? {
        Some(known) => {
            let gone = gone_ms(&known, moment).unwrap_or_else(|| match moment.steady {
                // How long it was nobody can vouch for.
                Some(_) => 0,
                None => moment.now.ms_since(known.last_at),
            });
            let forgotten = !matches!(subject, Subject::Operator(_)) && gone > QUIET_MS;
            if forgotten { 0 } else { known.count }
        }
        None => 0,
    };
    let count = before.saturating_add(1);
    Ok((count, put(transaction, subject, count, moment)?))
}

impl Ledger {
    /// The present, by both clocks.
    pub(super) fn moment(&self, now: Timestamp) -> Moment {
        Moment { now, steady: self.steady.as_ref().and_then(|clock| clock.read()) }
    }

    /// Has waits that began before the machine was started run from now on: from the till's start, not from the first
    /// try after it.
    pub(super) fn wait_anew_after_a_restart(&mut self, now: Timestamp) -> Result<(), LedgerError> {
        let Some(SteadyMoment { boot, ms }) = self.moment(now).steady else { return Ok(()) };
        self.connection.execute(
            "UPDATE pin_failures SET boot = ?1, steady_ms = ?2 WHERE boot IS NOT ?1 OR steady_ms > ?2",
            params![boot, ms],
        )?;
        Ok(())
    }

    /// Refuses to look at a PIN while the subject, or the till as a whole, has to wait.
    pub(super) fn refuse_while_locked(&mut self, subject: Subject<'_>, now: Timestamp) -> Result<(), PinFault> {
        let moment = self.moment(now);
        for subject in [subject, Subject::Till] {
            let Some(known) = failures(&self.connection, subject)? else { continue };
            let (wait_seconds, from_now) = waiting(subject, &known, &moment);
            if wait_seconds == 0 {
                continue;
            }
            if from_now {
                // By a clock that was set back it would last until that has caught up, perhaps a day.
                put(&self.connection, subject, known.count, &moment)?;
            }
            return Err(PinRefusal::LockedOut { wait_seconds }.into());
        }
        Ok(())
    }

    /// Counts a wrong PIN, on disk before the answer is given.
    pub(super) fn count_wrong_pin(&mut self, subject: Subject<'_>, now: Timestamp) -> Result<PinRefusal, LedgerError> {
        let moment = self.moment(now);
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let (times, wait_seconds) = count(&transaction, subject, &moment)?;
        let (_, till_wait_seconds) = count(&transaction, Subject::Till, &moment)?;
        let wait_seconds = wait_seconds.max(till_wait_seconds);
        let (times, wait) = (times.to_string(), wait_seconds.to_string());
        let detail = [("count", times.as_str()), ("wait_seconds", wait.as_str())];
        audit::append(&transaction, now, SYSTEM, "pin_wrong", subject.as_str(), &detail)?;
        transaction.commit()?;
        Ok(PinRefusal::Wrong { wait_seconds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_argon2id_and_never_the_pin() {
        let pin = Pin::parse("482913").unwrap();
        let kept = hash(&pin, &[7; 16], PinCost::default()).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(!kept.contains("482913"));
        assert_eq!(matches(&pin, &kept), Ok(true));
        assert_eq!(matches(&Pin::parse("482914").unwrap(), &kept), Ok(false));
        assert!(matches(&pin, "$argon2id$nonsense").is_err());
    }
}
