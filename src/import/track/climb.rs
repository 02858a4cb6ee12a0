//! Climb and descent of a track from its altitudes, without the noise of the barometer.

use crate::activity::TrackPoint;

/// Altitude must turn by this much to count as climb or descent.
const CLIMB_HYSTERESIS_M: f32 = 3.0;

/// Climb and descent from altitudes smoothed by a 5-point median, with hysteresis.
pub(crate) fn climb_and_descent(segments: &[Vec<TrackPoint>]) -> (Option<f64>, Option<f64>) {
    let (mut up, mut down, mut known) = (0.0, 0.0, false);
    for segment in segments {
        let altitudes: Vec<f32> = segment.iter().filter_map(|p| p.altitude_m).collect();
        let mut turning_point = None;
        for altitude in median_of_5(&altitudes) {
            known = true;
            let base = *turning_point.get_or_insert(altitude);
            if (altitude - base).abs() >= CLIMB_HYSTERESIS_M {
                if altitude > base {
                    up += f64::from(altitude - base);
                } else {
                    down += f64::from(base - altitude);
                }
                turning_point = Some(altitude);
            }
        }
    }
    (known.then_some(up), known.then_some(down))
}

fn median_of_5(values: &[f32]) -> impl Iterator<Item = f32> + '_ {
    (0..values.len()).map(|i| {
        if let Some(&[a, b, c, d, e]) = i.checked_sub(2).and_then(|first| values[first..].first_chunk()) {
            // the middle one lies between the higher of the lower and the lower of the higher of two pairs
            let (low, high) = (a.min(b).max(c.min(d)), a.max(b).min(c.max(d)));
            return low.min(high).max(low.max(high).min(e));
        }
        let window = &values[i.saturating_sub(2)..(i + 3).min(values.len())];
        let mut sorted = [0.0; 5];
        let sorted = &mut sorted[..window.len()];
        sorted.copy_from_slice(window);
        sorted.sort_by(f32::total_cmp);
        sorted[sorted.len() / 2]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64, altitude_m: Option<f32>) -> TrackPoint {
        TrackPoint { altitude_m, ..TrackPoint::at(1000 * second) }
    }

    #[test]
    fn climb_counts_only_turns_of_three_metres() {
        let altitudes = [[10.0; 10], [12.0; 10], [14.0; 10]].concat();
        let points = (0..).zip(altitudes).map(|(second, meters)| at(second, Some(meters)));
        assert_eq!(climb_and_descent(&[points.collect()]), (Some(4.0), Some(0.0)));
    }

    #[test]
    fn without_altitudes_neither_is_known() {
        assert_eq!(climb_and_descent(&[vec![at(0, None), at(1, None)]]), (None, None));
    }
}
