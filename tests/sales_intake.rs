//! Sales that a till program hands over while the terminal runs: by folder and by post. Each file once, whole or not at
//! all; nothing without the key; a stop at any moment loses nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ledger_support::*;
use tillback::domain::{Currency, SaleKey, SalesFolderFault, SalesTrouble};
use tillback::intake::{FAILED, Intake, IntakeSettings, MAX_BYTES, PROCESSED, SalesKey};
use tillback::ledger::{Ledger, OpenError};

const A: &str = "297553638301777927";
const B: &str = "316129873376769782";
const PATIENCE: Duration = Duration::from_secs(60);

struct Shop {
    home: tempfile::TempDir,
    /// While it is set, the ledger cannot be opened.
    away: Arc<AtomicBool>,
    intake: Option<Intake>,
}

impl Shop {
    fn closed() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("sales")).unwrap();
        drop(Ledger::open(&home.path().join("ledger.db"), settings(), NOW).unwrap());
        Self { home, away: Arc::default(), intake: None }
    }

    fn open() -> Self {
        let mut shop = Self::closed();
        shop.start();
        shop
    }

    fn start(&mut self) {
        self.start_looking_every(Duration::from_millis(20));
    }

    fn start_looking_every(&mut self, every: Duration) {
        self.start_on(0, every);
    }

    fn start_on(&mut self, port: u16, every: Duration) {
        let settings = IntakeSettings {
            folder: Some(self.folder()),
            port: Some(port),
            key: self.key(),
            currency: Currency::USD,
            settle_currency: Currency::USD,
            zone: jiff::tz::TimeZone::UTC,
            every,
        };
        let (path, away) = (self.ledger(), Arc::clone(&self.away));
        let open = move || match away.load(Ordering::SeqCst) {
            true => Err(OpenError::Locked),
            false => Ledger::open_shared(&path, ledger_support::settings(), NOW),
        };
        self.intake = Some(Intake::start(settings, Arc::new(open), Arc::new(|| NOW)).unwrap());
    }

    fn trouble(&self) -> SalesTrouble {
        self.intake.as_ref().unwrap().trouble()
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("sales")
    }

    fn ledger(&self) -> PathBuf {
        self.home.path().join("ledger.db")
    }

    fn key(&self) -> PathBuf {
        self.home.path().join("key")
    }

    /// As a careful program does: written elsewhere, then renamed.
    fn drop_file(&self, name: &str, text: &str) {
        let whole = self.folder().join(format!("{name}.part"));
        fs::write(&whole, text).unwrap();
        fs::rename(whole, self.folder().join(name)).unwrap();
    }

    fn has(&self, below: &str, name: &str) -> bool {
        self.folder().join(below).join(name).exists()
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !until(self) {
            assert!(Instant::now() < deadline, "{what}: {:?}", list(&self.folder()));
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn sales(&self) -> i64 {
        raw(&self.ledger()).query_row("SELECT count(*) FROM sales", [], |row| row.get(0)).unwrap()
    }

    fn imports(&self) -> i64 {
        let sql = "SELECT count(*) FROM audit WHERE what = 'sales_imported'";
        raw(&self.ledger()).query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn post(&self, head: &str, body: &[u8]) -> (u16, serde_json::Value) {
        let text = exchange(self.intake.as_ref().unwrap().address().unwrap(), head, body);
        let status = text.split(' ').nth(1).unwrap().parse().unwrap();
        let body = text.split_once("\r\n\r\n").unwrap().1;
        (status, serde_json::from_str(body.trim()).unwrap_or_else(|error| panic!("{error}: {text}")))
    }

    fn post_sales(&self, key: &str, kind: &str, body: &str) -> (u16, serde_json::Value) {
        self.post(
            &format!("POST /sales HTTP/1.1\r\nAuthorization: Bearer {key}\r\nContent-Type: {kind}\r\n"),
            body.as_bytes(),
        )
    }
}

fn exchange(address: SocketAddr, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    write!(stream, "{head}Host: till\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n").unwrap();
    // Who refuses before the body need not read it.
    let _ = stream.write_all(body);
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    text
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            all.extend(list(&entry.path()));
        }
        all.push(entry.path());
    }
    all
}

