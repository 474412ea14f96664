//! A till for the window's tests: the real flow inside, its effects carried out at once by pretending.
#![allow(dead_code, reason = "each test file uses its part of it")]

pub mod checks;
pub mod demo;
pub mod digest;
pub mod outside;
pub mod paint;
pub mod painted;
pub mod paper;
pub mod people;
pub mod recovery;
pub mod refund_scenes;
pub mod report_scenes;
pub mod scenes;
pub mod settings;
pub mod setup;
pub mod window;

use std::sync::{Arc, Mutex};

use tillback::config;
use tillback::domain::{
    ApprovalFault, ApprovalId, Badge, Balance, ChangedKey, Checkup, Currency, Decision, DecisionKind, ForeignRefund,
    GatewayAccount, GatewayTest, HistoryEntry, HouseFault, Intention, InvoiceReference, KeepFault, Language,
    LookupFault, Money, NoCheckup, Operator, OperatorId, OrderFault, Outcome, PeopleFault, PrintSubject, PrinterPlace,
    Proof, Reason, RecordFault, Refund, RefundReference, RefundState, Role, Sale, SaleId, SaleItem, SaleOrigin,
    SaleStatus, SaleView, ScanSource, Scanned, ScannerKind, SettingChange, SetupPage, Shift, Standing, StoreRules,
    Timestamp, TokenFault, TokenPlace, TransactionNo, TypedToken, Verdict,
};
use tillback::domain::{Policy, operator::OperatorName, text::masked};
use tillback::flow::{
    CheckShown, Effect, Event, Flow, KeptSetting, Leaving, OnAbout, OnPeople, OnRefunds, OnReport, OnSettings,
    RefundDetail, RefundOrder, RefundPage, Setting, Signal, State, Turn, What,
};
use tillback::scan::wedge::ScanText;
use tillback::terminal::{
    CameraHint, CareView, Devices, Equipment, Light, PAGE_ROWS, PracticePins, Preview, PrintState, Till, TillView,
    Tried,
};

/// Sunday 22 November 2026, 14:32:10 UTC.
pub const NOW: Timestamp = Timestamp::from_ms(1_795_357_930_000);
pub const PIN: &str = "4829";
pub const NUMBER: &str = "297553638301777927";
pub const NUMBER_KRW: &str = "297553638301777935";

/// The badge of the pretended world is Luis's.
pub const BADGE: [u8; 16] = [0x5A; 16];

pub fn badge() -> Badge {
    Badge::of(BADGE)
}

fn is_right(proof: &Proof) -> bool {
    match proof {
        Proof::Pin(pin) => pin.expose() == PIN,
        Proof::Badge(shown) => *shown == badge(),
    }
}

pub fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

pub fn person(end: char, name: &str, role: Role) -> Operator {
    let id = OperatorId::parse(&format!("01JD9K7R2W8M4Q6X000000000{end}")).unwrap();
    Operator { id, name: OperatorName::parse(name).unwrap(), role }
}

pub fn mei() -> Operator {
    person('A', "Mei Chen", Role::Cashier)
}

pub fn luis() -> Operator {
    person('B', "Luis Ortega", Role::Manager)
}

pub fn dana() -> Operator {
    person('C', "Dana Whitfield", Role::Manager)
}

pub fn item(name: &str, quantity: u32, minor: i64) -> SaleItem {
    SaleItem { description: name.to_owned(), quantity, amount: usd(minor) }
}

/// The store's settings file.
const SETTINGS: &str = "[terminal]\nname = \"T3\"\n\n[gateway]\nenvironment = \"sandbox\"\nmerchant_no = \"200043\"\n\
                        store_no = \"300014\"\n\n[camera]\nfolder = \"pictures\"\n\n[ui]\n\
                        reasons = [\"Damaged\", \"Changed mind\", \"Wrong price\"]\n";

pub fn reasons(words: &[&str]) -> Vec<Reason> {
    words.iter().map(|reason| Reason::parse(reason).unwrap()).collect()
}

