//! `triage --format json`: every runner once, in the order of the page.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cohort::{
    facts::{BreakNow, KneeState, Raised},
    triage::{Group, Line, Triage},
};

/// The document.
#[derive(Debug, Serialize)]
pub struct Document {
    schema: u32,
    as_of: NaiveDate,
    since: Option<NaiveDate>,
    counts: Counts,
    runners: Vec<RunnerFields>,
    not_followed: Vec<NotFollowed>,
    files_beside: usize,
}

#[derive(Debug, Serialize)]
struct Counts {
    runners: usize,
    first: usize,
    first_not_listed: usize,
    knee: usize,
    back: usize,
    nothing: usize,
    files: usize,
    quiet: usize,
    failed: usize,
}

#[derive(Debug, Serialize)]
struct RunnerFields {
    name: String,
    group: &'static str,
    fact: String,
    limit: Option<String>,
    also: Vec<String>,
    warnings: Vec<WarningFields>,
    knee: Option<KneeFields>,
    #[serde(rename = "break")]
    rest: Option<BreakFields>,
    next_run_m: Option<i64>,
    next_run_until: Option<NaiveDate>,
    last_activity: Option<NaiveDate>,
    days_without: Option<i64>,
    failed: Option<&'static str>,
    remarks: Vec<RemarkFields>,
}

#[derive(Debug, Serialize)]
struct WarningFields {
    rule: &'static str,
    level: &'static str,
    date: NaiveDate,
    unit: &'static str,
    value: i64,
    threshold: i64,
    baseline: Option<i64>,
}

#[derive(Debug, Serialize)]
struct KneeFields {
    state: &'static str,
    see: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct BreakFields {
    last_run: NaiveDate,
    returned: Option<NaiveDate>,
    days: i64,
}

#[derive(Debug, Serialize)]
struct RemarkFields {
    reason: &'static str,
    count: usize,
}

/// A link that is not followed.
#[derive(Clone, Debug, Serialize)]
pub struct NotFollowed {
    /// The name of the folder.
    pub name: String,
    /// The code of the reason.
    pub reason: &'static str,
}

/// The document.
#[must_use]
pub fn document(
    triage: &Triage,
    (as_of, since): (NaiveDate, Option<NaiveDate>),
    not_followed: Vec<NotFollowed>,
    files_beside: usize,
) -> Document {
    let of_group = |(group, lines): &(Group, Vec<Line>)| {
        lines.iter().map(|line| fields(*group, line)).collect::<Vec<_>>()
    };
    Document {
        schema: 1,
        as_of,
        since,
        counts: Counts {
            runners: triage.runners(),
            first: triage.count(Group::First),
            first_not_listed: triage.earlier,
            knee: triage.count(Group::Knee),
            back: triage.count(Group::Back),
            nothing: triage.count(Group::Nothing),
            files: triage.count(Group::Files),
            quiet: triage.count(Group::Quiet),
            failed: triage.failed(),
        },
        runners: triage.groups.iter().flat_map(of_group).collect(),
        not_followed,
        files_beside,
    }
}

fn fields(group: Group, line: &Line) -> RunnerFields {
    let (facts, said) = (&line.facts, &line.said);
    let remarks = facts.remarks.iter();
    RunnerFields {
        name: facts.name.clone(),
        group: group.word(),
        fact: said.fact.clone(),
        limit: said.limit.clone(),
        also: said.also.clone(),
        warnings: facts.raised.iter().map(warning).collect(),
        knee: facts.knee.map(knee),
        rest: facts.back.map(rest),
        next_run_m: facts.next_run.most_m,
        next_run_until: facts.next_run.until,
        last_activity: facts.last_activity,
        days_without: facts.days_without,
        failed: facts.failed.map(crate::cohort::reason::Reason::code),
        remarks: remarks
            .map(|remark| RemarkFields { reason: remark.reason.code(), count: remark.count })
            .collect(),
    }
}

fn warning(raised: &Raised) -> WarningFields {
    let compared = raised.compared;
    WarningFields {
        rule: raised.rule.id,
        level: raised.level.name(),
        date: raised.date,
        unit: compared.unit.symbol(),
        value: compared.value,
        threshold: compared.threshold,
        baseline: compared.baseline,
    }
}

fn knee(knee: KneeState) -> KneeFields {
    KneeFields { state: knee.state.word(), see: knee.see.map(crate::knee::sign::Urgency::word) }
}

fn rest(rest: BreakNow) -> BreakFields {
    BreakFields { last_run: rest.last_run, returned: rest.returned, days: rest.days }
}
