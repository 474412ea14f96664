//! What `record.c` wrote down: each change of a ledger's file, each fsync, and what the till showed and sent in between.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Written {
        name: String,
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncated {
        name: String,
        size: usize,
    },
    Created {
        name: String,
    },
    Unlinked {
        name: String,
    },
    /// An fsync of that file returned; `.` is the folder.
    Synced {
        name: String,
    },
    /// A line on standard output, or part of one.
    Shown(Vec<u8>),
    /// Bytes of a request that names a refund are about to leave.
    Sent(Vec<u8>),
}

/// Builds the recorder with the C compiler that SQLite is built with.
pub fn recorder(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/powercut/record.c");
    let library = folder.join("record.so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .args(["-ldl", "-lpthread"])
        .output()
        .expect("cc");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    library
}

/// Reads a whole record; one that is cut off or unknown is no record.
pub fn read(bytes: &[u8]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + bytes[at..].iter().position(|byte| *byte == b'\n').expect("a line's end");
        let line = std::str::from_utf8(&bytes[at..end]).expect("a line");
        let words: Vec<&str> = line.split(' ').collect();
        at = end + 1;
        let number = |n: usize| words[n].parse::<usize>().unwrap_or_else(|_| panic!("{line:?}"));
        let name = || words[1].to_owned();
        let mut take = |length: usize| {
            let taken = bytes[at..at + length].to_vec();
            at += length;
            taken
        };
        steps.push(match words[0] {
            "W" => Step::Written { name: name(), offset: number(2), bytes: take(number(3)) },
            "T" => Step::Truncated { name: name(), size: number(2) },
            "C" => Step::Created { name: name() },
            "U" => Step::Unlinked { name: name() },
            "S" => Step::Synced { name: name() },
            "O" => Step::Shown(take(number(1))),
            "N" => Step::Sent(take(number(1))),
            other => panic!("{other:?} is not known"),
        });
    }
    steps
}
