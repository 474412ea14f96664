//! The Refunds screen in every state worth looking at: the list, one refund as it can stand, each order, each refusal.

use tillback::domain::{
    ApprovalFault, Contradiction, Decision, DecisionKind, DeclineCause, Difference, EvidenceNumber, HandDecision,
    HistoryEntry, HistoryStep, LookupFault, NotSentCause, OrderFault, Outcome, Pin, Reason, Refund, RefundReference,
    RefundState, UnknownCause, Verdict,
};
use tillback::flow::{CheckShown, OnRefunds, OrderKind, RefundOrder, RefundShow, What};
use tillback::terminal::Till;

use super::scenes::Scene;
use super::{FakeTill, NOW, PIN, World, dana, luis, mei, refund_of, refunded, sale, usd};

/// A refund that stands there, of so much, so many minutes ago.
pub fn standing(number: u32, state: RefundState, minor: i64, minutes: i64) -> Refund {
    let outcome = match state {
        RefundState::Prepared | RefundState::Sent => None,
        RefundState::Refunded => Some(refunded()),
        RefundState::Declined => Some(Outcome::Declined { cause: DeclineCause::Wallet, code: "000200".to_owned() }),
        RefundState::Pending => Some(Outcome::Pending),
        RefundState::Unknown => Some(Outcome::Unknown { cause: UnknownCause::TimedOut, code: Some("HTTP 502".into()) }),
        RefundState::NotSent | RefundState::Abandoned => Some(Outcome::NotSent { cause: NotSentCause::Unreachable }),
        RefundState::NotExecuted => Some(Outcome::NotExecuted),
    };
    let mut refund = refund_of(&sale().sale, usd(minor), state, outcome, NOW.plus_ms(-minutes * 60_000));
    refund.reference = RefundReference::parse(&format!("T3-01JD9K7R2W8M4Q6X{number:010}")).unwrap();
    if state == RefundState::Abandoned {
        refund.decision = Some(decision(DecisionKind::Abandoned));
    }
    refund
}

pub fn decision(kind: DecisionKind) -> Decision {
    Decision {
        kind,
        by: luis().id,
        reason: Reason::parse("Seen in the dashboard").unwrap(),
        evidence: EvidenceNumber::parse("297553638302358781").ok(),
        at: NOW.plus_ms(-60_000),
        confirmed_at: None,
    }
}

pub fn decided(number: u32, kind: DecisionKind, state: RefundState) -> Refund {
    Refund { decision: Some(decision(kind)), ..standing(number, state, 2740, 42) }
}

pub fn contradicted(number: u32, state: RefundState, difference: Difference) -> Refund {
    let contradiction = Some(Contradiction { difference, since: NOW.plus_ms(-30_000) });
    Refund { contradiction, ..standing(number, state, 2740, 42) }
}

fn history() -> Vec<HistoryEntry> {
    let at = |minutes: i64| NOW.plus_ms(-minutes * 60_000);
    let reason = || Reason::parse("The customer is waiting").ok();
    let evidence = || EvidenceNumber::parse("297553638302358781").ok();
    let line = |minutes, who: bool, step| HistoryEntry { at: at(minutes), who: who.then(|| luis().id), step };
    let moved = |to| HistoryStep::Moved { to, code: None, gateway_refund_no: None };
    let by_hand = |to| HistoryStep::MovedByHand { to, reason: reason(), evidence: evidence() };
    vec![
        HistoryEntry { at: at(1500), who: Some(mei().id), step: HistoryStep::Prepared },
        line(1500, false, HistoryStep::Sent),
        line(
            1499,
            false,
            HistoryStep::Moved { to: RefundState::Unknown, code: Some("HTTP 502".to_owned()), gateway_refund_no: None },
        ),
        line(1498, false, HistoryStep::NotFound { answers: 1 }),
        line(1493, false, HistoryStep::NotFound { answers: 2 }),
        line(1488, false, HistoryStep::NotFound { answers: 3 }),
        line(1488, false, moved(RefundState::NotExecuted)),
        line(60, true, HistoryStep::SentAgain { reason: reason() }),
        line(60, false, moved(RefundState::NotSent)),
        line(50, true, by_hand(RefundState::NotExecuted)),
        line(40, false, HistoryStep::Contradicted(Difference::Reported)),
        line(30, true, HistoryStep::Stands { reason: reason(), evidence: evidence() }),
        line(20, true, by_hand(RefundState::Refunded)),
        line(10, false, HistoryStep::Contradicted(Difference::NotReported)),
        line(5, false, HistoryStep::Confirmed { gateway_refund_no: None }),
    ]
}

