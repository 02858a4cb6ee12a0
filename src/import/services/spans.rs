//! Spans of time between the moments that services write.

/// The longest that an activity can take, in seconds: three years, beyond which a number is broken.
const MOST_S: f64 = 1e8;

/// Seconds between two moments in milliseconds, if the second lies after the first.
pub(crate) fn elapsed_s(start_ms: i64, end_ms: Option<i64>) -> Option<f64> {
    let seconds = end_ms?.checked_sub(start_ms)? as f64 / 1_000.0;
    Some(seconds).filter(|s| *s > 0.0 && *s <= MOST_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_goes_forward_and_not_for_ever() {
        assert_eq!(elapsed_s(1_000, Some(2_500)), Some(1.5));
        assert_eq!([elapsed_s(0, None), elapsed_s(1, Some(1)), elapsed_s(2, Some(1))], [None; 3]);
        assert_eq!([elapsed_s(i64::MIN, Some(1)), elapsed_s(0, Some(i64::MAX))], [None; 2]);
    }
}
