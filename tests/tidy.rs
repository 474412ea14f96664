//! Reads the source and fails on what the house does not allow: arrows between rooms, and a few habits.
//!
//! Every rule is a function over a file's path and text that gives complaints, so each is shown to fail on a small
//! string beside the test that runs it over the tree. Files are read as the compiler reads them, token by token:
//! **nothing in a comment or a string is taken for code**. What a rule cannot see: a type that one room hands on from
//! another by `pub use`.

#![cfg(test)] // clippy: a test throughout, helpers too

mod tidy_support;

use proc_macro2::{Delimiter, TokenTree};
use tidy_support::{Place, check, complaints, hold, is, is_path_sign, is_punct, room};

/// Which room may use which; `ARCHITECTURE.md` has the same table. A longer path allows that part of a room alone.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("failpoint", &[]),
    ("planted", &[]),
    ("flow", &["domain"]),
    ("scan", &["domain", "failpoint"]),
    ("gateway", &["domain", "failpoint", "ledger::Recorded"]),
    ("ledger", &["domain", "failpoint"]),
    ("devices", &["domain"]),
    ("config", &["domain"]),
    ("vault", &["domain"]),
    ("terminal", &["domain", "failpoint", "flow", "scan", "gateway", "ledger", "devices", "config", "vault"]),
    ("intake", &["domain", "ledger"]),
    ("ui", &["domain", "flow", "terminal", "devices::document", "scan::wedge"]),
    ("sandbox", &["domain", "gateway::sign", "gateway::wire"]),
    ("cli", ALL),
    ("main", ALL),
    ("lib", ALL),
];
const ALL: &[&str] = &[
    "domain",
    "failpoint",
    "flow",
    "scan",
    "gateway",
    "ledger",
    "devices",
    "config",
    "vault",
    "terminal",
    "intake",
    "ui",
    "sandbox",
    "cli",
];

/// Libraries that one room alone may name: SQL stays in the ledger, what is sent in the gateway, words in the window.
const AT_HOME: &[(&str, &str)] =
    &[("rusqlite", "ledger"), ("reqwest", "gateway"), ("fluent_bundle", "ui"), ("unic_langid", "ui")];

/// Rooms where money and its record live.
const NO_FLOATS: &[&str] = &["domain", "ledger", "gateway"];
/// Rooms into which time comes from outside.
const NO_CLOCK: &[&str] = &["domain", "flow"];
/// "Few files beyond 500 lines"; none beyond this.
const MAX_LINES: usize = 700;
/// How statements of SQL begin; looked for in string literals, as whole words.
const SQL: &[&str] = &["SELECT", "INSERT", "UPDATE", "DELETE FROM", "CREATE TABLE", "ALTER TABLE", "PRAGMA"];
/// Top folders of machines that people and builders work on.
const MACHINE_FOLDERS: &[&str] = &["home", "root", "work", "Users"];
/// Files that serve proofs alone, and the lines that leave them out of a release build.
const LEFT_OUT_FILES: &[&str] = &["src/gateway/halves.rs"];
const LEFT_OUT: &[(&str, &str)] = &[("src/gateway/mod.rs", "mod halves;")];
/// Hosts of package registries, without their dots so that this file passes its own check.
const REGISTRY_HOSTS: &[&[&str]] = &[
    &["static", "crates", "io"],
    &["index", "crates", "io"],
    &["deb", "debian", "org"],
    &["pypi", "org"],
    &["files", "pythonhosted", "org"],
    &["registry", "npmjs", "org"],
];

// ---- reading paths -------------------------------------------------------------------------------------------------

