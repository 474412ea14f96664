//! The people of the shop: two cashiers, two managers, a scanner that lies about and a child with sticky fingers.
//!
//! Mostly they do what the screen wants; sometimes anything. What they see when they give a PIN is remembered: that, and
//! nothing the program says, is authority.

use tillback::domain::*;
use tillback::flow::{
    AmountChoice, OnPeople, OnRefunds, OrderKind, Ordering, RefundOrder, RefundShow, Refunds, State, What,
};
use tillback::scan::payload::Affixes;
use tillback::terminal::read_code;

use super::shop::Shop;
use super::till::Till;

pub struct Person {
    pub name: &'static str,
    pub role: Role,
    pub pin: &'static str,
}

/// PINs of twelve digits, so that finding one in a file is no chance.
pub const STAFF: [Person; 4] = [
    Person { name: "Luis Ortega", role: Role::Manager, pin: "482913705164" },
    Person { name: "Rosa Lind", role: Role::Manager, pin: "937150286437" },
    Person { name: "Mei Chen", role: Role::Cashier, pin: "739164820517" },
    Person { name: "Ana Ruiz", role: Role::Cashier, pin: "615028394716" },
];

/// What lies under the scanner, besides the sales' own numbers.
const CODES: [&str; 9] = [
    "130123456789012345",
    "https://example.com/menu",
    "WIFI:T:WPA;S:shop;P:12345678;;",
    "4006381333931",
    "]C1297553638301777927",
    "POS-0001",
    "299999999999999999",
    "{\"transactionNo\":\"316129873376769782\"}",
    "0",
];

pub fn person(operator: &Operator) -> &'static Person {
    STAFF.iter().find(|person| person.name == operator.name.as_str()).expect("on the staff")
}

impl Shop {
    fn somebody(&self, till: &Till, role: Option<Role>) -> Operator {
        let flow = super::lock(&till.flow);
        let those: Vec<&Operator> =
            flow.operators().iter().filter(|o| role.is_none_or(|role| o.role == role)).collect();
        (*self.chance.one_of(&those)).clone()
    }

    fn pin_of(&self, operator: &Operator) -> Pin {
        let right = person(operator).pin;
        let digits = match self.chance.below(12) {
            0 => "000111222333",
            1 => self.chance.one_of(&STAFF).pin,
            _ => right,
        };
        Pin::parse(digits).expect("a PIN")
    }

    fn scan(&self) -> What {
        let text = match self.chance.below(6) {
            0 => *self.chance.one_of(&CODES),
            _ => self.chance.one_of(&super::lock(&self.book).sales).number,
        };
        let source = *self.chance.one_of(&[ScanSource::Scanner, ScanSource::Scanner, ScanSource::Camera]);
        read_code(text, source, None, &Affixes::default())
    }

    /// Mostly a part of what is left; sometimes no amount at all, or too much.
    fn amount(&self, left: Money) -> What {
        let nonsense = ["", "-1", "1e3", "0", "0.001", "99999999999"];
        let some =
            |minor: u64| Money::from_minor(i64::try_from(minor).expect("small"), left.currency()).expect("an amount");
        let whole = u64::try_from(left.minor()).expect("not below zero");
        What::AmountTyped(match self.chance.below(10) {
            0 => (*self.chance.one_of(&nonsense)).to_owned(),
            1 => some(self.chance.below(whole * 2 + 10)).decimal(),
            _ => some(1 + self.chance.below(whole / 3 + 1)).decimal(),
        })
    }

    /// Somebody does something at this till.
    pub fn press(&self, till: &Till) {
        let state = till.state();
        let wanted = match &state {
            State::Locked(_) => self.sign_in(till),
            State::Ready if self.chance.once_in(5) => What::OnRefunds(OnRefunds::Pressed),
            State::Ready => What::RefundPressed,
            State::Refunds(refunds) => self.on_refunds(till, refunds),
            State::Result(result)
                if matches!(result.refund.state, RefundState::NotSent | RefundState::NotExecuted)
                    && self.chance.once_in(2) =>
            {
                What::OnRefunds(OnRefunds::SendAgainPressed)
            }
            State::Scan(_) => self.scan(),
            State::Sale(review) if review.refusal.is_some() => What::CancelPressed,
            State::Sale(review) if review.draft.reason.is_none() => reason("Damaged"),
            State::Sale(review) if self.chance.once_in(3) || matches!(review.draft.choice, AmountChoice::All) => {
                self.amount(review.view.balance.left().expect("books"))
            }
            State::Sale(review) if matches!(review.check, tillback::flow::SaleCheck::Failed(_)) => {
                What::CheckAgainPressed
            }
            State::Sale(review) if review.amount.is_err() && self.chance.once_in(2) => What::AllChosen,
            State::Sale(review) if review.amount.is_err() => self.amount(review.view.balance.left().expect("books")),
            State::Sale(_) => What::ApprovalAsked,
            State::Approval(_) => self.prove(till),
            State::Sending(_) | State::Report(_) | State::Settings(_) => What::CancelPressed,
            State::Result(_) | State::Problem(_) if self.chance.once_in(2) => What::NextPressed,
            State::Result(_) | State::Problem(_) => What::FinishPressed,
        };
        let what = if self.chance.once_in(11) { self.anything(till) } else { wanted };
        // Everything twice, now and then: a double press, a key held down.
        if self.chance.once_in(6) {
            till.tell(what.clone());
        }
        till.tell(what);
    }

