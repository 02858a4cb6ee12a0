//! Which run counts for which pair, and the commands that say so in the settings.

use std::{fs, path::Path};

use chrono::{DateTime, Duration};
use insta::assert_snapshot;
use proptest::prelude::*;
use treadlight::{
    activity::{Activity, Format, Sport},
    analysis::rules::settings as parse,
    analysis::shoes::assignment::Because,
};

use crate::project::{Project, Said, fit_activity};

const SETTINGS: &str = "runs/treadlight.toml";

/// Four Sundays from 1 March 2026: 10, 20, 12 and 8 km; the last one on a trail, in a folder of its own.
fn four_sundays(settings: &str) -> Project {
    let project = Project::new();
    project
        .run("2026-03-01T08:00:00+01:00", 10_000.0)
        .run("2026-03-08T08:00:00+01:00", 20_000.0)
        .run("2026-03-15T08:00:00+01:00", 12_000.0)
        .write("runs/hills/a.fit", fit_activity("2026-03-22T08:00:00+01:00", 8_000.0, 1, 3))
        .settings(&format!("as_of = 2026-03-31\n{settings}"));
    project
}

const TWO_PAIRS: &str = "# my shoes\n[[shoes]]\nname = \"Pegasus 40\"  # blue\nfrom = 2026-03-01\ndefault = true\n\n\
                         [[shoes]]\nname = \"Spéedgoat\"\nkind = \"trail\"\n";

fn settings_of(project: &Project) -> String {
    fs::read_to_string(project.path().join(SETTINGS)).unwrap()
}

/// `treadlight shoes …` on the settings of the project, and the file after it.
fn shoes(project: &Project, arguments: &[&str]) -> Said {
    project.treadlight(&[&["shoes"], arguments, &["--config", SETTINGS]].concat())
}

fn pairs_of(project: &Project) -> Vec<(String, i64)> {
    let shoes = project.json(&["shoes", "runs", "--format", "json"]);
    let pair = |shoe: &serde_json::Value| {
        (shoe["name"].as_str().unwrap().to_owned(), shoe["distance_m"].as_i64().unwrap())
    };
    shoes["shoes"].as_array().unwrap().iter().map(pair).collect()
}

fn km(pairs: &[(&str, i64)]) -> Vec<(String, i64)> {
    pairs.iter().map(|(name, km)| ((*name).to_owned(), 1_000 * km)).collect()
}

#[test]
fn explain_tells_the_pair_and_the_words_of_the_settings_that_name_it() {
    let project = four_sundays(&format!(
        "{TWO_PAIRS}[[shoe_rules]]\nshoe = \"Speedgoat\"\nsub_sport = \"trail\"\n\
         [[shoe_rules]]\nshoe = \"speedgoat\"\ndistance = [\"15 km\", \"30 km\"]\nfrom = 2026-03-02\n\
         [runs]\n\"2026-03-15T08:00\" = {{ shoe = \"speedgoat\" }}\n"
    ));
    let reason = |run: &str| {
        let said = project.treadlight(&["explain", "runs", run]);
        let text = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let (_, shoe) = text.split_once(" shoe ").unwrap();
        shoe.split(" 2026-03").next().unwrap().to_owned()
    };
    for (run, expected) in [
        ("2026-03-01T08:00", "Pegasus 40: the default pair of that day"),
        (
            "2026-03-08T08:00",
            "Spéedgoat: rule 2 of [[shoe_rules]] fits first (distance = \"15 km..30 km\", from =",
        ),
        ("2026-03-15T08:00", "Spéedgoat: set under [runs] in treadlight.toml"),
        ("2026-03-22T08:00", "Spéedgoat: rule 1 of [[shoe_rules]] fits first (sub_sport = \"trail\")"),
    ] {
        let told = reason(run);
        assert!(told.starts_with(expected), "{run}: {told}");
    }
    assert_eq!(pairs_of(&project), km(&[("Pegasus 40", 10), ("Spéedgoat", 40)]));
}

