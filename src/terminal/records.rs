//! What the till does for the Refunds screen: reads pages and histories, asks about one refund, carries out orders.
//!
//! **A refund is sent again only after the gateway has just said that it does not have it**, and then by the ledger's own
//! `Recorded`, once. **A search ends**: it looks at so many refunds and says so, and it never runs on the desk's thread.

use std::collections::BTreeSet;

use super::duties::{Duties, house_fault, lookup_failure, pin_refused, record_refused};
use super::resolve;
use crate::domain::{
    HandDecision, HouseFault, LookupFault, Operator, OperatorId, OrderFault, Proof, Reason, RecordFault, Refund,
    RefundReference, RefundState, Timestamp,
};
use crate::failpoint::failpoint;
use crate::flow::{
    CheckShown, Evidence, OnRefunds, RefundDetail, RefundOrder, RefundPage, RefundQuery, RefundShow, Turn, What,
};
use crate::gateway::QueryAnswer;
use crate::ledger::{ApproveError, Ledger, LedgerError, RecordError};

/// Refunds on one page: as many rows of 48 points as fit between search and buttons on a screen of 800 x 600.
pub const PAGE_ROWS: usize = 5;
/// How many refunds a search looks at: some years of a till, read in well under a second.
const SEARCHED: u32 = 20_000;
/// For so long the gateway is asked again about what is not executed by its silence or by a person's word.
const DOUBT_MS: i64 = 7 * 24 * 3_600_000;

impl Duties {
    /// One page of the record.
    pub fn list_refunds(&self, turn: Turn, query: &RefundQuery) -> What {
        let page = page_of(&self.ledger(), query);
        What::OnRefunds(match page {
            Ok(page) => OnRefunds::Listed { turn, page: Box::new(page) },
            Err(error) => OnRefunds::Unlisted { turn, why: unreadable(&error) },
        })
    }

    /// One refund with its history.
    pub fn read_refund(&self, turn: Turn, reference: &RefundReference) -> What {
        let detail = detail_of(&self.ledger(), reference);
        What::OnRefunds(match detail {
            Ok(detail) => OnRefunds::Read { turn, detail: Box::new(detail) },
            Err(error) => OnRefunds::Unread { turn, why: unreadable(&error) },
        })
    }

    /// Asks the gateway about one refund, whatever its state. Never sends anything but the query.
    pub fn check_refund(&self, turn: Turn, reference: &RefundReference, say: &mut dyn FnMut(What)) {
        let found = self.ledger().refund(reference);
        let shown = match found {
            Ok(refund) if self.is_under_way(reference) || refund.state == RefundState::Prepared => {
                CheckShown::Nothing(LookupFault::GatewayUnclear)
            }
            Ok(refund) => self.ask_about(&refund, say).0,
            Err(error) => CheckShown::Nothing(LookupFault::House(unreadable(&error))),
        };
        say(What::OnRefunds(OnRefunds::Checked { turn, shown }));
    }

    /// Asks once, records what was shown, says what moved. Gives back the refund as it stands, where that is known.
    fn ask_about(&self, refund: &Refund, say: &mut dyn FnMut(What)) -> (CheckShown, Option<Refund>) {
        let answer = self.gateway().query(&refund.sale_key);
        failpoint!(QueryAnswered);
        let (evidence, taken) = resolve::read(refund, &answer);
        let shown = match (evidence, &answer) {
            (Evidence::Found, _) => CheckShown::Found,
            (Evidence::NotFound, _) => CheckShown::NotFound,
            (Evidence::Failed, QueryAnswer::Failed(failure)) => CheckShown::Nothing(lookup_failure(failure)),
            (Evidence::Failed, QueryAnswer::Found(_) | QueryAnswer::NoSuchSale) => {
                CheckShown::Nothing(LookupFault::GatewayUnclear)
            }
        };
        let (now, gone_ms) = (self.now(), self.since_last_query(&refund.reference));
        let recorded = self.ledger().record_query_after(&refund.reference, &taken, now, gone_ms);
        match recorded {
            Ok(after) => {
                if after != *refund {
                    self.count();
                    say(What::RefundMoved(Box::new(after.clone())));
                }
                (shown, Some(after))
            }
            Err(error) => {
                tracing::error!(reference = %refund.reference, %error, "a query's answer could not be recorded");
                (shown, None)
            }
        }
    }

    /// Refunds about which the gateway may still have another word; asked about now and then, the newest first.
    pub fn doubtful(&self) -> Vec<Refund> {
        let since = self.now().plus_ms(-DOUBT_MS);
        self.ledger().doubtful(since).unwrap_or_else(|error| {
            tracing::error!(%error, "the doubtful refunds cannot be read");
            vec![]
        })
    }

