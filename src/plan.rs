//! A training plan as somebody wrote it, CSV or iCalendar: text in, planned runs out. Knows no history and no rules.

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use crate::units::Distance;

/// Years that a plan may lie in: anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// How the UIDs of treadlight's own calendar end: its limits are no plan, whatever distance they name.
pub const OWN_UIDS: &str = "@treadlight";

/// A run that somebody plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedRun {
    /// The day.
    pub date: NaiveDate,
    /// How far, in whole metres.
    pub distance_m: i64,
    /// Where it stands in the file, counted from 1.
    pub line: u64,
}

/// What a plan holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Planned runs by day.
    pub runs: Vec<PlannedRun>,
    /// Calendar events that name no distance, by line.
    pub without_distance: Vec<WithoutDistance>,
    /// Rows of 0 km.
    pub rest_days: usize,
    /// Events of treadlight's own calendar, which are limits.
    pub own_events: usize,
}

/// A calendar event that names no distance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutDistance {
    /// Its day, where it has one.
    pub date: Option<NaiveDate>,
    /// Its summary; empty without one.
    pub summary: String,
    /// Where it stands in the file, counted from 1.
    pub line: u64,
}

/// A place in a plan that cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("line {line}: {problem}")]
pub struct PlanError {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong and what to write.
    pub problem: String,
}

/// Reads a plan: iCalendar if it says so in its first line, else CSV with a header.
///
/// # Errors
/// The first row or event that cannot be read.
pub fn parse(text: &str) -> Result<Plan, PlanError> {
    let text = text.trim_start_matches('\u{feff}');
    let is_calendar =
        text.trim_start().get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    let mut plan = if is_calendar { parse_calendar(text)? } else { parse_csv(text)? };
    let read = plan.runs.len();
    plan.runs.retain(|run| run.distance_m > 0);
    plan.rest_days = read - plan.runs.len();
    plan.runs.sort_by_key(|run| (run.date, run.line));
    Ok(plan)
}

fn error(line: u64, problem: impl Into<String>) -> PlanError {
    PlanError { line, problem: problem.into() }
}

/// The columns of a CSV plan.
struct Columns {
    date: usize,
    distance: usize,
    /// What a plain number in the distance column is followed by: ` km`, ` mi` or nothing.
    unit: &'static str,
}

/// What may stand between two fields.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

fn parse_csv(text: &str) -> Result<Plan, PlanError> {
    // a spreadsheet may say `sep=;` in a line above the header
    let first = text.lines().next().unwrap_or_default();
    let is_hint = first.trim().trim_matches('"').to_ascii_lowercase().starts_with("sep=");
    // its line end stays, so that lines keep their numbers
    let rows = if is_hint { &text[first.len()..] } else { text };
    let reader = |delimiter| {
        csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(rows.as_bytes())
    };
    let columns_by = |delimiter| columns(reader(delimiter).headers().ok()?);
    let found = DELIMITERS.into_iter().find_map(|delimiter| Some((delimiter, columns_by(delimiter)?)));
    let (delimiter, columns) = found
        .ok_or_else(|| error(1, "no columns `date` and `distance`: write `date,distance` above the rows"))?;
    let mut plan = Plan::default();
    for record in reader(delimiter).records() {
        let record = record.map_err(|e| error(e.position().map_or(0, csv::Position::line), e.to_string()))?;
        let line = line_of(rows, &record);
        if record.iter().all(str::is_empty) {
            continue;
        }
        let field = |column: usize| record.get(column).unwrap_or_default();
        let date = parse_date(field(columns.date)).map_err(|problem| error(line, problem))?;
        let distance_m =
            parse_distance(field(columns.distance), columns.unit).map_err(|problem| error(line, problem))?;
        plan.runs.push(PlannedRun { date, distance_m, line });
    }
    Ok(plan)
}

/// The line of a record: the reader counts blank lines to the record after them.
fn line_of(text: &str, record: &csv::StringRecord) -> u64 {
    let first = record.position().map_or(1, csv::Position::line).max(1);
    let blank = text.lines().skip(first as usize - 1).take_while(|line| line.trim().is_empty());
    first + blank.count() as u64
}

/// Where day and distance stand; `Distance (km)`, `km` and `distance_km` are the same column.
fn columns(header: &csv::StringRecord) -> Option<Columns> {
    let words = |column: &str| -> Vec<String> {
        let words = column.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let unit = |column: &str| -> Option<&'static str> {
        let words = words(column);
        let is = |names: &[&str]| words.last().is_some_and(|last| names.contains(&last.as_str()));
        let is_bare = words.len() == 1;
        let is_distance = words.first().is_some_and(|word| word == "distance");
        match () {
            () if !(is_bare || is_distance) => None,
            () if is(&["km", "kms", "kilometers", "kilometres"]) => Some(" km"),
            () if is(&["mi", "mile", "miles"]) => Some(" mi"),
            () if is_distance && is_bare => Some(""),
            () => None,
        }
    };
    let date = header.iter().position(|column| words(column) == ["date"])?;
    let mut found = header.iter().enumerate().filter_map(|(i, column)| Some((i, unit(column)?)));
    let (distance, unit) = found.next()?;
    Some(Columns { date, distance, unit })
}

