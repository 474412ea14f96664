//! Printers, the drawer and sounds by what a person calls them, and what can be wrong with a printer.
//!
//! **Names only**: nothing here opens a device. Rooms below the window report in these, and the settings file is written
//! in them.

use super::refund::{RefundReference, RefundState};

/// How wide the paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PaperWidth {
    /// 58 mm, of which 48 are printed on.
    Mm58,
    /// 80 mm, of which 72 are printed on.
    #[default]
    Mm80,
}

/// Which characters the printer's bytes 128 to 255 are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CodePage {
    /// What a printer starts with: the United States.
    Pc437,
    /// Western Europe.
    Pc850,
    /// Central Europe.
    Pc852,
    /// Western Europe, with the euro.
    #[default]
    Pc858,
    /// Windows' Western Europe.
    Windows1252,
}

impl CodePage {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Pc437, Self::Pc850, Self::Pc852, Self::Pc858, Self::Windows1252];

    /// As the settings file names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pc437 => "PC437",
            Self::Pc850 => "PC850",
            Self::Pc852 => "PC852",
            Self::Pc858 => "PC858",
            Self::Windows1252 => "WPC1252",
        }
    }
}

/// Who draws the codes on a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CodeStyle {
    /// We do, and the printer gets a picture: any model prints it.
    #[default]
    Picture,
    /// The printer does, by its own commands: less to send.
    Printer,
}

/// The pin of the drawer's plug that opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DrawerPin {
    /// Pin 2, as most are wired.
    #[default]
    Two,
    /// Pin 5: the second drawer.
    Five,
}

/// Which slips a refund prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SlipCopies {
    /// One, for the customer.
    #[default]
    Customer,
    /// One, for the store.
    Store,
    /// Both, cut apart.
    Both,
}

/// Why nothing was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrinterFault {
    /// No printer of that name or at that place: unplugged, switched off, or another address.
    NotThere,
    /// It is there, and this user may not use it.
    NotAllowed,
    /// Another program uses it.
    InUse,
    /// The paper is at its end.
    PaperOut,
    /// The cover is open.
    CoverOpen,
    /// It says that it is off line.
    OffLine,
    /// It says that it is in trouble: a jam, the cutter, too hot.
    Trouble,
    /// It took too long.
    TimedOut,
    /// It was unplugged or switched off while it printed: a part may have come out.
    Lost,
    /// The folder for files is not there or cannot be written.
    Folder,
    /// The disk is full.
    DiskFull,
    /// The record could not say how often this slip was printed, so it was not.
    Record,
    /// Too much waits for it already.
    Busy,
    /// A part of the till stopped.
    Stopped,
}

impl PrinterFault {
    /// The word in the record.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotThere => "not_there",
            Self::NotAllowed => "not_allowed",
            Self::InUse => "in_use",
            Self::PaperOut => "paper_out",
            Self::CoverOpen => "cover_open",
            Self::OffLine => "off_line",
            Self::Trouble => "trouble",
            Self::TimedOut => "timed_out",
            Self::Lost => "lost",
            Self::Folder => "folder",
            Self::DiskFull => "disk_full",
            Self::Record => "record",
            Self::Busy => "busy",
            Self::Stopped => "stopped",
        }
    }
}

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PrintSubject {
    /// A refund's slip.
    Slip(RefundReference),
    /// A report, by its name.
    Report(String),
    /// The test page.
    Test,
    /// Nothing: the drawer opens.
    Drawer,
}

/// What a till does by itself once a refund has its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AfterRefund {
    /// Print a slip.
    pub print: bool,
    /// Open the drawer, for these outcomes.
    pub open_drawer: Vec<RefundState>,
}

/// How loud sounds are, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SoundLevel {
    /// From 0 to 100.
    pub volume: u8,
    /// Nothing is played.
    pub muted: bool,
}

impl Default for SoundLevel {
    fn default() -> Self {
        Self { volume: 80, muted: false }
    }
}
