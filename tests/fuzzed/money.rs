//! Amounts as people, files and gateways write them.

use tillback::domain::{Currency, Language, Money};
use tillback::ui::format::{self, NumberStyle};

const CURRENCIES: [&str; 5] = ["USD", "KRW", "KWD", "CNY", "CLF"];

/// The first byte says which currency, the rest is an amount: reading and writing are inverses, to the cent.
pub fn amount(data: &[u8]) {
    let Some((which, rest)) = data.split_first() else { return };
    let Ok(currency) = Currency::parse(CURRENCIES[usize::from(*which) % CURRENCIES.len()]) else { return };
    let text = String::from_utf8_lossy(rest);
    let read = Money::parse(&text, currency);
    let wire = Money::parse_wire(&text, currency);
    if let Ok(money) = read {
        assert_eq!(wire, Ok(money), "what is strictly an amount is one on the wire: {text:?}");
        assert!(!text.contains(['-', '+', 'e', 'E', ',']), "{text:?}");
    }
    if let Ok(money) = wire {
        assert!(money.minor() >= 0);
        let written = money.decimal();
        assert_eq!(Money::parse(&written, currency), Ok(money), "{written:?}");
        assert_eq!(same_number(&text), same_number(&written), "{text:?} became {written:?}");
        // The screen's form has the same digits in the same order.
        let shown: String =
            format::amount(NumberStyle::of(Language::English), money).chars().filter(char::is_ascii_digit).collect();
        assert!(shown.ends_with(&written.replace('.', "")), "{shown:?} for {written:?}");
    }
}

/// Whole part without leading zeros, fraction without trailing ones: equal for equal numbers, no arithmetic.
fn same_number(text: &str) -> (String, String) {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    (whole.trim_start_matches('0').to_owned(), fraction.trim_end_matches('0').to_owned())
}
