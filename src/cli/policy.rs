//! `tillback policy`: who may do what, as the program itself decides it.
//!
//! **Nothing here decides anything**: the lines come out of `domain::authority`, which the ledger and the window ask.
//! The table in `SECURITY.md` is what this prints, and a test compares the two.

use std::process::ExitCode;

use crate::domain::authority::{Act, Besides, Condition, Instead, Permit, table};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print who may do what, as a table in Markdown
    Table,
}

pub(super) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Table => {
            say!("| what | when | a cashier | a manager |\n| --- | --- | --- | --- |");
            for line in table() {
                let when: Vec<&str> = line.when.iter().map(|condition| of_condition(*condition)).collect();
                let when = if when.is_empty() { "-".to_owned() } else { when.join("; ") };
                say!("| {} | {when} | {} | {} |", of_act(line.act), answer(line.cashier), answer(line.manager));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

const fn of_act(act: Act) -> &'static str {
    match act {
        Act::AskForRefund => "ask for a refund",
        Act::LookAtRefunds => "look at the refunds",
        Act::MoveOwnShift => "begin and end one's own shift",
        Act::ReadOwnShift => "look at, print and save the report of one's own shift",
        Act::OverseeShifts => {
            "look at, print and save the day's report and other people's shifts, close a forgotten shift"
        }
        Act::Approve => "approve a refund within the store's rules",
        Act::LiftRule => "approve a refund over a rule of the store's",
        Act::ApproveAgain => "approve the same amount on the same sale again",
        Act::AgreeSecond => "agree as the second manager",
        Act::SendAgain => "send a refund again that was not executed",
        Act::Release => "give up a refund that was not executed",
        Act::DecideByHand => "decide by hand what became of a refund",
        Act::ChangeSettings => "open the settings, change the equipment",
        Act::ChangeRules => "change the store's rules",
        Act::ChangeGateway => "change the gateway's account or its token",
        Act::ChangePeople => "add, rename and remove people, give them PINs, roles and badges",
        Act::CarryBadge => "be known by a badge in place of a PIN",
        Act::ChangeOwnPin => "change one's own PIN",
        Act::Train => "begin and end training",
        Act::Restore => "put a copy of the ledger in its place",
    }
}

const fn of_condition(condition: Condition) -> &'static str {
    match condition {
        Condition::Own => "they asked for it",
        Condition::Small => "within what a cashier may confirm alone",
        Condition::OwnApproval => "managers may approve their own",
        Condition::GaveFirst => "they gave the first yes",
    }
}

const fn answer(permit: Permit) -> &'static str {
    match permit {
        Permit::Allowed(Besides::Nothing) => "yes",
        Permit::Allowed(Besides::Reason) => "yes, with a reason",
        Permit::Allowed(Besides::Note) => "yes, with a note",
        Permit::Allowed(Besides::SecondManager) => "yes, with a second manager",
        Permit::Refused(Instead::Manager) => "no: a manager",
        Permit::Refused(Instead::AnotherManager) => "no: a manager who did not ask",
        Permit::Refused(Instead::ThirdPerson) => "no: a manager who neither asked nor agreed first",
    }
}
