//! macOS: an agent of the user, by the clock and when a folder changes. What the machine slept through it makes up for.

use std::path::Path;

use super::job::{Job, Unit, xml};

/// The agent.
pub(super) fn units(job: &Job) -> Vec<Unit> {
    let strings = |texts: &mut dyn Iterator<Item = &String>| -> String {
        texts.map(|text| format!("    <string>{}</string>\n", xml(text))).collect()
    };
    let weekday = job.every.weekday.map_or_else(String::new, |day| {
        format!("    <key>Weekday</key>\n    <integer>{}</integer>\n", day.num_days_from_sunday())
    });
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n  <key>Label</key>\n  <string>local.treadlight</string>\n  \
         <key>ProgramArguments</key>\n  <array>\n{}  </array>\n  <key>StartCalendarInterval</key>\n  <dict>\n{weekday}    \
         <key>Hour</key>\n    <integer>{}</integer>\n    <key>Minute</key>\n    <integer>{}</integer>\n  </dict>\n  \
         <key>WatchPaths</key>\n  <array>\n{}  </array>\n  <key>StandardOutPath</key>\n  <string>{log}</string>\n  \
         <key>StandardErrorPath</key>\n  <string>{log}</string>\n</dict>\n</plist>\n",
        strings(&mut std::iter::once(&job.program).chain(&job.arguments)),
        job.every.hour,
        job.every.minute,
        strings(&mut job.folders.iter()),
        log = xml(&job.log)
    );
    vec![Unit { name: "local.treadlight.plist", text }]
}

/// The line that switches it on.
pub(super) fn enable(file: &Path) -> String {
    format!("launchctl bootstrap gui/$(id -u) '{}'", file.display())
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::{
        super::tests::{NASTY, job, strings},
        *,
    };

    #[test]
    fn the_agent_is_xml_that_reads_back_as_it_was_meant() {
        let agent = &units(&job(Some(Weekday::Sun)))[0].text;
        insta::assert_snapshot!("launchd", agent);
        let [program, log] = ["/treadlight", ".log"].map(|end| format!("{NASTY}{end}"));
        let expected = ["local.treadlight", &program, "check", NASTY, "--quiet", NASTY, &log, &log];
        assert_eq!(strings(agent, "string"), expected);
        assert_eq!(strings(agent, "integer"), ["0", "7", "5"], "Sunday is 0");
        assert_eq!(strings(&units(&job(None))[0].text, "integer"), ["7", "5"]);
    }
}
