//! Any Unix: a line for `crontab -e`.

use std::path::Path;

use super::job::{Job, Unit};

/// The line.
pub(super) fn units(job: &Job) -> Vec<Unit> {
    let every = job.every;
    let day = every.weekday.map_or_else(|| "*".to_owned(), |day| day.num_days_from_sunday().to_string());
    let command = std::iter::once(&job.program).chain(&job.arguments).map(|part| quoted(part));
    let command: Vec<String> = command.collect();
    let text = format!("{} {} * * {day}  {}\n", every.minute, every.hour, command.join(" "));
    vec![Unit { name: "crontab", text }]
}

/// The line that switches it on.
pub(super) fn enable(_: &Path) -> String {
    "crontab -e, and put this line at the end (cron mails what is printed; it makes up for no time that was slept through)".to_owned()
}

/// For the shell, and for cron, to which a `%` is a line break.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-=@:,+~".contains(c);
    let shell = if !text.is_empty() && !text.starts_with('~') && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    };
    shell.replace('%', "\\%")
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::{
        super::tests::{NASTY, job},
        *,
    };

    #[test]
    fn the_line_reads_back_as_it_was_meant() {
        let line = &units(&job(Some(Weekday::Mon)))[0].text;
        assert!(line.starts_with("5 7 * * 1  '"), "{line}");
        assert!(units(&job(None))[0].text.starts_with("5 7 * * *  '"));
        // what cron hands to the shell
        let command = line.split_once("  ").unwrap().1.replace("\\%", "%");
        let Ok(said) =
            std::process::Command::new("sh").args(["-c", &format!("printf '%s\\n' {command}")]).output()
        else {
            println!("skipped: no shell here");
            return;
        };
        let expected = format!("{NASTY}/treadlight\ncheck\n{NASTY}\n--quiet\n");
        assert_eq!(String::from_utf8(said.stdout).unwrap(), expected);
    }
}
