//! Just enough HTTP/1.1 to take a `POST` from a program of this machine: one request a connection.
//!
//! **Nothing is believed before it is there**: memory is taken for what has come, never for what was announced.
//! **Everything is bounded**: the head, the body, the time for either, and what is read of a request that was refused.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

/// The longest head; a till program's has some hundred bytes.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Headers a request may have.
const MAX_HEADERS: usize = 64;
/// The longest line that announces a chunk.
const MAX_CHUNK_LINE_BYTES: usize = 256;
/// How long a head may take to come. Whoever connects has something to say.
const HEAD: Duration = Duration::from_secs(5);
/// How long a body may take: a minute for what this machine copies in a blink.
const BODY: Duration = Duration::from_secs(60);
/// How long an answer may take to be fetched, and how long is listened on to who was refused in the middle of a body:
/// a connection that is closed on bytes nobody read is reset, and the answer lost with it.
const FAREWELL: Duration = Duration::from_secs(2);
/// Between two looks at whether the till is being closed.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// Bytes read at a time.
const PIECE: usize = 16 * 1024;

/// Why a request cannot be taken: an HTTP status and why. Nothing where nobody is there to be told.
pub(super) type Refused = Option<(u16, &'static str)>;

/// How the end of a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Length(u64),
    Chunked,
}

/// What a request says before its body.
pub(super) struct Head {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) authorization: Zeroizing<String>,
    pub(super) content_type: String,
    body: Body,
    /// Its body is sent only once it is asked for.
    waits: bool,
}

/// A program that has connected.
pub(super) struct Caller<'a> {
    stream: TcpStream,
    /// What has come and was not used yet.
    come: Zeroizing<Vec<u8>>,
    deadline: Instant,
    closing: &'a AtomicBool,
}

const TOO_SLOW: Refused = Some((408, "the request did not come in time"));
const SENSELESS: Refused = Some((400, "this is no HTTP/1.1 request"));
const TOO_LONG_A_HEAD: Refused = Some((431, "the head of the request is too long"));
const CUT_OFF: Refused = Some((400, "the request ended before its body did"));
/// The answer to a body beyond the limit.
pub(super) const TOO_LONG: Refused =
    Some((413, "it is longer than 16 MiB; send less at once, or use `tillback sales import`"));

impl<'a> Caller<'a> {
    pub(super) fn new(stream: TcpStream, closing: &'a AtomicBool) -> io::Result<Self> {
        stream.set_read_timeout(Some(LOOK_AGAIN))?;
        stream.set_write_timeout(Some(FAREWELL))?;
        stream.set_nodelay(true)?;
        // The key is in what comes; room for a whole head from the start, since a buffer that grows leaves copies behind.
        let come = Zeroizing::new(Vec::with_capacity(MAX_HEAD_BYTES + PIECE));
        Ok(Self { stream, come, deadline: Instant::now() + HEAD, closing })
    }

    /// Waits for more bytes: 0 when no more will come.
    fn more(&mut self) -> Result<usize, Refused> {
        let mut piece = Zeroizing::new([0_u8; PIECE]);
        loop {
            if self.closing.load(Ordering::SeqCst) {
                return Err(None);
            }
            if Instant::now() >= self.deadline {
                return Err(TOO_SLOW);
            }
            match self.stream.read(piece.as_mut_slice()) {
                Ok(read) => {
                    self.come.extend_from_slice(piece.get(..read).unwrap_or_default());
                    return Ok(read);
                }
                Err(error) if is_wait(&error) => {}
                Err(_) => return Err(None),
            }
        }
    }

    /// Reads the head.
    pub(super) fn head(&mut self) -> Result<Head, Refused> {
        loop {
            if let Some((head, length)) = parse(&self.come)? {
                self.come.drain(..length);
                return Ok(head);
            }
            if self.come.len() >= MAX_HEAD_BYTES {
                return Err(TOO_LONG_A_HEAD);
            }
            if self.more()? == 0 {
                return Err(None);
            }
        }
    }

