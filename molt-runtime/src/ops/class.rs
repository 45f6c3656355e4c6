//! Making classes: the class statement, `type()`, MRO, layout of instances.
//!
//! Invariants: a class has the layout of its `best base` plus slots; slots of a base keep their numbers in the subclass;
//! the MRO is C3.

use crate::object::types::{self as type_layout, NewType, TypeFlags, TypeObject, as_type, core_type, in_runtime};
use crate::object::{cell, dict, function, str, tuple};
use crate::ops::call::Args;
use crate::runtime::{R, Rt};
use crate::types::spec::Slots;
use crate::value::Obj;
use molt_abi::layout::{Kind, header};

/// The nearest builtin type in the chain of bases: it made the layout.
pub fn layout_owner<'a>(rt: &'a Rt, ty: &TypeObject) -> Option<&'a TypeObject> {
    let mut at = in_runtime(rt, &ty.as_obj());
    while at.is_heap_type() {
        at = in_runtime(rt, &at.base.get()?);
    }
    Some(at)
}

/// The C3 linearisation of a class with these bases.
fn linearise(rt: &Rt, class: &Obj, bases: &[Obj]) -> R {
    for (n, base) in bases.iter().enumerate() {
        if bases[..n].iter().any(|b| b.is(base)) {
            return Err(rt.type_error(format_args!("duplicate base class {}", in_runtime(rt, base).name_text())));
        }
    }
    let mut lists: Vec<Vec<Obj>> = Vec::new();
    for base in bases {
        lists.push(tuple::items(&in_runtime(rt, base).mro_tuple()).unwrap_or_default().to_vec());
    }
    lists.push(bases.to_vec());
    let mut mro = vec![class.clone()];
    loop {
        lists.retain(|l| !l.is_empty());
        if lists.is_empty() {
            return Ok(rt.tuple(mro));
        }
        let candidate =
            lists.iter().map(|l| &l[0]).find(|head| !lists.iter().any(|l| l[1..].iter().any(|t| t.is(head)))).cloned();
        let Some(next) = candidate else {
            let mut names: Vec<String> = Vec::new();
            let mut seen: Vec<Obj> = Vec::new();
            for list in &lists {
                if !seen.iter().any(|s| s.is(&list[0])) {
                    names.push(in_runtime(rt, &list[0]).name_text());
                    seen.push(list[0].clone());
                }
            }
            return Err(rt.type_error(format_args!(
                "Cannot create a consistent method resolution\norder (MRO) for bases {}",
                names.join(", ")
            )));
        };
        for list in &mut lists {
            if list[0].is(&next) {
                list.remove(0);
            }
        }
        mro.push(next);
    }
}

/// Whether `a`'s instances are laid out as `b`'s with more behind.
fn extends_layout(rt: &Rt, a: &TypeObject, b: &TypeObject) -> bool {
    let (Some(oa), Some(ob)) = (layout_owner(rt, a), layout_owner(rt, b)) else { return false };
    if oa.is(ob) || oa.is_subtype(ob) {
        return true;
    }
    a.kind() == b.kind() && a.kind() != Kind::Native
}

/// The class in the chain of bases that last added `__slots__` members, whose slot numbers are fixed.
fn member_owner<'a>(rt: &'a Rt, ty: &TypeObject) -> Option<&'a TypeObject> {
    let members = |t: &TypeObject| t.slot_table().iter().filter(|s| s.is_none()).count();
    let count = members(ty);
    if count == 0 {
        return None;
    }
    let mut at = in_runtime(rt, &ty.as_obj());
    while let Some(base) = at.base.get().map(|b| in_runtime(rt, &b)) {
        if members(base) < count {
            break;
        }
        at = base;
    }
    Some(at)
}

