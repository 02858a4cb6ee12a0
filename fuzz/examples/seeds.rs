//! Writes a few small files of every kind into `corpus/TARGET/`, for the fuzzers to start from. All of it is made up.

use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};

use flate2::{Compression, write::GzEncoder};
use treadlight_readers::{
    activity::Position,
    fit_encoder::{FileId, FitEncoder, Record, Session, TimerEvent},
    import::services::SERVICES,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// 2026-03-01T07:00:00Z.
const START_UNIX_S: i64 = 1_772_348_400;

type Seeds = Vec<(&'static str, Vec<u8>)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let named = |seeds: Seeds| seeds.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    for (target, seeds) in [
        ("fit", named(fit_seeds())),
        ("gpx", named(gpx_seeds())),
        ("tcx", named(tcx_seeds())),
        ("archives", named(archive_seeds()?)),
        ("services", service_seeds()),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        for (name, bytes) in &seeds {
            fs::write(folder.join(name), bytes)?;
        }
        println!("{}: {} seeds", folder.display(), seeds.len());
    }
    Ok(())
}

fn fit_seeds() -> Seeds {
    let run = fit_run(FitEncoder::new());
    let mut settings = FitEncoder::new();
    settings.file_id(&FileId { kind: 2, ..FileId::default() });
    let mut no_session = FitEncoder::new();
    add_records(&mut no_session, 0..5);
    let mut no_length = run.clone();
    no_length[4..8].fill(0);
    vec![
        ("run", run.clone()),
        ("big_endian", fit_run(FitEncoder::big_endian())),
        ("chained", [run.clone(), run].concat()),
        ("two_sessions", fit_two_sessions()),
        ("compressed_headers", fit_compressed_headers()),
        ("developer_field", fit_developer_field()),
        ("settings", settings.finish()),
        ("no_session", no_session.finish()),
        ("no_length", no_length),
    ]
}

/// Five records, a pause, five records.
fn fit_run(mut file: FitEncoder) -> Vec<u8> {
    file.file_id(&FileId { time_created_unix_s: START_UNIX_S, ..FileId::default() }).sport(1, 3);
    file.timer(START_UNIX_S, TimerEvent::Start);
    add_records(&mut file, 0..5);
    file.timer(START_UNIX_S + 40, TimerEvent::StopAll).timer(START_UNIX_S + 60, TimerEvent::Start);
    add_records(&mut file, 6..11);
    file.lap(START_UNIX_S, START_UNIX_S + 100, 300.0).session(&session(0, 100, 1));
    file.activity(START_UNIX_S + 100, 3600, 80.0);
    file.finish()
}

fn fit_two_sessions() -> Vec<u8> {
    let mut file = FitEncoder::new();
    file.file_id(&FileId::default());
    add_records(&mut file, 0..10);
    file.session(&session(0, 40, 1)).session(&session(50, 90, 2));
    file.finish()
}

/// A record with a time, then records of one heart rate each whose headers count on from it.
fn fit_compressed_headers() -> Vec<u8> {
    let mut file = FitEncoder::new();
    add_records(&mut file, 0..1);
    file.raw(&[0x42, 0, 0, 20, 0, 1, 3, 1, 2]);
    for second in 0..8 {
        file.raw(&[0xC0 | second, 140 + second]);
    }
    file.finish()
}

/// Records with a heart rate and a field of the maker's own of two bytes.
fn fit_developer_field() -> Vec<u8> {
    let mut file = FitEncoder::new();
    add_records(&mut file, 0..1);
    file.raw(&[0x62, 0, 0, 20, 0, 1, 3, 1, 2, 1, 0, 2, 0]);
    file.raw(&[2, 140, 1, 2]).raw(&[2, 141, 3, 4]);
    file.finish()
}

/// Records ten seconds and thirty metres apart.
fn add_records(file: &mut FitEncoder, numbers: std::ops::Range<u8>) {
    for number in numbers {
        let seconds = 10 * i64::from(number);
        let meters = 30.0 * f64::from(number);
        file.record(&Record {
            time_unix_s: Some(START_UNIX_S + seconds),
            position: Some(Position { latitude_deg: 54.0 + meters / 111_319.5, longitude_deg: 7.0 }),
            altitude_m: Some(f64::from(number)),
            heart_rate_bpm: Some(130 + number),
            cadence: Some(82),
            distance_m: Some(meters),
            speed_m_per_s: Some(3.0),
        });
    }
}

/// A session of a sport, from second to second after the start.
fn session(from_s: i64, to_s: i64, sport: u8) -> Session {
    Session {
        start_unix_s: Some(START_UNIX_S + from_s),
        time_unix_s: Some(START_UNIX_S + to_s),
        sport: Some(sport),
        sub_sport: Some(3),
        elapsed_time_s: Some(100.0),
        timer_time_s: Some(80.0),
        distance_m: Some(300.0),
        average_heart_rate_bpm: Some(135),
        max_heart_rate_bpm: Some(141),
        average_cadence: Some(82),
        ascent_m: Some(10),
        descent_m: Some(0),
        workout_rpe: Some(50),
    }
}

