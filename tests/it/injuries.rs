//! `replay --injuries`: one runner's injuries beside the alarms, in counts and words.

use insta::assert_snapshot;

use crate::project::Project;

/// Two days after the spike of 12 April; a summer's pain before a break; a fall.
const INJURIES: &str = "date,recovered,kind,site\n\
                        2026-04-14,2026-04-20,overuse,knee\n\
                        2026-08-02,2026-08-18,,shin\n\
                        2026-06-01,2026-06-05,acute,ankle\n\
                        2025-11-20,2025-11-28,overuse,calf\n";

fn sample(injuries: &str) -> Project {
    let sample = Project::sample();
    sample.write("injuries.csv", injuries);
    sample
}

const REPLAY: [&str; 4] = ["replay", "runs", "--injuries", "injuries.csv"];

#[test]
fn hits_misses_and_false_alarms_stand_beside_the_counts_and_no_ratio_does() {
    let said = sample(INJURIES).treadlight(&REPLAY);
    assert_snapshot!(said.all());
    for word in ["risk", "protect", "predict", "ratio", "danger", "safe", "cause"] {
        assert!(!said.out.contains(word), "{word}");
    }
}

#[test]
fn injuries_after_the_day_of_the_report_are_not_known_yet() {
    let sample = sample(INJURIES);
    let replay = |day: &str| sample.treadlight(&[&REPLAY[..], &["--as-of", day]].concat()).out;
    assert!(replay("2026-04-13").contains(": 0 judged"), "{}", replay("2026-04-13"));
    assert!(replay("2026-04-14").contains(": 1 judged"), "{}", replay("2026-04-14"));
}

#[test]
fn a_file_of_several_runners_is_refused_with_their_names_and_one_name_is_fine() {
    let ids = |ids: &[&str]| {
        let rows: String = ids.iter().map(|id| format!("{id},2026-04-14\n")).collect();
        sample(&format!("person_id,date\n{rows}")).treadlight(&REPLAY)
    };
    let said = ids(&["Bo", "Al", "Bo"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_eq!(
        said.err,
        "error: injuries `injuries.csv`: rows of 2 runners: `Al`, `Bo`; `replay` is for one: keep the rows of this \
         runner only\n"
    );
    assert_eq!(ids(&["Bo", "Bo"]).code, 0);
    assert!(ids(&["a", "b", "c", "d", "e", "f", "g"]).err.contains("`e` and 2 more"));
}

#[test]
fn a_bad_row_is_told_with_its_line_and_a_missing_column_or_file_ends_it() {
    let said = sample("date,recovered\nlast spring,\n2026-04-14,\n").treadlight(&REPLAY);
    assert_eq!(said.code, 0);
    assert!(
        said.err.contains("notice: injuries `injuries.csv`: line 2: `last spring` is no day"),
        "{}",
        said.err
    );
    assert!(said.out.contains(": 1 judged"), "{}", said.out);
    let said = sample("day\n2026-04-14\n").treadlight(&REPLAY);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(
        said.err.contains("injuries `injuries.csv`: no column `date`: write a first line"),
        "{}",
        said.err
    );
    let said = Project::sample().treadlight(&REPLAY);
    assert!(said.code == 2 && said.err.contains("cannot read the injuries `injuries.csv`"), "{}", said.err);
}

#[test]
fn it_fits_into_every_width_and_is_ascii_where_asked() {
    let sample = sample(INJURIES);
    for columns in ["40", "60", "80"] {
        let text = crate::project::said(sample.command(&REPLAY).env("COLUMNS", columns)).out;
        let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= columns.parse().unwrap(), "{columns}:\n{text}");
    }
    assert!(sample.treadlight(&[&REPLAY[..], &["--ascii"]].concat()).out.is_ascii());
}
