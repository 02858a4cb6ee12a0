//! `acute-chronic`: seven days against four weeks. Off unless asked for: evidence grade X, against its use.
//!
//! ```text
//! coupled     A = S7(t)      C = S28(t) / 4                       S28(t): metres of days t − 27 … t
//! uncoupled   A = S7(t)      C = (metres of days t − 27 … t − 7) / 3
//! ewma        A = 7 E7(t)    C = 7 E28(t)    E(t) = λ x(t) + (1 − λ) E(t − 1), λ = 2 / (N + 1) for N = 7 and 28;
//!             E before the first day: mean of the first 21 days; × 7: metres a week, as with the others
//! said        2 A > 3 C and C > 0, by the definition of the settings (`uncoupled` if they name none)
//! ```
//! The same days give c = 4 u / (u + 3), so that 1.5 is another alarm in each definition: texts name the one that judges
//! and tell the two others. Evaluated on days with a run, from the 28th day of history on. A hole of ten days without a run
//! makes it unknown until 28 days are covered again; days of a hole count as 0 in E. Quiet for less than 7 days after
//! another message. A low ratio is never a message. For information only: it asks for nothing.
//! Sources: coupled as in Toresdahl et al. 2023, uncoupled as in Frandsen et al. 2025, E as in Williams et al. 2017; 1.5 as in
//! Gabbett 2016. Against it: an inverse relation in runners (Nakaoka et al. 2021; Frandsen et al. 2025) and a trial without
//! effect (Dalen-Lorentsen et al. 2021). The seed of E is a design choice.

use chrono::NaiveDate;

use super::guards::cooling_down;
use crate::{
    analysis::history::{
        holes,
        sessions::{Session, last_run_up_to},
    },
    table::DayRow,
    warning::{
        About, Compared, Rule, Unit, Unknown, Warning,
        acute_chronic::{AcuteChronicDefinition, AcuteChronicLoad},
        evidence::{BaseRate, Evidence, Of},
        thresholds::{Allowed, Key, Thresholds},
    },
};

/// The definition that judges.
pub const DEFINITION: Key = Key {
    name: "acute_chronic_definition",
    usual: AcuteChronicDefinition::Uncoupled as i64,
    allowed: Allowed::Names(&AcuteChronicDefinition::NAMES),
    unit: "definition",
    studied: true,
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "acute-chronic",
    title: "acute:chronic",
    about: About::Load,
    on_by_default: false,
    is_missed: true,
    evidence: Evidence {
        grade: 'X',
        cite: "against it Nakaoka 2021, Frandsen 2025, Dalen-Lorentsen 2021",
        source: "Inverse in runners: Nakaoka et al. 2021, Sports Med 51:2437 (435 runners), and Frandsen et al. 2025, \
                 doi:10.1136/bjsports-2024-109380; no effect of planning by it: Dalen-Lorentsen et al. 2021 (34 \
                 football teams at random)",
    },
    // by the definition that judges unless another one is set
    base_rate: Some(BaseRate { of: Of::Weeks, of_100: "4–9" }),
    keys: &[DEFINITION],
};

/// What only this rule knows of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The definition that judges.
    pub definition: AcuteChronicDefinition,
    /// What every definition comes to, in the order of [`AcuteChronicDefinition::ALL`].
    pub loads: [AcuteChronicLoad; 3],
}

/// The definition that judges by these thresholds.
#[must_use]
pub fn definition(thresholds: Thresholds) -> AcuteChronicDefinition {
    let chosen = usize::try_from(thresholds.of(&DEFINITION)).ok();
    chosen.and_then(|chosen| AcuteChronicDefinition::ALL.get(chosen)).copied().unwrap_or_default()
}

/// Days of history that the comparison needs, the day itself among them.
const HISTORY_DAYS: usize = 28;
/// Days of the acute load.
const ACUTE_DAYS: usize = 7;
/// Days whose mean the weighted means begin with.
const SEED_DAYS: usize = 21;

/// The loads of every day (each calendar day from the first known one on), in the order of
/// [`AcuteChronicDefinition::ALL`]; `None` before 28 days are known.
#[must_use]
pub fn loads(days: &[DayRow]) -> Vec<Option<[AcuteChronicLoad; 3]>> {
    let weighted_7 = weighted_means(days, 7);
    let weighted_28 = weighted_means(days, 28);
    let sum = |days: &[DayRow]| days.iter().map(|day| day.distance_m).sum::<i64>();
    let loads_of = |t: usize| {
        let month = &days[(t + 1).checked_sub(HISTORY_DAYS)?..=t];
        let (before, week) = month.split_at(HISTORY_DAYS - ACUTE_DAYS);
        let a_week = |mean_m: f64| (ACUTE_DAYS as f64 * mean_m).round() as i64;
        Some([
            AcuteChronicLoad { acute_m: sum(week), chronic_sum_m: sum(month), weeks: 4 },
            AcuteChronicLoad { acute_m: sum(week), chronic_sum_m: sum(before), weeks: 3 },
            AcuteChronicLoad {
                acute_m: a_week(weighted_7[t]),
                chronic_sum_m: a_week(weighted_28[t]),
                weeks: 1,
            },
        ])
    };
    (0..days.len()).map(loads_of).collect()
}

