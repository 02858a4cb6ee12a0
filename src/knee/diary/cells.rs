//! The diary's cells, read strictly: what cannot be read is empty and named with its line, the rest of the row counts.

use chrono::{Datelike, NaiveDate};

use super::sheet::{Column, Sheet, SheetRow};
use crate::{
    knee::{
        light::Readings,
        row::{At, Of, Problem, Row},
        sign::{Seen, Sign},
        spot::{Side, Spot},
    },
    settings::nearest,
};

/// Dates before this are those of a device or a spreadsheet without a clock.
const FIRST_YEAR: i32 = 2000;

/// The rows of a diary, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads a diary's rows.
///
/// A row whose date cannot be read, or lies after `today`, is left out; if it carries a sign, the sign counts from the
/// day of the row before it (else of the one after it, else of `today`): no sign ever vanishes.
#[must_use]
pub fn read(sheet: &Sheet, file: &str, today: NaiveDate) -> Cells {
    let mut cells = Cells::default();
    let mut reader = Reader { file, today, problems: Vec::new() };
    reader.of_the_file(sheet);
    let rows: Vec<SheetRow> = sheet.rows().into_iter().filter(|row| !row.is_empty()).collect();
    let dates: Vec<Option<NaiveDate>> = rows.iter().map(|row| reader.usable_date(row).ok()).collect();
    for (at, row) in rows.iter().enumerate() {
        let mut read = reader.row(row);
        if let Err(why) = reader.usable_date(row) {
            let stand_in = dates[..at].iter().rev().chain(&dates[at..]).flatten().next().copied();
            let date = stand_in.unwrap_or(today);
            let carries = !read.signs.is_empty() || read.unreadable;
            let next = if carries { format!("its signs count from {date}") } else { "left out".to_owned() };
            reader.say(row, None, format!("{why}; the row is not used: {next}"));
            if !carries {
                continue;
            }
            let (signs, unreadable) = (read.signs, read.unreadable);
            let (spot, side, note) = (read.spot, read.side, read.note);
            read = Row { at: read.at, in_diary: true, spot, side, signs, unreadable, note, ..Row::default() };
            read.date = Some(date);
        }
        cells.rows.push(read);
    }
    cells.problems = reader.problems;
    cells
}

