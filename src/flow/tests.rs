//! The conversation, step by step: every screen's way in and out, and what a late or doubled event may not do.

mod another;
mod refunds;
mod report;
mod settings;

use super::*;
use crate::domain::*;

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

fn ulid(end: &str) -> String {
    format!("{}{end}", &"01JD9K7R2W8M4Q6X0000000000"[..26 - end.len()])
}

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

fn person(end: &str, name: &str, role: Role) -> Operator {
    Operator { id: OperatorId::parse(&ulid(end)).unwrap(), name: operator::OperatorName::parse(name).unwrap(), role }
}

fn view() -> SaleView {
    let item = |description: &str, minor| SaleItem { description: description.into(), quantity: 1, amount: usd(minor) };
    let sale = Sale {
        id: SaleId::parse(&ulid("S")).unwrap(),
        transaction_no: Some(TransactionNo::parse("297553638301777927").unwrap()),
        reference: None,
        paid: usd(3990),
        settle_currency: Currency::USD,
        wallet: Some("alipay".into()),
        paid_at: Some(NOW.plus_ms(-3_600_000)),
        status: SaleStatus::Success,
        origin: SaleOrigin::Import,
        items: vec![item("Oolong Tea 500ml", 1250), item("Pork Bun", 900), item("Rice 5 kg", 1840)],
    };
    SaleView { balance: Balance::untouched(sale.paid), sale, refunds: vec![], foreign: vec![] }
}

fn refund(intention: &Intention, state: RefundState) -> Refund {
    Refund {
        reference: RefundReference::parse("T3-01JD9K7R2W8M4Q6X0000000000").unwrap(),
        sale_id: intention.sale_id.clone(),
        sale_key: intention.sale_key.clone(),
        amount: intention.amount,
        settle_currency: intention.settle_currency,
        reason: intention.reason.clone(),
        requester: intention.requester.clone(),
        approver: OperatorId::parse(&ulid("M")).unwrap(),
        approval_id: ApprovalId::parse(&ulid("A")).unwrap(),
        attempt: 1,
        state,
        outcome: None,
        decision: None,
        contradiction: None,
        created_at: NOW,
        updated_at: NOW,
        till: "T3".into(),
    }
}

/// A flow with somebody signed in, and what it asked for last.
struct Talk {
    flow: Flow,
    /// What the last event asked for, but for what goes into the record.
    asked: Vec<Effect>,
    /// Everything for the record so far.
    notes: Vec<Note>,
}

impl Talk {
    fn new(ask_gateway_first: bool) -> Self {
        let cashier = person("C", "Mei Chen", Role::Cashier);
        let people = vec![cashier.clone(), person("M", "Luis Ortega", Role::Manager)];
        let setting = Setting { policy: Policy::default(), ask_gateway_first, ..Setting::default() };
        Self { flow: Flow::signed_in(setting, people, cashier), asked: vec![], notes: vec![] }
    }

    fn say(&mut self, what: What) -> &mut Self {
        self.asked.clear();
        for effect in self.flow.step(Event { at: NOW, what }) {
            match effect {
                Effect::Note { note, .. } => self.notes.push(note),
                effect => self.asked.push(effect),
            }
        }
        self
    }

