//! The Report screen without a window: who sees what, one question at a time, shifts moved by a second press.

use super::*;
use crate::domain::{FileForm, RecordHead, Report, ReportAsk, ReportOf, Shift, Totals};
use crate::flow::{Made, NoReport, OnDevices, OnReport, ReportKind};

fn on(what: OnReport) -> What {
    What::OnReport(what)
}

fn made(of: ReportOf, own: Option<Shift>) -> Box<Made> {
    let report = Report {
        of,
        from: NOW,
        until: NOW,
        made_at: NOW,
        till: "T1".to_owned(),
        training: false,
        head: RecordHead::default(),
        unresolved: vec![],
        unresolved_count: 0,
        open_besides: 0,
        totals: Totals::default(),
        people: vec![],
        has_earlier: true,
        has_later: true,
    };
    Box::new(Made { report: Ok(Box::new(report)), own })
}

fn shift(of: &str) -> Shift {
    let operator = OperatorId::parse(&ulid(of)).unwrap();
    Shift { number: 7, operator, till: "T1".to_owned(), opened_at: NOW, closed_at: None, closed_by: None }
}

impl Talk {
    /// The turn and the question of the report that was asked for last.
    #[track_caller]
    fn report_asked(&self) -> (Turn, ReportAsk) {
        match self.asked.as_slice() {
            [Effect::MakeReport { turn, ask, .. }] => (*turn, ask.clone()),
            other => panic!("no report: {other:?}"),
        }
    }

    #[track_caller]
    fn moving(&self) -> (Turn, OperatorId, Option<OperatorId>) {
        match self.asked.as_slice() {
            [Effect::OpenShift { turn, operator }] => (*turn, operator.clone(), None),
            [Effect::CloseShift { turn, operator, by }] => (*turn, operator.clone(), Some(by.clone())),
            other => panic!("no shift moves: {other:?}"),
        }
    }
}

#[test]
fn a_cashier_asks_for_their_own_shift_and_for_nothing_else() {
    let mut talk = Talk::new(true);
    let (turn, ask) = talk.say(on(OnReport::Pressed(ReportKind::Day))).on("report").report_asked();
    let own = Some(OperatorId::parse(&ulid("C")).unwrap());
    assert_eq!(ask, ReportAsk::Shift { back: 0, of: own });
    // Another's open shift, should it ever come: it is not theirs to close.
    talk.say(on(OnReport::Made { turn, made: made(ReportOf::Shift(shift("M")), Some(shift("C"))) }));
    talk.say(on(OnReport::ClosePressed));
    assert!(talk.say(on(OnReport::CloseConfirmed)).asked.is_empty());
    assert!(talk.say(on(OnReport::KindChosen(ReportKind::Day))).asked.is_empty());
    assert!(talk.say(on(OnReport::OpenPressed)).asked.is_empty(), "there is one already");
    talk.say(What::CancelPressed);
    talk.say(What::CancelPressed).on("ready");
}

#[test]
fn a_manager_turns_the_days_one_answer_at_a_time() {
    let mut talk = manager_in();
    let (turn, ask) = talk.say(on(OnReport::Pressed(ReportKind::Day))).report_asked();
    assert_eq!(ask, ReportAsk::Day { back: 0 });
    let earlier = || on(OnReport::Turned { earlier: true });
    assert!(talk.say(earlier()).asked.is_empty(), "nothing is shown yet");
    let day = || made(ReportOf::Day("2026-11-22".to_owned()), None);
    talk.say(on(OnReport::Made { turn: Turn::default(), made: day() }));
    assert!(talk.say(earlier()).asked.is_empty(), "an answer to another question");
    talk.say(on(OnReport::Made { turn, made: day() }));
    let (turn, ask) = talk.say(earlier()).report_asked();
    assert_eq!(ask, ReportAsk::Day { back: 1 });
    assert!(talk.say(earlier()).asked.is_empty(), "one at a time");
    talk.say(on(OnReport::Made { turn, made: day() }));
    let later = || on(OnReport::Turned { earlier: false });
    let (turn, ask) = talk.say(later()).report_asked();
    assert_eq!(ask, ReportAsk::Day { back: 0 });
    talk.say(on(OnReport::Made { turn, made: day() }));
    assert!(talk.say(later()).asked.is_empty(), "after today is nothing");
    let (turn, _) = talk.say(on(OnReport::KindChosen(ReportKind::Shift))).report_asked();
    let nothing = Made { report: Err(NoReport::NoShift), own: None };
    talk.say(on(OnReport::Made { turn, made: Box::new(nothing) }));
    assert!(talk.say(on(OnReport::ExportPressed(FileForm::Csv))).asked.is_empty(), "there is nothing to save");
}