/// Exponentially weighted means of so many days, in metres a day.
fn weighted_means(days: &[DayRow], n: u32) -> Vec<f64> {
    let first = &days[..days.len().min(SEED_DAYS)];
    let mut mean = first.iter().map(|day| day.distance_m).sum::<i64>() as f64 / first.len().max(1) as f64;
    let weight = 2.0 / (f64::from(n) + 1.0);
    days.iter()
        .map(|day| {
            mean = weight * day.distance_m as f64 + (1.0 - weight) * mean;
            mean
        })
        .collect()
}

/// The messages of all days (every calendar day from the first known one on), cool-down applied, oldest first.
#[must_use]
pub fn warnings(
    days: &[DayRow],
    sessions: &[Session],
    definition: AcuteChronicDefinition,
) -> Vec<Warning<Seen>> {
    let silenced = holes::silenced_by_hole(days);
    let mut warnings = Vec::new();
    for (t, loads) in loads(days).into_iter().enumerate() {
        let Some(loads) = loads.filter(|_| days[t].runs > 0 && !silenced[t]) else { continue };
        if !definition.of(&loads).is_above() {
            continue;
        }
        let run = (last_run_up_to(sessions, days[t].date), days[t].date);
        let load = definition.of(&loads);
        let compared = Compared {
            value: load.acute_m,
            baseline: Some(load.chronic_m()),
            threshold: load.threshold_m(),
            unit: Unit::Metres,
        };
        let warning = Warning::new(&RULE, run, compared, Seen { definition, loads });
        if !cooling_down(&warnings, &warning) {
            warnings.push(warning);
        }
    }
    warnings
}

