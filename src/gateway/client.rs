//! The client: sends a recorded refund once, asks about sales, and says whether the gateway can be reached.
//!
//! **A refund goes out only as `ledger::Recorded`**, used up by sending it (promise I1), over one fresh connection and
//! never twice (I2). **In training no host but loopback can be named, resolved or connected to** (I9). Secrets are in
//! no URL, header, error or log line (I8).

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Certificate, Method, Url};

use super::environment::Environment;
use super::outcome::{self, Asked, QueryAnswer, QueryFailure};
use super::sign::ApiToken;
use super::transport::{Courier, Exchange, Route};
use super::wire::{Credentials, QUERY_PATH, REFUND_PATH, Request};
use crate::domain::{NotSentCause, Outcome, SaleKey, TransactionNo, UnknownCause};
use crate::failpoint::failpoint;
use crate::ledger::Recorded;

/// How the client is set up.
#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// Which gateway.
    pub environment: Environment,
    /// The merchant's number.
    pub merchant_no: String,
    /// The store's number.
    pub store_no: String,
    /// The token that signs.
    pub token: ApiToken,
    /// For name, connection and TLS handshake.
    pub connect_timeout: Duration,
    /// For a whole exchange.
    pub total_timeout: Duration,
    /// Certificates (DER) trusted besides the system's; for a loopback gateway the only ones.
    pub extra_roots: Vec<Vec<u8>>,
    /// Demo and training: refuse any gateway that is not on this machine.
    pub loopback_only: bool,
}

impl ClientSettings {
    /// The published time-outs are none; a wallet's refund takes seconds, and a cashier waits half a minute at most.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(8);
    /// See [`Self::CONNECT_TIMEOUT`].
    pub const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);

    /// The usual settings.
    pub fn new(environment: Environment, merchant_no: &str, store_no: &str, token: ApiToken) -> Self {
        Self {
            environment,
            merchant_no: merchant_no.to_owned(),
            store_no: store_no.to_owned(),
            token,
            connect_timeout: Self::CONNECT_TIMEOUT,
            total_timeout: Self::TOTAL_TIMEOUT,
            extra_roots: Vec::new(),
            loopback_only: false,
        }
    }
}

/// Why there is no client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// Training asked for a gateway elsewhere.
    #[error("in training only a gateway on this machine may be used")]
    NotLoopback,
    /// The merchant's or the store's number is missing or has characters no such number has.
    #[error("merchantNo and storeNo must be letters, digits or dashes")]
    Numbers,
    /// A certificate cannot be read, or the system has none to trust.
    #[error("no TLS certificates to trust: install ca-certificates, or check the extra ones")]
    Certificates,
    /// The gateway's address cannot be read.
    #[error("the gateway's address can't be used")]
    Address,
}

/// Whether the gateway answers at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reachability {
    /// It answered, whatever it said.
    Reachable,
    /// It took the connection and said nothing in time, or hung up.
    NoAnswer,
    /// There was no connection.
    NotReached(NotSentCause),
}

/// What the gateway makes of the terminal's credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialCheck {
    /// It answered a signed question.
    Accepted,
    /// It refused the signature, the merchant or the store.
    Refused,
    /// It did not say.
    Unclear(QueryFailure),
}

/// A transaction number no sale has: numbers begin with the moment they were made.
const NO_SALE: &str = "000000000000000000";

/// What no client is made with.
fn check(settings: &ClientSettings) -> Result<(), ClientError> {
    if settings.loopback_only && !settings.environment.is_loopback() && !planted!("training-anywhere") {
        return Err(ClientError::NotLoopback);
    }
    let plain = |number: &str| {
        let shape = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !number.is_empty() && number.len() <= 32 && number.bytes().all(shape)
    };
    if plain(&settings.merchant_no) && plain(&settings.store_no) { Ok(()) } else { Err(ClientError::Numbers) }
}

/// Speaks to one gateway for one store.
#[derive(Debug, Clone)]
pub struct Client {
    environment: Environment,
    credentials: Credentials,
    courier: Arc<dyn Courier>,
}

