//! The machine's view: field names are stable, units stand in the names, unknown is `null`.

use chrono::NaiveDate;
use serde::Serialize;

use super::Object;
use crate::{
    analysis::{
        Analysis, EARLIER_WEEKS,
        beside::LeftOut,
        cadence::Cadence,
        limits::{
            answer::Limits,
            exposure::Exposure,
            source::{Because, Source},
        },
        load::{
            moving::{ACUTE_DAYS, CHRONIC_DAYS},
            series::LoadSeries,
        },
        plan::{Judged, PlanCheck},
        replay::{Replay, replay},
        rules::Warning,
        shoes::DateRange,
    },
    fields::{RunRow, WeekFacts, day::DayWithLoad, rounded, shoe::ShoeRow},
    import::Import,
    report::{
        suspicion,
        words::{beside, limits as words},
    },
    units::{Distance, UnitSystem},
};

/// Version of the field names.
const SCHEMA: u32 = 1;

/// `runs --format json`.
#[derive(Debug, Serialize)]
pub struct RunsDocument<'a> {
    schema: u32,
    as_of: NaiveDate,
    runs: Vec<Object<RunRow<'a>>>,
    others: Vec<Object<RunRow<'a>>>,
    duplicates: Vec<DuplicateFields>,
    skipped: Vec<SkippedFields>,
    ignored: usize,
}

#[derive(Debug, Serialize)]
struct DuplicateFields {
    file: String,
    of: String,
    because: String,
}

#[derive(Debug, Serialize)]
struct SkippedFields {
    file: String,
    reason: String,
    code: &'static str,
}

/// `check --format json`.
#[derive(Debug, Serialize)]
pub struct CheckDocument<'a> {
    schema: u32,
    as_of: NaiveDate,
    warnings: Vec<WarningFields>,
    caps: CapsFields,
    weeks: Vec<Object<WeekFacts<'a>>>,
    shoes: Vec<ShoeFields<'a>>,
    cadence: Vec<CadenceFields>,
    unknown: Vec<UnknownFields>,
    knee: Option<super::knee::KneeJson>,
}

/// A month with runs enough.
#[derive(Debug, Serialize)]
struct CadenceFields {
    month: String,
    median_spm: f64,
    runs: usize,
    speed_band_m_s: [f64; 2],
}

#[derive(Debug, Serialize)]
struct WarningFields {
    rule: &'static str,
    level: &'static str,
    active: bool,
    race: bool,
    date: NaiveDate,
    run: String,
    unit: &'static str,
    value: i64,
    threshold: i64,
    baseline: Option<i64>,
    message: String,
    action: String,
    cap_m: Option<i64>,
    cap_s: Option<i64>,
    until: Option<NaiveDate>,
    fired_in_52_weeks: usize,
    evidence: EvidenceFields,
}

#[derive(Debug, Serialize)]
struct EvidenceFields {
    grade: char,
    source: &'static str,
}

#[derive(Debug, Serialize)]
struct CapsFields {
    next_run_m: Option<i64>,
    until: Option<NaiveDate>,
    not_before: Option<NaiveDate>,
    next_run_running_minutes: Option<i64>,
    running_minutes_until: Option<NaiveDate>,
    running_minutes_because: Option<String>,
    next_7_days_m: Option<i64>,
    next_7_days_until: Option<NaiveDate>,
    because: String,
    sources: Vec<SourceFields>,
}

#[derive(Debug, Serialize)]
struct SourceFields {
    source: &'static str,
    run_m: Option<i64>,
    run_s: Option<i64>,
    not_before: Option<NaiveDate>,
    week_m: Option<i64>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    because: String,
}

/// `next --format json`.
#[derive(Debug, Serialize)]
pub struct NextDocument {
    schema: u32,
    as_of: NaiveDate,
    caps: CapsFields,
    steps: Vec<StepFields>,
    distance: Option<DistanceFields>,
    plan: Option<Vec<PlannedFields>>,
}