/// Why the rule has nothing to say on the last of `days`, if so.
#[must_use]
pub fn unknown(days: &[DayRow], definition: AcuteChronicDefinition, as_of: NaiveDate) -> Option<Unknown> {
    let rule = &RULE;
    let Some(loads) = loads(days).pop().flatten() else {
        return Some(Unknown::too_short(rule, days.len() as i64, HISTORY_DAYS as i64));
    };
    let no_load = || {
        let nothing = definition.of(&loads).chronic_sum_m == 0;
        nothing.then(|| "no distance before these 7 days: nothing to compare with".to_owned())
    };
    holes::why_unknown(days, as_of).or_else(no_load).map(|why| Unknown { rule, why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::day_rows;

    const FIRST: &str = "2026-01-05";

    /// `acwr` of the evidence vectors, in metres.
    fn evidence_days() -> Vec<i64> {
        [[0, 5_000, 0, 5_000, 0, 0, 10_000].repeat(3), vec![0, 8_000, 0, 8_000, 0, 0, 14_000]].concat()
    }

    fn last_loads(meters: &[i64]) -> Option<[AcuteChronicLoad; 3]> {
        loads(&day_rows(FIRST, meters)).pop().flatten()
    }

    /// The ratios of the last day: coupled, uncoupled, weighted.
    fn ratios(meters: &[i64]) -> [Option<f64>; 3] {
        last_loads(meters).map_or([None; 3], |loads| loads.map(AcuteChronicLoad::ratio))
    }

    fn fired(meters: &[i64], definition: AcuteChronicDefinition) -> Vec<String> {
        let told = warnings(&day_rows(FIRST, meters), &[], definition);
        told.iter().map(|warning| warning.date.to_string()).collect()
    }

    fn assert_near(value: Option<f64>, expected: f64) {
        assert!(value.is_some_and(|value| (value - expected).abs() < 5e-5), "{value:?} is not {expected}");
    }

    #[test]
    fn the_evidence_vectors_give_their_three_ratios() {
        let [coupled, uncoupled, ewma] = ratios(&evidence_days());
        assert_near(coupled, 1.3333);
        assert_near(uncoupled, 1.5);
        assert_near(ewma, 1.4681);
        let days = day_rows(FIRST, &evidence_days());
        for (n, expected_km) in [(7, 5.3301), (28, 3.6306)] {
            let mean_km = weighted_means(&days, n)[27] / 1000.0;
            assert!((mean_km - expected_km).abs() < 5e-5, "E{n} is {mean_km}");
        }
    }

    #[test]
    fn a_week_after_three_empty_ones_is_four_by_the_coupled_ratio_and_undefined_by_the_uncoupled_one() {
        let days = [vec![0; 21], vec![5_000; 7]].concat();
        let [coupled, uncoupled, _] = ratios(&days);
        assert_near(coupled, 4.0);
        assert_eq!(uncoupled, None);
        for definition in AcuteChronicDefinition::ALL {
            assert_eq!(fired(&days, definition), Vec::<String>::new(), "{}: a hole", definition.name());
        }
    }

    #[test]
    fn coupled_is_four_u_by_u_plus_three() {
        for last_week_m in [3_000, 20_000, 30_000, 60_000] {
            let days = [[0, 5_000, 0, 5_000, 0, 0, 10_000].repeat(3), vec![last_week_m, 0, 0, 0, 0, 0, 0]];
            let [coupled, uncoupled, _] = ratios(&days.concat());
            let u = uncoupled.unwrap();
            assert_near(coupled, 4.0 * u / (u + 3.0));
        }
    }

    #[test]
    fn constant_days_give_one_by_every_definition() {
        ratios(&[5_000; 60]).into_iter().for_each(|ratio| assert_near(ratio, 1.0));
    }

    #[test]
    fn one_and_a_half_belongs_to_the_quiet_side() {
        let with = |last_m: i64| {
            let mut days = evidence_days();
            days[27] = last_m;
            fired(&days, AcuteChronicDefinition::Uncoupled)
        };
        assert_eq!(with(14_000), Vec::<String>::new());
        assert_eq!(with(14_001), ["2026-02-01"]);
    }

    #[test]
    fn each_definition_judges_by_its_own_ratio() {
        // 20 km a week, then 33 km: uncoupled 1.65, coupled 1.42
        let mut days = evidence_days();
        days[27] = 17_000;
        let count = |definition| fired(&days, definition).len();
        assert_eq!(AcuteChronicDefinition::ALL.map(count), [0, 1, 1]);
    }

    #[test]
    fn the_28th_day_is_the_first_that_is_told() {
        let on_day = |day: usize| {
            fired(&[vec![5_000; day - 1], vec![60_000]].concat(), AcuteChronicDefinition::Uncoupled)
        };
        assert_eq!(on_day(27), Vec::<String>::new());
        assert_eq!(on_day(28), ["2026-02-01"]);
    }

    #[test]
    fn a_hole_of_ten_days_silences_it_until_28_days_are_covered() {
        let covered = |covered: usize| {
            let days = [vec![5_000; 30], vec![0; 10], vec![5_000; covered - 1], vec![60_000]].concat();
            fired(&days, AcuteChronicDefinition::Uncoupled).len()
        };
        assert_eq!([covered(27), covered(28)], [0, 1]);
    }

    #[test]
    fn one_message_in_seven_days_and_none_about_a_low_ratio() {
        let jump = [vec![5_000; 28], vec![12_000; 7]].concat();
        assert_eq!(fired(&jump, AcuteChronicDefinition::Uncoupled).len(), 1);
        let taper = [vec![5_000; 28], vec![100; 7]].concat();
        assert_eq!(fired(&taper, AcuteChronicDefinition::Uncoupled).len(), 0);
    }

    #[test]
    fn what_the_rule_cannot_tell_is_said() {
        let why = |meters: &[i64]| {
            let days = day_rows(FIRST, meters);
            let as_of = days[days.len() - 1].date;
            unknown(&days, AcuteChronicDefinition::Uncoupled, as_of).map(|unknown| unknown.why)
        };
        assert_eq!(why(&[5_000; 27]).as_deref(), Some("not enough data (27 of 28 days)"));
        assert_eq!(why(&[5_000; 28]), None);
        assert_eq!(
            why(&[vec![5_000; 30], vec![0; 10], vec![5_000; 3]].concat()).as_deref(),
            Some("after a hole of 10 days or more (3 of 28 days covered again)")
        );
        // a treadmill that told no distance: days with a run, yet nothing to compare with
        let mut days = day_rows(FIRST, &[0; 28]);
        days.iter_mut().for_each(|day| day.runs = 1);
        let told =
            unknown(&days, AcuteChronicDefinition::Uncoupled, days[27].date).map(|unknown| unknown.why);
        assert_eq!(told.as_deref(), Some("no distance before these 7 days: nothing to compare with"));
    }
}
