//! Brings refunds from the ledger that is being set aside into the copy that takes its place.
//!
//! **Each comes over as unknown**, whatever the old ledger said of it: the gateway is asked again, and nothing is taken
//! on the word of a file that may be damaged. **None can be sent again from there** but after the gateway's answers.
//! Rows go over as they are; the database's own rules (`schema_v1.sql`) hold while they do.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::examine::Standing;
use crate::domain::{OperatorId, Reason, RefundReference, SettingsSeen, Timestamp};
use crate::ledger::error::{LedgerError, RecordError};
use crate::ledger::{SYSTEM, audit, decisions, rows as columns, settings};

/// One row by its columns' names.
type Columns = Vec<(String, Value)>;

fn rows(connection: &Connection, sql: &str, key: &str) -> Result<Vec<Columns>, LedgerError> {
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let read = |row: &rusqlite::Row<'_>| {
        names.iter().enumerate().map(|(at, name)| Ok((name.clone(), row.get::<_, Value>(at)?))).collect()
    };
    Ok(statement.query_map([key], read)?.collect::<Result<_, _>>()?)
}

fn columns_of(target: &Connection, table: &str) -> Result<Vec<String>, LedgerError> {
    let mut statement = target.prepare_cached("SELECT name FROM pragma_table_info(?1)")?;
    Ok(statement.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Puts a row in; one that is there already stays as it is.
fn put(target: &Connection, table: &str, row: &Columns) -> Result<(), LedgerError> {
    let known = columns_of(target, table)?;
    let fit: Vec<&(String, Value)> = row.iter().filter(|(name, _)| known.contains(name)).collect();
    let names: Vec<&str> = fit.iter().map(|(name, _)| name.as_str()).collect();
    let marks: Vec<String> = (1..=fit.len()).map(|at| format!("?{at}")).collect();
    let sql =
        format!("INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT DO NOTHING", names.join(", "), marks.join(", "));
    target.execute(&sql, params_from_iter(fit.iter().map(|(_, value)| value)))?;
    Ok(())
}

fn text<'a>(row: &'a Columns, name: &str) -> Option<&'a str> {
    match row.iter().find(|(column, _)| column == name) {
        Some((_, Value::Text(text))) => Some(text),
        _ => None,
    }
}

fn set(row: &mut Columns, name: &str, value: Value) {
    row.retain(|(column, _)| column != name);
    row.push((name.to_owned(), value));
}

/// Everything a refund points at: its sale and what was bought, the people, each of its approvals.
fn bring_what_it_needs(old: &Connection, target: &Connection, refund: &Columns) -> Result<(), LedgerError> {
    let id = |name: &str| text(refund, name).unwrap_or_default();
    let mut people = vec![id("requester").to_owned(), id("approver").to_owned()];
    let approvals = rows(old, "SELECT * FROM approvals WHERE used_by = ?1 ORDER BY attempt", id("reference"))?;
    people.extend(
        approvals.iter().flat_map(|row| [text(row, "requester"), text(row, "approver")]).flatten().map(str::to_owned),
    );
    for person in people {
        for row in rows(old, "SELECT * FROM operators WHERE id = ?1", &person)? {
            put(target, "operators", &row)?;
        }
    }
    for row in rows(old, "SELECT * FROM sales WHERE id = ?1", id("sale_id"))? {
        put(target, "sales", &row)?;
    }
    for row in rows(old, "SELECT * FROM sale_items WHERE sale_id = ?1", id("sale_id"))? {
        put(target, "sale_items", &row)?;
    }
    for row in approvals {
        bring_approval(old, target, row)?;
    }
    Ok(())
}