fn parse_date(text: &str) -> Result<NaiveDate, String> {
    // with dots the day comes first wherever dates are written so; with slashes that depends on the country
    let forms = ["%Y-%m-%d", "%d.%m.%Y"];
    let date = forms.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    let date = date.ok_or_else(|| format!("`{text}` is no date: write it like `2026-11-22`"))?;
    in_range(date).ok_or_else(|| format!("`{text}` is out of range: a plan lies between 2000 and 2100"))
}

fn in_range(date: NaiveDate) -> Option<NaiveDate> {
    YEARS.contains(&date.year()).then_some(date)
}

fn parse_distance(text: &str, unit: &str) -> Result<i64, String> {
    if text.is_empty() {
        return Err("no distance: write it like `12 km`, or leave the row of a rest day out".to_owned());
    }
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    // a comma is a decimal comma: thousands of kilometres are no run
    let with_unit = format!("{text}{}", if plain { unit } else { "" }).replace(',', ".");
    match with_unit.parse::<Distance>() {
        Ok(distance) => Ok(distance.meters),
        Err(_) if plain => {
            Err(format!("`{text}` has no unit: write `{text} km`, or call the column `distance_km`"))
        }
        Err(_) => Err(format!("`{text}` is no distance: write it like `12 km` or `7.5 mi`")),
    }
}

/// A calendar event while it is read.
#[derive(Default)]
struct Event {
    date: Option<NaiveDate>,
    name: String,
    summary: Option<i64>,
    description: Option<i64>,
    repeats: bool,
    is_own: bool,
}

fn parse_calendar(text: &str) -> Result<Plan, PlanError> {
    let mut plan = Plan::default();
    let mut event: Option<(u64, Event)> = None;
    for (line, content) in unfolded(text) {
        let Some((property, value)) = content.split_once(':') else { continue };
        let name = property.split(';').next().unwrap_or_default().to_ascii_uppercase();
        match (name.as_str(), &mut event) {
            ("BEGIN", _) if value.trim().eq_ignore_ascii_case("VEVENT") => {
                event = Some((line, Event::default()));
            }
            ("END", Some(_)) if value.trim().eq_ignore_ascii_case("VEVENT") => {
                if let Some((line, event)) = event.take() {
                    finish(&mut plan, line, &event)?;
                }
            }
            ("DTSTART", Some((_, event))) => {
                event.date = Some(calendar_date(value).map_err(|p| error(line, p))?);
            }
            ("SUMMARY", Some((_, event))) => {
                event.summary = longest_distance_m(value);
                event.name = value.trim().replace("\\,", ",").replace("\\;", ";");
            }
            ("DESCRIPTION", Some((_, event))) => event.description = longest_distance_m(value),
            ("RRULE", Some((_, event))) => event.repeats = true,
            ("UID", Some((_, event))) => event.is_own = value.trim().ends_with(OWN_UIDS),
            _ => {}
        }
    }
    Ok(plan)
}

fn finish(plan: &mut Plan, line: u64, event: &Event) -> Result<(), PlanError> {
    if event.is_own {
        plan.own_events += 1;
        return Ok(());
    }
    let Some(distance_m) = event.summary.or(event.description) else {
        let (date, summary) = (event.date, event.name.clone());
        plan.without_distance.push(WithoutDistance { date, summary, line });
        return Ok(());
    };
    if event.repeats {
        return Err(error(line, "a repeating event is not read: write every run as an event of its own"));
    }
    let date = event.date.ok_or_else(|| error(line, "an event without DTSTART: give it a day"))?;
    plan.runs.push(PlannedRun { date, distance_m, line });
    Ok(())
}

/// Lines of a calendar with their numbers; a line that starts with a blank continues the one before.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        match (text.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ => lines.push((line, text.to_owned())),
        }
    }
    lines
}

/// `20261122` or `20261122T080000Z`: the day as written.
fn calendar_date(text: &str) -> Result<NaiveDate, String> {
    let day = text.trim().get(..8).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
    day.and_then(in_range)
        .ok_or_else(|| format!("DTSTART `{}` is no date: write it like `20261122`", text.trim()))
}

/// The longest distance that a text names (`12 km with 3 x 1 km` is 12 km), in whole metres.
fn longest_distance_m(text: &str) -> Option<i64> {
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        c.is_ascii_digit() && !before.is_some_and(|b| b.is_alphanumeric() || matches!(b, '.' | ',' | ':'))
    });
    starts.filter_map(|(at, _)| distance_at_start_m(&text[at..])).max()
}

