//! A till program that posts one sale to the terminal.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// A port that nobody had a moment ago.
pub fn free_port() -> u16 {
    let any = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    any.local_addr().expect("its address").port()
}

/// What the terminal answers to a sale that is posted with that key; it may take a moment until it listens.
pub fn sale(port: u16, key: &str, patience: Duration) -> String {
    let body = r#"{"transaction_no":"297553638309999927","amount":"1.00"}"#;
    let request = format!(
        "POST /sales HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/x-ndjson\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let began = Instant::now();
    let mut stream = loop {
        match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            Ok(stream) => break stream,
            Err(error) => assert!(began.elapsed() < patience, "nobody listens: {error}"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}
