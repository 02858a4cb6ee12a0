//! Runners of a table through the rules: one thread reads, the others work on a batch, one writes; in order, with a few
//! batches in memory.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use anyhow::{Context, Result, anyhow};
use rayon::{
    ThreadPool, ThreadPoolBuilder,
    iter::{IntoParallelIterator, ParallelIterator},
};

use super::{marks::Running, side_by_side::SilentPanics, sink::Sink};
use crate::cohort::{
    input::runner::RunnerRows,
    person::{self, Rows, Study},
    reason::Reason,
};

/// Rows of a batch: what is lost in waiting for its last runner is little against it.
const ROWS_OF_A_BATCH: usize = 8_192;

/// What reads: it calls what it is given with each runner.
pub(crate) type Source<'a> = dyn FnOnce(&mut dyn FnMut(RunnerRows) -> Result<()>) -> Result<bool> + Send + 'a;

/// Runs all of them; `false` where the source gave up and nothing of it counts.
///
/// # Errors
/// The first one of the source or of the sink.
pub(crate) fn run(
    source: Box<Source<'_>>,
    study: &Study,
    running: &mut Running,
    threads: usize,
    sink: &mut Sink,
) -> Result<bool> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().context("cannot start threads")?;
    let _silence = SilentPanics::new();
    let (send, batches) = sync_channel::<Vec<RunnerRows>>(1);
    let (hand_over, worked) = sync_channel::<Vec<Rows>>(1);
    thread::scope(|scope| {
        let reading = thread::Builder::new().spawn_scoped(scope, move || read(source, &send))?;
        let writing = thread::Builder::new().spawn_scoped(scope, move || write(&worked, sink))?;
        let worked = work(&batches, &hand_over, study, running, &pool);
        // whoever waits for room learns that nobody takes any more
        drop((batches, hand_over));
        let read = join(reading.join());
        let written = join(writing.join());
        written?;
        worked?;
        read
    })
}

fn join<T>(joined: thread::Result<Result<T>>) -> Result<T> {
    joined.unwrap_or_else(|_| Err(anyhow!("a thread of treadlight stopped; please report it")))
}

/// What ends the reading where nobody takes any more; the reason is with who does not.
const NOBODY_TAKES: &str = "nobody takes the runners";

fn read(source: Box<Source<'_>>, send: &SyncSender<Vec<RunnerRows>>) -> Result<bool> {
    let (mut batch, mut rows) = (Vec::new(), 0);
    let is_whole = source(&mut |runner| {
        rows += runner.rows.len();
        batch.push(runner);
        if rows >= ROWS_OF_A_BATCH {
            rows = 0;
            send.send(std::mem::take(&mut batch)).context(NOBODY_TAKES)?;
        }
        Ok(())
    })?;
    if is_whole && !batch.is_empty() {
        send.send(batch).context(NOBODY_TAKES)?;
    }
    Ok(is_whole)
}

fn work(
    batches: &Receiver<Vec<RunnerRows>>,
    hand_over: &SyncSender<Vec<Rows>>,
    study: &Study,
    running: &mut Running,
    pool: &ThreadPool,
) -> Result<()> {
    for batch in batches {
        let is_plain = !batch.iter().any(|runner| running.is_suspect(&runner.id));
        let done = if is_plain {
            running.begin(batch.iter().map(|runner| runner.id.as_str()))?;
            pool.install(|| batch.into_par_iter().map(|runner| one(runner, study)).collect())
        } else {
            // one at a time, so that it is known who ends the process
            batch.into_iter().map(|runner| alone(runner, study, running)).collect::<Result<Vec<Rows>>>()?
        };
        if hand_over.send(done).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn alone(runner: RunnerRows, study: &Study, running: &mut Running) -> Result<Rows> {
    if running.is_left_out(&runner.id) {
        return Ok(Rows::failed(&runner.id, Reason::KilledTwice.code(), Vec::new()));
    }
    running.begin(std::iter::once(runner.id.as_str()))?;
    let id = runner.id.clone();
    let rows = one(runner, study);
    running.acquit(&id);
    Ok(rows)
}

fn one(runner: RunnerRows, study: &Study) -> Rows {
    let id = runner.id.clone();
    catch_unwind(AssertUnwindSafe(|| person::of_rows(runner, study)))
        .unwrap_or_else(|_| Rows::failed(&id, Reason::Panicked.code(), Vec::new()))
}

fn write(worked: &Receiver<Vec<Rows>>, sink: &mut Sink) -> Result<()> {
    worked.iter().flatten().try_for_each(|rows| sink.take(rows))
}
