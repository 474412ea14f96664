//! What a till tells about itself, and what its checks found: the page "About" of Settings.
//!
//! **No secret is in here**: what a check says was made to be read aloud on the telephone.

use std::path::PathBuf;

/// What a till is, for support.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AboutTill {
    /// The program's version.
    pub version: String,
    /// The newest schema of a ledger that it knows; an open ledger has it.
    pub schema: i64,
    /// What reads codes, and its version.
    pub decoder: String,
    /// The settings file.
    pub settings: Option<PathBuf>,
    /// The folder with the ledger, its copies and the logs.
    pub data: Option<PathBuf>,
    /// The licences of the libraries, where they were installed with the program.
    pub licences: Option<PathBuf>,
}

/// How one check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    /// In order.
    Good,
    /// It works, and somebody should know.
    Note,
    /// It keeps this till from refunding.
    Bad,
}

/// One check, in the words of `tillback doctor`, which support reads in the same language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// What was checked.
    pub what: String,
    /// How it went.
    pub result: CheckResult,
    /// What was found.
    pub found: String,
    /// What to do.
    pub fix: Option<String>,
}

/// All checks at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checkup {
    /// Each.
    pub lines: Vec<CheckLine>,
    /// The file for support, where one was asked for.
    pub packed: Option<PathBuf>,
}

impl Checkup {
    /// How many keep the till from refunding.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.lines.iter().filter(|line| line.result == CheckResult::Bad).count()
    }
}

/// Why there is no word from the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCheckup {
    /// Everything here is made up.
    MadeUp,
    /// The file for support cannot be written.
    NotWritten,
    /// They could not be run.
    Failed,
}
