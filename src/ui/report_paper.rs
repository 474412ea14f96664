//! A day's or a shift's report on paper, in the words of the window.
//!
//! **What is not finished comes first, and is in no sum of what was given back.** **A report of what has not ended says so.**
//! **At its foot stand the head and the count of the record**: kept by somebody else, they find rows that are cut off later.
//! Practice is marked at both ends, as on every slip.

use super::format;
use super::i18n::{Given, Words, count, text};
use super::slips::SlipWriter;
use crate::devices::document::{Document, Size};
use crate::domain::{OperatorId, RefundState, Report, ReportOf, Tally};

/// What a state is called in a report, on the screen and on paper.
pub(super) const fn state_key(state: RefundState) -> &'static str {
    match state {
        RefundState::Prepared => "report-state-prepared",
        RefundState::Sent => "report-state-sent",
        RefundState::Refunded => "report-state-refunded",
        RefundState::Declined => "report-state-declined",
        RefundState::Pending => "report-state-pending",
        RefundState::Unknown => "report-state-unknown",
        RefundState::NotSent => "report-state-not-sent",
        RefundState::NotExecuted => "report-state-not-executed",
        RefundState::Abandoned => "report-state-abandoned",
    }
}

/// A hash as it is typed from paper: in groups, which `tillback audit verify` takes as they are.
fn in_eights(hash: &str) -> String {
    let letters: Vec<char> = hash.chars().collect();
    let groups: Vec<String> = letters.chunks(8).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

fn many(number: u64) -> Given {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}

impl SlipWriter {
    /// The whole of it.
    pub(super) fn report_paper(&self, report: &Report) -> Document {
        let words = Words::new(self.language());
        let document = self.head(&words, Document::new(&report.file_stem()), report.made_at);
        let document = self.about(&words, document, report).rule();
        let document = self.unfinished(&words, document, report).rule();
        let document = self.sums(&words, document, report).rule();
        let rows = words.with("report-record", &[("count", text(report.head.count.to_string()))]);
        let mut document = document.text(&rows).text(&in_eights(&report.head.hash));
        if let ReportOf::Shift(_) = report.of {
            document = document.space().space().pair(&words.say("paper-signature"), &"_".repeat(24));
        }
        self.foot(&words, document)
    }

    /// Which day or shift, and from when to when.
    fn about(&self, words: &Words, document: Document, report: &Report) -> Document {
        let stamp = |at| text(self.time().stamp(words, at));
        let (document, has_ended) = match &report.of {
            ReportOf::Day(date) => {
                let document = document.centred(&words.say("paper-report-day"), Size::Large, true);
                let day = self.time().day(words, report.from);
                (
                    document.centred(&day, Size::Plain, true).centred(date, Size::Plain, false),
                    report.until <= report.made_at,
                )
            }
            ReportOf::Shift(shift) => {
                let named =
                    [("number", text(shift.number.to_string())), ("who", text(name_of(report, &shift.operator)))];
                let times = match shift.closed_at {
                    None => words.with("report-shift-open", &[("from", stamp(shift.opened_at))]),
                    Some(closed_at) => {
                        words.with("report-shift-closed", &[("from", stamp(shift.opened_at)), ("to", stamp(closed_at))])
                    }
                };
                let document = document
                    .centred(&words.say("paper-report-shift"), Size::Large, true)
                    .centred(&words.with("report-of-shift", &named), Size::Plain, true)
                    .centred(&times, Size::Plain, false);
                let other = shift.closed_by.as_ref().filter(|by| **by != shift.operator);
                let document = match other {
                    Some(by) => document.pair(&words.say("paper-report-closed-by"), &name_of(report, by)),
                    None => document,
                };
                (document, !shift.is_open())
            }
        };
        if has_ended { document } else { document.centred(&words.say("paper-report-going-on"), Size::Plain, true) }
    }

    /// Those that want something of somebody, each by its reference.
    fn unfinished(&self, words: &Words, mut document: Document, report: &Report) -> Document {
        document = if report.unresolved_count == 0 {
            document.text(&words.say("report-all-finished"))
        } else {
            let open = words.with("report-unresolved", &[("count", many(report.unresolved_count))]);
            document.centred(&open, Size::Plain, true)
        };
        for refund in &report.unresolved {
            let at = self.time().stamp(words, refund.created_at);
            document = document
                .total(&words.say(state_key(refund.state)), &words.amount(refund.amount))
                .text(&format!("{at} · {}", name_of(report, &refund.requester)))
                .text(refund.reference.as_str());
        }
        let named = u64::try_from(report.unresolved.len()).unwrap_or(u64::MAX);
        if report.unresolved_count > named {
            let more = many(report.unresolved_count.saturating_sub(named));
            document = document.text(&words.with("paper-report-more", &[("count", more)]));
        }
        document.text(&words.with("report-besides", &[("count", many(report.open_besides))]))
    }

    fn sums(&self, words: &Words, document: Document, report: &Report) -> Document {
        let totals = &report.totals;
        let refunds = |number: u64| words.with("report-count", &[("count", many(number))]);
        let back = totals.given_back();
        let mut document = document.total(&words.say("report-given-back"), &refunds(back.count));
        for (sum, _) in back.by_currency() {
            document = document.total("", &words.amount(sum));
        }
        document = document.pair(&words.say("report-asked"), &refunds(totals.asked.count));
        if totals.by_hand > 0 {
            document = document.pair(&words.say("report-by-hand"), &refunds(totals.by_hand));
        }
        let happened = totals.by_state.iter().filter(|(_, tally)| tally.count > 0);
        let states = happened.map(|(state, tally)| (words.say(state_key(*state)), tally)).collect();
        let wallet =
            |name: &Option<String>| name.as_deref().map_or_else(|| words.say("report-no-wallet"), format::wallet);
        let wallets = totals.by_wallet.iter().map(|(name, tally)| (wallet(name), tally)).collect();
        let reasons = totals.by_reason.iter().map(|(name, tally)| (name.clone(), tally)).collect();
        let people = totals.by_operator.iter().map(|(who, tally)| (name_of(report, who), tally)).collect();
        document = part(words, document, "report-states", states);
        document = part(words, document, "report-wallets", wallets);
        document = part(words, document, "report-reasons", reasons);
        part(words, document, "report-people", people)
    }
}

/// A heading, and a line for each name and currency, the largest number first; nothing where there is none.
fn part(words: &Words, document: Document, title: &str, mut rows: Vec<(String, &Tally)>) -> Document {
    if rows.is_empty() {
        return document;
    }
    rows.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
    let mut document = document.heading(&words.say(title));
    for (name, tally) in rows {
        for (sum, number) in tally.by_currency() {
            let gifts = [("name", text(name.as_str())), ("count", text(number.to_string()))];
            document = document.pair(&words.with("paper-report-line", &gifts), &words.amount(sum));
        }
    }
    document
}

fn name_of(report: &Report, id: &OperatorId) -> String {
    let person = report.people.iter().find(|person| person.id == *id);
    person.map_or_else(|| id.to_string(), |person| person.name.to_string())
}
