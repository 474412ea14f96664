//! A till whose ledger cannot be opened, for the recovery screens: every fault, copies, what was done about them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tillback::domain::operator::OperatorName;
use tillback::domain::{Operator, OperatorId, Role as Job};
use tillback::terminal::Waker;
use tillback::terminal::recovery::{Account, GoodCopy, HeldBy, LedgerFault, Recovery, RecoveryView, Unknowns, Wish};
use tillback::ui::{Appearance, RecoveryPage};

use super::NOW;

pub struct Fake {
    pub view: Mutex<Arc<RecoveryView>>,
    pub wishes: Mutex<Vec<String>>,
}

impl Recovery for Fake {
    fn view(&self) -> Arc<RecoveryView> {
        Arc::clone(&self.view.lock().unwrap())
    }

    fn wish(&self, wish: Wish) {
        let told = match wish {
            Wish::Restore { from, manager, pin, reason } => {
                format!("restore {} {manager} {} {reason}", from.display(), pin.expose())
            }
            other => format!("{other:?}"),
        };
        self.wishes.lock().unwrap().push(told);
    }

    fn on_change(&self, _: Waker) {}
}

pub fn manager(end: char, name: &str) -> Operator {
    let id = OperatorId::parse(&format!("01JD9K7R2W8M4Q6X000000000{end}")).unwrap();
    Operator { id, name: OperatorName::parse(name).unwrap(), role: Job::Manager }
}

pub fn copy(days: i64, unknowns: Unknowns) -> GoodCopy {
    GoodCopy {
        path: PathBuf::from(format!("/data/backups/ledger-FRONT-1-{days}.db")),
        as_of: NOW.plus_ms(-days * 86_400_000),
        refunds: 120,
        unknowns,
        managers: vec![manager('B', "Luis Ortega"), manager('C', "Dana Whitfield")],
    }
}

pub fn faults() -> Vec<LedgerFault> {
    let held = HeldBy {
        pid: Some(4711),
        till: Some("FRONT-1".to_owned()),
        host: Some("counter-2.harbor-view.example".to_owned()),
        since: Some(NOW.plus_ms(-3_600_000)),
    };
    vec![
        LedgerFault::InUse(held),
        LedgerFault::InUse(HeldBy::default()),
        LedgerFault::Locked,
        LedgerFault::DiskFull,
        LedgerFault::ReadOnly,
        LedgerFault::NoPermission,
        LedgerFault::FolderMissing,
        LedgerFault::Gone,
        LedgerFault::NotALedger,
        LedgerFault::Damaged,
        LedgerFault::Behind { missing: 0 },
        LedgerFault::Behind { missing: 17 },
        LedgerFault::NewerSchema,
        LedgerFault::MigrationFailed,
        LedgerFault::WrongMode { ledger_is_training: true },
        LedgerFault::WrongMode { ledger_is_training: false },
        LedgerFault::Other,
    ]
}

pub fn view(fault: LedgerFault) -> RecoveryView {
    RecoveryView {
        copies: Some(if fault.takes_a_copy() {
            vec![copy(0, Unknowns::Counted(3)), copy(1, Unknowns::AtLeast(0)), copy(40, Unknowns::Counted(0))]
        } else {
            vec![]
        }),
        fault,
        detail: "the ledger is damaged: *** in database main *** Tree 12 page 34 cell 5: 2nd reference to page 67"
            .into(),
        ledger: PathBuf::from("/srv/till/.local/share/tillback/of/this/very/till/ledger.db"),
        bad_copies: 0,
        doing: None,
        said: None,
        restored: None,
        open: false,
    }
}

/// The page onto that, and what it wishes for.
pub fn page(view: RecoveryView, appearance: Appearance) -> (Arc<Fake>, RecoveryPage) {
    let fake = Arc::new(Fake { view: Mutex::new(Arc::new(view)), wishes: Mutex::default() });
    let recovery: Arc<dyn Recovery> = Arc::<Fake>::clone(&fake);
    let page = RecoveryPage::new(recovery, appearance, jiff::tz::TimeZone::UTC, Arc::new(|| NOW));
    (fake, page)
}

/// What a restore came to, not everything well.
pub fn account() -> Account {
    Account {
        set_aside: Some("/srv/till/.local/share/tillback/set-aside/20261122T143210Z".into()),
        brought_over: 3,
        left_behind: vec!["FRONT-1-01JD9K7R2W8M4Q6XAAAAAAAAAA".to_owned(); 9],
        given_up: 2,
        old_was_whole: false,
    }
}
