//! Every picture there is: each screen in every language, look and size, and how they are drawn, some at a time.

pub mod record;
pub mod sheets;

use std::sync::Mutex;

use image::RgbImage;
use tillback::domain::{Language, ThemeChoice};
use tillback::ui::{self, Appearance};

use crate::ui_support::outside::{self, Page};
use crate::ui_support::window::Window;
use crate::ui_support::{World, digest, scenes};

/// Parts of a picture's name, to make or check fewer: `1024x768 light en sale` is one name.
const ONLY: &str = "TILLBACK_GALLERY_ONLY";
/// How many windows are drawn side by side; two without it.
const THREADS: &str = "TILLBACK_GALLERY_THREADS";

pub const LOOKS: [ThemeChoice; 3] = [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast];
/// Width and height of the window in pixels; a large window shows everything larger (`grow_with_window`), the largest 2.8 times.
pub const SIZES: [(u16, u16); 4] = [(800, 600), (1024, 768), (1920, 1080), (3840, 2160)];
pub const LANGUAGES: [Language; 7] = [
    Language::English,
    Language::Spanish,
    Language::French,
    Language::ChineseSimplified,
    Language::ChineseTraditional,
    Language::Korean,
    Language::Pseudo,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    /// Which of the sizes, of the looks and of the languages.
    pub size: usize,
    pub look: usize,
    pub language: usize,
}

impl Way {
    pub fn name(self, screen: &str) -> String {
        let (width, height) = SIZES[self.size];
        format!("{width}x{height} {} {} {screen}", LOOKS[self.look].as_str(), LANGUAGES[self.language].tag())
    }

    fn appearance(self) -> Appearance {
        Appearance { language: Some(LANGUAGES[self.language]), theme: LOOKS[self.look] }
    }
}

/// Every way in which a screen is seen.
pub fn ways() -> impl Iterator<Item = Way> {
    let of_a_look = |size, look| (0..LANGUAGES.len()).map(move |language| Way { size, look, language });
    (0..SIZES.len()).flat_map(move |size| (0..LOOKS.len()).flat_map(move |look| of_a_look(size, look)))
}

/// The names of all screens.
pub fn screens() -> Vec<String> {
    let mut names: Vec<String> = scenes::all_of_them().iter().map(|scene| scene.name.to_owned()).collect();
    names.extend(outside::all().into_iter().map(|outside| outside.name));
    names
}

/// What somebody asked for alone.
pub enum Asked {
    All,
    /// Those that the tests look at.
    Slice,
    /// Those whose name has one of these parts.
    Parts(Vec<String>),
}

impl Asked {
    pub fn read() -> Self {
        match std::env::var(ONLY) {
            Err(_) => Self::All,
            Ok(only) if only == "slice" => Self::Slice,
            Ok(only) => {
                Self::Parts(only.split(';').filter(|part| !part.trim().is_empty()).map(str::to_owned).collect())
            }
        }
    }

    pub fn has(&self, screen: &str, way: Way) -> bool {
        match self {
            Self::All => true,
            Self::Slice => in_slice(screen, way),
            Self::Parts(parts) => {
                let name = way.name(screen);
                parts.iter().any(|part| name.contains(part.as_str()))
            }
        }
    }
}

/// The slice of the tests: as most people see it, and one other way of each screen, told by its name: a new screen changes
/// no other's.
pub fn in_slice(screen: &str, way: Way) -> bool {
    let common = Way { size: 1, look: 0, language: 0 };
    let of_name = |parts: usize, salt: &str| digest::number_of(&format!("{salt} {screen}")) % parts;
    let other = Way {
        size: of_name(SIZES.len(), "size"),
        look: of_name(LOOKS.len(), "look"),
        language: of_name(LANGUAGES.len(), "language"),
    };
    way == common || way == other
}

