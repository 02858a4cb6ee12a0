//! Injuries as runners reported them: CSV with `athlete_id, date` and, where known, `recovered`, `kind`, `site`.
//!
//! Only rows of kind `overuse`, or without a kind, are held against alarms. An injury of another kind ends the time at risk
//! as well.

use chrono::{Datelike, NaiveDate};
use csv::{ByteRecord, ReaderBuilder};
use thiserror::Error;

/// Years that an injury may lie in: anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;
/// Names of the column of runners, the proper one first.
const ATHLETE: &[&str] = &["athlete_id", "athlete", "person_id", "id"];

/// One injury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Injury {
    /// The first day on which it was reported.
    pub date: NaiveDate,
    /// The first day of running freely again. Without one the runner is injured to the end of the record: no later day is at
    /// risk, in the counts and in the ratio of first injuries.
    pub recovered: Option<NaiveDate>,
    /// Whether it is held against alarms; any other one only ends the time at risk.
    pub overuse: bool,
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InjuryRow {
    /// Whose; `None` only where the file need not say.
    pub athlete: Option<String>,
    /// What.
    pub injury: Injury,
    /// Its line, counted from 1.
    pub line: u64,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct BadRow {
    /// Its line, counted from 1.
    pub line: u64,
    /// What is wrong and what to write.
    pub problem: String,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InjuryFile {
    /// Rows that can be used, as they stand.
    pub rows: Vec<InjuryRow>,
    /// Rows that cannot.
    pub bad: Vec<BadRow>,
}

/// Whether rows must say whose they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Athletes {
    /// They must.
    Required,
    /// The file may be that of one runner.
    Optional,
}

/// A file without a column that it must have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no column `{missing}`: write a first line such as `{header}`")]
pub struct InjuriesError {
    /// The column.
    pub missing: &'static str,
    /// A first line that has all.
    pub header: &'static str,
}

/// Where the columns stand.
struct Columns {
    athlete: Option<usize>,
    date: usize,
    recovered: Option<usize>,
    kind: Option<usize>,
}

/// Reads a file. Blank lines and unknown columns are passed over; commas or semicolons between cells.
///
/// # Errors
/// If a column is missing that it must have. A bad row stops nothing.
pub fn read(bytes: &[u8], athletes: Athletes) -> Result<InjuryFile, InjuriesError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let header = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let delimiter = if header.contains(&b',') || !header.contains(&b';') { b',' } else { b';' };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut records = reader.byte_records();
    let columns = columns(&records.next().and_then(Result::ok).unwrap_or_default(), athletes)?;
    let mut file = InjuryFile::default();
    for record in records {
        match record {
            Ok(record) if is_blank(&record) => {}
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                match row(&record, &columns, athletes) {
                    Ok((athlete, injury)) => file.rows.push(InjuryRow { athlete, injury, line }),
                    Err(problem) => file.bad.push(BadRow { line, problem }),
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                file.bad.push(BadRow { line, problem: format!("cannot be read as CSV: {error}") });
            }
        }
    }
    Ok(file)
}

fn columns(header: &ByteRecord, athletes: Athletes) -> Result<Columns, InjuriesError> {
    let names: Vec<String> =
        header.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
    let place =
        |wanted: &[&str]| wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted));
    let required = athletes == Athletes::Required;
    let example = if required { "athlete_id,date,recovered,kind,site" } else { "date,recovered,kind,site" };
    let missing = |missing: &'static str| InjuriesError { missing, header: example };
    let athlete = place(ATHLETE);
    if required && athlete.is_none() {
        return Err(missing(ATHLETE[0]));
    }
    Ok(Columns {
        athlete,
        date: place(&["date"]).ok_or_else(|| missing("date"))?,
        recovered: place(&["recovered"]),
        kind: place(&["kind"]),
    })
}

fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

fn row(
    record: &ByteRecord,
    columns: &Columns,
    athletes: Athletes,
) -> Result<(Option<String>, Injury), String> {
    let cell = |column: Option<usize>| -> Result<Option<&str>, String> {
        let bytes = column.and_then(|column| record.get(column)).unwrap_or_default();
        let text =
            std::str::from_utf8(bytes).map_err(|_| "not UTF-8 text: save the file as UTF-8".to_owned())?;
        Ok(Some(text.trim()).filter(|text| !text.is_empty()))
    };
    let athlete = cell(columns.athlete)?.map(str::to_owned);
    if athletes == Athletes::Required && athlete.is_none() {
        return Err("no athlete_id: write whose injury it is".to_owned());
    }
    let date = cell(Some(columns.date))?.ok_or("no date: write the day, such as 2026-03-05")?;
    let date = day(date)?;
    let recovered = cell(columns.recovered)?.map(day).transpose()?;
    if let Some(recovered) = recovered.filter(|recovered| *recovered < date) {
        return Err(format!("recovered on {recovered}, before the injury on {date}: correct one of both"));
    }
    let overuse = cell(columns.kind)?.is_none_or(|kind| kind.eq_ignore_ascii_case("overuse"));
    Ok((athlete, Injury { date, recovered, overuse }))
}

