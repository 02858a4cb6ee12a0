//! What the rules about pairs of shoes say.

use super::{
    parts::{cap_text, date_range_after, pair_of_kind, window_in, window_text},
    warnings::Words,
};
use crate::{
    analysis::rules::{
        Warning,
        new_shoe::{self, LONG_RUN_IN_NEW_PAIR_M, NEW_PAIR_BELOW_M, NewPairReason},
        one_pair, shoe_window,
    },
    dates,
    settings::{ShoeFit, shoe_fit::COMFORT},
    units::UnitSystem,
};

/// What the runner says of the fit of a pair, as a line: `comfort 5 of 5 at purchase, 3 now; drop 8 mm; narrow toe box`.
#[must_use]
pub fn shoe_fit(fit: &ShoeFit) -> Option<String> {
    let best = COMFORT.end();
    let comfort = match (fit.comfort_at_purchase, fit.comfort_now) {
        (Some(first), Some(now)) => Some(format!("comfort {first} of {best} at purchase, {now} now")),
        (Some(first), None) => Some(format!("comfort {first} of {best} at purchase")),
        (None, Some(now)) => Some(format!("comfort {now} of {best} now")),
        (None, None) => None,
    };
    let millimetres = [("drop", fit.drop_mm), ("stack", fit.stack_mm)];
    let millimetres = millimetres.into_iter().filter_map(|(name, mm)| Some(format!("{name} {} mm", mm?)));
    let note = fit.note.as_ref().map(|note| format!("note: {note}"));
    let parts: Vec<String> = comfort.into_iter().chain(millimetres).chain(note).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

impl Words for shoe_window::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        let window = window_in(self.window, units);
        let (now, text) = (window[0].written_in.whole(self.now_m), window_text(window));
        let Some(since) = self.since else {
            return format!("{} has {now}: it is past its {text} window.", self.shoe);
        };
        let what = if self.past { "it passed the end of its" } else { "it entered its" };
        // a day of another year says which
        let when =
            if since == w.date { dates::with_weekday(since) } else { dates::relative_to(since, w.date) };
        format!("{} has {now}: {what} {text} window on {when}.", self.shoe)
    }

    fn association(&self, _: &Warning) -> &'static str {
        "The window is custom and material wear: no study ties shoe distance to injury."
    }

    fn action(&self, w: &Warning, units: UnitSystem) -> String {
        match self.reaches_end {
            _ if self.past => "Replace it before the next long run.".to_owned(),
            Some((early, late)) => format!(
                "Have the next pair ready: at its recent use it reaches {} about {}.",
                window_in(self.window, units)[1],
                date_range_after(early, late, w.date)
            ),
            None => "Look at the soles and plan the next pair.".to_owned(),
        }
    }

    fn in_short(&self, _: &Warning) -> Option<String> {
        let what = if self.past { "past its window" } else { "entered its window" };
        Some(format!("{} {what}", self.shoe))
    }
}

impl Words for new_shoe::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        let day = dates::with_weekday(w.date);
        let (pair, before) = (pair_of_kind(&self.shoe, self.kind), units.whole(self.before_m));
        match self.reason {
            NewPairReason::LongRun => {
                format!("{day}, {} in {pair}, which had {before} before.", units.short(w.compared.value))
            }
            NewPairReason::HalfOfAWeek { in_pair_m, week_m } => format!(
                "{} of the {} in the 7 days to {day} were in {pair}, which had {before} before that day.",
                units.short(in_pair_m),
                units.short(week_m),
            ),
        }
    }

    fn association(&self, _: &Warning) -> &'static str {
        "A new pair is a change for foot and leg. The limits are custom: no study has tried them, and none of this \
         is proof of injury."
    }

    fn action(&self, _: &Warning, units: UnitSystem) -> String {
        let up_to = format!(
            "until it has {} or until {}, whichever comes first",
            units.whole(NEW_PAIR_BELOW_M),
            dates::short(self.until)
        );
        match self.reason {
            NewPairReason::LongRun => {
                format!("Keep runs in it at {} or less {up_to}.", cap_text(LONG_RUN_IN_NEW_PAIR_M, units))
            }
            NewPairReason::HalfOfAWeek { .. } => {
                let other = self.other.as_ref();
                let other = other.map_or_else(String::new, |other| format!(": wear {other} in between"));
                format!("Keep it to half of your distance or less {up_to}{other}.")
            }
        }
    }

    fn in_short(&self, _: &Warning) -> Option<String> {
        let what = match self.reason {
            NewPairReason::LongRun => "a long run",
            NewPairReason::HalfOfAWeek { .. } => "most of a week",
        };
        Some(format!("{what} in {}", self.shoe))
    }
}

impl Words for one_pair::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        format!(
            "{} carried {} of the {} in the 28 days to {}.",
            self.shoe,
            units.whole(w.compared.value),
            units.whole(w.compared.baseline.unwrap_or_default()),
            dates::with_weekday(w.date)
        )
    }

    fn association(&self, _: &Warning) -> &'static str {
        "Of 264 runners, those who ran in several pairs in turn had 0.61 × as many injuries in 22 weeks (95 % CI \
         0.39–0.97; absolute rates not found). Observed, not tried: they may differ in other ways."
    }

    fn action(&self, _: &Warning, _: UnitSystem) -> String {
        let until = dates::short(self.until);
        match &self.other {
            Some(other) => format!("Take {other} for one run in three until {until}."),
            None => format!(
                "If you have a second pair, take it for one run in three until {until}, and name it in your settings."
            ),
        }
    }

    fn in_short(&self, _: &Warning) -> Option<String> {
        Some(format!("nearly everything in {}", self.shoe))
    }
}
