//! A folder of watch exports in a temporary place, and treadlight run on it.

use std::{fs, path::Path, sync::LazyLock};

use assert_cmd::Command;
use chrono::{DateTime, FixedOffset};
use tempfile::TempDir;
use treadlight::{
    activity::Position,
    demo::DemoFile,
    fit_encoder::{FileId, FitEncoder, Record, Session},
};

/// Made once a process: writing a year of runs takes longer than reading it.
static SAMPLE: LazyLock<Vec<DemoFile>> = LazyLock::new(|| treadlight::demo::demo_files(None).unwrap());

/// A folder with runs, and what to run on it.
pub(crate) struct Project {
    folder: TempDir,
}

/// What treadlight said.
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The sample data of the repository, copied so that tests cannot change it.
    pub(crate) fn sample() -> Self {
        let project = Self::new();
        for file in SAMPLE.iter() {
            project.write(&format!("runs/{}", file.path), &file.bytes);
        }
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// A FIT run without positions: local start such as `2026-03-01T08:00:00+01:00`, at 3 m/s.
    pub(crate) fn run(&self, start: &str, distance_m: f64) -> &Self {
        let name = format!("runs/{}.fit", start.replace(':', ""));
        self.write(&name, fit_run(start, distance_m))
    }

    pub(crate) fn settings(&self, toml: &str) -> &Self {
        self.write("runs/treadlight.toml", toml)
    }

    /// The program, started in the project's folder with nothing of the user's around it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("treadlight").unwrap();
        command
            .current_dir(self.path())
            .env("HOME", self.path().join("home"))
            .env("XDG_CONFIG_HOME", self.path().join("home/.config"))
            .env("APPDATA", self.path().join("home/.config"))
            .env("XDG_CACHE_HOME", self.path().join("home/.cache"))
            .env("XDG_STATE_HOME", self.path().join("home/.state"))
            .env("LOCALAPPDATA", self.path().join("home/.cache"))
            .env_remove("NO_COLOR")
            .env_remove("COLUMNS")
            .env_remove("LC_ALL")
            .env_remove("LC_CTYPE")
            .env_remove("LANG")
            .args(arguments);
        command
    }

    pub(crate) fn treadlight(&self, arguments: &[&str]) -> Said {
        said(&mut self.command(arguments))
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let said = self.treadlight(arguments);
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

pub(crate) fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap_or(-1),
    }
}

impl Said {
    /// Everything in one text for a snapshot.
    pub(crate) fn all(&self) -> String {
        format!("exit {}\n--- stdout\n{}--- stderr\n{}", self.code, self.out, self.err)
    }
}

/// A run of so many metres at 3 m/s, a record every ten seconds, no positions.
pub(crate) fn fit_run(start: &str, distance_m: f64) -> Vec<u8> {
    fit_activity(start, distance_m, 1, 0)
}

/// The same of another sport: FIT's numbers.
pub(crate) fn fit_activity(start: &str, distance_m: f64, sport: u8, sub_sport: u8) -> Vec<u8> {
    let start: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(start).unwrap();
    let start_unix_s = start.timestamp();
    let seconds = (distance_m / 3.0).round() as i64;
    let mut file = FitEncoder::new();
    file.file_id(&FileId { time_created_unix_s: start_unix_s, ..FileId::default() });
    for second in (0..=seconds).step_by(10) {
        file.record(&Record {
            time_unix_s: Some(start_unix_s + second),
            distance_m: Some(3.0 * second as f64),
            heart_rate_bpm: Some(140),
            ..Record::default()
        });
    }
    file.session(&Session {
        start_unix_s: Some(start_unix_s),
        time_unix_s: Some(start_unix_s + seconds),
        sport: Some(sport),
        sub_sport: Some(sub_sport),
        elapsed_time_s: Some(seconds as f64),
        timer_time_s: Some(seconds as f64),
        distance_m: Some(distance_m),
        ..Session::default()
    });
    file.activity(start_unix_s + seconds, i64::from(start.offset().local_minus_utc()), seconds as f64);
    file.finish()
}

/// A GPX track northward at so many metres a second, a point every ten seconds.
pub(crate) fn gpx_track(start: &str, seconds: i64, speed_mps: f64, kind: &str) -> String {
    let start = DateTime::parse_from_rfc3339(start).unwrap();
    let points: String = (0..=seconds)
        .step_by(10)
        .map(|second| {
            let at =
                Position { latitude_deg: 54.0 + speed_mps * second as f64 / 111_319.49, longitude_deg: 7.0 };
            let time = (start + chrono::Duration::seconds(second)).to_rfc3339();
            format!(
                "<trkpt lat=\"{}\" lon=\"{}\"><time>{time}</time></trkpt>\n",
                at.latitude_deg, at.longitude_deg
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"test\"><trk>{kind}<trkseg>\n{points}</trkseg></trk></gpx>"
    )
}
