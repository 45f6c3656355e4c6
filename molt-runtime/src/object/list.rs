//! `list`: a growable array of owned values.
//!
//! Invariant: `items` points to `cap` words of which the first `len` are owned values; generated code reads `items` and
//! `len`. The words are those of a vector, or, for a short list as it was made, stand behind the structure itself. No accessor runs Python code: values that leave the list are given to the caller, whose drop releases them after
//! the list is consistent again.

use super::header::{Header, Layout};
use super::types::TypeObject;
use crate::heap;
use crate::runtime::Rt;
use crate::value::Obj;
use molt_abi::layout::{Kind, list};
use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::ptr;

/// A list.
#[repr(C)]
pub struct ListObject {
    header: Header,
    items: Cell<*mut Obj>,
    len: Cell<u64>,
    cap: Cell<u64>,
}

const _: () = {
    use std::mem::offset_of;
    assert!(offset_of!(ListObject, items) == list::ITEMS as usize);
    assert!(offset_of!(ListObject, len) == list::LEN as usize);
    assert!(offset_of!(ListObject, cap) == list::CAP as usize);
};

// SAFETY: `repr(C)`, starts with a header, and is the only layout of its kind.
unsafe impl Layout for ListObject {
    const KIND: Kind = Kind::List;

    fn traverse(&self, visit: &mut dyn FnMut(&Obj)) {
        self.peek(|items| items.iter().for_each(visit));
    }
}

impl Drop for ListObject {
    fn drop(&mut self) {
        if self.is_inline() {
            let items = self.items.get();
            for n in (0..self.len.replace(0) as usize).rev() {
                // SAFETY: the word is an owned value, which nobody else reads any more.
                unsafe { ptr::drop_in_place(items.add(n)) };
            }
            return;
        }
        release(self.take_items());
    }
}

/// Releases items from the last to the first, as CPython's lists do: finalisers show the order.
pub fn release(mut items: Vec<Obj>) {
    while let Some(item) = items.pop() {
        drop(item);
    }
}

/// The most items that a list is made with in line.
const INLINE: usize = 16;

