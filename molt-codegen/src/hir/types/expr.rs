//! Expressions, constants and the primitives of `match`.
//!
//! Invariant: each node's doc gives its evaluation order; a span is the place CPython reports for the node's own exception.

use super::*;
use num_bigint::BigInt;

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// The place CPython reports for an exception raised by this node itself.
    pub span: Span,
}

/// What an expression computes. Unless said otherwise operands are evaluated in the order of the fields.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant.
    Const(Constant),
    /// A variable.
    Name(NameRef),
    /// `target := value`; its value is the value.
    Named {
        /// The variable (in an inlined comprehension: one of the enclosing function).
        target: NameRef,
        /// The value.
        value: Box<Expr>,
    },
    /// `not`.
    Not(Box<Expr>),
    /// `-x`, `+x`, `~x`.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        operand: Box<Expr>,
    },
    /// A binary operator.
    Binary {
        /// The operator.
        op: BinOp,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// `a and b and c`: the first false one, or the last. At least two.
    And(Vec<Expr>),
    /// `a or b or c`: the first true one, or the last. At least two.
    Or(Vec<Expr>),
    /// `a < b <= c`: each operand once; the first comparison whose result is false, or the last one's result.
    Compare {
        /// First operand.
        left: Box<Expr>,
        /// The operators with their right operands, at least one.
        rest: Vec<(CmpOp, Expr)>,
    },
    /// `body if test else orelse`; `test` is evaluated first.
    IfElse {
        /// The condition.
        test: Box<Expr>,
        /// If true.
        body: Box<Expr>,
        /// If false.
        orelse: Box<Expr>,
    },
    /// `value.attr`.
    Attribute {
        /// The object.
        value: Box<Expr>,
        /// The attribute (mangled in classes).
        attr: Ident,
    },
    /// `value[index]`.
    Subscript {
        /// The container.
        value: Box<Expr>,
        /// The index, maybe a [`ExprKind::Slice`].
        index: Box<Expr>,
    },
    /// A `slice` object (only as an index or inside a tuple index).
    Slice {
        /// Lower bound.
        lower: Option<Box<Expr>>,
        /// Upper bound.
        upper: Option<Box<Expr>>,
        /// Step.
        step: Option<Box<Expr>>,
    },
    /// A call. If `func` is an [`ExprKind::Attribute`] it is a method call (the attribute is read before the arguments are
    /// evaluated).
    Call {
        /// The callable.
        func: Box<Expr>,
        /// The arguments.
        args: Args,
    },
    /// `super()` without arguments in a function: reads `func` (the global name `super`); if it is the builtin `super` the result
    /// is `super(class, first)`, else `func` is called without arguments.
    ZeroArgSuper {
        /// The name `super`.
        func: Box<Expr>,
        /// The `__class__` cell; `None`: RuntimeError `super(): __class__ cell not found`; an empty one:
        /// RuntimeError `super(): empty __class__ cell`.
        class: Option<NameRef>,
        /// The function's first parameter; `None`: RuntimeError `super(): no arguments`; unbound: RuntimeError
        /// `super(): arg[0] deleted`.
        first: Option<NameRef>,
    },
    /// `[…]`.
    List(Vec<Element>),
    /// `(…)`; a tuple of constants only is a [`Constant::Tuple`].
    Tuple(Vec<Element>),
    /// `{…}`.
    Set(Vec<Element>),
    /// `{k: v, **m}`: key then value, item by item.
    Dict(Vec<DictItem>),
    /// An inlined list, set or dict comprehension.
    Comprehension(Box<Comprehension>),
    /// A generator expression: evaluates `iter`, calls `iter()` on it, then calls the function with that iterator.
    GenExpr {
        /// Whether the outermost clause is `async for`: `__aiter__` instead of `iter()`.
        is_async: bool,
        /// The generator function, one parameter.
        func: FuncId,
        /// The outermost iterable.
        iter: Box<Expr>,
    },
    /// `lambda` or the function object of a `def` (before decorators).
    MakeFunction(Box<MakeFunction>),
    /// The class object of a `class` statement (before decorators).
    MakeClass(Box<MakeClass>),
    /// An f-string (adjacent literals joined). Each value is formatted when it is reached.
    FString(Vec<FPart>),
    /// `yield`.
    Yield(Option<Box<Expr>>),
    /// `yield from`.
    YieldFrom(Box<Expr>),
    /// `await`.
    Await(Box<Expr>),
    /// A step of a `match` statement.
    Match(MatchOp),
}

