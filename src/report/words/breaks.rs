//! What `gap` says: of a break, and of a run above what it leaves.

use super::{
    parts::{cap_text, hole_text},
    warnings::Words,
};
use crate::{
    analysis::{
        history::breaks::{NOVICE_AFTER_DAYS, SHORTEST_DAYS},
        rules::{Warning, gap},
    },
    capitals::capitalized,
    dates,
    units::UnitSystem,
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
        let Some(above) = self.above else {
            let since = if gap.lasts { "since the last one" } else { "from one to the next" };
            return format!("{}: {} days {since}.", capitalized(&hole_text(gap)), gap.days);
        };
        format!(
            "{}, {}: above the {} that a break of {} days leaves ({}).",
            dates::with_weekday(w.date),
            w.run_text(above.distance_m, units),
            cap_text(above.share_m, units),
            gap.days,
            hole_text(gap),
        )
    }

    fn association(&self, _: &Warning) -> &'static str {
        "Files cannot tell rest from a watch left at home. What a break takes from tendon and bone has not \
         been measured: these steps follow coaches' tables."
    }

    fn action(&self, w: &Warning, units: UnitSystem) -> String {
        let novice = self.gap.told_from_days > NOVICE_AFTER_DAYS;
        let or_less = if novice { " or 30 minutes, whichever is shorter," } else { " or less" };
        let what = if self.gap.lasts { "the first runs" } else { "every run" };
        let keep = w.keep_text_or(what, or_less, units);
        let back =
            if self.gap.lasts { format!("Once you run again: {}", uncapitalized(&keep)) } else { keep };
        let is_over = w.keep_to.is_some_and(|keep_to| keep_to.is_over);
        if novice && !is_over {
            let keep = back.trim_end_matches(['.', ',']);
            return format!("{keep}; run and walk in turns, every other day.");
        }
        back
    }

    fn in_short(&self, _: &Warning) -> Option<String> {
        Some(match self.above {
            Some(_) => "a run above what it leaves".to_owned(),
            None => format!("{} days without a run in your files", self.gap.days),
        })
    }
}

fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
