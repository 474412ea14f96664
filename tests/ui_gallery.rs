//! Pictures of the screens in every language, look and size, for people to look at: `./scripts/gallery` asks for them.
//! Without it, one picture shows that painting works.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::path::{Path, PathBuf};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{self, FilterType as Resize};
use image::{ExtendedColorType, ImageEncoder, RgbImage};
use tillback::domain::{Language, ThemeChoice};
use tillback::ui::Appearance;
use ui_support::scenes::{self, Scene};

/// The folder to put pictures into; `./scripts/gallery` sets it.
const FOLDER: &str = "TILLBACK_GALLERY";
/// `sheets`: the reviewed ones, one for each language and look. `all`: every scene by itself.
const WHAT: &str = "TILLBACK_GALLERY_WHAT";
/// A part of a scene's name, of a language's tag or of a size, to make fewer.
const ONLY: &str = "TILLBACK_GALLERY_ONLY";

const LOOKS: [ThemeChoice; 3] = [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast];
/// Width and height of the window in pixels; a large window shows everything larger (`grow_with_window`).
const SIZES: [(f32, f32); 4] = [(800.0, 600.0), (1024.0, 768.0), (1920.0, 1080.0), (3840.0, 2160.0)];
/// What a sheet shows: each screen once, in the order in which a day goes by.
const ON_SHEET: [&str; 16] = [
    "locked",
    "locked, languages",
    "ready",
    "scan, picture and hint",
    "scan, product",
    "sale",
    "sale, amount typed",
    "approval",
    "approval, over a limit",
    "sending",
    "refunded",
    "declined",
    "unknown, asked",
    "refunds",
    "refund, not sent",
    "settings, scanner with everything wrong",
];

fn paint(scene: Scene, size: (f32, f32), appearance: Appearance) -> RgbImage {
    let mut window = scene.open_large(size);
    window.appear(appearance);
    window.picture()
}

fn save(picture: &RgbImage, file: &Path) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    PngEncoder::new_with_quality(out, CompressionType::Best, FilterType::Adaptive)
        .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    println!("{}", file.display());
}

fn appearances() -> impl Iterator<Item = (String, Appearance)> {
    Language::ALL.into_iter().flat_map(|language| {
        LOOKS.map(|theme| {
            let name = format!("{}-{}", language.tag(), theme.as_str());
            (name, Appearance { language: Some(language), theme })
        })
    })
}

fn wanted(name: &str) -> bool {
    std::env::var(ONLY).map_or(true, |only| only.split(',').any(|part| name.contains(part)))
}

/// Sixteen screens, four by four, each at half its size.
fn sheet(appearance: Appearance) -> RgbImage {
    let (width, height, gap) = (512, 384, 8);
    let mut sheet = RgbImage::from_pixel(4 * (width + gap) + gap, 4 * (height + gap) + gap, image::Rgb([96, 96, 96]));
    for (at, name) in (0_u32..).zip(ON_SHEET.iter()) {
        let scene = scenes::all().into_iter().find(|scene| scene.name == *name).expect(name);
        let small = imageops::resize(&paint(scene, (1024.0, 768.0), appearance), width, height, Resize::Triangle);
        let (column, row) = (at % 4, at / 4);
        let place = |at: u32, step: u32| i64::from(gap + at * (step + gap));
        imageops::replace(&mut sheet, &small, place(column, width), place(row, height));
    }
    sheet
}

#[test]
fn pictures_are_painted() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return shows_something() };
    if std::env::var(WHAT).as_deref() == Ok("all") {
        for size in SIZES {
            for scene in scenes::all() {
                for (appearance_name, appearance) in appearances() {
                    let name = format!("{}x{} {appearance_name} {}", size.0, size.1, scene.name);
                    if wanted(&name) {
                        let scene = scenes::all().into_iter().find(|other| other.name == scene.name).unwrap();
                        save(
                            &paint(scene, size, appearance),
                            &folder.join(name.replace([' ', ',', '\''], "-") + ".png"),
                        );
                    }
                }
            }
        }
        return;
    }
    for (name, appearance) in appearances() {
        if wanted(&name) {
            save(&sheet(appearance), &folder.join(format!("{name}.png")));
        }
    }
}

/// The Refund button is blue, and something is written on it in white.
fn shows_something() {
    let ready = scenes::all().into_iter().find(|scene| scene.name == "ready").unwrap();
    let picture = paint(ready, (800.0, 600.0), Appearance::default());
    let count = |color: [u8; 3]| picture.pixels().filter(|pixel| pixel.0 == color).count();
    let all = (picture.width() * picture.height()) as usize;
    assert_eq!((picture.width(), picture.height()), (800, 600));
    assert!(count([0x1B, 0x4B, 0x8F]) > all / 2, "the button fills most of the window");
    assert!(count([0xFF, 0xFF, 0xFF]) > all / 20, "white letters, bar and strip");
}
