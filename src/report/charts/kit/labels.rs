//! Labels above marks and beside the ends of lines that touch neither each other nor what is drawn.

use super::{
    canvas::{Align, Area, Canvas, Drawn},
    theme::{self, Type},
};

/// Free space between a label and what is below it.
const GAP: f64 = 8.0;
/// A mark further below its label than this is tied to it by a line.
const LOOSE: f64 = 16.0;
/// No label but the first stands further above its mark than this.
const FARTHEST: f64 = 120.0;
/// Free space left and right of a label.
const SIDE: f64 = 8.0;
/// How far a label's last line reaches below its baseline.
const DESCENT: f64 = 5.0;

/// The upper edge of everything drawn, column by column.
pub(crate) struct Skyline {
    bounds: Area,
    tops: Vec<f64>,
    labeled: Vec<bool>,
    farthest: f64,
}

impl Skyline {
    /// Labels stay within `bounds`.
    pub(crate) fn new(bounds: Area) -> Self {
        let columns = theme::WIDTH as usize;
        Self {
            bounds,
            tops: vec![bounds.bottom; columns],
            labeled: vec![false; columns],
            farthest: f64::INFINITY,
        }
    }

    /// Something reaches up to `top` between two columns.
    pub(crate) fn raise(&mut self, left: f64, right: f64, top: f64) {
        for column in columns(left, right) {
            self.tops[column] = self.tops[column].min(top);
        }
    }

    /// Draws the lines above a mark whose upper end is `mark`, if there is room for them. The first label may stand far up.
    pub(crate) fn label(&mut self, canvas: &Canvas<'_>, mark: (f64, f64), lines: &[(String, Type)]) -> Drawn {
        let width = lines.iter().map(|(text, style)| canvas.width(text, *style)).fold(0.0, f64::max);
        let height = lines.len() as f64 * theme::LINE_SPACING;
        let Some(area) = self.place(mark, width + 2.0 * SIDE, height) else { return Ok(()) };
        self.take(area);
        self.farthest = FARTHEST;
        if mark.1 - area.bottom > LOOSE {
            canvas.upright(
                mark.0,
                area.bottom + GAP / 2.0,
                mark.1 - GAP / 2.0,
                theme::AXIS,
                theme::GRID_LINE,
            )?;
        }
        canvas.fill(area, theme::PAPER)?;
        for (index, (text, style)) in lines.iter().enumerate() {
            let baseline = area.top + (index + 1) as f64 * theme::LINE_SPACING - DESCENT;
            canvas.text(text, (area.center().0, baseline), *style, Align::Center)?;
        }
        Ok(())
    }

    /// The lowest of three places: centred above the mark, left of its middle, right of its middle.
    fn place(&self, mark: (f64, f64), width: f64, height: f64) -> Option<Area> {
        if width > self.bounds.width() || columns(mark.0, mark.0).any(|column| self.labeled[column]) {
            return None;
        }
        let lefts = [mark.0 - width / 2.0, mark.0 - width + SIDE, mark.0 - SIDE];
        let areas = lefts.into_iter().map(|left| self.stand(left, width, height));
        areas
            .filter(|area| area.top >= self.bounds.top && mark.1 - area.bottom <= self.farthest)
            .reduce(|best, area| if area.bottom > best.bottom + 1.0 { area } else { best })
    }

    /// A box of that size, let down until it meets something.
    fn stand(&self, left: f64, width: f64, height: f64) -> Area {
        let left = left.min(self.bounds.right - width).max(self.bounds.left);
        let below = columns(left, left + width).map(|column| self.tops[column]);
        let bottom = below.fold(self.bounds.bottom, f64::min) - GAP;
        Area { left, right: left + width, top: bottom - height, bottom }
    }

    fn take(&mut self, area: Area) {
        self.raise(area.left, area.right, area.top);
        for column in columns(area.left, area.right) {
            self.labeled[column] = true;
        }
    }
}

/// Heights as near as possible to `wanted`, in its order of rank, so far apart that lines of text fit, within `top` and
/// `bottom` if all of them do.
pub(crate) fn spread(wanted: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    const SPACING: f64 = theme::LINE_SPACING;
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // without the spacing, what must not overlap must not fall: neighbours that do share their mean
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, index) in order.iter().enumerate() {
        pools.push((wanted[*index] - rank as f64 * SPACING, 1));
        while let [.., (upper, above), (lower, below)] = pools[..]
            && upper > lower
        {
            let count = above + below;
            let mean = (upper * above as f64 + lower * below as f64) / count as f64;
            pools.truncate(pools.len() - 2);
            pools.push((mean, count));
        }
    }
    let lowest = bottom - wanted.len().saturating_sub(1) as f64 * SPACING;
    let level = pools.iter().flat_map(|&(level, count)| std::iter::repeat_n(level, count));
    let mut heights = vec![0.0; wanted.len()];
    for (rank, (index, level)) in order.into_iter().zip(level).enumerate() {
        heights[index] = level.min(lowest).max(top) + rank as f64 * SPACING;
    }
    heights
}

fn columns(left: f64, right: f64) -> std::ops::RangeInclusive<usize> {
    let column = |x: f64| x.clamp(0.0, f64::from(theme::WIDTH - 1)) as usize;
    column(left)..=column(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skyline() -> Skyline {
        Skyline::new(Area { left: 100.0, top: 200.0, right: 1500.0, bottom: 800.0 })
    }

    #[test]
    fn a_label_stands_above_everything_under_it() {
        let mut skyline = skyline();
        skyline.raise(500.0, 520.0, 600.0);
        skyline.raise(540.0, 560.0, 550.0);
        let area = skyline.place((510.0, 600.0), 150.0, 54.0).unwrap();
        assert!(area.right < 540.0 || area.bottom < 550.0);
        assert!(area.left <= 510.0 && area.right >= 510.0);
    }

    #[test]
    fn labels_never_overlap_and_the_later_ones_give_way() {
        let mut skyline = skyline();
        let mut placed: Vec<Area> = Vec::new();
        for index in 0..40 {
            let x = 120.0 + f64::from(index) * 30.0;
            skyline.raise(x - 10.0, x + 10.0, 500.0);
            let Some(area) = skyline.place((x, 500.0), 140.0, 54.0) else { continue };
            skyline.take(area);
            assert!(placed.iter().all(|other| {
                area.right < other.left
                    || area.left > other.right
                    || area.bottom < other.top
                    || area.top > other.bottom
            }));
            placed.push(area);
        }
        assert!(placed.len() >= 8, "{}", placed.len());
    }

    #[test]
    fn labels_beside_ends_are_moved_apart_no_further_than_they_must_and_keep_their_order() {
        let within = (0.0, 500.0);
        assert_eq!(spread(&[], within), Vec::<f64>::new());
        assert_eq!(spread(&[100.0, 300.0], within), [100.0, 300.0]);
        assert_eq!(spread(&[210.0, 203.0], within), [220.0, 193.0]);
        assert_eq!(spread(&[200.0, 200.0, 200.0], within), [173.0, 200.0, 227.0]);
        assert_eq!(spread(&[500.0, 498.0], within), [500.0, 473.0]);
        assert_eq!(spread(&[0.0, 1.0, 400.0], within), [0.0, 27.0, 400.0]);
    }

    #[test]
    fn a_label_that_would_leave_the_plot_is_left_out() {
        let mut skyline = skyline();
        skyline.raise(500.0, 520.0, 230.0);
        assert_eq!(skyline.place((510.0, 230.0), 150.0, 54.0), None);
        assert_eq!(skyline.place((700.0, 600.0), 5_000.0, 54.0), None);
    }
}
