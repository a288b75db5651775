//! Whether a book is as it was written: `verify`, and the quick look at every start.

use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::book::attachments::{Files, State};
use crate::book::installation::{Installation, Mine, Seen};
use crate::error::{Error, Result};
use crate::id::SiteId;
use crate::journal::{Chain, Change, Content, Fault, Head};
use crate::progress;
use crate::store::{Projection, Reader, site_and_seq};

/// How many of a site's newest records are looked at when a book is opened.
const TAIL: u64 = 1000;
/// How many problems are listed.
const LISTED: usize = 100;

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Verdict {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// How many records the book has.
    pub records: u64,
    /// The head of the book; `None` in a book without a record.
    pub head: Option<String>,
    /// What is wrong, by site and record: the first hundred of it.
    pub problems: Vec<Problem>,
    /// How much more is wrong.
    pub more: usize,
}

impl Verdict {
    /// How much is wrong in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.problems.len() + self.more
    }

    /// What is said of a file that SQLite itself cannot read through.
    #[must_use]
    pub fn corrupt() -> Self {
        Self {
            ok: false,
            records: 0,
            head: None,
            problems: vec![Problem {
                site: "?".to_owned(),
                seq: 0,
                problem: Fault::Corrupt,
            }],
            more: 0,
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Problem {
    /// The code of the site.
    pub site: String,
    /// The record.
    pub seq: u64,
    /// What it is.
    #[specta(type = String)]
    pub problem: Fault,
}

/// How much is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The newest records of every site, and the newest seal.
    Newest,
    /// Every hash, and the newest seal.
    Hashes,
    /// Every hash, every seal, every attached file, and a replay of the journal compared with the
    /// tables.
    Full,
}

/// Where a book lies, and what this computer knows of it.
pub(crate) struct Here<'a> {
    pub(crate) installation: &'a Installation,
    pub(crate) book: &'a Path,
    pub(crate) seen: &'a HashMap<SiteId, Seen>,
    pub(crate) files: Files,
}

struct Finding {
    site: SiteId,
    seq: u64,
    fault: Fault,
}

/// Checks the book.
pub(crate) fn verify(
    reader: Reader<'_>,
    depth: Depth,
    against: Option<&Head>,
    here: Option<&Here<'_>>,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Verdict> {
    let sites = reader.named_sites()?;
    let ids: Vec<(i64, SiteId)> = sites.sites.iter().collect();
    let mut findings = Vec::new();
    let mut records = 0;
    let mut against_found = against.is_none();
    // A site that grew from a head vouches for everything up to it.
    let mut parents: Vec<(SiteId, String, bool)> = Vec::new();
    if depth != Depth::Newest {
        for &(number, id) in &ids {
            if let Some(head) = reader.birth(number)?.and_then(|birth| birth.grew_from) {
                parents.push((id, head, false));
            }
        }
    }
    let dropped = reader.dropped()?;
    let mut replay = match depth {
        Depth::Full => {
            let numbered: Vec<SiteId> = ids.iter().map(|(_, id)| *id).collect();
            Some(Projection::new(&numbered)?)
        }
        _ => None,
    };
    let mut all = 0;
    for &(number, _) in &ids {
        let last = reader.last_record(&sites.sites, number)?;
        let seqs = last.map_or(0, |record| record.seq);
        all += match depth {
            Depth::Newest => seqs.min(TAIL + 1),
            _ => seqs,
        } as usize;
    }
    for &(number, id) in &ids {
        let mut chain = None;
        let mut from = crate::store::row_key(number, 0);
        if depth == Depth::Newest {
            let Some(last) = reader.last_record(&sites.sites, number)? else {
                continue;
            };
            let first = crate::store::row_key(number, last.seq.saturating_sub(TAIL).max(1));
            if let Some(first_record) = reader.record(&sites.sites, first)?
                && first_record.seq > 1
            {
                let sealed = reader.sealed_before(number, first_record.seq)?;
                chain = Some(Chain::tail(
                    id,
                    reader.birth(number)?.as_ref(),
                    &first_record,
                    sealed,
                ));
                from = first;
            }
        }
        let mut chain = chain.unwrap_or_else(|| Chain::whole(id, depth == Depth::Full));
        let mut lines = 0;
        reader.records_between(
            &sites.sites,
            from,
            crate::store::row_key(number + 1, 0) - 1,
            |stored| {
                let record = stored.record;
                progress::ask(watch, records as usize, all)?;
                records += 1;
                if !against_found || !parents.is_empty() {
                    let head = Head::of(&record.hash);
                    against_found |= against == Some(&head);
                    let head = head.to_string();
                    for (_, parent, found) in &mut parents {
                        *found |= *parent == head;
                    }
                }
                let mut fault = |seq, fault| {
                    findings.push(Finding {
                        site: id,
                        seq,
                        fault,
                    })
                };
                let key = crate::store::row_key(stored.site_number, record.seq);
                // Only what a redaction names may have lost its body.
                if matches!(record.content, Content::Dropped(_)) != dropped.contains(&key) {
                    fault(record.seq, Fault::Altered);
                }
                if matches!(record.content, Content::Dropped(_)) {
                    // It says nothing that could be replayed.
                } else if let Some(replay) = &mut replay {
                    match record.body().map(|body| body.change) {
                        Some(change) => {
                            if let Change::Entry(entry) = &change {
                                lines += 1;
                                if entry.number != lines {
                                    fault(record.seq, Fault::NumberGap);
                                    lines = entry.number;
                                }
                            }
                            replay.fold(key, record.stamp(), &change)?;
                        }
                        None => fault(record.seq, Fault::Unreadable),
                    }
                }
                chain.take(record, stored.well_formed, fault);
                Ok(())
            },
        )?;
        chain.end(|seq, fault| {
            findings.push(Finding {
                site: id,
                seq,
                fault,
            })
        });
    }
    let strangers = match depth {
        Depth::Newest => Vec::new(),
        _ => reader.records_of_no_site()?,
    };
    records += strangers.len() as u64;
    findings.extend(strangers.into_iter().map(|key| Finding {
        site: SiteId([0; 16]),
        seq: site_and_seq(key).1,
        fault: Fault::Altered,
    }));
    if let Some(here) = here
        && let Mine::Behind { site, seen } =
            here.installation
                .mine(reader, &sites.sites, here.book, here.seen)?
    {
        findings.push(Finding {
            site,
            seq: seen.seq,
            fault: Fault::RolledBack,
        });
    }
    if let Some(here) = here
        && depth == Depth::Full
    {
        let mut read = HashSet::new();
        reader.each_attached(|key, file| {
            // A correction names the same files again.
            if !read.insert(file.hash.clone()) {
                return;
            }
            let fault = match here.files.state(file) {
                State::Whole => return,
                State::Missing => Fault::FileMissing,
                State::Altered => Fault::FileAltered,
            };
            let (number, seq) = site_and_seq(key);
            let site = sites.sites.id(number);
            findings.push(Finding { site, seq, fault });
        })?;
    }
    if findings.is_empty()
        && let Some(replay) = &replay
        && let Some(difference) = replay.difference(reader)?
    {
        findings.push(Finding {
            site: difference.site,
            seq: difference.seq,
            fault: Fault::TablesDiffer,
        });
    }
    findings.extend(
        parents
            .into_iter()
            .filter(|(.., found)| !found)
            .map(|(site, ..)| Finding {
                site,
                seq: 1,
                fault: Fault::ParentMissing,
            }),
    );
    let newest = reader.newest(&sites.sites)?;
    if !against_found && let Some(newest) = &newest {
        findings.push(Finding {
            site: newest.site,
            seq: newest.seq,
            fault: Fault::HeadMissing,
        });
    }
    let code = |id: SiteId| match sites.sites.number(id) {
        Some(number) => sites.code(number).to_owned(),
        None => "?".to_owned(),
    };
    let ok = findings.is_empty() && newest.is_some();
    findings.sort_by_key(|finding| (finding.site, finding.seq, finding.fault));
    let more = findings.len().saturating_sub(LISTED);
    findings.truncate(LISTED);
    Ok(Verdict {
        ok,
        records,
        head: newest.map(|record| Head::of(&record.hash).to_string()),
        problems: findings
            .into_iter()
            .map(|finding| Problem {
                site: code(finding.site),
                seq: finding.seq,
                problem: finding.fault,
            })
            .collect(),
        more,
    })
}

