//! Static facts of `class` statements and annotations, for layouts, bindings and speculation.
//!
//! Invariant: they describe the source and decide nothing: the class body's code does what the program does.

use super::*;

/// What is known about a `class` statement.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name as written.
    pub name: Ident,
    /// Its qualified name.
    pub qualname: Ident,
    /// The class body.
    pub body: FuncId,
    /// The function in whose body the statement stands.
    pub parent: FuncId,
    /// Bases as written, if all of them are dotted names: `None` for any other expression.
    pub bases: Vec<Option<Ident>>,
    /// Keyword names (`metaclass`, …); `**` gives `None`.
    pub keywords: Vec<Option<Ident>>,
    /// The decorators.
    pub decorators: Vec<Decorator>,
    /// `__slots__` if it is a literal of strings, mangled.
    pub slots: Option<Vec<Ident>>,
    /// Annotated names of the body in order, with type and default.
    pub fields: Vec<Field>,
    /// Functions directly in the body by name, in order; a name bound twice appears twice.
    pub methods: Vec<Method>,
    /// Other names that the body binds, by first appearance.
    pub attributes: Vec<Ident>,
    /// Attributes assigned on the first parameter of its methods, `__init__`'s first, then by first appearance.
    pub self_attributes: Vec<Ident>,
    /// The `__class__` cell of the body, if a method needs it.
    pub class_cell: Option<CellId>,
    /// Whether every statement of the body is a function definition, an assignment to names, an annotation, a docstring or `pass`.
    pub simple_body: bool,
    /// The statement.
    pub span: Span,
}

/// A method definition in a class body.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name (mangled).
    pub name: Ident,
    /// Its code.
    pub func: FuncId,
    /// Its decorators.
    pub decorators: Vec<Decorator>,
}

/// A decorator as written.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Decorator {
    /// The dotted name of the decorator (of the called one in `@f(…)`), if it is one.
    pub path: Option<Ident>,
    /// Constant keyword arguments of `@f(…)`; a keyword that is no constant, or any positional argument, makes `exact` false.
    pub keywords: Vec<(Ident, Constant)>,
    /// Whether `keywords` says everything about the call.
    pub exact: bool,
    /// Where it stands.
    pub span: Span,
}

/// An annotated name in a class body.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name (mangled).
    pub name: Ident,
    /// Its annotation.
    pub annotation: TypeExpr,
    /// Its value.
    pub default: FieldDefault,
    /// Where it stands.
    pub span: Span,
}

/// The value of an annotated name in a class body.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub enum FieldDefault {
    /// None given.
    Missing,
    /// A constant.
    Constant(Constant),
    /// `field(default_factory=name)`: the factory's dotted name.
    Factory(Ident),
    /// Any other expression.
    Dynamic,
}

/// An annotation read as a type, without evaluating it. String annotations are parsed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize)]
pub enum TypeExpr {
    /// `None`.
    None,
    /// A dotted name: `int`, `typing.Any`.
    Name(String),
    /// `list[int]`, `dict[str, float]`, `Optional[int]`.
    Generic(String, Vec<TypeExpr>),
    /// `A | B` and `Union[A, B]`.
    Union(Vec<TypeExpr>),
    /// `[int, str]` inside `Callable[[int, str], bool]`.
    List(Vec<TypeExpr>),
    /// `...` inside `tuple[int, ...]`.
    Ellipsis,
    /// A string, number or bool inside `Literal[…]`, as written.
    Literal(String),
    /// Anything else, as written.
    Other(String),
}
