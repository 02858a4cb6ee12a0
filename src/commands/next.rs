//! `treadlight next`: how far the next run and the next seven days may go; a distance or a plan checked ahead.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{ExitStatus, Format, Options, load::load, output};
use crate::{
    analysis::plan::check_plan,
    plan::{self, Plan},
    report::{machine::json, sections},
    units::Distance,
};

pub(super) fn run(
    options: &Options,
    distance: Option<Distance>,
    plan_file: Option<&Path>,
    format: Format,
) -> Result<ExitStatus> {
    let plan = plan_file.map(read_plan).transpose()?;
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let check = plan.as_ref().map(|plan| check_plan(&loaded.analysis, &loaded.settings, &plan.runs));
    let caps = &loaded.analysis.caps;
    let text = match format {
        Format::Json => output::pretty_json(&json::next(caps, distance, check.as_ref(), loaded.units()))?,
        _ => {
            let page = sections::next::page(caps, distance, check.as_ref(), loaded.units());
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
    if plan.without_distance > 0 {
        output::notice(&format!(
            "notice: `{name}`: {} events without a distance left out",
            plan.without_distance
        ));
    }
    Ok(plan)
}
