//! What draws the page on Windows, WebView2: which one there is, what is done when there is none,
//! and what it is told to leave alone. On Linux the system's package depends on what draws.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The oldest WebView2 that draws the page, by the first number of its version.
pub const OLDEST: u32 = 111;

/// The installer that Microsoft gives for machines without a network.
const SETUP: &str = "MicrosoftEdgeWebView2RuntimeInstallerX64.exe";
/// The program in a folder that holds a WebView2 of its own.
const ENGINE: &str = "msedgewebview2.exe";
/// How Microsoft names such a folder, before its version.
const FIXED: &str = "Microsoft.WebView2.FixedVersionRuntime.";

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The version that is installed.
    pub installed: Option<String>,
    /// Folders with a WebView2 of their own, beside the program; with its version, when it says one.
    pub beside: Vec<(PathBuf, Option<String>)>,
    /// The installer, beside the program.
    pub setup: Option<PathBuf>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The page is drawn with what is installed.
    Go,
    /// It is drawn with what lies in this folder.
    Use(PathBuf),
    /// There is none, or one that is too old; it may be installed from here.
    Offer { installed: String, setup: PathBuf },
    /// There is none, or one that is too old.
    Lacks { installed: String },
}

impl Found {
    /// What lies beside the program, in its folder or in one that is named so.
    pub fn beside(program: &Path) -> Self {
        let folders: Vec<PathBuf> = [program.to_owned()]
            .into_iter()
            .chain(["WebView2", "kit"].map(|name| program.join(name)))
            .collect();
        let named_so = folders.iter().flat_map(|folder| entries(folder));
        let named_so = named_so.filter(|path| name_of(path).starts_with(FIXED));
        let fixed = folders.iter().cloned().chain(named_so);
        let fixed = fixed.filter(|folder| folder.join(ENGINE).is_file());
        let mut setups = folders.iter().map(|folder| folder.join(SETUP));
        Self {
            installed: None,
            setup: setups.find(|setup| setup.is_file()),
            beside: fixed
                .map(|folder| {
                    let version = version_in(&folder);
                    (folder, version)
                })
                .collect(),
        }
    }

    /// What is to be done with it.
    pub fn verdict(self) -> Verdict {
        // One that was laid beside the program is meant, unless it says that it is too old.
        let is_fit = |version: &Option<String>| version.as_deref().is_none_or(is_new_enough);
        let mut beside = self.beside.into_iter();
        if let Some((folder, _)) = beside.find(|(_, version)| is_fit(version)) {
            return Verdict::Use(folder);
        }
        let installed = self.installed.unwrap_or_default();
        match self.setup {
            _ if is_new_enough(&installed) => Verdict::Go,
            Some(setup) => Verdict::Offer { installed, setup },
            None => Verdict::Lacks { installed },
        }
    }
}

/// What is to be done on this machine.
pub fn verdict(program: &Path) -> Verdict {
    match cfg!(windows) {
        true => Found {
            installed: tauri::webview_version().ok(),
            ..Found::beside(program)
        }
        .verdict(),
        false => Verdict::Go,
    }
}

fn is_new_enough(version: &str) -> bool {
    let first = version.split('.').next().unwrap_or_default();
    first.parse::<u32>().is_ok_and(|first| first >= OLDEST)
}

/// The version of the WebView2 in a folder: its manifest is named by it, or the folder is.
fn version_in(folder: &Path) -> Option<String> {
    let starts_with_digit = |name: &String| name.starts_with(|c: char| c.is_ascii_digit());
    let manifests = entries(folder).into_iter().map(|path| name_of(&path));
    let mut versions =
        manifests.filter_map(|name| name.strip_suffix(".manifest").map(str::to_owned));
    let by_folder = || name_of(folder).strip_prefix(FIXED).map(str::to_owned);
    versions
        .find(starts_with_digit)
        .or_else(by_folder)
        .filter(starts_with_digit)
}

