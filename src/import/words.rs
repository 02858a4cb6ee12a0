//! The words by which files, services and names speak of a sport: one table for all of them.
//!
//! A text is cut into words at separators and where camel case begins anew (`TrailRunning`, `running:street`), accents
//! are taken off. Languages without blanks are searched for the word anywhere. A service's word is looked up whole first.

use std::{collections::HashMap, sync::LazyLock};

use crate::activity::Sport;

/// FIT's sport, FIT's finer kind, and the words for them, in lower case without accents.
type Words = (&'static str, Option<&'static str>, &'static [&'static str]);

/// Words that name a sport wherever they stand.
const WHOLE: &[Words] = &[
    (
        "running",
        None,
        &[
            "run",
            "runs",
            "running",
            "jog",
            "jogs",
            "jogging",
            "parkrun",
            "marathon",
            "halfmarathon",
            "lauf",
            "laufe",
            "laufen",
            "joggen",
            "halbmarathon",
            "gelaufen",
            "courir",
            "footing",
            "carrera",
            "correr",
            "corriendo",
            "trote",
            "corsa",
            "correre",
            "corrida",
            "hardlopen",
            "hardloop",
            "hardlooprondje",
            "rennen",
            "duurloop",
            "lopning",
            "lopa",
            "loptur",
            "lop",
            "loping",
            "lope",
            "lopetur",
            "lob",
            "lobe",
            "lobetur",
            "juoksu",
            "juoksulenkki",
            "bieg",
            "bieganie",
            "beh",
            "behani",
            "futas",
            "kosu",
            "lari",
            "бег",
            "пробежка",
            "біг",
            "tapis",
            "hardloopsessie",
            "loprunda",
            "забег",
        ],
    ),
    (
        "running",
        Some("treadmill"),
        &[
            "treadmill",
            "laufband",
            "loopband",
            "treadmillrun",
            "treadmillrunning",
            "indoorrun",
            "indoorrunning",
            "laufbandlaufen",
            "bieznia",
        ],
    ),
    (
        "running",
        Some("trail"),
        &["trailrun", "trailrunning", "traillauf", "trailhardlopen", "trailrunsessie"],
    ),
    ("running", Some("virtual_activity"), &["virtualrun"]),
    ("running", Some("track"), &["trackrun", "trackrunning", "bahnlauf", "bahnlaufen"]),
    ("running", Some("street"), &["streetrunning", "roadrunning", "straßenlauf"]),
    ("running", Some("ultra"), &["ultrarun", "ultrarunning"]),
    ("running", Some("obstacle"), &["obstaclerun", "obstaclerunning"]),
    (
        "cycling",
        None,
        &[
            "ride",
            "rides",
            "riding",
            "cycle",
            "cycling",
            "bike",
            "bikes",
            "biking",
            "biker",
            "bicycle",
            "ebike",
            "bmx",
            "handcycle",
            "handcycling",
            "rad",
            "radeln",
            "rennradfahren",
            "velo",
            "vtt",
            "cyclisme",
            "ciclismo",
            "bici",
            "bicicleta",
            "bicicletta",
            "fiets",
            "fietsen",
            "fietstocht",
            "wielrennen",
            "cykel",
            "cykling",
            "cykla",
            "sykkel",
            "sykling",
            "pyoraily",
            "rower",
            "kolo",
            "cyklistika",
            "kerekpar",
            "bisiklet",
            "велосипед",
            "велопрогулка",
            "велоспорт",
            "bikeride",
            "radfahrt",
            "radfahren",
            "fietsrit",
            "велозаезд",
        ],
    ),
    ("cycling", Some("mountain"), &["mtb", "mountainbikeride", "mountainbiking", "mountainbike"]),
    ("cycling", Some("indoor_cycling"), &["spinning", "indoorcycling", "indoorride"]),
    ("cycling", Some("road"), &["rennrad", "roadcycling", "roadbiking"]),
    ("cycling", Some("virtual_activity"), &["virtualride"]),
    ("cycling", Some("gravel_cycling"), &["gravelride", "gravelcycling"]),
    (
        "walking",
        None,
        &[
            "walk",
            "walks",
            "walking",
            "gehen",
            "marche",
            "caminata",
            "caminar",
            "caminhada",
            "camminata",
            "passeggiata",
            "wandelen",
            "wandeling",
            "promenad",
            "gang",
            "gatur",
            "kavely",
            "spacer",
            "chuze",
            "ходьба",
            "прогулка",
            "spaziergang",
            "walken",
            "yuruyus",
        ],
    ),
    (
        "hiking",
        None,
        &[
            "hike",
            "hikes",
            "hiking",
            "trek",
            "trekking",
            "randonnee",
            "rando",
            "senderismo",
            "excursionismo",
            "escursione",
            "escursionismo",
            "bergtour",
            "bergsteigen",
            "vandring",
            "tramping",
            "поход",
            "mountaineering",
            "wanderung",
            "wandern",
            "wandeltocht",
            "hiken",
            "wedrowka",
            "fottur",
            "vaellus",
        ],
    ),
    (
        "swimming",
        None,
        &[
            "swim",
            "swims",
            "swimming",
            "natation",
            "natacion",
            "natacao",
            "nadar",
            "nuoto",
            "zwemmen",
            "simning",
            "svomning",
            "svomming",
            "uinti",
            "plywanie",
            "плавание",
            "schwimmen",
            "zwemsessie",
        ],
    ),
    ("swimming", Some("open_water"), &["openwaterswimming", "openwaterswim", "freiwasserschwimmen"]),
    ("swimming", Some("lap_swimming"), &["poolswim", "poolswimming", "lapswimming", "schwimmbadschwimmen"]),
    ("rowing", None, &["row", "rowing", "aviron", "remo", "canottaggio", "roeien", "rodd", "roing"]),
    (
        "paddling",
        None,
        &[
            "kayak",
            "kayaking",
            "kajak",
            "kanu",
            "canoe",
            "canoeing",
            "kano",
            "paddle",
            "paddling",
            "paddleboarding",
            "paddleboard",
            "sup",
            "piragua",
            "piraguismo",
            "rafting",
        ],
    ),
    (
        "skating",
        None,
        &[
            "skate",
            "skating",
            "inline",
            "inliner",
            "inlineskaten",
            "skaten",
            "rollerblading",
            "rollerskating",
            "skateboard",
            "skateboarding",
            "patinage",
            "patinaje",
            "pattinaggio",
            "roller",
            "schaatsen",
        ],
    ),
    (
        "skiing",
        None,
        &[
            "ski",
            "skiing",
            "skis",
            "langlauf",
            "skilanglauf",
            "skilauf",
            "skitour",
            "snowboard",
            "snowboarding",
            "rollerski",
            "snowshoe",
            "snowshoeing",
            "sled",
            "sledding",
            "sledge",
            "mushing",
            "luge",
            "skidor",
            "langrenn",
        ],
    ),
    (
        "horseback_riding",
        None,
        &["horse", "horseback", "equestrian", "reiten", "ausritt", "equitation", "cheval", "caballo"],
    ),
    (
        "motor",
        None,
        &[
            "motorcycle",
            "motorcycling",
            "motorbike",
            "motorrad",
            "moto",
            "driving",
            "drive",
            "scooter",
            "snowmobile",
            "atv",
            "quad",
        ],
    ),
    ("wheelchair", None, &["wheelchair", "rollstuhl", "handbike"]),
    (
        "sailing",
        None,
        &[
            "sail",
            "sailing",
            "segeln",
            "voile",
            "surf",
            "surfing",
            "windsurf",
            "windsurfing",
            "kitesurf",
            "kitesurfing",
            "boating",
        ],
    ),
    ("flying", None, &["flight", "flying", "paragliding", "gliding", "gleitschirm", "drone"]),
    ("elliptical", None, &["elliptical", "crosstrainer"]),
];

