//! What a manager can change on the screen, by the names the settings file has for it, and how a trial of the gateway ended.
//!
//! **A token that was typed is never shown**: its `Debug` is a row of dots and its memory is wiped when it is dropped.

use std::fmt;

use zeroize::Zeroizing;

use super::authority::Act;
use super::device::CameraChoice;
use super::display::{Language, ThemeChoice, WindowChoice};
use super::policy::Policy;
use super::printer_choice::PrinterChoice;
use super::printing::SoundLevel;
use super::refund::Reason;
use super::setup::SetupPage;
use super::till::TillName;

/// A rule of the store's, as the settings file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleKey {
    /// Up to what a cashier may confirm alone.
    CashierAlone,
    /// Whether a manager may approve their own.
    OwnApproval,
    /// How long an approval holds.
    ApprovalSeconds,
    /// What cashiers give back at once.
    CashierPerRefund,
    /// In a shift.
    CashierPerShift,
    /// In a day.
    CashierPerDay,
    /// What managers give back at once.
    ManagerPerRefund,
    /// In a shift.
    ManagerPerShift,
    /// In a day.
    ManagerPerDay,
    /// How old a sale may be.
    SaleAgeDays,
    /// How often one sale is refunded.
    RefundsPerSale,
    /// How long the same amount again needs two managers.
    SameAmountMinutes,
    /// The hours of every day.
    Hours,
    /// Monday's.
    HoursMonday,
    /// Tuesday's.
    HoursTuesday,
    /// Wednesday's.
    HoursWednesday,
    /// Thursday's.
    HoursThursday,
    /// Friday's.
    HoursFriday,
    /// Saturday's.
    HoursSaturday,
    /// Sunday's.
    HoursSunday,
}

/// What kind of value a rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleKind {
    /// An amount in the store's currency.
    Amount,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// Opening hours.
    Hours,
}

impl RuleKey {
    /// All of them, in the settings file's order.
    pub const ALL: [Self; 20] = [
        Self::CashierAlone,
        Self::OwnApproval,
        Self::ApprovalSeconds,
        Self::CashierPerRefund,
        Self::CashierPerShift,
        Self::CashierPerDay,
        Self::ManagerPerRefund,
        Self::ManagerPerShift,
        Self::ManagerPerDay,
        Self::SaleAgeDays,
        Self::RefundsPerSale,
        Self::SameAmountMinutes,
        Self::Hours,
        Self::HoursMonday,
        Self::HoursTuesday,
        Self::HoursWednesday,
        Self::HoursThursday,
        Self::HoursFriday,
        Self::HoursSaturday,
        Self::HoursSunday,
    ];

    /// Its section and its key in the settings file.
    pub const fn path(self) -> (&'static str, &'static str) {
        match self {
            Self::CashierAlone => ("policy", "cashier_alone_up_to"),
            Self::OwnApproval => ("policy", "own_approval"),
            Self::ApprovalSeconds => ("policy", "approval_seconds"),
            Self::CashierPerRefund => ("rules", "cashier_per_refund"),
            Self::CashierPerShift => ("rules", "cashier_per_shift"),
            Self::CashierPerDay => ("rules", "cashier_per_day"),
            Self::ManagerPerRefund => ("rules", "manager_per_refund"),
            Self::ManagerPerShift => ("rules", "manager_per_shift"),
            Self::ManagerPerDay => ("rules", "manager_per_day"),
            Self::SaleAgeDays => ("rules", "sale_age_days"),
            Self::RefundsPerSale => ("rules", "refunds_per_sale"),
            Self::SameAmountMinutes => ("rules", "same_amount_minutes"),
            Self::Hours => ("rules", "hours"),
            Self::HoursMonday => ("rules", "hours_monday"),
            Self::HoursTuesday => ("rules", "hours_tuesday"),
            Self::HoursWednesday => ("rules", "hours_wednesday"),
            Self::HoursThursday => ("rules", "hours_thursday"),
            Self::HoursFriday => ("rules", "hours_friday"),
            Self::HoursSaturday => ("rules", "hours_saturday"),
            Self::HoursSunday => ("rules", "hours_sunday"),
        }
    }

    /// The least and the most of a rule that is a whole number.
    pub const fn bounds(self) -> Option<(u32, u32)> {
        match self {
            Self::ApprovalSeconds => Some((10, 900)),
            Self::SaleAgeDays => Some((1, 3650)),
            Self::RefundsPerSale => Some((1, 1000)),
            Self::SameAmountMinutes => Some((0, 1440)),
            _ => None,
        }
    }

    /// What kind of value it has.
    pub const fn kind(self) -> RuleKind {
        match self {
            Self::OwnApproval => RuleKind::Flag,
            Self::ApprovalSeconds | Self::SaleAgeDays | Self::RefundsPerSale | Self::SameAmountMinutes => {
                RuleKind::Number
            }
            Self::Hours
            | Self::HoursMonday
            | Self::HoursTuesday
            | Self::HoursWednesday
            | Self::HoursThursday
            | Self::HoursFriday
            | Self::HoursSaturday
            | Self::HoursSunday => RuleKind::Hours,
            Self::CashierAlone
            | Self::CashierPerRefund
            | Self::CashierPerShift
            | Self::CashierPerDay
            | Self::ManagerPerRefund
            | Self::ManagerPerShift
            | Self::ManagerPerDay => RuleKind::Amount,
        }
    }
}

/// Which gateway, and whose account there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GatewayAccount {
    /// `production`, `sandbox`, `sandbox-old`, or the address of one on this machine.
    pub environment: String,
    /// The merchant's number.
    pub merchant_no: String,
    /// The store's number.
    pub store_no: String,
}