/// Of two bases the one whose layout, and whose `__slots__`, the other's instances can do with.
fn better_base<'a>(rt: &'a Rt, a: &'a TypeObject, b: &'a TypeObject) -> R<&'a TypeObject> {
    let object = rt.core_type(core_type::OBJECT);
    let solid = |t: &TypeObject| layout_owner(rt, t).filter(|o| !o.is(object));
    let conflict = || rt.type_error(format_args!("multiple bases have instance lay-out conflict"));
    let chosen = match (solid(a), solid(b)) {
        (None, None) => match (member_owner(rt, a), member_owner(rt, b)) {
            (_, None) => a,
            (None, Some(_)) => b,
            (Some(x), Some(y)) if x.is_subtype(y) => a,
            (Some(x), Some(y)) if y.is_subtype(x) => b,
            _ => return Err(conflict()),
        },
        (Some(_), None) => a,
        (None, Some(_)) => b,
        _ if extends_layout(rt, a, b) => a,
        _ if extends_layout(rt, b, a) => b,
        _ => return Err(conflict()),
    };
    let other = if chosen.is(a) { b } else { a };
    match (member_owner(rt, other), member_owner(rt, chosen)) {
        (Some(x), Some(y)) if y.is_subtype(x) => Ok(chosen),
        (Some(_), _) => Err(conflict()),
        (None, _) => Ok(chosen),
    }
}

/// The base whose layout the class has; the others add at most slots.
fn best_base<'a>(rt: &'a Rt, bases: &[Obj]) -> R<&'a TypeObject> {
    let mut best: Option<&TypeObject> = None;
    for base in bases {
        let Some(ty) = as_type(base) else {
            return Err(rt.type_error(format_args!("bases must be types")));
        };
        let ty = in_runtime(rt, &ty.as_obj());
        if !ty.has(TypeFlags::SUBCLASSABLE) {
            return Err(rt.type_error(format_args!("type '{}' is not an acceptable base type", ty.name_text())));
        }
        best = match best {
            None => Some(ty),
            Some(b) => Some(better_base(rt, b, ty)?),
        };
    }
    Ok(best.unwrap_or_else(|| rt.core_type(core_type::OBJECT)))
}

/// The most derived metaclass of the given one and the bases'.
fn derived_metaclass<'a>(rt: &'a Rt, winner: &'a TypeObject, bases: &[Obj]) -> R<&'a TypeObject> {
    let mut winner = winner;
    for base in bases {
        let meta = rt.type_of(base);
        if winner.is_subtype(meta) {
            continue;
        }
        if meta.is_subtype(winner) {
            winner = meta;
            continue;
        }
        return Err(rt.type_error(format_args!(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
        )));
    }
    Ok(winner)
}

