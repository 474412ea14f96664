//! Keyboard-wedge scanners: a state machine over key events that tells a scan from typing and takes the scan out of
//! the stream before any widget sees it.
//!
//! **No key of a burst, and no Enter or Tab that ends one, reaches a widget.** **Typing reaches it unchanged and in
//! order**, [`WedgeSettings::gap_ms`] late. Nothing here reads a clock or knows egui: events come in with a payload of
//! the caller's (`E`, the `egui::Event`) which comes back out when the wedge lets it pass.
//!
//! Events arrive in batches, one a frame, without time stamps; a batch may hold two scans or a ninth of one. So time
//! between batches is a hint only, and these are the rules:
//!
//! 1. Keys that type are **held** as they come. A press of a key already down is a person's repeat and is never held.
//! 2. Held keys are **given back** as typing when a call brings no key and `gap_ms` have passed since the last one (so
//!    the caller must call again after [`Wedge::wake_in_ms`]), or when a call brings keys but all of them together came
//!    slower than one in `gap_ms`: a slow frame hides the pauses of a person but not their rate.
//! 3. From [`WedgeSettings::min_alone`] held keys on it **is a burst**: nobody types eight keys with less than 60 ms
//!    between them. It is never given back; it ends with Enter or Tab, or with `burst_gap_ms` of quiet.
//! 4. Enter or Tab after at least [`WedgeSettings::min_with_suffix`] held keys ends a burst as well, unless it has less
//!    than six and begins right after keys given back: that is more likely a person whom a stalled window made look
//!    quick. Those keys are given back, as are two before an Enter, **but the Enter is not**: it came at a machine's
//!    speed and could press a button. After one key or none it passes.
//! 5. After a burst, further Enters, Tabs and line feeds are taken for 250 ms (CR LF; scanners that end late, which is told), and a
//!    held-down Enter passes only once, so that it cannot walk through two screens.
//! 6. A burst that begins within 250 ms of keys given back is **torn**: its beginning may be in a field. So is one in which
//!    the window loses the keys, and one that begins within half a second of its getting them: the rest is in another
//!    window. It is reported, and must not be read.
//!
//! The window's side is one function from `egui::Event` to [`Input`]: `Key { key, physical_key, pressed, modifiers }`
//! is a `Press` or `Release` of `PhysicalKey::from_name(physical_key.unwrap_or(key).name())` (with `alt` also for
//! `mac_cmd`; `repeat` is not filled in yet when the hook runs, and not needed), `Text` is `Text`,
//! `WindowFocused` is `FocusLost` or `FocusGained`, all else `Other`; the hook puts `Feed::pass` where the events were.

#[cfg(test)]
mod focus_tests;
mod keys;
mod meaning;
mod setup;
#[cfg(test)]
mod tests;

use meaning::{Meaning, Modifiers, meaning};

pub use keys::PhysicalKey;
pub use setup::{Finding, NationalLayout, TEST_CODE, findings, is_typed_slowly};

/// Characters of one burst that are kept; more are taken and counted, not kept. `payload` reads no longer ones.
const MAX_CHARACTERS: usize = 4096;
/// How long after a burst its late Enter is still taken, and after typing a burst counts as torn, in milliseconds.
/// Nobody presses Enter, or scans, within a quarter of a second of that.
const AFTERMATH_MS: u64 = 250;
/// For so long after the window got the keys a burst may be the rest of one whose beginning went elsewhere, in milliseconds:
/// a frame or two of a slow till lie between the two.
const FOCUS_MS: u64 = 500;
/// A key still down this long after its last press was let go unseen, in milliseconds; keyboards repeat sooner.
const REPEAT_MS: u64 = 1_500;
/// Stands for a character that was sent by its number and that the system did not make.
const UNKNOWN: char = '\u{fffd}';
/// A burst of at least so many keys is one whatever stands before it.
const SURE_WITH_SUFFIX: usize = 6;
/// Keys are given back after this long whatever else is going on, in milliseconds.
const STALL_MS: u64 = 3_000;

