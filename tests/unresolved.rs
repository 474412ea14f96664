//! What managers do about refunds that the gateway left open, through the running till: real flow, ledger and client,
//! the sandbox on loopback, the till's clock moved by the test. No window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod terminal_support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use terminal_support::wait;
use tillback::domain::{
    ApprovalFault, Currency, Difference, EvidenceNumber, HandDecision, HistoryStep, Money, Operator, OperatorId,
    OperatorName, OrderFault, Pin, Policy, Proof, Reason, Refund, RefundState, Role, SaleStatus, ScanSource, TillName,
    Timestamp, TransactionNo, Verdict,
};
use tillback::flow::{
    Flow, OnRefunds, OpenRefund, OrderKind, RefundOrder, RefundQuery, RefundShow, SaleCheck, Setting, State, Turn, What,
};
use tillback::gateway::{ApiToken, Client, ClientSettings, Environment};
use tillback::ledger::{Ledger, LedgerSettings, PinCost, QueryEvidence, RefundFilter, SaleFacts};
use tillback::sandbox::{Fault, Injection, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN};
use tillback::sandbox::{Sandbox, SandboxHandle, SandboxSale, SandboxSettings};
use tillback::terminal::{Clock, Duties, PAGE_ROWS, Parts, Signboard, SystemClock, Terminal, Till, TillView};

const NUMBER: &str = "297553638301777927";
const PIN: &str = "482913";

/// The system's clock, moved on by the test: time that goes by, and a wall clock that somebody sets.
#[derive(Clone, Default)]
struct MovedClock(Arc<AtomicI64>, Arc<AtomicI64>);

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus_ms(self.0.load(Ordering::SeqCst) + self.1.load(Ordering::SeqCst))
    }

    fn steady_ms(&self) -> i64 {
        SystemClock.steady_ms() + self.0.load(Ordering::SeqCst)
    }
}

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

fn sandbox(listen: SocketAddr) -> SandboxHandle {
    let sale = SandboxSale::paid(TransactionNo::parse(NUMBER).unwrap(), None, usd(3990));
    Sandbox::start(SandboxSettings { listen, sales: vec![sale], ..SandboxSettings::default() }).unwrap()
}

fn reason(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}

struct Shop {
    terminal: Terminal,
    duties: Arc<Duties>,
    clock: MovedClock,
    sandbox: Option<SandboxHandle>,
    manager: Operator,
    _folder: tempfile::TempDir,
}

impl Shop {
    fn open() -> Self {
        let sandbox = sandbox(SocketAddr::from(([127, 0, 0, 1], 0)));
        let folder = tempfile::tempdir().unwrap();
        let clock = MovedClock::default();
        let policy = Policy { min_seconds_between_refunds: 0, ..Policy::default() };
        let till = TillName::parse("T3").unwrap();
        let settings =
            LedgerSettings { pin_cost: PinCost::CHEAP, training: true, ..LedgerSettings::new(till, policy.clone()) };
        let mut ledger = Ledger::open(&folder.path().join("ledger.db"), settings, clock.now()).unwrap();
        let mut hire = |name: &str, role, pin: &str| {
            let name = OperatorName::parse(name).unwrap();
            let id = ledger.add_operator(&name, role, &Pin::parse(pin).unwrap(), None, clock.now()).unwrap();
            Operator { id, name, role }
        };
        let manager = hire("Luis Ortega", Role::Manager, PIN);
        let cashier = hire("Mei Chen", Role::Cashier, "7391");
        let facts = SaleFacts {
            transaction_no: Some(TransactionNo::parse(NUMBER).unwrap()),
            reference: None,
            paid: usd(3990),
            settle_currency: Currency::USD,
            wallet: Some("alipay".to_owned()),
            paid_at: Some(clock.now().plus_ms(-3_600_000)),
            status: SaleStatus::Success,
        };
        ledger.insert_or_update_from_gateway(&facts, clock.now()).unwrap();
        let environment = Environment::parse(&sandbox.url()).unwrap();
        let token = ApiToken::parse(SAMPLE_TOKEN).unwrap();
        let mut client = ClientSettings::new(environment, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, token);
        client.loopback_only = true;
        let client = Client::new(client).unwrap();
        let duties = Arc::new(Duties::new(ledger, Arc::new(client), Arc::new(clock.clone())));
        let setting = Setting { policy, ask_gateway_first: true, ..Setting::default() };
        let parts = Parts {
            clock: Arc::new(clock.clone()),
            ..Parts::new(
                Flow::signed_in(setting, vec![cashier.clone(), manager.clone()], cashier),
                Signboard {
                    store: "Harbor View".to_owned(),
                    till: "Till 3".to_owned(),
                    training: true,
                    reasons: vec![],
                    practice_pins: None,
                    currency: tillback::domain::Currency::USD,
                },
                Arc::clone(&duties),
            )
        };
        let terminal = Terminal::start(parts).unwrap();
        Self { terminal, duties, clock, sandbox: Some(sandbox), manager, _folder: folder }
    }

