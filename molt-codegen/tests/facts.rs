//! Module facts: what they say, that they survive encoding, and that an importer's part ignores edits that change no fact.

use molt_codegen::facts::{self, BindingFacts, FieldDefault, ModuleFacts, TypeExpr};
use molt_codegen::hir::{self, Constant};
use molt_codegen::source::SourceFile;
use num_bigint::BigInt;

fn of(source: &str) -> ModuleFacts {
    let file = SourceFile::new("m.py", source);
    let module = hir::from_source(&file, "pkg.m", false).expect("the source is right");
    let facts = facts::of(&module, &file);
    assert_eq!(ModuleFacts::decode(&facts.encode()).as_ref(), Some(&facts), "facts survive encoding");
    facts
}

fn name(text: &str) -> TypeExpr {
    TypeExpr::Name(text.into())
}

#[test]
fn globals_and_what_binds_them() {
    let facts = of(
        "import a.b\nimport a.c as ac\nfrom .d import e as f, g\nLIMIT = 10\nBIG = 1 << 70\nNEW = object()\nname: str = 'x'\n\
                    def fn(): pass\nclass C: pass\ntwice = 1\ntwice = 2\nfor i in g: late = 1\n\
                    def setter():\n    global LIMIT2\n    LIMIT2 = 1\ndel ac\n__all__ = ['fn', 'C']\n",
    );
    let once = |global: &str| facts.globals[global].once.clone();
    assert_eq!(once("a"), Some(BindingFacts::Module { import: 0, leaf: false }));
    assert_eq!(once("f"), Some(BindingFacts::From { import: 2, name: "e".into() }));
    assert_eq!(once("LIMIT"), Some(BindingFacts::Constant(Constant::Int(10))));
    assert_eq!(once("BIG"), Some(BindingFacts::Constant(Constant::BigInt(BigInt::from(1) << 70))));
    assert_eq!(once("NEW"), Some(BindingFacts::Other));
    assert_eq!(once("fn"), Some(BindingFacts::Function(0)));
    assert_eq!(once("C"), Some(BindingFacts::Class(0)));
    assert_eq!(facts.globals["name"].annotation, Some(name("str")));
    for many in ["twice", "late", "i", "LIMIT2", "ac"] {
        assert_eq!(once(many), None, "{many}");
    }
    assert!(facts.globals["LIMIT2"].written_in_function && facts.globals["ac"].deleted);
    assert_eq!(facts.all, Some(vec!["fn".to_owned(), "C".to_owned()]));
}

#[test]
fn functions_and_their_types() {
    let facts = of("from typing import Optional, Union, Annotated\n\
                    def f(a: int, /, b: 'list[str]', *c: float, d: Optional[bool] = None, **e: Union[int, str]) -> dict[str, int | None]:\n\
                    \x20   \"Doc.\"\n\
                    @deco\ndef g(x=1, y=(2, 'z'), *, k=call()): yield\n");
    let f = &facts.functions[0];
    assert_eq!((f.doc.as_deref(), f.decorated, f.is_generator), (Some("Doc."), false, false));
    let types: Vec<_> = f.params.iter().map(|param| param.annotation.clone()).collect();
    let list = TypeExpr::Generic("list".into(), vec![name("str")]);
    let optional = TypeExpr::Union(vec![name("bool"), TypeExpr::None]);
    let union = TypeExpr::Union(vec![name("int"), name("str")]);
    assert_eq!(types, [Some(name("int")), Some(list), Some(name("float")), Some(optional), Some(union)]);
    let value = TypeExpr::Union(vec![name("int"), TypeExpr::None]);
    assert_eq!(f.returns, Some(TypeExpr::Generic("dict".into(), vec![name("str"), value])));
    let g = &facts.functions[1];
    assert!(g.decorated && g.is_generator);
    assert_eq!(g.decorators[0].path.as_deref(), Some("deco"));
    let defaults: Vec<_> = g.params.iter().map(|param| (param.has_default, param.default.clone())).collect();
    let tuple = Constant::Tuple([Constant::Int(2), Constant::Str("z".into())].into());
    assert_eq!(defaults, [(true, Some(Constant::Int(1))), (true, Some(tuple)), (true, None)]);
}