/// How the wedge tells a scan from typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WedgeSettings {
    /// Quiet after which held keys were typing, in milliseconds. A frame's length can nearly double the pause that is
    /// seen, so this allows for a scanner that sends a key every 28 ms; the ones measured send one every 0 to 12.
    pub gap_ms: u64,
    /// Quiet after which a burst without Enter is over, in milliseconds.
    pub burst_gap_ms: u64,
    /// Fewest keys of a burst that ends with Enter or Tab. Three at a machine's speed and an Enter behind them are all
    /// taken: a person whom a stalled window made look so quick sees nothing happen and types again, whereas a code left
    /// in a field or a PIN would be taken for theirs.
    pub min_with_suffix: usize,
    /// Fewest keys of a burst that ends with nothing. Without an end only the number of keys tells it from typing that a
    /// stalled window hands over at once, and a part of an amount must never be lost; so shorter codes need an end, or a
    /// prefix.
    pub min_alone: usize,
    /// What the scanner is set to send first; keys that begin with it are a burst however few. Empty when nothing.
    pub prefix: String,
}

impl Default for WedgeSettings {
    fn default() -> Self {
        Self { gap_ms: 60, burst_gap_ms: 120, min_with_suffix: 3, min_alone: 8, prefix: String::new() }
    }
}

/// What an event is to the wedge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down, or repeats.
    Press {
        /// Which.
        key: PhysicalKey,
        /// With Shift.
        shift: bool,
        /// With Ctrl.
        ctrl: bool,
        /// With Alt or the system key.
        alt: bool,
    },
    /// A key went up.
    Release {
        /// Which.
        key: PhysicalKey,
    },
    /// Text of the system's layout: right after its key's press, or alone from an input method.
    Text(String),
    /// The window lost the keyboard; releases may go unseen from here on.
    FocusLost,
    /// The window got the keyboard; what was typed before went to another.
    FocusGained,
    /// Anything else; it passes at once.
    Other,
}

/// What ended a burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BurstEnd {
    /// Enter (CR), perhaps with a line feed after it.
    Enter,
    /// Tab.
    Tab,
    /// Quiet, or a key no text has.
    Quiet,
}

/// One scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanText {
    /// The text by the keys' places on a US keyboard; FNC1 as GS (0x1D).
    pub text: String,
    /// The text as the system's layout shows it: what a scanner set to that layout means.
    pub shown: String,
    /// What ended it.
    pub end: BurstEnd,
    /// Its beginning or its end may be missing: say "scan again" and read nothing.
    pub torn: bool,
}

impl ScanText {
    /// True when the keys' places make no sense and the system's text is eight digits or more: the scanner is set to
    /// the till's layout. The two can't both be digits unless they are equal.
    #[must_use]
    pub fn is_set_to_layout(&self) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        self.shown != self.text && digits(&self.shown) >= 8 && digits(&self.shown) > digits(&self.text)
    }

    /// The text to read.
    #[must_use]
    pub fn best(&self) -> &str {
        if self.is_set_to_layout() { &self.shown } else { &self.text }
    }
}

/// What came of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed<E> {
    /// What goes on to the widgets, in this order, in place of the batch.
    pub pass: Vec<E>,
    /// The scans it completed.
    pub scans: Vec<ScanText>,
    /// An Enter or Tab that was taken after its burst had ended: a scanner that waits before it sends it.
    pub late_end: Option<BurstEnd>,
}

/// The recogniser. One a window.
#[derive(Debug)]
pub struct Wedge<E> {
    settings: WedgeSettings,
    held: Held<E>,
    /// Keys that went down in a burst and whose release is still to be taken.
    taken_down: Vec<PhysicalKey>,
    /// The key that went down last and has not come up.
    last_down: Option<(PhysicalKey, u64)>,
    /// What became of the press before, whose text may follow.
    text_follows: Fate,
    burst_ended_ms: Option<u64>,
    given_back_ms: Option<u64>,
    focused_ms: Option<u64>,
}

