//! What the readers of comma-separated indexes share: columns by heading, rows that are whole, the
//! numbers and words of a cell.
//!
//! Read with the `csv` crate: quoted commas, quotes and line breaks, rows of any length. A row whose
//! number of columns is not that of the headings is damaged and left out, for its values may stand
//! under the wrong heading; so is a last row that breaks off inside quotes.

use csv::{ReaderBuilder, StringRecord, StringRecordsIntoIter};

use super::{
    json,
    part::{IndexError, Row, Rows},
};
use crate::units::LARGEST;

/// The fastest heart that a watch can state, in beats a minute.
const MOST_HEART_RATE_BPM: f64 = 255.0;
/// So much of a file is enough to know its headings, in bytes.
const HEADINGS_LENGTH: usize = 16_384;
/// How many headings a message shows, and how many characters of each.
const SHOWN_HEADINGS: usize = 3;
const SHOWN_CHARACTERS: usize = 30;

/// The first line of a table; a heading may stand more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headings(Vec<String>);

impl Headings {
    /// Reads the first line of a file, of which the beginning is enough.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        let head = head.get(..HEADINGS_LENGTH).unwrap_or(head);
        records(&json::text(head)).next().map(|record| Self::from_record(&record))
    }

    /// The first of them.
    pub(crate) fn first(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The same without words that a service puts before some.
    pub(crate) fn without(mut self, prefix: &str) -> Self {
        for heading in &mut self.0 {
            if let Some(rest) = heading.strip_prefix(prefix) {
                *heading = rest.to_owned();
            }
        }
        self
    }

    fn from_record(record: &StringRecord) -> Self {
        Self(record.iter().map(|heading| without_tags(heading).trim().to_owned()).collect())
    }

    /// Whether all of these stand among the headings.
    pub(crate) fn hold(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.0.iter().any(|heading| heading == name))
    }

    /// The columns under a heading, from the left.
    fn columns<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.0.iter().enumerate().filter(move |(_, heading)| *heading == name).map(|(column, _)| column)
    }

    /// The first few headings, for a message.
    pub(crate) fn beginning(&self) -> String {
        let shown = |heading: &String| heading.chars().take(SHOWN_CHARACTERS).collect::<String>();
        self.0.iter().take(SHOWN_HEADINGS).map(shown).collect::<Vec<_>>().join(", ")
    }
}

/// A table as far as it is whole.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) headings: Headings,
    rows: Vec<StringRecord>,
    /// The row after the headings, though it be damaged.
    first: Option<StringRecord>,
    /// The lines in which damaged rows begin, counted from 1.
    damaged_lines: Vec<u64>,
    /// Whether the last row is among the damaged ones.
    breaks_off: bool,
}

