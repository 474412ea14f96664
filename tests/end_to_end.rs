//! Whole refunds through the running terminal: real flow, real ledger, real client, the sandbox on loopback. No window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod terminal_support;

use std::sync::Arc;
use std::time::Duration;

use terminal_support::wait;
use tillback::cli::demo::Demo;
use tillback::domain::{OperatorId, Pin, Reason, RefundState, ScanSource};
use tillback::flow::{SaleCheck, State, What};
use tillback::terminal::{Parts, Terminal, Till, TillView};

struct Shop {
    demo: Demo,
    terminal: Terminal,
}

impl Shop {
    fn open() -> Self {
        Self::left_alone_for(None)
    }

    fn left_alone_for(idle_lock: Option<Duration>) -> Self {
        let demo = Demo::set_up().expect("a demo");
        let parts =
            Parts { idle_lock, ..Parts::new(demo.flow(), Demo::signboard().expect("a signboard"), demo.duties()) };
        Self { terminal: Terminal::start(parts).expect("threads"), demo }
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&TillView) -> bool) -> Arc<TillView> {
        wait(&self.terminal, what, until)
    }

    fn manager(&self) -> OperatorId {
        let view = self.terminal.view();
        view.operators.iter().find(|o| o.name.as_str() == "Luis Ortega").expect("the manager").id.clone()
    }

    fn give_pin(&self, pin: &str) {
        self.terminal.tell(What::PinGiven { approver: self.manager(), pin: Pin::parse(pin).expect("a PIN") });
    }

    #[track_caller]
    fn to_sale(&self, code: &str) {
        self.terminal.scanned(code, ScanSource::Scanner);
        self.wait("the sale", |view| match &view.state {
            State::Sale(review) => !matches!(review.check, SaleCheck::Asking(_)),
            _ => false,
        });
    }

    #[track_caller]
    fn to_approval(&self, code: &str, amount: Option<&str>) {
        self.to_sale(code);
        if let Some(amount) = amount {
            self.terminal.tell(What::AmountTyped(amount.to_owned()));
        }
        self.terminal.tell(What::ReasonChosen(Reason::parse("Damaged").expect("a reason")));
        self.terminal.tell(What::ApprovalAsked);
        self.wait("the approval", |view| matches!(view.state, State::Approval(_)));
    }

    #[track_caller]
    fn refund(&self, code: &str, amount: Option<&str>) -> RefundState {
        self.to_approval(code, amount);
        self.give_pin("482913");
        let view = self.wait("a result", |view| matches!(view.state, State::Result(_)));
        state(&view).expect("a result")
    }
}

fn state(view: &TillView) -> Option<RefundState> {
    match &view.state {
        State::Result(result) => Some(result.refund.state),
        _ => None,
    }
}

#[test]
fn refunded_and_once_in_the_gateways_book() {
    let shop = Shop::open();
    assert_eq!(shop.refund("297553638301777927", Some("12.50")), RefundState::Refunded);
    let book = shop.demo.sandbox().book();
    let of_sale: Vec<_> = book.iter().filter(|r| r.transaction_no.as_str() == "297553638301777927").collect();
    assert_eq!(of_sale.len(), 1);
    assert_eq!(of_sale[0].amount.to_string(), "12.50 USD");
    shop.terminal.tell(What::FinishPressed);
    shop.wait("ready", |view| matches!(view.state, State::Ready));
    shop.to_sale("297553638301777927");
    let view = shop.terminal.view();
    let State::Sale(review) = &view.state else { panic!("no sale") };
    assert_eq!(review.view.balance.left().expect("books").to_string(), "27.40 USD");
    assert!(matches!(review.refusal, Some(tillback::domain::Refusal::TooSoon { .. })), "{:?}", review.refusal);
}

#[test]
fn declined_releases_the_amount() {
    let shop = Shop::open();
    assert_eq!(shop.refund("301846290573318462", None), RefundState::Declined);
    let view = shop.terminal.view();
    assert_eq!((view.unresolved, view.waiting), (0, 0));
}

#[test]
fn a_lost_answer_is_unknown_and_found_by_query() {
    let shop = Shop::open();
    assert_eq!(shop.refund("312097754168830295", None), RefundState::Unknown);
    assert_eq!(shop.terminal.view().unresolved, 1);
    shop.wait("the refund to be found", |view| state(view) == Some(RefundState::Refunded));
    shop.wait("nothing being checked", |view| view.unresolved == 0);
    let book = shop.demo.sandbox().book();
    assert_eq!(book.iter().filter(|r| r.transaction_no.as_str() == "312097754168830295").count(), 1);
}

