//! T11: scanner bursts at random over every screen, on five keyboard layouts. **No digit of a scan reaches an amount, a
//! PIN or a field, no button is pressed by it, the focus does not move, and no sale is shown that was not scanned.**
//!
//! The real window with its input hook, without a screen. A till's scanner is one of: set to the US layout or to the
//! system's, with Caps Lock on or off, with Enter, Enter and line feed, Tab or nothing at the end, a key every 0 to 12
//! ms, whatever the frames make of that, two scans without a pause among them. `TILLBACK_BURSTS=1000000` asks for so many
//! key events; `TILLBACK_SEED=n` plays that window again.
#![cfg(test)] // clippy: a test throughout, helpers too

mod keyboards;
mod ui_support;

use std::collections::{BTreeMap, HashSet};

use egui::accesskit::Role;
use egui::{Event, Key};
use egui_kittest::kittest::{NodeT, Queryable};
use keyboards::{GS, Layout, Scanner, control, plain};
use tillback::domain::{Badge, SaleKey, ScanSource, Scanned};
use tillback::flow::{SettingsPage, State};
use tillback::ledger::{Randomness, SeededRandomness};
use tillback::scan::payload;
use ui_support::scenes;
use ui_support::window::{Window, press, release};
use ui_support::{NUMBER, NUMBER_KRW};

/// Key events where nobody says how many: about ten seconds.
const EVENTS: u64 = 100_000;

struct Dice(SeededRandomness);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes).unwrap();
        u64::from_le_bytes(bytes) % n
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    fn digits(&mut self, count: u64) -> String {
        (0..count).map(|_| char::from_digit(u32::try_from(self.below(10)).unwrap(), 10).unwrap()).collect()
    }
}

/// Every screen there is. A new one does not compile until it is named here and among the scenes.
const SCREENS: [&str; 16] = [
    "locked",
    "first",
    "own-pin",
    "ready",
    "scan",
    "sale",
    "approval",
    "sending",
    "result",
    "problem",
    "settings",
    "refunds",
    "refund",
    "order",
    "order-pin",
    "report",
];

/// True where a scan is for: elsewhere it is for nothing.
fn takes_scans(state: &State) -> bool {
    match state {
        State::Ready | State::Scan(_) => true,
        State::Refunds(refunds) => refunds.open.is_none(),
        State::Locked(_)
        | State::Sale(_)
        | State::Approval(_)
        | State::Sending(_)
        | State::Result(_)
        | State::Problem(_)
        | State::Report(_)
        | State::Settings(_) => false,
    }
}

/// True where a scan is shown, to say how the scanner is set, and does nothing else.
fn shows_scans(state: &State) -> bool {
    matches!(state, State::Settings(settings) if settings.shows(SettingsPage::Scanner))
}

/// What a code holds, as stores and customers bring them; digits alone where the scanner cannot type the rest.
fn code(dice: &mut Dice, scanner: Scanner) -> String {
    let text = any_code(dice);
    if text.chars().all(|character| !scanner.key(character).is_empty()) { text } else { NUMBER.to_owned() }
}

fn any_code(dice: &mut Dice) -> String {
    match dice.below(12) {
        10 => Badge::of([0xC3; 16]).digits().to_string(),
        11 => Badge::of([0xC3; 16]).digits()[..30].to_owned(),
        9 => format!("{NUMBER}{GS}21{}", dice.digits(4)),
        0..=2 => dice.one(&[NUMBER, NUMBER_KRW]).to_owned(),
        3 | 4 => dice.digits(18),
        5 => format!("]C1{NUMBER}"),
        6 => dice.digits(13),
        7 => format!("POS0{}-2026112{}-{}", dice.below(9), dice.below(10), dice.digits(6)),
        _ => format!("]Q1{}", dice.digits(18)),
    }
}

/// The events of one scan, a key's in one group: what is sent at one moment. Two scans that follow each other without a
/// pause have an end between them, or they were one.
fn scan(dice: &mut Dice, scanner: Scanner, text: &str, last: bool) -> Vec<Vec<Event>> {
    let mut keys: Vec<Vec<Event>> = text.chars().map(|character| scanner.key(character)).collect();
    let end = |key| vec![plain(key, true), plain(key, false)];
    match dice.below(if last { 6 } else { 5 }) {
        0 | 1 => keys.push(end(Key::Enter)),
        2 => keys.extend([end(Key::Enter), control(scanner.system, 'j')]),
        3 => keys.push(end(Key::Tab)),
        4 => keys.push(control(scanner.system, 'm')),
        _ => {}
    }
    keys
}