#[test]
fn dataclasses_are_known_by_where_the_name_comes_from() {
    let source = "from dataclasses import dataclass as record, field\nimport dataclasses\n\
                  @record(order=True, frozen=True)\nclass A:\n    x: int\n    y: float = 0.5\n    z: list[int] = field(default_factory=list)\n    \
                  w: str = field(default='w', compare=False)\n    v: 'A | None' = None\n    def area(self): self.cache = 1\n\
                  @dataclasses.dataclass\nclass B(A): pass\n\
                  @other.dataclass\nclass C: pass\n\
                  class D(A, metaclass=Meta):\n    __slots__ = ('p', '__q')\n    def __init__(self):\n        self.p = self.__q = 1\n";
    let facts = of(source);
    let a = &facts.classes[0];
    let data = a.dataclass.as_ref().expect("a dataclass");
    assert!(data.init && data.eq && data.order && data.frozen && data.exact && !data.slots);
    let defaults: Vec<_> = a.fields.iter().map(|field| field.default.clone()).collect();
    let expected = [
        FieldDefault::Missing,
        FieldDefault::Constant(Constant::Float(0.5)),
        FieldDefault::Factory("list".into()),
        FieldDefault::Dynamic,
        FieldDefault::Constant(Constant::None),
    ];
    assert_eq!(defaults, expected);
    assert_eq!(a.fields[4].annotation, TypeExpr::Union(vec![name("A"), TypeExpr::None]));
    assert_eq!((a.methods[0].name.as_str(), a.self_attributes.as_slice()), ("area", ["cache".to_owned()].as_slice()));
    assert!(facts.classes[1].dataclass.is_some() && facts.classes[2].dataclass.is_none());
    let d = &facts.classes[3];
    assert_eq!(d.slots, Some(vec!["p".to_owned(), "_D__q".to_owned()]));
    assert_eq!(d.self_attributes, ["p", "_D__q"]);
    assert_eq!((d.bases.len(), d.keywords.clone()), (1, vec![Some("metaclass".to_owned())]));
}

#[test]
fn importers_do_not_see_bodies_comments_or_docstrings() {
    let before = "import a\ndef f(x: int) -> int:\n    'Old.'\n    return x\nclass C:\n    'Old.'\n    def m(self):\n        self.x = 1\n";
    let after = "# moved\n\nimport a\n\n\ndef f(x: int) -> int:\n    'New words.'\n    y = x + 1\n    return y\n\n\nclass C:\n    'New.'\n\n    \
                 def m(self):\n        self.x = 2\n";
    assert_ne!(of(before).encode(), of(after).encode());
    assert_eq!(of(before).encode_for_importers(), of(after).encode_for_importers());
    let changed = before.replace("x: int", "x: float");
    assert_ne!(of(before).encode_for_importers(), of(&changed).encode_for_importers());
    let slot = before.replace("self.x", "self.y");
    assert_ne!(of(before).encode_for_importers(), of(&slot).encode_for_importers());
}

#[test]
fn foreign_bytes_are_no_facts() {
    assert_eq!(ModuleFacts::decode(b""), None);
    assert_eq!(ModuleFacts::decode(b"not facts at all"), None);
    let mut bytes = of("x = 1\n").encode();
    bytes.truncate(bytes.len() / 2);
    assert_eq!(ModuleFacts::decode(&bytes), None);
}

/// The uses as `origin path mode@line`, `*` after what is handed on as a value.
fn uses(source: &str) -> Vec<String> {
    let show = |found: &facts::UseFacts| {
        let origin = match found.origin {
            facts::UseOrigin::Unbound => "-".to_owned(),
            facts::UseOrigin::AnyObject => "?".to_owned(),
            facts::UseOrigin::Import { import, root } => format!("{import}{}", if root { "r" } else { "" }),
        };
        let mode = found.mode.as_ref().map(|mode| format!(" {mode:?}")).unwrap_or_default();
        let bound = if found.value { "" } else { " bound" };
        format!("{origin} {}{mode}{bound} @{}", found.path.join("."), found.line)
    };
    of(source).uses.expect("all facts").iter().map(show).collect()
}

#[test]
fn uses_of_imports_are_paths_whatever_variable_holds_the_module() {
    assert_eq!(
        uses(
            "import time\nimport a.b as ab, c.d\nfrom e import f as g\ntime.sleep(1)\nab.x.y()\nc.d.z\n\
             def one():\n    import time as t\n    def two():\n        return t.time()\n    return two, g\n\
             time.zone = 1\nprint(time)\n"
        ),
        ["3 f bound @3", "0 sleep @4", "1 x.y @5", "2r d.z @6", "4 time @10", "3 f @11", "0 zone @12", "0  @13"]
    );
    assert_eq!(uses("class C:\n    import time\n"), ["0  @2"]);
    assert_eq!(uses("import time\ndef f(time): return time\n"), [""; 0]);
    assert_eq!(uses("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import time\n    time.x\n").len(), 2);
}

#[test]
fn uses_of_builtins_show_the_mode_of_open() {
    assert_eq!(
        uses("open('a')\nopen('a', 'w')\nopen('a', mode='rb')\nm = 'r'\nopen('a', m)\nopen(*m)\nprint(open)\nlen(m)\n"),
        ["- open \"r\" @1", "- open \"w\" @2", "- open \"rb\" @3", "- open @5"]
    );
    assert_eq!(uses("_open = open\ndef open(path): return _open(path)\nopen('a')\n"), ["- open @1"]);
    assert_eq!(uses("def open(path): pass\nopen('a')\n"), [""; 0]);
    assert_eq!(
        uses("try:\n    open\nexcept NameError:\n    open = None\nopen('a')\n"),
        ["- open @2", "- open \"r\" @5"]
    );
    assert_eq!(uses("print.__self__.x\nf().g.__globals__\n"), ["? __self__ @1", "? __globals__ @2"]);
    assert_eq!(uses("from m import *\ntime.time()\n"), ["0 * bound @1", "- time.time @2"]);
}

#[test]
fn importers_do_not_depend_on_uses() {
    assert_eq!(of("def f(): return 1\n").encode_for_importers(), of("def f(): return open\n").encode_for_importers());
}
