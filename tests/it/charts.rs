//! The PNG files that `report` writes.

use std::{fs, io::Cursor};

use crate::project::{Project, said};

/// The charts of a report, by their files.
pub(crate) const CHARTS: [&str; 9] = [
    "weekly-mileage.png",
    "long-runs.png",
    "training-calendar.png",
    "year-over-year.png",
    "acute-chronic.png",
    "monotony.png",
    "cadence.png",
    "shoes.png",
    "knee.png",
];

/// Width, height and pixels of a PNG file.
pub(crate) fn decode(bytes: Vec<u8>) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

#[test]
fn report_writes_nine_charts_of_1600_by_900_that_are_not_blank() {
    let sample = Project::sample();
    assert_eq!(sample.treadlight(&["report", "runs", "--out", "out"]).code, 0);
    for chart in CHARTS {
        let (width, height, pixels) = decode(fs::read(sample.path().join("out").join(chart)).unwrap());
        assert_eq!((width, height), (1600, 900), "{chart}");
        let background = &pixels[..3];
        let drawn = pixels.chunks_exact(3).filter(|pixel| *pixel != background).count();
        assert!(drawn > 20_000, "{chart}: only {drawn} pixels are drawn");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_time_zone() {
    let sample = Project::sample();
    for (zone, out) in [("Pacific/Auckland", "a"), ("America/New_York", "b")] {
        assert_eq!(said(sample.command(&["report", "runs", "--out", out]).env("TZ", zone)).code, 0);
    }
    for file in CHARTS.iter().chain(&["warnings.txt", "report.html"]) {
        let read = |out: &str| fs::read(sample.path().join(out).join(file)).unwrap();
        assert!(read("a") == read("b"), "{file} differs");
    }
}

#[test]
fn a_history_of_one_run_and_a_folder_of_rides_have_charts_too() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 5_000.0);
    project
        .write("rides/ride.fit", crate::project::fit_activity("2026-03-01T08:00:00+01:00", 30_000.0, 2, 0));
    for (folder, out) in [("runs", "one"), ("rides", "none")] {
        let said =
            project.treadlight(&["report", folder, "--out", out, "--as-of", "2026-03-02", "--span", "all"]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert_eq!(
            fs::read_dir(project.path().join(out)).unwrap().count(),
            9,
            "seven charts, as there is no knee diary and no cadence, the page and the text"
        );
    }
}

#[test]
fn charts_come_in_two_sizes_and_no_other() {
    let sample = Project::sample();
    let said = sample.treadlight(&["report", "runs", "--out", "out", "--scale", "2"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for chart in CHARTS {
        let (width, height, _) = decode(fs::read(sample.path().join("out").join(chart)).unwrap());
        assert_eq!((width, height), (3200, 1800), "{chart}");
    }
    let said = sample.treadlight(&["report", "runs", "--out", "none", "--scale", "3"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("write 1 for pictures of 1600 by 900 pixels, or 2 for 3200 by 1800"),
        "{}",
        said.err
    );
    assert!(!sample.path().join("none").exists());
}

#[test]
fn a_name_that_the_font_lacks_is_latin_in_the_picture_and_itself_on_the_page() {
    let drawn = |name: &str| {
        let project = Project::new();
        project.run("2026-03-01T08:00:00+01:00", 5_000.0);
        project.settings(&format!("[[shoes]]\nname = \"{name}\"\ndefault = true\n"));
        let said = project.treadlight(&["report", "runs", "--out", "out", "--as-of", "2026-03-02"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let read = |file: &str| fs::read(project.path().join("out").join(file)).unwrap();
        (read("shoes.png"), String::from_utf8(read("report.html")).unwrap())
    };
    let (picture, page) = drawn("アシックス 👟 Üla");
    assert!(picture == drawn("ashitkusu · Üla").0, "boxes, or another writing");
    assert!(page.contains(">アシックス 👟 Üla<"));
}

#[test]
fn the_longer_the_span_the_coarser_the_charts() {
    let project = Project::new();
    for year in 2016..=2025 {
        project.run(&format!("{year}-06-01T08:00:00+02:00"), 10_000.0);
    }
    let title = |span: &str| {
        let said =
            project.treadlight(&["report", "runs", "--out", span, "--as-of", "2025-11-20", "--span", span]);
        assert_eq!(said.code, 0, "{}", said.err);
        let page = fs::read_to_string(project.path().join(span).join("report.html")).unwrap();
        let start = page.find("ly mileage: ").unwrap();
        let text = page[..start].rsplit('>').next().unwrap().to_owned();
        text + page[start..].split('<').next().unwrap()
    };
    assert_eq!(title("3"), "Weekly mileage: 0.0 km so far this week, 0.0 km the week before");
    assert_eq!(title("104"), "Weekly mileage: 0.0 km so far this week, 0.0 km the week before");
    assert_eq!(title("105"), "Weekly mileage: 0.0 km so far this week, 0.0 km the week before");
    assert_eq!(title("156"), "Monthly mileage: 0 km so far in November, 0 km in October");
    assert_eq!(title("all"), "Yearly mileage: 10 km so far in 2025, 10 km in 2024");
}
