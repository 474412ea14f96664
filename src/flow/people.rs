//! People in the conversation: badges, sign-in by PIN alone, the first manager, and changes to people.
//!
//! **A scan can never press a button, nor can a badge**: on Locked and at the door of Settings it is somebody's name and
//! PIN at once; under a refund or an order it says who is there, and a person presses the button. **A badge that was
//! scanned is in no state**: it lies in the flow, for half a minute at most and not beyond its screen, and only its
//! owner's name is shown. On every other screen a badge is dropped.

use super::effect::{Effect, Signal};
use super::refunds::Ordering;
use super::state::{Door, Locked, Settings, State};
use super::step::{Flow, Turn};
use crate::domain::{
    Act, ApprovalFault, Badge, Language, Operator, OperatorId, OperatorName, PeopleFault, PersonChange, Pin, Proof,
    Timestamp,
};

/// For so long a badge that was scanned waits for its owner to press the button, in milliseconds.
const IN_HAND_MS: i64 = 30_000;

/// What happened about people, in the past tense.
#[derive(Debug, Clone)]
pub enum OnPeople {
    /// A scanner read a badge.
    BadgeScanned(Badge),
    /// Whose it is.
    BadgeKnown {
        /// Whose answer this is.
        turn: Turn,
        /// Its owner.
        operator: Operator,
    },
    /// It is nobody's.
    BadgeRefused {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: ApprovalFault,
    },
    /// The button was pressed with a badge in hand.
    BadgeConfirmed,
    /// A PIN was given on the Locked screen without a name.
    PinAloneGiven(Pin),
    /// The first manager was named.
    FirstManagerGiven {
        /// What they are called.
        name: OperatorName,
        /// Their PIN.
        pin: Pin,
    },
    /// "Change my PIN…" was pressed.
    OwnPinPressed,
    /// The old PIN and a new one were given.
    OwnPinGiven {
        /// The one they have.
        old: Pin,
        /// The one they want.
        new: Pin,
    },
    /// A manager changes something about people.
    Changed(PersonChange),
    /// "Remove the file" was pressed under a badge that was made.
    BadgeFilePrinted,
    /// It was done.
    Done {
        /// Whose answer this is.
        turn: Turn,
        /// What.
        done: PeopleDone,
    },
    /// It was not.
    Refused {
        /// Whose answer this is.
        turn: Turn,
        /// Why.
        why: PeopleFault,
    },
    /// Who works here, and who of them has a badge.
    Known {
        /// Everyone who may sign in or approve.
        operators: Vec<Operator>,
        /// Who has a badge.
        holders: Vec<OperatorId>,
        /// Who reads the window in which language, where it is not the store's.
        languages: Vec<(OperatorId, Language)>,
    },
}

/// Something about people to be done.
#[derive(Debug, Clone)]
pub enum PeopleTask {
    /// Sign in whoever has this PIN or badge.
    SignIn(Proof),
    /// Find out whose badge this is.
    ReadBadge(Badge),
    /// Make the first manager, and sign them in.
    First {
        /// What they are called.
        name: OperatorName,
        /// Their PIN.
        pin: Pin,
    },
    /// Change somebody's own PIN.
    OwnPin {
        /// Whose.
        who: OperatorId,
        /// The one they have.
        old: Pin,
        /// The one they want.
        new: Pin,
    },
    /// Change something about people.
    Change {
        /// Who does it.
        by: OperatorId,
        /// What.
        change: PersonChange,
    },
    /// Remove the file of the badge that was made last.
    RemoveBadgeFile,
}

/// What was done about people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleDone {
    /// Somebody was added, renamed, removed, given a PIN or a role, or had their badge revoked.
    Changed,
    /// A badge was made, into this file.
    BadgeMade {
        /// Where it is.
        file: String,
    },
    /// The file is gone.
    BadgeFileRemoved,
    /// Somebody has another PIN.
    OwnPin,
}

/// What is waited for about people, and what came of the last change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleWork {
    /// The turn whose answer is awaited.
    pub waiting: Option<Turn>,
    /// How the last change ended.
    pub answer: Option<Result<PeopleDone, PeopleFault>>,
    /// When it was refused: waiting times count from here.
    pub refused_at: Option<Timestamp>,
    /// How many changes were answered so far.
    pub answers: u32,
}

impl PeopleWork {
    fn begin(&mut self, turn: Turn) -> bool {
        let free = self.waiting.is_none();
        if free {
            (self.waiting, self.answer) = (Some(turn), None);
        }
        free
    }

    fn end(&mut self, turn: Turn, answer: Result<PeopleDone, PeopleFault>, at: Timestamp) -> bool {
        let ours = self.waiting == Some(turn);
        if ours {
            self.refused_at = answer.is_err().then_some(at);
            (self.waiting, self.answer, self.answers) = (None, Some(answer), self.answers.wrapping_add(1));
        }
        ours
    }
}

