//! Reports of a day or a shift, read out of the refunds by index and added up by `domain::report`.
//!
//! **Reading alone, at one moment**: everything in a report is of the same state of the ledger. **A day is the store's**, from
//! midnight to midnight by its clock, also where the clock is set forward or back on it. A refund counts for the day or
//! shift in which it was asked for, by its state now.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{Connection, OpenFlags, Row, params};

use super::error::{LedgerError, OpenError};
use super::{Ledger, LedgerSettings, audit, rows, schema, shifts};
use crate::domain::report::MAX_UNRESOLVED;
use crate::domain::{
    Counted, Operator, OperatorId, RecordHead, Refund, RefundState, Report, ReportAsk, ReportOf, Shift, Timestamp,
    Totals,
};

/// What is read of each refund.
const COLUMNS: &str = "r.state, r.amount_minor, r.currency, r.reason, r.requester, r.created_at, s.wallet, \
                       r.decision IS NOT NULL";

pub(super) fn day_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM refunds r INDEXED BY refunds_by_time JOIN sales s ON s.id = r.sale_id
         WHERE r.created_at >= ?1 AND r.created_at < ?2"
    )
}

pub(super) fn shift_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM refunds r INDEXED BY refunds_by_requester JOIN sales s ON s.id = r.sale_id
         WHERE r.requester = ?3 AND r.created_at >= ?1 AND r.created_at < ?2 AND r.till = ?4"
    )
}

pub(super) const EARLIER: &str =
    "SELECT EXISTS (SELECT 1 FROM refunds INDEXED BY refunds_by_time WHERE created_at < ?1)";

/// What a report covers.
struct Cover {
    of: ReportOf,
    from: Timestamp,
    until: Timestamp,
    head: Option<RecordHead>,
    has_earlier: bool,
    has_later: bool,
}

fn moment(at: jiff::Timestamp) -> Timestamp {
    Timestamp::from_ms(at.as_millisecond())
}

fn head_of(head: audit::AuditHead) -> RecordHead {
    RecordHead { count: head.count, hash: head.hash.to_string() }
}

fn no_such(what: &'static str) -> LedgerError {
    LedgerError::NotFound { what }
}

