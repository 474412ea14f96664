//! The words and the rules of refunds: money, sales, refunds and their legal moves, policy, operators.
//!
//! **No I/O, no clock, no randomness**: time and ids come in as values. **No float touches money.** Everything above
//! this floor speaks in these types; everything below is the standard library.

pub mod authority;
pub mod badge;
pub mod checkup;
pub mod decision;
pub mod device;
pub mod display;
pub mod fault;
pub mod handover;
pub mod history;
pub mod hours;
pub mod money;
pub mod operator;
pub mod person_change;
pub mod pin;
pub mod policy;
pub mod printer_choice;
pub mod printing;
pub mod refund;
pub mod report;
pub mod rules;
pub mod sale;
pub mod scanned;
pub mod setting;
pub mod settings;
pub mod setup;
pub mod shift;
pub mod text;
pub mod till;
pub mod time;
pub mod words;

pub use authority::{Act, Asking, Permit, may};
pub use badge::{Badge, Proof};
pub use checkup::{AboutTill, CheckLine, CheckResult, Checkup, NoCheckup};
pub use decision::{
    Contradiction, Decision, DecisionKind, Difference, EvidenceNumber, HandDecision, RefundAction, Verdict,
};
pub use device::{CameraChoice, ScannerFault, ScannerKind, UsbName};
pub use display::{Language, ThemeChoice, WindowChoice};
pub use fault::{ApprovalFault, HouseFault, KeepFault, LookupFault, OrderFault, RecordFault};
pub use handover::{SalesFolderFault, SalesTrouble};
pub use history::{HistoryEntry, HistoryStep};
pub use hours::{DayHours, OpeningHours, WeekHours, Weekday};
pub use money::{Currency, Money, MoneyError};
pub use operator::{Operator, OperatorId, OperatorName, Role};
pub use person_change::{PeopleFault, PersonChange};
pub use pin::{Pin, PinWeakness};
pub use policy::{Policy, Refusal, ResolvePolicy};
pub use printer_choice::{FoundPrinter, PrinterChoice, PrinterPlace, printer_address};
pub use printing::{
    AfterRefund, CodePage, CodeStyle, DrawerPin, PaperWidth, PrintSubject, PrinterFault, SlipCopies, SoundLevel,
};
pub use refund::{
    Approval, ApprovalId, DeclineCause, Intention, NotSentCause, Outcome, Reason, Refund, RefundMove, RefundReference,
    RefundState, UnknownCause,
};
pub use report::{Counted, FileForm, RecordHead, Report, ReportAsk, ReportOf, Tally, Totals};
pub use rules::{HouseRule, HouseRules, Lift, LiftNote, Limits, Standing, Warning, Weighed};
pub use sale::{
    Balance, ForeignRefund, InvoiceReference, Sale, SaleId, SaleItem, SaleKey, SaleOrigin, SaleStatus, SaleView,
    TransactionNo,
};
pub use scanned::{Candidate, Doubt, ScanRefusal, ScanSource, Scanned};
pub use setting::{SettingMoved, SettingsSeen};
pub use settings::{
    ChangedKey, GatewayAccount, GatewayTest, RuleKey, RuleKind, SettingChange, StoreRules, TokenFault, TokenPlace,
    TokenStore, TypedToken,
};
pub use setup::SetupPage;
pub use shift::Shift;
pub use till::TillName;
pub use time::Timestamp;
