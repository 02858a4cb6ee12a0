//! From a planned outing to what its device would have recorded, point by point.

use super::{
    clock,
    noise::Noise,
    routes::{self, LOOPS, Loop},
    story::{self, Kind, Outing},
};
use crate::activity::Position;

/// One recorded point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) time_unix_s: i64,
    /// Missing on the treadmill.
    pub(super) position: Option<Position>,
    pub(super) altitude_m: Option<f64>,
    /// Since the start.
    pub(super) distance_m: f64,
    pub(super) speed_m_per_s: f64,
    pub(super) heart_rate_bpm: u8,
    /// Strides of one leg, or turns of the pedals, a minute.
    pub(super) cadence: u8,
}

/// A whole recording; a pause lies between two segments.
#[derive(Clone, Debug)]
pub(super) struct Track {
    pub(super) segments: Vec<Vec<Point>>,
    pub(super) utc_offset_s: i64,
    /// Name of the loop.
    pub(super) way: &'static str,
}

impl Track {
    pub(super) fn points(&self) -> impl DoubleEndedIterator<Item = &Point> {
        self.segments.iter().flatten()
    }

    pub(super) fn start_unix_s(&self) -> i64 {
        self.points().next().map_or(0, |point| point.time_unix_s)
    }

    pub(super) fn end_unix_s(&self) -> i64 {
        self.points().next_back().map_or(0, |point| point.time_unix_s)
    }

    pub(super) fn distance_m(&self) -> f64 {
        self.points().next_back().map_or(0.0, |point| point.distance_m)
    }

    /// Seconds without pauses.
    pub(super) fn timer_s(&self) -> i64 {
        let ends = self.segments.iter().filter_map(|s| Some((s.first()?.time_unix_s, s.last()?.time_unix_s)));
        ends.map(|(start, end)| end - start).sum()
    }

    /// Metres up and metres down; the water's hills are smooth, so every step counts.
    pub(super) fn climb_m(&self) -> (f64, f64) {
        let altitudes: Vec<f64> = self.points().filter_map(|point| point.altitude_m).collect();
        let steps = altitudes.windows(2).map(|pair| pair[1] - pair[0]);
        steps.fold((0.0, 0.0), |(up, down), step| (up + step.max(0.0), down + (-step).max(0.0)))
    }
}

/// How the body works in an outing.
struct Effort {
    speed_m_per_s: f64,
    heart_rate_bpm: f64,
    cadence: f64,
}

/// How long strength training lasts.
const STRENGTH_S: i64 = 25 * 60;

/// Records an outing; the same outing gives the same track.
pub(super) fn record(outing: &Outing) -> Track {
    let mut noise = Noise::new(-clock::epoch_day(outing.date));
    let effort = effort(outing, &mut noise);
    let way = choose_loop(outing, &mut noise);
    let pause_s = if has_pause(outing) { noise.between(80, 240) } else { 0 };
    let mut walk = Walk::new(outing, way, effort, noise);
    let mut segments = Vec::new();
    if pause_s > 0 {
        let half_m = outing.distance_m as f64 / 2.0;
        segments.push(walk.until(half_m));
        walk.rest(pause_s);
    }
    segments.push(match outing.kind {
        Kind::Strength => walk.stay(STRENGTH_S),
        _ => walk.until(outing.distance_m as f64),
    });
    Track { segments, utc_offset_s: clock::berlin_offset_s(outing.date), way: way.name }
}

/// Strides a minute of easy runs when the story begins, and how many more they are at its end.
const STRIDES: f64 = 82.0;
const MORE_STRIDES: f64 = 2.0;

