//! The duty sheet as it is printed.

use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::report::duty_sheet::{
    Difference, Edition, SheetHead, SheetOptions, differences, duty_sheet, rows,
};
use sotruc_core::{Installation, sample};

fn check(name: &str, page: &str) {
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, page);
    });
}

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn sample_roster() -> Roster {
    let folder = tempfile::tempdir().unwrap();
    let home = Installation::at(folder.path().join("home"));
    let (book, _) = sample::write(&folder.path().join("mau.sotruc"), &home).unwrap();
    book.read(|book| book.roster()).unwrap()
}

fn day() -> SheetOptions {
    SheetOptions {
        from: at("22/05/2016 00:00"),
        to: at("23/05/2016 00:00"),
        group: None,
        unit: None,
        landscape: false,
        without_numbers: false,
    }
}

fn edition(number: u32, changed: Vec<Difference>) -> Edition {
    Edition {
        number,
        at: at("03/01/2016 07:05"),
        head: "7K3M-9QWE-RT2Y-4PAS-DFGH-JZXC-VB".to_owned(),
        changed,
    }
}

#[test]
fn the_sheet_of_a_day_lists_every_group() {
    let roster = sample_roster();
    let options = SheetOptions {
        group: Some(Group::Police),
        landscape: true,
        ..day()
    };
    let head = SheetHead {
        place: Some("Đắk Lắk".to_owned()),
        letter: Some("Công văn số 12/STTTT-CNTT & phụ lục".to_owned()),
        practice: true,
        ..SheetHead::of(&roster, &options)
    };
    let now = at(sample::ASKED_AT);
    let page = duty_sheet(
        &options,
        &head,
        &rows(&roster, &options, now),
        &edition(1, Vec::new()),
    );
    check("duty_sheet_group", &page);

    let options = day();
    let rows = rows(&roster, &options, now);
    let page = duty_sheet(
        &options,
        &SheetHead::of(&roster, &options),
        &rows,
        &edition(1, Vec::new()),
    );
    assert_eq!(page.matches("<tr class=\"part\">").count(), 6);
    assert_eq!(page.matches("<td class=\"count\">").count(), rows.len());
    assert!(page.contains("CHƯA CÓ NGƯỜI TRỰC"));
    for outside in ["<script", "http", "src=", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_second_edition_tells_what_changed() {
    let mut roster = sample_roster();
    let ours = roster.units.iter().find(|unit| unit.ours).unwrap().id;
    let options = SheetOptions {
        unit: Some(ours),
        to: at("24/05/2016 00:00"),
        ..day()
    };
    let now = at("22/05/2016 07:00");
    let before = rows(&roster, &options, now);
    let gone = roster
        .shifts
        .iter()
        .position(|shift| shift.unit == ours && shift.from >= options.from);
    roster.shifts.remove(gone.unwrap());
    let after = rows(&roster, &options, now);
    let changed = differences(&before, &after);
    assert_eq!(changed.len(), 2, "a shift went and left a hole");
    let head = SheetHead::of(&roster, &options);
    let page = duty_sheet(&options, &head, &after, &edition(2, changed));
    check("duty_sheet_unit", &page);

    let without = SheetOptions {
        without_numbers: true,
        ..options
    };
    let rows = rows(&roster, &without, now);
    let page = duty_sheet(&without, &head, &rows, &edition(2, Vec::new()));
    assert!(page.contains("<p>Không có thay đổi.</p>"));
    for numbers in ["LƯU HÀNH NỘI BỘ", "Số liên hệ", "class=\"number\"", "0913"] {
        assert!(!page.contains(numbers), "{numbers}");
    }
}
