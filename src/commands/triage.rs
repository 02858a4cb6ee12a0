//! `treadlight triage`: many runners on one page, whom to talk to first.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{
    ExitStatus, Format, Options,
    cohort::{
        folders::{self, RunnerFailure, RunnerFolder, Runners},
        runner::{Common, Runner},
        side_by_side, table_runners,
    },
    output,
};
use crate::{
    activity::Activity,
    analysis::analyze,
    cohort::{
        facts::Known,
        input::runner::RunnerRows,
        reason::Reason,
        remarks::LeftOut,
        triage::{Line, Triage},
    },
    import::Import,
    report::{
        machine::triage::{self as machine, NotFollowed},
        render::html,
        sections::triage::{self as sections, Shown},
        words::triage as words,
    },
};

/// What to list of whom.
#[derive(Clone, Debug)]
pub struct TriageOf {
    /// The folder with a sub-folder for each runner, or a table.
    pub source: PathBuf,
    /// Whose days count where a table has times with a zone.
    pub timezone: Option<Tz>,
    /// The day since which something has to be new to be listed first.
    pub since: Option<NaiveDate>,
    /// Where the page goes.
    pub out: Option<PathBuf>,
    /// How many runners are read at once.
    pub jobs: Option<usize>,
}

/// What a source came to.
struct Read {
    lines: Vec<Line>,
    /// The first who could not be read.
    first_failed: Option<RunnerFailure>,
    has_skipped: bool,
}

pub(super) fn run(of: &TriageOf, options: &Options, format: Format) -> Result<ExitStatus> {
    let common = Common::of(&of.source, options)?;
    if let Some(since) = of.since.filter(|since| *since > common.as_of) {
        bail!("--since {since} is after {}, the day of the report", common.as_of);
    }
    let (found, read) = match read_table(of, &common)? {
        Some(read) => (Runners::default(), read),
        None => {
            let found = folders::runners(&of.source)?;
            let read = read(&found, &common, of.jobs)?;
            (found, read)
        }
    };
    if let Some(failed) =
        read.first_failed.as_ref().filter(|_| read.lines.iter().all(|l| l.facts.failed.is_some()))
    {
        bail!("{}", found.none_read(&of.source, failed));
    }
    let triage = Triage::of(read.lines, of.since);
    let left_out: Vec<(String, String)> =
        found.left_out.iter().map(|failure| (failure.name.clone(), failure.detail.clone())).collect();
    let shown = Shown {
        as_of: common.as_of,
        since: of.since,
        triage: &triage,
        left_out: &left_out,
        files_beside: found.files_beside,
        is_quiet: false,
    };
    if let Some(out) = &of.out {
        write(out, &shown)?;
    }
    match format {
        Format::Json => {
            let not_followed = found.left_out.iter();
            let not_followed = not_followed
                .map(|link| NotFollowed { name: link.name.clone(), reason: link.reason.code() })
                .collect();
            let days = (common.as_of, of.since);
            let document = machine::document(&triage, days, not_followed, found.files_beside);
            output::print(&output::pretty_json(&document)?, options.color)?;
        }
        _ => output::print_page(&sections::page(&Shown { is_quiet: options.quiet, ..shown }), options)?,
    }
    Ok(status(&triage, options.strict && read.has_skipped))
}

