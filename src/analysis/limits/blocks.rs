//! Blocks of seven days with what they count for, and the weekly jumps among them.
//!
//! ```text
//! S7(t) = credits of days t − 6 … t
//! B(t)  = S7(t) before H0 + 34, where all four blocks before are 0, or inside a hole of `weekly-jump`,
//!         else min(S7(t), 1.30 × max(B(t − 7), B(t − 14), B(t − 21), B(t − 28)))
//! ```
//! So a jump earns no higher limit, as a spike does not. A design choice (evidence grade D). Source: the band
//! of Nielsen 2014.

use chrono::NaiveDate;

use super::{counted::Block, past::Past};
use crate::{
    analysis::{
        history::holes,
        rules::{
            guards::COOL_DOWN_DAYS,
            weekly_jump::{self, BLOCK_DAYS, BLOCKS, HISTORY_DAYS, Jump},
        },
    },
    dates,
};

/// Days after the last run up to which blocks are counted: as far as a plan looks for a day that fits.
const AHEAD_DAYS: usize = 130;

/// A weekly jump that is told, by the runs of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The last of the seven days.
    pub date: NaiveDate,
    /// Metres of the seven days.
    pub week_m: i64,
    attention: bool,
    /// Whether only a threshold of the runner's own tells it.
    own: bool,
}

/// Every day's block, from the first known day on.
#[derive(Clone, Debug)]
pub struct Blocks {
    h0: NaiveDate,
    counted: Vec<i64>,
    /// Oldest first.
    pub jumps: Vec<Told>,
}

/// What was run on a day.
#[derive(Clone, Copy, Debug, Default)]
struct Day {
    run_m: i64,
    credit_m: i64,
    runs: u32,
}

impl Blocks {
    /// All blocks of a history in metres; `percent`: 130, or less by a stricter threshold.
    #[must_use]
    pub fn new(past: &Past, percent: i64) -> Self {
        let h0 = past.h0;
        let index = |date: NaiveDate| usize::try_from((date - h0).num_days()).ok();
        let last = past.efforts.last().and_then(|effort| index(effort.date)).unwrap_or_default();
        let mut days = vec![Day::default(); last + 1 + AHEAD_DAYS];
        for effort in &past.efforts {
            if let Some(day) = index(effort.date).and_then(|t| days.get_mut(t)) {
                day.run_m += effort.amount.unwrap_or_default();
                day.credit_m += effort.credit.unwrap_or_default();
                day.runs += 1;
            }
        }
        let run = sevens(days.iter().map(|day| day.run_m));
        let credit = sevens(days.iter().map(|day| day.credit_m));
        let holes = holes::silenced(days.iter().map(|day| day.runs > 0));
        let mut counted: Vec<i64> = Vec::with_capacity(days.len());
        for t in 0..days.len() {
            let best = before(&counted, t).into_iter().max().unwrap_or_default();
            let is_free = t < HISTORY_DAYS || best == 0 || holes[t];
            counted.push(if is_free { credit[t] } else { credit[t].min(percent * best / 100) });
        }
        let mut blocks = Self { h0, counted, jumps: Vec::new() };
        for t in (HISTORY_DAYS..days.len()).filter(|t| days[*t].runs > 0 && !holes[*t]) {
            blocks.tell(t, run[t], before(&run, t), percent - 100);
        }
        blocks
    }

    /// Adds the jump of day `t`, if it is one and no other keeps it quiet.
    fn tell(&mut self, t: usize, week_m: i64, before: [i64; BLOCKS], percent: i64) {
        let jump = weekly_jump::classify(week_m, before, percent);
        if jump == Jump::None {
            return;
        }
        let attention = jump == Jump::Attention;
        let compared_m = if attention { before.into_iter().max().unwrap_or_default() } else { before[0] };
        let own = 100 * week_m <= (100 + weekly_jump::PERCENT.usual) * compared_m;
        let told = Told { date: dates::days_after(self.h0, t as u64), week_m, attention, own };
        let quiets = |earlier: &Told| {
            (told.date - earlier.date).num_days() < COOL_DOWN_DAYS
                && earlier.attention >= told.attention
                && (told.own || !earlier.own)
        };
        if !self.jumps.iter().rev().take(COOL_DOWN_DAYS as usize).any(quiets) {
            self.jumps.push(told);
        }
    }

    /// What the seven days up to a day count for.
    #[must_use]
    pub fn on(&self, last: NaiveDate) -> Block {
        let t = usize::try_from((last - self.h0).num_days()).ok();
        Block { last, credit_m: t.and_then(|t| self.counted.get(t)).copied().unwrap_or_default() }
    }

    /// The last four blocks up to a day, newest first.
    #[must_use]
    pub fn four(&self, last: NaiveDate) -> [Block; BLOCKS] {
        std::array::from_fn(|block| self.on(dates::days_before(last, (BLOCK_DAYS * block) as u64)))
    }

    /// The best of the last four blocks up to a day, the newest of equals.
    #[must_use]
    pub fn best(&self, last: NaiveDate) -> Block {
        let [first, rest @ ..] = self.four(last);
        rest.into_iter().fold(first, |best, block| if block.credit_m > best.credit_m { block } else { best })
    }
}

/// For each day the sum of the seven days up to it.
fn sevens(days: impl Iterator<Item = i64>) -> Vec<i64> {
    let days: Vec<i64> = days.collect();
    let mut sum = 0;
    let mut add = |t: usize| {
        sum += days[t] - t.checked_sub(BLOCK_DAYS).map_or(0, |before| days[before]);
        sum
    };
    (0..days.len()).map(&mut add).collect()
}

/// The four blocks before the one that ends on day `t`, the latest first.
fn before(blocks: &[i64], t: usize) -> [i64; BLOCKS] {
    let ago = |block: usize| t.checked_sub(BLOCK_DAYS * (block + 1));
    std::array::from_fn(|block| ago(block).and_then(|t| blocks.get(t)).copied().unwrap_or_default())
}
