//! How much of a track was moving, and how much of that was running, not walking: what compares run–walk sessions.
//!
//! A step between two points is moving where the speed over the ten seconds up to it is above 0.5 m/s. It is running
//! where that speed is at least 1.9 m/s, or where the later point tells at least 140 steps a minute. The limits of running
//! are a design choice (evidence grade D): walking has 90 to 135 steps, slow running 150 and more; most people break into a
//! run below 2.2 m/s.

use super::cadence::{Cadences, RUNNING_SPM};

/// Speed is taken over so long a time: single steps of a GPS waver.
const WINDOW_MS: i64 = 10_000;
/// Slower than this is standing.
const STOP_SPEED_MPS: f64 = 0.5;
/// Running is at least so fast.
const RUNNING_SPEED_MPS: f64 = 1.9;
/// So many per cent of the time have to be known: a device that writes a cadence twice a minute tells too little.
const KNOWN_PERCENT: i64 = 90;
/// No look ahead goes over more points than this, so that bad clocks cost no time.
const MOST_POINTS_AHEAD: usize = 120;

/// What both are told by.
pub(crate) trait Timed {
    /// Milliseconds since 1970.
    fn time_ms(&self) -> i64;
    /// Strides or steps a minute, as the device counts.
    fn cadence_raw(&self) -> Option<u8>;
}

impl<T: Timed> Timed for &T {
    fn time_ms(&self) -> i64 {
        T::time_ms(self)
    }

    fn cadence_raw(&self) -> Option<u8> {
        T::cadence_raw(self)
    }
}

/// Adds up moving and running, segment by segment.
#[derive(Clone, Copy)]
pub(crate) struct MovingTime {
    /// What one count of the device's cadence stands for.
    steps_a_count: u32,
    moving_ms: i64,
    running_ms: i64,
    /// The time of which it is known whether it was running …
    known_ms: i64,
    /// … of so much.
    all_ms: i64,
}

impl MovingTime {
    /// `steps_a_count` is 2 where the device counts strides, 1 where it counts steps.
    pub(crate) fn new(steps_a_count: u32) -> Self {
        Self { steps_a_count, moving_ms: 0, running_ms: 0, known_ms: 0, all_ms: 0 }
    }

    /// Adds the points of a segment, with the metres up to each where they are known; to `cadences` what was running.
    pub(crate) fn add<T: Timed>(
        &mut self,
        points: &[T],
        cumulative_m: Option<&[f64]>,
        cadences: &mut Cadences,
    ) {
        let segment = Segment { points, cumulative_m };
        // sums of its own, which need not go through memory at every step
        let mut sums = *self;
        let mut window_start = 0;
        for at in 1..points.len() {
            while window_start + 1 < at && segment.millis(window_start + 1, at) >= WINDOW_MS {
                window_start += 1;
            }
            let step_ms = segment.millis(at - 1, at);
            if step_ms >= WINDOW_MS {
                window_start = at - 1;
            }
            if step_ms > 0 {
                sums.add_step(&segment, window_start, at, step_ms, cadences);
            }
            if step_ms >= WINDOW_MS {
                // what follows a long step is not judged by it
                window_start = at;
            }
        }
        *self = sums;
    }

    #[inline(always)]
    fn add_step<T: Timed>(
        &mut self,
        segment: &Segment<'_, T>,
        window_start: usize,
        at: usize,
        step_ms: i64,
        cadences: &mut Cadences,
    ) {
        let mut stretch = segment.stretch(window_start, at);
        if stretch.as_ref().is_some_and(|stretch| stretch.is_faster_than(STOP_SPEED_MPS)) {
            self.moving_ms = self.moving_ms.saturating_add(step_ms);
        }
        self.all_ms = self.all_ms.saturating_add(step_ms);
        // a window that is not full yet, at the beginning of a track, reaches ahead
        let window_end = segment.end_of_window(window_start, at);
        if window_end > at {
            stretch = segment.stretch(window_start, window_end);
        }
        // a cadence tells of the moment before it, not of a pause
        let cadence = segment.points[at].cadence_raw().filter(|_| step_ms <= WINDOW_MS);
        if stretch.is_none() && cadence.is_none() {
            return;
        }
        self.known_ms = self.known_ms.saturating_add(step_ms);
        if stretch.as_ref().is_some_and(|stretch| stretch.is_at_least(RUNNING_SPEED_MPS))
            || cadence.is_some_and(|raw| self.steps_a_count * u32::from(raw) >= RUNNING_SPM)
        {
            self.running_ms = self.running_ms.saturating_add(step_ms);
            if let (Some(raw), Some(stretch)) = (cadence, stretch) {
                cadences.add(raw, stretch.meters, stretch.seconds, step_ms);
            }
        }
    }

    /// Seconds above the stop threshold; `None` where nothing moved.
    pub(crate) fn moving_s(&self) -> Option<f64> {
        (self.moving_ms > 0).then_some(self.moving_ms as f64 / 1000.0)
    }

    /// Seconds of running; `None` where neither cadence nor speed is known for nearly all of the time.
    pub(crate) fn running_s(&self) -> Option<f64> {
        let is_known = self.known_ms > 0 && self.known_ms >= self.all_ms / 100 * KNOWN_PERCENT;
        is_known.then_some(self.running_ms as f64 / 1000.0)
    }
}

