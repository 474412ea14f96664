//! What happens to the conversation, in the past tense.
//!
//! **One closed list**: whatever the flow reacts to stands here.

use super::on_settings::{KeptSetting, OnSettings};
use super::people::OnPeople;
use super::printing::OnDevices;
use super::refunds::OnRefunds;
use super::report::OnReport;
use super::setup::OnSetup;
use super::state::SettingsPage;
use super::step::Turn;
use crate::domain::{
    ApprovalFault, ApprovalId, KeepFault, LookupFault, Operator, OperatorId, Pin, Reason, RecordFault, Refund,
    RefundReference, SaleView, ScanSource, Scanned, SettingChange, Timestamp, Weighed,
};

/// Something that happened, and when.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What a query about an unresolved refund showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The gateway has it: the refund moved, and its new state comes in [`What::RefundMoved`].
    Found,
    /// A readable answer without it: one of several needed.
    NotFound,
    /// No readable answer. It says nothing about the refund.
    Failed,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum What {
    /// Somebody gave a PIN on the Locked screen.
    SignInAsked {
        /// Who they say they are.
        operator: OperatorId,
        /// Their PIN.
        pin: Pin,
    },
    /// The PIN was right.
    SignedIn {
        /// Whose answer this is.
        turn: Turn,
        /// Who is signed in now.
        operator: Operator,
    },
    /// The PIN was not accepted.
    SignInRefused {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: ApprovalFault,
    },
    /// Lock was pressed.
    LockPressed,
    /// Nobody touched the till for long.
    LeftAlone,
    /// Refund was pressed on Ready.
    RefundPressed,
    /// A code was read by camera or scanner, or a number typed and confirmed.
    CodeScanned {
        /// What the text means.
        meaning: Scanned,
        /// Where it came from.
        source: ScanSource,
        /// The text, masked, for the record.
        masked: String,
    },
    /// A number is being typed by hand, or no longer.
    Typing(bool),
    /// The sale was found.
    SaleFound {
        /// Whose answer this is.
        turn: Turn,
        /// The sale and what became of it.
        view: Box<SaleView>,
        /// True when the gateway has just confirmed it, so that it need not be asked again.
        confirmed: bool,
    },
    /// The sale was not found, or could not be looked for.
    SaleMissing {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: LookupFault,
    },
    /// The gateway confirmed the shown sale; this is how it stands now.
    SaleConfirmed {
        /// Whose answer this is.
        turn: Turn,
        /// The sale, with refunds made elsewhere.
        view: Box<SaleView>,
    },
    /// The gateway could not confirm the shown sale.
    SaleUnconfirmed {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: LookupFault,
    },
    /// "Ask again" was pressed after the gateway could not confirm.
    CheckAgainPressed,
    /// "All that is left" was pressed.
    AllChosen,
    /// Another amount was typed; the text as it stands.
    AmountTyped(String),
    /// A line of the sale was ticked or unticked.
    ItemToggled(usize),
    /// Only a part of a code came; nothing of it is known.
    CodeTorn,
    /// A reason was chosen or written.
    ReasonChosen(Reason),
    /// "Ask the manager…" was pressed.
    ApprovalAsked,
    /// A PIN was given to approve.
    PinGiven {
        /// Who approves.
        approver: OperatorId,
        /// Their PIN.
        pin: Pin,
    },
    /// What the manager writes who lifts a rule; the text as it stands.
    NoteTyped(String),
    /// The store's rules were held against what is to be approved.
    Weighed {
        /// Whose answer this is.
        turn: Turn,
        /// What they make of it.
        weighed: Result<Weighed, ApprovalFault>,
    },
    /// The second manager's yes stands in the ledger.
    Countersigned {
        /// Whose answer this is.
        turn: Turn,
    },
    /// The approval stands in the ledger and waits for a second manager's.
    Approved {
        /// Whose answer this is.
        turn: Turn,
        /// The approval.
        approval: ApprovalId,
    },
    /// The approval was not given.
    ApprovalRefused {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: ApprovalFault,
    },
    /// The refund stands in the ledger as `Prepared`.
    RefundRecorded {
        /// Whose answer this is.
        turn: Turn,
        /// The refund.
        refund: Box<Refund>,
    },
    /// The refund was not recorded; nothing was sent.
    RecordFailed {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: RecordFault,
    },
    /// A refund moved to another state, here or in the background.
    RefundMoved(Box<Refund>),
    /// A query about an unresolved refund came back.
    RefundChecked {
        /// Which refund.
        reference: RefundReference,
        /// What it showed.
        evidence: Evidence,
        /// How often it was asked about so far.
        asked: u32,
        /// When it is asked about next, if it is.
        next_at: Option<Timestamp>,
    },
    /// Something on the Refunds screen.
    OnRefunds(OnRefunds),
    /// Something with paper, drawer or sounds.
    OnDevices(OnDevices),
    /// Something on the Report screen.
    OnReport(OnReport),
    /// Esc, Cancel or Leave.
    CancelPressed,
    /// "Next refund" on a result.
    NextPressed,
    /// "Finish" on a result.
    FinishPressed,
    /// "Settings…" on Ready.
    SettingsPressed,
    /// A manager's PIN was given on the way in to Settings.
    ManagerPinGiven {
        /// Who they say they are.
        operator: OperatorId,
        /// Their PIN.
        pin: Pin,
    },
    /// Another page of Settings was chosen.
    SettingsPageChosen(SettingsPage),
    /// A setting was changed on one of its pages.
    SettingChosen(SettingChange),
    /// The change stands in the settings file, or does not.
    SettingKept(Result<Box<KeptSetting>, KeepFault>),
    /// Something else on a page of Settings.
    OnSettings(OnSettings),
    /// Something in the first start.
    OnSetup(OnSetup),
    /// "Look again" on the camera page.
    CamerasAsked,
    /// Something about people: badges, the first manager, changes.
    OnPeople(OnPeople),
    /// The list of people changed.
    OperatorsKnown(Vec<Operator>),
    /// A second went by while something on screen counts seconds.
    TimePassed,
}
