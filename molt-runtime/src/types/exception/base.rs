//! What all exceptions share, and the subclasses that add an attribute or two.
//!
//! Invariant: `args` is a tuple.

use crate::object::exception::{self, ExceptionObject};
use crate::object::types::in_runtime;
use crate::object::{list, str, tuple};
use crate::ops::call::Args;
use crate::ops::native_call::bind_keywords;
use crate::runtime::{R, Raised, Rt};
use crate::types::getset;
use crate::types::spec::{GetSetDef, MethodDef, NativeFn, Param, Slots};
use crate::value::Obj;
use molt_abi::layout::Kind;

pub(super) const SLOTS: Slots =
    Slots { repr: Some(repr), str: Some(str_of), new: Some(new), init: Some(init), ..Slots::EMPTY };

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::new(
        "with_traceback",
        NativeFn::One(with_traceback),
        "",
        "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self.",
    ),
    MethodDef::new(
        "add_note",
        NativeFn::One(add_note),
        "",
        "Exception.add_note(note) --\n    add a note to the exception",
    ),
];

pub(super) const GETSET: &[GetSetDef] = &[
    GetSetDef { name: "args", get: args, set: Some(set_args), doc: "" },
    GetSetDef { name: "__traceback__", get: traceback, set: Some(set_traceback), doc: "" },
    GetSetDef { name: "__cause__", get: cause, set: Some(set_cause), doc: "exception cause" },
    GetSetDef { name: "__context__", get: context, set: Some(set_context), doc: "exception context" },
    GetSetDef { name: "__suppress_context__", get: suppress, set: Some(set_suppress), doc: "" },
    GetSetDef { name: "__dict__", get: getset::get_dict, set: Some(getset::set_dict), doc: "" },
];

fn fields(obj: &Obj) -> &ExceptionObject {
    obj.expect::<ExceptionObject>()
}

pub(super) fn args_of(obj: &Obj) -> Vec<Obj> {
    fields(obj).args.get().as_ref().and_then(tuple::items).map(<[Obj]>::to_vec).unwrap_or_default()
}

pub(super) fn extra(obj: &Obj, n: usize) -> Obj {
    fields(obj).extra[n].get().unwrap_or(Obj::none())
}

pub(super) fn set_extra(obj: &Obj, n: usize, value: Option<&Obj>) -> R<()> {
    fields(obj).extra[n].set(value.cloned());
    Ok(())
}

pub(super) fn new(rt: &Rt, class: &Obj, args: Args<'_>) -> R {
    Ok(exception::new(rt, in_runtime(rt, class), tuple::from_slice(rt, args.positional())))
}

fn no_keywords(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    if args.has_keywords() {
        return Err(rt.type_error(format_args!("{}() takes no keyword arguments", rt.type_name(obj))));
    }
    Ok(())
}

pub(super) fn init(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    no_keywords(rt, obj, args)?;
    fields(obj).args.set(Some(tuple::from_slice(rt, args.positional())));
    Ok(())
}

/// `StopIteration` and `SystemExit`: the first argument, or all of several.
pub(super) fn init_value(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    init(rt, obj, args)?;
    let stop = rt.type_of(obj).is_subtype(rt.spec_type(&super::STOP_ITERATION));
    let value = match args.positional() {
        [] => None,
        [one] => Some(one.clone()),
        [first, ..] if stop => Some(first.clone()),
        all => Some(tuple::from_slice(rt, all)),
    };
    fields(obj).extra[0].set(value);
    Ok(())
}

/// Keyword arguments that an exception takes besides its `args`.
fn init_with_keywords(rt: &Rt, obj: &Obj, args: Args<'_>, params: &[Param], at: usize) -> R<()> {
    fields(obj).args.set(Some(tuple::from_slice(rt, args.positional())));
    let mut bound = [None; 2];
    let bound = &mut bound[..params.len()];
    let name = rt.type_of(obj).name_text();
    let name = if rt.type_of(obj).is_heap_type() { base_name(rt, obj) } else { name };
    bind_keywords(rt, &name, params, args.keywords_only(), bound)?;
    for (n, value) in bound.iter().enumerate() {
        fields(obj).extra[at + n].set(value.cloned());
    }
    Ok(())
}

