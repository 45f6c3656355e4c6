//! `list`: a growable array of owned values.
//!
//! Invariant: `items` points to `cap` words of which the first `len` are owned values; generated code reads `items` and
//! `len`. No accessor runs Python code: values that leave the list are given to the caller, whose drop releases them after
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
        drop(self.take_items());
    }
}

impl ListObject {
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
        let mut items = self.take_items();
        let want = items.len() + more;
        // Grows by a quarter: appends stay linear in total, and a list wastes little.
        items.reserve_exact((want + want / 4 + 4).next_multiple_of(4) - items.len());
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

    /// New handles on the items `start`, `start + step`, … , `count` of them, all within the list.
    #[inline]
    pub fn pick(&self, start: usize, step: isize, count: usize) -> Vec<Obj> {
        self.peek(|items| match step {
            _ if count == 0 => Vec::new(),
            1 => items[start..start + count].to_vec(),
            -1 => items[start + 1 - count..=start].iter().rev().cloned().collect(),
            _ => (0..count).map(|n| items[start.wrapping_add_signed(step.wrapping_mul(n as isize))].clone()).collect(),
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

/// The fields of a list or an instance of a subclass.
#[inline(always)]
pub fn get(obj: &Obj) -> Option<&ListObject> {
    obj.cast::<ListObject>()
}