impl ListObject {
    /// Whether the items stand behind the structure.
    #[inline(always)]
    fn is_inline(&self) -> bool {
        self.items.get().addr() == ptr::from_ref(self).addr() + size_of::<ListObject>()
    }

    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get() as usize
    }

    /// Whether there is no item.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// Whether the list has memory for items: how a sort sees that somebody touched the list it emptied.
    pub fn is_allocated(&self) -> bool {
        self.cap.get() != 0
    }

    /// Calls `f` with the items. `f` must not run Python code, nor touch this list.
    #[inline(always)]
    pub fn peek<T>(&self, f: impl FnOnce(&[Obj]) -> T) -> T {
        // SAFETY: `len` owned values are at `items`, and `f` does not change the list.
        f(unsafe { std::slice::from_raw_parts(self.items.get(), self.len()) })
    }

    /// Calls `f` with the items to move about in place. `f` must not run Python code (so not drop a value either), nor
    /// touch this list.
    #[inline(always)]
    pub fn peek_mut<T>(&self, f: impl FnOnce(&mut [Obj]) -> T) -> T {
        // SAFETY: `len` owned values are at `items`, and `f` is the only one to use the list.
        f(unsafe { std::slice::from_raw_parts_mut(self.items.get(), self.len()) })
    }

    /// A new handle on item `n`.
    #[inline(always)]
    pub fn get(&self, n: usize) -> Option<Obj> {
        self.peek(|items| items.get(n).cloned())
    }

    /// Replaces item `n`; gives the old one, or the new one back when there is no item `n`.
    #[inline(always)]
    pub fn set(&self, n: usize, value: Obj) -> Result<Obj, Obj> {
        self.peek_mut(|items| match items.get_mut(n) {
            Some(at) => Ok(std::mem::replace(at, value)),
            None => Err(value),
        })
    }

    /// Appends an item.
    #[inline(always)]
    pub fn push(&self, value: Obj) {
        let len = self.len.get();
        if len == self.cap.get() {
            self.grow(1);
        }
        // SAFETY: the capacity is above `len` now.
        unsafe { self.items.get().add(len as usize).write(value) };
        self.len.set(len + 1);
    }

    #[cold]
    #[inline(never)]
    fn grow(&self, more: usize) {
        let want = self.len() + more;
        // Grows by a quarter: appends stay linear in total, and a list wastes little.
        let capacity = (want + want / 4 + 4).next_multiple_of(4);
        let mut items = self.take_with_room(capacity);
        items.reserve_exact(capacity - items.len());
        self.put_items(items);
    }

    /// Makes room for `more` items.
    pub fn reserve(&self, more: usize) {
        if self.cap.get() - self.len.get() < more as u64 {
            self.grow(more);
        }
    }

    /// Removes the last item.
    #[inline]
    pub fn pop(&self) -> Option<Obj> {
        let len = self.len.get().checked_sub(1)?;
        self.len.set(len);
        // SAFETY: the value at `len` was owned by the list, and is no longer counted.
        let value = unsafe { self.items.get().add(len as usize).read() };
        if self.cap.get() > 64 && len < self.cap.get() / 4 {
            let mut items = self.take_items();
            items.shrink_to(len as usize * 2);
            self.put_items(items);
        }
        Some(value)
    }

    /// Inserts an item before item `n`, which is at most the length.
    pub fn insert(&self, n: usize, value: Obj) {
        self.reserve(1);
        let len = self.len();
        debug_assert!(n <= len);
        // SAFETY: there is room for one more; the values from `n` on move up by one.
        unsafe {
            let at = self.items.get().add(n);
            ptr::copy(at, at.add(1), len - n);
            at.write(value);
        }
        self.len.set(len as u64 + 1);
    }

    /// Removes item `n`.
    pub fn remove(&self, n: usize) -> Option<Obj> {
        let len = self.len();
        if n + 1 == len {
            return self.pop();
        }
        if n >= len {
            return None;
        }
        // SAFETY: the value at `n` moves out and those behind it move down.
        let value = unsafe {
            let at = self.items.get().add(n);
            let value = at.read();
            ptr::copy(at.add(1), at, len - n - 1);
            value
        };
        self.len.set(len as u64 - 1);
        Some(value)
    }

    /// Appends clones of the items of a slice that is not this list's.
    pub fn extend_from_slice(&self, items: &[Obj]) {
        self.reserve(items.len());
        for item in items {
            self.push(item.clone());
        }
    }

    /// Appends items.
    pub fn append_all(&self, items: Vec<Obj>) {
        if self.cap.get() == 0 {
            return self.put_items(items);
        }
        self.reserve(items.len());
        for item in items {
            self.push(item);
        }
    }

    /// New handles on all items.
    #[inline]
    pub fn snapshot(&self) -> Vec<Obj> {
        self.peek(<[Obj]>::to_vec)
    }

    /// A list of the items `start`, `start + step`, … , `count` of them, all within this list.
    #[inline]
    pub fn pick(&self, rt: &Rt, start: usize, step: isize, count: usize) -> Obj {
        self.peek(|items| match step {
            _ if count == 0 => new(rt, Vec::new()),
            1 => from_slice(rt, &items[start..start + count]),
            -1 => from_exact(rt, items[start + 1 - count..=start].iter().rev().cloned()),
            _ => {
                let at = |n: usize| start.wrapping_add_signed(step.wrapping_mul(n as isize));
                from_exact(rt, (0..count).map(|n| items[at(n)].clone()))
            }
        })
    }

    /// Replaces as many items from `start` on as there are values, all within the list, by new handles on the values, which
    /// are not this list's. Gives what was replaced, immediates left out.
    #[must_use]
    pub fn overwrite(&self, start: usize, values: &[Obj]) -> Vec<Obj> {
        let mut old = Vec::new();
        self.peek_mut(|items| {
            for (at, value) in items[start..start + values.len()].iter_mut().zip(values) {
                let replaced = std::mem::replace(at, value.clone());
                if replaced.is_pointer() {
                    old.push(replaced);
                }
            }
        });
        old
    }

    /// Takes all items; the list is empty and without memory afterwards.
    pub fn take_items(&self) -> Vec<Obj> {
        self.take_with_room(0)
    }

    /// Takes all items; those in line move to a vector with some room.
    fn take_with_room(&self, capacity: usize) -> Vec<Obj> {
        if self.is_inline() {
            let len = self.len.replace(0) as usize;
            self.cap.set(0);
            let items = self.items.replace(ptr::NonNull::dangling().as_ptr());
            let mut moved = Vec::with_capacity(capacity.max(len));
            // SAFETY: the `len` values at `items` were owned by the list, which counts none of them now.
            unsafe {
                ptr::copy_nonoverlapping(items, moved.as_mut_ptr(), len);
                moved.set_len(len);
            }
            return moved;
        }
        let items = self.items.replace(ptr::NonNull::dangling().as_ptr());
        let len = self.len.replace(0);
        let cap = self.cap.replace(0);
        // SAFETY: the parts are those of a vector that `put_items` took apart, or of an empty one.
        unsafe { Vec::from_raw_parts(items, len as usize, cap as usize) }
    }

    /// Gives the list these items; the old ones go to the caller.
    pub fn replace_items(&self, items: Vec<Obj>) -> Vec<Obj> {
        let old = self.take_items();
        self.put_items(items);
        old
    }

    /// Stores items into a list whose items were taken.
    #[inline]
    fn put_items(&self, items: Vec<Obj>) {
        let mut items = ManuallyDrop::new(items);
        self.items.set(items.as_mut_ptr());
        self.len.set(items.len() as u64);
        self.cap.set(items.capacity() as u64);
    }

    /// Replaces the items `start..end` (within the length) by others; gives the removed ones.
    pub fn splice(&self, start: usize, end: usize, with: Vec<Obj>) -> Vec<Obj> {
        let mut items = self.take_items();
        let removed = items.splice(start..end, with).collect();
        self.put_items(items);
        removed
    }
}

