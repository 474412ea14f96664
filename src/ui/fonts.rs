//! The fonts of the window, and which of them comes first in a language.
//!
//! **The words of the window never show a box**: what they are written with is part of the program, and a test looks for
//! every character of every language. Names may be written with anything: what the program does not hold is looked for
//! among the system's fonts, and only then (eframe's `system_fonts`). **A language is no reason to wait**: a font is a
//! reference into the program, and is looked into when its first letter is drawn.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use super::theme::{self, Look};
use crate::domain::Language;

/// A face by the name it goes by here, and its file.
macro_rules! face {
    ($name:literal, $file:literal) => {
        ($name, include_bytes!(concat!("../../assets/fonts/", $file)) as &[u8])
    };
}

/// Every face (`assets/fonts/README.md` says where each comes from).
const FACES: [(&str, &[u8]); 10] = [
    face!("inter", "Inter-Regular.ttf"),
    face!("inter-strong", "Inter-SemiBold.ttf"),
    face!("inter-display", "InterDisplay-SemiBold.ttf"),
    face!("mono", "JetBrainsMono-Regular.ttf"),
    face!("sc", "NotoSansSC-Regular.otf"),
    face!("sc-strong", "NotoSansSC-Bold.otf"),
    face!("tc", "NotoSansTC-Regular.otf"),
    face!("tc-strong", "NotoSansTC-Bold.otf"),
    face!("kr", "NotoSansKR-Regular.otf"),
    face!("kr-strong", "NotoSansKR-Bold.otf"),
];

/// Which of the three comes first: the same character is drawn in three ways.
const fn script_order(language: Language) -> [(&'static str, &'static str); 3] {
    const SC: (&str, &str) = ("sc", "sc-strong");
    const TC: (&str, &str) = ("tc", "tc-strong");
    const KR: (&str, &str) = ("kr", "kr-strong");
    match language {
        Language::ChineseTraditional => [TC, SC, KR],
        Language::Korean => [KR, TC, SC],
        Language::ChineseSimplified | Language::English | Language::Spanish | Language::French | Language::Pseudo => {
            [SC, TC, KR]
        }
    }
}

/// The fonts of the scripts that Inter has not, the language's own first: for paper.
pub fn scripts(language: Language) -> Vec<&'static [u8]> {
    let order = script_order(language);
    let faces = order.iter().filter_map(|(plain, _)| FACES.iter().find(|(name, _)| name == plain));
    faces.map(|(_, bytes)| *bytes).collect()
}

/// The fonts of the window. Inter's digits are its tabular ones (`assets/fonts/README.md`).
pub fn definitions(language: Language) -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FACES {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let order = script_order(language);
    let plain = order.map(|(plain, _)| plain);
    let strong = order.map(|(_, strong)| strong);
    let families: [(FontFamily, &[&str], bool); 4] = [
        (FontFamily::Proportional, &["inter", "mono"], false),
        (FontFamily::Monospace, &["mono", "inter"], false),
        (FontFamily::Name("strong".into()), &["inter-strong", "inter"], true),
        (FontFamily::Name("display".into()), &["inter-display", "inter"], true),
    ];
    for (family, latin, is_strong) in families {
        let heavy = strong.iter().filter(|_| is_strong);
        let names = latin.iter().chain(heavy).chain(&plain).map(|name| (*name).to_owned()).collect();
        fonts.families.insert(family, names);
    }
    fonts
}

/// Whether two languages are drawn with the same fonts, and nothing has to be drawn anew between them.
pub fn are_alike(one: Language, other: Language) -> bool {
    script_order(one) == script_order(other)
}

/// The picture that all letters are drawn into is at most this wide, in pixels.
const MOST_WIDE_LETTERS: usize = 2048;

/// Keeps the letters' picture narrow. egui makes it as wide as the graphics chip can, 16,384 pixels and more, and doubles
/// its height when a letter has no room: one sale's letters then took 25 MB of the program and of its OpenGL.
struct NarrowLetters;

impl egui::Plugin for NarrowLetters {
    fn debug_name(&self) -> &'static str {
        "narrow letters"
    }

    // Of every window, the customer's too: with another width in each the letters would be drawn anew all the time.
    fn input_hook(&mut self, _context: &egui::Context, input: &mut egui::RawInput) {
        input.max_texture_side = input.max_texture_side.map(|side| side.min(MOST_WIDE_LETTERS));
    }
}

