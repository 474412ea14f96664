//! A badge as a picture to print: a card with the name, a QR code and a Code 128, as a file that any browser prints.
//!
//! **The file is as good as the badge**: it is its owner's alone (0600), is made new and never over another, and nothing
//! in it spells the secret out. Whoever prints it removes it.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::Badge;
use crate::scan::test_code::{CodePicture, code128_of, qr_of};

/// The card, in millimetres: as a bank card (ISO/IEC 7810, ID-1).
const CARD: (f64, f64) = (85.6, 54.0);
/// A bar or module of the Code 128, in millimetres: 308 of them fill the card, and every hand scanner reads it.
const BAR_MM: f64 = 0.25;
/// A module of the QR code, in millimetres.
const MODULE_MM: f64 = 0.7;

/// Why a badge's file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BadgeFileError {
    /// The library that draws codes refused.
    #[error("the codes could not be drawn")]
    NotDrawn,
    /// The file could not be written.
    #[error("{} could not be written: {why}", path.display())]
    NotWritten {
        /// Where.
        path: PathBuf,
        /// The system's words.
        why: std::io::Error,
    },
}

/// The card as SVG: whose it is, where it counts, and the two codes.
fn badge_picture(badge: &Badge, name: &str, place: &str) -> Result<Zeroizing<String>, BadgeFileError> {
    let digits = badge.digits();
    let (qr, bars) = qr_of(&digits).zip(code128_of(&digits)).ok_or(BadgeFileError::NotDrawn)?;
    let (width, height) = CARD;
    // Room for all of it from the start: a text that grows leaves copies of itself behind.
    let mut svg = Zeroizing::new(String::with_capacity(256 * 1024));
    let bars_width = units(bars.width) * BAR_MM;
    let drawn = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
         viewBox=\"0 0 {width} {height}\">\n\
         <rect x=\"0.2\" y=\"0.2\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\" fill=\"#fff\" stroke=\"#000\" \
         stroke-width=\"0.2\"/>\n\
         <text x=\"34\" y=\"14\" font-family=\"sans-serif\" font-size=\"5\" font-weight=\"bold\">{}</text>\n\
         <text x=\"34\" y=\"21\" font-family=\"sans-serif\" font-size=\"3.5\">{}</text>\n",
        width - 0.4,
        height - 0.4,
        escaped(name),
        escaped(place),
    );
    let drawn = drawn.and_then(|()| draw(&mut svg, &qr, (4.0, 3.0), (MODULE_MM, MODULE_MM)));
    let drawn = drawn.and_then(|()| draw(&mut svg, &bars, ((width - bars_width) / 2.0, 33.0), (BAR_MM, 16.0)));
    drawn.and_then(|()| svg.write_str("</svg>\n")).map_err(|_| BadgeFileError::NotDrawn)?;
    Ok(svg)
}

fn units(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

/// One dark run after the other, row by row.
fn draw(svg: &mut String, code: &CodePicture, (left, top): (f64, f64), (wide, high): (f64, f64)) -> std::fmt::Result {
    svg.push_str("<path shape-rendering=\"crispEdges\" d=\"");
    for (row, pixels) in code.luma.chunks_exact(code.width.max(1)).enumerate() {
        let mut at = 0;
        for run in pixels.chunk_by(|one, other| one == other) {
            if run.first() == Some(&0) {
                let (x, y, length) = (left + units(at) * wide, top + units(row) * high, units(run.len()) * wide);
                write!(svg, "M{x:.3} {y:.3}h{length:.3}v{high:.3}h-{length:.3}z")?;
            }
            at += run.len();
        }
    }
    svg.push_str("\"/>\n");
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A new file for a badge, there before the badge is: one that cannot be printed would revoke the old one for nothing.
pub struct BadgeFile {
    path: PathBuf,
    file: File,
}

impl BadgeFile {
    /// Makes the file, empty, for its owner alone.
    pub fn create(path: &Path) -> Result<Self, BadgeFileError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|why| not_written(path, why))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Draws the badge into it.
    pub fn draw(mut self, badge: &Badge, name: &str, place: &str) -> Result<(), BadgeFileError> {
        let picture = badge_picture(badge, name, place)?;
        let written = self.file.write_all(picture.as_bytes()).and_then(|()| self.file.sync_all());
        written.map_err(|why| not_written(&self.path, why))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn not_written(path: &Path, why: std::io::Error) -> BadgeFileError {
    BadgeFileError::NotWritten { path: path.to_owned(), why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::symbol::{Decoder, LumaFrame, Settings};

    #[test]
    fn the_files_codes_are_the_badge_and_its_digits_stand_nowhere() {
        let badge = Badge::of([0x5A; 16]);
        let picture = badge_picture(&badge, "Luis <Ortega> & Co", "Main Street").unwrap();
        assert!(!picture.contains(badge.digits().as_str()));
        assert!(picture.contains("Luis &lt;Ortega&gt; &amp; Co"));
        // Each path is drawn as a printer of 300 dots an inch would, and read as the till reads.
        for (path, [left, top, wide, high]) in picture
            .lines()
            .filter_map(|line| line.split("d=\"").nth(1))
            .zip([[4.0, 3.0, 26.0, 26.0], [2.0, 32.0, 82.0, 18.0]])
        {
            let dots = 16.0;
            let pixels = |mm: f64| format!("{:.0}", mm * dots).parse::<usize>().unwrap();
            let (width, height) = (pixels(wide), pixels(high));
            let mut luma = vec![255_u8; width * height];
            for run in path.split('M').skip(1) {
                let numbers: Vec<f64> = run
                    .split(['h', 'v', 'z', ' ', '"', '/', '>', '-'])
                    .filter_map(|number| number.parse().ok())
                    .collect();
                let (x, y) = (pixels(numbers[0] - left), pixels(numbers[1] - top));
                let right = pixels(numbers[0] + numbers[2] - left);
                for row in y..pixels(numbers[1] + numbers[3] - top) {
                    luma[row * width + x..row * width + right].fill(0);
                }
            }
            let side = |pixels: usize| u32::try_from(pixels).unwrap();
            let frame = LumaFrame::new(side(width), side(height), luma).unwrap();
            let read = Decoder::new(Settings::default()).decode(&frame);
            let texts: Vec<&str> = read.iter().map(|reading| reading.text.as_str()).collect();
            assert_eq!(texts, [badge.digits().as_str()]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone_and_never_over_another() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("badge.svg");
        BadgeFile::create(&path).unwrap().draw(&Badge::of([7; 16]), "Luis", "Main Street").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(BadgeFile::create(&path).is_err());
        assert!(std::fs::read_to_string(&path).unwrap().contains("Luis"));
    }
}
