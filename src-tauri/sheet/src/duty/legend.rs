//! What the lines around a list say of its hours: `S: 6h00-14h00; C: 14h-22h`.

use crate::duty::hours::{DAY, Hours, Mark, of_pieces};
use crate::duty::scan::{Found, Piece, scan};
use sotruc_base::text::fold;

/// The hours that a list gives to its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Legend {
    marks: Vec<(Mark, Hours)>,
    off: Vec<Mark>,
    /// Of rows and marks that say none of their own.
    general: Option<Hours>,
    /// When one takes over from the other.
    handover: Option<u32>,
}

/// How many lines are read: more are no legend.
const LINES: usize = 200;

impl Legend {
    /// What lines say, the first of them first.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut legend = Self::default();
        for line in lines.into_iter().take(LINES) {
            legend.hear(line);
        }
        legend
    }

    /// The hours of a mark.
    pub fn hours(&self, mark: &Mark) -> Option<Hours> {
        let of = |wanted: &Mark| self.marks.iter().find(|(known, _)| known == wanted);
        let alike = || match mark {
            Mark::LetterT => of(&Mark::Evening),
            Mark::Evening => of(&Mark::LetterT),
            _ => None,
        };
        let said = of(mark).or_else(alike).map(|(_, hours)| hours.clone());
        said.or_else(|| match mark {
            Mark::OnDuty => self.general(),
            Mark::LetterT if self.marks.is_empty() => self.general(),
            _ => None,
        })
    }

    /// The hours of what says none of its own.
    pub fn general(&self) -> Option<Hours> {
        let from_handover = |at: u32| match at {
            0 => Hours::Whole,
            at => Hours::Spans(vec![(at, at + DAY)]),
        };
        match &self.general {
            Some(Hours::Whole) | None => self
                .handover
                .map(from_handover)
                .or_else(|| self.general.clone()),
            Some(hours) => Some(hours.clone()),
        }
    }

    /// The hours of a day around the clock, where they begin at a time of their own.
    pub fn full_day(&self) -> Option<Hours> {
        self.general()
            .filter(|hours| matches!(hours, Hours::Spans(spans) if matches!(**spans, [(from, to)] if to - from == DAY)))
    }

    /// Whether the mark says that somebody is not on duty.
    pub(super) fn is_off(&self, mark: &Mark) -> bool {
        match self.marks.iter().any(|(known, _)| known == mark) {
            true => false,
            false => *mark == Mark::Off || self.off.contains(mark),
        }
    }

    fn hear(&mut self, line: &str) {
        let pieces = scan(line);
        if pieces
            .iter()
            .any(|piece| matches!(piece.found, Found::Day(_) | Found::Month(..)))
        {
            self.hear_days(&pieces, line);
            return;
        }
        let mut label = 0;
        let mut at = 0;
        let mut whole = false;
        while at < pieces.len() {
            let Some(end) = hours_end(&pieces, at) else {
                at += 1;
                continue;
            };
            let text = &line[pieces.get(label).map_or(0, |piece| piece.start)..pieces[at].start];
            if let Some(hours) = of_pieces(&pieces[at..end]) {
                let begins = matches!(fold(text).as_str(), "" | "tu" | "tinh tu" | "bat dau tu");
                let of_day = match &hours {
                    Hours::From(from) => Some(*from),
                    Hours::Spans(spans) => match **spans {
                        [(from, to)] if to - from == DAY => Some(from),
                        _ => None,
                    },
                    Hours::Whole => None,
                };
                // `24/24 (từ 7h30 đến 7h30 hôm sau)`.
                match of_day.filter(|_| whole && begins) {
                    Some(from) => self.begin_whole(from),
                    None => self.say(text, hours.clone()),
                }
                whole = hours == Hours::Whole;
            }
            (label, at) = (end, end);
        }
        self.hear_off(line);
    }

    /// `P: nghỉ phép; CT: công tác`.
    fn hear_off(&mut self, line: &str) {
        let off = ["nghi", "phep", "cong tac", "di hoc", "om"];
        for part in line.split([';', ',', '\n']) {
            let mut sides = part.rsplitn(2, [':', '=']);
            let (Some(meaning), Some(label)) = (sides.next(), sides.next()) else {
                continue;
            };
            let meaning = format!(" {} ", fold(meaning));
            let label = label.rsplit([':', '=']).next().unwrap_or(label);
            if off
                .iter()
                .any(|word| meaning.contains(&format!(" {word} ")))
                && let Some(mark) = Mark::read(label)
            {
                self.off.push(mark);
            }
        }
    }

    /// `Từ 7h00 ngày 16/5 đến 7h00 ngày 25/5`: at seven one takes over from the other.
    fn hear_days(&mut self, pieces: &[Piece], line: &str) {
        let times: Vec<u32> = pieces
            .iter()
            .filter_map(|piece| match piece.found {
                Found::Time(time) => Some(time),
                _ => None,
            })
            .collect();
        match *times {
            [first, last] if first == last && first < DAY => {
                self.handover = self.handover.or(Some(first))
            }
            [time] if is_handover(&fold(line)) => {
                self.handover = self.handover.or(Some(time % DAY))
            }
            _ if pieces
                .iter()
                .any(|piece| matches!(piece.found, Found::Whole | Found::AllWeek)) =>
            {
                self.general.get_or_insert(Hours::Whole);
            }
            _ => {}
        }
    }

    /// Days around the clock begin then.
    fn begin_whole(&mut self, from: u32) {
        self.handover = self.handover.or(Some(from));
        for (_, hours) in &mut self.marks {
            if *hours == Hours::Whole && from > 0 {
                *hours = Hours::Spans(vec![(from, from + DAY)]);
            }
        }
    }

    fn say(&mut self, label: &str, hours: Hours) {
        let folded = fold(label);
        if let Hours::From(at) = hours {
            if is_handover(&folded) {
                self.handover = self.handover.or(Some(at));
            }
            return;
        }
        let marks = marks_of(label);
        if marks.is_empty() {
            let of_all = folded.is_empty()
                || [
                    "thoi gian",
                    "gio truc",
                    "gio lam",
                    "ca truc",
                    "truc",
                    "moi ca",
                    "hang ngay",
                    "giao ca",
                ]
                .iter()
                .any(|words| folded.contains(words));
            if of_all {
                self.general.get_or_insert(hours);
            }
            return;
        }
        for mark in marks {
            if !self.marks.iter().any(|(known, _)| *known == mark) {
                self.marks.push((mark, hours.clone()));
            }
        }
    }
}

