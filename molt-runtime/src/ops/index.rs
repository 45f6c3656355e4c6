//! `__index__`: values as machine ints, and slices as ranges of positions.

use crate::object::int;
use crate::object::slice::SliceObject;
use crate::runtime::{R, Rt};
use crate::types::exception;
use crate::value::Obj;

/// The parts of a slice as machine ints; the step is neither 0 nor below `-i64::MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SliceParts {
    /// Where it starts, if it says so.
    pub start: Option<i64>,
    /// Where it stops, exclusive, if it says so.
    pub stop: Option<i64>,
    /// The step.
    pub step: i64,
}

impl SliceParts {
    /// The parts, if each is `None` or an immediate int and the step is not 0: what converts without code of the program.
    #[inline]
    pub fn of_immediates(start: &Obj, stop: &Obj, step: &Obj) -> Option<SliceParts> {
        let part = |obj: &Obj| if obj.is_none() { Some(None) } else { obj.as_small_int().map(Some) };
        let step = part(step)?.unwrap_or(1);
        (step != 0).then_some(SliceParts { start: part(start)?, stop: part(stop)?, step })
    }

    /// The positions that the slice selects among `len`.
    #[inline]
    pub fn clamp(self, len: usize) -> Positions {
        Positions::clamp(self.start, self.stop, self.step, len)
    }
}

/// The positions that a slice selects in a sequence: `start`, `start + step`, … `count` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Positions {
    /// The first position.
    pub start: i64,
    /// The position at which it stops, exclusive, as clamped.
    pub stop: i64,
    /// The step, not 0.
    pub step: i64,
    /// How many positions.
    pub count: usize,
}

impl Positions {
    /// The positions in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..self.count).map(move |n| (self.start + n as i64 * self.step) as usize)
    }

    /// Clamps the parts of a slice to a sequence of `len` items.
    #[inline]
    pub fn clamp(start: Option<i64>, stop: Option<i64>, step: i64, len: usize) -> Positions {
        let len = len as i64;
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let clamp = |n: i64| if n < 0 { (n.saturating_add(len)).max(low) } else { n.min(high) };
        let start = start.map_or(if step < 0 { high } else { low }, clamp);
        let stop = stop.map_or(if step < 0 { low } else { high }, clamp);
        let count = if step < 0 {
            if stop < start { (start - stop - 1) / -step + 1 } else { 0 }
        } else if start < stop {
            (stop - start - 1) / step + 1
        } else {
            0
        };
        Positions { start, stop, step, count: count as usize }
    }
}

impl Rt {
    /// `operator.index(obj)`: an int.
    pub fn index(&self, obj: &Obj) -> R {
        if obj.as_small_int().is_some() || obj.is_kind(molt_abi::layout::Kind::Int) {
            return Ok(obj.clone());
        }
        if let Some(b) = obj.as_bool() {
            return Ok(self.int(i64::from(b)));
        }
        let Some(index) = self.type_of(obj).slots.index.get() else {
            return Err(
                self.type_error(format_args!("'{}' object cannot be interpreted as an integer", self.type_name(obj)))
            );
        };
        let result = index(self, obj)?;
        if result.as_small_int().is_none() && !result.is_kind(molt_abi::layout::Kind::Int) && result.as_bool().is_none()
        {
            return Err(self.type_error(format_args!("__index__ returned non-int (type {})", self.type_name(&result))));
        }
        Ok(result)
    }

    /// Whether the value has `__index__`.
    pub fn has_index(&self, obj: &Obj) -> bool {
        obj.as_small_int().is_some() || self.type_of(obj).slots.index.get().is_some()
    }

    /// `operator.index(obj)` clamped to `i64`.
    #[inline]
    pub fn index_saturated(&self, obj: &Obj) -> R<i64> {
        if let Some(n) = obj.as_small_int() {
            return Ok(n);
        }
        let n = self.index(obj)?;
        Ok(int::value(&n).map_or(0, |n| n.saturate()))
    }

