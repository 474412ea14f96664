//! The planted bugs (`src/planted.rs`) stay out of every normal build, and `tests/planted.list` says of each what it
//! breaks and what finds it. `./scripts/prove --planted` plants them one after another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = include_str!("planted.list");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of Rust below a folder.
fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&entry).expect("a file");
            found.push((entry, text));
        }
    }
}

/// The bugs planted in a text, by name.
fn planted_in(text: &str) -> Vec<String> {
    let uses = text.split("planted!(").skip(1);
    uses.map(|rest| rest.trim_start_matches('"').split('"').next().unwrap_or_default().to_owned()).collect()
}

fn rows() -> Vec<[&'static str; 4]> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>().try_into().expect("four columns")).collect()
}

#[test]
fn each_planted_bug_stands_in_the_list_once_and_each_promise_has_one() {
    let mut files = vec![];
    sources(&root().join("src"), &mut files);
    let mut planted: BTreeMap<String, usize> = BTreeMap::new();
    for (path, text) in &files {
        if !path.ends_with("planted.rs") {
            planted_in(text).into_iter().for_each(|bug| *planted.entry(bug).or_default() += 1);
            assert!(!text.contains("\"planted\""), "{}: only planted! may ask for a bug", path.display());
        }
    }
    let rows = rows();
    let mut listed: Vec<&str> = rows.iter().map(|row| row[1]).collect();
    listed.sort_unstable();
    assert_eq!(planted.keys().map(String::as_str).collect::<Vec<_>>(), listed, "what is planted is what is listed");
    assert!(planted.values().all(|uses| *uses == 1), "a plant is one line: {planted:?}");
    for promise in 1..=10 {
        assert!(rows.iter().any(|row| row[0] == format!("I{promise}")), "no bug breaks I{promise}");
    }
    for [_, bug, finder, what] in &rows {
        let named = match finder.split(' ').collect::<Vec<_>>()[..] {
            ["simulation"] => true,
            ["lib", filter] => !filter.is_empty(),
            ["test", target, ..] => root().join(format!("tests/{target}.rs")).is_file(),
            _ => false,
        };
        assert!(named && !what.is_empty(), "{bug}: {finder} is no finder");
    }
}

#[test]
fn a_normal_build_has_no_planted_bug() {
    let text = fs::read_to_string(root().join("src/planted.rs")).expect("the file");
    for needed in [
        "#[cfg(all(feature = \"planted\", not(debug_assertions)))]\ncompile_error!(",
        "#[cfg(feature = \"planted\")]\nmacro_rules! planted {",
        "#[cfg(not(feature = \"planted\"))]\nmacro_rules! planted {\n    ($bug:literal) => {\n        false\n    };\n}",
        "#[cfg(feature = \"planted\")]\npub(crate) fn is_chosen(",
    ] {
        assert!(text.contains(needed), "src/planted.rs lacks {needed:?}");
    }
    let cargo: toml::Table = fs::read_to_string(root().join("Cargo.toml")).expect("the file").parse().expect("TOML");
    let features = cargo["features"].as_table().expect("features");
    let enabling: Vec<&String> = features
        .iter()
        .filter(|(_, brings)| {
            brings.as_array().is_some_and(|names| names.iter().any(|n| n.as_str() == Some("planted")))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(enabling.is_empty(), "{enabling:?} would plant bugs unasked");
}

#[test]
fn a_plant_is_seen_where_it_stands() {
    assert_eq!(planted_in("if planted!(\"a-bug\") { x } // planted!(\"b\")"), ["a-bug", "b"]);
    assert!(planted_in("planted(\"no macro\")").is_empty());
}
