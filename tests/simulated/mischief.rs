//! What goes wrong below the screens, and behind the program's back: a desk that mixes things up, a ledger whose own rules
//! are gone, hands in the audit record, names that lead elsewhere. **The program keeps every promise all the same.**

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use tillback::domain::{
    EvidenceNumber, HandDecision, Intention, Money, Pin, Proof, Reason, RefundState, Role, Verdict,
};
use tillback::flow::{Effect, RefundOrder, Turn, What};
use tillback::gateway::{ApiToken, Client, ClientError, ClientSettings, Environment, within_reach};

use super::network::{Line, MERCHANT, STORE, TOKEN};
use super::people::person;
use super::promises::{self, Broken};
use super::shop::Shop;
use super::till::Till;
use crate::tampered;

/// How rare a mix-up at the desk is.
const RARE: u64 = 12;

impl Shop {
    /// An effect that a muddled desk would ask for in place of this one: another refund under the yes to this one, or the
    /// same when the yes has run out.
    pub fn muddled(&self, till: &Till, effect: &Effect) -> Option<Effect> {
        if let Effect::Approve { turn, intention, approver, proof: proof @ Proof::Badge(_) } = effect {
            // In the name of a manager whose badge nobody showed.
            let other = self.another_manager(approver).filter(|_| self.is_stormy() && self.chance.once_in(8))?;
            let (turn, intention, approver) = (*turn, intention.clone(), other.id.clone());
            return Some(Effect::Approve { turn, intention, approver, proof: proof.clone() });
        }
        let Effect::Approve { turn, intention, approver, proof } = effect else { return None };
        if !self.is_stormy() || !self.chance.once_in(RARE) {
            return None;
        }
        let now = self.time.shown();
        // An accident may end the process in the middle of it.
        let yes = || till.duties.ledger().approve(intention, approver, proof.clone(), now);
        let approval = catch_unwind(AssertUnwindSafe(yes)).ok()?.ok()?;
        let mut other: Intention = (**intention).clone();
        match self.chance.below(5) {
            0 => other.reason = Reason::parse("Something else").expect("a reason"),
            1 => {
                let more = Money::from_minor(other.amount.minor() + 1, other.amount.currency());
                other.amount = more.expect("an amount");
            }
            2 => {
                let those: Vec<_> = self.staff.iter().filter(|person| person.id != other.requester).collect();
                other.requester = self.chance.one_of(&those).id.clone();
            }
            3 => other.left_seen = other.amount,
            _ => {
                self.time.pass(i64::from(self.policy.approval_seconds) * 1000);
                return Some(Effect::RecordRefund { turn: *turn, approval, intention: intention.clone() });
            }
        }
        (other != **intention).then(|| Effect::RecordRefund { turn: *turn, approval, intention: Box::new(other) })
    }

    /// What a desk that lost its mind asks for by itself: to send what was sent, to send again what may be executed, or to
    /// have it that this did not happen.
    pub fn unasked(&self, till: &Till) -> Option<Effect> {
        let known = till.duties.ledger().refunds(&tillback::ledger::RefundFilter::default()).unwrap_or_default();
        let open: Vec<_> = known.iter().filter(|refund| refund.state.as_str() != "prepared").collect();
        if open.is_empty() {
            return None;
        }
        // What nobody knows of is where sending again does harm.
        let unknown: Vec<_> = open.iter().copied().filter(|refund| refund.state == RefundState::Unknown).collect();
        let again = !unknown.is_empty() && !self.chance.once_in(4);
        let refund = *self.chance.one_of(if again { &unknown } else { &open });
        if !again && self.chance.once_in(2) {
            return Some(Effect::SendRefund { reference: refund.reference.clone() });
        }
        let manager = self.staff.iter().find(|person| person.role == Role::Manager).expect("on the staff");
        let reason = Reason::parse("It has to be").expect("a reason");
        let order = if refund.state == RefundState::Unknown && self.chance.once_in(3) {
            // The clock put forward, so that ten minutes seem to be over.
            self.set_the_clock(3_600_000);
            let evidence = EvidenceNumber::parse("R-0816").expect("a number");
            RefundOrder::Decide(HandDecision { verdict: Verdict::NotExecuted, reason, evidence })
        } else {
            RefundOrder::SendAgain { reason }
        };
        let pin = Pin::parse(person(manager).pin).expect("a PIN");
        promises::an_order(self, refund, &order, &manager.id);
        let (reference, approver) = (refund.reference.clone(), manager.id.clone());
        Some(Effect::OrderRefund { turn: Turn::default(), reference, order, approver, proof: Proof::Pin(pin) })
    }
}

