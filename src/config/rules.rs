//! The `[rules]` section: what the store allows its people beside the wallets' limits.

use super::reader::{Read, Section};
use crate::domain::{Currency, DayHours, HouseRules, Limits, Money, OpeningHours, RuleKey, WeekHours};

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
    "hours",
    "hours_monday",
    "hours_tuesday",
    "hours_wednesday",
    "hours_thursday",
    "hours_friday",
    "hours_saturday",
    "hours_sunday",
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
    let optional = |rule: RuleKey| section.rule(rule, 0).map(|number| (number > 0).then_some(number));
    Ok(HouseRules {
        cashier,
        manager,
        sale_age_days: optional(RuleKey::SaleAgeDays)?,
        refunds_per_sale: optional(RuleKey::RefundsPerSale)?,
        same_amount_minutes: section.rule(RuleKey::SameAmountMinutes, usual.same_amount_minutes)?,
        hours: hours(section)?,
    })
}

fn hours(section: &Section<'_>) -> Read<WeekHours> {
    let allowed = "two times of the day such as \"09:00-21:00\", over midnight too, or \"closed\", in quotes";
    let day = |key: &'static str| -> Read<Option<DayHours>> {
        match section.text(key, allowed)? {
            None => Ok(None),
            Some("closed") => Ok(Some(DayHours::Closed)),
            Some(text) => {
                let hours = OpeningHours::parse(text).map_err(|why| section.refuse(key, why, allowed))?;
                Ok(Some(DayHours::Open(hours)))
            }
        }
    };
    Ok(WeekHours {
        every_day: day("hours")?,
        days: [
            day("hours_monday")?,
            day("hours_tuesday")?,
            day("hours_wednesday")?,
            day("hours_thursday")?,
            day("hours_friday")?,
            day("hours_saturday")?,
            day("hours_sunday")?,
        ],
    })
}
