//! What is held against what: the ledger's file, the screens and what was sent against the gateway's book and what
//! people did. Each sentence begins with the promise it is about (`promises I1 to I10`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use tillback::domain::{Badge, Money, OperatorId, Pin, Refund, RefundReference, RefundState, Role, Verdict};
use tillback::flow::{Approving, Flow, Ordering, RefundOrder, State, What};

pub use super::Broken;
use super::book::{Entry, Standing};
use super::disk::Row;
use super::mischief::Tampering;
use super::network::TOKEN;
use super::people::{STAFF, person};
use super::shop::Shop;
use super::till::{Till, client};
use super::{badges, disk, lock};

/// A right PIN, given by somebody who looked at this.
#[derive(Debug, Clone)]
pub struct Authority {
    pub approver: String,
    pub requester: String,
    pub sale_id: String,
    pub amount: Money,
    pub reason: String,
    /// What the screen said was left; nothing where it is sent again.
    pub left: Option<Money>,
    pub used: bool,
    pub by_badge: bool,
}

/// A request that may have reached the gateway.
#[derive(Debug, Clone, Default)]
pub struct Left {
    pub key: String,
    pub times: u32,
    /// The attempt of the last of them.
    pub attempt: u32,
    /// When the last one arrived.
    pub at: i64,
}

/// What the simulation itself has seen.
#[derive(Default)]
pub struct Notes {
    pub authorities: Vec<Authority>,
    pub left: BTreeMap<String, Left>,
    /// What managers have said with a right PIN: the refund, and the decision's word.
    pub words: BTreeSet<(String, String)>,
    pub told_executed: BTreeSet<String>,
    pub told_pending: BTreeSet<String>,
    pub told_refused: BTreeSet<String>,
    /// When readable answers did not list it, in true time, and how often the clock had been set forward by then.
    pub told_missing: BTreeMap<String, Vec<(i64, i64)>>,
    /// At which till, who.
    pub signed_in: BTreeSet<(usize, String)>,
    /// The badge that was scanned last under something to approve, by till.
    pub in_hand: BTreeMap<usize, Badge>,
    /// Whose badge was revoked.
    pub revoked: BTreeSet<String>,
    /// The refunds as they stood at the last look.
    pub rows: BTreeMap<String, Row>,
    /// And what was refunded elsewhere, by sale.
    pub elsewhere: BTreeMap<String, i64>,
    pub version: i64,
    pub clock_forward: i64,
}

impl Notes {
    /// A person said that it was not executed: what follows from that is theirs.
    pub fn denied(&self, reference: &str) -> bool {
        self.words.contains(&(reference.to_owned(), "not_executed".to_owned()))
    }

    /// What a readable answer about a sale says of each refund that left for it.
    pub fn told(&mut self, number: &str, reference: Option<&str>, shown: &[&Entry], now: i64) {
        for (name, left) in &self.left {
            if left.key != number && Some(left.key.as_str()) != reference {
                continue;
            }
            // What is listed as failed was not executed either.
            let entries: Vec<_> = shown.iter().filter(|entry| entry.reference == *name).collect();
            if entries.is_empty() {
                self.told_missing.entry(name.clone()).or_default().push((now, self.clock_forward));
            }
            for entry in entries {
                let told = match entry.standing {
                    Standing::Done => &mut self.told_executed,
                    Standing::Waiting { .. } => &mut self.told_pending,
                    Standing::Failed => {
                        self.told_missing.entry(name.clone()).or_default().push((now, self.clock_forward));
                        &mut self.told_refused
                    }
                };
                told.insert(name.clone());
            }
        }
    }
}

fn holds(is_so: bool, otherwise: impl FnOnce() -> Broken) -> Result<(), Broken> {
    if is_so { Ok(()) } else { Err(otherwise()) }
}

