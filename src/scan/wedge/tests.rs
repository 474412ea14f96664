use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;

const NUMBER: &str = "297553638301777927";

/// A keyboard layout: what the system shows for a key, by the US character of its place. Only what differs.
#[derive(Debug, Clone, Copy)]
enum Layout {
    Us,
    Uk,
    French,
    German,
    Spanish,
    Dvorak,
    Russian,
}

const LAYOUTS: [Layout; 7] =
    [Layout::Us, Layout::Uk, Layout::French, Layout::German, Layout::Spanish, Layout::Dvorak, Layout::Russian];

impl Layout {
    fn shown(self, us: char) -> char {
        let (from, to): (&str, &str) = match self {
            Self::Us => ("", ""),
            Self::Uk => ("@#~\"\\|", "\"\u{a3}\u{ac}@#~"),
            Self::Spanish => (
                "-_=+[{]};:'\"@#^&*()/?<>\\|`~",
                "'?\u{a1}\u{bf}`^+*\u{f1}\u{d1}\u{b4}\u{a8}\"\u{b7}&/(=)-_;:\u{e7}\u{c7}\u{ba}\u{aa}",
            ),
            Self::French => (
                "1234567890!@#$%^&*()-qwazm;QWAZM:[]/?",
                "&\u{e9}\"'(-\u{e8}_\u{e7}\u{e0}1234567890)azqw,mAZQW?M^$!\u{a7}",
            ),
            Self::German => ("yzYZ-_/?;:[]@#^&*()=+", "zyZY\u{df}?-_\u{f6}\u{d6}\u{fc}+\"\u{a7}&/(=)\u{b4}`"),
            Self::Dvorak => ("qwertyuiop-_/?;:=+[]", "',.pyfgcrl[{zZsS]}/="),
            Self::Russian => (
                "qwertyuiopasdfghjkl;'zxcvbnm,./",
                "\u{439}\u{446}\u{443}\u{43a}\u{435}\u{43d}\u{433}\u{448}\u{449}\u{437}\u{444}\u{44b}\u{432}\u{430}\u{43f}\u{440}\u{43e}\u{43b}\u{434}\u{436}\u{44d}\u{44f}\u{447}\u{441}\u{43c}\u{438}\u{442}\u{44c}\u{431}\u{44e}.",
            ),
        };
        from.chars().zip(to.chars()).find(|(key, _)| *key == us).map_or(us, |(_, shown)| shown)
    }
}

/// A key and shift that type this character on a US keyboard.
fn key_of(character: char) -> (PhysicalKey, bool) {
    for plain in (32u8..127).map(char::from) {
        for shift in [false, true] {
            if PhysicalKey::Typing(plain).character(shift) == Some(character) {
                return (PhysicalKey::Typing(plain), shift);
            }
        }
    }
    panic!("no key for {character:?}");
}

/// What the window system sends for a key pressed at `at` and let go `hold` later.
fn stroke(events: &mut Vec<(u64, Input)>, at: u64, hold: u64, character: char, layout: Layout) {
    let (key, shift, ctrl, text) = match character {
        '\r' => (PhysicalKey::Enter, false, false, None),
        '\n' => (PhysicalKey::Typing('j'), false, true, None),
        '\t' => (PhysicalKey::Tab, false, false, None),
        '\u{1d}' => (PhysicalKey::Typing(']'), false, true, None),
        other => {
            let (key, shift) = key_of(other);
            (key, shift, false, Some(layout.shown(other).to_string()))
        }
    };
    events.push((at, Input::Press { key, shift, ctrl, alt: false }));
    events.extend(text.map(|text| (at, Input::Text(text))));
    events.push((at + hold, Input::Release { key }));
}

/// A burst of keys, one every `every` milliseconds from `from` on.
fn burst(from: u64, every: u64, text: &str, layout: Layout) -> Vec<(u64, Input)> {
    let mut events = Vec::new();
    for (at, character) in (0u64..).zip(text.chars()) {
        stroke(&mut events, from + at * every, every / 2, character, layout);
    }
    events
}

