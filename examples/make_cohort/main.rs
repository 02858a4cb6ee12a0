//! Invented runners for tests and benchmarks of `treadlight cohort`: a study table of any size, or a folder a runner.
//!
//! ```text
//! cargo run --release --example make_cohort -- table OUT.csv --runners 5205 --rows 588071 [--injuries INJURIES.csv]
//! cargo run --release --example make_cohort -- folders OUT --runners 100 --runs 113 [--injuries INJURIES.csv]
//! ```
//! Same arguments, same bytes, on every machine: integers, and of floating point only what IEEE 754 fixes to the last bit.
//! One runner is in memory at a time, whatever the number. `OUT.csv.gz` is compressed; `--shuffled` writes the rows in an
//! order that knows no runner. What is planted in the injuries stands at the top of `runner.rs`.

#![allow(clippy::print_stderr, reason = "an example says where it stands")]

mod fit;
mod runner;
mod shuffle;
mod table;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser, Subcommand};

use runner::{Lengths, Runner};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A table with a row a session: CSV, compressed if its name ends in .gz
    Table {
        /// The file to write
        out: PathBuf,
        /// Rows of all runners together, days without a run and other sports among them
        #[arg(long)]
        rows: u64,
        /// In an order that knows no runner
        #[arg(long)]
        shuffled: bool,
        #[command(flatten)]
        common: Common,
    },
    /// A folder with a sub-folder a runner, in it a FIT file a run
    Folders {
        /// The folder to write, which must not be there yet
        out: PathBuf,
        /// Files of each runner
        #[arg(long)]
        runs: u64,
        /// Seconds between two points of a track: 1 makes files of about 70 kB
        #[arg(long, default_value_t = 1)]
        every_s: u32,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Args)]
struct Common {
    /// How many
    #[arg(long)]
    runners: u64,
    /// Another number makes other runners
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write the injuries of the same runners, as CSV
    #[arg(long)]
    injuries: Option<PathBuf>,
}

fn main() -> Result<()> {
    match Arguments::parse().what {
        What::Table { out, rows, shuffled, common } => {
            let lengths = Lengths::shared(common.runners, rows, common.seed);
            let mut rows = table::Rows::create(&out, shuffled, common.seed)?;
            each(&common, lengths, |runner| rows.add(&runner.id, &runner.sessions))?;
            rows.finish()
        }
        What::Folders { out, runs, every_s, common } => {
            ensure!(!out.exists(), "`{}` is there already: name a new folder", out.display());
            each(&common, Lengths::equal(runs), |runner| folder(&out, runner, every_s))
        }
    }
}

/// Makes one runner after the other.
fn each(common: &Common, mut lengths: Lengths, mut take: impl FnMut(&Runner) -> Result<()>) -> Result<()> {
    let mut injuries = common.injuries.as_deref().map(table::Injuries::create).transpose()?;
    for number in 0..common.runners {
        let runner = Runner::invent(common.seed, number, lengths.next(number));
        take(&runner)?;
        if let Some(injuries) = &mut injuries {
            injuries.add(&runner.id, &runner.injuries)?;
        }
    }
    injuries.map_or(Ok(()), table::Injuries::finish)
}

/// Files of one runner; what is no run of a table is none here either.
fn folder(out: &Path, runner: &Runner, every_s: u32) -> Result<()> {
    let folder = out.join(&runner.id);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    for session in runner.sessions.iter().filter(|session| session.distance_m > 0) {
        let path = folder.join(format!("{}.fit", session.start.format("%Y-%m-%d-%H%M")));
        let bytes = fit::encode(session, every_s);
        fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}
