//! `POST /sales` on loopback, for till programs that would rather post than write files.
//!
//! **Loopback alone, and nothing without the key**: the key is looked at before a body is read, so a web page open on this
//! machine, which has none, gets nothing but a refusal. **A program that stops in the middle of its body holds one of
//! [`READERS`]**, not the till.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};
use serde_json::{Value, json};
use tiny_http::{Header, Method, Request, Response, Server};
use zeroize::Zeroizing;

use super::{MAX_BYTES, NotTaken, SalesKey, Takes, lock};
use crate::ledger::{ImportError, ImportFormat};

/// The endpoint while it listens.
pub(super) struct Listening {
    server: Arc<Server>,
    address: SocketAddr,
}

impl Listening {
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn stop(&self) {
        // Each call lets one of the readers go.
        (0..READERS).for_each(|_| self.server.unblock());
    }
}

/// Requests read at a time. The ledger has one writer anyway; more than one is for a program that stalls.
const READERS: usize = 4;

/// Listens on that port of this machine.
pub(super) fn listen(port: u16, takes: &Arc<Takes>) -> io::Result<(Listening, Vec<JoinHandle<()>>)> {
    let server = Arc::new(Server::http((Ipv4Addr::LOCALHOST, port)).map_err(io::Error::other)?);
    let address = server.server_addr().to_ip().ok_or_else(|| io::Error::other("no address"))?;
    let mut threads = vec![];
    for _ in 0..READERS {
        let (heard, takes) = (Arc::clone(&server), Arc::clone(takes));
        let work = move || serve(&heard, &takes);
        threads.push(std::thread::Builder::new().name("sales-endpoint".to_owned()).spawn(work)?);
    }
    Ok((Listening { server, address }, threads))
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
        // The readers end by themselves once they are let go.
        let Ok((started, _readers)) = listen(port, takes) else { continue };
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

fn serve(server: &Server, takes: &Takes) {
    for mut request in server.incoming_requests() {
        let answer = catch_unwind(AssertUnwindSafe(|| answer(&mut request, takes)));
        let (status, body) = answer.unwrap_or_else(|_| refuse(500, "this till failed over the request"));
        if let Err(error) = request.respond(reply(status, &body)) {
            tracing::info!(%error, "a till program did not wait for its answer");
        }
    }
}

fn reply(status: u16, body: &Value) -> Response<io::Cursor<Vec<u8>>> {
    let mut reply = Response::from_string(format!("{body}\n")).with_status_code(status);
    for (name, value) in [("Content-Type", "application/json"), ("Cache-Control", "no-store")] {
        if let Ok(header) = Header::from_bytes(name, value) {
            reply.add_header(header);
        }
    }
    reply
}

fn refuse(status: u16, why: &str) -> (u16, Value) {
    (status, json!({ "error": why }))
}

fn answer(request: &mut Request, takes: &Takes) -> (u16, Value) {
    let header = |name: &'static str| {
        let found = request.headers().iter().find(|header| header.field.equiv(name));
        found.map(|header| header.value.as_str().to_owned()).unwrap_or_default()
    };
    let shown = Zeroizing::new(header("Authorization"));
    let shown = shown.strip_prefix("Bearer ").unwrap_or_default();
    if !SalesKey::is(&takes.settings().key, shown.trim()) {
        return refuse(401, NO_KEY);
    }
    if request.url() != "/sales" {
        return refuse(404, "there is POST /sales");
    }
    if *request.method() != Method::Post {
        return refuse(405, "there is POST /sales");
    }
    let kind = header("Content-Type");
    let format = match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "text/csv" => ImportFormat::Csv,
        "application/json" | "application/x-ndjson" | "application/jsonl" => ImportFormat::JsonLines,
        _ => return refuse(415, "send text/csv, or one JSON object a line as application/x-ndjson"),
    };
    let mut body = vec![];
    match request.as_reader().take(MAX_BYTES.saturating_add(1)).read_to_end(&mut body) {
        Ok(read) if u64::try_from(read).unwrap_or(u64::MAX) > MAX_BYTES => {
            refuse(413, "it is longer than 16 MiB; send less at once, or use `tillback sales import`")
        }
        Ok(_) => take(&body, format, takes),
        Err(_) => refuse(400, "the request ended before its body did"),
    }
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
