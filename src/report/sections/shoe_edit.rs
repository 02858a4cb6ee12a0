//! What an edit of the shoes would change: the lines of the settings, the distance of each pair, the runs that move.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};
use unicode_width::UnicodeWidthStr;

use super::assignment::counted;
use crate::{
    activity::Activity,
    analysis::shoes::Shoes,
    dates,
    report::page::{self, Block, Column, Item, Marks, Section, Table, Tone},
    units::UnitSystem,
};

/// Runs of a move that are named by their ids.
const NAMED_RUNS: usize = 3;
const NO_PAIR: &str = "no pair";
const PAIR: &str = "pair";
const NOW: &str = "now";

/// The lines that an edit takes out and puts in, as `-` and `+`.
#[must_use]
pub fn changed_lines(before: &str, after: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(before, after);
    let signed = |change: similar::Change<&str>| {
        let sign = match change.tag() {
            ChangeTag::Insert => '+',
            ChangeTag::Delete => '-',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign} {}", change.value().trim_end()).trim_end().to_owned())
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
#[must_use]
pub fn history(edit: &BeforeAndAfter<'_>) -> Vec<Section> {
    let rows = edit.changed_pairs();
    if rows.is_empty() {
        let none = "No run would move, and no pair would change its distance.";
        return vec![Section::apart(vec![Block::text(Tone::Plain, none)])];
    }
    let widest = |name: fn(&Row) -> &str, title: &str| {
        rows.iter().map(|row| name(row).width()).chain([title.len()]).max().unwrap_or_default()
    };
    let (name, now) = (widest(|row| &row.name, PAIR) + 2, widest(|row| &row.now, NOW));
    let columns = vec![
        Column::left(PAIR, name, Some(name)),
        Column::left(NOW, now, Some(now)),
        Column::left("then", 0, Some(0)),
    ];
    let cells = |row: Row| page::Row { cells: vec![row.name, row.now, row.then], ..page::Row::default() };
    let rows = rows.into_iter().map(cells).collect();
    let table = Table { columns, rows, has_head: true, marks: Marks::Words, wraps: false, footnote: None };
    vec![Section::titled("Pairs", vec![Block::Table(table)]), Section::apart(edit.moves())]
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

    fn moves(&self) -> Vec<Block> {
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
            return vec![Block::text(Tone::Plain, "No run would move.")];
        }
        let said = |((from, to), runs): ((String, String), Vec<&Activity>)| {
            Item::line(format!("{} from {from} to {to}: {}", counted(runs.len()), which(&runs)))
        };
        vec![Block::List(moves.into_iter().map(said).collect())]
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
            ["- name = \"a\"", "+ name = \"b\"", "+", "+ [[shoes]]", "+ name = \"c\""]
        );
        assert_eq!(changed_lines(before, before), [""; 0]);
    }
}
