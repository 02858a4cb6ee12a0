//! What is said of the cadence.

use crate::{
    analysis::cadence::{Cadence, LEAST_RUNS, LEAST_S, LeftOut},
    units::UnitSystem,
};

/// What it is good for, and what it is not.
pub const EVIDENCE: &str = "Shown, never a rule. In laboratories 5 to 10 % more steps at the same speed took load off the knee (45 \
    and 30 runners); as treatment, in 69 runners with pain at the front of the knee, gait retraining added nothing to advice \
    within 20 weeks. No cadence is known to keep a runner whole, and 180 is no target. [evidence C: Heiderscheit 2011, Lenhart \
    2014, Esculier 2018]";

/// The same in a line.
pub const IN_SHORT: &str =
    "shown, never a rule: no cadence is known to keep a runner whole, and 180 is no target [evidence C]";

/// A speed as its slowest and fastest pace: `5:33–6:04 a km`.
#[must_use]
pub fn pace([slow_m_s, fast_m_s]: [f64; 2], units: UnitSystem) -> String {
    let of = |m_s: f64| {
        let seconds = (units.meters_per_unit() / m_s).round() as i64;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    };
    format!("{}–{} a {}", of(fast_m_s), of(slow_m_s), units.symbol())
}

/// What the column of steps in a table is.
#[must_use]
pub fn steps_are(cadence: &Cadence, units: UnitSystem) -> Option<String> {
    let band = cadence.band_m_s?;
    Some(format!("steps: steps a minute at {}, your usual easy speed (median).", pace(band, units)))
}

/// What a month is the median of.
#[must_use]
pub fn definition() -> String {
    format!(
        "median of the flat runs with {} minutes at this speed, from {LEAST_RUNS} such runs a month on",
        LEAST_S / 60
    )
}

/// What was left out: `12 on a treadmill, 3 with an average or no cadence at all`; empty where nothing was.
#[must_use]
pub fn left_out(cadence: &Cadence) -> String {
    let whys = [
        (LeftOut::Treadmill, "on a treadmill"),
        (LeftOut::Hilly, "with more than 15 m of climb or descent a km"),
        (LeftOut::NoCadence, "with an average or no cadence at all"),
        (LeftOut::Unclear, "whose counts are neither strides nor steps"),
        (LeftOut::OtherSpeed, "with less time at this speed"),
    ];
    let parts = whys.iter().map(|(why, words)| (cadence.left_out(*why), words)).filter(|(runs, _)| *runs > 0);
    let parts: Vec<String> = parts.map(|(runs, words)| format!("{runs} {words}")).collect();
    parts.join(", ")
}

/// The cadence of a run, or why it has none.
#[must_use]
pub fn of_run(cadence: &Cadence, run: usize, units: UnitSystem) -> Option<String> {
    let at = cadence.band_m_s.map(|band| pace(band, units));
    Some(match (cadence.of_runs.get(run)?.1, at) {
        (Ok(spm), Some(at)) => format!("{spm:.0} steps a minute at {at}"),
        (Err(LeftOut::OtherSpeed), Some(at)) => format!("less than {} minutes at {at}", LEAST_S / 60),
        (Err(LeftOut::Unclear), _) => {
            "not known: its counts are neither strides nor steps of a run".to_owned()
        }
        (Err(LeftOut::Treadmill), _) => "left out: the speed of a treadmill is that of its belt".to_owned(),
        (Err(LeftOut::Hilly), _) => "left out: more than 15 m of climb or descent a km".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_said_as_pace_in_the_runners_unit() {
        // 1000 ÷ 3 = 333.3 s, 1000 ÷ 2.75 = 363.6 s; 1609.344 ÷ 3 = 536.4 s, ÷ 2.75 = 585.2 s
        assert_eq!(pace([2.75, 3.0], UnitSystem::Kilometers), "5:33–6:04 a km");
        assert_eq!(pace([2.75, 3.0], UnitSystem::Miles), "8:56–9:45 a mi");
    }

    #[test]
    fn no_word_of_it_promises_or_advises() {
        for text in [EVIDENCE, IN_SHORT] {
            let lower = text.to_lowercase();
            assert!(
                !["should", "safe", "prevent", "try ", "increase"].iter().any(|word| lower.contains(word))
            );
        }
    }
}
