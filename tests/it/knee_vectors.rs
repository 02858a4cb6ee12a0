//! Every vector of the evidence base, read from numbers that were copied here: lights, limits, ladder, signs, phone.

use chrono::{Days, NaiveDate};
use serde_json::Value;
use treadlight::knee::{
    exercises,
    fold::{self, Entry, LoadLimits, Says, State},
    light::{Age, Judged, Light, Readings},
    numbers, phone,
    see::{self, Reason, Watched},
    sign::{Sign, Urgency},
    spot::{Side, Spot},
    trend,
};

fn vectors() -> Value {
    serde_json::from_str(include_str!("data/knee_vectors.json")).unwrap()
}

fn rows<'a>(vectors: &'a Value, of: &str) -> &'a Vec<Value> {
    let found = vectors[of].get("rows").unwrap_or(&vectors[of]);
    found.as_array().unwrap_or_else(|| panic!("no vectors of {of}"))
}

fn day(text: &Value) -> NaiveDate {
    text.as_str().unwrap().parse().unwrap()
}

fn number(value: &Value) -> Option<u8> {
    value.as_u64().map(|n| u8::try_from(n).unwrap())
}

fn signs(value: &Value) -> Vec<Sign> {
    value.as_array().unwrap().iter().map(|sign| sign.as_str().unwrap().parse().unwrap()).collect()
}

fn light(word: &Value) -> Option<Light> {
    Some(match word.as_str()? {
        "GREEN" => Light::Green,
        "WAIT" => Light::Wait,
        "AMBER" => Light::Amber,
        "RED" => Light::Red,
        "STOP" => Light::Stop,
        other => panic!("{other}"),
    })
}

fn age(value: &Value) -> Age {
    value.as_i64().map_or(Age::default(), |age| Age { may_be_minor: age < 18, may_be_55: age >= 55 })
}