    /// Reads the body, asking for it where it waits for that.
    pub(super) fn body(&mut self, head: &Head, max_bytes: u64) -> Result<Vec<u8>, Refused> {
        if matches!(head.body, Body::Length(length) if length > max_bytes) {
            return Err(TOO_LONG);
        }
        self.deadline = Instant::now() + BODY;
        if head.waits {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").map_err(|_| None)?;
        }
        let mut body = vec![];
        match head.body {
            Body::Length(length) => self.take(length, &mut body)?,
            Body::Chunked => loop {
                let size = self.chunk()?;
                if size.saturating_add(u64::try_from(body.len()).unwrap_or(u64::MAX)) > max_bytes {
                    return Err(TOO_LONG);
                }
                if size == 0 {
                    break;
                }
                self.take(size, &mut body)?;
                let mut end = vec![];
                self.take(2, &mut end)?;
                if end != b"\r\n" {
                    return Err(SENSELESS);
                }
            },
        }
        Ok(body)
    }

    /// Takes so many bytes, as they come.
    fn take(&mut self, length: u64, into: &mut Vec<u8>) -> Result<(), Refused> {
        let mut left = length;
        while left > 0 {
            if self.come.is_empty() && self.more()? == 0 {
                return Err(CUT_OFF);
            }
            let now = usize::try_from(left).unwrap_or(usize::MAX).min(self.come.len());
            into.extend(self.come.drain(..now));
            left = left.saturating_sub(u64::try_from(now).unwrap_or(u64::MAX));
        }
        Ok(())
    }

    /// The size of the chunk that follows.
    fn chunk(&mut self) -> Result<u64, Refused> {
        loop {
            match httparse::parse_chunk_size(&self.come) {
                Ok(httparse::Status::Complete((length, size))) => {
                    self.come.drain(..length);
                    return Ok(size);
                }
                Ok(httparse::Status::Partial) if self.come.len() < MAX_CHUNK_LINE_BYTES => {}
                Ok(httparse::Status::Partial) | Err(_) => return Err(SENSELESS),
            }
            if self.more()? == 0 {
                return Err(CUT_OFF);
            }
        }
    }

    /// Writes the answer and ends the connection, so that the answer arrives whatever is still being sent.
    pub(super) fn answer(mut self, status: u16, body: &str, max_unread_bytes: u64) -> io::Result<()> {
        let head = format!(
            "HTTP/1.1 {status} {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Connection: close\r\n\r\n",
            reason(status),
            body.len()
        );
        self.stream.write_all(head.as_bytes())?;
        self.stream.write_all(body.as_bytes())?;
        self.stream.shutdown(Shutdown::Write)?;
        self.deadline = Instant::now() + FAREWELL;
        let mut unread = 0_u64;
        while unread <= max_unread_bytes {
            self.come.clear();
            match self.more() {
                Ok(0) | Err(_) => break,
                Ok(read) => unread = unread.saturating_add(u64::try_from(read).unwrap_or(u64::MAX)),
            }
        }
        Ok(())
    }
}

/// Nothing yet, rather than nothing any more.
fn is_wait(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

/// A head and how many bytes it has; nothing while it is not all there.
fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>, Refused> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(TOO_LONG_A_HEAD),
        Err(_) => return Err(SENSELESS),
    };
    let all = |name: &str| -> Vec<&str> {
        let named = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| std::str::from_utf8(header.value).unwrap_or_default().trim()).collect()
    };
    let one = |name: &str| all(name).first().copied().unwrap_or_default();
    // Whatever could be read in two ways is read in none (RFC 9112, 6.3).
    let body = match (all("Content-Length").as_slice(), all("Transfer-Encoding").as_slice()) {
        ([], []) => Body::Length(0),
        ([length], []) if length.bytes().all(|byte| byte.is_ascii_digit()) => {
            Body::Length(length.parse().map_err(|_| TOO_LONG)?)
        }
        ([], [coding]) if coding.eq_ignore_ascii_case("chunked") => Body::Chunked,
        _ => return Err(SENSELESS),
    };
    let head = Head {
        method: request.method.unwrap_or_default().to_owned(),
        path: request.path.unwrap_or_default().to_owned(),
        authorization: Zeroizing::new(one("Authorization").to_owned()),
        content_type: one("Content-Type").to_owned(),
        body,
        waits: one("Expect").eq_ignore_ascii_case("100-continue"),
    };
    Ok(Some((head, length)))
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        500..=599 => "Server Error",
        _ => "Bad Request",
    }
}
