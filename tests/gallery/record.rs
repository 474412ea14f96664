//! `reviewed.txt`: a digest of each picture as it was when somebody last said that it is right; a line for each screen and
//! language.
//!
//! **A picture without a digest is told as new, and nobody's word for one picture stands for another.**

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::{LANGUAGES, LOOKS, SIZES, Way};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gallery/reviewed.txt");
const WAYS: usize = SIZES.len() * LOOKS.len();
const NONE: &str = "-";

/// The digests of a screen in one language: each size's looks beside each other; `-` where there is none.
type Digests = [String; WAYS];

/// What was reviewed: by screen, then by language.
#[derive(Default)]
pub struct Record {
    pub fonts: String,
    lines: BTreeMap<(String, usize), Digests>,
}

/// Where a way's digest stands in its line.
fn place(way: Way) -> usize {
    way.size * LOOKS.len() + way.look
}

impl Record {
    pub fn read() -> Self {
        Self::parse(&std::fs::read_to_string(FILE).unwrap())
    }

    pub fn parse(text: &str) -> Self {
        let mut record = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(fonts) = line.strip_prefix("fonts ") {
                record.fonts = fonts.to_owned();
                continue;
            }
            let parts: Vec<&str> = line.split(" | ").collect();
            let [screen, language, sizes @ ..] = parts.as_slice() else { continue };
            let Some(language) = LANGUAGES.iter().position(|one| one.tag() == *language) else { continue };
            let digests: Vec<String> = sizes.iter().flat_map(|size| size.split(' ')).map(str::to_owned).collect();
            let Ok(digests) = digests.try_into() else { continue };
            record.lines.insert(((*screen).to_owned(), language), digests);
        }
        record
    }

    pub fn of(&self, screen: &str, way: Way) -> Option<&str> {
        let digests = self.lines.get(&(screen.to_owned(), way.language))?;
        Some(digests[place(way)].as_str()).filter(|digest| *digest != NONE)
    }

    pub fn put(&mut self, screen: &str, way: Way, digest: String) {
        let nothing = || std::array::from_fn(|_| NONE.to_owned());
        self.lines.entry((screen.to_owned(), way.language)).or_insert_with(nothing)[place(way)] = digest;
    }

    /// Forgets screens that there are no more.
    pub fn keep(&mut self, screens: &[String]) {
        self.lines.retain(|(screen, _), _| screens.contains(screen));
    }

    pub fn screens(&self) -> impl Iterator<Item = &str> {
        self.lines.keys().map(|(screen, _)| screen.as_str())
    }

    pub fn text(&self) -> String {
        let looks = LOOKS.map(|look| look.as_str()).join(", ");
        let sizes = SIZES.map(|(width, height)| format!("{width}x{height}")).join(" | ");
        let mut text = format!(
            "# Every picture that was reviewed: its screen | its language | {sizes},\n# and of each size a digest for {looks}. \
             Written by ./scripts/gallery --accept;\n# tests/ui_support/digest.rs says what a digest is of. Where two branches \
             changed it: either's, and --accept.\nfonts {}\n",
            self.fonts
        );
        for ((screen, language), digests) in &self.lines {
            let sizes: Vec<String> = digests.chunks(LOOKS.len()).map(|looks| looks.join(" ")).collect();
            writeln!(text, "{screen} | {} | {}", LANGUAGES[*language].tag(), sizes.join(" | ")).unwrap();
        }
        text
    }

    pub fn write(&self) {
        std::fs::create_dir_all(Path::new(FILE).parent().unwrap()).unwrap();
        std::fs::write(FILE, self.text()).unwrap();
    }
}