/// A refund request reaches the gateway: what must be on disk by now, and on whose word.
pub fn at_arrival(shop: &Shop, fields: &BTreeMap<String, String>, reference: &str) -> Result<(), Broken> {
    let rows = shop.disk.refunds();
    let row = rows.iter().find(|row| row.reference == reference);
    let mut notes = lock(&shop.notes);
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let key = if field("transactionNo").is_empty() { field("reference") } else { field("transactionNo") };
    let left = notes.left.entry(reference.to_owned()).or_default();
    left.key = key.to_owned();
    left.times += 1;
    left.attempt = row.map_or(0, |row| row.attempt);
    left.at = shop.time.truth();
    let times = left.times;
    sent_again_on_evidence(&notes, reference, times)?;
    notes.told_missing.remove(reference);
    notes.told_pending.remove(reference);
    notes.told_refused.remove(reference);
    if !notes.denied(reference) {
        let book = lock(&shop.book);
        let done = book.executions(reference) > 0 || book.may_come(reference);
        holds(!done, || format!("I2: {reference} was sent again, and was executed or may be"))?;
    }
    let Some(row) = row else { return Err(format!("I1: {reference} was sent and is not on disk")) };
    // A second process that opened the ledger meanwhile has found it as sent, and says unknown.
    let recorded = row.state == "sent" || (shop.two_tills() && row.state == "unknown");
    holds(recorded, || format!("I1: {reference} was sent while the disk says {}", row.state))?;
    holds(times <= row.attempt, || format!("I2: {reference} was sent {times} times in {} attempts", row.attempt))?;
    let amount = shop.money(row).decimal();
    let same = (row.key.as_str(), amount.as_str(), row.currency.as_str());
    let sent = (key, field("refundAmount"), field("currency"));
    holds(same == sent, || format!("I1: {reference} was sent as {sent:?}, the disk says {same:?}"))?;
    authority(shop, &mut notes, row)
}

/// What has left once and stood open at the last look is sent again only after enough answers.
fn sent_again_on_evidence(notes: &Notes, reference: &str, times: u32) -> Result<(), Broken> {
    let open = notes.rows.get(reference).is_some_and(Row::is_unresolved);
    let answers = notes.told_missing.get(reference).map_or(0, Vec::len);
    let why = || format!("I2: {reference} was sent again while nobody knew of the first, after {answers} answers");
    holds(times == 1 || !open || answers >= 3 || notes.denied(reference), why)
}

/// One right PIN for this request, given for exactly this, and not used before.
fn authority(shop: &Shop, notes: &mut Notes, row: &Row) -> Result<(), Broken> {
    let amount = shop.money(row);
    let fits = |given: &&mut Authority| {
        !given.used
            && given.approver == row.approver
            && given.requester == row.requester
            && given.sale_id == row.sale_id
            && given.amount == amount
            && given.reason == row.reason
            && given.left.is_none() == (row.attempt > 1)
    };
    let Some(given) = notes.authorities.iter_mut().find(fits) else {
        return Err(format!("I6: {} was sent, and nobody gave a right PIN for it: {row:?}", row.reference));
    };
    given.used = true;
    let role = |id: &str| shop.staff.iter().find(|operator| operator.id.as_str() == id).map(|operator| operator.role);
    let own = row.requester == row.approver;
    let alone = shop.policy.cashier_alone(amount);
    let allowed = match role(&row.approver) {
        Some(Role::Manager) => !own || alone || shop.policy.own_approval,
        _ => own && alone && row.attempt == 1,
    };
    holds(allowed, || format!("I6: {} was approved by somebody who may not", row.reference))?;
    if row.attempt == 1 {
        let (from, until) = shop.disk.approval(&row.approval).ok_or("I6: an approval is not on disk")?;
        let in_time = (from..until).contains(&row.created_at);
        holds(in_time, || format!("I6: {} was recorded at {} under {from}..{until}", row.reference, row.created_at))?;
        let longest = i64::from(shop.policy.approval_seconds) * 1000;
        holds(until - from <= longest, || format!("I6: an approval holds for {} ms", until - from))?;
    }
    Ok(())
}

