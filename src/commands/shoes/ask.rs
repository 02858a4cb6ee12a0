//! `treadlight shoes ask`: which pair was it? For every run in no pair, newest first, one key an answer; each answer is
//! written before the next question, so ESC loses nothing.

use std::io;

use anyhow::{Context, Result};

use super::{
    super::{
        ExitStatus, Options, environment,
        keys::{Console, Key, Terminal, one},
        load::Loaded,
        output,
    },
    edit::{history, open},
    suggested::{Question, rule_of},
};
use crate::{
    analysis::shoes::assignment::{Assignment, assign},
    report::{page::printable, render::text},
    settings::{
        Settings, ShoeRule,
        edit::shoes::{with_pair_of_runs, with_rule},
    },
};

pub(super) fn run(options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let settings = open(options)?.settings;
    let loaded = history(options, &settings)?
        .context("no folder is known in which to look for runs: name one with `--folder FOLDER`")?;
    if dry_run || !environment::can_ask() {
        output::print(&super::suggested::commands(&loaded, &settings, options), options.color)?;
        return Ok(ExitStatus::Done);
    }
    let asked = ask(&mut Console::new(), &loaded, settings, options)?;
    output::print(&format!("{}\n", said(asked)), options.color)?;
    Ok(ExitStatus::Done)
}

/// What was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    questions: usize,
    runs: usize,
    rules: usize,
}

/// An answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// The suggestion of this position, for this run.
    Pair(usize),
    /// The first suggestion that a rule can say, for all such runs.
    Always,
    Skip,
}

fn ask(
    terminal: &mut impl Terminal,
    loaded: &Loaded,
    mut settings: Settings,
    options: &Options,
) -> Result<Asked> {
    let runs = &loaded.import.runs;
    let mut asked = Asked::default();
    let mut assignment = assign(runs, &settings);
    for position in (0..runs.len()).rev() {
        let Some(question) = question(loaded, &settings, &assignment, position) else { continue };
        asked.questions += 1;
        let Ok(answer) = answer(terminal, &question).context("cannot read from the terminal")? else { break };
        match answer {
            Answer::Skip => {}
            Answer::Pair(at) => {
                assign_run(loaded, position, &question.suggestions[at].name, options)?;
                asked.runs += 1;
            }
            Answer::Always => {
                if let Some(rule) = rule_of(&question, &runs[position])
                    && let Some(after) = write_rule(terminal, loaded, &rule, options)?
                {
                    asked.rules += 1;
                    assignment = assign(runs, &after);
                    settings = after;
                }
            }
        }
    }
    Ok(asked)
}

/// The question about a run, if it is in no pair and something can be suggested.
fn question<'a>(
    loaded: &'a Loaded,
    settings: &Settings,
    assignment: &'a Assignment,
    position: usize,
) -> Option<Question<'a>> {
    Question::of(loaded, settings, assignment, position).filter(|question| !question.suggestions.is_empty())
}

fn answer(
    terminal: &mut impl Terminal,
    question: &Question<'_>,
) -> io::Result<Result<Answer, super::super::keys::Escaped>> {
    terminal.show(&printable_lines(&question.text()))?;
    let has_rule = question.has_rule();
    let always = if has_rule { ", a always such runs" } else { "" };
    let keys = match question.suggestions.len() {
        1 => "1 it is".to_owned(),
        n => format!("1-{n} this run"),
    };
    one(terminal, &format!("{keys}{always}, ENTER skips, ESC ends: "), |key| match key {
        Key::Char('a') if has_rule => Some((Answer::Always, "always".to_owned())),
        Key::Char(c) => {
            let at = usize::try_from(c.to_digit(10)?).ok()?.checked_sub(1)?;
            question.suggestions.get(at).map(|pair| (Answer::Pair(at), printable(&pair.name)))
        }
        Key::Enter => Some((Answer::Skip, "skipped".to_owned())),
        _ => None,
    })
}

/// Writes the pair of one run.
fn assign_run(loaded: &Loaded, position: usize, pair: &str, options: &Options) -> Result<()> {
    let opened = open(options)?;
    let id = loaded.id_in_settings(&loaded.import.runs[position]);
    let text = with_pair_of_runs(opened.file.text(), &[id], pair);
    opened.edited(text)?.write()
}

