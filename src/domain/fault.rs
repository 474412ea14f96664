//! What can go wrong in the house itself, in terms a screen can explain.
//!
//! Each room below has its own errors; the terminal folds them into these before the flow hears of them. **None of
//! these says anything about money that was sent**: that is always a refund's state.

/// The ledger or a part of the till could not do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HouseFault {
    /// The disk is full.
    LedgerFull,
    /// The ledger's file may not be written.
    LedgerReadOnly,
    /// Another process holds the ledger.
    LedgerBusy,
    /// The ledger cannot be read, or contradicts itself.
    LedgerBroken,
    /// The ledger's check at the start is not done yet.
    LedgerUnchecked,
    /// A part of the program stopped.
    WorkerStopped,
    /// The conversation itself failed and began anew; what was recorded goes on.
    StartedOver,
}

/// Why a sale could not be looked up or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookupFault {
    /// Neither the ledger nor the gateway knows it.
    NotFound,
    /// Not in our ledger, and it looks like something else, so nobody else was asked.
    Doubted(super::scanned::Doubt),
    /// Several sales carry this reference.
    Ambiguous,
    /// The gateway could not be asked.
    GatewayDown,
    /// The gateway answered what cannot be read or does not match.
    GatewayUnclear,
    /// The gateway does not accept this terminal's credentials.
    AccessDenied,
    /// The gateway and the ledger disagree about what was paid.
    AmountsDiffer,
    /// The ledger could not be read.
    House(HouseFault),
}

/// Why an approval was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApprovalFault {
    /// The PIN is wrong; nothing is accepted from this person for so long.
    WrongPin {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// Too many wrong PINs: wait.
    LockedOut {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// A badge that is nobody's, or was revoked.
    UnknownBadge,
    /// The policy refuses it.
    Refused(super::policy::Refusal),
    /// The ledger could not do it.
    House(HouseFault),
}

/// Why a refund was not recorded, and so not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordFault {
    /// The policy refuses it, or the sale has changed since it was approved.
    Refused(super::policy::Refusal),
    /// The ledger could not do it.
    House(HouseFault),
}

/// Why a manager's order about a refund was not carried out; nothing was changed but what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderFault {
    /// The person was not accepted, or the policy refuses it, or the ledger could not do it.
    Person(ApprovalFault),
    /// The refund stands otherwise than it did on the screen.
    Moved,
    /// The gateway reports this refund: it is not sent again, and nobody says that it did not happen.
    Reported,
    /// A request may still be on its way.
    TooEarly {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// Before it is sent again the gateway has to say that it does not have it, and it could not be asked.
    NotAsked(LookupFault),
}

/// Why a setting was not kept. A choice of equipment holds until the till is closed, and no longer; a rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeepFault {
    /// The settings file may not be written by this user.
    ReadOnly,
    /// The disk is full.
    DiskFull,
    /// The file cannot be read, or no longer makes sense.
    Unreadable,
    /// It could not be written for another reason.
    Failed,
    /// The settings file would not be read with it; in the words in which a start would say so.
    Refused {
        /// What is wrong.
        what: String,
        /// What is allowed there.
        allowed: String,
    },
    /// It stands in the file and holds from the next start: the record could not take it now.
    NextStart,
}
