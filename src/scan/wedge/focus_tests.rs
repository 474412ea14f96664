//! Scans that go to two windows: the keyboard is taken from the till, or given to it, in the middle of a code.
//!
//! **No part of a code is read as a whole one**, wherever it is cut, and no Enter of it presses anything.

use super::*;

const CODES: [&str; 4] = ["297553638301777927", "POS03-20261121-004417", "20261121441", "3012"];

/// A scanner's keys, one every eight milliseconds from `from` on.
fn keys_of(text: &str, from: u64) -> Vec<(u64, Input)> {
    let mut events = vec![];
    for (at, character) in (0u64..).zip(text.chars()) {
        let typed = |key, shift| (key, shift, Some(character.to_string()));
        let (key, shift, shown) = match character {
            '\r' => (PhysicalKey::Enter, false, None),
            'A'..='Z' => typed(PhysicalKey::Typing(character.to_ascii_lowercase()), true),
            other => typed(PhysicalKey::Typing(other), false),
        };
        let at = from + at * 8;
        events.push((at, Input::Press { key, shift, ctrl: false, alt: false }));
        events.extend(shown.map(|shown| (at, Input::Text(shown))));
        events.push((at + 4, Input::Release { key }));
    }
    events
}

/// What a window that draws every `frame_ms` makes of it: the scans, and the Enters that reach a widget.
fn run(events: &[(u64, Input)], frame_ms: u64) -> (Vec<ScanText>, usize) {
    let mut wedge = Wedge::new(WedgeSettings::default());
    let last = events.last().map_or(0, |(at, _)| *at);
    let (mut scans, mut enters, mut begun) = (vec![], 0, 0);
    let mut now = 0;
    while now < last + 1_000 {
        now += frame_ms;
        let till = events.iter().position(|(at, _)| *at > now).unwrap_or(events.len());
        let batch: Vec<_> = events[begun..till].iter().map(|(_, input)| (input.clone(), input.clone())).collect();
        begun = till;
        let feed = wedge.feed(batch, now);
        scans.extend(feed.scans);
        let is_enter = |input: &&Input| matches!(input, Input::Press { key: PhysicalKey::Enter, .. });
        enters += feed.pass.iter().filter(is_enter).count();
    }
    (scans, enters)
}

/// Everywhere that code can be cut, by frames of several lengths.
fn everywhere(code: &str, mut check: impl FnMut(&str, usize, u64)) {
    for ending in ["", "\r"] {
        let sent = format!("{code}{ending}");
        for cut in 1..sent.len() {
            for frame_ms in [1, 16, 100, 300] {
                check(&sent, cut, frame_ms);
            }
        }
    }
}

#[test]
fn a_beginning_whose_rest_went_to_another_window_is_never_read() {
    for code in CODES {
        everywhere(code, |sent, cut, frame_ms| {
            let mut events = keys_of(&sent[..cut], 1_000);
            let after = events.last().map_or(0, |(at, _)| *at);
            // Somebody has had the keys for long before, so that nothing else makes it torn.
            events.push((after + 1, Input::FocusLost));
            let (scans, enters) = run(&events, frame_ms);
            let whole = sent[..cut].ends_with('\r');
            assert!(
                scans.iter().all(|scan| scan.torn || whole),
                "{sent:?} cut at {cut}, frames of {frame_ms} ms: {scans:?}"
            );
            assert_eq!(enters, 0);
        });
    }
}

#[test]
fn a_rest_whose_beginning_went_to_another_window_is_never_read_and_presses_nothing() {
    for code in CODES {
        everywhere(code, |sent, cut, frame_ms| {
            let mut events = vec![(1_000, Input::FocusGained)];
            events.extend(keys_of(&sent[cut..], 1_004));
            let (scans, enters) = run(&events, frame_ms);
            assert!(scans.iter().all(|scan| scan.torn), "{sent:?} cut at {cut}, frames of {frame_ms} ms: {scans:?}");
            assert_eq!(enters, 0, "{sent:?} cut at {cut}, frames of {frame_ms} ms");
        });
    }
}

#[test]
fn what_is_left_when_another_window_has_some_keys_in_the_middle_is_never_read() {
    for code in CODES {
        everywhere(code, |sent, cut, frame_ms| {
            for gone in 1..sent.len().saturating_sub(cut) {
                let mut events = keys_of(&sent[..cut], 1_000);
                let after = events.last().map_or(0, |(at, _)| *at);
                events.push((after + 1, Input::FocusLost));
                let back = after + 8 * u64::try_from(gone).unwrap();
                events.push((back, Input::FocusGained));
                events.extend(keys_of(&sent[cut + gone..], back + 4));
                let (scans, enters) = run(&events, frame_ms);
                assert!(
                    scans.iter().all(|scan| scan.torn),
                    "{sent:?} without {gone} from {cut}, {frame_ms} ms: {scans:?}"
                );
                assert_eq!(enters, 0);
            }
        });
    }
}

#[test]
fn a_scan_and_an_enter_a_moment_after_the_window_has_the_keys_are_whole() {
    for code in CODES {
        let mut events = vec![(0, Input::FocusGained)];
        events.extend(keys_of(&format!("{code}\r"), 900));
        let (scans, _) = run(&events, 16);
        let [scan] = scans.as_slice() else { panic!("{scans:?}") };
        assert_eq!((scan.text.as_str(), scan.torn), (code, false));
    }
    let mut events = vec![(0, Input::FocusGained)];
    events.extend(keys_of("\r", 900));
    assert_eq!(run(&events, 16), (vec![], 1), "somebody's Enter");
}
