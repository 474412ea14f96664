//! Playing a fault: which bytes go out, and which do not.
//!
//! **What was decided about the money is behind us here**; this only writes, and errors of writing are the client's
//! business: most faults make it hang up.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::fault::{EchoField, ErrorBody, Fault};
use super::http::{LoggedRequest, write_answer, write_head};
use super::server::Stop;

/// How many bytes [`Fault::HugeBody`] and [`Fault::CompressedBomb`] come to.
const HUGE_BYTES: usize = 100_000_000;
/// How long [`Fault::NeverAnswer`] keeps the connection.
const HOLD: Duration = Duration::from_secs(120);

const JSON: &str = "application/json";
const HTML: &str = "text/html";
const PAGE: &[u8] = b"<!doctype html><html><head><title>Bad Gateway</title></head><body>nginx</body></html>";

/// Answers `request` with `answer`, in the manner of `fault`.
pub(super) fn play(
    stream: &mut TcpStream,
    fault: &Fault,
    request: &LoggedRequest,
    answer: Value,
    stop: &Stop,
) -> io::Result<()> {
    let body = changed(fault, answer).to_string().into_bytes();
    let with_length = |stream: &mut TcpStream, length: usize| {
        write_head(stream, 200, &[("Content-Type", JSON.to_owned()), ("Content-Length", length.to_string())])
    };
    match fault {
        Fault::Honest
        | Fault::RetCode { .. }
        | Fault::WrongEcho { .. }
        | Fault::MissingEcho { .. }
        | Fault::NotFinal { .. } => write_answer(stream, 200, JSON, &body),
        // Nothing is written: what the caller has left unread, or has read, decides how the connection ends.
        Fault::ResetMidRequest | Fault::ResetAfterRequest | Fault::HangUp => Ok(()),
        Fault::NeverAnswer => {
            stop.wait(HOLD);
            Ok(())
        }
        Fault::TruncatedBody => {
            with_length(stream, body.len())?;
            stream.write_all(body.get(..body.len() / 2).unwrap_or_default())
        }
        Fault::StalledBody => {
            with_length(stream, body.len())?;
            stream.write_all(body.get(..body.len() / 2).unwrap_or_default())?;
            stop.wait(HOLD);
            Ok(())
        }
        Fault::LengthTooLong => {
            with_length(stream, body.len() + 50)?;
            stream.write_all(&body)
        }
        Fault::LengthTooShort => {
            with_length(stream, body.len() / 2)?;
            stream.write_all(&body)
        }
        Fault::Status { status, body: ErrorBody::Empty } => write_answer(stream, *status, HTML, b""),
        Fault::Status { status, body: ErrorBody::Html } => write_answer(stream, *status, HTML, PAGE),
        Fault::Status { status, body: ErrorBody::Json } => write_answer(stream, *status, JSON, &body),
        Fault::Redirect { status } => {
            write_head(stream, *status, &[("Location", request.path.clone()), ("Content-Length", "0".to_owned())])
        }
        Fault::HtmlOk => write_answer(stream, 200, HTML, PAGE),
        Fault::MalformedJson => {
            let end = body.len().saturating_sub(1);
            write_answer(stream, 200, JSON, body.get(..end).unwrap_or_default())
        }
        Fault::NotHttp => stream.write_all(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
        Fault::SlowTrickle { interval_ms } => {
            with_length(stream, body.len())?;
            trickle(stream, &body, Duration::from_millis(*interval_ms), stop)
        }
        Fault::HugeBody => {
            with_length(stream, body.len() + HUGE_BYTES)?;
            stream.write_all(&body)?;
            let spaces = vec![b' '; 64 * 1024];
            for _ in 0..HUGE_BYTES / spaces.len() {
                stream.write_all(&spaces)?;
            }
            stream.write_all(spaces.get(..HUGE_BYTES % spaces.len()).unwrap_or_default())
        }
        Fault::CompressedBomb => {
            let bomb = gzip_bomb(HUGE_BYTES);
            let headers = [
                ("Content-Type", JSON.to_owned()),
                ("Content-Encoding", "gzip".to_owned()),
                ("Content-Length", bomb.len().to_string()),
            ];
            write_head(stream, 200, &headers)?;
            stream.write_all(&bomb)
        }
    }
}

fn trickle(stream: &mut TcpStream, body: &[u8], interval: Duration, stop: &Stop) -> io::Result<()> {
    for byte in body {
        stream.write_all(std::slice::from_ref(byte))?;
        if stop.wait(interval) {
            break;
        }
    }
    Ok(())
}

/// The answer with what the fault changes in it.
fn changed(fault: &Fault, mut answer: Value) -> Value {
    if let Fault::RetCode { code } = fault {
        return json!({ "ret_code": code, "ret_msg": "as ordered " });
    }
    let Some(result) = answer.get_mut("result").and_then(Value::as_object_mut) else { return answer };
    match fault {
        Fault::WrongEcho { field } => {
            for name in names(*field) {
                if let Some(value) = result.get_mut(*name) {
                    *value = wrong(*field, value);
                }
            }
        }
        Fault::MissingEcho { field } => {
            for name in names(*field) {
                result.remove(*name);
            }
        }
        _ => {}
    }
    answer
}

const fn names(field: EchoField) -> &'static [&'static str] {
    match field {
        EchoField::Amount => &["amount", "refundAmount"],
        EchoField::TransactionNo => &["transactionNo"],
        EchoField::RefundReference => &["refundReference"],
        EchoField::Currency => &["currency"],
        EchoField::Status => &["status"],
    }
}