    /// The words of what was noted since this was asked last.
    fn noted(&mut self) -> Vec<&'static str> {
        self.notes.drain(..).map(|note| note.facts().what).collect()
    }

    #[track_caller]
    fn on(&mut self, screen: &str) -> &mut Self {
        assert_eq!(self.flow.state().name(), screen);
        self
    }

    fn scan(&mut self) -> &mut Self {
        let key = SaleKey::Transaction(TransactionNo::parse("297553638301777927").unwrap());
        let meaning = Scanned::Candidate(Candidate { key, doubt: None });
        self.say(What::CodeScanned { meaning, source: ScanSource::Scanner, masked: "2975..27".into() })
    }

    fn turn(&self) -> Turn {
        let mut turns = self.asked.iter().rev().filter_map(|effect| match effect {
            Effect::SignIn { turn, .. }
            | Effect::FindSale { turn, .. }
            | Effect::CheckSale { turn, .. }
            | Effect::Weigh { turn, .. }
            | Effect::Countersign { turn, .. }
            | Effect::Approve { turn, .. }
            | Effect::RecordRefund { turn, .. } => Some(*turn),
            _ => None,
        });
        turns.next().expect("an effect that wants an answer")
    }

    fn reach_sale(&mut self) -> &mut Self {
        let turn = self.scan().turn();
        self.say(What::SaleFound { turn, view: Box::new(view()), confirmed: true })
    }

    fn reach_approval(&mut self) -> &mut Self {
        self.reach_sale().say(What::ReasonChosen(Reason::parse("Damaged").unwrap())).say(What::ApprovalAsked)
    }

    fn give_pin(&mut self) -> Turn {
        let approver = OperatorId::parse(&ulid("M")).unwrap();
        self.say(What::PinGiven { approver, pin: Pin::parse("482913").unwrap() }).turn()
    }

    fn reach_sent(&mut self) -> Refund {
        let turn = self.reach_approval().give_pin();
        let refund = refund(&approving(self).intention, RefundState::Prepared);
        self.say(What::RefundRecorded { turn, refund: Box::new(refund.clone()) });
        refund
    }

    fn sends(&self) -> usize {
        self.asked.iter().filter(|effect| matches!(effect, Effect::SendRefund { .. })).count()
    }

    fn review(&self) -> &SaleReview {
        match self.flow.state() {
            State::Sale(review) => review,
            other => panic!("not on the sale: {}", other.name()),
        }
    }
}

#[test]
fn a_whole_refund() {
    let mut talk = Talk::new(true);
    talk.on("ready").say(What::RefundPressed).on("scan");
    let refund = talk.reach_sent();
    assert_eq!(talk.on("sending").sends(), 1);
    let moved = |state| What::RefundMoved(Box::new(Refund { state, ..refund.clone() }));
    talk.say(moved(RefundState::Sent)).on("sending").say(moved(RefundState::Refunded)).on("result");
    assert!(matches!(talk.asked.as_slice(), [Effect::Signal(Signal::Done)]));
    talk.say(What::FinishPressed).on("ready");
}

#[test]
fn only_a_finished_refund_leaves_the_screen_by_itself() {
    for (state, leaves) in
        [(RefundState::Refunded, true), (RefundState::Unknown, false), (RefundState::Declined, false)]
    {
        let mut talk = Talk::new(true);
        let refund = talk.reach_sent();
        talk.say(What::RefundMoved(Box::new(Refund { state, ..refund })));
        talk.flow.step(Event { at: NOW.plus_ms(19_999), what: What::TimePassed });
        talk.on("result");
        talk.flow.step(Event { at: NOW.plus_ms(20_000), what: What::TimePassed });
        talk.on(if leaves { "ready" } else { "result" });
    }
}

#[test]
fn the_gateway_confirms_before_anyone_is_asked() {
    let mut talk = Talk::new(true);
    let turn = talk.scan().turn();
    let turn = talk.say(What::SaleFound { turn, view: Box::new(view()), confirmed: false }).turn();
    talk.say(What::ReasonChosen(Reason::parse("Damaged").unwrap()));
    talk.say(What::ApprovalAsked).on("sale");
    talk.say(What::SaleUnconfirmed { turn, why: LookupFault::GatewayDown }).say(What::ApprovalAsked).on("sale");
    let turn = talk.say(What::CheckAgainPressed).turn();
    let mut less = view();
    less.balance.elsewhere = usd(3000);
    talk.say(What::SaleConfirmed { turn, view: Box::new(less) });
    assert_eq!(talk.review().amount, Ok(usd(990)));
    talk.say(What::ApprovalAsked).on("approval");
}

#[test]
fn a_store_that_does_not_ask_first_can_go_on_at_once() {
    let mut talk = Talk::new(false);
    let turn = talk.scan().turn();
    talk.say(What::SaleFound { turn, view: Box::new(view()), confirmed: false });
    talk.say(What::ReasonChosen(Reason::parse("Damaged").unwrap())).say(What::ApprovalAsked).on("approval");
}