/// Nobody approved what a muddled desk asked for.
pub fn after_a_muddle(shop: &Shop, what: &What) {
    match what {
        What::RefundRecorded { refund, .. } => {
            shop.broken(format!("I6: {} was recorded under an approval for something else", refund.reference));
        }
        What::Approved { .. } => shop.broken("I6: a badge approved in the name of somebody else".to_owned()),
        _ => {}
    }
}

/// Takes a ledger's own rules away, triggers and what ties an amount to what was left: the program stands alone.
pub fn take_rules_away(database: &Connection) {
    let rules: Vec<String> = {
        let keep = "('audit_follows_its_head', 'audit_moves_its_head', 'simulated_full', 'simulated_commit')";
        let sql = format!("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name NOT IN {keep}");
        let mut statement = database.prepare(&sql).expect("a question");
        let rules = statement.query_map([], |row| row.get(0)).expect("the rules");
        rules.map(Result::unwrap).collect()
    };
    assert!(rules.len() > 10, "few rules: {rules:?}");
    for rule in rules {
        database.execute_batch(&format!("DROP TRIGGER {rule}")).expect("away");
    }
    database.execute_batch("PRAGMA writable_schema = ON").expect("a switch");
    let sql = "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (left_minor >= amount_minor)', '')
               WHERE name = 'approvals' AND instr(sql, 'CHECK (left_minor >= amount_minor)') > 0";
    assert_eq!(database.execute(sql, []), Ok(1), "the rule is written otherwise");
    database.execute_batch("PRAGMA writable_schema = RESET").expect("a switch");
}

/// One change to the record as somebody with the file and SQLite makes it.
pub struct Tampering {
    pub what: &'static str,
    pub sql: String,
    /// The chain is written anew over it: then only a printed head shows it.
    pub rebuilt: bool,
}

impl Tampering {
    /// Number `how` of the ways, at row `seq` of so many.
    pub fn new(how: u64, seq: i64, count: i64, rebuilt: bool) -> Self {
        let edit = |what: &str| format!("UPDATE audit SET {what} WHERE seq = {seq}");
        // The last row has none behind it.
        let seq_with_next = seq.min(count - 1).max(1);
        let (what, sql) = match how {
            0 => ("who", edit("who = 'nobody'")),
            1 => ("when", edit("at = at + 1")),
            2 => ("what", edit("what = 'nothing'")),
            3 => ("about what", edit("subject = 'something'")),
            4 => ("detail", edit("detail = '{\"edited\":\"yes\"}'")),
            5 => ("hash", edit("hash = zeroblob(32)")),
            6 => ("deleted", format!("DELETE FROM audit WHERE seq = {seq}")),
            7 => ("cut", format!("DELETE FROM audit WHERE seq >= {seq}")),
            // One that says the same as the last and has the chain written anew over it is a record that went on.
            8 if count > 1 && rebuilt => {
                let edit = format!("UPDATE audit SET subject = 'something' WHERE seq = {}", seq_with_next + 1);
                ("inserted", format!("{}; {edit}", tampered::insert_behind(seq_with_next)))
            }
            8 if count > 1 => ("inserted", tampered::insert_behind(seq_with_next)),
            9 if count > 1 => ("swapped", tampered::swap_with_next(seq_with_next)),
            _ => ("emptied", "DELETE FROM audit".to_owned()),
        };
        // A hash alone, or two rows that say the same, are as they were once the chain is written anew.
        Self { what, sql, rebuilt: rebuilt && !matches!(how, 5 | 9) }
    }

