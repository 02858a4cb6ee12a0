//! What the machine tells: the clock, the zone, the home and configuration folders.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use etcetera::{BaseStrategy, choose_base_strategy};

/// The name of the settings file, wherever it lies.
pub(super) const SETTINGS_FILE: &str = "treadlight.toml";

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

/// Where what was read before is remembered.
pub(super) fn user_cache() -> Option<PathBuf> {
    let folders = choose_base_strategy().ok()?;
    Some(folders.cache_dir().join("treadlight"))
}

/// A path as settings write it: `~/…` is the home folder, a relative one starts at the settings' folder.
pub(super) fn path_in_settings(written: &str, settings_folder: &Path) -> PathBuf {
    let inside_home = written.strip_prefix("~/").or_else(|| written.strip_prefix("~\\"));
    if let (Some(inside_home), Ok(home)) = (inside_home, etcetera::home_dir()) {
        return home.join(inside_home);
    }
    settings_folder.join(written)
}
