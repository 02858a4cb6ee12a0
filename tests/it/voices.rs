//! One selection of what is said: text, Markdown, page, notification and quiet text agree.

use std::fs;

use crate::project::Project;

/// What a project says in every voice; a page has its markup.
struct Voices {
    text: String,
    markdown: String,
    page: String,
    line: String,
}

impl Voices {
    fn of(project: &Project, more: &[&str]) -> Self {
        let said = |command: &[&str]| project.treadlight(&[command, more].concat()).out;
        said(&["report", "runs", "--out", "out"]);
        Self {
            text: said(&["check", "runs"]),
            markdown: said(&["check", "runs", "--format", "markdown"]).replace('\\', ""),
            page: fs::read_to_string(project.path().join("out/report.html")).unwrap(),
            line: said(&["check", "runs", "--quiet"]),
        }
    }

    /// Lines may end in other places.
    fn reports(&self) -> [(&'static str, String); 3] {
        let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        [("text", joined(&self.text)), ("markdown", joined(&self.markdown)), ("page", joined(&self.page))]
    }

    fn all_say(&self, sentence: &str) {
        for (voice, said) in self.reports() {
            assert!(said.contains(sentence), "{voice} does not say “{sentence}”: {said}");
        }
    }

    fn none_says(&self, sentence: &str) {
        for (voice, said) in self.reports() {
            assert!(!said.contains(sentence), "{voice} says “{sentence}”");
        }
        assert!(!self.line.contains(sentence), "{}", self.line);
    }
}

#[test]
fn silenced_rules_are_named_in_every_voice_and_none_says_that_nothing_fired() {
    let sample = Project::sample();
    let acks = ["long-run-spike", "shoe-window"]
        .map(|rule| format!("[[acks]]\nrule = \"{rule}\"\nuntil = 2026-12-31\nbecause = \"taper\"\n"));
    let settings = fs::read_to_string(sample.path().join("runs/treadlight.toml")).unwrap();
    sample.settings(&format!("{settings}\n{}", acks.concat()));
    let voices = Voices::of(&sample, &[]);
    voices.all_say("none apart from what you silenced");
    voices.all_say("silent until 31 Dec 2026: long-run-spike (taper)");
    voices.all_say("silent until 31 Dec 2026: shoe-window (taper)");
    voices.none_says("no rule fired");
    assert_eq!(voices.line, "");
}

#[test]
fn what_cannot_be_told_yet_is_told_so_in_every_voice() {
    let sample = Project::sample();
    let voices = Voices::of(&sample, &["--as-of", "2025-11-20"]);
    voices.all_say("not enough data (10 of 30 days)");
    voices.all_say("none: no rule fired in this week or the one before");
    voices.none_says("descent-spike");
    assert_eq!(voices.line, "");
}

#[test]
fn an_old_export_is_told_with_its_age_in_every_voice() {
    let sample = Project::sample();
    let voices = Voices::of(&sample, &["--as-of", "2026-12-20"]);
    let stale = "Newest activity: 8 Nov 2026, 42 days before 20 Dec 2026. Have you exported lately?";
    voices.all_say(stale);
    assert!(voices.line.starts_with(stale), "{}", voices.line);
}

#[test]
fn what_is_active_is_told_in_every_voice() {
    let sample = Project::sample();
    let voices = Voices::of(&sample, &[]);
    for sentence in [
        "Keep every run at 16.5 km or less until 22 Nov.",
        "Ghost 15 has 319 mi: it entered its 300–500 mi window on Thu 5 Nov.",
        "Your last 52 weeks: fired twice, 1.1 of 100 runs; runners without any trend: 2.0–3.7.",
        "To silence a rule: treadlight ack long-run-spike --until DATE --because",
    ] {
        voices.all_say(sentence);
    }
    assert!(voices.line.contains("Keep every run at 16.5 km or less until 22 Nov."), "{}", voices.line);
}