/// What a person sees as they press: before the desk takes the message.
pub fn before_step(shop: &Shop, till: &Till, what: &What) {
    let flow = lock(&till.flow);
    match (what, flow.state()) {
        (What::PinGiven { approver, pin }, State::Approval(approving))
            if approving.checking.is_none() && is_right(shop, approver, pin) =>
        {
            an_approval(shop, &flow, approving, (approver, false));
        }
        (What::PinGiven { approver, pin }, State::Refunds(refunds)) => {
            if let Some(open) = refunds.open.as_deref()
                && let Some(Ordering { order: Some(order), waiting: None, .. }) = &open.ordering
                && is_right(shop, approver, pin)
            {
                an_order(shop, &open.detail.refund, order, approver);
            }
        }
        (What::OnPeople(what), _) => badges::before_step(shop, till, &flow, what),
        (What::SignInAsked { operator, pin }, State::Locked(locked)) if locked.checking.is_none() => {
            let who = shop.staff.iter().find(|known| known.id == *operator).expect("staff");
            let mut notes = lock(&shop.notes);
            let at_till = (till.place, operator.as_str().to_owned());
            notes.signed_in.remove(&at_till);
            if person(who).pin == pin.expose() {
                notes.signed_in.insert(at_till);
            }
        }
        (What::SignedIn { operator, .. }, State::Locked(locked))
            if locked.checking.is_some()
                && !lock(&shop.notes).signed_in.contains(&(till.place, operator.id.as_str().to_owned())) =>
        {
            shop.broken(format!("I6: {} was signed in without the right PIN", operator.name));
        }
        _ => {}
    }
}

/// Whether it is this person's PIN.
fn is_right(shop: &Shop, who: &OperatorId, pin: &Pin) -> bool {
    let operator = shop.staff.iter().find(|operator| operator.id == *who).expect("staff");
    person(operator).pin == pin.expose()
}

/// A right PIN or badge under what the screen shows.
pub fn an_approval(shop: &Shop, flow: &Flow, approving: &Approving, (approver, by_badge): (&OperatorId, bool)) {
    let shown = &approving.intention;
    lock(&shop.notes).authorities.push(Authority {
        approver: approver.as_str().to_owned(),
        requester: flow.operator().map_or(String::new(), |o| o.id.as_str().to_owned()),
        sale_id: approving.review.view.sale.id.as_str().to_owned(),
        amount: shown.amount,
        reason: shown.reason.as_str().to_owned(),
        left: Some(shown.left_seen),
        used: false,
        by_badge,
    });
}

/// A right PIN or badge under a manager's order.
pub fn an_order(shop: &Shop, refund: &Refund, order: &RefundOrder, approver: &OperatorId) {
    let operator = shop.staff.iter().find(|operator| operator.id == *approver).expect("staff");
    if operator.role != Role::Manager {
        return;
    }
    let mut notes = lock(&shop.notes);
    let mut word = |word: &str| {
        notes.words.insert((refund.reference.to_string(), word.to_owned()));
    };
    match order {
        RefundOrder::SendAgain { .. } => notes.authorities.push(Authority {
            approver: approver.as_str().to_owned(),
            requester: refund.requester.as_str().to_owned(),
            sale_id: refund.sale_id.as_str().to_owned(),
            amount: refund.amount,
            reason: refund.reason.as_str().to_owned(),
            left: None,
            used: false,
            by_badge: false,
        }),
        RefundOrder::Release { .. } => word("abandoned"),
        RefundOrder::Decide(decided) if decided.verdict == Verdict::Refunded => word("refunded"),
        RefundOrder::Decide(_) => word("not_executed"),
    }
}

/// After each step: the file, if anything was written, and the screens.
pub fn after_step(shop: &Shop) -> Result<(), Broken> {
    shop.take_broken()?;
    lock(&shop.book).tick(shop.time.truth());
    file(shop)?;
    shop.running().iter().try_for_each(|till| screen(shop, till))
}