/// Points without a pause between them.
struct Segment<'a, T> {
    points: &'a [T],
    cumulative_m: Option<&'a [f64]>,
}

impl<T: Timed> Segment<'_, T> {
    fn millis(&self, from: usize, to: usize) -> i64 {
        self.points[to].time_ms().saturating_sub(self.points[from].time_ms())
    }

    /// From one point to another, if the metres are known and any time passed.
    #[inline]
    fn stretch(&self, from: usize, to: usize) -> Option<Stretch> {
        let meters = self.cumulative_m?;
        let seconds = self.millis(from, to) as f64 / 1000.0;
        (seconds > 0.0).then(|| Stretch { meters: meters[to] - meters[from], seconds })
    }

    /// The first point from `at` on by which the window is full; a long step, or the end of the track, ends it before.
    fn end_of_window(&self, window_start: usize, at: usize) -> usize {
        let mut end = at;
        while self.millis(window_start, end) < WINDOW_MS
            && end - at < MOST_POINTS_AHEAD
            && end + 1 < self.points.len()
            && self.millis(end, end + 1) < WINDOW_MS
        {
            end += 1;
        }
        end
    }
}

/// Metres in some time, which is longer than nothing.
struct Stretch {
    meters: f64,
    seconds: f64,
}

impl Stretch {
    fn is_faster_than(&self, mps: f64) -> bool {
        self.meters > mps * self.seconds
    }

    fn is_at_least(&self, mps: f64) -> bool {
        self.meters >= mps * self.seconds
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        activity::{Position, TrackPoint},
        import::track::summarize,
    };

    fn bare(second: i64) -> TrackPoint {
        TrackPoint::at(1000 * second)
    }

    fn running_s(points: Vec<TrackPoint>) -> Option<f64> {
        summarize(&[points]).running_time_s
    }

    /// A point a second with these cadences, each for so many seconds.
    fn with_cadences(parts: &[(u8, i64)]) -> Vec<TrackPoint> {
        let cadences = parts.iter().flat_map(|&(raw, seconds)| vec![raw; seconds as usize]);
        let mut points = vec![bare(0)];
        points.extend(
            (1..).zip(cadences).map(|(second, raw)| TrackPoint { cadence_raw: Some(raw), ..bare(second) }),
        );
        points
    }

    /// A record every ten seconds at these speeds, each for so many seconds.
    fn at_speeds(parts: &[(f64, i64)]) -> Vec<TrackPoint> {
        let (mut second, mut meters) = (0, 0.0);
        let mut points = vec![TrackPoint { distance_m: Some(0.0), ..bare(0) }];
        for &(mps, seconds) in parts {
            for _ in 0..seconds / 10 {
                (second, meters) = (second + 10, meters + 10.0 * mps);
                points.push(TrackPoint { distance_m: Some(meters), ..bare(second) });
            }
        }
        points
    }

    #[test]
    fn at_140_steps_a_minute_it_is_running_and_at_138_it_is_not() {
        assert_eq!(running_s(with_cadences(&[(55, 90), (70, 60)])), Some(60.0));
        assert_eq!(running_s(with_cadences(&[(55, 90), (69, 60)])), Some(0.0));
    }

    #[test]
    fn a_watch_that_counts_steps_of_a_run_walker_is_not_taken_for_one_that_counts_strides() {
        // the mean is 119: below the limit at which a whole run's cadence is doubled
        assert_eq!(running_s(with_cadences(&[(110, 80), (156, 20)])), Some(20.0));
    }

    #[test]
    fn at_1_9_metres_a_second_it_is_running_and_slower_it_is_not() {
        assert_eq!(running_s(at_speeds(&[(1.5, 120), (2.6, 60), (1.5, 60)])), Some(60.0));
        assert_eq!(running_s(at_speeds(&[(1.89, 60)])), Some(0.0));
        assert_eq!(running_s(at_speeds(&[(1.91, 60)])), Some(60.0));
    }

    #[test]
    fn where_neither_cadence_nor_speed_is_known_nothing_is() {
        assert_eq!(running_s(vec![bare(0), bare(10), bare(20)]), None);
        assert_eq!(summarize(&[]).running_time_s, None);
    }

    #[test]
    fn a_cadence_after_a_long_step_tells_nothing_of_it_and_more_than_a_tenth_unknown_is_unknown() {
        let paused = |seconds: i64| {
            let mut points = with_cadences(&[(80, 180)]);
            points.push(TrackPoint { cadence_raw: Some(80), ..bare(180 + seconds) });
            running_s(points)
        };
        assert_eq!([paused(10), paused(20), paused(21)], [Some(190.0), Some(180.0), None]);
    }

    #[test]
    fn positions_that_waver_make_no_running_of_a_walk() {
        // 1.4 m/s northward, every second point 0.6 m too far: single steps of 2.0 m/s
        let walk = (0..=120).map(|second| {
            let meters = 1.4 * second as f64 + if second % 2 == 0 { 0.0 } else { 0.6 };
            let position = Position { latitude_deg: 54.0 + meters / 111_319.49, longitude_deg: 7.0 };
            TrackPoint { position: Some(position), ..bare(second) }
        });
        assert_eq!(running_s(walk.collect()), Some(0.0));
    }
}
