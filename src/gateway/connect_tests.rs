//! Failures before the first byte of a request: name, connection, TLS. All of them are `NotSent`, and the other side
//! has seen no request. `fault_tests` runs and counts them with the other faults of T4.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use reqwest::{Method, Url};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::fault_tests::cell;
use super::transport::{Exchange, Route};
use super::*;
use crate::domain::*;
use crate::ledger::Recorded;
use crate::sandbox::{SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN};

fn settings(url: &str) -> ClientSettings {
    let token = ApiToken::parse(SAMPLE_TOKEN).unwrap();
    let environment = Environment::parse(url).unwrap();
    ClientSettings {
        connect_timeout: Duration::from_secs(5),
        ..ClientSettings::new(environment, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, token)
    }
}

fn key() -> SaleKey {
    SaleKey::Transaction(TransactionNo::parse("297553638301777927").unwrap())
}

fn recorded() -> Recorded {
    let amount = Money::from_minor(1, Currency::USD).unwrap();
    Recorded::for_test(RefundReference::parse("r1").unwrap(), key(), amount, Currency::USD)
}

/// The refund is `NotSent`, the query not reached, the ping not reached: all for the same cause.
#[track_caller]
fn check(settings: &ClientSettings, cause: NotSentCause) {
    let client = Client::new(settings.clone()).unwrap();
    assert_eq!(client.send_refund(recorded()), Outcome::NotSent { cause });
    assert_eq!(client.query(&key()), QueryAnswer::Failed(QueryFailure::NotReached(cause)));
    assert_eq!(client.ping(), Reachability::NotReached(cause));
    // The refund and the query: nobody has executed anything, as nobody was reached.
    cell();
    cell();
}

/// Every one of them.
pub(super) fn before_the_first_byte() {
    nobody_listens();
    nobody_answers();
    names_that_lead_nowhere_or_elsewhere();
    certificates_that_are_not_trusted();
    what_is_no_tls();
    a_handshake_that_never_ends();
}

fn nobody_listens() {
    // A port of the system's own, which is never given to whoever asks for any: one that was free a moment ago may be
    // another test's by now.
    for address in ["http://127.0.0.1:1", "https://127.0.0.1:1", "http://localhost:1"] {
        check(&settings(address), NotSentCause::Unreachable);
    }
}

fn nobody_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // A full queue of connections nobody accepts: from then on the system does not answer at all.
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
        waiting.push(stream);
    }
    for scheme in ["http", "https"] {
        let settings = settings(&format!("{scheme}://{address}"));
        check(&ClientSettings { connect_timeout: Duration::from_millis(200), ..settings }, NotSentCause::Unreachable);
    }
}

fn names_that_lead_nowhere_or_elsewhere() {
    let route = |host: &str, loopback_only| Route {
        base: Url::parse(&format!("https://{host}")).unwrap(),
        loopback_only,
        connect_timeout: Duration::from_secs(2),
        total_timeout: Duration::from_secs(5),
        extra_roots: Vec::new(),
    };
    // A label of 64 characters (RFC 1035 allows 63) fails in every resolver, those that invent answers included.
    let nowhere = format!("{}.invalid", "x".repeat(64));
    for (host, loopback_only) in [(nowhere.as_str(), false), (nowhere.as_str(), true), ("192.0.2.1", true)] {
        let exchange = route(host, loopback_only).exchange(Method::POST, "/", b"{}".to_vec());
        assert!(matches!(exchange, Exchange::NotSent(NotSentCause::NameNotFound)), "{host}: {exchange:?}");
        cell();
    }
}

/// What a TLS server shows.
struct Identity {
    authority: Vec<u8>,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

fn identity(name: &str, last_year: i32) -> Identity {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().unwrap();
    let mut own = CertificateParams::new(vec![name.to_owned()]).unwrap();
    own.not_before = date_time_ymd(2020, 1, 1);
    own.not_after = date_time_ymd(last_year, 1, 1);
    let certificate = own.signed_by(&key, &issuer).unwrap();
    Identity {
        authority: authority_certificate.der().to_vec(),
        certificate: certificate.der().clone(),
        key: key.serialize_der(),
    }
}

/// Serves every connection over TLS with "no such transaction", and tells what it has read of requests.
fn tls_server(identity: &Identity) -> (SocketAddr, Receiver<Vec<u8>>) {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let key = PrivatePkcs8KeyDer::from(identity.key.clone());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![identity.certificate.clone()], key.into())
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (seen, requests) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut tls = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream.unwrap());
            let mut buffer = vec![0; 4096];
            let Ok(count @ 1..) = tls.read(&mut buffer) else { continue };
            buffer.truncate(count);
            if seen.send(buffer).is_err() {
                return;
            }
            let body = r#"{"ret_code":"000021"}"#;
            let answer =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
            drop(tls.write_all(answer.as_bytes()));
            tls.conn.send_close_notify();
            drop(tls.flush());
        }
    });
    (address, requests)
}

#[track_caller]
fn check_not_trusted(identity: &Identity, trusted: &[Vec<u8>], host: &str) {
    let (address, requests) = tls_server(identity);
    let settings = settings(&format!("https://{host}:{}", address.port()));
    check(&ClientSettings { extra_roots: trusted.to_vec(), ..settings }, NotSentCause::NotTrusted);
    assert!(requests.try_recv().is_err(), "a byte of the request has left");
}

#[test]
fn a_good_certificate_is_trusted() {
    let good = identity("localhost", 2100);
    let (address, requests) = tls_server(&good);
    let settings = settings(&format!("https://localhost:{}", address.port()));
    let client = Client::new(ClientSettings { extra_roots: vec![good.authority], ..settings }).unwrap();
    assert_eq!(client.query(&key()), QueryAnswer::NoSuchSale);
    assert!(requests.try_recv().unwrap().starts_with(b"POST /app-data-search/v3/tran-query HTTP/1.1"));
    let declined = Outcome::Declined { cause: DeclineCause::NoSuchSale, code: "000021".to_owned() };
    assert_eq!(client.send_refund(recorded()), declined);
}

fn certificates_that_are_not_trusted() {
    let good = identity("localhost", 2100);
    check_not_trusted(&good, &[], "localhost");
    check_not_trusted(&good, &[identity("localhost", 2100).authority], "localhost");
    check_not_trusted(&good, std::slice::from_ref(&good.authority), "127.0.0.1");
    let expired = identity("localhost", 2021);
    check_not_trusted(&expired, std::slice::from_ref(&expired.authority), "localhost");
    let other = identity("gateway.example.com", 2100);
    check_not_trusted(&other, std::slice::from_ref(&other.authority), "localhost");
}

/// Answers each connection's first bytes with these and hangs up.
fn server_that_says(words: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut hello = [0; 4096];
            drop(stream.read(&mut hello));
            drop(stream.write_all(words));
        }
    });
    address
}

fn what_is_no_tls() {
    for words in [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], b"", b"\x15\x03\x01\x00\x02\x02\x28"] {
        let address = server_that_says(words);
        check(&settings(&format!("https://{address}")), NotSentCause::NotTrusted);
    }
}

fn a_handshake_that_never_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let settings = settings(&format!("https://{}", listener.local_addr().unwrap()));
    check(&ClientSettings { connect_timeout: Duration::from_millis(200), ..settings }, NotSentCause::Unreachable);
}
