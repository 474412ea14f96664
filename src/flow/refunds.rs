//! The Refunds screen: a page of the record, one refund with its history, and what a manager does about it.
//!
//! **The state holds the page that is shown and nothing more**; searching and paging are effects. **An order leaves here
//! once**: while its answer is awaited nothing else is asked, and what the gateway brings meanwhile withdraws an order
//! that no longer fits.

use super::step::Turn;
use crate::domain::{
    HandDecision, HistoryEntry, HouseFault, LookupFault, Operator, OrderFault, Reason, Refund, RefundAction,
    RefundReference, Timestamp,
};

/// Which refunds are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RefundShow {
    /// All: what wants something first, then the newest.
    #[default]
    All,
    /// Being checked, waiting for a manager, or contradicted.
    Attention,
    /// Refunded.
    Refunded,
    /// Declined, not sent, not executed, given up.
    NotRefunded,
    /// Decided by a person.
    ByHand,
}

impl RefundShow {
    /// Every one, in the order of the buttons.
    pub const ALL: [Self; 5] = [Self::All, Self::Attention, Self::Refunded, Self::NotRefunded, Self::ByHand];
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefundQuery {
    /// Words that must all stand in a refund: of its number, amount, date, people, state.
    pub text: String,
    /// Which kinds.
    pub show: RefundShow,
    /// The page, from 0.
    pub page: u32,
}

/// One page of refunds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RefundPage {
    /// The refunds, as they are to be shown.
    pub refunds: Vec<Refund>,
    /// There are more behind them.
    pub more: bool,
    /// The search ended before the record did: this many refunds were looked at.
    pub looked_at: Option<u32>,
    /// People named in them who no longer work here.
    pub people: Vec<Operator>,
}

/// One refund as the record has it.
#[derive(Debug, Clone, PartialEq)]
pub struct RefundDetail {
    /// The refund.
    pub refund: Refund,
    /// The customer's wallet, where it is known.
    pub wallet: Option<String>,
    /// Everything that happened to it, the oldest first.
    pub history: Vec<HistoryEntry>,
    /// People named in it who no longer work here.
    pub people: Vec<Operator>,
}

/// Which order is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderKind {
    /// Send it again.
    SendAgain,
    /// Give it up.
    Release,
    /// Decide by hand.
    Decide,
}

impl OrderKind {
    /// Whether a refund as it stands takes such an order.
    pub fn fits(self, refund: &Refund) -> bool {
        match self {
            Self::SendAgain => refund.allows(RefundAction::SendAgain),
            Self::Release => refund.allows(RefundAction::Release),
            Self::Decide => refund.allows(RefundAction::SayRefunded) || refund.allows(RefundAction::SayNotExecuted),
        }
    }
}

/// What a manager orders, complete but for the PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundOrder {
    /// Send it again, after the gateway was asked once more.
    SendAgain {
        /// Why.
        reason: Reason,
    },
    /// Give it up.
    Release {
        /// Why.
        reason: Reason,
    },
    /// This is what became of it.
    Decide(HandDecision),
}

/// An order on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordering {
    /// Which.
    pub kind: OrderKind,
    /// The order, once its reason is written; then a manager's PIN is wanted.
    pub order: Option<RefundOrder>,
    /// It was given and its answer is awaited.
    pub waiting: Option<Turn>,
    /// Why it was not carried out.
    pub refused: Option<OrderFault>,
    /// When it was refused: waiting times count from here.
    pub refused_at: Option<Timestamp>,
}

impl Ordering {
    /// One that nothing is written of yet.
    pub const fn new(kind: OrderKind) -> Self {
        Self { kind, order: None, waiting: None, refused: None, refused_at: None }
    }
}

/// What the last question about the open refund showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckShown {
    /// The gateway has it.
    Found,
    /// The gateway does not have it.
    NotFound,
    /// No readable answer.
    Nothing(LookupFault),
}

/// The refund that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenRefund {
    /// It, with its history.
    pub detail: RefundDetail,
    /// Its history is being read.
    pub reading: Option<Turn>,
    /// The gateway is being asked.
    pub checking: Option<Turn>,
    /// What that showed, and when.
    pub shown: Option<(Timestamp, CheckShown)>,
    /// What a manager is about to order.
    pub ordering: Option<Ordering>,
    /// What was just carried out.
    pub done: Option<OrderKind>,
}

/// The Refunds screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Refunds {
    /// What is looked for.
    pub query: RefundQuery,
    /// The words looked for that the record does not have yet.
    pub unsaid: String,
    /// A page is being read.
    pub asking: Option<Turn>,
    /// Something was changed meanwhile: read again when the answer comes.
    pub stale: bool,
    /// The page, once it was read.
    pub page: Option<RefundPage>,
    /// Why the last one could not be read.
    pub fault: Option<HouseFault>,
    /// A refund is being looked up to be opened.
    pub opening: Option<(Turn, RefundReference)>,
    /// The one that is open.
    pub open: Option<Box<OpenRefund>>,
}

/// What happened on the Refunds screen, in the past tense.
#[derive(Debug, Clone)]
pub enum OnRefunds {
    /// F3 was pressed on Ready.
    Pressed,
    /// Words were typed into the search.
    Searched(String),
    /// Another kind was chosen.
    Shown(RefundShow),
    /// The next page was asked for, or the one before.
    Turned {
        /// The next.
        forward: bool,
    },
    /// The page was read.
    Listed {
        /// Whose answer this is.
        turn: Turn,
        /// The page.
        page: Box<RefundPage>,
    },
    /// It could not be read.
    Unlisted {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: HouseFault,
    },
    /// A refund was picked from the list.
    Picked(RefundReference),
    /// It was read, with its history.
    Read {
        /// Whose answer this is.
        turn: Turn,
        /// All of it.
        detail: Box<RefundDetail>,
    },
    /// It could not be read.
    Unread {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: HouseFault,
    },
    /// "Check now" was pressed.
    CheckPressed,
    /// The gateway was asked about it.
    Checked {
        /// Whose answer this is.
        turn: Turn,
        /// What that showed.
        shown: CheckShown,
    },
    /// "Send again…", "Release…" or "Decide by hand…" was pressed.
    OrderBegun(OrderKind),
    /// "Ask to send it again…" was pressed on a result.
    SendAgainPressed,
    /// The order's reason is written.
    OrderWritten(RefundOrder),
    /// The order was carried out, or for one that sends: it is on its way.
    Ordered {
        /// Whose answer this is.
        turn: Turn,
        /// The refund as it stands now.
        refund: Box<Refund>,
    },
    /// It was not carried out.
    OrderRefused {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: OrderFault,
    },
}
