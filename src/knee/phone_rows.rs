//! Rows from the phone: the lines of a `knee.txt`, and the `#knee` lines of an activity.

use chrono::{Datelike, NaiveDate};

use super::{
    lines,
    phone::{self, Line},
    row::{At, Of, Problem, Row},
    sign::Sign,
};
use crate::units::UnitSystem;

/// An activity in whose title, description or private note lines may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The run's id; `None` for an activity that is no run.
    pub run: Option<String>,
    /// Its local day.
    pub date: NaiveDate,
    /// The file or index row that it came from.
    pub file: String,
    /// Title, description and private note.
    pub text: String,
}

/// The rows of a `knee.txt`.
#[must_use]
pub fn of_file(text: &str, file: &str, today: NaiveDate) -> (Vec<Row>, Vec<Problem>) {
    let mut reader = Reader { today, rows: Vec::new(), problems: Vec::new() };
    for (at, line) in lines::whole(text).enumerate() {
        if let Some(line) = phone::words(line.trim_end_matches(['\r', '\n']), false) {
            reader.of_file(line, At { file: file.to_owned(), line: Some(at + 1) });
        }
    }
    (reader.rows, reader.problems)
}

/// The rows of an activity.
#[must_use]
pub fn of_activity(noted: &Noted, today: NaiveDate) -> (Vec<Row>, Vec<Problem>) {
    let mut reader = Reader { today, rows: Vec::new(), problems: Vec::new() };
    for line in noted.text.lines().filter_map(|line| phone::words(line, true)) {
        let at = At { file: noted.file.clone(), line: None };
        let of = noted.run.clone().map_or(Of::Day, Of::Run);
        reader.take(line, at, noted.date, of);
    }
    (reader.rows, reader.problems)
}

struct Reader {
    today: NaiveDate,
    rows: Vec<Row>,
    problems: Vec<Problem>,
}

impl Reader {
    fn say(&mut self, at: &At, date: Option<NaiveDate>, what: impl Into<String>) {
        self.problems.push(Problem { at: at.clone(), date, what: what.into(), is_file: false });
    }

    fn of_file(&mut self, line: Line, at: At) {
        let why = match line.date {
            None => "no date: begin the line with one such as 2026-11-20",
            Some(date) if date > self.today => "the date lies after today: correct it",
            Some(date) if date.year() < 2000 => "the date lies long ago: correct it",
            Some(date) => {
                let of = if line.walk {
                    Of::Walk
                } else if line.is_morning_alone() {
                    Of::MorningOf
                } else {
                    line.time.map_or(Of::Unsaid, Of::Time)
                };
                return self.take(line, at, date, of);
            }
        };
        if line.signs.is_empty() && line.unknown.is_empty() {
            return self.say(&at, None, format!("{why}; the line is left out"));
        }
        // no sign ever vanishes
        let date = self.rows.iter().rev().find_map(|row| row.date).unwrap_or(self.today);
        self.say(&at, None, format!("{why}; its signs count from {date}"));
        let carried = Line {
            spot: line.spot,
            side: line.side,
            signs: line.signs,
            unknown: line.unknown,
            note: line.note,
            ..Line::default()
        };
        self.take(carried, at, date, Of::Day);
    }

    fn take(&mut self, line: Line, at: At, date: NaiveDate, of: Of) {
        self.name_what_is_left_out(&line, &at, date);
        let in_km = |(number, unit): (f64, Option<UnitSystem>)| {
            (number * unit.unwrap_or_default().meters_per_unit()).round() as i64
        };
        self.rows.push(Row {
            at,
            in_diary: false,
            date: Some(date),
            of,
            spot: line.spot,
            side: line.side,
            readings: line.readings,
            from_m: line.from.map(in_km),
            signs: line.signs,
            unreadable: !line.unknown.is_empty(),
            seen: line.seen,
            painkiller: line.painkiller,
            exercises: Vec::new(),
            note: line.note,
        });
    }

    fn name_what_is_left_out(&mut self, line: &Line, at: &At, date: NaiveDate) {
        if line.is_empty() {
            self.say(at, Some(date), "empty: write four numbers such as 0/2/1/0");
        }
        for word in &line.bad {
            let what = match word.as_str() {
                "before" | "during" | "after" | "morning" | "worst" => {
                    format!("{word} needs a whole number from 0 to 10")
                }
                "from" => "from needs a distance such as 5km".to_owned(),
                word if word.contains('/') => format!("{word} is left out: write during 3, or four numbers"),
                word => format!("{word} is not 0 to 10: it is left out"),
            };
            self.say(at, Some(date), what);
        }
        for word in &line.unknown {
            let hint = Sign::nearest(word).map_or_else(String::new, |near| format!(" {near}?"));
            self.say(at, Some(date), format!("{word}:{hint} unknown, the row is red until it is mended"));
        }
        let only_a_note = Line { note: String::new(), date: line.date, time: line.time, ..line.clone() };
        if only_a_note.is_empty() && !line.note.is_empty() {
            self.say(at, Some(date), "a note without a number or sign: it counts for nothing");
        }
    }
}
