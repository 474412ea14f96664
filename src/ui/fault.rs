//! What a person sees when the till cannot start: one page that says what happened, what it means for the money, and
//! what to do. It needs no till behind it.

use egui::{CornerRadius, Key, RichText, Ui, vec2};

use super::appearance::{Appearance, grow_with_window};
use super::i18n::Words;
use super::theme::{self, Palette, RADIUS, size, space};

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
        let palette = Palette::of(self.appearance.look(ui.ctx()));
        let window = ui.ctx().content_rect();
        ui.painter().rect_filled(window, CornerRadius::ZERO, palette.page);
        let mut close = ui.input(|input| input.key_pressed(Key::Escape) || input.key_pressed(Key::Enter));
        let inside = window.shrink(space::FOUR * 2.0);
        ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, space::TWO);
            let say = |key: &str| self.words.say(key);
            ui.label(RichText::new(say("fault-title")).font(theme::display(size::HEADING)).color(palette.bad.text));
            ui.label(RichText::new(say("fault-money")).font(theme::strong(size::LARGE)).color(palette.ink));
            egui::Frame::new().fill(palette.bad.ground).corner_radius(RADIUS).inner_margin(space::THREE).show(
                ui,
                |ui| {
                    ui.set_width(ui.available_width());
                    ui.label(RichText::new(&self.reason).size(size::BODY).color(palette.bad.text));
                },
            );
            ui.label(RichText::new(say("fault-do")).size(size::BODY).color(palette.ink));
            let label = RichText::new(say("fault-close")).font(theme::strong(size::LARGE)).color(palette.act.text);
            let button = egui::Button::new(label).fill(palette.act.ground).corner_radius(RADIUS);
            close |= ui.add_sized(vec2(280.0, 72.0), button).clicked();
        });
        close
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