#[test]
fn a_late_answer_changes_nothing() {
    let mut talk = Talk::new(true);
    let old = talk.scan().turn();
    talk.say(What::CancelPressed).on("ready");
    talk.say(What::SaleFound { turn: old, view: Box::new(view()), confirmed: true }).on("ready");
    talk.scan();
    talk.say(What::SaleFound { turn: old, view: Box::new(view()), confirmed: true }).on("scan");
    talk.say(What::SaleMissing { turn: old, why: LookupFault::NotFound }).on("scan");
}

#[test]
fn nobody_leaves_while_a_yes_is_looked_at_and_what_it_records_is_sent_once() {
    let mut talk = Talk::new(true);
    let turn = talk.reach_approval().give_pin();
    talk.say(What::CancelPressed).on("approval");
    talk.say(What::LockPressed).on("approval");
    talk.say(What::LeftAlone).on("approval");
    let refund = refund(&approving(&talk).intention, RefundState::Prepared);
    let recorded = |turn| What::RefundRecorded { turn, refund: Box::new(refund.clone()) };
    talk.say(recorded(Turn::default())).on("approval");
    assert_eq!(talk.sends(), 0);
    talk.say(recorded(turn)).on("sending");
    assert_eq!(talk.sends(), 1);
    talk.say(recorded(turn)).on("sending");
    assert_eq!(talk.sends(), 0);
}

#[test]
fn a_yes_that_could_not_be_recorded_is_said_and_nothing_is_sent() {
    let mut talk = Talk::new(true);
    let turn = talk.reach_approval().give_pin();
    let refund = refund(&approving(&talk).intention, RefundState::Prepared);
    talk.say(What::RecordFailed { turn, why: RecordFault::House(HouseFault::LedgerFull) }).on("problem");
    assert_eq!(talk.sends(), 0);
    talk.say(What::RefundRecorded { turn, refund: Box::new(refund) }).on("problem");
    assert_eq!(talk.sends(), 0);
}

#[test]
fn a_late_yes_to_a_screen_that_was_left_changes_nothing() {
    let mut talk = Talk::new(true);
    let turn = talk.reach_approval().give_pin();
    talk.say(What::ApprovalRefused { turn, why: ApprovalFault::WrongPin { wait_seconds: 0 } });
    talk.say(What::LockPressed).on("locked");
    talk.say(What::Approved { turn, approval: ApprovalId::parse(&ulid("A")).unwrap() }).on("locked");
    assert!(talk.asked.is_empty());
}

#[test]
fn everything_twice_sends_once() {
    let mut talk = Talk::new(true);
    let mut records = 0;
    let mut sends = 0;
    let turn = talk.reach_approval().give_pin();
    talk.give_pin_again_is_dropped();
    let approval = ApprovalId::parse(&ulid("A")).unwrap();
    let mut record_turn = None;
    for _ in 0..2 {
        talk.say(What::Approved { turn, approval: approval.clone() });
        if let Some(Effect::RecordRefund { turn, .. }) = talk.asked.first() {
            records += 1;
            record_turn = Some(*turn);
        }
    }
    let State::Sending(sending) = talk.flow.state().clone() else { panic!("not sending") };
    let refund = refund(&sending.intention, RefundState::Prepared);
    for _ in 0..3 {
        let turn = record_turn.expect("recorded once");
        talk.say(What::RefundRecorded { turn, refund: Box::new(refund.clone()) });
        sends += talk.sends();
    }
    assert_eq!((records, sends), (1, 1));
}

impl Talk {
    fn give_pin_again_is_dropped(&mut self) {
        let approver = OperatorId::parse(&ulid("M")).unwrap();
        self.say(What::PinGiven { approver, pin: Pin::parse("482913").unwrap() });
        assert!(self.asked.is_empty(), "a second PIN while one is checked");
    }
}

