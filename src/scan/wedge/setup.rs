//! How a scanner is set, told from one scan of a known code: for the Setup page "scan this test code".
//!
//! **Facts only, no sentences**: the window has the words. A scanner that needs nothing changed has only findings that
//! [`Finding::works`] is true for.

use super::{BurstEnd, ScanText};

/// What the test code holds: marks that layouts and Caps Lock get wrong (`/ - " y a Z`), digits, both cases of letters
/// and, in the middle, the separator GS that FNC1 arrives as.
pub const TEST_CODE: &str = "Test/2975\u{1d}-yaZ\"";
/// The two sides of its separator.
const HEAD: &str = "Test/2975";
const TAIL: &str = "-yaZ\"";
/// The longest thing that is taken for a replaced separator.
const MAX_SEPARATOR: usize = 8;

/// A national keyboard that scanners can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NationalLayout {
    /// British.
    Uk,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl NationalLayout {
    const ALL: [Self; 4] = [Self::Uk, Self::German, Self::French, Self::Spanish];

    /// What the key that types this character on the layout types on a US keyboard.
    fn on_us_keyboard(self, character: char) -> char {
        let (from, to) = match self {
            Self::Uk => ("\"@", "@\""),
            Self::German => ("yzYZ/-\"", "zyZY&/@"),
            Self::French => ("1234567890aqzwmAQZWM/-\"", "!@#$%^&*()qawz;QAWZ:>63"),
            Self::Spanish => ("/-\"", "&/@"),
        };
        from.chars().zip(to.chars()).find(|(typed, _)| *typed == character).map_or(character, |(_, us)| us)
    }
}

/// Something worth saying about how a scanner is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The scan began before the window listened, or a part of it is missing: scan again.
    Torn,
    /// Not the test code, or nothing that can be recognised as it.
    OtherCode,
    /// Not a digit came through of a code that has some: the scanner is set to a layout nobody knows here.
    NoDigits,
    /// It is set to the till's own layout, which is not the US one. Works as long as the till's layout stays; US is
    /// safer.
    TillsLayout,
    /// It is set to this layout, and the till to another: letters and marks arrive changed.
    OtherLayout(NationalLayout),
    /// Upper and lower case are swapped: it makes up for Caps Lock, or has it on.
    CaseSwapped,
    /// It sends no Enter and no Tab, so each scan waits for a moment of quiet.
    NoEnd,
    /// It sends Tab at the end; works.
    TabEnd,
    /// It sends this AIM identifier; works, and tells products from receipts.
    AimIdentifier(String),
    /// It sends no AIM identifier; works.
    NoAimIdentifier,
    /// It leaves the separator between two parts of a code out.
    SeparatorDropped,
    /// It sends this in place of the separator.
    SeparatorReplaced(String),
    /// It sends this before every code: write it into the settings file as the prefix.
    Prefix(String),
    /// It sends this after every code: write it into the settings file as the suffix.
    Suffix(String),
}

impl Finding {
    /// True where the till copes with it as it is.
    #[must_use]
    pub const fn works(&self) -> bool {
        match self {
            Self::TillsLayout | Self::NoEnd | Self::TabEnd | Self::AimIdentifier(_) | Self::NoAimIdentifier => true,
            Self::Torn
            | Self::OtherCode
            | Self::NoDigits
            | Self::OtherLayout(_)
            | Self::CaseSwapped
            | Self::SeparatorDropped
            | Self::SeparatorReplaced(_)
            | Self::Prefix(_)
            | Self::Suffix(_) => false,
        }
    }
}

