//! The rows of long spans: months and years instead of weeks, so that a chart stays readable.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    data::{MileageBar, YearLine},
    kit::step::Step,
};
use crate::dates;

/// Every period from the one that holds `first` to the one that holds `as_of`, with its runs and warnings. `runs` (day and
/// metres) and `warnings` are sorted by day; none is later than `as_of`.
#[must_use]
pub fn bars(
    step: Step,
    (first, as_of): (NaiveDate, NaiveDate),
    week_start: Weekday,
    runs: &[(NaiveDate, i64)],
    warnings: &[(NaiveDate, &str)],
) -> Vec<MileageBar> {
    let after = |start: &NaiveDate| Some(step.next(*start)).filter(|next| next > start);
    let starts = std::iter::successors(Some(step.start(first, week_start)), after);
    let bar = |start: NaiveDate| {
        let next = step.next(start);
        let distances = inside(runs, start, next).iter().map(|(_, meters)| *meters);
        MileageBar {
            start,
            next,
            distance_m: distances.clone().sum(),
            longest_m: distances.max().unwrap_or_default(),
            complete: next <= dates::days_after(as_of, 1),
            warnings: inside(warnings, start, next).iter().map(|(_, name)| (*name).to_owned()).collect(),
        }
    };
    starts.take_while(|start| *start <= as_of).map(bar).collect()
}

/// The rows of the days from `start` up to but without `next`.
fn inside<T>(rows: &[(NaiveDate, T)], start: NaiveDate, next: NaiveDate) -> &[(NaiveDate, T)] {
    let from = rows.partition_point(|(date, _)| *date < start);
    let to = rows.partition_point(|(date, _)| *date < next);
    &rows[from..to.max(from)]
}

/// How the distance of every calendar year grew. `days`: each calendar day from the first known one on.
#[must_use]
pub fn year_lines(days: impl IntoIterator<Item = (NaiveDate, i64)>) -> Vec<YearLine> {
    let mut lines: Vec<YearLine> = Vec::new();
    for (date, meters) in days {
        if lines.last().is_none_or(|line| line.year != date.year()) {
            lines.push(YearLine { year: date.year(), from: date, line: Vec::new() });
        }
        let Some(line) = lines.last_mut() else { continue };
        if meters > 0 {
            let before = line.line.last().map_or(0, |(_, total)| *total);
            line.line.push((date, before + meters));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::sample::date;

    #[test]
    fn two_years_are_weeks_six_are_months_and_more_are_years() {
        let steps = [1, 52, 106, 107, 318, 319, 780].map(Step::of_weeks);
        assert_eq!(
            steps,
            [Step::Week, Step::Week, Step::Week, Step::Month, Step::Month, Step::Year, Step::Year]
        );
    }

    #[test]
    fn periods_begin_where_calendars_say() {
        let day = date(2024, 2, 29);
        let of = |step: Step| (step.start(day, Weekday::Sun), step.next(step.start(day, Weekday::Sun)));
        assert_eq!(of(Step::Week), (date(2024, 2, 25), date(2024, 3, 3)));
        assert_eq!(of(Step::Month), (date(2024, 2, 1), date(2024, 3, 1)));
        assert_eq!(of(Step::Year), (date(2024, 1, 1), date(2025, 1, 1)));
        assert_eq!(Step::Month.next(date(2025, 12, 1)), date(2026, 1, 1));
        assert_eq!(Step::Year.next(date(2025, 1, 1)), date(2026, 1, 1));
    }

    #[test]
    fn bars_add_up_their_runs_leave_no_month_out_and_the_last_is_not_over() {
        let runs = [(date(2026, 1, 31), 5_000), (date(2026, 3, 1), 7_000), (date(2026, 3, 4), 9_000)];
        let warnings = [(date(2026, 3, 4), "long-run spike")];
        let span = (date(2026, 1, 5), date(2026, 3, 30));
        let bars = bars(Step::Month, span, Weekday::Mon, &runs, &warnings);
        let told: Vec<_> = bars.iter().map(|bar| (bar.distance_m, bar.longest_m, bar.complete)).collect();
        assert_eq!(told, [(5_000, 5_000, true), (0, 0, true), (16_000, 9_000, false)]);
        assert_eq!(bars[2].warnings, ["long-run spike"]);
        assert_eq!((bars[0].start, bars[2].next), (date(2026, 1, 1), date(2026, 4, 1)));
    }

    #[test]
    fn the_last_day_of_a_month_makes_it_whole() {
        let bars = bars(Step::Month, (date(2026, 3, 31), date(2026, 3, 31)), Weekday::Mon, &[], &[]);
        assert!(bars[0].complete);
    }

    #[test]
    fn the_end_of_all_days_is_an_end() {
        let last = NaiveDate::MAX;
        for step in [Step::Week, Step::Month, Step::Year] {
            assert_eq!(bars(step, (last, last), Weekday::Mon, &[], &[]).len(), 1, "{step:?}");
        }
    }

    #[test]
    fn a_year_counts_from_its_first_known_day_and_starts_at_nothing() {
        let days = [(date(2025, 12, 30), 5_000), (date(2025, 12, 31), 0), (date(2026, 1, 1), 7_000)];
        let lines = year_lines(days.into_iter().chain([(date(2026, 1, 2), 1_000)]));
        let line = |year, from, line| YearLine { year, from, line };
        assert_eq!(
            lines,
            [
                line(2025, date(2025, 12, 30), vec![(date(2025, 12, 30), 5_000)]),
                line(2026, date(2026, 1, 1), vec![(date(2026, 1, 1), 7_000), (date(2026, 1, 2), 8_000)]),
            ]
        );
    }
}