struct Reader<'a> {
    file: &'a str,
    today: NaiveDate,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn of_the_file(&mut self, sheet: &Sheet) {
        let mut say = |line, what| {
            let at = At { file: self.file.to_owned(), line: Some(line) };
            self.problems.push(Problem { at, date: None, what, is_file: false });
        };
        for (written, column) in &sheet.misspelt {
            say(1, format!("column `{written}` is read as `{0}`: name it `{0}`", column.name()));
        }
        for line in &sheet.open_quotes {
            say(*line, "a quote is opened and never closed: write another one at the end of the cell".into());
        }
        if sheet.lacks_header() {
            let names: Vec<&str> = Column::all().map(Column::name).collect();
            say(1, format!("no header: the cells are read as {}", names.join(",")));
        }
    }

    fn at(&self, row: &SheetRow) -> At {
        At { file: self.file.to_owned(), line: Some(row.line) }
    }

    fn say(&mut self, row: &SheetRow, date: Option<NaiveDate>, what: String) {
        let at = self.at(row);
        self.problems.push(Problem { at, date, what, is_file: false });
    }

    /// The day of a row, or why it has none.
    fn usable_date(&self, row: &SheetRow) -> Result<NaiveDate, String> {
        let written = row.cell(Column::Date);
        let of_run = || row.cell(Column::Run).get(..10).and_then(date);
        let read = if written.is_empty() { of_run() } else { date(written) };
        match read {
            None => Err(format!("`{written}` is no date: write it like {}", self.today)),
            Some(date) if date > self.today => Err(format!("{date} lies after today: correct the date")),
            Some(date) if date.year() < FIRST_YEAR => Err(format!("{date} lies long ago: correct the date")),
            Some(date) => Ok(date),
        }
    }

    fn row(&mut self, row: &SheetRow) -> Row {
        let date = self.usable_date(row).ok();
        let mut read = Row { at: self.at(row), in_diary: true, date, ..Row::default() };
        read.of = self.of(row, date);
        read.spot = self.word(row, date, Column::Spot, &Spot::codes());
        read.side = self.word(row, date, Column::Side, &Side::codes());
        read.readings = self.readings(row, date);
        read.from_m = self.start_m(row, date);
        self.signs(row, date, &mut read);
        read.painkiller = self.painkiller(row, date);
        read.exercises = row.cell(Column::Exercises).split_whitespace().map(str::to_owned).collect();
        read.note = row.cell(Column::Note).to_owned();
        read
    }

    fn of(&mut self, row: &SheetRow, date: Option<NaiveDate>) -> Of {
        match row.cell(Column::Run) {
            "" => Of::Unsaid,
            walk if walk.eq_ignore_ascii_case("walk") => Of::Walk,
            id if super::super::place::start_of(id).is_some() => Of::Run(id.to_owned()),
            other => {
                let what = format!(
                    "`{other}` is no run: write an id such as 2026-11-18T07:02, `walk`, or leave it empty"
                );
                self.say(row, date, what);
                Of::Unsaid
            }
        }
    }

    fn word<T: std::str::FromStr>(
        &mut self,
        row: &SheetRow,
        date: Option<NaiveDate>,
        column: Column,
        known: &[&str],
    ) -> Option<T> {
        let written = row.cell(column);
        if written.is_empty() {
            return None;
        }
        let read = written.parse().ok();
        if read.is_none() {
            let hint = nearest(written, known)
                .map_or_else(|| format!("known are {}", known.join(", ")), |near| format!("{near}?"));
            self.say(row, date, format!("unknown {} `{written}`: {hint}", column.name()));
        }
        read
    }

    fn readings(&mut self, row: &SheetRow, date: Option<NaiveDate>) -> Readings {
        let mut number = |column| self.number(row, date, column);
        Readings {
            before: number(Column::Before),
            during: number(Column::During),
            after: number(Column::After),
            morning: number(Column::Morning),
            worst: number(Column::Worst),
        }
    }

    fn number(&mut self, row: &SheetRow, date: Option<NaiveDate>, column: Column) -> Option<u8> {
        let written = row.cell(column);
        if written.is_empty() || written == "-" {
            return None;
        }
        let read = scale(written);
        if read.is_none() {
            let what = format!("{} `{written}` is not 0 to 10: it is read as empty", column.name());
            self.say(row, date, what);
        }
        read
    }

    fn start_m(&mut self, row: &SheetRow, date: Option<NaiveDate>) -> Option<i64> {
        let written = row.cell(Column::FromKm);
        if written.is_empty() {
            return None;
        }
        let km: Option<f64> = written.replace(',', ".").parse().ok();
        let read = km.filter(|km| (0.0..1000.0).contains(km)).map(|km| (km * 1000.0).round() as i64);
        if read.is_none() {
            self.say(row, date, format!("from_km `{written}` is no distance: write kilometres such as 5.2"));
        }
        read
    }

    fn signs(&mut self, row: &SheetRow, date: Option<NaiveDate>, read: &mut Row) {
        let words = row.cell(Column::Signs).split(|c: char| c.is_whitespace() || ",;|".contains(c));
        for word in words.filter(|word| !word.is_empty()) {
            if let Ok(sign) = word.parse::<Sign>() {
                read.signs.push(sign);
            } else if let Ok(seen) = word.parse::<Seen>() {
                read.seen.push(seen);
            } else {
                read.unreadable = true;
                let hint = Sign::nearest(word).map_or_else(String::new, |near| format!(" {near}?"));
                let what = format!("unknown sign `{word}`:{hint} the row is red until it is mended");
                self.say(row, date, what);
            }
        }
    }

    fn painkiller(&mut self, row: &SheetRow, date: Option<NaiveDate>) -> bool {
        let written = row.cell(Column::Painkiller);
        match written.to_lowercase().as_str() {
            "yes" | "1" | "x" | "true" | "y" | "ja" => true,
            "" | "no" | "0" | "false" | "-" | "n" | "none" => false,
            _ => {
                self.say(row, date, format!("painkiller `{written}` is read as yes: write yes or nothing"));
                true
            }
        }
    }
}

