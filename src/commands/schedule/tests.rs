//! What the tests of every system share: a path that each of them could misread.

use super::{every::Every, job::Job};

/// Everything that some system gives a meaning to.
pub(super) const NASTY: &str = "/opt/my \"runs\" & <100%> $HOME/it's \\ läufe";

pub(super) fn job(weekday: Option<chrono::Weekday>) -> Job {
    Job {
        program: format!("{NASTY}/treadlight"),
        arguments: ["check", NASTY, "--quiet"].map(str::to_owned).to_vec(),
        folders: vec![NASTY.to_owned()],
        every: Every { weekday, hour: 7, minute: 5 },
        log: format!("{NASTY}.log"),
    }
}

/// The texts between two tags, read as XML.
pub(super) fn strings(xml: &str, tag: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), None::<String>);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) if start.name().as_ref() == tag => {
                inside = Some(String::new());
            }
            quick_xml::events::Event::End(end) if end.name().as_ref() == tag => {
                found.extend(inside.take());
            }
            quick_xml::events::Event::Text(text) => {
                if let Some(inside) = &mut inside {
                    inside.push_str(&text);
                }
            }
            quick_xml::events::Event::GeneralRef(reference) => {
                if let Some(inside) = &mut inside {
                    let name: &str = &reference;
                    inside.push_str(quick_xml::escape::resolve_predefined_entity(name).unwrap());
                }
            }
            quick_xml::events::Event::Eof => return found,
            _ => {}
        }
    }
}
