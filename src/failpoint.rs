//! Named instants at which a proof stops the program, for real: in the product's own code, in the built binary.
//!
//! **Absent from a release build**: the points and all that is behind them are compiled with `debug_assertions` alone,
//! and a use of `failpoint!` leaves nothing. **Nothing happens unless [`VARIABLE`] names a point**:
//! `PrepareCommitted` aborts the process when it passes there first, `PrepareCommitted:3` the third time,
//! `DeskTurn:1:panic` panics there, `BodyHalfSent:1:hold` stays there until the process is killed; several with commas.
//! An abort unwinds nothing and flushes nothing. **No rule of the till may look at this room.**

/// Marks an instant: `failpoint!(PrepareCommitted)`, or `failpoint!(AnswerBegun, where that holds)`.
macro_rules! failpoint {
    ($point:ident) => {{
        #[cfg(debug_assertions)]
        $crate::failpoint::pass($crate::failpoint::Point::$point);
    }};
    ($point:ident, $holds:expr) => {{
        #[cfg(debug_assertions)]
        if $holds {
            $crate::failpoint::pass($crate::failpoint::Point::$point);
        }
    }};
}
pub(crate) use failpoint;

#[cfg(debug_assertions)]
pub use armed::{PANIC, Point, VARIABLE, is_armed, pass, watch};

#[cfg(debug_assertions)]
mod armed {
    use std::cell::RefCell;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    /// The environment variable that arms points.
    pub const VARIABLE: &str = "TILLBACK_FAILPOINT";
    /// What a panic at a point says; no log may repeat a panic's words, and proofs look for these.
    pub const PANIC: &str = "the words of a panic may hold a secret";