#[test]
fn a_lost_request_stays_unknown_and_reserved() {
    let shop = Shop::open();
    assert_eq!(shop.refund("298410027366951840", None), RefundState::Unknown);
    let asked = |view: &TillView| match &view.state {
        State::Result(result) => {
            let times = |step: &&tillback::flow::Step| matches!(step.kind, tillback::flow::StepKind::Asked { .. });
            result.steps.iter().filter(times).count()
        }
        _ => 0,
    };
    let view = shop.wait("two queries", |view| asked(view) >= 2);
    assert_eq!((state(&view), view.unresolved), (Some(RefundState::Unknown), 1));
    shop.terminal.tell(What::FinishPressed);
    shop.wait("ready", |view| matches!(view.state, State::Ready));
    shop.to_sale("298410027366951840");
    let view = shop.terminal.view();
    let State::Sale(review) = &view.state else { panic!("no sale") };
    assert!(matches!(review.refusal, Some(tillback::domain::Refusal::NothingLeft { .. })), "{:?}", review.refusal);
}

#[test]
fn pending_becomes_refunded() {
    let shop = Shop::open();
    assert_eq!(shop.refund("305971148820463753", None), RefundState::Pending);
    shop.wait("the end of pending", |view| state(view) == Some(RefundState::Refunded));
}

#[test]
fn a_wrong_pin_sends_nothing() {
    let shop = Shop::open();
    shop.to_approval("297553638301777927", None);
    shop.give_pin("111222");
    let view = shop.wait("a refusal", |view| match &view.state {
        State::Approval(approving) => approving.refused.is_some(),
        _ => false,
    });
    assert_eq!(view.unresolved, 0);
    assert!(shop.demo.sandbox().requests().iter().all(|request| !request.path.contains("refund")));
}

#[test]
fn refunds_made_elsewhere_lower_what_is_left_before_anyone_is_asked() {
    let shop = Shop::open();
    shop.to_sale("303619985472206831");
    let view = shop.terminal.view();
    let State::Sale(review) = &view.state else { panic!("no sale") };
    assert_eq!(review.amount.as_ref().map(ToString::to_string), Ok("66.50 USD".to_owned()));
    assert_eq!(review.view.foreign.len(), 1);
}

#[test]
fn a_sale_that_only_the_gateway_knows_is_fetched_and_kept() {
    let shop = Shop::open();
    shop.to_sale("306548172903385647");
    let view = shop.terminal.view();
    let State::Sale(review) = &view.state else { panic!("no sale") };
    assert_eq!(review.view.sale.origin, tillback::domain::SaleOrigin::Gateway);
    let key = review.view.sale.key().expect("a key");
    let duties = shop.demo.duties();
    assert!(duties.ledger().find_sale(&key).expect("the ledger").is_some());
}

#[test]
fn what_is_no_sale_says_so() {
    let shop = Shop::open();
    let check = |code: &str, expected: &str| {
        shop.terminal.scanned(code, ScanSource::Typed);
        let view = shop.wait(code, |view| match &view.state {
            State::Scan(scanning) => scanning.problem.as_ref().is_some_and(|p| format!("{p:?}").contains(expected)),
            _ => false,
        });
        assert!(view.operator.is_some());
    };
    check("299999999999999999", "NotFound");
    check("https://example.com/menu", "ForeignUrl");
    check("130123456789012345", "PaymentCode");
    check("2975536383017779", "WrongLength");
}

#[test]
fn a_reference_alone_is_enough() {
    let shop = Shop::open();
    assert_eq!(shop.refund("POS02-20261121-001107", None), RefundState::Refunded);
}

#[test]
fn a_till_that_is_left_alone_locks_itself() {
    // So short that it may lock before anything is asked of it.
    let shop = Shop::left_alone_for(Some(Duration::from_millis(20)));
    let view = shop.wait("the lock", |view| matches!(view.state, State::Locked(_)));
    assert_eq!(view.operator, None);
    // What was waiting behind the lock does nothing: there is nobody for whom.
    shop.terminal.tell(What::RefundPressed);
    shop.terminal.scanned("297553638301777927", ScanSource::Scanner);
    shop.give_pin("482913");
    shop.wait("all of it dropped", |view| view.devices.scanner == tillback::terminal::Light::Good);
    assert!(matches!(shop.terminal.view().state, State::Locked(_)), "{:?}", shop.terminal.view().state);
    assert!(shop.demo.sandbox().requests().is_empty());
}
