//! Two programs with a window, started in turns under a display of their own.

use serde_json::json;
use sotruc_core::{Installation, sample};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

use crate::book::{self, OPERATOR, Words, quantile, row, time_row};

/// How often each program is started; once more before it counts, so that its files are in memory.
const ROUNDS: usize = 9;
/// How long a window may take to be drawn.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a drawn window stands before its memory is counted.
const STANDS: Duration = Duration::from_secs(1);
/// How long the machine rests between two windows.
const RESTS: Duration = Duration::from_millis(500);

/// From the start to the drawn list of a book of many lines, and what that takes of the memory.
pub fn start_to_list() {
    let desk = Desk::new(book::lines_wanted());
    let ours = Path::new(env!("CARGO_BIN_EXE_sotruc-desktop"));
    let peer = &ours.with_file_name("examples/bare");
    let (mut times, mut peer_times) = (Vec::new(), Vec::new());
    let (mut sizes, mut peer_sizes) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (time, size) = desk.start(ours);
        let (peer_time, peer_size) = desk.start(peer);
        if round > 0 {
            times.push(time);
            sizes.push(size);
            peer_times.push(peer_time);
            peer_sizes.push(peer_size);
        }
    }
    book::head();
    time_row(
        &format!("start to list, book of {} (p50)", desk.lines),
        quantile(&mut times, 0.5),
        quantile(&mut peer_times, 0.5),
    );
    time_row(
        "  the slowest",
        quantile(&mut times, 1.0),
        quantile(&mut peer_times, 1.0),
    );
    let size = quantile(&mut sizes, 0.5);
    let peer_size = quantile(&mut peer_sizes, 0.5);
    row(
        "  memory (p50)",
        format!("{} MiB", size / 1024),
        format!("{} MiB", peer_size / 1024),
        size as f64 / peer_size as f64,
    );
}

/// A computer with the sample province and many more lines, and a display.
struct Desk {
    folder: TempDir,
    lines: usize,
    display: String,
    _display: Running,
}

impl Desk {
    fn new(lines: usize) -> Self {
        let folder = book::folder();
        let home = Installation::at(folder.path().join("home"));
        let file = folder.path().join("book.sotruc");
        let (mut book, _) = sample::write(&file, &home).unwrap();
        let night = book.last_written().unwrap().unwrap();
        book::fill(&mut book, &mut Words(42), lines, night);
        // As the day before left it: the words in their index, the copy of the day made.
        book.tend(book.last_written().unwrap().unwrap()).unwrap();
        let settings = json!({
            "language": "vi", "theme": "light", "book": file, "recent": [file],
            "writers": { file.display().to_string(): OPERATOR },
        });
        fs::write(home.folder().join("window.json"), settings.to_string()).unwrap();
        let mut running = Running::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1920x1080x24"])
                .args(["-nocursor", "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let mut number = String::new();
        BufReader::new(running.0.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        Self {
            folder,
            lines,
            display: format!(":{}", number.trim()),
            _display: running,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts a program, and gives how long it took until it was drawn and the KiB it takes then.
    fn start(&self, program: &Path) -> (Duration, u64) {
        thread::sleep(RESTS);
        let begin = Instant::now();
        let mut running = Running::start(
            Command::new(program)
                .env("SOTRUC_TELL", "1")
                .env("SOTRUC_HOME", self.path("home"))
                .env("HOME", self.path("user"))
                .env("XDG_DATA_HOME", self.path("user/data"))
                .env("XDG_CONFIG_HOME", self.path("user/config"))
                .env("XDG_CACHE_HOME", self.path("user/cache"))
                .env("XDG_RUNTIME_DIR", self.path("user"))
                .env("DISPLAY", &self.display)
                .env("LANG", "vi_VN.UTF-8")
                .env("NO_AT_BRIDGE", "1")
                .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
                .env_remove("WAYLAND_DISPLAY")
                .env_remove("DBUS_SESSION_BUS_ADDRESS")
                .stdout(Stdio::null())
                .stderr(Stdio::piped()),
        );
        let said = BufReader::new(running.0.stderr.take().unwrap());
        let (tell, told) = mpsc::channel();
        // Read to the end: a program whose words nobody takes may stop.
        thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                if line == "drawn" {
                    let _ = tell.send(begin.elapsed());
                }
            }
        });
        let took = told.recv_timeout(PATIENCE);
        let took = took.unwrap_or_else(|_| panic!("{} was not drawn", program.display()));
        thread::sleep(STANDS);
        (took, memory_of(running.0.id()))
    }
}

/// A program with its children; they end together.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn();
        Self(child.unwrap_or_else(|cause| panic!("{name} must be there: {cause}")))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}

/// The memory of all processes of a group, in KiB; what several share is counted once.
fn memory_of(group: u32) -> u64 {
    fs::read_dir("/proc")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|process| group_of(process) == Some(group))
        .filter_map(|process| share_of(&process))
        .sum()
}

fn group_of(process: &Path) -> Option<u32> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name stands in brackets and may hold anything; then come the state, the parent, the group.
    let after = stat.rsplit_once(')')?.1;
    after.split_whitespace().nth(2)?.parse().ok()
}

fn share_of(process: &Path) -> Option<u64> {
    let sizes = fs::read_to_string(process.join("smaps_rollup")).ok()?;
    let share = sizes.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    share.split_whitespace().next()?.parse().ok()
}
