//! Where the conversation stands: one variant a screen, with all that the screen shows.
//!
//! **A screen draws its state and nothing else.**

use std::collections::BTreeSet;

use super::about::AboutPage;
use super::on_settings::GatewayTrial;
use super::people::PeopleWork;
use super::refunds::Refunds;
use super::report::Reporting;
use super::step::Turn;
use crate::domain::{
    ApprovalFault, ApprovalId, Doubt, HouseFault, Intention, KeepFault, LookupFault, Money, MoneyError, OperatorId,
    Reason, RecordFault, Refund, RefundState, Refusal, SaleView, ScanRefusal, ScanSource, SetupPage, Timestamp,
    Weighed,
};

/// Where the conversation stands.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Nobody is signed in.
    Locked(Locked),
    /// Somebody is signed in and nothing is going on.
    Ready,
    /// Waiting for a code.
    Scan(Scanning),
    /// A sale is on the screen.
    Sale(Box<SaleReview>),
    /// Somebody has to approve.
    Approval(Box<Approving>),
    /// The refund is being recorded and sent. Nothing can be pressed.
    Sending(Box<Sending>),
    /// The outcome, final or not.
    Result(Box<Resulting>),
    /// The house failed before anything was sent.
    Problem(Box<Problem>),
    /// The record is looked at.
    Refunds(Box<Refunds>),
    /// A day's or a shift's report.
    Report(Box<Reporting>),
    /// The Settings pages, or the way in to them.
    Settings(Box<Settings>),
}

impl State {
    /// Where a scan means something: a refund to begin, or refunds to look for. Anywhere else it is dropped.
    pub fn hears_scans(&self) -> bool {
        match self {
            Self::Ready | Self::Scan(_) => true,
            Self::Refunds(refunds) => refunds.open.is_none(),
            _ => false,
        }
    }

    /// The name of the screen, for logs and tests.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Locked(Locked { first: Some(_), naming: Some(_), .. }) => "names",
            Self::Locked(Locked { first: Some(_), .. }) => "first",
            Self::Locked(_) => "locked",
            Self::Ready => "ready",
            Self::Scan(_) => "scan",
            Self::Sale(_) => "sale",
            Self::Approval(_) => "approval",
            Self::Sending(_) => "sending",
            Self::Result(_) => "result",
            Self::Problem(_) => "problem",
            Self::Refunds(refunds) => match &refunds.open {
                None => "refunds",
                Some(open) => match &open.ordering {
                    None => "refund",
                    Some(ordering) if ordering.order.is_none() => "order",
                    Some(_) => "order-pin",
                },
            },
            Self::Settings(settings) if settings.own_pin => "own-pin",
            Self::Settings(settings) if settings.guide.is_some() => "setup",
            Self::Report(_) => "report",
            Self::Settings(_) => "settings",
        }
    }
}

/// The Locked screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Locked {
    /// A PIN is being checked.
    pub checking: Option<Turn>,
    /// Why the last one was not accepted.
    pub refused: Option<ApprovalFault>,
    /// Nobody ever worked here: the first manager is made here.
    pub first: Option<PeopleWork>,
    /// Before that, what store and till are called.
    pub naming: Option<Naming>,
    /// Whose sale waits for them to come back.
    pub waits_for: Option<OperatorId>,
}

/// The first page of the first start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Naming {
    /// The names are being written into the settings file.
    pub waiting: bool,
    /// Why they were not.
    pub fault: Option<KeepFault>,
}

/// Where in the first start somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guide {
    /// The page.
    pub page: SetupPage,
    /// It was the last one, and that is being written down.
    pub finishing: bool,
}

/// A lookup under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The turn whose answer is awaited.
    pub turn: Turn,
    /// What is looked for, as scanned.
    pub text: String,
    /// Where it came from.
    pub source: ScanSource,
    /// Since when.
    pub since: Timestamp,
}

/// The Scan screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scanning {
    /// A lookup under way; the camera rests meanwhile.
    pub finding: Option<Finding>,
    /// What was wrong with the last code.
    pub problem: Option<ScanProblem>,
    /// A number is being typed: what the camera happens to see meanwhile does not take the screen away.
    pub typing: bool,
}

