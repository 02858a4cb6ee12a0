//! treadlight's readers without tables, rules and charts, so that fuzzing them compiles no polars.
//!
//! The files are those of treadlight itself, found by path; [`oracle`] says what must hold for all that they read.

#[path = "../../src/activity.rs"]
pub mod activity;
#[path = "../../src/dates.rs"]
pub mod dates;
#[path = "../../src/fit_encoder.rs"]
pub mod fit_encoder;
pub mod oracle;

/// The import up to the measuring of single recordings.
#[allow(dead_code, reason = "the rest of the import uses it")]
#[path = "../../src/import"]
pub mod import {
    mod archive;
    pub mod assess;
    mod clean;
    mod climb;
    pub mod content;
    mod device;
    pub mod find;
    mod fingerprint;
    pub mod fit;
    pub mod gpx;
    mod great_circle;
    mod heart_rate;
    pub mod index;
    mod jumps;
    pub mod measure;
    mod moving_time;
    mod pool;
    mod readings;
    pub mod skipped;
    pub mod sport;
    pub mod stamp;
    pub mod tcx;
    mod timestamp;
    mod totals;
    pub mod track;
    pub mod unpack;
    mod xml;
    mod zone;
}
