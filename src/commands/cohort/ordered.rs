//! Rows of a table that stand in the order of the runners already: one runner in memory.

use std::ops::ControlFlow;

use anyhow::Result;

use super::{
    request::Shard,
    table_files::{Nobodys, TableFiles},
};
use crate::cohort::input::{
    order::{Next, Watch},
    runner::RunnerRows,
};

/// Calls `emit` with each runner of a shard; `false` as soon as the table is not in order, and then nothing of it counts.
pub(crate) fn in_order(
    table: &TableFiles,
    (shard, nobodys): (Shard, &mut Nobodys),
    emit: &mut dyn FnMut(RunnerRows) -> Result<()>,
) -> Result<bool> {
    let mut watch = Watch::default();
    let mut now: Option<RunnerRows> = None;
    let is_whole = table.each(&mut |row| {
        if row.id.is_empty() {
            nobodys.take(row.line);
            return Ok(ControlFlow::Continue(()));
        }
        match watch.next(row.id) {
            Next::Same => {}
            Next::Earlier => return Ok(ControlFlow::Break(())),
            Next::Later => {
                now.take().map_or(Ok(()), &mut *emit)?;
                let id = || String::from_utf8_lossy(row.id).into_owned();
                now = shard.holds(row.id).then(|| RunnerRows { id: id(), ..RunnerRows::default() });
            }
        }
        if let Some(runner) = &mut now {
            runner.take(row.row, row.fault, row.line);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if is_whole {
        now.take().map_or(Ok(()), &mut *emit)?;
    }
    Ok(is_whole)
}
