//! The state of one spot and leg, row by row.
//!
//! Source: EVIDENCE-KNEE 5.3; the order of the questions is that of its reference, `knee_vectors.py`.

use chrono::NaiveDate;

use super::{
    ladder,
    light::Light,
    numbers::{
        GREENS_TO_LEAVE, HALF_PERCENT, KNOWN_DAYS, LADDER_AFTER_DAYS, LEAST_M, LOOK_BACK_DAYS,
        RAMP_RUN_PERCENT, RED_REST_DAYS, RUN_DAYS_TO_END, SHORTER_PERCENT, USUAL_M,
    },
    sign::Seen,
    spot::Spot,
    standing::{Entry, Says, Standing, State, before},
};

/// The last row that holds the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bad {
    pub(super) date: NaiveDate,
    pub(super) spot: Spot,
}

/// The row before, as far as the next one asks.
#[derive(Clone, Copy, Debug)]
struct Previous {
    date: NaiveDate,
    seen: bool,
}

/// A judged run.
#[derive(Clone, Copy, Debug)]
struct JudgedRun {
    date: NaiveDate,
    metres: i64,
    light: Light,
}

/// The state of one spot and leg.
#[derive(Debug)]
pub(super) struct Machine<'a> {
    /// Date and metres of every run before the day asked for, by date.
    pub(super) runs: &'a [(NaiveDate, i64)],
    pub(super) state: State,
    pub(super) bad: Option<Bad>,
    /// The limit of one run, in metres, before the ramp's tenth.
    pub(super) base_m: Option<i64>,
    pub(super) week_m: i64,
    pub(super) stage: u8,
    pub(super) red_on: Option<NaiveDate>,
    /// Day and kind of a sign that forbids running while the newest row carries it.
    pub(super) sign: Option<(NaiveDate, Standing)>,
    greens: u32,
    greens_at_stage: u32,
    counted_on: Option<NaiveDate>,
    previous: Option<Previous>,
    judged: Vec<JudgedRun>,
}

impl<'a> Machine<'a> {
    pub(super) fn new(runs: &'a [(NaiveDate, i64)]) -> Self {
        Self {
            runs,
            state: State::Clear,
            bad: None,
            base_m: None,
            week_m: 0,
            stage: 0,
            red_on: None,
            sign: None,
            greens: 0,
            greens_at_stage: 0,
            counted_on: None,
            previous: None,
            judged: Vec::new(),
        }
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, row: &Entry) {
        let light = match row.says {
            Says::Seen(seen) => return self.take_seen(row.date, seen),
            Says::Light(light) => light,
        };
        self.take_sign(row);
        let Some(light) = light.filter(|light| self.state != State::Stop && *light != Light::Wait) else {
            return;
        };
        if light == Light::Stop {
            self.state = State::Stop;
            return;
        }
        self.pass_time(row.date);
        if self.state == State::Plan && light != Light::Red {
            return;
        }
        match (light, self.state) {
            (Light::Green, _) => self.take_green(row),
            (_, State::Ladder) => self.take_bad_on_the_ladder(row.date, light),
            _ => self.take_bad(row, light),
        }
        self.previous = Some(Previous { date: row.date, seen: false });
        if let Some(metres) = row.metres {
            self.judged.push(JudgedRun { date: row.date, metres, light });
        }
    }

    /// The day asked for.
    pub(super) fn arrive(&mut self, on: NaiveDate) {
        if self.rested_long(on) {
            self.fall_to_the_ladder();
        }
        if self.is_over(on) {
            self.state = State::Clear;
        }
    }

    fn take_seen(&mut self, date: NaiveDate, seen: Seen) {
        if seen != Seen::Alone || self.state == State::Stop {
            self.sign = None; // a professional's word; `seen` alone is none
        }
        match seen {
            Seen::TheirPlan => self.state = State::Plan,
            Seen::Alone if self.state != State::Stop => return,
            Seen::Alone => self.start_ladder_at(0),
            Seen::Stage(stage) => self.start_ladder_at(stage),
        }
        self.previous = Some(Previous { date, seen: true });
    }

    fn start_ladder_at(&mut self, stage: u8) {
        (self.state, self.stage, self.greens_at_stage) = (State::Ladder, stage, 0);
        (self.red_on, self.counted_on) = (None, None);
    }

