//! Who may do what: one function answers, and the program asks it wherever somebody wants something.
//!
//! **The answer depends on [`Asking`] and on nothing else.** **[`table`] lists every answer**: the table in `SECURITY.md`
//! is printed from it, so that what the document says is what the ledger does. Amounts, ages and times are the policy's
//! and the store's rules'; whether a refund is within them comes in here as a condition.

use super::operator::Role;

/// Something that not everybody may do in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Ask for a refund.
    AskForRefund,
    /// Look at the refunds that were made.
    LookAtRefunds,
    /// Begin and end their own shift.
    MoveOwnShift,
    /// Look at the report of their own shift, print it and save it.
    ReadOwnShift,
    /// Look at the day's report and at other people's shifts, print and save them, and close a shift that somebody forgot.
    OverseeShifts,
    /// Say yes to a refund that breaks no rule of the store's.
    Approve,
    /// Say yes to one that does.
    LiftRule,
    /// Say yes to the same amount on the same sale again.
    ApproveAgain,
    /// Be the second manager of that.
    AgreeSecond,
    /// Send a refund again that was not executed.
    SendAgain,
    /// Give up a refund that was not executed.
    Release,
    /// Say what became of a refund where the gateway does not.
    DecideByHand,
    /// Open the settings and change the till's equipment.
    ChangeSettings,
    /// Change the store's rules.
    ChangeRules,
    /// Change how the gateway is reached, or give it a new token.
    ChangeGateway,
    /// Add people, rename and remove them, give them PINs, roles and badges.
    ChangePeople,
    /// Be known by a badge in place of a PIN.
    CarryBadge,
    /// Give themselves another PIN.
    ChangeOwnPin,
    /// Begin training, and end it.
    Train,
    /// Put a copy of the ledger in its place.
    Restore,
}

impl Act {
    /// All of them, in the order in which the document lists them.
    pub const ALL: [Self; 20] = [
        Self::AskForRefund,
        Self::LookAtRefunds,
        Self::MoveOwnShift,
        Self::ReadOwnShift,
        Self::OverseeShifts,
        Self::Approve,
        Self::LiftRule,
        Self::ApproveAgain,
        Self::AgreeSecond,
        Self::SendAgain,
        Self::Release,
        Self::DecideByHand,
        Self::ChangeSettings,
        Self::ChangeRules,
        Self::ChangeGateway,
        Self::ChangePeople,
        Self::CarryBadge,
        Self::ChangeOwnPin,
        Self::Train,
        Self::Restore,
    ];
}

/// What an answer can depend on beside the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// They asked for this refund themselves.
    Own,
    /// The amount is one that the store lets cashiers confirm alone.
    Small,
    /// The store lets a manager approve their own.
    OwnApproval,
    /// They gave the first of two yeses.
    GaveFirst,
}

impl Condition {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Own, Self::Small, Self::OwnApproval, Self::GaveFirst];
}

/// Who asks, and how things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    /// Their role.
    pub role: Role,
    /// See [`Condition::Own`].
    pub own: bool,
    /// See [`Condition::Small`].
    pub small: bool,
    /// See [`Condition::OwnApproval`].
    pub own_approval: bool,
    /// See [`Condition::GaveFirst`].
    pub gave_first: bool,
}

impl Asking {
    /// Somebody of that role, with nothing of their own in it.
    pub const fn of(role: Role) -> Self {
        Self { role, own: false, small: false, own_approval: false, gave_first: false }
    }

    /// The same with these conditions and no other.
    pub fn under(role: Role, conditions: &[Condition]) -> Self {
        let has = |condition| conditions.contains(&condition);
        Self {
            role,
            own: has(Condition::Own),
            small: has(Condition::Small),
            own_approval: has(Condition::OwnApproval),
            gave_first: has(Condition::GaveFirst),
        }
    }
}

/// What they have to bring beside their own PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Besides {
    /// Nothing.
    Nothing,
    /// A written reason.
    Reason,
    /// A written note why the rule is lifted.
    Note,
    /// Another manager's yes, who did not ask either.
    SecondManager,
}

/// Who could do it instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instead {
    /// Any manager.
    Manager,
    /// A manager who did not ask for it.
    AnotherManager,
    /// A manager who neither asked for it nor gave the first yes.
    ThirdPerson,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permit {
    /// They may, with this.
    Allowed(Besides),
    /// They may not; who may.
    Refused(Instead),
}

