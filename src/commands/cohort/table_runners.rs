//! The runners of a table, one after the other, in whatever order its rows stand.

use std::path::Path;

use anyhow::{Context, Result};
use chrono_tz::Tz;

use super::{
    ordered,
    request::Shard,
    sorted,
    table_files::{Nobodys, TableFiles},
};
use crate::cohort::input::runner::RunnerRows;

/// Makes something of each runner of a table, in the order of the runners. Returns that, and how many rows say not whose they
/// are; `None` where the source is a folder without Parquet.
///
/// # Errors
/// A table that cannot be read, or is no table of sessions; the error of `work`.
pub(crate) fn each<T>(
    source: &Path,
    zone: Option<Tz>,
    mut work: impl FnMut(RunnerRows) -> Result<T>,
) -> Result<Option<(Vec<T>, i64)>> {
    let Some(table) = TableFiles::at(source, zone)? else { return Ok(None) };
    let mut nobodys = Nobodys::default();
    let mut made = Vec::new();
    let is_whole = ordered::in_order(&table, (Shard::WHOLE, &mut nobodys), &mut |runner| {
        made.push(work(runner)?);
        Ok(())
    })?;
    if !is_whole {
        (made, nobodys) = (Vec::new(), Nobodys::default());
        let spill = tempfile::tempdir().context("cannot make a temporary folder")?;
        let memory = (spill.path(), sorted::ROWS_IN_MEMORY);
        sorted::runners(&table, (Shard::WHOLE, &mut nobodys), memory, &mut |runner| {
            made.push(work(runner)?);
            Ok(())
        })?;
    }
    Ok(Some((made, nobodys.rows)))
}