fn distance_at_start_m(text: &str) -> Option<i64> {
    let after_number = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))?;
    let (number, rest) = text.split_at(after_number);
    let rest = rest.trim_start();
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let unit = match word.to_lowercase().as_str() {
        "km" | "kilometers" | "kilometres" => "km",
        "mi" | "mile" | "miles" => "mi",
        _ => return None,
    };
    format!("{} {unit}", number.replace(',', ".")).parse::<Distance>().ok().map(|distance| distance.meters)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day, metres and line of every planned run.
    fn rows(text: &str) -> Vec<(String, i64, u64)> {
        let plan = parse(text).unwrap();
        plan.runs.iter().map(|run| (run.date.to_string(), run.distance_m, run.line)).collect()
    }

    fn problem(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_csv_plan_has_a_date_and_a_distance_with_its_unit() {
        assert_eq!(
            rows("date,distance\n2026-11-24,7.5 mi\n\n2026-11-22,12 km\n2026-11-23,0 km\n"),
            [("2026-11-22".into(), 12_000, 4), ("2026-11-24".into(), 12_070, 2)]
        );
    }

    #[test]
    fn plain_numbers_have_the_unit_of_their_column_and_decimal_commas_are_read() {
        assert_eq!(rows("Date;what;distance_km\n2026-11-22;easy;12,5\n"), [("2026-11-22".into(), 12_500, 2)]);
        assert_eq!(rows("distance_mi,date\n10,2026-11-22\n"), [("2026-11-22".into(), 16_093, 2)]);
    }

    #[test]
    fn a_spreadsheet_may_write_the_plan_in_its_own_way() {
        let long_run = [("2026-11-22".to_owned(), 12_500, 2)];
        for header in ["Date,Distance (km)", "date,km", "DATE,Distance [km]", "date,distance km"] {
            assert_eq!(rows(&format!("{header}\n2026-11-22,12.5\n")), long_run, "{header}");
        }
        assert_eq!(rows("Date;Distance (km);What\n22.11.2026;12,5;long, easy\n"), long_run);
        assert_eq!(rows("Date\tWhat; how\tMiles\n2026-11-22\teasy\t7.5\n")[0].1, 12_070);
        assert_eq!(rows("sep=;\ndate;km\n2026-11-22;12,5\n"), [("2026-11-22".to_owned(), 12_500, 3)]);
        assert!(problem("date,elevation km\n2026-11-22,1\n").starts_with("line 1: no columns"));
        assert!(problem("date,km\n11/22/2026,5\n").contains("no date"));
    }

    #[test]
    fn rest_days_are_counted() {
        let plan = parse("date,km\n2026-11-22,12\n2026-11-23,0\n").unwrap();
        assert_eq!((plan.runs.len(), plan.rest_days), (1, 1));
    }

    #[test]
    fn a_row_that_cannot_be_read_names_its_line_and_what_to_write() {
        let header = "date,distance\n2026-11-22,12 km\n";
        assert_eq!(
            problem(&format!("{header}22.11.,5 km")),
            "line 3: `22.11.` is no date: write it like `2026-11-22`"
        );
        assert_eq!(
            problem(&format!("{header}2026-11-23,12")),
            "line 3: `12` has no unit: write `12 km`, or call the column `distance_km`"
        );
        assert_eq!(
            problem(&format!("{header}2026-11-23,far")),
            "line 3: `far` is no distance: write it like `12 km` or `7.5 mi`"
        );
        assert_eq!(
            problem(&format!("{header}2026-11-23")),
            "line 3: no distance: write it like `12 km`, or leave the row of a rest day out"
        );
        assert!(problem("day,km\n").starts_with("line 1: no columns `date` and `distance`"));
        assert!(problem("").starts_with("line 1: no columns"));
        assert!(problem("date,distance\n9999-01-01,5 km").contains("out of range"));
    }

    #[test]
    fn a_calendar_gives_the_longest_distance_of_each_event() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261122\r\nSUMMARY:Long run\\, 3 x 1 km in \r\n \
                    18 km\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20261124T063000Z\r\nSUMMARY:Easy at 5:30 /km\r\n\
                    DESCRIPTION:5 miles\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20261125\r\nSUMMARY:Dentist\r\n\
                    END:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(rows(text), [("2026-11-22".into(), 18_000, 2), ("2026-11-24".into(), 8_047, 7)]);
        let without = parse(text).unwrap().without_distance;
        let dentist = WithoutDistance {
            date: NaiveDate::from_ymd_opt(2026, 11, 25),
            summary: "Dentist".to_owned(),
            line: 12,
        };
        assert_eq!(without, [dentist]);
    }

    #[test]
    fn a_calendar_event_that_repeats_or_has_no_day_is_refused_with_its_line() {
        let event = |lines: &str| {
            problem(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:5 km\n{lines}END:VEVENT\n"))
        };
        assert!(
            event("DTSTART:20261122\nRRULE:FREQ=WEEKLY\n")
                .starts_with("line 2: a repeating event is not read")
        );
        assert!(event("").starts_with("line 2: an event without DTSTART"));
        assert!(event("DTSTART:soon\n").starts_with("line 4: DTSTART `soon` is no date"));
    }
}
