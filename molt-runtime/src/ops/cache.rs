//! Attribute access through inline caches.
//!
//! Invariant: a hit gives what the uncached operation would: the type's version says that its namespaces are as they were, and what an
//! instance may hide is looked at on the instance.

use crate::object::instance;
use crate::object::types::{TypeFlags, TypeObject};
use crate::ops::call::Args;
use crate::ops::{attr, bind, native_call};
use crate::runtime::{R, Rt};
use crate::types::property;
use crate::value::Obj;
use molt_abi::layout::{Kind, ic, instance as offsets};

pub use crate::object::inline_cache::InlineCache;

/// The slot number of a payload.
#[inline(always)]
fn slot_number(payload: u64) -> usize {
    (payload as usize - offsets::SLOTS as usize) / 8
}

fn slot_payload(n: usize) -> u64 {
    offsets::SLOTS as u64 + 8 * n as u64
}

#[inline(always)]
fn no_dict(obj: &Obj) -> bool {
    instance::dict_cell(obj).is_none_or(|cell| cell.is_empty())
}

/// `obj.name`.
#[inline]
pub fn get_attr(rt: &Rt, obj: &Obj, name: &Obj, cache: &InlineCache) -> R {
    let ty = rt.type_of(obj);
    match cache.hit(ty.version()) {
        Some(payload) if payload >= ic::SLOT => {
            if let Some(value) = instance::slot(obj, slot_number(payload)).and_then(|slot| slot.get()) {
                return Ok(value);
            }
        }
        Some(ic::VALUE) => return Ok(cache.value()),
        Some(ic::VALUE_NO_DICT) if no_dict(obj) => return Ok(cache.value()),
        Some(PROPERTY) => return property::get(rt, &cache.value(), obj),
        _ => {}
    }
    get_attr_missed(rt, ty, obj, name, cache)
}

#[inline(never)]
fn get_attr_missed(rt: &Rt, ty: &TypeObject, obj: &Obj, name: &Obj, cache: &InlineCache) -> R {
    if ty.kind() == Kind::Type {
        // Nothing is cached for classes as receivers.
        return rt.get_attr(obj, name);
    }
    if cache.hit(ty.version()).is_none() && refill(rt, ty, name, cache, false) {
        return get_attr(rt, obj, name, cache);
    }
    let value = rt.get_attr(obj, name)?;
    fill(rt, rt.type_of(obj), name, cache, false);
    Ok(value)
}

/// Fills a cache with what another site has found out; whether one had.
fn refill(rt: &Rt, ty: &TypeObject, name: &Obj, cache: &InlineCache, for_call: bool) -> bool {
    match rt.method_cache().payload(ty.version(), name, for_call) {
        Some((payload, value)) => {
            cache.fill(ty.version(), payload, value.as_ref());
            true
        }
        None => false,
    }
}

/// The payload, besides those that compiled code knows, of a property: it is asked whatever the instance has.
const PROPERTY: u64 = 5;

/// Notes where a type's instances have an attribute; for calls also methods.
fn fill(rt: &Rt, ty: &TypeObject, name: &Obj, cache: &InlineCache, for_call: bool) {
    if !ty.has(TypeFlags::PLAIN_GETATTR) || matches!(ty.kind(), Kind::Type | Kind::Module | Kind::Super) {
        return;
    }
    let found = rt.lookup(ty, name);
    if found.is_some() && !rt.lookup_lasts(ty, name) {
        return;
    }
    if let Some(payload) = payload_of(rt, ty, name, found.as_ref(), for_call) {
        let value = if payload >= ic::SLOT { None } else { found };
        cache.fill(ty.version(), payload, value.as_ref());
        rt.method_cache().put_payload(ty.version(), name, for_call, payload);
    }
}

fn payload_of(rt: &Rt, ty: &TypeObject, name: &Obj, found: Option<&Obj>, for_call: bool) -> Option<u64> {
    let plain = ty.kind() == Kind::Instance;
    if let Some(found) = found
        && rt.type_of(found).slots.descr_set.get().is_some()
    {
        // An instance of `property` itself: a subclass may have a `__get__` of its own.
        return (!for_call && rt.type_of(found).is(rt.spec_type(&property::SPEC))).then_some(PROPERTY);
    }
    if let Some(n) = ty.slot_of(name) {
        return plain.then(|| slot_payload(n));
    }
    let found = found?;
    let descriptor = rt.type_of(found).slots.descr_get.get().is_some();
    let (no_dict, any) = if !descriptor {
        (ic::VALUE_NO_DICT, ic::VALUE)
    } else if for_call && attr::is_method(rt, found) {
        (ic::METHOD_NO_DICT, ic::METHOD)
    } else {
        return None;
    };
    match (ty.ext_words() != 0, plain) {
        (false, _) => Some(any),
        (true, true) => Some(no_dict),
        (true, false) => None,
    }
}

