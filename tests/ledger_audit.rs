//! Tampering shows (I7): every row edited, removed, inserted, reordered or cut off is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use ledger_support::*;
use sha2::{Digest, Sha256};
use tillback::ledger::{AuditFact, AuditFault, AuditFaultKind, AuditHash, AuditHead, Ledger};

const NO_TRIGGERS: &str = "DROP TRIGGER audit_follows_its_head; DROP TRIGGER audit_moves_its_head;
     DROP TRIGGER audit_never_changes; DROP TRIGGER audit_stays;";

/// A ledger with a dozen rows, and its head.
fn kept() -> (Store, AuditHead) {
    let mut store = Store::new();
    let refund = store.sent(100, at(0));
    store.ledger.settle(&refund.reference, &tillback::domain::Outcome::Pending, at(1)).unwrap();
    for n in 0..4 {
        let detail = vec![("n", n.to_string())];
        let fact = AuditFact { who: None, what: "scan_refused", subject: "1301\u{2022}\u{2022}45".to_owned(), detail };
        store.ledger.audit_append(&fact, at(n)).unwrap();
    }
    let head = store.ledger.audit_verify(None).unwrap();
    assert_eq!(head, store.ledger.audit_head().unwrap());
    assert!(head.count >= 12);
    (store, head)
}

#[track_caller]
fn tampered(sql: &str, expected: impl Fn(&AuditFaultKind) -> bool, seq: Option<u64>) {
    let (store, head) = kept();
    store.raw().execute_batch(&format!("{NO_TRIGGERS} {sql}")).unwrap();
    let AuditFault { seq: found, what } = store.ledger.audit_verify(Some(&head)).expect_err(sql);
    assert!(expected(&what), "{what}");
    assert_eq!(found, seq.unwrap_or(found));
}

#[test]
fn the_database_refuses_to_change_the_record() {
    let (store, head) = kept();
    let database = store.raw();
    for sql in [
        "UPDATE audit SET who = 'x' WHERE seq = 3",
        "UPDATE audit SET hash = zeroblob(32)",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT seq + 1000, at, who, what, subject, detail, prev_hash, hash FROM audit WHERE seq = 3",
        "INSERT INTO audit SELECT seq + 1, at, who, what, subject, detail, prev_hash, hash FROM audit ORDER BY seq DESC LIMIT 1",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 3",
        "INSERT INTO audit (seq, at, who, what, subject, detail, prev_hash, hash) VALUES (9, 0, '', '', '', 'no', '', '')",
    ] {
        assert!(database.execute(sql, []).is_err(), "{sql}");
    }
    assert_eq!(store.ledger.audit_verify(Some(&head)), Ok(head));
}

#[test]
fn an_edited_row_is_found_whatever_was_edited() {
    let changed = |what: &AuditFaultKind| *what == AuditFaultKind::Changed;
    for column in
        ["at = at + 1", "who = who || ' '", "what = 'x'", "subject = 'x'", "detail = '{}'", "hash = zeroblob(32)"]
    {
        tampered(&format!("UPDATE audit SET {column} WHERE seq = 5"), changed, Some(5));
    }
    let follows = |what: &AuditFaultKind| *what == AuditFaultKind::DoesNotFollow;
    tampered("UPDATE audit SET prev_hash = zeroblob(32) WHERE seq = 5", follows, Some(5));
    // Text moved from one field to the next hashes differently.
    tampered("UPDATE audit SET what = who || what, who = '' WHERE seq = 5", changed, Some(5));
}

#[test]
fn any_byte_flipped_in_any_row_is_found() {
    let (store, head) = kept();
    let database = store.raw();
    // Thousands of writes whose durability is of no matter here.
    database.execute_batch(&format!("PRAGMA synchronous = OFF; {NO_TRIGGERS}")).unwrap();
    let mut flips = 0;
    for seq in 1..=head.count {
        for column in ["who", "what", "subject", "detail", "hash", "prev_hash"] {
            let sql = format!("SELECT CAST({column} AS BLOB) FROM audit WHERE seq = ?1");
            let bytes: Vec<u8> = database.query_row(&sql, [seq.cast_signed()], |row| row.get(0)).unwrap();
            for at in 0..bytes.len() {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1;
                let text = !column.ends_with("hash");
                let put = |bytes: &[u8]| {
                    let value = if text { "CAST(?2 AS TEXT)" } else { "?2" };
                    let sql = format!("UPDATE audit SET {column} = {value} WHERE seq = ?1");
                    database.execute(&sql, rusqlite::params![seq.cast_signed(), bytes])
                };
                // What breaks a CHECK cannot be written at all.
                if put(&flipped).is_ok() {
                    assert!(store.ledger.audit_verify(None).is_err(), "row {seq}, {column}, byte {at}");
                    flips += 1;
                }
                put(&bytes).unwrap();
            }
        }
    }
    assert!(flips > 1000, "{flips}");
    assert_eq!(store.ledger.audit_verify(Some(&head)), Ok(head));
}