/// One thing that the window shows, for a screen reader and for us.
type Shown = (Role, Option<String>, Option<String>, bool);

/// All that is on the screen, in order, and where the focus is.
fn shown(window: &Window) -> Vec<Shown> {
    let nodes = window.harness.query_all(egui_kittest::kittest::by());
    nodes
        .map(|node| {
            let node = node.accesskit_node();
            (node.role(), node.label(), node.value(), node.is_focused())
        })
        .collect()
}

/// Whether a part of a badge's secret can be read anywhere.
fn shows_a_badge(window: &Window) -> bool {
    let digits = Badge::of([0xC3; 16]).digits();
    let part = |text: &String| (5..digits.len() - 10).any(|at| text.contains(&digits[at..at + 10]));
    shown(window).iter().any(|(_, name, value, _)| name.iter().chain(value).any(part))
}

/// Sends the keys as they come, and draws frames as a slow or a fast till does.
fn play(dice: &mut Dice, window: &mut Window, keys: Vec<Vec<Event>>) {
    let between_ms = dice.below(13);
    let mut due_ms = 0;
    let mut waiting: Vec<(u64, Vec<Event>)> = Vec::new();
    for key in keys {
        waiting.push((due_ms, key));
        due_ms += if between_ms == 0 { 0 } else { dice.below(between_ms + 1) };
    }
    let mut waiting = waiting.into_iter().peekable();
    let (mut now_ms, slowest_ms) = (0, dice.one(&[9, 17, 40, 120]));
    while waiting.peek().is_some() {
        let frame_ms = 8 + dice.below(slowest_ms);
        now_ms += frame_ms;
        let mut events = vec![];
        while let Some((_, key)) = waiting.next_if(|(due_ms, _)| *due_ms <= now_ms) {
            events.extend(key);
        }
        #[allow(clippy::cast_precision_loss)] // milliseconds of a frame
        window.frame_after(frame_ms as f64 / 1000.0, events);
    }
    window.settle();
}

/// The focus goes somewhere, by a person's hand.
fn move_focus(dice: &mut Dice, window: &mut Window) {
    for _ in 0..dice.below(7) {
        window.frame(vec![press(Key::Tab)]);
        window.frame(vec![release(Key::Tab)]);
    }
    for _ in 0..18 {
        window.frame(vec![]);
    }
}

/// The sale a text names, if it names one.
fn key_in(text: &str) -> Option<SaleKey> {
    match payload::read(text, ScanSource::Scanner, None) {
        Scanned::Candidate(candidate) => Some(candidate.key),
        Scanned::Refused(_) => None,
    }
}

/// Letters and dashes of a scanner that is set to the till's layout cannot be told from those of one that is not
/// (SECURITY.md says so): its references may be read as others, its numbers never.
fn may_be_misread(key: &SaleKey, scanner: Scanner) -> bool {
    matches!(key, SaleKey::Reference(_)) && scanner.own != Layout::Us
}

/// A press, short.
fn one_word(event: &Event) -> String {
    match event {
        Event::Key { physical_key: Some(key), pressed: true, .. } => format!("{} ", key.name()),
        _ => String::new(),
    }
}

#[derive(Default)]
struct Counted {
    events: u64,
    bursts: u64,
    read: u64,
    screens: BTreeMap<&'static str, u64>,
}

