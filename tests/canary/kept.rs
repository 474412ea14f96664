//! What the till keeps to know a PIN, a badge or a key by: at home in the ledger and beside it, and nowhere else.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

/// Hashes of PINs, of badges, and of the key for posted sales.
pub fn hashes(data: &Path) -> Vec<(&'static str, String)> {
    let ledger = Connection::open(data.join("ledger.db")).expect("a ledger");
    let column = |sql: &str| -> Vec<String> {
        let mut rows = ledger.prepare(sql).expect("SQL");
        rows.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a hash")).collect()
    };
    let mut all = vec![];
    for whole in column("SELECT pin_hash FROM operators") {
        // $argon2id$v=19$m=..$SALT$HASH: the last part is enough to try PINs with, and the whole would hide it alone.
        all.push(("a PIN's hash", whole.rsplit('$').next().expect("a part").to_owned()));
        all.push(("a PIN's hash, whole", whole));
    }
    all.extend(column("SELECT lower(hex(hash)) FROM badges").into_iter().map(|hash| ("a badge's hash", hash)));
    let key = fs::read_to_string(data.join("sales-key.sha256")).expect("the key's fingerprint");
    all.push(("the sales key's hash", key));
    all
}

/// Whether that file, named from the day's folder on, is where they are kept.
pub fn is_their_home(name: &str) -> bool {
    let home = ["data/ledger.db", "data/backups/", "data/sales-key.sha256"];
    home.iter().any(|place| name.starts_with(place))
}
