//! What the machine tells: the clock, the zone, the home and configuration folders.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use etcetera::{BaseStrategy, choose_base_strategy};

use crate::report::render::layout::{Layout, WIDEST};

/// The name of the settings file, wherever it lies.
pub(super) const SETTINGS_FILE: &str = "treadlight.toml";

/// How wide the reader's terminal is, and whether it shows more than ASCII: `COLUMNS`, else what the terminal says, else 80
/// columns; ASCII where it was asked for, and on a terminal whose locale names another encoding than UTF-8. What goes into a
/// file, a pipe or a mail is the same under every locale.
pub(super) fn layout(ascii: bool) -> Layout {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let asked = set("COLUMNS").and_then(|columns| columns.parse().ok());
    let stdout = std::io::stdout();
    let of_terminal = || terminal_size::terminal_size_of(&stdout).map(|(width, _)| width.0.into());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    let needs_ascii = stdout.is_terminal() && locale.is_some_and(|locale| !is_utf8(&locale));
    Layout::of_terminal(asked.or_else(of_terminal).unwrap_or(WIDEST), ascii || needs_ascii)
}

/// Whether a locale such as `de_DE.UTF-8` or `C.utf8` means UTF-8.
fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Whether somebody sits at a terminal and can be asked.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The clock.
pub(super) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The system's zone: `TZ` if it names one, else what the system says, else UTC.
pub(super) fn system_zone() -> Tz {
    let from_environment =
        std::env::var("TZ").ok().and_then(|name| name.trim_start_matches(':').parse().ok());
    from_environment
        .or_else(|| iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()))
        .unwrap_or(Tz::UTC)
}

/// Where the user's own settings lie, whether they exist or not.
pub(super) fn user_settings() -> Option<PathBuf> {
    let folders = choose_base_strategy().ok()?;
    Some(folders.config_dir().join("treadlight").join(SETTINGS_FILE))
}

/// Where programs keep their settings.
pub(super) fn user_configuration() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|folders| folders.config_dir())
}

/// The user's own folder.
pub(super) fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok()
}

/// This program's file.
pub(super) fn program() -> Result<PathBuf> {
    std::env::current_exe().context("cannot find the path of this program")
}

/// Where what was read before is remembered.
pub(super) fn user_cache() -> Option<PathBuf> {
    let folders = choose_base_strategy().ok()?;
    Some(folders.cache_dir().join("treadlight"))
}

/// Where is kept what was done and cannot be made again, such as what was reported: no cache, which may be cleared.
pub(super) fn user_state() -> Option<PathBuf> {
    let folders = choose_base_strategy().ok()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("treadlight"))
}

/// A path as settings write it: `~/…` is the home folder, a relative one starts at the settings' folder.
pub(super) fn path_in_settings(written: &str, settings_folder: &Path) -> PathBuf {
    let inside_home = written.strip_prefix("~/").or_else(|| written.strip_prefix("~\\"));
    if let (Some(inside_home), Ok(home)) = (inside_home, etcetera::home_dir()) {
        return home.join(inside_home);
    }
    settings_folder.join(written)
}
