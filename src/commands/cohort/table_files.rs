//! A table of sessions as a source: CSV, gzip, Parquet, or a folder of Parquet parts; row by row.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use chrono_tz::Tz;
use csv::{ByteRecord, ReaderBuilder};
use flate2::bufread::MultiGzDecoder;

use crate::{
    cohort::input::{
        header::{Header, Role},
        row::{Fault, InputRow, RowReader},
    },
    columns::parquet::{
        ParquetError,
        read::{Cell, ParquetTable},
    },
};

const BUFFER_BYTES: usize = 1 << 18;

/// The files of a table.
#[derive(Clone, Debug)]
pub(crate) struct TableFiles {
    files: Vec<PathBuf>,
    zone: Option<Tz>,
    only_ids: bool,
}

/// What one row says.
pub(crate) struct RowOf<'a> {
    /// Whose it is, as it stands there; empty where the row does not say.
    pub(crate) id: &'a [u8],
    pub(crate) row: Option<InputRow>,
    pub(crate) fault: Option<Fault>,
    /// Its line in a CSV, its number in a Parquet; from 1.
    pub(crate) line: u64,
}

/// Rows that do not say whose they are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Nobodys {
    pub(crate) rows: i64,
    pub(crate) first_line: u64,
}

impl Nobodys {
    pub(crate) fn take(&mut self, line: u64) {
        if self.rows == 0 {
            self.first_line = line;
        }
        self.rows += 1;
    }
}

/// What to do after a row.
pub(crate) type Flow = Result<ControlFlow<()>>;

/// Why reading ended before the last row.
enum Ended {
    Early,
    Failed(anyhow::Error),
}

impl From<ParquetError> for Ended {
    fn from(error: ParquetError) -> Self {
        Self::Failed(error.into())
    }
}

impl TableFiles {
    /// The table at a path; `None` where there is a folder without any Parquet.
    ///
    /// # Errors
    /// Where the folder cannot be looked into.
    pub(crate) fn at(source: &Path, zone: Option<Tz>) -> Result<Option<Self>> {
        if source.is_file() {
            return Ok(Some(Self { files: vec![source.to_owned()], zone, only_ids: false }));
        }
        let mut files = Vec::new();
        gather(source, &mut files).with_context(|| format!("cannot look into `{}`", source.display()))?;
        files.sort();
        Ok((!files.is_empty()).then_some(Self { files, zone, only_ids: false }))
    }

    /// The same without a look at what the rows say: only whose they are.
    pub(crate) fn ids(&self) -> Self {
        Self { only_ids: true, ..self.clone() }
    }

