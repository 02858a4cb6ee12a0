//! Rows of a table that stand in any order, as runners in order: sorted in memory, beyond that in files beside OUT's shards,
//! each sorted alone.
//!
//! The first look counts the rows of each runner, so that runners can be divided into spans that fit into memory; the second
//! one keeps the rows, 20 bytes each. The order is that of a table that is in order already.

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io::{BufReader, BufWriter, Read, Seek, Write},
    ops::{ControlFlow, Range},
    path::Path,
};

use anyhow::{Context, Result};
use rayon::slice::ParallelSliceMut;

use super::{
    request::Shard,
    table_files::{Nobodys, TableFiles},
};
use crate::cohort::input::{
    order,
    row::{Fault, InputRow},
    runner::RunnerRows,
};

/// Rows that are sorted in memory.
pub(crate) const ROWS_IN_MEMORY: u64 = 20_000_000;

/// A row and the place of its runner.
type Placed = (u32, InputRow);
type Faults = HashMap<u32, BTreeMap<Fault, (i64, u64)>>;

/// Runners in their order.
struct Roll {
    ids: Vec<Vec<u8>>,
    places: HashMap<Vec<u8>, u32>,
    /// Rows of each, those that cannot be used among them.
    rows: Vec<u64>,
}

impl Roll {
    fn of(table: &TableFiles, shard: Shard, nobodys: &mut Nobodys) -> Result<Self> {
        let mut counts: HashMap<Vec<u8>, u64> = HashMap::new();
        table.ids().each(&mut |row| {
            match counts.get_mut(row.id) {
                Some(count) => *count += 1,
                None if row.id.is_empty() => nobodys.take(row.line),
                None => {
                    counts.insert(row.id.to_vec(), 1);
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let by_number = order::all_are_numbers(counts.keys().map(Vec::as_slice));
        counts.retain(|id, _| shard.holds(id));
        let mut ids: Vec<Vec<u8>> = counts.keys().cloned().collect();
        ids.sort_unstable_by(|a, b| order::compare(a, b, by_number));
        let rows = ids.iter().map(|id| counts[id]).collect();
        let places = ids.iter().cloned().zip(0..).collect();
        Ok(Self { ids, places, rows })
    }

    /// Runners whose rows fit into memory together; a runner is never divided.
    fn spans(&self, most: u64) -> Vec<Range<u32>> {
        let mut spans = Vec::new();
        let (mut start, mut held) = (0, 0);
        for (place, rows) in (0_u32..).zip(&self.rows) {
            if held > 0 && held + rows > most {
                spans.push(start..place);
                (start, held) = (place, 0);
            }
            held += rows;
        }
        spans.push(start..self.ids.len() as u32);
        spans
    }
}

/// Where the rows wait until they are sorted.
enum Waiting {
    Memory(Vec<Placed>),
    Files(Vec<Spilled>),
}

/// Rows in a file, and how many.
struct Spilled {
    file: BufWriter<File>,
    rows: usize,
}

/// Calls `emit` with each runner of a shard, in order, at most `most` rows in memory.
///
/// # Errors
/// A table that cannot be read, a disk that is full, the error of `emit`.
pub(crate) fn runners(
    table: &TableFiles,
    (shard, nobodys): (Shard, &mut Nobodys),
    (spill, most): (&Path, u64),
    emit: &mut dyn FnMut(RunnerRows) -> Result<()>,
) -> Result<()> {
    let roll = Roll::of(table, shard, nobodys)?;
    let spans = roll.spans(most);
    let mut faults = Faults::new();
    let waiting = second_look(table, &roll, &spans, spill, &mut faults)?;
    match waiting {
        Waiting::Memory(rows) => emit_span(rows, 0..roll.ids.len() as u32, &roll, &mut faults, emit),
        Waiting::Files(files) => spans.into_iter().zip(files).try_for_each(|(span, file)| {
            let rows = read_back(file).context("cannot read rows back that wait to be sorted")?;
            emit_span(rows, span, &roll, &mut faults, emit)
        }),
    }
}

fn second_look(
    table: &TableFiles,
    roll: &Roll,
    spans: &[Range<u32>],
    spill: &Path,
    faults: &mut Faults,
) -> Result<Waiting> {
    let mut waiting = if spans.len() < 2 {
        Waiting::Memory(Vec::with_capacity(roll.rows.iter().sum::<u64>() as usize))
    } else {
        // without a name: they are gone with the process, however it ends
        let file = |_: &Range<u32>| {
            tempfile::tempfile_in(spill).map(|file| Spilled { file: BufWriter::new(file), rows: 0 })
        };
        let files = spans.iter().map(file).collect::<std::io::Result<_>>();
        Waiting::Files(files.with_context(|| format!("cannot write below `{}`", spill.display()))?)
    };
    table.each(&mut |row| {
        let Some(place) = roll.places.get(row.id).copied() else { return Ok(ControlFlow::Continue(())) };
        if let Some(fault) = row.fault {
            let (n, first) = faults.entry(place).or_default().entry(fault).or_insert((0, row.line));
            *n += 1;
            *first = (*first).min(row.line);
        }
        if let Some(input) = row.row {
            match &mut waiting {
                Waiting::Memory(rows) => rows.push((place, input)),
                Waiting::Files(files) => {
                    let span = spans.partition_point(|span| span.end <= place);
                    files[span].rows += 1;
                    let written = files[span].file.write_all(&input.to_bytes(place));
                    written.context("cannot write rows that wait to be sorted: is the disk full?")?;
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(waiting)
}

fn read_back(spilled: Spilled) -> Result<Vec<Placed>> {
    let Spilled { file, rows } = spilled;
    let mut file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.rewind()?;
    let mut reader = BufReader::with_capacity(1 << 18, file);
    let mut placed = Vec::with_capacity(rows);
    for _ in 0..rows {
        let mut bytes = [0; InputRow::PLACED_BYTES];
        reader.read_exact(&mut bytes)?;
        placed.push(InputRow::from_bytes(&bytes));
    }
    Ok(placed)
}

fn emit_span(
    mut rows: Vec<Placed>,
    span: Range<u32>,
    roll: &Roll,
    faults: &mut Faults,
    emit: &mut dyn FnMut(RunnerRows) -> Result<()>,
) -> Result<()> {
    rows.par_sort_unstable();
    let mut at = 0;
    for place in span {
        let count = rows[at..].iter().take_while(|(of, _)| *of == place).count();
        emit(RunnerRows {
            id: String::from_utf8_lossy(&roll.ids[place as usize]).into_owned(),
            rows: rows[at..at + count].iter().map(|(_, row)| *row).collect(),
            faults: faults.remove(&place).unwrap_or_default(),
        })?;
        at += count;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// 40 runners with 25 rows each, far from order.
    fn shuffled() -> String {
        let mut lines = vec!["athlete_id,start,distance_m".to_owned()];
        for i in 0..1_000_u32 {
            let k = (i * 617) % 1_000;
            lines.push(format!("{},2026-03-{:02}T07:{:02}:00,{}", k % 40, 1 + k / 40, k % 60, 5_000 + k));
        }
        lines.push("7,nonsense,5000".to_owned());
        lines.join("\n")
    }

    #[test]
    fn rows_sorted_in_memory_and_in_files_are_the_same_runners() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("table.csv");
        fs::write(&file, shuffled()).unwrap();
        let table = TableFiles::at(&file, None).unwrap().unwrap();
        let of = |most: u64| {
            let mut found = Vec::new();
            runners(&table, (Shard::WHOLE, &mut Nobodys::default()), (folder.path(), most), &mut |runner| {
                found.push(runner);
                Ok(())
            })
            .unwrap();
            found
        };
        let whole = of(ROWS_IN_MEMORY);
        assert_eq!(whole.len(), 40);
        assert_eq!(whole.iter().map(|runner| runner.id.clone()).collect::<Vec<_>>()[..3], ["0", "1", "2"]);
        assert!(whole.iter().all(|runner| runner.rows.len() == 25));
        assert_eq!(whole[7].faults[&Fault::BadDate], (1, 1_002));
        for most in [1, 26, 300] {
            assert!(of(most) == whole, "{most} rows in memory");
        }
    }
}