#[derive(Debug, Serialize)]
struct StepFields {
    from: NaiveDate,
    until: Option<NaiveDate>,
    next_run_m: Option<i64>,
    because: String,
}

#[derive(Debug, Serialize)]
struct DistanceFields {
    distance_m: i64,
    fits_from: Option<NaiveDate>,
    steps_of_10_percent: Option<u64>,
    not_before: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct PlannedFields {
    line: u64,
    date: NaiveDate,
    distance_m: i64,
    limit_m: Option<i64>,
    limit_7_days_m: Option<i64>,
    over: Vec<&'static str>,
    fits_from: Option<NaiveDate>,
    nearest_m: Option<i64>,
    rules: Vec<&'static str>,
}

/// `weeks --format json`.
#[derive(Debug, Serialize)]
pub struct WeeksDocument<'a> {
    schema: u32,
    as_of: NaiveDate,
    weeks: Vec<Object<WeekFacts<'a>>>,
    training_load: LoadFields,
    other_sports_left_out: Vec<LeftOutFields<'a>>,
}

/// A recording of another sport whose time does not count.
#[derive(Debug, Serialize)]
struct LeftOutFields<'a> {
    id: &'a str,
    local_date: NaiveDate,
    sport: &'a str,
    because: String,
}

/// `days --format json`.
#[derive(Debug, Serialize)]
pub struct DaysDocument {
    schema: u32,
    as_of: NaiveDate,
    days: Vec<Object<DayWithLoad>>,
}

/// Where the training load of the weeks comes from, over all runs.
#[derive(Debug, Serialize)]
struct LoadFields {
    measure: &'static str,
    acute: String,
    chronic: String,
    runs: usize,
    from_average_heart_rate: usize,
    estimated_from_minutes: usize,
    left_out: usize,
}

/// `shoes --format json`.
#[derive(Debug, Serialize)]
pub struct ShoesDocument<'a> {
    schema: u32,
    as_of: NaiveDate,
    shoes: Vec<ShoeFields<'a>>,
    unassigned_m: i64,
}

#[derive(Debug, Serialize)]
struct ShoeFields<'a> {
    #[serde(flatten)]
    fields: Object<ShoeRow<'a>>,
    window_m: [i64; 2],
    reaches: ReachesFields,
}

#[derive(Debug, Serialize)]
struct ReachesFields {
    start: Option<DateRange>,
    end: Option<DateRange>,
}

#[derive(Debug, Serialize)]
struct UnknownFields {
    rule: &'static str,
    why: String,
}

/// `runs --suspicious --format json`.
#[derive(Debug, Serialize)]
pub struct SuspiciousDocument<'a> {
    schema: u32,
    suspicious: Vec<SuspicionFields<'a>>,
}

#[derive(Debug, Serialize)]
struct SuspicionFields<'a> {
    id: &'a str,
    file: &'a str,
    distance_m: Option<f64>,
    because: String,
    correction: String,
}

fn suspicion_fields(one: suspicion::Suspicion<'_>) -> SuspicionFields<'_> {
    SuspicionFields {
        id: &one.run.id,
        file: &one.run.file,
        distance_m: one.run.distance_m.map(|meters| rounded(meters, 1)),
        because: one.reasons,
        correction: one.correction,
    }
}

/// Runs of which something was guessed or put right, newest first.
#[must_use]
pub fn suspicious(import: &Import) -> SuspiciousDocument<'_> {
    SuspiciousDocument {
        schema: SCHEMA,
        suspicious: suspicion::of(&import.runs).into_iter().map(suspicion_fields).collect(),
    }
}