/// Reads the runners of a table; `None` where the source is a folder of runners.
fn read_table(of: &TriageOf, common: &Common) -> Result<Option<Read>> {
    if !of.source.exists() {
        return Ok(None);
    }
    let zone = of.timezone.or(common.settings().timezone);
    let mut left_out = 0;
    let made = table_runners::each(&of.source, zone, |mut rows| {
        rows.settle(Some(common.as_of));
        left_out += rows.left_out();
        Ok(of_rows(&rows, common))
    })?;
    let Some((lines, nobodys)) = made else { return Ok(None) };
    if lines.is_empty() {
        bail!(
            "no row of `{}` says whose session it is: it needs rows below its first line",
            of.source.display()
        );
    }
    let mut read = Read { lines: Vec::new(), first_failed: None, has_skipped: left_out + nobodys > 0 };
    lines.into_iter().for_each(|line| read.take(line));
    if left_out + nobodys > 0 {
        output::notice(&format!(
            "notice: {}: the table `quality` of `treadlight cohort` says why",
            match left_out + nobodys {
                1 => "1 row of the table does not count".to_owned(),
                n => format!("{n} rows of the table do not count"),
            }
        ));
    }
    Ok(Some(read))
}

/// What the rows of one runner come to.
fn of_rows(rows: &RunnerRows, common: &Common) -> Result<Line, RunnerFailure> {
    let failed = |reason, detail: &str| RunnerFailure {
        name: rows.id.clone(),
        reason,
        detail: detail.to_owned(),
        left_out: LeftOut::new(),
    };
    let runs = rows.activities();
    if runs.is_empty() {
        return Err(failed(Reason::NoRun, "no run in the rows of the table"));
    }
    let others: Vec<Activity> = rows.looked_at_first().into_iter().collect();
    let analysis = analyze(&runs, &others, common.settings(), common.as_of)
        .map_err(|_| failed(Reason::NotAnalysed, "the tables of runs, days and weeks cannot be made"))?;
    let import = Import { runs, others, ..Import::default() };
    let facts = Known::of(&rows.id, &import, &analysis, Vec::new());
    let said = words::said(&facts, &analysis, common.units);
    Ok(Line { facts, said })
}

/// Reads one runner after the other, on all cores; of each a line is kept.
fn read(found: &Runners, common: &Common, jobs: Option<usize>) -> Result<Read> {
    let mut read = Read { lines: Vec::new(), first_failed: None, has_skipped: false };
    found.failed.iter().for_each(|failure| read.take(Err(failure.clone())));
    let line = |folder: &RunnerFolder| common.with(folder, |runner| line(&folder.name, runner, common));
    side_by_side::in_order(&found.runners, side_by_side::threads(jobs), &line, &mut |line| {
        read.take(line);
        Ok(())
    })?;
    Ok(read)
}

impl Read {
    fn take(&mut self, line: Result<Line, RunnerFailure>) {
        let line = line.unwrap_or_else(|failure| {
            let facts = Known::failed(&failure.name, failure.reason);
            let said = words::not_read(&failure.detail);
            self.first_failed.get_or_insert(failure);
            Line { facts, said }
        });
        self.has_skipped |= line.facts.remarks.iter().any(|remark| remark.reason == Reason::FilesSkipped);
        self.lines.push(line);
    }
}

/// What is kept of a runner.
fn line(name: &str, runner: &Runner, common: &Common) -> Line {
    let (import, analysis) = (&runner.loaded.import, &runner.loaded.analysis);
    let facts = Known::of(name, import, analysis, runner.remarks());
    let said = words::said(&facts, analysis, common.units);
    Line { facts, said }
}

/// Writes the page.
fn write(out: &Path, shown: &Shown<'_>) -> Result<()> {
    let page = html::roster(&sections::page(shown), shown.as_of).context("cannot write the page")?;
    output::write_file(out, page.as_bytes()).context("name another file with `--out FILE`")
}

/// Some runners could not be read: their number on stderr.
fn status(triage: &Triage, is_refused: bool) -> ExitStatus {
    let (failed, runners) = (triage.failed(), triage.runners());
    if failed > 0 {
        let were = if failed == 1 { "was" } else { "were" };
        output::notice(&format!("notice: {failed} of {runners} runners {were} not read: see FILES"));
    }
    match (is_refused, failed) {
        (true, _) => ExitStatus::Failed,
        (false, 0) => ExitStatus::Done,
        (false, _) => ExitStatus::SomeFailed,
    }
}
