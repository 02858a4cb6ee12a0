//! The sports by the words of services, in the languages that their exports are written in.
//!
//! A word is looked up whole, in lower case and without blanks, hyphens and brackets. One that is not here is a sport of
//! its own: never a guess.

use crate::activity::Sport;

/// FIT's sport, FIT's finer kind, and the words for them.
type Words = (&'static str, Option<&'static str>, &'static [&'static str]);

const WORDS: &[Words] = &[
    (
        "running",
        None,
        &[
            "run",
            "running",
            "jog",
            "jogging",
            "lauf",
            "laufen",
            "hardloopsessie",
            "hardlopen",
            "carrera",
            "correr",
            "courseàpied",
            "course",
            "corsa",
            "corrida",
            "bieg",
            "bieganie",
            "löpning",
            "löprunda",
            "løb",
            "løbetur",
            "løp",
            "løping",
            "løpetur",
            "juoksu",
            "běh",
            "koşu",
            "бег",
            "забег",
            "ランニング",
            "ラン",
            "跑步",
            "달리기",
        ],
    ),
    (
        "running",
        Some("treadmill"),
        &[
            "treadmill",
            "treadmillrun",
            "treadmillrunning",
            "indoorrunjog",
            "indoorrun",
            "indoorrunning",
            "laufband",
            "laufbandlaufen",
            "loopband",
            "courseàpiedsurtapisroulant",
            "tapisroulant",
            "cintadecorrer",
            "cinta",
            "corsasutapisroulant",
            "corridanaesteira",
            "esteira",
            "bieżnia",
        ],
    ),
    (
        "running",
        Some("trail"),
        &[
            "trailrun",
            "trailrunning",
            "traillauf",
            "trail",
            "trailhardlopen",
            "trailrunsessie",
            "carrerademontaña",
            "carreradetrail",
            "trailcourseàpied",
            "corsasutrail",
            "corridaemtrilha",
            "corridadetrilha",
        ],
    ),
    (
        "running",
        Some("virtual_activity"),
        &[
            "virtualrun",
            "virtuellerlauf",
            "virtuelehardloopsessie",
            "carreravirtual",
            "courseàpiedvirtuelle",
            "corsavirtuale",
            "corridavirtual",
        ],
    ),
    ("running", Some("track"), &["trackrun", "trackrunning", "bahnlauf", "bahnlaufen"]),
    ("running", Some("street"), &["streetrunning", "roadrunning", "straßenlauf"]),
    ("running", Some("ultra"), &["ultrarun", "ultrarunning"]),
    ("running", Some("obstacle"), &["obstaclerun", "obstaclerunning", "obstaclecourseracing"]),
    (
        "walking",
        None,
        &[
            "walk",
            "walking",
            "outdoorwalk",
            "spaziergang",
            "gehen",
            "walken",
            "wandeling",
            "wandelen",
            "caminata",
            "caminar",
            "andar",
            "marche",
            "camminata",
            "caminhada",
            "spacer",
            "promenad",
            "gåtur",
            "gang",
            "kävely",
            "chůze",
            "yürüyüş",
            "ходьба",
            "ウォーキング",
            "步行",
        ],
    ),
    (
        "hiking",
        None,
        &[
            "hike",
            "hiking",
            "wanderung",
            "wandern",
            "wandeltocht",
            "hiken",
            "senderismo",
            "excursión",
            "randonnée",
            "escursione",
            "escursionismo",
            "trilha",
            "wędrówka",
            "vandring",
            "fottur",
            "vaellus",
            "поход",
        ],
    ),
    (
        "cycling",
        None,
        &[
            "ride",
            "bike",
            "biking",
            "bikeride",
            "cycling",
            "outdoorbike",
            "radfahrt",
            "radfahren",
            "fietsrit",
            "fietsen",
            "rit",
            "vueltaenbicicleta",
            "ciclismo",
            "bicicleta",
            "paseoenbicicleta",
            "sortieàvélo",
            "vélo",
            "cyclisme",
            "giroinbici",
            "uscitainbicicletta",
            "pedalada",
            "jazda",
            "cykling",
            "sykling",
            "pyöräily",
            "велосипед",
            "велозаезд",
            "ライド",
            "骑行",
        ],
    ),
    ("cycling", Some("virtual_activity"), &["virtualride", "virtuelleradfahrt", "virtuelefietsrit"]),
    ("cycling", Some("mountain"), &["mountainbikeride", "mountainbiking", "mountainbike", "mtb"]),
    ("cycling", Some("gravel_cycling"), &["gravelride", "gravelcycling"]),
    (
        "cycling",
        Some("indoor_cycling"),
        &["indoorcycling", "indoorride", "spinning", "exercisebike", "indoorbike"],
    ),
    ("cycling", Some("road"), &["roadcycling", "roadbiking", "rennrad"]),
    (
        "swimming",
        None,
        &[
            "swim",
            "swimming",
            "schwimmen",
            "zwemmen",
            "zwemsessie",
            "natación",
            "nadar",
            "natation",
            "nuoto",
            "natação",
            "pływanie",
            "simning",
            "svømming",
            "svømning",
            "uinti",
            "плавание",
            "水泳",
            "游泳",
        ],
    ),
    ("swimming", Some("lap_swimming"), &["poolswim", "poolswimming", "lapswimming", "schwimmbadschwimmen"]),
    ("swimming", Some("open_water"), &["openwaterswimming", "openwaterswim", "freiwasserschwimmen"]),
];

/// The sport and the finer kind of a word, both in FIT's; `None` for a word that is not known.
pub(crate) fn known(word: &str) -> Option<(Sport, Option<&'static str>)> {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let is_it = |(_, _, words): &&Words| words.contains(&letters.as_str());
    WORDS.iter().find(is_it).map(|(sport, kind, _)| (Sport::known(sport), *kind))
}

/// The same; a word that is not known is a sport of its own.
pub(crate) fn sport(word: &str) -> (Sport, Option<String>) {
    let (sport, kind) = known(word).unwrap_or_else(|| (Sport::new(word), None));
    (sport, kind.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_any_case_and_with_any_blanks_and_stands_once() {
        let is = |word: &str| known(word).map(|(sport, kind)| (sport.to_string(), kind));
        assert_eq!(is("Trail Run"), Some(("running".to_owned(), Some("trail"))));
        assert_eq!(is("Course à pied"), Some(("running".to_owned(), None)));
        assert_eq!(is("Indoor Run / Jog"), Some(("running".to_owned(), Some("treadmill"))));
        assert_eq!((is("Baansessie"), is("")), (None, None));
        let mut words: Vec<&str> = WORDS.iter().flat_map(|(_, _, words)| *words).copied().collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
