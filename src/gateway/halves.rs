//! The body of a refund request in two pieces, with a point before each: for proofs that stop the program inside it.
//!
//! **Not in a release build, and not in use unless such a point is armed**: a refund's body goes out in one piece.
//! What has gone before a point is out when the program stays there: hyper writes what it has while it waits for more.

use std::io::{self, Read};

use reqwest::blocking::Body;

use crate::failpoint::{Point, failpoint, is_armed};

/// Whether a proof wants to stop inside the body.
pub(super) fn is_wanted() -> bool {
    is_armed(&[Point::HeadSent, Point::BodyHalfSent])
}

/// The same bytes, in two pieces.
pub(super) fn body(bytes: Vec<u8>) -> Body {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Body::sized(Halves { bytes, given: 0 }, length)
}

struct Halves {
    bytes: Vec<u8>,
    given: usize,
}

impl Read for Halves {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let half = self.bytes.len() / 2;
        failpoint!(HeadSent, self.given == 0);
        failpoint!(BodyHalfSent, self.given == half);
        let end = if self.given < half { half } else { self.bytes.len() };
        let mut piece = self.bytes.get(self.given..end).unwrap_or_default();
        let count = piece.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}
