//! The Refunds screen: its ways in and out, orders given once, and what late, doubled and unknown events may not do.

use super::*;

fn on(what: OnRefunds) -> What {
    What::OnRefunds(what)
}

fn a_refund(state: RefundState) -> Refund {
    let mut talk = Talk::new(false);
    talk.reach_approval();
    let State::Approval(approving) = talk.flow.state() else { panic!("no approval") };
    let mut refund = refund(&approving.intention, state);
    refund.outcome = match state {
        RefundState::Unknown => Some(Outcome::Unknown { cause: UnknownCause::TimedOut, code: None }),
        RefundState::NotSent => Some(Outcome::NotSent { cause: NotSentCause::Unreachable }),
        _ => None,
    };
    refund
}

fn detail(refund: &Refund) -> Box<RefundDetail> {
    Box::new(RefundDetail { refund: refund.clone(), wallet: None, history: vec![], people: vec![] })
}

fn word(verdict: Verdict) -> RefundOrder {
    let evidence = EvidenceNumber::parse("D-1").unwrap();
    RefundOrder::Decide(HandDecision { verdict, reason: Reason::parse("seen").unwrap(), evidence })
}

fn again() -> RefundOrder {
    RefundOrder::SendAgain { reason: Reason::parse("they wait").unwrap() }
}

impl Talk {
    /// The turn of the only effect of that kind that was asked for last.
    fn asked_for(&self, name: &str) -> Option<Turn> {
        let mut found = self.asked.iter().filter(|effect| format!("{effect:?}").starts_with(name));
        let turn = found.next().map(|effect| match effect {
            Effect::ListRefunds { turn, .. }
            | Effect::ReadRefund { turn, .. }
            | Effect::CheckRefund { turn, .. }
            | Effect::OrderRefund { turn, .. } => *turn,
            _ => Turn::default(),
        });
        assert!(found.next().is_none(), "{name} twice: {:?}", self.asked);
        turn
    }

    fn reach_refund(&mut self, refund: &Refund) -> &mut Self {
        self.say(on(OnRefunds::Pressed)).on("refunds");
        let page = RefundPage { refunds: vec![refund.clone()], ..RefundPage::default() };
        let turn = self.asked_for("ListRefunds").unwrap();
        self.say(on(OnRefunds::Listed { turn, page: Box::new(page) }));
        self.say(on(OnRefunds::Picked(refund.reference.clone())));
        let turn = self.asked_for("ReadRefund").unwrap();
        self.say(on(OnRefunds::Read { turn, detail: detail(refund) })).on("refund")
    }

    fn reach_pin(&mut self, refund: &Refund, kind: OrderKind, order: RefundOrder) -> &mut Self {
        self.reach_refund(refund).say(on(OnRefunds::OrderBegun(kind))).on("order");
        self.say(on(OnRefunds::OrderWritten(order))).on("order-pin")
    }

    fn order(&mut self) -> Option<Turn> {
        let approver = OperatorId::parse(&ulid("M")).unwrap();
        self.say(What::PinGiven { approver, pin: Pin::parse("482913").unwrap() });
        self.asked_for("OrderRefund")
    }
}

#[test]
fn in_by_f3_and_out_by_esc_step_by_step() {
    let mut talk = Talk::new(false);
    let refund = a_refund(RefundState::NotExecuted);
    talk.reach_pin(&refund, OrderKind::SendAgain, again());
    talk.say(What::CancelPressed).on("order");
    talk.say(What::CancelPressed).on("refund");
    talk.say(What::CancelPressed).on("refunds");
    talk.say(What::CancelPressed).on("ready");
    talk.scan().on("scan").say(on(OnRefunds::Pressed)).on("scan");
    let mut locked = Talk::new(false);
    locked.say(What::LockPressed).say(on(OnRefunds::Pressed)).on("locked");
}