/// The paths that begin here with `crate`, `super`, `self` or the crate's own name, from the crate's root; a tree in
/// braces gives several. Empty where no such path begins.
fn paths_from_here(place: &Place<'_>) -> Vec<Vec<String>> {
    let Some(TokenTree::Ident(first)) = place.token(0) else { return Vec::new() };
    let mut base = match first.to_string().as_str() {
        "crate" | "tillback" => Vec::new(),
        "self" | "super" => place.module.to_vec(),
        _ => return Vec::new(),
    };
    if place.at > 0 && is_punct(place.tokens.get(place.at - 1), ':') {
        return Vec::new(); // the middle of a path that was seen from its beginning
    }
    if first == "super" {
        base.pop();
    }
    let mut paths = Vec::new();
    if is_path_sign(place.tokens, place.at + 1) {
        tree(place.tokens, place.at + 3, base, &mut paths);
    }
    paths
}

/// Reads a path or a tree of paths from `at`, which follows a `::` or opens a branch.
fn tree(tokens: &[TokenTree], at: usize, mut base: Vec<String>, paths: &mut Vec<Vec<String>>) {
    match tokens.get(at) {
        Some(TokenTree::Ident(name)) => {
            match name.to_string().as_str() {
                "super" => drop(base.pop()),
                "self" => {}
                name => base.push(name.trim_start_matches("r#").to_owned()),
            }
            if is_path_sign(tokens, at + 1) { tree(tokens, at + 3, base, paths) } else { paths.push(base) }
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            for branch in inner.split(|token| is_punct(Some(token), ',')).filter(|branch| !branch.is_empty()) {
                tree(branch, 0, base.clone(), paths);
            }
        }
        Some(star) if is_punct(Some(star), '*') => {
            base.push("*".to_owned());
            paths.push(base);
        }
        _ => paths.push(base),
    }
}

// ---- the rules -----------------------------------------------------------------------------------------------------

/// A room uses the rooms below it, and by name what the table allows beyond that. The sandbox is there for every test.
fn arrows(path: &str, text: &str) -> Vec<String> {
    let Some(room) = room(path) else { return Vec::new() };
    let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{path}: the room {room} is not in the table of tests/tidy.rs")];
    };
    let allowed = |target: &[String]| {
        may_use.iter().any(|allowed| {
            let allowed: Vec<&str> = allowed.split("::").collect();
            target.len() >= allowed.len() && allowed.iter().zip(target).all(|(want, got)| want == got)
        })
    };
    complaints(path, text, |place| {
        let mut found = paths_from_here(place);
        found.retain(|target| match target.first() {
            Some(first) if first == "sandbox" && place.in_tests => false,
            // The crate's root under another name, or all of it: every arrow at once.
            None => room != "lib",
            Some(first) if first == "*" => !matches!(room, "lib" | "main" | "cli"),
            Some(first) => first != room && ALL.contains(&first.as_str()) && !allowed(target),
        });
        found.iter().map(|target| format!("{room} may not use {}", target.join("::"))).collect()
    })
}

/// SQL only in the ledger, network only in the gateway, Fluent only in the window.
fn libraries_at_home(path: &str, text: &str) -> Vec<String> {
    let Some(room) = room(path) else { return Vec::new() };
    complaints(path, text, |place| {
        let away = AT_HOME.iter().filter(|(library, home)| *home != room && is(place.token(0), library));
        away.map(|(library, home)| format!("{library} may be named in {home} alone")).collect()
    })
}

/// No statement of SQL in a string outside the ledger.
fn sql(path: &str, text: &str) -> Vec<String> {
    if !matches!(room(path), Some(room) if room != "ledger") {
        return Vec::new();
    }
    complaints(path, text, |place| match place.token(0) {
        Some(TokenTree::Literal(literal)) => {
            let words = literal.to_string();
            let words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
            let begins = |statement: &&&str| {
                let statement: Vec<&str> = statement.split(' ').collect();
                // A statement has something to follow its keyword; a lone word in capitals is none.
                words.windows(statement.len() + 1).any(|window| window.starts_with(&statement))
            };
            SQL.iter().filter(begins).map(|word| format!("{word} outside the ledger")).collect()
        }
        _ => Vec::new(),
    })
}

