//! The ways to fail, and when.
//!
//! **A fault never changes what was executed**: whether the gateway executes is chosen beside it, so that every fault is
//! played both ways. The list is the one of the design's promises, test T4.

use serde::{Deserialize, Serialize};

use crate::domain::SaleStatus;

/// Which request a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// A refund.
    #[default]
    Refund,
    /// A question about a sale.
    Query,
}

/// What stands in the body of an HTTP error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorBody {
    /// Nothing.
    #[default]
    Empty,
    /// A page, as proxies write it.
    Html,
    /// The very answer a success would have: an error's status must weigh more.
    Json,
}

/// A field of the answer that repeats what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchoField {
    /// `amount` and `refundAmount`.
    Amount,
    /// `transactionNo`.
    TransactionNo,
    /// `refundReference`.
    RefundReference,
    /// `currency`.
    Currency,
    /// `status`.
    Status,
}

/// A way to answer, or not to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Fault {
    /// Answers as it should. For what is chosen beside the fault: not executing, or hiding the refund from queries.
    #[default]
    Honest,
    /// Resets the connection before it has read the request (when it executes: as soon as it has).
    ResetMidRequest,
    /// Reads the request, then resets the connection.
    ResetAfterRequest,
    /// Reads the request, then closes the connection properly, without a word.
    HangUp,
    /// Reads the request and says nothing.
    NeverAnswer,
    /// Half of the body it announced, then the end.
    TruncatedBody,
    /// Half of the body it announced, then silence.
    StalledBody,
    /// Announces more than it sends.
    LengthTooLong,
    /// Announces less than it sends.
    LengthTooShort,
    /// An HTTP status.
    Status {
        /// Such as 502.
        status: u16,
        /// What comes with it.
        #[serde(default)]
        body: ErrorBody,
    },
    /// Sends the client to the same address again: one that follows pays twice.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
    },
    /// A page under HTTP 200, as a captive portal writes it.
    HtmlOk,
    /// Not quite JSON.
    MalformedJson,
    /// Not even HTTP.
    NotHttp,
    /// A return code and no result.
    RetCode {
        /// Such as `000080`.
        code: String,
    },
    /// One field is of another refund.
    WrongEcho {
        /// Which.
        field: EchoField,
    },
    /// One field is missing.
    MissingEcho {
        /// Which.
        field: EchoField,
    },
    /// One byte at a time.
    SlowTrickle {
        /// Between two bytes.
        interval_ms: u64,
    },
    /// A valid answer with a hundred million spaces behind it.
    HugeBody,
    /// Some hundred kilobytes that say they are gzip and unpack to a hundred million bytes.
    CompressedBomb,
    /// The refund is accepted with a status other than success, and gets another one later.
    NotFinal {
        /// The status it is answered with: `pending`, `dealing`, `init`, `failed`, `closed`.
        status: String,
        /// How many queries see it like that.
        #[serde(default)]
        for_queries: u32,
        /// What it becomes; `success` where nothing is said.
        #[serde(default)]
        becomes: Option<String>,
    },
}

/// A fault and when to play it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Injection {
    /// How it answers.
    pub fault: Fault,
    /// Whether the refund is executed all the same.
    #[serde(default)]
    pub execute: bool,
    /// How many queries do not see the executed refund.
    #[serde(default)]
    pub hidden_for_queries: u32,
    /// For which request.
    #[serde(default)]
    pub on: Call,
    /// For which sale; any where nothing is said.
    #[serde(default)]
    pub transaction_no: Option<String>,
    /// How often; once where nothing is said.
    #[serde(default = "once")]
    pub times: u32,
}

const fn once() -> u32 {
    1
}

impl Injection {
    /// The fault on the next refund, which is not executed.
    pub const fn on_refund(fault: Fault) -> Self {
        Self { fault, execute: false, hidden_for_queries: 0, on: Call::Refund, transaction_no: None, times: 1 }
    }

    /// The fault on the next query.
    pub fn on_query(fault: Fault) -> Self {
        Self { on: Call::Query, ..Self::on_refund(fault) }
    }

    /// Whether the refund is executed all the same.
    pub fn executing(self, execute: bool) -> Self {
        Self { execute, ..self }
    }

    /// Hidden from that many queries.
    pub fn hidden_for(self, queries: u32) -> Self {
        Self { hidden_for_queries: queries, ..self }
    }

    /// Played that often.
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// For the sale of that number alone.
    pub fn for_sale(self, transaction_no: &str) -> Self {
        Self { transaction_no: Some(transaction_no.to_owned()), ..self }
    }
}

/// What happens to every refund of a sale: for the demo, where nobody injects anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// They are executed.
    #[default]
    Normal,
    /// The wallet refuses them.
    Declines,
    /// They are executed, the answer is lost, and the first query does not see them yet.
    AnswerLost,
    /// The answer is lost and they are not executed.
    RequestLost,
    /// They are accepted, and finished when they have been asked about once.
    PendingThenSuccess,
    /// The gateway is out of order.
    OutOfOrder,
}

impl Behaviour {
    /// What that means for one refund.
    pub(super) fn injection(self) -> Option<Injection> {
        let refused =
            || Fault::NotFinal { status: "failed".to_owned(), for_queries: 0, becomes: Some("failed".to_owned()) };
        let pending = || Fault::NotFinal { status: "pending".to_owned(), for_queries: 1, becomes: None };
        let (fault, execute, hidden_for_queries) = match self {
            Self::Normal => return None,
            Self::Declines => (refused(), false, 0),
            Self::AnswerLost => (Fault::ResetAfterRequest, true, 1),
            Self::RequestLost => (Fault::ResetAfterRequest, false, 0),
            Self::PendingThenSuccess => (pending(), true, 0),
            Self::OutOfOrder => (Fault::Status { status: 503, body: ErrorBody::Html }, false, 0),
        };
        Some(Injection { execute, hidden_for_queries, ..Injection::on_refund(fault) })
    }
}

/// The status of a word in a fault; success for what is none.
pub(super) fn status_or_success(word: Option<&str>) -> SaleStatus {
    word.and_then(SaleStatus::parse).unwrap_or(SaleStatus::Success)
}