const GPX_POINTS: &str = r#"<trkseg><trkpt lat="54.0" lon="7.0"><ele>1.5</ele><time>2026-03-01T07:00:00Z</time>
<extensions><x:TrackPointExtension><x:hr>141</x:hr><x:cad>82</x:cad></x:TrackPointExtension></extensions></trkpt>
<trkpt lat="54.0003" lon="7.0"><time>2026-03-01T09:00:10.5+02:00</time></trkpt>
<trkpt lat="54.0006" lon="7.0"><ele>9</ele><time>2026-03-01T07:00:20</time></trkpt><trkpt lat="1" lon="1"/></trkseg>"#;

fn gpx(body: &str) -> Vec<u8> {
    format!(r#"<?xml version="1.0"?><gpx version="1.1" creator="Watch">{body}</gpx>"#).into_bytes()
}

fn gpx_seeds() -> Seeds {
    let run = gpx(&format!(
        "<trk><name>Rain &amp; &#119;ind</name><type>running</type>{GPX_POINTS}{GPX_POINTS}</trk>"
    ));
    vec![
        ("run", run.clone()),
        (
            "two_tracks",
            gpx(&format!("<trk>{GPX_POINTS}</trk><trk><name><![CDATA[a]]></name>{GPX_POINTS}</trk>")),
        ),
        ("route", gpx(r#"<rte><rtept lat="54.0" lon="7.0"/></rte>"#)),
        ("byte_order_mark", [b"\xEF\xBB\xBF \n".to_vec(), run].concat()),
        ("with_types", gpx("<!DOCTYPE gpx [<!ENTITY a 'b'>]><!-- c --><trk><name>&a;</name></trk>")),
    ]
}

const TCX_POINTS: &str = r#"<Track><Trackpoint><Time>2026-03-01T07:00:00Z</Time><Position><LatitudeDegrees>54.0
</LatitudeDegrees><LongitudeDegrees>7.0</LongitudeDegrees></Position><AltitudeMeters>1.5</AltitudeMeters>
<DistanceMeters>0</DistanceMeters><HeartRateBpm><Value>141</Value></HeartRateBpm><Cadence>82</Cadence></Trackpoint>
<Trackpoint><Time>2026-03-01T09:00:10+02:00</Time><DistanceMeters>30</DistanceMeters><Extensions><x:TPX>
<x:RunCadence>82</x:RunCadence></x:TPX></Extensions></Trackpoint></Track>"#;

fn tcx(body: &str) -> Vec<u8> {
    let open = r#"<?xml version="1.0"?><TrainingCenterDatabase>"#;
    format!("{open}{body}</TrainingCenterDatabase>").into_bytes()
}

fn tcx_lap() -> String {
    format!(
        "<Lap StartTime=\"2026-03-01T07:00:00Z\"><TotalTimeSeconds>10</TotalTimeSeconds>\
         <DistanceMeters>30</DistanceMeters><AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm>\
         <MaximumHeartRateBpm><Value>141</Value></MaximumHeartRateBpm>{TCX_POINTS}{TCX_POINTS}</Lap>"
    )
}

fn tcx_seeds() -> Seeds {
    let lap = tcx_lap();
    let run = format!(
        "<Activities><Activity Sport=\"Running\"><Id>2026-03-01T07:00:00Z</Id>{lap}{lap}\
         <Creator><Name>Watch 2 (Unit ID 1234567)</Name></Creator></Activity></Activities>"
    );
    vec![
        ("run", tcx(&run)),
        ("blanks_first", [b"          ".to_vec(), tcx(&run)].concat()),
        (
            "no_points",
            tcx("<Activity Sport=\"Biking\"><Lap><DistanceMeters>30</DistanceMeters></Lap></Activity>"),
        ),
        (
            "course",
            tcx(&format!("<Courses><Course><Name>c</Name><Lap>{TCX_POINTS}</Lap></Course></Courses>")),
        ),
    ]
}

fn archive_seeds() -> Result<Seeds, Box<dyn std::error::Error>> {
    let fit = fit_run(FitEncoder::new());
    let gpx = gpx(&format!("<trk>{GPX_POINTS}</trk>"));
    let tcx = tcx(&format!("<Activity Sport=\"Running\">{}</Activity>", tcx_lap()));
    let stored = zip(CompressionMethod::Stored, &[("activities/1.fit", &fit), (".hidden/2.gpx", &gpx)])?;
    let packed =
        zip(CompressionMethod::Deflated, &[("1.fit.gz", &gzip(&fit)?), ("2.tcx", &tcx), ("a.txt", b"a")])?;
    Ok(vec![
        ("zip_in_zip", zip(CompressionMethod::Stored, &[("a.zip", &stored), ("b.zip", &packed)])?),
        ("stored", stored),
        ("packed", packed),
        ("nothing_in_it", zip(CompressionMethod::Stored, &[])?),
        ("gzip_fit", gzip(&fit)?),
        ("gzip_twice", [gzip(&gpx[..100])?, gzip(&gpx[100..])?].concat()),
        ("gzip_tcx", gzip(&tcx)?),
        ("plain_gpx", gpx),
    ])
}

/// Every sample of every service; the first byte chooses the file, see `fuzz_targets/services.rs`.
fn service_seeds() -> Vec<(String, Vec<u8>)> {
    let files = SERVICES.iter().flat_map(|service| service.files);
    let seeds = files.zip(0_u8..).flat_map(|(file, choice)| {
        let samples = (file.samples)().into_iter().enumerate();
        samples.map(move |(number, (_, bytes))| (format!("{choice}_{number}"), [vec![choice], bytes].concat()))
    });
    seeds.collect()
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn zip(method: CompressionMethod, members: &[(&str, &[u8])]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method))?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
