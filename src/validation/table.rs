//! The table of a group: a row for each exposure and time scale.

use super::{
    RunnerCounts, Scale, ValidationRow, Verdict, bootstrap,
    first_injury::Stratum,
    null::{self, Null},
    pool::Pool,
    power::{RATIO_TO_SEE, needed_injuries},
    ratio::{Part, Ratio, ratio},
    runner::Exposure,
    verdict::{OnScale, RATIO_FROM},
    wilson::wilson,
};

const DAYS_PER_YEAR: f64 = 365.25;

/// One scale of a group: ratios and what chance makes of them, an entry an exposure.
struct OfScale {
    scale: Scale,
    injuries: u32,
    ratios: Vec<Option<Ratio>>,
    boots: Vec<Option<(f64, f64)>>,
    nulls: Vec<Option<Null>>,
}

/// Rows by exposure (the most important rule first), each on every scale. The order of the runners makes no difference.
#[must_use]
pub fn table(runners: impl IntoIterator<Item = RunnerCounts>) -> Vec<ValidationRow> {
    let pool = Pool::of(runners);
    let scales = Scale::ALL.map(|scale| of_scale(&pool, scale));
    let rows_of = |(at, exposure): (usize, &Exposure)| {
        let verdict = verdict(&scales, at);
        let row = |scale: &OfScale| row(&pool.counts, exposure, scale, at, verdict);
        scales.iter().map(row).collect::<Vec<_>>()
    };
    pool.counts.exposures.iter().enumerate().flat_map(rows_of).collect()
}

fn of_scale(pool: &Pool, scale: Scale) -> OfScale {
    let has_time = |stratum: &Stratum| stratum.at_risk.iter().any(|(_, amount)| *amount > 0);
    let strata: Vec<Stratum> = pool.strata(scale).into_iter().filter(has_time).collect();
    let exposures = pool.counts.exposures.len();
    let injuries = u32::try_from(strata.len()).unwrap_or(u32::MAX);
    if injuries < RATIO_FROM {
        let none = || vec![None; exposures];
        return OfScale {
            scale,
            injuries,
            ratios: none(),
            boots: vec![None; exposures],
            nulls: vec![None; exposures],
        };
    }
    let parts: Vec<Vec<Part>> =
        (0..exposures).map(|bit| strata.iter().map(|stratum| Part::of(stratum, bit)).collect()).collect();
    let terms: Vec<Vec<(f64, f64)>> =
        (0..strata.len()).map(|i| parts.iter().map(|of_bit| of_bit[i].terms()).collect()).collect();
    OfScale {
        scale,
        injuries,
        ratios: parts.iter().map(|parts| ratio(parts)).collect(),
        boots: bootstrap::intervals(&terms, exposures),
        nulls: null::null(&strata, exposures, null::DRAWS),
    }
}

fn verdict(scales: &[OfScale], at: usize) -> Verdict {
    let fewest = scales.iter().map(|scale| scale.injuries).min().unwrap_or(0);
    let on_scale = |scale: &OfScale| {
        let Ratio { ratio, low, high, .. } = scale.ratios[at]?;
        Some(OnScale { ratio, low, high, p_max: scale.nulls[at].map(|null| null.p_max) })
    };
    Verdict::of(fewest, &scales.iter().map(on_scale).collect::<Vec<_>>())
}

fn row(
    group: &RunnerCounts,
    exposure: &Exposure,
    scale: &OfScale,
    at: usize,
    verdict: Verdict,
) -> ValidationRow {
    let is_alarm = exposure.window_d > 0;
    let counted = |count: u32| is_alarm.then_some(count);
    let by = |above: f64, below: f64| (is_alarm && below > 0.0).then(|| above / below);
    let (hits, injuries) = (f64::from(exposure.hits), f64::from(group.injuries));
    let years = f64::from(group.days_at_risk) / DAYS_PER_YEAR;
    let share = by(f64::from(exposure.alarm_days), f64::from(group.days_at_risk));
    let expected_hits = share.map(|share| share * injuries);
    let bounds = wilson(exposure.hits, group.injuries).filter(|_| is_alarm);
    let null = scale.nulls[at];
    ValidationRow {
        rule: exposure.rule.clone(),
        window_d: exposure.window_d,
        scale: scale.scale,
        injuries: counted(group.injuries),
        hits: counted(exposure.hits),
        hits_same_day: counted(exposure.hits_same_day),
        misses: counted(exposure.misses),
        not_evaluable: group.not_evaluable,
        episodes: counted(exposure.episodes),
        false_alarms: counted(exposure.false_alarms),
        years_at_risk: years,
        share_alarm: share,
        sensitivity: bounds.map(|(low, high)| (hits / injuries, low, high)),
        expected_hits,
        lift: expected_hits.and_then(|expected| by(hits, expected)),
        false_per_year: by(f64::from(exposure.false_alarms), years),
        rr_injuries: scale.injuries,
        rr: scale.ratios[at].map(|ratio| (ratio.ratio, ratio.low, ratio.high)),
        rr_boot: scale.boots[at],
        p_null: null.map(|null| null.p),
        p_null_max: null.map(|null| null.p_max),
        km_ratio: km_ratio(group, exposure),
        injuries_needed: needed_injuries(share_of_runs(group, exposure), RATIO_TO_SEE),
        verdict,
    }
}

fn share_of_runs(group: &RunnerCounts, exposure: &Exposure) -> f64 {
    f64::from(exposure.runs) / f64::from(group.runs)
}

/// Mean distance of exposed by that of other runs: so much a ratio a run lies above one a kilometre.
fn km_ratio(group: &RunnerCounts, exposure: &Exposure) -> Option<f64> {
    let mean = |metres: i64, runs: u32| (runs > 0).then(|| metres as f64 / f64::from(runs));
    let exposed = mean(exposure.runs_m, exposure.runs)?;
    let other = mean(group.runs_m - exposure.runs_m, group.runs - exposure.runs)?;
    (other > 0.0).then(|| exposed / other)
}
