//! Listening, one thread for each connection, and the handle that tests and the command line hold.
//!
//! **Loopback only.** **At most [`MAX_CONNECTIONS`] at a time**, one request each. Dropping the handle stops it.
//! From outside (`tillback sandbox`): `POST /sandbox/fault` takes an [`Injection`], `POST /sandbox/sale` a sale,
//! `GET /sandbox/book` gives the book; all JSON.

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};

use super::book::{Book, ExecutedRefund, RefundOnDisk, SaleJson};
use super::fault::{Call, Fault, Injection};
use super::http::{LoggedRequest, Waiting, wait_for_request, write_answer};
use super::judge::{self, Parameters};
use super::play::play;
use super::{Merchant, SandboxError, SandboxSale, SandboxSettings};
use crate::domain::{Money, SaleKey, TransactionNo};
use crate::gateway::wire::{QUERY_PATH, REFUND_PATH, field};

/// Connections answered at a time; more are closed at once.
const MAX_CONNECTIONS: usize = 64;
/// Requests remembered for [`SandboxHandle::requests`].
const MAX_LOGGED: usize = 10_000;
/// Injections that may wait to be played.
const MAX_INJECTIONS: usize = 1_000;

/// Tells threads that wait that there is nothing to wait for any more.
pub(super) struct Stop {
    stopped: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    /// Waits, and says whether it was stopped meanwhile.
    pub fn wait(&self, at_most: Duration) -> bool {
        let stopped = lock(&self.stopped);
        let waited = self.changed.wait_timeout_while(stopped, at_most, |stopped| !*stopped);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// A thread that panicked under a lock left the data whole: every change of it is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct State {
    book: Book,
    injections: Vec<Injection>,
    requests: VecDeque<LoggedRequest>,
}

struct Shared {
    merchants: Vec<Merchant>,
    deduplicate: bool,
    state: Mutex<State>,
    stop: Stop,
    closing: AtomicBool,
    connections: AtomicUsize,
}

/// A running sandbox. Dropping it ends it.
pub struct SandboxHandle {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

pub(super) fn start(settings: SandboxSettings) -> Result<SandboxHandle, SandboxError> {
    let SandboxSettings { listen, merchants, state_file, sales, deduplicate } = settings;
    if !listen.ip().is_loopback() {
        return Err(SandboxError::NotLoopback(listen));
    }
    let book = Book::open(sales, state_file)?;
    let failed = |source| SandboxError::Listen { address: listen, source };
    let listener = TcpListener::bind(listen).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let shared = Arc::new(Shared {
        merchants,
        deduplicate,
        state: Mutex::new(State { book, injections: Vec::new(), requests: VecDeque::new() }),
        stop: Stop { stopped: Mutex::new(false), changed: Condvar::new() },
        closing: AtomicBool::new(false),
        connections: AtomicUsize::new(0),
    });
    let own = Arc::clone(&shared);
    let thread = std::thread::Builder::new().name("sandbox".to_owned());
    let listener = thread.spawn(move || listen_until_closed(&listener, &own)).map_err(failed)?;
    Ok(SandboxHandle { address, shared, listener: Some(listener) })
}

fn listen_until_closed(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.closing.load(Ordering::SeqCst) {
            return;
        }
        // Too many open files, or a client that is gone already: the next one may do better.
        let Ok(stream) = stream else {
            std::thread::sleep(Duration::from_millis(10));
            continue;
        };
        if shared.connections.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
            shared.connections.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let own = Arc::clone(shared);
        let thread = std::thread::Builder::new().name("sandbox connection".to_owned());
        let spawned = thread.spawn(move || {
            if let Err(error) = serve(stream, &own) {
                tracing::debug!(%error, "a sandbox connection ended early");
            }
            own.connections.fetch_sub(1, Ordering::SeqCst);
        });
        if spawned.is_err() {
            shared.connections.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// One connection: looks at the request, decides, and answers or fails.
fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    // A reset in the middle of the request cannot wait for its end; it is the one fault that is chosen by the headers.
    let waiting = wait_for_request(&stream, |head| {
        let Some(call) = call_of(head) else { return false };
        let mut state = lock(&shared.state);
        let reset = |injection: &Injection| {
            injection.fault == Fault::ResetMidRequest && !injection.execute && injection.transaction_no.is_none()
        };
        let first = state.injections.iter().position(|injection| injection.on == call);
        let resets = first.filter(|at| state.injections.get(*at).is_some_and(reset));
        if let Some(at) = resets {
            use_up(&mut state.injections, at);
            remember(&mut state.requests, head.clone());
        }
        resets.is_some()
    })?;
    let Some(waiting) = waiting else { return Ok(()) };
    match call_of(&waiting.request) {
        Some(call) => answer_call(&mut stream, shared, call, &waiting),
        None => {
            waiting.take(&mut stream)?;
            let (status, body) = control(shared, &waiting.request);
            write_answer(&mut stream, status, "application/json", body.to_string().as_bytes())
        }
    }
}

fn call_of(request: &LoggedRequest) -> Option<Call> {
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", REFUND_PATH) => Some(Call::Refund),
        ("POST", QUERY_PATH) => Some(Call::Query),
        _ => None,
    }
}

fn answer_call(stream: &mut TcpStream, shared: &Shared, call: Call, waiting: &Waiting) -> io::Result<()> {
    let parameters = Parameters::read(&waiting.request.body);
    let (fault, answer) = {
        let mut state = lock(&shared.state);
        let state = &mut *state;
        remember(&mut state.requests, waiting.request.clone());
        let injection = take_injection(state, call, &parameters);
        let answer = match call {
            Call::Refund => {
                let merchants = &shared.merchants;
                judge::refund(&mut state.book, merchants, shared.deduplicate, &parameters, injection.as_ref())
            }
            Call::Query => judge::query(&mut state.book, &shared.merchants, &parameters),
        };
        (injection.map_or(Fault::Honest, |injection| injection.fault), answer)
    };
    // Left unread, the request makes the system reset the connection when it is closed.
    if !matches!(fault, Fault::ResetMidRequest | Fault::ResetAfterRequest) {
        waiting.take(stream)?;
    }
    play(stream, &fault, &waiting.request, answer, &shared.stop)
}

/// The injection for this request, or what the sale itself does to its refunds.
fn take_injection(state: &mut State, call: Call, parameters: &Parameters) -> Option<Injection> {
    let number = parameters.get(field::TRANSACTION_NO);
    let reference = parameters.get(field::REFERENCE);
    let sale = match (number, reference) {
        (Some(number), _) => TransactionNo::parse(number).ok().map(SaleKey::Transaction),
        (_, Some(text)) => crate::domain::InvoiceReference::parse(text).ok().map(SaleKey::Reference),
        _ => None,
    };
    let sale = sale.and_then(|key| state.book.sale(&key));
    let is_for = |injection: &Injection| {
        let named = injection.transaction_no.as_deref();
        let meant = named.is_none() || named == number || named == sale.map(|sale| sale.transaction_no.as_str());
        injection.on == call && meant
    };
    match state.injections.iter().position(is_for) {
        Some(at) => use_up(&mut state.injections, at),
        None => sale.filter(|_| call == Call::Refund).and_then(|sale| sale.behaviour.injection()),
    }
}

/// Plays an injection once; takes it away when it has been played as often as it should.
fn use_up(injections: &mut Vec<Injection>, at: usize) -> Option<Injection> {
    let injection = injections.get_mut(at)?;
    injection.times = injection.times.saturating_sub(1);
    let played = injection.clone();
    if played.times == 0 {
        injections.remove(at);
    }
    Some(played)
}

fn remember(requests: &mut VecDeque<LoggedRequest>, request: LoggedRequest) {
    if requests.len() >= MAX_LOGGED {
        requests.pop_front();
    }
    requests.push_back(request);
}

/// What is not the gateway's: the control of the sandbox from outside.
fn control(shared: &Shared, request: &LoggedRequest) -> (u16, Value) {
    let mut state = lock(&shared.state);
    let refused = |message: String| (400, json!({ "error": message }));
    match (request.method.as_str(), request.path.as_str()) {
        ("GET" | "HEAD", "/") => (200, json!({})),
        ("GET", "/sandbox/book") => {
            let refunds: Vec<RefundOnDisk> = state.book.refunds().iter().map(RefundOnDisk::write).collect();
            (200, json!({ "refunds": refunds }))
        }
        ("POST", "/sandbox/fault") => match serde_json::from_slice::<Injection>(&request.body) {
            Ok(_) if state.injections.len() >= MAX_INJECTIONS => refused("too many faults are waiting".to_owned()),
            Ok(injection) => {
                state.injections.push(injection);
                (200, json!({ "waiting": state.injections.len() }))
            }
            Err(error) => refused(error.to_string()),
        },
        ("POST", "/sandbox/sale") => {
            let sale = serde_json::from_slice::<SaleJson>(&request.body).map_err(|error| error.to_string());
            let sale = sale.and_then(|sale| sale.read().ok_or_else(|| "a value is not allowed".to_owned()));
            match sale.and_then(|sale| state.book.add_sale(sale)) {
                Ok(()) => (200, json!({})),
                Err(message) => refused(message),
            }
        }
        _ => (404, json!({ "error": "no such path" })),
    }
}

impl SandboxHandle {
    /// Where it listens.
    pub const fn addr(&self) -> SocketAddr {
        self.address
    }