/// Every file says what it is, and is not too long. A `tests.rs` is about the file it stands beside.
fn opening_and_length(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let beside = path.starts_with("src/") && path.ends_with("/tests.rs");
    if !beside && !text.starts_with("//!") {
        found.push(format!("{path}:1: does not open with //!"));
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        found.push(format!("{path}: {lines} lines; at most {MAX_LINES}"));
    }
    found
}

/// Nothing unfinished, nothing skipped.
fn unfinished(path: &str, text: &str) -> Vec<String> {
    complaints(path, text, |place| match (place.token(0), place.token(1)) {
        (Some(TokenTree::Ident(name)), next) if is_punct(next, '!') => ["todo", "unimplemented", "dbg"]
            .iter()
            .filter(|unfinished| name == *unfinished)
            .map(|unfinished| format!("{unfinished}!"))
            .collect(),
        (Some(sign), Some(TokenTree::Group(attribute))) if is_punct(Some(sign), '#') => {
            let first = attribute.stream().into_iter().next();
            if is(first.as_ref(), "ignore") { vec!["a test that is left out".to_owned()] } else { Vec::new() }
        }
        _ => Vec::new(),
    })
}

/// Only the command line speaks to a terminal; tests may.
fn printing(path: &str, text: &str) -> Vec<String> {
    if !matches!(room(path), Some(room) if !matches!(room, "cli" | "main")) {
        return Vec::new();
    }
    complaints(path, text, |place| {
        let prints = |name: &&&str| is(place.token(0), name) && is_punct(place.token(1), '!') && !place.in_tests;
        let names = ["println", "print", "eprintln", "eprint"];
        names.iter().filter(prints).map(|name| format!("{name}! outside cli and main")).collect()
    })
}

/// No binary floating point where money is.
fn floats(path: &str, text: &str) -> Vec<String> {
    if !room(path).is_some_and(|room| NO_FLOATS.contains(&room)) {
        return Vec::new();
    }
    complaints(path, text, |place| {
        let float = match place.token(0) {
            Some(TokenTree::Ident(ident)) => ident == "f32" || ident == "f64",
            Some(TokenTree::Literal(literal)) => is_float(&literal.to_string()),
            _ => false,
        };
        // `pair.0.1` reads as a float after a dot.
        let field = place.at > 0 && is_punct(place.tokens.get(place.at - 1), '.');
        if float && !field { vec!["a floating-point number".to_owned()] } else { Vec::new() }
    })
}

fn is_float(literal: &str) -> bool {
    let number = literal.starts_with(|c: char| c.is_ascii_digit());
    let radix = ["0x", "0b", "0o"].iter().any(|prefix| literal.starts_with(prefix));
    let suffixed = literal.ends_with("f32") || literal.ends_with("f64");
    number && !radix && (suffixed || literal.contains(['.', 'e', 'E']) && !literal.ends_with("size"))
}

/// Time comes in with events: no clock is read in the rooms that decide.
fn clocks(path: &str, text: &str) -> Vec<String> {
    if !room(path).is_some_and(|room| NO_CLOCK.contains(&room)) {
        return Vec::new();
    }
    complaints(path, text, |place| {
        let now = is_path_sign(place.tokens, place.at) && is(place.token(2), "now");
        let clock = ["SystemTime", "Instant"].iter().any(|name| is(place.token(0), name));
        if now || clock { vec!["a clock".to_owned()] } else { Vec::new() }
    })
}

/// Where proofs stop the program is compiled with `debug_assertions` alone: the room of points holds nothing else, and
/// others use the macro that leaves nothing, or files that are left out whole.
fn points_stay_out_of_a_release(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("src/") {
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().collect();
    let guarded = |at: usize| at > 0 && lines.get(at - 1) == Some(&"#[cfg(debug_assertions)]");
    let opens = |line: &str, words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let item = path == "src/failpoint.rs"
            && opens(
                line,
                &["pub use ", "use ", "mod ", "pub mod ", "fn ", "pub fn ", "const ", "static ", "pub const "],
            );
        let left_out = LEFT_OUT.iter().any(|(home, item)| path == *home && line == item);
        if (item || left_out) && !guarded(at) {
            found.push(format!("{path}:{}: would be in a release build: {line}", at + 1));
        }
    }
    let uses_more = |target: &Vec<String>| {
        target.first().is_some_and(|first| first == "failpoint") && target.get(1).is_none_or(|item| item != "failpoint")
    };
    if path != "src/failpoint.rs" && !LEFT_OUT_FILES.contains(&path) {
        found.extend(complaints(path, text, |place| {
            let uses = paths_from_here(place).iter().filter(|target| uses_more(target)).count();
            if uses > 0 { vec!["only the macro failpoint! may be used here".to_owned()] } else { Vec::new() }
        }));
    }
    found
}

