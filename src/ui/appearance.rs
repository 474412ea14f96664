//! Which language the window speaks and which colours it wears, as chosen, and what that comes to on this computer: how
//! large everything is among them.

use super::i18n::{self, Language};
use super::theme::Look;
use crate::domain::{SettingChange, ThemeChoice};

/// The size in points that the screens are drawn for; a larger window shows them larger.
const DRAWN_FOR: (f32, f32) = (1024.0, 768.0);
/// The least that they fit. A screen with fewer, whose scale leaves it too little, has everything smaller: as on a screen of that
/// size without a scale.
const LEAST: (f32, f32) = (800.0, 600.0);

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// The language; the computer's own, when none is named.
    pub language: Option<Language>,
    /// The colours.
    pub theme: ThemeChoice,
}

impl Default for Appearance {
    /// English and light, whatever the computer is: what tests and pictures begin with.
    fn default() -> Self {
        Self { language: Some(Language::English), theme: ThemeChoice::Light }
    }
}

impl Appearance {
    /// As the computer is.
    pub const OF_SYSTEM: Self = Self { language: None, theme: ThemeChoice::System };

    /// The language that is spoken.
    pub fn speaks(&self) -> Language {
        self.language.unwrap_or_else(i18n::of_system)
    }

    /// The look that is worn.
    pub fn look(&self, context: &egui::Context) -> Look {
        Look::of(self.theme, context)
    }

    /// With a change that is about it.
    pub fn with(self, change: &SettingChange) -> Self {
        match change {
            SettingChange::Language(language) => Self { language: *language, ..self },
            SettingChange::Theme(theme) => Self { theme: *theme, ..self },
            SettingChange::Camera(_)
            | SettingChange::Sounds(_)
            | SettingChange::ScannerPrefix(_)
            | SettingChange::ScannerSuffix(_)
            | SettingChange::Rule { .. }
            | SettingChange::Reasons(_)
            | SettingChange::Account(_)
            | SettingChange::Window(_)
            | SettingChange::Names { .. }
            | SettingChange::Printer(_)
            | SettingChange::Setup(_) => self,
        }
    }
}

/// What egui loses when it counts a window in points, in steps of the zoom: without it a window between two steps would be
/// drawn anew for ever.
const ROUNDED: f32 = 0.01;

/// How much larger a window of that size shows everything, or how much smaller where it is too small. In steps, so that
/// dragging its edge does not draw every letter anew for each point.
pub fn zoom_of(size: egui::Vec2) -> f32 {
    let fits = (size.x / LEAST.0).min(size.y / LEAST.1);
    if fits < 1.0 {
        return (fits.clamp(0.3, 1.0) * 100.0 + ROUNDED).floor() / 100.0;
    }
    let wanted = (size.x / DRAWN_FOR.0).min(size.y / DRAWN_FOR.1).clamp(1.0, 4.0);
    (wanted * 10.0 + ROUNDED).floor() / 10.0
}

/// Shows everything larger on a large screen: the same picture, readable from as far away as the screen is large. On one too
/// small for it nothing is cut off.
pub(super) fn grow_with_window(context: &egui::Context) {
    let zoom = context.zoom_factor();
    let size = context.content_rect().size() * zoom;
    let wanted = zoom_of(size);
    if (wanted - zoom).abs() > 0.005 {
        context.set_zoom_factor(wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a window of so many pixels comes to: egui knows its points alone, and rounds.
    fn settled(pixels: egui::Vec2, scale: f32) -> f32 {
        let mut zoom = 1.0;
        for _ in 0..3 {
            zoom = zoom_of(pixels / (scale * zoom) * zoom);
        }
        zoom
    }

    #[test]
    fn a_window_of_any_size_and_scale_comes_to_rest_and_has_room_for_the_screens() {
        for scale in [1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 3.0] {
            for wide in (800..3840_u16).step_by(7).map(f32::from) {
                for high in (600..2160_u16).step_by(13).chain([768, 1080, 1152, 1536]).map(f32::from) {
                    let pixels = egui::vec2(wide, high);
                    let zoom = settled(pixels, scale);
                    assert_eq!(
                        zoom_of(pixels / (scale * zoom) * zoom),
                        zoom,
                        "{pixels} at {scale} is drawn anew for ever"
                    );
                    let points = pixels / scale / zoom;
                    assert!(points.x > LEAST.0 - 0.5 && points.y > LEAST.1 - 0.5, "{pixels} at {scale} has {points}");
                }
            }
        }
    }
}
