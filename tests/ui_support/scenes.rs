//! Every screen in every state worth looking at, each reached as a person would reach it.

use std::sync::Arc;

use tillback::domain::{
    DeclineCause, HouseRules, InvoiceReference, Limits, LookupFault, NotSentCause, Outcome, Pin, PrintSubject,
    PrinterFault, Reason, RecordFault, RefundState, Refusal, Role, ScanSource, UnknownCause,
};
use tillback::flow::{Evidence, OnDevices, OnPeople, OnRefunds, What};
use tillback::terminal::{CameraHint, Light, Preview, Till};

use super::window::Window;
use super::{DISK_FULL, FakeTill, NUMBER, PIN, World, badge, dana, elsewhere, item, luis, mei, person, reference, usd};

pub struct Scene {
    pub name: &'static str,
    pub world: World,
    pub play: fn(&FakeTill),
    /// What is tapped then, by name; "F1" is the key.
    pub taps: &'static [&'static str],
}

pub(super) fn preview() -> Arc<Preview> {
    let luma = (0..360 * 640).map(|at| if (at / 8) % 2 == 0 { 60 } else { 200 }).collect();
    let outline = Some([(0.3, 0.4), (0.7, 0.42), (0.69, 0.6), (0.29, 0.58)]);
    Arc::new(Preview { number: 1, width: 640, height: 360, luma, outline })
}

fn to_sale(till: &FakeTill) {
    till.scanned(NUMBER, ScanSource::Scanner);
}

fn to_approval(till: &FakeTill) {
    to_sale(till);
    till.tell(What::ReasonChosen(Reason::parse("Changed mind").unwrap()));
    till.tell(What::ApprovalAsked);
}

pub fn to_result(till: &FakeTill) {
    to_approval(till);
    till.tell(What::PinGiven { approver: luis().id, pin: Pin::parse(PIN).unwrap() });
}

fn to_result_asked(till: &FakeTill) {
    to_result(till);
    for asked in 1..=5 {
        till.pass(8_000);
        let evidence = if asked % 2 == 0 { Evidence::NotFound } else { Evidence::Failed };
        let next_at = Some(till.now().plus_ms(12_000));
        till.happen(What::RefundChecked { reference: reference(), evidence, asked, next_at });
    }
}

pub(super) fn with(change: impl FnOnce(&mut World)) -> World {
    let mut world = World::default();
    change(&mut world);
    world
}

fn ends(outcome: Outcome) -> World {
    with(|world| world.outcome = Some(outcome))
}

impl Scene {
    /// Opens a window of so many pixels on it, which shows everything larger where there is room.
    pub fn open_large(self, (width, height): (f32, f32)) -> Window {
        let zoom = tillback::ui::zoom_of(egui::vec2(width, height));
        let mut window = self.open(width / zoom, height / zoom);
        window.grow(zoom, (width / zoom, height / zoom));
        window
    }

    /// Opens a window of that size on it.
    pub fn open(self, width: f32, height: f32) -> Window {
        let Self { world, play, taps, .. } = self;
        let mut window = Window::of_size(world, width, height);
        act(&mut window, play, taps);
        window
    }

    /// Shows it in a window that showed another.
    pub fn show_in(self, window: &mut Window) {
        window.start_over(self.world);
        act(window, self.play, self.taps);
    }
}

fn act(window: &mut Window, play: fn(&FakeTill), taps: &[&str]) {
    play(&window.till);
    window.settle();
    for name in taps {
        if *name == "F1" {
            window.key(egui::Key::F1);
        } else {
            window.tap(name);
        }
    }
}

const LONG_INVOICE: &str = "POS03-20261121-004417-POS03-20261121-004417-POS03-20261121-00441";

