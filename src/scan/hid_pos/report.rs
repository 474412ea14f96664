//! From a scanner's reports to scans.
//!
//! **A code that goes on in a report that never comes is torn, never cut.** What a report says of its own length is
//! believed only as far as the report goes.

use super::descriptor::{Field, Layout, Role};
use crate::scan::scanner::{MAX_BYTES, text_of};
use crate::scan::wedge::{BurstEnd, ScanText};

/// How long the rest of a code may be on its way, in milliseconds. Reports of one code follow each other within a few.
const REST_MS: u64 = 500;
/// The same where the layout has no flag for it: a full report may be all, or not.
const PERHAPS_REST_MS: u64 = 60;

/// Puts reports together.
#[derive(Debug)]
pub(super) struct Reports {
    layouts: Vec<Layout>,
    bytes: Vec<u8>,
    identifier: String,
    /// More is to come: for certain, or perhaps.
    open: Option<bool>,
    is_over: bool,
    last_ms: u64,
}

impl Reports {
    pub(super) fn new(layouts: Vec<Layout>) -> Self {
        let (bytes, identifier) = (Vec::new(), String::new());
        Self { layouts, bytes, identifier, open: None, is_over: false, last_ms: 0 }
    }

    /// How long to wait for the rest of a code, in milliseconds; none while none is open.
    pub(super) fn wait_ms(&self, now_ms: u64) -> Option<u64> {
        let limit = if self.open? { REST_MS } else { PERHAPS_REST_MS };
        Some(self.last_ms.saturating_add(limit).saturating_sub(now_ms).max(1))
    }

    /// Takes one report as the system gives it: with its number in front where reports are numbered.
    pub(super) fn take(&mut self, report: &[u8], now_ms: u64) -> Option<ScanText> {
        self.last_ms = now_ms;
        let is_numbered = self.layouts.iter().any(|layout| layout.id.is_some());
        let (id, data) = match report.split_first() {
            Some((id, data)) if is_numbered => (Some(*id), data),
            _ => (None, report),
        };
        let layout = self.layouts.iter().find(|layout| layout.id == id)?;
        let has_flag = layout.fields.iter().any(|field| field.role == Role::Continued);
        let of = |role: Role| layout.fields.iter().filter(move |field| field.role == role);
        let bytes: Vec<u8> = of(Role::Data).filter_map(|field| bits(data, *field)).collect();
        let capacity = bytes.len();
        let count = match of(Role::Count).next() {
            Some(field) => usize::from(bits(data, *field)?).min(capacity),
            // Without a length, the end is where nothing follows but zeros.
            None => bytes.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1),
        };
        let goes_on = of(Role::Continued).any(|field| bits(data, *field).is_some_and(|bit| bit != 0));
        if self.bytes.is_empty() {
            self.identifier =
                (0..3).filter_map(|place| bits(data, *of(Role::Identifier(place)).next()?)).map(char::from).collect();
        }
        let room = MAX_BYTES.saturating_sub(self.bytes.len());
        self.is_over |= count > room;
        self.bytes.extend(bytes.into_iter().take(count.min(room)));
        self.open = match (goes_on, has_flag) {
            (true, _) => Some(true),
            (false, false) if count == capacity && count > 0 => Some(false),
            (false, _) => None,
        };
        if self.open.is_some() { None } else { self.complete(false) }
    }

    /// The code, if the rest of it has not come in time.
    pub(super) fn quiet(&mut self, now_ms: u64) -> Option<ScanText> {
        let is_certain = self.open?;
        let limit = if is_certain { REST_MS } else { PERHAPS_REST_MS };
        (now_ms.saturating_sub(self.last_ms) >= limit).then(|| self.complete(is_certain)).flatten()
    }

    fn complete(&mut self, is_cut: bool) -> Option<ScanText> {
        let bytes = std::mem::take(&mut self.bytes);
        let torn = std::mem::take(&mut self.is_over) || is_cut;
        self.open = None;
        let text = text_of(&bytes);
        let text = text.trim_end_matches(['\r', '\n', '\t', '\0', '\u{3}']);
        if text.is_empty() && !torn {
            return None;
        }
        let text = match aim(&self.identifier) {
            Some(identifier) if !text.starts_with(&identifier) => format!("{identifier}{text}"),
            Some(_) | None => text.to_owned(),
        };
        // The report says where a code ends: no Enter is missing.
        Some(ScanText { shown: text.clone(), text, end: BurstEnd::Enter, torn })
    }
}

/// The AIM identifier in the three bytes, if there is one: scanners fill them with zeros or blanks when it is off.
fn aim(identifier: &str) -> Option<String> {
    let mut characters = identifier.chars();
    let (bracket, letter, option) = (characters.next()?, characters.next()?, characters.next()?);
    let is_one = bracket == ']' && letter.is_ascii_alphabetic() && option.is_ascii_alphanumeric();
    is_one.then(|| identifier.to_owned())
}

/// The bits of a field, at most eight, least significant first as HID counts them; none beyond the report's end.
fn bits(data: &[u8], field: Field) -> Option<u8> {
    let (byte, shift) = (field.bit / 8, field.bit % 8);
    let low = u16::from(*data.get(byte)?);
    let high = if shift + field.bits > 8 { u16::from(*data.get(byte + 1)?) } else { 0 };
    let mask = (1u16 << field.bits).wrapping_sub(1);
    u8::try_from((((high << 8) | low) >> shift) & mask).ok()
}
