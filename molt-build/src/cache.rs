//! The content cache: what a compilation yields, under the hash of everything it depends on.
//!
//! Invariant: an entry is only used if its own hash is right, so a truncated or damaged file is a miss, never a wrong
//! object. Entries are written atomically; any number of processes may share one cache.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::BuildError;
use crate::output;

/// Starts every entry; the number changes with the format.
const MAGIC: &[u8; 8] = b"molt-c01";

/// The hash of everything a result depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The name of the entry.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Builds a [`Key`] from named fields. Each is preceded by its name and length, so that no two sequences of fields
/// hash the same bytes.
#[derive(Debug, Clone)]
pub struct KeyBuilder(blake3::Hasher);

impl KeyBuilder {
    /// A key of the given kind, such as `"object"`.
    pub fn new(kind: &str) -> Self {
        KeyBuilder(blake3::Hasher::new()).field("kind", kind.as_bytes())
    }

    /// Adds a field.
    pub fn field(mut self, name: &str, value: &[u8]) -> Self {
        for part in [name.as_bytes(), value] {
            self.0.update(&(part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
        self
    }

    /// The finished key.
    pub fn finish(&self) -> Key {
        Key(*self.0.finalize().as_bytes())
    }
}

/// A folder of entries.
#[derive(Debug)]
pub struct Cache {
    dir: Option<PathBuf>,
    used: Mutex<BTreeSet<Key>>,
}

impl Cache {
    /// A cache in `dir`, which is made when the first entry is written.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Cache { dir: Some(dir.into()), used: Mutex::default() }
    }

    /// No cache: every lookup misses, nothing is written.
    pub fn none() -> Self {
        Cache { dir: None, used: Mutex::default() }
    }

    /// The cache of the command: `.molt/cache` of the project around `start` (the nearest folder above it with a
    /// `.molt` folder or a `molt.toml`), else the user's, `$XDG_CACHE_HOME/molt` or `~/.cache/molt`.
    pub fn for_command(start: &Path) -> Self {
        let full = std::fs::canonicalize(start).unwrap_or_else(|_| start.to_path_buf());
        for dir in full.ancestors() {
            if dir.join(".molt").is_dir() || dir.join("molt.toml").is_file() {
                return Cache::at(dir.join(".molt").join("cache"));
            }
        }
        match user_cache_dir() {
            Some(dir) => Cache::at(dir.join("objects")),
            None => Cache::none(),
        }
    }

    fn path(&self, key: &Key) -> Option<PathBuf> {
        let hex = key.hex();
        Some(self.dir.as_ref()?.join(&hex[..2]).join(&hex[2..]))
    }

    /// The bytes stored under a key.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let path = self.path(key)?;
        let mut bytes = std::fs::read(&path).ok()?;
        let header = MAGIC.len() + blake3::OUT_LEN;
        let sound = bytes.len() >= header
            && bytes.starts_with(MAGIC)
            && bytes[MAGIC.len()..header] == *blake3::hash(&bytes[header..]).as_bytes();
        if !sound {
            let _ = std::fs::remove_file(&path);
            return None;
        }
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(*key);
        bytes.drain(..header);
        Some(bytes)
    }

    /// Stores bytes under a key.
    pub fn put(&self, key: &Key, bytes: &[u8]) -> Result<(), BuildError> {
        let Some(path) = self.path(key) else { return Ok(()) };
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(*key);
        let mut entry = Vec::with_capacity(MAGIC.len() + blake3::OUT_LEN + bytes.len());
        entry.extend_from_slice(MAGIC);
        entry.extend_from_slice(blake3::hash(bytes).as_bytes());
        entry.extend_from_slice(bytes);
        output::write(&path, &entry)
    }

    /// Removes the entries that this build neither read nor wrote: right for a cache that belongs to one build, such
    /// as the one in Cargo's `OUT_DIR`.
    pub fn remove_unused(&self) {
        let Some(dir) = &self.dir else { return };
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let keep: BTreeSet<PathBuf> = used.iter().filter_map(|key| self.path(key)).collect();
        let entries = |dir: &Path| {
            std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>()
        };
        for shard in entries(dir) {
            for entry in entries(&shard) {
                if !keep.contains(&entry) {
                    // A file that can't be removed costs space, not correctness.
                    let _ = std::fs::remove_file(entry);
                }
            }
        }
    }
}

/// The user's folder for caches of Molt.
pub fn user_cache_dir() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(dir) = set("MOLT_CACHE_DIR") {
        return Some(dir);
    }
    // The XDG specification has relative paths ignored.
    let xdg = set("XDG_CACHE_HOME").filter(|dir| dir.is_absolute());
    Some(xdg.or_else(|| Some(set("HOME")?.join(".cache")))?.join("molt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        KeyBuilder::new("test").field("text", text.as_bytes()).finish()
    }

    #[test]
    fn an_entry_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::at(dir.path());
        assert_eq!(cache.get(&key("a")), None);
        cache.put(&key("a"), b"object").unwrap();
        assert_eq!(cache.get(&key("a")).as_deref(), Some(&b"object"[..]));
        assert_eq!(Cache::none().get(&key("a")), None);
    }

    #[test]
    fn a_damaged_entry_is_a_miss() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::at(dir.path());
        cache.put(&key("a"), b"object").unwrap();
        let path = cache.path(&key("a")).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        *flipped.last_mut().unwrap() ^= 1;
        for bytes in [&whole[..whole.len() - 1], &whole[..10], &[], &flipped] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(cache.get(&key("a")), None);
            assert!(!path.exists());
        }
    }

    #[test]
    fn fields_do_not_run_together() {
        let two = |a: &[u8], b: &[u8]| KeyBuilder::new("k").field("f", a).field("f", b).finish();
        assert_ne!(two(b"ab", b"c"), two(b"a", b"bc"));
    }

    #[test]
    fn unused_entries_go() {
        let dir = tempfile::tempdir().unwrap();
        Cache::at(dir.path()).put(&key("old"), b"1").unwrap();
        let cache = Cache::at(dir.path());
        cache.put(&key("new"), b"2").unwrap();
        cache.remove_unused();
        assert_eq!(Cache::at(dir.path()).get(&key("old")), None);
        assert!(Cache::at(dir.path()).get(&key("new")).is_some());
    }
}
