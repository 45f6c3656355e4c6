//! The leak check: after a program's state is released, every reference must be accounted for.
//!
//! A reference count that is greater than the number of references found in the heap and in the runtime's own tables is one
//! that nobody will ever release. Cycles are not leaks in this sense: their counts add up (a collector can free them).
//! Invariant: counting changes no count.

use crate::object::types::as_type;
use crate::runtime::Rt;
use crate::value::Obj;
use std::collections::BTreeMap;

impl Rt {
    /// Releases what the program's modules, streams and caches hold; finalisers run. The runtime runs no code afterwards.
    pub(crate) fn shut_down(&self) {
        if self.is_down.replace(true) {
            return;
        }
        self.clear_modules();
        self.std_streams.release();
        self.method_cache().clear();
        let ctx = self.ctx();
        let hooks = self.asyncgen_hooks();
        for field in [&ctx.exc, &ctx.handled, &ctx.stop_value, &hooks.first_iter, &hooks.finalizer] {
            field.set(None);
        }
        let pending = self.pending_slots().take();
        drop(pending);
    }

    /// After [`Rt::shut_down`]: a line for every object that has more references than can be found.
    pub fn leaked_objects(&self) -> Vec<String> {
        let mut found: BTreeMap<u64, i64> = BTreeMap::new();
        let mut count = |obj: &Obj| {
            if obj.is_pointer() {
                *found.entry(obj.word()).or_default() += 1;
            }
        };
        self.visit_roots(&mut count);
        self.for_each_object(&mut |obj| {
            crate::heap::traverse(obj, &mut count);
            let ty = self.type_of(obj);
            if ty.is_heap_type() {
                count(&ty.as_obj());
            }
        });
        let mut leaks = Vec::new();
        self.for_each_object(&mut |obj| {
            let Some(h) = obj.header() else { return };
            let known = found.get(&obj.word()).copied().unwrap_or(0);
            let extra = i64::from(h.rc()) - known;
            if extra != 0 {
                let what = match (as_type(obj), crate::object::str::get(obj)) {
                    (Some(ty), _) => format!("type {}", ty.name_text()),
                    (None, Some(s)) => format!("str {:?}", s.text()),
                    (None, None) => self.type_name(obj),
                };
                leaks.push(format!("{what}: {} references, {known} found", h.rc()));
            }
        });
        leaks.sort();
        leaks
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::Rt;

    #[test]
    fn a_fresh_runtime_leaks_nothing_and_a_lost_handle_shows() {
        let rt = Rt::new();
        rt.builtins_module();
        let class = rt.spec_type(&crate::types::exception::KEY_ERROR).as_obj();
        let caught = rt.call(&class, &[rt.str("key")]);
        assert!(caught.is_ok());
        drop(caught);
        drop(class);
        rt.shut_down();
        assert_eq!(rt.leaked_objects(), Vec::<String>::new());
        let lost = rt.tuple(vec![rt.str("lost")]);
        assert_eq!(rt.leaked_objects(), ["tuple: 1 references, 0 found"]);
        drop(lost);
    }
}
