//! `POST /sales` on loopback, for till programs that would rather post than write files.
//!
//! **Loopback alone, and nothing without the key**: the key is looked at before a body is read, so a web page open on this
//! machine, which has none, gets nothing but a refusal. **At most [`MAX_CALLERS`] at a time, each for so long** (`http`):
//! whoever stops in the middle holds one place for a while, not the till.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};
use serde_json::{Value, json};

use super::http::{Caller, Refused};
use super::{MAX_BYTES, NotTaken, SalesKey, Takes, lock};
use crate::ledger::{ImportError, ImportFormat};

/// The endpoint while it listens.
pub(super) struct Listening {
    address: SocketAddr,
    closing: Arc<AtomicBool>,
}

impl Listening {
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn stop(&self) {
        self.closing.store(true, Ordering::SeqCst);
        // The listener sleeps until somebody calls.
        let _ = TcpStream::connect_timeout(&self.address, PROBE);
    }
}

/// Connections at a time; more are closed at once. The ledger has one writer anyway; more than one is for programs that
/// stall.
const MAX_CALLERS: usize = 16;
/// After a connection that could not be taken: too many open files, most likely.
const PAUSE: Duration = Duration::from_millis(50);

/// Listens on that port of this machine.
pub(super) fn listen(port: u16, takes: &Arc<Takes>) -> io::Result<(Listening, JoinHandle<()>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let address = listener.local_addr()?;
    let closing = Arc::new(AtomicBool::new(false));
    let (ends, takes) = (Arc::clone(&closing), Arc::clone(takes));
    let work = move || hear(&listener, &takes, &ends);
    let thread = Builder::new().name("sales-endpoint".to_owned()).spawn(work)?;
    Ok((Listening { address, closing }, thread))
}

/// Takes callers, a thread for each, until it is closed and the last of them has gone.
fn hear(listener: &TcpListener, takes: &Arc<Takes>, closing: &Arc<AtomicBool>) {
    let callers = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        if closing.load(Ordering::SeqCst) {
            break;
        }
        let Ok(stream) = stream else {
            std::thread::sleep(PAUSE);
            continue;
        };
        if callers.load(Ordering::SeqCst) >= MAX_CALLERS {
            continue;
        }
        callers.fetch_add(1, Ordering::SeqCst);
        let (takes, ends, own) = (Arc::clone(takes), Arc::clone(closing), Arc::clone(&callers));
        let work = move || {
            serve(stream, &takes, &ends);
            own.fetch_sub(1, Ordering::SeqCst);
        };
        if Builder::new().name("sales-endpoint".to_owned()).spawn(work).is_err() {
            callers.fetch_sub(1, Ordering::SeqCst);
        }
    }
    while callers.load(Ordering::SeqCst) > 0 {
        std::thread::sleep(PAUSE);
    }
}

/// Who has a port on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortStanding {
    /// Nobody.
    Free,
    /// A till, which takes sales there.
    Ours,
    /// Another program.
    Taken,
}

/// How long another program may take to answer.
const PROBE: Duration = Duration::from_secs(2);

/// Who has that port now: asked without a key, a till says how to get one.
pub fn port_standing(port: u16) -> PortStanding {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let asked = || -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, PROBE)?;
        stream.set_read_timeout(Some(PROBE))?;
        stream.write_all(b"GET /sales HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = vec![];
        // Cut short or not, what has come says whose it is.
        let _ = stream.take(4096).read_to_end(&mut answer);
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    match asked() {
        Ok(answer) if answer.contains(NO_KEY) => PortStanding::Ours,
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => PortStanding::Free,
        Ok(_) | Err(_) => PortStanding::Taken,
    }
}

/// What is said to whoever shows no key.
const NO_KEY: &str = "send the header Authorization: Bearer KEY; `tillback sales key` makes a key";

/// Tries until the port is free, then reads; a till whose port is taken at its start still gets its sales.
pub(super) fn listen_later(port: u16, takes: &Arc<Takes>, kept: &Mutex<Option<Listening>>, ended: &Receiver<()>) {
    while ended.recv_timeout(takes.settings().every) == Err(RecvTimeoutError::Timeout) {
        // Its thread ends by itself once it is let go.
        let Ok((started, _thread)) = listen(port, takes) else { continue };
        tracing::info!(port, "sales are listened for");
        takes.board().port(None);
        let mut kept = lock(kept);
        if ended.try_recv() == Err(TryRecvError::Disconnected) {
            started.stop();
        }
        *kept = Some(started);
        return;
    }
}

fn serve(stream: TcpStream, takes: &Takes, closing: &AtomicBool) {
    let Ok(mut caller) = Caller::new(stream, closing) else { return };
    let asked = catch_unwind(AssertUnwindSafe(|| answer(&mut caller, takes)));
    let (status, body) = match asked {
        Ok(Ok(answer)) => answer,
        Ok(Err(Some((status, why)))) => refuse(status, why),
        Ok(Err(None)) => return,
        Err(_) => refuse(500, "this till failed over the request"),
    };
    // Twice what may be sent: whoever sends more than that into a refusal does not want to hear it.
    if let Err(error) = caller.answer(status, &format!("{body}\n"), 2 * MAX_BYTES) {
        tracing::info!(%error, "a till program did not wait for its answer");
    }
}

fn refuse(status: u16, why: &str) -> (u16, Value) {
    (status, json!({ "error": why }))
}

fn answer(caller: &mut Caller<'_>, takes: &Takes) -> Result<(u16, Value), Refused> {
    let head = caller.head()?;
    let shown = head.authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
    let shown = shown.map_or("", |(_, key)| key.trim());
    if !SalesKey::is(&takes.settings().key, shown) {
        return Ok(refuse(401, NO_KEY));
    }
    if head.path != "/sales" {
        return Ok(refuse(404, "there is POST /sales"));
    }
    if head.method != "POST" {
        return Ok(refuse(405, "there is POST /sales"));
    }
    let kind = head.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let format = match kind.as_str() {
        "text/csv" => ImportFormat::Csv,
        "application/json" | "application/x-ndjson" | "application/jsonl" => ImportFormat::JsonLines,
        _ => return Ok(refuse(415, "send text/csv, or one JSON object a line as application/x-ndjson")),
    };
    let body = caller.body(&head, MAX_BYTES)?;
    Ok(take(&body, format, takes))
}

fn take(body: &[u8], format: ImportFormat, takes: &Takes) -> (u16, Value) {
    match takes.take(body, format, "POST /sales") {
        Ok(done) => {
            let (rows, added, completed, skipped) = (done.rows, done.added, done.completed, done.skipped);
            (200, json!({ "rows": rows, "added": added, "completed": completed, "known": skipped }))
        }
        Err(NotTaken::Import(ImportError::Lines { faults, more })) => {
            let lines: Vec<Value> =
                faults.iter().map(|fault| json!({ "line": fault.line, "why": fault.what.to_string() })).collect();
            (422, json!({ "error": "nothing was taken in", "lines": lines, "more": more }))
        }
        Err(NotTaken::Import(error)) => refuse(400, &error.to_string()),
        Err(NotTaken::Later(why)) => {
            tracing::warn!(why, "posted sales could not be taken in");
            refuse(503, "the ledger can't be written now; send the same again later")
        }
    }
}
