//! What somebody has given back so far, held with a refund against the store's own rules; and the second manager's yes.
//!
//! **Weighed again inside the transaction that acts on it**: on approval, when the rules it breaks are written down as
//! lifted, and when the refund is recorded, where a rule that was not lifted refuses it. Refunds that are known not to
//! have happened count for nothing.

use jiff::tz::TimeZone;
use rusqlite::{Connection, params};

use super::error::{ApproveError, LedgerError, RecordError};
use super::{Ledger, Terms, approvals, audit, operators, rows};
use crate::domain::{
    Act, ApprovalId, Asking, HouseRule, Intention, Lift, Money, OperatorId, Proof, Refusal, Role, SaleView, ScanSource,
    Standing, Timestamp, Weekday, Weighed, may,
};

const COUNTS: &str = "state IN ('prepared', 'sent', 'pending', 'unknown', 'refunded')";
const SUMS: &str = "SELECT currency, sum(amount_minor) FROM refunds
     WHERE requester = ?1 AND created_at >= ?2 AND state IN ('prepared', 'sent', 'pending', 'unknown', 'refunded')
     GROUP BY currency";

fn sums(connection: &Connection, who: &OperatorId, since: Timestamp) -> Result<Vec<Money>, LedgerError> {
    let mut statement = connection.prepare_cached(SUMS)?;
    let read = |row: &rusqlite::Row<'_>| {
        let minor: i64 = row.get(1)?;
        rows::money(minor, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "refunds")
    };
    let found = statement.query_and_then(params![who.as_str(), since.ms()], read)?;
    found.collect()
}

/// How many refunds they asked for since then; and how many the others did, and how many others.
fn asked(connection: &Connection, who: &OperatorId, since: Timestamp) -> Result<(u32, (u32, u32)), LedgerError> {
    let sql = format!(
        "SELECT count(*) FILTER (WHERE requester = ?1), count(*) FILTER (WHERE requester <> ?1),
                count(DISTINCT requester) FILTER (WHERE requester <> ?1)
         FROM refunds WHERE created_at >= ?2 AND {COUNTS}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)));
    Ok(statement.query_row(params![who.as_str(), since.ms()], read)?)
}

/// From when on this person's refunds count against their limit of a shift: from midnight, or from the beginning of a shift
/// of theirs that goes back before it; but where another manager closed a shift of theirs since, from then. Who closes their
/// own shift and opens another has no new limit by it, and who works without one neither.
fn shift_began(connection: &Connection, who: &OperatorId, midnight: Timestamp) -> Result<Timestamp, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT opened_at, CASE WHEN closed_by <> operator THEN closed_at END FROM shifts
         WHERE operator = ?1 AND (closed_at IS NULL OR closed_at >= ?2) ORDER BY opened_at DESC, number DESC",
    )?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?));
    let mut earliest = None;
    for row in statement.query_map(params![who.as_str(), midnight.ms()], read)? {
        let (opened_at, closed_by_another_at) = row?;
        let began = closed_by_another_at.unwrap_or(opened_at);
        earliest = Some(earliest.map_or(began, |known: i64| known.min(began)));
        if closed_by_another_at.is_some() {
            return Ok(Timestamp::from_ms(earliest.unwrap_or(began)));
        }
    }
    Ok(earliest.map_or(midnight, Timestamp::from_ms).min(midnight))
}

/// Midnight before `now`, the weekday and the minute of the day, by the store's clock.
fn day(zone: &TimeZone, now: Timestamp) -> (Timestamp, Weekday, u16) {
    let Ok(moment) = jiff::Timestamp::from_millisecond(now.ms()) else { return (now, Weekday::Monday, 0) };
    let local = moment.to_zoned(zone.clone());
    let midnight = local.start_of_day().map_or(moment, |zoned| zoned.timestamp());
    let minute = i16::from(local.hour()) * 60 + i16::from(local.minute());
    let weekday = usize::try_from(local.weekday().to_monday_zero_offset()).ok();
    let weekday = weekday.and_then(|at| Weekday::ALL.get(at).copied()).unwrap_or(Weekday::Monday);
    (Timestamp::from_ms(midnight.as_millisecond()), weekday, u16::try_from(minute).unwrap_or(0))
}

/// How somebody stands now.
pub(super) fn standing(
    connection: &Connection,
    terms: &Terms,
    who: &OperatorId,
    role: Role,
    now: Timestamp,
) -> Result<Standing, LedgerError> {
    let (midnight, weekday, minute_of_day) = day(&terms.zone, now);
    let shift = shift_began(connection, who, midnight)?;
    let (refunds_today, others_today) = asked(connection, who, midnight)?;
    Ok(Standing {
        role,
        this_shift: sums(connection, who, shift)?,
        today: sums(connection, who, midnight)?,
        refunds_today,
        others_today,
        weekday,
        minute_of_day,
    })
}

