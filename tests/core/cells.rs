//! What is written into a cell is what is read from it, as text and as a workbook.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sotruc_core::sheet::File;
use sotruc_core::sheet::out::{Cell, Form, Sheet};
use sotruc_core::text::tidy;

/// Tables of five columns and eight rows; the full count is asked for by `SOTRUC_SOAK_COUNT`.
fn tables() -> u32 {
    let count = std::env::var("SOTRUC_SOAK_COUNT").ok();
    count.and_then(|count| count.parse().ok()).unwrap_or(150)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,24}",
        "[=+@'\"\\-\t\n;, ]{1,3}[a-zA-Z0-9()!:]{0,12}",
        "0[0-9]{0,12}",
        "[0-9]{1,2}[/:\\-][0-9]{1,2}([/:\\-][0-9]{2,4})?",
        "[0-9]{1,3}[eE][0-9]{1,3}",
        Just("TRUE".to_owned()),
        Just("_x000D_ _x0041_".to_owned()),
        Just("=cmd|' /C calc'!A0".to_owned()),
        Just("Nguye\u{302}\u{303}n Va\u{306}n \u{110}u\u{31b}\u{301}c".to_owned()),
        Just("dòng một\ndòng hai".to_owned()),
        Just("22/05/2016 07:30".to_owned()),
    ]
    .prop_map(|text| tidy(&text))
}

fn through(form: Form, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    let mut sheet = Sheet::new(&mut bytes, form, &["Một", "Hai", "Ba", "Bốn", "Năm"]).unwrap();
    for row in rows {
        let cells: Vec<Cell> = row.iter().map(|cell| Cell::Text(cell.clone())).collect();
        sheet.row(&cells).unwrap();
    }
    sheet.end().unwrap();
    let file = File::of("t", &bytes).unwrap();
    let read = file.grids[0].rows.iter().skip(1);
    read.map(|row| {
        let mut cells: Vec<String> = row.cells.iter().map(|cell| tidy(cell)).collect();
        cells.resize(5, String::new());
        cells
    })
    .collect()
}

#[test]
fn every_text_comes_back_from_a_table() {
    let row = proptest::collection::vec(text(), 4);
    let rows = proptest::collection::vec(row, 8);
    let config = Config {
        cases: tables(),
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    runner
        .run(&rows, |mut rows| {
            for row in &mut rows {
                // A row of nothing is none.
                row.insert(0, "x".to_owned());
            }
            for form in [
                Form::Csv { separator: b',' },
                Form::Csv { separator: b';' },
                Form::Xlsx,
            ] {
                prop_assert_eq!(through(form, &rows), rows.clone(), "{:?}", form);
            }
            Ok(())
        })
        .unwrap();
}