    fn take_sign(&mut self, row: &Entry) {
        match (Standing::of(&row.signs), self.sign) {
            (Some(standing), _) if !row.may_be_bone() => self.sign = Some((row.date, standing)),
            // of one day the row with the sign stands
            (None, Some((since, _))) if row.date > since && row.speaks_of_now => self.sign = None,
            _ => {}
        }
    }

    fn pass_time(&mut self, day: NaiveDate) {
        if self.rested_long(day) {
            self.fall_to_the_ladder();
            (self.greens_at_stage, self.counted_on) = (0, None);
        }
        if self.is_over(day) {
            self.state = State::Clear;
        }
    }

    fn fall_to_the_ladder(&mut self) {
        (self.state, self.stage) = (State::Ladder, 1);
        self.previous = self.bad.map(|bad| Previous { date: bad.date, seen: false });
    }

    /// Whether the state has ended by itself: silence and rest are no recovery, so the stricter ones want runs.
    fn is_over(&self, day: NaiveDate) -> bool {
        let since = match self.state {
            State::Clear | State::Stop => return false,
            State::Ladder | State::Plan => self.previous.map(|previous| previous.date),
            _ => self.bad.map(|bad| bad.date),
        };
        let long_ago = since.is_some_and(|since| (day - since).num_days() > LOOK_BACK_DAYS);
        let holds_or_ramps = matches!(self.state, State::Hold | State::Ramp);
        long_ago && (holds_or_ramps || self.run_days_before(day) >= RUN_DAYS_TO_END)
    }

    fn run_days_before(&self, day: NaiveDate) -> usize {
        let first = before(day, LOOK_BACK_DAYS);
        let mut days: Vec<NaiveDate> =
            self.runs.iter().map(|(date, _)| *date).filter(|date| (first..day).contains(date)).collect();
        days.dedup();
        days.len()
    }

    /// Fourteen days without a run at any time since the run before the red entry.
    fn rested_long(&self, day: NaiveDate) -> bool {
        let Some(bad) = self.bad.filter(|_| self.state == State::Back) else { return false };
        let dates = || self.runs.iter().map(|(date, _)| *date);
        let first = dates().filter(|date| *date <= bad.date).max().unwrap_or(bad.date);
        let between = dates().filter(|date| bad.date < *date && *date < day);
        let mut earlier = first;
        between.chain([day]).any(|later| {
            let pause = (later - earlier).num_days();
            earlier = later;
            pause >= LADDER_AFTER_DAYS
        })
    }

    /// Whether a green row leads onwards.
    fn counts(&self, row: &Entry) -> bool {
        let second_of_its_day = self.previous.is_some_and(|p| p.date == row.date && !p.seen);
        let rests = matches!(self.state, State::Back | State::Ladder);
        let in_free_days =
            rests && self.red_on.is_some_and(|red| (row.date - red).num_days() <= RED_REST_DAYS);
        if second_of_its_day || in_free_days {
            return false;
        }
        if self.state != State::Ladder {
            return row.metres.is_some();
        }
        let too_soon = self.counted_on.is_some_and(|counted| (row.date - counted).num_days() < 2);
        let session = if self.stage == 0 {
            row.walk
        } else {
            row.metres.is_some() && row.running_s.is_none_or(|seconds| ladder::is_within(self.stage, seconds))
        };
        session && !too_soon
    }

    fn take_green(&mut self, row: &Entry) {
        if !self.counts(row) {
            return;
        }
        match self.state {
            State::Ladder => {
                self.counted_on = Some(row.date);
                (self.stage, self.greens_at_stage) = ladder::after_green(self.stage, self.greens_at_stage);
                if ladder::is_done(self.stage) {
                    (self.state, self.week_m, self.greens) = (State::Ramp, 0, GREENS_TO_LEAVE);
                    self.base_m = row.metres;
                    self.bad = Some(Bad { date: row.date, spot: row.spot });
                }
            }
            State::Hold | State::Back | State::Ramp => {
                let (base, metres) = (self.base_m.unwrap_or(0), row.metres.unwrap_or(0));
                self.base_m = Some(base.max(metres.min(RAMP_RUN_PERCENT * base / 100)));
                self.greens += 1;
                self.state = if self.greens >= GREENS_TO_LEAVE { State::Ramp } else { State::Hold };
            }
            State::Clear | State::Plan | State::Stop => {}
        }
    }

