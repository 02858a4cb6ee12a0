//! `weekly-jump`: seven days against the four blocks of seven days before them. Evidence grade C.
//!
//! ```text
//! a = S7(t)   p = S7(t−7)   m = max(S7(t−7), S7(t−14), S7(t−21), S7(t−28))      S7(t): metres of days t−6 … t
//! ATTENTION   m > 0 and 100 a > 130 m
//! NOTE        p > 0 and 100 a > 130 p and 100 a > 110 m
//! ```
//! Evaluated on days with a run, from H0 + 34 on. The second clause of NOTE stops the alarm for a return to
//! normal after an easy week. A hole of ten days without a run makes the comparison unknown until 28 days
//! are covered again. Quiet for less than 7 days after one of at least its level. A threshold of the runner's own stands in
//! place of the 30 %.
//! Sources: Nielsen et al. 2014, J Orthop Sports Phys Ther 44:739 (the 30 % band); no relationship in
//! Frandsen et al. 2025. The shares of the best block are a design choice.

use chrono::NaiveDate;

use super::guards::{Silence, held_back_by};
use crate::{
    analysis::history::{
        holes,
        sessions::{Session, last_run_up_to},
    },
    dates,
    table::DayRow,
    warning::{
        About, Compared, KeepTo, Kept, Level, Rule, Unit, Unknown, Warning,
        evidence::{BaseRate, Evidence, OWN_THRESHOLD, Of},
        percent_above,
        thresholds::{Allowed, Key, Thresholds},
    },
};

/// So many per cent above the blocks of seven days before are told.
pub const PERCENT: Key = Key {
    name: "weekly_jump_percent",
    usual: 30,
    allowed: Allowed::Numbers {
        least: 10,
        most: 100,
        unit_and_reason: "per cent: weeks differ by less than 10 on their own",
    },
    unit: " %",
    studied: true,
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "weekly-jump",
    title: "weekly jump",
    about: About::Load,
    on_by_default: true,
    is_missed: true,
    evidence: Evidence {
        grade: 'C',
        cite: "Nielsen 2014; against it Frandsen 2025",
        source: "Nielsen et al. 2014, J Orthop Sports Phys Ther 44:739-747: 874 novice runners, one year; no \
                 relationship in Frandsen et al. 2025, doi:10.1136/bjsports-2024-109380",
    },
    base_rate: Some(BaseRate { of: Of::Weeks, of_100: "11–13" }),
    keys: &[PERCENT],
};

/// What only this rule knows of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Distance of the seven days before.
    pub previous_m: i64,
    /// Highest of the four blocks of seven days before.
    pub best_m: i64,
    /// That far above the best (ATTENTION), not only above the previous (NOTE).
    pub attention: bool,
    /// So many per cent above the block or blocks before are told.
    pub percent: i64,
}

/// Days of history that the comparison needs: five blocks of seven, less the first day.
pub const HISTORY_DAYS: usize = 34;
/// Blocks that a block is compared with.
pub const BLOCKS: usize = 4;
/// Days of a block.
pub const BLOCK_DAYS: usize = 7;
/// Up to so many per cent of the best of four, a block is no note, however low the one before was.
pub const NOTE_PERCENT: i64 = 110;
/// For so many days a jump holds the seven days.
pub const HOLD_DAYS: u64 = 7;

/// What a day's comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// Nothing, or nothing to compare with.
    None,
    /// More than 30 % above the block before and 10 % above the best of four.
    Note,
    /// More than 30 % above the best of four.
    Attention,
}

/// The comparison of a block `a` with the four before it, the latest first, in whole metres; told from `percent` above on.
#[must_use]
pub fn classify(a: i64, before: [i64; BLOCKS], percent: i64) -> Jump {
    let previous = before[0];
    let best = before.into_iter().max().unwrap_or_default();
    let limit = |meters: i64| (100 + percent) * meters;
    if best > 0 && 100 * a > limit(best) {
        Jump::Attention
    } else if previous > 0 && 100 * a > limit(previous) && 100 * a > NOTE_PERCENT * best {
        Jump::Note
    } else {
        Jump::None
    }
}

/// The warnings of all days (every calendar day from H0 on), cool-down applied, oldest first.
#[must_use]
pub fn warnings(days: &[DayRow], sessions: &[Session], thresholds: Thresholds) -> Vec<Warning<Seen>> {
    judged(days, sessions, thresholds).0
}

