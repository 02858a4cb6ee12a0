//! `ten-percent`: a calendar week against the one before it. Off unless asked for: evidence grade X, against its use.
//!
//! ```text
//! a = metres of a calendar week, b = metres of the week before; both complete and since H0, b > 0
//! said   100 a > 110 b
//! ```
//! A custom that other tools follow. In a randomised trial, a plan built on it left as many novices injured as a common
//! one did; it speaks in every third week of a runner without any trend. So it is off by default, informs only and asks
//! for nothing. Settings: `enable = ["ten-percent"]` under `[warnings]`.
//! Source: Buist et al. 2008, Am J Sports Med 36:33.

use chrono::NaiveDate;

use crate::{
    analysis::history::sessions::{self, Session},
    dates,
    table::WeekRow,
    warning::{
        About, Compared, Rule, Unit, Warning,
        evidence::{BaseRate, Evidence, Of},
        percent_above,
    },
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "ten-percent",
    title: "ten per cent",
    about: About::Load,
    on_by_default: false,
    is_missed: true,
    evidence: Evidence {
        grade: 'X',
        cite: "against it Buist 2008",
        source: "Buist et al. 2008, Am J Sports Med 36:33-39: 532 novices at random on a 10 % plan or a common one, injured \
                 20.8 % against 20.3 %",
    },
    base_rate: Some(BaseRate { of: Of::Weeks, of_100: "36–38" }),
    keys: &[],
};

/// The rule knows no more than week and week before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen;

/// The messages of all weeks that are over on `as_of`, oldest first. `h0`: first known day.
#[must_use]
pub fn warnings(
    weeks: &[WeekRow],
    sessions: &[Session],
    h0: NaiveDate,
    as_of: NaiveDate,
) -> Vec<Warning<Seen>> {
    let mut warnings = Vec::new();
    for pair in weeks.windows(2) {
        let (before, week) = (&pair[0], &pair[1]);
        let last_day = dates::days_after(week.week_start, 6);
        let both_known = before.week_start >= h0 && last_day <= as_of;
        if both_known && before.distance_m > 0 && 100 * week.distance_m > 110 * before.distance_m {
            let run = (sessions::last_run_up_to(sessions, last_day), last_day);
            let compared = Compared {
                value: week.distance_m,
                baseline: Some(before.distance_m),
                threshold: percent_above(before.distance_m, 10),
                unit: Unit::Metres,
            };
            warnings.push(Warning::new(&RULE, run, compared, Seen));
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::day;

    /// Dates told of weeks from Monday 5 January 2026 on.
    fn told(meters: &[i64], h0: &str, as_of: &str) -> Vec<String> {
        let week = |(i, meters): (usize, &i64)| WeekRow {
            week_start: dates::days_after(day("2026-01-05"), 7 * i as u64),
            distance_m: *meters,
            runs: u32::from(*meters > 0),
            longest_m: None,
            moving_time_s: None,
            ascent_m: None,
            descent_m: None,
            best_of_4_m: None,
            peak_7_days_m: *meters,
        };
        let weeks: Vec<WeekRow> = meters.iter().enumerate().map(week).collect();
        warnings(&weeks, &[], day(h0), day(as_of)).iter().map(|warning| warning.date.to_string()).collect()
    }

    #[test]
    fn exactly_ten_per_cent_more_is_not_told_and_a_metre_above_is() {
        assert_eq!(told(&[20_000, 22_000], "2026-01-05", "2026-02-01"), Vec::<String>::new());
        assert_eq!(told(&[20_000, 22_001], "2026-01-05", "2026-02-01"), ["2026-01-18"]);
    }

    #[test]
    fn an_empty_week_an_unfinished_one_and_one_before_the_first_file_are_not_compared() {
        let none = Vec::<String>::new();
        assert_eq!(told(&[0, 22_000], "2026-01-05", "2026-02-01"), none);
        assert_eq!(told(&[10_000, 22_000], "2026-01-05", "2026-01-17"), none);
        assert_eq!(told(&[10_000, 22_000], "2026-01-06", "2026-02-01"), none);
    }
}