#[test]
fn an_order_is_given_once_and_only_with_its_reason_and_a_pin() {
    let refund = a_refund(RefundState::NotSent);
    let mut talk = Talk::new(false);
    talk.reach_refund(&refund);
    assert_eq!(talk.order(), None, "nothing was begun");
    talk.say(on(OnRefunds::OrderWritten(again()))).on("refund");
    talk.say(on(OnRefunds::OrderBegun(OrderKind::SendAgain)));
    assert_eq!(talk.order(), None, "no reason was written");
    let another = RefundOrder::Release { reason: Reason::parse("x").unwrap() };
    talk.say(on(OnRefunds::OrderWritten(another))).on("order");
    talk.say(on(OnRefunds::OrderWritten(again()))).on("order-pin");
    let turn = talk.order().expect("the order");
    assert_eq!(talk.order(), None, "the same PIN twice");
    talk.say(What::CancelPressed).on("order-pin");
    talk.say(on(OnRefunds::OrderBegun(OrderKind::Release))).on("order-pin");
    talk.say(on(OnRefunds::CheckPressed));
    assert_eq!(talk.asked_for("CheckRefund"), None, "nothing is asked while an order is under way");
    let late = Box::new(refund.clone());
    talk.say(on(OnRefunds::Ordered { turn: Turn::default(), refund: late })).on("order-pin");
    let sent = Box::new(Refund { state: RefundState::Sent, outcome: None, ..refund.clone() });
    talk.say(on(OnRefunds::Ordered { turn, refund: sent.clone() })).on("refund");
    talk.say(on(OnRefunds::Ordered { turn, refund: sent })).on("refund");
    assert!(talk.asked.is_empty(), "the same answer twice");
    assert_eq!(talk.order(), None);
    // It is on its way: nothing can be begun.
    for kind in [OrderKind::SendAgain, OrderKind::Release, OrderKind::Decide] {
        talk.say(on(OnRefunds::OrderBegun(kind))).on("refund");
    }
}

#[test]
fn a_refused_order_can_be_given_again_and_says_why() {
    let refund = a_refund(RefundState::Unknown);
    let mut talk = Talk::new(false);
    talk.reach_pin(&refund, OrderKind::Decide, word(Verdict::NotExecuted));
    let turn = talk.order().unwrap();
    let why = OrderFault::TooEarly { wait_seconds: 90 };
    talk.say(on(OnRefunds::OrderRefused { turn, why: why.clone() })).on("order-pin");
    assert!(talk.flow.counts_seconds());
    let State::Refunds(refunds) = talk.flow.state() else { panic!("not there") };
    let ordering = refunds.open.as_ref().unwrap().ordering.as_ref().unwrap();
    assert_eq!((ordering.refused.as_ref(), ordering.refused_at), (Some(&why), Some(NOW)));
    assert_ne!(talk.order(), Some(turn));
    talk.say(on(OnRefunds::OrderRefused { turn, why })).on("order-pin");
    assert!(talk.asked.is_empty(), "an answer to an earlier order");
}

#[test]
fn what_the_gateway_brings_withdraws_an_order_that_no_longer_fits() {
    let refund = a_refund(RefundState::Unknown);
    let found = Refund { state: RefundState::Refunded, ..refund.clone() };
    let mut talk = Talk::new(false);
    talk.reach_pin(&refund, OrderKind::Decide, word(Verdict::NotExecuted));
    talk.say(What::RefundMoved(Box::new(found.clone()))).on("refund");
    assert!(talk.asked_for("ReadRefund").is_some() && talk.asked_for("ListRefunds").is_some());
    assert_eq!(talk.order(), None);
    // One that was given waits for its own answer.
    let mut talk = Talk::new(false);
    talk.reach_pin(&refund, OrderKind::Decide, word(Verdict::NotExecuted));
    let turn = talk.order().unwrap();
    talk.say(What::RefundMoved(Box::new(found))).on("order-pin");
    talk.say(on(OnRefunds::OrderRefused { turn, why: OrderFault::Moved }));
    assert_eq!(talk.flow.state().name(), "order-pin");
    let read = talk.asked_for("ReadRefund").unwrap();
    let found = Refund { state: RefundState::Refunded, ..refund.clone() };
    talk.say(on(OnRefunds::Read { turn: read, detail: detail(&found) })).on("refund");
    // A contradiction takes sending again away too.
    let waiting = a_refund(RefundState::NotExecuted);
    let mut talk = Talk::new(false);
    talk.reach_pin(&waiting, OrderKind::SendAgain, again());
    let contradiction = Some(Contradiction { difference: Difference::Reported, since: NOW });
    talk.say(What::RefundMoved(Box::new(Refund { contradiction, ..waiting }))).on("refund");
    talk.say(on(OnRefunds::OrderBegun(OrderKind::SendAgain))).on("refund");
    talk.say(on(OnRefunds::OrderBegun(OrderKind::Decide))).on("order");
}