    fn cashier(&self) -> OperatorId {
        let operators = &self.terminal.view().operators;
        operators.iter().find(|person| person.role == Role::Cashier).unwrap().id.clone()
    }

    fn sandbox(&self) -> &SandboxHandle {
        self.sandbox.as_ref().unwrap()
    }

    fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// Somebody sets the wall clock forward.
    fn set_clock(&self, by_seconds: i64) {
        self.clock.1.fetch_add(by_seconds * 1000, Ordering::SeqCst);
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&TillView) -> bool) -> Arc<TillView> {
        wait(&self.terminal, what, until)
    }

    fn tell(&self, what: OnRefunds) {
        self.terminal.tell(What::OnRefunds(what));
    }

    fn give_pin(&self) {
        self.terminal.tell(What::PinGiven { approver: self.manager.id.clone(), pin: Pin::parse(PIN).unwrap() });
    }

    /// A refund of 12.50, up to its result.
    #[track_caller]
    fn refund(&self) -> Refund {
        self.terminal.scanned(NUMBER, ScanSource::Scanner);
        self.wait(
            "the sale",
            |view| matches!(&view.state, State::Sale(review) if matches!(review.check, SaleCheck::Confirmed)),
        );
        self.terminal.tell(What::AmountTyped("12.50".to_owned()));
        self.terminal.tell(What::ReasonChosen(reason("Damaged")));
        self.terminal.tell(What::ApprovalAsked);
        self.wait("the approval", |view| matches!(view.state, State::Approval(_)));
        self.give_pin();
        let view = self.wait("a result", |view| matches!(view.state, State::Result(_)));
        let State::Result(result) = &view.state else { unreachable!() };
        result.refund.clone()
    }

    /// From the result to the open refund on the Refunds screen.
    #[track_caller]
    fn look_at(&self, refund: &Refund) {
        self.terminal.tell(What::FinishPressed);
        self.tell(OnRefunds::Pressed);
        let listed = |view: &TillView| matches!(&view.state, State::Refunds(refunds) if refunds.page.is_some());
        let view = self.wait("the list", listed);
        let State::Refunds(refunds) = &view.state else { unreachable!() };
        assert_eq!(refunds.page.as_ref().unwrap().refunds[0].reference, refund.reference);
        self.tell(OnRefunds::Picked(refund.reference.clone()));
        self.wait("the refund", |view| open(view).is_some());
    }

    /// "Check now", and its answer.
    #[track_caller]
    fn check(&self) -> Refund {
        let idle = |view: &TillView| open(view).is_some_and(|open| open.checking.is_none() && open.reading.is_none());
        let before = open(&self.wait("quiet", idle)).unwrap().shown;
        // Another moment than the last answer's.
        self.pass(1);
        self.tell(OnRefunds::CheckPressed);
        let answered = |open: &OpenRefund| open.shown.is_some() && open.shown != before;
        let view = self.wait("the check", |view| idle(view) && open(view).is_some_and(answered));
        open(&view).unwrap().detail.refund.clone()
    }

    #[track_caller]
    fn order(&self, kind: OrderKind, order: RefundOrder) {
        self.tell(OnRefunds::OrderBegun(kind));
        self.tell(OnRefunds::OrderWritten(order));
        self.wait("the order", |view| view.state.name() == "order-pin");
        self.give_pin();
    }

    fn decide(&self, verdict: Verdict) {
        let evidence = EvidenceNumber::parse("D-20261122-7").unwrap();
        let decided = HandDecision { verdict, reason: reason("seen in the dashboard"), evidence };
        self.order(OrderKind::Decide, RefundOrder::Decide(decided));
    }

    #[track_caller]
    fn becomes(&self, state: RefundState) -> Refund {
        let is = |view: &TillView| {
            open(view).is_some_and(|open| {
                open.detail.refund.state == state && open.ordering.is_none() && open.reading.is_none()
            })
        };
        let view = self.wait(state.as_str(), is);
        open(&view).unwrap().detail.refund.clone()
    }

    fn executed(&self) -> usize {
        self.sandbox().book().len()
    }

    fn refund_requests(&self) -> usize {
        self.sandbox().requests().iter().filter(|request| request.path.ends_with("/refund")).count()
    }
}

