//! The sample's settings and its README; every number in them comes from the files themselves.

use std::fmt::Write as _;

use chrono::{Datelike, Days, NaiveDate};

use super::{
    Contents, facts, knee, shoe_texts,
    shoes::Pair,
    story::{
        AS_OF, AUTUMN_RIDE, AUTUMN_SPIKE, BROKEN_OFF, FIRST_DAY, HOLIDAY_JUMP, Kind, RETIRED, RIDE,
        SPRING_SPIKE, STRENGTH, SWIM, TIME_OFF, TRAIL_FIRST, TREADMILL, TWICE,
    },
    words::{km, long_date, short},
};
use crate::warning::ShoeKind;

/// `treadlight.toml`.
pub(super) fn settings(pairs: &[Pair], named: &[(String, &str)]) -> String {
    let mut text = format!(
        "# Settings of the sample data, which `treadlight demo` wrote. `treadlight init` writes some for your own runs.\n\
         \n\
         # A fixed \"today\", so that the report of this folder never changes. Leave it out for your own runs.\n\
         as_of = {AS_OF}\n\
         # \"km\" or \"mi\" for everything; unset it is km, and windows of shoes as they are written\n\
         # units = \"km\"\n\
         # GPX files have the time in UTC: this says on which day the runner ran.\n\
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
    text + pair.fit
}

/// `README.md` of the sample.
pub(super) fn readme(contents: &Contents, pairs: &[Pair]) -> String {
    [
        &introduction(),
        &story(contents),
        &imports(contents),
        &warnings(contents, pairs),
        &knee::readme(contents),
        &shoe_texts::shoes(contents, pairs),
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
        (short(AUTUMN_RIDE), "another ride".to_owned()),
        (short(SWIM), "a kilometre in the pool".to_owned()),
        (
            format!("{} and {}", STRENGTH[0].day(), short(STRENGTH[1])),
            "strength training: time and heart rate, no distance".to_owned(),
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
         {files} activity files: {} runs, {} of other sports, 1 duplicate, 1 skipped.\n\
         The runs are {} in all, the longest {}. The week of 2 Nov has {} runs and {}.\n\
         \n\
         | file | becomes |\n|---|---|\n\
         {}\
         | `{}` | duplicate of `{}` |\n\
         | `{}` | skipped: a planned route, nothing that was run |\n\
         | `{}` | a run of {}: it breaks off there, after {} were planned |\n",
        runs.len(),
        contents.others.len(),
        km(total_m),
        km(longest_m),
        runs.iter().filter(|run| (AUTUMN_SPIKE - run.date).num_days() < 7).count(),
        km(week_m),
        others(contents),
        contents.duplicate,
        contents.duplicate_of,
        contents.planned_route,
        broken_off.path,
        km(broken_off.recorded_m),
        km(broken_off.planned_m),
    )
}

/// A line for each file of another sport.
fn others(contents: &Contents) -> String {
    let line = |(path, kind): &(String, Kind)| {
        let sport = match kind {
            Kind::Ride => "cycling",
            Kind::Swim => "swimming",
            _ => "training",
        };
        format!("| `{path}` | other sport: {sport} |\n")
    };
    contents.others.iter().map(line).collect()
}

fn warnings(contents: &Contents, pairs: &[Pair]) -> String {
    let runs = &contents.runs;
    let mut rows = vec![
        spike_row(contents, SPRING_SPIKE),
        jump_row(contents),
        gap_row(),
        spike_row(contents, AUTUMN_SPIKE),
    ];
    rows.extend(pairs.iter().flat_map(|pair| shoe_texts::window_rows(contents, pair)));
    rows.extend(pairs.iter().find(|pair| pair.default).map(|pair| shoe_texts::one_pair_row(contents, pair)));
    rows.extend(
        pairs
            .iter()
            .find(|pair| pair.kind == ShoeKind::Trail)
            .map(|pair| shoe_texts::new_pair_row(contents, pair)),
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
         after the two weeks off keeps below its limits. After the half marathon a run may have up to {} until {}.\n",
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
    (back, format!("gap | info | {days} days | 14 days, from which on a break is reported with limits"))
}
