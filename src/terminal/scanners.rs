//! Scanners with a port of their own: which there are, how each is, and what they read.
//!
//! **One thread a scanner, and none of them can hold up another or the desk.** A code that two scanners (or a scanner and
//! the camera) give within a moment counts once: [`Echo`].

use std::time::{Duration, Instant};

use super::view::{Light, ScannerView};
use crate::domain::{Badge, ScanSource, Scanned, ScannerKind};
use crate::scan::hid_pos::{self, HidPosSettings};
use crate::scan::scanner::{Listener, ScannerEvent};
use crate::scan::serial::{self, SerialSettings};

/// Two sources that see the same paper give it within so long; nobody scans the same receipt twice, with two scanners
/// and on purpose, within that.
const ECHO: Duration = Duration::from_millis(1500);

/// Which scanners to listen to, beside the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannerSettings {
    /// What scanners type is read.
    pub keyboard: bool,
    /// On a serial port.
    pub serial: Option<SerialSettings>,
    /// In HID point-of-sale mode.
    pub hid_pos: Option<HidPosSettings>,
}

impl Default for ScannerSettings {
    /// What types is read; nothing else is there.
    fn default() -> Self {
        Self { keyboard: true, serial: None, hid_pos: None }
    }
}

impl ScannerSettings {
    /// How each stands before anything was heard of it.
    pub(super) fn views(&self) -> Vec<ScannerView> {
        let view = |kind| ScannerView { kind, light: Light::Waiting, name: None, fault: None };
        let serial = self.serial.is_some().then(|| view(ScannerKind::Serial));
        let hid_pos = self.hid_pos.is_some().then(|| view(ScannerKind::HidPos));
        serial.into_iter().chain(hid_pos).collect()
    }

    /// Listens until what is given back is dropped.
    pub(super) fn listen(&self, tell: impl Fn(ScannerKind, ScannerEvent) + Clone + Send + 'static) -> Vec<Listener> {
        let mut started = vec![];
        if let Some(settings) = &self.serial {
            let tell = tell.clone();
            started.push(serial::start(settings.clone(), move |event| tell(ScannerKind::Serial, event)));
        }
        if let Some(settings) = &self.hid_pos {
            started.push(hid_pos::start(settings.clone(), move |event| tell(ScannerKind::HidPos, event)));
        }
        let listening = |one: std::io::Result<Listener>| {
            one.inspect_err(|error| tracing::error!(%error, "no thread for a scanner")).ok()
        };
        started.into_iter().filter_map(listening).collect()
    }
}

/// Takes what a scanner told into how it is shown. Gives its scan back, if it was one.
pub(super) fn hear(
    views: &mut [ScannerView],
    kind: ScannerKind,
    event: ScannerEvent,
) -> Option<crate::scan::wedge::ScanText> {
    let view = views.iter_mut().find(|view| view.kind == kind)?;
    match event {
        ScannerEvent::Ready { name } => {
            tracing::info!(?kind, name, "scanner");
            *view = ScannerView { kind, light: Light::Good, name: Some(name), fault: None };
            None
        }
        ScannerEvent::Fault(trouble) => {
            tracing::warn!(?kind, fault = ?trouble.fault, detail = trouble.detail, "scanner");
            (view.light, view.fault) = (Light::Bad, Some(trouble.fault));
            None
        }
        ScannerEvent::Read(scan) => Some(scan),
    }
}

/// Where a code came from, as far as an echo of it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The camera.
    Camera,
    /// A scanner of this kind.
    Scanner(ScannerKind),
    /// Typed by a person: never an echo, nor echoed.
    Typed,
}

impl Origin {
    pub(super) const fn source(self) -> ScanSource {
        match self {
            Self::Camera => ScanSource::Camera,
            Self::Scanner(_) => ScanSource::Scanner,
            Self::Typed => ScanSource::Typed,
        }
    }
}

/// A badge whose scan was torn comes to its end within so long; nobody scans a receipt between.
const REST_OF_A_BADGE: Duration = Duration::from_secs(3);

/// Remembers that a part of a badge was scanned, to know the rest of it, which looks like any number.
#[derive(Debug, Default)]
pub(super) struct TornBadge {
    since: Option<Instant>,
}