    /// Calls `each` with every row until it says enough. Returns whether it never did.
    ///
    /// # Errors
    /// A file that cannot be read, without its columns, with times in a zone nobody asked for; or the error of `each`.
    pub(crate) fn each(&self, each: &mut dyn FnMut(&RowOf<'_>) -> Flow) -> Result<bool> {
        for file in &self.files {
            match self.read(file, each) {
                Ok(()) => {}
                Err(Ended::Early) => return Ok(false),
                Err(Ended::Failed(error)) => return Err(error.context(format!("`{}`", file.display()))),
            }
        }
        Ok(true)
    }

    /// Looks at the first row of each file: whether its columns are there and its times can be read.
    ///
    /// # Errors
    /// As [`each`](Self::each), before anything is written.
    pub(crate) fn probe(&self) -> Result<()> {
        let each = &mut |_: &RowOf<'_>| Ok(ControlFlow::Break(()));
        for file in &self.files {
            if let Err(Ended::Failed(error)) = self.read(file, each) {
                return Err(error.context(format!("`{}`", file.display())));
            }
        }
        Ok(())
    }

    fn read(&self, path: &Path, each: &mut dyn FnMut(&RowOf<'_>) -> Flow) -> Result<(), Ended> {
        let failed = |error: io::Error| Ended::Failed(anyhow!("cannot be read: {error}"));
        let file = File::open(path).map_err(failed)?;
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
        let head = reader.fill_buf().map_err(failed)?;
        if head.starts_with(b"PAR1") {
            let file = File::open(path).map_err(failed)?;
            return self.parquet(path, file, each);
        }
        if head.starts_with(&[0x1f, 0x8b]) {
            let unpacked = BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(reader));
            return self.csv(unpacked, each);
        }
        self.csv(reader, each)
    }

    fn rows_of(&self, names: &[String], decimal_comma: bool) -> Result<Rows, Ended> {
        let header = Header::of(names).map_err(|error| Ended::Failed(error.into()))?;
        let athlete = header.position(Role::Athlete).unwrap_or_default();
        let reader = RowReader::new(header, self.zone, decimal_comma);
        Ok(Rows { reader, athlete, id: Vec::new(), only_ids: self.only_ids })
    }

    fn csv(&self, mut reader: impl BufRead, each: &mut dyn FnMut(&RowOf<'_>) -> Flow) -> Result<(), Ended> {
        let delimiter = delimiter(&mut reader).map_err(Ended::Failed)?;
        let mut table = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(reader);
        let mut record = ByteRecord::new();
        table.read_byte_record(&mut record).map_err(|error| Ended::Failed(error.into()))?;
        let names: Vec<String> =
            record.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let mut rows = self.rows_of(&names, delimiter != b',')?;
        let places: Vec<usize> = rows.places();
        while table.read_byte_record(&mut record).map_err(|error| Ended::Failed(error.into()))? {
            let line = record.position().map_or(0, csv::Position::line);
            let mut cells = [Cell::Unknown; ROLES];
            for (cell, place) in cells.iter_mut().zip(&places) {
                if let Some(text) = record.get(*place).filter(|text| !text.trim_ascii().is_empty()) {
                    *cell = Cell::Text(text);
                }
            }
            rows.take(&cells[..places.len()], line, each)?;
        }
        Ok(())
    }

    fn parquet(
        &self,
        path: &Path,
        file: File,
        each: &mut dyn FnMut(&RowOf<'_>) -> Flow,
    ) -> Result<(), Ended> {
        let table = ParquetTable::open(file)?;
        let mut names = table.names();
        let in_file = names.len();
        let parts = parts_of_path(path);
        names.extend(parts.iter().map(|(name, _)| name.clone()));
        let mut rows = self.rows_of(&names, false)?;
        let places = rows.places();
        let wanted: Vec<usize> = places.iter().copied().filter(|place| *place < in_file).collect();
        let mut line = 0;
        table.rows::<Ended>(&wanted, |read| {
            line += 1;
            let mut read = read.iter();
            let mut cells = [Cell::Unknown; ROLES];
            for (cell, place) in cells.iter_mut().zip(&places) {
                *cell = match place.checked_sub(in_file) {
                    Some(part) => Cell::Text(parts[part].1.as_bytes()),
                    None => read.next().copied().unwrap_or(Cell::Unknown),
                };
            }
            rows.take(&cells[..places.len()], line, each)
        })
    }
}

/// No table has more columns that are read.
const ROLES: usize = 12;

/// Rows of one file on their way.
struct Rows {
    reader: RowReader,
    athlete: usize,
    id: Vec<u8>,
    only_ids: bool,
}

impl Rows {
    fn places(&self) -> Vec<usize> {
        self.reader.header().columns.iter().map(|(place, _)| *place).collect()
    }

    fn take(
        &mut self,
        cells: &[Cell<'_>],
        line: u64,
        each: &mut dyn FnMut(&RowOf<'_>) -> Flow,
    ) -> Result<(), Ended> {
        self.id.clear();
        match cells[self.athlete] {
            Cell::Text(text) => self.id.extend_from_slice(text.trim_ascii()),
            Cell::Whole(number) => self.id.extend_from_slice(number.to_string().as_bytes()),
            Cell::Real(number) if number.fract() == 0.0 => {
                self.id.extend_from_slice(format!("{number:.0}").as_bytes());
            }
            _ => {}
        }
        if self.only_ids {
            return go_on(each(&RowOf { id: &self.id, row: None, fault: None, line }));
        }
        let (row, fault) = self.reader.row(cells).map_err(|_| {
            Ended::Failed(anyhow!(
                "line {line}: its start states a time zone: say whose days count, such as --timezone Europe/Berlin, or write local \
                 times without a zone"
            ))
        })?;
        let (row, fault) = if self.id.is_empty() { (None, Some(Fault::NoId)) } else { (row, fault) };
        go_on(each(&RowOf { id: &self.id, row, fault, line }))
    }
}

fn go_on(flow: Flow) -> Result<(), Ended> {
    match flow {
        Ok(ControlFlow::Continue(())) => Ok(()),
        Ok(ControlFlow::Break(())) => Err(Ended::Early),
        Err(error) => Err(Ended::Failed(error)),
    }
}

/// What divides the cells, by the first line.
fn delimiter(reader: &mut impl BufRead) -> Result<u8> {
    let head = reader.fill_buf()?;
    if head.is_empty() {
        bail!("the file is empty");
    }
    let first = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |sign: u8| first.iter().filter(|byte| **byte == sign).count();
    Ok([b',', b';', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b',')).unwrap_or(b','))
}

/// `year=2020/athlete_id=7/part-0.parquet`: the columns that the path states.
fn parts_of_path(path: &Path) -> Vec<(String, String)> {
    let parts = path.parent().into_iter().flat_map(Path::components);
    let stated = parts.filter_map(|part| {
        let (name, value) = part.as_os_str().to_str()?.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    });
    stated.collect()
}

/// Parquet files below a folder; what begins with a dot or an underscore is no part.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(['.', '_']) {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            gather(&path, files)?;
        } else if name.ends_with(".parquet") {
            files.push(path);
        }
    }
    Ok(())
}
