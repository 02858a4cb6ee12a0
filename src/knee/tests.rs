//! Where a row belongs: the table of EVIDENCE-KNEE 5.8 and what must never soften.

use chrono::NaiveDate;

use super::{
    light::Light,
    phone_rows::{self, Noted},
    place::{About, Diary, place},
    row::{Of, Row, Run},
    sign::Sign,
};

fn day(text: &str) -> NaiveDate {
    format!("2026-11-{text}").parse().unwrap()
}

fn run(id: &str) -> Run {
    let id = format!("2026-11-{id}");
    Run { start: super::place::start_of(&id).unwrap(), id, metres: 10_000, running_s: None }
}

/// One run on 20 Nov, two on 21 Nov, none on 22.
fn runs() -> Vec<Run> {
    ["20T07:02", "21T07:00", "21T18:00"].map(run).into()
}

/// The row before: front, left, long ago.
const BEFORE: &str = "2026-10-01 front left worst 1\n";

fn file(lines: &str) -> Diary {
    placed(lines, "")
}

fn activity(line: &str) -> Diary {
    placed("", line)
}

fn placed(lines: &str, of_activity: &str) -> Diary {
    let today = day("23");
    let (mut rows, mut problems) = phone_rows::of_file(&format!("{BEFORE}{lines}"), "knee.txt", today);
    let noted = Noted {
        run: Some("2026-11-20T07:02".to_owned()),
        date: day("20"),
        file: "a.fit".to_owned(),
        text: of_activity.to_owned(),
    };
    let (more, said) = phone_rows::of_activity(&noted, today);
    rows.extend(more);
    problems.extend(said);
    let mut diary = place(rows, &runs(), today, None);
    diary.rows.remove(0);
    diary.problems.splice(0..0, problems);
    diary
}

/// `20, run 0, front left 0 3 1 0 -`.
fn shown(diary: &Diary) -> Vec<String> {
    let number = |n: Option<u8>| n.map_or("-".to_owned(), |n| n.to_string());
    diary
        .rows
        .iter()
        .map(|row| {
            let about = match row.about {
                About::Run(at) => format!("run {at}"),
                About::Walk => "walk".to_owned(),
                About::Day => "day".to_owned(),
            };
            let r = row.readings;
            let numbers = [r.before, r.during, r.after, r.morning, r.worst].map(number).join(" ");
            format!("{} {about} {} {} {numbers}", row.date.format("%d"), row.spot, row.side.unwrap())
        })
        .collect()
}

