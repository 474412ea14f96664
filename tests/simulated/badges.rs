//! The managers' badges: one is in use, one was replaced by another, one is of another store; shown where they approve
//! and where they must mean nothing. **Only whoever a badge belongs to at that moment has approved.**

use tillback::domain::{Badge, Operator, OperatorId, ScanSource};
use tillback::flow::{Flow, OnPeople, Ordering, State, What};
use tillback::scan::payload::Affixes;
use tillback::terminal::read_code;

use super::disk;
use super::lock;
use super::promises;
use super::shop::Shop;
use super::till::Till;

/// What a scanner reads from it.
pub fn digits(badge: &Badge) -> String {
    badge.digits().to_string()
}

impl Shop {
    /// Whose badge it is now.
    fn owner_of(&self, badge: &Badge) -> Option<OperatorId> {
        let (_, owner) = disk::badges().iter().find(|(known, _)| known == badge)?;
        owner.clone().filter(|owner| !lock(&self.notes).revoked.contains(owner.as_str()))
    }

    /// A badge under the scanner, mostly one that is somebody's. Where badges mean nothing, its digits are a code.
    pub fn badge(&self, till: &Till) -> What {
        let all = disk::badges();
        let those = if self.chance.once_in(6) { all } else { &all[..2] };
        let (badge, _) = self.chance.one_of(those);
        if lock(&till.flow).state().hears_badges() {
            return What::OnPeople(OnPeople::BadgeScanned(badge.clone()));
        }
        // Sometimes not all of it is read.
        let digits = digits(badge);
        let text = if self.chance.once_in(3) { &digits[..30] } else { &digits[..] };
        read_code(text, ScanSource::Scanner, None, &Affixes::default())
    }

    /// A manager approves: with a badge in hand they press, else they type their PIN or scan.
    pub fn prove(&self, till: &Till) -> What {
        let in_hand = lock(&till.flow).badge_in_hand().is_some();
        if in_hand && !self.chance.once_in(8) {
            return What::OnPeople(OnPeople::BadgeConfirmed);
        }
        if self.chance.once_in(5) { self.badge(till) } else { self.give_pin(till) }
    }

    /// A manager's badge is lost, and another manager has it revoked.
    pub fn revoke_a_badge(&self, till: &Till) {
        let managers: Vec<&OperatorId> = disk::badges().iter().filter_map(|(_, owner)| owner.as_ref()).collect();
        let of = *self.chance.one_of(&managers);
        let by = *managers.iter().find(|manager| **manager != of).expect("two managers");
        let now = till.duties.now();
        if till.duties.ledger().revoke_badge(of, Some(by), now) == Ok(true) {
            self.log.say(|| format!("the badge of {of} is revoked"));
            lock(&self.notes).revoked.insert(of.as_str().to_owned());
        }
    }

    /// Another manager than this one.
    pub fn another_manager(&self, than: &OperatorId) -> Option<&Operator> {
        self.staff.iter().find(|person| person.role == tillback::domain::Role::Manager && person.id != *than)
    }
}

/// What a person shows as they show it: before the desk takes the message.
pub fn before_step(shop: &Shop, till: &Till, flow: &Flow, what: &OnPeople) {
    match (what, flow.state()) {
        (OnPeople::BadgeScanned(badge), State::Locked(locked)) if locked.checking.is_none() => {
            if let Some(owner) = shop.owner_of(badge) {
                lock(&shop.notes).signed_in.insert((till.place, owner.as_str().to_owned()));
            }
        }
        (OnPeople::BadgeScanned(badge), State::Approval(approving)) if approving.checking.is_none() => {
            lock(&shop.notes).in_hand.insert(till.place, badge.clone());
        }
        (OnPeople::BadgeScanned(badge), State::Refunds(_)) if flow.state().hears_badges() => {
            lock(&shop.notes).in_hand.insert(till.place, badge.clone());
        }
        (OnPeople::BadgeConfirmed, state) if flow.badge_in_hand().is_some() => {
            let shown = lock(&shop.notes).in_hand.get(&till.place).cloned();
            let Some(owner) = shown.and_then(|badge| shop.owner_of(&badge)) else { return };
            match state {
                State::Approval(approving) if approving.checking.is_none() => {
                    promises::an_approval(shop, flow, approving, (&owner, true));
                }
                State::Refunds(refunds) => {
                    if let Some(open) = refunds.open.as_deref()
                        && let Some(Ordering { order: Some(order), waiting: None, .. }) = &open.ordering
                    {
                        promises::an_order(shop, &open.detail.refund, order, &owner);
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}