#[test]
fn a_pair_is_added_with_everything_that_it_can_have() {
    let project = four_sundays("# mine\nfolders = [\".\"]  # here\n");
    let add = [
        "add",
        "Vaporfly 3",
        "--from",
        "2026-03-08",
        "--prior",
        "35km",
        "--window",
        "120mi..250mi",
        "--kind",
        "racing",
        "--default",
        "--note",
        "narrow toe box",
        "--comfort",
        "4",
        "--drop-mm",
        "8",
        "--stack-mm",
        "39.5",
    ];
    let dry = shoes(&project, &[&add[..], &["--dry-run"]].concat());
    assert_eq!(settings_of(&project), "as_of = 2026-03-31\n# mine\nfolders = [\".\"]  # here\n");
    let said = shoes(&project, &add);
    assert_snapshot!(dry.all() + &said.all() + &settings_of(&project));
    assert_eq!(pairs_of(&project), km(&[("Vaporfly 3", 75)]));
}

#[test]
fn how_a_pair_fits_is_said_once_and_shown_wherever_the_pair_is() {
    let project = four_sundays(TWO_PAIRS);
    let first =
        shoes(&project, &["set", "pegasus 40", "--comfort", "5", "--drop-mm", "10", "--note", "blue"]);
    let dry = shoes(&project, &["set", "Pegasus 40", "--comfort-now", "3", "--dry-run"]);
    let second = shoes(&project, &["set", "Pegasus 40", "--comfort-now", "3"]);
    let third = shoes(&project, &["set", "Pegasus 40", "--comfort-now", "3"]);
    let said: String = [first, dry, second, third].iter().map(Said::all).collect();
    let shown = |format: &str| project.treadlight(&["shoes", "runs", "--format", format]).out;
    assert_snapshot!(said + &settings_of(&project) + &shown("text") + &shown("csv"));
    let json = project.json(&["check", "runs", "--format", "json"]);
    let pair = &json["shoes"][0];
    let fit = ["note", "comfort_at_purchase", "comfort_now", "drop_mm", "stack_mm"]
        .map(|key| pair[key].to_string());
    assert_eq!(fit, ["\"blue\"", "5", "3", "10.0", "null"]);
    assert_eq!(project.treadlight(&["report", "runs", "--out", "out"]).code, 0);
    let page = fs::read_to_string(project.path().join("out/report.html")).unwrap();
    assert!(page.contains("comfort 5 of 5 at purchase, 3 now; drop 10 mm; note: blue"));
}

#[test]
fn nothing_is_computed_from_how_a_pair_fits() {
    let plain = four_sundays(TWO_PAIRS);
    let fitted = four_sundays(TWO_PAIRS);
    shoes(
        &fitted,
        &["set", "Pegasus 40", "--comfort", "1", "--comfort-now", "1", "--drop-mm", "30", "--stack-mm", "0"],
    );
    let check = |project: &Project| project.treadlight(&["check", "runs"]).out;
    assert_eq!(check(&plain), check(&fitted));
}

#[test]
fn without_settings_the_first_pair_makes_them() {
    let project = Project::new();
    let file = project.path().join("home/.config/treadlight/treadlight.toml");
    let dry = project.treadlight(&["shoes", "add", "Ghost 15", "--dry-run"]);
    let told = "+ [[shoes]]\n+ name = \"Ghost 15\"\n\nNo folder is known: name one with `--folder FOLDER` to see your \
                history.\n\nNothing was written.\n";
    assert!(dry.out.ends_with(told) && !file.exists(), "{}", dry.all());
    let said = project.treadlight(&["shoes", "add", "Ghost 15"]);
    let told = format!(
        "added Ghost 15, window 300 mi to 500 mi, in {} (new: there were no settings)\n",
        file.display()
    );
    if !cfg!(windows) && !cfg!(target_os = "macos") {
        assert_eq!((said.code, said.out), (0, told));
        assert_eq!(fs::read_to_string(file).unwrap(), "[[shoes]]\nname = \"Ghost 15\"\n");
    }
    let said = project.treadlight(&["shoes", "retire", "Ghost 15", "--config", "none.toml"]);
    assert_eq!(said.err, "error: settings `none.toml` do not exist: `treadlight init` writes some\n");
}