impl Permit {
    /// Whether they may.
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// May they?
pub fn may(act: Act, asking: Asking) -> Permit {
    let manager = matches!(asking.role, Role::Manager);
    match act {
        Act::AskForRefund | Act::LookAtRefunds | Act::MoveOwnShift | Act::ReadOwnShift | Act::ChangeOwnPin => {
            Permit::Allowed(Besides::Nothing)
        }
        Act::Approve => approve(asking, Besides::Nothing),
        Act::LiftRule => another_manager(asking, Besides::Note),
        Act::ApproveAgain => another_manager(asking, Besides::SecondManager),
        Act::AgreeSecond => match another_manager(asking, Besides::Nothing) {
            Permit::Allowed(_) if asking.gave_first => Permit::Refused(Instead::ThirdPerson),
            Permit::Refused(_) => Permit::Refused(Instead::ThirdPerson),
            allowed @ Permit::Allowed(_) => allowed,
        },
        Act::SendAgain | Act::DecideByHand if manager => approve(asking, Besides::Reason),
        Act::SendAgain | Act::DecideByHand => Permit::Refused(Instead::AnotherManager),
        Act::Release | Act::Restore => only_managers(manager, Besides::Reason),
        Act::ChangeSettings
        | Act::ChangeRules
        | Act::ChangeGateway
        | Act::ChangePeople
        | Act::CarryBadge
        | Act::Train
        | Act::OverseeShifts => only_managers(manager, Besides::Nothing),
    }
}

const fn only_managers(manager: bool, besides: Besides) -> Permit {
    if manager { Permit::Allowed(besides) } else { Permit::Refused(Instead::Manager) }
}

/// Requester and approver differ, but below the store's threshold and where the store lets a manager alone.
fn approve(asking: Asking, besides: Besides) -> Permit {
    let alone = match asking.role {
        Role::Manager => !asking.own || asking.own_approval || asking.small || planted!("own-approval"),
        Role::Cashier => asking.own && asking.small,
    };
    match (alone, asking.role) {
        (true, _) => Permit::Allowed(besides),
        (false, Role::Manager) => Permit::Refused(Instead::AnotherManager),
        (false, Role::Cashier) if asking.own => Permit::Refused(Instead::AnotherManager),
        (false, Role::Cashier) => Permit::Refused(Instead::Manager),
    }
}

/// Nobody lifts a rule for themselves, whatever the store lets managers approve alone.
const fn another_manager(asking: Asking, besides: Besides) -> Permit {
    match asking.role {
        Role::Manager if !asking.own => Permit::Allowed(besides),
        Role::Manager | Role::Cashier => Permit::Refused(Instead::AnotherManager),
    }
}

/// One line of the table: an act under some conditions, and what each role is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub act: Act,
    /// When these hold, and of those that matter for it no other.
    pub when: Vec<Condition>,
    /// For a cashier.
    pub cashier: Permit,
    /// For a manager.
    pub manager: Permit,
}

/// The conditions on which the answer about an act hangs, found by asking.
pub fn conditions_of(act: Act) -> Vec<Condition> {
    let changes = |condition: &Condition| {
        sets(&Condition::ALL).iter().any(|others| {
            let mut with: Vec<Condition> = others.iter().copied().filter(|other| other != condition).collect();
            let without = with.clone();
            with.push(*condition);
            [Role::Cashier, Role::Manager]
                .into_iter()
                .any(|role| may(act, Asking::under(role, &with)) != may(act, Asking::under(role, &without)))
        })
    };
    Condition::ALL.into_iter().filter(changes).collect()
}

/// Every subset, the smaller ones first.
fn sets(of: &[Condition]) -> Vec<Vec<Condition>> {
    let mut all = vec![vec![]];
    for condition in of {
        let with: Vec<Vec<Condition>> =
            all.iter().map(|set: &Vec<Condition>| set.iter().copied().chain([*condition]).collect()).collect();
        all.extend(with);
    }
    all.sort_by_key(Vec::len);
    all
}

fn answers(act: Act, when: &[Condition]) -> [Permit; 2] {
    [Role::Cashier, Role::Manager].map(|role| may(act, Asking::under(role, when)))
}

