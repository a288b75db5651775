//! The same program for Windows, built and tried on Linux.

use crate::system::{TO_BUILD, TO_CROSS, TO_WINE, check_node, set_up};
use crate::toolchain::{Toolchain, setting};
use crate::wine::Wine;
use crate::{run, step, top};

/// What runs without a window.
const WITHOUT_WINDOW: &[&str] = &[
    "--package",
    "sotruc-base",
    "--package",
    "sotruc-sheet",
    "--package",
    "sotruc-core",
    "--package",
    "sotruc-cli",
    "--package",
    "sotruc-program",
];

/// Checks that all of it compiles.
///
/// # Errors
/// What does not.
pub fn check() -> Result<(), String> {
    set_up(1, 3, &[TO_BUILD, TO_CROSS])?;
    check_node()?;
    let toolchain = toolchain(2, 3)?;
    step(3, 3, "everything, for Windows", || {
        run(&mut toolchain.cargo(&["check", "--workspace", "--exclude", "xtask", "--tests"]))
    })
}

/// Runs the tests of everything but the window.
///
/// # Errors
/// Where one fails.
pub fn test() -> Result<(), String> {
    set_up(1, 4, &[TO_BUILD, TO_CROSS, TO_WINE])?;
    let toolchain = toolchain(2, 4)?;
    let words = |last: &[&'static str]| -> Vec<&str> {
        let all = ["test"].iter().chain(WITHOUT_WINDOW).chain(last);
        all.copied().collect()
    };
    step(3, 4, "the tests, for Windows", || {
        run(&mut toolchain.cargo(&words(&["--lib", "--bins", "--tests", "--no-run"])))
    })?;
    step(4, 4, "tests, under Wine", || {
        let wine = Wine::ready()?;
        let mut tests = toolchain.cargo(&words(&["--lib", "--bins", "--tests", "--no-fail-fast"]));
        tests.env(setting("RUNNER"), "wine");
        tests.env("INSTA_WORKSPACE_ROOT", top());
        tests.env("INSTA_UPDATE", "no");
        // With more at a time Wine fails to start programs.
        tests.env("RUST_TEST_THREADS", "1");
        run(wine.around(&mut tests))
    })
}

/// The toolchain, made in a step of its own.
pub fn toolchain(n: usize, of: usize) -> Result<Toolchain, String> {
    let mut toolchain = Err(String::new());
    step(n, of, "what builds for Windows", || {
        toolchain = Toolchain::ready();
        toolchain.as_ref().map(|_| ()).map_err(Clone::clone)
    })?;
    toolchain
}