/// `type.__new__(metatype, name, bases, namespace, **keywords)`.
///
/// `slots` are the instance attributes that the compiler found, for a class statement.
pub fn new_type(
    rt: &Rt,
    metatype: &TypeObject,
    name: &Obj,
    bases: &[Obj],
    namespace: &Obj,
    keywords: Args<'_>,
    slots: &[Obj],
) -> R {
    let metatype = derived_metaclass(rt, metatype, bases)?;
    let object = rt.core_type(core_type::OBJECT).as_obj();
    let bases: Vec<Obj> = if bases.is_empty() { vec![object] } else { bases.to_vec() };
    let base = best_base(rt, &bases)?;
    let names = rt.names();
    let name_text = str::to_string(name);
    if name_text.contains('\0') {
        return Err(rt.value_error(format_args!("type name must not contain null characters")));
    }

    // Slots: the base's, then those of further bases, then the class's own.
    let mut slot_names: Vec<Option<Obj>> = base.slot_table();
    let mut has_dict = base.has_dict();
    let declared = match dict::get_str(namespace, &names.__slots__) {
        Some(declared) => Some(declared_slots(rt, &name_text, &declared)?),
        None => None,
    };
    let mut members = Vec::new();
    match &declared {
        Some(declared) => {
            for slot in declared {
                let text = str::to_string(slot);
                if text == "__dict__" {
                    if has_dict {
                        return Err(rt.type_error(format_args!("__dict__ slot disallowed: we already got one")));
                    }
                    has_dict = true;
                } else if text != "__weakref__" {
                    if dict::get_str(namespace, slot).is_some() {
                        return Err(rt.value_error(format_args!(
                            "{} in __slots__ conflicts with class variable",
                            rt.repr_text(slot)?
                        )));
                    }
                    members.push((mangle(rt, &name_text, slot), slot_names.len()));
                    slot_names.push(None);
                }
            }
            if bases.iter().any(|b| as_type(b).is_some_and(TypeObject::has_dict)) {
                has_dict = true;
            }
        }
        None => has_dict = has_dict || !matches!(base.kind(), Kind::Type),
    }
    if declared.is_none() {
        let further = bases.iter().filter_map(as_type).filter(|b| !b.is(base)).flat_map(TypeObject::slot_names);
        for slot in further.chain(slots.iter().cloned()) {
            if !slot_names.iter().flatten().any(|s| s.is(&slot)) {
                slot_names.push(Some(slot));
            }
        }
    }
    let is_type = base.kind() == Kind::Type;
    if is_type {
        // Classes keep their attributes in their namespace.
        has_dict = false;
        slot_names.clear();
    }
    let ext_words = if is_type || (!has_dict && slot_names.is_empty()) { 0 } else { 1 + slot_names.len() as u32 };

    let mut flags = TypeFlags::HEAP | TypeFlags::SUBCLASSABLE | TypeFlags::FILLED | TypeFlags::WEAKREF;
    if has_dict {
        flags |= TypeFlags::HAS_DICT;
    }
    if is_type {
        flags |= TypeFlags::METACLASS;
    }
    let class = type_layout::new(
        rt,
        NewType {
            metatype: Some(metatype),
            spec: None,
            kind: base.kind(),
            flags,
            meta_flags: if base.kind() == Kind::Instance { 0 } else { header::FLAG_SUBCLASS },
            ext_words,
            native: base.native_copy(),
            slots: Slots::EMPTY,
        },
    );
    let ty = in_runtime(rt, &class);
    ty.set_slot_table(&slot_names);
    bases.iter().filter_map(as_type).for_each(|base| ty.inherit_patterns(base));
    ty.name.set(Some(name.clone()));
    ty.base.set(Some(base.as_obj()));
    ty.bases.set(Some(rt.tuple(bases.clone())));

    // The namespace, in its order, with what `type` adds and takes away.
    let mut class_cell = None;
    let mut qualname = name.clone();
    for (key, value) in dict::items(namespace) {
        if !key.is_kind(Kind::Str) {
            continue;
        }
        let key = rt.intern_str(&key);
        if key.is(&names.__classcell__) {
            class_cell = Some(value);
        } else if key.is(&names.__qualname__) {
            if !value.is_kind(Kind::Str) {
                return Err(
                    rt.type_error(format_args!("type __qualname__ must be a str, not {}", rt.type_name(&value)))
                );
            }
            qualname = value;
        } else {
            let value = if value.is_kind(Kind::Function) && key.is(&names.__new__) {
                crate::types::staticmethod::new(rt, value)
            } else if value.is_kind(Kind::Function)
                && (key.is(&names.__init_subclass__) || key.is(&names.__class_getitem__))
            {
                crate::types::classmethod::new(rt, value)
            } else {
                value
            };
            ty.init_own(key, value);
        }
    }
    ty.qualname.set(Some(qualname));
    if ty.own(&names.__module__).is_none() {
        // `type(name, bases, dict)`: CPython asks the caller's frame.
        ty.init_own(names.__module__.clone(), names.__main__.clone());
    }
    if ty.own(&names.__doc__).is_none() {
        ty.init_own(names.__doc__.clone(), Obj::none());
    }
    if ty.own(&names.__hash__).is_none() && ty.own(&names.__eq__).is_some() {
        ty.init_own(names.__hash__.clone(), Obj::none());
    }
    for (member, slot) in members {
        let descriptor = crate::types::getset::member(rt, class.clone(), member.clone(), slot);
        ty.init_own(member, descriptor);
    }
    if has_dict && !base.has_dict() && !is_type {
        ty.init_own(names.__dict__.clone(), crate::types::getset::dict_descriptor(rt, class.clone()));
        if base.is(rt.core_type(core_type::OBJECT)) {
            ty.init_own(names.__weakref__.clone(), crate::types::getset::weakref_descriptor(rt, class.clone()));
        }
    }

    let mro = compute_mro(rt, metatype, &class, &bases)?;
    ty.mro.set(Some(mro));
    for base in &bases {
        if let Some(base) = as_type(base) {
            base.add_subclass(ty);
        }
    }
    ty.slots.inherit(&base.slots);
    crate::ops::slots::update(rt, ty);
    ty.modified();
    if let Some(c) = &class_cell {
        match c.cast::<cell::CellObject>() {
            Some(c) => c.value.set(Some(class.clone())),
            None => {
                return Err(rt.type_error(format_args!(
                    "__classcell__ must be a nonlocal cell, not <class '{}'>",
                    rt.type_name(c)
                )));
            }
        }
    }
    call_set_name(rt, &class)?;
    call_init_subclass(rt, &class, keywords)?;
    Ok(class)
}