/// What a scan of [`TEST_CODE`] says about the scanner.
#[must_use]
pub fn findings(scan: &ScanText) -> Vec<Finding> {
    if scan.torn {
        return vec![Finding::Torn];
    }
    let Some((mut found, around)) = recognise(scan) else {
        let is_long = scan.text.chars().count() + 2 >= TEST_CODE.chars().count();
        let digits = [&scan.text, &scan.shown].into_iter().any(|text| text.chars().any(|c| c.is_ascii_digit()));
        return vec![if is_long && !digits { Finding::NoDigits } else { Finding::OtherCode }];
    };
    let Around { mut before, separator, after } = around;
    // The system's text of a control key is empty: the key's place says whether it was there.
    let separator = if scan.text.contains('\u{1d}') { "\u{1d}".to_owned() } else { separator };
    match separator.as_str() {
        "\u{1d}" => {}
        "" => found.push(Finding::SeparatorDropped),
        _ => found.push(Finding::SeparatorReplaced(separator)),
    }
    match aim_identifier(&before) {
        Some((identifier, rest)) => {
            found.push(Finding::AimIdentifier(identifier));
            before = rest;
        }
        None => found.push(Finding::NoAimIdentifier),
    }
    if !before.is_empty() {
        found.push(Finding::Prefix(before));
    }
    if !after.is_empty() {
        found.push(Finding::Suffix(after));
    }
    match scan.end {
        BurstEnd::Enter => {}
        BurstEnd::Tab => found.push(Finding::TabEnd),
        BurstEnd::Quiet => found.push(Finding::NoEnd),
    }
    found
}

/// Whether keys that came one by one, as typing, were the test code: the scanner is set to a delay between characters
/// that no rule can tell from a person.
#[must_use]
pub fn is_typed_slowly(typed: &str) -> bool {
    typed.to_lowercase().contains(&HEAD.to_lowercase()) || typed.to_lowercase().contains("2975-ya")
}

/// What stands around the test code, and in its middle.
struct Around {
    before: String,
    separator: String,
    after: String,
}

/// The test code in a scan, and what was wrong with its letters.
fn recognise(scan: &ScanText) -> Option<(Vec<Finding>, Around)> {
    let as_it_is = |character: char| character;
    if let Some(around) = surroundings(&scan.text, as_it_is) {
        return Some((vec![], around));
    }
    if let Some(around) = surroundings(&scan.shown, as_it_is) {
        return Some((vec![Finding::TillsLayout], around));
    }
    for swap in [false, true] {
        let case = move |character: char| if swap { swapped(character) } else { character };
        let mut found = if swap { vec![Finding::CaseSwapped] } else { vec![] };
        if let Some(around) = surroundings(&scan.text, case) {
            return Some((found, around));
        }
        for layout in NationalLayout::ALL {
            if let Some(around) = surroundings(&scan.text, |character| layout.on_us_keyboard(case(character))) {
                found.insert(0, Finding::OtherLayout(layout));
                return Some((found, around));
            }
        }
    }
    None
}

/// What stands around the test code in a text, where each of its characters arrives as `arrives` says.
fn surroundings(text: &str, arrives: impl Fn(char) -> char) -> Option<Around> {
    let (head, tail): (String, String) = (HEAD.chars().map(&arrives).collect(), TAIL.chars().map(&arrives).collect());
    let (before, rest) = text.split_once(&head)?;
    let (separator, after) = rest.split_once(&tail)?;
    let (before, separator, after) = (before.to_owned(), separator.to_owned(), after.to_owned());
    (separator.chars().count() <= MAX_SEPARATOR).then_some(Around { before, separator, after })
}

/// An AIM identifier at the end of what stands before the code, or at its beginning, and the rest.
fn aim_identifier(before: &str) -> Option<(String, String)> {
    let (head, tail) = before.split_once(']')?;
    let mut characters = tail.chars();
    let (letter, option) = (characters.next()?, characters.next()?);
    let is_identifier = letter.is_ascii_alphabetic() && option.is_ascii_alphanumeric();
    is_identifier.then(|| (format!("]{letter}{option}"), format!("{head}{}", characters.as_str())))
}

