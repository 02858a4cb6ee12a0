//! What an edit of the shoes would change: the lines of the settings, the distance of each pair, the runs that move.

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

use similar::{ChangeTag, TextDiff};

use super::{assignment::counted, heading, padded, wrapped};
use crate::{activity::Activity, analysis::shoes::Shoes, dates, units::UnitSystem};

/// Runs of a move that are named by their ids.
const NAMED_RUNS: usize = 3;
const NO_PAIR: &str = "no pair";
const PAIR: &str = "PAIR";

/// The lines that an edit takes out and puts in, as `-` and `+`.
#[must_use]
pub fn changed_lines(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let signed = |change: similar::Change<&str>| {
        let sign = match change.tag() {
            ChangeTag::Insert => '+',
            ChangeTag::Delete => '-',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign} {}\n", change.value().trim_end()).replace("+ \n", "+\n"))
    };
    diff.iter_all_changes().filter_map(signed).collect()
}

/// The pairs of the same runs before and after an edit.
#[derive(Clone, Copy, Debug)]
pub struct BeforeAndAfter<'a> {
    /// The runs, sorted by start.
    pub runs: &'a [Activity],
    /// Their pairs now.
    pub before: &'a Shoes,
    /// Their pairs then.
    pub after: &'a Shoes,
    /// The new name of a pair and the old one, where one is renamed.
    pub renamed: Option<(&'a str, &'a str)>,
    /// Units to show.
    pub units: UnitSystem,
}

/// Distance and runs of every pair that changes, and the runs that move.
///
/// # Errors
/// Never for a `String`.
pub fn write_history(out: &mut String, edit: &BeforeAndAfter<'_>) -> fmt::Result {
    let rows = edit.changed_pairs();
    if rows.is_empty() {
        writeln!(out, "\nNo run would move, and no pair would change its distance.")?;
        return Ok(());
    }
    let columns = |name: fn(&Row) -> &str, title: &str| {
        rows.iter().map(|row| super::columns_of(name(row))).chain([title.len()]).max().unwrap_or_default()
    };
    let (names, nows) = (columns(|row| &row.name, PAIR), columns(|row| &row.now, "now"));
    writeln!(out)?;
    heading(out, &format!("{}  {}  then", padded(PAIR, names), padded("now", nows)))?;
    for row in &rows {
        writeln!(out, "{}  {}  {}", padded(&row.name, names), padded(&row.now, nows), row.then)?;
    }
    edit.write_moves(out)
}

/// A pair that changes.
struct Row {
    name: String,
    now: String,
    then: String,
}

impl BeforeAndAfter<'_> {
    fn changed_pairs(&self) -> Vec<Row> {
        let said = |pair: Option<(i64, usize)>| {
            pair.map_or_else(
                || "–".to_owned(),
                |(meters, runs)| format!("{}, {}", self.units.short(meters), counted(runs)),
            )
        };
        let of = |shoes: &Shoes, name: &str| {
            let pair = shoes.pairs.iter().find(|pair| pair.settings.name == name)?;
            Some((pair.distance_m, pair.runs))
        };
        let none = |shoes: &Shoes| {
            let runs = shoes.pair_of_run.iter().filter(|pair| pair.is_none()).count();
            Some((shoes.unassigned_m, runs))
        };
        let gone = self.before.pairs.iter().map(|pair| pair.settings.name.as_str());
        let names = self.after.pairs.iter().map(|pair| pair.settings.name.as_str());
        let gone = gone.filter(|name| of(self.after, self.new_name(name)).is_none());
        let pairs =
            names.chain(gone).map(|name| (name, of(self.before, self.old_name(name)), of(self.after, name)));
        pairs
            .chain([(NO_PAIR, none(self.before), none(self.after))])
            .filter(|(_, now, then)| now != then)
            .map(|(name, now, then)| Row { name: name.to_owned(), now: said(now), then: said(then) })
            .collect()
    }

    /// What a pair is called now that is called so then.
    fn old_name<'n>(&'n self, name: &'n str) -> &'n str {
        self.renamed.filter(|(new, _)| *new == name).map_or(name, |(_, old)| old)
    }

    fn new_name<'n>(&'n self, name: &'n str) -> &'n str {
        self.renamed.filter(|(_, old)| *old == name).map_or(name, |(new, _)| new)
    }

    fn write_moves(&self, out: &mut String) -> fmt::Result {
        let name = |shoes: &Shoes, run: usize| {
            let pair = shoes.pair_of_run.get(run).copied().flatten();
            pair.map_or(NO_PAIR.to_owned(), |pair| shoes.pairs[pair].settings.name.clone())
        };
        let mut moves: BTreeMap<(String, String), Vec<&Activity>> = BTreeMap::new();
        for (position, run) in self.runs.iter().enumerate() {
            let from = self.new_name(&name(self.before, position)).to_owned();
            let to = name(self.after, position);
            if from != to {
                moves.entry((from, to)).or_default().push(run);
            }
        }
        if moves.is_empty() {
            return writeln!(out, "\nNo run would move.");
        }
        writeln!(out)?;
        for ((from, to), runs) in moves {
            let line = format!("{} from {from} to {to}: {}", counted(runs.len()), which(&runs));
            writeln!(out, "{}", wrapped(&line, 2))?;
        }
        Ok(())
    }
}

/// The ids of a few runs, of many the days between which they lie.
fn which(runs: &[&Activity]) -> String {
    match (runs.first(), runs.last()) {
        (Some(first), Some(last)) if runs.len() > NAMED_RUNS => {
            dates::range(first.local_date(), last.local_date())
        }
        _ => runs.iter().map(|run| run.id.as_str()).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_that_change_are_shown() {
        let before = "# mine\nunits = \"km\"\n\n[[shoes]]\nname = \"a\"\n";
        let after = "# mine\nunits = \"km\"\n\n[[shoes]]\nname = \"b\"\n\n[[shoes]]\nname = \"c\"\n";
        assert_eq!(
            changed_lines(before, after),
            "- name = \"a\"\n+ name = \"b\"\n+\n+ [[shoes]]\n+ name = \"c\"\n"
        );
        assert_eq!(changed_lines(before, before), "");
    }
}