/// The record of a till with something of everything.
pub fn record() -> Vec<Refund> {
    vec![
        standing(1, RefundState::Unknown, 2740, 3),
        contradicted(2, RefundState::NotExecuted, Difference::Reported),
        standing(3, RefundState::NotSent, 12_850, 45),
        decided(4, DecisionKind::Refunded, RefundState::Refunded),
        standing(5, RefundState::Refunded, 995, 1500),
        standing(6, RefundState::Declined, 995, 1501),
    ]
}

pub fn world(refunds: Vec<Refund>) -> World {
    let waiting = refunds.iter().filter(|refund| refund.waits_for_a_manager()).count();
    World { refunds, history: history(), waiting, ..World::default() }
}

pub fn to_list(till: &FakeTill) {
    till.tell(What::OnRefunds(OnRefunds::Pressed));
}

/// Opens the first of the record.
pub fn to_refund(till: &FakeTill) {
    to_list(till);
    let reference = till.world.lock().unwrap().refunds[0].reference.clone();
    till.tell(What::OnRefunds(OnRefunds::Picked(reference)));
}

fn begin(till: &FakeTill, kind: OrderKind) {
    to_refund(till);
    till.tell(What::OnRefunds(OnRefunds::OrderBegun(kind)));
}

fn write(till: &FakeTill, order: RefundOrder) {
    till.tell(What::OnRefunds(OnRefunds::OrderWritten(order)));
}

fn again(till: &FakeTill) {
    begin(till, OrderKind::SendAgain);
    write(till, RefundOrder::SendAgain { reason: Reason::parse("The customer is waiting").unwrap() });
}

fn word(till: &FakeTill) {
    begin(till, OrderKind::Decide);
    let evidence = EvidenceNumber::parse(&"9".repeat(100)).unwrap();
    let reason = Reason::parse(&"It was seen there ".repeat(6)).unwrap();
    write(till, RefundOrder::Decide(HandDecision { verdict: Verdict::NotExecuted, reason, evidence }));
}

fn give(till: &FakeTill) {
    till.tell(What::PinGiven { approver: luis().id, pin: Pin::parse(PIN).unwrap() });
}

