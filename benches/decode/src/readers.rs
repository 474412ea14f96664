//! The readers that are compared, each as a function from a frame to texts.
//!
//! Settings are those that read most: see `docs/decoder.md`.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use zxingcpp::{BarcodeFormat, ImageFormat, ImageView, TextMode};

use crate::symbol::{Decoder, LumaFrame, Settings};

/// A reader: its name, and what it reads in a frame.
pub struct Reader {
    /// How it is called in the tables.
    pub name: &'static str,
    /// Reads a frame.
    pub read: fn(&LumaFrame) -> Vec<String>,
}

/// All readers, ours first.
pub fn all() -> Vec<Reader> {
    let mut all = vec![
        Reader { name: "tillback", read: |frame| tillback(frame, Settings::default().deadline) },
        Reader { name: "tillback, no deadline", read: |frame| tillback(frame, Duration::from_secs(60)) },
        Reader { name: "zxing-cpp fast", read: |frame| zxing(frame, false) },
        Reader { name: "zxing-cpp hard", read: |frame| zxing(frame, true) },
        Reader { name: "rqrr", read: rqrr },
    ];
    #[cfg(feature = "peers")]
    all.extend([
        Reader { name: "rxing", read: |frame| rxing(frame, false) },
        Reader { name: "rxing harder", read: |frame| rxing(frame, true) },
        Reader { name: "zedbar, all retries", read: zedbar },
    ]);
    #[cfg(feature = "zbar")]
    all.push(Reader { name: "ZBar", read: zbar });
    all
}

fn tillback(frame: &LumaFrame, deadline: Duration) -> Vec<String> {
    let mut decoder = Decoder::new(Settings { deadline, ..Settings::default() });
    decoder.decode(frame).into_iter().map(|reading| reading.text).collect()
}

fn zxing(frame: &LumaFrame, hard: bool) -> Vec<String> {
    let reader = zxingcpp::read()
        .formats([BarcodeFormat::QRCode, BarcodeFormat::Code128])
        .text_mode(TextMode::Plain)
        .try_harder(hard)
        .try_rotate(hard)
        .try_invert(hard)
        .try_downscale(hard);
    let view = ImageView::from_slice(frame.pixels(), frame.width(), frame.height(), ImageFormat::Lum);
    let Ok(barcodes) = view.and_then(|view| reader.from(view)) else { return Vec::new() };
    barcodes.iter().filter(|barcode| barcode.is_valid()).map(|barcode| barcode.text()).collect()
}

fn rqrr(frame: &LumaFrame) -> Vec<String> {
    let (width, height) = (frame.width() as usize, frame.height() as usize);
    let look = || {
        let pixel = |x: usize, y: usize| frame.pixels()[y * width + x];
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
        prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    };
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_default() // it panics on some pictures
}

#[cfg(feature = "peers")]
fn rxing(frame: &LumaFrame, harder: bool) -> Vec<String> {
    let formats = HashSet::from([rxing::BarcodeFormat::QR_CODE, rxing::BarcodeFormat::CODE_128]);
    let mut hints = rxing::DecodeHints {
        PossibleFormats: Some(formats),
        TryHarder: Some(harder),
        AlsoInverted: Some(harder),
        ..Default::default()
    };
    let look = || {
        rxing::helpers::detect_multiple_in_luma_with_hints(
            frame.pixels().to_vec(),
            frame.width(),
            frame.height(),
            &mut hints,
        )
    };
    match catch_unwind(AssertUnwindSafe(look)) {
        Ok(Ok(results)) => results.iter().map(|result| result.getText().to_owned()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(feature = "peers")]
fn zedbar(frame: &LumaFrame) -> Vec<String> {
    use zedbar::config::{Code128, QrCode};
    let config = zedbar::DecoderConfig::new()
        .enable(QrCode)
        .enable(Code128)
        .test_inverted(true)
        .retry_undecoded_regions(true)
        .retry_downscaled(true)
        .retry_smoothed(true);
    let Ok(mut image) = zedbar::Image::from_gray(frame.pixels(), frame.width(), frame.height()) else {
        return Vec::new();
    };
    let found = zedbar::Scanner::with_config(config).scan(&mut image);
    found.symbols().iter().filter_map(|symbol| symbol.data_string()).map(str::to_owned).collect()
}

#[cfg(feature = "zbar")]
fn zbar(frame: &LumaFrame) -> Vec<String> {
    use zbar_rust::{ZBarConfig, ZBarImageScanner, ZBarSymbolType};
    let mut scanner = ZBarImageScanner::new();
    let wanted = [(ZBarSymbolType::ZBarNone, 0), (ZBarSymbolType::ZBarQRCode, 1), (ZBarSymbolType::ZBarCode128, 1)];
    for (symbology, enabled) in wanted {
        scanner.set_config(symbology, ZBarConfig::ZBarCfgEnable, enabled).expect("a known symbology");
    }
    let found = scanner.scan_y800(frame.pixels(), frame.width(), frame.height()).unwrap_or_default();
    found.into_iter().filter_map(|symbol| String::from_utf8(symbol.data).ok()).collect()
}
