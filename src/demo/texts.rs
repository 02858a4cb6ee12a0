//! The sample's settings and its README; every number in them comes from the files themselves.

use std::fmt::Write as _;

use chrono::{Datelike, Days, NaiveDate};

use super::{
    Contents, facts,
    shoes::Pair,
    story::{
        AS_OF, AUTUMN_SPIKE, BROKEN_OFF, FIRST_DAY, HOLIDAY_JUMP, ONE_PAIR, RETIRED, RIDE, SPRING_SPIKE,
        TIME_OFF, TRAIL_FIRST, TREADMILL, TWICE,
    },
};
use crate::{settings::ShoeKind, units::METERS_PER_MILE};

/// `treadlight.toml`.
pub(super) fn settings(pairs: &[Pair], named: &[(String, &str)]) -> String {
    let mut text = format!(
        "# Settings of the sample data, which `treadlight demo` wrote. `treadlight init` writes some for your own runs.\n\
         \n\
         # A fixed \"today\", so that the report of this folder never changes. Leave it out for your own runs.\n\
         as_of = {AS_OF}\n\
         # \"km\" or \"mi\"\n\
         units = \"km\"\n\
         # GPX files tell the time in UTC: this says on which day the runner ran.\n\
         timezone = \"Europe/Berlin\"\n\
         \n\
         # Every run counts for the pair that is named below, else for the default one of its day. Both dates are included.\n"
    );
    for pair in pairs {
        text += &shoe_table(pair);
    }
    text += "\n# The runs that were not in the default pair.\n[runs]\n";
    for (id, name) in named {
        let _ = writeln!(text, "\"{id}\" = {{ shoe = \"{name}\" }}");
    }
    text
}

fn shoe_table(pair: &Pair) -> String {
    let mut text = format!("\n[[shoes]]\nname = \"{}\"\nfrom = {}\n", pair.name, pair.from);
    if let Some(retired) = pair.retired {
        text += &format!("retired = {retired}\n");
    }
    if pair.prior_distance_m > 0 {
        let km = pair.prior_distance_m / 1000;
        text += &format!("# what it had run before the first file\nprior_distance = \"{km} km\"\n");
    }
    if pair.kind != ShoeKind::Daily {
        text += &format!("kind = \"{}\"\n", pair.kind.as_str());
    }
    if pair.default {
        text += "default = true\n";
    }
    text
}

/// `README.md` of the sample.
pub(super) fn readme(contents: &Contents, pairs: &[Pair]) -> String {
    [
        &introduction(),
        &story(contents),
        &imports(contents),
        &warnings(contents, pairs),
        &shoes(contents, pairs),
    ]
    .map(String::as_str)
    .join("\n")
}

fn introduction() -> String {
    format!(
        "# Sample data\n\
         \n\
         A year of a runner who does not exist, {} to {},\n\
         as a phone and a watch would have left them: FIT and GPX, some of it gzipped. Nothing here was\n\
         recorded. The loops lie on the open North Sea round 54.6° N 7.0° E, so that they are nobody's home:\n\
         the runner runs on water, and the water has hills.\n\
         \n\
         `treadlight demo sample_data` writes this folder, byte for byte the same on every machine; do not edit\n\
         it by hand. `treadlight report sample_data` reads it. `treadlight.toml` fixes \"today\" to {},\n\
         so the answer never changes.\n",
        long_date(FIRST_DAY),
        long_date(AUTUMN_SPIKE),
        long_date(AS_OF),
    )
}

fn story(contents: &Contents) -> String {
    let runs = &contents.runs;
    let km = |date| km(facts::day_m(runs, date));
    let rows = [
        (short(FIRST_DAY), format!("the first run, {}; then three or four runs a week", km(FIRST_DAY))),
        ("until 15 Mar".to_owned(), "a phone records GPX; from then on a watch writes FIT".to_owned()),
        (short(TREADMILL), format!("a storm: {} on the treadmill, without positions", km(TREADMILL))),
        (short(SPRING_SPIKE), format!("a long run that grows too fast: {}", km(SPRING_SPIKE))),
        (short(HOLIDAY_JUMP), format!("a free Friday, {} more than usual", km(HOLIDAY_JUMP))),
        (short(TRAIL_FIRST), format!("the first run in trail shoes, at once {}", km(TRAIL_FIRST))),
        (short(TWICE), "the same run saved twice, as FIT and as GPX".to_owned()),
        (short(RIDE), "a bicycle ride".to_owned()),
        (short(RETIRED), "the last run in the old everyday shoes".to_owned()),
        (short(BROKEN_OFF), "the watch's battery dies: the file breaks off".to_owned()),
        (
            "3 – 16 Aug".to_owned(),
            format!("two weeks off; back on {} with {}", short(TIME_OFF.1), km(TIME_OFF.1)),
        ),
        (short(AUTUMN_SPIKE), format!("a half marathon on a whim: {}", km(AUTUMN_SPIKE))),
    ];
    let mut text = "## The story\n\n| when | what |\n|---|---|\n".to_owned();
    for (when, what) in rows {
        text += &format!("| {when} | {what} |\n");
    }
    text
}

