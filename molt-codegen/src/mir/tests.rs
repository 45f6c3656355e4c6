//! Tests of the text form, the verifier and the analyses.

use super::parse::{parse_function, parse_module};
use super::print::{function_text, module_text};
use super::verify::verify_module;
use super::*;

const LOOP: &str = r#"module "m" file "m.py" package 0 ics 1
c0 = str "f"
c1 = str "a\x0ab\"\\"
c2 = bigint "-123456789012345678901234567890"
c3 = word 0xffff000000000003
c4 = tuple [c0 c3]
g0 = c0 known k0 ; f
k0 = code0
code0 = name c0 qualname c0 args 2 0 0 flags 0x3 line 1 doc _ known k0 class _ frame 0 entry f0 resume _ ; f
  vars [c0 c0] cells [] frees []
  at [1:0 1:5 2:4 2:9]

; f
f0 = fn code0 direct "molt$m$f" -> boxed entry b0 {
b0(v0: val, v1: val):
  v2: val = const[c4]
  v3: i64 = i64.const[-7]
  jump b1(v2, v3)
b1(v4: val, v5: i64):
  v6: val = add v4, v0 ! b3() @0
  v7: i64 = i64.add_checked v5, v3 ! b4(v6)
  v8: bool = i64.cmp[lt] v7, v3
  v9: val = get_attr v6, c0, ic0 ! b3() @1 ; "f"
  v10: val, v11: val = unpack v9 ! b3() @1
  keep.alive v10, v11
  branch v8, b1(v6, v7), b2(v6)
b2(v12: val):
  return v12
b3(v13: i64) landing cold:
  traceback #0, v13
  return_error
b4(v14: val) cold:
  raise v14 ! b3() @1
  unreachable
}
"#;

#[test]
fn text_round_trips() {
    let module = parse_module(LOOP).unwrap();
    assert_eq!(verify_module(&module), vec![]);
    assert_eq!(module_text(&module), LOOP);
}

#[test]
fn every_operation_round_trips() {
    for (name, op) in print::SIMPLE {
        assert_eq!(print::op_text(op), *name);
    }
    for (name, _) in print::SIMPLE {
        assert!(molt_abi::intrinsic::Intrinsic::by_name(name).is_none(), "{name} is also a row");
    }
    let imms = [
        "word[0x2]",
        "const[c3]",
        "i64.const[-9223372036854775808]",
        "f64.const[0x3ff0000000000000]",
        "bool.const[1]",
        "is.kind[list]",
        "guard.kind[dict]",
        "guard.type[k2]",
        "check.local[c1]",
        "check.free[c1]",
        "check.global[g1]",
        "i64.cmp[ult]",
        "f64.cmp[ge]",
        "mem.load[i64 payload 24]",
        "mem.store[slot -8]",
        "global.load[g1]",
        "global.store[g1]",
        "global.store_fast[g1]",
        "known.load[k1]",
        "known.extern[ext1]",
        "known.builtin[3]",
        "slot.load[2]",
        "slot.store[2]",
        "cell.closure[1]",
        "call.direct[f1]",
        "call.special[ext1]",
        "frame.load[f64 3]",
        "frame.store[3]",
        "gen.suspend[1 2]",
    ];
    for text in imms {
        let source = format!("fn code0 direct \"x\" -> boxed entry b0 {{\nb0():\n  {text}\n  unreachable\n}}\n");
        let function = parse_function(&source).unwrap();
        assert_eq!(function_text(&function, None), source);
    }
}

#[test]
fn dominators_and_loops() {
    let module = parse_module(LOOP).unwrap();
    let f = &module.functions[FuncId(0)];
    let cfg = Cfg::new(f);
    let dom = Dominators::new(&cfg);
    assert!(dom.dominates(Block(1), Block(3)));
    assert!(!dom.dominates(Block(4), Block(3)));
    assert_eq!(dom.loop_headers(), vec![Block(1)]);
    assert_eq!(dom.natural_loop(Block(1)), vec![Block(1)]);
}

