//! What the till does about people: signs in by PIN alone or badge, makes the first manager, carries out changes.
//!
//! **A badge's secret leaves here in one file and nowhere else**: below `badges` beside the ledger, its owner's alone. A
//! file that nobody removed is removed at the till's next start.

use std::path::PathBuf;

use super::badge_file::{BadgeFile, BadgeFileError};
use super::duties::{Duties, house_fault, operator_fault, pin_refused};
use crate::domain::{
    ApprovalFault, HouseFault, OperatorId, OperatorName, PeopleFault, PersonChange, Pin, Proof, Timestamp,
};
use crate::flow::{OnPeople, PeopleDone, PeopleTask, Turn, What};
use crate::ledger::{Ledger, OperatorError};

/// Where files of badges are, beside the ledger.
const FOLDER: &str = "badges";
const FILE: &str = "badge.svg";

impl Duties {
    /// Does one thing about people and says how it ended; who works here is said first, where that changed.
    pub fn people(&self, turn: Turn, task: &PeopleTask, say: &mut dyn FnMut(What)) {
        let now = self.now();
        let answer = match task {
            PeopleTask::SignIn(proof) => return say(self.sign_in_alone(turn, proof, now)),
            PeopleTask::ReadBadge(badge) => {
                let whose = self.ledger().whose_badge(badge, now);
                return say(What::OnPeople(match whose {
                    Ok(operator) => OnPeople::BadgeKnown { turn, operator },
                    Err(error) => OnPeople::BadgeRefused { turn, why: operator_fault(&error) },
                }));
            }
            PeopleTask::First { name, pin } => {
                let made = self.make_first(name, pin, now);
                match made {
                    Ok(operator) => {
                        self.say_people(say);
                        return say(What::SignedIn { turn, operator });
                    }
                    Err(error) => Err(fault(&error)),
                }
            }
            PeopleTask::OwnPin { who, old, new } => {
                let changed = self.ledger().change_own_pin(who, old, new, now);
                changed.map(|()| PeopleDone::OwnPin).map_err(|error| fault(&error))
            }
            PeopleTask::Change { by, change } => self.change_people(by, change, now),
            PeopleTask::RemoveBadgeFile => {
                self.remove_badge_file();
                Ok(PeopleDone::BadgeFileRemoved)
            }
        };
        self.say_people(say);
        say(What::OnPeople(match answer {
            Ok(done) => OnPeople::Done { turn, done },
            Err(why) => OnPeople::Refused { turn, why },
        }));
    }

    fn sign_in_alone(&self, turn: Turn, proof: &Proof, now: Timestamp) -> What {
        let mut ledger = self.ledger();
        let signed_in = match proof {
            Proof::Pin(pin) => ledger.sign_in_by_pin(pin, now),
            Proof::Badge(badge) => ledger.sign_in_by_badge(badge, now),
        };
        match signed_in {
            Ok(operator) => What::SignedIn { turn, operator },
            Err(why) => What::SignInRefused { turn, why: operator_fault(&why) },
        }
    }

    fn make_first(
        &self,
        name: &OperatorName,
        pin: &Pin,
        now: Timestamp,
    ) -> Result<crate::domain::Operator, OperatorError> {
        let mut ledger = self.ledger();
        let first = ledger.add_first_manager(name, pin, now)?;
        ledger.sign_in(&first.id, pin, now)
    }

    fn change_people(&self, by: &OperatorId, change: &PersonChange, now: Timestamp) -> Result<PeopleDone, PeopleFault> {
        let (mut ledger, by) = (self.ledger(), Some(by));
        let changed = match change {
            PersonChange::Add { name, role, pin } => ledger.add_operator(name, *role, pin, by, now).map(drop),
            PersonChange::Rename { who, name } => ledger.rename_operator(who, name, by, now),
            PersonChange::SetPin { who, pin } => ledger.set_pin(who, pin, by, now),
            PersonChange::SetRole { who, role, pin } => ledger.set_role(who, *role, pin.as_ref(), by, now),
            PersonChange::SetLanguage { who, language } => ledger.set_language(who, *language, by, now),
            PersonChange::Remove { who } => ledger.remove_operator(who, by, now),
            PersonChange::RevokeBadge { who } => ledger.revoke_badge(who, by, now).map(drop),
            PersonChange::MakeBadge { who } => return make_badge(&mut ledger, who, by, now),
        };
        changed.map(|()| PeopleDone::Changed).map_err(|error| fault(&error))
    }