    fn sign_in(&self, till: &Till) -> What {
        if self.chance.once_in(16) {
            return self.badge(till);
        }
        let role = if self.chance.once_in(5) { None } else { Some(Role::Cashier) };
        let operator = self.somebody(till, role);
        What::SignInAsked { pin: self.pin_of(&operator), operator: operator.id }
    }

    pub fn give_pin(&self, till: &Till) -> What {
        let role = if self.chance.once_in(8) { None } else { Some(Role::Manager) };
        let own = |approver: &Operator| super::lock(&till.flow).operator() == Some(approver);
        let mut approver = self.somebody(till, role);
        if own(&approver) && !self.chance.once_in(4) {
            approver = self.somebody(till, Some(Role::Manager));
        }
        What::PinGiven { pin: self.pin_of(&approver), approver: approver.id }
    }

    /// A manager at the list of refunds.
    fn on_refunds(&self, till: &Till, refunds: &Refunds) -> What {
        let reason = || Reason::parse("The customer waits").expect("a reason");
        let shown = refunds.page.as_ref().map_or(&[][..], |page| &page.refunds);
        let Some(open) = refunds.open.as_deref() else {
            return match self.chance.below(8) {
                0 => What::CancelPressed,
                1 => What::OnRefunds(OnRefunds::Shown(*self.chance.one_of(&RefundShow::ALL))),
                2 => What::OnRefunds(OnRefunds::Turned { forward: self.chance.once_in(2) }),
                _ if shown.is_empty() => What::CancelPressed,
                _ => What::OnRefunds(OnRefunds::Picked(self.chance.one_of(shown).reference.clone())),
            };
        };
        match &open.ordering {
            None => match self.chance.below(8) {
                0 => What::OnRefunds(OnRefunds::CheckPressed),
                1 => What::CancelPressed,
                2 if open.done.is_some() => What::CancelPressed,
                _ => {
                    let kinds = [OrderKind::SendAgain, OrderKind::SendAgain, OrderKind::Release, OrderKind::Decide];
                    let fits = kinds.iter().any(|kind| kind.fits(&open.detail.refund));
                    let kind = *self.chance.one_of(&kinds);
                    if fits { What::OnRefunds(OnRefunds::OrderBegun(kind)) } else { What::CancelPressed }
                }
            },
            Some(Ordering { waiting: Some(_), .. }) => What::CancelPressed,
            Some(Ordering { order: Some(_), .. }) => self.prove(till),
            Some(Ordering { kind: OrderKind::SendAgain, .. }) => {
                What::OnRefunds(OnRefunds::OrderWritten(RefundOrder::SendAgain { reason: reason() }))
            }
            Some(Ordering { kind: OrderKind::Release, .. }) => {
                What::OnRefunds(OnRefunds::OrderWritten(RefundOrder::Release { reason: reason() }))
            }
            Some(Ordering { kind: OrderKind::Decide, .. }) => {
                // They have looked at the gateway's dashboard; now and then at the wrong line.
                let executed = super::lock(&self.book).executions(open.detail.refund.reference.as_str()) > 0;
                let says = executed != self.chance.once_in(6);
                let verdict = if says { Verdict::Refunded } else { Verdict::NotExecuted };
                let evidence = EvidenceNumber::parse("R-0815").expect("a number");
                let decided = HandDecision { verdict, reason: reason(), evidence };
                What::OnRefunds(OnRefunds::OrderWritten(RefundOrder::Decide(decided)))
            }
        }
    }

    fn anything(&self, till: &Till) -> What {
        match self.chance.below(16) {
            14 => What::OnRefunds(OnRefunds::Pressed),
            0 => What::RefundPressed,
            1..=3 => self.scan(),
            4 => What::AllChosen,
            5 => self.amount(Money::from_minor(3990, Currency::USD).expect("an amount")),
            6 => What::ApprovalAsked,
            7 => self.give_pin(till),
            8 | 9 => What::CancelPressed,
            10 => What::NextPressed,
            11 => What::LockPressed,
            12 => What::CheckAgainPressed,
            13 => reason("Changed mind"),
            15 if self.chance.once_in(4) => What::OnPeople(OnPeople::BadgeConfirmed),
            15 if self.chance.once_in(2) => self.badge(till),
            _ => self.sign_in(till),
        }
    }
}

fn reason(text: &str) -> What {
    What::ReasonChosen(Reason::parse(text).expect("a reason"))
}
