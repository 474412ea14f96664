//! The gateway's client with the token as it stands now: a token given while the till runs is taken without a restart.
//!
//! **A request that has begun keeps the token it began with.** A token that cannot be read leaves the one before in use.
//! **Without a token nothing is sent and nothing is asked**: the till is there, and says that it cannot.

use std::sync::{Arc, Mutex, PoisonError};

use super::house::House;
use crate::domain::{NotSentCause, Outcome, SaleKey};
use crate::gateway::{Client, QueryAnswer, QueryFailure};
use crate::ledger::Recorded;
use crate::terminal::Gateway;
use crate::vault::VaultError;

struct Present {
    mark: String,
    client: Option<Arc<Client>>,
}

/// A client that follows the vault.
pub(super) struct RotatingGateway {
    house: House,
    present: Mutex<Present>,
}

impl RotatingGateway {
    /// With the token there is now.
    pub(super) fn new(house: House) -> anyhow::Result<Self> {
        Self::begin(house, Err)
    }

    /// The same, where there may be none yet: a window is where one is given.
    pub(super) fn before_a_token(house: House) -> anyhow::Result<Self> {
        Self::begin(house, |error| match error.downcast_ref::<VaultError>() {
            Some(VaultError::Missing { .. }) => {
                tracing::warn!(%error, "the till starts without a token");
                Ok(None)
            }
            _ => Err(error),
        })
    }

    fn begin(
        house: House,
        or_else: impl FnOnce(anyhow::Error) -> anyhow::Result<Option<Arc<Client>>>,
    ) -> anyhow::Result<Self> {
        // The mark first: a token given in between is then read once more, not missed.
        let mark = house.vault().mark();
        let client = house.client().map(|client| Some(Arc::new(client))).or_else(or_else)?;
        Ok(Self { house, present: Mutex::new(Present { mark, client }) })
    }

    fn client(&self) -> Option<Arc<Client>> {
        let mark = self.house.vault().mark();
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        if present.mark != mark {
            match self.house.client() {
                Ok(client) => {
                    tracing::info!("the API token was changed");
                    present.client = Some(Arc::new(client));
                }
                Err(error) => tracing::warn!(%error, "the changed API token cannot be used; the one before stays"),
            }
            present.mark = mark;
        }
        present.client.clone()
    }
}

impl Gateway for RotatingGateway {
    fn send_refund(&self, recorded: Recorded) -> Outcome {
        let not_sent = Outcome::NotSent { cause: NotSentCause::Configuration };
        self.client().map_or(not_sent, |client| client.send_refund(recorded))
    }

    fn query(&self, key: &SaleKey) -> QueryAnswer {
        let failed = QueryAnswer::Failed(QueryFailure::NotReached(NotSentCause::Configuration));
        self.client().map_or(failed, |client| client.query(key))
    }

    fn reachable(&self) -> bool {
        self.client().is_some_and(|client| Gateway::reachable(&*client))
    }
}
