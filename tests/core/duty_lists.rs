//! Whatever stands in a duty list, reading it ends, and says where it could not be read.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sotruc_core::Mode;
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::out::{Cell, Form, Sheet};
use sotruc_core::sheet::parse;

use crate::desk::Desk;

/// Grids of random cells; the full count is asked for by `SOTRUC_SOAK_COUNT`.
fn grids() -> u32 {
    let count = std::env::var("SOTRUC_SOAK_COUNT").ok();
    count.and_then(|count| count.parse().ok()).unwrap_or(300)
}

/// Cells as duty lists have them, and some that they never have.
fn cell() -> impl Strategy<Value = String> {
    let known = [
        "",
        "",
        "",
        "x",
        "X",
        "✓",
        "S",
        "C",
        "Đ",
        "N",
        "T",
        "24",
        "1",
        "2",
        "31",
        "32",
        "Ca 1",
        "Ca sáng (6h-14h)",
        "Thứ Hai",
        "T2 16/5",
        "CN",
        "16/5",
        "17/5/2016",
        "18/05/16",
        "31/2/2016",
        "29/2",
        "99/99/9999",
        "24/24",
        "24/7",
        "7h30",
        "07:30–19:30",
        "25:61",
        "từ 7h đến 19h",
        "7h30 - 7h30 (hôm sau)",
        "00:00–24:00",
        "07:30–07:30 24/05 Lê Văn An",
        "Lê Văn An",
        "Trần Thị Bé; Lê Văn An",
        "Đ/c Lê Văn An (0905123456)",
        "0905123456",
        "Họ và tên",
        "Ngày",
        "Giờ trực",
        "Đơn vị",
        "Lãnh đạo trực",
        "Cán bộ trực",
        "Từ ngày",
        "Đến ngày",
        "TT",
        "Ghi chú",
        "Cư M'gar",
        "Tháng 5/2016",
        "Từ 16/5 đến 22/5/2016",
        "S: 6h-14h; C: 14h-22h",
        "GIÁM ĐỐC",
        "từ 1/1/1900 đến 31/12/2199",
        "(((",
        "- ",
        "::",
        "–",
        "1/1/2016 - 31/12/2199",
    ];
    prop_oneof![
        6 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,16}",
        1 => "[0-9hg:/. \\-–]{0,14}",
        1 => "[0-9]{1,2}/[0-9]{1,2}(/[0-9]{2,4})?",
    ]
}

#[test]
fn no_grid_of_cells_stops_the_reader() {
    let mut desk = Desk::new();
    desk.unit("DIS006", "Cư M'gar");
    let rows = proptest::collection::vec(proptest::collection::vec(cell(), 8), 1..14);
    let config = Config {
        cases: grids(),
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[5; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let desk = std::cell::RefCell::new(desk);
    let read = std::cell::Cell::new(0);
    runner
        .run(&rows, |rows| {
            let mut bytes = Vec::new();
            let headings: Vec<&str> = rows[0].iter().map(String::as_str).collect();
            let mut sheet =
                Sheet::new(&mut bytes, Form::Csv { separator: b';' }, &headings).unwrap();
            for row in &rows[1..] {
                let cells: Vec<Cell> = row.iter().map(|text| Cell::Text(text.clone())).collect();
                sheet.row(&cells).unwrap();
            }
            sheet.end().unwrap();
            if let Ok(table) = parse("Lịch trực.csv", &bytes, List::Roster) {
                read.set(read.get() + 1);
                let mut desk = desk.borrow_mut();
                let import = desk
                    .write(|write| write.import_roster(&table, None, Mode::DryRun))
                    .unwrap();
                for row in &import.rejected {
                    prop_assert!(row.at < table.rows.len());
                    prop_assert_eq!(row.row, table.rows[row.at].number);
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(read.get() > 20, "only {} grids were lists", read.get());
}
