//! Drawn bursts: codes too faint for one frame, two receipts taking turns, and nothing but noise.
//!
//! `TILLBACK_DRAWN_BURSTS` says how many of each; without it a few, because unoptimised code is slow.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // places and greys are small

use super::super::budget::Budget;
use super::super::modules::drawn::numeric;
use super::super::{Decoder, Settings};
use super::*;
use std::time::Duration;

const SIDES: (u32, u32) = (180, 140);

/// A fixed row of pseudo-random numbers in 0..1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    /// About normal, of standard deviation 1.
    fn noise(&mut self) -> f32 {
        (0..6).map(|_| self.next() - 0.5).sum::<f32>() * 1.41
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + (self.next() * 9.99) as u8)).collect()
    }
}

/// What is printed: a grid of modules, one row for bars.
struct Print {
    modules: Vec<bool>,
    wide: usize,
    /// Sides of a module in pixels.
    module: (f32, f32),
}

fn qr(digits: &str) -> Print {
    Print { modules: numeric(digits, 3), wide: 21, module: (2.1, 2.1) }
}

fn bars(digits: &str) -> Print {
    let mut values = vec![105];
    values
        .extend(digits.as_bytes().chunks(2).map(|pair| usize::from(pair[0] - b'0') * 10 + usize::from(pair[1] - b'0')));
    let modules: Vec<bool> = super::super::bars::drawn(&values).iter().map(|ink| *ink > 0.5).collect();
    Print { wide: modules.len(), modules, module: (1.0, 26.0) }
}

/// One look at a print: a little turned and moved, blurred by `blur` pixels, with `noise`.
fn frame(print: Option<&Print>, random: &mut Random, blur: f32, noise: f32) -> LumaFrame {
    let (angle, dx, dy) = (0.06 * (random.next() - 0.5), 8.0 * random.next() - 4.0, 8.0 * random.next() - 4.0);
    let (cos, sin) = (angle.cos(), angle.sin());
    let ink = |x: f32, y: f32| {
        let Some(print) = print else { return 0.0 };
        let high = print.modules.len() / print.wide;
        let (x, y) = (x - SIDES.0 as f32 / 2.0 - dx, y - SIDES.1 as f32 / 2.0 - dy);
        let u = (x * cos + y * sin) / print.module.0 + print.wide as f32 / 2.0;
        let v = (y * cos - x * sin) / print.module.1 + high as f32 / 2.0;
        let inside = u >= 0.0 && v >= 0.0 && (u as usize) < print.wide && (v as usize) < high;
        if inside && print.modules[v as usize * print.wide + u as usize] { 1.0 } else { 0.0 }
    };
    let mut pixels = Vec::new();
    for y in 0..SIDES.1 {
        for x in 0..SIDES.0 {
            let spots = (0..16).map(|i| (blur * ((i % 4) as f32 - 1.5) / 1.5, blur * ((i / 4) as f32 - 1.5) / 1.5));
            let dark: f32 = spots.map(|(a, b)| ink(x as f32 + a, y as f32 + b)).sum::<f32>() / 16.0;
            pixels.push((200.0 - 150.0 * dark + noise * random.noise()).clamp(0.0, 255.0) as u8);
        }
    }
    LumaFrame::new(SIDES.0, SIDES.1, pixels).unwrap()
}

/// How many bursts, and of how many frames.
fn count() -> (u64, usize) {
    let many = std::env::var("TILLBACK_DRAWN_BURSTS").ok().and_then(|count| count.parse().ok());
    many.map_or((1, 5), |count| (count, 10))
}

fn decoder() -> Decoder {
    Decoder::new(Settings { deadline: Duration::from_secs(60), products: false, ..Settings::default() })
}

/// What the means say over the frames; no frame is read by itself.
fn said_by_means(frames: &[LumaFrame]) -> Vec<String> {
    let (mut burst, budget) = (Burst::default(), Budget::new(Duration::MAX));
    let mut said = Vec::new();
    for frame in frames {
        said.extend(burst.observe(frame, &budget).into_iter().map(|reading| reading.text));
        if burst.tracks.len() < TRACKS {
            let field = Field::new(frame);
            let squares = super::super::modules::plans(frame, &field);
            burst.take_up(frame, &field, &squares, &[]);
        }
    }
    said
}

#[test]
fn what_no_frame_says_alone_all_say_together() {
    let (mut alone, mut together, (all, frames)) = (0, 0, count());
    for seed in 0..all {
        let mut random = Random(seed + 1);
        let text = format!("29{}", random.digits(16));
        let print = if seed % 2 == 0 { qr(&text) } else { bars(&text) };
        let noise = if seed % 2 == 0 { 50.0 } else { 30.0 };
        let frames: Vec<LumaFrame> = (0..frames).map(|_| frame(Some(&print), &mut random, 1.0, noise)).collect();
        let mut single = decoder();
        alone +=
            usize::from(frames.iter().take(2).any(|frame| single.decode(frame).iter().any(|read| read.text == text)));
        let said = said_by_means(&frames);
        assert!(said.iter().all(|said| *said == text), "{said:?} is not {text}");
        together += u64::from(!said.is_empty());
    }
    println!("{alone} of {all} read by one of two frames alone, {together} by the mean of all");
    assert!(together * 2 >= all, "{together} of {all} together, {alone} alone");
}

#[test]
fn two_receipts_taking_turns_never_say_a_third_text() {
    let mut read = 0;
    let (all, count) = count();
    for seed in 0..all {
        let mut random = Random(seed + 100);
        let texts = [0, 1].map(|_| format!("29{}", random.digits(16)));
        let prints = texts.clone().map(|text| if seed % 2 == 1 { qr(&text) } else { bars(&text) });
        let noise = 5.0 + 40.0 * random.next();
        let mut frames = Vec::new();
        for i in 0..count {
            // Taking turns, or one after the other.
            let which = if seed % 3 == 0 { i * 2 / count } else { i % 2 };
            frames.push(frame(Some(&prints[which]), &mut random, 1.0, noise));
        }
        let said = said_by_means(&frames);
        read += u64::from(!said.is_empty());
        assert!(said.iter().all(|said| texts.contains(said)), "{said:?} is none of {texts:?}");
    }
    println!("one of the two was read in {read} of {all}");
}

#[test]
fn noise_says_nothing() {
    let (all, count) = count();
    for seed in 0..all {
        let mut random = Random(seed + 200);
        // Half of them with the fixed patterns of a code and no sense between.
        let mut print = qr("290000000000000000");
        for (place, module) in print.modules.iter_mut().enumerate() {
            let (x, y) = (place % 21, place / 21);
            let is_middle = |at: usize| (9..13).contains(&at);
            if is_middle(x) || is_middle(y) || (x > 12 && y > 12) {
                *module = random.next() > 0.5;
            }
        }
        let print = (seed % 2 == 0).then_some(print);
        let frames: Vec<LumaFrame> = (0..count).map(|_| frame(print.as_ref(), &mut random, 1.0, 20.0)).collect();
        assert_eq!(said_by_means(&frames), Vec::<String>::new());
    }
}