/// Keys that may be a burst.
#[derive(Debug)]
struct Held<E> {
    /// To give back; no longer kept once it is a burst.
    events: Vec<E>,
    text: String,
    shown: String,
    keys: usize,
    down: Vec<PhysicalKey>,
    first_ms: u64,
    last_ms: u64,
    /// Begun right after keys given back.
    after_typing: bool,
    /// Begun right after the window got the keys, or ended by its losing them.
    elsewhere: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Alone,
    Held,
    Passed,
    Taken,
}

impl<E> Default for Held<E> {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            text: String::new(),
            shown: String::new(),
            keys: 0,
            down: Vec::new(),
            first_ms: 0,
            last_ms: 0,
            after_typing: false,
            elsewhere: false,
        }
    }
}

impl<E> Wedge<E> {
    /// A wedge that has seen nothing.
    #[must_use]
    pub fn new(settings: WedgeSettings) -> Self {
        Self {
            settings,
            held: Held::default(),
            taken_down: Vec::new(),
            last_down: None,
            text_follows: Fate::Alone,
            burst_ended_ms: None,
            given_back_ms: None,
            focused_ms: None,
        }
    }

    /// When to call [`feed`](Self::feed) again though nothing happens (`request_repaint_after`), in milliseconds from
    /// `now_ms`; `None` while no key is held.
    #[must_use]
    pub fn wake_in_ms(&self, now_ms: u64) -> Option<u64> {
        let quiet_ms = now_ms.saturating_sub(self.held.last_ms);
        (self.held.keys > 0).then(|| self.quiet_limit_ms().saturating_sub(quiet_ms).max(1))
    }

    /// Takes one frame's events; an empty batch is how time passes. `now_ms` is from any clock that does not go back.
    pub fn feed(&mut self, batch: impl IntoIterator<Item = (Input, E)>, now_ms: u64) -> Feed<E> {
        let batch: Vec<(Input, E)> = batch.into_iter().collect();
        let mut out = Feed { pass: Vec::with_capacity(batch.len()), scans: Vec::new(), late_end: None };
        // A key's text comes in the same batch.
        self.text_follows = Fate::Alone;
        let presses = batch.iter().filter(|(input, _)| is_keyed(input)).count();
        if self.is_over(presses, now_ms) {
            self.end(&mut out, now_ms);
        }
        for (input, event) in batch {
            let text_of = std::mem::replace(&mut self.text_follows, Fate::Alone);
            match input {
                Input::Press { key, shift, ctrl, alt } => {
                    self.text_follows = self.press(key, Modifiers { shift, ctrl, alt }, event, now_ms, &mut out);
                }
                Input::Release { key } => self.release(key, event, &mut out),
                Input::Text(text) => self.text(&text, text_of, event, now_ms, &mut out),
                Input::FocusLost => {
                    self.held.elsewhere = true;
                    self.end(&mut out, now_ms);
                    self.taken_down.clear();
                    self.last_down = None;
                    out.pass.push(event);
                }
                Input::FocusGained => {
                    self.focused_ms = Some(now_ms);
                    out.pass.push(event);
                }
                Input::Other => out.pass.push(event),
            }
        }
        out
    }

    /// Whether what is held ended before a batch with so many key presses.
    fn is_over(&self, presses: usize, now_ms: u64) -> bool {
        let quiet_ms = now_ms.saturating_sub(self.held.last_ms);
        if self.held.keys == 0 || quiet_ms < self.quiet_limit_ms() {
            return false;
        }
        if presses == 0 || quiet_ms >= STALL_MS {
            return true;
        }
        // Rule 2: no call in between saw the quiet, so the rate of all of them decides, unless it is a burst already.
        let gaps = u64::try_from(self.held.keys + presses).unwrap_or(u64::MAX).saturating_sub(1);
        let span_ms = now_ms.saturating_sub(self.held.first_ms);
        !self.is_burst() && span_ms > self.settings.gap_ms.saturating_mul(gaps)
    }