#[test]
fn a_scan_starts_a_refund_on_ready_and_is_swallowed_elsewhere() {
    let mut talk = Talk::new(true);
    talk.scan().on("scan");
    assert!(matches!(talk.asked.first(), Some(Effect::StartCamera)));
    talk.scan();
    assert!(talk.asked.is_empty(), "a scan while one is looked up");
    let mut talk = Talk::new(true);
    talk.reach_sale().scan().on("sale");
    talk.say(What::ReasonChosen(Reason::parse("Damaged").unwrap())).say(What::ApprovalAsked).scan().on("approval");
    let mut talk = Talk::new(true);
    let refund = talk.reach_sent();
    talk.scan().on("sending");
    talk.say(What::RefundMoved(Box::new(Refund { state: RefundState::Unknown, ..refund }))).scan().on("result");
}

#[test]
fn the_camera_waits_while_somebody_types() {
    let mut talk = Talk::new(true);
    let seen = |source| {
        let key = SaleKey::Transaction(TransactionNo::parse("316129873376769782").unwrap());
        What::CodeScanned { meaning: Scanned::Candidate(Candidate { key, doubt: None }), source, masked: "".into() }
    };
    talk.say(What::RefundPressed).say(What::Typing(true)).say(seen(ScanSource::Camera));
    assert!(talk.asked.is_empty());
    talk.say(What::Typing(false)).say(seen(ScanSource::Camera));
    assert!(!talk.asked.is_empty());
    let mut talk = Talk::new(true);
    talk.say(What::RefundPressed).say(What::Typing(true)).say(seen(ScanSource::Scanner));
    assert!(!talk.asked.is_empty(), "a scanner is meant");
}

#[test]
fn while_sending_nothing_can_be_pressed() {
    let mut talk = Talk::new(true);
    talk.reach_sent();
    for press in [
        What::CancelPressed,
        What::LockPressed,
        What::RefundPressed,
        What::ApprovalAsked,
        What::NextPressed,
        What::FinishPressed,
        What::AllChosen,
    ] {
        talk.say(press).on("sending");
        assert!(talk.asked.is_empty());
    }
}

#[test]
fn unknown_is_followed_and_changes_by_itself() {
    let mut talk = Talk::new(true);
    let refund = talk.reach_sent();
    let moved = |state| What::RefundMoved(Box::new(Refund { state, ..refund.clone() }));
    talk.say(moved(RefundState::Unknown)).on("result");
    assert!(talk.asked.iter().any(|effect| matches!(effect, Effect::ResolveRefund { .. })));
    let next_at = Some(NOW.plus_ms(12_000));
    let checked = |reference| What::RefundChecked { reference, evidence: Evidence::NotFound, asked: 2, next_at };
    talk.say(checked(refund.reference.clone()));
    talk.say(checked(RefundReference::parse("T3-OTHER").unwrap()));
    let State::Result(result) = talk.flow.state() else { panic!("no result") };
    assert_eq!((result.steps.len(), result.next_check_at), (3, next_at));
    talk.say(moved(RefundState::Refunded)).on("result");
    assert!(matches!(talk.asked.as_slice(), [Effect::Signal(Signal::Done)]));
}

#[test]
fn a_refused_record_goes_back_to_the_sale_and_asks_the_gateway_again() {
    let mut talk = Talk::new(true);
    let turn = talk.reach_approval().give_pin();
    let turn = talk.say(What::Approved { turn, approval: ApprovalId::parse(&ulid("A")).unwrap() }).turn();
    let why = RecordFault::Refused(Refusal::OverLeft { asked: usd(3990), left: usd(990) });
    talk.say(What::RecordFailed { turn, why: why.clone() }).on("sale");
    assert_eq!(talk.review().came_back, Some(why));
    assert!(matches!(talk.review().check, SaleCheck::Asking(_)));
}

#[test]
fn a_broken_ledger_is_said_and_nothing_is_sent() {
    let mut talk = Talk::new(true);
    let turn = talk.reach_approval().give_pin();
    let turn = talk.say(What::Approved { turn, approval: ApprovalId::parse(&ulid("A")).unwrap() }).turn();
    talk.say(What::RecordFailed { turn, why: RecordFault::House(HouseFault::LedgerFull) }).on("problem");
    assert_eq!(talk.sends(), 0);
    talk.say(What::CancelPressed).on("ready");
}