/// `metatype.mro(class)` where a metaclass overrides it, else C3.
fn compute_mro(rt: &Rt, metatype: &TypeObject, class: &Obj, bases: &[Obj]) -> R {
    let standard = linearise(rt, class, bases)?;
    if metatype.is(rt.kind_type(Kind::Type)) {
        return Ok(standard);
    }
    let Some(attr) = rt.lookup(metatype, &rt.names().mro) else { return Ok(standard) };
    if !attr.is_kind(Kind::Function) {
        return Ok(standard);
    }
    if let Some(ty) = as_type(class) {
        ty.mro.set(Some(standard));
    }
    let custom = rt.call_bound(&attr, class, &[])?;
    let items = rt.collect(&custom)?;
    if let Some(bad) = items.iter().find(|t| as_type(t).is_none()) {
        return Err(rt.type_error(format_args!("mro() returned a non-class ('{}')", rt.type_name(bad))));
    }
    Ok(rt.tuple(items))
}

fn declared_slots(rt: &Rt, class: &str, declared: &Obj) -> R<Vec<Obj>> {
    let _ = class;
    let items = if declared.is_kind(Kind::Str) { vec![declared.clone()] } else { rt.collect(declared)? };
    let mut out = Vec::new();
    for item in items {
        if !item.is_kind(Kind::Str) {
            return Err(rt.type_error(format_args!("__slots__ items must be strings, not '{}'", rt.type_name(&item))));
        }
        let text = str::to_string(&item);
        let mut chars = text.chars();
        let identifier = chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
            && chars.all(|c| c == '_' || c.is_alphanumeric());
        if !identifier {
            return Err(rt.type_error(format_args!("__slots__ must be identifiers")));
        }
        let item = rt.intern_str(&item);
        if !out.iter().any(|o: &Obj| o.is(&item)) {
            out.push(item);
        }
    }
    Ok(out)
}

/// Private names of `__slots__` are mangled with the class's name.
fn mangle(rt: &Rt, class: &str, name: &Obj) -> Obj {
    let text = str::to_string(name);
    let class = class.trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || class.is_empty() {
        return name.clone();
    }
    rt.intern(&format!("_{class}{text}"))
}

fn call_set_name(rt: &Rt, class: &Obj) -> R<()> {
    let Some(ty) = as_type(class) else { return Ok(()) };
    let entries: Vec<(Obj, Obj)> = ty.dict().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    for (name, value) in entries {
        let vt = rt.type_of(&value);
        let Some(hook) = rt.lookup(vt, &rt.names().__set_name__) else { continue };
        if rt.call_bound(&hook, &value, &[class.clone(), name.clone()]).is_err() {
            let note = rt.str(&format!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                vt.name_text(),
                rt.repr_text(&name).unwrap_or_default(),
                ty.name_text()
            ));
            return Err(crate::types::exception::add_note_to_pending(rt, note));
        }
    }
    Ok(())
}