/// A badge that was scanned under a refund or an order.
#[derive(Debug, Clone)]
pub(super) struct InHand {
    turn: Turn,
    badge: Badge,
    owner: Option<Operator>,
    since: Timestamp,
}

impl State {
    /// Whether a badge means something here. Elsewhere it is dropped.
    pub fn hears_badges(&self) -> bool {
        match self {
            Self::Locked(locked) => locked.checking.is_none() && locked.first.is_none(),
            Self::Settings(settings) => {
                matches!(settings.door, Door::Closed { checking: None, .. }) && !settings.own_pin
            }
            Self::Approval(_) => true,
            Self::Refunds(_) => self.name() == "order-pin",
            _ => false,
        }
    }
}

impl Flow {
    /// Whose badge waits for the button to be pressed.
    pub fn badge_in_hand(&self) -> Option<&OperatorId> {
        self.in_hand.as_ref().and_then(|in_hand| in_hand.owner.as_ref()).map(|owner| &owner.id)
    }

    /// Who reads the window in which language, where it is not the store's.
    pub fn languages(&self) -> &[(OperatorId, Language)] {
        &self.languages
    }

    /// Who has a badge.
    pub fn badge_holders(&self) -> &[OperatorId] {
        &self.holders
    }

    /// Lets go of a badge whose screen is gone, or whose time is over.
    pub(super) fn let_go_of_badge(&mut self, at: Timestamp) {
        let here = matches!(self.state, State::Approval(_) | State::Refunds(_)) && self.state.hears_badges();
        if self.in_hand.as_ref().is_some_and(|hand| !here || at.ms_since(hand.since) > IN_HAND_MS || at < hand.since) {
            self.in_hand = None;
        }
    }

    pub(super) fn on_people(&mut self, at: Timestamp, what: OnPeople) -> Vec<Effect> {
        match what {
            OnPeople::BadgeScanned(badge) => self.badge_scanned(at, badge),
            OnPeople::BadgeKnown { turn, operator } => self.badge_known(turn, operator),
            OnPeople::BadgeRefused { turn, why } => self.badge_refused(at, turn, why),
            OnPeople::BadgeConfirmed => self.badge_confirmed(),
            OnPeople::PinAloneGiven(pin) => self.sign_in_alone(Proof::Pin(pin)),
            OnPeople::FirstManagerGiven { name, pin } => self.make_first_manager(name, pin),
            OnPeople::OwnPinPressed => self.open_own_pin(),
            OnPeople::OwnPinGiven { old, new } => self.change_own_pin(old, new),
            OnPeople::Changed(change) => self.change_people(change),
            OnPeople::BadgeFilePrinted => {
                if self.here_for(Act::ChangePeople).is_some() {
                    self.begin(PeopleTask::RemoveBadgeFile)
                } else {
                    vec![]
                }
            }
            OnPeople::Done { turn, done } => self.people_done(at, turn, Ok(done)),
            OnPeople::Refused { turn, why } => self.people_done(at, turn, Err(why)),
            OnPeople::Known { operators, holders, languages } => {
                (self.holders, self.languages) = (holders, languages);
                self.people_known(at, operators)
            }
        }
    }

    fn badge_scanned(&mut self, at: Timestamp, badge: Badge) -> Vec<Effect> {
        if !self.state.hears_badges() {
            return vec![];
        }
        match &self.state {
            State::Approval(approving) if approving.checking.is_some() => return vec![],
            State::Refunds(_) if self.ordering().is_none_or(|ordering| ordering.waiting.is_some()) => return vec![],
            State::Approval(_) | State::Refunds(_) => {}
            _ => return self.sign_in_alone(Proof::Badge(badge)),
        }
        let turn = self.next_turn();
        self.in_hand = Some(InHand { turn, badge: badge.clone(), owner: None, since: at });
        vec![Effect::People { turn, task: PeopleTask::ReadBadge(badge) }]
    }

    fn ordering(&self) -> Option<&Ordering> {
        match &self.state {
            State::Refunds(refunds) => refunds.open.as_ref()?.ordering.as_ref(),
            _ => None,
        }
    }

    fn badge_known(&mut self, turn: Turn, operator: Operator) -> Vec<Effect> {
        match &mut self.in_hand {
            Some(in_hand) if in_hand.turn == turn => {
                in_hand.owner = Some(operator);
                self.forget_refusal();
                vec![Effect::Signal(Signal::Read)]
            }
            _ => vec![],
        }
    }

    /// What was refused before is no longer what is being said.
    fn forget_refusal(&mut self) {
        match &mut self.state {
            State::Approval(approving) => approving.refused = None,
            State::Refunds(refunds) => {
                if let Some(ordering) = refunds.open.as_mut().and_then(|open| open.ordering.as_mut()) {
                    ordering.refused = None;
                }
            }
            _ => {}
        }
    }