/// Why a code led to no sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanProblem {
    /// It is not one of ours.
    Refused(ScanRefusal),
    /// It looks like something else and is not in our ledger.
    Doubted(Doubt),
    /// It could not be found or looked for; the text, masked.
    Lookup {
        /// Why.
        why: LookupFault,
        /// What was looked for, masked.
        masked: String,
    },
}

/// How much is to be refunded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AmountChoice {
    /// All that is left.
    #[default]
    All,
    /// What somebody types: the text as it stands.
    Typed(String),
    /// These lines of the sale, by their place.
    Items(BTreeSet<usize>),
}

/// Why the chosen amount cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountProblem {
    /// Nothing is typed or ticked yet.
    Empty,
    /// It is not an amount of this currency.
    Unreadable(MoneyError),
    /// It is not allowed.
    Refused(Refusal),
}

/// What the cashier has chosen so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// How much.
    pub choice: AmountChoice,
    /// Why.
    pub reason: Option<Reason>,
}

/// Whether the gateway has confirmed the shown sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleCheck {
    /// It is being asked.
    Asking(Turn),
    /// It confirmed.
    Confirmed,
    /// It could not be asked, or does not agree; no refund until it does.
    Failed(LookupFault),
    /// This store does not ask.
    NotAsked,
}

/// The Sale screen.
#[derive(Debug, Clone, PartialEq)]
pub struct SaleReview {
    /// The sale and what has become of it.
    pub view: SaleView,
    /// Where its number came from.
    pub source: ScanSource,
    /// What the cashier has chosen.
    pub draft: Draft,
    /// Whether the gateway has confirmed it.
    pub check: SaleCheck,
    /// Why it cannot be refunded at all, if it cannot.
    pub refusal: Option<Refusal>,
    /// The chosen amount, or what is wrong with it.
    pub amount: Result<Money, AmountProblem>,
    /// Why the last attempt came back here, if one did.
    pub came_back: Option<RecordFault>,
}

impl SaleReview {
    /// True when "Ask the manager…" leads on.
    pub fn can_ask(&self) -> bool {
        self.refusal.is_none()
            && self.amount.is_ok()
            && self.draft.reason.is_some()
            && matches!(self.check, SaleCheck::Confirmed | SaleCheck::NotAsked)
    }
}

/// The Approval screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Approving {
    /// The sale, to go back to.
    pub review: SaleReview,
    /// What is to be approved.
    pub intention: Intention,
    /// True when the cashier may confirm this amount alone.
    pub cashier_alone: bool,
    /// The store's rules are being held against it.
    pub weighing: Option<Turn>,
    /// What they make of it, once that is known.
    pub weighed: Option<Weighed>,
    /// What the manager writes who lifts a rule.
    pub note: String,
    /// The first manager's yes, while a second one's is wanted.
    pub first: Option<FirstYes>,
    /// Whose PIN is being checked.
    pub approver: Option<OperatorId>,
    /// A PIN is being checked.
    pub checking: Option<Turn>,
    /// Why the last one was not accepted.
    pub refused: Option<ApprovalFault>,
    /// When it was refused: waiting times count from here.
    pub refused_at: Option<Timestamp>,
}

impl Approving {
    /// A rule that it breaks wants two managers.
    pub fn needs_two(&self) -> bool {
        self.weighed.as_ref().is_some_and(Weighed::needs_two)
    }

    /// A rule that it breaks wants a manager's note, and there is none that will do.
    pub fn wants_note(&self) -> bool {
        self.weighed.as_ref().is_some_and(Weighed::needs_note) && Reason::parse(self.note.trim()).is_err()
    }
}

/// The first of two managers has said yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstYes {
    /// The approval.
    pub approval: ApprovalId,
    /// Who gave it.
    pub approver: OperatorId,
}

/// How far sending has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendingStage {
    /// Being written down; nothing was sent.
    Recording(Turn),
    /// On its way, or waiting for the answer.
    Sent,
}

/// The Sending screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Sending {
    /// The sale, to come back to when the ledger refuses.
    pub review: SaleReview,
    /// What is being refunded.
    pub intention: Intention,
    /// How far it is.
    pub stage: SendingStage,
    /// Since when.
    pub since: Timestamp,
    /// The refund, once it is recorded.
    pub refund: Option<Refund>,
    /// What happened so far.
    pub steps: Vec<Step>,
}

