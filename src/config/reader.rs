//! Reads a TOML file key by key, keeping where each stands, so that every complaint names its line.
//!
//! **A key that is not known is an error**, with the nearest one that is allowed. serde could refuse it too, but it knows
//! the place of a wrong *key* alone, not of a value that is of the right type and still makes no sense.

use std::cell::Cell;
use std::ops::{Range, RangeInclusive};
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ConfigError;
use crate::domain::RuleKey;

/// A complaint and the bytes it is about.
pub(super) struct Complaint {
    span: Option<Range<usize>>,
    what: String,
    allowed: String,
}

pub(super) type Read<T> = Result<T, Complaint>;

/// A complaint about no place in particular.
pub(super) fn complaint(what: impl Into<String>, allowed: impl Into<String>) -> Complaint {
    Complaint { span: None, what: what.into(), allowed: allowed.into() }
}

impl Complaint {
    fn at(span: Range<usize>, what: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { span: Some(span), what: what.into(), allowed: allowed.into() }
    }

    /// Names file, line and column, both counted from 1.
    pub(super) fn in_file(self, file: &Path, text: &str) -> ConfigError {
        let place = self.span.map(|span| {
            let before = text.get(..span.start).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            (line, column)
        });
        let (line, column) = place.map_or((None, None), |(line, column)| (Some(line), Some(column)));
        ConfigError { file: file.to_owned(), line, column, what: self.what, allowed: self.allowed }
    }
}

/// Parses the text as TOML.
pub(super) fn parse(text: &str) -> Read<Spanned<DeTable<'_>>> {
    DeTable::parse(text).map_err(|error| Complaint {
        span: error.span(),
        what: format!("this is not TOML: {}", error.message()),
        allowed: "sections such as [gateway] with lines such as key = \"value\"; see the example file".to_owned(),
    })
}

/// One section, none of whose keys is unknown.
pub(super) struct Section<'t> {
    name: &'static str,
    table: Option<&'t DeTable<'t>>,
    span: Option<Range<usize>>,
    last: Cell<Option<(usize, usize)>>,
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

impl<'t> Section<'t> {
    /// The file itself, whose keys are the sections.
    pub(super) fn root(table: &'t Spanned<DeTable<'t>>, sections: &[&str]) -> Read<Self> {
        let root = Self::new("", Some(table.get_ref()), Some(table.span()));
        root.refuse_unknown(sections).map(|()| root)
    }

    fn new(name: &'static str, table: Option<&'t DeTable<'t>>, span: Option<Range<usize>>) -> Self {
        Self { name, table, span, last: Cell::new(None) }
    }