/// What lies in a folder, in the order of its names; nothing when it cannot be read.
fn entries(folder: &Path) -> BTreeSet<PathBuf> {
    let listed = fs::read_dir(folder).into_iter().flatten().flatten();
    listed.map(|entry| entry.path()).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What WebView2 would do by itself and has no business here. It takes one list: what the window
/// library switches off is repeated.
const FEATURES_OFF: &[&str] = &[
    // The window library's own: the menu over selected text, the one over PDF files, and the
    // service that is asked about every address.
    "msWebOOUI",
    "msPdfOOUI",
    "msSmartScreenProtection",
    // Hints and models that are fetched.
    "OptimizationHints",
    "OptimizationGuideModelDownloading",
    "OptimizationHintsFetching",
    // Forms are described to a server.
    "AutofillServerCommunication",
    // Texts are offered for translation.
    "Translate",
    // Devices in the neighbourhood are looked for.
    "MediaRouter",
    "DialMediaRouteProvider",
];

const SWITCHES: &[&str] = &[
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--disable-sync",
    "--no-pings",
    "--metrics-recording-only",
    // Whatever is asked for all the same gets no further than a port where nobody listens; the
    // page itself is answered by the program before an address is looked up.
    "--proxy-server=127.0.0.1:9",
    "--host-resolver-rules=\"MAP * ~NOTFOUND , EXCLUDE *.localhost\"",
];

/// What WebView2 is started with.
pub fn arguments(without_graphics_card: bool) -> String {
    let mut arguments = vec![format!("--disable-features={}", FEATURES_OFF.join(","))];
    arguments.extend(SWITCHES.iter().map(|&switch| switch.to_owned()));
    if without_graphics_card {
        arguments.push("--disable-gpu".to_owned());
    }
    arguments.join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_says_what_is_done() {
        let found = |installed: Option<&str>, beside: Option<Option<&str>>, setup: bool| Found {
            installed: installed.map(str::to_owned),
            beside: beside
                .iter()
                .map(|version| ("fixed".into(), version.map(str::to_owned)))
                .collect(),
            setup: setup.then(|| "setup".into()),
        };
        let lacks = |installed: &str| Verdict::Lacks {
            installed: installed.to_owned(),
        };
        let offer = |installed: &str| Verdict::Offer {
            installed: installed.to_owned(),
            setup: "setup".into(),
        };
        let fixed = || Verdict::Use("fixed".into());
        let new = format!("{OLDEST}.0.1661.44");
        let old = format!("{}.0.1.2", OLDEST - 1);
        for (found, verdict) in [
            (found(Some(&new), None, false), Verdict::Go),
            (found(Some("1000.1"), None, true), Verdict::Go),
            (found(Some(&old), None, false), lacks(&old)),
            (found(Some(&old), None, true), offer(&old)),
            (found(None, None, false), lacks("")),
            (found(None, None, true), offer("")),
            (found(Some("canary"), None, false), lacks("canary")),
            (found(None, Some(None), true), fixed()),
            (found(Some(&new), Some(Some(&new)), false), fixed()),
            (found(Some(&new), Some(Some(&old)), false), Verdict::Go),
            (found(None, Some(Some(&old)), true), offer("")),
        ] {
            assert_eq!(found.clone().verdict(), verdict, "{found:?}");
        }
    }

    #[test]
    fn what_lies_beside_the_program_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path();
        assert_eq!(Found::beside(program), Found::default());

        let kit = program.join("kit");
        let fixed = kit.join(format!("{FIXED}109.0.1518.78.x64"));
        fs::create_dir_all(&fixed).unwrap();
        fs::write(kit.join(SETUP), "").unwrap();
        let found = Found::beside(program);
        assert_eq!(found.setup, Some(kit.join(SETUP)));
        assert_eq!(found.beside, [], "an empty folder");
        fs::write(fixed.join(ENGINE), "").unwrap();
        let version = Some("109.0.1518.78.x64".to_owned());
        let first = || (fixed.clone(), version.clone());
        assert_eq!(Found::beside(program).beside, [first()]);

        let own = program.join("WebView2");
        fs::create_dir(&own).unwrap();
        fs::write(own.join(ENGINE), "").unwrap();
        let beside = Found::beside(program).beside;
        assert_eq!(beside, [(own.clone(), None), first()]);
        fs::write(own.join("120.0.2210.91.manifest"), "").unwrap();
        let beside = Found::beside(program).beside;
        assert_eq!(beside, [(own, Some("120.0.2210.91".to_owned())), first()]);
    }

    #[test]
    fn nothing_is_switched_off_twice() {
        let arguments = arguments(false);
        assert_eq!(arguments.matches("--disable-features=").count(), 1);
        assert!(!arguments.contains("--disable-gpu"));
        assert!(super::arguments(true).ends_with(" --disable-gpu"));
    }
}