    /// Carries out what a manager orders.
    pub fn order(
        &self,
        turn: Turn,
        reference: &RefundReference,
        order: &RefundOrder,
        approver: (&OperatorId, &Proof),
        say: &mut dyn FnMut(What),
    ) {
        let now = self.now();
        let (who, proof) = approver;
        let done = match order {
            RefundOrder::SendAgain { reason } => return self.send_again(turn, reference, reason, approver, say),
            RefundOrder::Release { reason } => self.ledger().abandon(reference, who, proof, reason, now),
            RefundOrder::Decide(decided) => self.decide(reference, decided, approver, now),
        };
        self.count();
        say(What::OnRefunds(match done {
            Ok(refund) => OnRefunds::Ordered { turn, refund: Box::new(refund) },
            Err(error) => OnRefunds::OrderRefused { turn, why: order_fault(error) },
        }));
    }

    fn decide(
        &self,
        reference: &RefundReference,
        decided: &HandDecision,
        (who, proof): (&OperatorId, &Proof),
        now: Timestamp,
    ) -> Result<Refund, ApproveError> {
        let mut ledger = self.ledger();
        let age_ms = self.age_ms(&ledger, &ledger.refund(reference)?)?;
        ledger.decide_after(reference, decided, (who, proof), now, age_ms)
    }

    /// Asks the gateway, and sends again only where it has just said that it does not have the refund.
    fn send_again(
        &self,
        turn: Turn,
        reference: &RefundReference,
        reason: &Reason,
        (who, proof): (&OperatorId, &Proof),
        say: &mut dyn FnMut(What),
    ) {
        let refuse = |why| What::OnRefunds(OnRefunds::OrderRefused { turn, why });
        if let Err(fault) = self.care().allow() {
            return say(refuse(OrderFault::Person(crate::domain::ApprovalFault::House(fault))));
        }
        let found = self.ledger().refund(reference);
        let refund = match found {
            Ok(refund) => refund,
            Err(error) => return say(refuse(order_fault(error.into()))),
        };
        match self.ask_about(&refund, say) {
            (CheckShown::NotFound, Some(_)) => {}
            (CheckShown::Found, _) => return say(refuse(OrderFault::Reported)),
            (CheckShown::Nothing(why), _) => return say(refuse(OrderFault::NotAsked(why))),
            (CheckShown::NotFound, None) => {
                let house = LookupFault::House(HouseFault::LedgerBroken);
                return say(refuse(OrderFault::NotAsked(house)));
            }
        }
        let now = self.now();
        self.set_under_way(Some(reference.clone()));
        let allowed = self.ledger().send_again(reference, who, proof, reason, now);
        match allowed {
            Ok(recorded) => {
                let standing = self.ledger().refund(reference);
                if let Ok(standing) = standing {
                    self.count();
                    say(What::OnRefunds(OnRefunds::Ordered { turn, refund: Box::new(standing) }));
                }
                let outcome = self.gateway().send_refund(recorded);
                self.settle(reference, &outcome, say);
            }
            Err(error) => say(refuse(order_fault(error))),
        }
        self.set_under_way(None);
    }

    /// An order stopped half-way. What may have been sent becomes unknown; anything else stands as the ledger has it.
    pub(super) fn after_a_stopped_order(&self, turn: Turn, reference: &RefundReference, say: &mut dyn FnMut(What)) {
        self.set_under_way(None);
        let stands = self.ledger().refund(reference);
        if stands.is_ok_and(|refund| refund.state == RefundState::Sent) {
            self.after_a_stop(reference, say);
        }
        let stopped = crate::domain::ApprovalFault::House(HouseFault::WorkerStopped);
        say(What::OnRefunds(OnRefunds::OrderRefused { turn, why: OrderFault::Person(stopped) }));
    }
}

fn unreadable(error: &LedgerError) -> HouseFault {
    tracing::error!(%error, "the record cannot be read");
    house_fault(error)
}

fn order_fault(error: ApproveError) -> OrderFault {
    tracing::warn!(%error, "an order was not carried out");
    match error {
        ApproveError::Pin(refusal) => OrderFault::Person(pin_refused(refusal)),
        ApproveError::Record(RecordError::AlreadyReported(_)) => OrderFault::Reported,
        ApproveError::Record(RecordError::TooEarly { wait_seconds }) => OrderFault::TooEarly { wait_seconds },
        ApproveError::Record(RecordError::IllegalMove { .. } | RecordError::NotEnoughEvidence) => OrderFault::Moved,
        ApproveError::Record(error) => OrderFault::Person(match record_refused(&error) {
            RecordFault::Refused(refusal) => crate::domain::ApprovalFault::Refused(refusal),
            RecordFault::House(fault) => crate::domain::ApprovalFault::House(fault),
        }),
    }
}

