//! Programs for Windows, run on Linux: a Wine of its own, kept beside the builds.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::run;
use crate::toolchain::{GCC, folder};

/// A library of Windows that Rust asks for random bytes and this Wine does not have.
const RANDOM: &str = "bcryptprimitives.dll";
const RANDOM_SOURCE: &str = "\
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return SystemFunction036(data, (ULONG)length);
}
";

/// The Wine for the programs that are built here.
pub struct Wine {
    prefix: PathBuf,
}

impl Wine {
    /// The Wine, made when it is not there.
    ///
    /// # Errors
    /// What could not be made.
    pub fn ready() -> Result<Self, String> {
        Self::at(folder().join("wine"))
    }

    /// A Windows on which nothing was ever installed.
    ///
    /// # Errors
    /// What could not be made.
    pub fn fresh() -> Result<Self, String> {
        let prefix = folder().join("wine-fresh");
        if prefix.exists() {
            fs::remove_dir_all(&prefix).map_err(|cause| cause.to_string())?;
        }
        Self::at(prefix)
    }

    fn at(prefix: PathBuf) -> Result<Self, String> {
        let wine = Self { prefix };
        let system = wine.prefix.join("drive_c/windows/system32");
        if !system.is_dir() {
            eprintln!("      once: a Windows of Wine's");
            fs::create_dir_all(folder()).map_err(|cause| cause.to_string())?;
            let mut boot = Command::new("wine");
            run(wine.around(boot.args(["wineboot", "--init"])))?;
            let mut age = Command::new("wine");
            run(wine.around(age.args(["winecfg", "-v", "win10"])))?;
        }
        if !system.join(RANDOM).exists() {
            let source = folder().join("random.c");
            fs::write(&source, RANDOM_SOURCE).map_err(|cause| cause.to_string())?;
            let mut compile = Command::new(GCC);
            compile
                .args(["-O2", "-shared", "-o"])
                .arg(system.join(RANDOM));
            run(compile.arg(&source).arg("-ladvapi32"))?;
        }
        Ok(wine)
    }

    /// The folder of what a user of this Windows keeps.
    pub fn local_data(&self) -> PathBuf {
        let user = std::env::var("USER").ok().filter(|user| !user.is_empty());
        let user = user.unwrap_or_else(|| "root".to_owned());
        self.prefix
            .join("drive_c/users")
            .join(user)
            .join("AppData/Local")
    }

    /// A command that starts programs for Windows, or Wine itself, in this Wine.
    pub fn around<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("WINEPREFIX", &self.prefix);
        command.env("WINEARCH", "win64");
        command.env("WINEDEBUG", "-all");
        // Nothing of a screen, whatever is at hand.
        command.env_remove("DISPLAY");
        command.env("LC_ALL", "C.UTF-8")
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        let _ = self
            .around(Command::new("wineserver").arg("--kill"))
            .status();
    }
}