/// What names a sport only if a service says nothing else, without blanks: elsewhere a course is a meal, too.
const ALONE: &[Words] = &[
    ("running", None, &["courseapied", "course", "ラン"]),
    (
        "running",
        Some("treadmill"),
        &[
            "indoorrunjog",
            "courseapiedsurtapisroulant",
            "tapisroulant",
            "cintadecorrer",
            "cinta",
            "corsasutapisroulant",
            "corridanaesteira",
            "esteira",
        ],
    ),
    (
        "running",
        Some("trail"),
        &[
            "trail",
            "carrerademontana",
            "carreradetrail",
            "trailcourseapied",
            "corsasutrail",
            "corridaemtrilha",
            "corridadetrilha",
        ],
    ),
    (
        "running",
        Some("virtual_activity"),
        &[
            "virtuellerlauf",
            "virtuelehardloopsessie",
            "carreravirtual",
            "courseapiedvirtuelle",
            "corsavirtuale",
            "corridavirtual",
        ],
    ),
    ("running", Some("obstacle"), &["obstaclecourseracing"]),
    ("walking", None, &["outdoorwalk", "andar"]),
    ("hiking", None, &["excursion", "trilha"]),
    (
        "cycling",
        None,
        &[
            "outdoorbike",
            "rit",
            "vueltaenbicicleta",
            "paseoenbicicleta",
            "sortieavelo",
            "giroinbici",
            "uscitainbicicletta",
            "pedalada",
            "jazda",
            "ライド",
        ],
    ),
    ("cycling", Some("virtual_activity"), &["virtuelleradfahrt", "virtuelefietsrit"]),
    ("cycling", Some("indoor_cycling"), &["exercisebike", "indoorbike"]),
];

