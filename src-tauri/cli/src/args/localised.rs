//! The help of every word, from the catalogue.

use clap::{Arg, ArgAction, Command as Words};

use crate::say::Say;

/// Where the options that every command has stand among the others.
const GLOBAL_LAST: usize = 2000;

/// The words with their help in the user's language.
pub fn localised(words: Words, say: &Say) -> Words {
    localise(words, "", say).after_help(say.text("help_after").to_owned())
}

/// The page of a command: what it has of subcommands, parameters and options, under our headings.
fn template(words: &Words, say: &Say) -> String {
    let mut page = format!("{{about}}\n\n{}: {{usage}}\n", say.text("help_usage"));
    let mut part =
        |key: &str, what: &str| page.push_str(&format!("\n{}:\n{what}\n", say.text(key)));
    if words.has_subcommands() {
        part("help_commands", "{subcommands}");
    }
    if words.get_positionals().next().is_some() {
        part("help_positionals", "{positionals}");
    }
    part("help_options", "{options}");
    page.truncate(page.trim_end().len());
    page + "{after-help}"
}

fn localise(words: Words, path: &str, say: &Say) -> Words {
    let name = |id: &str| id.replace('-', "_");
    let own = |id, short, action, key| {
        Arg::new(id)
            .long(id)
            .short(short)
            .action(action)
            .help(say.text(key).to_owned())
    };
    let mut words = words
        .about(say.text(&format!("help{path}")).to_owned())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .mut_args(|arg| {
            let id = name(arg.get_id().as_str());
            let special = format!("arg{path}_{id}");
            let help = say
                .maybe(&special)
                .or(say.maybe(&format!("arg_{id}")))
                .map_or_else(
                    || say.text(&format!("field_{id}")).to_owned(),
                    str::to_owned,
                );
            let order = if arg.is_global_set() { GLOBAL_LAST } else { 0 } + arg.get_display_order();
            let arg = arg.help(help).display_order(order);
            match arg.get_action().takes_values() {
                true => arg.hide_default_value(true).hide_possible_values(true),
                false => arg,
            }
        })
        .arg(own("help", 'h', ArgAction::Help, "arg_help").display_order(2 * GLOBAL_LAST));
    if path.is_empty() {
        let version = own("version", 'V', ArgAction::Version, "arg_version");
        let more = Arg::new("verbose")
            .long("verbose")
            .action(ArgAction::SetTrue)
            .requires("version")
            .help(say.text("arg_verbose").to_owned());
        words = words
            .arg(version.display_order(2 * GLOBAL_LAST))
            .arg(more.display_order(2 * GLOBAL_LAST));
    }
    let page = template(&words, say);
    words = words.help_template(page);
    let commands: Vec<String> = words
        .get_subcommands()
        .map(|words| words.get_name().to_owned())
        .collect();
    for command in commands {
        let path = format!("{path}_{}", name(&command));
        words = words.mut_subcommand(command, |words| localise(words, &path, say));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Args;
    use crate::say::Language;
    use clap::CommandFactory;
    use sotruc_core::messages::Messages;

    fn check(words: &Words, path: &str, say: &Say) {
        assert!(say.maybe(&format!("help{path}")).is_some(), "help{path}");
        for arg in words.get_arguments() {
            let id = arg.get_id().as_str().replace('-', "_");
            let known = say
                .maybe(&format!("arg{path}_{id}"))
                .or(say.maybe(&format!("arg_{id}")))
                .or(say.maybe(&format!("field_{id}")));
            assert!(known.is_some(), "arg{path}_{id}");
        }
        for command in words.get_subcommands() {
            let path = format!("{path}_{}", command.get_name().replace('-', "_"));
            check(command, &path, say);
        }
    }

    #[test]
    fn every_word_has_its_help() {
        for language in [Language::Vi, Language::En] {
            let say = Say::new(language);
            check(&Args::command(), "", &say);
            localised(Args::command(), &say).debug_assert();
        }
    }

    /// A word of a message without the marks around it, and whether one of them ends what it says.
    fn bare(word: &str) -> (&str, bool) {
        let opened = word.trim_start_matches(['(', '“', '"']);
        let bare = opened.trim_end_matches(['.', ',', ';', ':', ')', '”', '"']);
        (bare, bare.len() < opened.len())
    }

    fn has(words: &Words, option: &str) -> bool {
        let long = option.trim_start_matches("--");
        let own = ["help", "version", "verbose"].contains(&long);
        own || words
            .get_arguments()
            .any(|arg| arg.get_long() == Some(long))
    }

    fn any_has(words: &Words, option: &str) -> bool {
        has(words, option) || words.get_subcommands().any(|under| any_has(under, option))
    }

    /// What is wrong with the commands that a message names: each is named in full, behind the name
    /// of the program, and is there with its options. In English two of their words may be prose.
    fn misnamed(root: &Words, text: &str, is_english: bool) -> Option<String> {
        let all: Vec<(&str, bool)> = text.split_whitespace().map(bare).collect();
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        };
        for (at, (word, ends)) in all.iter().enumerate() {
            if word.starts_with("--") && word.len() > 2 && !any_has(root, word) {
                return Some(format!("no command has {word}"));
            }
            let follows = all.get(at + 1).filter(|_| !ends).map(|next| next.0);
            if let Some(next) = follows
                && root.find_subcommand(word).is_some()
                && (at == 0 || all[at - 1].0 != "sotruc")
                && (next.starts_with("--") || !is_english && is_word(next))
                && !all[..at].iter().rev().any(|one| one.0 == "sotruc")
            {
                return Some(format!("sotruc is missing before {word} {next}"));
            }
            if *word != "sotruc" || *ends {
                continue;
            }
            let mut command = root;
            for (word, ends) in &all[at + 1..] {
                if word.starts_with("--") {
                    if !has(command, word) && !has(root, word) {
                        return Some(format!("{} has no {word}", command.get_name()));
                    }
                } else if let Some(under) = command.find_subcommand(word) {
                    command = under;
                } else if command.has_subcommands() && is_word(word) {
                    return Some(format!("{} has no {word}", command.get_name()));
                }
                if *ends {
                    break;
                }
            }
            if command.has_subcommands() {
                return Some(format!("{} is no whole command", command.get_name()));
            }
        }
        None
    }

    #[test]
    fn every_command_that_a_message_names_is_there() {
        let root = Args::command();
        for language in Language::ALL {
            let messages = Messages::of(language);
            let is_english = language == Language::En;
            let wrong = messages.keys().filter_map(|key| {
                // `one|many` are two messages.
                let mut texts = messages.text(key).split('|');
                let wrong = texts.find_map(|text| misnamed(&root, text, is_english))?;
                Some((key, wrong))
            });
            assert_eq!(wrong.collect::<Vec<_>>(), [], "{language:?}");
        }
        for wrong in [
            "chọn người khác (sotruc roster change --person):",
            "chọn người khác (sotruc roster move --by):",
            "xem roster list",
            "xem: sotruc roster",
            "thêm --not-there",
        ] {
            assert!(misnamed(&root, wrong, false).is_some(), "{wrong}");
        }
        assert!(misnamed(&root, "see undo --list", true).is_some());
        let right = "xem: sotruc --store {file} roster list --unit TÊN; thêm --skip-rejected.";
        assert_eq!(misnamed(&root, right, false), None);
    }
}