/// An approval with the second manager's yes, used up as it was: the copy may have it as not used yet, or not at all.
fn bring_approval(old: &Connection, target: &Connection, mut approval: Columns) -> Result<(), LedgerError> {
    let value = |row: &Columns, name: &str| row.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let id = text(&approval, "id").unwrap_or_default().to_owned();
    let used = ["used_by", "attempt"].map(|name| value(&approval, name).unwrap_or(Value::Null));
    for name in ["used_by", "attempt"] {
        set(&mut approval, name, Value::Null);
    }
    put(target, "approvals", &approval)?;
    let open = "SELECT EXISTS (SELECT 1 FROM approvals WHERE id = ?1 AND used_by IS NULL)";
    if !target.query_row(open, [&id], |row| row.get::<_, bool>(0))? {
        return Ok(());
    }
    if has_table(old, "countersigns")? {
        for row in rows(old, "SELECT * FROM countersigns WHERE approval_id = ?1", &id)? {
            for person in rows(old, "SELECT * FROM operators WHERE id = ?1", text(&row, "manager").unwrap_or_default())?
            {
                put(target, "operators", &person)?;
            }
            put(target, "countersigns", &row)?;
        }
    }
    let [used_by, attempt] = used;
    let sql = "UPDATE approvals SET used_by = ?2, attempt = ?3 WHERE id = ?1 AND used_by IS NULL";
    target.execute(sql, rusqlite::params![id, used_by, attempt])?;
    Ok(())
}

fn has_table(connection: &Connection, name: &str) -> Result<bool, LedgerError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
    Ok(connection.query_row(sql, [name], |row| row.get(0))?)
}

/// The statement that loses a refund's answer: what every one of them becomes.
const LOSE: &str = "UPDATE refunds SET state = 'unknown', outcome = 'unknown', outcome_cause = 'interrupted',
    outcome_code = NULL, gateway_refund_no = NULL, not_found_answers = 0, not_found_first_at = NULL,
    last_query_at = NULL, updated_at = ?2 WHERE reference = ?1 AND state IN ('prepared', 'sent')";
const FIND_NOT_EXECUTED: &str = "UPDATE refunds SET state = 'not_executed', outcome = 'not_executed',
    outcome_cause = NULL, updated_at = ?2 WHERE reference = ?1 AND state IN ('unknown')";
const SEND_AGAIN: &str =
    "UPDATE refunds SET state = 'sent', attempt = attempt + 1, outcome = NULL, outcome_cause = NULL,
    outcome_code = NULL, gateway_refund_no = NULL, not_found_answers = 0, not_found_first_at = NULL,
    last_query_at = NULL, decision = NULL, decided_by = NULL, decided_reason = NULL, decided_evidence = NULL,
    decided_at = NULL, confirmed_at = NULL, updated_at = ?2,
    approval_id = (SELECT id FROM approvals WHERE used_by = ?1 AND approvals.attempt = refunds.attempt + 1),
    approver = (SELECT approver FROM approvals WHERE used_by = ?1 AND approvals.attempt = refunds.attempt + 1)
    WHERE reference = ?1 AND state IN ('not_sent', 'not_executed')";

/// A refund's attempts as the old ledger has them, gone through once more in the copy, ending as unknown.
fn go_through(target: &Connection, reference: &str, attempts: i64, now: Timestamp) -> Result<(), LedgerError> {
    let step = |sql: &str| target.execute(sql, rusqlite::params![reference, now.ms()]);
    step(LOSE)?;
    loop {
        let attempt: i64 =
            target.query_row("SELECT attempt FROM refunds WHERE reference = ?1", [reference], |row| row.get(0))?;
        if attempt >= attempts {
            return Ok(());
        }
        step(FIND_NOT_EXECUTED)?;
        if step(SEND_AGAIN)? != 1 {
            return Err(LedgerError::Failed { what: format!("{reference} cannot be brought over") });
        }
        step(LOSE)?;
    }
}

/// Brings one refund over as unknown. `kept` is how the copy has it, if it does. True when anything changed.
pub(super) fn bring_over(
    old: &Connection,
    target: &Connection,
    reference: &str,
    (there, kept): (&Standing, Option<&Standing>),
    now: Timestamp,
) -> Result<bool, LedgerError> {
    // What the copy has as ended cannot have ended otherwise; what it has as open and unresolved is asked about anyway.
    let is_asked = |state: &str| matches!(state, "prepared" | "sent" | "pending" | "unknown");
    if let Some(kept) = kept {
        let ended = matches!(kept.state.as_str(), "refunded" | "declined" | "abandoned");
        if ended || kept == there || (is_asked(&kept.state) && kept.attempt == there.attempt) {
            return Ok(false);
        }
    }
    let Some(mut refund) = rows(old, "SELECT * FROM refunds WHERE reference = ?1", reference)?.into_iter().next()
    else {
        return Ok(false);
    };
    bring_what_it_needs(old, target, &refund)?;
    if kept.is_none() {
        begin(target, &mut refund, reference)?;
    } else if kept.is_some_and(|kept| kept.attempt == there.attempt) {
        // Given up since: `give_up` does that for whatever the copy still has as waiting.
        return Ok(false);
    }
    go_through(target, reference, there.attempt, now)?;
    bring_decisions(old, target, reference)?;
    let attempt = there.attempt.to_string();
    let detail = [("was", there.state.as_str()), ("attempt", attempt.as_str())];
    audit::append(target, now, SYSTEM, "refund_brought_over", reference, &detail)?;
    Ok(true)
}