/// Beginnings of words, in this order: German and others put words together.
const BEGINNINGS: &[(&str, &str)] = &[
    ("langlauf", "skiing"),
    ("schneeschuh", "skiing"),
    ("inline", "skating"),
    ("eislauf", "skating"),
    ("schlittschuh", "skating"),
    ("rollschuh", "skating"),
    ("radtour", "cycling"),
    ("radfahr", "cycling"),
    ("radrunde", "cycling"),
    ("radausfahrt", "cycling"),
    ("radrennen", "cycling"),
    ("fahrrad", "cycling"),
    ("mountainbik", "cycling"),
    ("велос", "cycling"),
    ("wander", "hiking"),
    ("spazier", "walking"),
    ("schwimm", "swimming"),
    ("ruder", "rowing"),
    ("paddel", "paddling"),
    ("motorrad", "motor"),
    ("jogging", "running"),
    ("laufband", "running"),
    ("lauftraining", "running"),
    ("laufrunde", "running"),
    ("laufeinheit", "running"),
    ("hardloop", "running"),
    ("juoks", "running"),
    ("пробеж", "running"),
];

/// Ends of words, in this order.
const ENDINGS: &[(&str, &str)] = &[
    ("langlauf", "skiing"),
    ("skilauf", "skiing"),
    ("schuhlauf", "skating"),
    ("inlinelauf", "skating"),
    ("radtour", "cycling"),
    ("radfahrt", "cycling"),
    ("wanderung", "hiking"),
    ("spaziergang", "walking"),
    ("schwimmen", "swimming"),
    ("dauerlauf", "running"),
    ("waldlauf", "running"),
    ("volkslauf", "running"),
    ("stadtlauf", "running"),
    ("abendlauf", "running"),
    ("morgenlauf", "running"),
    ("berglauf", "running"),
    ("trailrun", "running"),
    ("tempolauf", "running"),
    ("intervallauf", "running"),
    ("silvesterlauf", "running"),
    ("parklauf", "running"),
    ("landschaftslauf", "running"),
    ("gelandelauf", "running"),
    ("crosslauf", "running"),
    ("wettlauf", "running"),
    ("fruhlauf", "running"),
    ("mittagslauf", "running"),
    ("nachtlauf", "running"),
    ("firmenlauf", "running"),
    ("straßenlauf", "running"),
    ("strassenlauf", "running"),
    ("barfußlauf", "running"),
];

/// Words of languages that are written without blanks, in this order.
const ANYWHERE: &[(&str, &str)] = &[
    ("滑雪", "skiing"),
    ("骑", "cycling"),
    ("騎", "cycling"),
    ("自行车", "cycling"),
    ("自転車", "cycling"),
    ("サイクリング", "cycling"),
    ("자전거", "cycling"),
    ("사이클", "cycling"),
    ("徒步", "hiking"),
    ("登山", "hiking"),
    ("ハイキング", "hiking"),
    ("등산", "hiking"),
    ("步行", "walking"),
    ("健走", "walking"),
    ("散步", "walking"),
    ("ウォーキング", "walking"),
    ("걷기", "walking"),
    ("游泳", "swimming"),
    ("水泳", "swimming"),
    ("수영", "swimming"),
    ("跑", "running"),
    ("ランニング", "running"),
    ("ジョギング", "running"),
    ("マラソン", "running"),
    ("달리기", "running"),
    ("러닝", "running"),
    ("조깅", "running"),
];

