//! One HTTP exchange: a fresh connection, one request, one answer, and what can be said when there is none.
//!
//! **`NotSent` only where no byte of the request can have left**: the name did not resolve, or reqwest failed while it
//! connected (`is_connect`: in hyper-util 0.1 that is the connector alone, TCP and TLS handshake, and the request is
//! handed over only to a connection that stands). **Everything else is lost**: time-out, reset, cut-off or oversized
//! answer. **No retry, redirect, proxy, pool, compression or HTTP/2.** **Bounded in time and memory**: one deadline for
//! the exchange, [`MAX_BODY_BYTES`] for the answer. Errors are turned into causes here and their texts dropped.

use std::error::Error;
use std::io::{self, Read};
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use reqwest::blocking;
use reqwest::dns::{Name, Resolve, Resolving};
use reqwest::{Certificate, Method, Url, header};

use crate::domain::{NotSentCause, UnknownCause};
use crate::failpoint::failpoint;

/// The largest answer that is read. The published ones have some hundred bytes.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;
/// How much is read at a time, so that the deadline is looked at in between.
const CHUNK_BYTES: usize = 16 * 1024;
/// How much longer the calling thread waits than the deadline inside reqwest: the inner one is exact and should win.
const SPARE: Duration = Duration::from_millis(500);

/// Where and how to connect.
#[derive(Debug, Clone)]
pub(super) struct Route {
    /// Scheme, host and port.
    pub base: Url,
    /// Nothing but loopback addresses may be connected to.
    pub loopback_only: bool,
    /// For the name, the connection and the TLS handshake.
    pub connect_timeout: Duration,
    /// For everything, from the name to the last byte of the answer.
    pub total_timeout: Duration,
    /// Trusted besides the system's (on loopback: instead of them).
    pub extra_roots: Vec<Certificate>,
}

/// What came of an exchange.
#[derive(Debug)]
pub enum Exchange {
    /// A whole answer.
    Answered {
        /// Of the answer.
        http_status: u16,
        /// Its body, whole.
        body: Vec<u8>,
    },
    /// The request may have arrived.
    Lost(UnknownCause),
    /// No byte of the request left.
    NotSent(NotSentCause),
}

/// The addresses of a name that a client may connect to: for a training client, those of this machine alone, wherever
/// the name leads.
#[must_use]
pub fn within_reach(mut found: Vec<SocketAddr>, loopback_only: bool) -> Vec<SocketAddr> {
    found.retain(|address| !loopback_only || address.ip().is_loopback() || planted!("any-address"));
    found
}

/// Carries one request to the gateway and brings back what came of it: HTTP, or a simulation's own network.
pub trait Courier: std::fmt::Debug + Send + Sync {
    /// Carries one request, once. An empty body asks for nothing.
    fn exchange(&self, method: Method, path: &str, body: Vec<u8>) -> Exchange;
}

impl Courier for Route {
    fn exchange(&self, method: Method, path: &str, body: Vec<u8>) -> Exchange {
        Self::exchange(self, method, path, body)
    }
}

impl Route {
    /// Sends one request and reads its answer.
    pub fn exchange(&self, method: Method, path: &str, body: Vec<u8>) -> Exchange {
        let started = Instant::now();
        let client = match self.resolve().and_then(|addresses| self.client(&addresses, started)) {
            Ok(client) => client,
            Err(cause) => return Exchange::NotSent(cause),
        };
        let mut url = self.base.clone();
        url.set_path(path);
        let request = client.request(method, url).header(header::ACCEPT, "application/json");
        let request = match body.is_empty() {
            true => request,
            false => request.header(header::CONTENT_TYPE, "application/json").body(sendable(path, body)),
        };
        let deadline = started + self.total_timeout;
        // reqwest's blocking client panics when its runtime thread does. By then the request may have left, and an
        // unwinding worker would take that knowledge with it.
        let exchange = catch_unwind(AssertUnwindSafe(|| match request.send() {
            Ok(response) => {
                failpoint!(AnswerBegun, path == super::wire::REFUND_PATH);
                read_answer(response, deadline)
            }
            Err(error) => self.without_answer(&error),
        }));
        exchange.unwrap_or(Exchange::Lost(UnknownCause::Interrupted))
    }

    /// Builds a client and throws it away: finds out about certificates and settings before there is any money in it.
    pub fn check(&self) -> Result<(), NotSentCause> {
        self.client(&[], Instant::now()).map(drop)
    }