#[test]
fn a_pair_is_retired_and_gains_nothing_after_its_last_day() {
    let project = four_sundays(TWO_PAIRS);
    let retire = ["retire", "PEGASUS 40", "--on", "2026-03-08"];
    let dry = shoes(&project, &[&retire[..], &["--dry-run", "--folder", "runs"]].concat());
    let said = shoes(&project, &retire);
    assert_snapshot!(dry.all() + &said.all() + &settings_of(&project));
    assert_eq!(pairs_of(&project), km(&[("Pegasus 40", 30), ("Spéedgoat", 0)]));
    let today = shoes(&project, &["retire", "speedgoat"]);
    assert!(today.out.starts_with("Spéedgoat has its last day on "), "{}", today.all());
}

#[test]
fn a_run_is_assigned_by_id_by_date_or_as_the_last_one() {
    let project = four_sundays(&format!(
        "{TWO_PAIRS}[runs]\n\"2026-03-08T08:03\" = {{ note = \"windy\" }}  # a note\n"
    ));
    project.run("2026-03-15T18:00:00+01:00", 5_000.0);
    let assign = |run: &str, more: &[&str]| {
        shoes(&project, &[&["assign", run, "speedgoat", "--folder", "runs"], more].concat()).all()
    };
    let mut told = assign("2026-03-08T08:00", &["--dry-run"]);
    for (run, more) in [
        ("2026-03-08T08:00", &[][..]),
        ("2026-03-01", &[]),
        ("2026-03-15", &[]),
        ("2026-03-15", &["--all"]),
        ("last", &[]),
        ("last", &[]),
        ("last", &["--as-of", "2026-03-02"]),
    ] {
        told += &assign(run, more);
    }
    assert_snapshot!(told + &settings_of(&project));
    assert_eq!(pairs_of(&project), km(&[("Pegasus 40", 0), ("Spéedgoat", 55)]));
}

#[test]
fn a_rule_is_added_and_the_runs_that_it_moves_are_shown_first() {
    let project = four_sundays(TWO_PAIRS);
    let rule = |arguments: &[&str]| shoes(&project, &[&["rule", "speedgoat"], arguments].concat()).all();
    let told = rule(&["--file", "hills/", "--dry-run", "--folder", "runs"])
        + &rule(&["--file", "hills/"])
        + &rule(&["--sub-sport", "Trail Run", "--weekday", "sun,saturday", "--distance", "..12km"])
        + &rule(&["--file", "hills/", "--from", "2026-03-02"]);
    assert_snapshot!(told + &settings_of(&project));
    assert_eq!(pairs_of(&project), km(&[("Pegasus 40", 42), ("Spéedgoat", 8)]));
}

#[test]
fn a_pair_is_renamed_wherever_it_is_named_and_keeps_its_runs() {
    let project = four_sundays(&format!(
        "{TWO_PAIRS}\n[[shoe_rules]]\nshoe = \"speedgoat\"  # hills\nsub_sport = \"trail\"\n\n\
         [runs]\n\"2026-03-01T08:00\" = {{ shoe = \"SPEEDGOAT\" }}\n"
    ));
    let before = pairs_of(&project);
    let rename = ["rename", "Speedgoat", "Green pair"];
    let dry = shoes(&project, &[&rename[..], &["--dry-run", "--folder", "runs"]].concat());
    let said = shoes(&project, &rename);
    assert_snapshot!(dry.all() + &said.all() + &settings_of(&project));
    assert_eq!(pairs_of(&project)[1], ("Green pair".to_owned(), before[1].1));
}

