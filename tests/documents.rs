//! What the documents name is there: every test, file and room in SECURITY.md and TESTING.md, every requirement once.
//!
//! **A promise whose test was renamed or removed is a broken promise**; here it breaks the build.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// Every Rust file below these folders, from the project's root.
fn sources() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("src"), PathBuf::from("tests"), PathBuf::from("fuzz/fuzz_targets")];
    let mut found = vec![];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// What the source defines.
struct Source {
    files: Vec<String>,
    /// How many functions.
    functions: usize,
    /// Rooms, fuzz targets, types, constants and functions, tests among them.
    defined: BTreeSet<String>,
}

/// What stands before a name that is being defined.
const DEFINES: [&str; 8] = ["fn ", "struct ", "enum ", "trait ", "mod ", "const ", "static ", "type "];

impl Source {
    fn read() -> Self {
        let mut source = Self { files: vec![], functions: 0, defined: BTreeSet::new() };
        for path in sources() {
            for line in document(path.to_str().unwrap()).lines() {
                let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
                let line = line.trim_start_matches("pub(super) ");
                let Some(keyword) = DEFINES.iter().find(|keyword| line.starts_with(*keyword)) else { continue };
                let name = line[keyword.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                source.functions += usize::from(*keyword == "fn ");
                source.defined.insert(name.to_owned());
            }
            // A room is named by its file or its folder.
            for name in [path.file_stem(), path.parent().and_then(Path::file_name)] {
                source.defined.extend(name.and_then(|name| name.to_str()).map(str::to_owned));
            }
            source.files.push(path.to_str().unwrap().to_owned());
        }
        source
    }

    /// What is wrong with one name in back-ticks, if it is a name of ours.
    fn complaint(&self, name: &str) -> Option<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '/' | '.' | '*' | '-');
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        if name.contains('/') {
            return self.no_such_file(name);
        }
        if name.contains("::") {
            let missing = name.split("::").find(|part| *part != "*" && !self.defined.contains(*part))?;
            return Some(format!("{name}: there is no {missing}"));
        }
        // A test's name is a sentence; two words may be a key of a file or a column.
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let sentence = name.matches('_').count() >= 3 && name.chars().all(word);
        (sentence && !self.defined.contains(name)).then(|| format!("{name}: no such test"))
    }

    fn no_such_file(&self, name: &str) -> Option<String> {
        let name = name.trim_start_matches("./");
        let there = match name.split_once('*') {
            Some((before, after)) => self.files.iter().any(|file| file.starts_with(before) && file.ends_with(after)),
            None => root().join(name).exists() || name.starts_with("../") || name.starts_with('/'),
        };
        (!there).then(|| format!("{name}: no such file"))
    }

    fn complaints(&self, text: &str) -> Vec<String> {
        // Every second piece stands between back-ticks.
        let named = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
        named.filter_map(|name| self.complaint(name)).collect()
    }
}

#[test]
fn every_test_file_and_room_that_is_named_is_there() {
    let source = Source::read();
    assert!(source.functions > 1000, "{} functions were found", source.functions);
    for name in ["SECURITY.md", "TESTING.md"] {
        let found = source.complaints(&document(name));
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
}

#[test]
fn what_is_not_there_is_seen() {
    let source = Source::read();
    let check = |text: &str, complaints: usize| {
        let found = source.complaints(text);
        assert_eq!(found.len(), complaints, "{text}: {found:?}");
    };
    check(
        "`what_is_not_there_is_seen`, `tests/documents.rs`, `ledger::audit`, `tests/ledger_*.rs`, `./scripts/test`",
        0,
    );
    check("`no_such_test_is_there`", 1);
    check("`tests/no_such.rs` and `tests/no_such_*.rs`", 2);
    check("`ledger::no_such_room`", 1);
    check("`tillback audit verify --head`, `gap_ms`, `ret_code`, a `Word`", 0);
}

/// The requirements of the standard that SECURITY.md answers, in their order.
fn requirements(text: &str) -> Vec<(u32, u32, u32)> {
    let number = |cell: &str| {
        let mut parts = cell.trim().split('.').map(|part| part.parse::<u32>().ok());
        let (a, b, c) = (parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some((a, b, c))
    };
    text.lines().filter_map(|line| number(line.strip_prefix('|')?.split('|').next()?)).collect()
}

#[test]
fn each_requirement_is_answered_once_in_order_and_by_a_test_or_plainly_not() {
    let text = document("SECURITY.md");
    let answered = requirements(&text);
    assert!(answered.len() >= 60, "{}", answered.len());
    assert!(answered.windows(2).all(|pair| pair[0] < pair[1]), "twice, or out of order: {answered:?}");
    for line in text.lines().filter(|line| !requirements(line).is_empty()) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [_, _, how, shown] = cells[..] else { panic!("four cells: {line}") };
        let plain = how.starts_with("**Not met**") || how.starts_with("**In part**");
        assert!(plain || shown.contains('`'), "neither a test nor a plain word: {line}");
        assert!(!how.is_empty() && !shown.is_empty(), "{line}");
    }
}
