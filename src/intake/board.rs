//! What keeps sales from coming in, and who is told when that changes.
//!
//! **Told once for each change**, not at every look: the window is drawn again each time.

use std::sync::Mutex;

use super::lock;
use crate::domain::{SalesFolderFault, SalesTrouble};

type Tell = Box<dyn Fn(SalesTrouble) + Send + Sync>;

/// Shared by the folder's and the endpoint's threads.
#[derive(Default)]
pub(crate) struct Board {
    inside: Mutex<(SalesTrouble, Option<Tell>)>,
}

impl Board {
    pub(super) fn trouble(&self) -> SalesTrouble {
        lock(&self.inside).0
    }

    pub(super) fn on_change(&self, tell: Tell) {
        let mut inside = lock(&self.inside);
        tell(inside.0);
        inside.1 = Some(tell);
    }

    pub(super) fn folder(&self, fault: Option<SalesFolderFault>, failed_files: usize) {
        self.change(|trouble| (trouble.folder, trouble.failed_files) = (fault, failed_files));
    }

    pub(super) fn port(&self, port: Option<u16>) {
        self.change(|trouble| trouble.port = port);
    }

    fn change(&self, change: impl FnOnce(&mut SalesTrouble)) {
        let mut inside = lock(&self.inside);
        let before = inside.0;
        change(&mut inside.0);
        if let (true, Some(tell)) = (before != inside.0, &inside.1) {
            tell(inside.0);
        }
    }
}
