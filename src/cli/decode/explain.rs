//! Why a code was not read, in words for the person at the keyboard, and what would help.
//!
//! **Words only**: what was measured and which rule it fell short of comes from the decoder.

use crate::scan::symbol::{Failure, LumaFrame, NearMiss, Symbology};

/// A module below so many pixels is worth coming closer for, whatever else is wrong.
const WANTED_MODULE: f32 = 3.0;

/// One sentence for each patch that looks like a code; one that says so when none does.
pub(super) fn all(near: &[NearMiss], frame: &LumaFrame) -> Vec<String> {
    if near.is_empty() {
        return vec![format!(
            "Nothing in it looks like a QR code or a Code 128 ({} x {} pixels). {}",
            frame.width(),
            frame.height(),
            "If there is one, it is far too small, too blurred or too dark to stand out: fill half the picture with it."
        )];
    }
    near.iter().map(one).collect()
}

fn one(miss: &NearMiss) -> String {
    let kind = if miss.symbology == Symbology::QrCode { "QR code" } else { "Code 128" };
    let at = format!("{:.0},{:.0}", miss.middle.x, miss.middle.y);
    let mut words = format!(
        "What looks like a {kind} around {at} (modules {:.1} pixels wide, grey {} on {}): {}",
        miss.module,
        miss.dark,
        miss.light,
        why(miss)
    );
    if miss.module < WANTED_MODULE && !matches!(miss.failure, Failure::TooSmall | Failure::CutOff) {
        words += &format!(" Closer would help too: {WANTED_MODULE:.0} pixels a module read well.");
    }
    words
}

fn why(miss: &NearMiss) -> String {
    match miss.failure {
        Failure::CutOff => "it reaches the picture's edge; all of it and the white around it must be seen.".into(),
        Failure::Faint if miss.light < 90 => "it is too dark to tell ink from paper; more light would help.".into(),
        Failure::Faint => "ink and paper are nearly the same grey (faded, or a light mirrored in it); tilt it.".into(),
        Failure::TooSmall => {
            format!("its modules are too small; hold it closer, {WANTED_MODULE:.0} pixels a module read well.")
        }
        Failure::Ends(fit) => format!(
            "its start, its stop or the white beside them can't be made out (they fit {:.0} %): covered, glare, or the \
             paper curls away; flatten it and show white on both sides.",
            fit * 50.0
        ),
        Failure::Finders(fit) => format!(
            "its three corner patterns can't be made out (they fit {:.0} %): covered, stained, glare, or blurred.",
            fit * 33.3
        ),
        Failure::Blurred(fit) => {
            format!(
                "its bars run together (they fit any symbols {:.0} %); hold it still, or let it focus.",
                fit * 100.0
            )
        }
        Failure::Checksum => "its symbols break the checksum: part of it is damaged, or it is no Code 128.".into(),
        Failure::Symbol(clear) => format!(
            "one of its symbols could be another, which fits only {clear:.2} times worse: a stroke, a lost bar or blur."
        ),
        Failure::Lead(lead, needed) => format!(
            "two readings fit nearly as well (the first leads by {lead:.2}, {needed:.2} are needed), and a guess is never \
             given; sharper or more even light would tell them apart."
        ),
        Failure::Uncertain(bits, needed) => format!(
            "too many of its modules contradict each other ({:.0} bits of certainty, {needed:.0} are needed): blurred, \
             stained or under glare.",
            bits.max(0.0)
        ),
        Failure::NoMessage => "its modules make no message: blurred, or half of it is damaged.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::symbol::Point;

    fn miss(failure: Failure) -> NearMiss {
        let middle = Point { x: 312.4, y: 98.0 };
        NearMiss { symbology: Symbology::Code128, middle, module: 2.4, light: 180, dark: 60, failure }
    }

    #[test]
    fn each_failure_says_what_would_help() {
        let check = |failure: Failure, part: &str| {
            let words = one(&miss(failure));
            assert!(words.contains("Code 128 around 312,98 (modules 2.4 pixels wide, grey 60 on 180)"), "{words}");
            assert!(words.contains(part), "{words}");
        };
        check(Failure::CutOff, "picture's edge");
        check(Failure::Faint, "tilt it");
        check(Failure::TooSmall, "hold it closer");
        check(Failure::Ends(1.5), "75 %");
        check(Failure::Finders(1.8), "60 %");
        check(Failure::Blurred(0.8), "hold it still");
        check(Failure::Checksum, "checksum");
        check(Failure::Symbol(1.2), "1.20 times worse");
        check(Failure::Lead(0.1, 0.3), "leads by 0.10, 0.30 are needed");
        check(Failure::Uncertain(7.2, 18.0), "7 bits of certainty, 18 are needed");
        check(Failure::NoMessage, "no message");
        assert!(one(&NearMiss { light: 40, ..miss(Failure::Faint) }).contains("more light"));
    }

    #[test]
    fn a_small_code_is_told_to_come_closer_whatever_else_is_wrong() {
        assert!(one(&miss(Failure::Checksum)).contains("Closer would help too"));
        assert!(!one(&NearMiss { module: 4.0, ..miss(Failure::Checksum) }).contains("Closer"));
        let Ok(frame) = LumaFrame::new(4, 4, vec![0; 16]) else { panic!("a frame") };
        assert!(all(&[], &frame)[0].contains("4 x 4"));
    }
}