#[test]
fn amounts_are_judged_as_they_are_typed() {
    let mut talk = Talk::new(true);
    talk.reach_sale();
    let mut check = |what: What, expected: Result<Money, AmountProblem>| {
        talk.say(what);
        assert_eq!(talk.review().amount, expected);
    };
    check(What::AllChosen, Ok(usd(3990)));
    check(What::AmountTyped("".into()), Err(AmountProblem::Empty));
    check(What::AmountTyped("12.5".into()), Ok(usd(1250)));
    let decimals = MoneyError::TooManyDecimals { currency: Currency::USD, allowed: 2 };
    check(What::AmountTyped("12.555".into()), Err(AmountProblem::Unreadable(decimals)));
    let over = Refusal::OverLeft { asked: usd(4000), left: usd(3990) };
    check(What::AmountTyped("40".into()), Err(AmountProblem::Refused(over)));
    check(What::AmountTyped("0".into()), Err(AmountProblem::Refused(Refusal::ZeroAmount)));
    check(What::ItemToggled(0), Ok(usd(1250)));
    check(What::ItemToggled(2), Ok(usd(3090)));
    check(What::ItemToggled(0), Ok(usd(1840)));
    check(What::ItemToggled(2), Err(AmountProblem::Empty));
    check(What::ItemToggled(99), Err(AmountProblem::Empty));
}

#[test]
fn a_refused_code_says_so_and_leaves_a_masked_line() {
    let mut talk = Talk::new(true);
    let meaning = Scanned::Refused(ScanRefusal::ProductBarcode);
    talk.say(What::CodeScanned { meaning, source: ScanSource::Camera, masked: "4006..21".into() }).on("scan");
    assert_eq!(talk.noted(), ["scan_refused"]);
    let State::Scan(scanning) = talk.flow.state() else { panic!("not scanning") };
    assert_eq!(scanning.problem, Some(ScanProblem::Refused(ScanRefusal::ProductBarcode)));
}

#[test]
fn signing_in_and_locking() {
    let people = vec![person("C", "Mei Chen", Role::Cashier)];
    let flow = Flow::new(Setting::default(), people.clone());
    let mut talk = Talk { flow, asked: vec![], notes: vec![] };
    let ask = || What::SignInAsked { operator: people[0].id.clone(), pin: Pin::parse("1357").unwrap() };
    let turn = talk.on("locked").say(ask()).turn();
    talk.say(ask());
    assert!(talk.asked.is_empty(), "a second PIN while one is checked");
    talk.say(What::RefundPressed).on("locked");
    let why = ApprovalFault::WrongPin { wait_seconds: 2 };
    talk.say(What::SignInRefused { turn, why }).on("locked");
    let turn = talk.say(ask()).turn();
    talk.say(What::SignedIn { turn, operator: people[0].clone() }).on("ready");
    talk.say(What::LockPressed).on("locked");
    assert_eq!(talk.flow.operator(), None);
}

fn manager_in() -> Talk {
    let mut talk = Talk::new(true);
    let manager = person("M", "Luis Ortega", Role::Manager);
    talk.flow = Flow::signed_in(Setting::default(), talk.flow.operators().to_vec(), manager);
    talk
}

fn is(effects: &[Effect], wanted: fn(&Effect) -> bool) -> bool {
    effects.iter().any(wanted)
}