/// Primitive tests and bindings that `match` is made of.
#[derive(Clone, Debug)]
pub enum MatchOp {
    /// Stores `value` to `target`; its value is `True`.
    Bind {
        /// Any target, mostly temporaries.
        target: Box<Target>,
        /// The value.
        value: Box<Expr>,
    },
    /// Whether the type of the value is a sequence for patterns (list, tuple, range … and `Sequence` subclasses; not str, bytes).
    IsSequence(Box<Expr>),
    /// Whether the type of the value is a mapping for patterns.
    IsMapping(Box<Expr>),
    /// `len(value) == count`, or `>=` with `at_least`.
    Len {
        /// The value.
        value: Box<Expr>,
        /// The number.
        count: u32,
        /// Whether more is fine.
        at_least: bool,
    },
    /// `value[index]`, or `value[len(value) - index]` with `from_end`.
    Item {
        /// The sequence.
        value: Box<Expr>,
        /// The index.
        index: u32,
        /// Whether it counts from the end.
        from_end: bool,
    },
    /// A tuple of the values of `keys` in a mapping (by `get` with a sentinel), or `None` if one is missing. Equal keys:
    /// ValueError `mapping pattern checks duplicate key (…)`.
    Keys {
        /// The mapping.
        value: Box<Expr>,
        /// The keys, evaluated first to last.
        keys: Vec<Expr>,
    },
    /// A dict of what the mapping holds beside `keys`.
    Rest {
        /// The mapping.
        value: Box<Expr>,
        /// The keys.
        keys: Vec<Expr>,
    },
    /// A tuple of the sub-subjects of a class pattern (positional ones through `__match_args__`, then keyword ones), or `None` if
    /// it is no instance or an attribute is missing.
    Class {
        /// The value.
        value: Box<Expr>,
        /// The class.
        class: Box<Expr>,
        /// How many positional patterns.
        positional: u32,
        /// The keyword patterns' names.
        keywords: Vec<Ident>,
    },
}

/// A constant. Tuples hold constants only.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Constant {
    /// `None`.
    None,
    /// `True`.
    True,
    /// `False`.
    False,
    /// `...`.
    Ellipsis,
    /// An int that fits `i64`.
    Int(i64),
    /// Any other int.
    BigInt(#[serde(with = "big_int_text")] BigInt),
    /// A float; compared by bits nowhere: `-0.0 == 0.0` here too.
    Float(f64),
    /// An imaginary number: the imaginary part.
    Imaginary(f64),
    /// A str without lone surrogates.
    Str(Ident),
    /// A str with lone surrogates, as code points.
    WideStr(Arc<[u32]>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A tuple.
    Tuple(Arc<[Constant]>),
}

/// `-`, `+`, `~`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `-`.
    Neg,
    /// `+`.
    Pos,
    /// `~`.
    Invert,
}

/// A binary operator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BinOp {
    /// `+`.
    Add,
    /// `-`.
    Sub,
    /// `*`.
    Mul,
    /// `@`.
    MatMul,
    /// `/`.
    Div,
    /// `//`.
    FloorDiv,
    /// `%`.
    Mod,
    /// `**`.
    Pow,
    /// `<<`.
    LShift,
    /// `>>`.
    RShift,
    /// `&`.
    BitAnd,
    /// `|`.
    BitOr,
    /// `^`.
    BitXor,
}

/// A comparison operator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CmpOp {
    /// `==`.
    Eq,
    /// `!=`.
    Ne,
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `>`.
    Gt,
    /// `>=`.
    Ge,
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `in`.
    In,
    /// `not in`.
    NotIn,
}

/// The arguments of a call: all positional ones are evaluated first, then the keyword ones.
#[derive(Clone, Debug, Default)]
pub struct Args {
    /// Positional arguments and `*iterables`.
    pub positional: Vec<Element>,
    /// Keyword arguments and `**mappings`.
    pub keywords: Vec<Keyword>,
}

impl Args {
    /// Whether there is neither `*` nor `**`.
    pub fn is_simple(&self) -> bool {
        self.positional.iter().all(|e| matches!(e, Element::Item(_)))
            && self.keywords.iter().all(|k| matches!(k, Keyword::Named { .. }))
    }
}

