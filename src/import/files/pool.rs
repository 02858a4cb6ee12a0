//! Files side by side. More threads than cores, as a cold disk keeps each of them waiting; the largest file first, so
//! that none is left for the end; no more bytes at once than memory can well hold.

use std::{
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How many threads wait for the disk on behalf of each core: more of them take turns, and each has memory of its own.
const THREADS_A_CORE: usize = 2;
const MOST_THREADS: usize = 64;
/// Files of so many bytes together are in memory at once; a larger one comes alone.
const MOST_BYTES: u64 = 32 << 20;
/// So many quick items are done before another thread has begun.
const SHARE: usize = 400;

/// Calls `work` once for each of `sizes` (in bytes; 0 for what is read piece by piece), from several threads, and returns
/// what came of each in the order of `sizes`.
pub(crate) fn largest_first<T: Send>(sizes: &[u64], work: &(dyn Fn(usize) -> T + Sync)) -> Vec<T> {
    let Some(pool) = pool(sizes.len()) else { return (0..sizes.len()).map(work).collect() };
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(sizes[i]));
    let (next, room) = (AtomicUsize::new(0), Room::new(MOST_BYTES));
    let done = pool.broadcast(|_| {
        let mut done = Vec::new();
        while let Some(&i) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let _taken = room.take(sizes[i]);
            done.push((i, work(i)));
        }
        done
    });
    let mut done: Vec<(usize, T)> = done.into_iter().flatten().collect();
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Calls `work` once for each of `items`, a share of them on each core: for what takes microseconds, where a pool would
/// turn idle threads in circles for longer than that.
pub(crate) fn in_shares<S: Send, T: Send>(mut items: Vec<S>, work: &(dyn Fn(S) -> T + Sync)) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let size = items.len().div_ceil(cores).max(SHARE);
    // each waits to be taken by its thread, or by this one where the system has no more threads
    let others: Vec<Mutex<Vec<S>>> = (1..items.len().div_ceil(size).max(1))
        .rev()
        .map(|share| Mutex::new(items.split_off(share * size)))
        .collect();
    let of_share = |share: Vec<S>| share.into_iter().map(work).collect::<Vec<T>>();
    let of_other = |share: &Mutex<Vec<S>>| {
        of_share(std::mem::take(&mut share.lock().unwrap_or_else(PoisonError::into_inner)))
    };
    thread::scope(|scope| {
        let spawn = |share| thread::Builder::new().spawn_scoped(scope, move || of_other(share)).ok();
        let threads: Vec<_> = others.iter().rev().map(|share| (share, spawn(share))).collect();
        let mut done = of_share(items);
        for (share, thread) in threads {
            done.extend(match thread.map(thread::ScopedJoinHandle::join) {
                Some(joined) => joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                None => of_other(share),
            });
        }
        done
    })
}

/// Threads for so many files; `None` where one file, or a system without threads, needs none.
fn pool(files: usize) -> Option<ThreadPool> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = (cores * THREADS_A_CORE).min(MOST_THREADS).min(files);
    (threads > 1).then(|| ThreadPoolBuilder::new().num_threads(threads).build().ok())?
}

/// Bytes that may be in memory at once.
struct Room {
    most: u64,
    left: Mutex<u64>,
    given_back: Condvar,
}

impl Room {
    fn new(most: u64) -> Self {
        Self { most, left: Mutex::new(most), given_back: Condvar::new() }
    }

    /// Waits until there is room for so many bytes, or for as many as there can be.
    fn take(&self, bytes: u64) -> Taken<'_> {
        let bytes = bytes.min(self.most);
        let left = self.given_back.wait_while(self.left(), |left| *left < bytes);
        *left.unwrap_or_else(PoisonError::into_inner) -= bytes;
        Taken { room: self, bytes }
    }

    fn left(&self) -> MutexGuard<'_, u64> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Room taken, given back when it goes.
struct Taken<'a> {
    room: &'a Room,
    bytes: u64,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.room.left() += self.bytes;
        self.room.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::*;

    #[test]
    fn every_file_is_worked_on_once_and_results_keep_the_order() {
        for count in [0, 1, 2, 500] {
            let sizes: Vec<u64> = (0..count).map(|i| i * 7_919 % 101).collect();
            let calls = AtomicUsize::new(0);
            let squares = largest_first(&sizes, &|i| {
                calls.fetch_add(1, Ordering::Relaxed);
                i * i
            });
            assert_eq!(squares, (0..sizes.len()).map(|i| i * i).collect::<Vec<_>>());
            assert_eq!(calls.into_inner(), sizes.len());
        }
    }

    #[test]
    fn shares_give_every_item_in_its_place() {
        for count in [0, 1, SHARE, SHARE + 1, 5 * SHARE + 7] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|i| 2 * i).collect();
            assert_eq!(in_shares(items, &|i| 2 * i), doubled);
        }
    }

    #[test]
    fn no_more_bytes_than_there_is_room_for_are_held_at_once() {
        let sizes = [MOST_BYTES / 2, MOST_BYTES / 2, MOST_BYTES / 2, 2 * MOST_BYTES, 5, 0];
        let (held, most) = (AtomicU64::new(0), AtomicU64::new(0));
        largest_first(&sizes, &|i| {
            let bytes = sizes[i].min(MOST_BYTES);
            let now = held.fetch_add(bytes, Ordering::SeqCst) + bytes;
            most.fetch_max(now, Ordering::SeqCst);
            thread::sleep(std::time::Duration::from_millis(3));
            held.fetch_sub(bytes, Ordering::SeqCst);
        });
        assert!(most.into_inner() <= MOST_BYTES);
    }
}