fn line(number: &str, amount: &str) -> String {
    format!("{{\"transaction_no\":\"{number}\",\"amount\":\"{amount}\"}}\n")
}

#[test]
fn files_are_taken_in_once_and_put_away() {
    let shop = Shop::open();
    shop.drop_file("day.jsonl", &line(A, "39.90"));
    shop.drop_file("night.csv", &format!("transaction_no,amount\n{B},5.00\n"));
    shop.wait("both processed", |shop| shop.has(PROCESSED, "day.jsonl") && shop.has(PROCESSED, "night.csv"));
    assert_eq!((shop.sales(), shop.imports()), (2, 2));
    // The same name and rows again: kept apart, and nothing is there twice.
    shop.drop_file("day.jsonl", &line(A, "39.90"));
    shop.wait("a second copy", |shop| !shop.folder().join("day.jsonl").exists());
    shop.wait("noted", |shop| shop.imports() == 3);
    assert_eq!(shop.sales(), 2);
    assert_eq!(fs::read_dir(shop.folder().join(PROCESSED)).unwrap().count(), 3);
}

#[test]
fn a_file_with_a_fault_is_refused_whole_and_says_why_by_line() {
    let shop = Shop::open();
    shop.drop_file("day.jsonl", &format!("{}{}", line(A, "39.90"), line(B, "lots")));
    shop.wait("a report", |shop| shop.has(FAILED, "day.jsonl.errors.txt"));
    let report = fs::read_to_string(shop.folder().join(FAILED).join("day.jsonl.errors.txt")).unwrap();
    assert!(report.contains("line 2: amount"), "{report}");
    assert_eq!(shop.sales(), 0);
    assert_eq!(tillback::intake::failed_files(&shop.folder()), 1);
    // Put right and dropped again.
    shop.drop_file("day.jsonl", &format!("{}{}", line(A, "39.90"), line(B, "4.00")));
    shop.wait("processed", |shop| shop.has(PROCESSED, "day.jsonl"));
    assert_eq!(shop.sales(), 2);
}

#[test]
fn what_is_no_file_of_sales_is_left_alone() {
    let shop = Shop::open();
    fs::write(shop.folder().join("notes.txt"), "hello").unwrap();
    fs::write(shop.folder().join("day.jsonl.part"), line(A, "1.00")).unwrap();
    fs::create_dir(shop.folder().join("folder.csv")).unwrap();
    let elsewhere = shop.home.path().join("elsewhere.jsonl");
    fs::write(&elsewhere, line(A, "1.00")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&elsewhere, shop.folder().join("link.jsonl")).unwrap();
    shop.drop_file("real.jsonl", &line(B, "2.00"));
    shop.wait("the real one", |shop| shop.has(PROCESSED, "real.jsonl"));
    assert_eq!(shop.sales(), 1);
    assert!(shop.folder().join("notes.txt").exists() && shop.folder().join("day.jsonl.part").exists());
    assert!(elsewhere.exists());
}

#[test]
fn a_file_still_being_written_is_not_taken_in_half() {
    let mut shop = Shop::closed();
    let path = shop.folder().join("slow.jsonl");
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(line(A, "1.00").as_bytes()).unwrap();
    shop.start_looking_every(Duration::from_secs(2));
    // The first look comes at once and sees half of it; the other half is there long before the second.
    std::thread::sleep(Duration::from_millis(300));
    file.write_all(line(B, "1.00").as_bytes()).unwrap();
    drop(file);
    shop.wait("processed", |shop| shop.has(PROCESSED, "slow.jsonl"));
    assert_eq!((shop.sales(), shop.imports()), (2, 1));
}