fn is_handover(folded: &str) -> bool {
    ["giao ca", "giao nhan ca", "doi ca", "nhan ca", "thay ca"]
        .iter()
        .any(|words| folded.contains(words))
}

/// Where the hours end that begin here.
fn hours_end(pieces: &[Piece], at: usize) -> Option<usize> {
    match pieces[at].found {
        Found::Whole | Found::AllWeek => return Some(at + 1),
        Found::Time(_) => {}
        Found::Number(hour, 1..=2) if hour <= 24 => {
            // `7-19h`.
            let goes_on = pieces
                .get(at + 1)
                .is_some_and(|piece| piece.found == Found::To)
                && matches!(
                    pieces.get(at + 2).map(|piece| &piece.found),
                    Some(Found::Time(_))
                );
            if !goes_on {
                return None;
            }
        }
        _ => return None,
    }
    let mut end = at + 1;
    let mut to = false;
    for (next, piece) in pieces.iter().enumerate().skip(at + 1).take(8) {
        match &piece.found {
            Found::To if !to => to = true,
            Found::Time(_) | Found::Number(_, 1..=2) if to => {
                end = next + 1;
                // What follows may say on which day it ends.
                let behind = pieces.iter().enumerate().skip(end).take(3);
                let next_day = behind
                    .clone()
                    .take_while(|(_, piece)| {
                        matches!(&piece.found, Found::NextDay | Found::Mark('(' | ')'))
                            || matches!(&piece.found, Found::Word(word) if word == "ngay" || word == "cua")
                    })
                    .find(|(_, piece)| piece.found == Found::NextDay);
                return Some(next_day.map_or(end, |(next, _)| next + 1));
            }
            Found::Word(word)
                if matches!(
                    word.as_str(),
                    "ngay" | "hom" | "truoc" | "hom truoc" | "nay" | "sang"
                ) && !to => {}
            _ => break,
        }
    }
    Some(end)
}