/// No path of somebody's machine and no registry's host, in any text file.
fn machine_names(path: &str, text: &str) -> Vec<String> {
    if path == "Cargo.lock" {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for folder in MACHINE_FOLDERS {
            // Only at the root of a file system: not a folder of the project, not a web address.
            let starts = line.match_indices(&format!("/{folder}/")).any(|(at, _)| {
                let before = line.get(..at).and_then(|before| before.chars().next_back());
                !before.is_some_and(|c| c.is_alphanumeric() || "._-~}*/>".contains(c))
            });
            if starts {
                found.push(format!("{path}:{}: a path of one machine, /{folder}/", index + 1));
            }
        }
        for host in REGISTRY_HOSTS {
            let host = host.join(".");
            if line.contains(&host) {
                found.push(format!("{path}:{}: a registry's host, {host}", index + 1));
            }
        }
    }
    found
}

// ---- the tree ------------------------------------------------------------------------------------------------------

#[test]
fn arrows_point_down() {
    hold(arrows, ".rs");
}

#[test]
fn libraries_stay_in_their_rooms() {
    hold(libraries_at_home, ".rs");
}

#[test]
fn sql_stays_in_the_ledger() {
    hold(sql, ".rs");
}

#[test]
fn files_say_what_they_are_and_are_short() {
    hold(opening_and_length, ".rs");
}

#[test]
fn nothing_is_unfinished() {
    hold(unfinished, ".rs");
}

#[test]
fn only_the_command_line_prints() {
    hold(printing, ".rs");
}

#[test]
fn money_is_never_a_float() {
    hold(floats, ".rs");
}

#[test]
fn deciding_rooms_have_no_clock() {
    hold(clocks, ".rs");
}

#[test]
fn no_release_can_be_stopped_from_outside() {
    hold(points_stay_out_of_a_release, ".rs");
}

#[test]
fn no_machine_is_named() {
    hold(machine_names, "");
}

// ---- each rule can fail --------------------------------------------------------------------------------------------

#[test]
fn a_forbidden_arrow_is_seen() {
    let check = |path, text, complaints| check(arrows, path, text, complaints);
    check("src/domain/sale.rs", "use crate::flow::State;", 1);
    check("src/domain/sale.rs", "use super::money::Money;", 0);
    check("src/domain/mod.rs", "use super::flow::State;", 1);
    check("src/domain/sale.rs", "use super::super::flow::State;", 1);
    check("src/domain/sale.rs", "mod tests { use super::super::money::Money; use super::*; }", 0);
    check("src/domain/sale.rs", "mod tests { use super::super::super::flow::State; }", 1);
    check("src/domain/sale.rs", "fn f() -> u8 { crate::ledger::open() }", 1);
    check("src/domain/sale.rs", "macro_rules! m { () => { $crate::flow::State } }", 1);
    check("src/domain/sale.rs", "pub(crate) fn f(&self) { self.x(); self::g() }", 0);
    check("src/flow/step.rs", "use crate::{domain::Money, gateway::{self, wire::Request}, ledger};", 3);
    check("src/flow/step.rs", "use crate::{domain::{Money, Sale}};", 0);
    check("src/flow/step.rs", "use crate::*;", 1);
    check("src/flow/step.rs", "use tillback::ui::App;", 1);
    check("src/flow/step.rs", "// use crate::ui;\n/// [`crate::ui::App`]\nconst A: &str = \"crate::ui::App\";", 0);
    check("src/terminal/mod.rs", "use crate::ui::App;", 1);
    check("src/terminal/mod.rs", "use crate::{ledger::Ledger, gateway::Client, scan::camera::Camera};", 0);
    check("src/config.rs", "use crate::vault::Vault;", 1);
    check("src/cli.rs", "use crate::{ui, sandbox, ledger};", 0);
    check("src/printer.rs", "", 1);
    check("tests/refund.rs", "use tillback::{ledger, ui};", 0);
}

