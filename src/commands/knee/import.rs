//! `treadlight knee import`: intervals.icu wellness (CSV, JSON), its INJURED events, and a diary of our own.
//!
//! Their `injury` is a word (1 none, 2 niggle, 3 poor, 4 injured), not a number from 0 to 10: it becomes a note of the day,
//! never a light. A row that stands in the diary already is not added again.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use serde_json::Value;

use super::{
    super::{ExitStatus, Options, output},
    diary_file,
};
use crate::{
    dates,
    knee::{
        diary::{Column, Sheet},
        lines,
    },
};

/// Cells of a row that is to be added.
type Cells = Vec<(Column, String)>;

/// The longest event that is noted day by day.
const LONGEST_EVENT_DAYS: usize = 366;

pub(super) fn run(file: &Path, dry_run: bool, options: &Options) -> Result<ExitStatus> {
    let name = file.display();
    let bytes = fs::read(file).with_context(|| format!("cannot read `{name}`"))?;
    let text = String::from_utf8_lossy(&bytes);
    let rows = rows(&text).with_context(|| format!("`{name}`"))?;
    let (path, _) = diary_file::path_of(options)?;
    let mut added = 0;
    let write = |sheet: &mut Sheet| -> Result<()> {
        let known: Vec<Cells> = sheet.rows().into_iter().map(|row| filled(row.cells)).collect();
        added = 0;
        for row in &rows {
            let mut sorted = filled(row.clone());
            sorted.sort_by_key(|(column, _)| *column);
            let is_known = known.iter().any(|known| {
                let mut known = known.clone();
                known.sort_by_key(|(column, _)| *column);
                known == sorted
            });
            if !is_known {
                sheet.append(row);
                added += 1;
            }
        }
        Ok(())
    };
    let total = rows.len();
    if dry_run {
        let mut write = write;
        write(&mut Sheet::parse(&fs::read_to_string(&path).unwrap_or_default()))?;
        output::print(&format!("would add {added} of {total} rows to {}\n", path.display()), options.color)?;
    } else {
        diary_file::edit(&path, write)?;
        output::print(&format!("added {added} of {total} rows to {}\n", path.display()), options.color)?;
    }
    Ok(ExitStatus::Done)
}

fn filled(cells: Cells) -> Cells {
    cells.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The rows of a file, whatever it is.
fn rows(text: &str) -> Result<Vec<Cells>> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['[', '{']) {
        let value: Value = serde_json::from_str(text).context("no whole JSON")?;
        return of_json(&value);
    }
    let is_head =
        |line: &&str| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("sep=");
    let head = lines::whole(text).find(is_head).unwrap_or_default().trim_end().to_lowercase();
    let names: Vec<&str> = head.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"')).collect();
    if names.contains(&"injury") && (names.contains(&"id") || names.contains(&"date")) {
        return of_wellness_csv(text);
    }
    if names.contains(&"date") && (names.contains(&"spot") || names.contains(&"during")) {
        let sheet = Sheet::parse(text);
        return Ok(sheet
            .rows()
            .into_iter()
            .map(|row| filled(row.cells))
            .filter(|row| !row.is_empty())
            .collect());
    }
    bail!(
        "neither a knee diary nor a wellness file: it begins with `{}`",
        head.chars().take(60).collect::<String>()
    )
}

fn of_json(value: &Value) -> Result<Vec<Cells>> {
    let own = value["rows"].as_array();
    let list = value.as_array().or(own);
    let list = list.context("no list of days, events or rows in it")?;
    let mut rows = Vec::new();
    for item in list {
        if item["category"] == "INJURED" {
            rows.extend(of_event(item));
        } else if own.is_some() {
            rows.push(of_own_json(item));
        } else {
            let text = |name: &str| item[name].as_str().map(str::to_owned);
            let number = |name: &str| item[name].as_i64();
            rows.extend(of_day(text("id").or_else(|| text("date")), number("injury"), text("comments")));
        }
    }
    Ok(rows)
}

