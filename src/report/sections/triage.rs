//! Many runners on one page: whom to talk to first, each runner once.

use chrono::NaiveDate;

use super::counted;
use crate::{
    cohort::triage::{Group, Line, NOTHING_FROM_DAYS, Triage},
    dates,
    report::page::{Block, Entry, Heading, Page, Section, Tone, printable},
    warning::Level,
};

/// Everything that the page says.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The day that it speaks for.
    pub as_of: NaiveDate,
    /// The day since which something has to be new to be listed first.
    pub since: Option<NaiveDate>,
    /// The runners.
    pub triage: &'a Triage,
    /// Folders that are not followed, and why.
    pub left_out: &'a [(String, String)],
    /// Files that lie beside the folders.
    pub files_beside: usize,
    /// Whether only what asks for a word is shown.
    pub is_quiet: bool,
}

/// The page.
#[must_use]
pub fn page(shown: &Shown<'_>) -> Page {
    let groups = Group::ALL.into_iter().filter(|group| !shown.is_quiet || *group <= Group::Knee);
    let groups = groups.filter_map(|group| section(shown, group));
    let top = (!shown.is_quiet).then(|| top(shown));
    let below = (!shown.is_quiet).then(|| below(shown)).flatten();
    Page::of(top.into_iter().chain(groups).chain(below).collect())
}

/// The day, and how many runners are in which group.
fn top(shown: &Shown<'_>) -> Section {
    let day = format!("{} {}", dates::with_weekday(shown.as_of), shown.as_of.format("%Y"));
    let triage = shown.triage;
    let counts = Group::ALL.into_iter().map(|group| (triage.count(group), in_short(group)));
    let counts: Vec<String> =
        counts.filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let runners = counted(triage.runners(), "runner", "runners");
    let sentence = format!("{day}, {runners}: {}.", counts.join(", "));
    let heading = Heading::Page("treadlight triage".to_owned());
    Section { heading, blocks: vec![Block::text(Tone::Verdict, sentence)] }
}

fn in_short(group: Group) -> &'static str {
    match group {
        Group::First => "to talk to first",
        Group::Knee => "by the knee diary",
        Group::Back => "back from a break",
        Group::Nothing => "with nothing new",
        Group::Files => "with files to look at",
        Group::Quiet => "quiet",
    }
}

/// What a group is, after its name and number.
fn title(group: Group) -> (&'static str, String) {
    let (name, what) = match group {
        Group::First => ("Talk to first", "an active caution or warning, not silenced".to_owned()),
        Group::Knee => ("Knee diary", "its state and who should look at it, nothing else".to_owned()),
        Group::Back => ("Back from a break", "its limit holds now".to_owned()),
        Group::Nothing => (
            "Nothing in the files",
            format!("for {NOTHING_FROM_DAYS} days or more; rest, or a watch left at home"),
        ),
        Group::Files => ("Files", "not read, or not one runner's".to_owned()),
        Group::Quiet => ("Quiet", "no rule fired, which does not mean that all is well".to_owned()),
    };
    (name, what)
}

fn section(shown: &Shown<'_>, group: Group) -> Option<Section> {
    let (lines, count) = (shown.triage.in_group(group), shown.triage.count(group));
    let earlier = if group == Group::First { shown.triage.earlier } else { 0 };
    if count == 0 {
        return None;
    }
    let (name, what) = title(group);
    let mut said = Vec::new();
    if group == Group::Quiet {
        let names: Vec<String> = lines.iter().map(|line| printable(&line.facts.name)).collect();
        said.push(Block::text(Tone::Detail, names.join(", ")));
    } else if !lines.is_empty() {
        said.push(Block::Roster(lines.iter().map(entry).collect()));
    }
    if let Some(since) = shown.since.filter(|_| earlier > 0) {
        let since = dates::relative_to(since, shown.as_of);
        said.push(Block::text(
            Tone::Aside,
            format!("+{earlier} with nothing new since {since}: listed without --since"),
        ));
    }
    Some(Section::titled(format!("{name}, {count}: {what}"), said))
}

fn entry(line: &Line) -> Entry {
    let of_load = line.facts.raised.first().map(|raised| raised.level);
    let of_knee = line.facts.knee.map(|knee| knee.level);
    let of_file = line.facts.failed.map(|_| Level::Caution);
    let said = &line.said;
    Entry {
        name: line.facts.name.clone(),
        level: [of_load, of_knee, of_file].into_iter().flatten().max().unwrap_or_default(),
        fact: said.fact.clone(),
        limit: said.limit.clone(),
        also: said.also.clone(),
    }
}

/// What of the source is nobody's, or is not read twice.
fn below(shown: &Shown<'_>) -> Option<Section> {
    let mut said = Vec::new();
    for (name, why) in shown.left_out {
        said.push(Block::text(Tone::Muted, format!("not followed: {}, {why}", printable(name))));
    }
    if shown.files_beside > 0 {
        let files = counted(shown.files_beside, "file lies", "files lie");
        said.push(Block::text(
            Tone::Muted,
            format!("{files} beside the runners' folders: nobody's, not read"),
        ));
    }
    (!said.is_empty()).then(|| Section::apart(said))
}
