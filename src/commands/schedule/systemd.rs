//! Linux: a service of the user, a timer, and a unit that looks at the folders.

use super::job::{Job, Unit};

/// The units.
pub(super) fn units(job: &Job) -> Vec<Unit> {
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
                 [Service]\nType=oneshot\nExecStart=:{}\n",
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
pub(super) const ENABLE: &str =
    "systemctl --user daemon-reload && systemctl --user enable --now treadlight.timer treadlight.path";

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

    #[test]
    fn systemd_itself_finds_nothing_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let mut job = job(Some(Weekday::Sun));
        // it looks whether the program is there
        "/bin/true".clone_into(&mut job.program);
        let files: Vec<_> = units(&job)
            .iter()
            .map(|unit| {
                let file = folder.path().join(unit.name);
                fs::write(&file, &unit.text).unwrap();
                file
            })
            .collect();
        let Ok(said) = Command::new("systemd-analyze").args(["--user", "verify"]).args(&files).output()
        else {
            println!("skipped: no systemd-analyze here");
            return;
        };
        let text = String::from_utf8_lossy(&said.stderr).into_owned();
        // in a container it may not run at all, which says nothing about the units
        let own: Vec<&str> = text.lines().filter(|line| line.contains("treadlight.")).collect();
        assert!(own.is_empty(), "{text}");
    }
}
