//! What a package brings along: completions for every shell, a page of the manual for every command.

use std::{
    collections::BTreeSet,
    fs,
    process::{Command, Stdio},
};

use crate::project::Project;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// The commands as `treadlight help` lists them.
fn commands() -> Vec<String> {
    let help = Project::new().treadlight(&["help"]).out;
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let commands: Vec<String> =
        names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    assert!(commands.len() > 15, "{help}");
    commands
}

/// The pages that `man --out` writes, by name.
fn pages(project: &Project) -> Vec<(String, String)> {
    let said = project.treadlight(&["man", "--out", "man1"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let mut pages: Vec<(String, String)> = fs::read_dir(project.path().join("man1"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    pages.sort();
    assert_eq!(said.out, format!("{} pages in man1\n", pages.len()));
    pages
}

/// A program of the machine, or a line that says that it is not there.
fn there(program: &str) -> bool {
    let is_there =
        Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !is_there {
        println!("skipped: no `{program}` here");
    }
    is_there
}

#[test]
fn every_shell_completes_every_command() {
    let commands = commands();
    for shell in SHELLS {
        let said = Project::new().treadlight(&["completions", shell]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{shell}");
        let words: BTreeSet<&str> =
            said.out.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).collect();
        for command in &commands {
            assert!(words.contains(command.as_str()), "{shell} does not know `{command}`");
        }
        assert!(words.contains("as-of") || words.contains("--as-of"), "{shell} knows no options");
    }
}

#[test]
fn bash_accepts_its_completions() {
    if !there("bash") {
        return;
    }
    let project = Project::new();
    project.write("treadlight.bash", project.treadlight(&["completions", "bash"]).out);
    // what bash offers after `treadlight shoes re`
    let script = "source ./treadlight.bash; COMP_WORDS=(treadlight shoes re); COMP_CWORD=2; \
                  _treadlight treadlight re shoes; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let output = Command::new("bash").args(["-c", script]).current_dir(project.path()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!((out.as_ref(), err.as_ref()), ("retire\nrename\n", ""));
}

#[test]
fn an_unknown_shell_is_refused_with_those_there_are() {
    let said = Project::new().treadlight(&["completions", "tcsh"]);
    assert_eq!(said.code, 2);
    for shell in SHELLS {
        assert!(said.err.contains(shell), "{}", said.err);
    }
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let pages = pages(&Project::new());
    let named = |name: &str| pages.iter().any(|(file, _)| file == name);
    assert!(named("treadlight.1"));
    for command in commands().iter().filter(|command| *command != "help") {
        assert!(named(&format!("treadlight-{command}.1")), "no page for `{command}`");
    }
    // and the commands below those
    for command in ["shoes-add", "runs-exclude", "knee-log", "cache-clear", "cohort-schema"] {
        assert!(named(&format!("treadlight-{command}.1")), "no page for `{command}`");
    }
    for (file, text) in &pages {
        let title = format!(
            ".TH {} 1 {} treadlight \"Manual of treadlight\"",
            file.trim_end_matches(".1"),
            env!("CARGO_PKG_VERSION")
        );
        assert!(text.contains(&title), "{file}: {text}");
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{file}");
    }
}

#[test]
fn without_a_folder_the_main_page_goes_to_stdout() {
    let project = Project::new();
    let main = project.treadlight(&["man"]);
    let (_, page) = pages(&project).into_iter().find(|(file, _)| file == "treadlight.1").unwrap();
    assert_eq!((main.code, main.out), (0, page));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let project = Project::new();
    project.write("taken", "a file");
    let said = project.treadlight(&["man", "--out", "taken/man1"]);
    assert_eq!(said.code, 2);
    assert!(said.err.starts_with("error: cannot make the folder `taken/man1`"), "{}", said.err);
}

#[test]
fn the_programs_that_show_manuals_find_no_fault() {
    let project = Project::new();
    let pages = pages(&project);
    let complaints = |program: &str, arguments: &[&str]| {
        let folder = project.path().join("man1");
        let files = pages.iter().map(|(file, _)| file);
        let output = Command::new(program).args(arguments).args(files).current_dir(folder).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    if there("groff") {
        assert_eq!(complaints("groff", &["-Kutf8", "-man", "-Tutf8", "-ww", "-z"]), (true, String::new()));
    }
    if there("mandoc") {
        let (is_accepted, said) = complaints("mandoc", &["-T", "lint", "-W", "error"]);
        assert!(is_accepted, "{said}");
    }
}

#[test]
fn no_path_of_the_building_machine_is_named() {
    let project = Project::new();
    let mut texts: Vec<String> = pages(&project).into_iter().map(|(_, text)| text).collect();
    texts.extend(SHELLS.map(|shell| project.treadlight(&["completions", shell]).out));
    for text in texts {
        assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "{text}");
    }
}