/// Holds an intention against the store's rules, as this transaction sees them.
pub(super) fn weigh(
    connection: &Connection,
    terms: &Terms,
    view: &SaleView,
    intention: &Intention,
    source: ScanSource,
    now: Timestamp,
) -> Result<Weighed, RecordError> {
    let nobody = || RecordError::Refused(Refusal::NotYourApproval);
    let role = operators::active(connection, &intention.requester)?.ok_or_else(nobody)?.operator.role;
    let standing = standing(connection, terms, &intention.requester, role, now)?;
    Ok(terms.policy.rules.weigh(view, intention.amount, source, &standing, now))
}

/// The rules an approver lifts by saying yes: a manager who did not ask, with a note where a rule wants one.
pub(super) fn lift(
    weighed: &Weighed,
    intention: &Intention,
    approver: &OperatorId,
    role: Role,
) -> Result<String, RecordError> {
    let Some(first) = weighed.broken.first() else { return Ok(String::new()) };
    let asking = Asking { own: *approver == intention.requester, ..Asking::of(role) };
    let lifts = |rule: &HouseRule| may(rule.lift().act(), asking).is_allowed();
    if !weighed.broken.iter().all(lifts) {
        return Err(RecordError::Refused(Refusal::House(first.clone())));
    }
    let unwritten = |rule: &&HouseRule| rule.lift() == Lift::ManagerWithNote && intention.note.is_none();
    if let Some(rule) = weighed.broken.iter().find(unwritten) {
        return Err(RecordError::Refused(Refusal::House(rule.clone())));
    }
    Ok(weighed.broken.iter().map(HouseRule::as_str).collect::<Vec<_>>().join(" "))
}

/// Refuses what breaks a rule that the approval did not lift, or that wants a second manager who has not agreed.
pub(super) fn check_lifted(
    transaction: &Connection,
    weighed: &Weighed,
    approval: &ApprovalId,
    lifted: &str,
) -> Result<(), RecordError> {
    for rule in &weighed.broken {
        let is_lifted = lifted.split(' ').any(|word| word == rule.as_str());
        if !is_lifted || (rule.lift() == Lift::TwoManagers && !is_countersigned(transaction, approval)?) {
            return Err(RecordError::Refused(Refusal::House(rule.clone())));
        }
    }
    Ok(())
}

fn is_countersigned(connection: &Connection, approval: &ApprovalId) -> Result<bool, LedgerError> {
    let mut statement =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM countersigns WHERE approval_id = ?1)")?;
    Ok(statement.query_row([approval.as_str()], |row| row.get(0))?)
}

impl Ledger {
    /// What the store's rules make of an intention now, for the screen where a manager decides.
    pub fn weigh(&self, intention: &Intention, source: ScanSource, now: Timestamp) -> Result<Weighed, RecordError> {
        let moment = self.connection.unchecked_transaction()?;
        let view = rows::sale_view(&moment, &intention.sale_id)?.ok_or(LedgerError::NotFound { what: "sale" })?;
        weigh(&moment, &self.terms, &view, intention, source, now)
    }

    /// A second manager agrees with an approval that is still good: neither the one who gave it nor the one who asks.
    pub fn countersign(
        &mut self,
        approval: &ApprovalId,
        manager: &OperatorId,
        proof: impl Into<Proof>,
        now: Timestamp,
    ) -> Result<(), ApproveError> {
        let known = self.known(manager, proof.into(), now)?;
        let refused = |refusal| ApproveError::Record(RecordError::Refused(refusal));
        let transaction = known.begin(&mut self.connection, &self.notes)?;
        let (kept, used) = approvals::kept_by(&transaction, approval)?.ok_or_else(|| refused(Refusal::ApprovalVoid))?;
        if used {
            return Err(refused(Refusal::ApprovalVoid));
        }
        if now >= kept.expires_at || now < kept.approved_at {
            return Err(refused(Refusal::ApprovalExpired));
        }
        let role = operators::active(&transaction, manager)?.map(|kept| kept.operator.role);
        let asking = role.map(|role| Asking {
            own: *manager == kept.intention.requester,
            gave_first: *manager == kept.approver,
            ..Asking::of(role)
        });
        if !asking.is_some_and(|asking| may(Act::AgreeSecond, asking).is_allowed()) {
            return Err(refused(Refusal::NotYourApproval));
        }
        transaction
            .prepare_cached("INSERT INTO countersigns (approval_id, manager, signed_at) VALUES (?1, ?2, ?3)")?
            .execute(params![approval.as_str(), manager.as_str(), now.ms()])?;
        let mut detail = vec![("approver", kept.approver.as_str())];
        detail.extend(known.shown());
        audit::append(&transaction, now, manager.as_str(), "countersigned", approval.as_str(), &detail)?;
        transaction.commit()?;
        Ok(())
    }
}