#[test]
fn an_exception_covers_what_it_names_and_no_more() {
    let check = |path, text, complaints| check(arrows, path, text, complaints);
    check("src/gateway/client.rs", "use crate::ledger::Recorded;", 0);
    check("src/gateway/client.rs", "use crate::ledger::{Recorded, Ledger};", 1);
    check("src/gateway/client.rs", "use crate::ledger;", 1);
    check("src/gateway/client.rs", "use crate::ledger::*;", 1);
    check("src/sandbox/mod.rs", "use crate::gateway::{sign, wire::RefundRequest};", 0);
    check("src/sandbox/mod.rs", "use crate::gateway::client::Client;", 1);
    check("src/gateway/client.rs", "use crate::sandbox::Sandbox; mod tests { use crate::sandbox::Sandbox; }", 1);
    check("src/gateway/client_tests.rs", "use crate::sandbox::Sandbox;\nuse crate::ui::App;", 1);
    check("src/ui/app.rs", "use crate::scan::wedge::Wedge;", 0);
    check("src/ui/app.rs", "use crate::scan::camera::Camera;", 1);
    check("src/ui/app.rs", "use crate::ledger::Ledger;", 1);
}

#[test]
fn a_library_out_of_its_room_is_seen() {
    check(libraries_at_home, "src/terminal/mod.rs", "use rusqlite::Connection;", 1);
    check(libraries_at_home, "src/terminal/mod.rs", "fn f() { fluent_bundle::f(); reqwest::g() }", 2);
    check(libraries_at_home, "src/ledger/mod.rs", "use rusqlite::Connection;", 0);
    check(libraries_at_home, "src/ui/i18n.rs", "use fluent_bundle::FluentBundle; use unic_langid::langid;", 0);
    check(libraries_at_home, "src/domain/sale.rs", "// rusqlite\nconst A: &str = \"rusqlite\";", 0);
}