impl Table {
    /// Reads a whole file. Bytes that are not UTF-8 become `�`.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, IndexError> {
        let text = json::text(bytes);
        let mut records = records(&text).peekable();
        let first = records.next().ok_or_else(|| IndexError::Damaged("the file is empty".to_owned()))?;
        let headings = Headings::from_record(&first);
        let mut table = Self {
            headings,
            rows: Vec::new(),
            first: records.peek().cloned(),
            damaged_lines: Vec::new(),
            breaks_off: false,
        };
        while let Some(record) = records.next() {
            let is_last = records.peek().is_none();
            if table.fits(&record) && !(is_last && ends_inside_quotes(&text, &record)) {
                table.rows.push(record);
            } else {
                table.damaged_lines.push(record.position().map_or(0, csv::Position::line));
                table.breaks_off = is_last;
            }
        }
        Ok(table)
    }

    /// The same of a file whose table begins in its second line.
    pub(crate) fn read_from_second_line(bytes: &[u8]) -> Result<Self, IndexError> {
        let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        Self::read(bytes.splitn(2, is_line_end).nth(1).unwrap_or_default())
    }

    /// Whether a row has a cell for every heading, and none that says something beyond them.
    fn fits(&self, record: &StringRecord) -> bool {
        record.len() >= self.headings.0.len() && record.iter().skip(self.headings.0.len()).all(str::is_empty)
    }

    /// The same with headings that lack a word which the service puts before some.
    pub(crate) fn without(self, prefix: &str) -> Self {
        Self { headings: self.headings.without(prefix), ..self }
    }

    /// The activities of a service; `row` gives `None` for a row without a usable date. Buttons pressed by mistake are
    /// left out, see [`Rows::of`].
    ///
    /// # Errors
    /// If the table is damaged before its first whole row.
    pub(crate) fn activities(
        self,
        service: &str,
        row: impl Fn(&Cells<'_>) -> Option<Row>,
    ) -> Result<Rows, IndexError> {
        self.is_whole_at_first()?;
        let mut rows = Rows::of(service, self.cells().map(|cells| row(&cells)));
        rows.notices.extend(self.damage_notice());
        Ok(rows)
    }

    /// The same without some rows.
    pub(crate) fn keep(self, is_kept: impl Fn(&Cells<'_>) -> bool) -> Self {
        let Self { headings, rows, .. } = &self;
        let kept = rows.iter().filter(|record| is_kept(&Cells { headings, record })).cloned().collect();
        Self { rows: kept, ..self }
    }

    fn is_whole_at_first(&self) -> Result<(), IndexError> {
        match (self.rows.is_empty(), self.damaged_lines.first()) {
            (true, Some(line)) => {
                Err(IndexError::Damaged(format!("damaged in line {line}, before its first whole row")))
            }
            _ => Ok(()),
        }
    }

    /// Makes rows of an index; `row` gives `None` for a row without a usable date.
    ///
    /// # Errors
    /// If the table is damaged before its first whole row.
    pub(crate) fn into_rows(self, row: impl Fn(&Cells<'_>) -> Option<Row>) -> Result<Rows, IndexError> {
        self.is_whole_at_first()?;
        let cells = |record| Cells { headings: &self.headings, record };
        let rows: Vec<Row> = self.rows.iter().filter_map(|record| row(&cells(record))).collect();
        let undated = self.rows.len() - rows.len();
        let notices = undated_notice(undated).into_iter().chain(self.damage_notice()).collect();
        Ok(Rows { rows, notices })
    }

    /// The whole rows.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Cells<'_>> {
        self.rows.iter().map(|record| Cells { headings: &self.headings, record })
    }

    /// The first row, whole or not.
    pub(crate) fn first_row(&self) -> Option<Cells<'_>> {
        let record = self.first.as_ref()?;
        Some(Cells { headings: &self.headings, record })
    }

    fn damage_notice(&self) -> Option<String> {
        let line = self.damaged_lines.first()?;
        Some(match (self.damaged_lines.len(), self.breaks_off) {
            (1, true) => format!("breaks off in line {line}; what came before it counts"),
            (1, false) => format!("1 damaged row, in line {line}, was left out"),
            (count, _) => format!("{count} damaged rows, the first in line {line}, were left out"),
        })
    }
}

fn undated_notice(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 row without a usable date was left out".to_owned()),
        _ => Some(format!("{count} rows without a usable date were left out")),
    }
}

/// One row under its headings.
pub(crate) struct Cells<'a> {
    headings: &'a Headings,
    record: &'a StringRecord,
}