/// Shows what a rule does, and writes it if that is wanted; the settings with it.
fn write_rule(
    terminal: &mut impl Terminal,
    loaded: &Loaded,
    rule: &ShoeRule,
    options: &Options,
) -> Result<Option<Settings>> {
    let opened = open(options)?;
    let text = with_rule(opened.file.text(), rule);
    let edit = opened.edited(text)?;
    let page = edit.preview(Some(loaded));
    let shown = text::text(&page, environment::layout(options.ascii));
    let mut ask = || {
        terminal.show(&shown)?;
        one(terminal, "y writes this rule, ENTER does not: ", |key| match key {
            Key::Char('y' | 'Y') => Some((true, "written".to_owned())),
            Key::Char('n' | 'N') | Key::Enter => Some((false, "not written".to_owned())),
            _ => None,
        })
    };
    if ask().context("cannot read from the terminal")? == Ok(true) {
        edit.write()?;
        return Ok(Some(edit.after().clone()));
    }
    Ok(None)
}

fn printable_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", printable(line))).collect()
}

/// `2 runs assigned, 1 rule written.`
fn said(asked: Asked) -> String {
    if asked.questions == 0 {
        return "Every run is in a pair, or nothing can be suggested for it.".to_owned();
    }
    let runs = if asked.runs == 1 { "run" } else { "runs" };
    let rules = if asked.rules == 1 { "rule" } else { "rules" };
    format!("{} {runs} assigned, {} {rules} written.", asked.runs, asked.rules)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::{super::super::keys::testing::Script, *};
    use crate::{demo, import::files::find};

    /// The sample data without its rules and its default pairs: nearly every run is in no pair but those of one week.
    struct Runner {
        folder: TempDir,
        options: Options,
    }

    impl Runner {
        fn new() -> Self {
            let folder = TempDir::new().unwrap();
            for file in demo::demo_files(None).unwrap() {
                let path = folder.path().join(&file.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &file.bytes).unwrap();
            }
            assert!(!find::find_sources(&[folder.path().to_owned()]).sources.is_empty());
            let settings = "as_of = 2026-11-09\n# mine\n[[shoes]]\nname = \"long\"\n[[shoes]]\nname = \"short\"\n\
                            [[shoe_rules]]\nshoe = \"long\"\nweekday = \"sunday\"\nuntil = 2026-10-31\n\
                            [[shoe_rules]]\nshoe = \"short\"\nuntil = 2026-10-31\nsport = \"running\"\n";
            fs::write(folder.path().join("treadlight.toml"), settings).unwrap();
            let options = Options {
                folders: vec![folder.path().to_owned()],
                no_cache: true,
                quiet: true,
                ..Options::default()
            };
            Self { folder, options }
        }

        fn settings(&self) -> String {
            fs::read_to_string(self.folder.path().join("treadlight.toml")).unwrap()
        }

        /// Answers with these keys; what was answered and seen.
        fn ask(&self, keys: &str) -> (Asked, String) {
            let settings = open(&self.options).unwrap().settings;
            let loaded = history(&self.options, &settings).unwrap().unwrap();
            let mut script = Script::new(keys);
            let asked = ask(&mut script, &loaded, settings, &self.options).unwrap();
            (asked, script.seen)
        }
    }

    #[test]
    fn the_newest_run_is_asked_first_and_each_answer_is_written_at_once() {
        let runner = Runner::new();
        let (asked, seen) = runner.ask("1⏎␛");
        assert!(seen.starts_with("Sun 8 Nov, 21.3 km"), "{seen}");
        assert_eq!(asked, Asked { questions: 3, runs: 1, rules: 0 });
        let settings = runner.settings();
        assert!(settings.contains("# mine") && settings.contains("shoe = \"long\" }"), "{settings}");
        assert_eq!(said(asked), "1 run assigned, 0 rules written.");
        // the run that was answered is asked about no more
        assert!(!runner.ask("␛").1.contains("21.3 km"));
    }

    #[test]
    fn always_shows_its_effect_and_writes_a_rule_that_answers_the_others() {
        let runner = Runner::new();
        let before = runner.settings();
        let (refused, seen) = runner.ask("an␛");
        assert!(seen.contains("weekday = \"sunday\"") && seen.contains("Nothing was written."), "{seen}");
        assert_eq!((refused.rules, runner.settings()), (0, before));
        let (asked, _) = runner.ask("ay␛");
        assert_eq!((asked.runs, asked.rules), (0, 1));
        assert!(!runner.ask("␛").1.contains("Sun "), "no Sunday is asked about any more");
    }

    #[test]
    fn what_no_key_means_is_asked_again() {
        let runner = Runner::new();
        let (asked, _) = runner.ask("97z⏎␛");
        assert_eq!(asked, Asked { questions: 2, ..Asked::default() });
    }
}
