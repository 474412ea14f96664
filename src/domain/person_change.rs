//! What a manager changes about people, and why it may not be.
//!
//! **A PIN on its way is a [`Pin`]**, which shows nothing of itself; a badge's secret is never here.

use super::display::Language;
use super::fault::{ApprovalFault, HouseFault};
use super::operator::{OperatorId, OperatorName, Role};
use super::pin::Pin;

/// A change to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonChange {
    /// Somebody new.
    Add {
        /// What they are called.
        name: OperatorName,
        /// What they may do.
        role: Role,
        /// Their PIN.
        pin: Pin,
    },
    /// Another name.
    Rename {
        /// Whose.
        who: OperatorId,
        /// What they are called now.
        name: OperatorName,
    },
    /// Another PIN.
    SetPin {
        /// Whose.
        who: OperatorId,
        /// The new one.
        pin: Pin,
    },
    /// Another role.
    SetRole {
        /// Whose.
        who: OperatorId,
        /// What they may do now.
        role: Role,
        /// A new PIN, which a manager needs.
        pin: Option<Pin>,
    },
    /// Another language of the window.
    SetLanguage {
        /// Whose.
        who: OperatorId,
        /// Which; the store's, when none is named.
        language: Option<Language>,
    },
    /// They leave.
    Remove {
        /// Who.
        who: OperatorId,
    },
    /// A new badge, in place of one they have.
    MakeBadge {
        /// Whose.
        who: OperatorId,
    },
    /// No badge any more.
    RevokeBadge {
        /// Whose.
        who: OperatorId,
    },
}

/// Why people were not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleFault {
    /// Fewer digits than the role asks for.
    TooShort {
        /// Digits asked for.
        min_digits: usize,
    },
    /// A PIN that cannot be used: easy to guess, or somebody else's. Which of the two is not said.
    PinNotFree,
    /// Somebody has this name already.
    NameTaken,
    /// There must be a manager.
    LastManager,
    /// It takes a manager.
    NotAManager,
    /// A manager needs a longer PIN.
    NeedsPin,
    /// Somebody works here already.
    NotTheFirst,
    /// The badge's file could not be written; no badge was made.
    FileNotWritten,
    /// The person was not accepted.
    Person(ApprovalFault),
    /// The house itself.
    House(HouseFault),
}
