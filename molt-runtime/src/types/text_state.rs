//! What a runtime keeps for text: the hash key, the shared one-character strings, the digit limit.
//!
//! Invariant: a shared string is made on first use and lives as long as the runtime.

use super::number::hash::HashKey;
use super::number::int_text::DEFAULT_MAX_STR_DIGITS;
use crate::object::field::ObjCell;
use crate::object::str;
use crate::runtime::Rt;
use crate::types::text::units;
use crate::value::Obj;
use molt_abi::layout::Kind;
use std::cell::Cell;

/// The state; part of [`Rt`].
pub struct TextState {
    key: Cell<HashKey>,
    max_str_digits: Cell<usize>,
    nans: Cell<u64>,
    empty: ObjCell,
    chars: Box<[ObjCell; 256]>,
}

impl Default for TextState {
    fn default() -> TextState {
        TextState {
            key: Cell::new(HashKey::from_seed(0)),
            max_str_digits: Cell::new(DEFAULT_MAX_STR_DIGITS),
            nans: Cell::new(0),
            empty: ObjCell::default(),
            chars: Box::new([const { ObjCell::new(None) }; 256]),
        }
    }
}

impl TextState {
    /// Calls `visit` with every string that is kept.
    pub(crate) fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.empty.traverse(visit);
        self.chars.iter().for_each(|c| c.traverse(visit));
    }
}

impl Rt {
    /// The key of `str` and `bytes` hashes.
    #[inline]
    pub fn hash_key(&self) -> HashKey {
        self.texts().key.get()
    }

    /// Sets the key of `str` and `bytes` hashes. Only before any string was hashed.
    pub fn set_hash_key(&self, key: HashKey) {
        self.texts().key.set(key);
    }

    /// `sys.get_int_max_str_digits()`; 0 = no limit.
    pub fn max_str_digits(&self) -> usize {
        self.texts().max_str_digits.get()
    }

    /// `sys.set_int_max_str_digits(n)`.
    pub fn set_max_str_digits(&self, digits: usize) {
        self.texts().max_str_digits.set(digits);
    }

    /// A NaN that is another object than every NaN made before: floats are immediates, so the payload is the identity.
    pub fn new_nan(&self, sign: f64) -> f64 {
        let made = &self.texts().nans;
        made.set((made.get() + 1) & ((1 << 48) - 1));
        f64::from_bits(f64::NAN.to_bits() | made.get()).copysign(sign)
    }

    /// `""`.
    pub fn empty_str(&self) -> Obj {
        let cell = &self.texts().empty;
        if let Some(empty) = cell.get() {
            return empty;
        }
        let empty = str::from_text_as(self, self.kind_type(Kind::Str), units::Text::EMPTY);
        cell.set(Some(empty.clone()));
        empty
    }

    /// The string of one code point below 256.
    #[inline]
    pub fn latin1_char(&self, unit: u8) -> Obj {
        let cell = &self.texts().chars[unit as usize];
        match cell.get() {
            Some(char) => char,
            None => {
                let char = str::from_text_as(self, self.kind_type(Kind::Str), units::one(&[unit]));
                cell.set(Some(char.clone()));
                char
            }
        }
    }

    /// Fails with `MemoryError` when an allocation of so many bytes cannot succeed.
    pub fn check_size(&self, bytes: usize) -> Result<(), crate::runtime::Raised> {
        const PLAUSIBLE: usize = 64 << 20;
        if bytes <= PLAUSIBLE || Vec::<u8>::new().try_reserve_exact(bytes).is_ok() {
            return Ok(());
        }
        Err(self.raise_with(&super::exception::MEMORY_ERROR, Vec::new()))
    }
}