#[test]
fn while_the_ledger_cannot_be_written_files_wait() {
    let shop = Shop::open();
    shop.away.store(true, Ordering::SeqCst);
    let key = SalesKey::make(&shop.key()).unwrap();
    shop.drop_file("day.jsonl", &line(A, "39.90"));
    let (status, _) = shop.post_sales(key.expose(), "application/x-ndjson", &line(B, "1.00"));
    assert_eq!(status, 503);
    // Several looks later it is still there.
    std::thread::sleep(Duration::from_millis(200));
    assert!(shop.folder().join("day.jsonl").exists() && shop.sales() == 0);
    shop.away.store(false, Ordering::SeqCst);
    shop.wait("processed", |shop| shop.has(PROCESSED, "day.jsonl"));
    assert_eq!(shop.sales(), 1);
}

#[test]
fn a_stop_between_ledger_and_folder_changes_nothing_the_second_time() {
    let mut shop = Shop::closed();
    // As after a stop right behind the commit: the ledger has it and the folder too.
    let mut ledger = Ledger::open_shared(&shop.ledger(), settings(), NOW).unwrap();
    let options = tillback::ledger::ImportOptions::new(tillback::ledger::ImportFormat::JsonLines, "day.jsonl");
    ledger.import(line(A, "39.90").as_bytes(), &options, NOW, &mut |_| ()).unwrap();
    drop(ledger);
    shop.drop_file("day.jsonl", &line(A, "39.90"));
    shop.start();
    shop.wait("processed", |shop| shop.has(PROCESSED, "day.jsonl"));
    assert_eq!(shop.sales(), 1);
}

#[test]
fn a_file_that_cannot_be_put_away_is_taken_in_once_and_keeps_no_other_out() {
    let mut shop = Shop::closed();
    // Where the folder for them should be there is a file.
    fs::write(shop.folder().join(PROCESSED), "").unwrap();
    let told = Arc::new(std::sync::Mutex::new(vec![]));
    shop.start();
    let telling = Arc::clone(&told);
    shop.intake.as_ref().unwrap().on_change(move |trouble| telling.lock().unwrap().push(trouble));
    shop.drop_file("a.jsonl", &line(A, "39.90"));
    shop.drop_file("b.jsonl", &line(B, "lots"));
    shop.wait("the second file's report", |shop| shop.has(FAILED, "b.jsonl.errors.txt"));
    shop.wait("the first file's sale", |shop| shop.sales() == 1);
    let held = SalesTrouble { folder: Some(SalesFolderFault::FileHeld), failed_files: 1, port: None };
    shop.wait("it is told", |shop| shop.trouble() == held);
    // A few looks later the ledger has still been asked once.
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!((shop.imports(), shop.folder().join("a.jsonl").exists()), (1, true));
    fs::remove_file(shop.folder().join(PROCESSED)).unwrap();
    shop.wait("processed", |shop| shop.has(PROCESSED, "a.jsonl"));
    shop.wait("nothing is held", |shop| shop.trouble() == SalesTrouble { folder: None, ..held });
    assert_eq!(shop.imports(), 1);
    // Told at once as it was, then each change once.
    let told = told.lock().unwrap().clone();
    assert!(told.windows(2).all(|two| two[0] != two[1]) && told.contains(&held), "{told:?}");
}

/// Days of a till that was off: an unfinished sale in one file, its end in a later one.
#[test]
fn many_files_are_taken_in_by_name_and_those_that_are_held_keep_none_out() {
    let mut shop = Shop::closed();
    // Nothing can be put away: each file stays where it is.
    fs::write(shop.folder().join(PROCESSED), "").unwrap();
    let files = 300_usize;
    for at in 0..files {
        let (number, status) =
            (format!("29755363830177{:04}", at / 2), if at % 2 == 0 { "pending" } else { "success" });
        let line = format!("{{\"transaction_no\":\"{number}\",\"amount\":\"1.00\",\"status\":\"{status}\"}}\n");
        shop.drop_file(&format!("{}.jsonl", 1000 + at), &line);
    }
    shop.start();
    let all = i64::try_from(files).unwrap();
    shop.wait("all taken in", |shop| shop.imports() == all);
    assert_eq!(shop.sales(), all / 2);
    assert_eq!(tillback::intake::failed_files(&shop.folder()), 0, "a sale that was finished became unfinished");
    let paid = "SELECT count(*) FROM sales WHERE status = 'success'";
    assert_eq!(raw(&shop.ledger()).query_row(paid, [], |row| row.get::<_, i64>(0)), Ok(all / 2));
}