#[test]
fn another_refunds_moves_leave_the_open_one_alone() {
    let refund = a_refund(RefundState::Unknown);
    let mut talk = Talk::new(false);
    talk.reach_refund(&refund);
    let reference = RefundReference::parse("T3-01JD9K7R2W8M4Q6X0000000009").unwrap();
    let other = Refund { reference, state: RefundState::Refunded, ..refund.clone() };
    talk.say(What::RefundMoved(Box::new(other)));
    assert_eq!(talk.asked_for("ReadRefund"), None);
    let State::Refunds(refunds) = talk.flow.state() else { panic!("not there") };
    assert_eq!(refunds.open.as_ref().unwrap().detail.refund, refund);
}

#[test]
fn a_check_is_asked_once_and_its_late_answer_is_dropped() {
    let refund = a_refund(RefundState::Unknown);
    let mut talk = Talk::new(false);
    let turn = talk.reach_refund(&refund).say(on(OnRefunds::CheckPressed)).asked_for("CheckRefund").unwrap();
    assert_eq!(talk.say(on(OnRefunds::CheckPressed)).asked_for("CheckRefund"), None);
    talk.say(on(OnRefunds::OrderBegun(OrderKind::Decide))).on("refund");
    talk.say(on(OnRefunds::Checked { turn: Turn::default(), shown: CheckShown::Found }));
    assert!(talk.asked.is_empty());
    talk.say(on(OnRefunds::Checked { turn, shown: CheckShown::NotFound }));
    assert!(talk.asked_for("ReadRefund").is_some());
    let turn = talk.say(on(OnRefunds::CheckPressed)).asked_for("CheckRefund").unwrap();
    talk.say(What::CancelPressed).on("refunds");
    talk.say(on(OnRefunds::Checked { turn, shown: CheckShown::Found })).on("refunds");
    assert!(talk.asked.is_empty());
}

/// Each search once and masked, however many keys it took: when another begins, a refund is opened, or the list is left.
#[test]
fn every_search_is_on_the_record_once() {
    let refund = a_refund(RefundState::Refunded);
    let typed = |text: &str| on(OnRefunds::Searched(text.to_owned()));
    let mut talk = Talk::new(false);
    let searches = |talk: &Talk| -> Vec<String> {
        let of = |note: &Note| match note {
            Note::RefundsSearched { masked } => Some(masked.replace('\u{2022}', "*")),
            _ => None,
        };
        talk.notes.iter().filter_map(of).collect()
    };
    talk.say(on(OnRefunds::Pressed));
    for text in ["2", "29", "2975", "297553638301777927", "2975536383", "297553638301777927", ""] {
        talk.say(typed(text));
        assert!(searches(&talk).is_empty(), "{text}");
    }
    talk.say(typed("mei"));
    assert_eq!(searches(&talk), ["2975************27"]);
    talk.say(typed("mei chen"));
    let turn = talk.say(on(OnRefunds::Picked(refund.reference.clone()))).asked_for("ReadRefund").unwrap();
    talk.say(on(OnRefunds::Read { turn, detail: detail(&refund) }));
    assert_eq!(searches(&talk)[1..], ["mei **en"]);
    talk.say(What::CancelPressed).on("refunds");
    talk.say(typed("mei chen d"));
    talk.say(What::CancelPressed).on("ready");
    assert_eq!(searches(&talk).len(), 3);
    talk.say(on(OnRefunds::Pressed));
    talk.say(typed("125.00"));
    talk.say(What::LockPressed).on("locked");
    assert_eq!(searches(&talk)[3..], ["******"]);
}