/// A setting that was changed on the screen: by a manager in Settings, or, where anybody may, before signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingChange {
    /// Which camera.
    Camera(CameraChoice),
    /// What scanners send before each code.
    ScannerPrefix(String),
    /// What scanners send after each code.
    ScannerSuffix(String),
    /// What prints slips, and what the till does with it by itself.
    Printer(PrinterChoice),
    /// Which language; the computer's own, when none is named.
    Language(Option<Language>),
    /// Which colours.
    Theme(ThemeChoice),
    /// How loud sounds are.
    Sounds(SoundLevel),
    /// How the window stands on the screen, and the customer's display.
    Window(WindowChoice),
    /// A rule of the store's; nothing takes its line out of the file.
    Rule {
        /// Which.
        key: RuleKey,
        /// The value, as the settings file has it.
        to: Option<String>,
    },
    /// The reasons to choose from.
    Reasons(Vec<String>),
    /// How the gateway is reached, from the next start.
    Account(GatewayAccount),
    /// What the store and this till are called, from the next start.
    Names {
        /// The store, as screens and receipts show it.
        store: String,
        /// The till, as it stands in every refund.
        till: TillName,
    },
    /// Which page of the first start comes next; nothing once it is over.
    Setup(Option<SetupPage>),
}

impl SettingChange {
    /// Whether whoever stands before the locked till may make it: it is about reading the screen and nothing else.
    pub const fn is_anybodys(&self) -> bool {
        matches!(self, Self::Language(_) | Self::Theme(_))
    }

    /// Whether it is made before anybody works here, where nobody can be asked who they are.
    pub const fn is_first_starts(&self) -> bool {
        matches!(self, Self::Names { .. } | Self::Setup(_))
    }

    /// Whether it needs no yes of the record's: it is written into the file and told, and that is all.
    pub const fn holds_at_once(&self) -> bool {
        let is_equipment =
            matches!(self, Self::Camera(_) | Self::ScannerPrefix(_) | Self::ScannerSuffix(_) | Self::Printer(_))
                || self.is_first_starts();
        is_equipment || matches!(self, Self::Sounds(_) | Self::Window(_) | Self::Language(_) | Self::Theme(_))
    }

    /// What whoever makes it does.
    pub const fn act(&self) -> Act {
        match self {
            Self::Camera(_)
            | Self::ScannerPrefix(_)
            | Self::ScannerSuffix(_)
            | Self::Printer(_)
            | Self::Sounds(_)
            | Self::Language(_)
            | Self::Theme(_)
            | Self::Window(_)
            | Self::Names { .. }
            | Self::Setup(_) => Act::ChangeSettings,
            Self::Rule { .. } | Self::Reasons(_) => Act::ChangeRules,
            Self::Account(_) => Act::ChangeGateway,
        }
    }
}

/// What a store has set for its refunds, as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreRules {
    /// Limits and rules.
    pub policy: Policy,
    /// The reasons to choose from.
    pub reasons: Vec<Reason>,
}

/// One key of the settings file that was changed: for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedKey {
    /// Section and key, with a point between.
    pub key: String,
    /// What it was; nothing where it was not there.
    pub was: Option<String>,
    /// What it is; nothing where it is gone.
    pub is: Option<String>,
}

/// A token as somebody typed it.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedToken(Zeroizing<String>);

impl TypedToken {
    /// The most characters taken while it is typed; the gateway's have about 33.
    pub const MAX_CHARS: usize = 200;

    /// Takes it.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The text, for the one place that keeps it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TypedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedToken(\u{2022}\u{2022}\u{2022}\u{2022})")
    }
}

/// Which places for the gateway's token are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TokenStore {
    /// The system's keyring where one answers, else a sealed file.
    #[default]
    Auto,
    /// The system's keyring alone.
    Keyring,
    /// A sealed file alone.
    File,
}

/// Where the gateway's token is kept, and what that is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenPlace {
    /// In a variable of the process, which goes before everything else.
    Variable,
    /// In the system's keyring.
    Keyring,
    /// In a file sealed by a passphrase.
    SealedByPassphrase,
    /// Nowhere: it is the published sample's, for practice.
    Sample,
    /// In a file sealed to this machine: any program of this user can open it here.
    SealedToMachine,
}

/// Why a token is not there, or was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// There is none.
    #[error("there is none")]
    Missing,
    /// What was typed is none.
    #[error("it is no token")]
    NotAToken,
    /// A manager's word is needed, and this is none's.
    #[error("not a manager's to give")]
    NotAllowed,
    /// It was not kept, in the words of whatever should have kept it; never any part of it.
    #[error("{0}")]
    NotKept(String),
}

/// How a trial of the gateway ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GatewayTest {
    /// It answered a signed question: account and token are right.
    Accepted,
    /// It refuses the signature, the merchant's or the store's number.
    Refused,
    /// Its name is not known: no network, or none that leads there.
    NameNotFound,
    /// There was no connection.
    Unreachable,
    /// The connection is not safe: somebody between, or a wrong date.
    NotTrusted,
    /// It took the question and said nothing in time.
    NoAnswer,
    /// It answered something else; its code, for support.
    Unclear(String),
    /// There is no token to sign with.
    NoToken(TokenFault),
    /// The account as it stands names no gateway or has no such numbers.
    WrongAccount(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_token_shows_nothing() {
        let token = TypedToken::new("5cbfb079f15b");
        assert_eq!(format!("{token:?}"), "TypedToken(\u{2022}\u{2022}\u{2022}\u{2022})");
    }

    #[test]
    fn no_two_rules_are_one_line_of_the_file() {
        let mut paths: Vec<_> = RuleKey::ALL.into_iter().map(RuleKey::path).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), RuleKey::ALL.len());
    }
}