pub fn all() -> Vec<Scene> {
    let scene = |name, world, play| Scene { name, world, play, taps: &[] };
    let one = |state| world(vec![standing(1, state, 2740, 3)]);
    let mut scenes = vec![
        scene("ready, refunds to look at", World { unresolved: 2, contradicted: 1, ..world(record()) }, |_| ()),
        scene("refunds", world(record()), to_list),
        scene("refunds, more pages", World { more: true, ..world(record()) }, |till| {
            to_list(till);
            till.tell(What::OnRefunds(OnRefunds::Shown(RefundShow::Attention)));
            till.tell(What::OnRefunds(OnRefunds::Turned { forward: true }));
        }),
        scene("refunds, none", World::default(), to_list),
        scene("refunds, none found", world(record()), |till| {
            to_list(till);
            till.tell(What::OnRefunds(OnRefunds::Searched("nobody".to_owned())));
        }),
        scene("refunds, reading", World { hold_list: true, ..world(record()) }, to_list),
        scene(
            "refund, said refunded",
            world(vec![decided(1, DecisionKind::Refunded, RefundState::Refunded)]),
            to_refund,
        ),
        scene(
            "refund, said not executed",
            world(vec![decided(1, DecisionKind::NotExecuted, RefundState::NotExecuted)]),
            to_refund,
        ),
        scene(
            "refund, the gateway reports it",
            world(vec![contradicted(1, RefundState::Abandoned, Difference::Reported)]),
            to_refund,
        ),
        scene(
            "refund, the gateway does not know it",
            world(vec![Refund {
                contradiction: Some(Contradiction { difference: Difference::NotReported, since: NOW }),
                ..decided(1, DecisionKind::Refunded, RefundState::Refunded)
            }]),
            to_refund,
        ),
        scene("refund, checked", one(RefundState::Unknown), |till| {
            to_refund(till);
            till.tell(What::OnRefunds(OnRefunds::CheckPressed));
        }),
        scene(
            "refund, not asked",
            World { shown: Some(CheckShown::Nothing(LookupFault::GatewayDown)), ..one(RefundState::NotSent) },
            |till| {
                to_refund(till);
                till.tell(What::OnRefunds(OnRefunds::CheckPressed));
            },
        ),
        scene("refund, released", one(RefundState::NotSent), |till| {
            begin(till, OrderKind::Release);
            write(till, RefundOrder::Release { reason: Reason::parse("Paid back in another way").unwrap() });
            give(till);
        }),
        scene("order, send again", one(RefundState::NotExecuted), |till| begin(till, OrderKind::SendAgain)),
        scene("order, release", one(RefundState::NotSent), |till| begin(till, OrderKind::Release)),
        scene("order, decide", one(RefundState::Unknown), |till| begin(till, OrderKind::Decide)),
        Scene {
            taps: &["It did not happen", "Seen in the dashboard", "Number pad", "2", "9"],
            ..scene("order, number pad", one(RefundState::Unknown), |till| begin(till, OrderKind::Decide))
        },
        scene("order, PIN", one(RefundState::NotExecuted), again),
        scene("order, PIN, long words", one(RefundState::Unknown), word),
        scene(
            "order, several managers",
            World { operators: vec![mei(), luis(), dana()], ..one(RefundState::NotSent) },
            again,
        ),
        scene("order, waiting", World { hold_pin: true, ..one(RefundState::NotSent) }, |till| {
            again(till);
            give(till);
        }),
        scene(
            "result, not sent",
            World { outcome: Some(Outcome::NotSent { cause: NotSentCause::Unreachable }), ..World::default() },
            super::scenes::to_result,
        ),
    ];
    scenes.extend(refusals());
    for (name, state) in [
        ("refund, refunded", RefundState::Refunded),
        ("refund, declined", RefundState::Declined),
        ("refund, pending", RefundState::Pending),
        ("refund, unknown", RefundState::Unknown),
        ("refund, sent", RefundState::Sent),
        ("refund, not sent", RefundState::NotSent),
        ("refund, not executed", RefundState::NotExecuted),
        ("refund, given up", RefundState::Abandoned),
    ] {
        scenes.push(scene(name, one(state), to_refund));
    }
    scenes
}

fn refusals() -> Vec<Scene> {
    let refused = |name, fault| {
        let refunds = vec![standing(1, RefundState::NotExecuted, 2740, 30)];
        let world = World { order_fault: Some(fault), ..world(refunds) };
        Scene {
            name,
            world,
            play: |till| {
                again(till);
                give(till);
            },
            taps: &[],
        }
    };
    vec![
        refused("order, wrong PIN", OrderFault::Person(ApprovalFault::WrongPin { wait_seconds: 5 })),
        refused("order, moved", OrderFault::Moved),
        refused("order, reported", OrderFault::Reported),
        refused("order, too early", OrderFault::TooEarly { wait_seconds: 300 }),
        refused("order, not asked", OrderFault::NotAsked(LookupFault::GatewayUnclear)),
    ]
}