/// A day as `2026-03-05`; a time of day behind it is passed over.
fn day(text: &str) -> Result<NaiveDate, String> {
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let date: Option<NaiveDate> = date.parse().ok().filter(|date: &NaiveDate| YEARS.contains(&date.year()));
    date.ok_or_else(|| format!("`{text}` is no day: write it as year, month and day, such as 2026-03-05"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rows(text: &str) -> Vec<(Option<String>, Injury)> {
        let file = read(text.as_bytes(), Athletes::Required).unwrap();
        assert_eq!(file.bad, []);
        file.rows.into_iter().map(|row| (row.athlete, row.injury)).collect()
    }

    #[test]
    fn an_injury_has_a_runner_a_day_and_perhaps_a_recovery_and_a_kind() {
        let text = "athlete_id,date,recovered,kind,site\nA 1,2026-03-05,2026-03-19,overuse,knee\nB,2026-07-01,,acute,\n";
        let expected = [
            (
                Some("A 1".to_owned()),
                Injury { date: day("2026-03-05"), recovered: Some(day("2026-03-19")), overuse: true },
            ),
            (Some("B".to_owned()), Injury { date: day("2026-07-01"), recovered: None, overuse: false }),
        ];
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn names_of_columns_are_read_in_any_case_order_and_spelling_and_others_are_passed_over() {
        for text in [
            "Date,weather,ATHLETE\n2026-03-05,rain,A\n",
            "\u{feff}person_id;date;note\r\nA;2026-03-05T07:30:00;sore, but ran\r\n\r\n",
            "id,date,kind\nA,2026-03-05,Overuse\n;;\n".replace(";;", ",,").as_str(),
        ] {
            let injury = Injury { date: day("2026-03-05"), recovered: None, overuse: true };
            assert_eq!(rows(text), [(Some("A".to_owned()), injury)], "{text}");
        }
    }

    #[test]
    fn a_missing_column_is_named_and_a_single_runner_needs_no_id() {
        let missing = |text: &str, athletes| read(text.as_bytes(), athletes).unwrap_err().to_string();
        assert_eq!(
            missing("date\n2026-03-05\n", Athletes::Required),
            "no column `athlete_id`: write a first line such as `athlete_id,date,recovered,kind,site`"
        );
        assert_eq!(
            missing("athlete_id,day\nA,2026-03-05\n", Athletes::Optional),
            "no column `date`: write a first line such as `date,recovered,kind,site`"
        );
        assert!(missing("", Athletes::Optional).starts_with("no column `date`"));
        assert_eq!(read(b"date\n2026-03-05\n", Athletes::Optional).unwrap().rows[0].athlete, None);
    }

    #[test]
    fn a_bad_row_is_reported_with_its_line_and_stops_no_other() {
        let text = b"athlete_id,date,recovered\nA,5.3.2026,\n,2026-03-05,\nA,,\nA,2026-03-05,2026-03-01\nA,0026-03-05,\n\
                     A\xff,2026-03-05,\nB,2026-03-06,soon\nB,2026-03-07,\n";
        let file = read(text, Athletes::Required).unwrap();
        let told: Vec<String> = file.bad.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "line 2: `5.3.2026` is no day: write it as year, month and day, such as 2026-03-05",
                "line 3: no athlete_id: write whose injury it is",
                "line 4: no date: write the day, such as 2026-03-05",
                "line 5: recovered on 2026-03-01, before the injury on 2026-03-05: correct one of both",
                "line 6: `0026-03-05` is no day: write it as year, month and day, such as 2026-03-05",
                "line 7: not UTF-8 text: save the file as UTF-8",
                "line 8: `soon` is no day: write it as year, month and day, such as 2026-03-05",
            ]
        );
        assert_eq!(
            file.rows.iter().map(|row| (row.line, row.athlete.as_deref())).collect::<Vec<_>>(),
            [(9, Some("B"))]
        );
    }
}