fn call_init_subclass(rt: &Rt, class: &Obj, keywords: Args<'_>) -> R<()> {
    let Some(ty) = as_type(class) else { return Ok(()) };
    let hook = crate::types::super_::lookup_after(rt, ty, class, &rt.names().__init_subclass__)?;
    if let Some(hook) = hook {
        rt.call_args(&hook, keywords.keywords_only())?;
    }
    Ok(())
}

/// `__build_class__(body, name, *bases, **keywords)`.
pub fn build_class(rt: &Rt, body: &Obj, name: &Obj, args: Args<'_>) -> R {
    let names = rt.names();
    let original = args.positional();
    let bases = resolve_bases(rt, original)?;
    let resolved = bases.len() != original.len() || bases.iter().zip(original).any(|(a, b)| !a.is(b));
    let mut metaclass = None;
    let mut kw_names = Vec::new();
    let mut kw_values = Vec::new();
    for (key, value) in args.keywords() {
        if str::equal(key, &names.metaclass) {
            metaclass = Some(value.clone());
        } else {
            kw_names.push(key.clone());
            kw_values.push(value.clone());
        }
    }
    let given = metaclass.is_some();
    let mut meta = match metaclass {
        Some(meta) => meta,
        None => match bases.first() {
            Some(base) => rt.type_of(base).as_obj(),
            None => rt.kind_type(Kind::Type).as_obj(),
        },
    };
    if let Some(ty) = as_type(&meta) {
        meta = derived_metaclass(rt, in_runtime(rt, &ty.as_obj()), &bases)?.as_obj();
    }
    let kwnames = (!kw_names.is_empty()).then(|| rt.tuple(kw_names));
    let bases_tuple = rt.tuple(bases.clone());
    let plain_meta = meta.is(&rt.kind_type(Kind::Type).as_obj());
    let namespace = if plain_meta {
        dict::new(rt)
    } else {
        match rt.get_attr_opt(&meta, &names.__prepare__)? {
            None => dict::new(rt),
            Some(prepare) => {
                let mut values = vec![name.clone(), bases_tuple.clone()];
                values.extend(kw_values.iter().cloned());
                let ns = rt.call_args(&prepare, Args::with_keywords(&values, kwnames.as_ref()))?;
                if rt.type_of(&ns).slots.getitem.get().is_none() {
                    let what = match as_type(&meta) {
                        Some(ty) if given => ty.name_text(),
                        _ => "<metaclass>".to_owned(),
                    };
                    return Err(rt.type_error(format_args!(
                        "{what}.__prepare__() must return a mapping, not {}",
                        rt.type_name(&ns)
                    )));
                }
                ns
            }
        }
    };
    let result = function::invoke(rt, body, std::slice::from_ref(&namespace))?;
    drop(result);
    if resolved && dict_like_missing(rt, &namespace, &names.__orig_bases__) {
        rt.set_item(&namespace, &names.__orig_bases__, &rt.tuple(original.to_vec()))?;
    }
    let slots = function::class_slots(body);
    let class = if plain_meta && namespace.is_exact(Kind::Dict) {
        let keywords = Args::with_keywords(&kw_values, kwnames.as_ref());
        let meta_ty = rt.kind_type(Kind::Type);
        new_type(rt, meta_ty, name, &bases, &namespace, keywords, &slots)?
    } else {
        let mut values = vec![name.clone(), bases_tuple, namespace.clone()];
        values.extend(kw_values);
        // The compiler's slots reach `type.__new__` through the metaclass's own calls.
        let outer = rt.pending_slots().replace(Some((namespace.clone(), slots)));
        let class = rt.call_args(&meta, Args::with_keywords(&values, kwnames.as_ref()));
        *rt.pending_slots().borrow_mut() = outer;
        class?
    };
    if as_type(&class).is_some()
        && namespace.is_kind(Kind::Dict)
        && let Some(class_cell) = dict::get_str(&namespace, &names.__classcell__)
        && let Some(class_cell) = class_cell.cast::<cell::CellObject>()
    {
        match class_cell.value.get() {
            None => {
                return Err(rt.runtime_error(format_args!(
                    "__class__ not set defining {} as {}. Was __classcell__ propagated to type.__new__?",
                    rt.repr_text(name)?,
                    rt.repr_text(&class)?
                )));
            }
            Some(set) if !set.is(&class) => {
                return Err(rt.type_error(format_args!(
                    "__class__ set to {} defining {} as {}",
                    rt.repr_text(&set)?,
                    rt.repr_text(name)?,
                    rt.repr_text(&class)?
                )));
            }
            Some(_) => {}
        }
    }
    crate::ops::known::class_made(rt, body, &class, given || kwnames.is_some());
    Ok(class)
}

