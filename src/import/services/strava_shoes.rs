//! Strava: `shoes.csv` of a bulk export, a row for each pair.
//!
//! Its four columns are `Shoe Name`, `Shoe Brand`, `Shoe Model` and `Shoe Default Sport Types`; the name may be empty, and
//! whether a pair is retired it does not say. Strava documents none of this: taken from one real file
//! (rodrigomaria/strava-data) and from the threads of endurain-project/endurain (#261, #318). The list of activities names
//! a pair by its name, or by brand, model and name in a row: programs that read real exports do not agree, so both are kept.

use super::{
    part::{IndexError, ListedPair},
    service::{ServiceFile, whole},
    table::{Cells, Headings, Table},
};

/// The file among those of Strava.
pub(crate) const SHOES: ServiceFile = ServiceFile {
    name: "shoes.csv",
    is: |head| head.headings().is_some_and(is_index),
    else_by_name: None,
    read: |_, reader| Ok(read(&whole(reader)?)?.into()),
    samples: || {
        let file =
            "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nRed,Brand,\"Model, 2\",Run\n,B,M,\n";
        vec![("shoes.csv", file.into())]
    },
};

const NAME: &str = "Shoe Name";
const BRAND: &str = "Shoe Brand";
const MODEL: &str = "Shoe Model";

/// Whether these are the headings of such a list.
pub(crate) fn is_index(headings: &Headings) -> bool {
    headings.hold(&[NAME, BRAND, MODEL])
}

/// Reads the pairs.
///
/// # Errors
/// If nothing of the file is whole.
pub fn read(bytes: &[u8]) -> Result<Vec<ListedPair>, IndexError> {
    let table = Table::read(bytes)?;
    Ok(table.cells().filter_map(|cells| pair(&cells)).collect())
}

fn pair(cells: &Cells<'_>) -> Option<ListedPair> {
    let word = |heading: &str| cells.word(heading);
    let full = [word(BRAND), word(MODEL), word(NAME)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    match word(NAME) {
        Some(name) if name != full => Some(ListedPair { name: name.to_owned(), gear: vec![full] }),
        _ if full.is_empty() => None,
        _ => Some(ListedPair::named(&full)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: &str = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types";

    fn is_index(head: &[u8]) -> bool {
        Headings::of(head).is_some_and(|headings| super::is_index(&headings))
    }

    #[test]
    fn a_pair_has_its_own_name_else_brand_and_model() {
        let file = format!(
            "{HEADINGS}\nRed 1,Brand,Model 2,\"\"\n\"\",Brand,Model 3,\"\"\nOnly,,,Run\n,,,\n\"a, b\",,Model,\n"
        );
        assert!(is_index(file.as_bytes()));
        let pairs = read(file.as_bytes()).unwrap();
        let names: Vec<Vec<&str>> = pairs.iter().map(|pair| pair.names().collect()).collect();
        assert_eq!(
            names,
            [
                vec!["Red 1", "Brand Model 2 Red 1"],
                vec!["Brand Model 3"],
                vec!["Only"],
                vec!["a, b", "Model a, b"]
            ]
        );
    }

    #[test]
    fn bikes_and_activities_are_no_shoes_and_damage_never_panics() {
        assert!(!is_index(b"Bike Name,Bike Brand,Bike Model,Bike Default Sport Types\n"));
        assert!(!is_index(b""));
        let file = format!("{HEADINGS}\nRed,Brand,\"Model\",Run\n").into_bytes();
        for length in 0..file.len() {
            let _ = read(&file[..length]);
        }
    }
}
