//! The Merkle tree of RFC 6962: one root for a whole history, and short proofs against it.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use thiserror::Error;

use crate::digest::{Algorithm, Hasher};

/// The SHA-256 hash of a leaf, a node or a whole tree; its text form is base64, as in C2SP
/// checkpoints.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of an entry: SHA-256 of 0x00 and the entry (RFC 6962, section 2.1).
    pub fn of_leaf(entry: &[u8]) -> Self {
        hash(&[&[0], entry])
    }

    /// The hash of two nodes: SHA-256 of 0x01 and both (RFC 6962, section 2.1).
    pub fn of_node(left: Self, right: Self) -> Self {
        hash(&[&[1], &left.0, &right.0])
    }

    /// The root of a tree without entries: SHA-256 of nothing.
    pub fn of_empty() -> Self {
        hash(&[])
    }

    /// A hash that was computed elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = ProofError;

    fn from_str(text: &str) -> Result<Self, ProofError> {
        BASE64
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| ProofError::Hash { found: text.to_owned() })
    }
}

/// The right edge of a tree: enough to add entries and to know the root, in memory that grows
/// with the logarithm of the size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// The roots of the complete subtrees, the largest first; one for each bit set in `size`.
    peaks: Vec<Hash>,
}

impl Frontier {
    /// A tree without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds the hash of the next leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = Hash::of_node(left, node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The tree's root.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        let Some(last) = peaks.next() else { return Hash::of_empty() };
        peaks.fold(last, |right, left| Hash::of_node(left, right))
    }
}

/// A whole tree in memory, 64 bytes an entry, from which proofs are made.
///
/// ```
/// use probative::archive::merkle::{Hash, Tree, verify_inclusion};
///
/// let mut tree = Tree::new();
/// for entry in ["captured", "graded", "withdrawn"] {
///     tree.push(Hash::of_leaf(entry.as_bytes()));
/// }
/// let proof = tree.inclusion(1, 3).unwrap();
/// let graded = Hash::of_leaf(b"graded");
/// assert!(verify_inclusion(graded, 1, 3, tree.root(), &proof).is_ok());
/// assert!(verify_inclusion(graded, 2, 3, tree.root(), &proof).is_err());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The complete subtrees of 1, 2, 4... leaves.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// A tree without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries the tree has.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Adds the hash of the next leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        let mut height = 0;
        loop {
            if self.levels.len() == height {
                self.levels.push(Vec::new());
            }
            let level = &mut self.levels[height];
            level.push(node);
            if level.len() % 2 == 1 {
                return;
            }
            node = Hash::of_node(level[level.len() - 2], node);
            height += 1;
        }
    }

    /// The hash of this leaf.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index).ok()?).copied()
    }

    /// The tree's root.
    pub fn root(&self) -> Hash {
        self.subtree(0, self.size())
    }

    /// The root that the tree had when it had this many entries.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        (size <= self.size()).then(|| self.subtree(0, size))
    }

    /// The audit path of an entry in the tree of this size, from the leaf's sibling to the root's
    /// child (RFC 6962, section 2.1.1). `None` when there is no such entry or size.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        if index >= size || size > self.size() {
            return None;
        }
        let mut proof = Vec::new();
        let (mut low, mut high) = (0, size);
        while high - low > 1 {
            let middle = low + split(high - low);
            if index < middle {
                proof.push(self.subtree(middle, high));
                high = middle;
            } else {
                proof.push(self.subtree(low, middle));
                low = middle;
            }
        }
        proof.reverse();
        Some(proof)
    }

    /// The proof that the tree of the first size is the beginning of the tree of the second
    /// (RFC 6962, section 2.1.2); empty when they are equal or the first is empty. `None` when
    /// the sizes are not in order or beyond the tree.
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        if old > new || new > self.size() {
            return None;
        }
        let mut proof = Vec::new();
        if old == 0 {
            return Some(proof);
        }
        let (mut low, mut high, mut whole) = (0, new, true);
        while old < high {
            let middle = low + split(high - low);
            if old <= middle {
                proof.push(self.subtree(middle, high));
                high = middle;
            } else {
                proof.push(self.subtree(low, middle));
                low = middle;
                whole = false;
            }
        }
        if !whole {
            proof.push(self.subtree(low, high));
        }
        proof.reverse();
        Some(proof)
    }

    /// The root of the leaves from `low` to before `high`; the range is one that RFC 6962 forms.
    fn subtree(&self, low: u64, high: u64) -> Hash {
        let size = high.saturating_sub(low);
        if size == 0 {
            return Hash::of_empty();
        }
        if size.is_power_of_two() {
            let height = size.trailing_zeros();
            let known = self
                .levels
                .get(height as usize)
                .and_then(|level| level.get(usize::try_from(low >> height).ok()?));
            if let Some(hash) = known {
                return *hash;
            }
        }
        if size == 1 {
            return Hash::of_empty(); // never: every leaf below the size is known
        }
        let middle = low + split(size);
        Hash::of_node(self.subtree(low, middle), self.subtree(middle, high))
    }
}