/// When it was written is not when it was taken in.
#[test]
fn an_old_file_is_kept_as_long_as_any_other_once_it_was_taken_in() {
    let shop = Shop::open();
    let whole = shop.folder().join("old.jsonl.part");
    fs::write(&whole, line(A, "39.90")).unwrap();
    let written = std::time::SystemTime::now() - Duration::from_secs(400 * 24 * 3600);
    fs::File::options().write(true).open(&whole).unwrap().set_modified(written).unwrap();
    fs::rename(whole, shop.folder().join("old.jsonl")).unwrap();
    shop.wait("taken in", |shop| shop.imports() == 1);
    shop.drop_file("next.jsonl", &line(B, "1.00"));
    shop.wait("a later round", |shop| shop.has(PROCESSED, "next.jsonl"));
    assert!(shop.has(PROCESSED, "old.jsonl"));
}

#[test]
fn a_folder_that_is_away_is_told_and_found_again() {
    let mut shop = Shop::closed();
    let away = shop.home.path().join("away");
    fs::rename(shop.folder(), &away).unwrap();
    shop.start();
    shop.wait("told", |shop| shop.trouble().folder == Some(SalesFolderFault::NotThere));
    fs::rename(&away, shop.folder()).unwrap();
    shop.wait("found", |shop| shop.trouble() == SalesTrouble::default());
    shop.drop_file("day.jsonl", &line(A, "39.90"));
    shop.wait("processed", |shop| shop.has(PROCESSED, "day.jsonl"));
}

#[test]
fn a_port_that_is_taken_stops_no_folder_and_is_listened_to_once_it_is_free() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let mut shop = Shop::closed();
    shop.start_on(port, Duration::from_millis(20));
    assert_eq!((shop.trouble().port, shop.intake.as_ref().unwrap().address()), (Some(port), None));
    shop.drop_file("day.jsonl", &line(A, "39.90"));
    shop.wait("processed", |shop| shop.has(PROCESSED, "day.jsonl"));
    drop(other);
    shop.wait("listening", |shop| shop.intake.as_ref().unwrap().address().is_some());
    assert_eq!(shop.trouble().port, None);
    let key = SalesKey::make(&shop.key()).unwrap();
    assert_eq!(shop.post_sales(key.expose(), "application/json", &line(B, "1.00")).0, 200);
}

#[test]
fn a_file_too_long_for_a_working_till_is_named() {
    let shop = Shop::open();
    let whole = shop.folder().join("year.jsonl.part");
    fs::File::create(&whole).unwrap().set_len(MAX_BYTES + 1).unwrap();
    fs::rename(whole, shop.folder().join("year.jsonl")).unwrap();
    shop.wait("a report", |shop| shop.has(FAILED, "year.jsonl.errors.txt"));
    let report = fs::read_to_string(shop.folder().join(FAILED).join("year.jsonl.errors.txt")).unwrap();
    assert!(report.contains("tillback sales import"), "{report}");
}