/// The sale of the pictures: 39.90 paid, 12.50 refunded today.
pub fn sale() -> SaleView {
    let sale = Sale {
        id: SaleId::parse("01JD9K7R2W8M4Q6X00000000S1").unwrap(),
        transaction_no: Some(TransactionNo::parse(NUMBER).unwrap()),
        reference: Some(InvoiceReference::parse("POS03-20261121-004417").unwrap()),
        paid: usd(3990),
        settle_currency: Currency::USD,
        wallet: Some("alipay".to_owned()),
        paid_at: Some(NOW.plus_ms(-20 * 3_600_000)),
        status: SaleStatus::Success,
        origin: SaleOrigin::Import,
        items: vec![item("Oolong Tea 500 ml", 1, 1250), item("Pork Bun", 2, 900), item("Rice 5 kg", 1, 1840)],
    };
    let balance = Balance { refunded: usd(1250), ..Balance::untouched(sale.paid) };
    let before = refund_of(&sale, usd(1250), RefundState::Refunded, Some(refunded()), NOW.plus_ms(-3 * 3_600_000));
    SaleView { balance, sale, refunds: vec![before], foreign: vec![] }
}

pub fn refunded() -> Outcome {
    Outcome::Refunded { gateway_refund_no: Some("297553638302358781".to_owned()) }
}

pub fn reference() -> RefundReference {
    RefundReference::parse("T3-01JD9K7R2W8M4Q6XAAAAAAAAAA").unwrap()
}

pub fn refund_of(sale: &Sale, amount: Money, state: RefundState, outcome: Option<Outcome>, at: Timestamp) -> Refund {
    Refund {
        reference: reference(),
        sale_id: sale.id.clone(),
        sale_key: sale.key().unwrap(),
        amount,
        settle_currency: sale.settle_currency,
        reason: Reason::parse("Changed mind").unwrap(),
        requester: mei().id,
        approver: luis().id,
        approval_id: ApprovalId::parse("01JD9K7R2W8M4Q6X00000000P1").unwrap(),
        attempt: 1,
        state,
        outcome,
        decision: None,
        contradiction: None,
        created_at: at,
        updated_at: at,
        till: "Till 3".to_owned(),
    }
}

/// What the pretended world does.
#[derive(Clone)]
pub struct World {
    pub sales: Vec<SaleView>,
    pub lookup: Option<LookupFault>,
    pub check: Result<(), LookupFault>,
    pub record: Result<(), RecordFault>,
    pub outcome: Option<Outcome>,
    pub hold_lookup: bool,
    pub hold_check: bool,
    pub hold_pin: bool,
    pub wait_seconds: u32,
    pub policy: Policy,
    pub currency: Currency,
    pub operators: Vec<Operator>,
    pub signed_in: Option<Operator>,
    pub reasons: Vec<Reason>,
    pub training: bool,
    pub devices: Devices,
    pub equipment: Equipment,
    /// What becomes of a setting that is changed.
    pub keeps: Result<(), KeepFault>,
    /// The settings file as it stands.
    pub settings: String,
    /// What was changed in it.
    pub changed: Vec<ChangedKey>,
    pub account: GatewayAccount,
    pub token: Result<TokenPlace, TokenFault>,
    /// How a trial of the gateway ends.
    pub test: GatewayTest,
    pub hold_test: bool,
    /// What the checks find; they never end where there is nothing.
    pub checkup: Option<Result<Checkup, NoCheckup>>,
    /// The checks that were asked for, and whether a file for support was.
    pub checked: Vec<bool>,
    pub tested: Vec<(GatewayAccount, Option<TypedToken>)>,
    pub given: Vec<TypedToken>,
    pub leaving: Option<Leaving>,
    /// Where the first start goes on.
    pub setup: Option<SetupPage>,
    pub care: CareView,
    pub unresolved: usize,
    pub waiting: usize,
    pub contradicted: usize,
    pub hint: Option<CameraHint>,
    pub preview: Option<Arc<Preview>>,
    pub practice_pins: Option<PracticePins>,
    /// What stands in the record, with one history for all of them.
    pub refunds: Vec<Refund>,
    pub history: Vec<HistoryEntry>,
    /// There are more pages.
    pub more: bool,
    pub hold_list: bool,
    pub shown: Option<CheckShown>,
    /// Who has a badge.
    pub holders: Vec<OperatorId>,
    /// Who has a language of their own.
    pub languages: Vec<(OperatorId, Language)>,
    /// Why a change to people is refused.
    pub people_fault: Option<PeopleFault>,
    /// Why a manager's order is refused, PIN or not.
    pub order_fault: Option<OrderFault>,
    /// The newest shift at this till.
    pub shift: Option<Shift>,
    pub report_fault: Option<HouseFault>,
    pub quiet_day: bool,
}

