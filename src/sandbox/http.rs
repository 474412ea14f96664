//! Just enough HTTP/1.1: one request is looked at, and perhaps read; one answer is written; the connection ends.
//!
//! **A request is looked at before it is read** (`peek`): what was never read makes the system end the connection with
//! a reset, and that is how the sandbox resets one. **Everything is bounded**: the request's size, its headers, the
//! time it may take.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The largest request; the published ones have some hundred bytes.
const MAX_REQUEST_BYTES: usize = 64 * 1024;
/// Headers a request may have.
const MAX_HEADERS: usize = 64;
/// How long a request may take to arrive, and an answer to be taken.
const IO_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait between two looks at a request that is not complete.
const LOOK_AGAIN: Duration = Duration::from_millis(1);

/// A request as it came, for tests that compare it byte by byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRequest {
    /// Such as `POST`.
    pub method: String,
    /// Such as `/app-data-search/v3/refund`.
    pub path: String,
    /// Names in lower case, values as they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl LoggedRequest {
    /// The first header of that name, given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// A request that lies in the socket, not read yet.
pub(super) struct Waiting {
    /// What it says.
    pub request: LoggedRequest,
    /// How many bytes it has.
    length: usize,
}

/// What has been seen of a request.
enum Seen {
    NotEnough,
    Head { length: usize, body_length: usize, request: LoggedRequest },
}

/// Waits for a whole request and leaves it in the socket. `on_head` may end it as soon as the headers are there.
/// Nothing where no request came, or none that can be understood.
pub(super) fn wait_for_request(
    stream: &TcpStream,
    on_head: impl Fn(&LoggedRequest) -> bool,
) -> io::Result<Option<Waiting>> {
    stream.set_read_timeout(Some(IO_TIMEOUT))?;
    stream.set_write_timeout(Some(IO_TIMEOUT))?;
    let give_up = Instant::now() + IO_TIMEOUT;
    let mut buffer = vec![0_u8; MAX_REQUEST_BYTES];
    loop {
        let count = stream.peek(&mut buffer)?;
        if count == 0 || Instant::now() > give_up {
            return Ok(None);
        }
        let bytes = buffer.get(..count).unwrap_or_default();
        match look(bytes) {
            Some(Seen::Head { length, body_length, mut request }) => {
                let end = length.saturating_add(body_length);
                if end > MAX_REQUEST_BYTES || on_head(&request) {
                    return Ok(None);
                }
                if let Some(body) = bytes.get(length..end) {
                    request.body = body.to_vec();
                    return Ok(Some(Waiting { request, length: end }));
                }
            }
            Some(Seen::NotEnough) if count < MAX_REQUEST_BYTES => {}
            _ => return Ok(None),
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// Nothing for what is no HTTP, or has a body whose length it does not say.
fn look(bytes: &[u8]) -> Option<Seen> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes).ok()? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return Some(Seen::NotEnough),
    };
    let headers: Vec<(String, String)> = parsed
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).into_owned()))
        .collect();
    let (method, path) = (parsed.method?.to_owned(), parsed.path?.to_owned());
    let request = LoggedRequest { method, path, headers, body: Vec::new() };
    if request.header("transfer-encoding").is_some() {
        return None;
    }
    let body_length = match request.header("content-length") {
        Some(text) => text.trim().parse().ok()?,
        None => 0,
    };
    Some(Seen::Head { length, body_length, request })
}

impl Waiting {
    /// Takes the request out of the socket, so that the connection can end properly.
    pub fn take(&self, stream: &mut TcpStream) -> io::Result<()> {
        let mut bytes = vec![0_u8; self.length];
        stream.read_exact(&mut bytes)
    }
}

/// Writes a head: status line and headers.
pub(super) fn write_head(stream: &mut TcpStream, status: u16, headers: &[(&str, String)]) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} {}\r\nConnection: close\r\n", reason(status));
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())
}

/// Writes a whole answer.
pub(super) fn write_answer(stream: &mut TcpStream, status: u16, kind: &str, body: &[u8]) -> io::Result<()> {
    let headers = [("Content-Type", kind.to_owned()), ("Content-Length", body.len().to_string())];
    write_head(stream, status, &headers)?;
    stream.write_all(body)
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        404 => "Not Found",
        500..=599 => "Server Error",
        400..=499 => "Client Error",
        300..=399 => "Redirect",
        _ => "Status",
    }
}
