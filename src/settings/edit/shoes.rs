//! Edits of `[[shoes]]`, `[[shoe_rules]]` and the pairs in `[runs]`.

use chrono::NaiveDate;
use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value, value};

use super::{datetime, finished, misshapen, parsed, runs::with_values, set, tables_of, with_table};
use crate::{
    settings::{
        SettingsError, ShoeFit, ShoeRule, same_name,
        shoe_fit::{AT_PURCHASE, NOW},
    },
    units::Distance,
    warning::ShoeKind,
};

/// A pair to add: what is `None` is left to the defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewPair {
    /// Its name.
    pub name: String,
    /// First day of use, inclusive.
    pub from: Option<NaiveDate>,
    /// Distance run in it before the first import.
    pub prior_distance: Option<Distance>,
    /// Where replacement is customary, start and end.
    pub window: Option<[Distance; 2]>,
    /// What it is for.
    pub kind: Option<ShoeKind>,
    /// Whether runs without another pair count for it.
    pub default: bool,
    /// Other names that exports use for it.
    pub gear: Vec<String>,
    /// How it fits.
    pub fit: ShoeFit,
}

/// The text with a pair more, behind the others.
///
/// # Errors
/// If the text is no TOML, or holds `shoes` of another shape.
pub fn with_pair(text: &str, pair: &NewPair) -> Result<String, SettingsError> {
    let mut table = Table::new();
    table.insert("name", value(pair.name.as_str()));
    if let Some(from) = pair.from {
        table.insert("from", value(datetime(from)));
    }
    if let Some(distance) = pair.prior_distance {
        table.insert("prior_distance", value(distance.as_written()));
    }
    if let Some(window) = pair.window {
        table.insert("window", value(window.map(|limit| limit.as_written()).into_iter().collect::<Array>()));
    }
    if let Some(kind) = pair.kind {
        table.insert("kind", value(kind.as_str()));
    }
    if pair.default {
        table.insert("default", value(true));
    }
    if !pair.gear.is_empty() {
        table.insert("gear", value(pair.gear.iter().collect::<Array>()));
    }
    for (key, new) in fit_values(&pair.fit) {
        table.insert(key, Item::Value(new));
    }
    with_table(text, "shoes", table)
}

/// The text with the last day of a pair.
///
/// # Errors
/// If the text is no TOML.
pub fn with_last_day(text: &str, pair: &str, retired: NaiveDate) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    for table in tables_of(&mut document, "shoes") {
        if says(table, "name", pair) {
            set(table, "retired", datetime(retired));
        }
    }
    Ok(finished(text, &document))
}

/// The text with what is said of the fit of a pair; what is `None` there stays as it is.
///
/// # Errors
/// If the text is no TOML.
pub fn with_fit(text: &str, pair: &str, fit: &ShoeFit) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    for table in tables_of(&mut document, "shoes") {
        if says(table, "name", pair) {
            fit_values(fit).into_iter().for_each(|(key, new)| set(table, key, new));
        }
    }
    Ok(finished(text, &document))
}

/// What is said of a fit, each with its key.
fn fit_values(fit: &ShoeFit) -> Vec<(&'static str, Value)> {
    let comfort: InlineTable = [(AT_PURCHASE, fit.comfort_at_purchase), (NOW, fit.comfort_now)]
        .into_iter()
        .filter_map(|(key, grade)| Some((key, Value::from(i64::from(grade?)))))
        .collect();
    let comfort = (!comfort.is_empty()).then(|| comfort.into());
    let millimetres = |mm: f64| if mm.fract() == 0.0 { Value::from(mm as i64) } else { Value::from(mm) };
    [
        ("note", fit.note.as_deref().map(Value::from)),
        ("comfort", comfort),
        ("drop_mm", fit.drop_mm.map(millimetres)),
        ("stack_mm", fit.stack_mm.map(millimetres)),
    ]
    .into_iter()
    .filter_map(|(key, new)| Some((key, new?)))
    .collect()
}

/// The text with a rule more, behind the others.
///
/// # Errors
/// If the text is no TOML, or holds `shoe_rules` of another shape.
pub fn with_rule(text: &str, rule: &ShoeRule) -> Result<String, SettingsError> {
    let mut table = Table::new();
    table.insert("shoe", value(rule.shoe.as_str()));
    for (name, written) in rule.filters() {
        let filter: Value = written.parse().map_err(|_| misshapen(name, "a value of TOML"))?;
        table.insert(name, Item::Value(filter));
    }
    with_table(text, "shoe_rules", table)
}

