//! The few styles of the text: never the only sign of anything.

use anstyle::{AnsiColor, Style};

use crate::warning::Level;

/// Headings.
pub(super) const BOLD: Style = Style::new().bold();
/// What is beside the point.
pub(super) const DIM: Style = Style::new().dimmed();

/// The style of a level's mark and title.
#[must_use]
pub(super) fn of_level(level: Level) -> Style {
    match level {
        Level::Info => AnsiColor::Cyan.on_default(),
        Level::Caution => AnsiColor::Yellow.on_default().bold(),
        Level::Warning => AnsiColor::Red.on_default().bold(),
    }
}

/// The mark of a level.
#[must_use]
pub(super) fn mark(level: Level) -> &'static str {
    match level {
        Level::Info => "·",
        Level::Caution => "▲",
        Level::Warning => "■",
    }
}