    fn quiet_limit_ms(&self) -> u64 {
        if self.is_burst() { self.settings.burst_gap_ms } else { self.settings.gap_ms }
    }

    fn is_burst(&self) -> bool {
        self.held.keys >= self.settings.min_alone || self.has_prefix()
    }

    fn has_prefix(&self) -> bool {
        !self.settings.prefix.is_empty() && self.held.text.starts_with(&self.settings.prefix)
    }

    fn press(&mut self, key: PhysicalKey, with: Modifiers, event: E, now_ms: u64, out: &mut Feed<E>) -> Fate {
        if key == PhysicalKey::Modifier {
            out.pass.push(event);
            return Fate::Alone;
        }
        if self.is_repeat(key, now_ms) {
            return self.repeat(key, event, now_ms, out);
        }
        self.taken_down.retain(|down| *down != key);
        match meaning(key, with) {
            Meaning::Number if self.held.keys > 0 => self.number(key, now_ms),
            Meaning::Character(character) => {
                self.hold(Some(key), character, event, now_ms);
                Fate::Held
            }
            Meaning::End(end) => self.suffix(key, end, event, now_ms, out),
            // Only a scanner means the control character; a person means the shortcut.
            Meaning::ControlEnd(end) if self.held.keys > 0 || self.is_aftermath(now_ms) => {
                self.suffix(key, end, event, now_ms, out)
            }
            Meaning::ControlEnd(_) | Meaning::Number | Meaning::Nothing => {
                self.end(out, now_ms);
                out.pass.push(event);
                Fate::Passed
            }
        }
    }

    /// A digit of a character's number (Alt+029), as scanners set to "any keyboard" send what has no key. Its text, where
    /// the system makes one, comes alone once Alt is up; where it makes none a mark keeps its place, so that what stands
    /// before and after it is never joined to a number nobody printed.
    fn number(&mut self, key: PhysicalKey, now_ms: u64) -> Fate {
        self.held.last_ms = now_ms;
        if !self.held.text.ends_with(UNKNOWN) {
            self.held.text.push(UNKNOWN);
            self.held.shown.push(UNKNOWN);
        }
        self.taken_down.push(key);
        Fate::Taken
    }

    fn is_repeat(&mut self, key: PhysicalKey, now_ms: u64) -> bool {
        // Keys without an identity of their own can't be told apart, and are never held.
        let repeats = key != PhysicalKey::Other
            && self.last_down.is_some_and(|(down, at_ms)| down == key && now_ms.saturating_sub(at_ms) < REPEAT_MS);
        self.last_down = Some((key, now_ms));
        repeats
    }

    /// A key held down: a person's, or the end of a burst.
    fn repeat(&mut self, key: PhysicalKey, event: E, now_ms: u64, out: &mut Feed<E>) -> Fate {
        if key == PhysicalKey::Enter || self.taken_down.contains(&key) {
            return Fate::Taken;
        }
        self.end(out, now_ms);
        if self.taken_down.contains(&key) {
            return Fate::Taken;
        }
        out.pass.push(event);
        Fate::Passed
    }

    fn hold(&mut self, key: Option<PhysicalKey>, character: char, event: E, now_ms: u64) {
        if self.held.keys == 0 {
            self.held.first_ms = now_ms;
            let is_soon = |at_ms: Option<u64>, within_ms| at_ms.is_some_and(|at| now_ms.saturating_sub(at) < within_ms);
            self.held.after_typing = is_soon(self.given_back_ms, AFTERMATH_MS);
            self.held.elsewhere = is_soon(self.focused_ms, FOCUS_MS);
        }
        self.held.keys = self.held.keys.saturating_add(1);
        self.held.last_ms = now_ms;
        self.held.down.extend(key);
        if self.held.keys <= MAX_CHARACTERS {
            self.held.text.push(character);
        }
        self.held.events.push(event);
        if self.is_burst() {
            self.held.events.clear();
        }
    }