    macro_rules! points {
        ($($(#[$doc:meta])+ $name:ident,)+) => {
            /// Where the program can be stopped.
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum Point {
                $($(#[$doc])+ $name,)+
            }

            impl Point {
                /// Every point, in the order a refund comes by.
                pub const ALL: &'static [Self] = &[$(Self::$name,)+];

                /// As [`VARIABLE`] names it.
                pub const fn as_str(self) -> &'static str {
                    match self {
                        $(Self::$name => stringify!($name),)+
                    }
                }
            }
        };
    }

    points! {
        /// A new ledger's tables are made, or an old one's brought up; not committed.
        MigrateCommitting,
        /// And committed.
        MigrateCommitted,
        /// A new ledger's name and the till's are written; not committed.
        IntroduceCommitting,
        /// And committed.
        IntroduceCommitted,
        /// An approval is written; not committed.
        ApproveCommitting,
        /// And committed; nobody was told.
        ApproveCommitted,
        /// The refund is written as `Prepared`; not committed.
        PrepareCommitting,
        /// And committed; nobody was told.
        PrepareCommitted,
        /// `Sent` is written; not committed.
        SentCommitting,
        /// And committed: from here on the request may go out.
        SentCommitted,
        /// The request is made; nobody is connected to yet.
        Connecting,
        /// Its head may be out; no byte of its body.
        HeadSent,
        /// Half of its body may be out.
        BodyHalfSent,
        /// The head of the answer is here.
        AnswerBegun,
        /// All of the answer is here; nothing is recorded.
        AnswerRead,
        /// The outcome is written; not committed.
        SettleCommitting,
        /// And committed; nobody was told.
        SettleCommitted,
        /// The desk was told.
        OutcomeTold,
        /// At a start: what was left over is written as `Unknown`; not committed.
        RecoverCommitting,
        /// And committed.
        RecoverCommitted,
        /// The answer to a query about an unresolved refund is here; nothing is recorded.
        QueryAnswered,
        /// What it showed is counted; not committed.
        QueryCommitting,
        /// And committed.
        QueryCommitted,
        /// A manager's giving up is written; not committed.
        ReleaseCommitting,
        /// And committed; nobody was told.
        ReleaseCommitted,
        /// A manager's word on what became of a refund is written; not committed.
        DecideCommitting,
        /// And committed; nobody was told.
        DecideCommitted,
        /// The printer's thread begins a job.
        PrinterTurn,
        /// The desk heard a person.
        PersonHeard,
        /// The desk heard that a refund is recorded.
        RecordHeard,
        /// The desk heard that a refund moved.
        MoveHeard,
        /// The ledger's lane begins a duty.
        LedgerDuty,
        /// The lane of questions begins a duty.
        AskDuty,
        /// The lane of refunds begins a duty.
        SendDuty,
        /// The follow-up begins a round.
        FollowTurn,
        /// The caretaker is about to check the ledger at the start, and again when that is done.
        CareTurn,
        /// The pulse is felt.
        PulseTurn,
        /// The camera's control hears an order or an event.
        CameraControlTurn,
        /// The camera's supervisor begins a life of the child.
        CameraTurn,
        /// A copy of the ledger is written and on the disk; it has no name of its own yet.
        BackupWritten,
        /// It stands under its name.
        BackupNamed,
        /// Restoring: what will take the ledger's place is whole and on the disk.
        RestorePrepared,
        /// The database was set aside; its log is still in place.
        RestoreHalfAside,
        /// All of the old ledger was set aside; nothing is in its place.
        RestoreAside,
        /// The copy is in place; the mark is not.
        RestoreInPlace,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Action {
        Abort,
        Panic,
        Hold,
    }

    struct Armed {
        point: Point,
        action: Action,
        /// Passes until it is reached.
        left: AtomicU32,
    }

    fn read(order: &str) -> Option<Armed> {
        let mut words = order.split(':');
        let name = words.next()?.trim();
        let point = Point::ALL.iter().copied().find(|point| point.as_str() == name)?;
        let count = words.next().map_or(Some(1), |count| count.parse().ok())?;
        let action = match words.next() {
            None | Some("abort") => Action::Abort,
            Some("panic") => Action::Panic,
            Some("hold") => Action::Hold,
            Some(_) => return None,
        };
        Some(Armed { point, action, left: AtomicU32::new(count) })
    }

    fn armed() -> &'static [Armed] {
        static ARMED: OnceLock<Vec<Armed>> = OnceLock::new();
        ARMED.get_or_init(|| {
            let orders = std::env::var(VARIABLE).unwrap_or_default();
            // A point that is misspelt would prove everything.
            let refuse = |order: &str| -> Armed { panic!("{VARIABLE}: {order:?} is no point, count and action") };
            let orders = orders.split(',').filter(|order| !order.trim().is_empty());
            orders.map(|order| read(order).unwrap_or_else(|| refuse(order))).collect()
        })
    }

    /// Whether one of these points will do something, now or later.
    pub fn is_armed(points: &[Point]) -> bool {
        armed().iter().any(|armed| points.contains(&armed.point))
    }

    /// Called at each point this thread passes; it may panic to end what runs there, as a simulation's accident does.
    pub type Watcher = Box<dyn Fn(Point)>;

    thread_local! {
        static WATCHER: RefCell<Option<Watcher>> = const { RefCell::new(None) };
    }

    /// Has `watcher` called at each point that this thread passes from now on; nobody, when nothing is given.
    pub fn watch(watcher: Option<Watcher>) {
        WATCHER.with(|slot| drop(slot.replace(watcher)));
    }

    /// Passes a point.
    pub fn pass(point: Point) {
        WATCHER.with(|watcher| {
            if let Ok(watcher) = watcher.try_borrow()
                && let Some(watcher) = watcher.as_ref()
            {
                watcher(point);
            }
        });
        for armed in armed().iter().filter(|armed| armed.point == point) {
            let left = armed.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
            match (left, armed.action) {
                (Ok(1), Action::Abort) => std::process::abort(),
                (Ok(1), Action::Panic) => panic!("{PANIC}"),
                (Ok(1), Action::Hold) => loop {
                    std::thread::sleep(Duration::from_secs(3600));
                },
                _ => {}
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn orders_are_read_whole_or_not_at_all() {
            let check = |order: &str, expected: Option<(Point, u32, Action)>| {
                let found = read(order).map(|armed| (armed.point, armed.left.into_inner(), armed.action));
                assert_eq!(found, expected, "{order}");
            };
            check("PrepareCommitted", Some((Point::PrepareCommitted, 1, Action::Abort)));
            check("SentCommitted:3", Some((Point::SentCommitted, 3, Action::Abort)));
            check("BodyHalfSent:1:hold", Some((Point::BodyHalfSent, 1, Action::Hold)));
            check("QueryAnswered:2:panic", Some((Point::QueryAnswered, 2, Action::Panic)));
            for order in ["", "Prepared", "SentCommitted:", "SentCommitted:x", "SentCommitted:1:stop"] {
                check(order, None);
            }
        }
    }
}