    /// The same as an environment for the terminal's configuration.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The refunds it has executed or accepted, in order.
    pub fn book(&self) -> Vec<ExecutedRefund> {
        lock(&self.shared.state).book.refunds().to_vec()
    }

    /// The gateway requests it has received, in order, those it reset included.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        lock(&self.shared.state).requests.iter().cloned().collect()
    }

    /// Plays a fault on requests to come. Faults that wait are played in the order they were given.
    pub fn inject(&self, injection: Injection) {
        lock(&self.shared.state).injections.push(injection);
    }

    /// Adds a sale, or changes one.
    pub fn add_sale(&self, sale: SandboxSale) -> Result<(), SandboxError> {
        let mut state = lock(&self.shared.state);
        state.book.add_sale(sale).map_err(|reason| state.book.unusable(reason))
    }

    /// Writes a refund into the book that somebody else made: another till, or the gateway's dashboard.
    pub fn refund_elsewhere(&self, sale: &TransactionNo, amount: Money) -> Result<(), SandboxError> {
        let mut state = lock(&self.shared.state);
        let refund_no = state.book.next_refund_no();
        let refund = ExecutedRefund::elsewhere(sale.clone(), refund_no, amount);
        state.book.execute(refund).map_err(|reason| state.book.unusable(reason))
    }

    /// Answers until the process ends: for the command line.
    pub fn wait(mut self) {
        if let Some(listener) = self.listener.take() {
            drop(listener.join());
        }
    }
}

impl Drop for SandboxHandle {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::SeqCst);
        *lock(&self.shared.stop.stopped) = true;
        self.shared.stop.changed.notify_all();
        // The listener sleeps until somebody calls.
        drop(TcpStream::connect_timeout(&self.address, Duration::from_secs(1)));
        if let Some(listener) = self.listener.take() {
            drop(listener.join());
        }
    }
}
