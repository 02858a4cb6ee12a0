//! `treadlight cohort`: tables of many runners, a shard or all of them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{
    collect, folder_source,
    marks::{Done, Marks, Study as Asked},
    ordered, pipeline,
    request::Request,
    side_by_side::threads,
    sink::Sink,
    sorted,
    table_files::{Nobodys, TableFiles},
};
use crate::{
    cohort::{
        input::{row::Fault, runner::RunnerRows},
        person::Study,
        tables::{SCHEMA_VERSION, quality::QualityRow},
    },
    commands::{ExitStatus, environment, output, settings_file::SettingsFile},
    report::page::printable,
    settings::Settings,
    validation::{Athletes, Injury, injuries},
};

/// Bad rows of the injuries that are named before "+N more".
const BAD_ROWS: usize = 5;

/// Makes the tables.
pub(crate) fn run(request: &Request) -> Result<ExitStatus> {
    request.check()?;
    let tables = request.tables()?;
    let reported = request.injuries.as_deref().map(read_injuries).transpose()?;
    let table = TableFiles::at(&request.source, request.timezone)?;
    if let Some(table) = &table {
        table.probe()?;
    }
    let (settings, asked_settings) = settings(request)?;
    let study = Study {
        settings,
        as_of: request.options.as_of,
        format: request.format,
        tables: tables.clone(),
        injuries: reported.as_ref().map(|reported| reported.by_runner.clone()),
    };
    let marks = Marks::of(&request.out);
    let asked = Asked {
        schema_version: SCHEMA_VERSION.to_owned(),
        treadlight: env!("CARGO_PKG_VERSION").to_owned(),
        shards: request.part().of,
        format: request.format.name().to_owned(),
        tables: tables.iter().map(|table| (*table).to_owned()).collect(),
        as_of: as_of(request, table.is_some()),
        timezone: request.timezone.map(|zone| zone.to_string()).unwrap_or_default(),
        source: mark_of(shown_place(&request.source).as_bytes()),
        settings: asked_settings,
        injuries: reported.as_ref().map(|reported| reported.mark.clone()).unwrap_or_default(),
        reported: reported.as_ref().map(|reported| reported.overuse),
        ids: if request.keys.is_some() { "keys" } else { "names in order" }.to_owned(),
    };
    marks.begin(&asked, request.shard)?;
    if let (Some(shard), Some(done)) = (request.shard, marks.done(request.part())?) {
        output::notice(&format!("shard {shard} is done already"));
        return Ok(collect::status(&done, &request.options));
    }
    let done = match &table {
        Some(table) => of_table(request, table, &study)?,
        None => folder_source::run(request, &study)?,
    };
    let Some(shard) = request.shard else { return collect::run(&request.out, &request.options) };
    if !request.options.quiet {
        output::notice(&format!("shard {shard}: {} runners, {} of them failed", done.runners, done.failed));
    }
    Ok(collect::status(&done, &request.options))
}

/// The day that every record ends with, in words that differ where records do.
fn as_of(request: &Request, is_table: bool) -> String {
    match request.options.as_of {
        Some(day) => day.to_string(),
        None if is_table => "the last row of each runner".to_owned(),
        None => environment::now().date_naive().to_string(),
    }
}

/// By which something is known again; it gives nothing of it away.
fn mark_of(bytes: &[u8]) -> String {
    format!("{:08x}", crc32fast::hash(bytes))
}

fn shown_place(path: &Path) -> String {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// The settings that are common to all, and a mark by which they are known again.
fn settings(request: &Request) -> Result<(Settings, String)> {
    let beside: Vec<PathBuf> =
        [request.source.is_dir().then_some(request.source.as_path()), request.out.parent()]
            .into_iter()
            .flatten()
            .map(|folder| folder.join(environment::SETTINGS_FILE))
            .collect();
    let file = match &request.options.config {
        Some(file) => SettingsFile::find(Some(file), &[])?,
        None => beside
            .iter()
            .find(|file| file.is_file())
            .map(|file| SettingsFile::read(file))
            .transpose()?
            .flatten(),
    };
    let Some(file) = file else { return Ok((Settings::default(), String::new())) };
    let bytes = fs::read(file.path()).unwrap_or_default();
    Ok((file.settings()?, mark_of(&bytes)))
}

/// What was reported.
struct Reported {
    by_runner: BTreeMap<String, Vec<Injury>>,
    overuse: u64,
    mark: String,
}

fn read_injuries(file: &Path) -> Result<Reported> {
    let shown = file.display();
    let bytes = fs::read(file).with_context(|| format!("cannot read `{shown}`"))?;
    let read = injuries::read(&bytes, Athletes::Required).with_context(|| format!("`{shown}`"))?;
    for bad in read.bad.iter().take(BAD_ROWS) {
        output::notice(&printable(&format!("notice: `{shown}`, {bad}")));
    }
    if read.bad.len() > BAD_ROWS {
        output::notice(&format!(
            "notice: +{} more rows of `{shown}` that cannot be used",
            read.bad.len() - BAD_ROWS
        ));
    }
    let mut by_runner: BTreeMap<String, Vec<Injury>> = BTreeMap::new();
    for row in read.rows {
        by_runner.entry(row.athlete.unwrap_or_default()).or_default().push(row.injury);
    }
    by_runner.values_mut().for_each(|injuries| injuries.sort_by_key(|injury| injury.date));
    let overuse = by_runner.values().flatten().filter(|injury| injury.overuse).count() as u64;
    Ok(Reported { by_runner, overuse, mark: mark_of(&bytes) })
}

/// A table in order runs through at once; any other is sorted first.
fn of_table(request: &Request, table: &TableFiles, study: &Study) -> Result<Done> {
    let shard = request.part();
    let begin = || Sink::begin(&request.out, shard, request.format, &study.tables);
    let mut running = Marks::of(&request.out).running(shard)?;
    let threads = threads(request.jobs);
    let mut nobodys = Nobodys::default();
    let mut sink = begin()?;
    let source = Box::new(|emit: &mut dyn FnMut(RunnerRows) -> Result<()>| {
        ordered::in_order(table, (shard, &mut nobodys), emit)
    });
    if !pipeline::run(source, study, &mut running, threads, &mut sink)? {
        // what was begun is gone with its files
        drop(sink);
        sink = begin()?;
        nobodys = Nobodys::default();
        let spill = Marks::of(&request.out).folder();
        let source = Box::new(|emit: &mut dyn FnMut(RunnerRows) -> Result<()>| {
            sorted::runners(table, (shard, &mut nobodys), (&spill, sorted::ROWS_IN_MEMORY), emit)?;
            Ok(true)
        });
        pipeline::run(source, study, &mut running, threads, &mut sink)?;
    }
    if nobodys.rows > 0 && shard.index == 0 {
        let detail = format!("first in line {}", nobodys.first_line);
        sink.quality(vec![QualityRow::new(None, "row", Fault::NoId.code(), nobodys.rows, &detail)])?;
    }
    sink.end()
}
