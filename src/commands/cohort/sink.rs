//! The files of one shard: written under other names, each gets its own when all are whole.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{
    marks::{Done, Marks},
    request::{Request, Shard},
};
use crate::{
    cohort::{
        person::{OF_A_RUNNER, Rows},
        sheet::{Format, Piece},
        tables::{
            SCHEMA_VERSION, Table,
            persons::PersonRow,
            quality::{self, QualityRow},
        },
    },
    columns::{csv, parquet::write::ParquetWriter},
    validation::RunnerCounts,
};

/// What is kept of a runner until all shards are there.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PersonLine {
    pub(crate) person: PersonRow,
    pub(crate) counts: Option<RunnerCounts>,
}

/// A file of one table in the making.
pub(crate) struct TableFile {
    file: NamedTempFile,
    path: PathBuf,
    writer: Writer,
    format: Format,
    rows: u64,
}

enum Writer {
    Parquet(Box<ParquetWriter<BufWriter<File>>>),
    Csv(BufWriter<File>),
}

impl TableFile {
    /// Begins a file of a table.
    pub(crate) fn begin(out: &Path, table: &Table, shard: Shard, format: Format) -> Result<Self> {
        let folder = out.join(table.name);
        let path = folder.join(format!("{}.{}", shard.part(), format.name()));
        let cannot = || format!("cannot write `{}`", path.display());
        fs::create_dir_all(&folder).with_context(cannot)?;
        let (file, sink) = temporary(&folder, &path)?;
        let columns = (table.columns)();
        let about = [("schema_version", SCHEMA_VERSION), ("table", table.name)];
        let writer = match format {
            Format::Parquet => {
                Writer::Parquet(Box::new(ParquetWriter::new(sink, &columns, &about).with_context(cannot)?))
            }
            Format::Csv => {
                let mut sink = sink;
                sink.write_all(&csv::header(&columns)?).with_context(cannot)?;
                Writer::Csv(sink)
            }
        };
        Ok(Self { file, path, writer, format, rows: 0 })
    }

    /// Takes rows.
    pub(crate) fn take(&mut self, piece: Piece) -> Result<()> {
        let written = match (&mut self.writer, piece) {
            (Writer::Parquet(writer), Piece::Columns(columns)) => {
                self.rows += columns.len() as u64;
                writer.write(columns).map_err(anyhow::Error::from)
            }
            (Writer::Csv(writer), Piece::Lines(lines)) => {
                self.rows += memchr::memchr_iter(b'\n', &lines).count() as u64;
                writer.write_all(&lines).map_err(anyhow::Error::from)
            }
            (_, Piece::Unwritable(why)) => Err(anyhow!(why)),
            (Writer::Parquet(_), Piece::Lines(_)) | (Writer::Csv(_), Piece::Columns(_)) => {
                Err(anyhow!("rows of another format"))
            }
        };
        written.with_context(|| format!("cannot write `{}`", self.path.display()))
    }

    /// Takes typed rows.
    pub(crate) fn take_rows<R: crate::fields::Row>(&mut self, rows: impl Iterator<Item = R>) -> Result<()> {
        self.take(self.format.piece(rows))
    }

    /// Ends the file; it still waits for its name.
    pub(crate) fn end(self) -> Result<Whole> {
        let cannot = || format!("cannot write `{}`", self.path.display());
        let sink = match self.writer {
            Writer::Parquet(writer) => writer.finish().map_err(anyhow::Error::from).with_context(cannot)?,
            Writer::Csv(sink) => sink,
        };
        let sink = sink
            .into_inner()
            .map_err(|error| anyhow::Error::from(error.into_error()))
            .with_context(cannot)?;
        sink.sync_all().with_context(cannot)?;
        Ok(Whole { file: self.file, path: self.path, rows: self.rows })
    }
}

/// A whole file that waits for its name.
pub(crate) struct Whole {
    file: NamedTempFile,
    path: PathBuf,
    rows: u64,
}

impl Whole {
    /// Gives it its name; returns its rows.
    pub(crate) fn publish(self) -> Result<u64> {
        let Self { file, path, rows } = self;
        file.persist(&path)
            .map_err(|error| anyhow::Error::from(error.error))
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(rows)
    }
}