/// Strava's ten columns of 2019: hand-typed runs in a pair each, and a bike ride.
fn strava_export(project: &Project) {
    let mut index =
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,\
                     Distance,Commute,Activity Gear,Filename\n"
            .to_owned();
    for (day, sport, gear) in [
        (1, "Run", "Red 1"),
        (2, "Run", "Brand Model 3"),
        (3, "Run", "brand model 2 RED 1"),
        (4, "Run", "Elsewhere"),
        (5, "Ride", "Bike"),
        (6, "Run", "Elsewhere"),
    ] {
        index += &format!("{day},\"Mar {day}, 2026, 7:00:00 AM\",,{sport},,3600,10.00,false,{gear},\n");
    }
    project.write("strava/activities.csv", index).write(
        "strava/shoes.csv",
        "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nRed 1,Brand,Model 2,\"\"\n\"\",Brand,Model 3,\"\"\n\
         New,Brand,Model 4,Run\n",
    );
}

#[test]
fn an_exports_pairs_are_added_once_and_keep_their_runs() {
    let project = Project::new();
    strava_export(&project);
    project.run("2026-03-10T08:00:00+01:00", 10_000.0);
    project.settings(
        "as_of = 2026-03-31\ntimezone = \"Europe/Berlin\"\n[[shoes]]\nname = \"elsewhere\"  # mine\n",
    );
    let import = ["import", "strava"];
    let dry = shoes(&project, &[&import[..], &["--dry-run"]].concat());
    let once = shoes(&project, &import);
    let text = settings_of(&project);
    let twice = shoes(&project, &import);
    assert_eq!(settings_of(&project), text, "twice changes nothing");
    assert_snapshot!(dry.all() + &once.all() + &twice.all() + &text);
    let shoes = project.json(&["shoes", "strava", "--config", SETTINGS, "--format", "json"]);
    let runs: Vec<(&str, u64)> = shoes["shoes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|shoe| (shoe["name"].as_str().unwrap(), shoe["runs"].as_u64().unwrap()))
        .collect();
    assert_eq!(runs, [("elsewhere", 2), ("Red 1", 2), ("Brand Model 3", 1), ("New", 0)]);
}

#[test]
fn garmins_pairs_are_added_too_and_an_export_without_any_says_so() {
    let project = Project::new();
    project.run("2026-03-10T08:00:00+01:00", 10_000.0).settings("as_of = 2026-03-31\n");
    let none = shoes(&project, &["import", "runs"]);
    assert_eq!(
        (none.code, none.err.as_str()),
        (
            2,
            "error: no shoes in this export: neither `shoes.csv` nor its list of activities names any (Strava's have to be in English)\n"
        )
    );
    project.write(
        "runs/me_gear.json",
        r#"[{"gearDTOS":[{"gearPk":1,"displayName":"Grün","gearTypeName":"Shoes"},
            {"gearPk":2,"displayName":"Bike","gearTypeName":"Bike"}],"gearActivityDTOs":{}}]"#,
    );
    let said = shoes(&project, &["import", "runs"]);
    assert!(said.out.starts_with("added 1 pair without a first day: Grün, in "), "{}", said.all());
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of what cannot be")]
fn what_cannot_be_is_an_error_and_leaves_the_file_as_it_was() {
    let text = format!(
        "{TWO_PAIRS}[[shoe_rules]]\nshoe = \"Spéedgoat\"\nsub_sport = \"trail\"\n\
         [runs]\n\"2026-03-01T08:00\" = {{ note = \"x\" }}\n"
    );
    let project = four_sundays(&text);
    project.run("2026-02-22T08:00:00+01:00", 10_000.0);
    let before = settings_of(&project);
    for (arguments, error) in [
        (
            &["add", "PEGASUS  40"][..],
            "`Pegasus 40` stands in runs/treadlight.toml already: give the new pair its own name, such as `PEGASUS  40 2`",
        ),
        (
            &["add", "b", "--default"],
            "`runs/treadlight.toml` is left as it was: `Pegasus 40` and `b` are both `default` on the same days: set `retired` for one or `from` for the other",
        ),
        (
            &["add", "b", "--window", "500mi..300mi"],
            "`500mi..300mi` ends before it starts: write the shorter one first",
        ),
        (&["add", "b", "--window", "500mi.."], "`500mi..` has one end only: write it like `300mi..500mi`"),
        (&["add", "b", "--prior", "35"], "`35` has no unit: write it like `35 km` or `300 mi`"),
        (&["add", " "], "a pair of shoes needs a name"),
        (&["add", "b", "--comfort", "6"], "6 is not in 1..=5"),
        (
            &["add", "b", "--drop-mm", "300"],
            "`runs/treadlight.toml` is left as it was: `drop_mm` lies between -10 and 30, not at 300",
        ),
        (&["set", "pegasus 40"], "say how it fits: `--note TEXT`, `--comfort 1-5`"),
        (&["set", "pegsus", "--comfort", "4"], "no pair is named `pegsus`: did you mean `Pegasus 40`?"),
        (&["set", "pegasus 40", "--stack-mm", "nan"], "`stack_mm` lies between 0 and 100, not at NaN"),
        (
            &["retire", "Pegasus 40", "--on", "2026-02-28"],
            "`Pegasus 40` has its first day on 2026-03-01: its last cannot be 2026-02-28; name another with `--on DATE`",
        ),
        (&["retire", "pegsus"], "no pair is named `pegsus`: did you mean `Pegasus 40`?"),
        (&["retire", "xyz"], "no pair is named `xyz`: add it with `treadlight shoes add` first"),
        (
            &["rename", "speedgoat", "pegasus 40"],
            "another pair is named `Pegasus 40` already: choose a name of its own",
        ),
        (
            &["assign", "2026-02-22", "pegasus 40", "--folder", "runs"],
            "`Pegasus 40` has its first day on 2026-03-01, and the run is of 2026-02-22: change its `from`, or name another pair",
        ),
        (
            &["assign", "2026-03-02", "pegasus 40", "--folder", "runs"],
            "no run on 2 Mar 2026: `treadlight runs` lists all",
        ),
        (
            &["assign", "2026-03-01T08:01", "pegasus 40", "--folder", "runs"],
            "no run `2026-03-01T08:01`: did you mean `2026-03-01T08:00`?",
        ),
        (
            &["assign", "last", "pegasus 40"],
            "no folder is known in which to look for `last`: name one with `--folder FOLDER`",
        ),
        (&["rule", "speedgoat"], "the following required arguments were not provided"),
        (
            &["rule", "speedgoat", "--sub-sport", "trail", "--weekday", "sunday"],
            "a rule for `Spéedgoat` with sub_sport = \"trail\", weekday = \"sunday\" would never fit: rule 1 takes all its runs first",
        ),
        (
            &["rule", "speedgoat", "--sport", "cycling"],
            "a rule for `Spéedgoat` with sport = \"cycling\" would never fit: shoes gain runs only",
        ),
        (
            &["rule", "pegasus 40", "--until", "2026-02-01"],
            "a rule for `Pegasus 40` with until = 2026-02-01 would never fit: `Pegasus 40` is not in use on its days",
        ),
        (&["rule", "speedgoat", "--weekday", "funday"], "write days like `saturday,sunday`"),
        (&["rule", "speedgoat", "--file", "a**"], "recursive wildcards must form a single path component"),
    ] {
        let said = shoes(&project, arguments);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}");
        assert!(said.err.contains(error), "{arguments:?}: {}", said.err);
        assert_eq!(settings_of(&project), before, "{arguments:?}");
    }
}

