//! `treadlight cohort` over a folder with a sub-folder for each runner.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use anyhow::Result;

use super::{
    folders::{self, RunnerFolder, Runners},
    keys,
    marks::{Done, Marks, Running},
    request::{Request, Shard},
    runner::Common,
    side_by_side::{in_order, threads},
    sink::Sink,
};
use crate::{
    cohort::{
        natural,
        person::{About, Rows, Study, of_analysis},
        reason::Reason,
        remarks::{self, LeftOut},
        tables::quality::QualityRow,
    },
    commands::load::Loaded,
    import::Import,
};

/// A runner, or a folder that is none.
enum Item<'a> {
    Folder(&'a RunnerFolder, String),
    Failed(Reason, String),
}

impl Item<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Folder(_, id) | Self::Failed(_, id) => id,
        }
    }
}

pub(super) fn run(request: &Request, study: &Study) -> Result<Done> {
    let shard = request.part();
    let found = folders::runners(&request.source)?;
    let common = Common::of(&request.source, &request.options)?;
    let items = items(&found, request)?;
    let mut running = Marks::of(&request.out).running(shard)?;
    let mut sink = Sink::begin(&request.out, shard, request.format, &study.tables)?;
    let work = |item: &Item<'_>| match item {
        Item::Failed(reason, id) => Rows::failed(id, reason.code(), Vec::new()),
        Item::Folder(folder, id) => common
            .with(folder, |runner| of_loaded(&runner.loaded, (id, &folder.name), study))
            .unwrap_or_else(|failure| Rows::failed(id, failure.reason.code(), files(id, &failure.left_out))),
    };
    let mut rest = items.as_slice();
    while let Some(first) = rest.first() {
        let is_suspect = running.is_suspect(first.id());
        let same = rest.iter().take_while(|item| running.is_suspect(item.id()) == is_suspect).count();
        // one at a time, so that it is known who ends the process
        let (now, later) = rest.split_at(if is_suspect { 1 } else { same });
        rest = later;
        if running.is_left_out(first.id()) {
            sink.take(Rows::failed(first.id(), Reason::KilledTwice.code(), Vec::new()))?;
            continue;
        }
        side_by_side(now, threads(request.jobs), &work, &mut running, &mut sink)?;
        if is_suspect {
            running.acquit(first.id());
        }
    }
    if shard.index == 0 {
        sink.quality(beside(&found))?;
    }
    sink.end()
}

/// Works on runners, and keeps a note of who is in work.
fn side_by_side(
    items: &[Item<'_>],
    threads: usize,
    work: &(dyn Fn(&Item<'_>) -> Rows + Sync),
    running: &mut Running,
    sink: &mut Sink,
) -> Result<()> {
    let now = Mutex::new((running, BTreeSet::new()));
    let note = |change: &dyn Fn(&mut BTreeSet<String>)| {
        let mut now = now.lock().unwrap_or_else(PoisonError::into_inner);
        let (running, ids) = &mut *now;
        change(ids);
        running.begin(ids.iter().map(String::as_str))
    };
    let noted = |item: &Item<'_>| -> Result<Rows> {
        note(&|ids| {
            ids.insert(item.id().to_owned());
        })?;
        let rows = work(item);
        note(&|ids| {
            ids.remove(item.id());
        })?;
        Ok(rows)
    };
    in_order(items, threads, &noted, &mut |rows| sink.take(rows?))
}

/// Everybody of this shard, in the order of their names, with their ids.
fn items<'a>(found: &'a Runners, request: &Request) -> Result<Vec<Item<'a>>> {
    let shard: Shard = request.part();
    let folders = found.runners.iter().map(|folder| (folder.name.as_str(), Ok(folder)));
    let failed = found.failed.iter().map(|failure| (failure.name.as_str(), Err(failure.reason)));
    let mut all: Vec<_> = folders.chain(failed).collect();
    all.sort_by(|(a, _), (b, _)| natural::compare(a, b));
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let ids = keys::ids(&names, request.keys.as_deref())?;
    let here = all.into_iter().zip(ids).filter(|((name, _), _)| shard.holds(name.as_bytes()));
    let mut items: Vec<Item<'_>> = here
        .map(|((_, folder), id)| match folder {
            Ok(folder) => Item::Folder(folder, id),
            Err(reason) => Item::Failed(reason, id),
        })
        .collect();
    // with random ids the order of the names would give them away
    items.sort_by(|a, b| a.id().cmp(b.id()));
    Ok(items)
}

fn of_loaded(loaded: &Loaded, (id, name): (&str, &str), study: &Study) -> Rows {
    let (import, analysis) = (&loaded.import, &loaded.analysis);
    let about = About {
        id,
        has_times: true,
        looked_at: &[],
        injuries: study.injuries_of(name),
        settings: &loaded.settings,
        files: Some(import.files as i64),
        skipped: import.skipped.len() as i64,
    };
    of_analysis(&about, &import.runs, analysis, study, quality(id, import))
}

/// What was left out of a runner's files, and what to know of them: no names.
fn quality(id: &str, import: &Import) -> Vec<QualityRow> {
    let remarks = remarks::of(import).into_iter().filter(|remark| remark.reason != Reason::FilesSkipped);
    let remarks = remarks.map(|remark| QualityRow::of_runner(id, remark.reason.code(), remark.count as i64));
    files(id, &remarks::left_out(import)).into_iter().chain(remarks).collect()
}

/// Files that do not count, a row a reason.
fn files(id: &str, left_out: &LeftOut) -> Vec<QualityRow> {
    // the codes of skipped files are older than those of the tables
    let row =
        |(reason, n): (&&str, &i64)| QualityRow::new(Some(id), "file", &reason.replace('-', "_"), *n, "");
    left_out.iter().map(row).collect()
}

/// What lies beside the runners' folders and is nobody's.
fn beside(found: &Runners) -> Vec<QualityRow> {
    let mut links: BTreeMap<&'static str, i64> = BTreeMap::new();
    for link in &found.left_out {
        *links.entry(link.reason.code()).or_default() += 1;
    }
    let mut rows: Vec<QualityRow> =
        links.into_iter().map(|(reason, n)| QualityRow::new(None, "runner", reason, n, "")).collect();
    if found.files_beside > 0 {
        rows.push(QualityRow::new(None, "file", "beside_the_folders", found.files_beside as i64, ""));
    }
    rows
}