/// The text with the pair of single runs, by id; what else an entry says stays.
///
/// # Errors
/// If the text is no TOML, or holds `runs` of another shape.
pub fn with_pair_of_runs(text: &str, ids: &[String], pair: &str) -> Result<String, SettingsError> {
    with_values(text, ids, &[("shoe", pair.into())])
}

/// The text with another name for a pair, wherever it is named. The old one stays as a name of exports: those know nothing
/// of the new one.
///
/// # Errors
/// If the text is no TOML.
pub fn with_name(text: &str, old: &str, new: &str) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    for table in tables_of(&mut document, "shoes") {
        if let Some(written) = name_in(table).filter(|name| same_name(name, old)) {
            set(table, "name", new);
            if !same_name(old, new) {
                keep_as_gear(table, &written);
            }
        }
    }
    for table in tables_of(&mut document, "shoe_rules") {
        if says(table, "shoe", old) {
            set(table, "shoe", new);
        }
    }
    if let Some(runs) = document.get_mut("runs").and_then(Item::as_table_like_mut) {
        for (_, entry) in runs.iter_mut() {
            if let Some(entry) = entry.as_table_like_mut().filter(|entry| says(*entry, "shoe", old)) {
                set(entry, "shoe", new);
            }
        }
    }
    Ok(finished(text, &document))
}

fn keep_as_gear(pair: &mut dyn TableLike, name: &str) {
    match pair.get_mut("gear").and_then(Item::as_value_mut) {
        Some(Value::Array(names)) => {
            if !names.iter().filter_map(Value::as_str).any(|known| same_name(known, name)) {
                names.push(name);
            }
        }
        Some(Value::String(known)) => {
            let both: Array = [known.value().as_str(), name].into_iter().collect();
            set(pair, "gear", both);
        }
        _ => set(pair, "gear", [name].into_iter().collect::<Array>()),
    }
}

fn name_in(pair: &dyn TableLike) -> Option<String> {
    pair.get("name").and_then(Item::as_str).map(str::to_owned)
}