#[test]
fn broken_settings_are_named_with_their_line_and_not_edited() {
    let project = Project::new();
    project.settings("units = \"km\"\n[[shoes]]\nname = \"a\"\nretird = 2026-01-01\n");
    let said = shoes(&project, &["retire", "a"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (
            2,
            "error: cannot use the settings: `runs/treadlight.toml` line 4: unknown key `retird`: did you mean `retired`?\n"
        )
    );
}

#[test]
fn a_run_in_a_pair_not_yet_bought_and_a_rule_that_never_fits_are_noticed() {
    let project = four_sundays(
        "[[shoes]]\nname = \"a\"\nfrom = 2026-03-02\ndefault = true\n\
         [[shoe_rules]]\nshoe = \"a\"\nuntil = 2026-03-01\n\
         [runs]\n\"2026-03-01T08:00\" = { shoe = \"a\" }\n",
    );
    let said = project.treadlight(&["shoes", "runs"]);
    assert_eq!(
        said.err,
        "notice: [runs] in treadlight.toml gives `a` 1 run before its first day, 2 Mar 2026 (1 Mar 2026): in no pair\n\
         notice: rule 1 of [[shoe_rules]] (until = 2026-03-01) never fits: `a` is not in use on its days\n"
    );
    assert_eq!(pairs_of(&project), km(&[("a", 40)]));
    assert_eq!(project.treadlight(&["shoes", "runs", "-q"]).err, "");
}

#[test]
fn help_of_every_shoe_command() {
    let project = Project::new();
    let help = |command: &str| project.treadlight(&["shoes", command, "--help"]).all();
    let all: String = ["add", "retire", "assign", "set", "rule", "rename", "import"].map(help).concat();
    assert_snapshot!(project.treadlight(&["shoes", "--help"]).all() + &all);
}

#[test]
fn a_folder_that_is_called_like_a_command_is_named_by_its_path() {
    let project = Project::new();
    project.write("add/a.fit", crate::project::fit_run("2026-03-01T08:00:00+01:00", 5_000.0));
    let path = Path::new(".").join("add");
    let said = project.treadlight(&["shoes", path.to_str().unwrap(), "--as-of", "2026-03-02"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let mistyped = project.treadlight(&["shoes", "retir", "Ghost 15"]);
    let error = "error: the folder `retir` does not exist: did you mean `treadlight shoes retire`?\n";
    assert_eq!((mistyped.code, mistyped.err.as_str()), (2, error));
}

/// Pairs with days of their own, rules that overlap, and gear that the settings do not know.
const ROTATION: &str = "[[shoes]]\nname = \"Old\"\nretired = 2025-09-30\ndefault = true\nprior_distance = \"100 km\"\n\
    [[shoes]]\nname = \"New\"\nfrom = 2025-10-05\nretired = 2026-03-31\ndefault = true\ngear = [\"Brand New\"]\n\
    [[shoes]]\nname = \"Hills\"\nkind = \"trail\"\nfrom = 2025-07-01\n\
    [[shoe_rules]]\nshoe = \"hills\"\nsub_sport = \"trail\"\n\
    [[shoe_rules]]\nshoe = \"new\"\ndistance = \"20 km..\"\n\
    [[shoe_rules]]\nshoe = \"old\"\nweekday = [\"saturday\", \"sunday\"]\n";

fn worn_runs() -> impl Strategy<Value = Vec<Activity>> {
    let names = || {
        prop::option::weighted(0.3, prop::sample::select(vec!["OLD", "brand new", "Hi\u{301}LLS", "Lent"]))
    };
    let run = (0..400_i64, 0..40_000_i64, names(), names(), any::<bool>());
    prop::collection::vec(run, 0..60).prop_map(|rows| {
        let first = DateTime::parse_from_rfc3339("2025-06-02T08:00:00+02:00").unwrap();
        let mut runs: Vec<Activity> = rows
            .into_iter()
            .map(|(day, meters, gear, own, trail)| Activity {
                distance_m: Some(meters as f64),
                gear: gear.map(str::to_owned),
                shoe: own.filter(|name| !["Lent", "brand new"].contains(name)).map(str::to_owned),
                sub_sport: trail.then(|| "trail".to_owned()),
                ..Activity::new("a.fit", Format::Fit, Sport::running(), first + Duration::days(day))
            })
            .collect();
        runs.sort_by_key(|run| run.start);
        runs
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_metre_is_in_one_pair_or_in_none_and_no_pair_gains_outside_its_days(runs in worn_runs()) {
        let settings = parse(ROTATION).unwrap();
        let shoes = treadlight::analysis::shoes::shoes(&runs, &settings, "2026-12-31".parse().unwrap());
        let gained: i64 = shoes.pairs.iter().map(|pair| pair.distance_m - pair.settings.prior_distance_m).sum();
        let total: i64 = runs.iter().map(Activity::whole_meters).sum();
        prop_assert_eq!(gained + shoes.unassigned_m, total);
        prop_assert_eq!(shoes.pair_of_run.len(), runs.len());
        for ((run, pair), because) in runs.iter().zip(&shoes.pair_of_run).zip(&shoes.because_of_run) {
            let has_a_reason = !matches!(because, Because::Nothing | Because::NotItsDays { .. });
            prop_assert_eq!(pair.is_some(), has_a_reason);
            if let Some(pair) = pair {
                prop_assert!(shoes.pairs[*pair].settings.in_use_on(run.local_date()));
            }
            let by_own_entry = match because {
                Because::OwnEntry => Some(true),
                Because::Gear => Some(false),
                Because::NotItsDays { by_own_entry, .. } => Some(*by_own_entry),
                Because::Rule(_) | Because::Default | Because::Nothing => None,
            };
            let named = run.shoe.is_some() || run.gear.is_some();
            prop_assert_eq!(by_own_entry, named.then_some(run.shoe.is_some()));
        }
    }
}

#[test]
fn without_a_terminal_ask_prints_commands_that_do_what_they_say() {
    let project = Project::new();
    for day in 1..6 {
        project.run(&format!("2026-03-0{day}T08:00:00+01:00"), 8_000.0);
    }
    project.settings(
        "as_of = 2026-03-10\n[[shoes]]\nname = \"it's mine\"\n[[shoe_rules]]\nshoe = \"it's mine\"\nuntil = 2026-03-03\n",
    );
    let asked = project.treadlight(&["shoes", "ask", "--folder", "runs"]);
    assert_eq!(asked.code, 0, "{}", asked.err);
    insta::assert_snapshot!("shoes_ask", asked.out);
    let program = assert_cmd::cargo::cargo_bin("treadlight");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let lines = std::process::Command::new("sh")
        .args(["-e", "-c", &asked.out])
        .current_dir(project.path())
        .env("PATH", path)
        .output();
    let Ok(lines) = lines else {
        println!("skipped: no shell here");
        return;
    };
    assert!(lines.status.success(), "{}", String::from_utf8_lossy(&lines.stderr));
    let again = project.treadlight(&["shoes", "ask", "--folder", "runs"]);
    assert_eq!(again.out, "Every run is in a pair.\n");
}

#[test]
fn the_readme_says_how_often_the_first_suggestion_is_right() {
    use treadlight::{
        analysis::shoes::{assignment::assign, suggest::suggest},
        commands::{Options, load::read},
    };
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let loaded =
        read(&Options { folders: vec![sample], no_cache: true, quiet: true, ..Options::default() }).unwrap();
    let (runs, known) = (&loaded.import.runs, assign(&loaded.import.runs, &loaded.settings));
    let before = |at: usize| known.pair_of_run[..at].iter().rev().copied().flatten();
    let has_choice = |at: &usize| before(*at).any(|pair| before(*at).next() != Some(pair));
    let asked: Vec<(usize, usize)> =
        (0..runs.len()).filter(has_choice).filter_map(|at| Some((at, known.pair_of_run[at]?))).collect();
    let first = |(at, worn): &&(usize, usize)| {
        suggest(runs, &known, *at, known.pairs.len()).first().is_some_and(|pair| pair.pair == *worn)
    };
    let last = |(at, worn): &&(usize, usize)| before(*at).next() == Some(*worn);
    let (right, worn_last) = (asked.iter().filter(first).count(), asked.iter().filter(last).count());
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let said = format!("right in {right} of {}, the pair\nworn last in {worn_last}", asked.len());
    assert!(readme.contains(&said), "{said}");
}
