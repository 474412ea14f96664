//! A Pockyt-compatible gateway on this machine: for the demo, for training and for every test.
//!
//! It checks signatures, knows sales, keeps a book of executed refunds and answers queries from it; and it fails in
//! every way a gateway can, on request (`fault`). **It listens on loopback and nowhere else.** **A refund is in the
//! book, and on disk where there is a state file, before it is answered.** **It executes a refundReference as often as
//! it is asked to**, unless told otherwise, so that a terminal that sends twice is caught by the book.
//!
//! The HTTP is our own, on plain sockets with httparse: a fault is a matter of single bytes (half a body, a wrong
//! length, a reset instead of an end), and a proper server library exists to prevent exactly those.

mod book;
mod fault;
mod http;
mod judge;
mod play;
mod server;

use std::net::SocketAddr;
use std::path::PathBuf;

pub use book::ExecutedRefund;
pub use fault::{Behaviour, Call, EchoField, ErrorBody, Fault, Injection};
pub use http::LoggedRequest;
pub use server::SandboxHandle;

use crate::domain::{Currency, InvoiceReference, Money, SaleStatus, TransactionNo};
use crate::gateway::sign::ApiToken;

/// The published sample token (docs.pockyt.io "Signing API Calls").
pub const SAMPLE_TOKEN: &str = "5cbfb079f15b150122261c8537086d77a";
/// The merchant number of the published samples.
pub const SAMPLE_MERCHANT_NO: &str = "200043";
/// The store number published beside [`SAMPLE_TOKEN`].
pub const SAMPLE_STORE_NO: &str = "300014";
/// The second published sample: its token and its store number.
pub const SECOND_SAMPLE: (&str, &str) = ("359c05eb811c7c8576f4a8a277dc6f6b", "303660");

/// A store that may ask.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// The merchant's number.
    pub merchant_no: String,
    /// The store's number.
    pub store_no: String,
    /// What its requests are signed with.
    pub token: ApiToken,
}

impl Merchant {
    /// The two stores of the published samples.
    pub fn samples() -> Vec<Self> {
        [(SAMPLE_TOKEN, SAMPLE_STORE_NO), SECOND_SAMPLE]
            .into_iter()
            .filter_map(|(token, store_no)| {
                let token = ApiToken::parse(token).ok()?;
                Some(Self { merchant_no: SAMPLE_MERCHANT_NO.to_owned(), store_no: store_no.to_owned(), token })
            })
            .collect()
    }
}

/// A sale the sandbox knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxSale {
    /// Its number.
    pub transaction_no: TransactionNo,
    /// The merchant's number for it.
    pub reference: Option<InvoiceReference>,
    /// What was paid.
    pub amount: Money,
    /// The currency the store is settled in.
    pub settle_currency: Currency,
    /// Where the payment stands.
    pub status: SaleStatus,
    /// The wallet, given back in queries as `vendor`.
    pub wallet: Option<String>,
    /// What happens to refunds of it.
    pub behaviour: Behaviour,
}

impl SandboxSale {
    /// A paid sale that behaves, settled in its own currency.
    pub const fn paid(transaction_no: TransactionNo, reference: Option<InvoiceReference>, amount: Money) -> Self {
        Self {
            transaction_no,
            reference,
            amount,
            settle_currency: amount.currency(),
            status: SaleStatus::Success,
            wallet: None,
            behaviour: Behaviour::Normal,
        }
    }
}

/// How a sandbox is set up.
#[derive(Debug, Clone)]
pub struct SandboxSettings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Who may ask.
    pub merchants: Vec<Merchant>,
    /// Where book and added sales are kept; nowhere by default.
    pub state_file: Option<PathBuf>,
    /// The sales it knows from the start.
    pub sales: Vec<SandboxSale>,
    /// Answer a refundReference it has seen with the first answer, without executing again.
    pub deduplicate: bool,
}

impl Default for SandboxSettings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            merchants: Merchant::samples(),
            state_file: None,
            sales: Vec::new(),
            deduplicate: false,
        }
    }
}

/// Why there is no sandbox.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// Asked to listen where other machines could reach it.
    #[error("the sandbox listens on this machine only (127.0.0.1 or [::1]), not on {0}")]
    NotLoopback(SocketAddr),
    /// The address is taken or not allowed.
    #[error("can't listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The state file cannot be read or written.
    #[error("the state file {path} can't be used: {reason}")]
    State {
        /// Which.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
}

/// Starts sandboxes.
pub struct Sandbox;

impl Sandbox {
    /// Listens and answers until the handle is dropped.
    pub fn start(settings: SandboxSettings) -> Result<SandboxHandle, SandboxError> {
        server::start(settings)
    }
}