/// The same with every day on which the comparison held in silence: its position, and why.
#[must_use]
pub fn judged(
    days: &[DayRow],
    sessions: &[Session],
    thresholds: Thresholds,
) -> (Vec<Warning<Seen>>, Vec<(usize, Silence)>) {
    let (mut warnings, mut silent) = (Vec::new(), Vec::new());
    let has_hole = holes::silenced_by_hole(days);
    for t in HISTORY_DAYS..days.len() {
        if days[t].runs == 0 {
            continue;
        }
        let before = blocks_before(days, t);
        let jump = classify(days[t].last_7_days_m, before, thresholds.of(&PERCENT));
        if jump == Jump::None {
            continue;
        }
        if has_hole[t] {
            silent.push((t, Silence::Hole));
            continue;
        }
        let warning = warning(days[t], before, jump, sessions, thresholds);
        match held_back_by(&warnings, &warning) {
            Some(day) => silent.push((t, Silence::CoolingDown(day))),
            None => warnings.push(warning),
        }
    }
    (warnings, silent)
}

/// Seven days up to day `t`, and the four blocks before them, the latest first; `None` before they are all known.
#[must_use]
pub fn blocks(days: &[DayRow], t: usize) -> Option<(i64, [i64; BLOCKS])> {
    (t >= HISTORY_DAYS && t < days.len()).then(|| (days[t].last_7_days_m, blocks_before(days, t)))
}

/// The four blocks before the one that ends on day `t`, the latest first; `t` ≥ [`HISTORY_DAYS`].
fn blocks_before(days: &[DayRow], t: usize) -> [i64; BLOCKS] {
    std::array::from_fn(|block| days[t - BLOCK_DAYS * (block + 1)].last_7_days_m)
}

fn warning(
    day: DayRow,
    before: [i64; BLOCKS],
    jump: Jump,
    sessions: &[Session],
    thresholds: Thresholds,
) -> Warning<Seen> {
    let (previous_m, best_m) = (before[0], before.into_iter().max().unwrap_or_default());
    let (week_m, percent) = (day.last_7_days_m, thresholds.of(&PERCENT));
    let attention = jump == Jump::Attention;
    let base_m = if attention { best_m } else { previous_m };
    let compared = Compared {
        value: week_m,
        baseline: Some(base_m),
        threshold: percent_above(base_m, percent),
        unit: Unit::Metres,
    };
    let until = dates::days_after(day.date, HOLD_DAYS);
    let is_studied = week_m > percent_above(base_m, PERCENT.usual);
    let run = (last_run_up_to(sessions, day.date), day.date);
    let seen = Seen { previous_m, best_m, attention, percent };
    Warning {
        level: if attention { Level::Caution } else { Level::Info },
        keep_to: Some(KeepTo::set(Kept::SevenDays, until)),
        evidence: if is_studied { RULE.evidence } else { OWN_THRESHOLD },
        ..Warning::new(&RULE, run, compared, seen)
    }
}

/// How far seven days may go, in per cent of the best block: 130, or less with a stricter threshold, never more.
#[must_use]
pub fn week_cap_percent(thresholds: Thresholds) -> i64 {
    100 + thresholds.of(&PERCENT).min(PERCENT.usual)
}

