//! One runner's rows of every table.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    exposure,
    input::runner::RunnerRows,
    sheet::{Format, Piece},
    tables::{
        Table, days, exposures,
        persons::{COUNTED, PersonRow},
        quality::QualityRow,
        runs, warnings, weeks,
    },
    view::{self, Record, View, covered},
};
use crate::{
    activity::Activity,
    analysis::{self, Analysis, history::compare::SpikeState, load::weekly, rules::Warning},
    dates,
    settings::Settings,
    validation::{self, FollowUp, Injury, RunnerCounts, from_analysis},
};

/// Tables of which each runner has rows of their own, in the order of [`Rows::pieces`].
pub static OF_A_RUNNER: [&Table; 5] =
    [&runs::TABLE, &days::TABLE, &weeks::TABLE, &warnings::TABLE, &exposures::TABLE];

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Study {
    /// Thresholds, week start, what the load needs to know.
    pub settings: Settings,
    /// The last day of every record; `None`: each ends with its last row.
    pub as_of: Option<NaiveDate>,
    /// How files are written.
    pub format: Format,
    /// The tables.
    pub tables: Vec<&'static str>,
    /// Injuries by runner; `None` where nobody was asked.
    pub injuries: Option<BTreeMap<String, Vec<Injury>>>,
}

impl Study {
    fn wants(&self, table: &Table) -> bool {
        self.tables.contains(&table.name)
    }

    /// Whether the sessions alone make all that is asked for.
    fn is_of_sessions(&self) -> bool {
        let of_sessions = [exposures::TABLE.name, "quality", "validation"];
        self.tables.iter().all(|table| of_sessions.contains(table))
    }

    /// What a runner reported; `None` where nobody was asked.
    #[must_use]
    pub fn injuries_of(&self, id: &str) -> Option<&[Injury]> {
        self.injuries.as_ref().map(|injuries| injuries.get(id).map_or(&[][..], Vec::as_slice))
    }
}

/// What a runner adds to the tables.
#[derive(Debug)]
pub struct Rows {
    /// Rows of each table of [`OF_A_RUNNER`], where it is asked for.
    pub pieces: [Option<Piece>; 5],
    /// The row of `persons`.
    pub person: PersonRow,
    /// The rows of `quality`.
    pub quality: Vec<QualityRow>,
    /// What the validation needs, where there are injuries.
    pub counts: Option<RunnerCounts>,
    /// Whether starts have times, not only days.
    pub has_times: bool,
}

impl Rows {
    /// Of a runner who could not be read.
    #[must_use]
    pub fn failed(id: &str, reason: &str, mut quality: Vec<QualityRow>) -> Self {
        quality.push(QualityRow::of_runner(id, reason, 1));
        Self {
            pieces: [const { None }; 5],
            person: PersonRow::failed(id, reason),
            quality,
            counts: None,
            has_times: false,
        }
    }
}

/// Why a runner has no rows.
pub const NO_RUN: &str = "no_run";
/// Why a runner has no rows.
pub const NOT_ANALYSED: &str = "not_analysed";

/// Of the rows of a table.
#[must_use]
pub fn of_rows(mut rows: RunnerRows, study: &Study) -> Rows {
    rows.settle(study.as_of);
    let quality = rows.quality();
    let (Some(h0), Some(last)) = (rows.first_day(), rows.last_day()) else {
        return Rows::failed(&rows.id, NO_RUN, quality);
    };
    let as_of = study.as_of.unwrap_or(last);
    let looked_at = rows.looked_at();
    let about = About {
        id: &rows.id,
        has_times: rows.has_times(),
        looked_at: &looked_at,
        injuries: study.injuries_of(&rows.id),
        settings: &study.settings,
        files: None,
        skipped: rows.left_out(),
    };
    let sessions = rows.sessions();
    if sessions.is_empty() {
        return Rows::failed(&rows.id, NO_RUN, quality);
    }
    if study.is_of_sessions() {
        let record = Record::of(sessions, h0, as_of, &study.settings);
        let view = record.view(&rows.id, about.has_times, about.injuries);
        return about.rows(&view, None, study, quality);
    }
    let runs = rows.activities();
    // the first day may be one that somebody only looked at
    let before: Vec<Activity> = rows.looked_at_first().into_iter().collect();
    match analysis::analyze(&runs, &before, &study.settings, as_of) {
        Ok(analysis) => of_analysis(&about, &runs, &analysis, study, quality),
        Err(_) => Rows::failed(&rows.id, NOT_ANALYSED, quality),
    }
}

