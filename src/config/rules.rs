//! The `[rules]` section: what the store allows its people beside the wallets' limits.

use super::reader::{Read, Section};
use crate::domain::{Currency, HouseRules, Limits, Money, OpeningHours};

/// Its keys, in the example file's order.
pub(super) const KEYS: &[&str] = &[
    "cashier_per_refund",
    "cashier_per_shift",
    "cashier_per_day",
    "manager_per_refund",
    "manager_per_shift",
    "manager_per_day",
    "sale_age_days",
    "refunds_per_sale",
    "same_amount_minutes",
    "opens",
    "closes",
];

pub(super) fn read(section: &Section<'_>, currency: Currency) -> Read<HouseRules> {
    let usual = HouseRules::default();
    let amount = |key: &'static str| -> Read<Option<Money>> {
        let allowed = format!("an amount in {currency} such as \"250.00\", in quotes; leave it out for no limit");
        let Some(text) = section.text(key, &allowed)? else { return Ok(None) };
        Money::parse(text, currency).map(Some).map_err(|why| section.refuse(key, why, allowed.as_str()))
    };
    let cashier = Limits {
        per_refund: amount("cashier_per_refund")?,
        per_shift: amount("cashier_per_shift")?,
        per_day: amount("cashier_per_day")?,
    };
    let manager = Limits {
        per_refund: amount("manager_per_refund")?,
        per_shift: amount("manager_per_shift")?,
        per_day: amount("manager_per_day")?,
    };
    // 0 cannot be written, so it stands for "not there".
    let optional = |key, limits| section.number(key, 0, limits).map(|number| (number > 0).then_some(number));
    Ok(HouseRules {
        cashier,
        manager,
        sale_age_days: optional("sale_age_days", 1..=3650)?,
        refunds_per_sale: optional("refunds_per_sale", 1..=1000)?,
        same_amount_minutes: section.number("same_amount_minutes", usual.same_amount_minutes, 0..=1440)?,
        hours: hours(section)?,
    })
}

fn hours(section: &Section<'_>) -> Read<Option<OpeningHours>> {
    let allowed = "a time of the day such as \"09:00\", in quotes; both opens and closes, or neither";
    let minute = |key: &'static str| -> Read<Option<u16>> {
        let Some(text) = section.text(key, allowed)? else { return Ok(None) };
        minute_of(text).map(Some).ok_or_else(|| section.refuse(key, "it is not a time of the day", allowed))
    };
    let (opens, closes) = (minute("opens")?, minute("closes")?);
    match (opens, closes) {
        (None, None) => Ok(None),
        (Some(from_minute), Some(to_minute)) => Ok(Some(OpeningHours { from_minute, to_minute })),
        (Some(_), None) => Err(section.refuse("closes", "it is missing", allowed)),
        (None, Some(_)) => Err(section.refuse("opens", "it is missing", allowed)),
    }
}

/// `09:00` to `24:00`, in minutes from midnight.
fn minute_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= 24 * 60).then_some(minute)
}