fn said(diary: &Diary) -> String {
    diary.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_line_of_the_phone_finds_its_run_or_day() {
    for (diary, row) in [
        (file("2026-11-20 front left 0/3/1/0 from 5km : stairs fine"), "20 run 0 front left 0 3 1 0 -"),
        (activity("#knee 0/2/-/-"), "20 run 0 front left 0 2 - - -"),
        (activity("#knee morning 1"), "20 run 0 front left - - - 1 -"),
        (file("2026-11-21 morning 1"), "20 run 0 front left - - - 1 -"),
        (file("2026-11-23 morning 2"), "23 day front left - - - - 2"),
        (activity("#knee calf 0/1/0/0"), "20 run 0 calf left 0 1 0 0 -"),
        (file("2026-11-21 18:10 0/1/0/-"), "21 run 2 front left 0 1 0 - -"),
        (file("2026-11-22 walk 0/1/0/0"), "22 walk front left 0 1 0 0 -"),
        (activity("#knee 0/11/1/0"), "20 run 0 front left 0 - 1 0 -"),
    ] {
        assert_eq!(shown(&diary), [row]);
    }
    let two = file("2026-11-21 0/1/0/-");
    assert_eq!(shown(&two), ["21 day front left 0 1 0 - -"]);
    assert!(said(&two).contains("two runs on 2026-11-21: add the time"), "{}", said(&two));
    let limp = activity("#knee during 4, limp");
    assert_eq!(limp.rows[0].signs, [Sign::Limp]);
    assert_eq!(limp.rows[0].light, Some(Light::Red));
}

#[test]
fn what_says_nothing_is_no_row_and_is_named() {
    let empty = activity("#knee");
    assert!(empty.rows.is_empty() && said(&empty).contains("empty"), "{}", said(&empty));
    assert!(activity("#kneecap 0/3/0/0").rows.is_empty());
    assert!(activity("a #knee 0/3/0/0").rows.is_empty(), "not at the start of the line");
    let tenths = activity("#knee 3/10");
    assert!(tenths.rows.is_empty());
    assert!(said(&tenths).contains("write during 3, or four numbers"), "{}", said(&tenths));
    let eleven = activity("#knee 0/11/1/0");
    assert!(said(&eleven).contains("11 is not 0 to 10"), "{}", said(&eleven));
    let dateless = file("0/1/0/0");
    assert!(dateless.rows.is_empty() && said(&dateless).contains("line 2: no date"), "{}", said(&dateless));
}

#[test]
fn a_word_that_may_be_a_sign_makes_the_row_red_and_is_named() {
    let diary = activity("#knee 0/1/0/0 lockd");
    assert_eq!(diary.rows[0].light, Some(Light::Red));
    assert!(said(&diary).contains("lockd: locked?"), "{}", said(&diary));
}

#[test]
fn a_sign_on_a_line_without_a_usable_date_counts_from_the_line_before() {
    for line in ["locked", "2026-12-24 locked", "1970-01-01 locked"] {
        let diary = file(&format!("2026-11-22 worst 1\n{line}"));
        let stop = diary.rows.last().unwrap();
        assert_eq!((stop.date, stop.light), (day("22"), Some(Light::Stop)), "{line}");
    }
}

#[test]
fn lines_of_one_run_complete_each_other_and_signs_are_never_replaced() {
    let diary = placed("2026-11-20 0/3/-/- limp\n2026-11-20 during 1", "#knee morning 1 painkiller");
    assert_eq!(shown(&diary), ["20 run 0 front left 0 1 - 1 -"]);
    assert_eq!((diary.rows[0].signs.as_slice(), diary.rows[0].painkiller), (&[Sign::Limp][..], true));
    let day_row = file("2026-11-22 worst 4\n2026-11-22 worst 1");
    assert_eq!(shown(&day_row), ["22 day front left - - - - 4"], "of a day the larger number counts");
}

#[test]
fn the_diary_wins_numbers_and_a_second_row_of_it_can_only_harden() {
    let in_diary = |during, morning| Row {
        in_diary: true,
        date: Some(day("20")),
        of: Of::Unsaid,
        spot: Some(super::spot::Spot::Front),
        side: Some(super::spot::Side::Left),
        readings: super::light::Readings { during, morning, ..Default::default() },
        ..Row::default()
    };
    let phone = Row { in_diary: false, ..in_diary(Some(7), Some(1)) };
    let diary = place(vec![in_diary(Some(2), None), phone], &runs(), day("23"), None);
    assert_eq!(shown(&diary), ["20 run 0 front left - 2 - 1 -"]);
    let rows = vec![in_diary(Some(4), Some(0)), in_diary(Some(0), Some(0))];
    let diary = place(rows, &runs(), day("23"), None);
    assert_eq!(diary.rows.iter().map(|row| row.light).collect::<Vec<_>>(), [Some(Light::Amber), None]);
    assert!(said(&diary).contains("a second row"), "{}", said(&diary));
}

#[test]
fn the_morning_of_a_run_finds_the_spot_of_its_row_wherever_that_was_written() {
    let diary = placed("2026-11-21 morning 2", "#knee outer right 0/3/1/-");
    assert_eq!(shown(&diary), ["20 run 0 outer right 0 3 1 2 -"]);
    let with_sign = file("2026-11-21 morning 1 limp");
    assert_eq!(shown(&with_sign), ["20 run 0 front left - - - 1 -", "21 day front left - - - - -"]);
    assert_eq!(with_sign.rows[1].light, Some(Light::Red), "the sign is of the day itself");
}

#[test]
fn a_run_that_left_the_files_keeps_its_row_and_its_light() {
    let row = Row {
        in_diary: true,
        date: Some(day("19")),
        of: Of::Run("2026-11-19T08:00".to_owned()),
        readings: super::light::Readings { during: Some(1), morning: Some(2), ..Default::default() },
        ..Row::default()
    };
    let diary = place(vec![row], &runs(), day("23"), None);
    assert_eq!((diary.rows[0].about, diary.rows[0].light), (About::Day, Some(Light::Red)));
    assert!(said(&diary).contains("is not among the files"), "{}", said(&diary));
    assert!(said(&diary).contains("no spot yet"), "{}", said(&diary));
}

#[test]
fn a_row_written_within_five_minutes_of_a_run_is_its_row() {
    let about = |id: &str| {
        let row = Row {
            date: Some(day("20")),
            of: Of::Run(id.to_owned()),
            readings: super::light::Readings { during: Some(1), ..Default::default() },
            ..Row::default()
        };
        place(vec![row], &runs(), day("23"), None).rows[0].about
    };
    assert_eq!(about("2026-11-20T07:07"), About::Run(0));
    assert_eq!(about("2026-11-20T07:08"), About::Day);
}

#[test]
fn a_morning_exists_only_from_the_day_after_on() {
    let (rows, _) = phone_rows::of_file("2026-11-20 front left 0/1/0/3", "knee.txt", day("23"));
    let light = |as_of| place(rows.clone(), &runs(), day(as_of), None).rows[0].light;
    assert_eq!((light("20"), light("21")), (Some(Light::Wait), Some(Light::Red)));
    let (rows, _) = phone_rows::of_file("2026-11-21 morning 3", "knee.txt", day("23"));
    assert!(place(rows, &runs(), day("20"), None).rows.is_empty());
}

#[test]
fn a_seen_and_a_sign_of_one_line_are_two_rows_and_the_sign_stands() {
    let diary = file("2026-11-22 seen:2 locked");
    assert_eq!(diary.rows.len(), 2);
    assert!(diary.rows[0].seen.is_some());
    assert_eq!(diary.rows[1].light, Some(Light::Stop));
}

#[test]
fn a_distance_beyond_the_run_is_empty_and_named() {
    let diary = file("2026-11-20 0/3/1/0 from 12km");
    assert_eq!(diary.rows[0].entry.from_m, None);
    assert!(said(&diary).contains("from 12.0 km lies beyond the run of 10.0 km"), "{}", said(&diary));
    assert_eq!(file("2026-11-20 0/3/1/0 from 3 mi").rows[0].entry.from_m, Some(4_828));
}
