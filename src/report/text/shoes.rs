//! Pairs of shoes: a line each with a bar, their state and when they reach the next limit.

use std::fmt::{self, Write};

use chrono::NaiveDate;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{heading, layout, padded, printable, style::DIM, wrap_options, wrapped};
use crate::{
    analysis::{
        Analysis,
        shoes::{Shoe, ShoeState},
    },
    dates,
    report::words,
    units::{Distance, UnitSystem},
};

/// Cells of a bar, up to the window's end.
const BAR_CELLS: usize = 10;
/// A name longer than this is cut.
const MAX_NAME_COLUMNS: usize = 20;
/// The same where there is little room.
const MAX_NARROW_NAME_COLUMNS: usize = 18;
/// A blank at which no line ends: dates stay together.
const NO_BREAK: &str = "\u{a0}";
/// The name of what is in no pair.
const UNASSIGNED: &str = "unassigned";

/// What the report prints when no pair is set.
const NONE_SET: &str = "none set. Name your pair in treadlight.toml (`treadlight init` writes one):
  [[shoes]]
  name = \"Pegasus 40\"
  from = 2026-03-01
  default = true";

/// What no file tells, said once.
const WALKING: &str = "Only runs count: no file tells of walking in a pair.";

/// SHOES: the pairs in use, and what is in none.
///
/// # Errors
/// Never for a `String`.
pub fn write_lines(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    heading(out, "SHOES")?;
    if analysis.shoes.pairs.is_empty() {
        return writeln!(out, "{NONE_SET}");
    }
    let shown: Vec<&Shoe> = analysis.shoes.pairs.iter().filter(|shoe| shoe.in_use).collect();
    let columns = name_columns(&shown, analysis);
    for shoe in shown {
        write_line(out, &Line { shoe, units, as_of: analysis.as_of }, columns)?;
    }
    write_unassigned(out, analysis, units, columns)
}

/// Every pair, retired ones too, with days, runs and shares.
///
/// # Errors
/// Never for a `String`.
pub fn write_table(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    if analysis.shoes.pairs.is_empty() {
        heading(out, "SHOES")?;
        return writeln!(out, "{NONE_SET}");
    }
    let shown: Vec<&Shoe> = analysis.shoes.pairs.iter().collect();
    let columns = name_columns(&shown, analysis);
    for shoe in shown {
        let line = Line { shoe, units, as_of: analysis.as_of };
        write_line(out, &line, columns)?;
        for details in [line.wear(), line.share_and_settings()] {
            writeln!(out, "{DIM}{}{DIM:#}", wrapped(&format!("  {}", printable(&details)), 2))?;
        }
    }
    write_unassigned(out, analysis, units, columns)?;
    writeln!(out, "{DIM}{WALKING}{DIM:#}")
}

/// Columns of the longest name, cut where it is too long.
fn name_columns(shoes: &[&Shoe], analysis: &Analysis) -> usize {
    let unassigned = (analysis.shoes.unassigned_m > 0).then_some(UNASSIGNED);
    let names = shoes.iter().map(|shoe| shoe.settings.name.as_str()).chain(unassigned);
    names.map(UnicodeWidthStr::width).max().unwrap_or_default().min(if layout::is_narrow() {
        MAX_NARROW_NAME_COLUMNS
    } else {
        MAX_NAME_COLUMNS
    })
}

/// A pair as it is shown.
struct Line<'a> {
    shoe: &'a Shoe,
    units: UnitSystem,
    as_of: NaiveDate,
}

fn write_line(out: &mut String, line: &Line<'_>, columns: usize) -> fmt::Result {
    let name = cut(&printable(&line.shoe.settings.name), columns);
    let distance = distance_text(line.shoe, line.units);
    let head = format!("{}  {distance:>7}  {}  ", padded(&name, columns), bar(line.shoe));
    if layout::is_narrow() {
        let state = line.state().replace(NO_BREAK, " ");
        writeln!(out, "{}", layout::spelled(head.trim_end()))?;
        return writeln!(out, "{}", wrapped(&format!("  {state}"), 2));
    }
    let head = layout::spelled(&head);
    let indent = " ".repeat(head.width());
    let state = textwrap::fill(&line.state(), wrap_options(&head, &indent));
    writeln!(out, "{}", state.replace(NO_BREAK, " "))
}