#[test]
fn settings_open_for_a_manager_alone() {
    manager_in().say(What::SettingsPressed).on("settings");
    // A cashier needs a manager's PIN, and is still the one who is signed in afterwards.
    let mut talk = Talk::new(true);
    talk.say(What::SettingsPressed).on("settings");
    let State::Settings(settings) = talk.flow.state() else { panic!() };
    assert!(!settings.is_open());
    for what in [What::SettingsPageChosen(SettingsPage::Camera), What::CamerasAsked] {
        assert!(talk.say(what).asked.is_empty());
    }
    let off = SettingChange::Camera(CameraChoice::Off);
    assert!(talk.say(What::SettingChosen(off.clone())).asked.is_empty(), "nothing is changed before the door is open");
    let pin = || Pin::parse("482913").unwrap();
    let manager = person("M", "Luis Ortega", Role::Manager);
    let turn = talk.say(What::ManagerPinGiven { operator: manager.id.clone(), pin: pin() }).turn();
    assert!(
        talk.say(What::ManagerPinGiven { operator: manager.id.clone(), pin: pin() }).asked.is_empty(),
        "one at a time"
    );
    talk.say(What::SignInRefused { turn, why: ApprovalFault::WrongPin { wait_seconds: 1 } });
    let turn = talk.say(What::ManagerPinGiven { operator: manager.id.clone(), pin: pin() }).turn();
    // A cashier whose PIN was right is no manager; an answer to the question before is none.
    let cashier = person("C", "Mei Chen", Role::Cashier);
    talk.say(What::SignedIn { turn: Turn::default(), operator: manager.clone() });
    assert!(matches!(talk.flow.state(), State::Settings(settings) if !settings.is_open()));
    talk.say(What::SignedIn { turn, operator: cashier.clone() });
    assert!(matches!(talk.flow.state(), State::Settings(settings) if !settings.is_open()));
    let turn = talk.say(What::ManagerPinGiven { operator: manager.id.clone(), pin: pin() }).turn();
    talk.say(What::SignedIn { turn, operator: manager });
    assert!(matches!(talk.flow.state(), State::Settings(settings) if settings.is_open()));
    assert_eq!(talk.noted().last(), Some(&"settings_opened"));
    assert_eq!(talk.flow.operator(), Some(&cashier));
    talk.say(What::SettingChosen(off));
    assert!(is(&talk.asked, |effect| matches!(effect, Effect::KeepSetting { .. })));
    talk.say(What::CancelPressed).on("ready");
}

#[test]
fn whoever_stands_before_the_locked_till_may_choose_how_it_speaks_and_nothing_else() {
    let mut talk = Talk::new(true);
    talk.say(What::LockPressed).on("locked");
    for change in [SettingChange::Language(Some(Language::Korean)), SettingChange::Theme(ThemeChoice::Dark)] {
        talk.say(What::SettingChosen(change)).on("locked");
        assert!(is(&talk.asked, |effect| matches!(effect, Effect::KeepSetting { by: None, .. })));
    }
    let camera = SettingChange::Camera(CameraChoice::Off);
    assert!(talk.say(What::SettingChosen(camera)).asked.is_empty());
    // Nor is it chosen in the middle of somebody's work.
    let mut talk = Talk::new(true);
    assert!(talk.say(What::SettingChosen(SettingChange::Language(None))).asked.is_empty());
}

#[test]
fn the_camera_is_on_while_its_page_is_open_and_no_longer() {
    let starts: fn(&Effect) -> bool = |effect| matches!(effect, Effect::StartCamera);
    let stops: fn(&Effect) -> bool = |effect| matches!(effect, Effect::StopCamera);
    for leave in [What::CancelPressed, What::LockPressed, What::SettingsPageChosen(SettingsPage::Scanner)] {
        let mut talk = manager_in();
        assert!(!is(&talk.say(What::SettingsPressed).asked, starts));
        talk.say(What::SettingsPageChosen(SettingsPage::Camera));
        assert!(is(&talk.asked, starts) && is(&talk.asked, |effect| matches!(effect, Effect::ListCameras)));
        assert!(talk.say(What::SettingsPageChosen(SettingsPage::Camera)).asked.is_empty());
        assert!(is(&talk.say(leave).asked, stops));
    }
}

#[test]
fn a_scan_on_the_settings_pages_starts_no_refund() {
    let mut talk = manager_in();
    talk.say(What::SettingsPressed);
    assert!(talk.scan().asked.is_empty());
    talk.on("settings").say(What::SettingsPageChosen(SettingsPage::Camera));
    assert!(talk.scan().asked.is_empty());
    talk.on("settings");
    // From nowhere else than Ready is there a way in.
    let mut talk = Talk::new(true);
    talk.reach_sale().say(What::SettingsPressed).on("sale");
}

/// On Approval, with the store's rules as weighed.
fn weighed(broken: Vec<HouseRule>) -> Talk {
    let mut talk = Talk::new(true);
    let turn = talk.reach_approval().turn();
    talk.say(What::Weighed { turn, weighed: Ok(Weighed { broken, warnings: vec![] }) });
    talk
}

