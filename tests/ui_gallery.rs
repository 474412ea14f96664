//! Pictures of every screen in every language, look and size, and what has become of them since they were reviewed:
//! `./scripts/gallery` asks for them.
//!
//! `tests/gallery/reviewed.txt` has a digest of each. **A picture that changed is named until somebody has looked at it and
//! said so** (`./scripts/gallery --accept`). Of all of them, a test looks at each screen twice: as most people see it, and in
//! one other language, look and size.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{self, FilterType as Resize};
use image::{ExtendedColorType, ImageEncoder, RgbImage};
use tillback::domain::{Language, ThemeChoice};
use tillback::ui::{self, Appearance};
use ui_support::outside::{self, Page};
use ui_support::scenes;
use ui_support::window::Window;
use ui_support::{World, digest};

/// `check`, `accept`, `pictures` or `sheets`; `./scripts/gallery` sets it. Without it, the slice is checked.
const WHAT: &str = "TILLBACK_GALLERY";
/// The folder to put pictures into.
const FOLDER: &str = "TILLBACK_GALLERY_FOLDER";
/// Parts of a picture's name, to make or check fewer: `1024x768 light en sale` is one name.
const ONLY: &str = "TILLBACK_GALLERY_ONLY";
const REVIEWED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gallery/reviewed.txt");

const LOOKS: [ThemeChoice; 3] = [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast];
/// Width and height of the window in pixels; a large window shows everything larger (`grow_with_window`), the largest 2.8 times.
const SIZES: [(u16, u16); 4] = [(800, 600), (1024, 768), (1920, 1080), (3840, 2160)];
const ALL_SIZES: [usize; 4] = [0, 1, 2, 3];
/// In the order of the digests in a line; those with the same fonts stand together.
const LANGUAGES: [Language; 7] = [
    Language::English,
    Language::Spanish,
    Language::French,
    Language::ChineseSimplified,
    Language::Pseudo,
    Language::ChineseTraditional,
    Language::Korean,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// Which of the sizes, of the looks and of the languages.
    size: usize,
    look: usize,
    language: usize,
}

impl Way {
    fn name(self, screen: &str) -> String {
        let language = LANGUAGES[self.language].tag();
        format!("{} {language} {screen}", self.row())
    }

    fn row(self) -> String {
        let (width, height) = SIZES[self.size];
        format!("{width}x{height} {}", LOOKS[self.look].as_str())
    }

    fn appearance(self) -> Appearance {
        Appearance { language: Some(LANGUAGES[self.language]), theme: LOOKS[self.look] }
    }

    fn size_and_zoom(self) -> ((f32, f32), f32) {
        let size = (f32::from(SIZES[self.size].0), f32::from(SIZES[self.size].1));
        (size, ui::zoom_of(size.into()))
    }
}

/// Every way in which a screen is seen; those of one window beside each other.
fn ways() -> impl Iterator<Item = Way> {
    (0..SIZES.len()).flat_map(|size| {
        (0..LANGUAGES.len()).flat_map(move |language| (0..LOOKS.len()).map(move |look| Way { size, look, language }))
    })
}

fn wanted(name: &str) -> bool {
    std::env::var(ONLY).map_or(true, |only| only.split(';').any(|part| name.contains(part)))
}

/// The digests of all that is wanted, on two threads.
fn digests(wants: impl Fn(&str, Way) -> bool + Sync) -> Vec<(String, Way, String)> {
    let of_sizes = |sizes: [usize; 2]| {
        let mut all = vec![];
        each(&sizes, &wants, |screen, way, seen| all.push((screen.to_owned(), way, seen.digest())));
        all
    };
    std::thread::scope(|scope| {
        let others = scope.spawn(|| of_sizes([0, 2]));
        let mut all = of_sizes([1, 3]);
        all.extend(others.join().unwrap());
        all
    })
}

