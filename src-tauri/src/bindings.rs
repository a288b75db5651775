//! What the page may call and hear, and its TypeScript form: `ui/src/lib/api.ts`.

use sotruc_core::clock::YEARS;
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::pattern::PATTERNS;
use sotruc_core::duty::period::Post;
use sotruc_core::incident::notice::SNOOZES;
use sotruc_core::incident::{Severity, Status, Tlp, Type};
use sotruc_core::log::entry::{Detail, Kind, LATE, Means};
use sotruc_core::office::setting::BOUNDS;
use sotruc_core::privacy::retention::UNNEEDED_MONTHS;
use std::collections::BTreeMap;
use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::alerts::Told;
use crate::background::{Changed, Progress, Tick};
use crate::commands::{
    book, directory, drill, export, find, frame, handover, imports, incident, log, notice, now,
    person, privacy, roster, rota, rules, settings, sheet, start, unit, update,
};
use crate::handed::{Dropped, Handed};
use crate::window::Closing;

/// Every command and event.
pub fn builder() -> Builder<Wry> {
    Builder::new()
        .commands(collect_commands![
            start::start,
            frame::desktop,
            frame::ready,
            frame::drawn,
            frame::frame,
            frame::set_language,
            frame::set_theme,
            frame::set_zoom,
            frame::set_sound,
            frame::set_plain_drawing,
            frame::cancel,
            frame::close_window,
            frame::stay_open,
            frame::watch_minimised,
            frame::leave,
            book::choose_new_place,
            book::start_book,
            book::open_book,
            book::try_sample,
            book::close_book,
            book::next_undo,
            book::own_changes,
            book::undo_change,
            book::redo,
            now::now,
            directory::directory,
            directory::people,
            directory::set_submission,
            directory::set_due,
            directory::remind,
            drill::call_round,
            drill::add_drill,
            person::person_square,
            export::export_contacts,
            export::export_held,
            log::choose_file,
            log::drop_file,
            log::save_file,
            log::templates,
            incident::named_incident,
            incident::proposed_severity,
            incident::rate_incident,
            notice::notice_sent,
            notice::report_sent,
            notice::waive_report,
            notice::notice_acknowledged,
            notice::waive_notice,
            notice::snooze_notice,
            notice::reopen_notice,
            handover::handovers,
            handover::write_handover,
            handover::withdraw_handover,
            handover::receive_handover,
            rules::rules,
            rules::set_rule,
            rules::set_templates,
            rules::choose_profile,
            rules::save_profile,
            rules::calendar,
            rules::choose_calendar,
            rules::save_calendar,
            privacy::privacy,
            privacy::person_held,
            privacy::redact_people,
            unit::mentioned_unit,
            unit::unit_page,
            unit::save_unit,
            unit::remove_unit,
            person::person_page,
            person::leave_falls_on,
            person::save_person,
            person::merge_people,
            person::remove_person,
            imports::choose_import,
            imports::take_dropped,
            imports::look_again,
            imports::read_sheet,
            imports::mend_cell,
            imports::save_rejected,
            imports::import_fields,
            imports::import_rows,
            imports::write_import,
            imports::drop_import,
            export::export,
            incident::incidents,
            incident::incident_page,
            incident::open_incident,
            incident::set_incident,
            log::log_page,
            log::check_line,
            log::add_line,
            log::correct_line,
            roster::roster,
            roster::candidates,
            roster::assign,
            roster::set_shift,
            roster::cancel_shift,
            roster::split_shift,
            roster::swap_shifts,
            roster::cover_shift,
            roster::replace_person,
            roster::accept_finding,
            roster::withdraw_acceptance,
            rota::patterns,
            rota::shares,
            rota::round,
            rota::propose_rota,
            rota::lay_out_rota,
            sheet::period_choice,
            sheet::duty_sheet,
            sheet::print_duty_sheet,
            roster::save_period,
            find::find,
            settings::settings,
            update::choose_update,
            update::install_update,
            settings::choose_operator,
            settings::save_operator,
            settings::remove_operator,
            settings::set_own_unit,
            settings::verify,
            settings::back_up,
        ])
        // When a line is asked why it is late, in milliseconds; what a kind of line is asked; how a
        // report may be written.
        .constant("LATE", LATE)
        // The years of a date: the first, and the one after the last.
        .constant("YEARS", [YEARS.start, YEARS.end])
        // After how many months without a need people are named, unless somebody says another.
        .constant("UNNEEDED_MONTHS", UNNEEDED_MONTHS)
        // The patterns that come with the program; the least and the most that a setting may be.
        .constant("PATTERNS", PATTERNS)
        .constant("BOUNDS", bounds())
        // What a field may take, in the order in which people list it.
        .constant("GROUPS", Group::ALL)
        .constant("POSTS", Post::ALL)
        .constant("KINDS", Kind::ALL)
        .constant("MEANS", Means::ALL)
        .constant("TYPES", Type::ALL)
        .constant("SEVERITIES", Severity::ALL)
        .constant("TLPS", Tlp::ALL)
        .constant("STATUSES", Status::ALL)
        .constant("OUTCOMES", Outcome::ALL)
        // For how many minutes an overdue notice may rest.
        .constant("SNOOZES", SNOOZES)
        .constant("LINE_DETAILS", line_details())
        .constant("REPORT_WAYS", export::report_ways())
        .events(collect_events![
            Changed, Tick, Progress, Dropped, Handed, Told, Closing
        ])
        .error_handling(ErrorHandlingMode::Throw)
        // Moments are milliseconds, counts are counts: both fit a number.
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
}

fn bounds() -> BTreeMap<&'static str, [u32; 2]> {
    let bounds = BOUNDS.into_iter();
    bounds
        .map(|(key, least, most)| (key, [least, most]))
        .collect()
}

fn line_details() -> BTreeMap<&'static str, &'static [Detail]> {
    let kinds = Kind::ALL.iter();
    kinds.map(|kind| (kind.key(), kind.details())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use specta_typescript::Typescript;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_page_calls_what_is_there() {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/api.ts");
        let made = kept.with_extension(format!("{}.part", std::process::id()));
        let header =
            "// Made by the test `the_page_calls_what_is_there`; the only file that knows Tauri.\n";
        builder()
            .export(Typescript::default().header(header), &made)
            .expect("the bindings can be written");
        let text = fs::read_to_string(&made).expect("just written");
        let before = fs::read_to_string(&kept).unwrap_or_default();
        match text == before {
            true => fs::remove_file(&made).expect("just written"),
            false => {
                fs::rename(&made, &kept).expect("beside it");
                panic!("ui/src/lib/api.ts was not current; it is now, look at it and run again");
            }
        }
    }
}
