//! Pictures of every screen in every language, look and size, and what has become of them since they were reviewed:
//! `./scripts/gallery` asks for them.
//!
//! `tests/gallery/reviewed.txt` has a digest of each. **A picture that changed is named until somebody has looked at it and
//! said so** (`./scripts/gallery --accept`). Of all of them, a test looks at each screen twice: as most people see it, and in
//! one other language, look and size.

#![cfg(test)] // clippy: a test throughout, helpers too

mod gallery;
mod ui_support;

use std::path::PathBuf;

use gallery::record::Record;
use gallery::{Asked, LANGUAGES, LOOKS, SIZES, Way, digests, in_slice, screens, sheets, ways};
use ui_support::window::Window;
use ui_support::{World, digest};

/// `check`, `accept`, `pictures`, `sheets` or `book`; `./scripts/gallery` sets it. Without it, the slice is checked.
const WHAT: &str = "TILLBACK_GALLERY";
/// The folder to put pictures into.
const FOLDER: &str = "TILLBACK_GALLERY_FOLDER";

/// The pictures that are not as they were reviewed, by their names.
fn changed(asked: &Asked) -> (usize, Vec<String>) {
    let record = Record::read();
    let mut changed = vec![];
    if record.fonts != digest::fonts() {
        changed.push("the fonts".to_owned());
    }
    let all = digests(|screen, way| asked.has(screen, way));
    for (screen, way, now) in &all {
        match record.of(screen, *way) {
            Some(digest) if digest == now => {}
            Some(_) => changed.push(way.name(screen)),
            None => changed.push(format!("{} (new)", way.name(screen))),
        }
    }
    changed.sort();
    (all.len(), changed)
}

/// Writes down what was asked for, and nothing else of what is there; with the slice also what was never written down, so
/// that a new screen is whole.
fn accept(asked: &Asked) {
    let mut record = Record::read();
    record.keep(&screens());
    let missing = |screen: &str, way: Way| matches!(asked, Asked::Slice) && record.of(screen, way).is_none();
    let all = digests(|screen, way| asked.has(screen, way) || missing(screen, way));
    let looked = all.len();
    // Whoever looked at some names alone has not looked at what other fonts make of the rest.
    if !matches!(asked, Asked::Parts(_)) {
        record.fonts = digest::fonts();
    }
    for (screen, way, digest) in all {
        record.put(&screen, way, digest);
    }
    record.write();
    println!("{looked} pictures are as reviewed.");
}

#[test]
fn pictures_are_as_they_were_reviewed() {
    let folder = || PathBuf::from(std::env::var_os(FOLDER).expect("a folder to put pictures into"));
    let asked = Asked::read();
    let (looked, changed) = match std::env::var(WHAT).as_deref() {
        Ok("accept") => return accept(&asked),
        Ok("pictures") => return sheets::pictures(&asked, &folder()),
        Ok("sheets") => return sheets::sheets(&asked, &folder()),
        Ok("book") => return sheets::book(&folder()),
        Ok("check") => changed(&asked),
        _ => changed(&Asked::Slice),
    };
    println!("{looked} pictures looked at, {} changed", changed.len());
    assert!(looked > 0);
    assert!(
        changed.is_empty(),
        "{} of {looked} pictures are not as they were reviewed: look at them (./scripts/gallery --pictures FOLDER), then \
         ./scripts/gallery --accept\n{}",
        changed.len(),
        changed.join("\n")
    );
}

#[test]
fn every_picture_is_written_down() {
    let (record, screens) = (Record::read(), screens());
    let missing: Vec<String> = screens
        .iter()
        .flat_map(|screen| ways().map(move |way| (screen, way)))
        .filter(|(screen, way)| record.of(screen, *way).is_none())
        .map(|(screen, way)| way.name(screen))
        .collect();
    assert!(missing.is_empty(), "ONLY=slice ./scripts/gallery --accept writes them down\n{}", missing.join("\n"));
    let gone: Vec<&str> = record.screens().filter(|screen| !screens.iter().any(|one| one == screen)).collect();
    assert!(gone.is_empty(), "screens that there are no more: {gone:?}");
    assert_eq!(Record::parse(&record.text()).text(), record.text(), "what is written is what is read");
}

#[test]
fn the_slice_comes_to_every_size_look_and_language() {
    let screens = screens();
    let seen = |like: &dyn Fn(Way) -> bool| ways().any(|way| like(way) && screens.iter().any(|one| in_slice(one, way)));
    assert!((0..SIZES.len()).all(|size| seen(&|way| way.size == size)));
    assert!((0..LOOKS.len()).all(|look| seen(&|way| way.look == look)));
    assert!((0..LANGUAGES.len()).all(|language| seen(&|way| way.language == language)));
}

/// The Refund button is blue, and something is written on it in white.
#[test]
fn painting_shows_something() {
    let mut window = Window::of_size(World::default(), 800.0, 600.0);
    window.settle();
    let picture = window.picture();
    let count = |color: [u8; 3]| picture.pixels().filter(|pixel| pixel.0 == color).count();
    let all = (picture.width() * picture.height()) as usize;
    assert_eq!((picture.width(), picture.height()), (800, 600));
    assert!(count([0x1B, 0x4B, 0x8F]) > all / 2, "the button fills most of the window");
    assert!(count([0xFF, 0xFF, 0xFF]) > all / 20, "white letters, bar and strip");
}
