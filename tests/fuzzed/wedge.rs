//! The keyboard-wedge recogniser, as people and scanners use it and as nobody would.

use std::collections::BTreeSet;

use arbitrary::{Result, Unstructured};
use tillback::domain::{SaleKey, Scanned};
use tillback::scan::payload::Affixes;
use tillback::scan::wedge::{BurstEnd, Input, PhysicalKey, ScanText, Wedge, WedgeSettings};

/// After it nothing that came before can matter any more: a key held down counts for 1.5 s, held keys for 3 s.
const QUIET_MS: u64 = 4_000;

/// A window that shows a frame now and then, and what became of each event: events are numbered as they are made.
struct Window {
    wedge: Wedge<usize>,
    now_ms: u64,
    next: usize,
    passed: Vec<usize>,
    scans: Vec<ScanText>,
}

impl Window {
    fn new() -> Self {
        let wedge = Wedge::new(WedgeSettings::default());
        Self { wedge, now_ms: 0, next: 0, passed: Vec::new(), scans: Vec::new() }
    }

    fn frame(&mut self, inputs: Vec<Input>) -> std::ops::Range<usize> {
        let first = self.next;
        self.next += inputs.len();
        let feed = self.wedge.feed(inputs.into_iter().zip(first..), self.now_ms);
        self.passed.extend(feed.pass);
        self.scans.extend(feed.scans);
        first..self.next
    }

    /// Frames without anything, as the window is woken, until `ms` have passed.
    fn wait(&mut self, ms: u64) {
        let until = self.now_ms + ms;
        while let Some(wake) = self.wedge.wake_in_ms(self.now_ms).filter(|wake| self.now_ms + wake <= until) {
            assert!(wake > 0, "it would be woken for ever");
            self.now_ms += wake;
            self.frame(vec![]);
        }
        self.now_ms = until;
        self.frame(vec![]);
    }

    /// Nothing is made up, doubled, or put before what came earlier.
    fn check_passed(&self) {
        assert!(self.passed.windows(2).all(|pair| pair[0] < pair[1]), "out of order: {:?}", self.passed);
        assert!(self.passed.iter().all(|event| *event < self.next));
    }

    /// The same where keys overlap: presses stay in order among themselves, whatever passes them while they are held.
    fn check_presses(&self, presses: &BTreeSet<usize>) {
        let in_order: Vec<_> = self.passed.iter().filter(|event| presses.contains(event)).collect();
        assert!(in_order.windows(2).all(|pair| pair[0] < pair[1]), "out of order: {in_order:?}");
        let once: BTreeSet<_> = self.passed.iter().collect();
        assert!(once.len() == self.passed.len() && self.passed.iter().all(|event| *event < self.next));
    }
}

fn press(key: PhysicalKey, shift: bool) -> Input {
    Input::Press { key, shift, ctrl: false, alt: false }
}

/// What the US keyboard's layout, a French and a German one write for the same key.
fn shown(key: char, layout: u8) -> String {
    let french = |key| match key {
        '0'..='9' => "\u{e0}&\u{e9}\"'(-\u{e8}_\u{e7}".chars().nth(key as usize - '0' as usize).unwrap(),
        'a' => 'q',
        'q' => 'a',
        other => other,
    };
    match (layout % 3, key) {
        (1, key) => french(key),
        (2, 'y') => 'z',
        (2, 'z') => 'y',
        (_, key) => key,
    }
    .to_string()
}

/// One key as the window system brings it: press, text, release.
fn key_events(key: char, layout: u8) -> [Input; 3] {
    let place = PhysicalKey::Typing(key);
    [press(place, false), Input::Text(shown(key, layout)), Input::Release { key: place }]
}

/// **No digit of a scan reaches a widget, and every key of a person does**, whatever comes after what: the bytes choose.
pub fn people_and_scanners(data: &[u8]) {
    let mut choices = Unstructured::new(data);
    let mut window = Window::new();
    // A choice beyond the bytes ends the play.
    let _ = play(&mut window, &mut choices);
    window.check_passed();
}

fn play(window: &mut Window, choices: &mut Unstructured<'_>) -> Result<()> {
    let layout = choices.arbitrary()?;
    for _ in 0..40 {
        if choices.is_empty() {
            return Ok(());
        }
        if choices.arbitrary()? {
            person(window, choices, layout)?;
        } else {
            scanner(window, choices, layout)?;
        }
        window.check_passed();
    }
    Ok(())
}

/// A person types up to five keys, not faster than ten a second, and perhaps Enter.
fn person(window: &mut Window, choices: &mut Unstructured<'_>, layout: u8) -> Result<()> {
    window.wait(QUIET_MS);
    let (passed, scans, first) = (window.passed.len(), window.scans.len(), window.next);
    for _ in 0..choices.int_in_range(1..=5)? {
        let key = *choices.choose(b"0123456789azq-/")?;
        window.frame(key_events(char::from(key), layout).into());
        window.wait(choices.int_in_range(100..=900)?);
    }
    if choices.arbitrary()? {
        window.wait(300);
        window.frame(vec![press(PhysicalKey::Enter, false), Input::Release { key: PhysicalKey::Enter }]);
    }
    window.wait(QUIET_MS);
    let typed: Vec<usize> = (first..window.next).collect();
    assert_eq!(window.passed[passed..], typed, "typing comes through whole and in order");
    assert_eq!(window.scans.len(), scans, "typing is no scan");
    Ok(())
}

