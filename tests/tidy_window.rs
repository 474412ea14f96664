//! What the window's own source may not hold: a word for people outside the Fluent files, a colour or a distance that is
//! not one of the design's tokens.
//!
//! What these rules cannot see: a single word in small letters, since it looks as a key does; `ui_words` finds those that
//! are asked for as keys. Numbers beside `*` and `/` are proportions, and a named constant says what it is for.

#![cfg(test)] // clippy: a test throughout, helpers too

mod tidy_support;

use proc_macro2::TokenTree;
use tidy_support::{Place, check, complaints, hold, is, is_punct};

/// What stands in the source as it is shown: languages' own names and tags, a slip's sample of characters, the name of
/// the program; and a type's name, for whoever looks for a fault.
const SHOWN_AS_IT_IS: &[&str] = &[
    "English",
    "Español",
    "简体中文",
    "繁體中文",
    "Français",
    "한국어",
    "[Ĕñğļîšĥ]",
    "zh-Hans",
    "zh-Hant",
    "áéíóúñç ÄÖÜß € ¥ £",
    "退款 退款單 환불",
    "Tillback",
    "PersonDraft",
    "no words",
];
/// Wallets' own names, which every language writes alike; names of files of fonts; names of pairs, for a test; of the
/// system's variables.
const NAMES_ALONE: &[&str] = &["src/ui/format.rs", "src/ui/fonts.rs", "src/ui/theme.rs", "src/ui/monitors.rs"];
/// Macros whose text goes into the log, or to whoever reads the source.
const FOR_THE_LOG: [&str; 6] = ["trace", "debug", "info", "warn", "error", "unreachable"];

/// No sentence and no capital letter in a string of the window.
fn words(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("src/ui/") || NAMES_ALONE.contains(&path) || path.ends_with("/tests.rs") {
        return Vec::new();
    }
    let mut logged: Vec<usize> = Vec::new();
    let mut found = complaints(path, text, |place| {
        if place.in_tests {
            return Vec::new();
        }
        if let Some(TokenTree::Group(body)) = place.token(2)
            && FOR_THE_LOG.iter().any(|name| is(place.token(0), name))
            && is_punct(place.token(1), '!')
        {
            let ends = body.span().end().line;
            logged.extend(body.span().start().line..=ends);
        }
        let Some(TokenTree::Literal(literal)) = place.token(0) else { return Vec::new() };
        let literal = literal.to_string();
        let Some(inside) = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return Vec::new() };
        if is_for_people(inside) { vec![format!("words for people: {literal}")] } else { Vec::new() }
    });
    let is_logged = |complaint: &String| {
        let line = complaint.split(':').nth(1).and_then(|line| line.parse::<usize>().ok());
        line.is_some_and(|line| logged.contains(&line))
    };
    found.retain(|complaint| !is_logged(complaint));
    found
}

/// Keys, ids and signs are small letters without a space; `F5` is printed on the key.
fn is_for_people(text: &str) -> bool {
    if SHOWN_AS_IT_IS.contains(&text) {
        return false;
    }
    let mut plain = String::new();
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            letter if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    let is_key_cap = plain.split_whitespace().all(|word| {
        let rest = word.trim_start_matches('·').trim_start_matches('F');
        rest.chars().all(|c| c.is_ascii_digit())
    });
    let letters: Vec<&str> = plain.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1).collect();
    let capital = letters.iter().any(|word| word.chars().any(char::is_uppercase) || !word.is_ascii());
    let sentence = letters.len() > 1 && plain.trim().contains(' ');
    !is_key_cap && (capital || sentence)
}

/// Screens take colours and distances from `theme`.
fn numbers(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("src/ui/screens/") {
        return Vec::new();
    }
    complaints(path, text, |place| {
        let own_colour = is(place.token(0), "Color32") && is_punct(place.token(1), ':') && !place.in_tests;
        let maker = ["from_rgb", "from_gray", "from_black_alpha", "from_rgba_unmultiplied"];
        if own_colour || maker.iter().any(|name| is(place.token(0), name)) {
            return vec!["a colour that is not a token".to_owned()];
        }
        match place.token(0) {
            Some(TokenTree::Literal(literal)) if is_distance(place, &literal.to_string()) => {
                vec![format!("{literal} is a distance that is not a token")]
            }
            _ => Vec::new(),
        }
    })
}

/// A number of four points or more that stands for itself.
fn is_distance(place: &Place<'_>, literal: &str) -> bool {
    let Some(number) = literal.contains('.').then(|| literal.replace('_', "").parse::<f32>().ok()).flatten() else {
        return false;
    };
    let before = place.at.checked_sub(1).and_then(|at| place.tokens.get(at));
    let proportion = ['*', '/'].iter().any(|sign| is_punct(place.token(1), *sign) || is_punct(before, *sign));
    // `const NAME: f32 = 64.0;`, or a pair of them.
    let upwards = |most: usize| {
        (1..=most).any(|back| is(place.at.checked_sub(back).and_then(|at| place.tokens.get(at)), "const"))
    };
    number >= 4.0 && !proportion && !upwards(6) && !in_constant_pair(place)
}

/// `(152.0, 232.0)`: nothing but numbers in the group, as a constant's value has it.
fn in_constant_pair(place: &Place<'_>) -> bool {
    place.tokens.len() == 3
        && place.tokens.iter().all(|token| matches!(token, TokenTree::Literal(_)) || is_punct(Some(token), ','))
}

#[test]
fn no_words_stand_outside_the_files_of_words() {
    hold(words, ".rs");
}

#[test]
fn screens_take_colours_and_distances_from_the_theme() {
    hold(numbers, ".rs");
}

#[test]
fn a_bare_word_is_seen() {
    let check = |text, complaints| check(words, "src/ui/screens/x.rs", text, complaints);
    check("fn f() { say(\"Refund again\") }", 1);
    check("fn f() { say(\"Refund\") }", 1);
    check("fn f() { say(\"no money moved\") }", 1);
    check("fn f() { say(\"退款\") }", 1);
    check("fn f() { format!(\"{money} Refunded\") }", 1);
    check("fn f() { say(\"button-back\"); key(\"F12\"); format!(\"{a}  ·  F2\"); format!(\"{Name}: {b}\") }", 0);
    check("fn f() { tracing::warn!(\"The camera is gone\") }", 0);
    check("mod tests { fn f() { say(\"Refund\") } }", 0);
}

#[test]
fn a_bare_number_is_seen() {
    let check = |text, complaints| check(numbers, "src/ui/screens/x.rs", text, complaints);
    check("fn f() { column.gap(12.0) }", 1);
    check("fn f() { vec2(72.0, width) }", 1);
    check("fn f() { Color32::WHITE }", 1);
    check("fn f() { Color32::from_rgb(1, 2, 3) }", 2);
    check("fn f() { column.gap(space::GRID * 4.0); 4.0 * x; x / 2.0 }", 0);
    check("const FIELD: f32 = 64.0; const LIST: (f32, f32) = (152.0, 232.0);", 0);
}