/// A name in so many columns, with an ellipsis where something is missing.
fn cut(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let mut cut = String::new();
    for character in name.chars() {
        if cut.width() + character.width().unwrap_or_default() >= columns {
            break;
        }
        cut.push(character);
    }
    format!("{cut}…")
}

/// `████████░░`: the share of the way to the window's end.
fn bar(shoe: &Shoe) -> String {
    let filled = filled(shoe, BAR_CELLS as i64) as usize;
    format!("{}{}", "█".repeat(filled), "░".repeat(BAR_CELLS - filled))
}

/// Parts of so many that a pair has gone of the way to its window's end.
pub(in crate::report) fn filled(shoe: &Shoe, parts: i64) -> i64 {
    let end_m = shoe.settings.window[1].meters.max(1);
    (parts * shoe.distance_m / end_m).clamp(0, parts)
}

/// The distance of a pair in the unit of its window.
pub(in crate::report) fn distance_text(shoe: &Shoe, units: UnitSystem) -> String {
    words::window_in(shoe.settings.window, units)[0].written_in.whole(shoe.distance_m)
}

/// Where a pair stands, and when it reaches the next limit.
pub(in crate::report) fn state_text(shoe: &Shoe, units: UnitSystem, as_of: NaiveDate) -> String {
    Line { shoe, units, as_of }.state().replace(NO_BREAK, " ")
}

impl Line<'_> {
    /// Its window in the unit that it is shown in.
    fn window(&self) -> [Distance; 2] {
        words::window_in(self.shoe.settings.window, self.units)
    }

    fn retired(&self) -> Option<NaiveDate> {
        self.shoe.settings.retired.filter(|retired| *retired <= self.as_of)
    }

    /// Where it stands, and when it reaches the next limit.
    fn state(&self) -> String {
        let [start, end] = self.window();
        if let Some(retired) = self.retired() {
            let place = match self.shoe.state {
                ShoeState::Ok => String::new(),
                ShoeState::Window => ", in window".to_owned(),
                ShoeState::Past => format!(", past {end}"),
            };
            return format!("retired {}{place}", dates::long(retired));
        }
        let (text, limit, reaches) = match self.shoe.state {
            ShoeState::Past => return format!("past {end}"),
            ShoeState::Ok => ("", start, self.shoe.reaches_start),
            ShoeState::Window => ("in window, ", end, self.shoe.reaches_end),
        };
        match reaches {
            Some((early, late)) => {
                let when = words::date_range_after(early, late, self.as_of).replace(' ', NO_BREAK);
                format!("{text}reaches {limit} about {when}")
            }
            None => format!("{text}up to {limit}: not enough use to say when"),
        }
    }

    /// What was run in it: `513 km, 61 runs on 60 days, 7 Jul – 8 Nov 2026`.
    fn wear(&self) -> String {
        let worn = &self.shoe.worn;
        let Some((first, last)) = worn.first_run.zip(worn.last_run) else {
            let from = self.shoe.settings.from.map(|date| format!(", from {}", dates::long(date)));
            return format!("no run in it in your files{}", from.unwrap_or_default());
        };
        let runs = counted(self.shoe.runs, "run", "runs");
        let runs = format!("{runs} on {}, {}", counted(worn.days, "day", "days"), dates::range(first, last));
        if self.units == self.window()[0].written_in {
            runs
        } else {
            format!("{}, {runs}", self.units.whole(self.shoe.distance_m))
        }
    }

    /// Its share of late, and what the settings say of it: `86 % of the last 28 days; daily, 300–500 mi window`.
    fn share_and_settings(&self) -> String {
        let settings = &self.shoe.settings;
        let share = match self.retired() {
            Some(_) => String::new(),
            None => format!("{}; ", share_text(self.shoe.worn.share_of_28_days)),
        };
        let before = if settings.prior_distance_m > 0 {
            let before = self.window()[0].written_in.whole(settings.prior_distance_m);
            format!(", {before} before your files")
        } else {
            String::new()
        };
        let window = words::window_text(self.window());
        format!("{share}{}, {window} window{before}", settings.kind.as_str())
    }
}

