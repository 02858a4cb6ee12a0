//! NEXT: how far the next run and the next seven days may go. A line in the report, a page in `treadlight next`.

use std::fmt::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{WIDTH, style::BOLD, wrapped};
use crate::{analysis::caps::Caps, report::caps, units::UnitSystem, warning::prose::cap_text};

/// Columns before the text.
const INDENT: usize = 10;
/// Columns between the two caps where both stand in one line.
const BETWEEN: usize = 6;

/// The two caps: in one line where they fit, else in two.
///
/// # Errors
/// Never for a `String`.
pub fn write_line(out: &mut String, caps: &Caps, units: UnitSystem) -> fmt::Result {
    let (run, week) =
        (format!("one run: {}", run(caps, units)), format!("next 7 days: {}", week(caps, units)));
    write!(out, "{BOLD}{:<INDENT$}{BOLD:#}", "NEXT")?;
    if INDENT + run.width() + BETWEEN + week.width() <= WIDTH {
        return writeln!(out, "{run}{}{week}", " ".repeat(BETWEEN));
    }
    for (line, text) in [run, week].into_iter().enumerate() {
        let indent = " ".repeat(INDENT);
        let text = wrapped(&format!("{indent}{text}"), INDENT);
        writeln!(out, "{}", if line == 0 { text.trim_start() } else { &text })?;
    }
    Ok(())
}

fn run(caps: &Caps, units: UnitSystem) -> String {
    caps.next_run_m.map_or_else(
        || caps::missing(&caps.because),
        |cap_m| {
            let until = caps::until(caps.until, caps.as_of);
            format!("up to {}{}{until}", cap_text(cap_m, units), caps::or_minutes(&caps.because))
        },
    )
}

fn week(caps: &Caps, units: UnitSystem) -> String {
    caps.next_7_days_m.map_or_else(
        || caps::missing_week(caps).to_owned(),
        |cap_m| format!("up to {}", cap_text(cap_m, units)),
    )
}
