//! What the flow wants done, in the imperative. The terminal does it and answers with events.

use super::note::Note;
use super::on_settings::KeptSetting;
use super::people::PeopleTask;
use super::refunds::{RefundOrder, RefundQuery};
use super::step::Turn;
use crate::domain::{
    ApprovalId, Candidate, FileForm, GatewayAccount, Intention, OperatorId, Pin, PrintSubject, Proof, RefundReference,
    Report, ReportAsk, SaleId, SaleKey, ScanSource, SettingChange, TypedToken,
};

/// A sound, and its visible twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    /// A code was read.
    Read,
    /// Something was refused.
    Refused,
    /// The money went back.
    Done,
    /// Somebody has to look.
    Attention,
    /// Only a part of a code came, and it was not read.
    Torn,
}

/// What a manager leaves the window for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Training, or out of training this store's own till.
    Training,
    /// The same till with its settings read again.
    Reopened,
    /// Good.
    Closed,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Check a PIN and sign that person in.
    SignIn {
        /// To be echoed.
        turn: Turn,
        /// Who.
        operator: OperatorId,
        /// The PIN.
        pin: Pin,
    },
    /// Do something about people.
    People {
        /// To be echoed.
        turn: Turn,
        /// What.
        task: PeopleTask,
    },
    /// Turn the camera on.
    StartCamera,
    /// Turn the camera off.
    StopCamera,
    /// Find out which cameras are connected.
    ListCameras,
    /// Use it from now on, and write it into the settings file. A rule is used once it stands there and in the record.
    KeepSetting {
        /// What changed.
        change: SettingChange,
        /// Who changed it; nobody knows who, before anybody has signed in.
        by: Option<OperatorId>,
    },
    /// Write changed settings into the record and go by the rules among them.
    AdoptSettings {
        /// What stands in the file.
        kept: Box<KeptSetting>,
    },
    /// Sign a harmless question to the gateway and say what came back.
    TestGateway {
        /// To be echoed.
        turn: Turn,
        /// The account to try.
        account: GatewayAccount,
        /// The token to try; the kept one, where there is none.
        token: Option<TypedToken>,
    },
    /// Run the till's checks.
    CheckUp {
        /// To be echoed.
        turn: Turn,
        /// Who asks.
        by: OperatorId,
        /// Pack a file for support as well.
        pack: bool,
    },
    /// Find out where the token is kept.
    FindToken {
        /// To be echoed.
        turn: Turn,
    },
    /// Keep a new token in place of the old one.
    KeepToken {
        /// To be echoed.
        turn: Turn,
        /// Who gives it.
        by: OperatorId,
        /// The token.
        token: TypedToken,
    },
    /// Leave this window.
    Leave(Leaving),
    /// Look a sale up: in the ledger, and (unless it is doubted) at the gateway.
    FindSale {
        /// To be echoed.
        turn: Turn,
        /// What to look for.
        candidate: Candidate,
        /// Where the code came from, for the record.
        source: ScanSource,
    },
    /// Ask the gateway how the shown sale stands.
    CheckSale {
        /// To be echoed.
        turn: Turn,
        /// The sale.
        sale_id: SaleId,
        /// How the gateway is told which.
        key: SaleKey,
    },
    /// Hold the store's rules against what is to be approved.
    Weigh {
        /// To be echoed.
        turn: Turn,
        /// What is to be approved.
        intention: Box<Intention>,
        /// Where the sale's number came from.
        source: ScanSource,
    },
    /// Check a second manager's PIN and write their yes beside the first.
    Countersign {
        /// To be echoed.
        turn: Turn,
        /// The first manager's approval.
        approval: ApprovalId,
        /// The second manager.
        manager: OperatorId,
        /// Their PIN or badge.
        proof: Proof,
    },
    /// Check a PIN and write the approval down, and with it the refund where nobody else has to agree.
    Approve {
        /// To be echoed.
        turn: Turn,
        /// What is to be approved, to the letter.
        intention: Box<Intention>,
        /// By whom.
        approver: OperatorId,
        /// Their PIN or badge.
        proof: Proof,
    },
    /// Record the refund under this approval, to which a second manager agreed.
    RecordRefund {
        /// To be echoed.
        turn: Turn,
        /// The approval to use up.
        approval: ApprovalId,
        /// What was approved.
        intention: Box<Intention>,
    },
    /// Mark it sent, send it, record the answer.
    SendRefund {
        /// Which.
        reference: RefundReference,
    },
    /// Find refunds that nobody goes on with, after a part of the till stopped half-way.
    FindInterrupted,
    /// Ask about this unresolved refund now, and go on asking.
    ResolveRefund {
        /// Which.
        reference: RefundReference,
    },
    /// Read one page of the record.
    ListRefunds {
        /// To be echoed.
        turn: Turn,
        /// What is looked for.
        query: RefundQuery,
    },
    /// Read one refund with its history.
    ReadRefund {
        /// To be echoed.
        turn: Turn,
        /// Which.
        reference: RefundReference,
    },
    /// Make a report.
    MakeReport {
        /// To be echoed.
        turn: Turn,
        /// Of what.
        ask: ReportAsk,
        /// Who looks at it.
        by: OperatorId,
    },
    /// Write a report into the folder for exports.
    ExportReport {
        /// To be echoed.
        turn: Turn,
        /// As it is shown.
        report: Box<Report>,
        /// In which form.
        form: FileForm,
        /// Who asked for it.
        by: OperatorId,
    },
    /// Begin somebody's shift, where they have none.
    OpenShift {
        /// To be echoed.
        turn: Turn,
        /// Whose.
        operator: OperatorId,
    },
    /// End somebody's shift.
    CloseShift {
        /// To be echoed.
        turn: Turn,
        /// Whose.
        operator: OperatorId,
        /// Who ends it.
        by: OperatorId,
    },
    /// Ask the gateway about this refund, once, now.
    CheckRefund {
        /// To be echoed.
        turn: Turn,
        /// Which.
        reference: RefundReference,
    },
    /// Check a PIN and carry out what a manager orders. One that sends asks the gateway first.
    OrderRefund {
        /// To be echoed.
        turn: Turn,
        /// Which refund.
        reference: RefundReference,
        /// What.
        order: RefundOrder,
        /// By whom.
        approver: OperatorId,
        /// Their PIN or badge.
        proof: Proof,
    },
    /// Print something, or open the drawer.
    Print {
        /// What.
        subject: PrintSubject,
        /// Who wants it.
        who: Option<OperatorId>,
    },
    /// Print a report as it is shown.
    PrintReport {
        /// It.
        report: Box<Report>,
        /// Who wants it.
        by: OperatorId,
    },
    /// Find out how the printer is.
    LookAtPrinter,
    /// Give a sign.
    Signal(Signal),
    /// Write a line in the audit record.
    Note {
        /// Who is signed in.
        who: Option<OperatorId>,
        /// What happened.
        note: Note,
    },
}
