//! Every kind of row in the record, when it is written, and where that is shown.
//!
//! **A row of a kind that is not listed here is a mistake**, which a build for testing stops at. `docs/record.md` tells
//! people what each means; a test holds the two against each other, and another that each kind happens.

/// When a row of a kind reaches the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// In the transaction of the fact itself: neither is there without the other.
    WithTheFact,
    /// In a transaction of its own, before whoever asked for it is told.
    AtOnce,
    /// With the next transaction, a second or two later at most, and at an orderly end: see `notes.rs`.
    Soon,
}

impl Written {
    /// As `docs/record.md` says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::WithTheFact => "with the fact",
            Self::AtOnce => "at once",
            Self::Soon => "soon",
        }
    }
}

/// Where a kind is seen to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// In the walk through a day of a terminal: `tests/record_walk.rs`.
    InTheWalk,
    /// In this file of tests, which names the kind.
    In(&'static str),
}

/// One kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The word in the row.
    pub what: &'static str,
    /// When it is written.
    pub written: Written,
    /// Where it is seen to happen.
    pub shown: Shown,
}

const fn walk(what: &'static str, written: Written) -> Kind {
    Kind { what, written, shown: Shown::InTheWalk }
}

const fn in_file(what: &'static str, written: Written, file: &'static str) -> Kind {
    Kind { what, written, shown: Shown::In(file) }
}

/// Notes that could not even wait: the disk had been refusing for hours.
pub(super) const NOTES_LOST: &str = "notes_lost";

use Written::{AtOnce, Soon, WithTheFact};

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        // The ledger and the till.
        walk("ledger_made", WithTheFact),
        walk("till_named", WithTheFact),
        walk("till_started", Soon),
        walk("till_stopped", Soon),
        in_file("clock_behind", AtOnce, "tests/ledger_care.rs"),
        walk("settings_read", WithTheFact),
        walk("setting_changed", WithTheFact),
        in_file(NOTES_LOST, Soon, "src/ledger/notes_tests.rs"),
        walk("ledger_quick_checked", AtOnce),
        in_file("ledger_checked", AtOnce, "src/terminal/care_tests.rs"),
        in_file("ledger_check_failed", AtOnce, "src/terminal/care_tests.rs"),
        walk("ledger_copied", AtOnce),
        in_file("ledger_not_copied", AtOnce, "src/terminal/care_tests.rs"),
        walk("ledger_restored", WithTheFact),
        in_file("refund_brought_over", WithTheFact, "tests/ledger_care.rs"),
        walk("sales_imported", WithTheFact),
        walk("exported", AtOnce),
        walk("token_set", AtOnce),
        walk("token_removed", AtOnce),
        in_file("sales_key_made", AtOnce, "tests/sales_intake.rs"),
        in_file("sales_key_removed", AtOnce, "tests/sales_intake.rs"),
        // People.
        walk("operator_added", WithTheFact),
        walk("operator_removed", WithTheFact),
        in_file("operator_renamed", WithTheFact, "tests/ledger_people.rs"),
        in_file("operator_pin", WithTheFact, "tests/ledger_people.rs"),
        in_file("operator_role", WithTheFact, "tests/ledger_people.rs"),
        in_file("operator_language", WithTheFact, "tests/ledger_people.rs"),
        in_file("badge_made", WithTheFact, "tests/ledger_people.rs"),
        in_file("badge_revoked", WithTheFact, "tests/ledger_people.rs"),
        in_file("badge_unknown", AtOnce, "tests/ledger_people.rs"),
        walk("signed_in", WithTheFact),
        walk("pin_wrong", WithTheFact),
        walk("locked", Soon),
        walk("settings_opened", Soon),
        in_file("mode_changed", Soon, "src/flow/tests/settings.rs"),
        in_file("window_closed", Soon, "src/flow/tests/settings.rs"),
        walk("shift_opened", WithTheFact),
        walk("shift_closed", WithTheFact),
        // A sale on its way to a refund.
        walk("code_read", Soon),
        walk("scan_refused", Soon),
        walk("sale_found", Soon),
        walk("sale_not_found", Soon),
        walk("sale_fetched", WithTheFact),
        walk("sale_updated", WithTheFact),
        walk("sale_checked", Soon),
        walk("refunds_elsewhere", WithTheFact),
        walk("sale_left", Soon),
        walk("approval_asked", Soon),
        walk("rules_weighed", Soon),
        walk("refused", Soon),
        // A refund.
        walk("approved", WithTheFact),
        in_file("countersigned", WithTheFact, "tests/ledger_rules.rs"),
        walk("refund_prepared", WithTheFact),
        walk("refund_moved", WithTheFact),
        walk("refund_not_found", WithTheFact),
        in_file("refund_contradicted", WithTheFact, "tests/ledger_decisions.rs"),
        in_file("decision_confirmed", WithTheFact, "tests/ledger_decisions.rs"),
        in_file("refund_stands", WithTheFact, "tests/ledger_decisions.rs"),
        walk("refunds_searched", Soon),
        walk("refund_opened", Soon),
        // Paper and the drawer.
        in_file("slip_printed", AtOnce, "tests/printing_till.rs"),
        in_file("slip_not_printed", AtOnce, "tests/printing_till.rs"),
        in_file("report_printed", AtOnce, "tests/printing_till.rs"),
        in_file("drawer_opened", AtOnce, "tests/printing_till.rs"),
    ];
}

/// Whether rows of that kind may be written.
pub(super) fn is_known(what: &str) -> bool {
    Kind::ALL.iter().any(|kind| kind.what == what)
}
