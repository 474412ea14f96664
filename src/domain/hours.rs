//! When the store is open: hours by weekday, in the store's own time, over midnight where it closes before it opens.
//!
//! **Pure**: the weekday and the minute of the day come in. Hours that go over midnight belong to the day on which they
//! begin.

use std::fmt;

const DAY_MINUTES: u16 = 24 * 60;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// All seven, in their order.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// The day before it.
    pub const fn before(self) -> Self {
        match self {
            Self::Monday => Self::Sunday,
            Self::Tuesday => Self::Monday,
            Self::Wednesday => Self::Tuesday,
            Self::Thursday => Self::Wednesday,
            Self::Friday => Self::Thursday,
            Self::Saturday => Self::Friday,
            Self::Sunday => Self::Saturday,
        }
    }
}

/// The hours of one day, in minutes from midnight; over midnight where it closes before it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpeningHours {
    from_minute: u16,
    to_minute: u16,
}

/// Why a text is no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not two times of the day with a dash between.
    #[error("it is not two times of the day")]
    Form,
    /// It closes as it opens.
    #[error("it closes at the minute it opens")]
    Empty,
}

impl OpeningHours {
    /// Reads `09:00-21:00`; `24:00` is the end of the day.
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let (from, to) = text.trim().split_once('-').ok_or(HoursError::Form)?;
        let (from_minute, to_minute) = (minute_of(from)?, minute_of(to)?);
        if from_minute == DAY_MINUTES {
            return Err(HoursError::Form);
        }
        if from_minute == to_minute { Err(HoursError::Empty) } else { Ok(Self { from_minute, to_minute }) }
    }

    const fn over_midnight(self) -> bool {
        self.to_minute < self.from_minute
    }

    /// Whether that minute is within them, on the day on which they begin.
    const fn holds(self, minute: u16) -> bool {
        minute >= self.from_minute && (self.over_midnight() || minute < self.to_minute)
    }

    /// Whether that minute is within them, on the day after the one on which they begin.
    const fn holds_after_midnight(self, minute: u16) -> bool {
        self.over_midnight() && minute < self.to_minute
    }
}

impl fmt::Display for OpeningHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from_minute: from, to_minute: to } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

fn minute_of(text: &str) -> Result<u16, HoursError> {
    let (hours, minutes) = text.trim().split_once(':').ok_or(HoursError::Form)?;
    let number = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u16>().ok()).flatten().ok_or(HoursError::Form)
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let minute = hours * 60 + minutes;
    if minutes < 60 && minute <= DAY_MINUTES { Ok(minute) } else { Err(HoursError::Form) }
}

/// A day's hours as the store has set them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayHours {
    /// Open then.
    Open(OpeningHours),
    /// Closed all day.
    Closed,
}

/// The hours of a week: those of every day, and days that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WeekHours {
    /// Of every day that has none of its own.
    pub every_day: Option<DayHours>,
    /// Of single days, Monday first.
    pub days: [Option<DayHours>; 7],
}

impl WeekHours {
    /// The same hours every day.
    pub const fn every_day(hours: OpeningHours) -> Self {
        Self { every_day: Some(DayHours::Open(hours)), days: [None; 7] }
    }

    /// What holds on that day; nothing where the store has not said.
    pub fn of(&self, day: Weekday) -> Option<DayHours> {
        let own =
            Weekday::ALL.iter().position(|other| *other == day).and_then(|at| self.days.get(at).copied().flatten());
        own.or(self.every_day)
    }

    /// Whether the store is closed at that minute of that day, as far as it has said when it is open.
    pub fn is_closed(&self, day: Weekday, minute: u16) -> bool {
        let from_yesterday =
            matches!(self.of(day.before()), Some(DayHours::Open(hours)) if hours.holds_after_midnight(minute));
        match self.of(day) {
            None => false,
            Some(DayHours::Closed) => !from_yesterday,
            Some(DayHours::Open(hours)) => !hours.holds(minute) && !from_yesterday,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> OpeningHours {
        OpeningHours::parse(text).unwrap()
    }

    #[test]
    fn hours_are_read_as_people_write_them_and_written_as_they_are_read() {
        for text in ["09:00-21:00", "00:00-24:00", "22:00-02:00", "09:30-09:29"] {
            assert_eq!(hours(text).to_string(), text);
        }
        assert_eq!(hours(" 09:00 - 21:00 ").to_string(), "09:00-21:00");
        for wrong in ["", "9:00-21:00", "09:00", "09:00-25:00", "09:60-10:00", "24:00-01:00", "09:00-24:01", "a:b-c:d"]
        {
            assert_eq!(OpeningHours::parse(wrong), Err(HoursError::Form), "{wrong}");
        }
        assert_eq!(OpeningHours::parse("09:00-09:00"), Err(HoursError::Empty));
    }

    #[track_caller]
    fn check(week: &WeekHours, day: Weekday, time: &str, closed: bool) {
        assert_eq!(week.is_closed(day, minute_of(time).unwrap()), closed, "{day:?} {time}");
    }

    #[test]
    fn the_same_every_day_to_the_minute() {
        let week = WeekHours::every_day(hours("09:00-21:00"));
        for day in Weekday::ALL {
            check(&week, day, "08:59", true);
            check(&week, day, "09:00", false);
            check(&week, day, "20:59", false);
            check(&week, day, "21:00", true);
        }
        check(&WeekHours::every_day(hours("00:00-24:00")), Weekday::Sunday, "23:59", false);
    }

    #[test]
    fn a_day_of_its_own_goes_before_every_day() {
        let mut week = WeekHours::every_day(hours("09:00-21:00"));
        week.days[6] = Some(DayHours::Closed);
        week.days[5] = Some(DayHours::Open(hours("10:00-16:00")));
        check(&week, Weekday::Sunday, "12:00", true);
        check(&week, Weekday::Saturday, "09:30", true);
        check(&week, Weekday::Saturday, "15:59", false);
        check(&week, Weekday::Monday, "09:30", false);
    }

    /// Friday night belongs to Friday, also on Saturday morning, and also where Saturday is closed.
    #[test]
    fn a_night_belongs_to_the_day_it_begins_on() {
        let mut week = WeekHours::every_day(hours("10:00-18:00"));
        week.days[4] = Some(DayHours::Open(hours("18:00-02:00")));
        check(&week, Weekday::Friday, "01:59", true);
        check(&week, Weekday::Friday, "17:59", true);
        check(&week, Weekday::Friday, "23:59", false);
        check(&week, Weekday::Saturday, "01:59", false);
        check(&week, Weekday::Saturday, "02:00", true);
        week.days[5] = Some(DayHours::Closed);
        check(&week, Weekday::Saturday, "01:59", false);
        check(&week, Weekday::Saturday, "10:00", true);
        check(&week, Weekday::Sunday, "01:00", true);
    }

    #[test]
    fn a_day_of_which_nothing_is_said_is_not_closed() {
        let mut week = WeekHours::default();
        check(&week, Weekday::Monday, "03:00", false);
        week.days[6] = Some(DayHours::Closed);
        check(&week, Weekday::Sunday, "12:00", true);
        check(&week, Weekday::Monday, "03:00", false);
    }
}
