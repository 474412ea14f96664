//! The gateway's client with the token as it stands now: a token given while the till runs is taken without a restart.
//!
//! **A request that has begun keeps the token it began with.** A token that cannot be read leaves the one before in use.

use std::sync::{Arc, Mutex, PoisonError};

use super::house::House;
use crate::domain::{Outcome, SaleKey};
use crate::gateway::{Client, QueryAnswer};
use crate::ledger::Recorded;
use crate::terminal::Gateway;

struct Present {
    mark: String,
    client: Arc<Client>,
}

/// A client that follows the vault.
pub(super) struct RotatingGateway {
    house: House,
    present: Mutex<Present>,
}

impl RotatingGateway {
    /// With the token there is now.
    pub(super) fn new(house: House) -> anyhow::Result<Self> {
        // The mark first: a token given in between is then read once more, not missed.
        let mark = house.vault().mark();
        let client = Arc::new(house.client()?);
        Ok(Self { house, present: Mutex::new(Present { mark, client }) })
    }

    fn client(&self) -> Arc<Client> {
        let mark = self.house.vault().mark();
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        if present.mark != mark {
            match self.house.client() {
                Ok(client) => {
                    tracing::info!("the API token was changed");
                    present.client = Arc::new(client);
                }
                Err(error) => tracing::warn!(%error, "the changed API token cannot be used; the one before stays"),
            }
            present.mark = mark;
        }
        Arc::clone(&present.client)
    }
}

impl Gateway for RotatingGateway {
    fn send_refund(&self, recorded: Recorded) -> Outcome {
        self.client().send_refund(recorded)
    }

    fn query(&self, key: &SaleKey) -> QueryAnswer {
        self.client().query(key)
    }

    fn reachable(&self) -> bool {
        Gateway::reachable(&*self.client())
    }
}
