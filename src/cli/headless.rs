//! The terminal without a window, for proofs: one JSON command a line on standard input, one JSON line on standard
//! output whenever the screen would change.
//!
//! **It goes the same way as a person**: the same flow, PINs and approvals. It can do nothing a window cannot.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::Places;
use super::house::House;
use super::logging;
use crate::domain::{OperatorId, OperatorName, Pin, PrintSubject, Reason, RefundReference, ScanSource};
use crate::flow::{Flow, OnPeople, State, What};
use crate::intake::Intake;
use crate::scan::camera::CameraSource;
use crate::terminal::{
    CarePlan, Duties, NoEyes, Parts, RecordStanding, ScannerView, Signboard, Terminal, Till, TillView,
};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Order {
    SignIn {
        name: String,
        pin: String,
    },
    Refund,
    Scan {
        text: String,
    },
    Type {
        text: String,
    },
    All,
    Amount {
        text: String,
    },
    Reason {
        text: String,
    },
    Ask,
    Note {
        text: String,
    },
    Pin {
        name: String,
        pin: String,
    },
    /// A PIN on the Locked screen, without a name.
    PinAlone {
        pin: String,
    },
    /// The press that approves by the badge that was scanned.
    Badge,
    /// The first manager, at the very first start.
    First {
        name: String,
        pin: String,
    },
    Cancel,
    Finish,
    Lock,
    Quit,
}

#[derive(Serialize, PartialEq, Default)]
struct Shown {
    screen: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    /// What stands in the way, as the typed facts name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
    /// Whether the next step can be taken.
    ready: bool,
    /// A badge was scanned and waits for the press.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    badge: bool,
    unresolved: usize,
    waiting: usize,
    /// Scanners with a port of their own, and how each is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scanners: Vec<String>,
    /// Practice: no real money moves.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    training: bool,
    /// What became of the shown refund's slip, where somebody asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    slip: Option<String>,
    /// How the record is, where somebody looks after it.
    #[serde(skip_serializing_if = "str::is_empty")]
    record: &'static str,
}

fn shown(view: &TillView) -> Shown {
    let base = Shown {
        screen: view.state.name(),
        unresolved: view.unresolved,
        waiting: view.waiting,
        scanners: view.equipment.scanners.iter().map(scanner).collect(),
        ready: true,
        training: view.training,
        record: match view.care.record {
            RecordStanding::NotAsked => "",
            RecordStanding::Checking => "checking",
            RecordStanding::Sound => "sound",
            RecordStanding::Damaged => "damaged",
        },
        ..Shown::default()
    };
    match &view.state {
        State::Scan(scanning) => Shown {
            problem: scanning.problem.as_ref().map(|problem| format!("{problem:?}")),
            ready: scanning.finding.is_none(),
            ..base
        },
        State::Sale(review) => Shown {
            amount: review.amount.as_ref().ok().map(ToString::to_string),
            problem: review
                .refusal
                .as_ref()
                .map(|refusal| format!("{refusal:?}"))
                .or_else(|| review.came_back.as_ref().map(|fault| format!("{fault:?}")))
                .or_else(|| review.amount.as_ref().err().map(|problem| format!("{problem:?}")))
                .or_else(|| match review.check {
                    crate::flow::SaleCheck::Failed(why) => Some(format!("{why:?}")),
                    _ => None,
                }),
            ready: review.can_ask(),
            ..base
        },
        State::Approval(approving) => Shown {
            amount: Some(approving.intention.amount.to_string()),
            problem: approving.refused.as_ref().map(|why| format!("{why:?}")),
            ready: approving.checking.is_none(),
            badge: view.badge_in_hand.is_some(),
            ..base
        },
        State::Sending(sending) => Shown {
            refund: sending.refund.as_ref().map(|refund| refund.reference.to_string()),
            amount: Some(sending.intention.amount.to_string()),
            ready: false,
            ..base
        },
        State::Result(result) => Shown {
            slip: slip(view, &result.refund.reference),
            refund: Some(result.refund.reference.to_string()),
            state: Some(result.refund.state.as_str()),
            amount: Some(result.refund.amount.to_string()),
            ..base
        },
        State::Problem(problem) => Shown { problem: Some(format!("{:?}", problem.fault)), ..base },
        State::Locked(locked) => {
            let first = locked.first.as_ref();
            let why = first.and_then(|first| first.answer.as_ref()).and_then(|answer| answer.as_ref().err());
            Shown {
                problem: locked.refused.as_ref().map(|why| format!("{why:?}")).or(why.map(|why| format!("{why:?}"))),
                ready: locked.checking.is_none() && first.is_none_or(|first| first.waiting.is_none()),
                ..base
            }
        }
        State::Refunds(refunds) => match &refunds.open {
            Some(open) => Shown {
                refund: Some(open.detail.refund.reference.to_string()),
                state: Some(open.detail.refund.state.as_str()),
                amount: Some(open.detail.refund.amount.to_string()),
                ready: open.checking.is_none() && open.ordering.as_ref().is_none_or(|order| order.waiting.is_none()),
                ..base
            },
            None => Shown { ready: refunds.asking.is_none(), ..base },
        },
        State::Settings(settings) => Shown {
            problem: settings.kept.clone().and_then(Result::err).map(|why| format!("{why:?}")),
            ready: settings.is_open(),
            ..base
        },
        State::Report(shown) => Shown { ready: shown.asking.is_none(), ..base },
        State::Ready => base,
    }
}

