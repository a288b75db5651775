//! The man page and the completions of shells, made from the words of the terminal.

use clap::CommandFactory;
use clap_complete::{Shell, generate};
use sotruc_core::{Error, Result};
use std::path::Path;

use super::{Answer, Terminal};
use crate::args::{self, Args, Help};

/// Writes it on stdout.
pub fn help(terminal: &mut Terminal, what: Help) -> Result<Answer> {
    let mut words = args::localised(Args::command(), &terminal.say);
    let mut made = Vec::new();
    let shell = match what {
        Help::Man => None,
        Help::Bash => Some(Shell::Bash),
        Help::Zsh => Some(Shell::Zsh),
        Help::Fish => Some(Shell::Fish),
        Help::Powershell => Some(Shell::PowerShell),
    };
    match shell {
        Some(shell) => generate(shell, &mut words, "sotruc", &mut made),
        None => clap_mangen::Man::new(words)
            .render(&mut made)
            .map_err(|cause| Error::file(Path::new("stdout"), cause))?,
    }
    terminal.pour(&made);
    Ok(Answer::Yes)
}
