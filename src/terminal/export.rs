//! Reports and the record as files for machines: CSV and JSON lines.
//!
//! **No cell is a formula**: a text that a spreadsheet would take for one gets an apostrophe before it (OWASP, "CSV
//! Injection"). **Every moment stands in UTC and in the store's time.** **Training says so in every row.**

use std::io::{self, Write};

use jiff::tz::TimeZone;
use serde::Serialize;

pub use crate::domain::FileForm;
use crate::domain::{OperatorId, Report, ReportOf, Tally, Timestamp};
use crate::ledger::AuditRow;

/// A text that a spreadsheet would take for a formula gets an apostrophe before it. Spaces before a sign do not hide it:
/// programs that import cut them off.
pub fn harmless(text: &str) -> String {
    let begins = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']);
    let is_formula = begins
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// RFC 3339 in UTC.
pub fn utc(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.ms()).map_or_else(|_| at.ms().to_string(), |at| at.to_string())
}

/// RFC 3339 in the store's time, with its distance from UTC.
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    let zoned = jiff::Timestamp::from_millisecond(at.ms()).map(|at| at.to_zoned(zone.clone()));
    zoned.map_or_else(|_| at.ms().to_string(), |zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Writes rows in a form, a text cell harmless where the form needs it.
pub struct RowWriter<W: Write> {
    csv: Option<csv::Writer<W>>,
    json: Option<W>,
    rows: usize,
}

impl<W: Write> RowWriter<W> {
    /// Into there.
    pub fn new(out: W, form: FileForm) -> Self {
        match form {
            FileForm::Csv => Self { csv: Some(csv::Writer::from_writer(out)), json: None, rows: 0 },
            FileForm::JsonLines => Self { csv: None, json: Some(out), rows: 0 },
        }
    }

    /// One row.
    pub fn put<R: Serialize>(&mut self, row: &R) -> io::Result<()> {
        if let Some(csv) = &mut self.csv {
            csv.serialize(row).map_err(io::Error::other)?;
        }
        if let Some(json) = &mut self.json {
            serde_json::to_writer(&mut *json, row)?;
            json.write_all(b"\n")?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Brings everything out; where there was no row, the header that this one would have had, for whoever reads columns
    /// by their names.
    pub fn end_like<R: Serialize>(mut self, row: &R) -> io::Result<()> {
        if let (0, Some(csv)) = (self.rows, &mut self.csv) {
            let mut like = csv::Writer::from_writer(vec![]);
            like.serialize(row).map_err(io::Error::other)?;
            let like = like.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
            let header = csv::Reader::from_reader(like.as_slice()).headers().map_err(io::Error::other)?.clone();
            csv.write_record(&header).map_err(io::Error::other)?;
        }
        self.end()
    }

    /// Brings everything out.
    pub fn end(mut self) -> io::Result<()> {
        if let Some(csv) = &mut self.csv {
            csv.flush()?;
        }
        if let Some(json) = &mut self.json {
            json.flush()?;
        }
        Ok(())
    }
}

/// One row of a report's file.
#[derive(Debug, Serialize)]
struct ReportRow {
    /// `TRAINING` where none of it is money.
    training: &'static str,
    /// `report`, `record`, `unresolved`, `open`, `asked`, `state`, `wallet`, `reason`, `operator`, `hour`.
    section: &'static str,
    name: String,
    count: u64,
    amount: String,
    currency: &'static str,
    at_utc: String,
    at_local: String,
    detail: String,
}

/// Writes a report. `name` says what somebody is called.
pub fn write_report<W: Write>(
    report: &Report,
    zone: &TimeZone,
    form: FileForm,
    out: W,
    name: &dyn Fn(&OperatorId) -> String,
) -> io::Result<()> {
    let mut rows = RowWriter::new(out, form);
    for row in rows_of(report, zone, name) {
        rows.put(&row)?;
    }
    rows.end()
}

fn rows_of(report: &Report, zone: &TimeZone, name: &dyn Fn(&OperatorId) -> String) -> Vec<ReportRow> {
    let training = if report.training { "TRAINING" } else { "" };
    let blank = |section, name: String| ReportRow {
        training,
        section,
        name: harmless(&name),
        count: 0,
        amount: String::new(),
        currency: "",
        at_utc: String::new(),
        at_local: String::new(),
        detail: String::new(),
    };
    let timed = |section, name: &str, at: Timestamp| ReportRow {
        at_utc: utc(at),
        at_local: local(at, zone),
        ..blank(section, name.to_owned())
    };
    let mut rows = vec![about(report, &blank, name)];
    rows.push(timed("report", "from", report.from));
    rows.push(timed("report", "until", report.until));
    rows.push(timed("report", "made", report.made_at));
    let head = ReportRow { count: report.head.count, ..blank("record", "head".to_owned()) };
    rows.push(ReportRow { detail: report.head.hash.clone(), ..head });
    for refund in &report.unresolved {
        rows.push(ReportRow {
            count: 1,
            amount: refund.amount.decimal(),
            currency: refund.amount.currency().code(),
            detail: refund.state.as_str().to_owned(),
            ..timed("unresolved", refund.reference.as_str(), refund.created_at)
        });
    }
    let counted = |section, name: &str, count| ReportRow { count, ..blank(section, name.to_owned()) };
    rows.push(counted("open", "of this report", report.unresolved_count));
    rows.push(counted("open", "besides", report.open_besides));
    let mut sums = |section, name: String, tally: &Tally| {
        if tally.sums.is_empty() {
            rows.push(blank(section, name.clone()));
        }
        for (sum, count) in tally.by_currency() {
            let (amount, currency) = (sum.decimal(), sum.currency().code());
            rows.push(ReportRow { count, amount, currency, ..blank(section, name.clone()) });
        }
    };
    sums("asked", "all".to_owned(), &report.totals.asked);
    for (state, tally) in &report.totals.by_state {
        sums("state", state.as_str().to_owned(), tally);
    }
    for (wallet, tally) in &report.totals.by_wallet {
        sums("wallet", wallet.clone().unwrap_or_default(), tally);
    }
    for (reason, tally) in &report.totals.by_reason {
        sums("reason", reason.clone(), tally);
    }
    for (operator, tally) in &report.totals.by_operator {
        sums("operator", name(operator), tally);
    }
    for (hour, tally) in report.totals.by_hour.iter().enumerate() {
        sums("hour", format!("{hour:02}:00"), tally);
    }
    rows.push(counted("by_hand", "all", report.totals.by_hand));
    rows
}

fn about(
    report: &Report,
    blank: &dyn Fn(&'static str, String) -> ReportRow,
    name: &dyn Fn(&OperatorId) -> String,
) -> ReportRow {
    match &report.of {
        ReportOf::Day(date) => ReportRow { detail: date.clone(), ..blank("report", "day".to_owned()) },
        ReportOf::Shift(shift) => ReportRow {
            count: shift.number,
            detail: harmless(&name(&shift.operator)),
            ..blank("report", "shift".to_owned())
        },
    }
}

/// One row of the record's file.
#[derive(Debug, Default, Serialize)]
struct RecordRow<'a> {
    training: &'static str,
    seq: u64,
    at_utc: String,
    at_local: String,
    who: String,
    what: &'a str,
    subject: String,
    detail: String,
    hash: String,
}

/// Writes one row of the record. `who` says what somebody is called.
pub fn put_record_row<W: Write>(
    rows: &mut RowWriter<W>,
    row: &AuditRow,
    zone: &TimeZone,
    training: bool,
    who: &str,
) -> io::Result<()> {
    rows.put(&RecordRow {
        training: if training { "TRAINING" } else { "" },
        seq: row.seq,
        at_utc: utc(row.at),
        at_local: local(row.at, zone),
        who: harmless(who),
        what: &row.what,
        subject: harmless(&row.subject),
        detail: harmless(&row.detail),
        hash: row.hash.to_string(),
    })
}

/// Ends a file of the record's rows.
pub fn end_record_rows<W: Write>(rows: RowWriter<W>) -> io::Result<()> {
    rows.end_like(&RecordRow::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Counted, Currency, Money, RecordHead, RefundState, Totals};

    #[test]
    fn no_cell_is_a_formula() {
        for text in
            ["=1+1", "@x", "-5", "+1", "\0=1", "\t=1", "\r=1", "\n=1", " =1", "\u{a0}=1", "\u{ff1d}1", "\u{feff}@a"]
        {
            assert_eq!(harmless(text), format!("'{text}"), "{text:?}");
        }
        for text in ["Damaged", "", "A=1", "5-1", "T1-01ARZ", "{\"a\":\"=1\"}"] {
            assert_eq!(harmless(text), text);
        }
    }

    fn report(training: bool) -> Report {
        let operator = OperatorId::parse(&"7".repeat(26)).unwrap();
        let mut totals = Totals::default();
        for (minor, wallet, reason) in
            [(1250, Some("@SUM(A1)"), "=cmd|' /C calc'!A0"), (250, None, "Say \"no\", twice")]
        {
            let amount = Money::from_minor(minor, Currency::USD).unwrap();
            let state = RefundState::Refunded;
            let counted = Counted { state, amount, wallet, reason, operator: &operator, hour: 9, by_hand: false };
            totals.add(&counted).unwrap();
        }
        Report {
            of: ReportOf::Day("2026-11-22".to_owned()),
            from: Timestamp::from_ms(1_795_305_600_000),
            until: Timestamp::from_ms(1_795_392_000_000),
            made_at: Timestamp::from_ms(1_795_334_400_000),
            till: "T1".to_owned(),
            training,
            head: RecordHead { count: 7, hash: "ab".repeat(32) },
            unresolved: vec![],
            unresolved_count: 0,
            open_besides: 2,
            totals,
            people: vec![],
            has_earlier: false,
            has_later: false,
        }
    }

    fn written(training: bool, form: FileForm) -> String {
        let zone = TimeZone::get("America/New_York").unwrap();
        let mut out = vec![];
        write_report(&report(training), &zone, form, &mut out, &|_| "-Mei".to_owned()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_report_read_back_has_its_sums_both_times_and_no_formula() {
        let text = written(true, FileForm::Csv);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert!(rows.iter().all(|row| row[0] == "TRAINING"), "every row says so");
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '@', '-', '+'])), "{rows:?}");
        let of = |section: &str, name: &str| rows.iter().find(|row| row[1] == section && row[2] == name).unwrap();
        assert_eq!(of("state", "refunded")[3..6], ["2", "15.00", "USD"]);
        assert_eq!(of("wallet", "'@SUM(A1)")[3..6], ["1", "12.50", "USD"]);
        assert_eq!(of("reason", "Say \"no\", twice")[3..6], ["1", "2.50", "USD"]);
        assert_eq!(of("operator", "'-Mei")[3], "2");
        assert_eq!(of("hour", "09:00")[3], "2");
        assert_eq!(of("report", "made")[6..8], ["2026-11-22T08:00:00Z", "2026-11-22T03:00:00-05:00"]);
        assert_eq!((of("record", "head")[3].as_str(), of("record", "head")[8].len()), ("7", 64));
        assert_eq!(of("open", "besides")[3], "2");
    }

    #[test]
    fn lines_of_json_hold_the_same() {
        let text = written(false, FileForm::JsonLines);
        let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(rows.iter().all(|row| row["training"] == ""));
        let refunded = rows.iter().find(|row| row["section"] == "state" && row["name"] == "refunded").unwrap();
        assert_eq!((&refunded["count"], &refunded["amount"]), (&serde_json::json!(2), &serde_json::json!("15.00")));
    }
}