/// The marks that a label names: `S`, `S (ca sáng)`, `Ghi chú: Ca 1`.
fn marks_of(label: &str) -> Vec<Mark> {
    let label =
        label.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '✓' && c != '+' && c != '*');
    let lower = label.to_lowercase();
    let label = lower
        .strip_suffix(" từ")
        .map_or(label, |rest| label.get(..rest.len()).unwrap_or(label));
    let is_colon = [':', '=', ';', ',', '\n'];
    let last = label
        .split(is_colon)
        .rev()
        .map(str::trim)
        .find(|part| {
            let says = part
                .chars()
                .any(|c| c.is_alphanumeric() || "✓✔√*+".contains(c));
            says && !matches!(
                fold(part).as_str(),
                "truc" | "truc ban" | "thoi gian" | "tu"
            )
        })
        .unwrap_or_default();
    let last = last.trim_start_matches(['-', '–', '+', '•', '.', ' ', '(']);
    let mut marks: Vec<Mark> = Vec::new();
    let mut take = |mark: Option<Mark>| {
        if let Some(mark) = mark.filter(|mark| !marks.contains(mark)) {
            marks.push(mark);
        }
    };
    let short = |part: &str| part.split_whitespace().count() <= 3 && part.chars().count() <= 12;
    for part in last.split(['(', ')', '/', '"', '“', '”', '[', ']', '-', '–', '+']) {
        let part = part.trim();
        let of_all = [
            "gio", "truc", "ca truc", "giao ca", "moi ca", "ghi chu", "ky hieu",
        ]
        .contains(&fold(part).as_str());
        if short(part) && !of_all {
            take(Mark::read(part));
        }
    }
    take(Mark::within(last));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legends_give_hours_to_marks() {
        let check = |lines: &[&str], marks: &[(&str, &str)]| {
            let legend = Legend::of(lines.iter().copied());
            for (mark, expect) in marks {
                let hours = legend.hours(&Mark::read(mark).expect("a mark"));
                let hours = hours.map(|hours| hours.to_string());
                assert_eq!(hours.as_deref(), Some(*expect), "{lines:?} {mark}");
            }
        };
        let three = [
            ("S", "06:00–14:00"),
            ("Ca chiều", "14:00–22:00"),
            ("Đ", "22:00–06:00 (+1)"),
        ];
        check(&["Ghi chú: S: 6h00-14h00; C: 14h-22h; Đ: 22h-6h"], &three);
        check(
            &[
                "Ghi chú:",
                "- S (sáng): 6h00 - 14h00",
                "- C (chiều): 14h-22h",
                "- Đ (đêm): từ 22h đến 6h hôm sau",
            ],
            &three,
        );
        check(
            &[
                "Ca sáng (S) từ 6h đến 14h, ca chiều (C) từ 14h đến 22h, ca đêm (Đ) từ 22h đến 6h sáng hôm sau",
            ],
            &three,
        );
        check(&["S = 6h-14h, C = 14h-22h, Đ = 22h-6h"], &three);
        check(
            &["N: 07:00–19:00", "Đ: 19:00–07:00"],
            &[("N", "07:00–19:00"), ("đêm", "19:00–07:00 (+1)")],
        );
        check(
            &["Ca 1: 7h-15h; Ca 2: 15h-23h; Ca 3: 23h-7h"],
            &[("1", "07:00–15:00"), ("Ca 3", "23:00–07:00 (+1)")],
        );
        check(&["Ký hiệu: x: trực 24/24"], &[("x", "24/24")]);
        check(
            &["x: trực từ 7h30 hôm nay đến 7h30 hôm sau"],
            &[("x", "07:30–07:30 (+1)")],
        );
        for line in [
            "24/24 (từ 7h30 đến 7h30 ngày hôm sau)",
            "Trực 24/24 từ 7h30",
            "x: 24/24 (7h30 - 7h30 hôm sau)",
        ] {
            check(&[line], &[("x", "07:30–07:30 (+1)")]);
        }
        check(&["Giờ giao ca: 07h00"], &[("x", "07:00–07:00 (+1)")]);
        check(
            &["Thời gian trực: 24/24, giao ca lúc 7h30 hằng ngày"],
            &[("x", "07:30–07:30 (+1)")],
        );
        check(
            &["(Từ 7h00 ngày 16/5 đến 7h00 ngày 25/5/2016)"],
            &[("x", "07:00–07:00 (+1)")],
        );
        check(&["HC: 7h30-17h"], &[("HC", "07:30–17:00")]);
        let legend = Legend::of(["P: nghỉ phép; CT: đi công tác; N: 7h-19h"]);
        assert!(legend.hours(&Mark::Day).is_some());
        let legend = Legend::of(["P: nghỉ phép; CT: đi công tác"]);
        assert!(legend.is_off(&Mark::Other("p".to_owned())));
        assert_eq!(Legend::of(["LỊCH TRỰC THÁNG 5/2016"]), Legend::default());
    }
}