/// Whether this leaf is the entry at `index` of the tree with this size and root
/// (RFC 9162, section 2.1.3.2).
///
/// # Errors
/// When it is not shown to be.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Index { index, size });
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for step in proof {
        if last == 0 {
            return Err(ProofError::Length { found: proof.len() });
        }
        if node % 2 == 1 || node == last {
            hash = Hash::of_node(*step, hash);
            while node % 2 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = Hash::of_node(hash, *step);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length { found: proof.len() });
    }
    agree(root, hash)
}

/// Whether the tree with the first size and root is the beginning of that with the second
/// (RFC 9162, section 2.1.4.2).
///
/// # Errors
/// When it is not shown to be.
pub fn verify_consistency(
    old: u64,
    old_root: Hash,
    new: u64,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Index { index: old, size: new });
    }
    if old == 0 || old == new {
        if !proof.is_empty() {
            return Err(ProofError::Length { found: proof.len() });
        }
        return agree(if old == 0 { Hash::of_empty() } else { new_root }, old_root);
    }
    let too_short = ProofError::Length { found: proof.len() };
    // A complete subtree is its own proof.
    let (first, steps) = if old.is_power_of_two() {
        (old_root, proof)
    } else {
        let (first, steps) = proof.split_first().ok_or(too_short)?;
        (*first, steps)
    };
    let (mut node, mut last) = (old - 1, new - 1);
    while node % 2 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (first, first);
    for step in steps {
        if last == 0 {
            return Err(ProofError::Length { found: proof.len() });
        }
        if node % 2 == 1 || node == last {
            old_hash = Hash::of_node(*step, old_hash);
            new_hash = Hash::of_node(*step, new_hash);
            while node % 2 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = Hash::of_node(new_hash, *step);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length { found: proof.len() });
    }
    agree(old_root, old_hash)?;
    agree(new_root, new_hash)
}

/// A proof that shows nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProofError {
    /// A text is no hash.
    #[error("expected 32 bytes in base64, found `{found}`")]
    Hash {
        /// The text.
        found: String,
    },
    /// The entry or the earlier tree lies outside the tree.
    #[error("expected less than the tree's size of {size}, found {index}")]
    Index {
        /// The index or earlier size.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// The proof has too few or too many hashes for its place in the tree.
    #[error("the proof has {found} hashes, which is not what its place in the tree needs")]
    Length {
        /// How many it has.
        found: usize,
    },
    /// The proof leads to another root.
    #[error("expected the root {expected}, found that the proof leads to {found}")]
    Root {
        /// The root that was to be reached.
        expected: Hash,
        /// The root that was reached.
        found: Hash,
    },
}

fn agree(expected: Hash, found: Hash) -> Result<(), ProofError> {
    if expected == found { Ok(()) } else { Err(ProofError::Root { expected, found }) }
}

/// The largest power of two below `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