/// An element of a display or a positional argument.
#[derive(Clone, Debug)]
pub enum Element {
    /// One value.
    Item(Expr),
    /// `*iterable`.
    Star(Expr),
}

impl Element {
    /// The expression.
    pub fn expr(&self) -> &Expr {
        match self {
            Element::Item(expr) | Element::Star(expr) => expr,
        }
    }
}

/// A keyword argument.
#[derive(Clone, Debug)]
pub enum Keyword {
    /// `name=value`.
    Named {
        /// The name (not mangled, as in CPython 3.12 calls).
        name: Ident,
        /// The value.
        value: Expr,
    },
    /// `**mapping`.
    DoubleStar(Expr),
}

/// An item of a dict display.
#[derive(Clone, Debug)]
pub enum DictItem {
    /// `key: value`.
    Pair(Expr, Expr),
    /// `**mapping`.
    DoubleStar(Expr),
}

/// An inlined comprehension (PEP 709). On entry `locals` are unbound and `cells` made anew; on every way out they are
/// released.
#[derive(Clone, Debug)]
pub struct Comprehension {
    /// What is built.
    pub kind: ComprehensionKind,
    /// `for` and `if` parts in order, nested from outside in; the first is a `for`.
    pub clauses: Vec<Clause>,
    /// Its variables that nobody captures.
    pub locals: Vec<LocalId>,
    /// Its variables that inner functions capture.
    pub cells: Vec<CellId>,
}

/// What a comprehension builds, with the element.
#[derive(Clone, Debug)]
pub enum ComprehensionKind {
    /// `[element …]`.
    List(Expr),
    /// `{element …}`.
    Set(Expr),
    /// `{key: value …}`.
    Dict(Expr, Expr),
}

/// A part of a comprehension.
#[derive(Clone, Debug)]
pub enum Clause {
    /// `for target in iter`.
    For {
        /// `async for`.
        is_async: bool,
        /// Stored to at each turn.
        target: Target,
        /// The iterable.
        iter: Expr,
    },
    /// `if test`.
    If(Expr),
}

/// Creation of a function object: evaluates `defaults`, then `kw_defaults`, then `annotations`, then makes the closure from
/// the callee's [`Function::frees`].
#[derive(Clone, Debug)]
pub struct MakeFunction {
    /// The code.
    pub func: FuncId,
    /// Values of the last positional parameters, in order.
    pub defaults: Vec<Expr>,
    /// Values of keyword-only parameters that have one.
    pub kw_defaults: Vec<(Ident, Expr)>,
    /// `__annotations__` in CPython's order (normal, positional-only, `*args`, keyword-only, `**kwargs`, `return`).
    pub annotations: Vec<(Ident, Expr)>,
}

/// Creation of a class object: makes the body function, then evaluates bases and keywords and calls the builtin
/// `__build_class__(body, name, *bases, **keywords)`.
#[derive(Clone, Debug)]
pub struct MakeClass {
    /// The class; its [`Class::body`] is the code.
    pub class: ClassId,
    /// Bases and keywords.
    pub args: Args,
}

/// A part of an f-string.
#[derive(Clone, Debug)]
pub enum FPart {
    /// Literal text.
    Literal(Constant),
    /// `{value!conversion:spec}`: evaluates the value, converts, evaluates the spec, formats.
    Value {
        /// The value.
        value: Expr,
        /// The replacement field with its braces: the place of errors in formatting.
        span: Span,
        /// The conversion.
        conversion: Conversion,
        /// The format spec, itself a list of parts.
        spec: Option<Vec<FPart>>,
    },
}

/// A conversion in an f-string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conversion {
    /// None.
    None,
    /// `!s`.
    Str,
    /// `!r`.
    Repr,
    /// `!a`.
    Ascii,
}

/// Big ints in facts are hexadecimal text, so that the encoding does not depend on limb sizes.
mod big_int_text {
    use num_bigint::BigInt;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &BigInt, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_str_radix(16))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BigInt, D::Error> {
        let text = String::deserialize(deserializer)?;
        BigInt::parse_bytes(text.as_bytes(), 16).ok_or_else(|| D::Error::custom("not a hexadecimal int"))
    }
}
