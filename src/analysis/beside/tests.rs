//! Weeks that can be checked by hand.

use super::*;
use crate::{
    activity::Surface,
    analysis::{
        analyze,
        testing::{activity, day, run},
    },
    settings::Settings,
};

/// An activity of another sport on a day of March 2026 (Monday is the 2nd), of so many minutes.
fn other(kind: OtherSport, n: u32, minutes: i64) -> Activity {
    Activity {
        other_sport: Some(kind),
        ..activity(kind.name(), &format!("2026-03-{n:02}T18:00:00+01:00"), 0, minutes)
    }
}

fn ran(n: u32) -> Activity {
    run(&format!("2026-03-{n:02}T08:00:00+01:00"), 5_000, 30)
}

fn of(runs: &[Activity], others: &[Activity], as_of: &str) -> Beside {
    analyze(runs, others, &Settings::default(), day(as_of)).unwrap().beside
}

#[test]
fn a_week_of_four_runs_a_ride_and_strength_has_three_days_without_a_run_and_one_without_any_sport() {
    let runs = [2, 4, 6, 8].map(ran);
    let others = [
        other(OtherSport::Ride, 3, 64),
        other(OtherSport::Strength, 4, 25),
        other(OtherSport::Strength, 7, 25),
    ];
    let week = of(&runs, &others, "2026-03-08").weeks[0];
    assert_eq!(week.times_s, [Some(3_840), Some(0), Some(0), Some(3_000), Some(0)]);
    assert_eq!(week.other_sports_time_s(), Some(6_840));
    assert_eq!((week.days_without_sport, week.strength_days), (Some(1), 2), "only Thursday was free");
}

#[test]
fn two_sports_on_one_day_are_one_day_and_both_times_count() {
    let others = [other(OtherSport::Ride, 3, 60), other(OtherSport::Swim, 3, 30)];
    let week = of(&[ran(2)], &others, "2026-03-08").weeks[0];
    assert_eq!(week.other_sports_time_s(), Some(5_400));
    assert_eq!(week.days_without_sport, Some(5));
}

#[test]
fn a_week_that_is_not_over_counts_its_days_up_to_the_day_of_the_report() {
    let week = of(&[ran(2)], &[other(OtherSport::Walk, 3, 45)], "2026-03-05").weeks[0];
    assert_eq!(week.days_without_sport, Some(2), "Wednesday and Thursday");
}

#[test]
fn a_first_week_that_is_not_whole_has_no_count_and_its_hours_count() {
    let beside = of(&[ran(10)], &[other(OtherSport::Ride, 4, 60)], "2026-03-15");
    assert_eq!(
        (beside.weeks[0].days_without_sport, beside.weeks[0].time_s(OtherSport::Ride)),
        (None, Some(3_600))
    );
    assert_eq!(beside.weeks[1].days_without_sport, Some(6));
}

#[test]
fn a_week_without_a_run_and_without_a_sport_has_seven_free_days_and_no_time() {
    let week = of(&[ran(2)], &[], "2026-03-15").weeks[1];
    assert_eq!((week.days_without_sport, week.other_sports_time_s()), (Some(7), Some(0)));
}

#[test]
fn a_swim_without_a_time_is_a_day_of_sport_with_an_unknown_time() {
    let mut swim = other(OtherSport::Swim, 3, 30);
    (swim.timer_time_s, swim.moving_time_s, swim.elapsed_time_s) = (None, None, None);
    let beside = of(&[ran(2)], &[swim], "2026-03-08");
    let week = beside.weeks[0];
    assert_eq!((week.time_s(OtherSport::Swim), week.other_sports_time_s()), (None, None));
    assert_eq!(week.days_without_sport, Some(5));
    assert_eq!(beside.left_out[0].reason, Reason::NoTime);
}

#[test]
fn a_day_long_other_is_a_watch_left_running_and_its_day_is_not_known() {
    let beside = of(&[ran(2)], &[other(OtherSport::Other, 3, 24 * 60)], "2026-03-08");
    let week = beside.weeks[0];
    assert_eq!((week.time_s(OtherSport::Other), week.days_without_sport), (None, None));
    assert_eq!(beside.left_out[0].reason, Reason::TooLong { seconds: 86_400.0 });
    let on_a_day_of_a_run = of(&[ran(3)], &[other(OtherSport::Other, 3, 24 * 60)], "2026-03-15").weeks[1];
    assert_eq!(on_a_day_of_a_run.days_without_sport, Some(7));
}

