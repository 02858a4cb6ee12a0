//! Tables of one runner: the days, and Parquet that other programs read as `docs/tables.md` says.

use std::{fs, path::Path, process::Command};

use insta::assert_snapshot;
use treadlight::columns::parquet::read::ParquetTable;

use crate::project::Project;

/// Runs on two of four days, the second day with two of them.
fn runner() -> Project {
    let project = Project::new();
    project
        .run("2026-03-01T08:00:00+01:00", 10_000.0)
        .run("2026-03-03T08:00:00+01:00", 6_000.0)
        .run("2026-03-03T18:00:00+01:00", 3_000.0);
    project
}

fn table<'a>(name: &'a str, format: &'a str) -> [&'a str; 6] {
    [name, "runs", "--as-of", "2026-03-04", "--format", format]
}

#[test]
fn every_calendar_day_has_a_row_also_one_without_a_run() {
    let project = runner();
    assert_snapshot!("days_as_text", project.treadlight(&table("days", "table")).all());
    assert_snapshot!("days_as_csv", project.treadlight(&table("days", "csv")).all());
    assert_snapshot!("days_as_json", project.treadlight(&table("days", "json")).all());
}

#[test]
fn parquet_has_the_columns_of_csv_and_needs_a_file() {
    let project = runner();
    for name in ["runs", "days", "weeks"] {
        let refused = project.treadlight(&table(name, "parquet"));
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
        assert!(refused.err.contains("name a file for it with `--output FILE`"), "{}", refused.err);
        let file = format!("{name}.parquet");
        let arguments = [&table(name, "parquet")[..], &["--output", &file]].concat();
        let said = project.treadlight(&arguments);
        assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
        let parquet = ParquetTable::open(fs::File::open(project.path().join(file)).unwrap()).unwrap();
        let csv = project.treadlight(&table(name, "csv")).out;
        assert_eq!(parquet.names().join(","), csv.lines().next().unwrap(), "{name}");
    }
}

/// The blocks of a language in `docs/tables.md`.
fn blocks(language: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tables.md");
    let page = fs::read_to_string(page).unwrap();
    let begins = format!("```{language}\n");
    let blocks = page.split(&begins).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned());
    blocks.collect()
}

/// What a program prints in a folder; `None` where it, or what it needs, is not here.
fn printed(folder: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn r_python_and_duckdb_read_parquet_as_the_documents_say() {
    let project = runner();
    let arguments = [&table("days", "parquet")[..], &["--output", "days.parquet"]].concat();
    assert_eq!(project.treadlight(&arguments).code, 0);
    let python = std::env::var("TREADLIGHT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let run = |program: &str, flag: &str, probe: &str, code: &str| {
        if printed(project.path(), program, &[flag, probe]).is_none() {
            println!("skipped: no `{probe}` for {program} here");
            return;
        }
        let said = printed(project.path(), program, &[flag, code]);
        assert!(said.as_ref().is_some_and(|said| said.contains("19000")), "{code}: {said:?}");
    };
    let (in_python, in_r, in_sql) = (blocks("python"), blocks("r"), blocks("sql"));
    assert_eq!((in_python.len(), in_r.len(), in_sql.len()), (2, 1, 1));
    run(&python, "-c", "import polars", &in_python[0]);
    run(&python, "-c", "import pandas, pyarrow", &in_python[1]);
    run("Rscript", "-e", "library(arrow)", &in_r[0]);
    let in_duckdb = format!("import duckdb\nprint(duckdb.sql(\"\"\"{}\"\"\"))", in_sql[0]);
    run(&python, "-c", "import duckdb", &in_duckdb);
}