/// The ending of a file that is not whole.
const UNFINISHED: &str = ".tmp";

/// A file whose name no reader of tables looks at. Those that a killed process left of the same part go.
fn temporary(folder: &Path, path: &Path) -> Result<(NamedTempFile, BufWriter<File>)> {
    let cannot = || format!("cannot write `{}`", path.display());
    let prefix = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    remove_leftovers(folder, &prefix);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(UNFINISHED);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).with_context(cannot)?;
    let sink = file.as_file().try_clone().with_context(cannot)?;
    Ok((file, BufWriter::with_capacity(1 << 16, sink)))
}

/// What cannot be removed is in nobody's way but takes room.
fn remove_leftovers(folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(prefix) && name.ends_with(UNFINISHED) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// All files of a shard.
pub(crate) struct Sink {
    marks: Marks,
    shard: Shard,
    tables: Vec<(usize, TableFile)>,
    quality: TableFile,
    people: Option<(NamedTempFile, BufWriter<File>)>,
    done: Done,
    has_times: bool,
}

impl Sink {
    /// Begins the files of a shard.
    pub(crate) fn begin(out: &Path, shard: Shard, format: Format, tables: &[&str]) -> Result<Self> {
        let marks = Marks::of(out);
        let of_a_runner = Request::of_a_runner(tables).into_iter();
        let files = of_a_runner.map(|at| Ok((at, TableFile::begin(out, OF_A_RUNNER[at], shard, format)?)));
        let needs_people = tables.iter().any(|table| matches!(*table, "persons" | "validation"));
        let people =
            if needs_people { Some(temporary(&marks.folder(), &marks.people(shard))?) } else { None };
        Ok(Self {
            tables: files.collect::<Result<_>>()?,
            quality: TableFile::begin(out, &quality::TABLE, shard, format)?,
            people,
            done: Done {
                shard: shard.index,
                shards: shard.of,
                schema_version: SCHEMA_VERSION.to_owned(),
                treadlight: env!("CARGO_PKG_VERSION").to_owned(),
                ..Done::default()
            },
            has_times: false,
            marks,
            shard,
        })
    }

    /// Takes what a runner adds.
    pub(crate) fn take(&mut self, rows: Rows) -> Result<()> {
        let mut pieces = rows.pieces;
        for (at, file) in &mut self.tables {
            if let Some(piece) = pieces[*at].take() {
                file.take(piece)?;
            }
        }
        self.quality(rows.quality)?;
        let person = &rows.person;
        self.done.runners += 1;
        self.done.failed += u64::from(person.failed);
        self.done.sessions += person.sessions.unwrap_or(0).unsigned_abs();
        self.done.distance_m += person.distance_m.unwrap_or(0);
        self.done.first_date = [self.done.first_date, person.first_date].into_iter().flatten().min();
        self.done.last_date = self.done.last_date.max(person.last_date);
        self.has_times |= rows.has_times;
        if let Some((_, people)) = &mut self.people {
            let line = PersonLine { person: rows.person, counts: rows.counts };
            serde_json::to_writer(&mut *people, &line)?;
            people.write_all(b"\n").context("cannot write what is known of the runners")?;
        }
        Ok(())
    }

    /// Findings about nobody in particular, or about runners.
    pub(crate) fn quality(&mut self, rows: Vec<QualityRow>) -> Result<()> {
        self.quality.take_rows(rows.into_iter())
    }

    /// Ends all files, gives them their names, the mark last.
    pub(crate) fn end(self) -> Result<Done> {
        let Self { marks, shard, tables, quality, people, mut done, has_times } = self;
        let mut whole = Vec::new();
        for (at, file) in tables {
            whole.push((OF_A_RUNNER[at].name, file.end()?));
        }
        whole.push((quality::TABLE.name, quality.end()?));
        if let Some((file, writer)) = people {
            let writer = writer.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            writer.sync_all()?;
            whole.push(("", Whole { file, path: marks.people(shard), rows: 0 }));
        }
        for (table, file) in whole {
            let rows = file.publish()?;
            if !table.is_empty() {
                done.rows.insert(table.to_owned(), rows);
            }
        }
        if has_times { "time" } else { "day" }.clone_into(&mut done.granularity);
        marks.commit(shard, &done)?;
        Ok(done)
    }
}
