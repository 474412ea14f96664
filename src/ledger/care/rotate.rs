//! Which copies are kept: the last of each of seven days, four weeks and twelve months, and the one before a change of
//! schema. **The newest is always kept, whatever the limits say.** Pure; [`clear_away`] alone touches the disk.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::places::{BackupFile, BackupKind, BackupPlace};
use crate::domain::Timestamp;

/// Days, weeks and months of which the last copy is kept.
const KEPT: [(Span, usize); 3] = [(Span::Day, 7), (Span::Week, 4), (Span::Month, 12)];
/// Copies from before a change of schema that are kept: the last two changes.
const KEPT_BEFORE: usize = 2;
/// All copies together stay below this, the newest apart: 8 GiB is thirty copies of a ledger with a million sales.
pub(super) const MAX_BYTES: u64 = 8 * 1024 * 1024 * 1024;

#[derive(Debug, Clone, Copy)]
enum Span {
    Day,
    Week,
    Month,
}

/// A number that is the same for two moments of one span, in UTC.
fn span_of(span: Span, at: Timestamp) -> i64 {
    let moment = jiff::Timestamp::from_millisecond(at.ms()).unwrap_or_default();
    let date = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
    match span {
        Span::Day => i64::from(date.year()) * 1000 + i64::from(date.day_of_year()),
        Span::Week => {
            let week = date.iso_week_date();
            i64::from(week.year()) * 100 + i64::from(week.week())
        }
        Span::Month => i64::from(date.year()) * 100 + i64::from(date.month()),
    }
}

/// The copies that may go; `copies` are the newest first.
pub(super) fn superfluous(copies: &[BackupFile], max_bytes: u64) -> Vec<PathBuf> {
    let mut kept: BTreeSet<&PathBuf> = copies.first().map(|newest| &newest.path).into_iter().collect();
    for (span, count) in KEPT {
        let mut seen: Vec<i64> = vec![];
        for copy in copies.iter().filter(|copy| !matches!(copy.kind, BackupKind::Before(_))) {
            let of = span_of(span, copy.made_at);
            if !seen.contains(&of) && seen.len() < count {
                seen.push(of);
                kept.insert(&copy.path);
            }
        }
    }
    let before = copies.iter().filter(|copy| matches!(copy.kind, BackupKind::Before(_)));
    kept.extend(before.take(KEPT_BEFORE).map(|copy| &copy.path));
    let mut bytes = 0_u64;
    let mut gone = vec![];
    for (at, copy) in copies.iter().enumerate() {
        let within = bytes.saturating_add(copy.bytes) <= max_bytes;
        if at == 0 || (kept.contains(&copy.path) && within) {
            bytes = bytes.saturating_add(copy.bytes);
        } else {
            gone.push(copy.path.clone());
        }
    }
    gone
}

/// Removes what need not be kept. What cannot be removed stays; the next time tries again.
pub(super) fn clear_away(place: &BackupPlace) -> usize {
    let gone = superfluous(&place.list(), MAX_BYTES);
    gone.iter().filter(|path| std::fs::remove_file(path).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::DAY_MS;

    fn copy(day: i64, kind: BackupKind) -> BackupFile {
        let made_at = Timestamp::from_ms(1_795_357_930_000 - day * DAY_MS);
        BackupFile { path: PathBuf::from(format!("{day}-{kind:?}")), made_at, kind, bytes: 100 }
    }

    fn kept(copies: &[BackupFile], max_bytes: u64) -> Vec<i64> {
        let gone = superfluous(copies, max_bytes);
        let stay = copies.iter().filter(|copy| !gone.contains(&copy.path));
        stay.map(|copy| (1_795_357_930_000 - copy.made_at.ms()) / DAY_MS).collect()
    }

    #[test]
    fn three_years_of_days_leave_seven_days_four_weeks_twelve_months() {
        let copies: Vec<_> = (0..1100).map(|day| copy(day, BackupKind::Daily)).collect();
        let kept = kept(&copies, u64::MAX);
        // Sunday 22 November 2026: the last of a week is its Sunday, of a month its last day.
        assert_eq!(&kept[..7], [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(&kept[7..10], [7, 14, 21], "the Sundays before; today is the fourth week's last");
        assert_eq!(kept.len(), 7 + 3 + 11, "{kept:?}");
        assert_eq!(kept.last(), Some(&326), "31 December 2025; November's would be the thirteenth month");
    }

    #[test]
    fn day_after_day_the_months_survive() {
        // Not once over all, but each day anew, as it happens.
        let mut there: Vec<BackupFile> = vec![];
        for day in (0..800).rev() {
            there.insert(0, copy(day, BackupKind::Daily));
            let gone = superfluous(&there, u64::MAX);
            there.retain(|copy| !gone.contains(&copy.path));
            assert!(there.len() <= 7 + 4 + 12, "{}", there.len());
        }
        assert_eq!(there.len(), 7 + 3 + 11);
    }

    #[test]
    fn the_newest_stays_whatever_its_size_and_the_ones_before_a_change_of_schema() {
        let copies = [copy(0, BackupKind::Daily), copy(1, BackupKind::Daily)];
        assert_eq!(kept(&copies, 50), [0]);
        let mut copies: Vec<_> = (0..30).map(|day| copy(day, BackupKind::ByHand)).collect();
        copies.extend([copy(400, BackupKind::Before(3)), copy(500, BackupKind::Before(2))]);
        copies.push(copy(600, BackupKind::Before(1)));
        let kept = kept(&copies, u64::MAX);
        assert!(kept.contains(&400) && kept.contains(&500) && !kept.contains(&600), "{kept:?}");
    }
}
