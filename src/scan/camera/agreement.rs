//! When what single frames say becomes a reading.
//!
//! **A linear code counts only when two frames agree** (three when the decoder was unsure): its checksum lets one
//! misread in about a hundred damaged symbols through, and a misread refunds somebody else's sale. **Whoever has
//! disagreed in the same place since the code was first seen raises the bar**; the receipt before it does not. A QR
//! code, which corrects its own errors, counts at once. **A text is not told twice, by whatever kind of code, until it
//! has been out of sight for [`OUT_OF_SIGHT`].** Time comes in as a value.
//!
//! Receipts carry advertisements, often easier to read than the number beside them. So what names no sale is told only
//! when it has been in sight for a while and nothing that may name one is.

use std::time::{Duration, Instant};

use crate::domain::{ScanSource, Scanned};
use crate::scan::payload;
use crate::scan::symbol::{Point, Reading};

/// A code unseen for so long has left the picture.
pub(super) const OUT_OF_SIGHT: Duration = Duration::from_millis(1500);
/// How long a code that names no sale must stand before it is told.
const REFUSAL_PATIENCE: Duration = Duration::from_millis(700);
/// Below this confidence a linear code needs a third frame.
const SURE: f32 = 0.5;
/// Codes remembered at once; a picture with more is not a receipt.
const MAX_CODES: usize = 32;

#[derive(Debug)]
struct Sighting {
    reading: Reading,
    frames: u32,
    first_seen: Instant,
    last_seen: Instant,
    told: bool,
    /// It may name a sale.
    wanted: bool,
}

/// The codes in sight.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    sightings: Vec<Sighting>,
}

impl Agreement {
    /// Takes what one frame gave; returns what has become certain.
    pub(super) fn observe(&mut self, readings: Vec<Reading>, now: Instant) -> Vec<Reading> {
        self.sightings.retain(|sighting| now.saturating_duration_since(sighting.last_seen) < OUT_OF_SIGHT);
        for reading in readings {
            self.note(reading, now);
        }
        let mut told = Vec::new();
        for at in 0..self.sightings.len() {
            if self.is_certain(at, now)
                && let Some(sighting) = self.sightings.get_mut(at)
            {
                sighting.told = true;
                told.push(sighting.reading.clone());
            }
        }
        told
    }

    fn note(&mut self, reading: Reading, now: Instant) {
        let has_room = self.sightings.len() < MAX_CODES;
        let known = self
            .sightings
            .iter_mut()
            .find(|known| known.reading.text == reading.text && known.reading.symbology == reading.symbology);
        match known {
            // A second outline of the same code in one frame is no second frame.
            Some(known) if known.last_seen == now => {}
            Some(known) => {
                known.frames = known.frames.saturating_add(1);
                known.last_seen = now;
                known.reading = reading;
            }
            None if has_room => {
                let meaning = payload::read(&reading.text, ScanSource::Camera, Some(reading.symbology));
                let wanted = matches!(meaning, Scanned::Candidate(_));
                self.sightings.push(Sighting {
                    reading,
                    frames: 1,
                    first_seen: now,
                    last_seen: now,
                    told: false,
                    wanted,
                });
            }
            None => {}
        }
    }

    /// A receipt often has one number twice, as bars and as QR.
    fn is_told(&self, text: &str) -> bool {
        self.sightings.iter().any(|sighting| sighting.told && sighting.reading.text == text)
    }

    fn is_certain(&self, at: usize, now: Instant) -> bool {
        let Some(sighting) = self.sightings.get(at) else { return false };
        if sighting.last_seen != now || self.is_told(&sighting.reading.text) {
            return false;
        }
        if !sighting.wanted
            && (now.saturating_duration_since(sighting.first_seen) < REFUSAL_PATIENCE
                || self.sightings.iter().any(|other| other.wanted))
        {
            return false;
        }
        if !sighting.reading.symbology.is_linear() {
            return true;
        }
        let needed = if sighting.reading.confidence < SURE { 3 } else { 2 };
        let rivals: u32 = self
            .sightings
            .iter()
            .filter(|other| {
                other.reading.symbology.is_linear()
                    && other.reading.text != sighting.reading.text
                    && other.last_seen >= sighting.first_seen
                    && is_same_place(&other.reading, &sighting.reading)
            })
            .map(|rival| rival.frames)
            .sum();
        sighting.frames >= needed + rivals.saturating_mul(2)
    }
}

/// True when one's centre lies within half the other's extent.
fn is_same_place(one: &Reading, other: &Reading) -> bool {
    let (a, b) = (centre(one), centre(other));
    let distance = (a.x - b.x).hypot(a.y - b.y);
    distance < extent(one).max(extent(other)) / 2.0
}