impl TornBadge {
    /// True when this text of a scanner's is a badge's rest: digits alone, soon after a part of one.
    pub(super) fn goes_on_in(&mut self, text: &str, origin: Origin, now: Instant) -> bool {
        if !matches!(origin, Origin::Scanner(_)) {
            return false;
        }
        let is_whole = Badge::find(text).is_some();
        let digits = text.trim();
        if !is_whole && (Badge::is_in(text) || Badge::may_be_part(digits)) {
            self.since = Some(now);
            return false;
        }
        let soon = self.since.is_some_and(|since| now.saturating_duration_since(since) < REST_OF_A_BADGE);
        soon && !is_whole && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Remembers the last code, to know it again when another source gives it a moment later.
#[derive(Debug, Default)]
pub(super) struct Echo {
    last: Option<(Scanned, Origin, Instant)>,
}

impl Echo {
    /// True when another source has just given the same; the same source twice is two scans.
    pub(super) fn is_one(&mut self, meaning: &Scanned, origin: Origin, now: Instant) -> bool {
        if origin == Origin::Typed {
            return false;
        }
        let is_echo = self.last.as_ref().is_some_and(|(known, from, at)| {
            known == meaning && *from != origin && now.saturating_duration_since(*at) < ECHO
        });
        if !is_echo {
            self.last = Some((meaning.clone(), origin, now));
        }
        is_echo
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{SaleKey, ScannerFault};
    use crate::scan::payload;
    use crate::scan::scanner::Trouble;

    const NUMBER: &str = "297553638301777927";

    fn read(text: &str, origin: Origin) -> Scanned {
        payload::read(text, origin.source(), None)
    }

    #[test]
    fn the_rest_of_a_torn_badge_is_no_number() {
        let (keyboard, start) = (Origin::Scanner(ScannerKind::Keyboard), Instant::now());
        let badge = Badge::of([7; 16]).digits();
        for cut in 8..badge.len() - 1 {
            let (first, last) = badge.split_at(cut);
            let mut torn = TornBadge::default();
            assert!(!torn.goes_on_in(first, keyboard, start), "that it is a part of a badge is said of it by itself");
            let rest_is_known = torn.goes_on_in(last, keyboard, start + Duration::from_secs(2));
            assert!(rest_is_known || Badge::may_be_part(last), "{cut}");
            // The badge itself, a person's typing and what comes later are heard.
            assert!(!torn.goes_on_in(&badge, keyboard, start + Duration::from_secs(2)));
            assert!(!torn.goes_on_in(NUMBER, Origin::Typed, start + Duration::from_secs(2)));
            assert!(!torn.goes_on_in(NUMBER, keyboard, start + Duration::from_secs(8)));
        }
    }

    #[test]
    fn the_same_code_from_two_sources_counts_once() {
        let (serial, keyboard) = (Origin::Scanner(ScannerKind::Serial), Origin::Scanner(ScannerKind::Keyboard));
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut echo = Echo::default();
        let mut say = |text: &str, origin, ms| echo.is_one(&read(text, origin), origin, at(ms));
        assert!(!say(NUMBER, serial, 0));
        // As each of them sends it: an identifier here, none there.
        assert!(say("]C1297553638301777927", keyboard, 40));
        assert!(say(NUMBER, Origin::Camera, 900));
        // The same scanner again is a person scanning again.
        assert!(!say(NUMBER, serial, 1_000));
        assert!(!say("316129873376769782", keyboard, 1_100));
        // Later it is another scan.
        assert!(!say("316129873376769782", serial, 3_000));
        assert!(!say("316129873376769782", Origin::Typed, 3_010));
        assert!(
            matches!(read(NUMBER, serial), Scanned::Candidate(found) if matches!(found.key, SaleKey::Transaction(_)))
        );
    }

    #[test]
    fn a_scanner_is_shown_as_it_last_was() {
        let settings = ScannerSettings { hid_pos: Some(HidPosSettings::default()), ..ScannerSettings::default() };
        let mut views = settings.views();
        assert_eq!(
            views.iter().map(|view| (view.kind, view.light)).collect::<Vec<_>>(),
            [(ScannerKind::HidPos, Light::Waiting)]
        );
        let kind = ScannerKind::HidPos;
        assert!(hear(&mut views, kind, ScannerEvent::Ready { name: "Voyager".to_owned() }).is_none());
        assert_eq!((views[0].light, views[0].name.as_deref()), (Light::Good, Some("Voyager")));
        let lost = Trouble { fault: ScannerFault::Lost, detail: String::new() };
        assert!(hear(&mut views, kind, ScannerEvent::Fault(lost)).is_none());
        // Its name stays: that is what a person looks for on the counter.
        assert_eq!((views[0].light, views[0].fault), (Light::Bad, Some(ScannerFault::Lost)));
        assert_eq!(views[0].name.as_deref(), Some("Voyager"));
    }
}
