//! What is drawn without a till behind it: the recovery screens, the page of a fault, the words that open a token, and the
//! customer's display.

use std::sync::Arc;

use egui::{Event, Modifiers, RawInput, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use tillback::domain::{Language, ThemeChoice};
use tillback::terminal::Till;
use tillback::terminal::recovery::{Doing, LedgerFault, RecoveryView, Said};
use tillback::ui::customer::{self, Shown};
use tillback::ui::i18n::Words;
use tillback::ui::{self, Appearance, FaultPage, Look, PassphrasePage, RecoveryPage, Typed};

use super::paint::Canvas;
use super::recovery::{self, Fake, view};
use super::scenes;

pub struct Outside {
    pub name: String,
    make: Box<dyn Fn(Appearance) -> Drawn>,
    /// What is tapped then, by the keys of its words.
    taps: &'static [&'static str],
    /// What is there afterwards: `None` leaves it as it is.
    then: Option<RecoveryView>,
}

/// What a window can have on it.
pub enum Drawn {
    Recovery(Arc<Fake>, Box<RecoveryPage>),
    Fault(FaultPage),
    Passphrase(PassphrasePage),
    Customer(Box<Shown>, Look),
}

impl Drawn {
    fn draw(&mut self, ui: &mut Ui) {
        match self {
            Self::Recovery(_, page) => _ = page.draw(ui),
            Self::Fault(page) => _ = page.draw(ui),
            Self::Passphrase(page) => _ = page.draw(ui),
            Self::Customer(shown, look) => customer::draw(ui, shown, *look),
        }
    }

    fn filter(&mut self, input: &mut RawInput) {
        if let Self::Recovery(_, page) = self {
            page.filter_input(input);
        }
    }
}

fn look_of(theme: ThemeChoice) -> Look {
    match theme {
        ThemeChoice::Dark => Look::Dark,
        ThemeChoice::HighContrast => Look::HighContrast,
        ThemeChoice::Light | ThemeChoice::System => Look::Light,
    }
}

/// A window for them, one after the other.
pub struct Page {
    pub harness: Harness<'static, Drawn>,
    canvas: Canvas,
    zoom: f32,
    points: egui::Vec2,
    seconds: f64,
}

impl Page {
    pub fn of_size((width, height): (f32, f32), zoom: f32, fonts: Language) -> Self {
        let canvas = Canvas::default();
        let empty = Drawn::Fault(FaultPage::new(Appearance::default(), ""));
        let mut harness = Harness::builder()
            .with_size(vec2(width / zoom, height / zoom))
            .with_theme(egui::Theme::Light)
            .with_max_steps(8)
            .renderer(canvas.clone())
            .with_context_setup(move |context| ui::dress(context, Look::Light, fonts))
            .build_ui_state(|ui, drawn: &mut Drawn| drawn.draw(ui), empty);
        harness.set_pixels_per_point(1.0);
        Self { harness, canvas, zoom, points: vec2(width / zoom, height / zoom), seconds: 1.0 }
    }

    pub fn show(&mut self, what: &Outside, appearance: Appearance) {
        // A harness taps where things are in points.
        self.grow(1.0);
        ui::dress(&self.harness.ctx, look_of(appearance.theme), appearance.speaks());
        *self.harness.state_mut() = (what.make)(appearance);
        self.harness.ctx.memory_mut(|memory| {
            let options = memory.options.clone();
            *memory = egui::Memory::default();
            memory.options = options;
        });
        // Longer than anything that is remembered by the clock.
        self.frame_after(60.0, vec![]);
        let words = Words::new(appearance.speaks());
        for key in what.taps {
            self.tap(&words.say(key));
        }
        if let (Some(view), Drawn::Recovery(fake, _)) = (&what.then, self.harness.state()) {
            *fake.view.lock().unwrap() = Arc::new(view.clone());
        }
        self.grow(self.zoom);
        self.settle();
    }

    /// Shows everything that much larger: egui scales the size with it, once, and has to be told the size again.
    fn grow(&mut self, zoom: f32) {
        self.harness.set_pixels_per_point(zoom);
        self.frame_after(0.1, vec![]);
        self.harness.set_size(self.points);
        self.frame_after(0.1, vec![]);
    }

    fn settle(&mut self) {
        for _ in 0..5 {
            self.frame_after(0.1, vec![]);
        }
    }