/// A date as the diary writes it, or as a spreadsheet does where only one reading is possible.
fn date(text: &str) -> Option<NaiveDate> {
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y"].iter().find_map(|shape| {
        let date = NaiveDate::parse_from_str(text, shape).ok()?;
        (date.year() > 999).then_some(date)
    })
}

/// A whole number from 0 to 10; `3,0` and `3.0` are how a spreadsheet writes 3.
fn scale(text: &str) -> Option<u8> {
    let whole = text.split_once([',', '.']).map_or(text, |(whole, decimals)| {
        if !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0') { whole } else { text }
    });
    crate::knee::phone::scale(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-28";

    fn cells(text: &str) -> (Vec<Row>, Vec<String>) {
        let cells = read(&Sheet::parse(text), "k.csv", TODAY.parse().unwrap());
        (cells.rows, cells.problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_number_that_is_none_is_empty_and_the_rest_of_the_row_counts() {
        let text = "date,before,during,after,morning,worst\n2026-11-20,11,2.5,-1,a lot,3\n";
        let (rows, problems) = cells(text);
        assert_eq!(rows[0].readings, Readings { worst: Some(3), ..Readings::default() });
        assert_eq!(problems[0], "`k.csv` line 2: before `11` is not 0 to 10: it is read as empty");
        assert_eq!(problems.len(), 4);
    }

    #[test]
    fn a_spreadsheets_semicolons_mark_line_ends_order_and_decimals_are_read() {
        let text = "\u{feff}note;during;morning;date;from_km\r\nok;3,0;1.0;20.11.2026;5,2\r\n";
        let (rows, problems) = cells(text);
        assert_eq!((rows[0].readings.during, rows[0].readings.morning), (Some(3), Some(1)));
        assert_eq!((rows[0].from_m, rows[0].date), (Some(5_200), "2026-11-20".parse().ok()));
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn an_unknown_spot_or_sign_suggests_the_nearest_and_an_unknown_sign_makes_the_row_red() {
        let (rows, problems) = cells("date,spot,side,signs\n2026-11-20,fornt,lft,lockd limp\n");
        assert_eq!((rows[0].spot, rows[0].side), (None, None));
        assert_eq!((rows[0].unreadable, rows[0].signs.as_slice()), (true, &[Sign::Limp][..]));
        assert_eq!(problems[0], "`k.csv` line 2: unknown spot `fornt`: front?");
        assert_eq!(problems[1], "`k.csv` line 2: unknown side `lft`: left?");
        assert_eq!(
            problems[2],
            "`k.csv` line 2: unknown sign `lockd`: locked? the row is red until it is mended"
        );
    }

    #[test]
    fn a_date_of_the_future_or_of_1970_is_refused_and_a_sign_on_it_counts_from_the_row_before() {
        let text = "date,during,signs\n2026-11-20,1,\n2026-12-20,2,\n1970-01-01,2,\n20 Nov,3,locked\n";
        let (rows, problems) = cells(text);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[1].date, rows[1].signs.as_slice()), (rows[0].date, &[Sign::Locked][..]));
        assert!(rows[1].readings.is_empty());
        assert_eq!(
            problems,
            [
                "`k.csv` line 3: 2026-12-20 lies after today: correct the date; the row is not used: left out",
                "`k.csv` line 4: 1970-01-01 lies long ago: correct the date; the row is not used: left out",
                "`k.csv` line 5: `20 Nov` is no date: write it like 2026-11-28; the row is not used: its signs count \
                 from 2026-11-20",
            ]
        );
    }

    #[test]
    fn a_painkiller_is_read_in_every_way_people_write_it() {
        let (rows, _) =
            cells("date,painkiller\n2026-11-20,yes\n2026-11-20,X\n2026-11-20,no\n2026-11-20,two\n");
        assert_eq!(rows.iter().map(|row| row.painkiller).collect::<Vec<_>>(), [true, true, false, true]);
    }
}