impl Cells<'_> {
    /// The text of the first column of that name, without blanks around it; `None` where it is empty.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.nth_word(name, 0)
    }

    /// The text of the column where a heading stands again; `occurrence` counts from 0.
    pub(crate) fn nth_word(&self, name: &str, occurrence: usize) -> Option<&str> {
        self.headings.columns(name).nth(occurrence).and_then(|column| self.cell(column))
    }

    /// Metres or seconds of the last column of that name which holds any. A spreadsheet may have put a comma for the point.
    pub(crate) fn amount(&self, name: &str) -> Option<f64> {
        self.last(name, local_amount)
    }

    /// Beats a minute of the last column of that name which holds any.
    pub(crate) fn heart_rate_bpm(&self, name: &str) -> Option<f64> {
        self.last(name, |text| local_amount(text).filter(|bpm| *bpm <= MOST_HEART_RATE_BPM))
    }

    /// The text of a column by its place from the left, which is counted from 0.
    pub(crate) fn at(&self, column: usize) -> Option<&str> {
        self.cell(column)
    }

    /// The text of the first column that bears one of these names.
    pub(crate) fn any_word(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.word(name))
    }

    fn last(&self, name: &str, number: impl Fn(&str) -> Option<f64>) -> Option<f64> {
        self.headings.columns(name).rev().find_map(|column| self.cell(column).and_then(&number))
    }

    fn cell(&self, column: usize) -> Option<&str> {
        self.record.get(column).map(str::trim).filter(|text| !text.is_empty())
    }
}

/// A number above 0 with a decimal point. Services write 0 for what they do not know.
pub(crate) fn amount(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number| *number > 0.0 && *number <= LARGEST)
}

/// A number above 0 as a country writes it, if only one reading is possible: `9,44` and `1,234.5`, but
/// not `1,234`, which is 1234 in one country and 1.234 in another.
pub(crate) fn local_amount(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(comma) = text.rfind(',') else { return amount(&text) };
    match text.rfind('.') {
        None => decimal_comma(&text).filter(|_| text.len() - comma != ",000".len()),
        Some(point) if point > comma => amount(&without_thousands(&text, ',', '.')?),
        Some(_) => decimal_comma(&without_thousands(&text, '.', ',')?),
    }
}

fn decimal_comma(text: &str) -> Option<f64> {
    amount(&text.replace(',', "."))
}

/// Takes the separators of thousands out, if each of them has three digits behind it.
fn without_thousands(text: &str, separator: char, decimal: char) -> Option<String> {
    let (whole, fraction) = text.split_once(decimal)?;
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = (1..=3).contains(&first.len()) && is_digits(first);
    let rest: Vec<&str> = groups.collect();
    (is_grouped && rest.iter().all(|group| group.len() == 3 && is_digits(group)))
        .then(|| format!("{first}{}{decimal}{fraction}", rest.concat()))
}

/// A heading without the tags that a web page left around it.
fn without_tags(heading: &str) -> String {
    let mut plain = String::new();
    let mut rest = heading;
    while let Some((before, tag)) = rest.split_once('<') {
        let Some((_, after)) = tag.split_once('>') else { break };
        plain.push_str(before);
        rest = after;
    }
    plain + rest
}

/// What stands between cells: spreadsheets of some countries write semicolons or tabs.
fn delimiter(text: &str) -> u8 {
    let is_headings = |line: &&str| !line.is_empty() && !is_sign_of_spreadsheet(line);
    let line = lines(text).find(is_headings).unwrap_or_default();
    let count = |sign: u8| line.bytes().filter(|byte| *byte == sign).count();
    [b';', b'\t'].into_iter().find(|sign| count(*sign) > count(b',')).unwrap_or(b',')
}

/// Lines, also those that end in the lone `\r` of old spreadsheets.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r'])
}

/// `sep=;`, which some spreadsheets put before the headings.
fn is_sign_of_spreadsheet(line: &str) -> bool {
    line.trim_matches('"').to_lowercase().starts_with("sep=")
}

/// Seconds of `32:10`, `1:02:33` or `01:02:33.5`; none of 0.
pub(crate) fn clock_s(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let parts: Vec<&str> = text.trim().split(':').collect();
    let number = |part: &str| part.parse::<f64>().ok().filter(|number| (0.0..1e5).contains(number));
    let (hours, minutes, seconds) = match *parts.as_slice() {
        [minutes, seconds] => (0.0, number(minutes)?, number(seconds)?),
        [hours, minutes, seconds] => (number(hours)?, number(minutes)?, number(seconds)?),
        _ => return None,
    };
    let total_s = 3_600.0 * hours + 60.0 * minutes + seconds;
    (seconds < 60.0 && total_s > 0.0).then_some(total_s)
}

