//! The passes that zxing-cpp does: fast, hard, on a region, and the look for product codes.
//!
//! Settings that matter, measured in `docs/decoder.md`: text mode `Plain` (the default puts parentheses into GS1
//! texts) and three agreeing scan lines for linear codes (with one, 7 of 2,098 frames were misread; with three, none).
//! **Nothing here is trusted to be a transaction number**: that is `payload`'s judgement.

use zxingcpp::{Barcode, BarcodeFormat, BarcodeReader, ImageFormat, ImageView, TextMode};

use super::frame::LumaFrame;
use super::reading::{Pass, Point, Reading, Settings, Symbology};

/// Scan lines that must agree on a linear code.
const AGREEING_LINES: i32 = 3;
/// How far apart the first and the last agreeing line of a wanted linear code must lie, in pixels. Beside a line that says
/// something zxing-cpp looks at its neighbours up to two pixels off, which see the same bars on the same pixels: they agree
/// on what is wrong, too. Of 100,000 generated frames two were misread so; of the corpus no frame is lost.
const APART: f32 = 6.0;
/// More codes than this in one frame is no receipt; the limit keeps a hostile picture cheap.
const MAX_CODES: i32 = 16;
/// A QR code corrects its own errors: the chance that noise passes it is far below a linear checksum's 1 in 103.
const QR_CONFIDENCE: f32 = 0.99;

/// A quick look for the codes wanted.
pub fn fast(frame: &LumaFrame, settings: &Settings) -> Vec<Reading> {
    let reader = reader(settings).try_harder(false).try_rotate(false).try_invert(false).try_downscale(false);
    read(&reader, frame, Pass::Fast)
}

/// A thorough look for the codes wanted but Code 128: rotated, inverted, downscaled. **It reads no Code 128**: it looks at
/// so many lines, and so much altered, that four, seven and eleven of them agreed on a near-code's wrong text in generated
/// frames, and all but one of the corpus's codes that it reads our own reader of bars reads too.
pub fn hard(frame: &LumaFrame, settings: &Settings) -> Vec<Reading> {
    let reader = reader(&Settings { code128: false, ..settings.clone() })
        .try_harder(true)
        .try_rotate(true)
        .try_invert(true)
        .try_downscale(true);
    read(&reader, frame, Pass::Hard)
}

/// A quick look for the codes printed on goods, so that the screen can say "this is a product".
pub fn products(frame: &LumaFrame) -> Vec<Reading> {
    let reader = common()
        .formats([BarcodeFormat::EAN13, BarcodeFormat::EAN8, BarcodeFormat::UPCA, BarcodeFormat::UPCE])
        .try_harder(false)
        .try_rotate(true)
        .try_invert(false)
        .try_downscale(false);
    let mut readings = read(&reader, frame, Pass::Products);
    readings.retain(|reading| reading.symbology.is_product());
    readings
}

fn common() -> BarcodeReader {
    BarcodeReader::new().text_mode(TextMode::Plain).min_line_count(AGREEING_LINES).max_number_of_symbols(MAX_CODES)
}

fn reader(settings: &Settings) -> BarcodeReader {
    let wanted = [
        (settings.qr, BarcodeFormat::QRCode),
        (settings.code128, BarcodeFormat::Code128),
        (settings.code39, BarcodeFormat::Code39),
        (settings.itf, BarcodeFormat::ITF),
    ];
    let formats: Vec<BarcodeFormat> = wanted.iter().filter(|(on, _)| *on).map(|(_, format)| *format).collect();
    common().formats(formats)
}

fn read(reader: &BarcodeReader, frame: &LumaFrame, pass: Pass) -> Vec<Reading> {
    if reader.get_formats().is_empty() {
        return Vec::new(); // zxing-cpp takes an empty list for "everything"
    }
    let Ok(view) = ImageView::from_slice(frame.pixels(), frame.width(), frame.height(), ImageFormat::Lum) else {
        return Vec::new();
    };
    let Ok(barcodes) = reader.from(view) else {
        return Vec::new();
    };
    barcodes.iter().filter_map(|barcode| reading(barcode, pass)).collect()
}

fn reading(barcode: &Barcode, pass: Pass) -> Option<Reading> {
    if !barcode.is_valid() {
        return None;
    }
    let symbology = symbology(barcode.format())?;
    let corners = corners(barcode);
    if symbology.is_linear() && !symbology.is_product() && is_one_place(corners) {
        return None;
    }
    let confidence = if symbology.is_linear() { line_confidence(barcode.line_count()) } else { QR_CONFIDENCE };
    let text = barcode.text();
    if text.is_empty() {
        return None;
    }
    Some(Reading { text, symbology, corners, confidence, pass })
}

/// True when the lines that read a linear code all lie at one place of its bars.
fn is_one_place([first, _, _, last]: [Point; 4]) -> bool {
    (first.x - last.x).hypot(first.y - last.y) < APART
}

/// Confidence of a linear code by the scan lines that agreed: 0.5 at three, 0.9 from a dozen on.
fn line_confidence(lines: i32) -> f32 {
    let lines = f32::from(i16::try_from(lines.clamp(0, 1000)).unwrap_or(0));
    (0.37 + 0.045 * lines).clamp(0.0, 0.9)
}

fn symbology(format: BarcodeFormat) -> Option<Symbology> {
    match format {
        BarcodeFormat::QRCode | BarcodeFormat::QRCodeModel1 | BarcodeFormat::QRCodeModel2 => Some(Symbology::QrCode),
        BarcodeFormat::Code128 => Some(Symbology::Code128),
        BarcodeFormat::Code39 => Some(Symbology::Code39),
        BarcodeFormat::ITF => Some(Symbology::Itf),
        BarcodeFormat::EAN13 | BarcodeFormat::ISBN => Some(Symbology::Ean13),
        BarcodeFormat::EAN8 => Some(Symbology::Ean8),
        BarcodeFormat::UPCA => Some(Symbology::UpcA),
        BarcodeFormat::UPCE => Some(Symbology::UpcE),
        _ => None,
    }
}

#[allow(clippy::cast_precision_loss)] // coordinates are below 2^24
fn corners(barcode: &Barcode) -> [Point; 4] {
    let place = barcode.position();
    [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        .map(|corner| Point { x: corner.x as f32, y: corner.y as f32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_agreeing_lines_make_a_linear_code_surer_but_never_certain() {
        assert!((line_confidence(3) - 0.505).abs() < 1e-3);
        assert!(line_confidence(20) <= 0.9);
        assert!(line_confidence(-1) >= 0.0);
    }

    #[test]
    fn neighbouring_lines_are_one_place() {
        let outline = |high: f32| [(10.0, 20.0), (300.0, 20.0), (300.0, 20.0 + high), (10.0, 20.0 + high)];
        let is_one = |high| is_one_place(outline(high).map(|(x, y)| Point { x, y }));
        assert!(is_one(0.0) && is_one(4.0));
        assert!(!is_one(7.0));
        assert!(is_one_place([(40.0, 10.0), (40.0, 300.0), (38.0, 300.0), (38.0, 10.0)].map(|(x, y)| Point { x, y })));
    }

    #[test]
    fn nothing_wanted_is_nothing_read() {
        let settings = Settings { qr: false, code128: false, ..Settings::default() };
        let Ok(frame) = LumaFrame::new(64, 64, vec![255; 64 * 64]) else { panic!("a frame") };
        assert!(fast(&frame, &settings).is_empty());
        assert!(hard(&frame, &settings).is_empty());
    }
}
