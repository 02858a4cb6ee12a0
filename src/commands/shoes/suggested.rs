//! A question about a run in no pair, in words, as commands and as a rule.

use chrono::Datelike;

use super::super::{Options, load::Loaded};
use crate::{
    activity::Activity,
    analysis::shoes::{
        assignment::{Assignment, assign},
        suggest::{APART_PERCENT, Alike, suggest},
    },
    dates,
    report::page::printable,
    settings::{Settings, ShoeRule},
    units::{Distance, DistanceRange, UnitSystem},
};

/// A run in no pair, and the pairs that it may have been run in.
pub(super) struct Question<'a> {
    run: &'a Activity,
    units: UnitSystem,
    pub(super) suggestions: Vec<Named>,
}

/// A suggested pair by its name.
pub(super) struct Named {
    pub(super) name: String,
    alike: Alike,
}

impl<'a> Question<'a> {
    /// About the run at a position; `None` if it is in a pair.
    pub(super) fn of(
        loaded: &'a Loaded,
        settings: &Settings,
        assignment: &Assignment,
        position: usize,
    ) -> Option<Self> {
        let runs = &loaded.import.runs;
        if assignment.pair_of_run[position].is_some() {
            return None;
        }
        let suggestions = suggest(runs, assignment, position, settings.shoes.len());
        let named = suggestions.into_iter().map(|suggestion| Named {
            name: assignment.pairs[suggestion.pair].name.clone(),
            alike: suggestion.alike,
        });
        Some(Self { run: &runs[position], units: loaded.units(), suggestions: named.collect() })
    }

    /// The run, and a line for each suggestion.
    pub(super) fn text(&self) -> String {
        let lines = self
            .suggestions
            .iter()
            .enumerate()
            .map(|(at, pair)| format!("  {}  {}: {}\n", at + 1, pair.name, reason(&pair.alike)));
        format!("{}\n{}", self.head(), lines.collect::<String>())
    }

    fn head(&self) -> String {
        let day = dates::with_weekday(self.run.local_date());
        let kind = self.run.sub_sport.as_ref().map_or_else(String::new, |kind| format!(", {kind}"));
        format!("{day}, {}{kind}", self.units.short(self.run.whole_meters()))
    }

    /// Whether a rule can say one of the suggestions.
    pub(super) fn has_rule(&self) -> bool {
        rule_of(self, self.run).is_some()
    }
}

/// Why a pair is suggested.
fn reason(alike: &Alike) -> String {
    match alike {
        Alike::SubSport(kind) => format!("worn most on {kind} runs lately"),
        Alike::Weekday(day) => format!("worn most on this day of the week lately ({day})"),
        Alike::Distance => "worn most over about this distance lately".to_owned(),
        Alike::LastWorn => "worn last before it".to_owned(),
    }
}

/// The first suggestion that a rule can say: that a pair was worn last is no rule.
pub(super) fn rule_of(question: &Question<'_>, run: &Activity) -> Option<ShoeRule> {
    question.suggestions.iter().find_map(|pair| {
        let rule = ShoeRule {
            shoe: pair.name.clone(),
            sport: None,
            sub_sport: None,
            weekdays: Vec::new(),
            distance: None,
            file: None,
            from: None,
            until: None,
        };
        match &pair.alike {
            Alike::SubSport(kind) => Some(ShoeRule { sub_sport: Some(kind.clone()), ..rule }),
            Alike::Weekday(_) => Some(ShoeRule { weekdays: vec![run.local_date().weekday()], ..rule }),
            Alike::Distance => Some(ShoeRule { distance: Some(about_as_far(run.whole_meters())), ..rule }),
            Alike::LastWorn => None,
        }
    })
}

/// Distances about as long, from and to a whole hundred metres.
fn about_as_far(metres: i64) -> DistanceRange {
    let apart = metres * APART_PERCENT / 100;
    let end = |metres: i64| Some(Distance { meters: metres, written_in: UnitSystem::Kilometers });
    DistanceRange { from: end((metres - apart) / 100 * 100), to: end((metres + apart + 99) / 100 * 100) }
}

/// For every run in no pair the commands that would say one of its suggestions, newest first.
pub(super) fn commands(loaded: &Loaded, settings: &Settings, options: &Options) -> String {
    let runs = &loaded.import.runs;
    let assignment = assign(runs, settings);
    let mut text = String::new();
    let questions = (0..runs.len()).rev().filter_map(|at| Question::of(loaded, settings, &assignment, at));
    for question in questions {
        text.push_str(&format!("# {}\n", printable(&question.head())));
        if question.suggestions.is_empty() {
            text.push_str("#   no pair of your settings was worn before it and is in use on its day\n");
        }
        let id = loaded.id_in_settings(question.run);
        for (at, pair) in question.suggestions.iter().enumerate() {
            // one of them is said; the others wait for whoever knows better
            let or = if at == 0 { "" } else { "# or: " };
            let command = format!("{} -- {id} {}", command(options), quoted(&pair.name));
            text.push_str(&format!("{or}{}   # {}\n", printable(&command), reason(&pair.alike)));
        }
    }
    if text.is_empty() { "Every run is in a pair.\n".to_owned() } else { text }
}

/// The command with where it reads and writes, as typed.
fn command(options: &Options) -> String {
    let folders =
        options.folders.iter().map(|folder| format!(" --folder {}", quoted(&folder.to_string_lossy())));
    let config = options.config.iter().map(|file| format!(" --config {}", quoted(&file.to_string_lossy())));
    format!("treadlight shoes assign{}", folders.chain(config).collect::<String>())
}

/// One word for the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
