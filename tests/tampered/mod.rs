//! What somebody does to the audit record who has the file, SQLite and the knowledge of how the chain is made.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use rusqlite::Connection;

/// Away with what the database itself refuses.
pub const NO_TRIGGERS: &str =
    "DROP TRIGGER IF EXISTS audit_follows_its_head; DROP TRIGGER IF EXISTS audit_moves_its_head;
     DROP TRIGGER IF EXISTS audit_never_changes; DROP TRIGGER IF EXISTS audit_stays;";

/// A row put in behind row `seq`, the same as it.
pub fn insert_behind(seq: i64) -> String {
    let next = seq + 1;
    format!(
        "UPDATE audit SET seq = seq + 100000 WHERE seq > {seq};
         UPDATE audit SET seq = seq - 99999 WHERE seq > 100000;
         INSERT INTO audit SELECT {next}, at, who, what, subject, detail, prev_hash, hash FROM audit WHERE seq = {seq}"
    )
}

/// Row `seq` and the one behind it change places.
pub fn swap_with_next(seq: i64) -> String {
    let next = seq + 1;
    format!(
        "UPDATE audit SET seq = 100000 WHERE seq = {seq}; UPDATE audit SET seq = {seq} WHERE seq = {next};
         UPDATE audit SET seq = {next} WHERE seq = 100000"
    )
}

/// The chain from row 1 on written anew over whatever the rows say, and the head with it.
pub fn rebuild(connection: &Connection) {
    let rows: Vec<i64> = {
        let mut statement = connection.prepare("SELECT seq FROM audit ORDER BY seq").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let mut previous = vec![0_u8; 32];
    let read = "SELECT at, who, what, subject, detail FROM audit WHERE seq = ?1";
    let write = "UPDATE audit SET seq = ?2, prev_hash = ?3, hash = ?4 WHERE seq = ?1";
    for (place, seq) in rows.iter().enumerate() {
        let new = i64::try_from(place).unwrap() + 1;
        let mut statement = connection.prepare_cached(read).unwrap();
        let (at, texts): (i64, [String; 4]) = statement
            .query_row([seq], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])))
            .unwrap();
        let next = hash(new, at, &texts, &previous);
        connection.prepare_cached(write).unwrap().execute(rusqlite::params![seq, new, previous, next]).unwrap();
        previous = next;
    }
    let count = i64::try_from(rows.len()).unwrap();
    connection.execute("UPDATE audit_head SET count = ?1, hash = ?2", rusqlite::params![count, previous]).unwrap();
}

/// The layout that `ledger::audit` documents, from its words.
fn hash(seq: i64, at: i64, texts: &[String; 4], previous: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut bytes = b"tillback audit 1\n".to_vec();
    bytes.extend(seq.to_be_bytes());
    bytes.extend(at.to_be_bytes());
    for text in texts {
        bytes.extend((text.len() as u64).to_be_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes.extend(previous);
    Sha256::digest(&bytes).to_vec()
}