/// Another value of the same kind.
fn wrong(field: EchoField, right: &Value) -> Value {
    let right = right.as_str().unwrap_or_default();
    match field {
        EchoField::Amount => json!(format!("1{right}")),
        EchoField::TransactionNo => json!("999999999999999999"),
        EchoField::RefundReference => json!(format!("{right}X")),
        EchoField::Currency if right == "HKD" => json!("USD"),
        EchoField::Currency => json!("HKD"),
        EchoField::Status => json!("rumoured"),
    }
}

/// A gzip stream of `length` zeros (RFC 1951, fixed codes): a zero, then copies of 258 bytes from one byte back, each
/// thirteen bits long. Its checksum is wrong; nobody gets as far as that.
fn gzip_bomb(length: usize) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], pending: 0, count: 0 };
    // Last block, fixed codes; then the literal 0, whose code is 00110000.
    bits.push(0b011, 3);
    bits.push(0b0000_1100, 8);
    for _ in 0..length / 258 {
        // Length code 285 is 11000101, distance code 0 is 00000; Huffman codes go in with their first bit first.
        bits.push(0b1010_0011, 8);
        bits.push(0, 5);
    }
    // End of block is 0000000; then fill the byte.
    bits.push(0, 7);
    bits.push(0, 7);
    bits.bytes.extend([0; 8]);
    bits.bytes
}

struct Bits {
    bytes: Vec<u8>,
    pending: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        self.pending |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            let [low, ..] = self.pending.to_le_bytes();
            self.bytes.push(low);
            self.pending >>= 8;
            self.count -= 8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bomb_is_small_and_says_what_it_is() {
        let bomb = gzip_bomb(HUGE_BYTES);
        assert!(bomb.starts_with(&[0x1f, 0x8b, 8]));
        assert!((600_000..900_000).contains(&bomb.len()), "{}", bomb.len());
    }

    #[test]
    fn wrong_echoes_are_wrong() {
        let answer = json!({"result": {"amount": "0.01", "refundAmount": "0.01", "status": "success"}});
        let wrong = changed(&Fault::WrongEcho { field: EchoField::Amount }, answer.clone());
        assert_eq!(wrong["result"]["refundAmount"], "10.01");
        let missing = changed(&Fault::MissingEcho { field: EchoField::Status }, answer);
        assert!(missing["result"]["status"].is_null());
    }
}
