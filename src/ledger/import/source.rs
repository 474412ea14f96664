//! Cuts a file into records, each with its line, none longer than [`MAX_RECORD_BYTES`].

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

use csv::{ByteRecord, ErrorKind};

use super::row::{Fields, Reading, Row};
use super::{Fault, ImportError, MAX_RECORD_BYTES};

/// Why reading ended before the file did.
pub(super) enum Ended {
    /// The file or the ledger failed.
    Stopped(ImportError),
    /// Nothing behind this line makes sense.
    At(u64, Fault),
}

impl From<ImportError> for Ended {
    fn from(error: ImportError) -> Self {
        Self::Stopped(error)
    }
}

/// Takes each row: its line, the bytes read so far, and the row or its fault.
pub(super) type Take<'t> = &'t mut dyn FnMut(u64, u64, Result<Row, Fault>) -> Result<(), ImportError>;

const TOO_LONG: Fault = Fault::TooLong { max_bytes: MAX_RECORD_BYTES };

fn unreadable(error: &std::io::Error) -> Ended {
    Ended::Stopped(ImportError::Unreadable { what: error.to_string() })
}

pub(super) fn json_lines(source: impl Read, reading: &Reading<'_>, take: Take<'_>) -> Result<(), Ended> {
    let mut source = BufReader::with_capacity(128 * 1024, source);
    let mut buffer = Vec::with_capacity(1024);
    let (mut line, mut bytes) = (0_u64, 0_u64);
    loop {
        buffer.clear();
        let limit = u64::try_from(MAX_RECORD_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        let read = source.by_ref().take(limit).read_until(b'\n', &mut buffer).map_err(|e| unreadable(&e))?;
        if read == 0 {
            return Ok(());
        }
        line = line.saturating_add(1);
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(0));
        if read > MAX_RECORD_BYTES {
            return Err(Ended::At(line, TOO_LONG));
        }
        let text = buffer.strip_prefix(b"\xef\xbb\xbf").filter(|_| line == 1).unwrap_or(&buffer).trim_ascii();
        if !text.is_empty() {
            take(line, bytes, reading.json(text))?;
        }
    }
}

/// Gives out bytes only while the record in hand is within its limit, whatever stands between quotes.
struct Bounded<R> {
    source: R,
    given: u64,
    /// Where the record in hand begins.
    record_began: Rc<Cell<u64>>,
}

/// The reader of CSV asks for this much at a time, so it may be ahead of the record in hand by as much.
const CSV_BUFFER_BYTES: usize = 128 * 1024;
const BEYOND: &str = "a record beyond its limit";

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let ahead = self.given.saturating_sub(self.record_began.get());
        if ahead > u64::try_from(CSV_BUFFER_BYTES + MAX_RECORD_BYTES).unwrap_or(u64::MAX) {
            return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, BEYOND));
        }
        let read = self.source.read(buffer)?;
        self.given = self.given.saturating_add(u64::try_from(read).unwrap_or(0));
        Ok(read)
    }
}

/// The columns, in the order of [`Fields`].
const NAMES: [&str; 8] =
    ["transaction_no", "reference", "amount", "currency", "settle_currency", "wallet", "paid_at", "status"];

/// Where each of [`NAMES`] stands in a record.
fn columns(header: &ByteRecord) -> Result<[Option<usize>; 8], Fault> {
    let allowed = NAMES.join(", ");
    let mut places = [None; 8];
    for (at, name) in header.iter().enumerate() {
        let name = std::str::from_utf8(name).map_err(|_| Fault::NotText)?.trim().to_ascii_lowercase();
        let known = NAMES.iter().zip(&mut places).find(|(known, _)| **known == name);
        let refuse = |why: &str| Fault::Column { name: name.chars().take(60).collect(), why: why.to_owned() };
        match known {
            Some((_, place @ None)) => *place = Some(at),
            Some(_) => return Err(refuse("it is there twice")),
            None if name.contains([';', '\t']) => {
                return Err(refuse("columns are separated by commas, not by semicolons or tabs"));
            }
            None => return Err(refuse(&format!("it is not known; allowed: {allowed}"))),
        }
    }
    let missing = |name: &str, why: &str| Fault::Column { name: name.to_owned(), why: why.to_owned() };
    let [number, reference, amount, ..] = places;
    if amount.is_none() {
        return Err(missing("amount", "it is missing"));
    }
    if number.is_none() && reference.is_none() {
        return Err(missing("transaction_no", "it is missing, and so is reference; one of the two is needed"));
    }
    Ok(places)
}

fn fields<'r>(record: &'r ByteRecord, places: &[Option<usize>; 8]) -> Result<Fields<'r>, Fault> {
    let mut texts = [""; 8];
    for (text, place) in texts.iter_mut().zip(places) {
        let bytes = place.and_then(|at| record.get(at)).unwrap_or_default();
        *text = std::str::from_utf8(bytes).map_err(|_| Fault::NotText)?;
    }
    let [transaction_no, reference, amount, currency, settle_currency, wallet, paid_at, status] = texts;
    Ok(Fields { transaction_no, reference, amount, currency, settle_currency, wallet, paid_at, status })
}

pub(super) fn csv(source: impl Read, reading: &Reading<'_>, take: Take<'_>) -> Result<(), Ended> {
    let record_began = Rc::new(Cell::new(0));
    let bounded = Bounded { source, given: 0, record_began: Rc::clone(&record_began) };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(CSV_BUFFER_BYTES)
        .from_reader(bounded);
    let mut record = ByteRecord::new();
    let mut places = None;
    loop {
        let line = reader.position().line();
        let began = reader.position().byte();
        record_began.set(began);
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) if places.is_some() => return Ok(()),
            Ok(false) => {
                let why = "the file is empty; its first line names the columns".to_owned();
                return Err(Ended::At(1, Fault::Column { name: "amount".to_owned(), why }));
            }
            Err(error) => return Err(stopped(error, line)),
        }
        let bytes = reader.position().byte();
        // The reader skips empty lines before a record, so the record knows better where it began.
        let line = record.position().map_or(line, csv::Position::line);
        if bytes.saturating_sub(began) > u64::try_from(MAX_RECORD_BYTES).unwrap_or(u64::MAX) {
            return Err(Ended::At(line, TOO_LONG));
        }
        let Some((places, expected)) = &places else {
            places = Some((columns(&record).map_err(|fault| Ended::At(line, fault))?, record.len()));
            continue;
        };
        let row = if record.len() == *expected {
            fields(&record, places).and_then(|fields| reading.row(fields))
        } else {
            Err(Fault::Fields { found: record.len(), expected: *expected })
        };
        take(line, bytes, row)?;
    }
}

fn stopped(error: csv::Error, line: u64) -> Ended {
    match error.into_kind() {
        ErrorKind::Io(error) if error.to_string() == BEYOND => Ended::At(line, TOO_LONG),
        ErrorKind::Io(error) => unreadable(&error),
        other => Ended::Stopped(ImportError::Unreadable { what: format!("{other:?}") }),
    }
}
