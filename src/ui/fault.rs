//! What a person sees when the till cannot start: one page that says what happened, what it means for the money, and
//! what to do. It needs no till behind it.

use egui::{CornerRadius, Key, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::appearance::{Appearance, grow_with_window};
use super::i18n::Words;
use super::theme::{self, RADIUS, Theme, space};
use super::widgets::{Tone, ground, icons};

/// The part of the width that says what happened, as on the pages of a record that cannot be opened.
const KNOWN: f32 = 0.6;

/// The page, usable in a test as it is.
pub struct FaultPage {
    words: Words,
    appearance: Appearance,
    reason: String,
}

impl FaultPage {
    /// A page that gives this reason, already in words for people.
    pub fn new(appearance: Appearance, reason: &str) -> Self {
        Self { words: Words::new(appearance.speaks()), appearance, reason: reason.to_owned() }
    }

    /// Draws it. True when somebody wants to close it.
    pub fn draw(&self, ui: &mut Ui) -> bool {
        let window = ui.ctx().content_rect();
        let theme = Theme::new(self.appearance.look(ui.ctx()), window.size());
        let (size, color) = (theme.size, &theme.color);
        ui.painter().rect_filled(window, CornerRadius::ZERO, color.page);
        let inside = window.shrink(size.margin);
        let known = Rect::from_min_max(inside.min, pos2(inside.min.x + inside.width() * KNOWN, inside.max.y));
        ground(ui, &theme, known, color.bad);
        let panel = known.shrink(size.margin * 1.25);
        ui.scope_builder(UiBuilder::new().max_rect(panel), |ui| {
            // A reason may be long: all of it can be reached.
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.say_why(ui, &theme));
        });
        let corner = pos2(inside.max.x, inside.max.y);
        let at = Rect::from_min_max(pos2(known.max.x + size.margin, corner.y - size.button), corner);
        let label = RichText::new(self.words.say("fault-close")).font(theme::strong(size.large)).color(color.act.text);
        let button = egui::Button::new(label).fill(color.act.ground).corner_radius(RADIUS);
        let key = ui.input(|input| input.key_pressed(Key::Escape) || input.key_pressed(Key::Enter));
        ui.put(at, button).clicked() || key
    }

    /// The sign, what happened, what about the money, why, and what to do.
    fn say_why(&self, ui: &mut Ui, theme: &Theme) {
        let (size, pair) = (theme.size, theme.color.bad);
        ui.spacing_mut().item_spacing = vec2(0.0, space::TWO);
        ui.add_space(size.margin);
        let (_, sign) = ui.allocate_space(vec2(size.huge, size.huge));
        icons::draw(ui.painter(), Tone::Bad.icon(), icons::square(sign.center(), size.huge * 0.8), pair.text);
        let mut say = |words: &str, font| ui.label(RichText::new(words).font(font).color(pair.text));
        say(&self.words.say("fault-title"), theme::display(size.heading));
        say(&self.words.say("fault-money"), theme::strong(size.large));
        say(&self.reason, theme::plain(size.body + 1.0));
        say(&self.words.say("fault-do"), theme::plain(size.body + 1.0));
    }
}

impl eframe::App for FaultPage {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        grow_with_window(ui.ctx());
        if self.draw(ui) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}