/// A person typing, with these pauses.
fn typing(from: u64, pauses: &[u64], text: &str, layout: Layout) -> Vec<(u64, Input)> {
    let mut events = Vec::new();
    let mut at = from;
    for (character, pause) in text.chars().zip(pauses.iter().cycle()) {
        stroke(&mut events, at, 70, character, layout);
        at += pause;
    }
    events.sort_by_key(|(at, _)| *at);
    events
}

/// What reached the widgets, and the scans.
#[derive(Debug, Default)]
struct Seen {
    passed: Vec<Input>,
    scans: Vec<ScanText>,
    late_end: Option<BurstEnd>,
    late_ms: u64,
}

impl Seen {
    fn presses(&self) -> usize {
        self.passed.iter().filter(|input| matches!(input, Input::Press { .. } | Input::Text(_))).count()
    }

    fn texts(&self) -> Vec<&str> {
        self.scans.iter().map(|scan| scan.text.as_str()).collect()
    }
}

/// A window that draws when something happens or when it was asked to, each frame taking the next of `frames_ms`.
fn run_with(settings: WedgeSettings, events: &[(u64, Input)], frames_ms: &[u64]) -> Seen {
    let mut wedge = Wedge::new(settings);
    let mut waiting: VecDeque<(u64, Input)> = events.iter().cloned().collect();
    let mut seen = Seen::default();
    let mut free_at = 0;
    let mut now = 0;
    for frame_ms in frames_ms.iter().cycle() {
        let woken = wedge.wake_in_ms(now).map(|after| now + after);
        let Some(next) = [waiting.front().map(|(at, _)| *at), woken].into_iter().flatten().min() else { break };
        now = next.max(free_at);
        let mut batch = Vec::new();
        while let Some((at, input)) = waiting.pop_front_if(|(at, _)| *at <= now) {
            batch.push((input.clone(), (at, input)));
        }
        let feed = wedge.feed(batch, now);
        for (at, input) in feed.pass {
            seen.late_ms = seen.late_ms.max(now - at);
            seen.passed.push(input);
        }
        seen.scans.extend(feed.scans);
        seen.late_end = seen.late_end.or(feed.late_end);
        free_at = now + frame_ms;
    }
    seen
}

fn run(events: &[(u64, Input)], frames_ms: &[u64]) -> Seen {
    run_with(WedgeSettings::default(), events, frames_ms)
}

#[test]
fn an_end_that_comes_after_the_burst_is_over_is_taken_and_told() {
    for (end, character) in [(BurstEnd::Enter, '\r'), (BurstEnd::Tab, '\t')] {
        let mut events = burst(0, 4, NUMBER, Layout::Us);
        stroke(&mut events, 250, 8, character, Layout::Us);
        let seen = run(&events, &[16]);
        assert_eq!((seen.texts(), seen.scans[0].end, seen.presses()), (vec![NUMBER], BurstEnd::Quiet, 0));
        assert_eq!(seen.late_end, Some(end));
    }
    let mut events = burst(0, 4, &format!("{NUMBER}\r"), Layout::Us);
    events.extend(burst(600, 4, "\r", Layout::Us));
    assert_eq!(run(&events, &[16]).late_end, None, "somebody's Enter");
}

/// A burst as one batch, and split in every way a frame rate splits it: the same scans, and nothing passes.
#[track_caller]
fn check_burst(sent: &str, scans: &[&str], end: BurstEnd) {
    for layout in LAYOUTS {
        for (every, frame) in [(0, 16), (2, 16), (8, 16), (12, 7), (12, 100), (20, 19), (28, 16), (28, 33)] {
            let seen = run(&burst(1_000, every, sent, layout), &[frame]);
            assert_eq!(seen.texts(), scans, "{sent:?} every {every} ms, frames of {frame} ms, {layout:?}");
            assert_eq!(seen.passed, [], "{sent:?} every {every} ms, frames of {frame} ms, {layout:?}");
            assert!(seen.scans.iter().all(|scan| scan.end == end && !scan.torn), "{seen:?}");
        }
    }
}

