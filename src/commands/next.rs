//! `treadlight next`: how far the next run and the next seven days may go; a distance or a plan checked ahead.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{
    ExitStatus, Format, Options,
    load::{Loaded, load},
    output,
};
use crate::{
    analysis::{knee_limits, plan::check_plan},
    knee::fold::State,
    plan::{self, Plan},
    report::{
        knee::{
            page::{Part, section, signs},
            text as knee_text,
        },
        machine::json,
        text::{self, layout},
        words::knee as words,
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
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let check = plan.as_ref().map(|plan| check_plan(&loaded.analysis, &loaded.settings, &plan.runs));
    let caps = &loaded.analysis.caps;
    let text = match format {
        Format::Json => output::pretty_json(&json::next(caps, distance, check.as_ref(), loaded.units()))?,
        _ => {
            let page = text::next::page(caps, distance, check.as_ref(), loaded.units())?;
            layout::finished(&format!("{page}{}", by_knee(loaded, plan.as_ref())))
        }
    };
    output::print(&text, options.color)?;
    Ok(loaded.status(options))
}

/// KNEE below the limits, while the diary holds any: with each planned run that is above it.
fn by_knee(loaded: &Loaded, plan: Option<&Plan>) -> String {
    let Some((knee, limit)) = loaded.analysis.knee_limit().filter(|(_, limit)| limit.state != State::Clear)
    else {
        return String::new();
    };
    let units = loaded.units();
    let mut parts = vec![Part::Heading("KNEE".to_owned())];
    parts.extend(section(knee, &limit, units));
    let ahead = plan.into_iter().flat_map(|plan| &plan.runs).filter(|run| run.date >= knee.on);
    for run in ahead {
        let limit_m = knee_limits::on_day(knee, run.date, Some(NO_LIMIT_M));
        if limit_m.is_none_or(|limit_m| run.distance_m > limit_m) {
            parts.push(Part::Text(words::planned(run.line, run.date, run.distance_m, limit_m, units)));
        }
    }
    parts.extend(signs());
    format!("\n{}", knee_text::text(&parts, text::wrapped))
}

/// Longer than anybody runs: the diary alone decides.
const NO_LIMIT_M: i64 = 1_000_000_000;

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
