//! What comes from the keyboard, before any widget sees it: scans are taken out and read, held keys act once, the rest of a
//! torn badge is dropped.
//!
//! **What a scanner typed reaches no widget. Nothing is looked at twice**: a key that was let through would be a held one the
//! second time, and a digit two.

use egui::RawInput;

use super::app::{App, shows};
use crate::domain::{Badge, ScanSource, ScannerKind};
use crate::flow::{OnPeople, SettingsPage, What};
use crate::scan::wedge::{BurstEnd, ScanText};
use crate::terminal::TillView;

/// The rest of a torn badge comes within so long, and is at least so many digits or says nothing of its secret.
const REST_OF_A_BADGE_MS: i64 = 3_000;
const REST_DIGITS: usize = 3;
/// Bytes kept of what is typed on the scanner page; the test code is much shorter.
const MAX_TYPED_SLOWLY: usize = 256;

impl App {
    /// Looks at the input before any widget does: takes out what a scanner typed and keys that are held down.
    ///
    /// A window that the window system does not let draw gets its input again with the next, and another window of the
    /// program may get it instead of it: eframe keeps it in one place for all (`EpiIntegration::pending_raw_input`).
    pub fn filter_input(&mut self, input: &mut RawInput) {
        let looked_at = self.looked_at.min(input.events.len());
        let new = input.events.split_off(looked_at);
        let before = std::mem::replace(&mut input.events, new);
        self.looked_at = 0;
        self.kept.extend(before);
        if input.viewport_id != egui::ViewportId::ROOT {
            return;
        }
        self.filter_new(input);
        self.screen_keys.hear(&input.events, (self.clock)());
        input.events.append(&mut self.screen_keys.take_typed());
        let mut all = std::mem::take(&mut self.kept);
        all.append(&mut input.events);
        self.looked_at = all.len();
        input.events = all;
    }

    fn filter_new(&mut self, input: &mut RawInput) {
        let (mut scans, late_end) = self.wedge.filter_with_end(input);
        self.held.filter(input);
        self.drop_the_rest_of_a_badge(&mut scans, input);
        let view = self.till.view();
        if self.sheet.is_some() {
            return;
        }
        if shows(&view.state, SettingsPage::Scanner) {
            self.correct_end(&view, late_end);
            return self.try_scanner(&scans, input);
        }
        if !self.reads_what_scanners_type {
            return;
        }
        if view.state.hears_badges() {
            let badges = scans.iter().filter(|scan| !scan.torn).filter_map(|scan| Badge::find(scan.best()));
            badges.for_each(|badge| self.till.tell(What::OnPeople(OnPeople::BadgeScanned(badge))));
        }
        if !view.state.hears_scans() {
            return;
        }
        for scan in scans {
            self.local.torn_scan = scan.torn;
            if scan.torn {
                self.till.tell(What::CodeTorn);
            } else {
                self.till.scanned(scan.best(), ScanSource::Scanner);
            }
        }
    }

    /// A badge whose scan was torn in two: its rest may be too short to be known as a scan, and must not end up in a field
    /// where everybody reads it. Three digits and more at once, that soon after a part of a badge, are no person's.
    fn drop_the_rest_of_a_badge(&mut self, scans: &mut [ScanText], input: &mut RawInput) {
        let now = (self.clock)();
        let is_part = |scan: &ScanText| {
            let text = scan.best();
            Badge::find(text).is_none() && (Badge::is_in(text) || Badge::may_be_part(text))
        };
        let is_soon = self.badge_part_at.is_some_and(|at| (0..REST_OF_A_BADGE_MS).contains(&(now.ms() - at.ms())));
        if scans.iter().any(is_part) {
            self.badge_part_at = Some(now);
        }
        for scan in scans.iter_mut().filter(|scan| is_soon && Badge::find(scan.best()).is_none()) {
            // Whoever scans something else that soon scans it again.
            scan.torn = scan.torn || is_digits(scan.best());
        }
        let digit = |event: &egui::Event| matches!(event, egui::Event::Text(text) if is_digits(text));
        if is_soon && input.events.iter().filter(|event| digit(event)).count() >= REST_DIGITS {
            input.events.retain(|event| !digit(event) && !matches!(event, egui::Event::Key { pressed: true, .. }));
        }
    }

    /// A scanner that waits before its Enter does end with it, though the scan was over by then.
    fn correct_end(&self, view: &TillView, late_end: Option<BurstEnd>) {
        if let (Some(end), Some(tried)) = (late_end, &view.equipment.tried)
            && tried.scanner == ScannerKind::Keyboard
            && tried.scan.end == BurstEnd::Quiet
        {
            self.till.tried(&ScanText { end, ..tried.scan.clone() });
        }
    }

    /// On the scanner page a scan is looked at and not read. What came as typing is kept too: a scanner that is too slow
    /// looks like that.
    fn try_scanner(&mut self, scans: &[ScanText], input: &RawInput) {
        for scan in scans {
            self.local.typed_slowly.clear();
            self.till.tried(scan);
        }
        for event in &input.events {
            if let egui::Event::Text(text) = event
                && self.local.typed_slowly.len() < MAX_TYPED_SLOWLY
            {
                self.local.typed_slowly.push_str(text);
            }
        }
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
