//! Endomondo, closed at the end of 2020: `Workouts/….json` says nothing that the TCX file beside it does not.

use super::service::{Service, ServiceFile, not_used};

/// The row of [`SERVICES`](super::SERVICES).
pub static ENDOMONDO: Service = Service {
    name: "Endomondo",
    files: &[ServiceFile {
        name: "Workouts/….json",
        is: |head| head.is_json_with(&["sport", "source", "start_time"]),
        else_by_name: None,
        read: |_, _| {
            not_used("the whole export has a TCX file of each workout beside it, and these are read")
        },
        samples: || {
            let file = r#"[{"name":""},{"sport":"RUNNING"},{"source":"TRACK_MOBILE"},
                {"start_time":"2019-05-01 08:00:00.0"},{"duration_s":1800},{"distance_km":5.0}]"#;
            vec![("Workouts/2019-05-01 10_00_00.0.json", file.into())]
        },
    }],
    reads: "the TCX files",
    how_to_export: "no longer: the service was closed in 2020",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};
