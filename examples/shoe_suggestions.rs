//! How often `shoes ask` would have suggested the pair that a run was in, on a history whose pairs are known.
//!
//! ```text
//! cargo run --example shoe_suggestions [FOLDER]      (sample_data unless another folder is named)
//! ```
//! Every run in a pair is asked about as if it were in none, by the runs before it only, as on its own day. Beside it stands
//! what the simplest guess would do: the pair that was worn last. Runs before a second pair came in have no choice and are
//! left out.

#![allow(clippy::print_stdout, reason = "a study, not the product")]

use std::path::PathBuf;

use anyhow::Result;
use treadlight::{
    analysis::shoes::{assignment::assign, suggest::suggest},
    commands::{Options, load::read},
};

#[derive(Default)]
struct Counts {
    asked: usize,
    first: usize,
    among_three: usize,
    last_worn: usize,
}

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("sample_data"), PathBuf::from);
    let options = Options { folders: vec![folder], no_cache: true, quiet: true, ..Options::default() };
    let loaded = read(&options)?;
    let runs = &loaded.import.runs;
    let assignment = assign(runs, &loaded.settings);
    let mut counts = Counts::default();
    for (at, worn) in assignment.pair_of_run.iter().enumerate() {
        let Some(worn) = *worn else { continue };
        let before = || assignment.pair_of_run[..at].iter().rev().copied().flatten();
        if before().all(|pair| before().next() == Some(pair)) {
            continue;
        }
        let suggestions = suggest(runs, &assignment, at, assignment.pairs.len());
        counts.asked += 1;
        counts.first += usize::from(suggestions.first().is_some_and(|pair| pair.pair == worn));
        counts.among_three += usize::from(suggestions.iter().any(|pair| pair.pair == worn));
        counts.last_worn += usize::from(before().next() == Some(worn));
    }
    let percent = |count: usize| 100 * count / counts.asked.max(1);
    println!("{} runs with a choice of pairs", counts.asked);
    println!("first suggestion right: {} ({} %)", counts.first, percent(counts.first));
    println!("one of three right: {} ({} %)", counts.among_three, percent(counts.among_three));
    println!("pair worn last: {} ({} %)", counts.last_worn, percent(counts.last_worn));
    Ok(())
}