/// Words that say "an activity" and no sport.
const NO_SPORT: &[&str] = &[
    "",
    "0",
    "unknown",
    "uncategorized",
    "none",
    "other",
    "others",
    "generic",
    "general",
    "workout",
    "training",
    "activity",
    "track",
    "tracks",
    "exercise",
    "sport",
    "sports",
    "default",
    "undefined",
    "null",
    "gps",
    "sonstige",
    "sonstiges",
    "andere",
    "anderes",
    "aktivitat",
    "autre",
    "autres",
    "otro",
    "otra",
    "otros",
    "altro",
    "outro",
    "overig",
    "annat",
    "annan",
    "andet",
    "annet",
    "muu",
    "inne",
    "другое",
    "其他",
    "その他",
    "기타",
];

/// What a text says of sports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// It speaks of running.
    pub(super) run: bool,
    /// The first other sport that it speaks of.
    pub(super) other: Option<&'static str>,
    /// The other sport stands directly before the run: a ski run, a motorcycle run.
    pub(super) other_kind_of_run: bool,
    /// It holds nothing but words that name no sport.
    pub(super) no_sport: bool,
}

/// The kinds of running that a word may hold, as FIT calls them.
pub(super) const KINDS: [&str; 8] =
    ["trail", "treadmill", "track", "street", "road", "virtual", "indoor", "ultra"];

/// The sport and the finer kind of a service's word, both in FIT's; `None` for a word that is not known.
pub(super) fn known(word: &str) -> Option<(Sport, Option<&'static str>)> {
    let words = words(word);
    if let Some((sport, kind)) = entry(&words.concat(), true) {
        return Some((Sport::known(sport), kind));
    }
    let meaning = meaning(word);
    match meaning.other {
        Some(other) if words.len() == 1 && !meaning.run => Some((Sport::known(other), None)),
        None if meaning.run => {
            let kind = KINDS.iter().find(|kind| words.iter().any(|word| word == *kind));
            Some((Sport::running(), kind.copied()))
        }
        _ => None,
    }
}

/// The kind of run that a name speaks of, where it speaks of a run: `trail` of a `Morning Trail Run`.
pub(super) fn run_of_a_kind(name: &str) -> Option<&'static str> {
    let words = words(name);
    let of_word =
        words.iter().find_map(|word| entry(word, false).filter(|(sport, _)| *sport == "running")?.1);
    of_word.or_else(|| {
        let is_run = meaning(name).run;
        KINDS.into_iter().find(|kind| is_run && words.iter().any(|word| word == kind))
    })
}

/// The same; a word that is not known is a sport of its own: never a guess.
pub(super) fn sport(word: &str) -> (Sport, Option<String>) {
    let (sport, kind) = known(word).unwrap_or_else(|| (Sport::new(word), None));
    (sport, kind.map(str::to_owned))
}

/// What a text says of sports, by its words.
pub(super) fn meaning(text: &str) -> Meaning {
    let words = words(text);
    let mut meaning = Meaning {
        no_sport: words.iter().all(|word| NO_SPORT.contains(&word.as_str())),
        ..Meaning::default()
    };
    let mut before = None;
    for (at, word) in words.iter().enumerate() {
        // `course à pied`: alone, the word means a race or a meal
        let of_phrase =
            word == "course" && words.get(at + 1).is_some_and(|next| matches!(next.as_str(), "a" | "nature"));
        let sport = if of_phrase { Some("running") } else { sport_of(word) };
        match sport {
            Some("running") => {
                meaning.run = true;
                meaning.other_kind_of_run |= before.is_some_and(|before| !is_on_foot(before));
            }
            Some(other) => meaning.other = meaning.other.or(Some(other)),
            None => {}
        }
        before = sport.filter(|sport| *sport != "running");
    }
    meaning
}

/// Walkers run in between.
pub(super) fn is_on_foot(sport: &str) -> bool {
    matches!(sport, "walking" | "hiking")
}

/// What stands in the table for a word; `alone`: if nothing else is said.
fn entry(word: &str, alone: bool) -> Option<(&'static str, Option<&'static str>)> {
    type Table = HashMap<&'static str, (&'static str, Option<&'static str>)>;
    fn table(rows: &'static [Words]) -> Table {
        let of_row = |(sport, kind, words): &'static Words| words.iter().map(|word| (*word, (*sport, *kind)));
        rows.iter().flat_map(of_row).collect()
    }
    static WHOLE_BY_WORD: LazyLock<Table> = LazyLock::new(|| table(WHOLE));
    static ALONE_BY_WORD: LazyLock<Table> = LazyLock::new(|| table(ALONE));
    WHOLE_BY_WORD.get(word).or_else(|| ALONE_BY_WORD.get(word).filter(|_| alone)).copied()
}

