//! The sample's knee diary: two ambers, a red one, the way back; and the arithmetic of it for the README.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use super::{
    Contents,
    clock::day,
    facts,
    story::AS_OF,
    words::{km, short},
};

/// Day of the run, before, during, after, next morning, and where in the run it began in km.
type Entry = (NaiveDate, [u8; 4], Option<u8>);

/// The entries, all for the front of the left knee.
fn entries() -> Vec<Entry> {
    vec![
        (AMBER, [0, 3, 1, 0], None),
        (AMBER_AGAIN, [0, 4, 1, 1], None),
        (RED, [1, 6, 3, 3], Some(RED_FROM_KM)),
        (GREEN, [0, 2, 0, 0], None),
        (GREEN_AGAIN, [0, 1, 0, 0], None),
        (day(2026, 9, 29), [0, 1, 0, 0], None),
        (day(2026, 10, 13), [0, 0, 0, 0], None),
        (day(2026, 11, 3), [0, 1, 0, 0], None),
        (day(2026, 11, 8), [0, 2, 0, 0], None),
    ]
}

const RED_FROM_KM: u8 = 9;
const AMBER: NaiveDate = day(2026, 9, 3);
const AMBER_AGAIN: NaiveDate = day(2026, 9, 6);
const RED: NaiveDate = day(2026, 9, 13);
const GREEN: NaiveDate = day(2026, 9, 19);
const GREEN_AGAIN: NaiveDate = day(2026, 9, 22);

/// `treadlight-knee.csv`.
pub(super) fn diary() -> String {
    let mut text = "# The knee diary of the sample's runner, who does not exist.\n\
                    date,run,spot,side,before,during,after,morning,worst,from_km,signs,painkiller,exercises,note\n"
        .to_owned();
    for (date, [before, during, after, morning], from) in entries() {
        let from = from.map_or_else(String::new, |km| format!("{km}.0"));
        let _ = writeln!(text, "{date},,front,left,{before},{during},{after},{morning},,{from},,,,");
    }
    text
}

/// What the diary must come to, with its arithmetic.
pub(super) fn readme(contents: &Contents) -> String {
    let run = |date| facts::day_m(&contents.runs, date);
    let floor = |metres: i64| km(metres / 100 * 100);
    let exact = |metres: i64| format!("{:.3} km", metres as f64 / 1000.0);
    let amber = 80 * run(AMBER) / 100;
    let red = 50 * run(AMBER) / 100;
    let green = red.max(run(GREEN).min(110 * red / 100));
    let ramp = green.max(run(GREEN_AGAIN).min(110 * green / 100));
    let rows = [
        (AMBER, format!("amber: 80 % of {}", exact(run(AMBER))), "hold", floor(amber)),
        (
            AMBER_AGAIN,
            format!("amber: {} stays, as 80 % of {} is more", floor(amber), exact(run(AMBER_AGAIN))),
            "hold",
            floor(amber),
        ),
        (
            RED,
            format!(
                "red: half of {}, the shortest judged run; less than 80 % of {RED_FROM_KM} km, where it began",
                exact(run(AMBER))
            ),
            "back",
            format!("{}, not before {}", floor(red), short(RED + Days::new(3))),
        ),
        (GREEN, format!("green: 110 % of {}", exact(red)), "hold", floor(green)),
        (
            GREEN_AGAIN,
            format!("two green: 110 % of 110 % of {}", exact(green)),
            "ramp",
            floor(110 * ramp / 100),
        ),
    ];
    let mut text = "## The knee\n\
                    \n\
                    `treadlight-knee.csv` has a short story of the front of the left knee. What it must come to on the day after:\n\
                    \n\
                    | run of | because | state | limit of one run |\n|---|---|---|---|\n"
        .to_owned();
    for (date, because, state, limit) in rows {
        let _ = writeln!(text, "| {} | {because} | {state} | {limit} |", short(date));
    }
    let last = RED + Days::new(28);
    let _ = writeln!(
        text,
        "\nIt ends 28 days after the red one: {} is the last day with a limit. On {} the diary limits nothing.",
        short(last),
        short(AS_OF)
    );
    text
}
