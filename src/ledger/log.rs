//! The write-ahead log, carried into the database while nobody waits.
//!
//! Left alone, SQLite does it within the commit that brings the log to a thousand pages: one refund in twenty or so then
//! waited for two or three writes of the disk more than its own. **This is for speed alone**: a commit is on the disk, in
//! the log, before it returns, whether and when the log is carried over.

use super::Ledger;
use super::error::LedgerError;
use super::schema::KNOWN_SCHEMA;

/// So many refunds share a carrying over: some 300 of the thousand pages at which SQLite would do it by itself.
const REFUNDS_A_LOG: u32 = 8;

impl Ledger {
    /// To be called after a refund, when nobody waits for the ledger.
    pub fn carry_log_over(&mut self) -> Result<(), LedgerError> {
        if self.settled_since < REFUNDS_A_LOG {
            return Ok(());
        }
        self.settled_since = 0;
        let whole = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
            Ok(row.get::<_, i64>(1)? == row.get::<_, i64>(2)?)
        })?;
        // Who reads elsewhere keeps the log; the next time will do.
        if whole {
            // The first commit afterwards begins the log anew and waits for its head: this one, which changes nothing.
            self.connection.pragma_update(None, "user_version", KNOWN_SCHEMA)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Policy, TillName, Timestamp};
    use crate::ledger::LedgerSettings;

    #[test]
    fn the_log_begins_anew_and_the_database_has_it_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let settings = LedgerSettings::new(TillName::parse("T1").unwrap(), Policy::default());
        let mut ledger = Ledger::open(&path, settings, Timestamp::from_ms(1_800_000_000_000)).unwrap();
        // Where its salts lie that every beginning changes (sqlite.org/fileformat2.html, "WAL File Format").
        let salts = || std::fs::read(path.with_extension("db-wal")).unwrap()[16..24].to_vec();
        let before = salts();
        ledger.settled_since = REFUNDS_A_LOG - 1;
        ledger.carry_log_over().unwrap();
        assert_eq!(salts(), before, "too early");
        ledger.settled_since = REFUNDS_A_LOG;
        ledger.carry_log_over().unwrap();
        assert_ne!(salts(), before);
        assert_eq!(ledger.settled_since, 0);
        // The file alone, without its log, is the ledger.
        let copy = folder.path().join("copy.db");
        std::fs::copy(&path, &copy).unwrap();
        let alone = rusqlite::Connection::open(&copy).unwrap();
        let tills: i64 = alone.query_row("SELECT count(*) FROM tills", [], |row| row.get(0)).unwrap();
        assert_eq!(tills, 1);
    }
}
