//! The words of the window, by key, from Fluent files that are part of the program.
//!
//! **Every word a person sees stands in `assets/locales`.** **A key that is missing shows itself**, never nothing and
//! never a panic; tests make sure that none is missing.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentError, FluentMessage, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
}

impl Language {
    const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// Its words: what every till says, and what belongs to one part of it.
    const fn sources(self) -> &'static [&'static str] {
        match self {
            Self::English => &[
                include_str!("../../assets/locales/en/tillback.ftl"),
                include_str!("../../assets/locales/en/people.ftl"),
            ],
        }
    }
}

/// What is put in the place of a `{ $name }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A text, put in as it is.
    Text(String),
    /// A count, which also chooses the plural.
    Count(u32),
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

/// The words of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of that language.
    pub fn new(language: Language) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![tag]);
        // The isolating marks Fluent puts around what it fills in have no glyph here.
        bundle.set_use_isolating(false);
        if let Err(fault) = bundle.add_builtins() {
            tracing::error!(%fault, "numbers cannot be counted");
        }
        for source in language.sources() {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, faults)) => {
                    tracing::error!(?faults, "the words of {} have faults", language.tag());
                    resource
                }
            };
            bundle.add_resource_overriding(resource);
        }
        Self { bundle }
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
        let (name, part) = match key.split_once('.') {
            Some((name, part)) => (name, Some(part)),
            None => (key, None),
        };
        let message: FluentMessage<'_> = self.bundle.get_message(name)?;
        let pattern = match part {
            Some(part) => message.get_attribute(part)?.value(),
            None => message.value()?,
        };
        let mut args = FluentArgs::new();
        for (name, given) in gifts {
            let value = match given {
                Given::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                Given::Count(count) => FluentValue::from(*count),
            };
            args.set(*name, value);
        }
        let mut faults: Vec<FluentError> = vec![];
        let said = self.bundle.format_pattern(pattern, Some(&args), &mut faults).into_owned();
        faults.is_empty().then_some(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_have_no_faults() {
        let language = Language::English;
        for source in language.sources() {
            assert!(FluentResource::try_new((*source).to_owned()).is_ok());
        }
        assert!(language.tag().parse::<LanguageIdentifier>().is_ok());
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
    fn no_key_stands_twice_in_the_files() {
        let mut keys: Vec<&str> = Language::English
            .sources()
            .iter()
            .flat_map(|source| source.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
            .collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all, "a key stands twice");
    }
}
