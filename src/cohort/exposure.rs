//! The exposures of a runner's sessions: what lay before each, and what was reported after it.

use chrono::NaiveDate;

use super::{
    tables::exposures::{After, ExposureRow, Week},
    view::{View, is_in_the_week_before},
};
use crate::{
    analysis::{
        history::{
            compare::{LOOK_BACK_DAYS, SpikeSize, SpikeState, classify, longest_before},
            holes,
        },
        rules::{acute_chronic, gap, long_run_spike, step_stack, weekly_jump},
    },
    validation::Injury,
    warning::{
        Rule,
        acute_chronic::{AcuteChronicDefinition, AcuteChronicLoad},
    },
};

/// An injury counts for a session of so many days before it at most.
const DAYS_TO_INJURY: i64 = 7;
/// Days of a block.
const WEEK: usize = 7;
/// Days of the record that a rule needs before it can be asked, the day itself not counted.
const ASKED_AFTER_DAYS: [(&Rule, usize); 4] = [
    (&long_run_spike::RULE, LOOK_BACK_DAYS as usize),
    (&weekly_jump::RULE, weekly_jump::HISTORY_DAYS),
    (&step_stack::RULE, LOOK_BACK_DAYS as usize),
    (&gap::RULE, WEEK),
];

/// A row for each session.
#[must_use]
pub fn rows<'a>(view: &View<'a>) -> Vec<ExposureRow<'a>> {
    let known = Known::of(view);
    let mut meters = 0;
    let row = |session| {
        let row = known.row(session, meters);
        meters = row.m_stop;
        row
    };
    (0..view.sessions.len()).map(row).collect()
}

/// What is looked up for every session.
struct Known<'v, 'a> {
    view: &'v View<'a>,
    loads: Vec<Option<[AcuteChronicLoad; 3]>>,
    has_hole: Vec<bool>,
    warned: [Vec<NaiveDate>; 4],
}

impl<'v, 'a> Known<'v, 'a> {
    fn of(view: &'v View<'a>) -> Self {
        let dates = |(rule, _): (&Rule, usize)| {
            view.warnings.iter().filter(|warning| warning.rule == rule).map(|warning| warning.date).collect()
        };
        Self {
            view,
            loads: acute_chronic::loads(view.days),
            has_hole: holes::silenced_by_hole(view.days),
            warned: ASKED_AFTER_DAYS.map(dates),
        }
    }

    fn row(&self, i: usize, m_start: i64) -> ExposureRow<'a> {
        let view = self.view;
        let session = &view.sessions[i];
        let t = view.day(session.date);
        let next = view.sessions.get(i + 1).map(|next| next.date);
        let longest_30d_m = longest_before(view.sessions, i).map(|(meters, _)| meters);
        let state = view.comparisons[i].state;
        let days = |date: NaiveDate| (date - view.h0).num_days();
        let is_injured = view.injuries.is_some_and(|injuries| is_injured(injuries, session.date));
        ExposureRow {
            person_id: view.person_id,
            session: i as i64,
            recordings: session.recordings as i64,
            date: session.date,
            start: view.has_times.then_some(session.start),
            distance_m: session.distance_m,
            moving_s: session.moving_time_s,
            running_s: session.running_time_s,
            descent_m: session.descent_m,
            race: session.race,
            treadmill: session.treadmill,
            assumed_sport: session.assumed_sport,
            longest_30d_m,
            ratio_longest_30d: longest_30d_m
                .filter(|longest_m| *longest_m > 0)
                .map(|longest_m| session.distance_m as f64 / longest_m as f64),
            state: state_name(state),
            week: self.week(t),
            days_since_last: i
                .checked_sub(1)
                .map(|last| (session.date - view.sessions[last].date).num_days()),
            warned: std::array::from_fn(|rule| self.warned(rule, session.date, t)),
            m_start,
            m_stop: m_start + session.distance_m,
            day_start: days(session.date),
            day_stop: days(next.unwrap_or(view.as_of)),
            at_risk: state != SpikeState::NoHistory && !is_injured,
            injury: view.injuries.map(|injuries| after(injuries, session.date, next)),
        }
    }

    fn week(&self, t: usize) -> Week {
        let seven_days =
            |t: usize| self.view.days.get(t).filter(|_| t + 1 >= WEEK).map(|day| day.last_7_days_m);
        let distance_7d_m = seven_days(t);
        let distance_prev_7d_m = t.checked_sub(WEEK).and_then(seven_days);
        let best = weekly_jump::blocks(self.view.days, t).map(|(_, before)| before.into_iter().max());
        let loads = self.loads.get(t).copied().flatten().filter(|_| !self.has_hole[t]);
        let by = |definition: AcuteChronicDefinition| loads.map(|loads| definition.of(&loads));
        let uncoupled = by(AcuteChronicDefinition::Uncoupled);
        let ratio = |definition| by(definition).and_then(AcuteChronicLoad::ratio);
        Week {
            distance_7d_m,
            distance_prev_7d_m,
            best_7d_of_4_m: best.flatten(),
            acwr: [
                ratio(AcuteChronicDefinition::Uncoupled),
                ratio(AcuteChronicDefinition::Coupled),
                ratio(AcuteChronicDefinition::Ewma),
            ],
            // both sides times three: whole metres
            state_acwr: band(uncoupled.map(|load| (load.weeks * load.acute_m, load.chronic_sum_m))),
            state_week: band(distance_7d_m.zip(distance_prev_7d_m)),
        }
    }

    /// Whether a rule warned in the seven days up to a day; `None` where it cannot be asked yet.
    fn warned(&self, rule: usize, date: NaiveDate, t: usize) -> Option<bool> {
        let dates = &self.warned[rule];
        let from = dates.partition_point(|alarm| *alarm <= date);
        let is_warned = dates[..from].last().is_some_and(|alarm| is_in_the_week_before(*alarm, date));
        (t >= ASKED_AFTER_DAYS[rule].1).then_some(is_warned)
    }
}

/// The band of a value against what lay before it.
fn band(compared: Option<(i64, i64)>) -> &'static str {
    match compared.filter(|(_, before)| *before > 0) {
        Some((value, before)) => state_name(classify(value, before)),
        None => "not_possible",
    }
}

/// The name of a band.
#[must_use]
pub fn state_name(state: SpikeState) -> &'static str {
    match state {
        SpikeState::NoHistory => "no_history",
        SpikeState::NoBaseline => "no_baseline",
        SpikeState::Reference => "ref",
        SpikeState::Spike(SpikeSize::Small) => "small",
        SpikeState::Spike(SpikeSize::Moderate) => "moderate",
        SpikeState::Spike(SpikeSize::Large) => "large",
    }
}

/// Whether a runner is injured on a day: from the day after it was reported to the day of running freely again.
#[must_use]
pub fn is_injured(injuries: &[Injury], date: NaiveDate) -> bool {
    let holds =
        |injury: &Injury| injury.date < date && injury.recovered.is_none_or(|recovered| date <= recovered);
    injuries.iter().any(holds)
}

/// What was reported after a session, and before its day.
fn after(injuries: &[Injury], date: NaiveDate, next: Option<NaiveDate>) -> After {
    let overuse = || injuries.iter().filter(|injury| injury.overuse).map(|injury| injury.date);
    let is_of_session = |day: &NaiveDate| *day >= date && next.is_none_or(|next| *day < next);
    let first = overuse().filter(is_of_session).min();
    let days = first.map(|day| (day - date).num_days());
    After {
        days_to_injury: days.filter(|days| *days <= DAYS_TO_INJURY),
        before: overuse().filter(|day| *day < date).count() as i64,
    }
}
