//! The words by which the record names refusals, faults and signals: short, lower-case, never changed once written.
//!
//! **For the record and for files that machines read**; the sentences for people are the window's.

use super::fault::{ApprovalFault, HouseFault, LookupFault, OrderFault, RecordFault};
use super::policy::Refusal;
use super::rules::Warning;
use super::scanned::{Doubt, ScanRefusal};

impl Refusal {
    /// The rule's word in the record.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NotPaid { .. } => "not_paid",
            Self::NothingLeft { .. } => "nothing_left",
            Self::OverLeft { .. } => "over_left",
            Self::ZeroAmount => "zero_amount",
            Self::WrongCurrency { .. } => "wrong_currency",
            Self::TooOld { .. } => "too_old",
            Self::TooMany { .. } => "too_many",
            Self::TooSoon { .. } => "too_soon",
            Self::NotYourApproval => "not_your_approval",
            Self::ApprovalExpired => "approval_expired",
            Self::ApprovalVoid => "approval_void",
            Self::House(rule) => rule.as_str(),
            Self::Books => "books",
        }
    }
}

impl HouseFault {
    /// The fault's word in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LedgerFull => "ledger_full",
            Self::LedgerReadOnly => "ledger_read_only",
            Self::LedgerBusy => "ledger_busy",
            Self::LedgerBroken => "ledger_broken",
            Self::LedgerUnchecked => "ledger_unchecked",
            Self::WorkerStopped => "worker_stopped",
            Self::StartedOver => "started_over",
        }
    }
}

impl Doubt {
    /// The doubt's word in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaymentCode => "payment_code",
            Self::ProductBarcode => "product_barcode",
            Self::ShortNumber => "short_number",
            Self::BadgePart => "badge_part",
        }
    }
}

impl LookupFault {
    /// The fault's word in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Doubted(doubt) => doubt.as_str(),
            Self::Ambiguous => "ambiguous",
            Self::GatewayDown => "gateway_down",
            Self::GatewayUnclear => "gateway_unclear",
            Self::AccessDenied => "access_denied",
            Self::AmountsDiffer => "amounts_differ",
            Self::House(fault) => fault.as_str(),
        }
    }
}

impl ApprovalFault {
    /// The fault's word in the record.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::WrongPin { .. } => "pin_wrong",
            Self::LockedOut { .. } => "locked_out",
            Self::UnknownBadge => "badge_unknown",
            Self::Refused(refusal) => refusal.as_str(),
            Self::House(fault) => fault.as_str(),
        }
    }
}

impl RecordFault {
    /// The fault's word in the record.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.as_str(),
            Self::House(fault) => fault.as_str(),
        }
    }
}

impl OrderFault {
    /// The fault's word in the record.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Person(fault) => fault.as_str(),
            Self::Moved => "moved",
            Self::Reported => "reported",
            Self::TooEarly { .. } => "too_early",
            Self::NotAsked(fault) => fault.as_str(),
        }
    }
}

impl ScanRefusal {
    /// The refusal's word in the record: never the text that was scanned.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::ProductBarcode => "product_barcode",
            Self::PaymentCode => "payment_code",
            Self::ForeignUrl { .. } => "foreign_url",
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::NotANumber => "not_a_number",
            Self::Badge => "badge",
            Self::WrongLength { .. } => "wrong_length",
        }
    }
}

impl Warning {
    /// The signal's word in the record.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::RefundedBefore { .. } => "refunded_before",
            Self::TypedNumber => "typed_number",
            Self::NearLimit { .. } => "near_limit",
            Self::AsksOften { .. } => "asks_often",
            Self::OutsideHours => "outside_hours",
            Self::FreshSale { .. } => "fresh_sale",
        }
    }
}