fn dict_like_missing(rt: &Rt, namespace: &Obj, name: &Obj) -> bool {
    let _ = rt;
    !namespace.is_kind(Kind::Dict) || dict::get_str(namespace, name).is_none()
}

/// `class.__bases__ = bases`.
pub fn set_bases(rt: &Rt, class: &Obj, value: &Obj) -> R<()> {
    let ty = in_runtime(rt, class);
    let Some(bases) = tuple::items(value) else {
        return Err(rt.type_error(format_args!(
            "can only assign tuple to {}.__bases__, not {}",
            ty.name_text(),
            rt.type_name(value)
        )));
    };
    if bases.is_empty() {
        return Err(
            rt.type_error(format_args!("can only assign non-empty tuple to {}.__bases__, not ()", ty.name_text()))
        );
    }
    for base in bases {
        match as_type(base) {
            Some(b) if b.is_subtype(ty) => {
                return Err(rt.type_error(format_args!("a __bases__ item causes an inheritance cycle")));
            }
            Some(_) => {}
            None => {
                return Err(rt.type_error(format_args!(
                    "{}.__bases__ must be tuple of classes, not '{}'",
                    ty.name_text(),
                    rt.type_name(base)
                )));
            }
        }
    }
    let base = best_base(rt, bases)?;
    if let Some(old) = ty.base.get().map(|b| in_runtime(rt, &b))
        && (base.is_heap_type() != old.is_heap_type() || !base.is_heap_type() && !base.is(old))
    {
        return Err(rt.type_error(format_args!(
            "__bases__ assignment: '{}' deallocator differs from '{}'",
            base.name_text(),
            old.name_text()
        )));
    }
    let compatible = base.kind() == ty.kind()
        && base.has_dict() == ty.base.get().is_some_and(|b| in_runtime(rt, &b).has_dict())
        && !base.native_is_other(ty)
        && base.slot_table().len() <= ty.slot_table().len()
        && base.slot_table().iter().zip(ty.slot_table()).all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => a.is(&b),
            (None, None) => true,
            _ => false,
        });
    if !compatible {
        let old = ty.base.get().map_or_else(String::new, |b| in_runtime(rt, &b).name_text());
        return Err(rt.type_error(format_args!(
            "__bases__ assignment: '{}' object layout differs from '{old}'",
            base.name_text()
        )));
    }
    crate::ops::known::withdraw(ty);
    let mro = linearise(rt, class, bases)?;
    if let Some(old) = ty.bases.get() {
        for b in tuple::items(&old).unwrap_or_default() {
            in_runtime(rt, b).remove_subclass(ty);
        }
    }
    ty.base.set(Some(base.as_obj()));
    ty.bases.set(Some(value.clone()));
    ty.mro.set(Some(mro));
    for b in bases {
        in_runtime(rt, b).add_subclass(ty);
    }
    relinearise_subclasses(rt, ty)?;
    ty.modified();
    crate::ops::slots::update(rt, ty);
    Ok(())
}

fn relinearise_subclasses(rt: &Rt, ty: &TypeObject) -> R<()> {
    for sub in ty.subclasses() {
        let s = in_runtime(rt, &sub);
        let bases = s.bases.get().unwrap_or_else(|| rt.empty_tuple());
        let mro = linearise(rt, &sub, tuple::items(&bases).unwrap_or_default())?;
        s.mro.set(Some(mro));
        relinearise_subclasses(rt, s)?;
    }
    Ok(())
}