fn hash(parts: &[&[u8]]) -> Hash {
    let mut hasher = Hasher::new(Algorithm::Sha256);
    for part in parts {
        hasher.update(part);
    }
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hasher.finish().as_bytes());
    Hash(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(size: u64) -> Tree {
        let mut tree = Tree::new();
        (0..size).for_each(|entry| tree.push(Hash::of_leaf(&entry.to_be_bytes())));
        tree
    }

    /// The definition of RFC 6962, section 2.1, word for word.
    fn defined(entries: &[u64]) -> Hash {
        match entries {
            [] => Hash::of_empty(),
            [one] => Hash::of_leaf(&one.to_be_bytes()),
            _ => {
                let (left, right) = entries.split_at(entries.len().next_power_of_two() / 2);
                Hash::of_node(defined(left), defined(right))
            }
        }
    }

    #[test]
    fn roots_are_those_of_the_definition() {
        let whole = tree(130);
        let mut frontier = Frontier::new();
        let entries: Vec<u64> = (0..130).collect();
        for size in 0..=130 {
            let expected = defined(&entries[..size]);
            assert_eq!(whole.root_at(size as u64), Some(expected));
            assert_eq!(frontier.root(), expected);
            frontier.push(Hash::of_leaf(&(size as u64).to_be_bytes()));
        }
        assert_eq!(whole.root_at(131), None);
    }

    #[test]
    fn every_proof_of_every_small_tree_holds_and_no_altered_one() {
        let whole = tree(66);
        let leaf = |index| whole.leaf(index).unwrap();
        for size in 1..=66 {
            let root = whole.root_at(size).unwrap();
            for index in 0..size {
                let proof = whole.inclusion(index, size).unwrap();
                verify_inclusion(leaf(index), index, size, root, &proof).unwrap();
                for other in (0..size).filter(|other| *other != index) {
                    assert!(verify_inclusion(leaf(index), other, size, root, &proof).is_err());
                }
                alter(&proof, |altered| verify_inclusion(leaf(index), index, size, root, altered));
            }
            for old in 0..=size {
                let old_root = whole.root_at(old).unwrap();
                let proof = whole.consistency(old, size).unwrap();
                verify_consistency(old, old_root, size, root, &proof).unwrap();
                alter(&proof, |altered| verify_consistency(old, old_root, size, root, altered));
                if old < size && old > 0 {
                    assert!(verify_consistency(old, root, size, root, &proof).is_err());
                    assert!(verify_consistency(old, old_root, size, old_root, &proof).is_err());
                }
            }
        }
        assert_eq!(whole.inclusion(5, 67), None);
        assert_eq!(whole.inclusion(5, 5), None);
        assert_eq!(whole.consistency(6, 5), None);
    }

    fn alter(proof: &[Hash], verify: impl Fn(&[Hash]) -> Result<(), ProofError>) {
        let longer = [proof, &[Hash::of_empty()]].concat();
        assert!(verify(&longer).is_err());
        for at in 0..proof.len() {
            let mut altered = proof.to_vec();
            altered[at].0[at % 32] ^= 1;
            assert!(verify(&altered).is_err());
            let mut shorter = proof.to_vec();
            shorter.remove(at);
            assert!(verify(&shorter).is_err());
            if at > 0 && proof[at] != proof[at - 1] {
                let mut swapped = proof.to_vec();
                swapped.swap(at, at - 1);
                assert!(verify(&swapped).is_err());
            }
        }
    }

    #[test]
    fn an_entry_cannot_pass_for_a_node() {
        let tree = tree(2);
        let (left, right) = (tree.leaf(0).unwrap(), tree.leaf(1).unwrap());
        let forged = [left.0, right.0].concat();
        assert_ne!(Hash::of_leaf(&forged), tree.root());
        assert!(verify_inclusion(Hash::of_leaf(&forged), 0, 1, tree.root(), &[]).is_err());
    }

    #[test]
    fn a_size_near_the_end_of_u64_is_no_trouble() {
        let root = Hash::of_empty();
        assert!(verify_inclusion(root, u64::MAX - 1, u64::MAX, root, &[root; 64]).is_err());
        assert!(verify_consistency(u64::MAX - 1, root, u64::MAX, root, &[root; 64]).is_err());
    }
}
