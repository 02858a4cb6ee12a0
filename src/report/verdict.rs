//! The week in one sentence: for the top of the page, and for a notification.

use super::text::warnings::blocks;
use crate::{analysis::Analysis, dates, units::UnitSystem, warning::Level};

/// What to do, or that nothing asks for it; what is active beside it is counted.
#[must_use]
pub fn sentence(analysis: &Analysis, units: UnitSystem) -> String {
    if analysis.sessions.is_empty() {
        return "No runs in your files yet.".to_owned();
    }
    let (load, rest) = blocks(analysis);
    let active = load.len() + rest.len();
    let asks = load.iter().chain(&rest).find(|block| block.head.level() >= Level::Caution);
    let Some(block) = asks else {
        return match active {
            0 => "No warning is active, which does not mean no risk.".to_owned(),
            1 => "Nothing asks you to act; one remark stands below.".to_owned(),
            n => format!("Nothing asks you to act; {n} remarks stand below."),
        };
    };
    let title = capitalized(block.head.rule().title());
    let actions: Vec<String> = block.advice().iter().map(|advice| advice.action(units)).collect();
    let more = match active - 1 {
        0 => String::new(),
        n => format!(" (+{n} more)"),
    };
    format!("{title}, {}: {}{more}", dates::with_weekday(block.head.date()), actions.join(" "))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