impl Default for World {
    fn default() -> Self {
        Self {
            sales: vec![sale()],
            lookup: None,
            check: Ok(()),
            record: Ok(()),
            outcome: Some(refunded()),
            hold_lookup: false,
            hold_check: false,
            hold_pin: false,
            wait_seconds: 3,
            policy: Policy::default(),
            currency: Currency::USD,
            operators: vec![mei(), luis()],
            signed_in: Some(mei()),
            reasons: reasons(&["Damaged", "Changed mind", "Wrong price"]),
            training: false,
            devices: Devices { gateway: Light::Good, scanner: Light::Good, camera: Light::Good },
            equipment: Equipment::default(),
            keeps: Ok(()),
            settings: SETTINGS.to_owned(),
            changed: vec![],
            account: GatewayAccount {
                environment: "sandbox".to_owned(),
                merchant_no: "200043".to_owned(),
                store_no: "300014".to_owned(),
            },
            token: Ok(TokenPlace::SealedToMachine),
            test: GatewayTest::Accepted,
            hold_test: false,
            checkup: Some(Ok(Checkup::default())),
            checked: vec![],
            tested: vec![],
            given: vec![],
            leaving: None,
            setup: None,
            care: CareView::default(),
            unresolved: 0,
            waiting: 0,
            contradicted: 0,
            hint: None,
            preview: None,
            practice_pins: None,
            refunds: vec![],
            history: vec![],
            more: false,
            hold_list: false,
            shown: Some(CheckShown::NotFound),
            holders: vec![],
            languages: vec![],
            people_fault: None,
            order_fault: None,
            shift: None,
            report_fault: None,
            quiet_day: false,
        }
    }
}

struct Inside {
    flow: Flow,
    now: Timestamp,
    told: Vec<What>,
    scanned: Vec<(String, ScanSource)>,
    signal: Option<(Timestamp, Signal)>,
}

pub struct FakeTill {
    pub world: Mutex<World>,
    inside: Mutex<Inside>,
}

impl FakeTill {
    pub fn new(world: World) -> Arc<Self> {
        let setting =
            Setting { policy: world.policy.clone(), ask_gateway_first: true, setup: world.setup, ..Setting::default() };
        let flow = match &world.signed_in {
            Some(operator) => Flow::signed_in(setting, world.operators.clone(), operator.clone()),
            None => Flow::new(setting, world.operators.clone()),
        };
        let inside = Inside { flow, now: NOW, told: vec![], scanned: vec![], signal: None };
        Arc::new(Self { world: Mutex::new(world), inside: Mutex::new(inside) })
    }

    pub fn now(&self) -> Timestamp {
        self.inside.lock().unwrap().now
    }

    pub fn pass(&self, ms: i64) {
        let mut inside = self.inside.lock().unwrap();
        inside.now = inside.now.plus_ms(ms);
        let at = inside.now;
        drop(inside);
        self.step(Event { at, what: What::TimePassed });
    }

