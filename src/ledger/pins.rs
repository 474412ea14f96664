//! PINs: how they are kept, looked at and counted.
//!
//! **A PIN is kept as Argon2id alone**, with its own salt. **A wrong PIN is on disk before anyone learns that it was
//! wrong**, so ending the program does not give tries back. **Waiting is the only way out of a lock**: a clock set back
//! starts the delay anew. What a clock set *forward* gains, and is not prevented here, is the one try it skips to.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::{LedgerError, OperatorError, PinFault, PinRefusal};
use super::notes::Writing;
use super::{Ledger, SYSTEM, audit};
use crate::domain::{Pin, Role, Timestamp};

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

/// The fewest digits of a manager's PIN.
pub const MANAGER_MIN_DIGITS: usize = 6;

/// Refuses a PIN that is too short for the role or among the first anyone tries.
pub(super) fn check_strength(pin: &Pin, role: Role) -> Result<(), OperatorError> {
    let min_digits = if role == Role::Manager { MANAGER_MIN_DIGITS } else { Pin::MIN_DIGITS };
    let digits = pin.expose().as_bytes();
    if digits.len() < min_digits {
        return Err(OperatorError::TooShort { min_digits });
    }
    // One digit repeated, or counting up or down by any step, also across zero.
    let steps = digits.iter().zip(digits.iter().skip(1)).map(|(a, b)| (b + 10 - a) % 10);
    let counting = steps.clone().zip(steps.skip(1)).all(|(a, b)| a == b);
    // 4545, 121212.
    let alternating = digits.iter().zip(digits.iter().skip(2)).all(|(a, b)| a == b);
    if counting || alternating { Err(OperatorError::TooEasy) } else { Ok(()) }
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
}

impl Subject<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Operator(id) => id,
            Self::SignIn => "sign_in",
        }
    }
}

/// After this long without a wrong PIN, sign-ins by PIN alone are counted anew.
const SIGN_IN_QUIET_MS: i64 = 15 * 60 * 1000;
/// Seconds to wait after the first, second, ... wrong PIN; the last holds for all that follow.
const DELAYS_SECONDS: [u32; 8] = [0, 0, 5, 15, 60, 300, 900, 1800];

fn delay_seconds(failures: u32) -> u32 {
    let at = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    DELAYS_SECONDS.get(at).or(DELAYS_SECONDS.last()).copied().unwrap_or(0)
}

struct Failures {
    count: u32,
    last_at: Timestamp,
    locked_until: Timestamp,
}

fn failures(connection: &Connection, subject: Subject<'_>) -> Result<Option<Failures>, LedgerError> {
    let read = |row: &rusqlite::Row<'_>| {
        let moment = |at| row.get(at).map(Timestamp::from_ms);
        Ok(Failures { count: row.get(0)?, last_at: moment(1)?, locked_until: moment(2)? })
    };
    let mut statement = connection
        .prepare_cached("SELECT failures, last_failure_at, locked_until FROM pin_failures WHERE subject = ?1")?;
    Ok(statement.query_row([subject.as_str()], read).optional()?)
}

fn put(connection: &Connection, subject: Subject<'_>, count: u32, now: Timestamp) -> Result<u32, LedgerError> {
    let wait_seconds = delay_seconds(count);
    let until = now.plus_ms(i64::from(wait_seconds) * 1000);
    connection
        .prepare_cached(
            "INSERT INTO pin_failures (subject, failures, last_failure_at, locked_until) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (subject) DO UPDATE SET failures = ?2, last_failure_at = ?3, locked_until = ?4",
        )?
        .execute(params![subject.as_str(), count, now.ms(), until.ms()])?;
    Ok(wait_seconds)
}

/// Seconds still to wait, and whether the clock is behind the last failure.
fn waiting(known: &Failures, now: Timestamp) -> (u32, bool) {
    if now < known.last_at {
        return (delay_seconds(known.count), true);
    }
    let ms = known.locked_until.ms_since(now);
    (u32::try_from(ms.saturating_add(999) / 1000).unwrap_or(u32::MAX), false)
}

/// Inside the transaction that acts on a right PIN: no other process may have locked it meanwhile; then forgotten.
pub(super) fn accept(transaction: &Connection, subject: Subject<'_>, now: Timestamp) -> Result<(), PinFault> {
    let Some(known) = failures(transaction, subject)? else { return Ok(()) };
    let (wait_seconds, _) = waiting(&known, now);
    if wait_seconds > 0 {
        return Err(PinRefusal::LockedOut { wait_seconds }.into());
    }
    if let Subject::Operator(id) = subject {
        transaction.prepare_cached("DELETE FROM pin_failures WHERE subject = ?1")?.execute([id])?;
    }
    Ok(())
}

impl Ledger {
    /// Refuses to look at a PIN while the subject is locked.
    pub(super) fn refuse_while_locked(&mut self, subject: Subject<'_>, now: Timestamp) -> Result<(), PinFault> {
        let Some(known) = failures(&self.connection, subject)? else { return Ok(()) };
        let (wait_seconds, clock_went_back) = waiting(&known, now);
        if wait_seconds == 0 {
            return Ok(());
        }
        if clock_went_back {
            // From here the delay is counted by the clock as it now stands; else it would last until the clock has
            // caught up, perhaps a day.
            put(&self.connection, subject, known.count, now)?;
        }
        Err(PinRefusal::LockedOut { wait_seconds }.into())
    }

    /// Counts a wrong PIN, on disk before the answer is given.
    pub(super) fn count_wrong_pin(&mut self, subject: Subject<'_>, now: Timestamp) -> Result<PinRefusal, LedgerError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let before = match failures(&transaction, subject)? {
            Some(known) => {
                let forgotten = matches!(subject, Subject::SignIn) && now.ms_since(known.last_at) > SIGN_IN_QUIET_MS;
                if forgotten { 0 } else { known.count }
            }
            None => 0,
        };
        let count = before.saturating_add(1);
        let wait_seconds = put(&transaction, subject, count, now)?;
        let text = count.to_string();
        audit::append(&transaction, now, SYSTEM, "pin_wrong", subject.as_str(), &[("count", text.as_str())])?;
        transaction.commit()?;
        Ok(PinRefusal::Wrong { wait_seconds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_pins_are_refused() {
        let check = |digits: &str, role| check_strength(&Pin::parse(digits).unwrap(), role);
        for easy in ["0000", "1234", "9876", "7890", "2468", "4545", "1212"] {
            assert_eq!(check(easy, Role::Cashier), Err(OperatorError::TooEasy), "{easy}");
        }
        assert_eq!(check("111111", Role::Manager), Err(OperatorError::TooEasy));
        assert_eq!(check("4829", Role::Manager), Err(OperatorError::TooShort { min_digits: 6 }));
        assert_eq!(check("4829", Role::Cashier), Ok(()));
        assert_eq!(check("482913", Role::Manager), Ok(()));
    }

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