fn base_name(rt: &Rt, obj: &Obj) -> String {
    crate::ops::class::layout_owner(rt, rt.type_of(obj)).map_or_else(String::new, |t| t.name_text())
}

pub(super) fn init_attribute(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    const PARAMS: &[Param] = &[Param::optional("name").kw_only(), Param::optional("obj").kw_only()];
    init_with_keywords(rt, obj, args, PARAMS, 0)
}

pub(super) fn init_name(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    const PARAMS: &[Param] = &[Param::optional("name").kw_only()];
    init_with_keywords(rt, obj, args, PARAMS, 0)
}

pub(super) fn init_import(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    const PARAMS: &[Param] = &[Param::optional("name").kw_only(), Param::optional("path").kw_only()];
    init_with_keywords(rt, obj, args, PARAMS, 1)?;
    fields(obj).extra[0].set(match args.positional() {
        [one] => Some(one.clone()),
        _ => None,
    });
    Ok(())
}

pub(super) fn str_of_import(rt: &Rt, obj: &Obj) -> R {
    match fields(obj).extra[0].get() {
        Some(msg) if msg.is_kind(Kind::Str) => Ok(msg),
        _ => str_of(rt, obj),
    }
}

pub(super) fn init_syntax(rt: &Rt, obj: &Obj, args: Args<'_>) -> R<()> {
    init(rt, obj, args)?;
    let e = fields(obj);
    if let Some(msg) = args.positional().first() {
        e.extra[0].set(Some(msg.clone()));
    }
    if let [_, info] = args.positional() {
        for (n, value) in rt.collect(info)?.into_iter().take(5).enumerate() {
            e.extra[n + 1].set(Some(value));
        }
    }
    Ok(())
}

pub(super) fn str_of_syntax(rt: &Rt, obj: &Obj) -> R {
    let msg = rt.str_text(&extra(obj, 0))?;
    let (file, line) = (extra(obj, 1), extra(obj, 2));
    let file = str::get(&file).map(|f| f.text().rsplit('/').next().unwrap_or_default().to_owned());
    let text = match (file, line.as_small_int()) {
        (Some(file), Some(line)) => format!("{msg} ({file}, line {line})"),
        (Some(file), None) => format!("{msg} ({file})"),
        (None, Some(line)) => format!("{msg} (line {line})"),
        (None, None) => msg,
    };
    Ok(rt.str(&text))
}

pub(super) fn str_of(rt: &Rt, obj: &Obj) -> R {
    match args_of(obj).as_slice() {
        [] => Ok(rt.str("")),
        [one] => rt.to_str(one),
        _ => rt.to_str(&fields(obj).args.get().unwrap_or_else(|| rt.empty_tuple())),
    }
}

/// `str(KeyError(key))` is the key's repr, so that an empty key shows.
pub(super) fn str_of_key_error(rt: &Rt, obj: &Obj) -> R {
    match args_of(obj).as_slice() {
        [one] => rt.repr(one),
        _ => str_of(rt, obj),
    }
}

fn repr(rt: &Rt, obj: &Obj) -> R {
    let name = rt.type_of(obj).name_text();
    let text = match args_of(obj).as_slice() {
        [one] => format!("{name}({})", rt.repr_text(one)?),
        _ => {
            let args = fields(obj).args.get().unwrap_or_else(|| rt.empty_tuple());
            format!("{name}{}", rt.repr_text(&args)?)
        }
    };
    Ok(rt.str(&text))
}

/// The text of an exception, as its report shows it.
pub fn message(rt: &Rt, exc: &Obj) -> R<String> {
    rt.str_text(exc)
}

fn args(rt: &Rt, obj: &Obj) -> R {
    Ok(fields(obj).args.get().unwrap_or_else(|| rt.empty_tuple()))
}