    /// Enter or Tab.
    fn suffix(&mut self, key: PhysicalKey, end: BurstEnd, event: E, now_ms: u64, out: &mut Feed<E>) -> Fate {
        let is_sure = self.held.keys >= SURE_WITH_SUFFIX || !self.held.after_typing;
        if (self.held.keys >= self.settings.min_with_suffix && is_sure) || self.is_burst() {
            self.complete(end, out, now_ms);
        } else if self.held.keys >= 2 {
            self.give_back(out, now_ms);
            self.burst_ended_ms = Some(now_ms);
        } else {
            self.give_back(out, now_ms);
            if !self.is_aftermath(now_ms) {
                out.pass.push(event);
                return Fate::Passed;
            }
            out.late_end = Some(end);
        }
        self.taken_down.push(key);
        Fate::Taken
    }

    fn is_aftermath(&self, now_ms: u64) -> bool {
        // An Enter alone right after the window got the keys ends what another window has.
        let ended = self.burst_ended_ms.max(self.focused_ms);
        ended.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) < AFTERMATH_MS)
    }

    fn release(&mut self, key: PhysicalKey, event: E, out: &mut Feed<E>) {
        if self.last_down.is_some_and(|(down, _)| down == key) {
            self.last_down = None;
        }
        if let Some(at) = self.taken_down.iter().position(|down| *down == key) {
            self.taken_down.swap_remove(at);
        } else if let Some(at) = self.held.down.iter().position(|down| *down == key) {
            self.held.down.swap_remove(at);
            if !self.is_burst() {
                self.held.events.push(event);
            }
        } else {
            out.pass.push(event);
        }
    }

    fn text(&mut self, text: &str, text_of: Fate, event: E, now_ms: u64, out: &mut Feed<E>) {
        match text_of {
            Fate::Held => {
                if self.held.shown.len() < MAX_CHARACTERS {
                    self.held.shown.push_str(text);
                }
                if !self.is_burst() {
                    self.held.events.push(event);
                }
            }
            Fate::Taken => {}
            Fate::Passed => out.pass.push(event),
            Fate::Alone => {
                let mut characters = text.chars();
                if let (Some(character), None) = (characters.next(), characters.next()) {
                    // A key with no name of its own, or Alt and a number.
                    if self.held.text.ends_with(UNKNOWN) {
                        self.held.text.pop();
                        self.held.shown.pop();
                    }
                    self.hold(None, character, event, now_ms);
                    self.held.shown.push(character);
                } else {
                    self.end(out, now_ms);
                    out.pass.push(event);
                }
            }
        }
    }

    /// Nothing more belongs to what is held.
    fn end(&mut self, out: &mut Feed<E>, now_ms: u64) {
        if self.is_burst() {
            self.complete(BurstEnd::Quiet, out, now_ms);
        } else {
            self.give_back(out, now_ms);
        }
    }

    fn complete(&mut self, end: BurstEnd, out: &mut Feed<E>, now_ms: u64) {
        let held = std::mem::take(&mut self.held);
        let torn = held.after_typing || held.elsewhere;
        out.scans.push(ScanText { text: held.text, shown: held.shown, end, torn });
        self.taken_down.extend(held.down);
        self.burst_ended_ms = Some(now_ms);
        self.given_back_ms = None;
    }

    fn give_back(&mut self, out: &mut Feed<E>, now_ms: u64) {
        if self.held.keys > 0 {
            out.pass.append(&mut std::mem::take(&mut self.held).events);
            self.given_back_ms = Some(now_ms);
        }
    }
}

fn is_keyed(input: &Input) -> bool {
    matches!(input, Input::Press { key, .. } if *key != PhysicalKey::Modifier)
}