/// Texts as long as their types allow.
fn long_texts() -> Vec<Scene> {
    let long = || {
        with(|world| {
            let name = "Maximiliane-Alexandra von Hohenburg-Oberstein de la Fuente X";
            let (cashier, manager) = (person('A', name, Role::Cashier), person('B', name, Role::Manager));
            (world.operators, world.signed_in) = (vec![cashier.clone(), manager], Some(cashier));
            world.sales[0].sale.wallet = Some("A wallet with a name that nobody has ever heard of".to_owned());
            world.sales[0].sale.transaction_no = None;
            world.sales[0].sale.reference = InvoiceReference::parse(LONG_INVOICE).ok();
            world.reasons = super::reasons(&[
                "A reason that somebody in head office has thought about for quite a long time, it seems",
            ]);
        })
    };
    let locked = || {
        let mut world = long();
        world.signed_in = None;
        world
    };
    fn scan(till: &FakeTill) {
        till.scanned(LONG_INVOICE, ScanSource::Typed);
    }
    fn ask(till: &FakeTill) {
        scan(till);
        till.tell(What::ReasonChosen(Reason::parse(&"It was too ".repeat(10)).unwrap()));
    }
    fn refund(till: &FakeTill) {
        ask(till);
        till.tell(What::ApprovalAsked);
        till.tell(What::PinGiven { approver: luis().id, pin: Pin::parse(PIN).unwrap() });
    }
    let failing = || {
        let mut world = long();
        world.record = Err(DISK_FULL);
        world
    };
    let scene = |name, world, play| Scene { name, world, play, taps: &[] };
    vec![
        scene("locked, long texts", locked(), |_| ()),
        scene("ready, long texts", long(), |_| ()),
        scene("sale, long texts", long(), ask),
        Scene { taps: &["Ask the manager…"], ..scene("approval, long texts", long(), ask) },
        scene("result, long texts", long(), refund),
        scene("problem, long texts", failing(), refund),
    ]
}

/// Pads, fields and lists that somebody has opened.
fn opened() -> Vec<Scene> {
    let tapped = |name, world, play, taps| Scene { name, world, play, taps };
    let three = || with(|world| world.operators.push(dana()));
    let many = || {
        with(|world| {
            world.reasons = super::reasons(&["Damaged", "Changed mind", "Wrong price", "Wrong item", "Late", "Other"])
        })
    };
    vec![
        tapped("scan, number pad", World::default(), |till| till.tell(What::RefundPressed), &["Number pad", "2", "9"]),
        tapped("sale, amount", World::default(), to_sale, &["Another amount"]),
        tapped("sale, amount typed", World::default(), to_sale, &["Another amount", "1", "2"]),
        tapped("sale, amount too large", World::default(), to_sale, &["Another amount", "9", "9", "9"]),
        tapped(
            "sale, amount with decimals",
            World::default(),
            to_sale,
            &["Another amount", "1", "Decimal point", "2", "3", "4"],
        ),
        tapped("sale, six reasons", many(), to_sale, &["Late"]),
        tapped("sale, reason written", World::default(), to_sale, &["Other…"]),
        tapped("approval, list open", three(), to_approval, &["Who confirms: Choose who confirms"]),
        tapped("approval, PIN typed", World::default(), to_approval, &["1", "2", "3", "4", "5", "6"]),
        tapped("ready, keys", World::default(), |_| (), &["F1"]),
        tapped("refunds, keys", World::default(), |till| till.tell(What::OnRefunds(OnRefunds::Pressed)), &["F1"]),
        tapped("locked, languages", with(|world| world.signed_in = None), |_| (), &["Language and display: English"]),
        tapped("locked, PIN typed", with(|world| world.signed_in = None), |_| (), &["Mei Chen", "1", "2", "3", "4"]),
    ]
}

pub fn all() -> Vec<Scene> {
    let mut scenes = all_of_them();
    // `TILLBACK_SCENES="setup,ready"`: those alone whose name has one of these, for whoever works on them.
    if let Ok(only) = std::env::var("TILLBACK_SCENES") {
        scenes.retain(|scene| only.split(',').any(|part| scene.name.contains(part)));
    }
    scenes
}