fn set_args(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let Some(value) = value else { return Err(rt.type_error(format_args!("args may not be deleted"))) };
    let items = rt.collect(value)?;
    fields(obj).args.set(Some(rt.tuple(items)));
    Ok(())
}

fn traceback(_rt: &Rt, obj: &Obj) -> R {
    Ok(fields(obj).traceback.get().unwrap_or(Obj::none()))
}

fn set_traceback(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let Some(value) = value else {
        return Err(rt.type_error(format_args!("__traceback__ may not be deleted")));
    };
    if !value.is_none() && !value.is_kind(Kind::Traceback) {
        return Err(rt.type_error(format_args!("__traceback__ must be a traceback or None")));
    }
    fields(obj).traceback.set(Some(value.clone()).filter(|v| !v.is_none()));
    Ok(())
}

fn with_traceback(rt: &Rt, obj: &Obj, tb: &Obj) -> R {
    set_traceback(rt, obj, Some(tb))?;
    Ok(obj.clone())
}

/// An exception or none, for `__cause__` and `__context__`.
fn linked(rt: &Rt, value: Option<&Obj>, what: &str) -> R<Option<Obj>> {
    let Some(value) = value else {
        return Err(rt.type_error(format_args!("__{what}__ may not be deleted")));
    };
    if value.is_none() {
        return Ok(None);
    }
    if !value.is_kind(Kind::Exception) {
        return Err(rt.type_error(format_args!("exception {what} must be None or derive from BaseException")));
    }
    Ok(Some(value.clone()))
}

fn cause(_rt: &Rt, obj: &Obj) -> R {
    Ok(fields(obj).cause.get().unwrap_or(Obj::none()))
}

fn set_cause(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    fields(obj).cause.set(linked(rt, value, "cause")?);
    fields(obj).suppress_context.set(true);
    Ok(())
}

fn context(_rt: &Rt, obj: &Obj) -> R {
    Ok(fields(obj).context.get().unwrap_or(Obj::none()))
}

fn set_context(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    fields(obj).context.set(linked(rt, value, "context")?);
    Ok(())
}

fn suppress(_rt: &Rt, obj: &Obj) -> R {
    Ok(Obj::bool(fields(obj).suppress_context.get()))
}

fn set_suppress(rt: &Rt, obj: &Obj, value: Option<&Obj>) -> R<()> {
    let on = match value {
        Some(value) => rt.truth(value)?,
        None => false,
    };
    fields(obj).suppress_context.set(on);
    Ok(())
}

fn add_note(rt: &Rt, obj: &Obj, note: &Obj) -> R {
    if !note.is_kind(Kind::Str) {
        return Err(rt.type_error(format_args!("note must be a str, not '{}'", rt.type_name(note))));
    }
    let name = &rt.names().__notes__;
    match rt.get_attr_opt(obj, name)? {
        Some(notes) => match list::get(&notes) {
            Some(notes) => notes.push(note.clone()),
            None => return Err(rt.type_error(format_args!("Cannot add note: __notes__ is not a list"))),
        },
        None => rt.set_attr(obj, name, Some(&list::new(rt, vec![note.clone()])))?,
    }
    Ok(Obj::none())
}

/// Adds a note to the pending exception.
pub fn add_note_to_pending(rt: &Rt, note: Obj) -> Raised {
    let exc = rt.take_exception();
    if let Some(exc) = &exc
        && add_note(rt, exc, &note).is_err()
    {
        rt.clear_exception();
    }
    rt.restore_exception(exc);
    Raised::pending()
}

/// Sets `name` and `obj` of the pending `AttributeError`.
pub fn set_attribute_error(rt: &Rt, obj: &Obj, name: &Obj) {
    let exc = rt.take_exception();
    if let Some(e) = exc.as_ref().and_then(exception::get) {
        e.extra[0].set(Some(name.clone()));
        e.extra[1].set(Some(obj.clone()));
    }
    rt.restore_exception(exc);
}