fn imports(contents: &Contents) -> String {
    let (runs, broken_off) = (&contents.runs, &contents.broken_off);
    let total_m: i64 = runs.iter().map(|run| run.distance_m).sum();
    let longest_m = runs.iter().map(|run| run.distance_m).max().unwrap_or(0);
    let week_m = facts::seven_days_m(runs, AUTUMN_SPIKE);
    let files = contents.activity_files;
    format!(
        "## What treadlight must find\n\
         \n\
         {files} activity files: {} runs, 1 other sport, 1 duplicate, 1 skipped.\n\
         The runs are {} in all, the longest {}. The week of 2 Nov has {} runs and {}.\n\
         \n\
         | file | becomes |\n|---|---|\n\
         | `{}` | other sport: cycling |\n\
         | `{}` | duplicate of `{}` |\n\
         | `{}` | skipped: a planned route, nothing that was run |\n\
         | `{}` | a run of {}: it breaks off there, after {} were planned |\n",
        runs.len(),
        km(total_m),
        km(longest_m),
        runs.iter().filter(|run| (AUTUMN_SPIKE - run.date).num_days() < 7).count(),
        km(week_m),
        contents.ride,
        contents.duplicate,
        contents.duplicate_of,
        contents.planned_route,
        broken_off.path,
        km(broken_off.recorded_m),
        km(broken_off.planned_m),
    )
}

fn warnings(contents: &Contents, pairs: &[Pair]) -> String {
    let runs = &contents.runs;
    let mut rows = vec![
        spike_row(contents, SPRING_SPIKE),
        jump_row(contents),
        gap_row(),
        spike_row(contents, AUTUMN_SPIKE),
    ];
    rows.extend(pairs.iter().flat_map(|pair| window_rows(contents, pair)));
    rows.extend(pairs.iter().find(|pair| pair.default).map(|pair| one_pair_row(contents, pair)));
    rows.extend(
        pairs.iter().find(|pair| pair.kind == ShoeKind::Trail).map(|pair| new_pair_row(contents, pair)),
    );
    rows.sort();
    let mut text = "## Warnings that it must raise\n\n| day | stands on 9 Nov | rule | level | value | compared with |\n\
                    |---|---|---|---|---|---|\n"
        .to_owned();
    for (date, row) in rows {
        let state = if (AS_OF - date).num_days() <= 7 { "active" } else { "earlier" };
        let _ = writeln!(text, "| {} | {state} | {row} |", short(date));
    }
    let cap_m = facts::longest_before_m(runs, AUTUMN_SPIKE).unwrap_or(0) * 110 / 100 / 100 * 100;
    text += &format!(
        "\nNo other day raises a warning: the weeks grow slowly, the way back\n\
         after the two weeks off keeps below its caps. After the half marathon a run may have up to {} until {}.\n",
        km(cap_m),
        short(AUTUMN_SPIKE + Days::new(14)),
    );
    text
}

fn spike_row(contents: &Contents, date: NaiveDate) -> (NaiveDate, String) {
    let value_m = facts::day_m(&contents.runs, date);
    let longest_m = facts::longest_before_m(&contents.runs, date).unwrap_or(0);
    let more = facts::percent_more(value_m, longest_m);
    let against = format!("{}, the longest of 30 days: +{more} %", km(longest_m));
    (date, format!("long-run-spike | caution | {} | {against}", km(value_m)))
}

fn jump_row(contents: &Contents) -> (NaiveDate, String) {
    let value_m = facts::seven_days_m(&contents.runs, HOLIDAY_JUMP);
    let best_m = facts::best_of_4_m(&contents.runs, HOLIDAY_JUMP);
    let more = facts::percent_more(value_m, best_m);
    let against = format!("{}, the best of four weeks: +{more} %", km(best_m));
    (HOLIDAY_JUMP, format!("weekly-jump | caution | {} in 7 days | {against}", km(value_m)))
}

fn gap_row() -> (NaiveDate, String) {
    let (last, back) = TIME_OFF;
    let days = (back - last).num_days();
    (back, format!("gap | info | {days} days | 14 days, from which on a break is told with caps"))
}

fn window_rows(contents: &Contents, pair: &Pair) -> Vec<(NaiveDate, String)> {
    let rules = ["shoe-window | info", "shoe-past | caution"].into_iter().zip(pair.window_m());
    rules
        .filter_map(|(rule, limit_m)| {
            let (run, total_m) = pair.reaches(&contents.runs, limit_m)?;
            let row = format!("{rule} | {} has {} | {}", pair.name, km(total_m), mi_and_km(limit_m));
            Some((run.date, row))
        })
        .collect()
}

fn one_pair_row(contents: &Contents, pair: &Pair) -> (NaiveDate, String) {
    let in_pair_m = pair.distance_in_m(&contents.runs, ONE_PAIR, 28);
    let all_m: i64 = (0..4).map(|w| facts::seven_days_m(&contents.runs, ONE_PAIR - Days::new(7 * w))).sum();
    let row =
        format!("one-pair | info | {} in {} in 28 days | {} in all", km(in_pair_m), pair.name, km(all_m));
    (ONE_PAIR, row)
}

fn new_pair_row(contents: &Contents, pair: &Pair) -> (NaiveDate, String) {
    let run_m = facts::day_m(&contents.runs, TRAIL_FIRST);
    let before_m = pair.prior_distance_m;
    let row = format!("new-shoe | info | {} in {}, which had {} | 10 km", km(run_m), pair.name, km(before_m));
    (TRAIL_FIRST, row)
}

fn shoes(contents: &Contents, pairs: &[Pair]) -> String {
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

fn km(meters: i64) -> String {
    format!("{:.1} km", meters as f64 / 1000.0)
}

fn short(date: NaiveDate) -> String {
    let format = if date.year() == AS_OF.year() { "%-d %b" } else { "%-d %b %Y" };
    date.format(format).to_string()
}

fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
