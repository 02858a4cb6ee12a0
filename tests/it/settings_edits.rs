//! Settings are the old file or the new one, whatever happens in between.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use crate::project::{Project, said};

const SETTINGS: &str = "treadlight.toml";

/// So large that writing it takes a while.
fn large_settings(name: &str) -> String {
    let comments: String = (0..20_000).map(|line| format!("# line {line} of mine\n")).collect();
    format!("{comments}[[shoes]]\nname = \"{name}\"\ngear = [\"one\", \"other\"]\n")
}

#[test]
fn a_process_killed_at_any_moment_of_an_edit_leaves_the_old_file_or_the_new_one() {
    let project = Project::new();
    let path = project.path().join(SETTINGS);
    let (old, new) = (large_settings("one"), large_settings("other"));
    let (mut olds, mut news) = (0, 0);
    for attempt in 0..40 {
        fs::write(&path, &old).unwrap();
        let arguments = ["shoes", "rename", "one", "other", "--config", SETTINGS];
        let command = project.command(&arguments);
        let mut child = std::process::Command::new(command.get_program())
            .args(arguments)
            .current_dir(project.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(1_500 * attempt));
        child.kill().unwrap();
        child.wait().unwrap();
        match fs::read_to_string(&path).unwrap() {
            text if text == old => olds += 1,
            text if text == new => news += 1,
            text => panic!("attempt {attempt}: {} bytes, neither old nor new", text.len()),
        }
    }
    println!("killed 40 times: {olds} old files, {news} new ones");
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
