//! Days and weeks of one runner, added up in one pass: what answers need, without the time and the
//! memory that a query of polars takes to begin. A property test holds both to the same numbers.

use chrono::{Datelike, NaiveDate, Weekday};

use super::rows::{DayRow, ROLLING_DAYS, Span, WeekRow, best_before};
use crate::{activity::Activity, dates};

/// The rows of [`DayTable`](super::frames::DayTable) and [`WeekTable`](super::frames::WeekTable) for one runner; runs outside of the span
/// are left out.
#[must_use]
pub fn days_and_weeks(
    runs: &[Activity],
    span: Span<'_>,
    first_weekday: Weekday,
) -> (Vec<DayRow>, Vec<WeekRow>) {
    let mut days: Vec<Day> = span.days().map(Day::on).collect();
    for run in runs {
        let place = usize::try_from((run.local_date() - span.first).num_days()).ok();
        if let Some(day) = place.and_then(|place| days.get_mut(place)) {
            day.add(run);
        }
    }
    let mut rolling_m = 0;
    for i in 0..days.len() {
        rolling_m += days[i].row.distance_m;
        rolling_m -= i.checked_sub(ROLLING_DAYS).map_or(0, |gone| days[gone].row.distance_m);
        days[i].row.last_7_days_m = rolling_m;
    }
    let weeks = weeks(&days, first_weekday);
    (days.into_iter().map(|day| day.row).collect(), weeks)
}

/// A day, with what only weeks tell.
struct Day {
    row: DayRow,
    ascent_m: Option<f64>,
    descent_m: Option<f64>,
}

impl Day {
    fn on(date: NaiveDate) -> Self {
        let row =
            DayRow { date, distance_m: 0, runs: 0, last_7_days_m: 0, longest_m: None, moving_time_s: None };
        Self { row, ascent_m: None, descent_m: None }
    }

    fn add(&mut self, run: &Activity) {
        let meters = run.whole_meters();
        self.row.distance_m += meters;
        self.row.runs += 1;
        self.row.longest_m = self.row.longest_m.max(Some(meters));
        add_known(&mut self.row.moving_time_s, run.moving_time_s);
        add_known(&mut self.ascent_m, run.ascent_m);
        add_known(&mut self.descent_m, run.descent_m);
    }
}

fn weeks(days: &[Day], first_weekday: Weekday) -> Vec<WeekRow> {
    let mut weeks: Vec<WeekRow> = Vec::with_capacity(days.len() / 7 + 2);
    for week in days.chunk_by(|_, day| day.row.date.weekday() != first_weekday) {
        let Some(first) = week.first() else { continue };
        let mut sums = WeekRow {
            week_start: dates::week_start(first.row.date, first_weekday),
            distance_m: 0,
            runs: 0,
            longest_m: None,
            moving_time_s: None,
            ascent_m: None,
            descent_m: None,
            best_of_4_m: None,
            peak_7_days_m: 0,
        };
        for day in week {
            sums.distance_m += day.row.distance_m;
            sums.runs += day.row.runs;
            sums.longest_m = sums.longest_m.max(day.row.longest_m);
            sums.peak_7_days_m = sums.peak_7_days_m.max(day.row.last_7_days_m);
            add_known(&mut sums.moving_time_s, day.row.moving_time_s);
            add_known(&mut sums.ascent_m, day.ascent_m);
            add_known(&mut sums.descent_m, day.descent_m);
        }
        weeks.push(sums);
    }
    let distances_m: Vec<Option<i64>> = weeks.iter().map(|week| Some(week.distance_m)).collect();
    weeks.iter_mut().zip(best_before(&distances_m)).for_each(|(week, best)| week.best_of_4_m = best);
    weeks
}

/// A sum stays unknown until something is known.
fn add_known(sum: &mut Option<f64>, value: Option<f64>) {
    if let Some(value) = value {
        *sum.get_or_insert(0.0) += value;
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};
    use proptest::prelude::*;

    use super::*;
    use crate::{
        activity::{Format, Sport},
        fields::RunRow,
        table::frames::{DayTable, RunTable, WeekTable},
    };

    /// A run so many hours after the span's first, with what of it is known.
    fn run(hours: i64, distance_m: Option<f64>, known: [Option<f64>; 3]) -> Activity {
        let start = DateTime::parse_from_rfc3339("2026-02-20T07:00:00Z").unwrap() + Duration::hours(hours);
        let [moving_time_s, ascent_m, descent_m] = known;
        Activity {
            distance_m,
            moving_time_s,
            ascent_m,
            descent_m,
            ..Activity::new("a.fit", Format::Fit, Sport::running(), start)
        }
    }

    fn any_run() -> impl Strategy<Value = Activity> {
        let known = || prop::option::of(0.0..10_000.0);
        (-100_i64..2_000, prop::option::of(0.0..60_000.0), [known(), known(), known()])
            .prop_map(|(hours, distance_m, known)| run(hours, distance_m, known))
    }

    /// Whole numbers are the same; sums of parts may be added in another order.
    fn close(a: Option<f64>, b: Option<f64>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
            (a, b) => a == b,
        }
    }

    proptest! {
        #[test]
        fn they_are_those_of_the_frames(
            runs in prop::collection::vec(any_run(), 0..60),
            days in -1_i64..80,
            weekday in prop::sample::select(&[Weekday::Mon, Weekday::Sun, Weekday::Sat][..]),
        ) {
            let first: NaiveDate = "2026-02-20".parse().unwrap();
            let span = Span { runner: None, first, last: first + Duration::days(days) };
            let (days, weeks) = days_and_weeks(&runs, span, weekday);
            let rows: Vec<RunRow<'_>> = runs.iter().map(RunRow::of).collect();
            let day_table = DayTable::new(&RunTable::new(&rows).unwrap(), &[span], weekday).unwrap();
            let (framed_days, framed_weeks) =
                (day_table.rows().unwrap(), WeekTable::new(&day_table).unwrap().rows().unwrap());
            prop_assert_eq!(days.len(), framed_days.len());
            for (day, framed) in days.into_iter().zip(framed_days) {
                prop_assert!(close(day.moving_time_s, framed.moving_time_s), "{:?} {:?}", day, framed);
                prop_assert_eq!(DayRow { moving_time_s: framed.moving_time_s, ..day }, framed);
            }
            prop_assert_eq!(weeks.len(), framed_weeks.len());
            for (week, framed) in weeks.into_iter().zip(framed_weeks) {
                prop_assert!(close(week.moving_time_s, framed.moving_time_s), "{:?} {:?}", week, framed);
                prop_assert!(close(week.ascent_m, framed.ascent_m), "{:?} {:?}", week, framed);
                prop_assert!(close(week.descent_m, framed.descent_m), "{:?} {:?}", week, framed);
                let WeekRow { moving_time_s, ascent_m, descent_m, .. } = framed;
                prop_assert_eq!(WeekRow { moving_time_s, ascent_m, descent_m, ..week }, framed);
            }
        }
    }
}
