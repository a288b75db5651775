//! A record and its hash, the seal over a transaction, the key that makes seals.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::fmt;

use super::Body;
use crate::clock::{Hlc, Instant, Stamp};
use crate::id::{OperatorId, SiteId, hex};

/// A BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands before a site's first record.
    pub const NONE: Self = Self([0; 32]);
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// What is kept of what a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// All of it: the JSON bytes of its [`Body`], verbatim.
    Whole(Vec<u8>),
    /// Only its hash, since a [`super::Redact`] dropped it.
    Dropped(Hash),
}

impl Content {
    /// The hash of the bytes, which stands for them in the chain.
    #[must_use]
    pub fn hash(&self) -> Hash {
        match self {
            Self::Whole(bytes) => Hash(*blake3::hash(bytes).as_bytes()),
            Self::Dropped(hash) => *hash,
        }
    }
}

/// An Ed25519 signature over the newest record of a transaction.
pub type Seal = [u8; 64];

/// One change, as its site wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The site.
    pub site: SiteId,
    /// Its place in the site's journal: 1, 2, 3 …
    pub seq: u64,
    /// The logical clock.
    pub hlc: Hlc,
    /// Who wrote it.
    pub operator: OperatorId,
    /// The time as the clock on the wall said.
    pub wall: Instant,
    /// The hash over this record and the one before it.
    pub hash: Hash,
    /// The change.
    pub content: Content,
    /// The seal, on the last record of a transaction.
    pub seal: Option<Seal>,
}

impl Record {
    /// The hash it must have after `prev`.
    ///
    /// The layout is fixed: prev (32 bytes), site (16), seq, hlc (8 each, little-endian),
    /// operator (16), wall (8, little-endian), BLAKE3 of the body (32).
    #[must_use]
    pub fn hash_after(&self, prev: &Hash) -> Hash {
        let mut layout = [0; 120];
        layout[..32].copy_from_slice(&prev.0);
        layout[32..48].copy_from_slice(&self.site.0);
        layout[48..56].copy_from_slice(&self.seq.to_le_bytes());
        layout[56..64].copy_from_slice(&self.hlc.0.to_le_bytes());
        layout[64..80].copy_from_slice(self.operator.0.as_bytes());
        layout[80..88].copy_from_slice(&self.wall.millis().to_le_bytes());
        layout[88..].copy_from_slice(&self.content.hash().0);
        Hash(blake3::derive_key("so-truc record v1", &layout))
    }

    /// What it says, when that is kept and can be understood.
    #[must_use]
    pub fn body(&self) -> Option<Body> {
        match &self.content {
            Content::Whole(bytes) => Body::from_bytes(bytes),
            Content::Dropped(_) => None,
        }
    }

    /// Its stamp on what it sets.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            hlc: self.hlc,
            site: self.site,
        }
    }
}

/// What a seal signs: the span of the transaction and its last hash, so that a seal that was
/// taken out shows in the next one.
fn sealed(site: SiteId, first: u64, last: u64, hash: &Hash) -> [u8; 32] {
    let mut layout = [0; 64];
    layout[..16].copy_from_slice(&site.0);
    layout[16..24].copy_from_slice(&first.to_le_bytes());
    layout[24..32].copy_from_slice(&last.to_le_bytes());
    layout[32..].copy_from_slice(&hash.0);
    blake3::derive_key("so-truc seal v1", &layout)
}

/// A site's private key. It lives in the user's application data, never in the book.
#[derive(Clone)]
pub struct SiteKey(SigningKey);

impl SiteKey {
    /// The key with this secret.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The site it belongs to.
    #[must_use]
    pub fn site(&self) -> SiteId {
        SiteId::of_key(&self.public())
    }

    /// The seal over the records `first ..= last`, the last of which has this hash.
    #[must_use]
    pub fn seal(&self, first: u64, last: u64, hash: &Hash) -> Seal {
        self.0
            .sign(&sealed(self.site(), first, last, hash))
            .to_bytes()
    }
}

/// Whether the seal over the records `first ..= last` was made with the site's key.
#[must_use]
pub(crate) fn seal_holds(
    public: &[u8; 32],
    first: u64,
    last: u64,
    hash: &Hash,
    seal: &Seal,
) -> bool {
    let site = SiteId::of_key(public);
    VerifyingKey::from_bytes(public).is_ok_and(|key| {
        key.verify_strict(
            &sealed(site, first, last, hash),
            &Signature::from_bytes(seal),
        )
        .is_ok()
    })
}
