//! T8: random sequences of partial refunds in currencies of no, two and three decimals, against plain integers; what is
//! written is read back as the same amount, by people and by the gateway.
//!
//! `TILLBACK_SEQUENCES` sets how many, `TILLBACK_SEED` walks one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use tillback::domain::{
    Balance, Currency, Money, MoneyError, Policy, Refusal, Sale, SaleId, SaleOrigin, SaleStatus, SaleView, Timestamp,
};
use tillback::ledger::{Randomness, SeededRandomness};

/// Sequences in CI.
const SEQUENCES: u64 = 100_000;
/// Refunds of one sequence, at most.
const LONGEST: u64 = 12;
/// ISO 4217: none, two and three decimals.
const CURRENCIES: [(&str, u32); 7] =
    [("KRW", 0), ("JPY", 0), ("USD", 2), ("CNY", 2), ("EUR", 2), ("KWD", 3), ("BHD", 3)];
const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

struct Chance(SeededRandomness);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes).unwrap();
        u64::from_le_bytes(bytes) % n
    }

    /// Cents, dollars or fortunes.
    fn minor(&mut self) -> i64 {
        let bits = 1 + self.below(62);
        i64::try_from(self.below(1 << bits)).unwrap()
    }
}

fn view(paid: Money) -> SaleView {
    let sale = Sale {
        id: SaleId::parse("01JD9K7R2W8M4Q6X0000000000").unwrap(),
        transaction_no: None,
        reference: None,
        paid,
        settle_currency: Currency::USD,
        wallet: None,
        paid_at: None,
        status: SaleStatus::Success,
        origin: SaleOrigin::Import,
        items: vec![],
    };
    SaleView { balance: Balance::untouched(paid), sale, refunds: vec![], foreign: vec![] }
}

/// Major units by long division, without the code under test.
fn by_hand(minor: i64, decimals: u32) -> String {
    let unit = 10_i64.pow(decimals);
    match decimals {
        0 => minor.to_string(),
        _ => format!("{}.{:0width$}", minor / unit, minor % unit, width = decimals as usize),
    }
}

/// What is written is read back, and nothing near it is.
fn inverse(money: Money, decimals: u32) -> Result<(), String> {
    let text = money.decimal();
    let check = |is_so: bool, what: &str| if is_so { Ok(()) } else { Err(format!("{what}: {money}, {text:?}")) };
    check(text == by_hand(money.minor(), decimals), "written otherwise than by hand")?;
    let currency = money.currency();
    check(Money::parse(&text, currency) == Ok(money), "not read back")?;
    check(Money::parse(&format!(" 0{text}\n"), currency) == Ok(money), "a zero or white space in front counts")?;
    check(Money::parse_wire(&text, currency) == Ok(money), "the gateway's is not read back")?;
    let longer = if decimals == 0 { format!("{text}.00") } else { format!("{text}00") };
    check(Money::parse_wire(&longer, currency) == Ok(money), "the gateway's zeros count")?;
    check(Money::parse(&longer, currency).is_err(), "too many decimals are read")?;
    check(Money::parse_wire(&format!("{longer}1"), currency).is_err(), "too fine an amount is read")?;
    check(Money::parse(&format!("-{text}"), currency).is_err(), "a sign is read")
}

/// One sale, refunded in parts until nothing is left or chance has enough.
fn sequence(seed: u64) -> Result<u64, String> {
    let mut chance = Chance(SeededRandomness::new(seed));
    let (code, decimals) = CURRENCIES[usize::try_from(chance.below(7)).unwrap()];
    let currency = Currency::parse(code).unwrap();
    let amount = |minor: i64| Money::from_minor(minor, currency).unwrap();
    let policy = Policy { min_seconds_between_refunds: 0, ..Policy::default() };
    let paid = chance.minor();
    let mut view = view(amount(paid));
    let mut taken: i128 = 0;
    let mut steps = 0;
    for _ in 0..=chance.below(LONGEST) {
        steps += 1;
        let left = i64::try_from(i128::from(paid) - taken).unwrap();
        // A part, all, a little too much, or anything.
        let asked = match chance.below(6) {
            0 => left,
            1 => left.saturating_add(1 + i64::try_from(chance.below(3)).unwrap()),
            2 => chance.minor(),
            _ => i64::try_from(chance.below(u64::try_from(left).unwrap() + 1)).unwrap(),
        };
        inverse(amount(asked), decimals)?;
        // The way an amount goes: typed, read, checked, taken.
        let typed = Money::parse(&by_hand(asked, decimals), currency).map_err(|error| error.to_string())?;
        let said = policy.check_amount(&view, typed, NOW);
        let expected = if left == 0 {
            Err(Refusal::NothingLeft { paid: amount(paid), reserved: view.balance.reserved })
        } else if asked == 0 {
            Err(Refusal::ZeroAmount)
        } else if asked > left {
            Err(Refusal::OverLeft { asked: amount(asked), left: amount(left) })
        } else {
            Ok(())
        };
        if said != expected {
            return Err(format!("{asked} of {left} {code}: {said:?}, not {expected:?}"));
        }
        let (euro, yen) = (Currency::parse("EUR").unwrap(), Currency::parse("JPY").unwrap());
        let other = if currency == euro { yen } else { euro };
        let mixed = Money::from_minor(asked, other).unwrap();
        if typed.plus(mixed) != Err(MoneyError::Mixed(currency, other))
            || policy.check_amount(&view, mixed, NOW).is_ok()
        {
            return Err(format!("{typed} and {mixed} go together"));
        }
        if said.is_ok() {
            let balance = &mut view.balance;
            let part = match chance.below(3) {
                0 => &mut balance.refunded,
                1 => &mut balance.reserved,
                _ => &mut balance.elsewhere,
            };
            *part = part.plus(typed).map_err(|error| error.to_string())?;
            taken += i128::from(asked);
        }
        let sum = view.balance.taken().map_err(|error| error.to_string())?;
        if i128::from(sum.minor()) != taken || taken > i128::from(paid) {
            return Err(format!("I4: {sum} taken of {paid} {code}, by hand {taken}"));
        }
        if view.balance.left() != Ok(amount(i64::try_from(i128::from(paid) - taken).unwrap())) {
            return Err(format!("{:?} left, by hand {}", view.balance.left(), i128::from(paid) - taken));
        }
        // What was held comes free, now and then.
        if chance.below(8) == 0 {
            taken -= i128::from(view.balance.reserved.minor());
            view.balance.reserved = Money::zero(currency);
        }
    }
    Ok(steps)
}

#[test]
fn partial_refunds_add_up_in_every_kind_of_currency() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let range = match number("TILLBACK_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("TILLBACK_SEQUENCES").unwrap_or(SEQUENCES),
    };
    let count = range.end - range.start;
    let mut steps = 0;
    for seed in range {
        let replay = || format!("replay: TILLBACK_SEED={seed} cargo test --test money -- --nocapture");
        steps += sequence(seed).unwrap_or_else(|broken| panic!("seed {seed}: {broken}\n{}", replay()));
    }
    println!("T8: {count} sequences, {count} passed: {steps} refunds asked for");
}
