//! Pictures as files, and sheets of many, each with its screen's name below.
//!
//! The book is the sheets that are kept in `docs/gallery`: the chief screens, in few colours so that they stay small.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use egui::{Align2, Color32, FontId, pos2, vec2};
use egui_kittest::Harness;
use image::imageops::{self, FilterType as Resize};
use image::{ExtendedColorType, ImageEncoder, RgbImage};
use tillback::domain::Language;
use tillback::ui::{self, Look};

use super::{Asked, LANGUAGES, LOOKS, Room, SIZES, Way, in_each_room};
use crate::ui_support::paint::Canvas;

const GAP: u32 = 8;
const NAME_HIGH: u32 = 22;
const ACROSS: usize = 4;
/// Of a sheet in the book: more of them make its file larger, and nothing easier to see.
const COLOURS: usize = 96;
/// How far two of them are apart, squared: a card is further from the page (18), and shades of one colour leave room for
/// what is seen in few places, as the red of a refusal.
const APART: u32 = 12 * 12;

/// The chief screens, in the order in which a day comes to them.
const CHIEF: [&str; 20] = [
    "setup, names",
    "locked",
    "ready",
    "scan, picture and hint",
    "sale, ticked",
    "sale, amount typed",
    "approval, several managers",
    "sending",
    "refunded",
    "declined",
    "unknown, asked",
    "refunds",
    "refund, unknown",
    "order, decide",
    "report, a day",
    "settings, printer",
    "settings, people, one of them",
    "settings, about, checked",
    "recovery, 10 Damaged",
    "customer, sale",
];