    fn take_bad_on_the_ladder(&mut self, date: NaiveDate, light: Light) {
        self.greens_at_stage = 0;
        if light == Light::Red {
            (self.stage, self.red_on) = (self.stage.saturating_sub(1), Some(date));
        }
    }

    /// A bad row off the ladder: a smaller base, a smaller week, or the ladder.
    fn take_bad(&mut self, row: &Entry, light: Light) {
        let red = light == Light::Red;
        let held = matches!(self.state, State::Hold | State::Back | State::Ramp);
        let was_back = self.state == State::Back;
        let new_base = self.base_after(row, red);
        let share = if red { HALF_PERCENT } else { 100 };
        let new_week = self.metres_of_seven_days_to(before(row.date, 1)) * share / 100;
        let ran_since_red = self
            .red_on
            .is_some_and(|red_on| self.runs.iter().any(|(date, _)| red_on < *date && *date <= row.date));
        (self.base_m, self.week_m) = match (held, new_base, self.base_m) {
            (true, Some(new), Some(old)) => (Some(old.min(new)), self.week_m.min(new_week)),
            (true, ..) => (new_base, self.week_m.min(new_week)),
            (false, ..) => (new_base, new_week),
        };
        self.bad = Some(Bad { date: row.date, spot: row.spot });
        self.greens = 0;
        if red {
            self.red_on = Some(row.date);
        }
        if red && was_back && row.may_be_bone() {
            self.state = State::Stop;
        } else if red && was_back && ran_since_red || self.base_m.is_none_or(|base| base < LEAST_M) {
            (self.state, self.stage, self.greens_at_stage, self.counted_on) = (State::Ladder, 1, 0, None);
            self.red_on = self.red_on.filter(|_| red);
        } else {
            self.state = if red || was_back { State::Back } else { State::Hold };
        }
    }

    /// What one run may have after a bad row, in metres; `None` where no run stands before it.
    fn base_after(&self, row: &Entry, red: bool) -> Option<i64> {
        let last_run = || self.runs.iter().rev().find(|(date, _)| *date <= row.date).map(|(_, m)| *m);
        let hurt = row.metres.or_else(last_run)?;
        let usual = self.longest_other_run(row, hurt).filter(|m| *m >= USUAL_M).unwrap_or(hurt);
        let known = self.known_ground(row.date).unwrap_or(hurt);
        let base = if red {
            HALF_PERCENT * hurt.min(known).min(usual) / 100
        } else {
            known.min(SHORTER_PERCENT * hurt / 100).min(usual)
        };
        let least = if red { 0 } else { LEAST_M };
        let from = row.from_m.map(|from_m| (SHORTER_PERCENT * from_m / 100).max(least));
        Some(from.map_or(base, |from| from.min(base)))
    }

    /// The longest other run of the 28 days before: a race is no base.
    fn longest_other_run(&self, row: &Entry, hurt: i64) -> Option<i64> {
        let first = before(row.date, LOOK_BACK_DAYS);
        let in_window = |date: &NaiveDate| (first..row.date).contains(date);
        let mut others: Vec<i64> =
            self.runs.iter().filter(|(date, _)| in_window(date)).map(|(_, m)| *m).collect();
        let ran_that_day = self.runs.iter().any(|(date, _)| *date == row.date);
        if row.metres.is_none()
            && !ran_that_day
            && let Some(itself) = others.iter().position(|m| *m == hurt)
        {
            others.remove(itself);
        }
        others.into_iter().max()
    }

    /// The longest green run of the 14 days before, else the shortest judged one, in metres.
    fn known_ground(&self, day: NaiveDate) -> Option<i64> {
        let recent = || self.judged.iter().filter(|run| (day - run.date).num_days() <= KNOWN_DAYS);
        let green = recent().filter(|run| run.light == Light::Green).map(|run| run.metres).max();
        green.or_else(|| recent().map(|run| run.metres).min())
    }

    /// Metres of the seven days that end with `day`.
    pub(super) fn metres_of_seven_days_to(&self, day: NaiveDate) -> i64 {
        let first = before(day, 6);
        self.runs.iter().filter(|(date, _)| (first..=day).contains(date)).map(|(_, m)| *m).sum()
    }
}
