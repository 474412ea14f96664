//! The words of the window, by key, from Fluent files that are part of the program.
//!
//! **Every word a person sees stands in `assets/locales`.** **A key that a language lacks is said in English**, and one
//! that English lacks shows itself, never nothing and never a panic; tests make sure that none is missing.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentError, FluentMessage, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::format::{self, NumberStyle};
pub use crate::domain::Language;
use crate::domain::Money;

/// The text of a file of words.
macro_rules! words_of {
    ($language:literal, $($file:literal),+) => {
        &[$(include_str!(concat!("../../assets/locales/", $language, "/", $file, ".ftl"))),+]
    };
}

/// The files of a language's words.
pub const fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::English | Language::Pseudo => {
            words_of!("en", "tillback", "people", "display", "paper", "console", "report", "setup", "window", "about")
        }
        Language::Spanish => {
            words_of!("es", "tillback", "people", "display", "paper", "report", "setup", "window", "about")
        }
        Language::ChineseSimplified => {
            words_of!("zh-Hans", "tillback", "people", "display", "paper", "report", "setup", "window", "about")
        }
        Language::ChineseTraditional => {
            words_of!("zh-Hant", "tillback", "people", "display", "paper", "report", "setup", "window", "about")
        }
        Language::French => {
            words_of!("fr", "tillback", "people", "display", "paper", "report", "setup", "window", "about")
        }
        Language::Korean => {
            words_of!("ko", "tillback", "people", "display", "paper", "report", "setup", "window", "about")
        }
    }
}

/// What a language calls itself: the one word that is not translated.
pub const fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Spanish => "Español",
        Language::ChineseSimplified => "简体中文",
        Language::ChineseTraditional => "繁體中文",
        Language::French => "Français",
        Language::Korean => "한국어",
        Language::Pseudo => "[Ĕñğļîšĥ]",
    }
}

/// The language of this computer; English, where the window does not speak it.
pub fn of_system() -> Language {
    sys_locale::get_locales().find_map(|locale| Language::of_locale(&locale)).unwrap_or_default()
}

/// What is put in the place of a `{ $name }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A text, put in as it is.
    Text(String),
    /// A count, which also chooses the plural.
    Count(u32),
    /// An amount, written as the language writes it.
    Amount(Money),
}

