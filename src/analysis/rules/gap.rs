//! `gap`: how far a run may go after a break. Evidence grade D.
//!
//! ```text
//! g     = days between two runs (or between the last run and the day asked about)
//! Lpre  = longest run in [last run − 30, last run]
//! g         days 1–7 after the return    days 8–14
//! 7–13      1.00 Lpre                    as usual
//! 14–30     0.75 Lpre                    0.90 Lpre
//! 31–56     0.50 Lpre                    0.75 Lpre
//! > 56      0.33 Lpre                    as usual
//! ```
//! Rounded down to 100 m. While it lasts it stands in place of the cap of `long-run-spike`, which is blind after a break:
//! the old long run is still in its window, or nothing is. A day without a file is no rest: what is said is that the
//! files hold no run.
//!
//! Told from 7, 14, 31 and 57 days on, one warning a break: the open one counts its caps from the day of the report, a past
//! one is dated at the run that ended it. A break of less than 14 days is told only if the 28 days before it hold no other
//! one: who runs once a week has one every week. A run above the cap of its day is a caution of its own after 14 days or
//! more (from 3 km and 500 m on, and not for less than 7 days after another one).
//! Source: coaching tables (Daniels), a design choice; no study of tissue after a break.

use chrono::NaiveDate;

use super::guards::{cooling_down, worth_a_warning};
use crate::{
    analysis::history::{
        breaks::{BLIND_FROM_DAYS, Gap, SHORTEST_DAYS, band, gap_between, gap_on, habit_since, is_habit},
        sessions::Session,
    },
    dates,
    warning::{About, Break, Compared, KeepTo, Kept, Level, Rule, Stands, Unit, Warning, evidence::Evidence},
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "gap",
    title: "break",
    about: About::Load,
    on_by_default: true,
    is_missed: true,
    evidence: Evidence {
        grade: 'D',
        cite: "coaches' tables",
        source: "Coaching tables after Daniels, bands and shares chosen here; no study of how much load tendon and \
                 bone bear after a break was found",
    },
    base_rate: None,
    keys: &[],
};

/// What only this rule knows of a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The break.
    pub gap: Break,
    /// A run above what the break leaves; `None`: the warning is about the break itself.
    pub above: Option<AboveShare>,
}

/// A run above the share that a break leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AboveShare {
    /// What was run, in whole metres.
    pub distance_m: i64,
    /// The share of its day, in whole metres.
    pub share_m: i64,
}

/// The break in the words of warnings; while it lasts, as if it ended on `today`.
fn told(gap: &Gap, today: NaiveDate) -> Break {
    Break {
        last_run: gap.last_run,
        up_to: gap.returned.unwrap_or(today),
        lasts: gap.returned.is_none(),
        days: gap.days,
        told_from_days: told_from_days(gap),
    }
}

fn told_from_days(gap: &Gap) -> i64 {
    band(gap.days).map_or(SHORTEST_DAYS, |band| band.from)
}

/// Every break up to `as_of` and every run above what one leaves, oldest first. `sessions` hold nothing later.
#[must_use]
pub fn warnings(sessions: &[Session], as_of: NaiveDate) -> Vec<Warning<Seen>> {
    let mut warnings = runs_above(sessions);
    warnings.extend((1..sessions.len()).filter_map(|i| ended_by(sessions, i)));
    warnings.extend(lasting(sessions, as_of));
    warnings.sort_by_key(|warning| warning.date);
    warnings
}

/// The break that session `i` ends.
fn ended_by(sessions: &[Session], i: usize) -> Option<Warning<Seen>> {
    let Session { run, date, .. } = &sessions[i];
    let gap = gap_between(&sessions[..i], *date, Some(*date)).filter(|gap| !is_usual(&sessions[..i], gap))?;
    Some(of_break(run, *date, &gap, *date))
}

/// The break that lasts on `as_of`.
fn lasting(sessions: &[Session], as_of: NaiveDate) -> Option<Warning<Seen>> {
    let gap = gap_between(sessions, as_of, None).filter(|gap| !is_usual(sessions, gap))?;
    let date = dates::days_after(gap.last_run, told_from_days(&gap).unsigned_abs());
    Some(of_break(&sessions.last()?.run, date, &gap, as_of))
}

/// The break itself, told on a day: it stands while it lasts, and while it leaves less than usual.
fn of_break(run: &str, date: NaiveDate, gap: &Gap, today: NaiveDate) -> Warning<Seen> {
    let last_day = gap.returned.map(|returned| gap.matters_until(returned));
    let keep_to = KeepTo { set_until: last_day, ..KeepTo::set(Kept::Run, today) };
    let gap = told(gap, today);
    let compared = compared(&gap);
    let seen = Seen { gap, above: None };
    Warning {
        keep_to: Some(keep_to),
        stands: last_day.map_or(Stands::Open, Stands::Until),
        ..Warning::new(&RULE, (run.to_owned(), date), compared, seen)
    }
}