/// `obj.name = value`.
#[inline]
pub fn set_attr(rt: &Rt, obj: &Obj, name: &Obj, value: &Obj, cache: &InlineCache) -> R<()> {
    let ty = rt.type_of(obj);
    if let Some(payload) = cache.hit(ty.version())
        && let Some(slot) = instance::slot(obj, slot_number(payload))
        && !slot.is_empty()
    {
        // A slot that is set keeps its place in the order of attributes.
        slot.set(Some(value.clone()));
        return Ok(());
    }
    rt.set_attr(obj, name, Some(value))?;
    let ty = rt.type_of(obj);
    if ty.has(TypeFlags::PLAIN_SETATTR)
        && ty.kind() == Kind::Instance
        && let Some(n) = ty.slot_of(name)
        && rt.lookup(ty, name).is_none_or(|found| rt.type_of(&found).slots.descr_set.get().is_none())
    {
        cache.fill(ty.version(), slot_payload(n), None);
    }
    Ok(())
}

/// The callable of `obj.name(…)`, and the receiver to pass first if it is a function of the type: no bound method is made.
#[inline]
pub fn load_method(rt: &Rt, obj: &Obj, name: &Obj, cache: &InlineCache) -> R<(Obj, Option<Obj>)> {
    let ty = rt.type_of(obj);
    match cache.hit(ty.version()) {
        Some(ic::METHOD) => return Ok((cache.value(), Some(obj.clone()))),
        Some(ic::METHOD_NO_DICT) if no_dict(obj) => return Ok((cache.value(), Some(obj.clone()))),
        Some(payload) if payload >= ic::SLOT => {
            if let Some(value) = instance::slot(obj, slot_number(payload)).and_then(|slot| slot.get()) {
                return Ok((value, None));
            }
        }
        _ => {}
    }
    load_method_slow(rt, obj, name, cache)
}

#[inline(never)]
fn load_method_slow(rt: &Rt, obj: &Obj, name: &Obj, cache: &InlineCache) -> R<(Obj, Option<Obj>)> {
    let ty = rt.type_of(obj);
    if cache.hit(ty.version()).is_none() && refill(rt, ty, name, cache, true) {
        return load_method(rt, obj, name, cache);
    }
    if ty.has(TypeFlags::PLAIN_GETATTR) && !matches!(ty.kind(), Kind::Type | Kind::Module | Kind::Super) {
        fill(rt, ty, name, cache, true);
        if let Some(found) = rt.lookup(ty, name)
            && attr::is_method(rt, &found)
            && attr::instance_get(obj, ty, name).is_none()
        {
            return Ok((found, Some(obj.clone())));
        }
    }
    Ok((rt.get_attr(obj, name)?, None))
}

/// `args[0].name(args[1], …)`.
#[inline]
pub fn call_method(rt: &Rt, name: &Obj, cache: &InlineCache, kwnames: Option<&Obj>, args: &[Obj]) -> R {
    let [receiver, rest @ ..] = args else { return Err(rt.type_error(format_args!("a method call needs a receiver"))) };
    let ty = rt.type_of(receiver);
    if cache.hit(ty.version()).is_none() {
        refill(rt, ty, name, cache, true);
    }
    let hit = match cache.hit(ty.version()) {
        Some(ic::METHOD) => true,
        Some(ic::METHOD_NO_DICT) => no_dict(receiver),
        _ => false,
    };
    if hit && kwnames.is_none() {
        // Methods of builtins are static data: nothing has to be kept alive for the call.
        if let Some((def, owner)) = cache.builtin()
            && owner == ty.word()
            && let Some(result) = native_call::quick(rt, def, receiver, rest)
        {
            return result;
        }
        let callable = cache.value();
        if callable.is_exact(Kind::Function) {
            return bind::call_function(rt, &callable, Args::new(args));
        }
    }
    call_method_slow(rt, name, cache, kwnames, args)
}

#[inline(never)]
fn call_method_slow(rt: &Rt, name: &Obj, cache: &InlineCache, kwnames: Option<&Obj>, args: &[Obj]) -> R {
    let (callable, bound) = load_method(rt, &args[0], name, cache).inspect_err(|_| rt.note_failed_load())?;
    let values = if bound.is_some() { args } else { &args[1..] };
    rt.call_args(&callable, Args::with_keywords(values, kwnames))
}