/// What of a runner no analysis knows.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The id in every table.
    pub id: &'a str,
    /// Whether starts are known, not only days.
    pub has_times: bool,
    /// Days without a run that somebody looked at.
    pub looked_at: &'a [NaiveDate],
    /// What the runner reported; `None` where nobody was asked.
    pub injuries: Option<&'a [Injury]>,
    /// The settings that hold for the runner.
    pub settings: &'a Settings,
    /// Activity files.
    pub files: Option<i64>,
    /// Files or rows left out.
    pub skipped: i64,
}

/// Of a whole analysis.
#[must_use]
pub fn of_analysis(
    about: &About<'_>,
    runs: &[Activity],
    analysis: &Analysis,
    study: &Study,
    quality: Vec<QualityRow>,
) -> Rows {
    let h0 = analysis.days.first().map_or(analysis.as_of, |day| day.date);
    let span = (h0, analysis.as_of);
    let asked =
        view::warnings(&analysis.sessions, &analysis.comparisons, &analysis.days, span, about.settings);
    let view = View::of(analysis, about.id, about.has_times, &asked, about.injuries);
    about.rows(&view, Some((runs, analysis)), study, quality)
}

impl About<'_> {
    fn rows(
        &self,
        view: &View<'_>,
        whole: Option<(&[Activity], &Analysis)>,
        study: &Study,
        quality: Vec<QualityRow>,
    ) -> Rows {
        let format = study.format;
        let mut pieces = [const { None }; 5];
        if let Some((runs, analysis)) = whole {
            let covered = covered(&analysis.days, self.looked_at);
            pieces[0] = study.wants(&runs::TABLE).then(|| format.piece(self.runs(runs, analysis)));
            pieces[1] = study.wants(&days::TABLE).then(|| format.piece(self.days(analysis, &covered)));
            pieces[2] = study.wants(&weeks::TABLE).then(|| format.piece(self.weeks(analysis, &covered)));
            pieces[3] = study.wants(&warnings::TABLE).then(|| format.piece(self.warnings(analysis)));
        }
        pieces[4] = study.wants(&exposures::TABLE).then(|| format.piece(exposure::rows(view).into_iter()));
        Rows {
            pieces,
            person: self.person(view, whole.map(|(_, analysis)| analysis)),
            quality,
            counts: counts(view),
            has_times: self.has_times,
        }
    }

    fn runs<'a>(
        &'a self,
        runs: &'a [Activity],
        analysis: &'a Analysis,
    ) -> impl Iterator<Item = runs::RunRow<'a>> {
        let sessions = sessions_of(runs, analysis);
        runs.iter().zip(sessions).enumerate().map(|(position, (activity, session))| runs::RunRow {
            person_id: self.id,
            run: position as i64,
            session,
            has_time: self.has_times,
            activity,
            load: analysis.loads.best_of(position).map(|load| (load.value, load.measure.name())),
        })
    }

    fn days<'a>(
        &'a self,
        analysis: &'a Analysis,
        covered: &'a [bool],
    ) -> impl Iterator<Item = days::DayRow<'a>> {
        let loads = weekly::of_days(&analysis.load_series, &analysis.days);
        analysis.days.iter().zip(covered).zip(loads).map(move |((sums, covered), load)| days::DayRow {
            person_id: self.id,
            sums,
            load,
            covered: *covered,
        })
    }

    fn weeks<'a>(
        &'a self,
        analysis: &'a Analysis,
        covered: &'a [bool],
    ) -> impl Iterator<Item = weeks::WeekRow<'a>> {
        analysis.weeks.iter().zip(&analysis.week_loads).map(move |(sums, load)| {
            let next = dates::days_after(sums.week_start, 7);
            let from = analysis.days.partition_point(|day| day.date < sums.week_start);
            let to = analysis.days.partition_point(|day| day.date < next);
            let days_covered = covered[from..to].iter().filter(|covered| **covered).count() as i64;
            weeks::WeekRow { person_id: self.id, sums, load, days_covered }
        })
    }

    fn warnings<'a>(&'a self, analysis: &'a Analysis) -> impl Iterator<Item = warnings::WarningRow<'a>> {
        analysis.warnings.iter().filter(|warning| is_of_load(warning)).map(move |warning| {
            warnings::WarningRow {
                person_id: self.id,
                warning,
                session: session_of(warning, analysis),
                acknowledged: self.settings.acks.iter().any(|ack| {
                    ack.rule == warning.rule
                        && warning.date <= ack.until
                        && ack.from.is_none_or(|from| from <= warning.date)
                }),
            }
        })
    }

    fn person(&self, view: &View<'_>, analysis: Option<&Analysis>) -> PersonRow {
        let states = view.comparisons.iter().map(|comparison| comparison.state);
        let with_history = states.clone().filter(|state| *state != SpikeState::NoHistory).count();
        let spikes = states.filter(|state| state.size().is_some()).count();
        let blocks = || view.days.chunks_exact(7);
        let first = dates::days_after(view.h0, validation::HISTORY_DAYS);
        let is_injured =
            |date: NaiveDate| view.injuries.is_some_and(|injuries| exposure::is_injured(injuries, date));
        let at_risk = view.days.iter().filter(|day| day.date >= first && !is_injured(day.date)).count();
        let fired = |rule: &'static crate::warning::Rule| {
            let warnings = match analysis {
                Some(analysis) if analysis.rules_on.contains(&rule) => &analysis.warnings,
                None if from_analysis::rules().contains(&rule) => view.warnings,
                _ => return None,
            };
            Some(warnings.iter().filter(|warning| warning.rule == rule).count() as i64)
        };
        PersonRow {
            person_id: self.id.to_owned(),
            first_date: Some(view.h0),
            last_date: Some(view.as_of),
            days: Some(view.days.len() as i64),
            days_at_risk: Some(at_risk as i64),
            sessions: Some(view.sessions.len() as i64),
            distance_m: Some(view.sessions.iter().map(|session| session.distance_m).sum()),
            km_per_week_median: median(
                blocks().map(|days| days.iter().map(|day| day.distance_m as f64 / 1000.0).sum()).collect(),
            ),
            runs_per_week_median: median(
                blocks().map(|days| days.iter().map(|day| f64::from(day.runs)).sum()).collect(),
            ),
            longest_m: view.sessions.iter().map(|session| session.distance_m).max(),
            share_spike: (with_history > 0).then(|| spikes as f64 / with_history as f64),
            warnings: COUNTED.map(fired),
            injuries: view
                .injuries
                .map(|injuries| injuries.iter().filter(|injury| injury.overuse).count() as i64),
            files: self.files,
            skipped: Some(self.skipped),
            failed: false,
            reason: None,
        }
    }
}

