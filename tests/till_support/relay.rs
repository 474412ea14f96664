//! The line between a till and its gateway: it sees every byte of a refund request before the gateway does, and can
//! keep answers back or turn queries away.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::PATIENCE;

/// What came of one refund request.
#[derive(Debug, Clone, Default)]
pub struct Passed {
    /// Bytes of it that came.
    pub bytes: usize,
    /// Its head came whole.
    pub head: bool,
    /// Bytes of its body, and how many it should have.
    pub body: (usize, usize),
    /// Our reference in it, once it was whole.
    pub reference: Option<String>,
    /// The gateway was done with it.
    pub answered: bool,
}

#[derive(Debug, Default)]
struct State {
    refunds: Vec<Passed>,
    queries: usize,
    pings: usize,
    queries_turned_away: usize,
    turn_queries_away: bool,
    hold_queries: bool,
    /// How much of an answer to a refund is passed on before everything stops.
    answer_limit: Option<usize>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_all();
    }
}

pub struct Relay {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Relay {
    pub fn to(gateway: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for till in listener.incoming().flatten() {
                let shared = Arc::clone(&own);
                std::thread::spawn(move || drop(pass(till, gateway, &shared)));
            }
        });
        Self { address, shared }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Whether queries get nowhere from now on.
    pub fn turn_queries_away(&self, on: bool) {
        self.shared.change(|state| state.turn_queries_away = on);
    }

    /// Whether queries wait from now on.
    pub fn hold_queries(&self, on: bool) {
        self.shared.change(|state| state.hold_queries = on);
    }

    /// Passes on so many bytes of each answer to a refund, then nothing.
    pub fn limit_answers(&self, bytes: Option<usize>) {
        self.shared.change(|state| state.answer_limit = bytes);
    }

    pub fn refunds(&self) -> Vec<Passed> {
        self.shared.state().refunds.clone()
    }

    pub fn queries(&self) -> usize {
        self.shared.state().queries
    }

    /// Looks at whether anybody answers.
    pub fn pings(&self) -> usize {
        self.shared.state().pings
    }

    pub fn queries_turned_away(&self) -> usize {
        self.shared.state().queries_turned_away
    }

    /// Waits until the gateway is done with every request that came whole.
    #[track_caller]
    pub fn wait_until_quiet(&self) {
        self.wait("the gateway's last answer", |relay| {
            relay.refunds().iter().all(|passed| passed.answered || passed.reference.is_none())
        });
    }

    /// Waits until the n-th request's head is here, or half of its body, and no more than that can have been sent.
    pub fn wait_for_part_of_a_refund(&self, n: usize, head_alone: bool) -> anyhow::Result<()> {
        let so_far = |relay: &Self| relay.refunds().get(n).cloned().unwrap_or_default();
        self.wait("the part of the request", |relay| {
            let so_far = so_far(relay);
            so_far.head && (head_alone || so_far.body.0 * 2 + 1 >= so_far.body.1)
        });
        let (out, whole) = so_far(self).body;
        anyhow::ensure!(if head_alone { out == 0 } else { out < whole }, "{out} of {whole} bytes are out");
        Ok(())
    }

    /// Waits until what has passed is so.
    #[track_caller]
    pub fn wait(&self, what: &str, until: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !until(self) {
            assert!(Instant::now() < deadline, "{what} never came");
            let state = self.shared.state();
            drop(self.shared.changed.wait_timeout(state, Duration::from_millis(20)));
        }
    }
}

/// The length of the head and of the body it announces.
fn lengths(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    Some((head, length.unwrap_or(0)))
}

fn pass(mut till: TcpStream, gateway: SocketAddr, shared: &Shared) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut refund = None;
    let mut chunk = [0_u8; 4096];
    loop {
        let count = till.read(&mut chunk)?;
        request.extend_from_slice(&chunk[..count]);
        let lengths = lengths(&request);
        if request.starts_with(b"POST /app-data-search/v3/refund") {
            shared.change(|state| {
                let at = *refund.get_or_insert_with(|| {
                    state.refunds.push(Passed::default());
                    state.refunds.len() - 1
                });
                let passed = &mut state.refunds[at];
                passed.bytes = request.len();
                passed.head = lengths.is_some();
                passed.body = lengths.map_or((0, 0), |(head, body)| (request.len() - head, body));
                if let Some((head, body)) = lengths.filter(|(head, body)| request.len() >= head + body) {
                    let body: Value = serde_json::from_slice(&request[head..head + body]).unwrap_or_default();
                    passed.reference = body["refundReference"].as_str().map(str::to_owned);
                }
            });
        }
        if lengths.is_some_and(|(head, body)| request.len() >= head + body) {
            break;
        }
        if count == 0 {
            // Cut off: the gateway sees as much as we did.
            return TcpStream::connect(gateway)?.write_all(&request);
        }
    }
    if request.starts_with(b"POST /app-data-search/v3/tran-query") {
        let mut away = false;
        shared.change(|state| {
            away = state.turn_queries_away;
            state.queries_turned_away += usize::from(away);
        });
        if away {
            return Ok(());
        }
        let held = shared.state();
        drop(shared.changed.wait_while(held, |state| state.hold_queries));
    }
    if request.starts_with(b"HEAD ") {
        shared.change(|state| state.pings += 1);
    }
    let mut onward = TcpStream::connect(gateway)?;
    onward.write_all(&request)?;
    let mut answer = Vec::new();
    // A reset is an answer too: the till gets what there was, then the end.
    let whole = onward.read_to_end(&mut answer);
    let limit = shared.state().answer_limit.filter(|_| refund.is_some());
    if request.starts_with(b"POST /app-data-search/v3/tran-query") {
        shared.change(|state| state.queries += 1);
    }
    let told = till.write_all(&answer[..limit.unwrap_or(answer.len()).min(answer.len())]);
    if let Some(at) = refund {
        shared.change(|state| state.refunds[at].answered = true);
    }
    told?;
    if limit.is_some() {
        // Until the till is gone.
        while till.read(&mut chunk)? > 0 {}
    }
    whole?;
    till.shutdown(Shutdown::Both)
}