#[test]
fn limits_of_a_time_half_a_day_for_strength_and_below_a_day_for_a_ride() {
    let time = |kind, minutes| of(&[ran(2)], &[other(kind, 3, minutes)], "2026-03-08").weeks[0].time_s(kind);
    assert_eq!([time(OtherSport::Strength, 720), time(OtherSport::Strength, 721)], [Some(43_200), None]);
    assert_eq!([time(OtherSport::Ride, 1_439), time(OtherSport::Ride, 1_440)], [Some(86_340), None]);
}

#[test]
fn a_recording_that_was_stopped_at_once_and_a_drive_are_no_sport() {
    let mut stopped = other(OtherSport::Ride, 3, 1);
    stopped.timer_time_s = Some(59.0);
    let drive = Activity { other_sport: None, ..other(OtherSport::Other, 4, 60) };
    let beside = of(&[ran(2)], &[stopped, drive], "2026-03-08");
    assert_eq!(beside.weeks[0].days_without_sport, Some(6));
    assert_eq!(beside.weeks[0].other_sports_time_s(), Some(0));
    let reasons: Vec<Reason> = beside.left_out.iter().map(|left_out| left_out.reason).collect();
    assert_eq!(reasons, [Reason::StoppedAtOnce, Reason::NoSport]);
}

#[test]
fn a_ride_without_a_watchs_own_time_counts_its_moving_and_strength_from_start_to_stop() {
    let untimed = |kind| Activity { timer_time_s: None, moving_time_s: Some(600.0), ..other(kind, 3, 60) };
    let time = |kind| of(&[ran(2)], &[untimed(kind)], "2026-03-08").weeks[0].time_s(kind);
    assert_eq!([time(OtherSport::Ride), time(OtherSport::Strength)], [Some(600), Some(3_600)]);
}

#[test]
fn a_swim_of_an_hour_whose_moving_time_is_three_seconds_counts_from_start_to_stop() {
    let swim =
        Activity { timer_time_s: Some(3.0), moving_time_s: Some(3.0), ..other(OtherSport::Swim, 4, 60) };
    assert_eq!(time::counted(&swim), Counted::Timed(OtherSport::Swim, 3_600));
    // a swim that was stopped after three seconds is none
    let stopped = Activity { elapsed_time_s: Some(3.0), ..swim };
    assert_eq!(time::counted(&stopped), Counted::Not(Reason::StoppedAtOnce, Some(OtherSport::Swim)));
}

#[test]
fn exercises_of_the_diary_and_strength_in_the_files_are_days_each_once() {
    let mut beside = of(&[ran(2)], &[other(OtherSport::Strength, 3, 25)], "2026-03-15");
    beside.take_exercises(
        [day("2026-03-03"), day("2026-03-05"), day("2026-03-05"), day("2026-04-01")].into_iter(),
    );
    let days: Vec<u32> = beside.weeks.iter().map(|week| week.strength_days).collect();
    assert_eq!(days, [2, 0]);
}

#[test]
fn metres_by_surface_add_up_to_the_week_and_climb_is_a_kilometre_of_the_runs_that_have_one() {
    let on = |n, surface, ascent_m| Activity { surface, ascent_m, ..ran(n) };
    let runs = [
        on(2, Surface::Trail, Some(150.0)),
        on(3, Surface::Treadmill, None),
        on(4, Surface::Unknown, Some(50.0)),
        on(5, Surface::Unknown, None),
    ];
    let beside = of(&runs, &[], "2026-03-08");
    let ground = beside.weeks[0].ground;
    assert_eq!(ground.surfaces_m, [0, 5_000, 0, 5_000, 10_000]);
    assert_eq!(ground.ascent_m_per_km, Some(20.0), "200 m on 10 km");
    assert_eq!(ground.descent_m_per_km, None);
    assert_eq!(beside.months, [(day("2026-03-01"), ground)]);
}