fn approving(talk: &Talk) -> &Approving {
    match talk.flow.state() {
        State::Approval(approving) => approving,
        other => panic!("not on the approval: {}", other.name()),
    }
}

fn limit() -> HouseRule {
    HouseRule::RefundLimit { role: Role::Cashier, limit: Money::parse("1", Currency::USD).unwrap() }
}

#[test]
fn a_note_goes_to_the_ledger_with_the_yes_and_only_where_a_rule_wants_one() {
    for (broken, expected) in [(vec![limit()], Some("Our mistake")), (vec![], None)] {
        let mut talk = weighed(broken);
        assert_eq!(approving(&talk).wants_note(), expected.is_some());
        talk.say(What::NoteTyped("  Our mistake ".to_owned()));
        assert!(!approving(&talk).wants_note());
        talk.give_pin();
        let noted = talk.asked.iter().find_map(|effect| match effect {
            Effect::Approve { intention, .. } => Some(intention.note.clone()),
            _ => None,
        });
        assert_eq!(noted.unwrap().as_ref().map(Reason::as_str), expected);
        // Not to be changed any more while it is looked at.
        talk.say(What::NoteTyped("Another".to_owned()));
        assert_eq!(approving(&talk).note, "  Our mistake ");
    }
}

#[test]
fn a_rule_takes_the_cashiers_own_yes_away() {
    let mut talk = Talk::new(true);
    talk.flow.setting.policy.cashier_alone_up_to = Money::parse("1000", Currency::USD).ok();
    let turn = talk.reach_approval().turn();
    assert!(approving(&talk).cashier_alone);
    talk.say(What::Weighed { turn, weighed: Ok(Weighed { broken: vec![limit()], warnings: vec![] }) });
    assert!(!approving(&talk).cashier_alone);
}

#[test]
fn two_managers_where_a_rule_wants_two_and_nothing_is_recorded_in_between() {
    let mut talk = weighed(vec![HouseRule::SameAmount { minutes_ago: 1, within_minutes: 10 }]);
    let turn = talk.give_pin();
    let approval = ApprovalId::parse(&ulid("A")).unwrap();
    talk.say(What::Approved { turn, approval: approval.clone() }).on("approval");
    assert!(talk.asked.is_empty() && approving(&talk).first.is_some());
    talk.say(What::Approved { turn, approval: approval.clone() }).on("approval");
    let turn = talk.give_pin();
    assert!(matches!(talk.asked.as_slice(), [Effect::Countersign { approval: asked, .. }] if *asked == approval));
    talk.say(What::Approved { turn, approval: ApprovalId::parse(&ulid("B")).unwrap() }).on("approval");
    talk.say(What::Countersigned { turn }).on("sending");
    assert!(matches!(talk.asked.as_slice(), [Effect::RecordRefund { approval: used, .. }] if *used == approval));
    talk.say(What::Countersigned { turn });
    assert!(talk.asked.is_empty());
}

#[test]
fn a_second_yes_that_comes_too_late_begins_again() {
    let mut talk = weighed(vec![HouseRule::SameAmount { minutes_ago: 1, within_minutes: 10 }]);
    let turn = talk.give_pin();
    talk.say(What::Approved { turn, approval: ApprovalId::parse(&ulid("A")).unwrap() });
    let turn = talk.give_pin();
    talk.say(What::ApprovalRefused { turn, why: ApprovalFault::Refused(Refusal::ApprovalExpired) }).on("approval");
    assert_eq!(approving(&talk).first, None);
    talk.give_pin();
    assert!(matches!(talk.asked.as_slice(), [Effect::Approve { .. }]));
}

#[test]
fn rules_that_changed_meanwhile_are_weighed_again() {
    let mut talk = weighed(vec![]);
    let turn = talk.give_pin();
    talk.say(What::ApprovalRefused { turn, why: ApprovalFault::Refused(Refusal::House(limit())) });
    let again = talk.turn();
    talk.say(What::Weighed { turn: again, weighed: Ok(Weighed { broken: vec![limit()], warnings: vec![] }) });
    assert!(approving(&talk).wants_note());
}
