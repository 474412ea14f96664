//! Between the keyboard and the widgets: hands every event to the scanner recogniser before anything else sees it.
//!
//! **What a scanner types never reaches a button, a field, an amount or a PIN.** Typing reaches them a moment later,
//! when it is clear that it is typing; [`WedgeAdapter::wake_in`] says when to look again.

use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, RawInput};

use crate::scan::wedge::{BurstEnd, Input, PhysicalKey, ScanText, Wedge, WedgeSettings};

/// The recogniser, fed with the window's events.
#[derive(Debug)]
pub struct WedgeAdapter {
    wedge: Wedge<Event>,
    started: Instant,
    now_ms: u64,
}

impl Default for WedgeAdapter {
    fn default() -> Self {
        Self::new("")
    }
}

impl WedgeAdapter {
    /// For scanners that send `prefix` before every code.
    pub fn new(prefix: &str) -> Self {
        Self { wedge: wedge(prefix), started: Instant::now(), now_ms: 0 }
    }

    /// From now on scanners send `prefix` before every code.
    pub fn change_prefix(&mut self, prefix: &str) {
        self.wedge = wedge(prefix);
    }

    /// Takes a scanner's keys out of the input and gives back what it scanned.
    pub fn filter(&mut self, input: &mut RawInput) -> Vec<ScanText> {
        self.filter_with_end(input).0
    }

    /// The same, and the Enter or Tab that came late for the scan before.
    pub fn filter_with_end(&mut self, input: &mut RawInput) -> (Vec<ScanText>, Option<BurstEnd>) {
        let shown = input.time.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let passed = shown.unwrap_or_else(|| self.started.elapsed());
        // The recogniser wants a clock that does not go back.
        self.now_ms = u64::try_from(passed.as_millis()).unwrap_or(u64::MAX).max(self.now_ms);
        let batch = std::mem::take(&mut input.events).into_iter().map(|event| (meaning(&event), event));
        let feed = self.wedge.feed(batch, self.now_ms);
        input.events = feed.pass;
        (feed.scans, feed.late_end)
    }

    /// When to feed it again though nothing happens.
    pub fn wake_in(&self) -> Option<Duration> {
        self.wedge.wake_in_ms(self.now_ms).map(Duration::from_millis)
    }
}

fn wedge(prefix: &str) -> Wedge<Event> {
    Wedge::new(WedgeSettings { prefix: prefix.to_owned(), ..WedgeSettings::default() })
}

fn meaning(event: &Event) -> Input {
    match event {
        Event::Key { key, physical_key, pressed: true, modifiers, .. } => press(place(*key, *physical_key), *modifiers),
        Event::Key { key, physical_key, pressed: false, .. } => Input::Release { key: place(*key, *physical_key) },
        Event::Text(text) => Input::Text(text.clone()),
        Event::WindowFocused(false) => Input::FocusLost,
        Event::WindowFocused(true) => Input::FocusGained,
        _ => Input::Other,
    }
}

fn place(key: Key, physical: Option<Key>) -> PhysicalKey {
    PhysicalKey::from_name(physical.unwrap_or(key).name())
}

fn press(key: PhysicalKey, modifiers: Modifiers) -> Input {
    Input::Press { key, shift: modifiers.shift, ctrl: modifiers.ctrl, alt: modifiers.alt || modifiers.mac_cmd }
}
