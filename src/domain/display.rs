//! How the window looks and which language it speaks, by name.
//!
//! **Names only**: no words and no colours, which are the window's own; the settings file and the window mean the same.

/// A language the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish, as it is spoken in the Americas.
    Spanish,
    /// Chinese in simplified characters.
    ChineseSimplified,
    /// Chinese in traditional characters, as it is written in Taiwan.
    ChineseTraditional,
    /// French.
    French,
    /// Korean.
    Korean,
    /// English with accents, forty per cent longer and in brackets: tests find with it what is not translated and what
    /// does not fit. It has no tag that settings could name, and is never offered.
    Pseudo,
}

impl Language {
    /// Every language that is offered, in the order in which it is.
    pub const ALL: [Self; 6] =
        [Self::English, Self::Spanish, Self::ChineseSimplified, Self::ChineseTraditional, Self::French, Self::Korean];

    /// Its tag of BCP 47.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::ChineseSimplified => "zh-Hans",
            Self::ChineseTraditional => "zh-Hant",
            Self::French => "fr",
            Self::Korean => "ko",
            Self::Pseudo => "en-XA",
        }
    }

    /// The language of that tag, as the settings file has it.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The language that speaks best to somebody whose computer is set to that locale: `zh_TW.UTF-8`, `fr-CA`.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let locale = locale.split(['.', '@']).next().unwrap_or_default();
        let mut parts = locale.split(['-', '_']);
        let traditional = |part: &str| ["hant", "tw", "hk", "mo"].iter().any(|name| part.eq_ignore_ascii_case(name));
        match parts.next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "es" => Some(Self::Spanish),
            "fr" => Some(Self::French),
            "ko" => Some(Self::Korean),
            // The script decides where it is named, whatever the country.
            "zh" if locale.to_ascii_lowercase().contains("hans") => Some(Self::ChineseSimplified),
            "zh" if parts.any(traditional) => Some(Self::ChineseTraditional),
            "zh" => Some(Self::ChineseSimplified),
            _ => None,
        }
    }
}

/// Which colours the window wears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeChoice {
    /// Light or dark, as the computer is.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black and white alone, for whoever needs the difference.
    HighContrast,
}

impl ThemeChoice {
    /// Every choice, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::HighContrast];

    /// Its name in the settings file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
        }
    }
}

/// How the window stands on the screen, and whether the customer has one too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct WindowChoice {
    /// Over the whole screen, without borders, and closed by managers alone.
    pub kiosk: bool,
    /// The customer's display, and on which screen, counted from 1; none where there is none.
    pub customer: Option<u8>,
}

impl WindowChoice {
    /// The most screens that are counted.
    pub const MAX_SCREENS: u8 = 9;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(locale: &str, expected: Option<Language>) {
        assert_eq!(Language::of_locale(locale), expected, "{locale}");
    }

    #[test]
    fn a_computers_locale_chooses_the_language() {
        check("en_US.UTF-8", Some(Language::English));
        check("es-MX", Some(Language::Spanish));
        check("fr_CA", Some(Language::French));
        check("ko-KR", Some(Language::Korean));
        check("zh_CN.UTF-8", Some(Language::ChineseSimplified));
        check("zh", Some(Language::ChineseSimplified));
        check("zh-Hans-TW", Some(Language::ChineseSimplified));
        check("zh_TW", Some(Language::ChineseTraditional));
        check("zh-Hant-US", Some(Language::ChineseTraditional));
        check("zh-HK", Some(Language::ChineseTraditional));
        for other in ["C", "POSIX", "de-DE", ""] {
            check(other, None);
        }
    }

    #[test]
    fn a_tag_names_its_language_and_nothing_names_the_pseudo_language() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.tag()), Some(language));
        }
        assert_eq!(Language::parse(Language::Pseudo.tag()), None);
        assert_eq!(Language::parse("EN"), None);
    }
}