    /// Whether nobody works at this till yet. Where that cannot be read, somebody does.
    pub fn has_nobody(&self) -> bool {
        self.ledger().operators().is_ok_and(|operators| operators.is_empty())
    }

    /// Says who works here, who has a badge and who a language of their own.
    pub fn say_people(&self, say: &mut dyn FnMut(What)) {
        let ledger = self.ledger();
        let known = ledger.operators().and_then(|all| Ok((all, ledger.badge_holders()?, ledger.languages()?)));
        drop(ledger);
        match known {
            Ok((operators, holders, languages)) => {
                say(What::OnPeople(OnPeople::Known { operators, holders, languages }));
            }
            Err(error) => tracing::error!(%error, "who works here cannot be read"),
        }
    }

    /// Removes the file of the badge that was made last, if it is still there.
    pub fn remove_badge_file(&self) {
        let path = badge_path(&self.ledger());
        if let Err(error) = std::fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::error!(%error, "the badge's file could not be removed");
        }
    }

    /// The answer to something about people that stopped half-way.
    pub(super) fn people_stopped(turn: Turn, task: &PeopleTask) -> What {
        let stopped = HouseFault::WorkerStopped;
        match task {
            PeopleTask::SignIn(_) => What::SignInRefused { turn, why: ApprovalFault::House(stopped) },
            PeopleTask::ReadBadge(_) => {
                What::OnPeople(OnPeople::BadgeRefused { turn, why: ApprovalFault::House(stopped) })
            }
            PeopleTask::First { .. }
            | PeopleTask::OwnPin { .. }
            | PeopleTask::Change { .. }
            | PeopleTask::RemoveBadgeFile => {
                What::OnPeople(OnPeople::Refused { turn, why: PeopleFault::House(stopped) })
            }
        }
    }
}

fn badge_path(ledger: &Ledger) -> PathBuf {
    ledger.folder().join(FOLDER).join(FILE)
}

/// The file first: a badge that could not be printed would have revoked the old one for nothing.
fn make_badge(
    ledger: &mut Ledger,
    who: &OperatorId,
    by: Option<&OperatorId>,
    now: Timestamp,
) -> Result<PeopleDone, PeopleFault> {
    let path = badge_path(ledger);
    let not_written = |error: BadgeFileError| {
        tracing::error!(%error, "a badge's file");
        PeopleFault::FileNotWritten
    };
    let name = ledger.operator(who).map_err(|error| PeopleFault::House(house_fault(&error)))?.name;
    let _ = std::fs::create_dir_all(ledger.folder().join(FOLDER));
    // One that was made before and not removed is another badge, which the new one revokes.
    let _ = std::fs::remove_file(&path);
    let file = BadgeFile::create(&path).map_err(not_written)?;
    let made = ledger.make_badge(who, by, now).map_err(|error| fault(&error));
    let drawn = made.and_then(|badge| file.draw(&badge, name.as_str(), ledger.till().as_str()).map_err(not_written));
    match drawn {
        Ok(()) => Ok(PeopleDone::BadgeMade { file: path.display().to_string() }),
        Err(why) => {
            let _ = std::fs::remove_file(&path);
            Err(why)
        }
    }
}

/// A refusal in terms a screen can explain.
fn fault(error: &OperatorError) -> PeopleFault {
    tracing::warn!(%error, "people were not changed");
    match error {
        OperatorError::TooShort { min_digits } => PeopleFault::TooShort { min_digits: *min_digits },
        OperatorError::TooEasy | OperatorError::Taken => PeopleFault::PinNotFree,
        OperatorError::NameTaken => PeopleFault::NameTaken,
        OperatorError::LastManager => PeopleFault::LastManager,
        OperatorError::NotAManager => PeopleFault::NotAManager,
        OperatorError::NeedsPin => PeopleFault::NeedsPin,
        OperatorError::NotTheFirst => PeopleFault::NotTheFirst,
        OperatorError::Pin(refusal) => PeopleFault::Person(pin_refused(*refusal)),
        OperatorError::Ledger(error) => PeopleFault::House(house_fault(error)),
    }
}
