//! The table of intrinsics: every call from compiled code into the runtime, and every Python-semantic operation of MIR.
//!
//! [`for_each_intrinsic!`](crate::for_each_intrinsic) is expanded by the compiler (signatures, ownership, effects) and by
//! the runtime (which must define `molt_<name>` with exactly the row's signature). Passes read rows, never names.
//!
//! A row reads `name(arg: Kind, …) -> Result, Error, Effect;`.
//!
//! Machine signature: `ctx` first, then per argument one word, except `Argv` and `Out`, which are a pointer and a count.

/// How an argument is passed and owned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arg {
    /// A value, borrowed for the call.
    Val,
    /// A value or 0 ("absent"), borrowed.
    Opt,
    /// A value whose ownership moves to the callee, on success and on error.
    Steal,
    /// A raw `i64` immediate or SSA int.
    Int,
    /// A raw `f64`.
    Flt,
    /// A constant index in MIR; the machine word is the constant's value, borrowed. Always an interned `str`.
    Name,
    /// An inline cache index in MIR; the machine word is its address.
    Ic,
    /// The module data block of the function's module; not written in MIR operands.
    Md,
    /// Any number of borrowed values: pointer and count.
    Argv,
    /// Any number of stolen values: pointer and count.
    ArgvSteal,
    /// Any number of owned results: pointer and count.
    Out,
}

/// What a call yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ret {
    /// An owned value.
    Owned,
    /// A borrowed value, valid while its container is unchanged.
    Borrowed,
    /// An `i64`.
    Int,
    /// An `i64` that is 0 or 1 (-1 under [`Error::Negative`]).
    Bool,
    /// An `f64`.
    Flt,
    /// Nothing.
    None,
}

/// How a failure shows. The exception is pending in `ctx`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// Never fails.
    Never,
    /// The result word is 0.
    Zero,
    /// The `i64` result is negative. With [`Ret::None`] the machine result is an `i64` status.
    Negative,
    /// Always fails; control never comes back on the normal edge.
    Always,
}

/// What a call may do, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Depends on its arguments only and changes nothing: may be moved, merged, dropped.
    Pure,
    /// Reads mutable memory.
    Read,
    /// Makes a fresh object; runs no Python code.
    Alloc,
    /// Changes memory; runs no Python code (releases of values included).
    Write,
    /// May run any Python code.
    Python,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The name; the symbol is `molt_<name>`.
    pub name: &'static str,
    /// The arguments after `ctx`.
    pub args: &'static [Arg],
    /// The names of the arguments.
    pub arg_names: &'static [&'static str],
    /// The result.
    pub ret: Ret,
    /// The error convention.
    pub error: Error,
    /// The strongest effect.
    pub effect: Effect,
}

impl Row {
    /// Whether the call may leave with a pending exception.
    pub const fn may_raise(&self) -> bool {
        !matches!(self.error, Error::Never)
    }
}