fn swapped(character: char) -> char {
    if character.is_ascii_lowercase() { character.to_ascii_uppercase() } else { character.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Finding::{
        AimIdentifier, CaseSwapped, NoAimIdentifier, NoDigits, NoEnd, OtherCode, OtherLayout, Prefix, SeparatorDropped,
        SeparatorReplaced, Suffix, TabEnd, TillsLayout, Torn,
    };

    #[track_caller]
    fn check(text: &str, shown: &str, end: BurstEnd, expected: &[Finding]) {
        let scan = ScanText { text: text.into(), shown: shown.into(), end, torn: false };
        assert_eq!(findings(&scan), expected, "{text:?}");
    }

    fn enter(text: &str, expected: &[Finding]) {
        check(text, "", BurstEnd::Enter, expected);
    }

    /// What a US keyboard makes of the keys of a scanner that is set to a layout.
    fn sent(layout: NationalLayout) -> String {
        TEST_CODE.chars().map(|character| layout.on_us_keyboard(character)).collect()
    }

    #[test]
    fn what_it_sends_around_the_code() {
        let with = |before: &str, after: &str| format!("{before}{TEST_CODE}{after}");
        enter(&with("]C1", ""), &[AimIdentifier("]C1".into())]);
        enter(TEST_CODE, &[NoAimIdentifier]);
        check(&with("]C1", ""), "other layout", BurstEnd::Enter, &[AimIdentifier("]C1".into())]);
        check(&with("]Q1", ""), "", BurstEnd::Quiet, &[AimIdentifier("]Q1".into()), NoEnd]);
        check(&with("]Q1", ""), "", BurstEnd::Tab, &[AimIdentifier("]Q1".into()), TabEnd]);
        enter(&with("~", "$"), &[NoAimIdentifier, Prefix("~".into()), Suffix("$".into())]);
        let both = [AimIdentifier("]Q1".into()), Prefix("S".into())];
        enter(&with("S]Q1", ""), &both);
        enter(&with("]Q1S", ""), &both);
    }

    #[test]
    fn what_becomes_of_the_separator() {
        enter("Test/2975-yaZ\"", &[SeparatorDropped, NoAimIdentifier]);
        enter("Test/2975<GS>-yaZ\"", &[SeparatorReplaced("<GS>".into()), NoAimIdentifier]);
        enter("Test/2975|-yaZ\"", &[SeparatorReplaced("|".into()), NoAimIdentifier]);
    }

    #[test]
    fn how_its_keyboard_is_set() {
        for layout in NationalLayout::ALL {
            enter(&sent(layout), &[OtherLayout(layout), NoAimIdentifier]);
            // At a till of the same layout the system shows what was printed; GS shows nothing.
            let shown = TEST_CODE.replace('\u{1d}', "");
            check(&sent(layout), &shown, BurstEnd::Enter, &[TillsLayout, NoAimIdentifier]);
        }
        let swap = |text: &str| text.chars().map(swapped).collect::<String>();
        enter(&swap(TEST_CODE), &[CaseSwapped, NoAimIdentifier]);
        enter(
            &swap(&sent(NationalLayout::Spanish)),
            &[OtherLayout(NationalLayout::Spanish), CaseSwapped, NoAimIdentifier],
        );
        enter("\u{444}\u{44b}\u{432}\u{430}.!@#$\u{43f}-\u{43d}\u{444}\u{42f}\u{44d}", &[NoDigits]);
    }

    #[test]
    fn what_is_not_the_test_code() {
        check("4006381333931", "4006381333931", BurstEnd::Enter, &[OtherCode]);
        enter("hello", &[OtherCode]);
        enter("Test/2975 and a long text of something else -yaZ\"", &[OtherCode]);
        let torn = ScanText { text: TEST_CODE.into(), shown: String::new(), end: BurstEnd::Enter, torn: true };
        assert_eq!(findings(&torn), [Torn]);
    }

    #[test]
    fn a_slow_scanner_is_told_from_somebody_who_types() {
        assert!(is_typed_slowly("Test/2975-yaZ\"") && is_typed_slowly("xTEST/2975"));
        assert!(!is_typed_slowly("297553638301777927") && !is_typed_slowly("Test"));
    }
}
