//! MyFitnessPal: `Exercise-Summary-….csv` tells minutes and calories, but no distance and no time of day.

use super::service::{Service, ServiceFile, not_used};

/// The row of [`SERVICES`](super::SERVICES).
pub static MY_FITNESS_PAL: Service = Service {
    name: "MyFitnessPal",
    files: &[ServiceFile {
        name: "Exercise-Summary-….csv",
        is: |head| {
            head.headings().is_some_and(|known| known.hold(&["Exercise Calories", "Exercise Minutes"]))
        },
        else_by_name: None,
        read: |_, _| {
            not_used(
                "minutes and calories without a distance: export from the watch or app that recorded the runs",
            )
        },
        samples: || {
            let file = "Date,Exercise,Type,Exercise Calories,Exercise Minutes,Sets,Note\n\
                2026-03-01,\"Running, 9.6 kph\",Cardio,400,40,,\n";
            vec![("Exercise-Summary-2026-01-01-to-2026-12-31.csv", file.into())]
        },
    }],
    reads: "nothing: minutes and calories only",
    how_to_export: "export from the watch or app that recorded the runs",
    totals_are_the_devices: false,
    shorter_means_cropped: false,
};
