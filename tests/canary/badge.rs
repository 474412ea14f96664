//! Reads a printed badge as a scanner would: the only way to its digits, which are written nowhere.

use tillback::scan::symbol::{Decoder, LumaFrame, Settings};

/// Dots for each millimetre of the printed card: 400 an inch.
const DOTS: f64 = 16.0;

/// What the QR code of a badge's file says.
pub fn read(svg: &str) -> String {
    let path = svg.split("d=\"").nth(1).expect("the QR code's path");
    let dots = |mm: f64| format!("{:.0}", mm * DOTS).parse::<usize>().expect("a place on the card");
    let (width, height) = (dots(34.0), dots(34.0));
    let mut luma = vec![255_u8; width * height];
    for run in path.split('M').skip(1) {
        let numbers: Vec<f64> =
            run.split(['h', 'v', 'z', ' ', '"', '-']).filter_map(|part| part.parse().ok()).collect();
        let (x, y, across, down) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        for row in dots(y)..dots(y + down) {
            luma[row * width + dots(x)..row * width + dots(x + across)].fill(0);
        }
    }
    let side = |dots: usize| u32::try_from(dots).expect("a side");
    let frame = LumaFrame::new(side(width), side(height), luma).expect("a frame");
    let read = Decoder::new(Settings::default()).decode(&frame);
    read.first().expect("the QR code is read").text.clone()
}