/// Whether a table names this pair under a key.
fn says(table: &dyn TableLike, key: &str, pair: &str) -> bool {
    table.get(key).and_then(Item::as_str).is_some_and(|name| same_name(name, pair))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::settings as parse;

    const TEXT: &str = "# mine\n\
        units = \"mi\"  # miles\n\
        \n\
        # the daily pair\n\
        [[shoes]]\n\
        name = \"Pegasus 40\"  # blue\n\
        default = true\n\
        \n\
        # hills\n\
        [[shoe_rules]]\n\
        shoe = \"pegasus 40\"  # for now\n\
        sub_sport = \"trail\"\n\
        \n\
        # corrections\n\
        [runs]\n\
        \"2026-03-01T08:00\" = { note = \"windy\", shoe = \"PEGASUS 40\" }  # a note\n\
        [runs.\"2026-03-02T08:00\"]\n\
        exclude = true  # drive\n\
        \n\
        # the end\n";

    /// Every line of `text` is still there, in order, but for those in `changed`.
    fn assert_keeps(text: &str, edited: &str, changed: &[&str]) {
        let mut lines = edited.lines();
        for line in text.lines().filter(|line| !changed.iter().any(|start| line.starts_with(start))) {
            assert!(lines.any(|kept| kept == line), "{line:?} is gone or moved:\n{edited}");
        }
    }

    #[test]
    fn a_pair_is_added_behind_the_others_and_every_comment_stays() {
        let pair = NewPair {
            name: "Speed \"goat\"".to_owned(),
            from: NaiveDate::from_ymd_opt(2026, 3, 1),
            prior_distance: "12.345 km".parse().ok(),
            window: Some([Distance::miles(300.0), Distance::miles(500.0)]),
            kind: Some(ShoeKind::Trail),
            default: false,
            gear: vec!["Hoka Speedgoat".to_owned()],
            fit: ShoeFit { comfort_now: Some(4), drop_mm: Some(4.5), ..ShoeFit::default() },
        };
        let edited = with_pair(TEXT, &pair).unwrap();
        assert_keeps(TEXT, &edited, &[]);
        let shoe = &parse(&edited).unwrap().shoes[1];
        assert_eq!((shoe.name.as_str(), shoe.prior_distance_m), ("Speed \"goat\"", 12_345));
        assert_eq!((shoe.window.map(|d| d.meters), shoe.kind), ([482_803, 804_672], ShoeKind::Trail));
        assert!(edited.contains(
            "window = [\"300 mi\", \"500 mi\"]\nkind = \"trail\"\ngear = [\"Hoka Speedgoat\"]\n\
                 comfort = { now = 4 }\ndrop_mm = 4.5\n"
        ));
        assert!(edited.find("goat").unwrap() < edited.find("# hills").unwrap(), "{edited}");
    }

    #[test]
    fn the_first_pair_goes_behind_lines_that_are_commented_out() {
        let text = "folders = [\"x\"]\n# units = \"mi\"\n";
        let pair = NewPair { name: "a".to_owned(), ..NewPair::default() };
        let edited = with_pair(text, &pair).unwrap();
        assert_eq!(edited, format!("{text}\n[[shoes]]\nname = \"a\"\n"));
        assert!(parse(&edited.replace("# units", "units")).is_ok());
        assert_eq!(with_pair("", &pair).unwrap(), "[[shoes]]\nname = \"a\"\n");
    }

    #[test]
    fn a_pair_goes_into_a_list_in_one_line_too() {
        let pair = NewPair { name: "b".to_owned(), ..NewPair::default() };
        let edited = with_pair("shoes = [{ name = \"a\" }]  # all\nunits = \"mi\"\n", &pair).unwrap();
        assert_eq!(edited, "shoes = [{ name = \"a\" }, { name = \"b\" }]  # all\nunits = \"mi\"\n");
        let error = with_pair("shoes = 1", &pair).unwrap_err();
        assert_eq!(error.what, "write each of `shoes` as [[shoes]]");
    }

    #[test]
    fn the_last_day_of_a_pair_is_set_or_replaced_with_its_comment() {
        let on = |text: &str, day| {
            with_last_day(text, "PEGASUS 40", NaiveDate::from_ymd_opt(2026, 6, day).unwrap())
        };
        let first = on(TEXT, 1).unwrap();
        assert_keeps(TEXT, &first, &[]);
        let noted = first.replace("retired = 2026-06-01", "retired = 2026-06-01  # hole");
        let second = on(&noted, 2).unwrap();
        assert!(second.contains("retired = 2026-06-02  # hole\n"), "{second}");
        assert_eq!(second.matches("retired").count(), 1);
    }

    #[test]
    fn the_fit_of_a_pair_is_set_where_it_is_said_and_every_comment_stays() {
        let said = ShoeFit {
            note: Some("narrow \"toe\"".to_owned()),
            comfort_at_purchase: Some(5),
            comfort_now: Some(3),
            drop_mm: Some(10.0),
            stack_mm: None,
        };
        let first = with_fit(TEXT, "PEGASUS 40", &said).unwrap();
        assert_keeps(TEXT, &first, &[]);
        assert_eq!(parse(&first).unwrap().shoes[0].fit, said);
        let noted = first.replace("drop_mm = 10", "drop_mm = 10  # on the box");
        let second = ShoeFit { drop_mm: Some(8.0), stack_mm: Some(32.5), ..ShoeFit::default() };
        let second = with_fit(&noted, "pegasus 40", &second).unwrap();
        assert!(second.contains("drop_mm = 8  # on the box\nstack_mm = 32.5\n"), "{second}");
        assert!(second.contains("comfort = { at_purchase = 5, now = 3 }\n"), "{second}");
        assert_eq!(with_fit(TEXT, "Pegasus 40", &ShoeFit::default()).unwrap(), TEXT);
    }

    #[test]
    fn a_rule_is_added_behind_the_others_as_it_is_read() {
        let rule = parse(
            "[[shoes]]\nname = \"Pegasus 40\"\n[[shoe_rules]]\nshoe = \"Pegasus 40\"\nweekday = [\"sun\", \"sat\"]\n\
             distance = \"..12km\"\nfile = \"x\\\\y/\"\nfrom = 2026-03-01",
        );
        let rule = rule.unwrap().shoe_rules.remove(0);
        let edited = with_rule(TEXT, &rule).unwrap();
        assert_keeps(TEXT, &edited, &[]);
        assert_eq!(parse(&edited).unwrap().shoe_rules[1], rule);
        assert!(
            edited.contains("weekday = [\"saturday\", \"sunday\"]\ndistance = \"..12 km\"\n"),
            "{edited}"
        );
    }

    #[test]
    fn the_pair_of_a_run_is_set_in_its_entry_however_that_is_written() {
        let ids = ["2026-03-01T08:00", "2026-03-02T08:00", "2026-03-03T08:00"].map(str::to_owned);
        let text = format!("{TEXT}[[shoes]]\nname = \"b\"\n");
        let edited = with_pair_of_runs(&text, &ids, "b").unwrap();
        assert_keeps(&text, &edited, &["\"2026-03-01"]);
        assert!(edited.contains("{ note = \"windy\", shoe = \"b\" }  # a note\n"), "{edited}");
        assert!(edited.contains("exclude = true  # drive\nshoe = \"b\"\n"), "{edited}");
        assert!(edited.contains("\"2026-03-03T08:00\" = { shoe = \"b\" }\n"), "{edited}");
        let runs = parse(&edited).unwrap().runs;
        assert!(runs.iter().all(|run| run.shoe.as_deref() == Some("b")));
        assert_eq!((runs.len(), runs[0].note.as_deref(), runs[1].exclude), (3, Some("windy"), true));
    }

    #[test]
    fn entries_of_other_shapes_are_kept_in_them() {
        let id = ["2026-03-01T08:00".to_owned()];
        for text in [
            "[[shoes]]\nname = \"b\"\n",
            "[[shoes]]\nname = \"b\"\n[runs.\"2026-03-02T08:00\"]\nexclude = true\n",
            "runs = { \"2026-03-02T08:00\" = { exclude = true } }\n[[shoes]]\nname = \"b\"\n",
            "[runs]\n\"2026-03-01T08:00\".note = \"x\"\n[[shoes]]\nname = \"b\"\n",
        ] {
            let edited = with_pair_of_runs(text, &id, "b").unwrap();
            let settings = parse(&edited).unwrap_or_else(|error| panic!("{error}\n{edited}"));
            assert_eq!(settings.runs[0].shoe.as_deref(), Some("b"), "{edited}");
        }
    }

    #[test]
    fn an_entry_in_one_line_stays_well_spaced() {
        let text = "[runs]\n\"2026-03-01T08:00\" = { note = \"windy\" }  # a note\n";
        let edited = with_pair_of_runs(text, &["2026-03-01T08:00".to_owned()], "b").unwrap();
        assert!(edited.contains("= { note = \"windy\", shoe = \"b\" }  # a note\n"), "{edited}");
    }

    #[test]
    fn no_edit_of_a_damaged_text_panics_or_makes_good_settings_bad() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let pair = NewPair { name: "b".to_owned(), ..NewPair::default() };
        let ids = ["2026-03-01T08:00".to_owned()];
        for end in 0..TEXT.len() {
            let text = &TEXT[..end];
            let edits = [
                with_pair(text, &pair),
                with_last_day(text, "pegasus 40", day),
                with_pair_of_runs(text, &ids, "Pegasus 40"),
                with_name(text, "pegasus 40", "c"),
            ];
            let names_the_pair = text.contains("Pegasus 40\"");
            for (number, edited) in edits.into_iter().enumerate() {
                match edited {
                    Ok(edited) if parse(text).is_ok() && (number != 2 || names_the_pair) => {
                        parse(&edited)
                            .unwrap_or_else(|error| panic!("edit {number} at {end}: {error}\n{edited}"));
                    }
                    Ok(_) => {}
                    Err(_) => assert!(parse(text).is_err(), "edit {number} at {end}"),
                }
            }
        }
    }

    #[test]
    fn a_new_name_stands_wherever_the_old_one_stood_which_exports_still_use() {
        let edited = with_name(TEXT, "pegasus 40", "Blue pair").unwrap();
        assert_keeps(TEXT, &edited, &["name", "shoe = ", "\"2026-03-01"]);
        for part in [
            "name = \"Blue pair\"  # blue\n",
            "gear = [\"Pegasus 40\"]\n",
            "shoe = \"Blue pair\"  # for now\n",
            "{ note = \"windy\", shoe = \"Blue pair\" }  # a note\n",
        ] {
            assert!(edited.contains(part), "{part}: {edited}");
        }
        let again = with_name(&edited, "Blue pair", "Old pair").unwrap();
        assert!(again.contains("gear = [\"Pegasus 40\", \"Blue pair\"]\n"), "{again}");
        let only_case = with_name(TEXT, "pegasus 40", "PEGASUS 40").unwrap();
        assert!(!only_case.contains("gear"), "{only_case}");
        parse(&again).unwrap();
    }
}
