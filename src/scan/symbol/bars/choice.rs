//! The likeliest row of symbols that keeps the rules, and its lead over the second likeliest.
//!
//! Every slot of a code has a cost for each symbol value: how badly the picture fits it. The rules are the code sets and
//! the checksum. A walk over (code set, checksum so far) with the two cheapest ways into each state finds the cheapest
//! row and the second cheapest exactly. **The lead between the two is what makes a reading certain**: a row of noise has
//! a cheapest reading too, but many others cost nearly the same.

use super::symbols::{CHECK, START_B, START_C, Set, VALUES, step};

/// How badly one slot fits each symbol value; 0 is perfect.
pub type SlotCosts = [f32; VALUES];

/// The cheapest row.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Start to last data symbol, without the checksum symbol.
    pub values: Vec<usize>,
    /// Its cost, summed over the slots.
    pub cost: f32,
    /// How much more the second cheapest row costs.
    pub lead: f32,
    /// How much less the row would cost if it need not keep the rules. A clear code whose checksum is wrong can be bent
    /// into a right one, at this price.
    pub bent: f32,
    /// How much more the likeliest change of a single symbol costs, whatever the checksum then says. A picture that
    /// leaves a symbol open can be any of many codes, and one of them in 103 has a right checksum.
    pub apart: f32,
    /// The least of the slots' ratios between what its likeliest other symbol misses and what the chosen one misses. Near 1
    /// something else than noise was in the way (a stroke, a lost bar), and a margin that noise would not have meant nothing.
    pub clear: f32,
    /// The checksum symbol.
    pub check: usize,
}

/// Symbol values looked at per slot; the right one is never further down the list in a code that can be read.
const CANDIDATES: usize = 20;
const SETS: usize = 2;
const STATES: usize = SETS * CHECK;

/// A way into a state: what it cost, by which symbol, from which state and which of its ways.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: f32,
    value: usize,
    from: usize,
    rank: usize,
}

const NO_WAY: Way = Way { cost: f32::INFINITY, value: 0, from: 0, rank: 0 };
/// The two cheapest ways into each state.
type Column = Vec<[Way; 2]>;

fn state(set: Set, sum: usize) -> usize {
    match set {
        Set::B => sum,
        Set::C => CHECK + sum,
    }
}

fn set_of(state: usize) -> Set {
    if state < CHECK { Set::B } else { Set::C }
}

/// Puts `way` into the two cheapest, unless it repeats the first.
fn enter(column: &mut Column, state: usize, way: Way) {
    if let Some([first, second]) = column.get_mut(state) {
        if way.cost < first.cost {
            *second = *first;
            *first = way;
        } else if way.cost < second.cost {
            *second = way;
        }
    }
}

