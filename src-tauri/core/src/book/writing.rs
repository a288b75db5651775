//! What people do to the book, inside one transaction. One file per noun; every change ends in
//! [`Writing::put`] or [`Writing::append`].

use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::{Map, Value as Json};
use std::ops::Deref;
use std::path::Path;
use uuid::Uuid;

use crate::book::import::Altered;
use crate::book::installation::{Installation, Mine, Seen};
use crate::book::noun::{Direct, Noun, Wrote, fields};
use crate::clock::{Hlc, Instant};
use crate::error::{Code, Error, Result};
use crate::id::{OperatorId, SiteId, hex, uuid_at};
use crate::journal::{Body, Change, Content, Hash, Head, Kind, Record, Set, SiteKey, SiteOpening};
use crate::office::operator::Operator;
use crate::random::fill_random;
use crate::store::{self, Reader, Sites};
use crate::text::one_line;

/// A transaction that may write. It reads like a [`Reader`], its own changes included.
pub struct Writing<'t> {
    pub(super) conn: &'t Connection,
    pub(crate) reader: Reader<'t>,
    installation: &'t Installation,
    book: &'t Path,
    pub(crate) operator: &'t str,
    now: Instant,
    /// From when on it is so, where that is not now.
    pub(crate) since: Option<Instant>,
    /// Why units become what they are, from a day on that was over.
    pub(crate) reason: Option<String>,
    /// How a new book begins; its key is made when it does.
    founding: Option<SiteOpening>,
    identity: Option<&'t SiteIdentity>,
    pub(crate) sites: Sites,
    author: Option<Author>,
    random: Random,
    pub(super) watch: Option<Box<dyn Fn(usize, usize) -> bool>>,
}

/// What this installation is in the open book, found out once: a number and a key do not change.
pub(crate) struct SiteIdentity {
    number: i64,
    key: SiteKey,
}

/// A transaction that was sealed and may be committed.
pub(crate) struct Sealed {
    pub(crate) site: SiteId,
    pub(crate) newest: Seen,
    pub(crate) identity: SiteIdentity,
}

/// Who writes, and after what: known from the first change on.
pub(crate) struct Author {
    pub(crate) number: i64,
    key: SiteKey,
    pub(crate) site: SiteId,
    pub(crate) code: String,
    pub(crate) operator: OperatorId,
    pub(crate) row: i64,
    pub(crate) hlc: Hlc,
    pub(crate) seq: u64,
    pub(crate) prev: Hash,
    /// The first record of this transaction.
    pub(crate) first: u64,
}

impl<'t> Deref for Writing<'t> {
    type Target = Reader<'t>;

    fn deref(&self) -> &Reader<'t> {
        &self.reader
    }
}

impl Reader<'_> {
    /// Refuses a time of what happened that lies ahead by a minute or more: a digit was mistyped, or
    /// day and month stand the other way round. In a practice book time is what it is given.
    pub(crate) fn not_ahead(self, at: Option<Instant>, now: Instant) -> Result<()> {
        let Some(at) = at.filter(|at| at.whole_minute() > now.whole_minute()) else {
            return Ok(());
        };
        if self.is_practice()? {
            return Ok(());
        }
        let meant = at.day_and_month_swapped();
        let meant = meant.filter(|meant| *meant <= now && *meant > now.months_before(12));
        Err(match meant {
            Some(meant) => Error::new(Code::TimeSwapped).with("meant", meant),
            None => Error::new(Code::TimeAhead),
        }
        .with("given", at))
    }
}

impl<'t> Writing<'t> {
    pub(crate) fn new(
        conn: &'t Connection,
        installation: &'t Installation,
        book: &'t Path,
        operator: &'t str,
        now: Instant,
        founding: Option<SiteOpening>,
        identity: Option<&'t SiteIdentity>,
    ) -> Result<Self> {
        Ok(Self {
            conn,
            reader: Reader { conn },
            installation,
            book,
            operator,
            now,
            since: None,
            reason: None,
            founding,
            identity,
            sites: Sites::load(conn)?,
            author: None,
            random: Random::new(),
            watch: None,
        })
    }

