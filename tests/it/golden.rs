//! The charts of the sample data against pictures that were looked at: `tests/it/golden/`.
//!
//! `UPDATE_GOLDEN=1 cargo test --test it golden` renews them; look at what changed before you commit it. They are kept with four
//! bits a channel, which makes them small and hides nothing that the tolerance would see.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    charts::{CHARTS, decode},
    project::Project,
};

/// A pixel differs if one of its channels does by more than this, of 255.
const STEP: u8 = 40;
/// So many pixels of 1,440,000 may differ: fewer than a digit of the smallest text has.
const MOST_DIFFERENT: usize = 40;
/// Colours of the picture of differences.
const SAME: [u8; 3] = [255, 255, 255];
const KEPT: [u8; 3] = [205, 205, 205];
const DIFFERENT: [u8; 3] = [208, 0, 0];

/// Rows from the top, three bytes a pixel.
struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Picture {
    fn read(path: &Path) -> Option<Self> {
        let (width, height, rgb) = decode(fs::read(path).ok()?);
        Some(Self { width, height, rgb })
    }

    fn write(&self, path: &Path) {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.write_header().unwrap().write_image_data(&self.rgb).unwrap();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// With four bits a channel.
    fn coarse(&self) -> Self {
        let rgb = self.rgb.iter().map(|&value| (u16::from(value) * 15 / 255 * 17) as u8).collect();
        Self { rgb, ..*self }
    }

    /// How many pixels differ, and a picture of them.
    fn difference(&self, other: &Self) -> (usize, Self) {
        let mut count = 0;
        let pixels = self.rgb.chunks_exact(3).zip(other.rgb.chunks_exact(3)).flat_map(|(one, two)| {
            let differs = one.iter().zip(two).any(|(a, b)| a.abs_diff(*b) > STEP);
            count += usize::from(differs);
            let is_paper = one.iter().all(|value| *value > 230);
            if differs {
                DIFFERENT
            } else if is_paper {
                SAME
            } else {
                KEPT
            }
        });
        let rgb = pixels.collect();
        (count, Self { rgb, ..*self })
    }
}

fn golden(chart: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(chart)
}

/// What is wrong with a chart, if anything.
fn complaint(chart: &str, drawn: &Picture) -> Option<String> {
    let folder = std::env::temp_dir().join("treadlight-golden");
    let renew = "UPDATE_GOLDEN=1 cargo test --test it golden";
    let Some(kept) = Picture::read(&golden(chart)) else {
        return Some(format!("{chart}: there is no picture to compare with; `{renew}` makes it"));
    };
    let new = folder.join(chart);
    if (kept.width, kept.height) != (drawn.width, drawn.height) {
        drawn.write(&new);
        return Some(format!("{chart}: another size; drawn: {}", new.display()));
    }
    let (count, difference) = drawn.difference(&kept);
    if count <= MOST_DIFFERENT {
        return None;
    }
    let differences = folder.join(format!("difference-{chart}"));
    drawn.write(&new);
    difference.write(&differences);
    Some(format!(
        "{chart}: {count} pixels differ; drawn: {}, what differs: {}; if it should look so: `{renew}`",
        new.display(),
        differences.display()
    ))
}

#[test]
fn the_charts_of_the_sample_data_look_as_they_did_when_they_were_looked_at() {
    let sample = Project::sample();
    assert_eq!(sample.treadlight(&["report", "runs", "--out", "out"]).code, 0);
    let mut complaints = Vec::new();
    for chart in CHARTS {
        let drawn = Picture::read(&sample.path().join("out").join(chart)).unwrap();
        if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
            drawn.coarse().write(&golden(chart));
        }
        complaints.extend(complaint(chart, &drawn));
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_digit_that_changed_is_seen_and_a_shade_is_not() {
    let paper = || Picture { width: 40, height: 40, rgb: vec![255; 40 * 40 * 3] };
    let mut shaded = paper();
    shaded.rgb.iter_mut().for_each(|value| *value -= STEP);
    assert_eq!(paper().difference(&shaded).0, 0);
    let mut digit = paper();
    // six of ten columns of a digit that is 15 pixels high
    (0..15).for_each(|y| (0..6).for_each(|x| digit.rgb[(y * 40 + x) * 3] = 20));
    let (count, picture) = digit.difference(&paper());
    assert!(count > MOST_DIFFERENT);
    assert_eq!(picture.rgb[..3], DIFFERENT);
    assert_eq!(shaded.coarse().difference(&shaded).0, 0);
}