/// The cheapest row through `slots` (start, data, checksum symbol); `None` when there is no room for data or no row
/// keeps the rules.
pub fn choose(slots: &[SlotCosts]) -> Option<Choice> {
    let (start, rest) = slots.split_first()?;
    let (check, data) = rest.split_last()?;
    if data.is_empty() {
        return None;
    }
    let mut columns: Vec<Column> = Vec::with_capacity(data.len() + 1);
    let mut first = vec![[NO_WAY; 2]; STATES];
    for (value, set) in [(START_B, Set::B), (START_C, Set::C)] {
        let cost = start.get(value).copied().unwrap_or(f32::INFINITY);
        enter(&mut first, state(set, value % CHECK), Way { cost, value, from: 0, rank: 0 });
    }
    columns.push(first);
    for (place, slot) in data.iter().enumerate() {
        let column = advance(columns.last()?, slot, place + 1);
        columns.push(column);
    }
    let mut ends: Vec<(f32, usize, usize)> = Vec::new();
    for (state, ways) in columns.last()?.iter().enumerate() {
        let check_cost = check.get(state % CHECK).copied().unwrap_or(f32::INFINITY);
        for (rank, way) in ways.iter().enumerate() {
            if way.cost.is_finite() {
                ends.push((way.cost + check_cost, state, rank));
            }
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let &(cost, end, rank) = ends.first()?;
    let lead = ends.get(1).map_or(f32::INFINITY, |second| second.0 - cost);
    let values = trace(&columns, end, rank);
    let check = end % CHECK;
    let bent = bent(slots, &values, check);
    let (apart, clear) = margins(slots, &values, check);
    Some(Choice { values, cost, lead, bent, apart, clear, check })
}

/// What the symbols of a row cost beyond the best of each slot.
fn bent(slots: &[SlotCosts], values: &[usize], check: usize) -> f32 {
    let chosen = values.iter().copied().chain(std::iter::once(check));
    let beyond = |(slot, value): (&SlotCosts, usize)| {
        let least = slot.iter().copied().fold(f32::INFINITY, f32::min);
        slot.get(value).copied().unwrap_or(f32::INFINITY) - least
    };
    slots.iter().zip(chosen).map(beyond).sum()
}

/// What the likeliest change of one symbol costs, and the least ratio between what the change and the symbol cost.
fn margins(slots: &[SlotCosts], values: &[usize], check: usize) -> (f32, f32) {
    let chosen = values.iter().copied().chain(std::iter::once(check));
    let costs = |(slot, value): (&SlotCosts, usize)| {
        let others = slot.iter().take(CHECK).enumerate().filter(|(other, _)| *other != value);
        let other = others.map(|(_, cost)| *cost).fold(f32::INFINITY, f32::min);
        (slot.get(value).copied().unwrap_or(f32::INFINITY), other)
    };
    // The start is told by its quiet zone as well.
    let pairs = slots.iter().zip(chosen).skip(1).map(costs);
    pairs.fold((f32::INFINITY, f32::INFINITY), |(apart, clear), (own, other)| {
        (apart.min(other - own), clear.min(other / own.max(ROUNDING)))
    })
}

/// What rounding to grey levels alone makes a symbol miss.
const ROUNDING: f32 = 0.002;

fn advance(before: &Column, slot: &SlotCosts, weight: usize) -> Column {
    let mut order: Vec<(f32, usize)> =
        slot.iter().take(CHECK).enumerate().map(|(value, cost)| (*cost, value)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    order.truncate(CANDIDATES);
    let mut column = vec![[NO_WAY; 2]; STATES];
    for (from, ways) in before.iter().enumerate() {
        for (rank, way) in ways.iter().enumerate() {
            if !way.cost.is_finite() {
                continue;
            }
            for &(cost, value) in &order {
                let Some((set, extra)) = step(set_of(from), value) else { continue };
                let sum = (from % CHECK + value * weight) % CHECK;
                enter(&mut column, state(set, sum), Way { cost: way.cost + cost + extra, value, from, rank });
            }
        }
    }
    column
}

fn trace(columns: &[Column], end: usize, rank: usize) -> Vec<usize> {
    let (mut state, mut rank) = (end, rank);
    let mut values = Vec::with_capacity(columns.len());
    for column in columns.iter().rev() {
        let Some(way) = column.get(state).and_then(|ways| ways.get(rank)) else { break };
        values.push(way.value);
        (state, rank) = (way.from, way.rank);
    }
    values.reverse();
    values
}

#[cfg(test)]
mod tests {
    use super::super::symbols::checksum;
    use super::*;

    /// Slots that fit `values` and their checksum best, by `contrast`.
    fn slots(values: &[usize], contrast: f32) -> Vec<SlotCosts> {
        let mut all = values.to_vec();
        all.push(checksum(values));
        all.iter()
            .map(|value| {
                let mut costs = [contrast; VALUES];
                costs[*value] = 0.0;
                costs
            })
            .collect()
    }

    #[test]
    fn a_clear_row_is_read_with_a_wide_lead() {
        let values = [START_C, 29, 17, 45, 67, 4, 14, 95, 5, 17];
        let Some(choice) = choose(&slots(&values, 1.0)) else { panic!("a row") };
        assert_eq!(choice.values, values);
        assert!(choice.lead >= 1.99, "two symbols must change to keep the checksum: {}", choice.lead);
    }

    #[test]
    fn the_checksum_mends_one_lost_symbol() {
        let values = [START_C, 29, 17, 45, 67, 4, 14, 95, 5, 17];
        let mut costs = slots(&values, 1.0);
        costs[4] = [0.5; VALUES];
        let Some(choice) = choose(&costs) else { panic!("a row") };
        assert!(choice.values == values || choice.lead < 1.1);
    }

    #[test]
    fn a_slot_that_fits_another_symbol_nearly_as_well_is_not_clear() {
        let values = [START_C, 29, 17, 45, 67, 4, 14, 95, 5, 17];
        let mut costs = slots(&values, 1.0);
        for slot in &mut costs {
            slot.iter_mut().for_each(|cost| *cost += 0.1);
        }
        let Some(choice) = choose(&costs) else { panic!("a row") };
        assert!(choice.clear > 10.0, "{}", choice.clear);
        costs[4][67] = 0.5; // a stroke through this symbol: it misses more, and another begins to fit
        costs[4][30] = 0.6;
        let Some(choice) = choose(&costs) else { panic!("a row") };
        assert_eq!(choice.values, values);
        assert!((choice.clear - 1.2).abs() < 1e-3 && choice.apart > 0.09, "{} {}", choice.clear, choice.apart);
    }

    #[test]
    fn noise_has_no_lead() {
        let costs = vec![[0.5; VALUES]; 11];
        let Some(choice) = choose(&costs) else { panic!("a row") };
        assert!(choice.lead < 1e-6);
    }
}
