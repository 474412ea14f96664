//! How a keyboard-wedge scanner is set, told from one scan of a known code: for the Setup page "scan this test code".
//!
//! **Facts only, no sentences**: the window has the words. A scanner that needs nothing changed has no findings.

use super::{BurstEnd, ScanText};

/// What the test code holds: the marks that layouts and Caps Lock get wrong, both cases of letters, and digits.
pub const TEST_CODE: &str = "Tillback-Test/297553638301777927-aZ";

/// Something worth saying about how a scanner is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The scan began before the window listened: scan again.
    Torn,
    /// Not the test code, or nothing that can be recognised as it.
    OtherCode,
    /// It is set to a national layout. Works where the till's layout is the same; US is safer.
    NationalLayout,
    /// Upper and lower case are swapped: it makes up for Caps Lock, or has it on.
    CaseSwapped,
    /// It sends no Enter and no Tab, so each scan waits for a moment of quiet. Set Enter (CR) as its suffix.
    NoEnd,
    /// It sends Tab at the end; works.
    TabEnd,
    /// It sends this AIM identifier; works, and tells products from receipts.
    AimIdentifier(String),
    /// It sends this before every code: write it into the configuration as the prefix.
    Prefix(String),
    /// It sends this after every code: write it into the configuration as the suffix.
    Suffix(String),
}

/// What a scan of [`TEST_CODE`] says about the scanner.
#[must_use]
pub fn findings(scan: &ScanText) -> Vec<Finding> {
    if scan.torn {
        return vec![Finding::Torn];
    }
    let mut found = Vec::new();
    let text = match (surroundings(&scan.text), surroundings(&scan.shown)) {
        (Some(around), _) => around,
        (None, Some(around)) => {
            found.push(Finding::NationalLayout);
            around
        }
        (None, None) => match surroundings(&swap_case(&scan.text)) {
            Some(around) => {
                found.push(Finding::CaseSwapped);
                around
            }
            None => return vec![Finding::OtherCode],
        },
    };
    let (mut before, after) = text;
    if let Some((identifier, rest)) = aim_identifier(&before) {
        found.push(Finding::AimIdentifier(identifier));
        before = rest;
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

/// What stands before and after the test code.
fn surroundings(text: &str) -> Option<(String, String)> {
    text.split_once(TEST_CODE).map(|(before, after)| (before.to_owned(), after.to_owned()))
}

/// An AIM identifier at the end of what stands before the code, or at its beginning, and the rest.
fn aim_identifier(before: &str) -> Option<(String, String)> {
    let (head, tail) = before.split_once(']')?;
    let mut characters = tail.chars();
    let (letter, option) = (characters.next()?, characters.next()?);
    let is_identifier = letter.is_ascii_alphabetic() && option.is_ascii_alphanumeric();
    is_identifier.then(|| (format!("]{letter}{option}"), format!("{head}{}", characters.as_str())))
}

fn swap_case(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str, end: BurstEnd, expected: &[Finding]) {
        let scan = ScanText { text: text.into(), shown: shown.into(), end, torn: false };
        assert_eq!(findings(&scan), expected, "{text:?}");
    }

    #[test]
    fn how_scanners_are_set() {
        let with = |before: &str, after: &str| format!("{before}{TEST_CODE}{after}");
        check(TEST_CODE, TEST_CODE, BurstEnd::Enter, &[]);
        check(TEST_CODE, "other layout", BurstEnd::Enter, &[]);
        check(TEST_CODE, TEST_CODE, BurstEnd::Quiet, &[Finding::NoEnd]);
        check(TEST_CODE, TEST_CODE, BurstEnd::Tab, &[Finding::TabEnd]);
        check("T;llback)", TEST_CODE, BurstEnd::Enter, &[Finding::NationalLayout]);
        check(&swap_case(TEST_CODE), "", BurstEnd::Enter, &[Finding::CaseSwapped]);
        check(&with("]C1", ""), "", BurstEnd::Enter, &[Finding::AimIdentifier("]C1".into())]);
        check(&with("~", "$"), "", BurstEnd::Enter, &[Finding::Prefix("~".into()), Finding::Suffix("$".into())]);
        let both = [Finding::AimIdentifier("]Q1".into()), Finding::Prefix("S".into())];
        check(&with("S]Q1", ""), "", BurstEnd::Enter, &both);
        check(&with("]Q1S", ""), "", BurstEnd::Enter, &both);
        check("4006381333931", "4006381333931", BurstEnd::Enter, &[Finding::OtherCode]);
        let torn = ScanText { text: TEST_CODE.into(), shown: String::new(), end: BurstEnd::Enter, torn: true };
        assert_eq!(findings(&torn), [Finding::Torn]);
    }
}