fn effort(outing: &Outing, noise: &mut Noise) -> Effort {
    let days = (outing.date - story::FIRST_DAY).num_days() as f64;
    let strides = STRIDES + MORE_STRIDES * (days / (7.0 * f64::from(story::story_weeks()))).clamp(0.0, 1.0);
    let (seconds_per_km, heart_rate_bpm, cadence) = match outing.kind {
        Kind::Easy | Kind::Holiday | Kind::Treadmill => (noise.between(342, 364), 143.0, strides),
        Kind::Long => (noise.between(350, 368), 146.0, strides - 1.0),
        Kind::Ride => (noise.between(132, 140), 126.0, 78.0),
        Kind::Swim => (noise.between(1_900, 2_000), 121.0, 26.0),
        Kind::Strength => (noise.between(1_900, 2_000), 104.0, 0.0),
    };
    let speed_m_per_s = 1000.0 / seconds_per_km as f64;
    Effort { speed_m_per_s, heart_rate_bpm: heart_rate_bpm + 3.0 * noise.swing(), cadence }
}

fn choose_loop(outing: &Outing, noise: &mut Noise) -> &'static Loop {
    let (first, last) = match outing.distance_m {
        ..6_300 => (0, 1),
        6_300..10_500 => (1, 3),
        _ => (3, 4),
    };
    &LOOPS[noise.between(first, last).unsigned_abs() as usize]
}

/// Long ways need a drink.
fn has_pause(outing: &Outing) -> bool {
    matches!(outing.kind, Kind::Long | Kind::Ride) && outing.distance_m > 11_500
}

/// Somebody on the way, with a device that takes a point every 8 to 10 seconds.
struct Walk {
    way: &'static Loop,
    indoors: bool,
    effort: Effort,
    noise: Noise,
    /// How far along the loop, which is a little less than the wobbling runner runs.
    along_m: f64,
    /// Metres east and north of the loop: satellites and the runner wander.
    off: routes::Place,
    /// Share of the usual speed.
    form: f64,
    heart_rate_bpm: f64,
    start_unix_s: i64,
    here: Point,
}

impl Walk {
    fn new(outing: &Outing, way: &'static Loop, effort: Effort, noise: Noise) -> Self {
        let indoors = outing.kind.is_indoors();
        let start_unix_s = clock::unix_s(outing.date, outing.start_s);
        let here = Point {
            time_unix_s: start_unix_s,
            position: (!indoors).then(|| routes::position(way.place(0.0))),
            altitude_m: (!indoors).then(|| way.altitude_m(0.0)),
            distance_m: 0.0,
            speed_m_per_s: 0.0,
            heart_rate_bpm: 88,
            cadence: 0,
        };
        let (along_m, off, form) = (0.0, (0.0, 0.0), 1.0);
        Self { way, indoors, effort, noise, along_m, off, form, heart_rate_bpm: 88.0, start_unix_s, here }
    }

    /// Points from here to exactly this distance since the start.
    fn until(&mut self, target_m: f64) -> Vec<Point> {
        let mut points = vec![self.here];
        while self.here.distance_m < target_m {
            self.step(target_m);
            points.push(self.here);
        }
        points
    }

    /// Points of so many seconds on one spot.
    fn stay(&mut self, seconds: i64) -> Vec<Point> {
        let mut points = vec![self.here];
        while self.here.time_unix_s < self.start_unix_s + seconds {
            self.here.time_unix_s += self.noise.between(8, 10);
            self.change_form();
            self.beat();
            points.push(self.here);
        }
        points
    }

    /// Stands still while the device pauses.
    fn rest(&mut self, seconds: i64) {
        self.here.time_unix_s += seconds;
        self.heart_rate_bpm -= 25.0;
        self.here.heart_rate_bpm = self.heart_rate_bpm.round() as u8;
        self.here.speed_m_per_s = 0.0;
        self.here.cadence = 0;
    }

    fn step(&mut self, target_m: f64) {
        let before = self.here;
        let mut seconds = self.noise.between(8, 10);
        self.change_form();
        let stride_m = self.effort.speed_m_per_s * self.form * seconds as f64;
        self.along_m += stride_m;
        let mut moved_m = self.move_on(before);
        if before.distance_m + moved_m >= target_m {
            let share = (target_m - before.distance_m) / moved_m;
            self.here.position = between(before.position, self.here.position, share);
            self.along_m -= stride_m * (1.0 - share);
            seconds = ((seconds as f64 * share).round() as i64).max(1);
            moved_m = target_m - before.distance_m;
        }
        self.here.distance_m = before.distance_m + moved_m;
        self.here.time_unix_s = before.time_unix_s + seconds;
        self.here.speed_m_per_s = moved_m / seconds as f64;
        self.beat();
    }