#[test]
fn a_number_however_it_ends() {
    check_burst("297553638301777927\r", &[NUMBER], BurstEnd::Enter);
    check_burst("297553638301777927\r\n", &[NUMBER], BurstEnd::Enter);
    check_burst("297553638301777927\r\r", &[NUMBER], BurstEnd::Enter);
    check_burst("297553638301777927\n", &[NUMBER], BurstEnd::Enter);
    check_burst("297553638301777927\t", &[NUMBER], BurstEnd::Tab);
    check_burst("297553638301777927", &[NUMBER], BurstEnd::Quiet);
}

#[test]
fn what_scanners_send() {
    check_burst("]C1\u{1d}297553638301777927\r", &["]C1\u{1d}297553638301777927"], BurstEnd::Enter);
    check_burst("]Q1POS08-20261106-470468\r", &["]Q1POS08-20261106-470468"], BurstEnd::Enter);
    check_burst("104417\r", &["104417"], BurstEnd::Enter);
    check_burst("{\"transactionNo\":\"1\"}\r", &["{\"transactionNo\":\"1\"}"], BurstEnd::Enter);
    let url = "https://pay.example.com/r?transactionNo=297553638301777927&a=%20";
    check_burst(&format!("{url}\r"), &[url], BurstEnd::Enter);
    check_burst("111111111111111111\r", &["111111111111111111"], BurstEnd::Enter);
}

#[test]
fn two_scans_in_one_batch() {
    check_burst("297553638301777927\r316129873376769782\r", &[NUMBER, "316129873376769782"], BurstEnd::Enter);
    check_burst("297553638301777927\r\n297553638301777927\r\n", &[NUMBER, NUMBER], BurstEnd::Enter);
}

#[test]
fn a_scan_split_by_a_stalled_window() {
    for stall in [60, 200, 400, 800] {
        let seen = run(&burst(1_000, 8, "297553638301777927\r", Layout::French), &[16, 16, 16, stall]);
        assert_eq!((seen.texts(), seen.presses()), (vec![NUMBER], 0), "a frame of {stall} ms");
    }
}

#[test]
fn an_enter_that_comes_late_presses_nothing() {
    let mut events = burst(1_000, 8, NUMBER, Layout::Us);
    events.extend(burst(1_000 + 18 * 8 + 200, 0, "\r", Layout::Us));
    let seen = run(&events, &[16]);
    assert_eq!((seen.texts(), seen.passed.len()), (vec![NUMBER], 0));
    // A person, later.
    events.extend(typing(3_000, &[100], "\r", Layout::Us));
    assert_eq!(run(&events, &[16]).presses(), 1);
}

#[test]
fn a_scanner_set_to_the_layout() {
    // A French scanner at a French till sends Shift and the digit's key.
    let sent: String = NUMBER.chars().map(|digit| PhysicalKey::Typing(digit).character(true).unwrap()).collect();
    let seen = run(&burst(0, 8, &format!("{sent}\r"), Layout::French), &[16]);
    let scan = &seen.scans[0];
    assert!(scan.is_set_to_layout());
    assert_eq!(scan.best(), NUMBER);
    // A US scanner at the same till.
    let seen = run(&burst(0, 8, "297553638301777927\r", Layout::French), &[16]);
    assert!(!seen.scans[0].is_set_to_layout());
    assert_eq!(seen.scans[0].best(), NUMBER);
}

#[test]
fn caps_lock_changes_nothing() {
    let mut events = burst(0, 8, "POS08-abc\r", Layout::Us);
    for (_, input) in &mut events {
        if let Input::Text(text) = input {
            *text = text
                .chars()
                .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
                .collect();
        }
    }
    assert_eq!(run(&events, &[16]).texts(), ["POS08-abc"]);
}

