//! The gateway room: Pockyt's protocol, and nothing of it leaves here.
//!
//! `sign` makes signatures, `wire` is the JSON, `outcome` says what an answer means for the money, `client` sends.
//! **Nothing above this room knows a gateway code**: what comes out are [`crate::domain::Outcome`] and
//! [`QueryAnswer`]. **A refund is sent once**: one fresh connection, no retry, no redirect, and whatever is in doubt is
//! `Unknown`. Source of the protocol: docs.pockyt.io "Refund API" and "Query API", docs.yuansfer.com "Refund".

pub mod client;
pub mod environment;
#[cfg(debug_assertions)]
mod halves;
pub mod outcome;
pub mod sign;
mod transport;
pub mod wire;

#[cfg(test)]
mod client_tests;
#[cfg(test)]
mod connect_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod outcome_tests;

pub use client::{Client, ClientError, ClientSettings, CredentialCheck, Reachability};
pub use environment::{Environment, EnvironmentError};
pub use outcome::{Evidence, QueriedRefund, QueriedSale, QueryAnswer, QueryFailure, TransactionType};
pub use sign::{ApiToken, TokenError, verify_sign};
pub use transport::{Courier, Exchange, within_reach};
