//! Every kind of row in the record is told in `docs/record.md` and seen to happen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use tillback::ledger::{Kind, Shown};

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_page_about_the_record_tells_every_kind_and_no_other() {
    let page = text("docs/record.md");
    let told: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|line| {
            let (what, rest) = line.split_once('`').expect("a kind");
            (what, rest.trim_end_matches('|').rsplit('|').next().expect("a last column").trim())
        })
        .collect();
    let kinds: Vec<(&str, &str)> = Kind::ALL.iter().map(|kind| (kind.what, kind.written.words())).collect();
    assert_eq!(told.iter().collect::<BTreeSet<_>>(), kinds.iter().collect::<BTreeSet<_>>());
    assert_eq!(told.len(), kinds.len(), "one row each");
}

#[test]
fn what_the_walk_does_not_come_by_is_named_where_it_is_shown() {
    for kind in Kind::ALL {
        if let Shown::In(file) = kind.shown {
            assert!(text(file).contains(kind.what), "{file} does not name {}", kind.what);
        }
    }
}