impl Ledger {
    /// Opens the same ledger once more, to read beside this one: what takes long must not hold up who writes.
    pub fn beside(&self) -> Result<Self, OpenError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        schema::before_reading(&connection, schema::BUSY_TIMEOUT)?;
        connection.pragma_update(None, "query_only", true)?;
        let terms = &self.terms;
        let mut settings = LedgerSettings::new(terms.till.clone(), terms.policy.clone());
        (settings.resolve, settings.pin_cost) = (terms.resolve, terms.pin_cost);
        (settings.training, settings.zone) = (terms.training, terms.zone.clone());
        Self::with(connection, &self.path, settings)
    }

    /// The store's time zone.
    pub fn zone(&self) -> &jiff::tz::TimeZone {
        &self.terms.zone
    }

    /// Makes a report.
    pub fn report(&self, ask: &ReportAsk, now: Timestamp) -> Result<Report, LedgerError> {
        let at_once = self.connection.unchecked_transaction()?;
        let cover = self.cover(&at_once, ask, now)?;
        let totals = self.totals(&at_once, &cover)?;
        let (unresolved, open_besides) = self.unresolved_of(&cover)?;
        let unresolved_count = u64::try_from(unresolved.len()).unwrap_or(u64::MAX);
        let head = match cover.head {
            Some(head) => head,
            None => head_of(audit::head(&at_once)?),
        };
        let mut report = Report {
            of: cover.of,
            from: cover.from,
            until: cover.until,
            made_at: now,
            till: self.terms.till.to_string(),
            training: self.terms.training,
            head,
            unresolved: unresolved.into_iter().take(MAX_UNRESOLVED).collect(),
            unresolved_count,
            open_besides,
            totals,
            people: vec![],
            has_earlier: cover.has_earlier,
            has_later: cover.has_later,
        };
        report.people = self.people_of(&report)?;
        Ok(report)
    }

    fn cover(&self, at_once: &Connection, ask: &ReportAsk, now: Timestamp) -> Result<Cover, LedgerError> {
        match ask {
            ReportAsk::Day { back } => {
                let today = self.date_of(now)?;
                let date = today.checked_sub(jiff::Span::new().days(i64::from(*back)));
                self.cover_day(at_once, date.map_err(|_| no_such("day"))?, now)
            }
            ReportAsk::Date(text) => {
                let date: Date = text.parse().map_err(|_| no_such("day"))?;
                self.cover_day(at_once, date, now)
            }
            ReportAsk::Shift { back, of } => {
                let shift = shifts::nth_last(at_once, self.till().as_str(), of.as_ref(), *back)?;
                let before = shifts::nth_last(at_once, self.till().as_str(), of.as_ref(), back.saturating_add(1))?;
                let (shift, head) = shift.ok_or(no_such("shift"))?;
                Ok(cover_shift(shift, head, now, (before.is_some(), *back > 0)))
            }
            ReportAsk::Numbered(number) => {
                let found = |number: u64| shifts::numbered(at_once, self.till().as_str(), number);
                let (shift, head) = found(*number)?.ok_or(no_such("shift"))?;
                let around = (*number > 1, found(number.saturating_add(1))?.is_some());
                Ok(cover_shift(shift, head, now, around))
            }
        }
    }

    fn date_of(&self, at: Timestamp) -> Result<Date, LedgerError> {
        let at = jiff::Timestamp::from_millisecond(at.ms()).map_err(|_| no_such("day"))?;
        Ok(at.to_zoned(self.terms.zone.clone()).date())
    }

    /// From one midnight to the next, by the store's clock: 23, 24 or 25 hours, and where a zone leaves a day's first
    /// hour out, from its first moment on.
    fn cover_day(&self, at_once: &Connection, date: Date, now: Timestamp) -> Result<Cover, LedgerError> {
        let begins = |date: Date| {
            let zoned = date.to_zoned(self.terms.zone.clone()).and_then(|zoned| zoned.start_of_day());
            zoned.map(|zoned| moment(zoned.timestamp())).map_err(|_| no_such("day"))
        };
        let (from, until) = (begins(date)?, begins(date.tomorrow().map_err(|_| no_such("day"))?)?);
        let has_earlier = at_once.prepare_cached(EARLIER)?.query_row([from.ms()], |row| row.get(0))?;
        let of = ReportOf::Day(date.to_string());
        Ok(Cover { of, from, until, head: None, has_earlier, has_later: until <= now })
    }

    fn totals(&self, at_once: &Connection, cover: &Cover) -> Result<Totals, LedgerError> {
        let mut totals = Totals::default();
        let mut hours = Hours::new(self.terms.zone.clone());
        let mut take = |row: &Row<'_>| take(&mut totals, &mut hours, row);
        let (from, until) = (cover.from.ms(), cover.until.ms());
        match &cover.of {
            ReportOf::Day(_) => {
                let mut statement = at_once.prepare_cached(&day_sql())?;
                let mut rows = statement.query([from, until])?;
                while let Some(row) = rows.next()? {
                    take(row)?;
                }
            }
            ReportOf::Shift(shift) => {
                let mut statement = at_once.prepare_cached(&shift_sql())?;
                let mut rows = statement.query(params![from, until, shift.operator.as_str(), shift.till])?;
                while let Some(row) = rows.next()? {
                    take(row)?;
                }
            }
        }
        Ok(totals)
    }

    /// Those of the report that want something of somebody, and how many others do.
    fn unresolved_of(&self, cover: &Cover) -> Result<(Vec<Refund>, u64), LedgerError> {
        let within = |refund: &Refund| {
            let in_time = refund.created_at >= cover.from && refund.created_at < cover.until;
            let theirs = match &cover.of {
                ReportOf::Day(_) => true,
                ReportOf::Shift(shift) => refund.requester == shift.operator && refund.till == shift.till,
            };
            in_time && theirs
        };
        let (inside, outside): (Vec<_>, Vec<_>) = self.wanting_attention()?.into_iter().partition(within);
        Ok((inside, u64::try_from(outside.len()).unwrap_or(u64::MAX)))
    }

    /// Everybody the report names.
    fn people_of(&self, report: &Report) -> Result<Vec<Operator>, LedgerError> {
        let mut named: BTreeSet<&OperatorId> = report.totals.by_operator.keys().collect();
        named.extend(report.unresolved.iter().map(|refund| &refund.requester));
        if let ReportOf::Shift(shift) = &report.of {
            named.insert(&shift.operator);
            named.extend(&shift.closed_by);
        }
        named.into_iter().map(|id| self.operator(id)).collect()
    }
}

fn cover_shift(shift: Shift, head: Option<RecordHead>, now: Timestamp, around: (bool, bool)) -> Cover {
    let until = shift.closed_at.unwrap_or(now).plus_ms(1);
    let (has_earlier, has_later) = around;
    Cover { from: shift.opened_at, until, head, has_earlier, has_later, of: ReportOf::Shift(shift) }
}

fn take(totals: &mut Totals, hours: &mut Hours, row: &Row<'_>) -> Result<(), LedgerError> {
    const T: &str = "refunds";
    let text = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str()?));
    let operator = rows::sound(OperatorId::parse(text(4)?), T)?;
    let counted = Counted {
        state: RefundState::parse(text(0)?).ok_or_else(|| rows::damaged(T))?,
        amount: rows::money(row.get(1)?, text(2)?, T)?,
        wallet: row.get_ref(6)?.as_str_or_null().map_err(rusqlite::Error::from)?,
        reason: text(3)?,
        operator: &operator,
        hour: hours.of(row.get(5)?),
        by_hand: row.get(7)?,
    };
    rows::sound(totals.add(&counted), T)
}

/// The hour of the day by the store's clock; refunds come in the order of time, so one question to the zone serves a
/// whole quarter of an hour: no zone of our time changes its clock at another moment.
struct Hours {
    zone: jiff::tz::TimeZone,
    known: Option<(i64, u8)>,
}

const QUARTER_MS: i64 = 900_000;

impl Hours {
    const fn new(zone: jiff::tz::TimeZone) -> Self {
        Self { zone, known: None }
    }

    fn of(&mut self, at_ms: i64) -> u8 {
        let quarter = at_ms.div_euclid(QUARTER_MS);
        if let Some((_, hour)) = self.known.filter(|(known, _)| *known == quarter) {
            return hour;
        }
        let at = jiff::Timestamp::from_millisecond(at_ms).map(|at| at.to_zoned(self.zone.clone()).hour());
        let hour = at.ok().and_then(|hour| u8::try_from(hour).ok()).unwrap_or(0);
        self.known = Some((quarter, hour));
        hour
    }
}
