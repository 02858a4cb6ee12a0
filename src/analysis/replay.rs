//! How often every rule would have warned in the weeks before a day: the base rate of one's own history.

use chrono::NaiveDate;

use super::Analysis;
use crate::{
    analysis::rules::Warning,
    dates,
    warning::{Rule, thresholds::Thresholds},
};

/// What the rules said of so many weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay<'a> {
    /// First day looked at: not before the first activity.
    pub from: NaiveDate,
    /// Last day looked at.
    pub to: NaiveDate,
    /// Runs in these days, as rules see them: a run paused into two files is one.
    pub runs: usize,
    /// How many recordings these are.
    pub recordings: usize,
    /// What they judge by.
    pub thresholds: Thresholds,
    /// The rules that speak.
    pub rules: &'a [&'static Rule],
    /// Every warning, newest first.
    pub warnings: Vec<&'a Warning>,
}

impl Replay<'_> {
    /// How often each rule that is on warned, most important rule first; rules that never did are there with 0.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static Rule, usize)> {
        self.rules.iter().map(|rule| (*rule, self.count(rule))).collect()
    }

    /// How often one rule warned.
    #[must_use]
    pub fn count(&self, rule: &Rule) -> usize {
        self.warnings.iter().filter(|warning| warning.rule == rule).count()
    }

    /// Weeks looked at; the last one may be a part of one.
    #[must_use]
    pub fn weeks(&self) -> f64 {
        ((self.to - self.from).num_days() + 1) as f64 / 7.0
    }
}

/// Looks back so many weeks from the day of the report.
#[must_use]
pub fn replay(analysis: &Analysis, weeks: u64) -> Replay<'_> {
    let to = analysis.as_of;
    let first_known = analysis.days.first().map_or(to, |day| day.date);
    let from = dates::days_before(to, (7 * weeks).saturating_sub(1)).max(first_known);
    let inside = |date: NaiveDate| (from..=to).contains(&date);
    let sessions = || analysis.sessions.iter().filter(|session| inside(session.date));
    Replay {
        from,
        to,
        thresholds: analysis.thresholds,
        rules: &analysis.rules_on,
        runs: sessions().count(),
        recordings: sessions().map(|session| session.recordings).sum(),
        warnings: analysis.warnings.iter().rev().filter(|warning| inside(warning.date)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            analyze,
            rules::{long_run_spike, shoe_window, ten_percent},
            testing::{day, run},
        },
        settings::Settings,
    };

    /// Sundays of 10 km from 4 January, the ninth of them with 14 km.
    fn analysis(as_of: &str) -> Analysis {
        let runs: Vec<_> = (0..9)
            .map(|week| {
                let sunday = dates::days_after(day("2026-01-04"), 7 * week);
                let distance_m = if week == 8 { 14_000 } else { 10_000 };
                run(&format!("{sunday}T08:00:00+01:00"), distance_m, 60)
            })
            .collect();
        analyze(&runs, &[], &Settings::default(), day(as_of)).unwrap()
    }

    #[test]
    fn a_warning_on_the_first_day_of_the_span_counts_and_one_the_day_before_does_not() {
        // the spike of Sunday 1 March: a week that ends on Saturday 7 March begins with it
        let told = |as_of: &str| replay(&analysis(as_of), 1).warnings.len();
        assert_eq!((told("2026-03-07"), told("2026-03-08")), (2, 0));
    }

    #[test]
    fn every_rule_is_counted_even_where_it_never_warned() {
        let analysis = analysis("2026-03-07");
        let replay = replay(&analysis, 52);
        assert_eq!((replay.from, replay.runs), (day("2026-01-04"), 9));
        let count = |rule: &Rule| {
            replay.counts().into_iter().find(|(known, _)| *known == rule).map(|(_, count)| count)
        };
        assert_eq!(count(&long_run_spike::RULE), Some(1));
        assert_eq!(count(&shoe_window::PAST), Some(0));
        assert_eq!(count(&ten_percent::RULE), None, "off by default");
    }
}
