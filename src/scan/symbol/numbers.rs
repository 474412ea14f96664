//! Small number helpers for the readers of pixels.
//!
//! **No helper here can panic**: conversions saturate, reads outside a slice give zero. The readers work on noisy
//! pictures in `f32`, where a saturated or zero sample is one more bad sample, and a panic would be a lost camera.

/// `value` as a position in a slice: truncated, negative and NaN become 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturating by definition, as wanted
pub fn index(value: f32) -> usize {
    value as usize
}

/// `value` as `f32`; exact below 2^24, which every side and count here is.
#[allow(clippy::cast_precision_loss)]
pub fn real(value: usize) -> f32 {
    value as f32
}

/// `value` as `usize`; every platform the till runs on has at least 32 bits.
pub fn size(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// The sample at `index`, or zero outside.
pub fn at(samples: &[f32], index: usize) -> f32 {
    samples.get(index).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_panics_outside() {
        assert_eq!(index(-3.0), 0);
        assert_eq!(index(f32::NAN), 0);
        assert!(at(&[1.0], 5).abs() < f32::EPSILON);
    }
}