/// The first thing wrong with the newest records, or with one that was found broken before, as an
/// error that names it.
pub(crate) fn newest(reader: Reader<'_>, installation: &Installation) -> Result<Option<Error>> {
    let verdict = verify(reader, Depth::Newest, None, None, &|_, _| true)?;
    let damaged = |site: &str, seq: u64| {
        Error::new(crate::error::Code::BookDamaged)
            .with("site", site)
            .with("seq", seq)
    };
    if let Some(problem) = verdict.problems.first() {
        return Ok(Some(damaged(&problem.site, problem.seq)));
    }
    let sites = reader.named_sites()?;
    for (number, id) in sites.sites.iter() {
        if let Some(seq) = installation.fault(id)
            && is_broken(reader, id, seq)?
        {
            return Ok(Some(damaged(sites.code(number), seq)));
        }
    }
    Ok(None)
}

/// Whether a site's chain is broken at a record.
fn is_broken(reader: Reader<'_>, id: SiteId, seq: u64) -> Result<bool> {
    let sites = reader.named_sites()?;
    let Some(number) = sites.sites.number(id) else {
        return Ok(false);
    };
    let key = |seq: u64| crate::store::row_key(number, seq);
    let first = seq.saturating_sub(1).max(1);
    let mut chain = match reader.record(&sites.sites, key(first))? {
        Some(record) if record.seq > 1 => {
            let sealed = reader.sealed_before(number, record.seq)?;
            Chain::tail(id, reader.birth(number)?.as_ref(), &record, sealed)
        }
        _ => Chain::whole(id, false),
    };
    let dropped = reader.dropped()?;
    let mut is_broken = false;
    reader.records_between(&sites.sites, key(first), key(seq + 1), |stored| {
        let record = stored.record;
        let at = key(record.seq);
        is_broken |= matches!(record.content, Content::Dropped(_)) != dropped.contains(&at);
        chain.take(record, stored.well_formed, |_, _| is_broken = true);
        Ok(())
    })?;
    Ok(is_broken)
}

/// Notes the first record of each site at which its chain is broken, beside the keys.
pub(crate) fn note_faults(
    reader: Reader<'_>,
    verdict: &Verdict,
    installation: &Installation,
) -> Result<()> {
    let sites = reader.named_sites()?;
    for (number, id) in sites.sites.iter() {
        let code = sites.code(number);
        let mut here = verdict.problems.iter().filter(|one| one.site == code);
        if let Some(problem) = here.find(|one| is_broken(reader, id, one.seq).unwrap_or_default()) {
            installation.note_fault(id, problem.seq);
        }
    }
    Ok(())
}
