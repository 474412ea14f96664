//! T2: the real binary, killed at random moments in a loop of refunds on one ledger that is kept through all of it.
//! `TILLBACK_KILLS` sets how many, `TILLBACK_SEED` where and with what the gateway did.
//!
//! A kill comes between nothing and a fifth more than a refund's length after the cashier has scanned. At each start
//! everything that may have been sent is shown; at the end nothing executed is lost and nothing was executed twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]
#![cfg(unix)]

mod till_support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use till_support::relay::Relay;
use till_support::{End, House, PATIENCE, Till, check, gateway, number};
use tillback::domain::{Refund, RefundState, ResolvePolicy};
use tillback::ledger::{Randomness, SeededRandomness};
use tillback::sandbox::{ErrorBody, Fault, Injection, SandboxHandle};

/// Kills in CI.
const KILLS: usize = 50;
const SEED: u64 = 20_261_122;
/// A refund's length is measured anew before so many kills: machines are busy now and idle then.
const PER_MEASURE: usize = 10;
/// Three answers without it, but not over ten minutes: else what was never sent would be asked about to the end.
const RESOLVE: ResolvePolicy = ResolvePolicy { not_found_answers: 3, not_found_span_seconds: 0 };

fn from_environment<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

fn below(random: &mut SeededRandomness, n: u64) -> u64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes).expect("seeded");
    u64::from_le_bytes(bytes) % n
}

/// Executes more often than not; else loses the answer, refuses, or does nothing.
fn play(which: u64) -> Injection {
    match which {
        0..4 => Injection::on_refund(Fault::Honest).executing(true),
        4 => Injection::on_refund(Fault::ResetAfterRequest).executing(true),
        5 => Injection::on_refund(Fault::RetCode { code: "000040".to_owned() }),
        _ => Injection::on_refund(Fault::Status { status: 503, body: ErrorBody::Html }),
    }
}

struct Shop {
    house: House,
    gateway: SandboxHandle,
    relay: Relay,
}

impl Shop {
    #[track_caller]
    fn at_rest(&self, kill: usize) -> Vec<Refund> {
        self.relay.wait_until_quiet();
        check::promises(&self.house, &self.relay, &self.gateway)
            .unwrap_or_else(|broken| panic!("after kill {kill}: {broken:#}"))
    }

    /// A start that shows all that is open.
    #[track_caller]
    fn start(&self, kill: usize) -> Till {
        let open = check::open(&self.at_rest(kill));
        // Else one may be resolved before the first look at the screen.
        self.relay.hold_queries(true);
        let mut till = Till::start(&self.house, "");
        assert!(till.shows(|shown| shown["screen"] == "locked"), "kill {kill}: no start:\n{}", self.house.said());
        assert_eq!(till.shown["unresolved"], open, "I3: after kill {kill} {open} are open; shown: {}", till.shown);
        self.relay.hold_queries(false);
        till.say(r#"{"do":"sign_in","name":"Mei Chen","pin":"7391"}"#);
        assert!(till.shows(|shown| shown["screen"] == "ready"), "kill {kill}: it ended");
        till
    }

    /// How long a refund takes that nobody disturbs.
    fn measure(&self, number: &str) -> Duration {
        let mut till = self.start(0);
        let began = Instant::now();
        assert!(matches!(till.refund(number), End::Result(_)), "a refund that nobody disturbs");
        let took = began.elapsed();
        till.quit();
        took
    }

    /// Runs until everything executed is known as refunded, or patience ends.
    fn resolve(&self) -> Vec<Refund> {
        let till = self.start(usize::MAX);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let refunds = check::refunds(&self.house.at_rest().expect("a ledger")).expect("refunds");
            let executed = self.gateway.book();
            let found = |reference: &str| {
                let found = refunds.iter().find(|refund| refund.reference.as_str() == reference);
                found.is_some_and(|refund| refund.state == RefundState::Refunded)
            };
            if executed.iter().all(|entry| found(&entry.refund_reference)) || Instant::now() > deadline {
                till.quit();
                return self.at_rest(usize::MAX);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn killed_at_random_nothing_is_lost_and_nothing_is_sent_twice() {
    let kills = from_environment("TILLBACK_KILLS").unwrap_or(KILLS);
    let seed = from_environment("TILLBACK_SEED").unwrap_or(SEED);
    let mut random = SeededRandomness::new(seed);
    let sales = kills + kills.div_ceil(PER_MEASURE);
    let gateway = gateway(sales);
    let relay = Relay::to(gateway.addr());
    let house = House::with(&relay.url(), RESOLVE);
    house.furnish(sales);
    let shop = Shop { house, gateway, relay };
    let mut within = Duration::ZERO;
    let mut stood: BTreeMap<&str, usize> = BTreeMap::new();
    for kill in 0..kills {
        if kill % PER_MEASURE == 0 {
            within = shop.measure(&number(kills + kill / PER_MEASURE)) * 6 / 5;
        }
        let number = number(kill);
        shop.gateway.inject(play(below(&mut random, 7)).for_sale(&number));
        let mut till = shop.start(kill);
        let known = check::refunds(&shop.house.at_rest().expect("a ledger")).expect("refunds").len();
        let micros = u64::try_from(within.as_micros()).expect("short");
        till.kill_in(Duration::from_micros(below(&mut random, micros + 1)));
        // Done or refused before its time, it stands there until it comes.
        if till.refund(&number) != End::Died {
            while till.next().is_some() {}
        }
        let now = check::refunds(&shop.house.at_rest().expect("a ledger")).expect("refunds");
        let stands = if now.len() > known { now[0].state.as_str() } else { "not recorded" };
        *stood.entry(stands).or_default() += 1;
    }
    let refunds = shop.resolve();
    let executed = shop.gateway.book();
    let is_refunded = |reference: &str| {
        refunds.iter().any(|refund| refund.reference.as_str() == reference && refund.state == RefundState::Refunded)
    };
    let lost = executed.iter().filter(|entry| !is_refunded(&entry.refund_reference)).count();
    let mut sales: Vec<_> = executed.iter().map(|entry| &entry.transaction_no).collect();
    sales.sort();
    sales.dedup();
    let double = executed.len() - sales.len();
    println!(
        "T2: {kills} kills, {lost} lost, {double} double; seed {seed}; last within {within:?}; the refund then: {stood:?}; \
         {} executed, {} recorded",
        executed.len(),
        refunds.len()
    );
    assert_eq!((lost, double), (0, 0));
    // Kills that hit nothing prove nothing.
    assert!(["prepared", "sent", "unknown"].iter().any(|state| stood.contains_key(state)), "{stood:?}");
}