/// Every answer there is. A line is left out where each line with one condition less says the same: of the lines whose
/// conditions hold, those that name the most count, and they agree.
pub fn table() -> Vec<Line> {
    let says_more = |act: Act, when: &[Condition]| {
        when.is_empty()
            || when.iter().any(|gone| {
                let less: Vec<Condition> = when.iter().copied().filter(|condition| condition != gone).collect();
                answers(act, &less) != answers(act, when)
            })
    };
    let lines = |act: Act| {
        sets(&conditions_of(act)).into_iter().filter(move |when| says_more(act, when)).map(move |when| {
            let [cashier, manager] = answers(act, &when);
            Line { act, when, cashier, manager }
        })
    };
    Act::ALL.into_iter().flat_map(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What must hold of every answer, whatever the table comes to say.
    #[test]
    fn nobody_moves_money_alone_but_below_the_threshold_or_where_the_store_lets_a_manager() {
        for when in sets(&Condition::ALL) {
            let has = |condition| when.contains(&condition);
            for act in [Act::Approve, Act::SendAgain] {
                let (cashier, manager) = (Asking::under(Role::Cashier, &when), Asking::under(Role::Manager, &when));
                let small = has(Condition::Own) && has(Condition::Small);
                assert_eq!(may(act, cashier).is_allowed(), act == Act::Approve && small, "{act:?} {when:?}");
                let own = has(Condition::Own) && !has(Condition::Small) && !has(Condition::OwnApproval);
                assert_eq!(may(act, manager).is_allowed(), !own, "{act:?} {when:?}");
            }
            for act in [Act::LiftRule, Act::ApproveAgain, Act::AgreeSecond] {
                assert!(!may(act, Asking::under(Role::Cashier, &when)).is_allowed(), "{act:?} {when:?}");
                let allowed = may(act, Asking::under(Role::Manager, &when)).is_allowed();
                assert!(!(allowed && has(Condition::Own)), "{act:?} {when:?}");
                assert!(!(allowed && act == Act::AgreeSecond && has(Condition::GaveFirst)), "{when:?}");
            }
        }
    }

    #[test]
    fn what_is_a_managers_is_no_cashiers() {
        let managers = [
            Act::ChangeSettings,
            Act::ChangeRules,
            Act::ChangeGateway,
            Act::ChangePeople,
            Act::CarryBadge,
            Act::OverseeShifts,
            Act::Train,
            Act::Restore,
            Act::Release,
        ];
        for act in managers {
            assert_eq!(may(act, Asking::of(Role::Cashier)), Permit::Refused(Instead::Manager), "{act:?}");
            assert!(may(act, Asking::of(Role::Manager)).is_allowed(), "{act:?}");
        }
    }

    #[test]
    fn the_table_has_a_line_for_each_case_that_matters_and_no_other() {
        let lines = table();
        assert!(Act::ALL.iter().all(|act| lines.iter().any(|line| line.act == *act)));
        assert_eq!(conditions_of(Act::Approve), [Condition::Own, Condition::Small, Condition::OwnApproval]);
        assert_eq!(conditions_of(Act::LiftRule), [Condition::Own]);
        assert_eq!(conditions_of(Act::ChangeRules), []);
        assert_eq!(lines.iter().filter(|line| line.act == Act::Approve).count(), 5);
    }

    /// Whoever reads the table finds the answer that the program gives, in every case.
    #[test]
    fn the_lines_that_name_the_most_agree_with_each_other_and_with_the_program() {
        let lines = table();
        for (act, held) in Act::ALL.iter().flat_map(|act| sets(&Condition::ALL).into_iter().map(move |set| (act, set)))
        {
            let within = |inner: &[Condition], outer: &[Condition]| inner.iter().all(|one| outer.contains(one));
            let fit: Vec<&Line> = lines.iter().filter(|line| line.act == *act && within(&line.when, &held)).collect();
            let most = fit.iter().filter(|line| {
                !fit.iter().any(|other| other.when.len() > line.when.len() && within(&line.when, &other.when))
            });
            for line in most {
                assert_eq!([line.cashier, line.manager], answers(*act, &held), "{act:?} {held:?}");
            }
        }
    }
}