fn share_text(share: Option<f64>) -> String {
    match share {
        None => "nothing run in the last 28 days".to_owned(),
        Some(share) if share <= 0.0 => "none of the last 28 days".to_owned(),
        Some(share) => format!("{:.0} % of the last 28 days", (100.0 * share).max(1.0)),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn write_unassigned(out: &mut String, analysis: &Analysis, units: UnitSystem, columns: usize) -> fmt::Result {
    if analysis.shoes.unassigned_m == 0 {
        return Ok(());
    }
    let distance = units.whole(analysis.shoes.unassigned_m);
    writeln!(
        out,
        "{}  {distance:>7}  in no pair: no rule or `default` fits them",
        padded(UNASSIGNED, columns)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::rules,
        analysis::{
            analyze,
            testing::{day, run},
        },
    };

    /// A run of 10 km every Tuesday from 6 January to 24 February 2026.
    fn table(toml: &str, units: UnitSystem, as_of: &str) -> Vec<String> {
        let runs: Vec<_> = (0..8)
            .map(|week| dates::days_after(day("2026-01-06"), 7 * week))
            .map(|date| run(&format!("{date}T08:00:00+01:00"), 10_000, 60))
            .collect();
        let analysis = analyze(&runs, &[], &rules::settings(toml).unwrap(), day(as_of)).unwrap();
        let mut out = String::new();
        write_table(&mut out, &analysis, units).unwrap();
        anstream::adapter::strip_str(&out).to_string().lines().map(str::to_owned).collect()
    }

    const PAIR: &str = "[[shoes]]\nname = \"Ghost 15\"\nfrom = 2026-01-01\ndefault = true\n";

    #[test]
    fn a_pair_is_told_with_state_forecast_use_and_what_is_set() {
        let toml = format!("{PAIR}prior_distance = \"380 km\"");
        assert_eq!(
            table(&toml, UnitSystem::Kilometers, "2026-02-28"),
            [
                "Ghost 15   286 mi  █████░░░░░  reaches 300 mi about 16 Mar",
                "  460 km, 8 runs on 8 days, 6 Jan – 24 Feb 2026",
                "  100 % of the last 28 days; daily, 300–500 mi window, 236 mi before your files",
                WALKING
            ]
        );
    }

    #[test]
    fn a_retired_pair_says_since_when_and_how_far_it_came() {
        let state = |prior: &str| {
            let toml = format!("{PAIR}retired = 2026-02-24\nprior_distance = \"{prior} km\"");
            table(&toml, UnitSystem::Kilometers, "2026-02-28")[0].split_once("retired").unwrap().1.to_owned()
        };
        assert_eq!(state("0"), " 24 Feb 2026");
        assert_eq!(state("500"), " 24 Feb 2026, in window");
        assert_eq!(state("800"), " 24 Feb 2026, past 500 mi");
    }

    #[test]
    fn a_window_keeps_its_unit_but_for_a_runner_who_reads_miles() {
        let toml = format!("{PAIR}window = [\"480 km\", \"800 km\"]");
        let kilometers = table(&toml, UnitSystem::Kilometers, "2026-02-28");
        assert!(kilometers[0].starts_with("Ghost 15    80 km"), "{}", kilometers[0]);
        assert!(kilometers[2].contains("480–800 km window"), "{}", kilometers[2]);
        let miles = table(&toml, UnitSystem::Miles, "2026-02-28");
        assert!(miles[0].starts_with("Ghost 15    50 mi"), "{}", miles[0]);
        assert!(miles[2].contains("298.3–497.1 mi window"), "{}", miles[2]);
    }

    #[test]
    fn a_forecast_in_another_year_says_which() {
        let toml = format!("{PAIR}window = [\"500 km\", \"800 km\"]");
        let lines = table(&toml, UnitSystem::Kilometers, "2026-02-28");
        assert!(lines[0].ends_with("reaches 500 km about 19 Dec"), "{}", lines[0]);
        let toml = format!("{PAIR}window = [\"600 km\", \"800 km\"]");
        let lines = table(&toml, UnitSystem::Kilometers, "2026-02-28");
        assert!(lines[0].ends_with("reaches 600 km about 27 Feb 2027"), "{}", lines[0]);
    }

    #[test]
    fn no_line_is_wider_than_80_columns_whatever_the_names() {
        let names = [
            "跑鞋 一双很长的名字的跑鞋一双很长的名字",
            "a name that never ends and never ends",
            "\u{1b}[31mred\t",
        ];
        let pairs: String =
            names.iter().map(|name| format!("[[shoes]]\nname = {}\n", toml::Value::from(*name))).collect();
        for units in [UnitSystem::Kilometers, UnitSystem::Miles] {
            for line in table(&pairs, units, "2026-02-28") {
                assert!(line.width() <= 80 && !line.contains('\t'), "{line}");
            }
        }
    }
}