/// Expands `$m! { rows }` with every row of the table.
#[macro_export]
macro_rules! for_each_intrinsic {
    ($m:path) => { $m! {
        // Arithmetic and bit operations, with Python's full dispatch.
        add(a: Val, b: Val) -> Owned, Zero, Python;
        sub(a: Val, b: Val) -> Owned, Zero, Python;
        mul(a: Val, b: Val) -> Owned, Zero, Python;
        matmul(a: Val, b: Val) -> Owned, Zero, Python;
        truediv(a: Val, b: Val) -> Owned, Zero, Python;
        floordiv(a: Val, b: Val) -> Owned, Zero, Python;
        rem(a: Val, b: Val) -> Owned, Zero, Python;
        pow(a: Val, b: Val) -> Owned, Zero, Python;
        lshift(a: Val, b: Val) -> Owned, Zero, Python;
        rshift(a: Val, b: Val) -> Owned, Zero, Python;
        bitand(a: Val, b: Val) -> Owned, Zero, Python;
        bitor(a: Val, b: Val) -> Owned, Zero, Python;
        bitxor(a: Val, b: Val) -> Owned, Zero, Python;
        // The left operand is stolen, so that a `str` that nobody else holds can grow in place.
        iadd(a: Steal, b: Val) -> Owned, Zero, Python;
        isub(a: Val, b: Val) -> Owned, Zero, Python;
        imul(a: Val, b: Val) -> Owned, Zero, Python;
        imatmul(a: Val, b: Val) -> Owned, Zero, Python;
        itruediv(a: Val, b: Val) -> Owned, Zero, Python;
        ifloordiv(a: Val, b: Val) -> Owned, Zero, Python;
        irem(a: Val, b: Val) -> Owned, Zero, Python;
        ipow(a: Val, b: Val) -> Owned, Zero, Python;
        ilshift(a: Val, b: Val) -> Owned, Zero, Python;
        irshift(a: Val, b: Val) -> Owned, Zero, Python;
        ibitand(a: Val, b: Val) -> Owned, Zero, Python;
        ibitor(a: Val, b: Val) -> Owned, Zero, Python;
        ibitxor(a: Val, b: Val) -> Owned, Zero, Python;
        neg(a: Val) -> Owned, Zero, Python;
        pos(a: Val) -> Owned, Zero, Python;
        invert(a: Val) -> Owned, Zero, Python;

        // Unboxed arithmetic whose rules are CPython's and do not fit one machine instruction. `int_*` take machine ints
        // and give a boxed result (beyond 48 bits a heap int).
        box_i64(a: Int) -> Owned, Never, Alloc;
        int_add_slow(a: Int, b: Int) -> Owned, Never, Alloc;
        int_sub_slow(a: Int, b: Int) -> Owned, Never, Alloc;
        int_mul_slow(a: Int, b: Int) -> Owned, Never, Alloc;
        int_pow(a: Int, b: Int) -> Owned, Zero, Alloc;
        int_truediv(a: Int, b: Int) -> Flt, Never, Pure;
        flt_floordiv(a: Flt, b: Flt) -> Flt, Never, Pure;
        flt_rem(a: Flt, b: Flt) -> Flt, Never, Pure;
        // NaN where Python's result is no float: the generic operation decides.
        flt_pow(a: Flt, b: Flt) -> Flt, Never, Pure;

        // Comparison and truth.
        lt(a: Val, b: Val) -> Owned, Zero, Python;
        le(a: Val, b: Val) -> Owned, Zero, Python;
        eq(a: Val, b: Val) -> Owned, Zero, Python;
        ne(a: Val, b: Val) -> Owned, Zero, Python;
        gt(a: Val, b: Val) -> Owned, Zero, Python;
        ge(a: Val, b: Val) -> Owned, Zero, Python;
        // The same as a truth value, for branches.
        lt_true(a: Val, b: Val) -> Bool, Negative, Python;
        le_true(a: Val, b: Val) -> Bool, Negative, Python;
        eq_true(a: Val, b: Val) -> Bool, Negative, Python;
        ne_true(a: Val, b: Val) -> Bool, Negative, Python;
        gt_true(a: Val, b: Val) -> Bool, Negative, Python;
        ge_true(a: Val, b: Val) -> Bool, Negative, Python;
        contains(container: Val, item: Val) -> Bool, Negative, Python;
        truth(a: Val) -> Bool, Negative, Python;

        // Attributes. `ic` belongs to the site.
        get_attr(obj: Val, name: Name, ic: Ic) -> Owned, Zero, Python;
        set_attr(obj: Val, name: Name, value: Val, ic: Ic) -> None, Negative, Python;
        del_attr(obj: Val, name: Name) -> None, Negative, Python;
        // A dunder looked up on the type, bound to `obj` (with statements); TypeError text by `what`: 0 enter, 1 exit.
        load_special(obj: Val, name: Name, what: Int) -> Owned, Zero, Python;
        // super() without arguments, in the form the compiler proves: contents of the class cell (0: empty) and of the first
        // parameter (0: deleted), both RuntimeErrors.
        super_get_attr(class: Opt, receiver: Opt, name: Name) -> Owned, Zero, Python;
        // RuntimeError: super() in a function that is in no class.
        raise_no_class_cell() -> None, Always, Alloc;

        // Items.
        get_item(obj: Val, key: Val) -> Owned, Zero, Python;
        set_item(obj: Val, key: Val, value: Val) -> None, Negative, Python;
        del_item(obj: Val, key: Val) -> None, Negative, Python;
        get_item_int(obj: Val, index: Int) -> Owned, Zero, Python;
        set_item_int(obj: Val, index: Int, value: Val) -> None, Negative, Python;
        build_slice(start: Val, stop: Val, step: Val) -> Owned, Never, Alloc;
        // The same with a slice as the key, which is made only for an object whose code could see it.
        get_slice(obj: Val, start: Val, stop: Val, step: Val) -> Owned, Zero, Python;
        set_slice(obj: Val, start: Val, stop: Val, step: Val, value: Val) -> None, Negative, Python;
        del_slice(obj: Val, start: Val, stop: Val, step: Val) -> None, Negative, Python;

        // Calls. Keyword values follow the positional ones in `args`; `kwnames` is a tuple of their names or 0.
        call(callable: Val, kwnames: Opt, args: Argv) -> Owned, Zero, Python;
        // args[0] is the receiver.
        call_method(name: Name, ic: Ic, kwnames: Opt, args: Argv) -> Owned, Zero, Python;
        // The method of a call whose arguments run code: Python reads it before it evaluates them. Gives the callable and the
        // receiver that goes before the arguments, or 0 if the attribute is not a function of the type; no bound method is
        // made. (Where nothing can tell the difference the compiler uses `call_method`.)
        load_method(obj: Val, name: Name, ic: Ic, out: Out) -> None, Negative, Python;
        // A method that the type of an exact builtin is known to have, unbound: what load_method would give. Used where the
        // compiler put off reading it and the call is not the one it has a direct form for.
        builtin_method(obj: Val, name: Name) -> Owned, Never, Alloc;
        call_loaded(callable: Val, receiver: Opt, kwnames: Opt, args: Argv) -> Owned, Zero, Python;
        // f(*args, **kwargs); `args` is a tuple or list, `kwargs` a dict or 0.
        call_ex(callable: Val, args: Val, kwargs: Opt) -> Owned, Zero, Python;
        // Adds `mapping` to the keyword dict of a call to `callable`: duplicate and type errors name the function.
        kwargs_merge(kwargs: Val, mapping: Val, callable: Val) -> None, Negative, Python;
        // Extends the list of positional arguments; a non-iterable is "argument after * must be an iterable".
        args_extend(list: Val, iterable: Val, callable: Val) -> None, Negative, Python;

        // Containers.
        build_list(items: ArgvSteal) -> Owned, Never, Alloc;
        build_tuple(items: ArgvSteal) -> Owned, Never, Alloc;
        build_set(items: Argv) -> Owned, Zero, Python;
        build_dict(pairs: Argv) -> Owned, Zero, Python;
        build_string(parts: Argv) -> Owned, Zero, Alloc;
        list_append(list: Val, value: Val) -> None, Never, Write;
        // A starred element of a display: the error says so.
        list_extend(list: Val, iterable: Val) -> None, Negative, Python;
        list_to_tuple(list: Val) -> Owned, Never, Alloc;
        set_add(set: Val, value: Val) -> None, Negative, Python;
        set_update(set: Val, iterable: Val) -> None, Negative, Python;
        dict_set(dict: Val, key: Val, value: Val) -> None, Negative, Python;
        dict_update(dict: Val, mapping: Val) -> None, Negative, Python;
        // conversion: 0 none, 's', 'r' or 'a' as a code point; `spec` is a str or 0.
        format_value(value: Val, conversion: Int, spec: Opt) -> Owned, Zero, Python;

        // Methods of exact builtins with a direct form; the receiver's kind has been tested.
        list_pop(list: Val, index: Int) -> Owned, Zero, Write;
        // `default` 0 is None.
        dict_get(dict: Val, key: Val, default: Opt) -> Owned, Zero, Python;

        // Iteration. `iter_next` yields STOP when exhausted.
        get_iter(obj: Val) -> Owned, Zero, Python;
        iter_next(iter: Val) -> Owned, Zero, Python;
        unpack(seq: Val, out: Out) -> None, Negative, Python;
        // a, *b, c = seq: `before` and the rest of `out` name the counts; the starred one is a list.
        unpack_star(seq: Val, before: Int, out: Out) -> None, Negative, Python;

        // Patterns of `match` (PEP 634). `keys` and `names` are tuples; the results of the last three are tuples, or None for no
        // match, but that of match_rest, a dict.
        is_sequence(obj: Val) -> Bool, Never, Read;
        is_mapping(obj: Val) -> Bool, Never, Read;
        match_keys(mapping: Val, keys: Val) -> Owned, Zero, Python;
        match_rest(mapping: Val, keys: Val) -> Owned, Zero, Python;
        match_class(subject: Val, class: Val, positional: Int, names: Val) -> Owned, Zero, Python;

        // Names.
        bind_global(md: Md, slot: Int, value: Val) -> None, Never, Python;
        del_global(md: Md, slot: Int) -> None, Negative, Python;
        raise_unbound_global(md: Md, slot: Int) -> None, Always, Alloc;
        raise_unbound_local(name: Name) -> None, Always, Alloc;
        raise_unbound_free(name: Name) -> None, Always, Alloc;
        // Class body: namespace, then global slot.
        class_load_global(ns: Val, md: Md, slot: Int) -> Owned, Zero, Python;
        // Class body: namespace, then closure cell.
        class_load_cell(ns: Val, name: Name, cell: Val) -> Owned, Zero, Python;
        class_store(ns: Val, name: Name, value: Val) -> None, Negative, Python;
        class_delete(ns: Val, name: Name) -> None, Negative, Python;
        // `globals()`, and `locals()` at module level.
        module_namespace(md: Md) -> Owned, Never, Read;
        // `locals()` in a function: brings the function's dict (0: none yet) up to date. `names` is a tuple with one name for
        // each of `values`, where 0 is unbound and a later entry of the same name hides an earlier one.
        frame_locals(dict: Opt, names: Val, values: Argv) -> Owned, Never, Python;
        // `dir()` without arguments: the sorted keys of a namespace.
        sorted_keys(namespace: Val) -> Owned, Zero, Python;

        // Cells and functions.
        new_cell(value: Opt) -> Owned, Never, Alloc;
        // `annotations` is a dict or 0; `closure` a tuple of cells or 0.
        make_function(md: Md, code: Int, closure: Opt, defaults: Opt, kwdefaults: Opt, annotations: Opt) -> Owned, Never, Write;
        // The class statement: `body` is the function of the class body; args are the bases, then keyword values.
        build_class(body: Val, name: Name, kwnames: Opt, args: Argv) -> Owned, Zero, Python;

        // Exceptions.
        raise(exc: Val) -> None, Always, Python;
        raise_from(exc: Val, cause: Val) -> None, Always, Python;
        // `raise` without operand. The re-raised exception gets no further traceback entry in this frame; the RuntimeError
        // that there is none is recorded at the position.
        reraise_handled(md: Md, code: Int, position: Int) -> None, Always, Python;
        // Makes `exc` pending again without touching its context (end of a finally, no clause matched).
        reraise(exc: Steal) -> None, Always, Write;
        // Takes the pending exception.
        take_exc() -> Owned, Never, Write;
        // Makes `exc` the handled exception; gives the previous one or None.
        push_handled(exc: Val) -> Owned, Never, Write;
        pop_handled(previous: Steal) -> None, Never, Python;
        exc_match(exc: Val, class: Val) -> Bool, Negative, Python;
        // Calls a bound `__exit__` with the exception's type, value and traceback; 1 = swallowed.
        call_exit(exit: Val, exc: Val) -> Bool, Negative, Python;
        raise_assertion(message: Opt) -> None, Always, Python;
        // Appends the running frame to the pending exception's traceback. A negative position appends nothing: the exception
        // was already recorded in this frame and only goes on.
        traceback(md: Md, code: Int, position: Int) -> None, Never, Write;
        // The stack has passed `ctx::STACK_LIMIT`: counts the frames from the one at `frame`, the value of its frame pointer,
        // and raises RecursionError or moves the limit.
        check_depth(frame: Int) -> None, Negative, Alloc;
        // A poll at a loop back-edge or call; raises what a signal handler raised.
        poll() -> None, Negative, Python;

        // Imports. `level` counts the dots; `fromlist` is a tuple or None.
        import_name(md: Md, name: Name, fromlist: Val, level: Int) -> Owned, Zero, Python;
        import_from(module: Val, name: Name) -> Owned, Zero, Python;
        import_star(md: Md, module: Val) -> None, Negative, Python;

        // Generators. The entry of a generator function makes the object and stores its parameters in the frame.
        new_generator(md: Md, code: Int, func: Opt) -> Owned, Never, Alloc;
        // One step of `yield from`: STOP when the iterator is done; then take_stop_value gives its result.
        yield_from_next(iter: Val, sent: Val) -> Owned, Zero, Python;
        // The same with the pending exception thrown into the iterator (close for GeneratorExit).
        yield_from_throw(iter: Val) -> Owned, Zero, Python;
        // The iterator of a `yield from` operand (generators and coroutines as they are).
        yield_from_iter(obj: Val) -> Owned, Zero, Python;
        take_stop_value() -> Owned, Never, Write;
        // Behind the resume function of a generator that left another exception handled than `outer`, which was before:
        // while it is suspended it keeps its own. `result` is the resume function's.
        generator_left(generator: Val, outer: Opt, result: Int) -> None, Never, Write;
        // Ends a generator: stores the value it returned.
        set_stop_value(value: Steal) -> None, Never, Write;
        // Turns a pending StopIteration that leaves a generator into RuntimeError (PEP 479).
        generator_raised() -> None, Always, Python;

        // What specialised code kept in SSA values, made real where generic code meets it. Ranges have a non-zero step.
        new_range(start: Int, stop: Int, step: Int) -> Owned, Never, Alloc;
        new_range_iter(next: Int, remaining: Int, step: Int) -> Owned, Never, Alloc;
        // An iterator over an exact list or tuple, at an index.
        new_seq_iter(seq: Val, index: Int) -> Owned, Never, Alloc;
        // `enumerate` of an exact list, at an index that is also the count.
        new_enumerate(list: Val, index: Int) -> Owned, Never, Alloc;
        // An instance, all slots unset, of a class whose known cell is pristine.
        new_instance(class: Val) -> Owned, Never, Alloc;
        // TypeError: `__init__` returned something else than None.
        raise_bad_init(result: Val) -> None, Always, Alloc;

        // Reference counts: the slow halves, and short forms for code off the hot path, which take immediates and 0 as well.
        dealloc(obj: Val) -> None, Never, Python;
        incref_slow(obj: Val) -> None, Never, Write;
        decref_slow(obj: Val) -> None, Never, Python;
        decref_2(a: Val, b: Val) -> None, Never, Python;
        decref_3(a: Val, b: Val, c: Val) -> None, Never, Python;
        decref_4(a: Val, b: Val, c: Val, d: Val) -> None, Never, Python;

        // Known builtins with a direct form, used behind a guard on the builtin's global slot.
        len(obj: Val) -> Int, Negative, Python;
        isinstance(obj: Val, class: Val) -> Bool, Negative, Python;
        abs(obj: Val) -> Owned, Zero, Python;
        chr(code: Val) -> Owned, Zero, Python;
        ord(obj: Val) -> Owned, Zero, Python;
        str_of(obj: Val) -> Owned, Zero, Python;
        repr(obj: Val) -> Owned, Zero, Python;
        range3(start: Val, stop: Val, step: Val) -> Owned, Zero, Python;
    } };
}

