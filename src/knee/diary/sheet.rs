//! The file as lines: records, and what stands between them. Pure: text in, text out.
//!
//! Unknown columns, the order of columns, comments, blank lines, line ends and a byte-order mark stay as they are.

use std::fmt;

use crate::{knee::lines, settings::nearest};

/// A column that treadlight knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Column {
    Date,
    Run,
    Spot,
    Side,
    Before,
    During,
    After,
    Morning,
    Worst,
    FromKm,
    Signs,
    Painkiller,
    Exercises,
    Note,
}

/// Every column with its name, in the order of a new file.
const COLUMNS: &[(Column, &str)] = &[
    (Column::Date, "date"),
    (Column::Run, "run"),
    (Column::Spot, "spot"),
    (Column::Side, "side"),
    (Column::Before, "before"),
    (Column::During, "during"),
    (Column::After, "after"),
    (Column::Morning, "morning"),
    (Column::Worst, "worst"),
    (Column::FromKm, "from_km"),
    (Column::Signs, "signs"),
    (Column::Painkiller, "painkiller"),
    (Column::Exercises, "exercises"),
    (Column::Note, "note"),
];

impl Column {
    /// Every column, in the order of a new file.
    pub fn all() -> impl Iterator<Item = Self> {
        COLUMNS.iter().map(|(column, _)| *column)
    }

    /// `from_km`.
    #[must_use]
    pub fn name(self) -> &'static str {
        COLUMNS.iter().find(|(column, _)| *column == self).map_or("", |(_, name)| name)
    }

    fn named(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        COLUMNS.iter().find(|(_, name)| *name == text).map(|(column, _)| *column)
    }
}

/// A record or what stands between records, each with its line end.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Kept(String),
    Record { text: String, line: usize },
}

impl Piece {
    fn text(&self) -> &str {
        match self {
            Self::Kept(text) | Self::Record { text, .. } => text,
        }
    }
}

/// The diary's text, taken apart into records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    delimiter: u8,
    end: &'static str,
    /// What each column of the file is, left to right.
    columns: Vec<Option<Column>>,
    /// The header's place among the pieces; `None` where the file has none.
    header: Option<usize>,
    pieces: Vec<Piece>,
    /// Columns whose name was nearly right: as written, and as read.
    pub misspelt: Vec<(String, Column)>,
    /// Lines on which a quote was opened and never closed.
    pub open_quotes: Vec<usize>,
}

const BOM: char = '\u{feff}';