/// What people decided about it, which stays on record though the refund's state does not rest on it any more.
fn bring_decisions(old: &Connection, target: &Connection, reference: &str) -> Result<(), LedgerError> {
    if !has_table(old, "refund_decisions")? {
        return Ok(());
    }
    let there = "SELECT count(*) FROM refund_decisions WHERE reference = ?1";
    let kept: i64 = target.query_row(there, [reference], |row| row.get(0))?;
    let made = rows(old, "SELECT * FROM refund_decisions WHERE reference = ?1 ORDER BY number", reference)?;
    for row in made.iter().skip(usize::try_from(kept).unwrap_or(usize::MAX)) {
        for person in rows(old, "SELECT * FROM operators WHERE id = ?1", text(row, "decided_by").unwrap_or_default())? {
            put(target, "operators", &person)?;
        }
        put(target, "refund_decisions", row)?;
    }
    Ok(())
}

/// A refund that the copy does not know begins there as it began: prepared, under its first approval.
fn begin(target: &Connection, refund: &mut Columns, reference: &str) -> Result<(), LedgerError> {
    let first =
        rows(target, "SELECT id, approver FROM approvals WHERE used_by = ?1 ORDER BY attempt LIMIT 1", reference)?;
    let first = first.first().ok_or(LedgerError::Corrupt { what: format!("{reference} has no approval") })?;
    for (name, value) in [
        ("state", Value::Text("prepared".to_owned())),
        ("attempt", Value::Integer(1)),
        ("approval_id", Value::Text(text(first, "id").unwrap_or_default().to_owned())),
        ("approver", Value::Text(text(first, "approver").unwrap_or_default().to_owned())),
        ("not_found_answers", Value::Integer(0)),
    ] {
        set(refund, name, value);
    }
    for name in [
        "outcome",
        "outcome_cause",
        "outcome_code",
        "gateway_refund_no",
        "not_found_first_at",
        "last_query_at",
        "decided_by",
        "decided_reason",
        "decision",
        "decided_evidence",
        "decided_at",
        "confirmed_at",
        "contradicted",
        "contradicted_at",
        "contradicted_after",
    ] {
        set(refund, name, Value::Null);
    }
    put(target, "refunds", refund)
}

/// People as the old ledger has them: who was added, removed or given another PIN since the copy.
pub(super) fn bring_people(old: &Connection, target: &Connection) -> Result<(), LedgerError> {
    for row in rows(old, "SELECT * FROM operators WHERE ?1 = '' ORDER BY active, id", "")? {
        put(target, "operators", &row)?;
        let value = |name: &str| row.iter().find(|(column, _)| column == name).map_or(Value::Null, |(_, v)| v.clone());
        let sql =
            "UPDATE operators SET name = ?2, role = ?3, pin_hash = ?4, active = ?5, updated_at = ?6 WHERE id = ?1";
        let values = ["id", "name", "role", "pin_hash", "active", "updated_at"].map(value);
        target.execute(sql, params_from_iter(values))?;
    }
    Ok(())
}

