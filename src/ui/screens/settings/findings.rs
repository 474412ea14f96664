//! How a scanner is set, in words: each fact about a trial scan, what to change, and what the till copes with.
//!
//! **Exhaustive: no `_` arm**, so that a new finding does not compile until it has its words here.

use crate::domain::{ScannerKind, SettingChange};
use crate::scan::wedge::{Finding, NationalLayout, ScanText, findings};
use crate::terminal::{Equipment, Tried};
use crate::ui::desk::Desk;
use crate::ui::i18n::text;

/// One fact about a scanner.
pub(super) struct Fact {
    /// The till copes with it as it is.
    pub(super) works: bool,
    pub(super) what: String,
    pub(super) what_to_do: String,
    /// What the settings file would have to say for the till to cope with it.
    pub(super) remedy: Option<SettingChange>,
}

/// What a trial scan says; what has to be changed first. Empty when there is nothing at all to say.
pub(super) fn of_scan(desk: &Desk<'_>, tried: &Tried) -> Vec<Fact> {
    let mut facts: Vec<Fact> = said(&tried.scan, tried.scanner)
        .into_iter()
        .map(|finding| {
            let known = is_known(&finding, &desk.view.equipment);
            let (key, gift) = key_of(&finding, known);
            let remedy = remedy_of(&finding).filter(|_| !known);
            Fact { remedy, ..fact(desk, key, finding.works() || known, &gift) }
        })
        .collect();
    if tried.scanner == ScannerKind::Keyboard && desk.view.devices.scanner == crate::terminal::Light::Off {
        facts.insert(0, fact(desk, "finding-typed-off", false, &Gift::Nothing));
    }
    facts.sort_by_key(|fact| fact.works);
    facts
}

/// The scanner is too slow to be told from somebody who types.
pub(super) fn slow(desk: &Desk<'_>) -> Fact {
    fact(desk, "finding-slow", false, &Gift::Nothing)
}

/// Scanners with a port of their own have no keyboard, and need no end.
fn said(scan: &ScanText, scanner: ScannerKind) -> Vec<Finding> {
    let mut found = findings(scan);
    match scanner {
        ScannerKind::Keyboard => {}
        ScannerKind::Serial | ScannerKind::HidPos => {
            found.retain(|finding| !matches!(finding, Finding::TabEnd | Finding::NoEnd));
        }
    }
    found
}

/// Whether the settings file knows of it already.
fn is_known(finding: &Finding, equipment: &Equipment) -> bool {
    match finding {
        Finding::Prefix(prefix) => *prefix == equipment.prefix,
        Finding::Suffix(suffix) => *suffix == equipment.suffix,
        _ => false,
    }
}

/// The settings file can know what a scanner sends around each code.
fn remedy_of(finding: &Finding) -> Option<SettingChange> {
    match finding {
        Finding::Prefix(prefix) => Some(SettingChange::ScannerPrefix(prefix.clone())),
        Finding::Suffix(suffix) => Some(SettingChange::ScannerSuffix(suffix.clone())),
        _ => None,
    }
}

/// What is put into the words of a finding.
enum Gift {
    Nothing,
    /// As the scanner sent it.
    Sent(String),
    /// A word of ours.
    Word(&'static str),
}

fn fact(desk: &Desk<'_>, key: &str, works: bool, gift: &Gift) -> Fact {
    let what = match gift {
        Gift::Nothing => String::new(),
        Gift::Sent(sent) => visible(sent),
        Gift::Word(key) => desk.say(key),
    };
    let gifts = [("what", text(what))];
    Fact {
        works,
        what: desk.words.with(key, &gifts),
        what_to_do: desk.words.with(&format!("{key}.do"), &gifts),
        remedy: None,
    }
}

/// Its words, and what is put into them.
fn key_of(finding: &Finding, known: bool) -> (&'static str, Gift) {
    match finding {
        Finding::Torn => ("finding-torn", Gift::Nothing),
        Finding::OtherCode => ("finding-other", Gift::Nothing),
        Finding::NoDigits => ("finding-no-digits", Gift::Nothing),
        Finding::TillsLayout => ("finding-tills-layout", Gift::Nothing),
        Finding::OtherLayout(layout) => ("finding-layout", Gift::Word(layout_of(*layout))),
        Finding::CaseSwapped => ("finding-case", Gift::Nothing),
        Finding::NoEnd => ("finding-no-end", Gift::Nothing),
        Finding::TabEnd => ("finding-tab-end", Gift::Nothing),
        Finding::AimIdentifier(identifier) => ("finding-aim", Gift::Sent(identifier.clone())),
        Finding::NoAimIdentifier => ("finding-no-aim", Gift::Nothing),
        Finding::SeparatorDropped => ("finding-separator", Gift::Nothing),
        Finding::SeparatorReplaced(by) => ("finding-separator-replaced", Gift::Sent(by.clone())),
        Finding::Prefix(prefix) if known => ("finding-prefix-known", Gift::Sent(prefix.clone())),
        Finding::Prefix(prefix) => ("finding-prefix", Gift::Sent(prefix.clone())),
        Finding::Suffix(suffix) if known => ("finding-suffix-known", Gift::Sent(suffix.clone())),
        Finding::Suffix(suffix) => ("finding-suffix", Gift::Sent(suffix.clone())),
    }
}

const fn layout_of(layout: NationalLayout) -> &'static str {
    match layout {
        NationalLayout::Uk => "layout-uk",
        NationalLayout::German => "layout-german",
        NationalLayout::French => "layout-french",
        NationalLayout::Spanish => "layout-spanish",
    }
}

/// A text with its control characters spelt out, and no longer than fits a line.
fn visible(text: &str) -> String {
    text.chars().take(24).flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}
