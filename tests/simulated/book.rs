//! The simulated gateway's memory: sales, and what was executed, waits or comes late. It outlives every accident of the
//! till. It does not recognise a reference it has seen: a request that arrives twice is executed twice.

use tillback::domain::{Currency, Money};

/// A payment the gateway took.
pub struct BookSale {
    pub number: &'static str,
    pub reference: Option<&'static str>,
    pub paid: Money,
}

/// Where a refund stands at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Done,
    Waiting { until: i64, ends_well: bool },
    Failed,
}

/// A refund the gateway knows of.
#[derive(Debug, Clone)]
pub struct Entry {
    pub sale: usize,
    pub reference: String,
    pub amount: Money,
    pub standing: Standing,
    /// Queries show it from here on.
    pub visible_from: i64,
}

/// The book.
pub struct Book {
    pub sales: Vec<BookSale>,
    pub entries: Vec<Entry>,
    /// Requests that were taken and are executed later, with the moment.
    pub late: Vec<(i64, Entry)>,
}

fn money(code: &str, text: &str) -> Money {
    Money::parse(text, Currency::parse(code).unwrap()).unwrap()
}

/// Currencies of two, none and three decimals. The ledger has the first four from the store's own records.
pub fn sales() -> Vec<BookSale> {
    let sale = |number, reference, paid| BookSale { number, reference, paid };
    vec![
        sale("297553638301777927", None, money("USD", "39.90")),
        sale("316129873376769782", Some("POS-0001"), money("USD", "5.00")),
        sale("305680500880311923", None, money("KRW", "15000")),
        sale("301846290573318462", None, money("KWD", "7.250")),
        sale("312097754168830295", None, money("USD", "20.00")),
    ]
}

/// How many of [`sales`] the ledger knows at the start.
pub const KNOWN_SALES: usize = 4;

impl Book {
    pub fn new() -> Self {
        Self { sales: sales(), entries: vec![], late: vec![] }
    }

    pub fn sale(&self, number: Option<&str>, reference: Option<&str>) -> Option<usize> {
        self.sales.iter().position(|sale| match number {
            Some(number) => sale.number == number,
            None => reference.is_some() && sale.reference == reference,
        })
    }

    /// What is refunded or may be.
    pub fn taken(&self, sale: usize) -> i64 {
        let counts = |entry: &&Entry| entry.sale == sale && entry.standing != Standing::Failed;
        self.entries.iter().filter(counts).map(|entry| entry.amount.minor()).sum()
    }

    /// Whether the gateway's own rule lets it execute this.
    pub fn fits(&self, entry: &Entry) -> bool {
        let paid = self.sales[entry.sale].paid;
        paid.currency() == entry.amount.currency() && self.taken(entry.sale) + entry.amount.minor() <= paid.minor()
    }

    /// Brings the book up to this moment.
    pub fn tick(&mut self, now: i64) {
        let (due, later): (Vec<_>, Vec<_>) = self.late.drain(..).partition(|(due, _)| *due <= now);
        self.late = later;
        for (_, entry) in due {
            if self.fits(&entry) {
                self.entries.push(entry);
            }
        }
        for entry in &mut self.entries {
            if let Standing::Waiting { until, ends_well } = entry.standing
                && until <= now
            {
                entry.standing = if ends_well { Standing::Done } else { Standing::Failed };
            }
        }
    }

    /// How often this reference was executed.
    pub fn executions(&self, reference: &str) -> usize {
        self.entries.iter().filter(|entry| entry.reference == reference && entry.standing == Standing::Done).count()
    }

    /// Whether this reference may still be executed.
    pub fn may_come(&self, reference: &str) -> bool {
        self.late.iter().any(|(_, entry)| entry.reference == reference)
            || self.entries.iter().any(|entry| {
                entry.reference == reference && matches!(entry.standing, Standing::Waiting { ends_well: true, .. })
            })
    }
}