/// A run above what a break leaves.
fn of_run(session: &Session, gap: &Gap, share_m: i64) -> Warning<Seen> {
    let last_day = gap.returned.map_or(session.date, |returned| gap.matters_until(returned));
    let gap = told(gap, session.date);
    let compared = compared(&gap);
    let above = AboveShare { distance_m: session.distance_m, share_m };
    let run = (session.run.clone(), session.date);
    Warning {
        level: Level::Caution,
        keep_to: Some(KeepTo::set(Kept::Run, last_day)),
        ..Warning::new(&RULE, run, compared, Seen { gap, above: Some(above) })
    }
}

fn compared(gap: &Break) -> Compared {
    Compared { value: gap.days, baseline: None, threshold: gap.told_from_days, unit: Unit::Days }
}

/// Whether a break of less than two weeks is nothing new to this runner.
fn is_usual(before: &[Session], gap: &Gap) -> bool {
    let since = habit_since(gap.last_run);
    let recent = &before[before.partition_point(|session| session.date < since)..];
    is_habit(gap.days, recent.iter().map(|session| session.date))
}

/// Only after a break that blinds `long-run-spike`: after a shorter one that rule speaks.
fn runs_above(sessions: &[Session]) -> Vec<Warning<Seen>> {
    let mut warnings = Vec::new();
    for session in sessions {
        let Some(gap) = gap_on(sessions, session.date).filter(|gap| gap.days >= BLIND_FROM_DAYS) else {
            continue;
        };
        let gap = Gap { returned: gap.returned.or(Some(session.date)), ..gap };
        let cap_m = gap.cap_m(session.date).unwrap_or_default();
        if cap_m == 0 || !worth_a_warning(session.distance_m, cap_m) {
            continue;
        }
        let warning = of_run(session, &gap, cap_m);
        if !cooling_down(&warnings, &warning) {
            warnings.push(warning.of_session(session));
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, sessions};

    /// The caps of the first, the second and the eighth day after a break of so many days, 18 km before it.
    fn caps_after(days: i64) -> [Option<i64>; 3] {
        let returned = day("2026-03-21");
        let gap =
            Gap { last_run: day("2026-03-01"), returned: Some(returned), days, longest_before_m: 18_000 };
        [0, 1, 7].map(|days_after| gap.cap_m(dates::days_after(returned, days_after)))
    }

    #[test]
    fn the_evidence_vectors_give_their_caps() {
        assert_eq!(caps_after(5), [None, None, None]);
        assert_eq!(caps_after(10), [Some(18_000), Some(18_000), None]);
        assert_eq!(caps_after(20), [Some(13_500), Some(13_500), Some(16_200)]);
        assert_eq!(caps_after(41), [Some(9_000), Some(9_000), Some(13_500)]);
        assert_eq!(caps_after(60), [Some(5_900), Some(5_900), None], "33 % of 18 km, rounded down");
    }

    #[test]
    fn the_limits_of_the_bands_belong_to_the_milder_side() {
        let first = |days| caps_after(days)[0];
        assert_eq!(first(6), None);
        assert_eq!([first(7), first(13)], [Some(18_000); 2]);
        assert_eq!([first(14), first(30)], [Some(13_500); 2]);
        assert_eq!([first(31), first(56)], [Some(9_000); 2]);
        assert_eq!(first(57), Some(5_900));
    }

    #[test]
    fn the_second_week_begins_on_the_eighth_day_and_ends_with_the_fourteenth() {
        let gap = Gap {
            last_run: day("2026-03-01"),
            returned: Some(day("2026-03-21")),
            days: 20,
            longest_before_m: 18_000,
        };
        let on = |date: &str| gap.cap_m(day(date));
        assert_eq!([on("2026-03-27"), on("2026-03-28")], [Some(13_500), Some(16_200)]);
        assert_eq!([on("2026-04-03"), on("2026-04-04")], [Some(16_200), None]);
        assert_eq!(gap.matters_until(day("2026-03-21")), day("2026-04-03"));
        assert_eq!(Gap { days: 13, ..gap }.matters_until(day("2026-03-21")), day("2026-03-27"));
    }

    #[test]
    fn a_run_more_than_30_days_before_the_last_one_is_not_the_longest_before_a_break() {
        let rows = [("2026-01-29", 30_000), ("2026-01-30", 20_000), ("2026-03-01", 10_000)];
        let gap = gap_on(&sessions(&rows), day("2026-03-15")).unwrap();
        assert_eq!((gap.longest_before_m, gap.days, gap.returned), (20_000, 14, None));
    }

    #[test]
    fn a_second_break_within_the_aftermath_of_the_first_leaves_the_stricter_cap() {
        // 41 days, a run, then 8 days: the first allows 13.5 km in its second week, the second 5 km
        let rows = [("2026-03-01", 18_000), ("2026-04-11", 5_000)];
        let gap = gap_on(&sessions(&rows), day("2026-04-19")).unwrap();
        assert_eq!((gap.days, gap.cap_m(day("2026-04-19"))), (8, Some(5_000)));
    }

    #[test]
    fn without_any_run_before_there_is_no_break() {
        assert_eq!(gap_on(&[], day("2026-03-01")), None);
    }

    /// What is told of a break: (date, days, told from).
    fn told(rows: &[(&str, i64)], as_of: &str) -> Vec<(String, i64, i64)> {
        let tell = |warning: &Warning<Seen>| {
            let gap = &warning.facts.gap;
            (warning.date.to_string(), gap.days, gap.told_from_days)
        };
        let told = warnings(&sessions(rows), day(as_of));
        told.iter().filter(|warning| warning.facts.above.is_none()).map(tell).collect()
    }

    /// (date, distance) of the runs above a cap.
    fn above(rows: &[(&str, i64)]) -> Vec<(String, i64)> {
        let tell =
            |warning: &Warning<Seen>| Some((warning.date.to_string(), warning.facts.above?.distance_m));
        warnings(&sessions(rows), day("2026-12-31")).iter().filter_map(tell).collect()
    }

    #[test]
    fn a_break_that_lasts_is_told_from_its_seventh_day_on_and_once() {
        let row = [("2026-03-01", 18_000)];
        assert_eq!(told(&row, "2026-03-07"), []);
        let on = |as_of| told(&row, as_of).remove(0);
        assert_eq!(on("2026-03-08"), ("2026-03-08".into(), 7, 7));
        assert_eq!(on("2026-03-14"), ("2026-03-08".into(), 13, 7));
        assert_eq!(on("2026-03-15"), ("2026-03-15".into(), 14, 14));
        assert_eq!(on("2026-04-01"), ("2026-04-01".into(), 31, 31));
        assert_eq!(on("2026-04-27"), ("2026-04-27".into(), 57, 57));
        assert_eq!(told(&row, "2026-12-31").len(), 1);
    }

    #[test]
    fn a_break_that_ended_is_told_once_on_the_day_of_the_return() {
        let rows = [("2026-03-01", 18_000), ("2026-03-21", 5_000), ("2026-03-23", 5_000)];
        let expected = ("2026-03-21".to_owned(), 20, 14);
        assert_eq!(told(&rows[..2], "2026-03-21"), std::slice::from_ref(&expected));
        assert_eq!(told(&rows, "2026-03-29"), [expected], "six days after the last run");
    }

    #[test]
    fn a_break_stands_until_its_last_week_is_over_and_while_it_lasts() {
        let rows = [("2026-03-01", 18_000), ("2026-03-21", 5_000)];
        let stands = |n: usize| warnings(&sessions(&rows[..n]), day("2026-03-21"))[0].stands;
        assert_eq!(stands(1), Stands::Open);
        assert_eq!(stands(2), Stands::Until(day("2026-04-03")));
    }

    #[test]
    fn a_run_500_m_above_the_cap_of_its_day_is_a_caution_and_one_of_499_m_is_none() {
        let back =
            |date, meters| above(&[("2026-03-01", 18_000), ("2026-03-21", 5_000), (date, meters)]).len();
        assert_eq!([back("2026-03-27", 13_999), back("2026-03-27", 14_000)], [0, 1], "0.75 of 18 km");
        assert_eq!([back("2026-03-28", 16_699), back("2026-03-28", 16_700)], [0, 1], "0.90 of 18 km");
        let back = ["2026-03-21", "2026-03-26", "2026-03-31"].map(|date| (date, 5_000));
        let later = [&[("2026-03-01", 18_000)], &back[..], &[("2026-04-04", 30_000)]].concat();
        assert_eq!(above(&later), [], "15 days after the return");
        assert_eq!(above(&[("2026-03-01", 18_000), ("2026-03-21", 14_000)]).len(), 1, "the return itself");
        assert_eq!(above(&[("2026-03-01", 2_000), ("2026-03-21", 2_999)]), [], "too short to tell");
    }

    #[test]
    fn a_second_run_above_the_cap_waits_seven_days() {
        let base = [("2026-03-01", 18_000), ("2026-03-21", 15_000)];
        let with = |date| above(&[base[0], base[1], (date, 18_000)]).len();
        assert_eq!([with("2026-03-27"), with("2026-03-28")], [1, 2]);
    }

    #[test]
    fn without_a_distance_before_the_break_the_break_is_told_all_the_same() {
        assert_eq!(told(&[("2026-03-01", 0)], "2026-03-15"), [("2026-03-15".into(), 14, 14)]);
    }

    #[test]
    fn who_runs_once_a_week_is_told_of_the_first_pause_of_a_week_and_of_two_weeks() {
        let weekly = [
            ("2026-03-01", 10_000),
            ("2026-03-03", 5_000),
            ("2026-03-10", 10_000),
            ("2026-03-17", 10_000),
            ("2026-03-24", 10_000),
        ];
        let dates = |as_of| told(&weekly, as_of).into_iter().map(|(date, ..)| date).collect::<Vec<_>>();
        assert_eq!(dates("2026-04-06"), ["2026-03-10"]);
        assert_eq!(dates("2026-04-07"), ["2026-03-10", "2026-04-07"], "two weeks are no habit");
        assert_eq!(above(&[("2026-03-01", 10_000), ("2026-03-10", 11_000)]), [], "9 days blind nobody");
    }
}
