//! `treadlight replay`: how often every rule would have warned on one's own history, and what came of it where the injuries
//! are known.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{
    ExitStatus, Options,
    load::{Loaded, load},
    output,
};
use crate::{
    analysis::replay::replay,
    report::{
        page::printable,
        sections::{self, injuries::Injuries},
    },
    validation::{
        Athletes, FollowUp, Injury, from_analysis, injuries::InjuryFile, injuries::read, of_runner,
    },
};

/// Bad rows and ids that are named before "+N more".
const NAMED: usize = 5;

pub(super) fn run(options: &Options, weeks: u64, injuries: Option<&Path>) -> Result<ExitStatus> {
    let file = injuries.map(read_injuries).transpose()?;
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    if let Some((path, file)) = injuries.zip(file.as_ref()).filter(|_| !options.quiet) {
        tell_about_rows(path, file);
    }
    let mut page = sections::replay::page(&replay(&loaded.analysis, weeks));
    if let Some(file) = &file {
        page.sections.insert(1, sections::injuries::section(&count(&loaded, file)));
    }
    output::print_page(&page, options)?;
    Ok(loaded.status(options))
}

/// The injuries of one runner.
fn read_injuries(path: &Path) -> Result<InjuryFile> {
    let name = path.display();
    let bytes = fs::read(path).with_context(|| format!("cannot read the injuries `{name}`"))?;
    let file = read(&bytes, Athletes::Optional).with_context(|| format!("injuries `{name}`"))?;
    let ids: BTreeSet<&str> = file.rows.iter().filter_map(|row| row.athlete.as_deref()).collect();
    if ids.len() > 1 {
        let named: Vec<String> = ids.iter().take(NAMED).map(|id| format!("`{}`", printable(id))).collect();
        let more = if ids.len() > NAMED { format!(" and {} more", ids.len() - NAMED) } else { String::new() };
        bail!(
            "injuries `{name}`: rows of {} runners: {}{more}; `replay` is for one: keep the rows of this runner only",
            ids.len(),
            named.join(", ")
        );
    }
    Ok(file)
}

fn tell_about_rows(path: &Path, file: &InjuryFile) {
    for row in file.bad.iter().take(NAMED) {
        output::notice(&printable(&format!("notice: injuries `{}`: {row}", path.display())));
    }
    if file.bad.len() > NAMED {
        output::notice(&format!(
            "notice: +{} more rows of the injuries are not used",
            file.bad.len() - NAMED
        ));
    }
}

/// Counts them beside the alarms; nothing after the day of the report is known.
fn count(loaded: &Loaded, file: &InjuryFile) -> Injuries {
    let analysis = &loaded.analysis;
    let (to, from) = (analysis.as_of, analysis.days.first().map_or(analysis.as_of, |day| day.date));
    let known: Vec<Injury> =
        file.rows.iter().map(|row| row.injury).filter(|injury| injury.date <= to).collect();
    let rules: Vec<_> =
        from_analysis::rules().into_iter().filter(|rule| analysis.rules_on.contains(rule)).collect();
    let counts = of_runner(&FollowUp {
        h0: from,
        last: to,
        runs: &from_analysis::runs(&analysis.sessions, &analysis.comparisons),
        alarms: &from_analysis::alarms(&rules, &analysis.warnings),
        injuries: &known,
    });
    let of_another_kind = known.iter().filter(|injury| !injury.overuse).count();
    Injuries { from, to, counts, of_another_kind }
}