/// Gives the window the fonts of a language.
pub fn speak(context: &egui::Context, language: Language) {
    context.set_fonts(definitions(language));
}

/// Dresses a window: its look, and the fonts of a language.
pub fn dress(context: &egui::Context, look: Look, language: Language) {
    context.add_plugin(NarrowLetters);
    speak(context, language);
    theme::wear(context, look);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::i18n::{own_name, sources};

    /// Characters of the text that one of the families has no glyph for.
    fn boxes(fonts: &mut egui::epaint::text::Fonts, text: &str) -> Vec<char> {
        let families = [theme::plain(18.0), theme::strong(18.0), theme::display(32.0), theme::mono(18.0)];
        let mut missing: Vec<char> = text
            .chars()
            .filter(|char| !char.is_control())
            .filter(|char| families.iter().any(|family| !fonts.has_glyph(family, *char)))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    fn fonts(language: Language) -> egui::epaint::text::Fonts {
        egui::epaint::text::Fonts::new(egui::epaint::TextOptions::default(), definitions(language))
    }

    #[test]
    fn every_character_of_every_language_has_a_glyph() {
        for language in Language::ALL.into_iter().chain([Language::Pseudo]) {
            let mut fonts = fonts(language);
            for source in sources(language) {
                let missing = boxes(&mut fonts, source);
                assert!(missing.is_empty(), "{language:?}: run scripts/cjk-fonts.py, {missing:?} would be boxes");
            }
            for each in Language::ALL {
                assert!(boxes(&mut fonts, own_name(each)).is_empty(), "{each:?} in {language:?}");
            }
        }
    }

    /// A character that only another language's face has is drawn, in that language's form and often too thin.
    #[test]
    fn each_language_has_its_own_words_in_its_own_faces() {
        for language in [Language::ChineseSimplified, Language::ChineseTraditional, Language::Korean] {
            let own = script_order(language)[0];
            for face in [own.0, own.1] {
                let mut only = definitions(language);
                let names: Vec<String> = ["inter", "mono", face].map(str::to_owned).to_vec();
                only.families.values_mut().for_each(|family| family.clone_from(&names));
                let mut fonts = egui::epaint::text::Fonts::new(egui::epaint::TextOptions::default(), only);
                for source in sources(language) {
                    let missing = boxes(&mut fonts, source);
                    assert!(missing.is_empty(), "{language:?}: run scripts/cjk-fonts.py, {face} lacks {missing:?}");
                }
            }
        }
    }

    #[test]
    fn the_letters_picture_stays_narrow_whatever_the_chip_can() {
        let context = egui::Context::default();
        dress(&context, Look::default(), Language::English);
        for id in [egui::ViewportId::ROOT, egui::ViewportId::from_hash_of("customer")] {
            let mut input = egui::RawInput { max_texture_side: Some(16_384), viewport_id: id, ..Default::default() };
            input.viewports.insert(id, egui::ViewportInfo::default());
            context.run_ui(input, |ui| drop(ui.label("A sale"))).textures_delta.clear();
            assert_eq!(context.fonts(|fonts| fonts.font_image_size()[0]), MOST_WIDE_LETTERS, "{id:?}");
        }
    }

    #[test]
    fn names_are_drawn_that_are_written_in_another_script_than_the_language() {
        let mut fonts = fonts(Language::English);
        for name in ["王小明", "陳美玲", "김철수", "José Núñez", "Łukasz Żak", "Ñandú"] {
            assert!(boxes(&mut fonts, name).is_empty(), "{name}");
        }
        // What nothing here holds is the system's to draw.
        assert!(!boxes(&mut fonts, "Ω").is_empty() || !boxes(&mut fonts, "ع").is_empty());
    }

    #[test]
    fn each_language_draws_its_own_form_of_a_character() {
        let first = |language| script_order(language)[0].0;
        assert_eq!(first(Language::ChineseSimplified), "sc");
        assert_eq!(first(Language::ChineseTraditional), "tc");
        assert_eq!(first(Language::Korean), "kr");
    }
}
