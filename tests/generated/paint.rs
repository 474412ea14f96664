//! From what is printed to what a camera makes of it: turned, blurred, moved, unevenly lit, striped, noisy.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // places and greys, clamped or checked beside

use super::{Dice, HEIGHT, WIDTH};

/// What is printed, about the middle of the frame.
pub enum Print {
    /// Nothing.
    Nothing,
    /// A sine along one direction, or the product of two.
    Waves { along: f32, across: f32, level: f32 },
    /// Digits all over.
    Digits { seed: u64, dot: f32, gap: usize },
    /// A row of bars, a module so many pixels wide.
    Bars { modules: Vec<bool>, module: f32, half_height: f32 },
    /// A square of modules.
    Square { modules: Vec<bool>, side: usize, module: f32 },
}

/// The digits in dots, five wide and seven high, a row in five bits.
const DIGITS: [[u8; 7]; 10] = [
    [14, 17, 19, 21, 25, 17, 14],
    [4, 12, 4, 4, 4, 4, 14],
    [14, 17, 1, 2, 4, 8, 31],
    [31, 2, 4, 2, 1, 17, 14],
    [2, 6, 10, 18, 31, 2, 2],
    [31, 16, 30, 1, 1, 17, 14],
    [6, 8, 16, 30, 17, 17, 14],
    [31, 1, 2, 4, 8, 8, 8],
    [14, 17, 17, 14, 17, 17, 14],
    [14, 17, 17, 15, 1, 2, 12],
];

impl Print {
    /// Whether there is ink at `u`, `v` from the middle, in pixels.
    fn ink(&self, u: f32, v: f32) -> bool {
        match self {
            Self::Nothing => false,
            Self::Waves { along, across, level } => {
                let other = if *across > 0.0 { (v * across).sin() } else { 1.0 };
                (u * along).sin() * other > *level
            }
            Self::Digits { seed, dot, gap } => {
                let (x, y) = ((u / dot).floor(), (v / dot).floor());
                let (wide, high) = (5.0 + *gap as f32, 8.0 + *gap as f32);
                let (column, row) = ((x / wide).floor(), (y / high).floor());
                let (i, j) = ((x - column * wide) as usize, (y - row * high) as usize);
                let place =
                    (column as i64 as u64).wrapping_mul(0x9E37_79B9) ^ (row as i64 as u64).wrapping_mul(0x85EB_CA6B);
                let digit = Dice(place ^ seed).below(10);
                i < 5 && j < 7 && DIGITS[digit][j] >> (4 - i) & 1 == 1
            }
            Self::Bars { modules, module, half_height } => {
                let place = u / module + modules.len() as f32 / 2.0;
                v.abs() < *half_height && place >= 0.0 && modules.get(place as usize).copied().unwrap_or(false)
            }
            Self::Square { modules, side, module } => {
                let (x, y) = (u / module + *side as f32 / 2.0, v / module + *side as f32 / 2.0);
                let inside = x >= 0.0 && y >= 0.0 && x < *side as f32 && y < *side as f32;
                inside && modules[y as usize * side + x as usize]
            }
        }
    }
}

/// What a camera does to a print.
pub struct Damage {
    angle: f32,
    /// How far the middle of the print is from the middle of the frame.
    shift: (f32, f32),
    /// How much nearer one side is than the other.
    tilt: f32,
    ink: f32,
    paper: f32,
    /// Light that falls off over the frame.
    slope: (f32, f32),
    /// Passes of a blur over three pixels, along rows and columns.
    blurs: (usize, usize),
    noise: f32,
    /// One row or column in so many is left white by the print head.
    stripes: Option<(bool, usize)>,
    /// Light on dark.
    inverted: bool,
}

impl Damage {
    /// Some of all, little more often than much.
    pub fn at_random(dice: &mut Dice) -> Self {
        let ink = dice.between(5.0, 110.0);
        let little = |dice: &mut Dice, most: f32| {
            let share = dice.between(0.0, 1.0);
            share * share * most
        };
        Self {
            angle: if dice.percent(30) { dice.between(-0.1, 0.1) } else { dice.between(0.0, std::f32::consts::TAU) },
            shift: if dice.percent(25) {
                (dice.between(-120.0, 120.0), dice.between(-90.0, 90.0))
            } else {
                (dice.between(-12.0, 12.0), dice.between(-12.0, 12.0))
            },
            tilt: if dice.percent(30) { dice.between(-0.003, 0.003) } else { 0.0 },
            ink,
            paper: dice.between(ink + 25.0, 250.0),
            slope: if dice.percent(30) { (dice.between(-0.3, 0.3), dice.between(-0.3, 0.3)) } else { (0.0, 0.0) },
            blurs: (little(dice, 4.0) as usize, little(dice, 4.0) as usize),
            noise: little(dice, 35.0),
            stripes: dice.percent(20).then(|| (dice.percent(50), 3 + dice.below(12))),
            inverted: dice.percent(15),
        }
    }
}

/// The frame that a camera takes of `print`.
pub fn paint(print: &Print, damage: &Damage, dice: &mut Dice) -> Vec<u8> {
    let (width, height) = (WIDTH as usize, HEIGHT as usize);
    let mut picture = vec![0.0f32; width * height];
    let (sin, cos) = damage.angle.sin_cos();
    for (i, pixel) in picture.iter_mut().enumerate() {
        let (x, y) = ((i % width) as f32 - width as f32 / 2.0, (i / width) as f32 - height as f32 / 2.0);
        let mut inked = 0.0;
        for (part_x, part_y) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
            let (dx, dy) = (x + part_x - damage.shift.0, y + part_y - damage.shift.1);
            let near = 1.0 + damage.tilt * dx;
            let (dx, dy) = (dx / near, dy / near);
            let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
            let kept = damage.stripes.is_none_or(|(rows, every)| {
                let place = if rows { v } else { u };
                place.rem_euclid(every as f32 * 2.0) > 1.5
            });
            if print.ink(u, v) && kept {
                inked += 0.25;
            }
        }
        if damage.inverted {
            inked = 1.0 - inked;
        }
        let light = 1.0 + damage.slope.0 * x / width as f32 + damage.slope.1 * y / height as f32;
        *pixel = (damage.paper + (damage.ink - damage.paper) * inked) * light;
    }
    if let Print::Nothing = print {
        let deviation = dice.between(5.0, 70.0);
        picture.iter_mut().for_each(|pixel| *pixel += dice.normal() * deviation);
    }
    for _ in 0..damage.blurs.0 {
        blur(&mut picture, 1, width);
    }
    for _ in 0..damage.blurs.1 {
        blur(&mut picture, width, width);
    }
    picture.iter().map(|pixel| (pixel + dice.normal() * damage.noise).clamp(0.0, 255.0) as u8).collect()
}

/// A blur over three pixels `step` apart.
fn blur(picture: &mut [f32], step: usize, width: usize) {
    let before = picture.to_vec();
    for i in width..picture.len() - width {
        picture[i] = (before[i - step] + before[i] + before[i + step]) / 3.0;
    }
}