/// The rows of a text. Text in memory that is UTF-8, with rows of any length, gives no errors.
fn records(text: &str) -> impl Iterator<Item = StringRecord> {
    let reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let records: StringRecordsIntoIter<&[u8]> = reader.into_records();
    let skipped = usize::from(lines(text).next().is_some_and(is_sign_of_spreadsheet));
    records.map_while(Result::ok).skip(skipped)
}

/// Whether the last row opens a quote that is never closed: every whole row holds an even number of them.
fn ends_inside_quotes(text: &str, last: &StringRecord) -> bool {
    let start = last.position().and_then(|position| usize::try_from(position.byte()).ok());
    let row = start.and_then(|start| text.as_bytes().get(start..)).unwrap_or_default();
    !row.iter().filter(|byte| **byte == b'"').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(cells: &Cells<'_>) -> Option<Row> {
        cells.word("Date")?;
        Some(Row { name: cells.word("Name").map(str::to_owned), ..Row::default() })
    }

    fn read(text: &str) -> Result<(Vec<String>, Vec<String>), IndexError> {
        let rows = Table::read(text.as_bytes())?.into_rows(named)?;
        Ok((rows.rows.into_iter().map(|row| row.name.unwrap_or_default()).collect(), rows.notices))
    }

    fn with_cells<T>(text: &str, of: impl Fn(&Cells<'_>) -> T) -> T {
        let table = Table::read(text.as_bytes()).unwrap();
        of(&Cells { headings: &table.headings, record: &table.rows[0] })
    }

    #[test]
    fn a_quoted_cell_holds_commas_quotes_and_line_breaks() {
        let (names, notices) = read("Date,Name\n1,\"a, \"\"b\"\"\nc\"\n2,d\n").unwrap();
        assert_eq!(names, ["a, \"b\"\nc", "d"]);
        assert!(notices.is_empty());
    }

    #[test]
    fn a_mark_at_the_start_other_line_ends_and_no_last_line_end_are_no_matter() {
        let (names, notices) = read("\u{feff}Date, Name \r\n1,a\r\n\r\n2,b").unwrap();
        assert_eq!(names, ["a", "b"]);
        assert!(notices.is_empty());
    }

    #[test]
    fn bytes_that_are_not_utf_8_stay_in_their_cell() {
        let rows = Table::read(b"Date,Name\n1,caf\xE9\n").unwrap().into_rows(named).unwrap();
        assert_eq!(rows.rows[0].name.as_deref(), Some("caf\u{fffd}"));
    }

    #[test]
    fn rows_without_a_date_are_counted_in_one_sentence() {
        let notices = |text: &str| read(text).unwrap().1;
        assert_eq!(notices("Date,Name\n1,a\n,b\n"), ["1 row without a usable date was left out"]);
        assert_eq!(notices("Date,Name\n,a\n ,b\n"), ["2 rows without a usable date were left out"]);
    }

    #[test]
    fn rows_of_another_length_are_left_out_unless_the_rest_is_empty() {
        let (names, notices) = read("Date,Name\n1,a\n2,b,\n3,c,x\n4,d\n").unwrap();
        assert_eq!(names, ["a", "b", "d"]);
        assert_eq!(notices, ["1 damaged row, in line 4, was left out"]);
        let (names, notices) = read("Date,Name\n1,a\n2\n3\n4,d\n").unwrap();
        assert_eq!(names, ["a", "d"]);
        assert_eq!(notices, ["2 damaged rows, the first in line 3, were left out"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_ends_the_table() {
        let (names, notices) = read("Date,Name\n1,a\n2,\"b\n3,c\n").unwrap();
        assert_eq!(names, ["a"]);
        assert_eq!(notices, ["breaks off in line 3; what came before it counts"]);
    }

    #[test]
    fn without_a_whole_row_damage_is_an_error_and_headings_alone_are_not() {
        assert_eq!(read(""), Err(IndexError::Damaged("the file is empty".to_owned())));
        assert_eq!(
            read("Date,Name\n1"),
            Err(IndexError::Damaged("damaged in line 2, before its first whole row".to_owned()))
        );
        assert_eq!(read("Date,Name\n"), Ok((vec![], vec![])));
    }

    #[test]
    fn a_heading_that_stands_twice_is_two_columns() {
        let text = "Km,Time,Km,Time\n5.1,600, 5100 ,\n";
        assert_eq!(with_cells(text, |cells| cells.nth_word("Km", 1).map(str::to_owned)).unwrap(), "5100");
        assert_eq!(with_cells(text, |cells| cells.word("Km").map(str::to_owned)).unwrap(), "5.1");
        assert_eq!(with_cells(text, |cells| cells.nth_word("Km", 2).map(str::to_owned)), None);
        assert_eq!(
            with_cells(text, |cells| [cells.amount("Km"), cells.amount("Time")]),
            [Some(5_100.0), Some(600.0)]
        );
    }

    #[test]
    fn a_table_saved_by_a_spreadsheet_has_semicolons_decimal_commas_and_perhaps_a_line_that_says_so() {
        for first in ["", "sep=;\n", "\n"] {
            for end in ["\n", "\r\n", "\r"] {
                let text = format!("{first}Date;Km;Bpm\n1;5010,5;151,5\n2;a,b,c,d\n").replace('\n', end);
                let of = |cells: &Cells<'_>| [cells.amount("Km"), cells.heart_rate_bpm("Bpm")];
                assert_eq!(with_cells(&text, of), [Some(5_010.5), Some(151.5)], "{text:?}");
            }
        }
        let (names, notices) = read("sep=,\nDate,Name\n1,a\n2\n").unwrap();
        assert_eq!(names, ["a"]);
        assert_eq!(notices, ["breaks off in line 4; what came before it counts"]);
    }

    #[test]
    fn a_heart_rate_is_at_most_255() {
        let bpm = |text: &str| with_cells(&format!("Bpm\n{text}\n"), |cells| cells.heart_rate_bpm("Bpm"));
        assert_eq!(["142.5", "255", "255.1", "0"].map(bpm), [Some(142.5), Some(255.0), None, None]);
    }

    #[test]
    fn an_amount_is_above_zero_and_not_endless() {
        assert_eq!(
            ["18962.8", "0", "-1", "1e8", "1e9", "NaN", "inf", "1,5", ""].map(amount),
            [Some(18_962.8), None, None, Some(1e8), None, None, None, None, None]
        );
    }

    #[test]
    fn a_number_of_any_country_is_read_if_only_one_reading_is_possible() {
        assert_eq!(
            ["9.44", "9,44", "12,3", "1,234.5", "1.234,5", "1 234,56", "1\u{202f}234.5"].map(local_amount),
            [9.44, 9.44, 12.3, 1_234.5, 1_234.5, 1_234.56, 1_234.5].map(Some)
        );
        assert_eq!(
            ["1,234", "1,234,567", "12,34.5", "1.2.3", ",", ".", ",.", "1,2,3.4", "1,é34.5"]
                .map(local_amount),
            [None; 9]
        );
    }

    #[test]
    fn the_beginning_of_the_headings_is_short_whatever_they_are() {
        let headings = Headings::of("é".repeat(99).as_bytes()).unwrap();
        assert_eq!(headings.beginning(), "é".repeat(30));
        assert_eq!(Headings::of(b"a,b,c,d\n1,2,3,4\n").unwrap().beginning(), "a, b, c");
        assert_eq!(Headings::of(b""), None);
    }
}
