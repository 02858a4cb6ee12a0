//! An interval for a share of few: Wilson's, 95 %.

use super::ratio::Z_95;

/// Bounds for `count` of `of`; `None` of none.
#[must_use]
pub fn wilson(count: u32, of: u32) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let (n, share, z2) = (f64::from(of), f64::from(count) / f64::from(of), Z_95 * Z_95);
    let middle = (share + z2 / 2.0 / n) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / 4.0 / n / n).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_of_two_a_sixth_of_forty_one_and_none_of_twelve() {
        let told = |count, of| wilson(count, of).map(|(low, high)| format!("{low:.4}–{high:.4}")).unwrap();
        assert_eq!(told(1, 2), "0.0945–0.9055");
        assert_eq!(told(7, 41), "0.0853–0.3126");
        assert_eq!(told(0, 12), "0.0000–0.2425");
        assert_eq!(wilson(0, 0), None);
    }
}
