//! The printed page: an official document (Decree 30/2020/NĐ-CP) without scripts, in itself whole.

use chrono::Datelike;
use std::borrow::Cow;
use std::fmt::Write;

use super::{Difference, Edition, SheetHead, SheetOptions, SheetRow};
use crate::clock::{DAY, Instant};
use crate::duty::calendar::Calendar;
use crate::messages::vietnamese;
use crate::report::practice_mark;
use crate::sheet::duty::DutyForm;

const STYLE: &str = include_str!("page.css");
const DOTS: &str = "………………";

/// A message of the sheet.
fn say(key: &'static str) -> &'static str {
    vietnamese().text(key)
}

/// The page of a duty sheet.
#[must_use]
pub fn duty_sheet(
    options: &SheetOptions,
    head: &SheetHead,
    rows: &[SheetRow],
    edition: &Edition,
) -> String {
    let orientation = if options.landscape {
        "landscape"
    } else {
        "portrait"
    };
    let title = vietnamese().with("written_sheet_title", &[("span", span(options))]);
    let page_of = say("written_sheet_page");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<style>\n\
         @page {{\n  size: A4 {orientation};\n  margin: 20mm 15mm 20mm 30mm;\n  \
         @bottom-right {{\n    content: \"{page_of} \" counter(page) \"/\" counter(pages);\n    \
         font: 11pt \"Times New Roman\", Times, serif;\n  }}\n}}\n\
         {STYLE}</style>\n</head>\n<body>\n"
    );
    write_head(&mut page, options, head, edition, &title);
    write_table(&mut page, options, head, rows, edition);
    write_changes(&mut page, options, edition);
    write_signatures(&mut page);
    page.push_str("</body>\n</html>\n");
    page
}

/// The title block, and of what the sheet is.
fn write_head(
    page: &mut String,
    options: &SheetOptions,
    head: &SheetHead,
    edition: &Edition,
    title: &str,
) {
    let internal = (!options.without_numbers).then(|| say("written_sheet_internal"));
    let marks = head
        .practice
        .then(practice_mark)
        .into_iter()
        .chain(internal);
    let marks: String = marks
        .map(|mark| format!("<span class=\"mark\">{mark}</span>"))
        .collect();
    if !marks.is_empty() {
        let _ = writeln!(page, "<p class=\"marks\">{marks}</p>");
    }
    let capitals = |name: &Option<String>| {
        let name = name.as_deref().unwrap_or(DOTS).to_uppercase();
        escaped(&name).into_owned()
    };
    let above = match &head.above {
        Some(_) => format!("<p>{}</p>\n", capitals(&head.above)),
        None => String::new(),
    };
    let place = head.place.as_deref().unwrap_or(DOTS);
    let _ = writeln!(
        page,
        "<header class=\"title\">\n<div>\n{above}<p class=\"strong rule\">{}</p>\n\
         <p class=\"line\">{}</p>\n</div>\n<div>\n\
         <p class=\"strong nation\">{}</p>\n\
         <p class=\"strong motto\"><span>{}</span></p>\n\
         <p class=\"line place\">{}, {}</p>\n</div>\n</header>",
        capitals(&head.agency),
        say("written_sheet_letter_number"),
        say("written_sheet_nation"),
        say("written_sheet_motto"),
        escaped(place),
        written_day(edition.at)
    );
    let _ = writeln!(page, "<h1 class=\"heading\">{title}</h1>");
    let about = |key, name, text: &str| vietnamese().with(key, &[(name, escaped(text))]);
    let scope = about("written_sheet_scope", "scope", &head.scope);
    let _ = writeln!(page, "<p class=\"about\">{scope}</p>");
    let of = [
        ("written_sheet_period", "period", &head.period),
        ("written_sheet_grounds", "letter", &head.letter),
    ];
    let of: Vec<String> = of
        .into_iter()
        .filter_map(|(key, name, text)| Some(about(key, name, text.as_deref()?)))
        .collect();
    if !of.is_empty() {
        let _ = writeln!(page, "<p class=\"about\">{}</p>", of.join(" · "));
    }
}

fn write_table(
    page: &mut String,
    options: &SheetOptions,
    head: &SheetHead,
    rows: &[SheetRow],
    edition: &Edition,
) {
    let mut headings = vec![
        "written_sheet_count",
        "written_sheet_unit",
        "written_sheet_post",
        "written_sheet_name",
        "written_sheet_contact",
        "written_sheet_when",
    ];
    headings.retain(|key| !options.without_numbers || *key != "written_sheet_contact");
    let width = headings.len();
    page.push_str("<table>\n<thead>\n<tr>");
    for heading in headings {
        let _ = write!(page, "<th scope=\"col\">{}</th>", say(heading));
    }
    page.push_str("</tr>\n</thead>\n");
    let practice = if head.practice {
        format!("{} · ", practice_mark())
    } else {
        String::new()
    };
    let (edition, chain) = (edition_line(edition).into(), escaped(&edition.head));
    let foot = vietnamese().with(
        "written_sheet_head",
        &[("edition", edition), ("head", chain)],
    );
    let _ = writeln!(
        page,
        "<tfoot>\n<tr><td colspan=\"{width}\">{practice}{foot}</td></tr>\n</tfoot>"
    );
    if rows.is_empty() {
        let _ = writeln!(
            page,
            "<tbody>\n<tr><td colspan=\"{width}\">{}</td></tr>\n</tbody>",
            say("written_sheet_empty")
        );
    }
    let part = |row: &SheetRow| match options.unit {
        Some(_) => day_heading(row.from.max(options.from), &head.calendar),
        None => vietnamese().word(row.group).to_owned(),
    };
    let mut last: Option<String> = None;
    for (at, row) in rows.iter().enumerate() {
        let part = part(row);
        if last.as_ref() != Some(&part) {
            page.push_str(if last.is_some() {
                "</tbody>\n<tbody>\n"
            } else {
                "<tbody>\n"
            });
            let heading = escaped(&part);
            let _ = writeln!(
                page,
                "<tr class=\"part\"><th colspan=\"{width}\" scope=\"rowgroup\">{heading}</th></tr>"
            );
            last = Some(part);
        }
        write_row(page, options, row, at + 1);
    }
    if last.is_some() {
        page.push_str("</tbody>\n");
    }
    page.push_str("</table>\n");
}

fn write_row(page: &mut String, options: &SheetOptions, row: &SheetRow, number: usize) {
    let _ = write!(
        page,
        "<tr><td class=\"count\">{number}</td><td>{}</td><td>{}</td>",
        escaped(&row.unit),
        vietnamese().word(row.post)
    );
    if row.form == DutyForm::Empty {
        let width = if options.without_numbers { 1 } else { 2 };
        let _ = write!(
            page,
            "<td class=\"hole\" colspan=\"{width}\"><span>{}</span></td>",
            say("written_sheet_nobody")
        );
    } else {
        let _ = write!(page, "<td>{}</td>", escaped(&who(row)));
        if !options.without_numbers {
            let number = escaped(row.number.as_deref().unwrap_or_default());
            let failed = match row.failed {
                true => format!("<br><b>{}</b>", say("written_sheet_failed")),
                false => String::new(),
            };
            let _ = write!(page, "<td class=\"number\">{number}{failed}</td>");
        }
    }
    let _ = writeln!(page, "<td class=\"when\">{}</td></tr>", when(options, row));
}

fn write_changes(page: &mut String, options: &SheetOptions, edition: &Edition) {
    if edition.number < 2 {
        return;
    }
    let before = (edition.number - 1).to_string();
    let heading = vietnamese().with("written_sheet_changes", &[("number", before)]);
    let _ = writeln!(
        page,
        "<section class=\"changes\">\n<p class=\"strong\">{heading}</p>"
    );
    match edition.changed.is_empty() {
        true => {
            let _ = writeln!(page, "<p>{}</p>", say("written_sheet_same"));
        }
        false => {
            page.push_str("<ul>\n");
            for change in &edition.changed {
                let sign = match change {
                    Difference::Added(_) => '+',
                    Difference::Removed(_) => '−',
                };
                let text = change_text(options, change.row());
                let _ = writeln!(page, "<li><b>{sign}</b>{}</li>", escaped(&text));
            }
            page.push_str("</ul>\n");
        }
    }
    page.push_str("</section>\n");
}

fn change_text(options: &SheetOptions, row: &SheetRow) -> String {
    let number = row.number.as_deref().filter(|_| !options.without_numbers);
    let standing = (row.form == DutyForm::Standing).then(|| vietnamese().word(row.form));
    let times = format!("{} – {}", time(row.from), time(row.to));
    let facts = [
        Some(row.unit.as_str()),
        Some(vietnamese().word(row.post)),
        Some(&who(row)),
        number,
        row.failed.then(|| say("written_sheet_failed")),
        standing,
        Some(&times),
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    facts.join(" · ")
}

fn write_signatures(page: &mut String) {
    let _ = writeln!(
        page,
        "<footer class=\"signatures\">\n<div class=\"recipients\">\n\
         <p class=\"strong\">{}</p>\n<p>- {DOTS};</p>\n<p>- {}</p>\n</div>\n\
         <div>\n<p class=\"strong\">{}</p>\n\
         <p class=\"signed\">{}</p>\n</div>\n\
         <div>\n<p class=\"strong\">{}</p>\n\
         <p class=\"signed\">{}</p>\n</div>\n</footer>",
        say("written_sheet_recipients"),
        say("written_sheet_archive"),
        say("written_sheet_author"),
        say("written_sheet_sign"),
        say("written_sheet_leader"),
        say("written_sheet_sign_and_seal"),
    );
}

fn who(row: &SheetRow) -> Cow<'_, str> {
    let name = match row.form {
        DutyForm::Empty => say("written_sheet_nobody"),
        DutyForm::Redacted => vietnamese().word(row.form),
        DutyForm::Shift | DutyForm::Away | DutyForm::Standing => {
            row.name.as_deref().unwrap_or_default()
        }
    };
    match row.away {
        true => vietnamese()
            .with("written_sheet_away", &[("name", name)])
            .into(),
        false => name.into(),
    }
}

/// When the row is; a standing contact of the whole sheet needs no times.
fn when(options: &SheetOptions, row: &SheetRow) -> String {
    let times = format!(
        "<span>{} –</span> <span>{}</span>",
        time(row.from),
        time(row.to)
    );
    match row.form {
        DutyForm::Standing if row.from <= options.from && options.to <= row.to => {
            vietnamese().word(row.form).to_owned()
        }
        DutyForm::Standing => format!("{}<br>{times}", vietnamese().word(row.form)),
        _ => times,
    }
}

/// Of which days the sheet is, in capitals.
fn span(options: &SheetOptions) -> String {
    let is_whole = options.from == options.from.midnight() && options.to == options.to.midnight();
    if !is_whole {
        let span = [("from", moment(options.from)), ("to", moment(options.to))];
        return vietnamese().with("written_sheet_of_span", &span);
    }
    let (first, last) = (options.from, options.to.plus(-DAY));
    let days = (options.to.millis() - options.from.millis()) / DAY;
    let key = match days {
        1 => return vietnamese().with("written_sheet_of_day", &[("day", first.day())]),
        7 if weekday(first) == 0 => "written_sheet_of_week",
        _ => "written_sheet_of_days",
    };
    vietnamese().with(key, &[("first", first.day()), ("last", last.day())])
}

/// `Chủ nhật, 22/05/2016`, with the holiday it is, or why it is free or worked.
fn day_heading(at: Instant, calendar: &Calendar) -> String {
    const DAYS: [&str; 7] = [
        "written_sheet_mon",
        "written_sheet_tue",
        "written_sheet_wed",
        "written_sheet_thu",
        "written_sheet_fri",
        "written_sheet_sat",
        "written_sheet_sun",
    ];
    let why = calendar
        .day(at)
        .map_or(String::new(), |day| format!(" ({})", day.name.vi));
    format!("{}, {}{why}", say(DAYS[weekday(at)]), at.day())
}

fn edition_line(edition: &Edition) -> String {
    let (number, at) = (edition.number.to_string(), moment(edition.at));
    vietnamese().with("written_sheet_edition", &[("number", number), ("at", at)])
}

/// `ngày 03 tháng 01 năm 2016`: days below 10 and the first two months take a zero.
fn written_day(at: Instant) -> String {
    let date = at.date();
    let month = match date.month() {
        month @ (1 | 2) => format!("{month:02}"),
        month => month.to_string(),
    };
    let (day, year) = (format!("{:02}", date.day()), date.year().to_string());
    let values = [("day", day), ("month", month), ("year", year)];
    vietnamese().with("written_sheet_date", &values)
}

/// `07:00 22/05/2016`.
fn moment(at: Instant) -> String {
    format!("{} {}", at.time_of_day(), at.day())
}

/// `07:00 22/05`: the title tells the year.
fn time(at: Instant) -> String {
    let date = at.date();
    format!("{} {:02}/{:02}", at.time_of_day(), date.day(), date.month())
}

/// How many days after a Monday.
fn weekday(at: Instant) -> usize {
    at.date().weekday().num_days_from_monday() as usize
}

/// A text that stands in a page as it is.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut page = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            c => page.push(c),
        }
    }
    Cow::Owned(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("a moment")
    }

    #[test]
    fn days_are_written_as_in_a_letter() {
        let check = |given: &str, expect: &str| assert_eq!(written_day(at(given)), expect);
        check("03/01/2016 07:00", "ngày 03 tháng 01 năm 2016");
        check("27/07/2016 07:00", "ngày 27 tháng 7 năm 2016");
        check("09/10/2016 07:00", "ngày 09 tháng 10 năm 2016");
    }

    #[test]
    fn the_title_tells_the_days() {
        let check = |from: &str, to: &str, expect: &str| {
            let options = SheetOptions {
                from: at(from),
                to: at(to),
                group: None,
                unit: None,
                landscape: false,
                without_numbers: false,
            };
            assert_eq!(span(&options), expect);
        };
        check("22/05/2016 00:00", "23/05/2016 00:00", "NGÀY 22/05/2016");
        check(
            "16/05/2016 00:00",
            "23/05/2016 00:00",
            "TUẦN TỪ NGÀY 16/05/2016 ĐẾN NGÀY 22/05/2016",
        );
        check(
            "17/05/2016 00:00",
            "24/05/2016 00:00",
            "TỪ NGÀY 17/05/2016 ĐẾN NGÀY 23/05/2016",
        );
        check(
            "22/05/2016 07:00",
            "23/05/2016 07:00",
            "TỪ 07:00 22/05/2016 ĐẾN 07:00 23/05/2016",
        );
        for (day, expect) in [
            ("29/04/2016", "Thứ sáu, 29/04/2016"),
            ("30/04/2016", "Thứ bảy, 30/04/2016 (Ngày Chiến thắng 30/4)"),
            ("10/01/2026", "Thứ bảy, 10/01/2026 (Làm bù ngày 02/01)"),
        ] {
            let at = at(&format!("{day} 07:00"));
            assert_eq!(day_heading(at, &Calendar::default()), expect);
        }
    }

    #[test]
    fn names_are_texts_and_not_the_page() {
        assert_eq!(escaped("UBND huyện Cư M'gar"), "UBND huyện Cư M&#39;gar");
        assert_eq!(escaped("<b>\"&"), "&lt;b&gt;&quot;&amp;");
    }
}