#[test]
fn a_forgotten_shift_is_closed_by_a_manager_with_a_second_press_and_once() {
    let mut talk = manager_in();
    let (turn, ask) = talk.say(on(OnReport::Pressed(ReportKind::Shift))).report_asked();
    assert_eq!(ask, ReportAsk::Shift { back: 0, of: None });
    talk.say(on(OnReport::Made { turn, made: made(ReportOf::Shift(shift("C")), None) }));
    assert!(talk.say(on(OnReport::CloseConfirmed)).asked.is_empty(), "not without the question");
    talk.say(on(OnReport::ClosePressed));
    // Esc takes the question back.
    talk.say(What::CancelPressed).on("report");
    assert!(talk.say(on(OnReport::CloseConfirmed)).asked.is_empty());
    talk.say(on(OnReport::ClosePressed));
    let (turn, whose, by) = talk.say(on(OnReport::CloseConfirmed)).moving();
    let id = |of: &str| OperatorId::parse(&ulid(of)).unwrap();
    assert_eq!((whose, by), (id("C"), Some(id("M"))));
    assert!(talk.say(on(OnReport::CloseConfirmed)).asked.is_empty(), "once");
    talk.say(What::CancelPressed).on("report");
    talk.say(on(OnReport::ShiftMoved { turn, moved: Err(HouseFault::LedgerFull) }));
    assert!(is(&talk.asked, |effect| matches!(effect, Effect::Signal(Signal::Refused))));
    talk.say(on(OnReport::ClosePressed));
    let (turn, ..) = talk.say(on(OnReport::CloseConfirmed)).moving();
    talk.say(on(OnReport::ShiftMoved { turn, moved: Ok(()) })).report_asked();
}

#[test]
fn a_sign_in_begins_a_shift_where_the_store_wants_it_so() {
    for wanted in [false, true] {
        let mut talk = Talk::new(true);
        talk.flow.setting.shift_at_sign_in = wanted;
        talk.say(What::LockPressed).on("locked");
        let cashier = person("C", "Mei Chen", Role::Cashier);
        let pin = Pin::parse("1357").unwrap();
        let turn = talk.say(What::SignInAsked { operator: cashier.id.clone(), pin }).turn();
        talk.say(What::SignedIn { turn, operator: cashier.clone() }).on("ready");
        assert_eq!(talk.asked.len(), usize::from(wanted));
        if wanted {
            let (turn, whose, _) = talk.moving();
            assert_eq!(whose, cashier.id);
            // Whatever comes of it, the till goes on.
            talk.say(on(OnReport::ShiftMoved { turn, moved: Err(HouseFault::LedgerBusy) })).on("ready");
        }
    }
}

#[test]
fn what_is_saved_is_what_is_shown_and_one_file_at_a_time() {
    let mut talk = manager_in();
    let (turn, _) = talk.say(on(OnReport::Pressed(ReportKind::Day))).report_asked();
    let shown = made(ReportOf::Day("2026-11-22".to_owned()), None);
    talk.say(on(OnReport::Made { turn, made: shown.clone() }));
    talk.say(on(OnReport::ExportPressed(FileForm::JsonLines)));
    let [Effect::ExportReport { turn, report, form, .. }] = talk.asked.as_slice() else { panic!("{:?}", talk.asked) };
    assert_eq!((Ok(report.clone()), *form), (shown.report, FileForm::JsonLines));
    let turn = *turn;
    assert!(talk.say(on(OnReport::ExportPressed(FileForm::Csv))).asked.is_empty());
    talk.say(on(OnReport::Exported { turn, written: Ok("report-day-2026-11-22.jsonl".to_owned()) }));
    let State::Report(state) = talk.flow.state() else { panic!("not there") };
    assert_eq!(state.exported, Some(Ok("report-day-2026-11-22.jsonl".to_owned())));
}

#[test]
fn what_is_printed_is_what_is_shown_and_a_question_that_is_out_prints_nothing() {
    let mut talk = manager_in();
    let print = || What::OnDevices(OnDevices::PrintPressed);
    assert!(talk.say(print()).asked.is_empty(), "not on Ready");
    let (turn, _) = talk.say(on(OnReport::Pressed(ReportKind::Day))).report_asked();
    assert!(talk.say(print()).asked.is_empty(), "nothing is shown yet");
    let shown = made(ReportOf::Day("2026-11-22".to_owned()), None);
    talk.say(on(OnReport::Made { turn, made: shown.clone() }));
    talk.say(print());
    let [Effect::PrintReport { report, by }] = talk.asked.as_slice() else { panic!("{:?}", talk.asked) };
    assert_eq!((Ok(report.clone()), by.as_str()), (shown.report, ulid("M").as_str()));
    let State::Report(state) = talk.flow.state() else { panic!("not there") };
    assert!(state.printed);
    talk.say(on(OnReport::Turned { earlier: true })).report_asked();
    assert!(talk.say(print()).asked.is_empty(), "the day before is still being added up");
}