    fn badge_refused(&mut self, at: Timestamp, turn: Turn, why: ApprovalFault) -> Vec<Effect> {
        if self.in_hand.as_ref().is_none_or(|in_hand| in_hand.turn != turn) {
            return vec![];
        }
        self.in_hand = None;
        match &mut self.state {
            State::Approval(approving) => (approving.refused, approving.refused_at) = (Some(why), Some(at)),
            State::Refunds(refunds) => {
                if let Some(ordering) = refunds.open.as_mut().and_then(|open| open.ordering.as_mut()) {
                    ordering.refused = Some(crate::domain::OrderFault::Person(why));
                    ordering.refused_at = Some(at);
                }
            }
            _ => {}
        }
        vec![Effect::Signal(Signal::Refused)]
    }

    /// The press that approves or orders: by whoever the badge belongs to.
    fn badge_confirmed(&mut self) -> Vec<Effect> {
        let Some(InHand { badge, owner: Some(owner), .. }) = self.in_hand.take() else { return vec![] };
        let proof = Proof::Badge(badge);
        match self.state {
            State::Approval(_) => self.give_proof(owner.id, proof),
            State::Refunds(_) => self.give_order(owner.id, proof),
            _ => vec![],
        }
    }

    /// A PIN or a badge without a name: on Locked it signs in, at the door of Settings it opens them.
    fn sign_in_alone(&mut self, proof: Proof) -> Vec<Effect> {
        let turn = self.next_turn();
        match &mut self.state {
            State::Locked(locked) if locked.checking.is_none() && locked.first.is_none() => {
                (locked.checking, locked.refused) = (Some(turn), None);
            }
            State::Settings(settings) => match &mut settings.door {
                Door::Closed { checking, refused, .. } if checking.is_none() && !settings.own_pin => {
                    (*checking, *refused) = (Some(turn), None);
                }
                Door::Closed { .. } | Door::Open { .. } => return vec![],
            },
            _ => return vec![],
        }
        vec![Effect::People { turn, task: PeopleTask::SignIn(proof) }]
    }

    fn make_first_manager(&mut self, name: OperatorName, pin: Pin) -> Vec<Effect> {
        let turn = self.next_turn();
        let begun = match &mut self.state {
            State::Locked(Locked { first: Some(first), .. }) => first.begin(turn),
            _ => false,
        };
        if begun { vec![Effect::People { turn, task: PeopleTask::First { name, pin } }] } else { vec![] }
    }

    /// Whoever is signed in gives themselves another PIN, from the door of Settings.
    fn open_own_pin(&mut self) -> Vec<Effect> {
        if self.operator.is_some()
            && let State::Settings(settings) = &mut self.state
            && matches!(settings.door, Door::Closed { checking: None, .. })
        {
            settings.own_pin = true;
            settings.people = PeopleWork::default();
        }
        vec![]
    }

    fn change_own_pin(&mut self, old: Pin, new: Pin) -> Vec<Effect> {
        let Some(who) = self.operator.as_ref().map(|operator| operator.id.clone()) else { return vec![] };
        match &self.state {
            State::Settings(settings) if settings.own_pin => self.begin(PeopleTask::OwnPin { who, old, new }),
            _ => vec![],
        }
    }

    fn change_people(&mut self, change: PersonChange) -> Vec<Effect> {
        match self.here_for(Act::ChangePeople) {
            Some(by) => self.begin(PeopleTask::Change { by, change }),
            None => vec![],
        }
    }

    /// One change at a time.
    fn begin(&mut self, task: PeopleTask) -> Vec<Effect> {
        let turn = self.next_turn();
        let begun = match &mut self.state {
            State::Settings(settings) => settings.people.begin(turn),
            _ => false,
        };
        if begun { vec![Effect::People { turn, task }] } else { vec![] }
    }

    fn people_done(&mut self, at: Timestamp, turn: Turn, answer: Result<PeopleDone, PeopleFault>) -> Vec<Effect> {
        let signal = if answer.is_ok() { Signal::Done } else { Signal::Refused };
        let ours = match &mut self.state {
            State::Locked(Locked { first: Some(first), .. }) => first.end(turn, answer, at),
            State::Settings(settings) => settings.people.end(turn, answer, at),
            _ => false,
        };
        if ours { vec![Effect::Signal(signal)] } else { vec![] }
    }

    /// The list of people changed. Who is signed in and was removed is not any longer; nothing is taken out of their
    /// hands while a refund is being sent.
    pub(super) fn people_known(&mut self, at: Timestamp, operators: Vec<Operator>) -> Vec<Effect> {
        self.operators = operators;
        let is_sending = matches!(self.state, State::Sending(_));
        let Some(signed_in) = &self.operator else { return vec![] };
        match self.operators.iter().find(|known| known.id == signed_in.id) {
            Some(known) => {
                self.operator = Some(known.clone());
                vec![]
            }
            None if is_sending => vec![],
            None => self.lock(at, false),
        }
    }
}

impl Settings {
    /// Whether the page is open on which somebody changes their own PIN.
    pub const fn changes_own_pin(&self) -> bool {
        self.own_pin
    }
}
