//! The translations against the English words: the same messages with the same gaps, the plurals of each language, and
//! no English left behind.

#![cfg(test)] // clippy: a test throughout, helpers too

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::parser::parse;
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use tillback::domain::Language;
use tillback::ui::i18n::sources;

/// A message or an attribute: what it says without its gaps, its gaps, and the variants it chooses among.
#[derive(Default, Debug)]
struct Said {
    text: String,
    gaps: BTreeSet<String>,
    /// For each choice: the names of its variants, and whether it counts (as opposed to choosing by a plain number).
    choices: Vec<Vec<String>>,
}

/// Printed where there is no window: the command line speaks English.
const PRINTED: &str = "window-";

fn read(language: Language) -> BTreeMap<String, Said> {
    let mut all = BTreeMap::new();
    for source in sources(language) {
        let resource = parse(*source).expect("Fluent without faults");
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            if message.id.name.starts_with(PRINTED) {
                continue;
            }
            let value = message.value.iter().map(|pattern| (message.id.name.to_owned(), pattern));
            let parts =
                message.attributes.iter().map(|part| (format!("{}.{}", message.id.name, part.id.name), &part.value));
            for (key, pattern) in value.chain(parts) {
                let mut said = Said::default();
                gather(pattern, &mut said);
                all.insert(key, said);
            }
        }
    }
    all
}

fn gather(pattern: &Pattern<&str>, said: &mut Said) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => said.text.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => gap(inline, said),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                gap(selector, said);
                said.choices.push(variants.iter().map(name_of).collect());
                variants.iter().for_each(|variant| gather(&variant.value, said));
            }
        }
    }
}

fn gap(inline: &InlineExpression<&str>, said: &mut Said) {
    match inline {
        InlineExpression::VariableReference { id } => drop(said.gaps.insert(id.name.to_owned())),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| gap(argument, said));
        }
        other => panic!("{other:?} is not used in these files"),
    }
}

fn name_of(variant: &Variant<&str>) -> String {
    match &variant.key {
        VariantKey::Identifier { name } => (*name).to_owned(),
        VariantKey::NumberLiteral { value } => (*value).to_owned(),
    }
}

fn translated() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(|language| *language != Language::English)
}

#[test]
fn every_language_says_the_same_messages() {
    let english = read(Language::English);
    for language in translated() {
        let theirs = read(language);
        let missing: Vec<&String> = english.keys().filter(|key| !theirs.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{language:?} has no words for: {missing:?}");
        let extra: Vec<&String> = theirs.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(extra.is_empty(), "{language:?} has what English has not: {extra:?}");
    }
}

#[test]
fn every_translation_has_the_gaps_of_the_english() {
    let english = read(Language::English);
    for language in translated() {
        for (key, said) in read(language) {
            // A count may be written as a word ("once"), or fall away with the form that needs it.
            let counts = |gap: &String| ["count", "number", "ordinal"].contains(&gap.as_str());
            let Some(original) = english.get(&key) else { continue };
            let lost: Vec<&String> = original.gaps.difference(&said.gaps).filter(|gap| !counts(gap)).collect();
            let new: Vec<&String> = said.gaps.difference(&original.gaps).collect();
            assert!(lost.is_empty() && new.is_empty(), "{language:?} {key}: lost {lost:?}, new {new:?}");
        }
    }
}

const fn category(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}

/// The categories that numbers up to a hundred thousand fall into: more than the till counts.
fn categories(language: Language, kind: PluralRuleType) -> BTreeSet<&'static str> {
    // A script does not count in another way than its language.
    let tag = language.tag().split('-').next().unwrap();
    let tag: unic_langid::LanguageIdentifier = tag.parse().unwrap();
    let rules = PluralRules::create(tag, kind).expect("rules of that language");
    (0..100_000_u32).map(|number| category(rules.select(number).unwrap())).collect()
}

#[test]
fn every_choice_has_the_plurals_of_its_language() {
    for language in Language::ALL {
        let cardinal = categories(language, PluralRuleType::CARDINAL);
        let ordinal = categories(language, PluralRuleType::ORDINAL);
        for (key, said) in read(language) {
            for variants in &said.choices {
                let named: BTreeSet<&str> =
                    variants.iter().map(String::as_str).filter(|name| name.parse::<u32>().is_err()).collect();
                let known: BTreeSet<&str> = cardinal.union(&ordinal).copied().collect();
                assert!(named.is_subset(&known), "{language:?} {key}: {named:?} are not all plurals of it");
                let chooses_by_number = variants.len() > 3 && named.len() == 1;
                assert!(
                    chooses_by_number || named == cardinal || named == ordinal,
                    "{language:?} {key}: {named:?} instead of {cardinal:?}"
                );
            }
        }
    }
}

/// What stands in every language as it stands in English: names, keys of the keyboard, and lines of gaps alone.
const SAME: &[&str] = &[
    "app-name",
    "about-title",
    "key-escape",
    "key-enter",
    "key-tab",
    "sheet-f1-key",
    "key-delete",
    "scan-pad",
    "pad-point",
    "approval-note-short",
    "rule-no",
    "rule-minutes",
    "paper-signature",
    "printer-paper",
    "sound-volume",
    "people-line-badge",
];

#[test]
fn no_english_is_left_behind() {
    let english = read(Language::English);
    for language in translated() {
        for (key, said) in read(language) {
            let Some(original) = english.get(&key) else { continue };
            let has_words = original.text.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
            let same = original.text == said.text && has_words;
            // "Note" is a word of French too.
            assert!(!same || SAME.contains(&key.as_str()), "{language:?} {key}: {:?}", said.text);
        }
    }
}