#[test]
fn pages_are_asked_for_one_at_a_time_and_the_last_search_wins() {
    let mut talk = Talk::new(false);
    let first = talk.say(on(OnRefunds::Pressed)).asked_for("ListRefunds").unwrap();
    for text in ["1", "12", "125"] {
        assert_eq!(talk.say(on(OnRefunds::Searched(text.into()))).asked_for("ListRefunds"), None);
    }
    let page = || Box::new(RefundPage { more: true, ..RefundPage::default() });
    talk.say(on(OnRefunds::Listed { turn: Turn::default(), page: page() }));
    assert!(talk.asked.is_empty(), "nobody asked for that");
    let second = talk.say(on(OnRefunds::Listed { turn: first, page: page() })).asked_for("ListRefunds").unwrap();
    let State::Refunds(refunds) = talk.flow.state() else { panic!("not there") };
    assert_eq!(refunds.query.text, "125");
    assert_eq!(talk.say(on(OnRefunds::Turned { forward: true })).asked_for("ListRefunds"), None, "not while reading");
    talk.say(on(OnRefunds::Listed { turn: second, page: page() }));
    assert!(talk.say(on(OnRefunds::Turned { forward: false })).asked.is_empty(), "there is none before");
    let third = talk.say(on(OnRefunds::Turned { forward: true })).asked_for("ListRefunds").unwrap();
    talk.say(on(OnRefunds::Unlisted { turn: third, why: HouseFault::LedgerBroken }));
    talk.say(on(OnRefunds::Shown(RefundShow::Attention)));
    let State::Refunds(refunds) = talk.flow.state() else { panic!("not there") };
    assert_eq!((refunds.query.page, refunds.fault), (0, Some(HouseFault::LedgerBroken)));
}

#[test]
fn a_scan_looks_for_the_receipts_refunds_and_does_nothing_over_one_that_is_open() {
    let mut talk = Talk::new(false);
    let turn = talk.say(on(OnRefunds::Pressed)).asked_for("ListRefunds").unwrap();
    talk.say(on(OnRefunds::Listed { turn, page: Box::default() }));
    assert!(talk.scan().on("refunds").asked_for("ListRefunds").is_some());
    let refund = a_refund(RefundState::NotSent);
    let mut talk = Talk::new(false);
    talk.reach_refund(&refund);
    assert!(talk.scan().on("refund").asked.is_empty());
    talk.say(on(OnRefunds::OrderBegun(OrderKind::Release)));
    assert!(talk.scan().on("order").asked.is_empty());
}

#[test]
fn from_a_result_that_did_not_happen_straight_to_its_order() {
    for (state, expected) in
        [(RefundState::NotSent, "order"), (RefundState::Declined, "result"), (RefundState::Unknown, "result")]
    {
        let mut talk = Talk::new(false);
        let turn = talk.reach_approval().give_pin();
        talk.say(What::Approved { turn, approval: ApprovalId::parse(&ulid("A")).unwrap() });
        let turn = talk.turn();
        let State::Sending(sending) = talk.flow.state() else { panic!("not sending") };
        let refund = refund(&sending.intention, RefundState::Prepared);
        talk.say(What::RefundRecorded { turn, refund: Box::new(refund.clone()) });
        talk.say(What::RefundMoved(Box::new(Refund { state, ..refund }))).on("result");
        talk.say(on(OnRefunds::SendAgainPressed)).on(expected);
        talk.say(on(OnRefunds::SendAgainPressed)).on(expected);
    }
}

#[test]
fn sending_again_ends_with_its_outcome_on_the_screen_and_what_is_unclear_is_followed_up() {
    let refund = a_refund(RefundState::NotExecuted);
    let mut talk = Talk::new(false);
    talk.reach_pin(&refund, OrderKind::SendAgain, again());
    let turn = talk.order().unwrap();
    let sent = Refund { state: RefundState::Sent, outcome: None, attempt: 2, ..refund };
    talk.say(on(OnRefunds::Ordered { turn, refund: Box::new(sent.clone()) }));
    talk.say(What::RefundMoved(Box::new(Refund { state: RefundState::Unknown, ..sent.clone() })));
    assert!(talk.asked_for("ResolveRefund").is_some() && talk.asked_for("Signal").is_some());
    talk.say(What::RefundMoved(Box::new(Refund { state: RefundState::Refunded, ..sent })));
    assert!(talk.asked_for("ResolveRefund").is_none());
    assert!(talk.asked.iter().any(|effect| matches!(effect, Effect::Signal(Signal::Done))));
}

#[test]
fn a_managers_word_that_the_refund_does_not_allow_is_not_taken() {
    let refund = a_refund(RefundState::NotExecuted);
    let mut talk = Talk::new(false);
    talk.reach_refund(&refund).say(on(OnRefunds::OrderBegun(OrderKind::Decide))).on("order");
    talk.say(on(OnRefunds::OrderWritten(word(Verdict::NotExecuted)))).on("order");
    talk.say(on(OnRefunds::OrderWritten(word(Verdict::Refunded)))).on("order-pin");
}