impl Client {
    /// Checks the settings; connects to nothing.
    pub fn new(settings: ClientSettings) -> Result<Self, ClientError> {
        check(&settings)?;
        let read = |der: &Vec<u8>| Certificate::from_der(der).map_err(|_| ClientError::Certificates);
        let route = Route {
            base: Url::parse(settings.environment.base_url()).map_err(|_| ClientError::Address)?,
            // A gateway on this machine is only ever looked for on this machine, training or not.
            loopback_only: settings.environment.is_loopback(),
            connect_timeout: settings.connect_timeout.min(settings.total_timeout),
            total_timeout: settings.total_timeout,
            extra_roots: settings.extra_roots.iter().map(read).collect::<Result<_, _>>()?,
        };
        route.check().map_err(|_| ClientError::Certificates)?;
        Self::through(settings, Arc::new(route))
    }

    /// The same client over another way than HTTP: a simulation's. Everything but the sockets is the real thing.
    pub fn through(settings: ClientSettings, courier: Arc<dyn Courier>) -> Result<Self, ClientError> {
        check(&settings)?;
        let ClientSettings { environment, merchant_no, store_no, token, .. } = settings;
        Ok(Self { environment, credentials: Credentials { merchant_no, store_no, token }, courier })
    }

    /// Which gateway this is.
    pub const fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Sends a refund that stands on disk as `Sent`. Takes up to the total time-out. Never sends twice.
    pub fn send_refund(&self, refund: Recorded) -> Outcome {
        let asked = Asked {
            sale_key: refund.sale_key().clone(),
            amount: refund.amount(),
            reference: refund.reference().clone(),
        };
        let not_sent = |cause| Outcome::NotSent { cause };
        if asked.amount.is_zero() {
            return not_sent(NotSentCause::Configuration);
        }
        let request = Request::refund(
            &self.credentials,
            &asked.sale_key,
            asked.amount,
            refund.settle_currency(),
            &asked.reference,
        );
        let Ok(body) = request.to_json() else { return not_sent(NotSentCause::Configuration) };
        failpoint!(Connecting);
        if planted!("sent-twice") {
            drop(self.courier.exchange(Method::POST, REFUND_PATH, body.clone()))
        }
        let exchange = self.courier.exchange(Method::POST, REFUND_PATH, body);
        failpoint!(AnswerRead);
        let outcome = match exchange {
            Exchange::Answered { http_status, body } => outcome::of_refund(http_status, &body, &asked),
            Exchange::Lost(_) if planted!("lost-is-not-sent") => not_sent(NotSentCause::Unreachable),
            Exchange::Lost(cause) => Outcome::Unknown { cause, code: None },
            Exchange::NotSent(cause) => not_sent(cause),
        };
        tracing::info!(reference = %asked.reference, amount = %asked.amount, ?outcome, "refund sent");
        outcome
    }

    /// Asks about a sale: whether it may be refunded, and which refunds the gateway has made on it.
    pub fn query(&self, key: &SaleKey) -> QueryAnswer {
        let failed = QueryAnswer::Failed;
        let Ok(body) = Request::query(&self.credentials, key).to_json() else {
            return failed(QueryFailure::NotReached(NotSentCause::Configuration));
        };
        match self.courier.exchange(Method::POST, QUERY_PATH, body) {
            Exchange::Answered { http_status, body } => outcome::of_query(http_status, &body, key),
            Exchange::Lost(UnknownCause::Unreadable) => failed(QueryFailure::Unreadable),
            Exchange::Lost(_) => failed(QueryFailure::NoAnswer),
            Exchange::NotSent(cause) => failed(QueryFailure::NotReached(cause)),
        }
    }

    /// Whether anybody answers: connection, TLS and one empty request that asks for nothing and is not signed.
    pub fn ping(&self) -> Reachability {
        match self.courier.exchange(Method::HEAD, "/", Vec::new()) {
            Exchange::Answered { .. } | Exchange::Lost(UnknownCause::Unreadable) => Reachability::Reachable,
            Exchange::Lost(_) => Reachability::NoAnswer,
            Exchange::NotSent(cause) => Reachability::NotReached(cause),
        }
    }

    /// Whether the gateway accepts our signature: a question about a sale that cannot exist, which it answers with
    /// "no such transaction" only when it has accepted the signature first.
    pub fn check_credentials(&self) -> CredentialCheck {
        let Ok(number) = TransactionNo::parse(NO_SALE) else {
            return CredentialCheck::Unclear(QueryFailure::Unreadable);
        };
        match self.query(&SaleKey::Transaction(number)) {
            QueryAnswer::Found(_) | QueryAnswer::NoSuchSale => CredentialCheck::Accepted,
            QueryAnswer::Failed(QueryFailure::AccessDenied) => CredentialCheck::Refused,
            QueryAnswer::Failed(failure) => CredentialCheck::Unclear(failure),
        }
    }
}
