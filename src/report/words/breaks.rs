//! What `gap` says: of a break, and of a run above what it leaves.

use chrono::NaiveDate;

use super::{
    parts::{cap_text, capitalized, hole_text},
    warnings::Words,
};
use crate::{
    analysis::{
        history::breaks::{NOVICE_AFTER_DAYS, SHORTEST_DAYS},
        rules::{Warning, gap},
    },
    dates,
    units::UnitSystem,
    warning::{Break, CapUntil},
};

impl gap::Seen {
    /// Whether the break is told as one of the shortest kind.
    pub(super) fn is_shortest(&self) -> bool {
        self.gap.told_from_days == SHORTEST_DAYS
    }
}

impl Words for gap::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        let gap = &self.gap;
        let Some(distance_m) = self.above_m else {
            let since = if gap.lasts { "since the last one" } else { "from one to the next" };
            return format!("{}: {} days {since}.", capitalized(&hole_text(gap)), gap.days);
        };
        format!(
            "{}, {}: above the {} that a break of {} days leaves ({}).",
            dates::with_weekday(w.date),
            w.run_text(distance_m, units),
            cap_text(w.keep_to.map_or(0, |keep_to| keep_to.most), units),
            gap.days,
            hole_text(gap),
        )
    }

    fn association(&self, _: &Warning) -> &'static str {
        "Files cannot tell rest from a watch left at home. What a break takes from tendon and bone has not \
         been measured: these steps follow coaches' tables."
    }

    fn action(&self, w: &Warning, units: UnitSystem) -> String {
        let from = if self.above_m.is_some() { w.date } else { self.gap.up_to };
        way_back(&self.gap, from, units)
    }

    fn in_short(&self, _: &Warning) -> Option<String> {
        Some(match self.above_m {
            Some(_) => "a run above what it leaves".to_owned(),
            None => format!("{} days without a run in your files", self.gap.days),
        })
    }
}

/// What to keep to from `date` on, step by step.
fn way_back(gap: &Break, date: NaiveDate, units: UnitSystem) -> String {
    let novice = gap.told_from_days > NOVICE_AFTER_DAYS;
    let or_minutes = if novice { " or 30 minutes, whichever is shorter," } else { " or less" };
    let step = |cap: &CapUntil| {
        format!("at {}{or_minutes} until {}", cap_text(cap.cap_m, units), dates::short(cap.until))
    };
    let steps: Vec<String> = gap.caps.iter().filter(|cap| date <= cap.until).map(step).collect();
    let keep = if steps.is_empty() {
        "begin with short, easy runs".to_owned()
    } else {
        format!("keep every run {}", steps.join(", then "))
    };
    let manner = if novice { "; run and walk in turns, every other day" } else { "" };
    if gap.lasts {
        format!("Back on {}: {keep}{manner}.", dates::short(gap.up_to))
    } else {
        format!("{}{manner}.", capitalized(&keep))
    }
}