/// A row of our own export.
fn of_own_json(item: &Value) -> Cells {
    let value = |column: Column| match &item[column.name()] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "" }.to_owned(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    Column::all().map(|column| (column, value(column))).filter(|(_, value)| !value.is_empty()).collect()
}

fn of_wellness_csv(text: &str) -> Result<Vec<Cells>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().context("no headings")?.clone();
    let at = |name: &str| headers.iter().position(|known| known.trim().eq_ignore_ascii_case(name));
    let (date, injury, comments) = (at("id").or_else(|| at("date")), at("injury"), at("comments"));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.context("no whole CSV")?;
        let cell = |column: Option<usize>| {
            column.and_then(|at| record.get(at)).map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned)
        };
        let injury = cell(injury).and_then(|text| text.parse::<f64>().ok()).map(|n| n.round() as i64);
        rows.extend(of_day(cell(date), injury, cell(comments)));
    }
    Ok(rows)
}

/// A day on which something was not well: a note, no number.
fn of_day(date: Option<String>, injury: Option<i64>, comments: Option<String>) -> Option<Cells> {
    let date: NaiveDate = date?.get(..10)?.parse().ok()?;
    let word = match injury? {
        2 => "niggle",
        3 => "poor",
        4 => "injured",
        _ => return None,
    };
    let comments = comments.map_or_else(String::new, |text| format!(": {text}"));
    Some(note(date, &format!("intervals: {word}{comments}")))
}

fn note(date: NaiveDate, text: &str) -> Cells {
    vec![(Column::Date, date.to_string()), (Column::Note, text.to_owned())]
}

/// A note over the days of an event; its last day is the day before its end, as calendars count.
fn of_event(item: &Value) -> Vec<Cells> {
    let day = |name: &str| -> Option<NaiveDate> { item[name].as_str()?.get(..10)?.parse().ok() };
    let Some(first) = day("start_date_local") else { return Vec::new() };
    let end = day("end_date_local").filter(|end| *end > first).unwrap_or(dates::days_after(first, 1));
    let name = item["name"].as_str().unwrap_or("injured");
    first
        .iter_days()
        .take_while(|date| *date < end)
        .take(LONGEST_EVENT_DAYS)
        .map(|date| note(date, &format!("intervals: injured, {name}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let join = |row: Cells| row.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" ");
        rows(text).unwrap().into_iter().map(join).collect()
    }

    #[test]
    fn wellness_is_a_note_and_never_a_number() {
        let csv =
            "date,weight,injury,comments\n2026-11-01,60,1,\n2026-11-02,60,2,left knee\n2026-11-03,60,4,\n";
        assert_eq!(shown(csv), ["2026-11-02 intervals: niggle: left knee", "2026-11-03 intervals: injured"]);
        let json = r#"[{"id":"2026-11-02","injury":3,"soreness":2},{"id":"2026-11-03","injury":null}]"#;
        assert_eq!(shown(json), ["2026-11-02 intervals: poor"]);
    }

    #[test]
    fn an_event_is_a_note_over_its_days() {
        let json = r#"[{"category":"INJURED","name":"KNEE","start_date_local":"2026-11-02T00:00:00",
            "end_date_local":"2026-11-04T00:00:00"},{"category":"NOTE","start_date_local":"2026-11-05"}]"#;
        assert_eq!(
            shown(json),
            ["2026-11-02 intervals: injured, KNEE", "2026-11-03 intervals: injured, KNEE"]
        );
    }

    #[test]
    fn a_diary_is_read_as_it_is_and_a_strange_file_is_refused() {
        assert_eq!(shown("date,spot,during\n2026-11-02,front,3\n"), ["2026-11-02 front 3"]);
        assert_eq!(shown("# mine\n\ndate,spot,during\n2026-11-02,front,3\n"), ["2026-11-02 front 3"]);
        assert!(rows("a,b\n1,2\n").unwrap_err().to_string().contains("neither a knee diary"));
    }
}
