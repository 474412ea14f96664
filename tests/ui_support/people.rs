//! People in the pretended world: what the ledger would answer, without one.

use std::sync::Mutex;

use tillback::domain::{ApprovalFault, Operator, OperatorId, PeopleFault, PersonChange, Role};
use tillback::flow::{OnPeople, PeopleDone, PeopleTask, Turn, What};

use super::{PIN, World, is_right, luis, mei};

/// Everybody whose PIN is asked for alone is Mei; the one badge is Luis's.
pub fn answer(world: &Mutex<World>, turn: Turn, task: PeopleTask) -> What {
    let mut world = world.lock().unwrap();
    let wait_seconds = world.wait_seconds;
    match task {
        PeopleTask::SignIn(proof) if is_right(&proof) => {
            let operator = if proof.as_str() == "pin" { mei() } else { luis() };
            What::SignedIn { turn, operator }
        }
        PeopleTask::SignIn(proof) => {
            let wrong = ApprovalFault::WrongPin { wait_seconds };
            let why = if proof.as_str() == "pin" { wrong } else { ApprovalFault::UnknownBadge };
            What::SignInRefused { turn, why }
        }
        PeopleTask::ReadBadge(badge) if badge == super::badge() => {
            What::OnPeople(OnPeople::BadgeKnown { turn, operator: luis() })
        }
        PeopleTask::ReadBadge(_) => What::OnPeople(OnPeople::BadgeRefused { turn, why: ApprovalFault::UnknownBadge }),
        PeopleTask::First { name, .. } => {
            let operator = Operator { name, ..luis() };
            world.operators = vec![operator.clone()];
            What::SignedIn { turn, operator }
        }
        PeopleTask::OwnPin { old, .. } if old.expose() != PIN => {
            let why = PeopleFault::Person(ApprovalFault::WrongPin { wait_seconds });
            What::OnPeople(OnPeople::Refused { turn, why })
        }
        PeopleTask::OwnPin { .. } => What::OnPeople(OnPeople::Done { turn, done: PeopleDone::OwnPin }),
        PeopleTask::RemoveBadgeFile => What::OnPeople(OnPeople::Done { turn, done: PeopleDone::BadgeFileRemoved }),
        PeopleTask::Change { change, .. } => What::OnPeople(match changed(&mut world, change) {
            Ok(done) => OnPeople::Done { turn, done },
            Err(why) => OnPeople::Refused { turn, why },
        }),
    }
}

fn changed(world: &mut World, change: PersonChange) -> Result<PeopleDone, PeopleFault> {
    if let Some(fault) = world.people_fault.clone() {
        return Err(fault);
    }
    fn who<'a>(world: &'a mut World, id: &OperatorId) -> &'a mut Operator {
        world.operators.iter_mut().find(|person| person.id == *id).unwrap()
    }
    match change {
        PersonChange::Add { name, role, .. } => {
            let id = OperatorId::parse("01JD9K7R2W8M4Q6X000000000Z").unwrap();
            world.operators.push(Operator { id, name, role });
        }
        PersonChange::Rename { who: id, name } => who(world, &id).name = name,
        PersonChange::SetPin { .. } => {}
        PersonChange::SetLanguage { who: id, language } => {
            world.languages.retain(|(whose, _)| *whose != id);
            world.languages.extend(language.map(|language| (id, language)));
        }
        PersonChange::SetRole { who: id, role, .. } => who(world, &id).role = role,
        PersonChange::Remove { who: id } => {
            let managers = world.operators.iter().filter(|person| person.role == Role::Manager).count();
            if who(world, &id).role == Role::Manager && managers == 1 {
                return Err(PeopleFault::LastManager);
            }
            world.operators.retain(|person| person.id != id);
        }
        PersonChange::MakeBadge { who: id } => {
            world.holders.push(id);
            return Ok(PeopleDone::BadgeMade { file: "till/badges/badge.svg".to_owned() });
        }
        PersonChange::RevokeBadge { who: id } => world.holders.retain(|holder| *holder != id),
    }
    Ok(PeopleDone::Changed)
}
