//! `treadlight cohort collect`: once all shards are there, the tables that need all of them, and what came of it.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result, bail};

use super::{
    marks::{Done, Marks, Study},
    request::Shard,
    sink::{PersonLine, TableFile},
};
use crate::{
    cohort::{
        input::order,
        schema,
        sheet::Format,
        tables::{VALIDATION, persons},
    },
    commands::{ExitStatus, Options, output},
    report::sections::cohort::{self, Summary},
    validation::{self, ValidationRow},
};

/// Shards that are named before "+N more".
const NAMED: usize = 10;

/// Collects the shards below a folder.
pub(crate) fn run(out: &Path, options: &Options) -> Result<ExitStatus> {
    let marks = Marks::of(out);
    let shown = out.display();
    let Some(study) = marks.study()? else {
        bail!("`{shown}` holds no tables of `treadlight cohort`: name the folder that was its --out");
    };
    let all: Vec<Shard> = (0..study.shards).map(|index| Shard { index, of: study.shards }).collect();
    let done = done(&marks, &study, &all)?;
    let wants = |table: &str| study.tables.iter().any(|wanted| wanted == table);
    let people =
        if wants(persons::TABLE.name) || wants(VALIDATION.name) { people(&marks, &all)? } else { Vec::new() };
    let format = if study.format == Format::Csv.name() { Format::Csv } else { Format::Parquet };
    let matched: i64 = people.iter().filter_map(|line| line.person.injuries).sum();
    let mut files = Vec::new();
    if wants(persons::TABLE.name) {
        let mut file = TableFile::begin(out, &persons::TABLE, Shard::WHOLE, format)?;
        file.take_rows(people.iter().map(|line| line.person.clone()))?;
        files.push(file.end()?);
    }
    let mut validation: Vec<ValidationRow> = Vec::new();
    if wants(VALIDATION.name) {
        validation = validation::table(people.into_iter().filter_map(|line| line.counts));
        let mut file = TableFile::begin(out, &VALIDATION, Shard::WHOLE, format)?;
        file.take_rows(validation.iter().cloned())?;
        files.push(file.end()?);
    }
    for file in files {
        file.publish()?;
    }
    write_schema(out, &done)?;
    tell_about_injuries(&study, matched, options);
    if !options.quiet {
        let summary = Summary {
            runners: done.runners,
            failed: done.failed,
            sessions: done.sessions,
            distance_m: done.distance_m,
            span: done.first_date.zip(done.last_date),
            is_by_day: done.granularity == "day",
            tables: study.tables.clone(),
            folder: shown.to_string(),
            format: format.name(),
            units: options.units.unwrap_or_default(),
            validation: &validation,
        };
        output::print_page(&cohort::page(&summary), options)?;
    }
    if done.runners == 0 {
        output::notice("no runner in the source: the table `quality` says what was there");
        return Ok(ExitStatus::Failed);
    }
    Ok(status(&done, options))
}

/// What came of a shard or of all, as the shell learns it.
pub(crate) fn status(done: &Done, options: &Options) -> ExitStatus {
    if done.failed == 0 {
        return ExitStatus::Done;
    }
    let runners = if done.runners == 1 { "runner" } else { "runners" };
    output::notice(&format!(
        "{} of {} {runners} could not be read: the table `quality` says why",
        done.failed, done.runners
    ));
    let is_nothing = done.failed == done.runners;
    if options.strict || is_nothing { ExitStatus::Failed } else { ExitStatus::SomeFailed }
}

/// The sum of all shards.
fn done(marks: &Marks, study: &Study, all: &[Shard]) -> Result<Done> {
    let mut missing = Vec::new();
    let mut sum: Option<Done> = None;
    for shard in all {
        let Some(done) = marks.done(*shard)? else {
            missing.push(shard.index.to_string());
            continue;
        };
        if done.schema_version != study.schema_version || done.treadlight != study.treadlight {
            bail!(
                "shard {shard} is of treadlight {} (schema {}), the study of {} (schema {}): make that shard again",
                done.treadlight,
                done.schema_version,
                study.treadlight,
                study.schema_version
            );
        }
        sum = Some(match sum {
            None => done,
            Some(sum) => added(sum, done),
        });
    }
    if !missing.is_empty() {
        let more = missing.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" +{more} more") } else { String::new() };
        missing.truncate(NAMED);
        bail!(
            "not all of {} shards are there; missing: {}{more}. Make them with --shard I/{}, then collect again",
            study.shards,
            missing.join(", "),
            study.shards
        );
    }
    Ok(sum.unwrap_or_default())
}

fn added(mut sum: Done, done: Done) -> Done {
    sum.runners += done.runners;
    sum.failed += done.failed;
    sum.sessions += done.sessions;
    sum.distance_m += done.distance_m;
    sum.first_date = [sum.first_date, done.first_date].into_iter().flatten().min();
    sum.last_date = sum.last_date.max(done.last_date);
    if done.granularity == "time" {
        sum.granularity = done.granularity;
    }
    for (table, rows) in done.rows {
        *sum.rows.entry(table).or_default() += rows;
    }
    sum
}

/// Every runner of all shards, in their order.
fn people(marks: &Marks, all: &[Shard]) -> Result<Vec<PersonLine>> {
    let mut people: Vec<PersonLine> = Vec::new();
    for shard in all {
        let path = marks.people(*shard);
        let cannot = || format!("cannot read `{}`: make shard {shard} again", path.display());
        let file = File::open(&path).with_context(cannot)?;
        for line in BufReader::new(file).lines() {
            people.push(serde_json::from_str(&line.with_context(cannot)?).with_context(cannot)?);
        }
    }
    let by_number = order::all_are_numbers(people.iter().map(|line| line.person.person_id.as_bytes()));
    people.sort_by(|a, b| {
        order::compare(a.person.person_id.as_bytes(), b.person.person_id.as_bytes(), by_number)
    });
    Ok(people)
}

fn write_schema(out: &Path, done: &Done) -> Result<()> {
    let mut document = schema::json();
    document["granularity"] = done.granularity.clone().into();
    document["rows"] = serde_json::to_value(&done.rows)?;
    output::write_file(&out.join("schema.json"), output::pretty_json(&document)?.as_bytes())
}

/// Injuries of runners who are not in the source.
fn tell_about_injuries(study: &Study, matched: i64, options: &Options) {
    let reported = study.reported.and_then(|reported| i64::try_from(reported).ok());
    if let Some(lost) = reported.map(|reported| reported - matched).filter(|lost| *lost > 0 && !options.quiet)
    {
        output::notice(&format!(
            "notice: {lost} overuse injuries are of athletes who are not in the source: compare the ids of both files"
        ));
    }
}