fn spot(value: &Value) -> Spot {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn lights_of_runs() {
    let vectors = vectors();
    for row in rows(&vectors, "light") {
        let readings = Readings {
            before: number(&row[1]),
            during: number(&row[2]),
            after: number(&row[3]),
            morning: number(&row[4]),
            worst: None,
        };
        let judged = Judged {
            spot: spot(&row[0]),
            side: row[8].as_str().unwrap().parse().ok(),
            readings,
            signs: &signs(&row[5]),
            painkiller: row[6] == 1,
            age: age(&row[9]),
        };
        assert_eq!(Some(judged.light()), light(&row[7]), "{row}");
    }
}

#[test]
fn lights_of_days() {
    let vectors = vectors();
    for row in rows(&vectors, "light_day") {
        let judged = Judged {
            spot: spot(&row[0]),
            side: Some(Side::Left),
            readings: Readings { worst: number(&row[1]), ..Readings::default() },
            signs: &signs(&row[2]),
            painkiller: false,
            age: Age::default(),
        };
        assert_eq!(judged.light_of_day(), light(&row[3]), "{row}");
    }
}

fn says(word: &Value, stage: &Value) -> Says {
    if word != "CLEARED" {
        return Says::Light(light(word));
    }
    let seen = match stage {
        Value::Null => "seen".to_owned(),
        Value::String(off) => format!("seen:{off}"),
        stage => format!("seen:{stage}"),
    };
    Says::Seen(seen.parse().unwrap())
}

fn entry(row: &Value) -> Entry {
    Entry {
        date: day(&row[0]),
        says: says(&row[1], &row[5]),
        metres: row[2].as_i64(),
        spot: spot(&row[3]),
        from_m: row[4].as_i64(),
        side: row[6].as_str().unwrap().parse().ok(),
        running_s: row[7].as_i64(),
        walk: row[8].as_bool().unwrap(),
        signs: signs(&row[9]),
        speaks_of_now: true,
    }
}

#[test]
fn limits() {
    let vectors = vectors();
    assert_eq!(rows(&vectors, "caps").len(), 100);
    for row in rows(&vectors, "caps") {
        let entries: Vec<Entry> = row["entries"].as_array().unwrap().iter().map(entry).collect();
        let others = row["other_runs"].as_array().unwrap().iter();
        let others = others.map(|run| (day(&run[0]), run[1].as_i64().unwrap()));
        let runs: Vec<(NaiveDate, i64)> =
            entries.iter().filter_map(|e| Some((e.date, e.metres?))).chain(others).collect();
        let load = LoadLimits { run_m: row["load_run_m"].as_i64(), week_m: row["load_7_days_m"].as_i64() };
        let limit = fold::limit(&entries, &runs, day(&row["next_run_on"]), load);
        let name = &row["name"];
        assert_eq!(limit.state.word().to_uppercase(), row["state"].as_str().unwrap(), "{name}");
        assert_eq!(limit.run_m, row["next_run_m"].as_i64(), "{name}");
        assert_eq!(limit.week_m, row["next_7_days_m"].as_i64(), "{name}");
        let not_before = row["not_before"].as_str().map(|date| date.parse().unwrap());
        assert_eq!(limit.not_before, not_before, "{name}");
        assert_eq!(limit.stage, number(&row["stage"]), "{name}");
        assert_eq!(limit.because.map(fold::Standing::words), row["because"].as_str(), "{name}");
    }
}

#[test]
fn stages_of_the_ladder() {
    let vectors = vectors();
    let stages: Vec<(i64, i64, i64)> =
        serde_json::from_value(vectors["ladder"]["stages_walk_run_times"].clone()).unwrap();
    assert_eq!(stages, numbers::LADDER);
    for row in rows(&vectors, "ladder") {
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        let mut on = first;
        let at = |date, says, metres| Entry {
            date,
            says,
            metres,
            spot: Spot::Front,
            from_m: None,
            side: None,
            running_s: None,
            walk: false,
            signs: Vec::new(),
            speaks_of_now: true,
        };
        let mut entries = vec![at(on, Says::Seen(format!("seen:{}", row[1]).parse().unwrap()), None)];
        for word in row[0].as_array().unwrap() {
            on = on + Days::new(3);
            entries.push(at(on, Says::Light(light(word)), Some(3_000)));
        }
        let runs: Vec<(NaiveDate, i64)> =
            entries.iter().filter_map(|entry| Some((entry.date, entry.metres?))).collect();
        let limit = fold::limit(&entries, &runs, on + Days::new(1), LoadLimits::default());
        match row[2].as_u64() {
            Some(stage) => assert_eq!(limit.stage.map(u64::from), Some(stage), "{row}"),
            None => assert_eq!(limit.state, State::Ramp, "{row}"),
        }
    }
}

#[test]
fn who_should_look_at_it_and_how_soon() {
    let vectors = vectors();
    assert_eq!(rows(&vectors, "help").len(), 27);
    for row in rows(&vectors, "help") {
        let entries: Vec<(Entry, Option<u8>)> = row["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let entry = Entry {
                    date: day(&row[0]),
                    says: says(&row[1], &Value::Null),
                    metres: None,
                    spot: spot(&row[4]),
                    from_m: None,
                    side: Some(Side::Left),
                    running_s: None,
                    walk: false,
                    signs: signs(&row[3]),
                    speaks_of_now: true,
                };
                (entry, number(&row[2]))
            })
            .collect();
        let watched: Vec<Watched<'_>> =
            entries.iter().map(|(entry, worst)| Watched { entry, worst: *worst }).collect();
        let reasons = see::reasons(&watched, day(&row["on"]), age(&row["age"]));
        let words: Vec<&str> = reasons.iter().copied().map(Reason::word).collect();
        assert_eq!(serde_json::to_value(words).unwrap(), row["reasons"], "{row}");
        assert_eq!(see::urgency(&reasons).map(Urgency::word), row["level"].as_str(), "{row}");
    }
}