    /// The time of this transaction.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.now
    }

    /// [`Reader::not_ahead`] of this transaction.
    pub(crate) fn not_ahead(&self, at: Option<Instant>) -> Result<()> {
        self.reader.not_ahead(at, self.now())
    }

    /// Lets somebody watch what takes long. An import asks every 256 rows, with how many are done
    /// of how many; when the answer is `false` it fails with [`Code::Cancelled`].
    pub fn on_progress(&mut self, watch: impl Fn(usize, usize) -> bool + 'static) {
        self.watch = Some(Box::new(watch));
    }

    /// Finds this installation's site, or begins a new one.
    pub(crate) fn begin(&mut self) -> Result<()> {
        if self.author.is_some() {
            return Ok(());
        }
        let name = needed("operator", self.operator)?;
        let newest = self.reader.newest(&self.sites)?;
        let (number, key) = self.take_identity()?;
        let birth = self.reader.birth(number)?;
        let last = self.reader.last_record(&self.sites, number)?;
        let newcomer = match &birth {
            Some(_) => None,
            None => Some(self.birth_of(&key, newest.as_ref())?),
        };
        let known = birth.or_else(|| newcomer.clone());
        if let (Some(birth), Some(newest)) = (&known, &newest)
            && birth.practice
            && self.now < newest.wall
        {
            return Err(Error::new(Code::TimeBackwards)
                .with("given", self.now)
                .with("last", newest.wall));
        }
        let hlc = newest.as_ref().map(|record| record.hlc);
        let writer = self.operator_named(&name)?;
        let operator = match &writer {
            Some(operator) => operator.id,
            None => OperatorId(uuid_at(Hlc::after(hlc, self.now), self.random.take()?)),
        };
        let seq = last.as_ref().map_or(0, |record| record.seq);
        self.author = Some(Author {
            number,
            site: key.site(),
            key,
            code: known.map_or(String::new(), |birth| birth.code),
            operator,
            row: store::author_number(self.conn, operator)?,
            hlc: hlc.unwrap_or_default(),
            seq,
            prev: last.map_or(Hash::NONE, |record| record.hash),
            first: seq + 1,
        });
        if let Some(birth) = newcomer {
            self.append(Change::Site(birth))?;
        }
        if writer.is_none() {
            let person = self.own_person_named(&name)?;
            self.put(&Operator {
                id: operator,
                name,
                person,
                removed: false,
            })?;
        }
        Ok(())
    }

    /// The number and key of this installation's site; a new one where it has none.
    fn take_identity(&mut self) -> Result<(i64, SiteKey)> {
        if let Some(identity) = self.identity {
            return Ok((identity.number, identity.key.clone()));
        }
        let mine = self.installation.mine(
            self.reader,
            &self.sites,
            self.book,
            &self.installation.all_seen(),
        )?;
        Ok(match mine {
            Mine::Site { number, key, moved } => {
                if moved {
                    self.installation.moved(key.site(), self.book)?;
                }
                (number, key)
            }
            Mine::Behind { .. } | Mine::Stranger => {
                let key = self.installation.new_key(self.book)?;
                (self.sites.number_or_new(self.conn, key.site())?, key)
            }
        })
    }

    /// How a site of this key begins: as its founder says, or grown from the book as it is.
    fn birth_of(&self, key: &SiteKey, newest: Option<&Record>) -> Result<SiteOpening> {
        let public = key.public();
        if let Some(founding) = &self.founding {
            return Ok(SiteOpening {
                public_key: hex(&public),
                ..founding.clone()
            });
        }
        let nowhere = || Error::new(Code::NotABook).with("file", self.book.display());
        let newest = newest.ok_or_else(nowhere)?;
        let parent = self.sites.number(newest.site).unwrap_or_default();
        let parent = self.reader.birth(parent)?.ok_or_else(nowhere)?;
        // Copies of one book that go on apart get codes apart.
        let letters = blake3::derive_key("so-truc site letters", &public);
        let taken = self.reader.named_sites()?;
        let base: String = parent.code.chars().take(5).collect();
        let code = letters
            .windows(3)
            .map(|three| {
                three
                    .iter()
                    .map(|byte| (b'A' + byte % 26) as char)
                    .collect::<String>()
            })
            .map(|three| format!("{base}{three}"))
            .find(|code| !taken.has_code(code))
            .unwrap_or(base);
        Ok(SiteOpening {
            code,
            public_key: hex(&public),
            grew_from: Some(Head::of(&newest.hash).to_string()),
            ..parent
        })
    }

    /// The operator of this name.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`].
    pub fn find_operator(&self, name: &str) -> Result<Operator> {
        let found = self.operator_named(name)?;
        let known = self.operators()?.into_iter().map(|operator| operator.name);
        let known = known.collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| {
            Error::new(Code::ValueUnknown)
                .with("field", "operator")
                .with("given", name)
                .with("known", known)
        })
    }

    /// The code of the site that writes.
    ///
    /// # Errors
    /// Those of the store.
    pub fn site_code(&mut self) -> Result<String> {
        self.begin()?;
        Ok(self.author().code.clone())
    }

    /// Call [`Writing::begin`] before.
    pub(crate) fn author(&self) -> &Author {
        self.author
            .as_ref()
            .expect("begin() sets the author before anything asks for it")
    }

    /// A new id; ids made later sort later.
    pub(crate) fn new_id<T: From<Uuid>>(&mut self) -> Result<T> {
        self.begin()?;
        let random = self.random.take()?;
        let author = self.author.as_mut().expect("begin() sets the author");
        author.hlc = Hlc::after(Some(author.hlc), self.now);
        Ok(T::from(uuid_at(author.hlc, random)))
    }

    /// Sets the fields of a noun that are not as given; writes nothing when all are.
    pub(crate) fn put<N: Direct>(&mut self, noun: &N) -> Result<Wrote> {
        Ok(self.put_telling(noun)?.0)
    }

    /// [`Writing::put`], with the fields that change.
    pub(crate) fn put_telling<N: Direct>(&mut self, noun: &N) -> Result<(Wrote, Vec<Altered>)> {
        let (set, wrote, altered) = self.difference(noun)?;
        if wrote != Wrote::Same {
            self.append(Change::Set(set))?;
        }
        Ok((wrote, altered))
    }

    /// What [`Writing::put_telling`] would do.
    pub(crate) fn would_put<N: Noun>(&self, noun: &N) -> Result<(Wrote, Vec<Altered>)> {
        let (_, wrote, altered) = self.difference(noun)?;
        Ok((wrote, altered))
    }

    /// What a noun changes: as a record says it, and field by field where it is known already.
    fn difference<N: Noun>(&self, noun: &N) -> Result<(Set, Wrote, Vec<Altered>)> {
        let known = store::state(self.conn, &self.sites, N::KIND, noun.uuid())?;
        let mut set = Set {
            kind: N::KIND,
            id: noun.uuid(),
            fields: Map::new(),
            over: Map::new(),
            undoes: None,
            since: self.since,
            reason: self.reason.clone().filter(|_| N::KIND == Kind::Unit),
        };
        let mut altered = Vec::new();
        let given = fields(noun);
        for ((at, (name, column)), value) in store::columns(N::KIND).iter().enumerate().zip(given) {
            let stored = column.store(&value);
            let before = known.as_ref().map(|fields| &fields[at]);
            if before.map_or(Value::Null == stored, |field| field.value == stored) {
                continue;
            }
            if let Some(stamp) = before.and_then(|field| field.stamp) {
                set.over
                    .insert((*name).to_owned(), Json::String(stamp.to_string()));
            }
            if let Some(field) = before {
                altered.push(Altered {
                    field: name,
                    old: column.load(&field.value),
                    new: value.clone(),
                });
            }
            set.fields.insert((*name).to_owned(), value);
        }
        let wrote = match (set.fields.is_empty(), known.is_none()) {
            (true, _) => Wrote::Same,
            (false, true) => Wrote::New,
            (false, false) => Wrote::Changed,
        };
        Ok((set, wrote, altered))
    }

    /// Appends one record: the only place where the journal grows.
    pub(crate) fn append(&mut self, change: Change) -> Result<i64> {
        self.begin()?;
        let salt = hex(&[self.random.take()?, self.random.take()?].concat());
        let author = self.author.as_mut().expect("begin() sets the author");
        author.hlc = Hlc::after(Some(author.hlc), self.now);
        author.seq += 1;
        let body = Body { salt, change };
        let mut record = Record {
            site: author.site,
            seq: author.seq,
            hlc: author.hlc,
            operator: author.operator,
            wall: self.now,
            hash: Hash::NONE,
            content: Content::Whole(body.to_bytes()),
            seal: None,
        };
        record.hash = record.hash_after(&author.prev);
        author.prev = record.hash;
        let key = store::append(self.conn, author.number, author.row, &record)?;
        store::apply(
            self.conn,
            &mut self.sites,
            key,
            record.stamp(),
            &body.change,
        )?;
        Ok(key)
    }

    /// Seals what was written; nothing when nothing was.
    pub(crate) fn seal(self) -> Result<Option<Sealed>> {
        let Some(author) = self.author.filter(|author| author.seq >= author.first) else {
            return Ok(None);
        };
        let seal = author.key.seal(author.first, author.seq, &author.prev);
        store::seal(self.conn, store::row_key(author.number, author.seq), &seal)?;
        Ok(Some(Sealed {
            site: author.site,
            newest: Seen {
                seq: author.seq,
                hash: author.prev,
            },
            identity: SiteIdentity {
                number: author.number,
                key: author.key,
            },
        }))
    }
}

/// A text that must say something, in one line.
pub(crate) fn needed(field: &'static str, given: &str) -> Result<String> {
    let text = one_line(given);
    match text.is_empty() {
        true => Err(Error::new(Code::Empty).with("field", field)),
        false => Ok(text),
    }
}

/// Random bytes, fetched from the system by the page.
struct Random {
    page: [u8; 2048],
    left: usize,
}

impl Random {
    fn new() -> Self {
        Self {
            page: [0; 2048],
            left: 0,
        }
    }

    fn take(&mut self) -> Result<[u8; 8]> {
        if self.left < 8 {
            fill_random(&mut self.page)?;
            self.left = self.page.len();
        }
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.page[self.left - 8..self.left]);
        self.left -= 8;
        Ok(bytes)
    }
}