    /// `operator.index(obj)` as `i64`, for sizes and positions: "cannot fit 'int' into an index-sized integer" beyond.
    #[inline]
    pub fn index_i64(&self, obj: &Obj) -> R<i64> {
        if let Some(n) = obj.as_small_int() {
            return Ok(n);
        }
        self.index_i64_or(obj, &exception::OVERFLOW_ERROR)
    }

    /// The same with another exception for ints beyond (`IndexError` for subscripts).
    pub fn index_i64_or(&self, obj: &Obj, beyond: &'static crate::types::spec::TypeSpec) -> R<i64> {
        let n = self.index(obj)?;
        match int::value(&n).and_then(|n| n.to_i64()) {
            Some(n) => Ok(n),
            None => {
                let message = format_args!("cannot fit '{}' into an index-sized integer", self.type_name(obj));
                Err(self.error(beyond, message))
            }
        }
    }

    #[inline(always)]
    fn slice_index(&self, obj: &Obj) -> R<Option<i64>> {
        if obj.is_none() {
            return Ok(None);
        }
        match obj.as_small_int() {
            Some(n) => Ok(Some(n)),
            None => self.slice_index_of(obj),
        }
    }

    #[inline(never)]
    fn slice_index_of(&self, obj: &Obj) -> R<Option<i64>> {
        if !self.has_index(obj) {
            return Err(
                self.type_error(format_args!("slice indices must be integers or None or have an __index__ method"))
            );
        }
        self.index_saturated(obj).map(Some)
    }

    /// The parts of a slice. The conversion may run Python code: take the length of a mutable sequence afterwards.
    #[inline]
    pub fn slice_parts(&self, slice: &Obj) -> R<SliceParts> {
        let slice = slice.expect::<SliceObject>();
        let step = match self.slice_index(&slice.step)? {
            None => 1,
            Some(0) => return Err(self.value_error(format_args!("slice step cannot be zero"))),
            // The negation of the step must fit.
            Some(n) => n.max(-i64::MAX),
        };
        Ok(SliceParts { start: self.slice_index(&slice.start)?, stop: self.slice_index(&slice.stop)?, step })
    }

    /// The positions that a slice selects among the `len` items of an immutable sequence.
    pub fn slice_positions(&self, slice: &Obj, len: usize) -> R<Positions> {
        Ok(self.slice_parts(slice)?.clamp(len))
    }

    /// An optional `start`/`stop` argument of `index` and the like, relative to `len`.
    pub fn bound_argument(&self, arg: Option<&Obj>, len: usize, default: i64) -> R<i64> {
        let Some(arg) = arg else { return Ok(default) };
        if !self.has_index(arg) {
            return Err(self.type_error(format_args!("slice indices must be integers or have an __index__ method")));
        }
        let n = self.index_saturated(arg)?;
        Ok(if n < 0 { n.saturating_add(len as i64).max(0) } else { n })
    }
}

#[cfg(test)]
mod tests {
    use super::Positions;

    #[test]
    fn positions_clamp_as_slice_indices() {
        let all = |start, stop, step, len| {
            let p = Positions::clamp(start, stop, step, len);
            (p.start, p.stop, p.step, p.count)
        };
        assert_eq!(all(None, None, 1, 5), (0, 5, 1, 5));
        assert_eq!(all(None, None, -1, 5), (4, -1, -1, 5));
        assert_eq!(all(Some(-3), Some(100), 2, 5), (2, 5, 2, 2));
        assert_eq!(all(Some(100), Some(-100), -2, 5), (4, -1, -2, 3));
        assert_eq!(all(Some(i64::MIN), Some(i64::MAX), i64::MAX, 5), (0, 5, i64::MAX, 1));
        assert_eq!(all(Some(3), Some(1), 1, 5), (3, 1, 1, 0));
        assert_eq!(all(None, None, -i64::MAX, 3), (2, -1, -i64::MAX, 1));
    }
}