/// The ledger's file, if anything was written since the last look.
fn file(shop: &Shop) -> Result<(), Broken> {
    let version = shop.disk.version();
    if std::mem::replace(&mut lock(&shop.notes).version, version) == version {
        return {
            let notes = lock(&shop.notes);
            executed_is_known(shop, &notes, &notes.rows.values().cloned().collect::<Vec<_>>())
        };
    }
    shop.log.fold(shop.disk.head());
    let rows = shop.disk.refunds();
    let mut notes = lock(&shop.notes);
    executed_is_known(shop, &notes, &rows)?;
    for row in &rows {
        let before = notes.rows.get(&row.reference).map(|row| row.state.clone());
        if before.as_deref() != Some(row.state.as_str()) {
            shop.log.say(|| format!("    {} {before:?} -> {}", row.reference, row.state));
            moved(shop, &notes, row, before.as_deref())?;
            if before.is_none() {
                recorded(shop, &notes, row, &rows)?;
            }
        }
    }
    holds(rows.len() >= notes.rows.len(), || "I3: a refund is gone from the ledger".to_owned())?;
    never_over(shop, &rows)?;
    notes.elsewhere = shop.disk.all_elsewhere();
    notes.rows = rows.into_iter().map(|row| (row.reference.clone(), row)).collect();
    Ok(())
}

