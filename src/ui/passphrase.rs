//! The page before the till: somebody types what the gateway's token is sealed by. It needs no till behind it.
//!
//! **The words are shown to nobody**: not on the screen, not to a screen reader, and they are wiped once given on.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{CornerRadius, Key, Rect, RichText, TextEdit, Ui, pos2, vec2};
use zeroize::Zeroizing;

use super::appearance::{Appearance, grow_with_window};
use super::i18n::Words;
use super::keys::field_id;
use super::screen_keys::{self, ScreenKeys};
use super::theme::{self, PRIMARY_MIN, RADIUS, Theme, size, space};
use super::widgets::{Notice, Tone};
use crate::domain::Timestamp;

/// The most of the page's width.
const WIDE: f32 = 760.0;

/// What was typed, once it was.
pub type Typed = Arc<Mutex<Option<Zeroizing<String>>>>;

/// The page, usable in a test as it is.
pub struct PassphrasePage {
    words: Words,
    appearance: Appearance,
    wrong: bool,
    text: Zeroizing<String>,
    typed: Typed,
    screen_keys: ScreenKeys,
}

impl PassphrasePage {
    /// A page that puts what is typed into `typed`; `wrong` when it was asked before and did not open the token.
    pub fn new(appearance: Appearance, wrong: bool, typed: Typed) -> Self {
        let words = Words::new(appearance.speaks());
        Self { words, appearance, wrong, text: Zeroizing::default(), typed, screen_keys: ScreenKeys::default() }
    }

    /// Hears whether somebody types on keys or on the screen's.
    pub fn filter_input(&mut self, input: &mut egui::RawInput) {
        // No clock: nobody stays here long enough for keys to go away.
        self.screen_keys.hear(&input.events, Timestamp::default());
        input.events.append(&mut self.screen_keys.take_typed());
    }

    /// Draws it. True when it may close: something was typed, or nobody wants to.
    pub fn draw(&mut self, ui: &mut Ui) -> bool {
        let window = ui.ctx().content_rect();
        let theme = Theme::new(self.appearance.look(ui.ctx()), window.size());
        let palette = &theme.color;
        ui.painter().rect_filled(window, CornerRadius::ZERO, palette.page);
        let (mut open, mut quit) = (false, ui.input(|input| input.key_pressed(Key::Escape)));
        // In the middle of a wide window, and above the keyboard on the screen.
        let wide = (window.width() - space::FOUR * 2.0).min(WIDE);
        let left = window.center().x - wide / 2.0;
        let page =
            Rect::from_min_max(pos2(left, window.min.y + window.height() / 12.0), pos2(left + wide, window.max.y));
        ui.scope_builder(egui::UiBuilder::new().max_rect(page), |ui| {
            ui.spacing_mut().item_spacing = vec2(space::TWO, space::TWO);
            let say = |key: &str| self.words.say(key);
            let title = RichText::new(say("passphrase-title")).font(theme::display(size::HEADING)).color(palette.ink);
            ui.label(title);
            let why = ui.label(RichText::new(say("passphrase-why")).size(size::BODY).color(palette.ink));
            if self.wrong {
                let notice = Notice::new(ui, &theme, wide, Tone::Bad, "", &say("passphrase-wrong"), None);
                let (_, at) = ui.allocate_space(vec2(wide, notice.height()));
                notice.draw(ui, &theme, at);
            }
            let name = say("passphrase-field");
            let field = TextEdit::singleline(&mut *self.text)
                .id(field_id("passphrase"))
                .password(true)
                .font(egui::FontId::proportional(size::LARGE))
                .hint_text(name)
                .margin(vec2(space::TWO, space::TWO))
                .desired_width(f32::INFINITY);
            let field = ui.add(field).labelled_by(why.id);
            if !field.has_focus() && !field.lost_focus() && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            open = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.horizontal(|ui| {
                let label = RichText::new(say("passphrase-open")).font(theme::strong(size::LARGE));
                let go =
                    egui::Button::new(label.color(palette.act.text)).fill(palette.act.ground).corner_radius(RADIUS);
                open |= ui.add_sized(vec2(wide - 200.0 - space::TWO, PRIMARY_MIN), go).clicked();
                let label = RichText::new(say("passphrase-quit")).font(theme::strong(size::LARGE)).color(palette.ink);
                let close = egui::Button::new(label).fill(palette.card).corner_radius(RADIUS);
                let close = close.stroke(egui::Stroke::new(space::LINE, palette.outline));
                quit |= ui.add_sized(vec2(200.0, PRIMARY_MIN), close).clicked();
            });
        });
        let look = screen_keys::Look { theme: &theme, words: &self.words, now: Timestamp::default() };
        self.screen_keys.show(ui, look, window);
        if open && !self.text.is_empty() {
            let words = std::mem::take(&mut self.text);
            *self.typed.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
            return true;
        }
        quit
    }
}

impl eframe::App for PassphrasePage {
    fn raw_input_hook(&mut self, _context: &egui::Context, input: &mut egui::RawInput) {
        self.filter_input(input);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        grow_with_window(ui.ctx());
        if self.draw(ui) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}