#[test]
fn liveness_follows_exit_edges() {
    let module = parse_module(LOOP).unwrap();
    let f = &module.functions[FuncId(0)];
    let cfg = Cfg::new(f);
    let live = Liveness::new(f, &cfg);
    let live_in: Vec<Value> = live.live_in[Block(1)].iter().collect();
    assert_eq!(live_in, vec![Value(0), Value(3)]);
    assert_eq!(live.live_out[Block(1)].iter().collect::<Vec<_>>(), vec![Value(0), Value(3)]);
    assert_eq!(live.live_in[Block(4)].iter().count(), 0);
}

fn broken(change: impl FnOnce(String) -> String) -> String {
    let module = parse_module(&change(LOOP.to_string())).unwrap();
    let errors = verify_module(&module);
    errors.iter().map(|e| e.to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn verifier_finds_violations() {
    assert!(broken(|t| t.replace("v6: val = add v4, v0 ! b3() @0", "v6: val = add v4, v0")).contains("no exit edge"));
    assert!(broken(|t| t.replace("return v12", "return v9")).is_empty());
    assert!(broken(|t| t.replace("return v12", "return v14")).contains("does not reach"));
    assert!(broken(|t| t.replace("jump b1(v2, v3)", "jump b1(v2)")).contains("takes 2 arguments"));
    assert!(broken(|t| t.replace("jump b1(v2, v3)", "jump b1(v3, v3)")).contains("another type"));
    assert!(broken(|t| t.replace("add v4, v0", "add v4, v3")).contains("does not fit Val"));
    assert!(broken(|t| t.replace("! b4(v6)", "! b4(v0)")).is_empty());
    assert!(broken(|t| t.replace("ics 1", "ics 0")).contains("does not fit Ic"));
    assert!(broken(|t| t.replace("! b4(v6)", "! b3()")).contains("without exception"));
    assert!(broken(|t| t.replace("branch v8,", "branch v7,")).contains("branch on no bool"));
}

#[test]
fn bad_text_is_an_error_with_a_line() {
    let error = parse_module("module \"m\" file \"f\" package 0 ics 0\nc1 = str \"x\"\n").unwrap_err();
    assert_eq!(error.line, 2);
    for cut in 0..LOOP.len() {
        if LOOP.is_char_boundary(cut) {
            let _ = parse_module(&LOOP[..cut]).map(|m| verify_module(&m));
        }
    }
}

#[test]
fn value_sets_agree_with_ordered_sets() {
    use std::collections::BTreeSet;
    let mut seed = 7u32;
    let mut random = |limit: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % limit
    };
    for _ in 0..200 {
        let mut sets = [(ValueSet::default(), BTreeSet::new()), (ValueSet::default(), BTreeSet::new())];
        for _ in 0..60 {
            let (set, model) = &mut sets[random(2) as usize];
            let v = Value(random(400));
            if random(4) == 0 {
                set.remove(v);
                model.remove(&v);
            } else {
                assert_eq!(set.insert(v), model.insert(v));
            }
            assert!(set.contains(v) == model.contains(&v) && set.is_empty() == model.is_empty());
        }
        let [(a, a_model), (b, b_model)] = sets;
        let (mut union, mut meet) = (a.clone(), a.clone());
        assert_eq!(union.union(&b), !b_model.is_subset(&a_model));
        assert_eq!(meet.intersect(&b), !a_model.is_subset(&b_model));
        assert!(union.iter().eq(a_model.union(&b_model).copied()));
        assert!(meet.iter().eq(a_model.intersection(&b_model).copied()));
        assert_eq!(
            meet,
            a_model.intersection(&b_model).fold(ValueSet::default(), |mut s, v| {
                s.insert(*v);
                s
            })
        );
    }
}
