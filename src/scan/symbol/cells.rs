//! Cells of a grid that touch each other: what both finders of patches grow theirs from.
//!
//! **Every member is within the grid and occurs once**, as long as what is taken is not offered again.

/// The cells reached from `seed` over neighbours (diagonal ones too) that `take` takes; it must not take one twice.
pub fn touching(columns: usize, rows: usize, seed: usize, mut take: impl FnMut(usize) -> bool) -> Vec<usize> {
    let mut members = vec![seed];
    let mut next = 0;
    while let Some(&cell) = members.get(next) {
        next += 1;
        let (row, column) = (cell / columns, cell % columns);
        for near_row in row.saturating_sub(1)..=(row + 1).min(rows - 1) {
            for near_column in column.saturating_sub(1)..=(column + 1).min(columns - 1) {
                let near = near_row * columns + near_column;
                if take(near) {
                    members.push(near);
                }
            }
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_touch_and_rows_do_not_run_on() {
        // Five columns: 0 touches 6 by its corner; 4 stands at the end of the row above 5, and touches nothing.
        let mut free = [true, false, false, false, true, false, true, false, false, false];
        free[0] = false; // the seed is for the caller to take
        let members = touching(5, 2, 0, |near| std::mem::take(&mut free[near]));
        assert_eq!(members, [0, 6]);
        assert!(free[4]);
    }
}