/// Named things to put into a sentence.
pub type Gifts<'a> = &'a [(&'static str, Given)];

/// Shorthand for a text to put into a sentence.
pub fn text(value: impl Into<String>) -> Given {
    Given::Text(value.into())
}

/// Shorthand for a count to put into a sentence.
pub fn count(value: usize) -> Given {
    Given::Count(u32::try_from(value).unwrap_or(u32::MAX))
}

/// Sentences one after another: a full-width stop brings its own space.
pub fn sentences(parts: &[&str]) -> String {
    let mut all = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !all.is_empty() && !all.ends_with(['。', '！', '？', '」']) {
            all.push(' ');
        }
        all.push_str(part);
    }
    all
}

/// The words of one language.
pub struct Words {
    language: Language,
    /// The language's own words first, then English for what it lacks.
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Words {
    /// The words of that language.
    pub fn new(language: Language) -> Self {
        let mut bundles = vec![bundle(language)];
        if !matches!(language, Language::English | Language::Pseudo) {
            bundles.push(bundle(Language::English));
        }
        Self { language, bundles }
    }

    /// Which language that is.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// How that language writes numbers.
    pub const fn numbers(&self) -> NumberStyle {
        NumberStyle::of(self.language)
    }

    /// `$1,027.40 USD`, as the language writes it.
    pub fn amount(&self, money: Money) -> String {
        format::amount(self.numbers(), money)
    }

    /// `$27.40`: for a button and for the lines of a sale, where the code stands close by.
    pub fn amount_short(&self, money: Money) -> String {
        format::amount_short(self.numbers(), money)
    }

    /// The words of that key.
    pub fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The words of that key, with things put in.
    pub fn with(&self, key: &str, gifts: Gifts<'_>) -> String {
        self.try_with(key, gifts).unwrap_or_else(|| key.to_owned())
    }

    /// The words of that key, or nothing when there are none or something in them is not given.
    /// `key.part` names an attribute.
    pub fn try_with(&self, key: &str, gifts: Gifts<'_>) -> Option<String> {
        let mut args = FluentArgs::new();
        for (name, given) in gifts {
            let value = match given {
                Given::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                Given::Count(count) => FluentValue::from(*count),
                Given::Amount(money) => FluentValue::String(Cow::Owned(self.amount(*money))),
            };
            args.set(*name, value);
        }
        let said = self.bundles.iter().find_map(|bundle| said_in(bundle, key, &args))?;
        Some(if self.language == Language::Pseudo { format!("[{said}]") } else { said })
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    // Without script or country: plurals know languages alone.
    let tag: LanguageIdentifier = language.tag().split('-').next().unwrap_or_default().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    // The isolating marks Fluent puts around what it fills in have no glyph here.
    bundle.set_use_isolating(false);
    if let Err(fault) = bundle.add_builtins() {
        tracing::error!(%fault, "numbers cannot be counted");
    }
    if language == Language::Pseudo {
        bundle.set_transform(Some(pseudo));
    }
    for source in sources(language) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((resource, faults)) => {
                tracing::error!(?faults, "the words of {} have faults", language.tag());
                resource
            }
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn said_in(bundle: &FluentBundle<FluentResource>, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let (name, part) = match key.split_once('.') {
        Some((name, part)) => (name, Some(part)),
        None => (key, None),
    };
    let message: FluentMessage<'_> = bundle.get_message(name)?;
    let pattern = match part {
        Some(part) => message.get_attribute(part)?.value(),
        None => message.value()?,
    };
    let mut faults: Vec<FluentError> = vec![];
    let said = bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
    faults.is_empty().then_some(said)
}

/// Letters with accents, and every second vowel twice: about forty per cent longer, and still to be read.
fn pseudo(text: &str) -> Cow<'_, str> {
    let mut longer = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let accented = match letter {
            'a' => 'á',
            'e' => 'ê',
            'i' => 'î',
            'o' => 'ö',
            'u' => 'ü',
            'A' => 'Å',
            'E' => 'É',
            'O' => 'Ø',
            'c' => 'ç',
            'n' => 'ñ',
            's' => 'š',
            'y' => 'ý',
            'S' => 'Š',
            other => other,
        };
        longer.push(accented);
        if matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u') {
            longer.push(accented);
        }
    }
    Cow::Owned(longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_language() -> impl Iterator<Item = Language> {
        Language::ALL.into_iter().chain([Language::Pseudo])
    }

    #[test]
    fn the_files_have_no_faults() {
        for language in every_language() {
            for source in sources(language) {
                assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "{language:?}");
            }
            assert!(language.tag().parse::<LanguageIdentifier>().is_ok());
        }
    }

    #[test]
    fn counts_choose_their_plural_and_a_missing_key_shows_itself() {
        let words = Words::new(Language::English);
        assert_eq!(words.with("strip-unresolved", &[("count", count(1))]), "1 refund is being checked");
        assert_eq!(words.with("strip-unresolved", &[("count", count(2))]), "2 refunds are being checked");
        assert_eq!(words.say("no-such-key"), "no-such-key");
        assert_eq!(words.try_with("strip-unresolved", &[]), None);
    }

    #[test]
    fn each_language_has_its_own_plurals_and_falls_back_to_english() {
        let said = |language, number| Words::new(language).with("sending-seconds", &[("count", count(number))]);
        // French counts nothing as one; Chinese and Korean have one form.
        assert_eq!([0, 1, 2].map(|number| said(Language::French, number)), ["0 seconde", "1 seconde", "2 secondes"]);
        assert_eq!([1, 2].map(|number| said(Language::Spanish, number)), ["1 segundo", "2 segundos"]);
        assert_eq!([1, 2].map(|number| said(Language::Korean, number)), ["1초", "2초"]);
        // Printed and not drawn, so nobody translates it.
        let console = Words::new(Language::Korean).with("window-broken", &[("why", text("x"))]);
        assert_eq!(console, Words::new(Language::English).with("window-broken", &[("why", text("x"))]));
    }

    #[test]
    fn a_full_width_stop_brings_its_own_space() {
        assert_eq!(sentences(&["No money moved.", "", "Ask again."]), "No money moved. Ask again.");
        assert_eq!(sentences(&["没有资金变动。", "请重新申请。"]), "没有资金变动。请重新申请。");
    }

    #[test]
    fn the_pseudo_language_is_longer_and_in_brackets() {
        let (english, pseudo) = (Words::new(Language::English), Words::new(Language::Pseudo));
        let lengths = |key| (english.say(key).chars().count(), pseudo.say(key).chars().count());
        let (short, long) = lengths("sending-long");
        assert!(long * 10 >= short * 13, "{short} and {long}");
        let said = pseudo.with("place", &[("store", text("Harbor View")), ("till", text("Till 3"))]);
        assert_eq!(said, "[Harbor View · Till 3]");
    }

    #[test]
    fn no_key_stands_twice_in_a_language() {
        for language in every_language() {
            let mut keys: Vec<&str> = sources(language)
                .iter()
                .flat_map(|source| source.lines())
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
                .collect();
            keys.sort_unstable();
            let all = keys.len();
            keys.dedup();
            assert_eq!(keys.len(), all, "a key stands twice in {language:?}");
        }
    }
}
