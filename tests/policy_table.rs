//! The table of who may do what in SECURITY.md, held against what the program prints out of its own rules.

#![cfg(test)] // clippy: a test throughout, helpers too

use std::path::Path;
use std::process::Command;

#[test]
fn the_table_of_who_may_do_what_is_the_programs_own() {
    let printed = Command::new(env!("CARGO_BIN_EXE_tillback")).args(["policy", "table"]).output().unwrap();
    assert!(printed.status.success());
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.lines().count() > 20, "{printed}");
    let document = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("SECURITY.md")).unwrap();
    let section = document.split("## Who may do what\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let written: String =
        section.lines().filter(|line| line.starts_with('|')).map(|line| format!("{line}\n")).collect();
    assert_eq!(written, printed, "put what `tillback policy table` prints into SECURITY.md");
}
