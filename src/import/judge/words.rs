//! The words by which files, services and names speak of a sport: one table for all of them.
//!
//! A text is cut into words at separators and where camel case begins anew (`TrailRunning`, `running:street`), accents
//! are taken off. Languages without blanks are searched for the word anywhere.

use std::{collections::HashMap, sync::LazyLock};

/// Whole words, by the sport that they name.
const WHOLE: &[(&str, &[&str])] = &[
    (
        "running",
        &[
            "run",
            "runs",
            "running",
            "jog",
            "jogs",
            "jogging",
            "treadmill",
            "parkrun",
            "marathon",
            "halfmarathon",
            "lauf",
            "laufe",
            "laufen",
            "joggen",
            "laufband",
            "halbmarathon",
            "gelaufen",
            "trailrun",
            "trailrunning",
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
            "loopband",
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
        ],
    ),
    (
        "cycling",
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
            "mtb",
            "ebike",
            "bmx",
            "spinning",
            "handcycle",
            "handcycling",
            "rad",
            "radeln",
            "rennrad",
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
        ],
    ),
    (
        "walking",
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
        ],
    ),
    (
        "hiking",
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
        ],
    ),
    (
        "swimming",
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
            "openwaterswimming",
        ],
    ),
    ("rowing", &["row", "rowing", "aviron", "remo", "canottaggio", "roeien", "rodd", "roing"]),
    (
        "paddling",
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
        &["horse", "horseback", "equestrian", "reiten", "ausritt", "equitation", "cheval", "caballo"],
    ),
    (
        "motor",
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
    ("wheelchair", &["wheelchair", "rollstuhl", "handbike"]),
    (
        "sailing",
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
    ("flying", &["flight", "flying", "paragliding", "gliding", "gleitschirm", "drone"]),
    ("elliptical", &["elliptical", "crosstrainer"]),
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

fn sport_of(word: &str) -> Option<&'static str> {
    static BY_WORD: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        WHOLE.iter().flat_map(|(sport, words)| words.iter().map(move |word| (*word, *sport))).collect()
    });
    if let Some(sport) = BY_WORD.get(word) {
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
