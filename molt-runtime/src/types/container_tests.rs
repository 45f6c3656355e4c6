//! Containers through the operations that programs use, against what CPython 3.12 answers with `PYTHONHASHSEED=0`.

use crate::object::{dict, list, set, tuple};
use crate::ops::operators::BinOp;
use crate::types::spec::CmpOp;
use crate::{Obj, R, Rt};

fn ok<T>(rt: &Rt, result: R<T>) -> T {
    match result {
        Ok(value) => value,
        Err(_) => panic!("{:?}", pending(rt)),
    }
}

fn pending(rt: &Rt) -> String {
    match rt.take_exception() {
        Some(e) => format!("{}: {}", rt.type_name(&e), ok(rt, rt.str_text(&e))),
        None => "nothing pending".to_owned(),
    }
}

fn failure<T>(rt: &Rt, result: R<T>) -> String {
    assert!(result.is_err());
    pending(rt)
}

fn ints(rt: &Rt, values: &[i64]) -> Vec<Obj> {
    values.iter().map(|n| rt.int(*n)).collect()
}

fn repr(rt: &Rt, obj: &Obj) -> String {
    ok(rt, rt.repr_text(obj))
}

fn method(rt: &Rt, obj: &Obj, name: &str, args: &[Obj]) -> R {
    let f = rt.get_attr_text(obj, name)?;
    rt.call(&f, args)
}

#[test]
fn lists() {
    let rt = &*Rt::new();
    let l = list::new(rt, ints(rt, &[3, 1, 2]));
    ok(rt, method(rt, &l, "append", &ints(rt, &[7])));
    ok(rt, method(rt, &l, "insert", &ints(rt, &[0, 9])));
    assert_eq!(repr(rt, &l), "[9, 3, 1, 2, 7]");
    ok(rt, method(rt, &l, "sort", &[]));
    assert_eq!(repr(rt, &l), "[1, 2, 3, 7, 9]");
    assert_eq!(repr(rt, &ok(rt, rt.get_item(&l, &rt.int(-1)))), "9");
    assert_eq!(failure(rt, rt.get_item(&l, &rt.int(5))), "IndexError: list index out of range");
    assert_eq!(
        failure(rt, rt.get_item(&l, &rt.str("a"))),
        "TypeError: list indices must be integers or slices, not str"
    );
    let none = Obj::none();
    let every_other = crate::object::slice::new(rt, none.clone(), none, rt.int(-2));
    assert_eq!(repr(rt, &ok(rt, rt.get_item(&l, &every_other))), "[9, 3, 1]");
    ok(rt, rt.del_item(&l, &every_other));
    assert_eq!(repr(rt, &l), "[2, 7]");
    ok(rt, method(rt, &l, "append", std::slice::from_ref(&l)));
    assert_eq!(repr(rt, &l), "[2, 7, [...]]");
    ok(rt, method(rt, &l, "pop", &[]));
    let sum = ok(rt, rt.binary(BinOp::Add, &l, &list::new(rt, ints(rt, &[1]))));
    assert_eq!(repr(rt, &ok(rt, rt.binary(BinOp::Mul, &sum, &rt.int(2)))), "[2, 7, 1, 2, 7, 1]");
    assert_eq!(
        failure(rt, rt.binary(BinOp::Add, &l, &rt.empty_tuple())),
        "TypeError: can only concatenate list (not \"tuple\") to list"
    );
    assert!(ok(rt, rt.compare_true(&l, &sum, CmpOp::Lt)));
    assert_eq!(failure(rt, method(rt, &l, "remove", &ints(rt, &[5]))), "ValueError: list.remove(x): x not in list");
    assert_eq!(failure(rt, method(rt, &l, "index", &ints(rt, &[5]))), "ValueError: 5 is not in list");
}