/// PEP 560: bases that are not classes may stand for others.
fn resolve_bases(rt: &Rt, bases: &[Obj]) -> R<Vec<Obj>> {
    let mut out = Vec::with_capacity(bases.len());
    for base in bases {
        if as_type(base).is_none()
            && let Some(hook) = rt.get_attr_opt(base, &rt.names().__mro_entries__)?
        {
            let replaced = rt.call(&hook, &[rt.tuple(bases.to_vec())])?;
            match tuple::items(&replaced) {
                Some(items) => out.extend(items.iter().cloned()),
                None => return Err(rt.type_error(format_args!("__mro_entries__ must return a tuple"))),
            }
        } else {
            out.push(base.clone());
        }
    }
    Ok(out)
}

/// `isinstance(obj, class)`.
pub fn is_instance(rt: &Rt, obj: &Obj, class: &Obj) -> R<bool> {
    let ty = rt.type_of(obj);
    if ty.word() == class.word() {
        return Ok(true);
    }
    if let Some(c) = as_type(class)
        && rt.type_of(class).is(rt.kind_type(Kind::Type))
    {
        return is_instance_of_type(rt, obj, c);
    }
    if let Some(classes) = tuple::items(class) {
        rt.check_stack(" in __instancecheck__")?;
        for c in classes {
            if is_instance(rt, obj, c)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if let Some(hook) = rt.special(class, &rt.names().__instancecheck__)? {
        let answer = rt.call(&hook, std::slice::from_ref(obj))?;
        return rt.truth(&answer);
    }
    match as_type(class) {
        Some(c) => is_instance_of_type(rt, obj, c),
        None => Err(rt.type_error(format_args!("isinstance() arg 2 must be a type, a tuple of types, or a union"))),
    }
}

/// `type.__instancecheck__`.
pub fn is_instance_of_type(rt: &Rt, obj: &Obj, class: &TypeObject) -> R<bool> {
    if rt.type_of(obj).is_subtype(class) {
        return Ok(true);
    }
    let names = rt.names();
    let plain = |ty: &TypeObject| match (rt.lookup(ty, &names.__class__), rt.core_type(core_type::OBJECT)) {
        (Some(found), object) => object.own(&names.__class__).is_some_and(|own| own.is(&found)),
        (None, _) => true,
    };
    if rt.type_of(obj).has(TypeFlags::PLAIN_GETATTR) && plain(rt.type_of(obj)) {
        return Ok(false);
    }
    // A proxy may say that it is something else.
    match rt.get_attr_opt(obj, &rt.names().__class__)? {
        Some(other) => Ok(as_type(&other).is_some_and(|t| t.is_subtype(class))),
        None => Ok(false),
    }
}

/// `issubclass(sub, class)`.
pub fn is_subclass(rt: &Rt, sub: &Obj, class: &Obj) -> R<bool> {
    if let Some(c) = as_type(class)
        && rt.type_of(class).is(rt.kind_type(Kind::Type))
    {
        return match as_type(sub) {
            Some(s) => Ok(s.is_subtype(c)),
            None => Err(rt.type_error(format_args!("issubclass() arg 1 must be a class"))),
        };
    }
    if let Some(classes) = tuple::items(class) {
        rt.check_stack(" in __subclasscheck__")?;
        for c in classes {
            if is_subclass(rt, sub, c)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if let Some(hook) = rt.special(class, &rt.names().__subclasscheck__)? {
        let answer = rt.call(&hook, std::slice::from_ref(sub))?;
        return rt.truth(&answer);
    }
    match (as_type(sub), as_type(class)) {
        (Some(s), Some(c)) => Ok(s.is_subtype(c)),
        (None, _) => Err(rt.type_error(format_args!("issubclass() arg 1 must be a class"))),
        _ => Err(rt.type_error(format_args!("issubclass() arg 2 must be a class, a tuple of classes, or a union"))),
    }
}

/// An instance of a plain class, all slots unset: what compiled code asks for when the class's known cell holds it.
pub fn new_instance(rt: &Rt, class: &Obj) -> Obj {
    crate::object::instance::new(rt, in_runtime(rt, class))
}