/// Shows every screen in each way that is wanted of it, and hands each over.
fn each(sizes: &[usize], wants: impl Fn(&str, Way) -> bool, mut take: impl FnMut(&str, Way, &Seen<'_>)) {
    for &size in sizes {
        for (language, fonts) in LANGUAGES.into_iter().enumerate() {
            let (mut till, mut page): (Option<Window>, Option<Page>) = (None, None);
            let ways = || (0..LOOKS.len()).map(|look| Way { size, look, language });
            let any_way = Way { size, look: 0, language };
            let ((width, height), zoom) = any_way.size_and_zoom();
            for scene in scenes::all() {
                let (name, looks) = (scene.name, ways().filter(|way| wants(scene.name, *way)));
                let looks: Vec<Way> = looks.collect();
                if looks.is_empty() {
                    continue;
                }
                let window = till.get_or_insert_with(|| {
                    Window::dressed(World::default(), (width / zoom, height / zoom), fonts, |_| ())
                });
                let sheet = scene.taps.contains(&"F1");
                // A harness taps where things are in points.
                window.harness.set_pixels_per_point(1.0);
                scene.show_in(window);
                window.harness.set_pixels_per_point(zoom);
                for way in looks {
                    window.appear_anew(way.appearance(), sheet);
                    take(name, way, &Seen::Till(window));
                }
            }
            for outside in &outside::all() {
                for way in ways().filter(|way| wants(&outside.name, *way)) {
                    let page = page.get_or_insert_with(|| Page::of_size((width, height), zoom, fonts));
                    page.show(outside, way.appearance());
                    take(&outside.name, way, &Seen::Page(page));
                }
            }
        }
    }
}

enum Seen<'a> {
    Till(&'a Window),
    Page(&'a Page),
}

impl Seen<'_> {
    fn picture(&self) -> RgbImage {
        match self {
            Self::Till(window) => window.picture(),
            Self::Page(page) => page.picture(),
        }
    }

    fn digest(&self) -> String {
        match self {
            Self::Till(window) => digest::of(&window.harness),
            Self::Page(page) => digest::of(&page.harness),
        }
    }
}

/// The digests of a screen in one size and look, a language each; `-` where there is none.
type Digests = [String; LANGUAGES.len()];

/// What was reviewed: by size and look, then by screen.
#[derive(Default)]
struct Reviewed {
    fonts: String,
    rows: BTreeMap<(String, String), Digests>,
}

impl Reviewed {
    fn read() -> Self {
        let mut reviewed = Self::default();
        for line in std::fs::read_to_string(REVIEWED).unwrap_or_default().lines() {
            if let Some(fonts) = line.strip_prefix("fonts ") {
                reviewed.fonts = fonts.to_owned();
            }
            let mut parts = line.split(" | ");
            let (Some(row), Some(screen), Some(digests)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let digests: Vec<String> = digests.split(' ').map(str::to_owned).collect();
            reviewed.rows.insert((row.to_owned(), screen.to_owned()), digests.try_into().unwrap());
        }
        reviewed
    }

    fn of(&self, screen: &str, way: Way) -> Option<&str> {
        self.rows.get(&(way.row(), screen.to_owned())).map(|digests| digests[way.language].as_str())
    }

    fn put(&mut self, screen: &str, way: Way, digest: String) {
        let nothing = || std::array::from_fn(|_| "-".to_owned());
        self.rows.entry((way.row(), screen.to_owned())).or_insert_with(nothing)[way.language] = digest;
    }

    fn write(&self) {
        let tags = LANGUAGES.map(Language::tag).join(" ");
        let mut text = format!(
            "# Every picture that was reviewed: its size and look, its screen, a digest for each of\n# {tags}.\n\
             # Written by ./scripts/gallery --accept; tests/ui_support/digest.rs says what a digest is of.\nfonts {}\n",
            self.fonts
        );
        for ((row, screen), digests) in &self.rows {
            writeln!(text, "{row} | {screen} | {}", digests.join(" ")).unwrap();
        }
        std::fs::create_dir_all(Path::new(REVIEWED).parent().unwrap()).unwrap();
        std::fs::write(REVIEWED, text).unwrap();
    }
}

/// The pictures that are not as they were reviewed, by their names.
fn changed(wants: impl Fn(&str, Way) -> bool + Sync) -> (usize, Vec<String>) {
    let reviewed = Reviewed::read();
    let mut changed = vec![];
    if reviewed.fonts != digest::fonts() {
        changed.push("the fonts".to_owned());
    }
    let all = digests(wants);
    for (screen, way, now) in &all {
        match reviewed.of(screen, *way) {
            Some(digest) if digest == now => {}
            Some(digest) if digest != "-" => changed.push(way.name(screen)),
            _ => changed.push(format!("{} (new)", way.name(screen))),
        }
    }
    (all.len(), changed)
}

fn accept() {
    let mut reviewed = Reviewed::read();
    let mut known: Vec<String> = scenes::all_of_them().iter().map(|scene| scene.name.to_owned()).collect();
    known.extend(outside::all().into_iter().map(|outside| outside.name));
    reviewed.rows.retain(|(_, screen), _| known.contains(screen));
    reviewed.fonts = digest::fonts();
    let all = digests(|screen, way| if is_slice() { in_slice(screen, way) } else { wanted(&way.name(screen)) });
    let looked = all.len();
    for (screen, way, digest) in all {
        reviewed.put(&screen, way, digest);
    }
    reviewed.write();
    println!("{looked} pictures are as reviewed.");
}

fn save(picture: &RgbImage, file: &Path) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    PngEncoder::new_with_quality(out, CompressionType::Fast, FilterType::Adaptive)
        .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    println!("{}", file.display());
}

/// A file's name for each picture of a name.
fn file_of(folder: &Path, name: &str) -> PathBuf {
    let plain: String = name.chars().map(|char| if " ,'".contains(char) { '-' } else { char }).collect();
    folder.join(plain.replace("--", "-") + ".png")
}

fn pictures(folder: &Path) {
    each(
        &ALL_SIZES,
        |screen, way| wanted(&way.name(screen)),
        |screen, way, seen| save(&seen.picture(), &file_of(folder, &way.name(screen))),
    );
}

/// Sixteen screens a sheet, four by four, each 512 wide: every screen in a size, look and language.
fn sheets(folder: &Path) {
    let mut sheets: BTreeMap<(usize, usize, usize), Vec<RgbImage>> = BTreeMap::new();
    let keep = |way: Way| (way.size, way.language, way.look);
    each(
        &ALL_SIZES,
        |screen, way| wanted(&way.name(screen)),
        |_, way, seen| {
            let picture = seen.picture();
            let high = 512 * picture.height() / picture.width();
            let small = imageops::resize(&picture, 512, high, Resize::Triangle);
            sheets.entry(keep(way)).or_default().push(small);
        },
    );
    for ((size, language, look), pictures) in sheets {
        let way = Way { size, look, language };
        for (at, some) in pictures.chunks(16).enumerate() {
            save(&sheet(some), &file_of(folder, &way.name(&format!("{:02}", at + 1))));
        }
    }
}

fn sheet(pictures: &[RgbImage]) -> RgbImage {
    let gap = 8;
    let (width, height) = (pictures[0].width(), pictures[0].height());
    let rows = u32::try_from(pictures.len().div_ceil(4)).unwrap();
    let all = (4 * (width + gap) + gap, rows * (height + gap) + gap);
    let mut sheet = RgbImage::from_pixel(all.0, all.1, image::Rgb([96, 96, 96]));
    for (at, picture) in (0_u32..).zip(pictures) {
        let place = |at: u32, step: u32| i64::from(gap + at * (step + gap));
        imageops::replace(&mut sheet, picture, place(at % 4, width), place(at / 4, height));
    }
    sheet
}

/// `ONLY=slice` stands for those that the tests look at.
fn is_slice() -> bool {
    std::env::var(ONLY).is_ok_and(|only| only == "slice")
}

/// The slice of the tests: as most people see it, and one other way of each screen, told by its name: a new screen changes
/// no other's.
fn in_slice(screen: &str, way: Way) -> bool {
    let common = Way { size: 1, look: 0, language: 0 };
    let of_name = |parts: usize, salt: &str| digest::number_of(&format!("{salt} {screen}")) % parts;
    let other = Way {
        size: of_name(SIZES.len(), "size"),
        look: of_name(LOOKS.len(), "look"),
        language: of_name(LANGUAGES.len(), "language"),
    };
    way == common || way == other
}

#[test]
fn pictures_are_as_they_were_reviewed() {
    let folder = || PathBuf::from(std::env::var_os(FOLDER).expect("a folder to put pictures into"));
    let asked = |screen: &str, way: Way| wanted(&way.name(screen));
    let (looked, changed) = match std::env::var(WHAT).as_deref() {
        Ok("accept") => return accept(),
        Ok("pictures") => return pictures(&folder()),
        Ok("sheets") => return sheets(&folder()),
        Ok("check") => changed(asked),
        _ => changed(in_slice),
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
fn the_slice_comes_to_every_size_look_and_language() {
    let mut screens: Vec<String> = scenes::all_of_them().iter().map(|scene| scene.name.to_owned()).collect();
    screens.extend(outside::all().into_iter().map(|outside| outside.name));
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
