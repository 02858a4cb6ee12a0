//! Windows: a task of the Task Scheduler, made up for when the machine was off.

use std::path::Path;

use chrono::Weekday;

use super::job::{Job, Unit, xml};

/// The task.
pub(super) fn units(job: &Job) -> Vec<Unit> {
    let every = job.every;
    let schedule = match every.weekday {
        None => "      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>\n"
            .to_owned(),
        Some(day) => format!(
            "      <ScheduleByWeek>\n        <WeeksInterval>1</WeeksInterval>\n        <DaysOfWeek>\n          <{}/>\n        \
             </DaysOfWeek>\n      </ScheduleByWeek>\n",
            name(day)
        ),
    };
    let arguments: Vec<String> = job.arguments.iter().map(|argument| quoted(argument)).collect();
    // a day that is long over: it begins at once
    let text = format!(
        "<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\n  <Triggers>\n    \
         <CalendarTrigger>\n      <StartBoundary>2026-01-01T{:02}:{:02}:00</StartBoundary>\n{schedule}    \
         </CalendarTrigger>\n  </Triggers>\n  <Settings>\n    <StartWhenAvailable>true</StartWhenAvailable>\n    \
         <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n  </Settings>\n  <Actions>\n    <Exec>\n      \
         <Command>{}</Command>\n      <Arguments>{}</Arguments>\n    </Exec>\n  </Actions>\n</Task>\n",
        every.hour,
        every.minute,
        xml(&job.program),
        xml(&arguments.join(" "))
    );
    vec![Unit { name: "treadlight-task.xml", text }]
}

/// The line that switches it on.
pub(super) fn enable(file: &Path) -> String {
    format!("schtasks /Create /TN treadlight /XML \"{}\"", file.display())
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// As programs of Windows take their command line apart: a backslash is one, except before a quotation mark.
fn quoted(text: &str) -> String {
    if !text.is_empty() && !text.contains([' ', '\t', '"']) {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    let mut backslashes = 0;
    for c in text.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                out.push_str(&"\\".repeat(2 * backslashes + 1));
                out.push('"');
                backslashes = 0;
            }
            c => {
                out.push_str(&"\\".repeat(backslashes));
                out.push(c);
                backslashes = 0;
            }
        }
    }
    out + &"\\".repeat(2 * backslashes) + "\""
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{NASTY, job, strings},
        *,
    };

    #[test]
    fn the_task_is_xml_that_reads_back_as_it_was_meant() {
        let task = &units(&job(Some(Weekday::Mon)))[0].text;
        insta::assert_snapshot!("windows", task);
        assert_eq!(strings(task, "Command"), [format!("{NASTY}/treadlight")]);
        assert_eq!(strings(task, "Arguments"), [format!("check {} --quiet", quoted(NASTY))]);
        assert!(units(&job(None))[0].text.contains("<DaysInterval>1</DaysInterval>"));
    }

    #[test]
    fn arguments_are_quoted_as_windows_takes_them_apart() {
        for (text, expected) in [
            ("check", "check"),
            ("C:\\runs", "C:\\runs"),
            ("", "\"\""),
            ("C:\\my runs\\", "\"C:\\my runs\\\\\""),
            ("a \"b\"", "\"a \\\"b\\\"\""),
            ("a\\\"b", "\"a\\\\\\\"b\""),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }
}