fn open(view: &TillView) -> Option<&OpenRefund> {
    match &view.state {
        State::Refunds(refunds) => refunds.open.as_deref(),
        _ => None,
    }
}

#[test]
fn not_found_three_times_over_ten_minutes_then_sent_again_and_refunded_once() {
    let shop = Shop::open();
    shop.sandbox().inject(Injection::on_refund(Fault::ResetAfterRequest));
    let refund = shop.refund();
    assert_eq!(refund.state, RefundState::Unknown);
    shop.look_at(&refund);
    shop.check();
    shop.pass(300);
    assert_eq!(shop.check().state, RefundState::Unknown, "five minutes are not ten");
    shop.pass(301);
    shop.check();
    assert_eq!(shop.becomes(RefundState::NotExecuted).decision, None);
    shop.wait("it waits for a manager", |view| (view.unresolved, view.waiting) == (0, 1));
    shop.order(OrderKind::SendAgain, RefundOrder::SendAgain { reason: reason("the customer waits") });
    let again = shop.becomes(RefundState::Refunded);
    assert_eq!((&again.reference, again.attempt, again.amount), (&refund.reference, 2, refund.amount));
    let book = shop.sandbox().book();
    assert_eq!((book.len(), shop.refund_requests()), (1, 2));
    assert_eq!(book[0].amount, usd(1250));
    shop.wait("nothing waits", |view| (view.unresolved, view.waiting) == (0, 0));
    let view = shop.terminal.view();
    let history = &open(&view).unwrap().detail.history;
    assert!(
        history.iter().any(|entry| matches!(&entry.step, HistoryStep::SentAgain { .. })
            && entry.who.as_ref() == Some(&shop.manager.id))
    );
    assert!(shop.duties.ledger().audit_verify(None).is_ok());
}