    fn value(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let found = self.table.and_then(|table| table.get(key));
        self.last.set(found.map(|value| (value.span().start, value.span().end)));
        found
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn wrong_kind(&self, key: &str, value: &Spanned<DeValue<'_>>, allowed: &str) -> Complaint {
        let what = format!("{} is {}", self.path(key), kind(value.get_ref()));
        Complaint::at(value.span(), what, allowed)
    }

    /// A complaint about the value that was read last.
    pub(super) fn refuse(&self, key: &str, why: impl std::fmt::Display, allowed: impl Into<String>) -> Complaint {
        let span = self.last.get().map(|(start, end)| start..end).or(self.span.clone());
        Complaint { span, what: format!("{}: {why}", self.path(key)), allowed: allowed.into() }
    }

    /// A section of the file and the keys it may have; empty when it is not there.
    pub(super) fn section(&self, name: &'static str, keys: &[&str]) -> Read<Section<'t>> {
        let Some(value) = self.value(name) else { return Ok(Self::new(name, None, None)) };
        let allowed = format!("a section: a line [{name}] with its keys below");
        let table = value.get_ref().as_table().ok_or_else(|| self.wrong_kind(name, value, &allowed))?;
        let section = Self::new(name, Some(table), Some(value.span()));
        section.refuse_unknown(keys).map(|()| section)
    }

    pub(super) fn text(&self, key: &'static str, allowed: &str) -> Read<Option<&'t str>> {
        match self.value(key) {
            None => Ok(None),
            Some(value) => value
                .get_ref()
                .as_str()
                .map(Some)
                .ok_or_else(|| self.wrong_kind(key, value, &format!("{allowed}, in quotes"))),
        }
    }

    /// Text that must be there and not be empty.
    pub(super) fn needed(&self, key: &'static str, allowed: &str) -> Read<&'t str> {
        match self.text(key, allowed)? {
            Some(text) if !text.trim().is_empty() => Ok(text.trim()),
            Some(_) => Err(self.refuse(key, "it is empty", allowed)),
            None => Err(Complaint {
                span: self.span.clone(),
                what: format!("{} is missing", self.path(key)),
                allowed: allowed.to_owned(),
            }),
        }
    }

    pub(super) fn flag(&self, key: &'static str, default: bool) -> Read<bool> {
        match self.value(key) {
            None => Ok(default),
            Some(value) => {
                value.get_ref().as_bool().ok_or_else(|| self.wrong_kind(key, value, "true or false, without quotes"))
            }
        }
    }

    /// A whole number within limits.
    pub(super) fn number(&self, key: &'static str, default: u32, limits: RangeInclusive<u32>) -> Read<u32> {
        let Some(value) = self.value(key) else { return Ok(default) };
        let (least, most) = (limits.start(), limits.end());
        let allowed = format!("a whole number from {least} to {most}");
        let integer = value.get_ref().as_integer().ok_or_else(|| self.wrong_kind(key, value, &allowed))?;
        match u32::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) if limits.contains(&number) => Ok(number),
            _ => Err(self.refuse(key, format!("{} is out of range", integer.as_str()), allowed)),
        }
    }

    /// A rule that is a whole number, within its bounds.
    pub(super) fn rule(&self, rule: RuleKey, default: u32) -> Read<u32> {
        let (least, most) = rule.bounds().unwrap_or((0, u32::MAX));
        self.number(rule.path().1, default, least..=most)
    }

    pub(super) fn list(&self, key: &'static str, allowed: &str) -> Read<Option<Vec<&'t str>>> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let Some(array) = value.get_ref().as_array() else { return Err(self.wrong_kind(key, value, allowed)) };
        let one =
            |item: &'t Spanned<DeValue<'t>>| item.get_ref().as_str().ok_or_else(|| self.wrong_kind(key, item, allowed));
        array.iter().map(one).collect::<Read<Vec<_>>>().map(Some)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, key: &'static str, default: T, words: &[(&str, T)]) -> Read<T> {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let allowed = format!("one of {}", quoted(&names));
        let Some(text) = self.text(key, &allowed)? else { return Ok(default) };
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => Ok(*value),
            None => Err(self.refuse(key, format!("{text:?} is not known"), with_guess(text, &names, &allowed))),
        }
    }

    /// Complains about the first key that is not one of these.
    fn refuse_unknown(&self, keys: &[&str]) -> Read<()> {
        let unknown = self.table.into_iter().flatten().filter(|(key, _)| !keys.contains(&key.get_ref().as_ref()));
        let Some((key, _)) = unknown.min_by_key(|(key, _)| key.span().start) else { return Ok(()) };
        let name: String = key.get_ref().chars().take(60).collect();
        let (what, place) = if self.name.is_empty() {
            (format!("there is no section [{}]", name.escape_debug()), "sections: ".to_owned())
        } else {
            (format!("there is no key {name:?} in [{}]", self.name), format!("in [{}]: ", self.name))
        };
        let allowed = format!("{place}{}", keys.join(", "));
        Err(Complaint::at(key.span(), what, with_guess(&name, keys, &allowed)))
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

fn with_guess(found: &str, words: &[&str], allowed: &str) -> String {
    let near = words.iter().map(|word| (distance(found, word), word)).min_by_key(|(far, _)| *far);
    match near {
        // Further off than a third of the word it is another word, not a slip of the finger.
        Some((far, word)) if far <= 1 + word.len() / 4 => format!("did you mean {word}? {allowed}"),
        _ => allowed.to_owned(),
    }
}

/// Letters to change, add, drop or swap with a neighbour (optimal string alignment), for short words.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=to.len()).collect()];
    for (at, letter) in from.iter().enumerate() {
        let mut row = vec![at + 1];
        for (place, other) in to.iter().enumerate() {
            let cell = |row: Option<&Vec<usize>>, at: usize| {
                row.and_then(|row| row.get(at)).copied().unwrap_or(usize::MAX / 2)
            };
            let above = rows.get(at);
            let mut least = (cell(above, place) + usize::from(letter != other))
                .min(cell(above, place + 1) + 1)
                .min(cell(Some(&row), place) + 1);
            let swapped = at > 0 && place > 0 && from.get(at - 1) == Some(other) && to.get(place - 1) == Some(letter);
            if swapped {
                least = least.min(cell(rows.get(at - 1), place - 1) + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_near_and_another_word_is_not() {
        assert_eq!(distance("mechant_no", "merchant_no"), 1);
        assert_eq!(distance("merhcant_no", "merchant_no"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert!(with_guess("tehme", &["theme", "language"], "x").starts_with("did you mean theme?"));
        assert_eq!(with_guess("printer", &["theme", "language"], "x"), "x");
    }
}