/// A list of the items.
#[inline]
pub fn new(rt: &Rt, items: Vec<Obj>) -> Obj {
    with_type(rt, rt.kind_type(Kind::List), items)
}

/// A list of clones of the items.
#[inline]
pub fn from_slice(rt: &Rt, items: &[Obj]) -> Obj {
    from_exact(rt, items.iter().cloned())
}

/// A list of what an iterator yields, which runs no code of the program; a short one in one piece of memory.
#[inline]
pub fn from_exact(rt: &Rt, items: impl ExactSizeIterator<Item = Obj>) -> Obj {
    let count = items.len();
    if count == 0 || count > INLINE {
        return new(rt, items.collect());
    }
    let init = |header| ListObject {
        header,
        items: Cell::new(ptr::NonNull::dangling().as_ptr()),
        len: Cell::new(0),
        cap: Cell::new(0),
    };
    let mut made = 0;
    // SAFETY: nothing reads the tail before the items are counted, below.
    let obj = unsafe {
        heap::alloc_with_tail(rt, rt.kind_type(Kind::List), 8 * count, init, |tail| {
            // An iterator that yields more than it said must not write beyond the object.
            for item in items.take(count) {
                tail.cast::<Obj>().add(made).write(item);
                made += 1;
            }
        })
    };
    let list = obj.expect::<ListObject>();
    list.items.set((obj.word() as *mut ListObject).wrapping_add(1).cast::<Obj>());
    list.len.set(made as u64);
    list.cap.set(count as u64);
    obj
}

/// A list of a subclass.
#[inline]
pub fn with_type(rt: &Rt, ty: &TypeObject, items: Vec<Obj>) -> Obj {
    let obj = heap::alloc_object(rt, ty, 0, |header| ListObject {
        header,
        items: Cell::new(ptr::NonNull::dangling().as_ptr()),
        len: Cell::new(0),
        cap: Cell::new(0),
    });
    obj.expect::<ListObject>().put_items(items);
    obj
}

/// A list of owned words.
///
/// # Safety
/// Each word is a value and the caller owns a reference to it, which moves into the list.
#[inline]
pub unsafe fn from_words(rt: &Rt, words: &[u64]) -> Obj {
    // SAFETY: as promised by the caller.
    from_exact(rt, words.iter().map(|word| unsafe { Obj::from_word(*word) }))
}

/// The fields of a list or an instance of a subclass.
#[inline(always)]
pub fn get(obj: &Obj) -> Option<&ListObject> {
    obj.cast::<ListObject>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(l: &ListObject) -> Vec<i64> {
        l.peek(|items| items.iter().filter_map(Obj::as_small_int).collect())
    }

    #[test]
    fn short_lists_leave_their_cell_when_they_grow() {
        let rt = Rt::new();
        let before = rt.live_objects();
        for count in 1..20i64 {
            let range: Vec<Obj> = (0..count).map(|n| rt.int(n)).collect();
            let obj = from_slice(&rt, &range);
            let l = obj.expect::<ListObject>();
            assert_eq!(l.is_inline(), count as usize <= INLINE);
            assert_eq!(numbers(l), (0..count).collect::<Vec<_>>());
            assert_eq!(l.pop().and_then(|o| o.as_small_int()), Some(count - 1));
            l.push(rt.int(7));
            assert_eq!(l.is_inline(), count as usize <= INLINE);
            l.push(rt.int(8));
            l.insert(0, rt.int(9));
            assert!(!l.is_inline());
            assert_eq!(numbers(l).len() as i64, count + 2);
            let text = rt.str("owned");
            let held = from_slice(&rt, &[text.clone(), text.clone()]);
            drop(held.expect::<ListObject>().splice(0, 1, vec![text.clone(), rt.int(1)]));
            let other = from_slice(&rt, std::slice::from_ref(&text));
            drop(other.expect::<ListObject>().replace_items(vec![text]));
        }
        assert_eq!(rt.live_objects(), before);
    }

    #[test]
    fn picks_and_overwrites() {
        let rt = Rt::new();
        for count in [1i64, 5, 16, 17, 40] {
            let all: Vec<Obj> = (0..count).map(|n| rt.int(n)).collect();
            let obj = from_slice(&rt, &all);
            let l = obj.expect::<ListObject>();
            let backwards = l.pick(&rt, count as usize - 1, -1, count as usize);
            assert_eq!(numbers(backwards.expect()), (0..count).rev().collect::<Vec<_>>());
            let third = l.pick(&rt, 0, 3, (count as usize).div_ceil(3));
            assert_eq!(numbers(third.expect()), (0..count).step_by(3).collect::<Vec<_>>());
            let text = rt.str("gone");
            drop(l.set(0, text.clone()));
            let old = l.overwrite(0, &[rt.int(-1)]);
            assert_eq!(old.len(), 1);
            assert!(old[0].is(&text) && l.get(0).is_some_and(|o| o.as_small_int() == Some(-1)));
        }
    }
}