#[test]
fn sql_out_of_its_room_is_seen() {
    check(sql, "src/terminal/mod.rs", r#"const A: &str = "SELECT id FROM sale";"#, 1);
    check(sql, "src/cli.rs", "const A: &str = r\"\n  UPDATE sale\n  SET paid = 1\";", 1);
    check(sql, "src/cli.rs", r#"const A: &str = "DELETE FROM sale";"#, 1);
    check(sql, "src/ledger/sales.rs", r#"const A: &str = "SELECT id FROM sale";"#, 0);
    check(sql, "tests/ledger.rs", r#"const A: &str = "SELECT id FROM sale";"#, 0);
    check(sql, "src/ui/sale.rs", "/// SELECT id\nconst A: &str = \"Select the items\"; // UPDATE sale", 0);
    check(sql, "src/ui/sale.rs", r#"const A: &str = "UPDATED just now";"#, 0);
}

#[test]
fn a_long_or_silent_file_is_seen() {
    check(opening_and_length, "src/domain/sale.rs", "use std::fmt;\n//! Late.", 1);
    check(opening_and_length, "src/domain/sale.rs", "//! Short.\n", 0);
    check(opening_and_length, "src/flow/tests.rs", "use super::*;", 0);
    check(opening_and_length, "tests/flow/tests.rs", "use super::*;", 1);
    check(opening_and_length, "src/domain/sale.rs", &format!("//! Long.{}", "\n".repeat(MAX_LINES)), 0);
    check(opening_and_length, "src/domain/sale.rs", &format!("//! Long.{}x", "\n".repeat(MAX_LINES)), 1);
}

#[test]
fn what_is_unfinished_is_seen() {
    check(unfinished, "src/cli.rs", concat!("fn f() { to", "do!() }"), 1);
    check(unfinished, "src/cli.rs", concat!("fn f() { std::unimple", "mented!(\"later\"); dbg!(1); }"), 2);
    check(unfinished, "tests/a.rs", concat!("#[test] #[ig", "nore = \"slow\"] fn f() {}"), 1);
    check(unfinished, "src/cli.rs", "fn f() { let ignore = todo; } // dbg!(1)", 0);
}

#[test]
fn printing_from_a_room_is_seen() {
    check(printing, "src/ledger/mod.rs", "fn f() { println!(\"x\"); eprint!(\"y\") }", 2);
    check(printing, "src/ledger/mod.rs", "mod tests { fn f() { println!(\"x\") } }", 0);
    check(printing, "src/flow/tests.rs", "fn f() { println!(\"x\") }", 0);
    check(printing, "src/cli.rs", "fn f() { println!(\"x\") }", 0);
    check(printing, "src/domain/sale.rs", "/// `println!(\"x\")`\nfn f() { write!(f, \"x\") }", 0);
}

#[test]
fn a_float_near_money_is_seen() {
    check(floats, "src/domain/money.rs", "fn f(x: f64) -> u8 { x as u8 }", 1);
    check(floats, "src/ledger/sales.rs", "const A: i64 = 1.5; const B: i64 = 2e3; const C: i64 = 1_f32;", 3);
    check(floats, "src/gateway/wire.rs", "type A = f32;", 1);
    check(floats, "src/domain/money.rs", "const A: u32 = 0xE1; const B: usize = 1usize; let c = pair.0 + pair.0.1;", 0);
    check(floats, "src/scan/symbol/bars.rs", "const A: f32 = 1.5;", 0);
}

#[test]
fn a_clock_is_seen() {
    check(clocks, "src/flow/step.rs", "fn f() { let t = jiff::Timestamp::now(); }", 1);
    check(clocks, "src/domain/time.rs", "use std::time::Instant;", 1);
    check(clocks, "src/domain/time.rs", "fn f(now: Timestamp) { later(now) }", 0);
    check(clocks, "src/terminal/mod.rs", "use std::time::Instant;", 0);
}

#[test]
fn a_point_in_a_release_is_seen() {
    let check = |path, text, complaints| check(points_stay_out_of_a_release, path, text, complaints);
    check(
        "src/failpoint.rs",
        "#[cfg(debug_assertions)]\nmod armed {}\n#[cfg(debug_assertions)]\npub use armed::pass;",
        0,
    );
    check("src/failpoint.rs", "mod armed {}\n\npub use armed::pass;", 2);
    check("src/gateway/mod.rs", "mod client;\nmod halves;", 1);
    check("src/gateway/mod.rs", "mod client;\n#[cfg(debug_assertions)]\nmod halves;", 0);
    check("src/ledger/refunds.rs", "use crate::failpoint::failpoint;", 0);
    check("src/ledger/refunds.rs", "use crate::failpoint::pass;\nfn f() { crate::failpoint::pass(x) }", 2);
    check("src/ledger/refunds.rs", "use crate::{domain::Money, failpoint};", 1);
    check("tests/crash.rs", "use tillback::failpoint::Point;", 0);
}

#[test]
fn a_machines_name_is_seen() {
    for folder in MACHINE_FOLDERS {
        check(machine_names, "README.md", &format!("see /{folder}/me/x\nand \"/{folder}/me\""), 2);
        check(machine_names, "README.md", &format!("src/{folder}/x, https://example.com/{folder}/x, a/{folder}"), 0);
    }
    for host in REGISTRY_HOSTS {
        check(machine_names, "docs/x.md", &format!("https://{}/x", host.join(".")), 1);
        check(machine_names, "Cargo.lock", &format!("https://{}/x", host.join(".")), 0);
    }
}
