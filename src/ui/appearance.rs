//! Which language the window speaks and which colours it wears, as chosen, and what that comes to on this computer: how
//! large everything is among them.

use super::i18n::{self, Language};
use super::theme::Look;
use crate::domain::{SettingChange, ThemeChoice};

/// The size in points that the screens are drawn for; a larger window shows them larger.
const DRAWN_FOR: (f32, f32) = (1024.0, 768.0);

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

/// How much larger a window of that size shows everything. In steps, so that dragging its edge does not draw every
/// letter anew for each point.
pub fn zoom_of(size: egui::Vec2) -> f32 {
    let wanted = (size.x / DRAWN_FOR.0).min(size.y / DRAWN_FOR.1).clamp(1.0, 4.0);
    (wanted * 10.0).floor() / 10.0
}

/// Shows everything larger on a large screen: the same picture, readable from as far away as the screen is large.
pub(super) fn grow_with_window(context: &egui::Context) {
    let zoom = context.zoom_factor();
    let size = context.content_rect().size() * zoom;
    let wanted = zoom_of(size);
    if (wanted - zoom).abs() > 0.01 {
        context.set_zoom_factor(wanted);
    }
}