/// A scanner sends six to thirty characters and an end, cut into frames anywhere, at 0 to 12 ms a key.
fn scanner(window: &mut Window, choices: &mut Unstructured<'_>, layout: u8) -> Result<()> {
    window.wait(QUIET_MS);
    let (passed, scans) = (window.passed.len(), window.scans.len());
    let length = choices.int_in_range(6..=30)?;
    let mut text = String::new();
    for _ in 0..length {
        text.push(char::from(*choices.choose(b"0123456789azy-/")?));
    }
    let end = *choices.choose(&[Some(PhysicalKey::Enter), Some(PhysicalKey::Tab), None])?;
    let mut batch = Vec::new();
    for key in text.chars() {
        batch.extend(key_events(key, layout));
        // Most frames hold several keys; one in four ends here.
        if choices.ratio(1, 4)? {
            window.frame(std::mem::take(&mut batch));
            window.now_ms += choices.int_in_range(0..=12)?;
        }
    }
    if let Some(end) = end {
        batch.extend([press(end, false), Input::Release { key: end }]);
    }
    window.frame(batch);
    window.wait(QUIET_MS);
    // Six or seven keys without an end may be a person with quick fingers; from there on they are a scan.
    if end.is_some() || length >= 8 {
        assert_eq!(window.passed.len(), passed, "{text:?} reached the widgets");
        assert_eq!(window.scans.len(), scans + 1, "{text:?}");
        let scan = &window.scans[scans];
        let ended = match end {
            Some(PhysicalKey::Enter) => BurstEnd::Enter,
            Some(_) => BurstEnd::Tab,
            None => BurstEnd::Quiet,
        };
        assert_eq!((scan.text.as_str(), scan.end, scan.torn), (text.as_str(), ended, false));
    }
    Ok(())
}

const KEYS: &[PhysicalKey] = &[
    PhysicalKey::Typing('0'),
    PhysicalKey::Typing('1'),
    PhysicalKey::Typing('7'),
    PhysicalKey::Typing('9'),
    PhysicalKey::Typing(']'),
    PhysicalKey::Typing('m'),
    PhysicalKey::Typing('j'),
    PhysicalKey::Typing('c'),
    PhysicalKey::Enter,
    PhysicalKey::Tab,
    PhysicalKey::Modifier,
    PhysicalKey::Other,
];

/// Keys that nobody presses like that: releases without presses, texts without keys, modifiers, focus lost and gained, any gaps.
pub fn any_keys(data: &[u8]) {
    let mut choices = Unstructured::new(data);
    let mut window = Window::new();
    let mut presses = BTreeSet::new();
    while !choices.is_empty() {
        let Ok(batch) = any_batch(&mut choices) else { break };
        let types = |input: &Input| matches!(input, Input::Press { key: PhysicalKey::Typing(_), .. });
        presses.extend(batch.iter().enumerate().filter(|(_, input)| types(input)).map(|(at, _)| window.next + at));
        window.frame(batch);
        let gap = choices.arbitrary::<u16>().unwrap_or(0);
        // Mostly a frame or two, now and then seconds.
        window.now_ms += u64::from(if gap < 0xe000 { gap % 128 } else { gap % 5000 });
    }
    window.wait(2 * QUIET_MS);
    window.check_presses(&presses);
    assert_eq!(window.wedge.wake_in_ms(window.now_ms), None, "nothing is held for ever");
    for scan in &window.scans {
        assert!(scan.text.chars().count() <= 4096 && scan.shown.chars().count() <= 2 * 4096);
        let read = tillback::scan::read_burst(scan, &Affixes::default());
        assert_eq!(read.is_none(), scan.torn, "a torn scan is never read");
        if let Some(Scanned::Candidate(candidate)) = read
            && let SaleKey::Transaction(number) = candidate.key
        {
            assert_eq!(number.as_str().len(), 18);
        }
    }
}

fn any_batch(choices: &mut Unstructured<'_>) -> Result<Vec<Input>> {
    let mut batch = Vec::new();
    for _ in 0..choices.int_in_range(0..=24)? {
        let key = *choices.choose(KEYS)?;
        batch.push(match choices.int_in_range(0..=9)? {
            0..=4 => {
                let held: u8 = choices.arbitrary()?;
                Input::Press { key, shift: held & 7 == 1, ctrl: held & 7 == 2, alt: held & 31 == 3 }
            }
            5..=6 => Input::Release { key },
            7 => Input::Text(choices.choose(&["1", "9", "x", "", "12", "\u{e9}"])?.to_string()),
            8 => Input::Other,
            _ if key == PhysicalKey::Enter => Input::FocusGained,
            _ => Input::FocusLost,
        });
    }
    Ok(batch)
}