fn scanner(view: &ScannerView) -> String {
    let name = view.name.as_deref().unwrap_or("-");
    match view.fault {
        Some(fault) => format!("{:?}: {fault:?} ({name})", view.kind),
        None => format!("{:?}: {:?} ({name})", view.kind, view.light),
    }
}

fn slip(view: &TillView, reference: &RefundReference) -> Option<String> {
    let state = view.equipment.printer.state_of(&PrintSubject::Slip(reference.clone()))?;
    Some(format!("{state:?}"))
}

fn print(shown: &Shown) {
    let mut out = io::stdout().lock();
    // Whoever reads us may be gone; the till itself goes on.
    if serde_json::to_writer(&mut out, shown).is_ok() {
        let _ = writeln!(out).and_then(|()| out.flush());
    }
}

pub(super) fn run(places: &Places) -> anyhow::Result<ExitCode> {
    logging::to_stderr();
    let house = House::open(places)?;
    let house = house.unlocked()?;
    let duties = house.duties()?;
    drive(&house, duties, super::window::signboard(&house), house.start_intake())
}

/// Runs a till without a window until its input ends.
pub(super) fn drive(
    house: &House,
    duties: Arc<Duties>,
    signboard: Signboard,
    intake: Option<Intake>,
) -> anyhow::Result<ExitCode> {
    let operators = duties.ledger().operators()?;
    duties.care().wanted(CarePlan { first_picture: std::time::Duration::ZERO, ..CarePlan::default() });
    let cared_for = Arc::clone(&duties);
    let setting = super::window::setting(house);
    // Pictures of a folder are looked at by the camera's own process, as in a window; a device belongs to a window.
    let camera = super::window::camera(house);
    let has_pictures = matches!(camera.source, CameraSource::Folder(_));
    let folder = house.config.camera.folder.clone();
    let parts = Parts {
        eyes: Box::new(move |seen| match has_pictures {
            true => crate::terminal::camera_eyes(camera, folder, seen),
            false => Box::new(NoEyes),
        }),
        scanners: super::window::scanners(house),
        settings_file: Some(house.config.file.clone()),
        printing: Some(super::paper::printing(&house.config, &house.ledger_path())),
        sound_level: house.config.sounds,
        ..Parts::new(Flow::new(setting, operators), signboard, duties)
    };
    let terminal = Arc::new(Terminal::start(parts)?);
    let last = Mutex::new(shown(&terminal.view()));
    print(&last.lock().unwrap_or_else(PoisonError::into_inner));
    let watched = Arc::downgrade(&terminal);
    let (lines, orders) = crossbeam_channel::bounded(16);
    let (says_damaged, damaged) = crossbeam_channel::bounded(1);
    let look: Arc<dyn Fn() + Send + Sync> = Arc::new(move || {
        let Some(terminal) = watched.upgrade() else { return };
        let view = terminal.view();
        let now = shown(&view);
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != now {
            print(&now);
            *last = now;
        }
        if crate::ui::must_close(&view) {
            let _ = says_damaged.try_send(());
        }
    });
    terminal.on_change(Arc::clone(&look));
    // What changed before anybody was told of changes.
    look();
    std::thread::spawn(move || io::stdin().lock().lines().try_for_each(|line| lines.send(line).map_err(|_| ())));
    loop {
        let line = crossbeam_channel::select! {
            recv(damaged) -> _ => break,
            recv(orders) -> line => line,
        };
        // The end of the input is the end of the till.
        let Ok(line) = line else { break };
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Order>(&line) {
            Ok(Order::Quit) => break,
            Ok(order) => obey(&terminal, order),
            // The place only: serde repeats what it did not expect, which may be a PIN.
            Err(error) => tell!("not an order, at its character {}", error.column()),
        }
    }
    terminal.stop();
    drop(intake);
    match cared_for.care().damage() {
        Some(what) => anyhow::bail!("the ledger is damaged: {what}"),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn obey(terminal: &Terminal, order: Order) {
    let named = |name: &str| -> Option<OperatorId> {
        let view = terminal.view();
        view.operators.iter().find(|operator| operator.name.as_str() == name).map(|operator| operator.id.clone())
    };
    let with_pin = |name: &str, pin: &str, make: &dyn Fn(OperatorId, Pin) -> What| match (named(name), Pin::parse(pin))
    {
        (Some(operator), Ok(pin)) => terminal.tell(make(operator, pin)),
        _ => tell!("no such person, or no possible PIN"),
    };
    match order {
        Order::SignIn { name, pin } => with_pin(&name, &pin, &|operator, pin| What::SignInAsked { operator, pin }),
        Order::Pin { name, pin } => with_pin(&name, &pin, &|approver, pin| What::PinGiven { approver, pin }),
        Order::PinAlone { pin } => match Pin::parse(&pin) {
            Ok(pin) => terminal.tell(What::OnPeople(OnPeople::PinAloneGiven(pin))),
            Err(_) => tell!("no possible PIN"),
        },
        Order::Badge => terminal.tell(What::OnPeople(OnPeople::BadgeConfirmed)),
        Order::First { name, pin } => match (OperatorName::parse(&name), Pin::parse(&pin)) {
            (Ok(name), Ok(pin)) => terminal.tell(What::OnPeople(OnPeople::FirstManagerGiven { name, pin })),
            _ => tell!("no possible name, or no possible PIN"),
        },
        Order::Refund => terminal.tell(What::RefundPressed),
        Order::Scan { text } => terminal.scanned(&text, ScanSource::Scanner),
        Order::Type { text } => terminal.scanned(&text, ScanSource::Typed),
        Order::All => terminal.tell(What::AllChosen),
        Order::Amount { text } => terminal.tell(What::AmountTyped(text)),
        Order::Reason { text } => match Reason::parse(&text) {
            Ok(reason) => terminal.tell(What::ReasonChosen(reason)),
            Err(error) => tell!("not a reason: {error}"),
        },
        Order::Note { text } => terminal.tell(What::NoteTyped(text)),
        Order::Ask => terminal.tell(What::ApprovalAsked),
        Order::Cancel => terminal.tell(What::CancelPressed),
        Order::Finish => terminal.tell(What::FinishPressed),
        Order::Lock => terminal.tell(What::LockPressed),
        Order::Quit => {}
    }
}