    /// Resolves the host ourselves, under our own deadline: the system's resolver cannot be interrupted, and inside
    /// reqwest it would hold up the end of the exchange by as long as it likes.
    fn resolve(&self) -> Result<Vec<SocketAddr>, NotSentCause> {
        let host = self.base.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = self.base.port_or_known_default().unwrap_or(0);
        let found = match host.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => {
                let (answer, answered) = mpsc::sync_channel(1);
                let resolver = std::thread::Builder::new().name("resolve".to_owned());
                resolver
                    .spawn(move || {
                        let found: io::Result<Vec<SocketAddr>> =
                            (host.as_str(), port).to_socket_addrs().map(Iterator::collect);
                        drop(answer.send(found));
                    })
                    .map_err(|_| NotSentCause::Configuration)?;
                let found = answered.recv_timeout(self.connect_timeout).map_err(|_| NotSentCause::NameNotFound)?;
                found.map_err(|_| NotSentCause::NameNotFound)?
            }
        };
        let allowed = within_reach(found, self.loopback_only);
        if allowed.is_empty() { Err(NotSentCause::NameNotFound) } else { Ok(allowed) }
    }

    fn client(&self, addresses: &[SocketAddr], started: Instant) -> Result<blocking::Client, NotSentCause> {
        let left = self.total_timeout.saturating_sub(started.elapsed());
        let host = self.base.host_str().unwrap_or_default();
        // The blocking builder's own time-out restarts with every read; the asynchronous one covers the whole exchange.
        let mut builder = reqwest::ClientBuilder::new()
            .timeout(left)
            .connect_timeout(self.connect_timeout.min(left))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .http1_only()
            .pool_max_idle_per_host(0)
            .tls_backend_rustls()
            .user_agent(concat!("tillback/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(NobodyElse))
            .resolve_to_addrs(host, addresses);
        builder = if self.loopback_only {
            // No public authority vouches for this machine, and a machine without any certificates can still be tried.
            builder.tls_certs_only(self.extra_roots.clone())
        } else {
            builder.https_only(true).tls_certs_merge(self.extra_roots.clone())
        };
        let builder = blocking::ClientBuilder::from(builder).timeout(left.saturating_add(SPARE));
        builder.build().map_err(|_| NotSentCause::NotTrusted)
    }

    /// Sorts the failure of a request that got no answer.
    fn without_answer(&self, error: &reqwest::Error) -> Exchange {
        if error.is_builder() {
            return Exchange::NotSent(NotSentCause::Configuration);
        }
        if !error.is_connect() {
            let cause = if error.is_timeout() { UnknownCause::TimedOut } else { UnknownCause::ConnectionLost };
            // An answer whose head is no HTTP is an answer; it just cannot be read.
            let unreadable = !error.is_timeout() && chain(error).any(is_parse_error);
            return Exchange::Lost(if unreadable { UnknownCause::Unreadable } else { cause });
        }
        let name = error.is_dns();
        let tls = self.base.scheme() == "https" && !error.is_timeout() && chain(error).any(is_tls_error);
        Exchange::NotSent(match (name, tls) {
            (true, _) => NotSentCause::NameNotFound,
            (_, true) => NotSentCause::NotTrusted,
            _ => NotSentCause::Unreachable,
        })
    }
}

/// The body of a request, in one piece. A proof that stops the program within it gets it in two.
fn sendable(path: &str, body: Vec<u8>) -> blocking::Body {
    #[cfg(debug_assertions)]
    if path == super::wire::REFUND_PATH && super::halves::is_wanted() {
        return super::halves::body(body);
    }
    let _ = path;
    body.into()
}

/// The error and what caused it, outermost first.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&(dyn Error + 'static)| (*error).source())
}

/// hyper-rustls wraps whatever ends a handshake in an `io::Error` of kind `Other`; TCP's own errors come as the
/// operating system gave them, with a number.
fn is_tls_error(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::Other)
}

/// hyper has the question "is it a parse error?" but reqwest does not show hyper's errors, only their words.
fn is_parse_error(error: &(dyn Error + 'static)) -> bool {
    let words = error.to_string();
    error.source().is_none() && words.starts_with("invalid HTTP")
}

/// Reads the answer in pieces, up to the limit and the deadline.
fn read_answer(mut response: blocking::Response, deadline: Instant) -> Exchange {
    let http_status = response.status().as_u16();
    let mut body = Vec::new();
    let mut chunk = vec![0_u8; CHUNK_BYTES];
    loop {
        let count = match response.read(&mut chunk) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Exchange::Lost(body_error(&error)),
        };
        if count == 0 {
            return Exchange::Answered { http_status, body };
        }
        if Instant::now() >= deadline {
            return Exchange::Lost(UnknownCause::TimedOut);
        }
        body.extend_from_slice(chunk.get(..count).unwrap_or_default());
        if body.len() > MAX_BODY_BYTES {
            return Exchange::Lost(UnknownCause::Unreadable);
        }
    }
}

fn body_error(error: &io::Error) -> UnknownCause {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
    let timed_out = error.kind() == io::ErrorKind::TimedOut || inner.is_some_and(reqwest::Error::is_timeout);
    if timed_out { UnknownCause::TimedOut } else { UnknownCause::ConnectionLost }
}

/// The resolver for every name but the one we resolved: it knows none. Nothing else is reachable through this client.
struct NobodyElse;

impl Resolve for NobodyElse {
    fn resolve(&self, _name: Name) -> Resolving {
        Box::pin(std::future::ready(Err("no other host may be reached".into())))
    }
}