#[test]
fn short_codes_with_an_end_are_scans_too() {
    for end in ["\r", "\r\n", "\t"] {
        for text in ["104", "1044", "10441"] {
            let kind = if end == "\t" { BurstEnd::Tab } else { BurstEnd::Enter };
            check_burst(&format!("{text}{end}"), &[text], kind);
        }
    }
    check_burst("10441\r10442\r", &["10441", "10442"], BurstEnd::Enter);
}

#[test]
fn two_keys_are_typing_and_their_enter_presses_nothing() {
    let seen = run(&burst(0, 8, "24\r", Layout::Us), &[16]);
    assert_eq!((seen.scans.len(), seen.presses()), (0, 4));
    assert!(!seen.passed.iter().any(|input| matches!(input, Input::Press { key: PhysicalKey::Enter, .. })));
}

#[test]
fn a_person_whom_a_stalled_window_made_look_quick_loses_no_digit() {
    // "12" as typing, then the window stalls and brings the rest of the PIN in one batch.
    let mut events = typing(0, &[150], "12", Layout::Us);
    let late = 15 + events.last().unwrap().0;
    let rest: Vec<(u64, Input)> =
        burst(0, 0, "3456\r", Layout::Us).into_iter().map(|(_, input)| (late, input)).collect();
    events.extend(rest);
    for frames in [[1], [10]] {
        let seen = run(&events, &frames);
        assert_eq!((seen.scans.len(), seen.presses()), (0, 12), "{seen:?}");
        assert!(!seen.passed.iter().any(|input| matches!(input, Input::Press { key: PhysicalKey::Enter, .. })));
    }
}

#[test]
fn short_codes_without_an_end_are_typing() {
    // Nothing tells them from a person's keys that a stalled window hands over at once.
    for text in ["104", "1044173"] {
        let seen = run(&burst(0, 8, text, Layout::Us), &[16]);
        assert_eq!((seen.scans.len(), seen.presses()), (0, 2 * text.len()), "{text}");
    }
}

#[test]
fn a_character_by_its_number_does_not_cut_a_scan_in_two() {
    let alt = |key: char| Input::Press { key: PhysicalKey::Typing(key), shift: false, ctrl: false, alt: true };
    let mut events = burst(0, 4, "297553638", Layout::Us);
    for (at, key) in (0u64..).zip("029".chars()) {
        events.push((40 + at * 4, alt(key)));
        events.push((42 + at * 4, Input::Release { key: PhysicalKey::Typing(key) }));
    }
    // Windows makes a text of it, Linux none.
    for text in [None, Some("\u{1d}")] {
        let mut events = events.clone();
        events.extend(text.map(|text| (54, Input::Text(text.to_owned()))));
        events.extend(burst(58, 4, "301777927\r", Layout::Us));
        let seen = run(&events, &[16]);
        assert_eq!(seen.texts(), [format!("297553638{}301777927", text.unwrap_or("\u{fffd}"))]);
        assert_eq!(seen.passed, []);
    }
    // A person's Alt and a digit are a shortcut.
    let seen = run(&[(0, alt('2'))], &[16]);
    assert_eq!(seen.passed, [alt('2')]);
}

#[test]
fn a_prefix_makes_any_length_a_burst() {
    let settings = WedgeSettings { prefix: "~".into(), ..WedgeSettings::default() };
    let seen = run_with(settings.clone(), &burst(0, 8, "~12\r", Layout::Us), &[16]);
    assert_eq!((seen.texts(), seen.presses()), (vec!["~12"], 0));
    let seen = run_with(settings, &burst(0, 60, "~12", Layout::Us), &[16]);
    assert_eq!((seen.texts(), seen.presses()), (vec!["~12"], 0));
}

#[test]
fn a_person_typing() {
    for frame in [1, 16, 33, 60, 100, 150] {
        for pause in [90, 120, 200, 700] {
            let events = typing(500, &[pause], "2975 5363 8301 7779 27\rPOS-1\t\r", Layout::German);
            let seen = run(&events, &[frame]);
            let sent: Vec<Input> = events.into_iter().map(|(_, input)| input).collect();
            assert_eq!(seen.scans, [], "every {pause} ms, frames of {frame} ms");
            assert_eq!(keyed(&seen.passed), keyed(&sent), "every {pause} ms, frames of {frame} ms");
            assert!(seen.late_ms <= 60 + 3 * frame, "{} ms late", seen.late_ms);
        }
    }
}

