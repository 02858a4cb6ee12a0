//! Properties on top of a note (YAML front matter), for programs that sort and search notes by them.
//!
//! Every value is an id, a number or a day, so nothing needs an escape; what is not known is `null`.

use std::fmt::Write;

use chrono::NaiveDate;

use crate::{
    analysis::Analysis,
    report::words::{knee, limits as words},
    units::UnitSystem,
};

/// The lines, closed, with a blank line behind them.
#[must_use]
pub fn front_matter(analysis: &Analysis, units: UnitSystem) -> String {
    let limits = &analysis.limits;
    let has_numbers = !words::is_without_numbers(limits);
    let mut rules: Vec<&str> = analysis.active().iter().map(|warning| warning.rule.id).collect();
    rules.dedup();
    let distance = |metres: Option<i64>| {
        let metres = metres.filter(|_| has_numbers);
        metres.map_or_else(null, |metres| knee::limit_number(metres, units))
    };
    let symbol = units.symbol();
    let knee_state = analysis.knee_limit().map(|(_, limit)| limit.state.word());
    let mut text = String::from("---\n");
    let lines = [
        ("date".to_owned(), analysis.as_of.to_string()),
        ("tags".to_owned(), "[treadlight]".to_owned()),
        ("warnings".to_owned(), format!("[{}]", rules.join(", "))),
        (format!("next_run_{symbol}"), distance(limits.next_run_m)),
        ("next_run_until".to_owned(), day(limits.until.filter(|_| has_numbers))),
        ("not_before".to_owned(), day(limits.not_before)),
        (format!("next_7_days_{symbol}"), distance(limits.next_7_days_m)),
        ("knee".to_owned(), knee_state.map_or_else(null, str::to_owned)),
    ];
    for (key, value) in lines {
        // a String takes everything
        let _ = writeln!(text, "{key}: {value}");
    }
    text + "---\n\n"
}

fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(null, |date| date.to_string())
}

fn null() -> String {
    "null".to_owned()
}
