//! What the sample's README says of shoes: limits passed, the table, and how the dates come about.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use super::{
    Contents, facts,
    shoes::Pair,
    story::{AS_OF, ONE_PAIR, TRAIL_FIRST},
    words::{km, long_date, short},
};
use crate::{units::METERS_PER_MILE, warning::ShoeKind};

/// The runs that took a pair to the ends of its window.
pub(super) fn window_rows(contents: &Contents, pair: &Pair) -> Vec<(NaiveDate, String)> {
    let rules = ["shoe-window | info", "shoe-past | caution"].into_iter().zip(pair.window_m());
    rules
        .filter_map(|(rule, limit_m)| {
            let (run, total_m) = pair.reaches(&contents.runs, limit_m)?;
            let row = format!("{rule} | {} has {} | {}", pair.name, km(total_m), mi_and_km(limit_m));
            Some((run.date, row))
        })
        .collect()
}

/// The day on which four weeks had been run in one pair.
pub(super) fn one_pair_row(contents: &Contents, pair: &Pair) -> (NaiveDate, String) {
    let in_pair_m = pair.distance_in_m(&contents.runs, ONE_PAIR, 28);
    let all_m: i64 = (0..4).map(|w| facts::seven_days_m(&contents.runs, ONE_PAIR - Days::new(7 * w))).sum();
    let row =
        format!("one-pair | info | {} in {} in 28 days | {} in all", km(in_pair_m), pair.name, km(all_m));
    (ONE_PAIR, row)
}

/// The first, long run in a new pair.
pub(super) fn new_pair_row(contents: &Contents, pair: &Pair) -> (NaiveDate, String) {
    let run_m = facts::day_m(&contents.runs, TRAIL_FIRST);
    let before_m = pair.prior_distance_m;
    let row = format!("new-shoe | info | {} in {}, which had {} | 10 km", km(run_m), pair.name, km(before_m));
    (TRAIL_FIRST, row)
}

/// The pairs, and the arithmetic behind their dates.
pub(super) fn shoes(contents: &Contents, pairs: &[Pair]) -> String {
    let runs = &contents.runs;
    let all_m: i64 = (0..4).map(|weeks| facts::seven_days_m(runs, AS_OF - Days::new(7 * weeks))).sum();
    let mut text =
        "## Shoes\n\n| pair | kind | from | retired | runs | before | in all | in miles | last 28 days |\n\
                    |---|---|---|---|---|---|---|---|---|\n"
            .to_owned();
    for pair in pairs {
        let total_m = pair.distance_m(runs);
        let retired = pair.retired.map_or_else(|| "–".to_owned(), short);
        let lately_m = pair.distance_in_m(runs, AS_OF, 28);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {retired} | {} | {} | {} | {:.1} mi | {} of {}: {:.0} % |",
            pair.name,
            pair.kind.as_str(),
            short(pair.from),
            pair.runs(runs).count(),
            km(pair.prior_distance_m),
            km(total_m),
            total_m as f64 / METERS_PER_MILE,
            km(lately_m),
            km(all_m),
            100.0 * lately_m as f64 / all_m as f64,
        );
    }
    text += "\nThe old everyday pair ends past its window of 300 to 500 miles; the new one has just entered it. The racing pair\n\
             is in its window of 100 to 250 miles, the trail pair below its own. Every run is in a pair.\n";
    for pair in pairs.iter().filter(|pair| pair.retired.is_none() && pair.kind != ShoeKind::Racing) {
        text += &forecast(contents, pair);
    }
    text
}

/// The arithmetic behind the dates of the next limit, step by step.
fn forecast(contents: &Contents, pair: &Pair) -> String {
    let runs = &contents.runs;
    let total_m = pair.distance_m(runs);
    let Some(limit_m) = pair.window_m().into_iter().find(|limit_m| *limit_m > total_m) else {
        return String::new();
    };
    let newest_first: Vec<i64> =
        (0..8).map(|weeks| pair.distance_in_m(runs, AS_OF - Days::new(7 * weeks), 7)).collect();
    let mut sorted = newest_first.clone();
    sorted.sort_unstable();
    let listed = |meters: &[i64]| meters.iter().map(|m| exact(*m)).collect::<Vec<_>>().join(", ");
    // of eight values, the quartiles lie at 1.75 and 5.25 counted from 0
    let lower_m = sorted[1] as f64 + 0.75 * (sorted[2] - sorted[1]) as f64;
    let upper_m = sorted[5] as f64 + 0.25 * (sorted[6] - sorted[5]) as f64;
    let left_m = limit_m - total_m;
    let mut text = format!(
        "\n### When {} reaches {}\n\n\
         {} − {} = {} km are left. Kilometres in it in the eight blocks of seven days up to {}, newest\n\
         first: {}.\n\
         Sorted: {}.\n\
         Lower quartile: {} + 0.75 × ({} − {}) = {:.3}; upper quartile: {} + 0.25 × ({} − {}) = {:.3}.\n",
        pair.name,
        mi_and_km(limit_m),
        exact(limit_m),
        exact(total_m),
        exact(left_m),
        short(AS_OF),
        listed(&newest_first),
        listed(&sorted),
        exact(sorted[1]),
        exact(sorted[2]),
        exact(sorted[1]),
        lower_m / 1000.0,
        exact(sorted[5]),
        exact(sorted[6]),
        exact(sorted[5]),
        upper_m / 1000.0,
    );
    if lower_m < 1000.0 {
        return text + "The lower quartile is below 1 km a week: not enough use to say when.\n";
    }
    for (name, weekly_m) in [("Early", upper_m), ("Late", lower_m)] {
        let days = left_m as f64 / weekly_m * 7.0;
        let _ = writeln!(
            text,
            "{name}: {} / {:.3} × 7 = {days:.1}, so {:.0} days: {}.",
            exact(left_m),
            weekly_m / 1000.0,
            days.ceil(),
            long_date(AS_OF + Days::new(days.ceil() as u64)),
        );
    }
    text
}

/// `482.803`, in kilometres.
fn exact(meters: i64) -> String {
    format!("{:.3}", meters as f64 / 1000.0)
}

/// `300 mi (482.8 km)`.
fn mi_and_km(meters: i64) -> String {
    format!("{:.0} mi ({})", meters as f64 / METERS_PER_MILE, km(meters))
}