/// What stands in a window, to be looked at.
pub enum Seen<'a> {
    Till(&'a Window),
    Page(&'a Page),
}

impl Seen<'_> {
    pub fn picture(&self) -> RgbImage {
        match self {
            Self::Till(window) => window.picture(),
            Self::Page(page) => page.picture(),
        }
    }

    /// A picture of a window of another size, or drawn at another scale, is not the one that was asked for.
    fn fills(&self, points: (f32, f32), zoom: f32) {
        let context = match self {
            Self::Till(window) => &window.harness.ctx,
            Self::Page(page) => &page.harness.ctx,
        };
        let (size, scale) = (context.content_rect().size(), context.pixels_per_point());
        assert!((size - egui::Vec2::from(points)).length() < 0.5 && (scale - zoom).abs() < 0.01, "{size:?} at {scale}");
    }

    pub fn digest(&self) -> String {
        match self {
            Self::Till(window) => digest::of(&window.harness),
            Self::Page(page) => digest::of(&page.harness),
        }
    }
}

/// A window of a size in a language: it opens once, which costs the reading of its fonts, and shows one screen after another.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    size: usize,
    language: usize,
}

impl Room {
    /// Shows every screen in each look that is wanted of it, and hands each over.
    pub fn show(self, wants: impl Fn(&str, Way) -> bool, mut take: impl FnMut(&str, Way, &Seen<'_>)) {
        let (width, height) = (f32::from(SIZES[self.size].0), f32::from(SIZES[self.size].1));
        let (zoom, fonts) = (ui::zoom_of((width, height).into()), LANGUAGES[self.language]);
        let points = (width / zoom, height / zoom);
        let wanted = |screen: &str| {
            let ways = (0..LOOKS.len()).map(|look| Way { size: self.size, look, language: self.language });
            ways.filter(|way| wants(screen, *way)).collect::<Vec<Way>>()
        };
        let (mut till, mut page): (Option<Window>, Option<Page>) = (None, None);
        for scene in scenes::all() {
            let (name, looks) = (scene.name, wanted(scene.name));
            if looks.is_empty() {
                continue;
            }
            let window = till
                .get_or_insert_with(|| Window::dressed(World::default(), (width / zoom, height / zoom), fonts, |_| ()));
            let sheet = scene.taps.contains(&"F1");
            // A harness taps where things are in points.
            window.grow(1.0, points);
            scene.show_in(window);
            window.grow(zoom, points);
            for way in looks {
                window.appear_anew(way.appearance(), sheet);
                let seen = Seen::Till(window);
                seen.fills(points, zoom);
                take(name, way, &seen);
            }
        }
        for outside in &outside::all() {
            for way in wanted(&outside.name) {
                let page = page.get_or_insert_with(|| Page::of_size((width, height), zoom, fonts));
                page.show(outside, way.appearance());
                let seen = Seen::Page(page);
                seen.fills(points, zoom);
                take(&outside.name, way, &seen);
            }
        }
    }
}

/// Does that in every room, in some side by side; the largest first, which take longest.
pub fn in_each_room(act: impl Fn(Room) + Sync) {
    let sizes = (0..SIZES.len()).flat_map(|size| (0..LANGUAGES.len()).map(move |language| Room { size, language }));
    let rooms: Mutex<Vec<Room>> = Mutex::new(sizes.collect());
    let next = || rooms.lock().unwrap().pop();
    let threads = std::env::var(THREADS).map_or(2, |threads| threads.parse().unwrap());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(room) = next() {
                    act(room);
                }
            });
        }
    });
}

/// The digests of all that is wanted.
pub fn digests(wants: impl Fn(&str, Way) -> bool + Sync) -> Vec<(String, Way, String)> {
    let all = Mutex::new(vec![]);
    in_each_room(|room| {
        room.show(&wants, |screen, way, seen| {
            let digest = seen.digest();
            all.lock().unwrap().push((screen.to_owned(), way, digest));
        });
    });
    all.into_inner().unwrap()
}