/// What was imported and what was not.
#[must_use]
pub fn runs<'a>(import: &'a Import, analysis: &'a Analysis) -> RunsDocument<'a> {
    let duplicates = import.duplicates.iter().map(|duplicate| DuplicateFields {
        file: duplicate.activity.file.clone(),
        of: duplicate.of.clone(),
        because: duplicate.because.clone(),
    });
    let skipped = import.skipped.iter().map(|skipped| SkippedFields {
        file: skipped.file.clone(),
        reason: skipped.reason.to_string(),
        code: skipped.reason.code(),
    });
    RunsDocument {
        schema: SCHEMA,
        as_of: analysis.as_of,
        runs: super::runs(import, analysis).map(Object).collect(),
        others: import.others.iter().map(|other| Object(RunRow::of(other))).collect(),
        duplicates: duplicates.collect(),
        skipped: skipped.collect(),
        ignored: import.ignored,
    }
}

/// Warnings, weeks, shoes.
#[must_use]
pub fn check(analysis: &Analysis, units: UnitSystem) -> CheckDocument<'_> {
    let active = analysis.active();
    let is_active = |warning: &Warning| active.iter().any(|other| std::ptr::eq(*other, warning));
    let history = replay(analysis, EARLIER_WEEKS);
    let fields = |warning: &Warning| warning_fields(warning, is_active(warning), &history, units);
    let unknown = analysis.unknown.iter();
    CheckDocument {
        schema: SCHEMA,
        as_of: analysis.as_of,
        warnings: analysis.warnings.iter().map(fields).collect(),
        caps: cap_fields(&analysis.limits, units),
        weeks: super::weeks(analysis).map(Object).collect(),
        shoes: shoe_fields(analysis),
        cadence: cadence_fields(&analysis.cadence),
        unknown: unknown.map(|u| UnknownFields { rule: u.rule.id, why: u.why.clone() }).collect(),
        knee: super::knee::knee(analysis.knee.as_ref(), analysis.load_limits),
    }
}

/// How far the next run and the next seven days may go, and a distance or a plan checked ahead.
#[must_use]
pub fn next(
    limits: &Limits,
    distance: Option<Distance>,
    plan: Option<&PlanCheck>,
    units: UnitSystem,
) -> NextDocument {
    let steps = limits.steps.iter().map(|step| StepFields {
        from: step.from,
        until: step.until,
        next_run_m: step.most_m,
        because: match &step.because {
            Some(because) => words::sentence(because, Exposure::Metres, units),
            None => words::missing_sentence_on(limits, step.from),
        },
    });
    NextDocument {
        schema: SCHEMA,
        as_of: limits.as_of,
        caps: cap_fields(limits, units),
        steps: steps.collect(),
        distance: distance.map(|distance| distance_fields(limits, distance.meters)),
        plan: plan.map(|plan| plan.runs.iter().map(planned_fields).collect()),
    }
}

/// The table of days.
#[must_use]
pub fn days(analysis: &Analysis) -> DaysDocument {
    let days = super::days(analysis).map(Object).collect();
    DaysDocument { schema: SCHEMA, as_of: analysis.as_of, days }
}

/// The weekly table.
#[must_use]
pub fn weeks(analysis: &Analysis) -> WeeksDocument<'_> {
    WeeksDocument {
        schema: SCHEMA,
        as_of: analysis.as_of,
        weeks: super::weeks(analysis).map(Object).collect(),
        training_load: load_fields(&analysis.load_series),
        other_sports_left_out: analysis.beside.left_out.iter().map(left_out_fields).collect(),
    }
}

fn left_out_fields(left_out: &LeftOut) -> LeftOutFields<'_> {
    LeftOutFields {
        id: &left_out.id,
        local_date: left_out.date,
        sport: &left_out.sport,
        because: beside::reason(left_out.reason),
    }
}

fn load_fields(series: &LoadSeries) -> LoadFields {
    LoadFields {
        measure: series.measure.name(),
        acute: format!("A += (load - A) / {ACUTE_DAYS}"),
        chronic: format!("C += (load - C) / {CHRONIC_DAYS}"),
        runs: series.sources.runs,
        from_average_heart_rate: series.sources.from_average,
        estimated_from_minutes: series.sources.estimated,
        left_out: series.sources.left_out(),
    }
}

