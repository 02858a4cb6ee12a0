//! Settings are the old file or the new one, whatever happens in between.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use crate::project::{Project, said};

const SETTINGS: &str = "treadlight.toml";

/// So large that writing it takes a while.
fn large_settings(name: &str) -> String {
    let comments: String = (0..20_000).map(|line| format!("# line {line} of mine\n")).collect();
    let gear = if name == "one" { "" } else { "gear = [\"one\"]\n" };
    format!("{comments}[[shoes]]\nname = \"{name}\"\n{gear}")
}

fn rename_in_the_background(project: &Project) -> Child {
    let arguments = ["shoes", "rename", "one", "other", "--config", SETTINGS];
    let command = project.command(&arguments);
    let mut child = std::process::Command::new(command.get_program());
    child.args(arguments).current_dir(project.path()).stdout(Stdio::null()).stderr(Stdio::null());
    child.spawn().unwrap()
}

/// Files that an edit has begun and not yet given their name.
fn staged(project: &Project) -> Vec<PathBuf> {
    let files = fs::read_dir(project.path()).unwrap().map(|entry| entry.unwrap().path());
    let is_staged = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(".treadlight-");
    files.filter(is_staged).collect()
}

#[test]
fn a_process_killed_at_any_moment_of_an_edit_leaves_the_old_file_or_the_new_one() {
    const ATTEMPTS: u32 = 60;
    let project = Project::new();
    let path = project.path().join(SETTINGS);
    let (old, new) = (large_settings("one"), large_settings("other"));
    fs::write(&path, &old).unwrap();
    let began = Instant::now();
    rename_in_the_background(&project).wait().unwrap();
    let whole_edit = began.elapsed();
    assert_eq!(fs::read_to_string(&path).unwrap(), new);
    let (mut olds, mut news) = (0, 0);
    for attempt in 0..ATTEMPTS {
        fs::write(&path, &old).unwrap();
        let mut child = rename_in_the_background(&project);
        if attempt % 2 == 0 {
            std::thread::sleep(whole_edit * attempt / ATTEMPTS * 5 / 4);
        } else {
            while staged(&project).is_empty() && child.try_wait().unwrap().is_none() {}
            // a sleep would be longer than the rest of the edit
            let seen = Instant::now();
            while seen.elapsed() < Duration::from_micros(3) * attempt {}
        }
        // it may be done by now
        let _ = child.kill();
        child.wait().unwrap();
        match fs::read_to_string(&path).unwrap() {
            text if text == old => olds += 1,
            text if text == new => news += 1,
            text => panic!("attempt {attempt}: {} bytes, neither old nor new", text.len()),
        }
        staged(&project).iter().for_each(|file| fs::remove_file(file).unwrap());
    }
    println!("killed {ATTEMPTS} times: {olds} old files, {news} new ones");
}

#[test]
fn of_edits_at_the_same_time_each_is_either_there_or_was_refused() {
    let project = Project::new();
    project.write(SETTINGS, "# mine\n");
    let children: Vec<_> = (0..8)
        .map(|number| {
            let name = format!("pair {number}");
            let arguments = ["shoes", "add", &name, "--config", SETTINGS];
            let command = project.command(&arguments);
            let mut child = std::process::Command::new(command.get_program());
            child.args(arguments).current_dir(project.path()).stdout(Stdio::null()).stderr(Stdio::piped());
            (name, child.spawn().unwrap())
        })
        .collect();
    let results: Vec<_> =
        children.into_iter().map(|(name, child)| (name, child.wait_with_output().unwrap())).collect();
    let text = fs::read_to_string(project.path().join(SETTINGS)).unwrap();
    for (name, output) in results {
        let error = String::from_utf8_lossy(&output.stderr);
        let is_there = text.contains(&format!("name = \"{name}\"\n"));
        assert_eq!(is_there, output.status.success(), "{name}: {error}\n{text}");
        assert!(output.status.success() || error.trim_end().ends_with("try again"), "{error}");
    }
    assert!(text.starts_with("# mine\n"), "{text}");
}

/// A disk of 256 kB, if this process may mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path) -> Option<Self> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        fs::create_dir(at).unwrap();
        let mut mount = std::process::Command::new("mount");
        let mount = mount.args(["-t", "tmpfs", "-o", "size=256k", "treadlight-test"]).arg(at);
        let is_mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        is_mounted.then(|| Self(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_file_and_is_told() {
    let project = Project::new();
    let Some(disk) = SmallDisk::mount(&project.path().join("disk")) else {
        println!("skipped: this process may not mount a small disk");
        return;
    };
    let (path, text) = (disk.0.join(SETTINGS), "# mine\n[[shoes]]\nname = \"a\"\n");
    fs::write(&path, text).unwrap();
    let filler = fs::write(disk.0.join("filler"), vec![b'x'; 512 << 10]);
    assert!(filler.is_err(), "the disk is full");
    let said = said(&mut project.command(&["shoes", "add", "b", "--config", "disk/treadlight.toml"]));
    assert_eq!(said.code, 2, "{}", said.all());
    assert!(said.err.starts_with("error: cannot write `"), "{}", said.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let names = fs::read_dir(&disk.0).unwrap().count();
    assert_eq!(names, 2, "nothing is left beside it");
}
