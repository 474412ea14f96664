//! Codes as pictures: the test codes of the Setup page, and badges.
//!
//! **Drawn by the library that reads the camera's codes**, which writes them as well: no second library, and what it
//! draws it can read.

use zxingcpp::{BarcodeFormat, create, write};

use super::wedge::TEST_CODE;

/// A code, one pixel a module, with its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePicture {
    /// Modules across.
    pub width: usize,
    /// Modules down; a linear code has one row.
    pub height: usize,
    /// 0 for dark, 255 for light, row by row.
    pub luma: Vec<u8>,
}

/// [`TEST_CODE`] as a QR code; none when the library refuses, which a test rules out.
#[must_use]
pub fn qr() -> Option<CodePicture> {
    qr_of(TEST_CODE)
}

/// A text as a QR code.
#[must_use]
pub fn qr_of(text: &str) -> Option<CodePicture> {
    draw(text, BarcodeFormat::QRCode, 4, false)
}

/// [`TEST_CODE`] as Code 128; ten modules of quiet on each side, as its standard (ISO/IEC 15417) wants.
#[must_use]
pub fn code128() -> Option<CodePicture> {
    code128_of(TEST_CODE)
}

/// A text as Code 128.
#[must_use]
pub fn code128_of(text: &str) -> Option<CodePicture> {
    draw(text, BarcodeFormat::Code128, 10, true)
}

fn draw(text: &str, format: BarcodeFormat, quiet: usize, one_row: bool) -> Option<CodePicture> {
    let code = create(format).from_str(text).ok()?;
    let picture = code.to_image_with(&write().scale(1).add_quiet_zones(false)).ok()?;
    let (width, height) = (usize::try_from(picture.width()).ok()?, usize::try_from(picture.height()).ok()?);
    let pixels = picture.data();
    let rows: Vec<&[u8]> = pixels.chunks_exact(width.max(1)).take(if one_row { 1 } else { height }).collect();
    let above = if one_row { 0 } else { quiet };
    let full = width + 2 * quiet;
    let mut luma = vec![255; full * (rows.len() + 2 * above)];
    for (row, line) in rows.iter().zip(luma.chunks_exact_mut(full).skip(above)) {
        line.iter_mut().skip(quiet).zip(*row).for_each(|(to, from)| *to = *from);
    }
    Some(CodePicture { width: full, height: rows.len() + 2 * above, luma })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::symbol::{Decoder, LumaFrame, Settings, Symbology};

    /// The picture as a camera would see it, each module so many pixels.
    fn enlarged(picture: &CodePicture, times: usize) -> LumaFrame {
        let rows = if picture.height == 1 { 60 } else { picture.height * times };
        let high = |row: usize| if picture.height == 1 { 0 } else { row / times };
        let luma = (0..rows)
            .flat_map(|row| (0..picture.width * times).map(move |at| (high(row), at / times)))
            .map(|(row, at)| picture.luma[row * picture.width + at])
            .collect();
        let side = |pixels: usize| u32::try_from(pixels).unwrap();
        LumaFrame::new(side(picture.width * times), side(rows), luma).unwrap()
    }

    #[track_caller]
    fn check(picture: Option<CodePicture>, symbology: Symbology) {
        let picture = picture.unwrap();
        assert!(picture.luma.iter().all(|pixel| matches!(pixel, 0 | 255)));
        let readings = Decoder::new(Settings::default()).decode(&enlarged(&picture, 4));
        let read: Vec<(&str, Symbology)> = readings.iter().map(|one| (one.text.as_str(), one.symbology)).collect();
        assert_eq!(read, [(TEST_CODE, symbology)]);
    }

    #[test]
    fn both_codes_carry_the_test_text() {
        check(qr(), Symbology::QrCode);
        check(code128(), Symbology::Code128);
        // They stand side by side or one above the other on a small window.
        assert!(code128().unwrap().width <= 250, "{}", code128().unwrap().width);
    }
}