#[test]
fn what_never_left_is_sent_again_from_the_result_screen() {
    let mut shop = Shop::open();
    let address: SocketAddr = shop.sandbox().url().trim_start_matches("http://").parse().unwrap();
    shop.terminal.scanned(NUMBER, ScanSource::Scanner);
    shop.wait(
        "the sale",
        |view| matches!(&view.state, State::Sale(review) if matches!(review.check, SaleCheck::Confirmed)),
    );
    shop.terminal.tell(What::ReasonChosen(reason("Damaged")));
    shop.terminal.tell(What::ApprovalAsked);
    shop.wait("the approval", |view| matches!(view.state, State::Approval(_)));
    shop.sandbox = None;
    shop.give_pin();
    let result = |view: &TillView| matches!(&view.state, State::Result(r) if r.refund.state == RefundState::NotSent);
    shop.wait("not sent", result);
    // Still nobody there: the order is refused and nothing was sent.
    shop.tell(OnRefunds::SendAgainPressed);
    shop.tell(OnRefunds::OrderWritten(RefundOrder::SendAgain { reason: reason("the line is back") }));
    shop.wait("the order", |view| view.state.name() == "order-pin");
    shop.give_pin();
    let refused = |view: &TillView| {
        open(view).and_then(|open| open.ordering.as_ref()).and_then(|ordering| ordering.refused.clone())
    };
    let view = shop.wait("a refusal", |view| refused(view).is_some());
    assert!(matches!(refused(&view), Some(OrderFault::NotAsked(_))), "{:?}", refused(&view));
    assert_eq!(open(&view).unwrap().detail.refund.state, RefundState::NotSent);
    shop.sandbox = Some(sandbox(address));
    shop.give_pin();
    shop.becomes(RefundState::Refunded);
    assert_eq!((shop.executed(), shop.refund_requests()), (1, 1));
}

#[test]
fn a_manager_decides_by_hand_and_the_gateway_confirms_later() {
    let shop = Shop::open();
    // Executed, the answer lost, and hidden from more questions than the till asks by itself meanwhile.
    shop.sandbox().inject(Injection::on_refund(Fault::ResetAfterRequest).executing(true).hidden_for(40));
    let refund = shop.refund();
    assert_eq!(refund.state, RefundState::Unknown);
    shop.look_at(&refund);
    shop.decide(Verdict::Refunded);
    let decided = shop.becomes(RefundState::Refunded);
    assert!(decided.rests_on_a_person());
    assert_eq!(decided.decision.as_ref().unwrap().by, shop.manager.id);
    shop.wait("nothing is checked", |view| view.unresolved == 0);
    for _ in 0..60 {
        if !shop.check().rests_on_a_person() {
            break;
        }
    }
    let confirmed = shop.duties.ledger().refund(&refund.reference).unwrap();
    let decision = confirmed.decision.clone().expect("still decided by a person");
    assert!(decision.confirmed_at.is_some() && confirmed.contradiction.is_none());
    assert_eq!((shop.executed(), shop.refund_requests()), (1, 1));
}

#[test]
fn what_a_manager_said_did_not_happen_and_did_is_a_contradiction_that_blocks_sending() {
    let shop = Shop::open();
    shop.sandbox().inject(Injection::on_refund(Fault::ResetAfterRequest).executing(true).hidden_for(40));
    let refund = shop.refund();
    shop.look_at(&refund);
    // Too early: the request may still arrive.
    shop.decide(Verdict::NotExecuted);
    let refused = |view: &TillView| open(view)?.ordering.as_ref()?.refused.clone();
    let view = shop.wait("a refusal", |view| refused(view).is_some());
    assert!(matches!(refused(&view), Some(OrderFault::TooEarly { .. })), "{:?}", refused(&view));
    shop.pass(601);
    shop.give_pin();
    shop.becomes(RefundState::NotExecuted);
    let sale = shop.duties.ledger().sale(&refund.sale_id).unwrap();
    assert_eq!(sale.balance.left(), Ok(usd(2740)), "only a person says so: the amount is kept");
    let mut shown = None;
    for _ in 0..60 {
        shown = shop.check().contradiction;
        if shown.is_some() {
            break;
        }
    }
    assert_eq!(shown.unwrap().difference, Difference::Reported);
    shop.wait("it is counted", |view| (view.contradicted, view.waiting) == (1, 0));
    shop.tell(OnRefunds::OrderBegun(OrderKind::SendAgain));
    shop.check();
    assert!(open(&shop.terminal.view()).unwrap().ordering.is_none(), "sending again is not offered");
    shop.decide(Verdict::Refunded);
    let settled = shop.becomes(RefundState::Refunded);
    assert_eq!(settled.contradiction, None);
    shop.wait("nobody is wanted", |view| (view.contradicted, view.waiting) == (0, 0));
    assert_eq!((shop.executed(), shop.refund_requests()), (1, 1));
}

