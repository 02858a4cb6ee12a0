//! The page that `report` writes beside the charts.

use std::{collections::BTreeSet, fs};

use quick_xml::{Reader, escape::escape, events::Event};

use crate::project::Project;

/// The page of a project's runs.
fn page(project: &Project, more: &[&str]) -> String {
    let said = project.treadlight(&[&["report", "runs", "--out", "out"], more].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    fs::read_to_string(project.path().join("out/report.html")).unwrap()
}

/// Every tag with its attributes, in order; fails where the page is not well-formed.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(page);
    let mut tags = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
                });
                let name = tag.name().as_ref().to_owned();
                tags.push((name, attributes.collect()));
            }
            Event::Eof => return tags,
            _ => {}
        }
    }
}

fn attributes_named<'a>(
    tags: &'a [(String, Vec<(String, String)>)],
    name: &'a str,
) -> impl Iterator<Item = &'a str> {
    let all = tags.iter().flat_map(|(_, attributes)| attributes);
    all.filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_beside_it() {
    let page = page(&Project::sample(), &[]);
    let tags = tags(&page);
    for forbidden in ["link", "img", "iframe", "object"] {
        assert!(tags.iter().all(|(name, _)| name != forbidden), "<{forbidden}>");
    }
    let scripts: Vec<_> = tags.iter().filter(|(name, _)| name == "script").collect();
    assert!(scripts.len() == 1 && scripts[0].1.is_empty(), "one script of its own: {scripts:?}");
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"));
    assert_eq!(tags.iter().filter(|(name, _)| name == "main" || name == "h1").count(), 2);
    assert!(attributes_named(&tags, "href").all(|link| link.starts_with("https://doi.org/10.")));
    assert_eq!(page.matches("://").count(), page.matches("https://doi.org/").count());
    assert!(!page.contains("url(") && !page.contains("@import"));
}

#[test]
fn every_chart_has_a_title_and_a_description_and_every_id_is_unique() {
    let page = page(&Project::sample(), &[]);
    let tags = tags(&page);
    let ids: Vec<&str> = attributes_named(&tags, "id").collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    let labels: Vec<&str> = attributes_named(&tags, "aria-labelledby").collect();
    assert_eq!(labels.len(), 2 * 9, "each chart once for desktops and once for phones");
    for label in labels.iter().flat_map(|label| label.split(' ')) {
        assert!(unique.contains(label), "{label}");
    }
}

#[test]
fn every_warning_of_the_year_stands_in_the_page() {
    let sample = Project::sample();
    let page = page(&sample, &[]);
    let check = sample.json(&["check", "runs", "--format", "json"]);
    let warnings = check["warnings"].as_array().unwrap();
    assert!(warnings.len() > 5);
    for warning in warnings {
        // the fact is the first sentence
        let fact = warning["message"].as_str().unwrap().split(". ").next().unwrap();
        assert!(page.contains(&*escape(fact)), "{fact}");
    }
    let cap = "up to 16.5 km until 22 Nov";
    assert!(page.contains(cap) && page.contains("Keep every run at 16.5 km or less until 22 Nov."));
}

#[test]
fn the_arithmetic_is_what_explain_prints() {
    let sample = Project::sample();
    let page = page(&sample, &[]);
    for what in ["2026-11-08", "caps"] {
        let said = sample.treadlight(&["explain", "runs", what, "--color", "never"]);
        assert!(page.contains(&*escape(said.out.trim_end())), "{what}");
    }
}

#[test]
fn names_of_shoes_and_of_files_never_become_markup() {
    let project = Project::new();
    let evil = "<script>alert('x')</script> & \"co\"";
    project.run("2026-03-01T08:00:00+01:00", 5_000.0).run("2026-03-04T08:00:00+01:00", 6_000.0);
    project.settings(&format!(
        "[[shoes]]\nname = {}\nfrom = 2026-01-01\ndefault = true\n",
        toml::Value::from(evil)
    ));
    if cfg!(unix) {
        project.write("runs/<img src=x onerror=alert(1)>&.gpx", "<gpx><trk></trk></gpx>");
    }
    let page = page(&project, &["--as-of", "2026-03-05"]);
    tags(&page);
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    assert!(!page.contains("<img"));
    assert!(page.contains("&lt;script&gt;alert("));
    assert_eq!(page.contains("&lt;img src=x onerror"), cfg!(unix));
}

#[test]
fn the_page_tells_no_path_outside_of_the_folder_and_no_position() {
    let sample = Project::sample();
    let folder = sample.path().join("runs");
    let said = sample.treadlight(&["report", folder.to_str().unwrap(), "--out", "out"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let page = fs::read_to_string(sample.path().join("out/report.html")).unwrap();
    assert!(!page.contains(sample.path().to_str().unwrap()));
    assert!(!page.contains("lat=") && !page.to_lowercase().contains("serial"));
}

#[test]
fn a_history_without_a_run_and_one_of_a_single_run_have_a_page_too() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 5_000.0);
    let one = page(&project, &["--as-of", "2026-03-02", "--span", "all"]);
    tags(&one);
    assert!(one.contains("not enough data") && one.contains("<svg"));
    let none = page(&project, &["--as-of", "2026-02-02"]);
    tags(&none);
    assert!(none.contains("No runs in your files yet.") && !none.contains("NaN"));
}

#[test]
fn check_as_markdown_for_mail() {
    let sample = Project::sample();
    insta::assert_snapshot!(sample.treadlight(&["check", "runs", "--format", "markdown"]).out);
}

#[test]
fn quiet_is_one_line_that_says_what_to_do() {
    let sample = Project::sample();
    let line = sample.treadlight(&["check", "runs", "-q"]).out;
    assert_eq!(
        line,
        "Long-run spike on Sun 8 Nov. Keep every run at 16.5 km or less until 22 Nov. (+1 more)\n"
    );
    // only shoes are left to tell of
    let line = sample.treadlight(&["check", "runs", "-q", "--as-of", "2026-09-28"]).out;
    assert_eq!(
        line,
        "Shoes: Vaporfly 3 has 101 mi: it entered its 100–250 mi window on Sun 27 Sep. \
         Look at the soles and plan the next pair.\n"
    );
}
