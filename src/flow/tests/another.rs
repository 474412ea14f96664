//! What is about another refund, another question or another sale changes nothing on the screen, and what the screen
//! claims of its own sale is so.

use super::*;

fn another(refund: &Refund, state: RefundState) -> What {
    let reference = RefundReference::parse("T3-01JD9K7R2W8M4Q6X9999999999").unwrap();
    What::RefundMoved(Box::new(Refund { reference, state, ..refund.clone() }))
}

#[test]
fn another_refunds_outcome_is_not_shown_as_this_ones() {
    let mut talk = Talk::new(true);
    let refund = talk.reach_sent();
    talk.say(another(&refund, RefundState::Refunded)).on("sending");
    assert!(talk.asked.is_empty());
    talk.say(What::RefundMoved(Box::new(Refund { state: RefundState::Unknown, ..refund.clone() }))).on("result");
    talk.say(another(&refund, RefundState::Refunded));
    assert!(talk.asked.is_empty(), "nothing sounds like money");
    let State::Result(result) = talk.flow.state() else { panic!("no result") };
    assert_eq!((&result.refund.reference, result.refund.state), (&refund.reference, RefundState::Unknown));
}

#[test]
fn the_screen_says_that_the_gateway_confirmed_a_sale_only_where_it_did() {
    for (asks_first, confirmed, expected) in
        [(false, false, SaleCheck::NotAsked), (false, true, SaleCheck::Confirmed), (true, true, SaleCheck::Confirmed)]
    {
        let mut talk = Talk::new(asks_first);
        let turn = talk.scan().turn();
        talk.say(What::SaleFound { turn, view: Box::new(view()), confirmed });
        assert_eq!(talk.review().check, expected);
    }
    let mut talk = Talk::new(true);
    let turn = talk.scan().turn();
    let mut nameless = view();
    nameless.sale.transaction_no = None;
    talk.say(What::SaleFound { turn, view: Box::new(nameless), confirmed: false });
    assert_eq!(talk.review().check, SaleCheck::Failed(LookupFault::NotFound), "there is nothing to ask about");
}

#[test]
fn a_sale_that_cannot_be_refunded_says_why_on_its_screen() {
    let mut talk = Talk::new(true);
    let turn = talk.scan().turn();
    let mut unpaid = view();
    unpaid.sale.status = SaleStatus::Failed;
    talk.say(What::SaleFound { turn, view: Box::new(unpaid), confirmed: true });
    assert!(talk.review().refusal.is_some());
    assert!(talk.asked.iter().any(|effect| matches!(effect, Effect::Signal(Signal::Refused))));
}

#[test]
fn what_is_asked_for_keeps_the_currency_the_sale_is_settled_in() {
    let mut talk = Talk::new(true);
    let turn = talk.scan().turn();
    let mut settled = view();
    settled.sale.settle_currency = Currency::parse("CNY").unwrap();
    talk.say(What::SaleFound { turn, view: Box::new(settled), confirmed: true });
    talk.say(What::ReasonChosen(Reason::parse("Damaged").unwrap())).say(What::ApprovalAsked).on("approval");
    let intention = &approving(&talk).intention;
    assert_eq!((intention.amount.currency(), intention.settle_currency.code()), (Currency::USD, "CNY"));
}

#[test]
fn rules_weighed_for_another_question_are_not_shown() {
    let mut talk = Talk::new(true);
    talk.reach_approval();
    let weighed =
        Weighed { broken: vec![HouseRule::SameAmount { minutes_ago: 1, within_minutes: 10 }], warnings: vec![] };
    talk.say(What::Weighed { turn: Turn::default(), weighed: Ok(weighed) });
    assert_eq!(approving(&talk).weighed, None);
}

#[test]
fn a_yes_to_another_question_records_nothing() {
    let mut talk = Talk::new(true);
    let turn = talk.reach_approval().give_pin();
    let approval = ApprovalId::parse(&ulid("A")).unwrap();
    talk.say(What::Approved { turn: Turn::default(), approval: approval.clone() }).on("approval");
    assert!(talk.asked.is_empty());
    talk.say(What::Approved { turn, approval }).on("sending");
}

#[test]
fn what_the_first_manager_agreed_to_is_not_written_anew_for_the_second() {
    let mut talk = weighed(vec![limit(), HouseRule::SameAmount { minutes_ago: 1, within_minutes: 10 }]);
    talk.say(What::NoteTyped("Our mistake".to_owned()));
    let turn = talk.give_pin();
    talk.say(What::Approved { turn, approval: ApprovalId::parse(&ulid("A")).unwrap() });
    assert!(approving(&talk).first.is_some());
    talk.say(What::NoteTyped("Somebody else’s".to_owned()));
    assert_eq!(approving(&talk).note, "Our mistake");
}

/// The till locks itself over a sale, and whoever had it signs in again after so long.
fn back_after(gone_ms: i64) -> Talk {
    let mut talk = Talk::new(true);
    talk.reach_sale().say(What::LeftAlone).on("locked");
    let operator = person("C", "Mei Chen", Role::Cashier);
    let pin = Pin::parse("1357").unwrap();
    let turn = talk.say(What::SignInAsked { operator: operator.id.clone(), pin }).turn();
    talk.asked = talk.flow.step(Event { at: NOW.plus_ms(gone_ms), what: What::SignedIn { turn, operator } });
    talk
}

#[test]
fn a_sale_that_waited_is_asked_for_at_the_gateway_again_and_waits_a_quarter_of_an_hour() {
    let mut talk = back_after(15 * 60 * 1000);
    talk.on("sale");
    let turn = talk.turn();
    assert_eq!(talk.review().check, SaleCheck::Asking(turn));
    assert!(talk.asked.iter().any(|effect| matches!(effect, Effect::CheckSale { .. })));
    back_after(15 * 60 * 1000 + 1).on("ready");
}