#[test]
fn a_clock_that_is_set_forward_makes_nobodys_word_safe() {
    let shop = Shop::open();
    shop.sandbox().inject(Injection::on_refund(Fault::ResetAfterRequest).executing(true).hidden_for(40));
    let refund = shop.refund();
    shop.look_at(&refund);
    shop.set_clock(86_400);
    shop.decide(Verdict::NotExecuted);
    let refused = |view: &TillView| open(view)?.ordering.as_ref()?.refused.clone();
    let view = shop.wait("a refusal", |view| refused(view).is_some());
    // A day by the wall clock, seconds by the other.
    let Some(OrderFault::TooEarly { wait_seconds }) = refused(&view) else { panic!("{:?}", refused(&view)) };
    assert!((1..=600).contains(&wait_seconds), "{wait_seconds}");
    assert_eq!(shop.duties.ledger().refund(&refund.reference).unwrap().state, RefundState::Unknown);
    shop.pass(601);
    shop.give_pin();
    shop.becomes(RefundState::NotExecuted);
}

#[test]
fn what_the_gateway_shows_just_before_sending_again_stops_it() {
    let shop = Shop::open();
    shop.sandbox().inject(Injection::on_refund(Fault::ResetAfterRequest).executing(true).hidden_for(40));
    let refund = shop.refund();
    shop.pass(601);
    // The till's own questions count too; three in all over the ten minutes.
    let mut last = refund.clone();
    while last.state == RefundState::Unknown {
        shop.duties.resolve(&last, 1, &mut |_| ());
        last = shop.duties.ledger().refund(&refund.reference).unwrap();
        shop.pass(301);
    }
    assert_eq!(last.state, RefundState::NotExecuted);
    // It becomes visible at last, while a manager types their PIN.
    let manager = (&shop.manager.id, &Proof::Pin(Pin::parse(PIN).unwrap()));
    let order = RefundOrder::SendAgain { reason: reason("they wait") };
    let asked = shop.sandbox().requests().len();
    for _ in asked..60 {
        shop.duties.resolve(&last, 1, &mut |_| ());
    }
    let mut said = vec![];
    shop.duties.order(Turn::default(), &refund.reference, &order, manager, &mut |what| said.push(format!("{what:?}")));
    assert!(said.iter().any(|what| what.contains("OrderRefused") && what.contains("Reported")), "{said:?}");
    assert_eq!(shop.duties.ledger().refund(&refund.reference).unwrap().state, RefundState::Refunded);
    assert_eq!((shop.executed(), shop.refund_requests()), (1, 1));
}

#[test]
fn a_wrong_pin_and_a_cashier_order_nothing() {
    let shop = Shop::open();
    shop.sandbox().inject(Injection::on_refund(Fault::ResetAfterRequest));
    let refund = shop.refund();
    let people: Vec<Operator> = shop.terminal.view().operators.clone();
    let mei = people.iter().find(|person| person.role == Role::Cashier).unwrap();
    let evidence = EvidenceNumber::parse("x-1").unwrap();
    let decided = HandDecision { verdict: Verdict::Refunded, reason: reason("so they say"), evidence };
    let order = RefundOrder::Decide(decided);
    for (who, pin) in [(&mei.id, "7391"), (&shop.manager.id, "111222")] {
        let mut refused = None;
        let approver = (who, &Proof::Pin(Pin::parse(pin).unwrap()));
        shop.duties.order(Turn::default(), &refund.reference, &order, approver, &mut |what| {
            if let What::OnRefunds(OnRefunds::OrderRefused { why, .. }) = what {
                refused = Some(why);
            }
        });
        let expected =
            matches!(refused, Some(OrderFault::Person(ApprovalFault::WrongPin { .. } | ApprovalFault::Refused(_))));
        assert!(expected, "{refused:?}");
    }
    assert_eq!(shop.duties.ledger().refund(&refund.reference).unwrap().state, RefundState::Unknown);
}