    /// Puts the device at the new place and tells how far that is from the old one.
    fn move_on(&mut self, before: Point) -> f64 {
        if self.indoors {
            return self.along_m - before.distance_m;
        }
        let (east_m, north_m) = self.way.place(self.along_m);
        let position = routes::position((east_m + self.off.0, north_m + self.off.1));
        self.here.position = Some(position);
        self.here.altitude_m = Some(self.way.altitude_m(self.along_m));
        before.position.map_or(0.0, |old| routes::distance_m(old, position))
    }

    /// Lets speed and satellites wander, a little of the old kept each time.
    fn change_form(&mut self) {
        self.form = 1.0 + (self.form - 1.0) * 0.9 + 0.012 * self.noise.swing();
        let off = self.off;
        self.off = (off.0 * 0.9 + 0.6 * self.noise.swing(), off.1 * 0.9 + 0.6 * self.noise.swing());
    }

    /// The heart follows the effort slowly and drifts up by 5 beats an hour.
    fn beat(&mut self) {
        let hours = (self.here.time_unix_s - self.start_unix_s) as f64 / 3600.0;
        let wanted = self.effort.heart_rate_bpm + 5.0 * hours + 60.0 * (self.form - 1.0);
        self.heart_rate_bpm += (wanted - self.heart_rate_bpm) * 0.08 + self.noise.swing();
        self.here.heart_rate_bpm = self.heart_rate_bpm.round() as u8;
        self.here.cadence =
            (self.effort.cadence * (0.6 + 0.4 * self.form) + self.noise.swing()).round() as u8;
    }
}

fn between(a: Option<Position>, b: Option<Position>, share: f64) -> Option<Position> {
    let (a, b) = (a?, b?);
    Some(Position {
        latitude_deg: a.latitude_deg + (b.latitude_deg - a.latitude_deg) * share,
        longitude_deg: a.longitude_deg + (b.longitude_deg - a.longitude_deg) * share,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story;

    fn tracks() -> Vec<(Outing, Track)> {
        story::outings(story::story_weeks())
            .into_iter()
            .map(|outing| (outing.clone(), record(&outing)))
            .collect()
    }

    #[test]
    fn every_track_is_as_long_as_planned_by_its_positions_too() {
        for (outing, track) in tracks() {
            assert!((track.distance_m() - outing.distance_m as f64).abs() < 0.001, "{}", outing.path());
            if outing.kind.is_indoors() {
                continue;
            }
            let positions: Vec<Position> = track.points().filter_map(|p| p.position).collect();
            let summed: f64 = positions.windows(2).map(|w| routes::distance_m(w[0], w[1])).sum();
            assert!((summed - outing.distance_m as f64).abs() < 0.05, "{}: {summed}", outing.path());
        }
    }

    #[test]
    fn times_grow_and_bodies_stay_plausible() {
        for (outing, track) in tracks().into_iter().filter(|(outing, _)| outing.kind.is_run()) {
            let points: Vec<&Point> = track.points().collect();
            assert!(points.windows(2).all(|w| w[0].time_unix_s < w[1].time_unix_s), "{}", outing.path());
            let beats = points.iter().skip(60).map(|p| p.heart_rate_bpm);
            assert!(beats.clone().min() > Some(112) && beats.max() < Some(180), "{}", outing.path());
            let pace = track.timer_s() as f64 / track.distance_m() * 1000.0;
            assert!((325.0..385.0).contains(&pace), "{}: {pace} s/km", outing.path());
        }
    }

    #[test]
    fn no_run_has_a_steep_descent() {
        for (outing, track) in tracks().into_iter().filter(|(outing, _)| outing.kind.is_run()) {
            let (_, down) = track.climb_m();
            assert!(down / track.distance_m() * 1000.0 < 15.0, "{}: {down} m", outing.path());
        }
    }
}