/// One window on one scene, some bursts on it and on whatever they lead to.
fn one_window(seed: u64, counted: &mut Counted) {
    let mut dice = Dice(SeededRandomness::new(seed));
    let mut scenes = scenes::all();
    let scene = scenes.swap_remove(usize::try_from(seed % scenes.len() as u64).unwrap());
    let name = scene.name;
    // Under the sheet of keys no scan is for anything.
    let covered = name.ends_with(", keys");
    let mut window = scene.open(1024.0, 768.0);
    let system = dice.one(&Layout::ALL);
    let scanner = Scanner { system, own: dice.one(&[Layout::Us, system]), caps_lock: dice.below(3) == 0 };
    move_focus(&mut dice, &mut window);
    let mut sent: HashSet<SaleKey> = HashSet::new();
    // Digits that follow a part of a badge may be the rest of it, and are read by nobody.
    let mut badge_part = false;
    for _ in 0..5 {
        let state = window.till.state();
        let (before, told, scans) = (shown(&window), window.till.told().len(), window.till.scans().len());
        let mut keys = vec![];
        let more = dice.below(3);
        for at in 0..=more {
            let text = code(&mut dice, scanner);
            sent.extend(key_in(&text));
            badge_part |= Badge::find(&text).is_none() && Badge::is_in(&text);
            keys.extend(scan(&mut dice, scanner, &text, at == more));
        }
        counted.events += keys.iter().map(|key| key.len() as u64).sum::<u64>();
        counted.bursts += 1;
        *counted.screens.entry(state.name()).or_default() += 1;
        let typed: String = keys.iter().flatten().map(one_word).collect();
        let zoom = window.harness.ctx.zoom_factor();
        let what = format!("TILLBACK_SEED={seed}, {name}, {scanner:?}, {typed}");
        play(&mut dice, &mut window, keys);
        let told_now = window.till.told();
        if state.hears_badges() {
            // A badge says who is there; it is nobody's here, and presses nothing either way.
            let only_badges = told_now[told..].iter().all(|told| told == "OnPeople");
            assert!(only_badges, "a scan did something: {told_now:?}\n{what}");
            assert_eq!(window.till.screen(), state.name(), "a scan led to another screen\n{what}");
        } else {
            // That a part of a code came is said where codes are for, and does nothing.
            let did = told_now[told..].iter().filter(|told| *told != "CodeTorn" || !takes_scans(&state)).count();
            assert_eq!(did, 0, "a scan did something: {told_now:?}\n{what}");
        }
        assert!(!shows_a_badge(&window), "a badge is on the screen\n{what}");
        assert!((window.harness.ctx.zoom_factor() - zoom).abs() < 1e-6, "a scan enlarged the window\n{what}");
        if !takes_scans(&state) && window.till.told().len() > told {
            // The badge was refused, in words; nothing was typed and nothing else changed.
            assert_eq!(window.till.scans().len(), scans, "a scan was read where none is for\n{what}");
            let digits =
                |shown: &[Shown]| shown.iter().filter_map(|one| one.1.clone()).find(|name| name.starts_with("PIN: "));
            if !matches!(state, State::Approval(_) | State::Refunds(_)) {
                let (was, typed) = (digits(&before), digits(&shown(&window)));
                let none = typed.as_ref().is_none_or(|typed| typed == "PIN: no digits yet");
                assert!(none || typed == was, "a scan typed into a PIN\n{what}");
            }
        } else if covered || !takes_scans(&state) {
            assert_eq!(window.till.scans().len(), scans, "a scan was read where none is for\n{what}");
            assert_eq!(window.till.state(), state, "{what}");
            if shows_scans(&state) {
                let focus = |shown: Vec<Shown>| shown.into_iter().find(|(.., focused)| *focused);
                assert_eq!(focus(shown(&window)), focus(before), "the focus moved\n{what}");
            } else {
                assert_eq!(shown(&window), before, "the screen changed\n{what}");
            }
        } else {
            let read = window.till.scans().len() > scans;
            assert!(read || badge_part, "a scan was not read where it is for\n{what}");
        }
        for (read, source) in &window.till.scans()[scans..] {
            assert_eq!(*source, ScanSource::Scanner);
            counted.read += 1;
            if let Some(key) = key_in(read) {
                let known = sent.contains(&key) || may_be_misread(&key, scanner);
                assert!(known, "{} was never scanned\n{what}", key.as_str());
            }
        }
        if let State::Sale(review) = window.till.state()
            && !matches!(state, State::Sale(_))
        {
            let key = review.view.sale.key().unwrap();
            assert!(sent.contains(&key), "{} was never scanned\n{what}", key.as_str());
        }
    }
}

#[test]
fn no_scan_types_presses_or_shows_another_sale() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let mut counted = Counted::default();
    if let Some(seed) = asked("TILLBACK_SEED") {
        return one_window(seed, &mut counted);
    }
    let events = asked("TILLBACK_BURSTS").unwrap_or(EVENTS);
    let scenes = scenes::all().len() as u64;
    let mut seed = 0;
    while counted.events < events || seed < scenes {
        one_window(seed, &mut counted);
        seed += 1;
    }
    for screen in SCREENS {
        assert!(counted.screens.contains_key(screen), "{screen} was never scanned at");
    }
    println!(
        "T11: {} key events in {} bursts over {scenes} scenes of {} screens, {} read where scans are for, 0 wrong",
        counted.events,
        counted.bursts,
        counted.screens.len(),
        counted.read
    );
}