fn sport_of(word: &str) -> Option<&'static str> {
    if let Some((sport, _)) = entry(word, false) {
        return Some(sport);
    }
    let found = |list: &'static [(&str, &'static str)], is: &dyn Fn(&str) -> bool| {
        list.iter().find(|(part, _)| is(part)).map(|(_, sport)| *sport)
    };
    found(BEGINNINGS, &|part| word.starts_with(part))
        .or_else(|| found(ENDINGS, &|part| word.ends_with(part)))
        .or_else(|| found(ANYWHERE, &|part| !word.is_ascii() && word.contains(part)))
}

/// The words of a text in lower case, without accents.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_lower = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() || (letter.is_uppercase() && after_lower) {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        }
        after_lower = letter.is_lowercase();
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase().map(without_accent));
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

fn without_accent(letter: char) -> char {
    match letter {
        'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => 'a',
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' | 'ő' => 'o',
        'ü' | 'ú' | 'ù' | 'û' | 'ű' | 'ů' => 'u',
        'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ç' | 'č' | 'ć' => 'c',
        'ñ' | 'ń' => 'n',
        'ş' | 'š' | 'ś' => 's',
        'ł' => 'l',
        'ý' => 'y',
        'ž' | 'ż' | 'ź' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_separators_and_where_camel_case_begins_anew() {
        assert_eq!(words("TrailRunning"), ["trail", "running"]);
        assert_eq!(words("Run (treadmill)/indoor:GPS_2"), ["run", "treadmill", "indoor", "gps", "2"]);
        assert_eq!(words("Löpning à  pied"), ["lopning", "a", "pied"]);
        assert_eq!(words(" - "), [""; 0]);
    }

    #[test]
    fn a_services_word_is_known_in_any_case_and_with_any_blanks_and_stands_once() {
        let is = |word: &str| known(word).map(|(sport, kind)| (sport.to_string(), kind));
        let run = |kind| Some(("running".to_owned(), kind));
        assert_eq!(is("Trail Run"), run(Some("trail")));
        assert_eq!(is("Course à pied"), run(None));
        assert_eq!(is("Course"), run(None), "alone it is a run");
        assert_eq!(is("Indoor Run / Jog"), run(Some("treadmill")));
        assert_eq!(is("Outdoor Run"), run(None), "a run of a kind that nobody listed");
        assert_eq!(is("户外跑步"), run(None));
        assert_eq!(is("Skilanglauf"), Some(("skiing".to_owned(), None)));
        assert_eq!((is("Baansessie"), is("Bike Bootcamp"), is("Other"), is("")), (None, None, None, None));
        let mut words: Vec<&str> =
            WHOLE.iter().chain(ALONE).flat_map(|(_, _, words)| *words).copied().collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }

    #[test]
    fn a_run_is_known_in_the_main_languages() {
        for text in [
            "Löprunda löpning",
            "Course à pied",
            "Carrera continua",
            "Corsa",
            "hardlopen",
            "Waldlauf",
            "Пробежка",
            "户外跑步",
            "ランニング",
            "조깅",
            "Bieganie",
            "koşu",
            "Løbetur",
            "Juoksulenkki",
            "5k parkrun",
        ] {
            assert!(meaning(text).run, "{text}");
        }
    }

    #[test]
    fn another_sport_is_known_though_run_stands_in_it() {
        for text in
            ["Skilanglauf", "Inline skating", "Fahrradtour", "Radtour", "Ruderboot", "SUP", "骑行", "Wandern"]
        {
            let meaning = meaning(text);
            assert!(!meaning.run && meaning.other.is_some(), "{text}: {meaning:?}");
        }
        assert!(meaning("motorcycle_run").other_kind_of_run);
        assert!(!meaning("walk/run").other_kind_of_run);
    }

    #[test]
    fn places_and_verbs_are_no_sport() {
        for text in
            ["Brunswick", "Course of the day", "Verlauf", "Ridgeway", "Radisson", "Kreislauf", "Rowan"]
        {
            assert_eq!((meaning(text).run, meaning(text).other), (false, None), "{text}");
        }
    }

    #[test]
    fn words_that_name_no_sport_are_told_from_those_that_nobody_knows() {
        assert!(
            ["Other", "0", "", "Sonstige", "Other workout", "その他"]
                .iter()
                .all(|text| meaning(text).no_sport)
        );
        assert!(["Padel", "Yoga", "9"].iter().all(|text| !meaning(text).no_sport));
    }
}
