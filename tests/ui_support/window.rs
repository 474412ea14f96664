//! A window without a screen: the app in a test harness, its input going through the same filter as the real one's.

use std::sync::Arc;

use egui::{Event, Key, Modifiers, RawInput, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use tillback::domain::Language;
use tillback::ui::{self, App, AppOptions, Appearance, Look};

use super::paint::Canvas;
use super::{FakeTill, World};

pub struct Window {
    pub till: Arc<FakeTill>,
    pub harness: Harness<'static, App>,
    canvas: Canvas,
    seconds: f64,
}

impl Window {
    pub fn open(world: World) -> Self {
        Self::of_size(world, 1024.0, 768.0)
    }

    pub fn of_size(world: World, width: f32, height: f32) -> Self {
        Self::of_size_with(world, width, height, |_| ())
    }

    pub fn of_size_with(world: World, width: f32, height: f32, change: impl FnOnce(&mut AppOptions)) -> Self {
        Self::dressed(world, (width, height), Language::English, change)
    }

    /// A window with the fonts of that language.
    pub fn dressed(
        world: World,
        (width, height): (f32, f32),
        fonts: Language,
        change: impl FnOnce(&mut AppOptions),
    ) -> Self {
        let (till, app) = begin(world, change);
        let canvas = Canvas::default();
        let harness = Harness::builder()
            .with_size(vec2(width, height))
            .with_theme(egui::Theme::Light)
            .with_max_steps(8)
            .renderer(canvas.clone())
            .with_context_setup(move |context| ui::dress(context, Look::Light, fonts))
            .build_ui_state(|ui, app: &mut App| app.draw(ui), app);
        Self { till, harness, canvas, seconds: 1.0 }
    }

    /// Shows everything that much larger in a window that stays `points` wide and high. egui scales the window's size with a
    /// zoom, once, and nobody tells it the size again as a window system would.
    pub fn grow(&mut self, zoom: f32, points: (f32, f32)) {
        self.harness.set_pixels_per_point(zoom);
        self.frame(vec![]);
        self.harness.set_size(points.into());
        self.frame(vec![]);
    }

    /// Another till in the same window, which keeps its fonts: reading those is what opening a window costs.
    pub fn start_over(&mut self, world: World) {
        let (till, app) = begin(world, |_| ());
        self.till = till;
        *self.harness.state_mut() = app;
        self.harness.ctx.memory_mut(|memory| {
            let options = memory.options.clone();
            *memory = egui::Memory::default();
            memory.options = options;
        });
        // Longer than anything that is remembered by the clock.
        self.frame_after(60.0, vec![]);
    }

    /// Another language and other colours, as if they had been chosen.
    pub fn appear(&mut self, appearance: Appearance) {
        self.harness.state_mut().appear(appearance);
        // The new fonts are there from the second frame on.
        for _ in 0..3 {
            self.frame(vec![]);
        }
    }

    /// The same on the sheet of keys, which has the words of when it was opened.
    pub fn appear_anew(&mut self, appearance: Appearance, sheet: bool) {
        if sheet {
            self.key(Key::Escape);
        }
        self.appear(appearance);
        if sheet {
            self.key(Key::F1);
        }
    }

    /// What the window shows.
    pub fn picture(&self) -> image::RgbImage {
        self.canvas.picture(&self.harness)
    }

    /// One frame with these events, as the window system would bring them.
    pub fn frame(&mut self, events: Vec<Event>) {
        self.frame_after(0.1, events);
    }

    pub fn frame_after(&mut self, seconds: f64, events: Vec<Event>) {
        self.seconds += seconds;
        let mut input = RawInput { events, focused: true, time: Some(self.seconds), ..RawInput::default() };
        self.harness.state_mut().filter_input(&mut input);
        self.harness.input_mut().time = Some(self.seconds);
        self.harness.input_mut().events.extend(input.events);
        self.harness.step();
    }

    /// A frame that the window system kept waiting: eframe shows the input to the hook, does not draw, and shows it again
    /// with what came meanwhile; in between perhaps as the input of another window, which has nothing of its own.
    pub fn late_frame(&mut self, first: Vec<Event>, other_window: bool, later: Vec<Event>) {
        self.seconds += 0.1;
        let mut input = RawInput { events: first, focused: true, time: Some(self.seconds), ..RawInput::default() };
        self.harness.state_mut().filter_input(&mut input);
        if other_window {
            input.viewport_id = egui::ViewportId::from_hash_of("customer");
            self.harness.state_mut().filter_input(&mut input);
            assert!(input.events.is_empty(), "another window's now: {:?}", input.events);
            input = RawInput { focused: true, ..RawInput::default() };
        }
        self.seconds += 0.3;
        input.time = Some(self.seconds);
        input.events.extend(later);
        self.harness.state_mut().filter_input(&mut input);
        self.harness.input_mut().time = Some(self.seconds);
        self.harness.input_mut().events.extend(input.events);
        self.harness.step();
    }

    /// Long enough for a new screen to listen, and for typing to be known as typing.
    pub fn settle(&mut self) {
        for _ in 0..4 {
            self.frame(vec![]);
        }
    }

    /// A tap on the control of that name.
    pub fn tap(&mut self, name: &str) {
        self.tap_at(self.rect_of(name).center());
    }

    /// A tap on that place.
    pub fn tap_at(&mut self, at: egui::Pos2) {
        self.settle();
        self.frame(vec![Event::PointerMoved(at), button(at, true)]);
        self.frame(vec![button(at, false), Event::PointerGone]);
        self.settle();
    }

    pub fn rect_of(&self, name: &str) -> Rect {
        self.harness.get_by_label(name).rect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    pub fn says(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    /// A key down and up, a person's way: alone in its frame.
    pub fn key(&mut self, key: Key) {
        self.frame(vec![press(key)]);
        self.frame(vec![release(key)]);
        self.settle();
    }

    /// Types slowly.
    pub fn type_digits(&mut self, digits: &str) {
        for digit in digits.chars() {
            let key = Key::from_name(&digit.to_string()).unwrap();
            self.frame(vec![press(key), Event::Text(digit.to_string())]);
            self.frame(vec![release(key)]);
            self.frame(vec![]);
        }
    }

    /// Puts a text into the field that has the focus.
    pub fn write(&mut self, text: &str) {
        self.frame(vec![Event::Text(text.to_owned())]);
        self.settle();
    }

    /// Types a PIN and Enter.
    pub fn types_pin(&mut self, digits: &str) {
        self.type_digits(digits);
        self.key(Key::Enter);
        self.settle();
    }

    /// What a scanner does: digits and Enter in one batch.
    pub fn scan(&mut self, digits: &str) {
        let mut events = vec![];
        for digit in digits.chars() {
            let key = Key::from_name(&digit.to_string()).unwrap();
            events.extend([press(key), Event::Text(digit.to_string()), release(key)]);
        }
        events.extend([press(Key::Enter), release(Key::Enter)]);
        self.frame(events);
        self.settle();
    }
}

fn begin(world: World, change: impl FnOnce(&mut AppOptions)) -> (Arc<FakeTill>, App) {
    let till = FakeTill::new(world);
    let clock = Arc::clone(&till);
    let mut options =
        AppOptions { zone: jiff::tz::TimeZone::UTC, clock: Arc::new(move || clock.now()), ..AppOptions::default() };
    change(&mut options);
    let app = App::new(Arc::clone(&till) as Arc<dyn tillback::terminal::Till>, options);
    (till, app)
}

pub fn press(key: Key) -> Event {
    Event::Key { key, physical_key: Some(key), pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

pub fn release(key: Key) -> Event {
    Event::Key { key, physical_key: Some(key), pressed: false, repeat: false, modifiers: Modifiers::NONE }
}

pub fn button(pos: egui::Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}