/// Shifts as the old ledger has them: those that were closed since the copy, and those that it does not know. Gives back
/// how many. Their heads are the old record's, which was set aside whole.
pub(super) fn bring_shifts(old: &Connection, target: &Connection) -> Result<usize, LedgerError> {
    if !has_table(old, "shifts")? {
        return Ok(0);
    }
    let mut came = 0;
    // Those that ended first: a person has one open shift at a till.
    for mut row in rows(old, "SELECT * FROM shifts WHERE ?1 = '' ORDER BY closed_at IS NULL, opened_at, id", "")? {
        let id = text(&row, "id").unwrap_or_default().to_owned();
        let open = "SELECT closed_at IS NULL FROM shifts WHERE id = ?1";
        let kept: Option<bool> = target.query_row(open, [&id], |row| row.get(0)).optional()?;
        let ended = !row.iter().any(|(name, value)| name == "closed_at" && *value == Value::Null);
        match kept {
            None => {
                number(target, &mut row)?;
                put(target, "shifts", &row)?;
            }
            Some(true) if ended => close(target, &row)?,
            Some(_) => continue,
        }
        came += 1;
    }
    Ok(came)
}

/// A shift of a version that had no numbers gets the next one.
fn number(target: &Connection, row: &mut Columns) -> Result<(), LedgerError> {
    if !row.iter().any(|(name, value)| name == "number" && *value != Value::Null) {
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM shifts WHERE till = ?1";
        let next = target.query_row(sql, [text(row, "till").unwrap_or_default()], |row| row.get(0))?;
        set(row, "number", Value::Integer(next));
    }
    Ok(())
}

/// Ends a shift that the copy has as open: how it ended is the old ledger's, every column of it.
fn close(target: &Connection, row: &Columns) -> Result<(), LedgerError> {
    let id = ("id".to_owned(), Value::Text(text(row, "id").unwrap_or_default().to_owned()));
    let known = columns_of(target, "shifts")?;
    let fit: Vec<&(String, Value)> = row.iter().filter(|(name, _)| name != "id" && known.contains(name)).collect();
    let sets: Vec<String> = fit.iter().enumerate().map(|(at, (name, _))| format!("{name} = ?{}", at + 2)).collect();
    let sql = format!("UPDATE shifts SET {} WHERE id = ?1", sets.join(", "));
    target.execute(&sql, params_from_iter([&id].into_iter().chain(fit).map(|(_, value)| value)))?;
    Ok(())
}

/// The settings as each till last read them, with a row for whatever is not as the copy has it: who changed it stands in
/// the record that was set aside. Gives back how many.
pub(super) fn bring_settings(old: &Connection, target: &Connection, now: Timestamp) -> Result<usize, LedgerError> {
    if !has_table(old, "settings_seen")? {
        return Ok(0);
    }
    let seen = |connection: &Connection| -> Result<BTreeMap<String, BTreeMap<String, String>>, LedgerError> {
        let mut tills: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut statement = connection.prepare_cached("SELECT till, name, value FROM settings_seen")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            tills.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
        }
        Ok(tills)
    };
    let (there, kept, mut count) = (seen(old)?, seen(target)?, 0);
    for (till, values) in there {
        let there = SettingsSeen { hash: String::new(), values };
        let moved = there.since(kept.get(&till).unwrap_or(&BTreeMap::new()));
        count += moved.len();
        settings::tell(target, &moved, &there, (SYSTEM, "restore"), now)?;
        settings::keep(target, &till, &moved)?;
    }
    Ok(count)
}

/// Gives up every refund that waits to be sent again: what became of it after the copy is not known for sure, and a new
/// refund asks the gateway first. Gives back which.
pub(super) fn give_up(
    target: &Connection,
    manager: &OperatorId,
    reason: &Reason,
    of: impl Fn(&str) -> bool,
    now: Timestamp,
) -> Result<Vec<String>, LedgerError> {
    let mut statement = target
        .prepare("SELECT reference FROM refunds WHERE state IN ('not_sent', 'not_executed') ORDER BY reference")?;
    let waiting: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut gone = vec![];
    for text in waiting.into_iter().filter(|reference| of(reference)) {
        let reference = columns::sound(RefundReference::parse(&text), "refunds")?;
        match decisions::give_up(target, &reference, manager, reason, now) {
            Ok(true) => gone.push(text),
            Ok(false) => {}
            Err(RecordError::Ledger(error)) => return Err(error),
            Err(other) => return Err(LedgerError::Failed { what: other.to_string() }),
        }
    }
    Ok(gone)
}