/// The Result screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Resulting {
    /// The sale as it was when the refund was approved.
    pub view: SaleView,
    /// The refund as it stands.
    pub refund: Refund,
    /// What happened, oldest first.
    pub steps: Vec<Step>,
    /// When it is asked about next, while it is unresolved.
    pub next_check_at: Option<Timestamp>,
    /// Since when this screen shows this state.
    pub since: Timestamp,
}

/// How long a refund that went through stays on the screen, in milliseconds, unless somebody presses a key.
const SHOWN_MS: i64 = 20_000;

impl Resulting {
    /// When this screen ends by itself: only where the money went back and nobody has to do anything.
    pub fn finishes_at(&self) -> Option<Timestamp> {
        (self.refund.state == RefundState::Refunded).then(|| self.since.plus_ms(SHOWN_MS))
    }
}

/// One line of "what is happening".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: StepKind,
}

/// What happened to a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// It stands in the ledger.
    Recorded,
    /// It is on its way.
    Sent,
    /// It moved to this state.
    Moved(crate::domain::RefundState),
    /// It was asked about, for the n-th time, and this was shown.
    Asked {
        /// How often so far.
        times: u32,
        /// What it showed.
        evidence: super::event::Evidence,
    },
}

/// The Problem screen: nothing was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What failed.
    pub fault: HouseFault,
    /// What was to be refunded.
    pub intention: Intention,
    /// The sale, to try again from.
    pub review: SaleReview,
}

/// The pages of Settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SettingsPage {
    /// Scanners: how each is, and the test code.
    #[default]
    Scanner,
    /// The camera: which one, and its picture.
    Camera,
    /// The printer and the drawer: how they are, and a test page.
    Printer,
    /// Sounds: how loud, and each to be heard.
    Sound,
    /// The store's rules and reasons.
    Rules,
    /// How the gateway is reached, and its token.
    Gateway,
    /// Cashiers and managers: their names, PINs, roles and badges.
    People,
    /// Training: begin it, end it.
    Training,
    /// The window's language and colours.
    Display,
    /// What this till is: versions, files, its checks and a file for support.
    About,
}

impl SettingsPage {
    /// Every page, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Scanner,
        Self::Camera,
        Self::Printer,
        Self::Sound,
        Self::Rules,
        Self::Gateway,
        Self::People,
        Self::Display,
        Self::Training,
        Self::About,
    ];
}

/// Whether somebody may be here.
#[derive(Debug, Clone, PartialEq)]
pub enum Door {
    /// A manager has to give their PIN.
    Closed {
        /// A PIN is being checked.
        checking: Option<Turn>,
        /// Why the last one was not accepted.
        refused: Option<ApprovalFault>,
        /// When it was refused: waiting times count from here.
        refused_at: Option<Timestamp>,
    },
    /// A manager is here.
    Open {
        /// Who.
        by: OperatorId,
    },
}

/// The Settings pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Whether somebody may be here.
    pub door: Door,
    /// Which page is open.
    pub page: SettingsPage,
    /// What became of the last change, once that is known.
    pub kept: Option<Result<(), KeepFault>>,
    /// How many changes were answered so far.
    pub answers: u32,
    /// The gateway page.
    pub gateway: GatewayTrial,
    /// The page "About".
    pub about: AboutPage,
    /// The People page, or somebody's own PIN.
    pub people: PeopleWork,
    /// Somebody changes their own PIN; the door is closed behind it.
    pub own_pin: bool,
    /// The pages are those of the first start, one after another.
    pub guide: Option<Guide>,
}

impl Settings {
    /// The first page, or the way in to it.
    pub fn at(door: Door) -> Self {
        Self {
            door,
            page: SettingsPage::default(),
            kept: None,
            answers: 0,
            gateway: GatewayTrial::default(),
            about: AboutPage::default(),
            people: PeopleWork::default(),
            own_pin: false,
            guide: None,
        }
    }

    /// True once a manager is in.
    pub const fn is_open(&self) -> bool {
        matches!(self.door, Door::Open { .. })
    }

    /// True while this page is on the screen.
    pub fn shows(&self, page: SettingsPage) -> bool {
        self.is_open() && self.page == page
    }
}
