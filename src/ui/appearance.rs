//! Which language the window speaks and which colours it wears, as chosen, and what that comes to on this computer.

use super::i18n::{self, Language};
use super::theme::Look;
use crate::domain::{SettingChange, ThemeChoice};

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