#[test]
fn dicts() {
    let rt = &*Rt::new();
    let d = dict::new(rt);
    for (key, n) in [("b", 1), ("a", 2), ("c", 3)] {
        ok(rt, rt.set_item(&d, &rt.str(key), &rt.int(n)));
    }
    ok(rt, rt.set_item(&d, &Obj::float(1.0), &rt.int(4)));
    ok(rt, rt.set_item(&d, &rt.int(1), &rt.int(5)));
    assert_eq!(repr(rt, &d), "{'b': 1, 'a': 2, 'c': 3, 1.0: 5}");
    ok(rt, rt.del_item(&d, &rt.str("a")));
    assert_eq!(failure(rt, rt.get_item(&d, &rt.str("a"))), "KeyError: 'a'");
    assert_eq!(failure(rt, rt.get_item(&d, &list::new(rt, vec![]))), "TypeError: unhashable type: 'list'");
    let keys = ok(rt, method(rt, &d, "keys", &[]));
    assert_eq!(repr(rt, &keys), "dict_keys(['b', 'c', 1.0])");
    let items = ok(rt, method(rt, &d, "items", &[]));
    assert_eq!(repr(rt, &items), "dict_items([('b', 1), ('c', 3), (1.0, 5)])");
    let iterator = ok(rt, rt.iter(&d));
    assert!(ok(rt, rt.next(&iterator)).is_some());
    ok(rt, rt.set_item(&d, &rt.str("z"), &rt.int(1)));
    assert_eq!(failure(rt, rt.next(&iterator)), "RuntimeError: dictionary changed size during iteration");
    let other = ok(rt, method(rt, &d, "copy", &[]));
    assert!(ok(rt, rt.compare_true(&d, &other, CmpOp::Eq)));
    assert_eq!(repr(rt, &ok(rt, method(rt, &d, "popitem", &[]))), "('z', 1)");
    assert!(!ok(rt, rt.compare_true(&d, &other, CmpOp::Eq)));
}

#[test]
fn sets_iterate_in_the_order_of_cpython() {
    let rt = &*Rt::new();
    let s = set::new(rt);
    for n in [5, 3, 100, -1, 64, 8, 1 << 40, 17, 33, 2] {
        ok(rt, method(rt, &s, "add", &ints(rt, &[n])));
    }
    assert_eq!(repr(rt, &s), "{64, 1099511627776, 33, 3, 100, 5, 2, 8, 17, -1}");
    let words = set::new(rt);
    for word in ["apple", "banana", "cherry", "date", "elderberry", "fig", "grape"] {
        ok(rt, method(rt, &words, "add", &[rt.str(word)]));
    }
    assert_eq!(repr(rt, &words), "{'banana', 'apple', 'cherry', 'fig', 'date', 'grape', 'elderberry'}");
    let few = set::new(rt);
    for n in [5, 64, 7] {
        ok(rt, method(rt, &few, "add", &ints(rt, &[n])));
    }
    assert_eq!(repr(rt, &ok(rt, rt.binary(BinOp::And, &s, &few))), "{64, 5}");
    assert_eq!(repr(rt, &ok(rt, rt.binary(BinOp::Sub, &few, &s))), "{7}");
    assert_eq!(failure(rt, method(rt, &s, "remove", &ints(rt, &[77]))), "KeyError: 77");
}

#[test]
fn tuples_ranges_and_lazy_iterators() {
    let rt = &*Rt::new();
    let t = tuple::new(rt, ints(rt, &[1, 2]));
    assert_eq!(repr(rt, &t), "(1, 2)");
    assert_eq!(ok(rt, rt.hash(&t)), -3550055125485641917);
    assert_eq!(repr(rt, &tuple::new(rt, ints(rt, &[1]))), "(1,)");
    let r = ok(rt, crate::types::range::make(rt, &rt.int(0), &rt.int(10), &rt.int(3)));
    assert_eq!(repr(rt, &r), "range(0, 10, 3)");
    assert_eq!(ok(rt, rt.collect(&r)).len(), 4);
    assert_eq!(repr(rt, &ok(rt, rt.get_item(&r, &rt.int(-1)))), "9");
    let zip = rt.spec_type(&crate::types::lazy::ZIP).as_obj();
    let zipped = ok(rt, rt.call(&zip, &[r, t]));
    assert_eq!(repr(rt, &list::new(rt, ok(rt, rt.collect(&zipped)))), "[(0, 1), (3, 2)]");
}