/// What the validation needs, where there are injuries.
fn counts(view: &View<'_>) -> Option<RunnerCounts> {
    let injuries = view.injuries?;
    let runs = from_analysis::runs(view.sessions, view.comparisons);
    let alarms = from_analysis::alarms(&from_analysis::rules(), view.warnings);
    Some(validation::of_runner(&FollowUp {
        h0: view.h0,
        last: view.as_of,
        runs: &runs,
        alarms: &alarms,
        injuries,
    }))
}

/// Warnings about shoes stay with the runner: a table of many has no shoe in it.
fn is_of_load(warning: &Warning) -> bool {
    COUNTED.contains(&warning.rule)
}

/// The session that raised a warning, if one did.
fn session_of(warning: &Warning, analysis: &Analysis) -> Option<i64> {
    let raised = |session: &crate::analysis::history::sessions::Session| {
        session.run == warning.run && session.date == warning.date
    };
    analysis.sessions.iter().position(raised).map(|at| at as i64)
}

/// For each run the session that it belongs to: of one that long pauses divide, its first.
fn sessions_of(runs: &[Activity], analysis: &Analysis) -> Vec<i64> {
    let mut at = 0;
    let sessions = &analysis.sessions;
    let session = |run: &Activity| {
        let is_of_run = |at: usize| sessions.get(at).is_some_and(|session| session.run == run.id);
        let next = at + 1;
        let first = [at, next].into_iter().find(|at| is_of_run(*at)).unwrap_or(at);
        at = first;
        while is_of_run(at + 1) {
            at += 1;
        }
        first as i64
    };
    runs.iter().map(session).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some((values[middle - 1] + values[middle]) / 2.0),
    }
}
