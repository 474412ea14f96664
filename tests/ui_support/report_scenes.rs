//! The Report screen in every state, over reports made up by hand.

use tillback::domain::{
    Counted, Currency, HouseFault, KeepFault, Money, OperatorId, RecordHead, Refund, RefundState, Report, ReportAsk,
    ReportOf, Shift, Totals,
};
use tillback::flow::{Made, NoReport, OnReport, ReportKind, What};
use tillback::terminal::Till;

use super::refund_scenes::standing;
use super::scenes::{Scene, with};
use super::{FakeTill, NOW, World, luis, mei, usd};

const HOUR: i64 = 3_600_000;

/// A busy day: 24 refunds over its hours, five wallets, two currencies.
pub fn totals() -> Totals {
    let mut totals = Totals::default();
    let wallets = [Some("alipay"), Some("wechatpay"), Some("paypal"), Some("venmo"), None];
    let reasons = ["Damaged", "Changed mind", "Wrong price"];
    let (cashier, manager) = (mei().id, luis().id);
    for at in 0..24_u8 {
        let place = usize::from(at);
        let minor = 500 + i64::from(at) * 137;
        let amount =
            if at == 7 { Money::from_minor(45_000, Currency::parse("KRW").unwrap()).unwrap() } else { usd(minor) };
        let state = match at {
            3 => RefundState::Declined,
            11 => RefundState::Unknown,
            _ => RefundState::Refunded,
        };
        let counted = Counted {
            state,
            amount,
            wallet: wallets[place % 5],
            reason: reasons[place % 3],
            operator: if at % 4 == 0 { &manager } else { &cashier },
            hour: 9 + at % 11,
            by_hand: at == 20,
        };
        totals.add(&counted).unwrap();
    }
    totals
}

fn report(of: ReportOf, totals: Totals, unresolved: Vec<Refund>) -> Report {
    let unresolved_count = u64::try_from(unresolved.len()).unwrap();
    Report {
        of,
        from: NOW.plus_ms(-10 * HOUR),
        until: NOW.plus_ms(14 * HOUR),
        made_at: NOW,
        till: "Till 3".to_owned(),
        training: false,
        head: RecordHead { count: 12_345, hash: "8f0c".repeat(16) },
        unresolved,
        unresolved_count,
        open_besides: 2,
        totals,
        people: vec![mei(), luis()],
        has_earlier: true,
        has_later: false,
    }
}

pub fn shift_of(operator: OperatorId, closed: bool) -> Shift {
    Shift {
        number: 118,
        operator: operator.clone(),
        till: "Till 3".to_owned(),
        opened_at: NOW.plus_ms(-6 * HOUR),
        closed_at: closed.then_some(NOW),
        closed_by: closed.then_some(operator),
    }
}

/// The pretended ledger's reports: a day, and the shifts that the world has.
pub fn made(world: &World, ask: &ReportAsk) -> Made {
    let own = world.shift.clone().filter(Shift::is_open);
    if let Some(fault) = world.report_fault {
        return Made { report: Err(NoReport::House(fault)), own };
    }
    let (totals, open) = if world.quiet_day {
        (Totals::default(), vec![])
    } else {
        (totals(), vec![standing(1, RefundState::Unknown, 2007, 3)])
    };
    let made = match (ask, &world.shift) {
        (ReportAsk::Shift { .. }, None) => Err(NoReport::NoShift),
        (ReportAsk::Shift { .. }, Some(shift)) => Ok(report(ReportOf::Shift(shift.clone()), totals, open)),
        (ReportAsk::Day { back }, _) => {
            let mut day = report(ReportOf::Day("2026-11-22".to_owned()), totals, open);
            day.from = day.from.plus_ms(-24 * HOUR * i64::from(*back));
            Ok(day)
        }
        (ReportAsk::Date(_) | ReportAsk::Numbered(_), _) => Err(NoReport::NoShift),
    };
    Made { report: made.map(|report| Box::new(Report { training: world.training, ..report })), own }
}

fn day(till: &FakeTill) {
    till.tell(What::OnReport(OnReport::Pressed(ReportKind::Day)));
}

fn shift(till: &FakeTill) {
    till.tell(What::OnReport(OnReport::Pressed(ReportKind::Shift)));
}

pub fn manager() -> World {
    with(|world| world.signed_in = Some(luis()))
}

pub fn all() -> Vec<Scene> {
    let scene = |name, world, play, taps| Scene { name, world, play, taps };
    let changed = |change: fn(&mut World)| {
        let mut world = manager();
        change(&mut world);
        world
    };
    let own = |world: &mut World| world.shift = Some(shift_of(luis().id, false));
    vec![
        scene("report, a day", manager(), day, &[]),
        scene("report, by wallet", manager(), day, &["Wallets"]),
        scene("report, by reason", manager(), day, &["Reasons"]),
        scene("report, by person", manager(), day, &["People"]),
        scene("report, by state", manager(), day, &["States"]),
        scene("report, a quiet day", changed(|world| world.quiet_day = true), day, &[]),
        scene("report, a quiet day by wallet", changed(|world| world.quiet_day = true), day, &["Wallets"]),
        scene("report, training", changed(|world| world.training = true), day, &[]),
        scene("report, being made", changed(|world| world.hold_list = true), day, &[]),
        scene("report, unreadable", changed(|world| world.report_fault = Some(HouseFault::LedgerBroken)), day, &[]),
        scene("report, saved", manager(), day, &["Save CSV"]),
        scene("report, not saved", changed(|world| world.keeps = Err(KeepFault::DiskFull)), day, &["Save JSON"]),
        scene("report, an open shift", changed(own), shift, &[]),
        scene("report, a shift to close", changed(own), shift, &["Close shift…"]),
        scene("report, a closed shift", changed(own), shift, &["Close shift…", "Close it now"]),
        scene("report, no shift yet", World::default(), shift, &[]),
    ]
}