#[test]
fn refunds_are_found_by_anything_and_page_by_page() {
    let shop = Shop::open();
    for _ in 0..PAGE_ROWS + 2 {
        let sale = shop
            .duties
            .ledger()
            .find_sale(&tillback::domain::SaleKey::Transaction(TransactionNo::parse(NUMBER).unwrap()))
            .unwrap()
            .unwrap();
        let intention = tillback::domain::Intention {
            sale_id: sale.sale.id.clone(),
            sale_key: sale.sale.key().unwrap(),
            amount: usd(101),
            settle_currency: Currency::USD,
            reason: reason("Wrong price"),
            requester: shop.cashier(),
            left_seen: sale.balance.left().unwrap(),
            note: None,
        };
        let pin = Pin::parse(PIN).unwrap();
        let mut ledger = shop.duties.ledger();
        let now = shop.clock.now();
        let refund = ledger.approve_and_prepare(&intention, &shop.manager.id, &pin, now).unwrap();
        ledger.mark_sent(&refund.reference, now).unwrap();
        let done = tillback::domain::Outcome::Refunded { gateway_refund_no: Some("880011223344556677".to_owned()) };
        ledger.settle(&refund.reference, &done, now).unwrap();
        drop(ledger);
        shop.pass(1);
    }
    shop.sandbox().inject(Injection::on_refund(Fault::ResetAfterRequest));
    let unknown = shop.refund();
    let list = |text: &str, show, page| {
        let query = RefundQuery { text: text.to_owned(), show, page };
        let What::OnRefunds(OnRefunds::Listed { page, .. }) = shop.duties.list_refunds(Turn::default(), &query) else {
            panic!("no page")
        };
        (page.refunds.len(), page.more, page.refunds.first().map(|refund| refund.state))
    };
    let refunded = Some(RefundState::Refunded);
    assert_eq!(list("", RefundShow::All, 0), (PAGE_ROWS, true, Some(RefundState::Unknown)), "what is open comes first");
    assert_eq!(list("", RefundShow::All, 1), (3, false, refunded));
    assert_eq!(list("", RefundShow::Attention, 0), (1, false, Some(RefundState::Unknown)));
    assert_eq!(list("", RefundShow::Refunded, 1), (2, false, refunded));
    assert_eq!(list("", RefundShow::ByHand, 0), (0, false, None));
    let year = jiff::Timestamp::from_millisecond(shop.clock.now().ms()).unwrap();
    let year = year.to_zoned(jiff::tz::TimeZone::system()).year().to_string();
    for text in ["7927", "1.01", "mei", "LUIS wrong", "refunded usd", "880011223344", &year] {
        assert_eq!(list(text, RefundShow::Refunded, 0).0, PAGE_ROWS, "{text}");
    }
    assert_eq!(list(unknown.reference.as_str(), RefundShow::All, 0), (1, false, Some(RefundState::Unknown)));
    assert_eq!(list("12.50 unknown", RefundShow::All, 0).0, 1);
    assert_eq!(list("no such thing", RefundShow::All, 0), (0, false, None));
    // What the gateway contradicts wants somebody, final or not.
    let done =
        shop.duties.ledger().refunds(&RefundFilter { states: vec![RefundState::Refunded], ..Default::default() });
    let reference = done.unwrap()[0].reference.clone();
    shop.duties.ledger().record_query(&reference, &QueryEvidence::Otherwise, shop.clock.now()).unwrap();
    assert_eq!(list("", RefundShow::Attention, 0).0, 2);
    // A receipt scanned over the list looks for its refunds.
    shop.terminal.tell(What::FinishPressed);
    shop.tell(OnRefunds::Pressed);
    shop.wait("the list", |view| matches!(&view.state, State::Refunds(r) if r.page.is_some()));
    shop.terminal.scanned(NUMBER, ScanSource::Scanner);
    shop.wait(
        "its refunds",
        |view| matches!(&view.state, State::Refunds(r) if r.query.text == NUMBER && r.asking.is_none()),
    );
}