    pub fn screen(&self) -> &'static str {
        self.inside.lock().unwrap().flow.state().name()
    }

    pub fn state(&self) -> State {
        self.inside.lock().unwrap().flow.state().clone()
    }

    /// The settings the window changed.
    pub fn changed(&self) -> Vec<SettingChange> {
        let change = |what: &What| match what {
            What::SettingChosen(change) => Some(change.clone()),
            _ => None,
        };
        self.inside.lock().unwrap().told.iter().filter_map(change).collect()
    }

    /// What the window told, without the amounts typed on the way and without whether a number is being typed.
    pub fn told(&self) -> Vec<String> {
        let inside = self.inside.lock().unwrap();
        let told = inside.told.iter().filter(|what| !matches!(what, What::Typing(_)));
        told.map(|what| format!("{what:?}").split([' ', '(', '{']).next().unwrap().to_owned()).collect()
    }

    pub fn view_operator(&self) -> Option<Operator> {
        self.inside.lock().unwrap().flow.operator().cloned()
    }

    pub fn scans(&self) -> Vec<(String, ScanSource)> {
        self.inside.lock().unwrap().scanned.clone()
    }

    pub fn happen(&self, what: What) {
        let at = self.now();
        self.step(Event { at, what });
    }

    /// A scanner read something on the scanner page.
    pub fn try_out(&self, scanner: ScannerKind, scan: ScanText) {
        let mut world = self.world.lock().unwrap();
        let number = world.equipment.tried.as_ref().map_or(0, |tried| tried.number) + 1;
        world.equipment.tried = Some(Tried { number, scanner, scan });
    }

    fn step(&self, event: Event) {
        let effects = self.inside.lock().unwrap().flow.step(event);
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn carry_out(&self, effect: Effect) {
        let world = self.world.lock().unwrap().clone();
        let what = match effect {
            Effect::SignIn { .. } | Effect::Approve { .. } | Effect::People { .. } if world.hold_pin => return,
            Effect::People { turn, task } => {
                let what = people::answer(&self.world, turn, task);
                let (operators, holders, languages) = {
                    let world = self.world.lock().unwrap();
                    (world.operators.clone(), world.holders.clone(), world.languages.clone())
                };
                self.happen(What::OnPeople(OnPeople::Known { operators, holders, languages }));
                what
            }
            Effect::SignIn { turn, operator, pin } if pin.expose() == PIN => {
                let operator = world.operators.iter().find(|known| known.id == operator).unwrap().clone();
                What::SignedIn { turn, operator }
            }
            Effect::SignIn { turn, .. } => {
                What::SignInRefused { turn, why: ApprovalFault::WrongPin { wait_seconds: world.wait_seconds } }
            }
            Effect::FindSale { turn, candidate, .. } => {
                if world.hold_lookup {
                    return;
                }
                let wanted = candidate.key.as_str();
                let is_it = |view: &&SaleView| {
                    view.sale.transaction_no.as_ref().is_some_and(|number| number.as_str() == wanted)
                        || view.sale.reference.as_ref().is_some_and(|number| number.as_str() == wanted)
                };
                match (world.lookup, world.sales.iter().find(is_it)) {
                    (None, Some(view)) => What::SaleFound { turn, view: Box::new(view.clone()), confirmed: false },
                    (why, _) => What::SaleMissing { turn, why: why.unwrap_or(LookupFault::NotFound) },
                }
            }
            Effect::CheckSale { turn, sale_id, .. } => {
                if world.hold_check {
                    return;
                }
                let view = world.sales.iter().find(|view| view.sale.id == sale_id).unwrap().clone();
                match world.check {
                    Ok(()) => What::SaleConfirmed { turn, view: Box::new(view) },
                    Err(why) => What::SaleUnconfirmed { turn, why },
                }
            }
            Effect::Weigh { turn, intention, source } => {
                let view = world.sales.iter().find(|view| view.sale.id == intention.sale_id).unwrap();
                let role = world.operators.iter().find(|who| who.id == intention.requester).unwrap().role;
                let standing = Standing::fresh(role);
                let weighed = world.policy.rules.weigh(view, intention.amount, source, &standing, self.now());
                What::Weighed { turn, weighed: Ok(weighed) }
            }
            Effect::Countersign { turn, .. } => What::Countersigned { turn },
            Effect::Approve { turn, proof, .. } if is_right(&proof) => {
                What::Approved { turn, approval: ApprovalId::parse("01JD9K7R2W8M4Q6X00000000P2").unwrap() }
            }
            Effect::Approve { turn, .. } => {
                What::ApprovalRefused { turn, why: ApprovalFault::WrongPin { wait_seconds: world.wait_seconds } }
            }
            Effect::RecordRefund { turn, intention, .. } => match world.record {
                Ok(()) => What::RefundRecorded { turn, refund: Box::new(self.prepared(&intention)) },
                Err(why) => What::RecordFailed { turn, why },
            },
            Effect::SendRefund { .. } => {
                let mut refund = self.sent();
                self.happen(What::RefundMoved(Box::new(refund.clone())));
                let Some(outcome) = world.outcome else { return };
                refund.state = refund.state.after(outcome.as_move()).unwrap();
                refund.outcome = Some(outcome);
                What::RefundMoved(Box::new(refund))
            }
            Effect::ListRefunds { .. } if world.hold_list => return,
            Effect::ListRefunds { turn, query } => {
                let found = |refund: &&Refund| refund.reference.as_str().contains(&query.text);
                let refunds = world.refunds.iter().filter(found).take(PAGE_ROWS).cloned().collect();
                let page = RefundPage { refunds, more: world.more, ..RefundPage::default() };
                What::OnRefunds(OnRefunds::Listed { turn, page: Box::new(page) })
            }
            Effect::MakeReport { .. } if world.hold_list => return,
            Effect::MakeReport { turn, ask, .. } => {
                let made = Box::new(report_scenes::made(&world, &ask));
                What::OnReport(OnReport::Made { turn, made })
            }
            Effect::OpenShift { turn, operator } => {
                self.world.lock().unwrap().shift = Some(report_scenes::shift_of(operator, false));
                What::OnReport(OnReport::ShiftMoved { turn, moved: Ok(()) })
            }
            Effect::CloseShift { turn, operator, .. } => {
                self.world.lock().unwrap().shift = Some(report_scenes::shift_of(operator, true));
                What::OnReport(OnReport::ShiftMoved { turn, moved: Ok(()) })
            }
            Effect::ExportReport { turn, report, form, .. } => {
                let written = world.keeps.map(|()| format!("{}.{}", report.file_stem(), form.ending()));
                What::OnReport(OnReport::Exported { turn, written })
            }
            Effect::ReadRefund { turn, reference } => {
                let Some(refund) = world.refunds.iter().find(|refund| refund.reference == reference) else { return };
                let wallet = Some("alipay".to_owned());
                let (refund, history) = (refund.clone(), world.history.clone());
                let detail = RefundDetail { refund, wallet, history, people: vec![] };
                What::OnRefunds(OnRefunds::Read { turn, detail: Box::new(detail) })
            }
            Effect::CheckRefund { turn, .. } => match world.shown {
                Some(shown) => What::OnRefunds(OnRefunds::Checked { turn, shown }),
                None => return,
            },
            Effect::OrderRefund { .. } if world.hold_pin => return,
            Effect::OrderRefund { turn, reference, order, proof, .. } => self.order(turn, &reference, &order, &proof),
            Effect::Signal(signal) => {
                let mut inside = self.inside.lock().unwrap();
                inside.signal = Some((inside.now, signal));
                return;
            }
            Effect::KeepSetting { by, change } => {
                {
                    let equipment = &mut self.world.lock().unwrap().equipment;
                    match &change {
                        SettingChange::Camera(choice) => equipment.camera.choice = choice.clone(),
                        SettingChange::ScannerPrefix(prefix) => equipment.prefix.clone_from(prefix),
                        SettingChange::ScannerSuffix(suffix) => equipment.suffix.clone_from(suffix),
                        // As the till does it: what it is called and how it is comes later.
                        SettingChange::Printer(choice) => {
                            let printer = &mut equipment.printer;
                            (printer.light, printer.fault) = (Light::Waiting, None);
                            printer.name = (choice.place != PrinterPlace::None).then(String::new);
                            printer.has_drawer = choice.has_drawer();
                            printer.choice = choice.clone();
                        }
                        _ => {}
                    }
                }
                if let SettingChange::Window(choice) = &change {
                    self.world.lock().unwrap().equipment.window = *choice;
                }
                if let SettingChange::Sounds(level) = &change {
                    self.world.lock().unwrap().equipment.sound = *level;
                }
                match world.keeps {
                    Ok(()) => self.keep(by, change),
                    Err(why) => What::SettingKept(Err(why)),
                }
            }
            Effect::AdoptSettings { kept } => {
                let mut world = self.world.lock().unwrap();
                world.policy = kept.rules.policy.clone();
                world.reasons = kept.rules.reasons.clone();
                What::OnSettings(OnSettings::Adopted { rules: kept.rules })
            }
            Effect::CheckUp { turn, pack, .. } => {
                self.world.lock().unwrap().checked.push(pack);
                match world.checkup.clone() {
                    Some(mut checkup) => {
                        if let (Ok(checkup), false) = (&mut checkup, pack) {
                            checkup.packed = None;
                        }
                        let checkup = checkup.map(Box::new);
                        What::OnSettings(OnSettings::About(OnAbout::Checked { turn, checkup }))
                    }
                    None => return,
                }
            }
            Effect::FindToken { turn } => What::OnSettings(OnSettings::TokenFound { turn, place: world.token.clone() }),
            Effect::TestGateway { .. } if world.hold_test => return,
            Effect::TestGateway { turn, account, token } => {
                self.world.lock().unwrap().tested.push((account, token));
                What::OnSettings(OnSettings::Tested { turn, test: world.test.clone() })
            }
            Effect::KeepToken { turn, token, .. } => {
                self.world.lock().unwrap().given.push(token);
                What::OnSettings(OnSettings::TokenKept { turn, kept: world.token.clone() })
            }
            Effect::Leave(leaving) => {
                self.world.lock().unwrap().leaving = Some(leaving);
                return;
            }
            Effect::Print { subject, .. } => return self.put_to_print(subject),
            Effect::PrintReport { report, .. } => {
                return self.put_to_print(PrintSubject::Report(report.file_stem()));
            }
            Effect::StartCamera
            | Effect::LookAtPrinter
            | Effect::StopCamera
            | Effect::ListCameras
            | Effect::ResolveRefund { .. }
            | Effect::FindInterrupted
            | Effect::Note { .. } => return,
        };
        self.happen(what);
    }

    /// Writes a change into the settings file as the till would.
    fn keep(&self, by: Option<OperatorId>, change: SettingChange) -> What {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        std::fs::write(&file, &self.world.lock().unwrap().settings).unwrap();
        let kept = config::keep(&file, &change).map(|kept| {
            self.world.lock().unwrap().changed.extend(kept.changed);
            let rules = StoreRules { policy: kept.config.policy, reasons: kept.config.ui.reasons };
            let seen = config::seen(&file).unwrap();
            Box::new(KeptSetting { by, change, seen, rules: Box::new(rules) })
        });
        self.world.lock().unwrap().settings = std::fs::read_to_string(&file).unwrap();
        What::SettingKept(kept)
    }

    /// A manager's order, as the ledger would take it.
    /// As the till does it: what waits is not asked for again.
    fn put_to_print(&self, subject: PrintSubject) {
        let printer = &mut self.world.lock().unwrap().equipment.printer;
        printer.jobs.retain(|(known, _)| *known != subject);
        printer.jobs.push((subject, PrintState::Waiting));
    }

    fn order(&self, turn: Turn, reference: &RefundReference, order: &RefundOrder, proof: &Proof) -> What {
        let now = self.now();
        let mut world = self.world.lock().unwrap();
        let wrong = (!is_right(proof))
            .then_some(OrderFault::Person(ApprovalFault::WrongPin { wait_seconds: world.wait_seconds }));
        if let Some(why) = wrong.or_else(|| world.order_fault.clone()) {
            return What::OnRefunds(OnRefunds::OrderRefused { turn, why });
        }
        let refund = world.refunds.iter_mut().find(|refund| refund.reference == *reference).unwrap();
        let decided = |kind, reason: &Reason, evidence| Decision {
            kind,
            by: luis().id,
            reason: reason.clone(),
            evidence,
            at: now,
            confirmed_at: None,
        };
        refund.contradiction = None;
        match order {
            RefundOrder::SendAgain { .. } => (refund.state, refund.outcome) = (RefundState::Sent, None),
            RefundOrder::Release { reason } => {
                refund.state = RefundState::Abandoned;
                refund.decision = Some(decided(DecisionKind::Abandoned, reason, None));
            }
            RefundOrder::Decide(word) => {
                let (state, kind, outcome) = match word.verdict {
                    Verdict::Refunded => (RefundState::Refunded, DecisionKind::Refunded, refunded()),
                    Verdict::NotExecuted => (RefundState::NotExecuted, DecisionKind::NotExecuted, Outcome::NotExecuted),
                };
                (refund.state, refund.outcome) = (state, Some(outcome));
                refund.decision = Some(decided(kind, &word.reason, Some(word.evidence.clone())));
            }
        }
        What::OnRefunds(OnRefunds::Ordered { turn, refund: Box::new(refund.clone()) })
    }

    fn prepared(&self, intention: &Intention) -> Refund {
        let world = self.world.lock().unwrap();
        let view = world.sales.iter().find(|view| view.sale.id == intention.sale_id).unwrap();
        let mut refund = refund_of(&view.sale, intention.amount, RefundState::Prepared, None, self.now());
        refund.reason = intention.reason.clone();
        refund
    }

    fn sent(&self) -> Refund {
        let State::Sending(sending) = self.state() else { panic!("not sending") };
        let mut refund = sending.refund.unwrap();
        refund.state = RefundState::Sent;
        refund.updated_at = self.now();
        refund
    }

    /// The refund on screen moves, as after a query.
    pub fn resolve(&self, state: RefundState, outcome: Outcome) {
        let State::Result(result) = self.state() else { panic!("no result") };
        let mut refund = result.refund;
        refund.state = state;
        refund.outcome = Some(outcome);
        self.happen(What::RefundMoved(Box::new(refund)));
    }
}