impl Sheet {
    /// Takes a text apart; an empty one is a diary without a row.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let end = lines::end_of(text);
        let delimiter = delimiter_of(text);
        let (pieces, open_quotes) = pieces(text, delimiter);
        let mut sheet = Self {
            delimiter,
            end,
            columns: Vec::new(),
            header: None,
            pieces,
            misspelt: Vec::new(),
            open_quotes,
        };
        sheet.find_header();
        sheet
    }

    fn find_header(&mut self) {
        let first = self.pieces.iter().position(|piece| matches!(piece, Piece::Record { .. }));
        let cells = first.map(|at| self.split(self.pieces[at].text())).unwrap_or_default();
        if cells.iter().any(|cell| Column::named(cell) == Some(Column::Date)) {
            self.header = first;
            self.columns = cells.iter().map(|cell| Column::named(cell)).collect();
            self.take_misspelt(&cells);
        } else {
            self.columns = Column::all().map(Some).collect();
        }
    }

    /// A column that is nearly a known one, which no other column is: signs must not vanish for a letter.
    fn take_misspelt(&mut self, cells: &[String]) {
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            let missing: Vec<&str> = Column::all()
                .filter(|column| !self.columns.contains(&Some(*column)))
                .map(Column::name)
                .collect();
            if self.columns[at].is_none()
                && let Some(column) = nearest(cell, &missing).and_then(Column::named)
            {
                self.columns[at] = Some(column);
                self.misspelt.push((cell.trim().to_owned(), column));
            }
        }
    }

    /// Whether rows stand in it without a header above them.
    #[must_use]
    pub fn lacks_header(&self) -> bool {
        self.header.is_none() && self.pieces.iter().any(|piece| matches!(piece, Piece::Record { .. }))
    }

    /// Every row with its line and its cells by column.
    #[must_use]
    pub fn rows(&self) -> Vec<SheetRow> {
        let records = self.pieces.iter().enumerate().filter(|(at, _)| Some(*at) != self.header);
        records
            .filter_map(|(piece, record)| match record {
                Piece::Record { text, line } => {
                    Some(SheetRow { piece, line: *line, cells: self.cells(text) })
                }
                Piece::Kept(_) => None,
            })
            .collect()
    }

    fn cells(&self, text: &str) -> Vec<(Column, String)> {
        let cells = self.columns.iter().zip(self.split(text));
        cells.filter_map(|(column, cell)| Some(((*column)?, cell.trim().to_owned()))).collect()
    }

    fn split(&self, text: &str) -> Vec<String> {
        let text = text.trim_start_matches(BOM);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(text.as_bytes());
        let record = reader.records().next().and_then(Result::ok);
        record.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
    }

    fn join(&self, cells: &[String]) -> String {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        // a Vec takes everything
        let written = writer.write_record(cells).ok().and_then(|()| writer.into_inner().ok());
        let text = written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        format!("{}{}", text.trim_end_matches('\n'), self.end)
    }

    /// Adds a row at the end.
    pub fn append(&mut self, cells: &[(Column, String)]) {
        self.make_room(cells);
        if let Some(last) = self.pieces.last_mut()
            && !last.text().ends_with(['\n', '\r'])
        {
            match last {
                Piece::Kept(text) | Piece::Record { text, .. } => text.push_str(self.end),
            }
        }
        let mut values = vec![String::new(); self.columns.len()];
        self.fill(&mut values, cells);
        let text = self.join(&values);
        self.pieces.push(Piece::Record { text, line: 0 });
    }

    /// Changes cells of a row; the others stay.
    pub fn change(&mut self, row: &SheetRow, cells: &[(Column, String)]) {
        self.make_room(cells);
        let Some(Piece::Record { text, line }) = self.pieces.get(row.piece).cloned() else { return };
        let mut values = self.split(&text);
        values.resize(values.len().max(self.columns.len()), String::new());
        self.fill(&mut values, cells);
        let mut text = self.join(&values);
        if self.pieces[row.piece].text().starts_with(BOM) {
            text.insert(0, BOM);
        }
        self.pieces[row.piece] = Piece::Record { text, line };
    }

    fn fill(&self, values: &mut [String], cells: &[(Column, String)]) {
        for (column, value) in cells {
            if let Some(at) = self.columns.iter().position(|known| known == &Some(*column)) {
                // one row is one line, whatever was typed
                values[at] = value.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().join(" ");
            }
        }
    }

    /// A header where there is none, and a column for each cell that has none.
    fn make_room(&mut self, cells: &[(Column, String)]) {
        let missing: Vec<Column> = cells
            .iter()
            .filter(|(column, value)| !value.is_empty() && !self.columns.contains(&Some(*column)))
            .map(|(column, _)| *column)
            .collect();
        self.columns.extend(missing.iter().map(|column| Some(*column)));
        let Some(at) = self.header else {
            let names: Vec<String> = COLUMNS.iter().map(|(_, name)| (*name).to_owned()).collect();
            let text = self.join(&names);
            self.pieces.insert(0, Piece::Record { text, line: 0 });
            self.header = Some(0);
            return;
        };
        if !missing.is_empty() {
            let mut names = self.split(self.pieces[at].text());
            names.extend(missing.iter().map(|column| column.name().to_owned()));
            let bom = if self.pieces[at].text().starts_with(BOM) { BOM.to_string() } else { String::new() };
            let text = format!("{bom}{}", self.join(&names));
            self.pieces[at] = Piece::Record { text, line: 0 };
        }
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| f.write_str(piece.text()))
    }
}

/// A row and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    piece: usize,
    /// Line in the file, counted from 1.
    pub line: usize,
    /// Its cells, trimmed.
    pub cells: Vec<(Column, String)>,
}

impl SheetRow {
    /// What stands in a column; empty where the file has none.
    #[must_use]
    pub fn cell(&self, column: Column) -> &str {
        self.cells.iter().find(|(known, _)| *known == column).map_or("", |(_, cell)| cell.as_str())
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|(_, cell)| cell.is_empty())
    }
}

/// What a spreadsheet put between the cells: the first line that is no comment tells.
fn delimiter_of(text: &str) -> u8 {
    let mut lines = lines::whole(text.trim_start_matches(BOM));
    let header = lines.find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default();
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    let most = [b'\t', b';', b','].into_iter().max_by_key(count);
    most.filter(|delimiter| count(delimiter) > 0).unwrap_or(b',')
}

/// The records and what stands between them, and the lines on which a quote stayed open.
fn pieces(text: &str, delimiter: u8) -> (Vec<Piece>, Vec<usize>) {
    let (mut pieces, mut open_quotes) = (Vec::new(), Vec::new());
    let lines: Vec<&str> = lines::whole(text).collect();
    let mut at = 0;
    while let Some(first) = lines.get(at) {
        let bare = first.trim_start_matches(BOM);
        let is_record = !bare.trim().is_empty() && !bare.starts_with('#') && !bare.starts_with("sep=");
        let mut until = at + 1;
        if is_record {
            let mut open = leaves_open(first, delimiter, false);
            while open && until < lines.len() && !starts_a_row(lines[until]) {
                open = leaves_open(lines[until], delimiter, true);
                until += 1;
            }
            if open {
                open_quotes.push(at + 1);
                until = at + 1;
            }
            pieces.push(Piece::Record { text: lines[at..until].concat(), line: at + 1 });
        } else {
            pieces.push(Piece::Kept((*first).to_owned()));
        }
        at = until;
    }
    (pieces, open_quotes)
}