fn centre(reading: &Reading) -> Point {
    let sum = reading.corners.iter().fold((0.0, 0.0), |(x, y), corner| (x + corner.x, y + corner.y));
    Point { x: sum.0 / 4.0, y: sum.1 / 4.0 }
}

/// The longer diagonal.
fn extent(reading: &Reading) -> f32 {
    let [a, b, c, d] = reading.corners;
    (a.x - c.x).hypot(a.y - c.y).max((b.x - d.x).hypot(b.y - d.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::symbol::{Pass, Symbology};

    fn reading(text: &str, symbology: Symbology, confidence: f32, x: f32) -> Reading {
        let corners = [(x, 0.0), (x + 100.0, 0.0), (x + 100.0, 40.0), (x, 40.0)].map(|(x, y)| Point { x, y });
        Reading { text: text.into(), symbology, corners, confidence, pass: Pass::Fast }
    }

    /// Frames 100 ms apart, each a list of codes; the frames at which something was told.
    fn told(frames: &[&[Reading]]) -> Vec<(usize, String)> {
        let mut agreement = Agreement::default();
        let start = Instant::now();
        let mut told = Vec::new();
        for (at, frame) in frames.iter().enumerate() {
            let now = start + Duration::from_millis(100 * u64::try_from(at).unwrap());
            told.extend(agreement.observe(frame.to_vec(), now).into_iter().map(|reading| (at, reading.text)));
        }
        told
    }

    #[test]
    fn a_qr_code_counts_at_once_and_a_linear_code_when_two_frames_agree() {
        let qr: &[Reading] = &[reading("Q1", Symbology::QrCode, 0.9, 0.0)];
        let bars: &[Reading] = &[reading("B1", Symbology::Code128, 0.9, 0.0)];
        assert_eq!(told(&[qr, qr]), [(0, "Q1".into())]);
        assert_eq!(told(&[bars, &[], bars, bars]), [(2, "B1".into())]);
        assert_eq!(told(&[&[bars, bars].concat()]), []);
        let unsure: &[Reading] = &[reading("U1", Symbology::Code128, 0.3, 0.0)];
        assert_eq!(told(&[unsure, unsure, unsure]), [(2, "U1".into())]);
    }

    #[test]
    fn one_who_disagrees_in_the_same_place_raises_the_bar() {
        let r: &[Reading] = &[reading("297553638301777927", Symbology::Code128, 0.9, 0.0)];
        let w: &[Reading] = &[reading("297553638301777937", Symbology::Code128, 0.9, 5.0)];
        let elsewhere: &[Reading] = &[reading("POS-1", Symbology::Code128, 0.9, 900.0)];
        assert_eq!(told(&[r, w, r]), []);
        assert_eq!(told(&[r, w, r, r, r]), [(4, "297553638301777927".into())]);
        // The receipt before it, in the same place, is no rival.
        assert_eq!(told(&[w, w, w, r, r]), [(1, "297553638301777937".into()), (4, "297553638301777927".into())]);
        assert_eq!(told(&[r, elsewhere, r]), [(2, "297553638301777927".into())]);
    }

    #[test]
    fn an_advertisement_waits_for_the_number_beside_it() {
        let ad = reading("https://survey.example/s/1", Symbology::QrCode, 0.99, 0.0);
        let number = reading("297553638301777927", Symbology::Code128, 0.9, 300.0);
        let both: &[Reading] = &[ad, number];
        let alone = &both[..1];
        assert_eq!(told(&[alone; 12]), [(7, "https://survey.example/s/1".into())]);
        assert_eq!(told(&[&[alone; 6][..], &[both; 14]].concat()), [(7, "297553638301777927".into())]);
    }

    #[test]
    fn nothing_is_told_twice_until_it_has_been_out_of_sight() {
        let qr: &[Reading] = &[reading("Q1", Symbology::QrCode, 0.9, 0.0)];
        let mut frames = vec![qr; 20];
        frames.extend(vec![&[][..]; 13]);
        frames.push(qr);
        assert_eq!(told(&frames).len(), 1, "unseen for 1.4 s");
        frames.extend(vec![&[][..]; 15]);
        frames.push(qr);
        assert_eq!(told(&frames).len(), 2);
        let both: &[Reading] =
            &[reading("N1", Symbology::QrCode, 0.9, 0.0), reading("N1", Symbology::Code128, 0.9, 300.0)];
        assert_eq!(told(&[both; 5]), [(0, "N1".into())]);
    }
}