/// The pairs.
#[must_use]
pub fn shoes(analysis: &Analysis) -> ShoesDocument<'_> {
    ShoesDocument {
        schema: SCHEMA,
        as_of: analysis.as_of,
        shoes: shoe_fields(analysis),
        unassigned_m: analysis.shoes.unassigned_m,
    }
}

fn cadence_fields(cadence: &Cadence) -> Vec<CadenceFields> {
    let months = cadence.months.iter().zip(std::iter::repeat(cadence.band_m_s));
    let fields = months.filter_map(|(month, band)| {
        Some(CadenceFields {
            month: month.first.format("%Y-%m").to_string(),
            median_spm: rounded(month.median_spm, 1),
            runs: month.runs,
            speed_band_m_s: band?,
        })
    });
    fields.collect()
}

fn warning_fields(warning: &Warning, active: bool, history: &Replay<'_>, units: UnitSystem) -> WarningFields {
    let (evidence, compared) = (warning.evidence, warning.compared);
    WarningFields {
        rule: warning.rule.id,
        level: warning.level.name(),
        active,
        race: warning.race,
        date: warning.date,
        run: warning.run.clone(),
        unit: compared.unit.symbol(),
        value: compared.value,
        threshold: compared.threshold,
        baseline: compared.baseline,
        message: warning.message(units),
        action: warning.action(units),
        cap_m: warning.cap().map(|(metres, _)| metres),
        cap_s: warning.running_cap().map(|(seconds, _)| seconds),
        until: warning.until(),
        fired_in_52_weeks: history.count(warning.rule),
        evidence: EvidenceFields { grade: evidence.grade, source: evidence.source },
    }
}

fn cap_fields(limits: &Limits, units: UnitSystem) -> CapsFields {
    let running = limits.running.as_ref();
    CapsFields {
        next_run_m: limits.next_run_m,
        until: limits.until,
        not_before: limits.not_before,
        next_run_running_minutes: running.map(|running| running.minutes),
        running_minutes_until: running.and_then(|running| running.until),
        running_minutes_because: running
            .map(|running| words::sentence(&running.because, Exposure::RunningSeconds, units)),
        next_7_days_m: limits.next_7_days_m,
        next_7_days_until: limits.next_7_days_until,
        because: words::why(limits, units),
        sources: limits.sources.iter().map(|source| source_fields(source, units)).collect(),
    }
}

fn source_fields(source: &Source, units: UnitSystem) -> SourceFields {
    let run_in = |exposure| source.run.filter(|_| source.exposure == exposure);
    SourceFields {
        source: source.name,
        run_m: run_in(Exposure::Metres),
        run_s: run_in(Exposure::RunningSeconds),
        not_before: source.not_before,
        week_m: source.week_m,
        // what the blocks count for is counted anew every day
        from: (!matches!(source.because, Because::Blocks { .. })).then_some(source.from),
        until: source.until,
        because: words::sentence(&source.because, source.exposure, units),
    }
}

fn distance_fields(limits: &Limits, distance_m: i64) -> DistanceFields {
    let (steps_of_10_percent, not_before) = limits.steps_of_ten_percent(distance_m).unzip();
    DistanceFields { distance_m, fits_from: limits.fits_from(distance_m), steps_of_10_percent, not_before }
}

fn planned_fields(judged: &Judged) -> PlannedFields {
    let fit = &judged.fit;
    PlannedFields {
        line: judged.run.line,
        date: judged.run.date,
        distance_m: judged.run.distance_m,
        limit_m: fit.limit_m,
        limit_7_days_m: fit.limit_7_days_m,
        over: fit.over().collect(),
        fits_from: fit.fits_from,
        nearest_m: fit.nearest_m,
        rules: judged.rules(),
    }
}

fn shoe_fields(analysis: &Analysis) -> Vec<ShoeFields<'_>> {
    let fields = super::shoes(analysis).map(|row| ShoeFields {
        window_m: row.window_m,
        reaches: ReachesFields { start: row.reaches_start, end: row.reaches_end },
        fields: Object(row),
    });
    fields.collect()
}