/// A line that begins with a date begins a row: a quote that was never closed must not swallow it.
fn starts_a_row(line: &str) -> bool {
    let date = line.as_bytes().get(..10);
    date.is_some_and(|date| date.iter().filter(|b| b.is_ascii_digit()).count() == 8 && date[4] == b'-')
}

/// Whether a quoted cell is still open at the end of a line.
fn leaves_open(line: &str, delimiter: u8, mut open: bool) -> bool {
    let mut at_start = !open;
    for byte in line.trim_start_matches(BOM).bytes() {
        match byte {
            b'"' if open || at_start => open = !open,
            _ => {}
        }
        // a doubled quote closes and opens again
        at_start = !open && (byte == delimiter || byte == b'"');
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# mine\r\nnote;date;shoe;during\r\n\"a; b\";2026-11-20;x;3\r\n\r\n# end\r\n";

    #[test]
    fn what_is_the_runners_stays_when_a_row_is_added_or_changed() {
        let mut sheet = Sheet::parse(FILE);
        assert_eq!(sheet.to_string(), FILE);
        let rows = sheet.rows();
        assert_eq!((rows.len(), rows[0].line), (1, 3));
        assert_eq!((rows[0].cell(Column::Note), rows[0].cell(Column::During)), ("a; b", "3"));
        sheet.change(&rows[0], &[(Column::During, "4".into()), (Column::Morning, "1".into())]);
        sheet.append(&[(Column::Date, "2026-11-22".into()), (Column::Note, "two\nlines".into())]);
        let expected = "# mine\r\nnote;date;shoe;during;morning\r\n\"a; b\";2026-11-20;x;4;1\r\n\r\n# end\r\n\
                        two lines;2026-11-22;;;\r\n";
        assert_eq!(sheet.to_string(), expected);
    }

    #[test]
    fn a_new_diary_has_every_column_and_a_file_without_line_end_gets_one() {
        let mut sheet = Sheet::parse("");
        sheet.append(&[(Column::Date, "2026-11-20".into())]);
        let header =
            "date,run,spot,side,before,during,after,morning,worst,from_km,signs,painkiller,exercises,note";
        assert_eq!(sheet.to_string(), format!("{header}\n2026-11-20,,,,,,,,,,,,,\n"));
        let mut sheet = Sheet::parse("date,during\n2026-11-20,3");
        sheet.append(&[(Column::Date, "2026-11-21".into())]);
        assert_eq!(sheet.to_string(), "date,during\n2026-11-20,3\n2026-11-21,\n");
    }

    #[test]
    fn lines_may_end_as_old_spreadsheets_end_them() {
        let mut sheet = Sheet::parse("# mine\rdate;signs\r2026-11-20;locked\r2026-11-21;\r");
        assert_eq!(sheet.rows().len(), 2);
        assert_eq!((sheet.rows()[0].cell(Column::Signs), sheet.rows()[0].line), ("locked", 3));
        sheet.append(&[(Column::Date, "2026-11-22".into())]);
        assert_eq!(sheet.to_string(), "# mine\rdate;signs\r2026-11-20;locked\r2026-11-21;\r2026-11-22;\r");
        // one row of such an end among others swallows nothing
        let mixed = Sheet::parse("date,signs\n2026-11-20,\r2026-11-21,locked\r\n2026-11-22,\n");
        assert_eq!(mixed.rows().len(), 3);
        assert_eq!(mixed.rows()[1].cell(Column::Signs), "locked");
    }

    #[test]
    fn a_quote_that_is_never_closed_swallows_no_row() {
        let sheet = Sheet::parse("date,note\n2026-11-20,\"oh\n2026-11-21,fine\n");
        assert_eq!(sheet.rows().len(), 2);
        assert_eq!(sheet.open_quotes, [2]);
        let sheet = Sheet::parse("date,note\n2026-11-20,\"two\nlines\"\n2026-11-21,\"say \"\"hm\"\"\"\n");
        assert_eq!(sheet.rows().len(), 2);
        assert_eq!(sheet.rows()[1].cell(Column::Note), "say \"hm\"");
        assert!(sheet.open_quotes.is_empty());
    }

    #[test]
    fn a_column_that_is_nearly_right_is_read_and_named() {
        let sheet = Sheet::parse("date,sings,notes2,shoe\n2026-11-20,locked,,x\n");
        assert_eq!(sheet.rows()[0].cell(Column::Signs), "locked");
        assert_eq!(sheet.misspelt[0], ("sings".to_owned(), Column::Signs));
    }

    #[test]
    fn a_byte_order_mark_stays_and_is_no_part_of_the_first_name() {
        let mut sheet = Sheet::parse("\u{feff}date\tduring\n2026-11-20\t3\n");
        let row = sheet.rows().remove(0);
        assert_eq!(row.cell(Column::Date), "2026-11-20");
        sheet.change(&row, &[(Column::Worst, "4".into())]);
        assert_eq!(sheet.to_string(), "\u{feff}date\tduring\tworst\n2026-11-20\t3\t4\n");
    }
}