impl Till for FakeTill {
    fn view(&self) -> Arc<TillView> {
        let world = self.world.lock().unwrap();
        let inside = self.inside.lock().unwrap();
        Arc::new(TillView {
            state: inside.flow.state().clone(),
            operator: inside.flow.operator().cloned(),
            operators: inside.flow.operators().to_vec(),
            store: "Harbor View".to_owned(),
            till: if inside.flow.sets_up() { "T3" } else { "Till 3" }.to_owned(),
            training: world.training,
            leaving: world.leaving,
            sets_up: inside.flow.sets_up(),
            account: world.account.clone(),
            account_may_change: !world.training,
            devices: world.devices,
            equipment: world.equipment.clone(),
            care: world.care,
            unresolved: world.unresolved,
            waiting: world.waiting,
            contradicted: world.contradicted,
            reasons: world.reasons.clone(),
            policy: world.policy.clone(),
            currency: world.currency,
            badge_in_hand: inside.flow.badge_in_hand().cloned(),
            badge_holders: inside.flow.badge_holders().to_vec(),
            languages: inside.flow.languages().to_vec(),
            hint: world.hint,
            practice_pins: world.practice_pins.clone(),
            signal: inside.signal,
            at: inside.now,
        })
    }

    fn preview(&self) -> Option<Arc<Preview>> {
        self.world.lock().unwrap().preview.clone()
    }

    fn tell(&self, what: What) {
        self.inside.lock().unwrap().told.push(what.clone());
        self.happen(what);
    }

    fn scanned(&self, text: &str, source: ScanSource) {
        self.inside.lock().unwrap().scanned.push((text.to_owned(), source));
        let meaning: Scanned = tillback::scan::payload::read(text, source, None);
        self.happen(What::CodeScanned { meaning, source, masked: masked(text) });
    }

    fn tried(&self, scan: &ScanText) {
        self.try_out(ScannerKind::Keyboard, scan.clone());
    }
}

/// A fault of the house, for the Problem screen.
pub const DISK_FULL: RecordFault = RecordFault::House(HouseFault::LedgerFull);

/// A refund somebody made elsewhere.
pub fn elsewhere(minor: i64) -> ForeignRefund {
    ForeignRefund { id: "dashboard-1".to_owned(), amount: usd(minor) }
}