#[test]
fn sales_are_posted_with_the_key_alone() {
    let shop = Shop::open();
    let sale = line(A, "39.90");
    let json = "application/x-ndjson";
    assert_eq!(shop.post_sales("", json, &sale).0, 401, "there is no key yet");
    let old = SalesKey::make(&shop.key()).unwrap();
    let key = SalesKey::make(&shop.key()).unwrap();
    assert!(
        !fs::read_to_string(shop.key()).unwrap().contains(key.expose()) && !format!("{key:?}").contains(key.expose())
    );
    for wrong in ["", "x", old.expose(), &key.expose()[1..]] {
        assert_eq!(shop.post_sales(wrong, json, &sale).0, 401, "{wrong}");
    }
    assert_eq!(shop.sales(), 0);
    let (status, body) = shop.post_sales(key.expose(), json, &sale);
    assert_eq!((status, &body["added"], &body["known"]), (200, &1.into(), &0.into()));
    let (status, body) = shop.post_sales(
        key.expose(),
        "text/csv; charset=utf-8",
        &format!("transaction_no,amount\n{A},39.90\n{B},1.00\n"),
    );
    assert_eq!((status, &body["added"], &body["known"]), (200, &1.into(), &1.into()));
    let ledger = Ledger::open_read_only(&shop.ledger(), settings()).unwrap();
    assert!(ledger.find_sale(&SaleKey::Transaction(number(B))).unwrap().is_some());
    assert!(SalesKey::remove(&shop.key()).unwrap());
    assert_eq!(shop.post_sales(key.expose(), json, &sale).0, 401);
}

#[test]
fn what_is_posted_wrong_is_told() {
    let shop = Shop::open();
    let key = SalesKey::make(&shop.key()).unwrap();
    let key = key.expose();
    let json = "application/json";
    let (status, body) = shop.post_sales(key, json, &format!("{}{}", line(A, "1.00"), line(A, "2.00")));
    assert_eq!((status, &body["lines"][0]["line"]), (422, &2.into()), "{body}");
    assert_eq!(shop.sales(), 0);
    assert_eq!(shop.post_sales(key, "text/html", "<p>").0, 415);
    let head = |method: &str, path: &str| format!("{method} {path} HTTP/1.1\r\nAuthorization: Bearer {key}\r\n");
    assert_eq!(shop.post(&head("GET", "/sales"), b"").0, 405);
    assert_eq!(shop.post(&head("POST", "/refund"), b"").0, 404);
    let long = vec![b'\n'; usize::try_from(MAX_BYTES).unwrap() + 1];
    assert_eq!(shop.post(&format!("{}Content-Type: {json}\r\n", head("POST", "/sales")), &long).0, 413);
    // Programs that stall in the middle of a body do not keep the others out.
    let address = shop.intake.as_ref().unwrap().address().unwrap();
    let stalled: Vec<TcpStream> = (0..3)
        .map(|_| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(
                stream,
                "{}Host: till\r\nContent-Type: {json}\r\nContent-Length: 5000\r\n\r\n{{",
                head("POST", "/sales")
            )
            .unwrap();
            stream
        })
        .collect();
    assert_eq!(shop.post_sales(key, json, &line(A, "1.00")).0, 200);
    drop(stalled);
}

/// Any program of any user of this machine can connect, and a till that ends may be in the middle of a refund.
#[test]
fn who_has_no_key_neither_ends_the_till_nor_keeps_others_out() {
    let shop = Shop::open();
    let key = SalesKey::make(&shop.key()).unwrap();
    let address = shop.intake.as_ref().unwrap().address().unwrap();
    let said = |text: String| {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = stream.write_all(text.as_bytes());
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    };
    // A body that would take all memory there is, as it was said or as it is sent.
    for length in ["4611686018427387904", "100000000000000", "18446744073709551616", "-1", "1, 1"] {
        let answer = said(format!("POST /sales HTTP/1.1\r\nHost: till\r\nContent-Length: {length}\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 4"), "{length}: {answer}");
    }
    // Heads without an end.
    let answer = said(format!("POST /sales HTTP/1.1\r\nX: {}", "x".repeat(1024 * 1024)));
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    let many = "X: x\r\n".repeat(10_000);
    let answer = said(format!("POST /sales HTTP/1.1\r\n{many}\r\n"));
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert!(said("\u{1}\u{2}\r\n\r\n".to_owned()).starts_with("HTTP/1.1 400"));
    // Those who say nothing, more of them than are listened to at a time.
    let silent: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(address).unwrap()).collect();
    let deadline = Instant::now() + PATIENCE;
    let sale = line(A, "1.00");
    let (key, length) = (key.expose(), sale.len());
    let head =
        format!("POST /sales HTTP/1.1\r\nHost: till\r\nAuthorization: Bearer {key}\r\nContent-Length: {length}\r\n");
    while !said(format!("{head}Content-Type: application/json\r\n\r\n{sale}")).starts_with("HTTP/1.1 200") {
        assert!(Instant::now() < deadline, "whoever says nothing keeps others out");
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(silent);
}

