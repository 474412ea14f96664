//! The parts that screens are made of. **Each has a name, a role and a state for a screen reader**, each target is at
//! least [`super::theme::TARGET_MIN`] high and wide, and none knows what it is used for.

mod amount;
mod buttons;
mod column;
mod field;
pub mod icons;
mod notice;
mod pads;
mod people;
mod rows;
mod secret;
mod text;

pub use amount::{Amount, amount};
pub use buttons::{Kind, Press, focus_ring, press};
pub use column::{Column, side_by_side};
pub use field::{Field, field};
pub use icons::Icon;
pub use notice::{Notice, REFUSED_LINE, Tone, refused_line};
pub use pads::{keypad, number_pad, pin_dots, pin_pad, type_number};
pub use people::{choose_by_arrows, people};
pub use rows::{Row, card, ground, level, outcome_ground, row, rows_height, rule, tick_row};
pub use secret::{secret, secret_of};
pub use text::{Style, measure, on_one_line, quiet, write, write_fit, write_in, write_line, write_short};
