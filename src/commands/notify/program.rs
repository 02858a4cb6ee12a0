//! A message handed to the runner's own program: no shell, the text on its standard input, 30 seconds.

use std::{
    fmt,
    io::{ErrorKind, Read, Write},
    path::{MAIN_SEPARATOR, Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use wait_timeout::ChildExt;

use crate::{commands::environment, report::sections::messages::Message};

/// How long a program may take.
const LIMIT: Duration = Duration::from_secs(30);
/// How long its last words are waited for once it has ended: what it started may hold on to them.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// Of what it complains of, so many bytes are shown.
const MOST_BYTES: usize = 300;

/// A program and its arguments, as the settings name them.
#[derive(Clone, Debug)]
pub(super) struct Program {
    path: PathBuf,
    arguments: Vec<String>,
    limit: Duration,
}

/// Why a message was not handed over.
#[derive(Debug)]
pub(super) enum Refused {
    /// It cannot be started: neither can it for the next message.
    NotStarted(String),
    /// It was ended after the limit.
    Hung(Duration),
    /// It ended with a failure.
    Failed(String),
}

impl Refused {
    /// Whether the next message would fare no better.
    pub(super) fn ends_it(&self) -> bool {
        !matches!(self, Self::Failed(_))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(why) => write!(f, "cannot be started: {why}"),
            Self::Hung(limit) => write!(f, "took longer than {} seconds and was ended", limit.as_secs()),
            Self::Failed(how) => write!(f, "failed: {how}"),
        }
    }
}

impl Program {
    /// A name alone is looked for in `PATH`, a path starts at the folder of the settings; `None` where none is set.
    pub(super) fn of(command: &[String], settings_folder: &Path) -> Option<Self> {
        let (program, arguments) = command.split_first()?;
        let is_path = program.contains(['/', MAIN_SEPARATOR]);
        let path = if is_path {
            environment::path_in_settings(program, settings_folder)
        } else {
            PathBuf::from(program)
        };
        Some(Self { path, arguments: arguments.to_vec(), limit: LIMIT })
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Hands a message over and waits for the end.
    pub(super) fn take(&self, message: &Message) -> Result<(), Refused> {
        let mut child = self.start(message).map_err(|error| self.not_started(&error))?;
        let text = format!("{}\n", message.text);
        if let Some(mut input) = child.stdin.take() {
            // a program need not read what it is given
            thread::spawn(move || drop(input.write_all(text.as_bytes())));
        }
        let complaint = first_bytes(&mut child);
        match child.wait_timeout(self.limit) {
            Ok(Some(status)) if status.success() => Ok(()),
            Ok(Some(status)) => Err(Refused::Failed(how(status, &complaint))),
            Ok(None) => {
                // one that has ended meanwhile cannot be killed
                let _ = child.kill();
                let _ = child.wait();
                Err(Refused::Hung(self.limit))
            }
            Err(error) => Err(Refused::Failed(error.to_string())),
        }
    }

    fn start(&self, message: &Message) -> std::io::Result<Child> {
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        Command::new(&self.path)
            .args(&self.arguments)
            .env("TREADLIGHT_RULE", &message.key.rule)
            .env("TREADLIGHT_LEVEL", message.level.name())
            .env("TREADLIGHT_DATE", date(Some(message.date)))
            .env("TREADLIGHT_UNTIL", date(message.until))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
    }

    fn not_started(&self, error: &std::io::Error) -> Refused {
        Refused::NotStarted(match error.kind() {
            ErrorKind::NotFound if self.path.components().count() == 1 => {
                "there is no such program in PATH; cron and services have a short one, so name it by its whole path"
                    .to_owned()
            }
            ErrorKind::NotFound => "there is no such file, or what its first line names is missing".to_owned(),
            ErrorKind::PermissionDenied => "it may not be run; allow it with `chmod +x`".to_owned(),
            _ => error.to_string(),
        })
    }
}

/// The beginning of what a program complains of; the rest is read and dropped, or a talkative one would wait for ever.
fn first_bytes(child: &mut Child) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    if let Some(mut stderr) = child.stderr.take() {
        thread::spawn(move || {
            let mut first = Vec::new();
            let read = stderr.by_ref().take(MOST_BYTES as u64).read_to_end(&mut first);
            // nobody listens any more where the program has ended well
            let _ = sender.send(first);
            if read.is_ok() {
                let _ = std::io::copy(&mut stderr, &mut std::io::sink());
            }
        });
    }
    receiver
}

/// `exit status: 3: "no such topic"`.
fn how(status: ExitStatus, complaint: &Receiver<Vec<u8>>) -> String {
    let said = complaint.recv_timeout(LAST_WORDS).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let line: String =
        said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned();
    let status = status.code().map_or_else(|| status.to_string(), |code| format!("exit code {code}"));
    if line.is_empty() { status } else { format!("{status}: {}", crate::report::page::printable(&line)) }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use tempfile::TempDir;

    use super::*;
    use crate::{report::sections::messages::Key, warning::Level};

    fn message() -> Message {
        let date = "2026-11-08".parse().unwrap();
        Message {
            key: Key { rule: "long-run-spike".to_owned(), subject: None, date: Some(date) },
            level: Level::Caution,
            once: false,
            date,
            until: "2026-11-22".parse().ok(),
            text: "Long-run spike.\nKeep every run at 16.5 km or less.".to_owned(),
        }
    }

    /// A script in a folder of its own. A file that was written a moment ago cannot be started while another test forks
    /// ("text file busy"), so the program is the shell under another name, and the script its first argument.
    fn script(folder: &TempDir, text: &str) -> Program {
        let (program, path) = (folder.path().join("a program"), folder.path().join("script"));
        fs::write(&path, text).unwrap();
        if !program.exists() {
            symlink("/bin/sh", &program).unwrap();
        }
        let command = ["./a program".to_owned(), path.display().to_string(), "two words".to_owned()];
        Program::of(&command, folder.path()).unwrap()
    }

    #[test]
    fn a_program_gets_text_arguments_and_environment() {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("out");
        let echo = format!(
            "{{ echo \"$1|$TREADLIGHT_RULE|$TREADLIGHT_LEVEL|$TREADLIGHT_DATE|$TREADLIGHT_UNTIL\"; cat; }} > '{}'",
            out.display()
        );
        script(&folder, &echo).take(&message()).unwrap();
        assert_eq!(
            fs::read_to_string(out).unwrap(),
            "two words|long-run-spike|caution|2026-11-08|2026-11-22\nLong-run spike.\nKeep every run at 16.5 km or less.\n"
        );
    }

    #[test]
    fn a_program_that_reads_nothing_or_prints_a_megabyte_has_taken_it() {
        let folder = TempDir::new().unwrap();
        for text in ["exit 0", "head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"] {
            script(&folder, text).take(&message()).unwrap();
        }
    }

    #[test]
    fn a_failure_is_said_with_its_first_line() {
        let folder = TempDir::new().unwrap();
        let why = |text| script(&folder, text).take(&message()).unwrap_err().to_string();
        assert_eq!(
            why("echo; echo 'no such topic' >&2; echo more >&2; exit 3"),
            "failed: exit code 3: no such topic"
        );
        assert_eq!(why("exit 1"), "failed: exit code 1");
        assert!(why("kill -9 $$").contains("signal: 9"));
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let folder = TempDir::new().unwrap();
        let hangs = Program { limit: Duration::from_millis(200), ..script(&folder, "exec sleep 600") };
        let refused = hangs.take(&message()).unwrap_err();
        assert!(matches!(refused, Refused::Hung(_)) && refused.ends_it());
    }

    #[test]
    fn a_program_that_is_missing_or_may_not_run_says_what_to_do() {
        let folder = TempDir::new().unwrap();
        let why = |name: &str| {
            let program = Program::of(&[name.to_owned()], folder.path()).unwrap();
            program.take(&message()).unwrap_err().to_string()
        };
        assert!(why("treadlight-has-no-such-program").contains("whole path"));
        assert!(why("./missing").contains("no such file"));
        fs::write(folder.path().join("closed"), "").unwrap();
        assert!(why("./closed").contains("chmod +x"));
        assert!(Program::of(&[], folder.path()).is_none());
    }
}