    fn tap(&mut self, name: &str) {
        self.settle();
        let place = self.harness.get_by_label(name).rect().center();
        let button = |pressed| Event::PointerButton {
            pos: place,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.frame_after(0.1, vec![Event::PointerMoved(place), button(true)]);
        self.frame_after(0.1, vec![button(false), Event::PointerGone]);
    }

    fn frame_after(&mut self, seconds: f64, events: Vec<Event>) {
        self.seconds += seconds;
        let mut input = RawInput { events, focused: true, time: Some(self.seconds), ..RawInput::default() };
        self.harness.state_mut().filter(&mut input);
        self.harness.input_mut().time = Some(self.seconds);
        self.harness.input_mut().events.extend(input.events);
        self.harness.step();
    }

    pub fn picture(&self) -> image::RgbImage {
        self.canvas.picture(&self.harness)
    }
}

fn recovery_of(name: String, now: RecoveryView) -> Outside {
    let make = move |appearance| {
        let (fake, page) = recovery::page(now.clone(), appearance);
        Drawn::Recovery(fake, Box::new(page))
    };
    Outside { name, make: Box::new(make), taps: &[], then: None }
}

/// Two faults come in two variants: the number keeps them apart.
fn named(at: usize, fault: &LedgerFault) -> String {
    let told = format!("{fault:?}");
    format!("{} {}", at + 1, told.split(['(', '{']).next().unwrap_or_default().trim())
}

fn recoveries() -> Vec<Outside> {
    let damaged = |change: fn(&mut RecoveryView)| {
        let mut now = view(LedgerFault::Damaged);
        change(&mut now);
        now
    };
    let faults = recovery::faults().into_iter().enumerate();
    let mut all: Vec<Outside> =
        faults.map(|(at, fault)| recovery_of(format!("recovery, {}", named(at, &fault)), view(fault))).collect();
    all.push(recovery_of("recovery, being put back".to_owned(), damaged(|now| now.doing = Some(Doing::Restoring))));
    all.push(recovery_of("recovery, still so".to_owned(), damaged(|now| now.said = Some(Said::StillSo))));
    let saved = |now: &mut RecoveryView| now.said = Some(Said::Saved("/srv/till/for-support-1795357930000".into()));
    all.push(recovery_of("recovery, saved for support".to_owned(), damaged(saved)));
    let on = |name: &str, taps, then| Outside { taps, then, ..recovery_of(name.to_owned(), damaged(|_| ())) };
    const COPIES: &[&str] = &["recovery-copies"];
    const WORD: &[&str] = &["recovery-copies", "recovery-use"];
    all.push(on("recovery, copies", COPIES, None));
    all.push(on("recovery, a manager's word", WORD, None));
    let wrong = damaged(|now| now.said = Some(Said::WrongPin { wait_seconds: 300 }));
    all.push(on("recovery, wrong PIN", WORD, Some(wrong)));
    all.push(on("recovery, done", WORD, Some(damaged(|now| now.restored = Some(recovery::account())))));
    all
}

/// The scenes in which a customer sees another thing, and the one in training.
fn displays() -> Vec<Outside> {
    let of = |scene: &'static str| {
        let make = move |appearance: Appearance| {
            let scene = scenes::all_of_them().into_iter().find(|one| one.name == scene).unwrap();
            let till = super::FakeTill::new(scene.world);
            (scene.play)(&till);
            let shown = Shown::of(&till.view(), &Words::new(appearance.speaks()));
            Drawn::Customer(Box::new(shown), look_of(appearance.theme))
        };
        Outside { name: format!("customer, {scene}"), make: Box::new(make), taps: &[], then: None }
    };
    [
        "ready",
        "ready, training, devices down",
        "sale",
        "sale, a very large amount",
        "sending",
        "refunded",
        "declined",
        "unknown",
    ]
    .map(of)
    .into()
}

/// Every page there is without a till.
pub fn all() -> Vec<Outside> {
    let page = |name: &str, make: fn(Appearance) -> Drawn| Outside {
        name: name.to_owned(),
        make: Box::new(make),
        taps: &[],
        then: None,
    };
    let mut all = recoveries();
    all.extend(displays());
    all.push(page("fault", |appearance| {
        let reason = "The settings file /etc/tillback/tillback.toml, line 12: merchant_no has to be digits.";
        Drawn::Fault(FaultPage::new(appearance, reason))
    }));
    all.push(page("passphrase", |appearance| {
        Drawn::Passphrase(PassphrasePage::new(appearance, false, Typed::default()))
    }));
    all.push(page("passphrase, wrong", |appearance| {
        Drawn::Passphrase(PassphrasePage::new(appearance, true, Typed::default()))
    }));
    if let Ok(only) = std::env::var("TILLBACK_SCENES") {
        all.retain(|outside| only.split(',').any(|part| outside.name.contains(part)));
    }
    all
}