/// As till programs of many makes send it.
#[test]
fn a_body_may_come_in_chunks_and_wait_to_be_asked_for() {
    let shop = Shop::open();
    let key = SalesKey::make(&shop.key()).unwrap();
    let address = shop.intake.as_ref().unwrap().address().unwrap();
    let head = format!(
        "POST /sales HTTP/1.1\r\nHost: till\r\nauthorization: bearer {}\r\ncontent-type: application/json\r\n",
        key.expose()
    );
    let sale = line(A, "1.00");
    let (first, last) = sale.split_at(9);
    let chunk = |text: &str| format!("{:x};part\r\n{text}\r\n", text.len());
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "{head}Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n").unwrap();
    let mut go_on = [0_u8; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    write!(stream, "{}{}0\r\nTrailer: x\r\n\r\n", chunk(first), chunk(last)).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("\"added\":1"), "{answer}");
    // Without a key nothing is asked for.
    let refused = exchange(address, "POST /sales HTTP/1.1\r\nExpect: 100-continue\r\n", b"");
    assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
    // Chunks that make no sense, that end too soon, or of which there is no end.
    for body in ["zz\r\n", "ffffffffffffffff\r\nx", "5\r\nab"] {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{head}Transfer-Encoding: chunked\r\n\r\n{body}").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 4"), "{body}: {answer}");
    }
    assert_eq!(shop.sales(), 1);
}

#[test]
fn it_listens_on_this_machine_alone() {
    let shop = Shop::open();
    assert!(shop.intake.as_ref().unwrap().address().unwrap().ip().is_loopback());
}

#[test]
fn a_running_till_takes_files_and_a_training_till_does_not() {
    for training in [false, true] {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("sales")).unwrap();
        let config = home.path().join("tillback.toml");
        let text = format!(
            "[terminal]\nname = \"T1\"\ntraining = {training}\n[gateway]\nenvironment = \"http://127.0.0.1:9\"\n\
             merchant_no = \"200043\"\nstore_no = \"300014\"\n[sales]\nfolder = \"sales\"\n"
        );
        fs::write(&config, text).unwrap();
        let tillback = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tillback"));
            command.arg("--config").arg(&config).arg("--data").arg(home.path().join("data")).args(arguments);
            command.env("TILLBACK_TOKEN", "00000000000000000000000000000000").stdin(Stdio::piped());
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command
        };
        let file = home.path().join("sales").join("day.jsonl");
        fs::write(&file, line(A, "39.90")).unwrap();
        let checks = String::from_utf8(tillback(&["doctor"]).output().unwrap().stdout).unwrap();
        assert_eq!(checks.contains("sales folder"), !training, "{checks}");
        if training {
            continue;
        }
        let mut till = tillback(&["headless"]).spawn().unwrap();
        let deadline = Instant::now() + PATIENCE;
        while file.exists() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(50));
        }
        drop(till.stdin.take());
        let ended = till.wait_with_output().unwrap();
        assert!(ended.status.success() && !file.exists(), "{}", String::from_utf8_lossy(&ended.stderr));
        let key = tillback(&["sales", "key"]).output().unwrap();
        assert_eq!(String::from_utf8(key.stdout).unwrap().trim().len(), 64);
        let gone = tillback(&["sales", "key", "--remove"]).output().unwrap();
        assert!(gone.status.success() && gone.stdout.is_empty());
        let record = String::from_utf8(tillback(&["audit", "export"]).output().unwrap().stdout).unwrap();
        assert!(record.contains(",sales_key_made,") && record.contains(",sales_key_removed,"), "{record}");
    }
}