pub fn save(picture: &RgbImage, file: &Path) {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
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

/// A picture each.
pub fn pictures(asked: &Asked, folder: &Path) {
    in_each_room(|room| {
        room.show(
            |screen, way| asked.has(screen, way),
            |screen, way, seen| save(&seen.picture(), &file_of(folder, &way.name(screen))),
        );
    });
}

type Shown = BTreeMap<Way, Vec<(String, RgbImage)>>;

/// The screens of a room, small.
fn shown(room: Room, wants: impl Fn(&str, Way) -> bool) -> Shown {
    let mut shown = Shown::new();
    room.show(wants, |screen, way, seen| {
        let picture = seen.picture();
        let high = 512 * picture.height() / picture.width();
        let small = imageops::resize(&picture, 512, high, Resize::Triangle);
        shown.entry(way).or_default().push((screen.to_owned(), small));
    });
    shown
}

/// Sixteen screens a sheet, four by four, each 512 wide: every screen in a size, look and language.
pub fn sheets(asked: &Asked, folder: &Path) {
    in_each_room(|room| {
        for (way, pictures) in shown(room, |screen, way| asked.has(screen, way)) {
            for (at, some) in pictures.chunks(16).enumerate() {
                save(&sheet(some), &file_of(folder, &way.name(&format!("{:02}", at + 1))));
            }
        }
    });
}

/// The sheets of the chief screens: each language somebody speaks, each look and each size, once.
pub fn book(folder: &Path) {
    let kept = |way: Way| {
        let differs = [way.size != 1, way.look != 0, way.language != 0];
        LANGUAGES[way.language] != Language::Pseudo && differs.into_iter().filter(|differs| *differs).count() <= 1
    };
    in_each_room(|room| {
        for (way, mut pictures) in shown(room, |screen, way| kept(way) && CHIEF.contains(&screen)) {
            pictures.sort_by_key(|(screen, _)| CHIEF.iter().position(|chief| chief == screen));
            assert_eq!(pictures.len(), CHIEF.len(), "every chief screen is there");
            let (width, height) = SIZES[way.size];
            let tag = LANGUAGES[way.language].tag();
            let name = format!("{tag}-{}-{width}x{height}", LOOKS[way.look].as_str());
            save_small(&sheet(&pictures), &folder.join(name + ".png"));
        }
    });
}

fn sheet(pictures: &[(String, RgbImage)]) -> RgbImage {
    let (width, height) = pictures.first().map(|(_, one)| (one.width(), one.height())).unwrap();
    let (across, rows) = (u32::try_from(ACROSS).unwrap(), u32::try_from(pictures.len().div_ceil(ACROSS)).unwrap());
    let step = (width + GAP, height + NAME_HIGH + GAP);
    let place = |at: u32| (GAP + at % across * step.0, GAP + at / across * step.1);
    let names: Vec<(f32, f32, String)> = (0_u32..)
        .zip(pictures)
        .map(|(at, (name, _))| (place(at).0 as f32, (place(at).1 + height) as f32, name.clone()))
        .collect();
    let mut sheet = with_names((across * step.0 + GAP, rows * step.1 + GAP), names);
    for (at, (_, picture)) in (0_u32..).zip(pictures) {
        imageops::replace(&mut sheet, picture, place(at).0.into(), place(at).1.into());
    }
    sheet
}

/// Letters as the till's own window draws them.
fn with_names((width, height): (u32, u32), names: Vec<(f32, f32, String)>) -> RgbImage {
    let canvas = Canvas::default();
    let mut harness = Harness::builder()
        .with_size(vec2(width as f32, height as f32))
        .with_theme(egui::Theme::Light)
        .renderer(canvas.clone())
        .with_context_setup(|context| ui::dress(context, Look::Light, Language::English))
        .build_ui_state(
            |ui, names: &mut Vec<(f32, f32, String)>| {
                let painter = ui.ctx().debug_painter();
                painter.rect_filled(ui.ctx().content_rect(), 0.0, Color32::from_gray(96));
                for (left, top, name) in names {
                    let font = FontId::proportional(15.0);
                    painter.text(pos2(*left, *top + 1.0), Align2::LEFT_TOP, name, font, Color32::WHITE);
                }
            },
            names,
        );
    harness.run_steps(3);
    canvas.picture(&harness)
}

/// A picture with a palette: a screen has few colours, and so has what lies between two of them at a letter's edge.
fn save_small(picture: &RgbImage, file: &Path) {
    let (palette, pixels) = in_few_colours(picture);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    let mut encoder = png::Encoder::new(out, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    // Neighbouring numbers of a palette mean nothing to each other.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    println!("{}", file.display());
}

/// The colours that are seen most, and for each pixel the nearest of them: colours that nobody tells apart are one, and
/// stand for it as the one of them that is seen most, so that grounds stay as they are.
fn in_few_colours(picture: &RgbImage) -> (Vec<[u8; 3]>, Vec<u8>) {
    let alike = |color: [u8; 3]| color.map(|part| part >> 3);
    let mut alike_counts: HashMap<[u8; 3], HashMap<[u8; 3], u32>> = HashMap::new();
    for pixel in picture.pixels() {
        *alike_counts.entry(alike(pixel.0)).or_default().entry(pixel.0).or_default() += 1;
    }
    let mut by_count: Vec<(u32, [u8; 3])> = alike_counts
        .values()
        .map(|counts| {
            let most = counts.iter().max_by_key(|(color, count)| (**count, **color)).map(|(color, _)| *color);
            (counts.values().sum(), most.unwrap())
        })
        .collect();
    by_count.sort_unstable_by(|one, other| other.cmp(one));
    let mut palette: Vec<[u8; 3]> = vec![];
    for (_, color) in by_count {
        if palette.len() < COLOURS && palette.iter().all(|other| far(*other, color) >= APART) {
            palette.push(color);
        }
    }
    let nearest = |color: [u8; 3]| {
        (0_u8..=255).zip(&palette).min_by_key(|(_, other)| far(**other, color)).map(|(at, _)| at).unwrap()
    };
    let mut known: HashMap<[u8; 3], u8> = HashMap::new();
    let pixels = picture.pixels().map(|pixel| *known.entry(pixel.0).or_insert_with(|| nearest(pixel.0))).collect();
    (palette, pixels)
}

fn far(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.into_iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}