#[test]
fn a_key_held_down() {
    let press = |key| Input::Press { key, shift: false, ctrl: false, alt: false };
    let held = |key: PhysicalKey| -> Vec<(u64, Input)> {
        let mut events = vec![(0, press(key))];
        events.extend((0..40).map(|n| (500 + n * 33, press(key))));
        events.push((2_000, Input::Release { key }));
        events
    };
    let fives = run(&held(PhysicalKey::Typing('5')), &[16]);
    assert_eq!((fives.scans.len(), fives.presses()), (0, 41));
    let enters = run(&held(PhysicalKey::Enter), &[16]);
    assert_eq!((enters.scans.len(), enters.presses()), (0, 1));
}

#[test]
fn shortcuts_and_input_methods_pass() {
    let ctrl = |key| Input::Press { key: PhysicalKey::Typing(key), shift: false, ctrl: true, alt: false };
    for input in [ctrl('m'), ctrl('a'), Input::Text("\u{4e2d}\u{6587}297553638301777927".into()), Input::Other] {
        let seen = run(&[(0, input.clone())], &[16]);
        assert_eq!((seen.passed, seen.scans.len(), seen.late_ms), (vec![input], 0, 0));
    }
}

#[test]
fn a_window_that_loses_the_keyboard_forgets_no_key_and_gives_none_back_late() {
    let mut events = typing(0, &[10], "12", Layout::Us);
    events.truncate(4);
    events.push((15, Input::FocusLost));
    let seen = run(&events, &[1]);
    assert_eq!((seen.presses(), seen.passed.last()), (4, Some(&Input::FocusLost)));
}

#[test]
fn a_burst_whose_beginning_was_given_back_is_torn() {
    let mut events = burst(0, 8, "297", Layout::Us);
    events.extend(burst(150, 8, "553638301777927\r", Layout::Us));
    let seen = run(&events, &[5]);
    assert_eq!(seen.scans.iter().map(|scan| scan.torn).collect::<Vec<_>>(), [true]);
}

#[test]
fn the_keys_of_egui_have_their_names() {
    for (name, key) in [("7", PhysicalKey::Typing('7')), ("CloseBracket", PhysicalKey::Typing(']'))] {
        assert_eq!(PhysicalKey::from_name(name), key);
    }
    assert_eq!(PhysicalKey::from_name("Enter"), PhysicalKey::Enter);
    assert_eq!(PhysicalKey::from_name("Escape"), PhysicalKey::Other);
    assert_eq!(PhysicalKey::from_name("ShiftLeft"), PhysicalKey::Modifier);
    for printable in 32u8..127 {
        key_of(char::from(printable));
    }
}

/// Presses and texts, which are what a field sees; a modifier may overtake what is held.
fn keyed(inputs: &[Input]) -> Vec<Input> {
    inputs.iter().filter(|input| matches!(input, Input::Text(_)) || is_keyed(input)).cloned().collect()
}