/// Why the rule has nothing to say on the last of `days`, if so.
#[must_use]
pub fn unknown(days: &[DayRow], as_of: NaiveDate) -> Option<Unknown> {
    let rule = &RULE;
    let known_days = days.len().saturating_sub(1);
    if known_days < HISTORY_DAYS {
        return Some(Unknown::too_short(rule, known_days as i64, HISTORY_DAYS as i64));
    }
    holes::why_unknown(days, as_of).map(|why| Unknown { rule, why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, day_rows};

    /// Runs on Tuesday, Thursday and Sunday: 6, 8 and the rest, as in the evidence.
    fn weeks(kilometers: &[i64]) -> Vec<DayRow> {
        let days: Vec<i64> =
            kilometers.iter().flat_map(|&km| [0, 6_000, 0, 8_000, 0, 0, (km - 14) * 1000]).collect();
        day_rows("2026-01-05", &days)
    }

    fn jumps(days: &[DayRow]) -> Vec<(String, bool)> {
        let tell = |warning: &Warning<Seen>| (warning.date.to_string(), warning.facts.attention);
        warnings(days, &[], Thresholds::default()).iter().map(tell).collect()
    }

    #[test]
    fn the_evidence_vectors_give_their_levels() {
        for (kilometers, expected) in [
            ([26, 26, 26, 26, 36], Some(true)),
            ([26, 26, 38, 18, 36], None),
            ([26, 26, 26, 26, 29], None),
            ([26, 20, 26, 24, 32], Some(false)),
        ] {
            let last = jumps(&weeks(&kilometers)).into_iter().find(|(date, _)| date == "2026-02-08");
            assert_eq!(last.map(|(_, attention)| attention), expected, "{kilometers:?}");
        }
    }

    #[test]
    fn the_thresholds_belong_to_the_quiet_side() {
        let classify = |a, before| super::classify(a, before, 30);
        assert_eq!(classify(13_000, [10_000; 4]), Jump::None);
        assert_eq!(classify(13_001, [10_000; 4]), Jump::Attention);
        assert_eq!(classify(13_000, [9_000, 10_000, 0, 0]), Jump::Note);
        assert_eq!(classify(11_000, [8_000, 10_000, 0, 0]), Jump::None);
        assert_eq!(classify(11_001, [8_000, 10_000, 0, 0]), Jump::Note);
        assert_eq!(classify(50_000, [0; 4]), Jump::None, "nothing to compare with is never infinite");
        assert_eq!(classify(13_000, [0, 10_000, 0, 0]), Jump::None, "an empty block before is undefined");
    }

    #[test]
    fn an_own_threshold_stands_in_place_of_the_30_per_cent() {
        assert_eq!(
            [classify(12_000, [10_000; 4], 20), classify(12_001, [10_000; 4], 20)],
            [Jump::None, Jump::Attention]
        );
        assert_eq!(
            [classify(15_000, [10_000; 4], 50), classify(15_001, [10_000; 4], 50)],
            [Jump::None, Jump::Attention]
        );
        let days = weeks(&[26, 26, 26, 26, 32]);
        let own = Thresholds::default().with(&PERCENT, 20);
        let told = warnings(&days, &[], own).pop().unwrap();
        // 1.20 × 26 km is 31.2 km
        assert_eq!(told.compared.threshold, 31_200);
        assert_eq!(jumps(&days), []);
    }

    #[test]
    fn a_long_run_moved_to_monday_is_seen_though_calendar_weeks_hide_it() {
        let mut days: Vec<i64> = [0, 6_000, 0, 8_000, 0, 0, 12_000].repeat(4);
        days.extend([0, 6_000, 0, 8_000, 0, 0, 20_000, 14_000, 6_000, 0, 8_000]);
        let days = day_rows("2026-01-05", &days);
        let monday = days.iter().find(|row| row.date == day("2026-02-09")).map(|row| row.last_7_days_m);
        assert_eq!(monday, Some(48_000));
        assert_eq!(jumps(&days).first(), Some(&("2026-02-08".to_owned(), true)));
    }

    #[test]
    fn nothing_is_evaluated_before_day_34_nor_on_a_day_without_a_run() {
        let mut days = [0, 6_000, 0, 8_000, 0, 0, 12_000].repeat(4);
        days.extend([40_000, 0, 0, 0, 0, 0]);
        assert_eq!(jumps(&day_rows("2026-01-05", &days)), []);
        days.push(1_000);
        assert_eq!(jumps(&day_rows("2026-01-05", &days)).len(), 1);
    }

    #[test]
    fn one_message_an_episode_of_less_than_seven_days() {
        let mut days = [0, 6_000, 0, 8_000, 0, 0, 12_000].repeat(5);
        days.extend([0, 16_000, 0, 8_000, 0, 0, 12_000]);
        assert_eq!(jumps(&day_rows("2026-01-05", &days)), [("2026-02-10".to_owned(), true)]);
    }

    #[test]
    fn a_hole_of_ten_days_silences_the_rule_until_28_days_are_covered() {
        let covered = |days_covered: usize| {
            let mut days = [0, 6_000, 0, 8_000, 0, 0, 12_000].repeat(5);
            days.extend([0; 10]);
            days.extend(vec![4_000; days_covered - 1]);
            days.push(40_000);
            jumps(&day_rows("2026-01-05", &days)).len()
        };
        assert_eq!(covered(27), 0);
        assert_eq!(covered(28), 1);
    }

    #[test]
    fn what_the_rule_cannot_tell_is_said() {
        let why = |meters: &[i64]| {
            let days = day_rows("2026-01-05", meters);
            unknown(&days, days.last().map_or(day("2026-01-05"), |row| row.date)).map(|unknown| unknown.why)
        };
        assert_eq!(why(&[5_000; 21]).as_deref(), Some("not enough data (20 of 34 days)"));
        assert_eq!(why(&[5_000; 35]), None);
        assert_eq!(
            why(&[vec![5_000; 35], vec![0; 10], vec![5_000; 3]].concat()).as_deref(),
            Some("after a hole of 10 days or more (3 of 28 days covered again)")
        );
        assert_eq!(
            why(&[vec![5_000; 35], vec![0; 12]].concat()).as_deref(),
            Some("no runs in your files for 12 days up to 20 Feb 2026")
        );
    }
}
