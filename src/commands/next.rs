//! `treadlight next`: how far the next run and the next seven days may go; a distance or a plan checked ahead.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{ExitStatus, Format, Options, load::load, output};
use crate::{
    analysis::plan::check_plan,
    plan::{self, Plan},
    report::{
        machine::{ics, json},
        sections,
    },
    units::Distance,
};

pub(super) fn run(
    options: &Options,
    distance: Option<Distance>,
    plan_file: Option<&Path>,
    format: Format,
) -> Result<ExitStatus> {
    let plan = plan_file.map(read_plan).transpose()?;
    if format == Format::Ics && (distance.is_some() || plan.is_some()) {
        bail!("a calendar has the limits alone: leave out `--distance` and `--plan`, or `--format ics`");
    }
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let (analysis, import) = (&loaded.analysis, &loaded.import);
    let check =
        |plan: &Plan| check_plan(analysis, &import.runs, &import.others, &loaded.settings, &plan.runs);
    let check = plan.as_ref().map(check).transpose().context("cannot make the tables of the plan")?;
    let limits = &analysis.limits;
    let text = match format {
        Format::Json => output::pretty_json(&json::next(limits, distance, check.as_ref(), loaded.units()))?,
        Format::Ics => ics::calendar(analysis, loaded.units()),
        _ => {
            let planned = check.as_ref().zip(plan.as_ref());
            let mut page = sections::next::page(limits, distance, planned, loaded.units());
            let knee = sections::knee::beside_limits(analysis, loaded.units());
            let at = if sections::knee::stands_first(analysis) { 0 } else { page.sections.len() };
            page.sections.splice(at..at, knee);
            output::laid_out(&page, options, None)
        }
    };
    output::print(&text, options.color)?;
    Ok(loaded.status(options))
}

fn read_plan(file: &Path) -> Result<Plan> {
    let name = file.display();
    let bytes = fs::read(file).with_context(|| format!("cannot read the plan `{name}`"))?;
    let plan = plan::parse(&String::from_utf8_lossy(&bytes)).with_context(|| format!("plan `{name}`"))?;
    if plan.runs.is_empty() {
        bail!(
            "plan `{name}`: no run with a distance in it: write rows such as `2026-11-22,12 km` below `date,distance`"
        );
    }
    Ok(plan)
}
