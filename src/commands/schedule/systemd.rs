//! Linux: a service of the user, a timer, and a unit that looks at the folders.

use std::path::Path;

use super::job::{Job, Unit};

/// The units.
pub(super) fn units(job: &Job) -> Vec<Unit> {
    // systemd refuses such a name of a program, but not as an argument
    let through = if job.program.contains(['\'', '"', '\\']) { "/usr/bin/env " } else { "" };
    let command = std::iter::once(&job.program).chain(&job.arguments).map(|part| quoted(part));
    let command: Vec<String> = command.collect();
    let every = job.every;
    let day = every.weekday.map_or_else(String::new, |day| format!("{day} "));
    let paths: String =
        job.folders.iter().map(|folder| format!("PathChanged={}\n", specifiers(folder))).collect();
    vec![
        Unit {
            name: "treadlight.service",
            // the colon: no $ of a name is taken for a variable
            text: format!(
                "[Unit]\nDescription=treadlight: what is too much, in kilometres and dates\n\n\
                 [Service]\nType=oneshot\nExecStart=:{through}{}\n",
                command.join(" ")
            ),
        },
        Unit {
            name: "treadlight.timer",
            text: format!(
                "[Unit]\nDescription=treadlight, by the clock\n\n\
                 [Timer]\nOnCalendar={day}*-*-* {:02}:{:02}:00\n# a time that was slept through is made up for\nPersistent=true\n\n\
                 [Install]\nWantedBy=timers.target\n",
                every.hour, every.minute
            ),
        },
        Unit {
            name: "treadlight.path",
            text: format!(
                "[Unit]\nDescription=treadlight, when a folder changes (not those in it: `treadlight watch` sees them)\n\n\
                 [Path]\n{paths}\n[Install]\nWantedBy=default.target\n"
            ),
        },
    ]
}

/// The line that switches them on.
pub(super) fn enable(_: &Path) -> String {
    "systemctl --user daemon-reload && systemctl --user enable --now treadlight.timer treadlight.path"
        .to_owned()
}

/// `%h` and its like have a meaning everywhere.
fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", specifiers(&text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use std::{fs, process::Command};

    use chrono::Weekday;

    use super::{super::tests::job, *};

    #[test]
    fn the_units_quote_what_has_a_meaning() {
        let all: Vec<String> = units(&job(Some(Weekday::Mon)))
            .iter()
            .map(|unit| format!("# {}\n{}", unit.name, unit.text))
            .collect();
        insta::assert_snapshot!("systemd", all.join("\n"));
        let daily = units(&job(None));
        assert!(daily[1].text.contains("OnCalendar=*-*-* 07:05:00\n"), "{}", daily[1].text);
    }

    /// Whether systemd takes the units, and what it says; `None` where there is no systemd to ask.
    fn verified(units: &[Unit]) -> Option<(bool, String)> {
        let folder = tempfile::tempdir().unwrap();
        let write = |unit: &Unit| {
            let file = folder.path().join(unit.name);
            fs::write(&file, &unit.text).unwrap();
            file
        };
        let files: Vec<_> = units.iter().map(write).collect();
        let mut verify = Command::new("systemd-analyze");
        // without a folder for its sockets it looks at nothing
        verify.args(["--user", "verify", "--man=no"]).args(&files).env("XDG_RUNTIME_DIR", folder.path());
        let said = verify.output().ok()?;
        Some((said.status.success(), String::from_utf8_lossy(&said.stderr).into_owned()))
    }

    #[cfg(unix)]
    #[test]
    fn systemd_itself_takes_the_units_and_refuses_broken_ones() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mut job = job(Some(Weekday::Sun));
        // it looks whether the program is there
        let program = folder.path().join(super::super::tests::NASTY.replace('/', "_"));
        fs::write(&program, "").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        job.program = program.to_str().unwrap().to_owned();
        let mut units = units(&job);
        let Some((is_taken, said)) = verified(&units) else {
            println!("skipped: no systemd-analyze here");
            return;
        };
        if said.contains("Failed to initialize manager") {
            println!("skipped: systemd-analyze cannot run here: {said}");
            return;
        }
        assert!(is_taken && said.is_empty(), "{said}");
        units[0].text = units[0].text.replace("ExecStart=:", "ExecStart=:relative/");
        assert!(!verified(&units).unwrap().0, "a broken unit is refused");
    }
}
