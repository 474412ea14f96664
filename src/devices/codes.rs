//! QR codes and Code 128 as modules, to be drawn dot by dot.
//!
//! **Drawn by the library that reads the camera's codes**, which writes them as well: no second library, and what it
//! draws our own decoder reads.

use zxingcpp::{BarcodeFormat, create, write};

/// A code, one place a module, without its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// Modules across.
    pub width: usize,
    /// Modules down; a linear code has one row.
    pub height: usize,
    /// True where it is dark, row by row.
    pub dark: Vec<bool>,
}

/// A QR code of that text; nothing where it is too long for one.
#[must_use]
pub fn qr(text: &str) -> Option<Modules> {
    draw(BarcodeFormat::QRCode, text, false)
}

/// A Code 128 of that text; nothing where it holds what Code 128 cannot.
#[must_use]
pub fn code128(text: &str) -> Option<Modules> {
    draw(BarcodeFormat::Code128, text, true)
}

fn draw(format: BarcodeFormat, text: &str, one_row: bool) -> Option<Modules> {
    if text.is_empty() {
        return None;
    }
    let code = create(format).from_str(text).ok()?;
    let picture = code.to_image_with(&write().scale(1).add_quiet_zones(false)).ok()?;
    let (width, height) = (usize::try_from(picture.width()).ok()?, usize::try_from(picture.height()).ok()?);
    let height = if one_row { 1 } else { height };
    let dark: Vec<bool> = picture.data().iter().take(width * height).map(|luma| *luma < 128).collect();
    (width > 0 && dark.len() == width * height).then_some(Modules { width, height, dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighteen_digits_in_each_kind() {
        let qr = qr("297553638301777927").unwrap();
        assert_eq!((qr.width, qr.height), (21, 21));
        // Start, nine pairs, check and stop: 11 modules each, the stop 13.
        let linear = code128("297553638301777927").unwrap();
        assert_eq!((linear.width, linear.height), (11 * 11 + 13, 1));
        assert!(linear.dark[0] && linear.dark[133]);
        assert_eq!((super::qr(""), super::code128("")), (None, None));
    }
}
