//! treadlight's readers without tables, rules and charts, so that fuzzing them compiles no polars.
//!
//! The files are those of treadlight itself, found by path; [`oracle`] says what must hold for all that they read.

#[path = "../../src/activity/mod.rs"]
pub mod activity;
#[path = "../../src/dates.rs"]
pub mod dates;
#[path = "../../src/fit_encoder.rs"]
pub mod fit_encoder;
pub mod oracle;
#[path = "../../src/units.rs"]
pub mod units;

/// How names are compared.
#[allow(dead_code, reason = "the settings use the rest")]
#[path = "../../src/settings"]
pub mod settings {
    pub mod names;

    pub use names::same_name;
}

/// The import up to the measuring of single recordings.
#[allow(dead_code, reason = "the rest of the import uses it")]
#[path = "../../src/import"]
pub mod import {
    mod artificial;
    pub mod circumstances;
    pub mod files;
    pub mod formats;
    pub mod measure;
    mod names;
    pub mod services;
    pub mod skipped;
    mod start;
    pub mod track;
    mod unused;
    mod words;
    mod zone;
}