pub fn all_of_them() -> Vec<Scene> {
    let scene = |name, world, play| Scene { name, world, play, taps: &[] };
    let mut scenes = before_sale(&scene);
    scenes.extend(sales(&scene));
    scenes.extend(after_sale(&scene));
    scenes.extend(opened());
    scenes.extend(super::settings::scenes(&scene));
    scenes.extend(super::setup::scenes(&scene));
    scenes.extend(long_texts());
    scenes.extend(super::refund_scenes::all());
    scenes.extend(super::paper::scenes(&scene));
    scenes.extend(super::report_scenes::all());
    scenes
}

pub(super) type Make<'a> = &'a dyn Fn(&'static str, World, fn(&FakeTill)) -> Scene;

fn before_sale(scene: Make<'_>) -> Vec<Scene> {
    let locked = || {
        with(|world| {
            world.signed_in = None;
            world.operators = vec![mei(), luis(), dana()];
        })
    };
    vec![
        scene("locked", locked(), |_| ()),
        scene("locked, wrong PIN", locked(), |till| {
            till.tell(What::SignInAsked { operator: mei().id, pin: Pin::parse("0000").unwrap() });
        }),
        scene("locked, a sale waits", with(|world| world.operators = vec![mei(), luis(), dana()]), |till| {
            to_sale(till);
            till.happen(What::LeftAlone);
        }),
        scene("approval, a badge", with(|world| world.operators = vec![mei(), luis(), dana()]), |till| {
            to_approval(till);
            till.tell(What::OnPeople(OnPeople::BadgeScanned(badge())));
        }),
        scene("locked, nobody", with(|world| (world.signed_in, world.operators) = (None, vec![])), |_| ()),
        scene("ready, a sign", World::default(), |till| {
            let fault = Some(PrinterFault::PaperOut);
            till.happen(What::OnDevices(OnDevices::PrintEnded { subject: PrintSubject::Test, fault }));
        }),
        scene("ready", World::default(), |_| ()),
        scene(
            "ready, training, devices down",
            with(|world| {
                world.training = true;
                world.devices.gateway = Light::Bad;
                world.devices.scanner = Light::Waiting;
                world.devices.camera = Light::Off;
                (world.unresolved, world.waiting) = (2, 1);
            }),
            |_| (),
        ),
        scene("scan", World::default(), |till| till.tell(What::RefundPressed)),
        scene(
            "scan, picture and hint",
            with(|world| (world.preview, world.hint) = (Some(preview()), Some(CameraHint::HoldCloser))),
            |till| till.tell(What::RefundPressed),
        ),
        scene("scan, no camera", with(|world| world.devices.camera = Light::Off), |till| {
            till.tell(What::RefundPressed)
        }),
        scene("scan, product", World::default(), |till| till.scanned("4006381333931", ScanSource::Scanner)),
        scene("scan, payment code", World::default(), |till| {
            till.scanned("280123456789012345", ScanSource::Scanner);
            till.scanned("https://example.com/menu", ScanSource::Camera);
        }),
        scene("scan, missing", World::default(), |till| till.scanned("297553638301777111", ScanSource::Typed)),
        scene("scan, finding", with(|world| world.hold_lookup = true), to_sale),
        scene("scan, access denied", with(|world| world.lookup = Some(LookupFault::AccessDenied)), to_sale),
    ]
}

fn sales(scene: Make<'_>) -> Vec<Scene> {
    let sold = |change: fn(&mut tillback::domain::SaleView)| with(|world| change(&mut world.sales[0]));
    vec![
        scene("sale", World::default(), to_sale),
        scene("sale, ticked", World::default(), |till| {
            to_sale(till);
            till.tell(What::ItemToggled(1));
        }),
        scene("sale, asking", with(|world| world.hold_check = true), to_sale),
        scene("sale, gateway down", with(|world| world.check = Err(LookupFault::GatewayDown)), to_sale),
        scene("sale, refunded in full", sold(|view| view.balance.refunded = usd(3990)), to_sale),
        scene(
            "sale, refunded a moment ago",
            sold(|view| view.refunds[0].created_at = super::NOW.plus_ms(-9_000)),
            to_sale,
        ),
        scene(
            "sale, all kinds of refunds and many lines",
            sold(|view| {
                (view.balance.elsewhere, view.balance.reserved) = (usd(300), usd(200));
                view.foreign.push(elsewhere(300));
                view.sale.origin = tillback::domain::SaleOrigin::Gateway;
                for _ in 0..12 {
                    view.sale.items.push(item("Something with a rather long description of what it is", 12, 105));
                }
            }),
            to_sale,
        ),
        scene(
            "sale, a very large amount",
            sold(|view| (view.sale.paid, view.balance.paid) = (usd(12_345_678_900), usd(12_345_678_900))),
            to_sale,
        ),
        scene(
            "sale, came back",
            with(|world| world.record = Err(RecordFault::Refused(Refusal::ApprovalVoid))),
            to_result,
        ),
    ]
}

/// A store whose cashiers give back ten dollars at once.
fn limited() -> World {
    with(|world| {
        let limits = Limits { per_refund: Some(usd(1000)), ..Limits::default() };
        world.policy.rules = HouseRules { cashier: limits, sale_age_days: Some(1), ..HouseRules::default() };
        world.sales[0].sale.paid_at = Some(super::NOW.plus_ms(-40 * 86_400_000));
    })
}

/// The same amount went back three minutes ago, and the store wants two managers then.
fn again() -> World {
    with(|world| {
        world.operators.push(dana());
        world.policy.rules = HouseRules { same_amount_minutes: 10, ..HouseRules::default() };
        world.policy.min_seconds_between_refunds = 0;
        let view = &mut world.sales[0];
        let left = view.balance.left().unwrap();
        view.sale.paid = view.sale.paid.plus(left).unwrap();
        view.balance.paid = view.sale.paid;
        view.balance.refunded = view.balance.refunded.plus(left).unwrap();
        let at = super::NOW.plus_ms(-180_000);
        view.refunds.push(super::refund_of(&view.sale, left, RefundState::Refunded, None, at));
    })
}

fn after_sale(scene: Make<'_>) -> Vec<Scene> {
    let unknown = || ends(Outcome::Unknown { cause: UnknownCause::TimedOut, code: None });
    vec![
        scene("approval", World::default(), to_approval),
        scene("approval, several managers", with(|world| world.operators.push(dana())), to_approval),
        scene("approval, nobody", with(|world| world.operators = vec![mei()]), to_approval),
        scene("approval, checking", with(|world| world.hold_pin = true), to_result),
        scene("approval, wrong PIN", World::default(), |till| {
            to_approval(till);
            till.tell(What::PinGiven { approver: luis().id, pin: Pin::parse("0000").unwrap() });
        }),
        scene("approval, over a limit", limited(), to_approval),
        Scene { taps: &["Our mistake"], ..scene("approval, over a limit, noted", limited(), to_approval) },
        scene("approval, the same amount again", again(), to_approval),
        scene("approval, the second manager", again(), to_result),
        scene("sending", with(|world| world.outcome = None), |till| {
            to_result(till);
            till.pass(12_000);
        }),
        scene("refunded", World::default(), to_result),
        scene(
            "declined",
            ends(Outcome::Declined { cause: DeclineCause::SaleStatus, code: "000200".to_owned() }),
            to_result,
        ),
        scene("unknown", unknown(), to_result),
        scene("unknown, asked", unknown(), to_result_asked),
        scene("pending", ends(Outcome::Pending), to_result_asked),
        scene("unknown, then not executed", unknown(), |till| {
            to_result(till);
            till.resolve(RefundState::NotExecuted, Outcome::NotExecuted);
        }),
        scene("not sent", ends(Outcome::NotSent { cause: NotSentCause::NotTrusted }), to_result),
        scene("problem", with(|world| world.record = Err(DISK_FULL)), to_result),
    ]
}