    /// The kinds there are.
    pub const KINDS: u64 = 11;

    pub fn carry_out(&self, database: &Connection) {
        database.execute_batch("BEGIN").expect("a start");
        database.execute_batch(tampered::NO_TRIGGERS).expect("no triggers");
        database.execute_batch(&self.sql).expect("a change");
        if self.rebuilt {
            tampered::rebuild(database);
        } else if self.what == "cut" || self.what == "emptied" {
            // The head moved back to hide it.
            let head = "UPDATE audit_head SET count = (SELECT count(*) FROM audit),
                 hash = coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), zeroblob(32))";
            database.execute_batch(head).expect("a head");
        }
        database.execute_batch("COMMIT").expect("an end");
    }

    /// Whether the chain itself shows it, without anything printed.
    pub fn breaks_the_chain(&self) -> bool {
        !self.rebuilt && !matches!(self.what, "cut" | "emptied")
    }
}

/// Promise I9, with addresses of this seed's: a training client is made for no other machine, and connects to none,
/// wherever a name leads.
pub fn training_stays_here(shop: &std::sync::Arc<Shop>) -> Result<(), Broken> {
    let chance = |n: u64| shop.chance.below(n);
    let octet = |from: u64, to: u64| u8::try_from(from + chance(to - from)).expect("below 256");
    let port = u16::try_from(1 + chance(65_535)).expect("a port");
    let far4 = Ipv4Addr::new(octet(128, 224), octet(0, 256), octet(0, 256), octet(1, 255));
    let far6 = Ipv6Addr::new(0x2000 + u16::from(octet(0, 256)), 0xdb8, 0, 0, 0, 0, 0, 1 + u16::from(octet(0, 255)));
    let near4 = Ipv4Addr::new(127, octet(0, 256), octet(0, 256), octet(1, 255));
    let far = [
        SocketAddr::from((far4, port)),
        SocketAddr::from((far6, port)),
        SocketAddr::from((Ipv4Addr::new(10, octet(0, 256), 0, 1), port)),
        SocketAddr::from((far4.to_ipv6_mapped(), port)),
        SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)),
        SocketAddr::from((Ipv6Addr::UNSPECIFIED, port)),
    ];
    let near = [SocketAddr::from((near4, port)), SocketAddr::from((Ipv6Addr::LOCALHOST, port))];
    let mixed = far.iter().chain(&near).copied().collect();
    let reached = within_reach(mixed, true);
    if reached != near {
        return Err(format!("I9: a name leads training to {reached:?}"));
    }
    let tricks = [
        format!("http://{far4}:{port}"),
        format!("https://[{far6}]:{port}"),
        format!("http://{near4}.example.com:{port}"),
        format!("http://localhost.example.com:{port}"),
        format!("http://{near4}@{far4}:{port}"),
        format!("http://{}:{port}", u32::from(far4)),
        format!("http://[{}]:{port}", far4.to_ipv6_mapped()),
    ];
    for trick in &tricks {
        if let Ok(environment) = Environment::parse(trick) {
            return Err(format!("I9: {trick} is taken for this machine: {environment}"));
        }
    }
    for environment in [Environment::Production, Environment::Sandbox, Environment::SandboxOld] {
        let token = ApiToken::parse(TOKEN).expect("a token");
        let settings =
            ClientSettings { loopback_only: true, ..ClientSettings::new(environment, MERCHANT, STORE, token) };
        let line = Line { shop: std::sync::Arc::downgrade(shop), till: 0 };
        let made = Client::through(settings, std::sync::Arc::new(line)).map(|_| ());
        if made != Err(ClientError::NotLoopback) {
            return Err(format!("I9: training with {made:?} of another host"));
        }
    }
    Ok(())
}