macro_rules! define {
    ($($name:ident ( $($arg:ident : $kind:ident),* ) -> $ret:ident, $error:ident, $effect:ident ;)*) => {
        /// A row's identity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        #[allow(non_camel_case_types, missing_docs)]
        pub enum Intrinsic { $($name),* }

        /// All rows, in the order of [`Intrinsic`].
        pub const ROWS: &[Row] = &[$(Row {
            name: stringify!($name),
            args: &[$(Arg::$kind),*],
            arg_names: &[$(stringify!($arg)),*],
            ret: Ret::$ret,
            error: Error::$error,
            effect: Effect::$effect,
        }),*];

        /// All identities, in order.
        pub const ALL: &[Intrinsic] = &[$(Intrinsic::$name),*];

        /// The text the fingerprint is taken of.
        pub const TABLE_TEXT: &str = concat!($(stringify!($name), "(", $(stringify!($kind), ",",)* ")", stringify!($ret), stringify!($error), stringify!($effect), ";",)*);
    };
}
for_each_intrinsic!(define);

impl Intrinsic {
    /// The row.
    pub const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The link symbol, `molt_<name>`.
    pub fn symbol(self) -> String {
        format!("molt_{}", self.row().name)
    }

    /// Finds a row by name, for MIR's text form.
    pub fn by_name(name: &str) -> Option<Intrinsic> {
        ALL.iter().copied().find(|i| i.row().name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_results_fit_the_error_convention() {
        let mut names: Vec<_> = ROWS.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ROWS.len());
        for row in ROWS {
            match row.error {
                Error::Zero => assert!(matches!(row.ret, Ret::Owned | Ret::Borrowed), "{}", row.name),
                Error::Negative => assert!(matches!(row.ret, Ret::Int | Ret::Bool | Ret::None), "{}", row.name),
                Error::Always => assert_eq!(row.ret, Ret::None, "{}", row.name),
                Error::Never => {}
            }
        }
    }
}