/// Whether a refund is of the kind that is shown.
fn is_shown(refund: &Refund, show: RefundShow) -> bool {
    use RefundState as S;
    match show {
        RefundShow::All => true,
        RefundShow::Attention => !refund.state.is_final() || refund.contradiction.is_some(),
        RefundShow::Refunded => refund.state == S::Refunded,
        RefundShow::NotRefunded => {
            matches!(refund.state, S::Declined | S::NotSent | S::NotExecuted | S::Abandoned)
        }
        RefundShow::ByHand => refund.decision.is_some(),
    }
}

/// The words of a search, and the people by whose names it may search.
struct Search {
    words: Vec<String>,
    people: Vec<Operator>,
}

impl Search {
    fn new(text: &str, ledger: &Ledger) -> Result<Self, LedgerError> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        Ok(Self { people: if words.is_empty() { vec![] } else { ledger.everyone()? }, words })
    }

    fn name(&self, id: &OperatorId) -> &str {
        self.people.iter().find(|person| person.id == *id).map_or("", |person| person.name.as_str())
    }

    /// True where every word stands somewhere in the refund.
    fn finds(&self, refund: &Refund) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let number = match &refund.outcome {
            Some(crate::domain::Outcome::Refunded { gateway_refund_no: Some(number) }) => number.as_str(),
            _ => "",
        };
        let decided = refund.decision.as_ref();
        let text = [
            refund.reference.as_str(),
            refund.sale_key.as_str(),
            &refund.amount.decimal(),
            refund.amount.currency().code(),
            &refund.state.as_str().replace('_', " "),
            self.name(&refund.requester),
            self.name(&refund.approver),
            refund.reason.as_str(),
            number,
            decided.and_then(|decision| decision.evidence.as_ref()).map_or("", |evidence| evidence.as_str()),
            &day_of(refund.created_at),
        ]
        .join(" ")
        .to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// A day as people write it, in the till's zone: `2026-11-22 22 nov 2026`.
fn day_of(at: Timestamp) -> String {
    let local = jiff::Timestamp::from_millisecond(at.ms()).map(|at| at.to_zoned(jiff::tz::TimeZone::system()));
    local.map(|local| local.strftime("%Y-%m-%d %-d %b %Y").to_string()).unwrap_or_default()
}

/// What wants something first, then the rest, the newest first in both.
fn page_of(ledger: &Ledger, query: &RefundQuery) -> Result<RefundPage, LedgerError> {
    let search = Search::new(&query.text, ledger)?;
    let wanted = |refund: &Refund| is_shown(refund, query.show) && search.finds(refund);
    let mut skip = usize::try_from(query.page).unwrap_or(usize::MAX).saturating_mul(PAGE_ROWS);
    let mut page = RefundPage::default();
    let mut take = |refund: Refund| {
        if skip > 0 {
            skip -= 1;
        } else if page.refunds.len() < PAGE_ROWS {
            page.refunds.push(refund);
        } else {
            page.more = true;
        }
        !page.more
    };
    let first = ledger.wanting_attention()?;
    let known: BTreeSet<RefundReference> = first.iter().map(|refund| refund.reference.clone()).collect();
    let mut open = first.into_iter().filter(|refund| wanted(refund));
    let mut looked_at = 0;
    if open.all(&mut take) && query.show != RefundShow::Attention {
        ledger.walk_refunds(&mut |refund| {
            looked_at += 1;
            let go_on = known.contains(&refund.reference) || !wanted(&refund) || take(refund);
            go_on && looked_at < SEARCHED
        })?;
    }
    page.looked_at = (looked_at >= SEARCHED && !page.more).then_some(looked_at);
    page.people = people_of(ledger, &page.refunds)?;
    Ok(page)
}

fn detail_of(ledger: &Ledger, reference: &RefundReference) -> Result<RefundDetail, LedgerError> {
    let refund = ledger.refund(reference)?;
    let history = ledger.history(reference)?;
    let wallet = ledger.sale(&refund.sale_id)?.sale.wallet;
    let mut people = people_of(ledger, std::slice::from_ref(&refund))?;
    for who in history.iter().filter_map(|entry| entry.who.as_ref()) {
        if !people.iter().any(|person| person.id == *who) {
            people.extend(person(ledger, who)?);
        }
    }
    Ok(RefundDetail { refund, wallet, history, people })
}

fn person(ledger: &Ledger, id: &OperatorId) -> Result<Option<Operator>, LedgerError> {
    match ledger.operator(id) {
        Ok(person) => Ok(Some(person)),
        Err(LedgerError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Everybody these refunds name, once.
fn people_of(ledger: &Ledger, refunds: &[Refund]) -> Result<Vec<Operator>, LedgerError> {
    let named = refunds.iter().flat_map(|refund| {
        let decided = refund.decision.as_ref().map(|decision| &decision.by);
        [Some(&refund.requester), Some(&refund.approver), decided].into_iter().flatten()
    });
    let ids: BTreeSet<&OperatorId> = named.collect();
    let found = ids.into_iter().map(|id| person(ledger, id)).collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().flatten().collect())
}