fn any_layout() -> impl Strategy<Value = Layout> {
    proptest::sample::select(&LAYOUTS)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_burst_leaks(
        text in "[!-~]{6,40}", end in proptest::sample::select(vec!["\r", "\r\n", "\t"]),
        // The last of six keys and a Tab comes after 168 ms; a frame that ends after 360 makes them as slow as a person's.
        layout in any_layout(), every in 0u64..=28, frames in proptest::collection::vec(1u64..=190, 1..6),
    ) {
        let seen = run(&burst(700, every, &format!("{text}{end}"), layout), &frames);
        prop_assert_eq!(seen.texts(), [text.as_str()]);
        prop_assert_eq!(&seen.passed, &[]);
    }

    #[test]
    fn no_short_burst_leaks(
        text in "[!-~]{3,5}", end in proptest::sample::select(vec!["\r", "\r\n", "\t"]),
        layout in any_layout(), every in 0u64..=28,
        // Slower frames can make three keys and an Enter look as slow as a person's.
        frames in proptest::collection::vec(1u64..=58, 1..6),
    ) {
        let seen = run(&burst(700, every, &format!("{text}{end}"), layout), &frames);
        prop_assert_eq!(seen.texts(), [text.as_str()]);
        prop_assert_eq!(&seen.passed, &[]);
    }

    #[test]
    fn no_burst_without_an_end_leaks(
        text in "[!-~]{8,40}", layout in any_layout(), every in 0u64..=28,
        frames in proptest::collection::vec(1u64..=100, 1..6),
    ) {
        let seen = run(&burst(700, every, &text, layout), &frames);
        prop_assert_eq!(seen.texts(), [text.as_str()]);
        prop_assert_eq!(&seen.passed, &[]);
    }

    #[test]
    fn typing_passes_unchanged_and_in_order(
        text in "[ -~\r\t]{1,40}", layout in any_layout(), pauses in proptest::collection::vec(100u64..=900, 1..8),
        // Two keys and a Tab span 200 ms; a frame that ends over 80 ms late makes them as quick as a scanner's.
        frames in proptest::collection::vec(1u64..=78, 1..6),
    ) {
        let events = typing(700, &pauses, &text, layout);
        let seen = run(&events, &frames);
        let sent: Vec<Input> = events.into_iter().map(|(_, input)| input).collect();
        prop_assert_eq!(&seen.scans, &[]);
        prop_assert_eq!(keyed(&seen.passed), keyed(&sent));
        // Every press that passes is followed by its release: no key stays down in the window.
        prop_assert_eq!(seen.passed.len(), sent.len());
    }

    #[test]
    fn a_scan_between_typing_takes_itself_alone(
        before in "[0-9]{1,6}", after in "[0-9]{1,6}", layout in any_layout(), every in 0u64..=20,
        frames in proptest::collection::vec(1u64..=60, 1..6),
    ) {
        let mut events = typing(0, &[110], &before, layout);
        events.extend(burst(1_500, every, "297553638301777927\r", layout));
        events.extend(typing(3_500, &[110], &after, layout));
        let seen = run(&events, &frames);
        prop_assert_eq!(seen.texts(), [NUMBER]);
        prop_assert_eq!(seen.presses(), 2 * (before.len() + after.len()));
    }

    #[test]
    fn no_order_of_events_panics_or_makes_a_press_out_of_nothing(
        inputs in proptest::collection::vec((0u64..200, prop_oneof![
            (0u8..8, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(key, shift, ctrl, alt)|
                Input::Press { key: some_key(key), shift, ctrl, alt }),
            (0u8..8).prop_map(|key| Input::Release { key: some_key(key) }),
            "\\PC{0,3}".prop_map(Input::Text),
            Just(Input::FocusLost),
            Just(Input::Other),
        ]), 0..80),
    ) {
        let mut at = 0;
        let events: Vec<(u64, Input)> = inputs.into_iter().map(|(after, input)| { at += after; (at, input) }).collect();
        let seen = run(&events, &[16]);
        // What passes is a part of what came, in order.
        let mut sent = keyed(&events.iter().map(|(_, input)| input.clone()).collect::<Vec<_>>()).into_iter();
        for input in keyed(&seen.passed) {
            prop_assert!(sent.any(|known| known == input), "{:?} out of order", input);
        }
    }
}

fn some_key(index: u8) -> PhysicalKey {
    match index {
        0 => PhysicalKey::Enter,
        1 => PhysicalKey::Tab,
        2 => PhysicalKey::Modifier,
        3 => PhysicalKey::Other,
        4 => PhysicalKey::Typing(']'),
        5 => PhysicalKey::Typing('m'),
        6 => PhysicalKey::Typing('a'),
        _ => PhysicalKey::Typing('7'),
    }
}
