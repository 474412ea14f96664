//! The simulated gateway: keeps the book that every promise is checked against, and answers as badly as chance wants.

use std::panic::panic_any;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tillback::domain::{Money, NotSentCause, Outcome, SaleKey, UnknownCause};
use tillback::gateway::outcome::{Asked, of_query, of_refund};
use tillback::gateway::{QueryAnswer, QueryFailure};
use tillback::ledger::Recorded;
use tillback::terminal::Gateway;

use super::Chance;

/// The process stops here, as by a power cut.
pub struct Accident;

/// One execution of a refund.
#[derive(Debug, Clone)]
pub struct Executed {
    pub number: String,
    pub reference: String,
    pub amount: Money,
    pub status: &'static str,
}

/// The gateway's own memory; it survives every accident of the till.
pub struct Book {
    pub paid: Vec<(String, Money)>,
    pub executed: Vec<Executed>,
    /// References of the requests that arrived, executed or not.
    pub arrived: Vec<String>,
}

pub struct SimulatedGateway {
    pub book: Arc<Mutex<Book>>,
    pub chance: Arc<Mutex<Chance>>,
    /// How bad the network is: a fault once in so many exchanges.
    pub fault_once_in: u64,
}

impl SimulatedGateway {
    fn roll(&self, n: u64) -> u64 {
        self.chance.lock().unwrap_or_else(std::sync::PoisonError::into_inner).below(n)
    }

    fn accident(&self) {
        if self.roll(12) == 0 {
            panic_any(Accident);
        }
    }

    /// Executes if the rules of the gateway allow it. Does not deduplicate.
    fn execute(&self, refund: &Recorded, status: &'static str) -> Result<(), &'static str> {
        let mut book = self.book.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        book.arrived.push(refund.reference().to_string());
        let number = refund.sale_key().as_str().to_owned();
        let Some((_, paid)) = book.paid.iter().find(|(known, _)| *known == number).cloned() else {
            return Err("000021");
        };
        let taken: i64 = book.executed.iter().filter(|e| e.number == number).map(|e| e.amount.minor()).sum();
        if taken + refund.amount().minor() > paid.minor() {
            return Err("000040");
        }
        let reference = refund.reference().to_string();
        book.executed.push(Executed { number, reference, amount: refund.amount(), status });
        Ok(())
    }

    fn success(refund: &Recorded, status: &str) -> Value {
        let amount = refund.amount();
        json!({"ret_code": "000100", "ret_msg": "refund success ", "result": {
            "transactionNo": refund.sale_key().as_str(), "refundReference": refund.reference().as_str(),
            "amount": amount.decimal(), "refundAmount": amount.decimal(), "currency": amount.currency().code(),
            "status": status, "refundTransactionNo": "297553638302358781", "settleCurrency": "USD"}})
    }

    fn bad_answer(&self, refund: &Recorded) -> Outcome {
        let asked = asked(refund);
        let mut echo = Self::success(refund, "success");
        match self.roll(9) {
            0 => of_refund(502, b"<html>", &asked),
            1 => of_refund(200, b"{\"ret_code\":", &asked),
            2 => of_refund(200, br#"{"ret_code":"000080"}"#, &asked),
            3 => of_refund(200, br#"{"ret_code":"000000","result":{}}"#, &asked),
            4 => of_refund(200, br#"{"ret_code":"999999"}"#, &asked),
            5 => {
                echo["result"]["refundReference"] = json!("SOMEBODY-ELSES");
                of_refund(200, echo.to_string().as_bytes(), &asked)
            }
            6 => {
                echo["result"]["refundAmount"] = json!("0.01");
                of_refund(200, echo.to_string().as_bytes(), &asked)
            }
            7 => Outcome::Unknown { cause: UnknownCause::TimedOut, code: None },
            _ => Outcome::Unknown { cause: UnknownCause::ConnectionLost, code: None },
        }
    }
}

fn asked(refund: &Recorded) -> Asked {
    Asked { sale_key: refund.sale_key().clone(), amount: refund.amount(), reference: refund.reference().clone() }
}

impl Gateway for SimulatedGateway {
    fn send_refund(&self, refund: Recorded) -> Outcome {
        self.accident();
        if self.roll(self.fault_once_in) == 0 {
            return Outcome::NotSent { cause: NotSentCause::Unreachable };
        }
        if self.roll(self.fault_once_in) == 0 {
            // Lost on the way, or garbled on the way back: executed or not, the answer does not say.
            if self.roll(2) == 0 {
                let _ = self.execute(&refund, "success");
            }
            self.accident();
            return self.bad_answer(&refund);
        }
        let status = if self.roll(8) == 0 { "pending" } else { "success" };
        let done = self.execute(&refund, status);
        self.accident();
        let body = match done {
            Ok(()) => Self::success(&refund, status).to_string(),
            Err(code) => json!({"ret_code": code, "ret_msg": "no", "result": null}).to_string(),
        };
        of_refund(200, body.as_bytes(), &asked(&refund))
    }

    fn query(&self, key: &SaleKey) -> QueryAnswer {
        self.accident();
        if self.roll(self.fault_once_in) == 0 {
            return match self.roll(3) {
                0 => QueryAnswer::Failed(QueryFailure::NoAnswer),
                1 => of_query(503, b"busy", key),
                _ => of_query(200, b"{}", key),
            };
        }
        let mut book = self.book.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let number = key.as_str().to_owned();
        let Some((_, paid)) = book.paid.iter().find(|(known, _)| *known == number).cloned() else {
            return of_query(200, br#"{"ret_code":"000021","result":null}"#, key);
        };
        let mut refunds = vec![];
        for refund in book.executed.iter_mut().filter(|refund| refund.number == number) {
            refunds.push(json!({"refundTransactionId": "1", "refundReference": refund.reference,
                "refundAmount": refund.amount.decimal(), "currency": refund.amount.currency().code(),
                "status": refund.status}));
            refund.status = "success";
        }
        let body = json!({"ret_code": "000100", "result": {"transactionNo": number, "amount": paid.decimal(),
            "currency": "USD", "settleCurrency": "USD", "status": "success", "transactionType": "payment",
            "refundInfo": refunds}});
        of_query(200, body.to_string().as_bytes(), key)
    }

    fn reachable(&self) -> bool {
        true
    }
}
