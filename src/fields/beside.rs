//! What stands beside the runs of a calendar week: other sports, days without any, surfaces, climb a kilometre.

use chrono::NaiveDate;

use crate::activity::{OtherSport, Surface};

/// What stands beside the runs of a calendar week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekBeside {
    /// First day of the week.
    pub week_start: NaiveDate,
    /// Seconds of each of [`OtherSport::ALL`]: 0 without one, `None` where none of them has a time.
    pub times_s: [Option<i64>; OtherSport::ALL.len()],
    /// Days without any sport in the files; so far, in a week that is not over. `None` in a first week that is not whole, and
    /// where a recording does not say whether there was any.
    pub days_without_sport: Option<u32>,
    /// Days with strength or mobility training in the files or the knee diary; so far, in a week that is not over.
    pub strength_days: u32,
    /// What its runs were run on.
    pub ground: Ground,
}

/// What some runs were run on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ground {
    /// Whole metres on each of [`Surface::ALL`].
    pub surfaces_m: [i64; Surface::ALL.len()],
    /// Climb a kilometre of the runs that have both; `None` without one.
    pub ascent_m_per_km: Option<f64>,
    /// Descent a kilometre of the runs that have both; `None` without one.
    pub descent_m_per_km: Option<f64>,
}

impl Ground {
    /// Metres on a surface.
    #[must_use]
    pub fn surface_m(&self, surface: Surface) -> i64 {
        self.surfaces_m[surface as usize]
    }

    /// Metres on all of them.
    #[must_use]
    pub fn total_m(&self) -> i64 {
        self.surfaces_m.iter().sum()
    }

    /// Surface to metres, all five.
    #[must_use]
    pub fn by_name(&self) -> Vec<(&'static str, Option<i64>)> {
        Surface::ALL.map(|surface| (surface.name(), Some(self.surface_m(surface)))).to_vec()
    }
}

impl WeekBeside {
    /// A week in which nothing is known but the runs' number.
    #[must_use]
    pub fn of(week_start: NaiveDate) -> Self {
        Self {
            week_start,
            times_s: [Some(0); OtherSport::ALL.len()],
            days_without_sport: None,
            strength_days: 0,
            ground: Ground::default(),
        }
    }

    /// Seconds of all other sports that have a time; `None` where there was one and none has a time.
    #[must_use]
    pub fn other_sports_time_s(&self) -> Option<i64> {
        let known_s = self.times_s.iter().flatten().sum();
        (known_s > 0 || !self.times_s.contains(&None)).then_some(known_s)
    }

    /// Whether there was any other sport with a time.
    #[must_use]
    pub fn has_other_sports(&self) -> bool {
        self.times_s.iter().any(|seconds| *seconds != Some(0))
    }

    /// Seconds of a kind.
    #[must_use]
    pub fn time_s(&self, kind: OtherSport) -> Option<i64> {
        self.times_s[kind as usize]
    }

    /// Kind to seconds, all five kinds.
    #[must_use]
    pub fn other_sports(&self) -> Vec<(&'static str, Option<i64>)> {
        OtherSport::ALL.map(|kind| (kind.name(), self.time_s(kind))).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(times_s: [Option<i64>; 5]) -> Option<i64> {
        WeekBeside { times_s, ..WeekBeside::of(NaiveDate::MIN) }.other_sports_time_s()
    }

    #[test]
    fn the_total_is_0_without_a_sport_and_unknown_where_no_sport_has_a_time() {
        assert_eq!(total([Some(0); 5]), Some(0));
        assert_eq!(total([Some(3_600), Some(0), Some(0), Some(1_500), Some(0)]), Some(5_100));
        assert_eq!(total([Some(0), None, Some(0), Some(0), Some(0)]), None);
        assert_eq!(total([Some(3_600), None, Some(0), Some(0), Some(0)]), Some(3_600));
    }
}