#[test]
fn rows_removed_inserted_swapped_or_cut_off_are_found() {
    let missing = |what: &AuditFaultKind| *what == AuditFaultKind::Missing;
    let cut = |what: &AuditFaultKind| *what == AuditFaultKind::CutOff;
    let follows = |what: &AuditFaultKind| *what == AuditFaultKind::DoesNotFollow;
    let changed = |what: &AuditFaultKind| *what == AuditFaultKind::Changed;
    tampered("DELETE FROM audit WHERE seq = 1", missing, Some(1));
    tampered("DELETE FROM audit WHERE seq = 5", missing, Some(5));
    tampered("DELETE FROM audit WHERE seq >= 10", cut, Some(10));
    tampered("DELETE FROM audit", cut, Some(1));
    let close = "DELETE FROM audit WHERE seq = 5; UPDATE audit SET seq = -seq WHERE seq > 5 AND 0;
         UPDATE audit SET seq = 5 WHERE seq = 6";
    tampered(close, follows, Some(5));
    let insert = "INSERT INTO audit SELECT (SELECT max(seq) + 1 FROM audit), at, who, what, subject, detail,
         (SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), hash FROM audit WHERE seq = 5";
    tampered(insert, changed, None);
    let swap = "UPDATE audit SET seq = 9000 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 6;
         UPDATE audit SET seq = 6 WHERE seq = 9000";
    tampered(swap, follows, Some(5));
    // The tail cut off with its head put right: found by the printed head alone.
    let tail = "DELETE FROM audit WHERE seq > 8;
         UPDATE audit_head SET count = 8, hash = (SELECT hash FROM audit WHERE seq = 8)";
    tampered(tail, cut, Some(9));
    tampered("DELETE FROM audit_head", cut, None);
}

/// The layout that `audit.rs` documents, written again from its words.
fn hash(seq: i64, at: i64, texts: [&str; 4], previous: &[u8]) -> Vec<u8> {
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

#[test]
fn a_chain_rebuilt_as_a_whole_is_found_by_a_printed_head_and_by_nothing_else() {
    let (store, head) = kept();
    let database = store.raw();
    database.execute_batch(NO_TRIGGERS).unwrap();
    database.execute("UPDATE audit SET who = 'somebody else' WHERE seq = 5", []).unwrap();
    let mut previous = vec![0; 32];
    for seq in 1..=head.count.cast_signed() {
        let (at, a, b, c, d): (i64, String, String, String, String) = database
            .query_row("SELECT at, who, what, subject, detail FROM audit WHERE seq = ?1", [seq], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })
            .unwrap();
        let next = hash(seq, at, [&a, &b, &c, &d], &previous);
        let sql = "UPDATE audit SET prev_hash = ?2, hash = ?3 WHERE seq = ?1";
        database.execute(sql, rusqlite::params![seq, previous, next]).unwrap();
        previous = next;
    }
    database.execute("UPDATE audit_head SET hash = ?1", [&previous]).unwrap();
    assert!(store.ledger.audit_verify(None).is_ok(), "without a printed head it cannot be told");
    let fault = store.ledger.audit_verify(Some(&head)).unwrap_err();
    assert_eq!(fault, AuditFault { seq: head.count, what: AuditFaultKind::NotTheHeadGiven });
}

#[test]
fn an_older_printed_head_still_holds_and_reads_back() {
    let (mut store, head) = kept();
    let fact = AuditFact { who: Some(store.manager.clone()), what: "locked", subject: String::new(), detail: vec![] };
    store.ledger.audit_append(&fact, at(9)).unwrap();
    assert!(store.ledger.audit_verify(Some(&head)).is_ok());
    assert_eq!(AuditHash::parse(&head.hash.to_string()), Some(head.hash));
    assert_eq!(AuditHash::parse("12"), None);
    let rows = store.ledger.audit_rows(head.count, 10).unwrap();
    assert_eq!((rows.len(), rows[0].who.as_str(), rows[0].what.as_str()), (1, store.manager.as_str(), "locked"));
}

#[test]
fn a_long_text_is_cut_and_every_move_of_a_refund_is_on_record() {
    let (mut store, head) = kept();
    let subject = "\u{2022}".repeat(10_000);
    let fact = AuditFact { who: None, what: "scan_refused", subject: subject.clone(), detail: vec![("x", subject)] };
    store.ledger.audit_append(&fact, at(9)).unwrap();
    let row = store.ledger.audit_rows(head.count, 1).unwrap().remove(0);
    assert_eq!(row.subject.chars().count(), 300);
    let rows = store.ledger.audit_rows(0, 100).unwrap();
    let whats: Vec<_> = rows.iter().map(|row| row.what.as_str()).collect();
    for what in ["ledger_made", "till_named", "operator_added", "sale_fetched", "approved", "refund_prepared"] {
        assert!(whats.contains(&what), "{what}");
    }
    let moves: Vec<_> = rows.iter().filter(|row| row.what == "refund_moved").map(|row| row.detail.clone()).collect();
    assert_eq!(moves, [r#"{"from":"prepared","to":"sent"}"#, r#"{"from":"sent","to":"pending"}"#]);
    assert!(Ledger::audit_verify(&store.ledger, None).is_ok());
}
