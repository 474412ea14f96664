//! The computer itself: clock, time zone, room on the disk, display, fonts.

use std::path::Path;

use jiff::tz::TimeZone;

use super::super::house::{House, now};
use super::super::ledger::local;
use super::super::paper;
use super::{Check, Finding};
use crate::domain::Timestamp;

/// A clock before this has lost its battery: 2026-01-01, before any version of this program.
const EARLIEST: Timestamp = Timestamp::from_ms(1_767_225_600_000);
/// Two computers' clocks may differ by so much; the record's last entry may be another one's.
const AHEAD_MS: i64 = 300_000;

/// Whether the clock can be right.
pub(super) fn clock(house: &House) -> Option<Check> {
    let now = now();
    let fix = "Set this computer's date and time, and let a time server keep them.";
    let last = house.ledger_as_it_is().and_then(|ledger| ledger.last_row_at().ok()?);
    let finding = match last {
        Some(at) if at > now.plus_ms(AHEAD_MS) => Finding::Bad(
            format!("the last entry was written on {}, the clock says {}", local(at), local(now)),
            fix.to_owned(),
        ),
        _ if now < EARLIEST => Finding::Bad(format!("it says {}", local(now)), fix.to_owned()),
        _ => Finding::Good(local(now)),
    };
    Some(Check { what: "clock", finding })
}

/// Which zone days and hours are counted in.
pub(super) fn zone() -> Check {
    let fix = if cfg!(windows) {
        "Choose it: Settings, Time and language, Date and time."
    } else {
        "Choose it: sudo timedatectl set-timezone America/Los_Angeles (timedatectl list-timezones names them all)."
    };
    let finding = match TimeZone::try_system() {
        Ok(zone) => {
            let here = jiff::Timestamp::now().to_zoned(zone);
            let name = here.time_zone().iana_name().unwrap_or("the system's").to_owned();
            Finding::Good(format!("{name}, {}", here.strftime("now UTC%:z")))
        }
        Err(error) => {
            Finding::Hint(format!("it is not known, so days and hours are counted in UTC ({error})"), fix.to_owned())
        }
    };
    Check { what: "time zone", finding }
}

const MIB: u64 = 1024 * 1024;
/// With less nothing can be recorded for long: a copy of the ledger leaves as much.
const TOO_LITTLE: u64 = 64 * MIB;
/// With less somebody should look soon: the ledger, its log and a copy of a big one.
const LITTLE: u64 = 1024 * MIB;

/// Room where the ledger and its copies are.
pub(super) fn room(house: &House) -> Vec<Check> {
    let backups = house.config.data.backups.as_deref();
    let mut checks = vec![Check { what: "disk", finding: room_at(&house.config.data.folder) }];
    checks.extend(backups.map(|folder| Check { what: "disk of the copies", finding: room_at(folder) }));
    checks
}

fn room_at(folder: &Path) -> Finding {
    room_of(folder, fs4::available_space(folder))
}

fn room_of(folder: &Path, free: std::io::Result<u64>) -> Finding {
    let shown = folder.display();
    let free = match free {
        Ok(free) => free,
        Err(error) => {
            let fix = "Connect the disk, or name another folder in the settings file ([data]).".to_owned();
            return Finding::Bad(format!("{shown}: {error}"), fix);
        }
    };
    let found = format!("{} MiB free for {shown}", free / MIB);
    let fix = || "Make room outside the data folder; nothing in it may be removed by hand.".to_owned();
    match free {
        ..TOO_LITTLE => Finding::Bad(found, fix()),
        TOO_LITTLE..LITTLE => Finding::Hint(found, fix()),
        LITTLE.. => Finding::Good(found),
    }
}

pub(super) fn display() -> Check {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let finding = if cfg!(windows) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
        Finding::Good("there".to_owned())
    } else {
        Finding::Bad(
            "neither DISPLAY nor WAYLAND_DISPLAY is set".to_owned(),
            "Start it from a desktop session, or try: xvfb-run -a tillback demo".to_owned(),
        )
    };
    Check { what: "display", finding }
}

/// A letter of each script that names come in and no bundled font has.
const SCRIPTS: [(&str, char); 6] =
    [("rare Chinese", '\u{9f98}'), ("Thai", 'ก'), ("Arabic", 'ع'), ("Hebrew", 'א'), ("Hindi", 'अ'), ("Japanese", 'あ')];

/// What the program says needs no font of the system; names on slips may.
pub(super) fn fonts() -> Check {
    let pen = paper::pen();
    let missing: Vec<&str> =
        SCRIPTS.into_iter().filter(|(_, letter)| !pen.has(*letter)).map(|(name, _)| name).collect();
    Check { what: "fonts", finding: fonts_without(&missing) }
}

fn fonts_without(missing: &[&str]) -> Finding {
    if missing.is_empty() {
        Finding::Good("bundled, and the system's for names in other scripts".to_owned())
    } else {
        let fix = if cfg!(windows) {
            "Where customers' or items' names need them: Settings, System, Optional features, add the script's fonts."
        } else {
            "Where customers' or items' names need them: sudo apt install fonts-noto-core fonts-noto-cjk"
        };
        Finding::Hint(format!("bundled; boxes in place of letters in {}", missing.join(", ")), fix.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What no test can bring about on any computer: a full disk, a system without fonts. tests/doctor.rs has the rest.
    #[test]
    fn little_room_and_missing_fonts_are_told_with_what_to_do() {
        let room = |free| room_of(Path::new("data"), Ok(free));
        assert!(matches!(room(TOO_LITTLE - 1), Finding::Bad(found, fix)
            if found.starts_with("63 MiB free") && fix.contains("Make room") && fix.contains("nothing in it")));
        assert!(matches!(room(TOO_LITTLE), Finding::Hint(_, fix) if fix.contains("Make room")));
        assert!(matches!(room(LITTLE), Finding::Good(_)));
        let gone = room_of(Path::new("data"), Err(std::io::ErrorKind::NotFound.into()));
        assert!(matches!(gone, Finding::Bad(_, fix) if fix.contains("Connect the disk")));
        assert!(matches!(fonts_without(&["Thai", "Hindi"]), Finding::Hint(found, fix)
            if found.ends_with("Thai, Hindi") && fix.contains("fonts")));
        assert!(matches!(fonts_without(&[]), Finding::Good(_)));
    }
}
