//! `treadlight shoes assign`: the pair of single runs, under `[runs]` in the settings.
//!
//! A run is named by its id, by its date, or as `last`. Of several runs on a date none is guessed: their ids are listed, and
//! `--all` takes them all.

use anyhow::{Context, Result, bail};

use super::{
    super::{ExitStatus, Options, which_run::WhichRun},
    edit::{history, open},
};
use crate::{
    activity::Activity,
    dates,
    settings::{ShoeSettings, edit::shoes::with_pair_of_runs},
};

pub(super) fn run(run: &WhichRun, name: &str, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open(options)?;
    let pair = opened.pair(name)?.clone();
    let loaded = history(options, &opened.settings)?.with_context(|| {
        format!("no folder is known in which to look for `{}`: name one with `--folder FOLDER`", run.which)
    })?;
    let runs = run.among(&loaded.import.runs.iter().collect::<Vec<_>>())?;
    runs.iter().try_for_each(|run| refuse_other_days(&pair, run))?;
    let ids: Vec<String> = runs.iter().map(|run| loaded.id_in_settings(run)).collect();
    let did = match runs.as_slice() {
        [run] => {
            format!("the run of {} ({}) counts for {}", dates::long(run.local_date()), run.id, pair.name)
        }
        runs => format!("{} runs of {} count for {}", runs.len(), run.which, pair.name),
    };
    let text = with_pair_of_runs(opened.file.text(), &ids, &pair.name);
    opened.edited(text)?.finish(options, dry_run, Some(&loaded), &did)
}

/// A pair cannot be worn before it was bought, nor after it was retired.
fn refuse_other_days(pair: &ShoeSettings, run: &Activity) -> Result<()> {
    let (date, name) = (run.local_date(), &pair.name);
    if let Some(from) = pair.from.filter(|from| date < *from) {
        bail!(
            "`{name}` has its first day on {from}, and the run is of {date}: change its `from`, or name another pair"
        );
    }
    if let Some(last) = pair.retired.filter(|last| *last < date) {
        bail!(
            "`{name}` had its last day on {last}, and the run is of {date}: change `retired`, or name another pair"
        );
    }
    Ok(())
}
