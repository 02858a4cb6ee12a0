//! Runners side by side on all cores, handed over in their order, and no more of them at once than are needed for that.

use std::{
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe},
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

use anyhow::Result;

/// So many results may wait for one before them, for each thread.
const AHEAD: usize = 4;

/// How far the work has come.
#[derive(Default)]
struct Progress {
    next: usize,
    handed_over: usize,
    is_over: bool,
}

struct Shared {
    progress: Mutex<Progress>,
    moved: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item to work on, once it is not too far ahead of what was handed over.
    fn next<'a, T>(&self, window: usize, items: &'a [T]) -> Option<(usize, &'a T)> {
        let mut progress = self.lock();
        while progress.next >= progress.handed_over + window && !progress.is_over {
            progress = self.moved.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
        let at = progress.next;
        let item = items.get(at).filter(|_| !progress.is_over)?;
        progress.next += 1;
        Some((at, item))
    }

    fn moves(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.lock());
        self.moved.notify_all();
    }
}

/// So many threads as were asked for, else as there are cores.
#[must_use]
pub(crate) fn threads(jobs: Option<usize>) -> usize {
    jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Calls `work` for each item, `threads` of them at once, and `take` with each result in the order of the items. No panic
/// prints meanwhile: `work` is to catch its own.
///
/// # Errors
/// The first one of `take`, after which nothing more is begun.
pub(crate) fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: &(dyn Fn(&T) -> R + Sync),
    take: &mut dyn FnMut(R) -> Result<()>,
) -> Result<()> {
    let _silence = SilentPanics::new();
    let threads = threads.min(items.len());
    if threads < 2 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    let shared = &Shared { progress: Mutex::default(), moved: Condvar::new() };
    let (send, results) = mpsc::channel();
    thread::scope(|scope| {
        let begin = |_: &usize| {
            let send = send.clone();
            let work = move || work_on(items, threads * AHEAD, work, shared, &send);
            thread::Builder::new().spawn_scoped(scope, work).is_ok()
        };
        let begun = (0..threads).filter(begin).count();
        drop(send);
        if begun == 0 {
            // the system has no more threads
            return items.iter().try_for_each(|item| take(work(item)));
        }
        let outcome = hand_over(&results, take, shared);
        shared.moves(|progress| progress.is_over = true);
        outcome
    })
}

/// Works on one item after the other until none is left.
fn work_on<T, R>(
    items: &[T],
    window: usize,
    work: &(dyn Fn(&T) -> R + Sync),
    shared: &Shared,
    send: &mpsc::Sender<(usize, R)>,
) {
    while let Some((at, item)) = shared.next(window, items) {
        match panic::catch_unwind(AssertUnwindSafe(|| work(item))) {
            Ok(done) => {
                if send.send((at, done)).is_err() {
                    return;
                }
            }
            Err(cause) => {
                // the others would wait for this one
                shared.moves(|progress| progress.is_over = true);
                panic::resume_unwind(cause);
            }
        }
    }
}

/// Hands results over in their order.
fn hand_over<R>(
    results: &mpsc::Receiver<(usize, R)>,
    take: &mut dyn FnMut(R) -> Result<()>,
    shared: &Shared,
) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (at, result) in results {
        waiting.insert(at, result);
        while let Some(result) = waiting.remove(&next) {
            take(result)?;
            next += 1;
            shared.moves(|progress| progress.handed_over = next);
        }
    }
    Ok(())
}

type Hook = Box<dyn Fn(&panic::PanicHookInfo<'_>) + Sync + Send + 'static>;

/// While it lives no panic prints: what failed is reported with the runner.
pub(crate) struct SilentPanics(Option<Hook>);

impl SilentPanics {
    pub(crate) fn new() -> Self {
        let before = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        Self(Some(before))
    }
}

impl Drop for SilentPanics {
    fn drop(&mut self) {
        if let Some(before) = self.0.take().filter(|_| !thread::panicking()) {
            panic::set_hook(before);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_whichever_is_done_first() {
        let items: Vec<usize> = (0..500).collect();
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            let slow_at_first = |item: &usize| {
                if item.is_multiple_of(50) {
                    thread::sleep(std::time::Duration::from_millis(3));
                }
                *item
            };
            in_order(&items, threads, &slow_at_first, &mut |item| {
                taken.push(item);
                Ok(())
            })
            .unwrap();
            assert_eq!(taken, items, "{threads} threads");
        }
    }

    #[test]
    fn no_more_are_begun_than_the_window_while_the_first_one_is_not_taken() {
        let begun = AtomicUsize::new(0);
        let work = |item: &usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            if *item == 0 {
                thread::sleep(std::time::Duration::from_millis(100));
                return begun.load(Ordering::Relaxed);
            }
            0
        };
        let mut most = 0;
        let items: Vec<usize> = (0..100).collect();
        in_order(&items, 2, &work, &mut |seen| {
            most = most.max(seen);
            Ok(())
        })
        .unwrap();
        assert!(most <= 2 * AHEAD, "{most} were begun");
        assert_eq!(begun.into_inner(), 100);
    }

    #[test]
    fn after_an_error_nothing_more_is_taken() {
        let items: Vec<usize> = (0..1_000).collect();
        let mut taken = 0;
        let outcome = in_order(&items, 2, &|item| *item, &mut |item| {
            taken += 1;
            if item == 3 { anyhow::bail!("the disk is full") } else { Ok(()) }
        });
        assert_eq!((outcome.unwrap_err().to_string().as_str(), taken), ("the disk is full", 4));
    }
}