/// A refund came to this state: by what evidence?
fn moved(shop: &Shop, notes: &Notes, row: &Row, before: Option<&str>) -> Result<(), Broken> {
    let name = &row.reference;
    let book = lock(&shop.book);
    let left = notes.left.get(name).map_or(0, |left| left.attempt);
    let no = |promise: &str, why: &str| Err(format!("{promise}: {name} went from {before:?} to {}, {why}", row.state));
    if let Some(decision) = row.decision.as_deref().filter(|decision| *decision == row.state) {
        if !notes.words.contains(&(name.clone(), decision.to_owned())) {
            return no("I5", "and no manager said so");
        }
        // Ten minutes have really gone by, however the clock was set and however often the till was started.
        let waited = notes.left.get(name).map_or(i64::MAX, |left| shop.time.truth() - left.at);
        let early = decision == "not_executed" && waited < 600_000 && !shop.two_tills();
        return if early { no("I5", &format!("on a manager's word after {waited} ms")) } else { Ok(()) };
    }
    match row.state.as_str() {
        "abandoned" => no("I5", "and no manager said so"),
        "refunded" if book.executions(name) == 0 => no("I10", "and the gateway has not executed it"),
        "refunded" if !notes.told_executed.contains(name) => no("I5", "and the gateway never said so"),
        "declined" if book.may_come(name) => no("I5", "and it may still be executed"),
        "declined" if !notes.told_refused.contains(name) => no("I5", "and the gateway never refused it"),
        "pending" if !notes.told_pending.contains(name) => no("I5", "and the gateway never said so"),
        "not_sent" if left == row.attempt => no("I5", "and the request had left"),
        "not_executed" => {
            let missing = notes.told_missing.get(name).map_or(&[][..], Vec::as_slice);
            let (first, last) = (missing.first(), missing.last());
            let span = last.zip(first).map_or(0, |(last, first)| last.0 - first.0);
            let set = first.map_or(0, |first| notes.clock_forward - first.1);
            // However often the clock was set. Two processes count each for themselves, so there a clock set forward
            // may save as much as one answer is worth.
            let least = if shop.two_tills() { (600_000 - 300_000 * set).max(0) } else { 600_000 };
            match left {
                _ if book.may_come(name) && least > 0 => no("I5", "and it may still be executed"),
                1.. if missing.len() < 3 => no("I5", "after fewer than three answers"),
                1.. if span < least => no("I5", &format!("after {span} ms, the clock set forward {set} times")),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// A new refund: what the approver saw must be what was left as it was recorded. Where more of the sale moved in the same
/// step, what was left then is not what is left now.
fn recorded(shop: &Shop, notes: &Notes, row: &Row, rows: &[Row]) -> Result<(), Broken> {
    let others = || rows.iter().filter(|other| other.sale_id == row.sale_id && other.reference != row.reference);
    let elsewhere = shop.disk.elsewhere(&row.sale_id);
    let quiet = others().all(|other| notes.rows.get(&other.reference) == Some(other))
        && notes.elsewhere.get(&row.sale_id).copied().unwrap_or(0) == elsewhere;
    if !quiet {
        return Ok(());
    }
    let paid = shop.paid(row).minor();
    let left = paid - elsewhere - others().filter(|other| other.counts()).map(|other| other.minor).sum::<i64>();
    holds(row.minor <= left, || format!("I4: {} was recorded over the {left} left of {paid}", row.reference))?;
    let saw = notes.authorities.iter().any(|given| {
        given.approver == row.approver && given.amount == shop.money(row) && given.left.map(Money::minor) == Some(left)
    });
    holds(saw, || format!("I6: {} was approved for another balance than {left}", row.reference))
}

fn never_over(shop: &Shop, rows: &[Row]) -> Result<(), Broken> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.counts()) {
        let sum = sums.entry(&row.sale_id).or_default();
        *sum += row.minor;
        let paid = shop.paid(row).minor();
        holds(*sum <= paid, || format!("I4: {sum} of {paid} refunded or reserved on {}", row.key))?;
    }
    Ok(())
}

/// Whatever the gateway executed for us is in the ledger, once, and counts.
fn executed_is_known(shop: &Shop, notes: &Notes, rows: &[Row]) -> Result<(), Broken> {
    let book = lock(&shop.book);
    for entry in book.entries.iter().filter(|e| e.standing == Standing::Done && !e.reference.starts_with("ELSEWHERE")) {
        let name = &entry.reference;
        let times = book.executions(name);
        // Where a manager said that it did not happen, and it did, it was the manager who sent it twice.
        let denied = notes.denied(name);
        holds(times == 1 || denied, || format!("I2: {name} was executed {times} times"))?;
        let Some(row) = rows.iter().find(|row| row.reference == *name) else {
            return Err(format!("I3: {name} was executed and is not in the ledger"));
        };
        let known = denied || (row.counts() && row.state != "prepared");
        holds(known, || format!("I5: {name} was executed and the ledger says {}", row.state))?;
        holds(shop.money(row) == entry.amount, || format!("I10: {name} was executed with {}", entry.amount))?;
    }
    Ok(())
}

/// The screen says nothing of a refund that is not so.
fn screen(shop: &Shop, till: &Till) -> Result<(), Broken> {
    let flow = lock(&till.flow);
    let refund = match flow.state() {
        State::Result(result) => &result.refund,
        State::Refunds(refunds) => match &refunds.open {
            Some(open) => &open.detail.refund,
            None => return Ok(()),
        },
        _ => return Ok(()),
    };
    // A person's word is shown as a person's.
    if refund.decision.is_some() || lock(&shop.notes).denied(refund.reference.as_str()) {
        return Ok(());
    }
    let name = refund.reference.as_str();
    let executed = lock(&shop.book).executions(name);
    match refund.state {
        RefundState::Refunded if executed == 0 => {
            Err(format!("I10: the screen says {name} is refunded, and it is not"))
        }
        RefundState::Declined | RefundState::NotSent | RefundState::NotExecuted | RefundState::Abandoned
            if executed > 0 && !is_stale(shop, refund) =>
        {
            Err(format!("I5: the screen says {name} is {}, and it was executed", refund.state))
        }
        _ => Ok(()),
    }
}

/// True while the file has moved on and the screen has not heard of it yet.
fn is_stale(shop: &Shop, refund: &Refund) -> bool {
    let notes = lock(&shop.notes);
    notes.rows.get(refund.reference.as_str()).is_some_and(|row| row.state != refund.state.as_str())
}

/// A process has started: everything that may have been sent is shown.
pub fn at_start(shop: &Shop, till: &Till) -> Result<(), Broken> {
    till.duties.count();
    let shown: Vec<RefundReference> = till.duties.unresolved().into_iter().map(|refund| refund.reference).collect();
    let count = till.duties.counts().unresolved;
    let rows = shop.disk.refunds();
    for row in rows.iter().filter(|row| row.is_unresolved() || row.state == "prepared") {
        let is_shown = shown.iter().any(|reference| reference.as_str() == row.reference);
        holds(is_shown, || format!("I3: {} is {} after a start, and not shown", row.reference, row.state))?;
        let settled = shop.two_tills() || !matches!(row.state.as_str(), "prepared" | "sent");
        holds(settled, || format!("I3: {} is still {} after a start", row.reference, row.state))?;
    }
    holds(count == shown.len(), || format!("I3: {count} are shown as being checked, {} are", shown.len()))
}

/// Things that hold for every start of the program, whatever the day.
pub fn of_the_house(shop: &std::sync::Arc<Shop>) -> Result<(), Broken> {
    let words = format!("{:?}", client(shop, 0));
    holds(!words.contains(TOKEN), || "I8: the client's Debug shows the token".to_owned())?;
    super::mischief::training_stays_here(shop)
}

/// Everything that must be said nowhere.
fn secret_in(bytes: &[u8]) -> bool {
    static BADGES: LazyLock<Vec<String>> =
        LazyLock::new(|| disk::badges().iter().map(|(badge, _)| badges::digits(badge)).collect());
    let secrets = STAFF.iter().map(|person| person.pin).chain([TOKEN]).chain(BADGES.iter().map(String::as_str));
    secrets.into_iter().any(|secret| memchr::memmem::find(bytes, secret.as_bytes()).is_some())
}

/// Promise I8 for one thing that was said: a message, a screen.
pub fn says_no_secret(shop: &Shop, place: &str, words: &str) {
    if secret_in(words.as_bytes()) {
        shop.broken(format!("I8: a secret stands in {place}"));
    }
}

/// No secret in anything that was written, and in what was said as far as anybody listened.
pub fn secrets(shop: &Shop, heard: &[u8]) -> Result<(), Broken> {
    let words = shop.log.words().unwrap_or_default();
    for (place, bytes) in [("a file", &shop.disk.bytes()[..]), ("the log", heard), ("an event", words.as_bytes())] {
        holds(!secret_in(bytes), || format!("I8: a secret stands in {place}"))?;
    }
    Ok(())
}

/// The record is whole, and shows it when it is not.
pub fn record(shop: &Shop, till: &Till, heads: &[tillback::ledger::AuditHead]) -> Result<(), Broken> {
    let ledger = till.duties.ledger();
    for head in heads {
        ledger.audit_verify(Some(head)).map_err(|fault| format!("I7: an untouched record: {fault}"))?;
    }
    let head = ledger.audit_head().map_err(|error| format!("I7: no head: {error}"))?;
    let count = i64::try_from(head.count).expect("small");
    let how = shop.chance.below(Tampering::KINDS);
    let seq = 1 + i64::try_from(shop.chance.below(head.count)).expect("small");
    let tampering = Tampering::new(how, seq, count, shop.chance.once_in(8));
    shop.disk.tamper(&tampering);
    let said = || format!("I7: row {seq} of {count} {} (chain anew: {})", tampering.what, tampering.rebuilt);
    holds(ledger.audit_verify(Some(&head)).is_err(), || format!("{}, and nobody saw it", said()))?;
    let alone = !tampering.breaks_the_chain() || ledger.audit_verify(None).is_err();
    holds(alone, || format!("{}, and without a head nobody saw it", said()))
}
