#!/usr/bin/env bash
# Measures treadlight beside the peers that anyone can install, in one run, on files that treadlight makes itself.
#
#   benches/peers.sh [WEEKS]            default: 500 weeks of the invented runner
#
# Needs a Rust toolchain and python3 with venv; takes gpsbabel along where it is installed. `TREADLIGHT` names another
# binary than target/release/treadlight. Everything else happens in a temporary folder. Each figure is the best of three
# runs with the files in the page cache, on one core and on all of them; memory is the largest that a process had at any
# time. A peer that fails on a file goes on with the next one.
set -euo pipefail
cd "$(dirname "$0")/.."

weeks="${1:-500}"
treadlight="${TREADLIGHT:-${CARGO_TARGET_DIR:-target}/release/treadlight}"
[[ -x "$treadlight" ]] || cargo build --release --locked
treadlight="$(realpath "$treadlight")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"
mkdir "$work/fit" "$work/gpx"

"$treadlight" demo "$work/all" --weeks "$weeks" >/dev/null
find "$work/all" -name '*.fit' -exec cp {} "$work/fit/" \;
find "$work/all" -name '*.gpx' -exec cp {} "$work/gpx/" \;
# until files have lain still for two seconds nothing is remembered of them
sleep 3

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check garmin-fit-sdk fitdecode gpxpy
cat >"$work/peer.py" <<'PY'
import pathlib, sys
peer, folder = sys.argv[1:]
def read(path):
    if peer == "garmin-fit-sdk":
        from garmin_fit_sdk import Decoder, Stream
        Decoder(Stream.from_file(str(path))).read()
    elif peer == "fitdecode":
        import fitdecode
        with fitdecode.FitReader(str(path)) as fit:
            for _ in fit: pass
    else:
        import gpxpy
        with open(path) as file: gpxpy.parse(file).length_2d()
for path in sorted(pathlib.Path(folder).iterdir()):
    try: read(path)
    except Exception: pass
PY

mkdir -p "$work/crates/src"
cat >"$work/crates/Cargo.toml" <<'TOML'
[package]
name = "peers"
version = "0.0.0"
edition = "2024"
[dependencies]
fitparser = "0.11"
gpx = "0.10"
rustyfit = "0.11"
[workspace]
TOML
cat >"$work/crates/src/main.rs" <<'RUST'
//! Reads every file of a folder with the crate that is named, one after the other.
fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    for entry in std::fs::read_dir(&arguments[2]).expect("a folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
        let _ = std::panic::catch_unwind(|| match arguments[1].as_str() {
            "fitparser" => drop(fitparser::from_bytes(&bytes)),
            "rustyfit" => {
                let (mut decoder, mut rest) = (rustyfit::Decoder::new(), &bytes[..]);
                while let Ok(Some(_)) = decoder.decode(&mut rest) {}
            }
            _ => drop(gpx::read(&bytes[..])),
        });
    }
}
RUST
CARGO_TARGET_DIR="$work/crates/target" cargo build --release --quiet --manifest-path "$work/crates/Cargo.toml"
crates="$work/crates/target/release/peers"

cat >"$work/measure.py" <<'PY'
"""Prints one line of the table: name, bytes read, command."""
import os, resource, subprocess, sys, time
name, size, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
def best_seconds(cores):
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       preexec_fn=lambda: os.sched_setaffinity(0, cores))
        took.append(time.perf_counter() - start)
    return min(took)
cores = sorted(os.sched_getaffinity(0))
one, all_cores = best_seconds(cores[:1]), best_seconds(cores)
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"| {name} | {one:.3f} | {all_cores:.3f} | {size / 1e6 / one:.1f} | {size / 1e6 / all_cores:.1f} | {memory:.0f} |")
PY

# name, folder, command: one line of the table
measure() {
    local name="$1" folder="$2"
    shift 2
    local bytes
    bytes=$(find "$folder" -type f -printf '%s\n' | awk '{sum += $1} END {print sum}')
    python3 "$work/measure.py" "$name" "$bytes" "$@"
}

for kind in fit gpx; do
    folder="$work/$kind"
    echo
    echo "**$(find "$folder" -type f | wc -l) ${kind^^} files, $(du -sb "$folder" | awk '{printf "%.1f", $1 / 1e6}') MB, $(nproc) cores**"
    echo
    echo "| | seconds, one core | all cores | MB/s, one core | all cores | memory, MB |"
    echo "|---|---|---|---|---|---|"
    measure "\`cat\` to /dev/null" "$folder" bash -c "cat '$folder'/* >/dev/null"
    measure "treadlight, first run" "$folder" "$treadlight" check "$folder" --no-cache
    "$treadlight" check "$folder" >/dev/null 2>&1 || true
    measure "treadlight, second run" "$folder" "$treadlight" check "$folder"
    if [[ "$kind" == fit ]]; then
        measure "fitparser (crate)" "$folder" "$crates" fitparser "$folder"
        measure "rustyfit (crate)" "$folder" "$crates" rustyfit "$folder"
        measure "garmin-fit-sdk (Python)" "$folder" "$work/venv/bin/python" "$work/peer.py" garmin-fit-sdk "$folder"
        measure "fitdecode (Python)" "$folder" "$work/venv/bin/python" "$work/peer.py" fitdecode "$folder"
    else
        measure "gpx (crate)" "$folder" "$crates" gpx "$folder"
        measure "gpxpy (Python)" "$folder" "$work/venv/bin/python" "$work/peer.py" gpxpy "$folder"
    fi
    if command -v gpsbabel >/dev/null; then
        format=$([[ "$kind" == fit ]] && echo garmin_fit || echo gpx)
        measure "gpsbabel, a process a file" "$folder" \
            bash -c "for file in '$folder'/*; do gpsbabel -i $format -f \"\$file\" -o unicsv -F /dev/null || true; done"
    fi
done