#[test]
fn a_rising_week() {
    let vectors = vectors();
    for row in rows(&vectors, "rising_on_2026_11_14") {
        let numbers: Vec<(NaiveDate, u8)> =
            row[0].as_array().unwrap().iter().map(|row| (day(&row[0]), number(&row[1]).unwrap())).collect();
        assert_eq!(trend::rising(&numbers, "2026-11-14".parse().unwrap()), row[1].as_bool(), "{row}");
    }
}

#[test]
fn words_from_the_phone() {
    let vectors = vectors();
    assert_eq!(rows(&vectors, "phone").len(), 25);
    for row in rows(&vectors, "phone") {
        let in_activity = row[1] == 1;
        let Some(line) = phone::words(row[0].as_str().unwrap(), in_activity) else {
            assert!(row[2].is_null(), "{row}");
            continue;
        };
        let want = &row[2];
        let text = |name: &str| want[name].as_str().map(str::to_owned);
        assert_eq!(line.date.map(|date| date.to_string()), text("date"), "{row}");
        assert_eq!(line.time.map(|time| time.format("%-H:%M").to_string()), text("time"), "{row}");
        assert_eq!(line.spot.map(|spot| spot.code().to_owned()), text("spot"), "{row}");
        assert_eq!(line.side.map(|side| side.code().to_owned()), text("side"), "{row}");
        let Readings { before, during, after, morning, worst } = line.readings;
        let names = ["before", "during", "after", "morning", "worst"];
        for (name, value) in names.into_iter().zip([before, during, after, morning, worst]) {
            assert_eq!(value, number(&want[name]), "{name}: {row}");
        }
        let from = line.from.map(|(number, unit)| {
            format!("{number}{}", unit.map_or("", treadlight::units::UnitSystem::symbol))
        });
        assert_eq!(from, text("from"), "{row}");
        let mut said: Vec<String> = line.signs.iter().map(ToString::to_string).collect();
        said.extend(line.seen.iter().map(ToString::to_string));
        let list = |name: &str| -> Vec<String> {
            want[name].as_array().into_iter().flatten().map(|v| v.as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(said, list("signs"), "{row}");
        assert_eq!(line.bad, list("bad"), "{row}");
        assert_eq!(line.unknown, list("unknown"), "{row}");
        assert_eq!(line.walk, want["walk"] == true, "{row}");
        assert_eq!(line.note, text("note").unwrap_or_default(), "{row}");
        assert_eq!(line.date.is_none() && !in_activity, want["error"] == "no date", "{row}");
    }
}

#[test]
fn constants() {
    let vectors = vectors();
    let constants = &vectors["constants"];
    let ours = [
        ("red_above", i64::from(numbers::RED_ABOVE)),
        ("bone_red_above", i64::from(numbers::BONE_RED_ABOVE)),
        ("run_days_to_end", numbers::RUN_DAYS_TO_END as i64),
        ("over_stage_s", numbers::OVER_STAGE_S),
        ("morning_red_rise", i64::from(numbers::MORNING_RED_RISE)),
        ("look_back_days", numbers::LOOK_BACK_DAYS),
        ("known_days", numbers::KNOWN_DAYS),
        ("red_rest_days", numbers::RED_REST_DAYS),
        ("greens_to_leave", i64::from(numbers::GREENS_TO_LEAVE)),
        ("half", numbers::HALF_PERCENT),
        ("shorter", numbers::SHORTER_PERCENT),
        ("ramp_run", numbers::RAMP_RUN_PERCENT),
        ("ramp_week", numbers::RAMP_WEEK_PERCENT),
        ("least_m", numbers::LEAST_M),
        ("usual_m", numbers::USUAL_M),
        ("week_runs", numbers::WEEK_RUNS),
        ("ladder_after_days", numbers::LADDER_AFTER_DAYS),
    ];
    for (name, ours) in ours {
        assert_eq!(Some(ours), constants[name].as_i64(), "{name}");
    }
    assert_eq!(vectors["exercises"].as_u64(), Some(exercises::all().len() as u64));
}
