//! The specialiser on small functions: what is verified, and that the fast path is there.

use crate::mir::parse::parse_module;
use crate::mir::print::module_text;
use crate::mir::verify::verify_module;
use crate::passes::simplify;

const SUM: &str = r#"module "m" file "m.py" package 0 ics 0
c0 = str "f"
c1 = str "range"
c2 = str "n"
g0 = c0 known k0 ; f
g1 = c1 known _ ; range
k0 = code1
code0 = name c0 qualname c0 args 0 0 0 flags 0x0 line 1 doc _ known _ class _ frame 0 entry f0 resume _ ; f
  vars [] cells [] frees []
  at []
code1 = name c0 qualname c0 args 1 0 0 flags 0x3 line 1 doc _ known k0 class _ frame 0 entry f1 resume _ ; f
  vars [c2] cells [] frees []
  at [1:0 1:5 2:4 2:9]

; <module>
f0 = fn code0 direct "molt$m$" -> boxed entry b0 {
b0():
  v0: val = word[0x2]
  return v0
}

; f
f1 = fn code1 direct "molt$m$f" -> boxed entry b0 {
b0(v0: val):
  v1: val = global.load[g1]
  check.global[g1] v1 ! b4() @0
  v2: val = call v1, _, v0 ! b4() @0
  v3: val = get_iter v2 ! b4() @0
  v4: val = word[0xffff000000000000]
  jump b1(v4)
b1(v5: val):
  v6: val = iter_next v3 ! b4() @1
  v7: bool = is.stop v6
  branch v7, b3(), b2()
b2():
  v8: val = iadd v5, v6 ! b4() @1
  poll ! b4() @1
  jump b1(v8)
b3():
  return v5
b4(v9: i64) landing cold:
  traceback #1, v9
  return_error
}
"#;

/// Specialises and simplifies; the text of the module.
fn specialized(source: &str) -> String {
    let mut module = parse_module(source).expect("the source parses");
    assert_eq!(verify_module(&module), vec![], "before");
    super::run(&mut module);
    assert_eq!(verify_module(&module), vec![], "after:\n{}", module_text(&module));
    simplify::run(&mut module);
    assert_eq!(verify_module(&module), vec![], "simplified:\n{}", module_text(&module));
    module_text(&module)
}

/// `def f(n)`: the lines after the entry block's head, up to the landing block `LAND`. `v0` is the parameter; ids go on from there.
fn function(body: &str) -> String {
    let start = SUM.find("b0(v0: val):").expect("the function's entry");
    let blocks = 1 + body.lines().filter(|line| line.starts_with('b')).count();
    let values =
        1 + body.matches(": val = ").count() + body.matches(": bool = ").count() + body.matches(": val)").count();
    let body = body.replace("LAND", &format!("b{blocks}()"));
    format!(
        "{}b0(v0: val):\n{body}b{blocks}(v{values}: i64) landing cold:\n  traceback #1, v{values}\n  return_error\n}}\n",
        &SUM[..start]
    )
}

/// The blocks of `f`: whether each is cold, and its lines.
fn blocks(text: &str) -> Vec<(bool, Vec<&str>)> {
    let f = &text[text.find("f1 = fn").expect("the function is there")..];
    let mut blocks: Vec<(bool, Vec<&str>)> = Vec::new();
    for line in f.lines().skip(1).take_while(|line| *line != "}") {
        match line.strip_prefix("  ") {
            Some(inst) => blocks.last_mut().expect("a block begins first").1.push(inst),
            None => blocks.push((line.contains("cold"), Vec::new())),
        }
    }
    blocks
}

/// How many instructions with this operation stand in hot blocks, and how many in cold ones.
fn count(text: &str, op: &str) -> (usize, usize) {
    let has = |line: &&&str| line.split([' ', '(']).any(|word| word == op);
    let counted = blocks(text).into_iter().map(|(cold, lines)| (cold, lines.iter().filter(has).count()));
    counted.fold((0, 0), |(hot, cold), (is_cold, n)| if is_cold { (hot, cold + n) } else { (hot + n, cold) })
}

#[test]
fn operands_of_one_kind_bias_what_follows() {
    // a * a, then that times a: after the first test nothing but the kind it found is tested for.
    let text = specialized(&function(
        "  v1: val = mul v0, v0 ! LAND @0\n  v2: val = get_item v0, v0 ! LAND @0\n  v3: val = sub v2, v2 ! LAND @1\n  return v3\n",
    ));
    // `v0` is subscripted, so it is no number and not tested at all; its item is.
    assert_eq!(count(&text, "i64.mul_checked"), (0, 0), "{text}");
    assert_eq!(count(&text, "i64.sub_checked"), (1, 0), "{text}");
    assert_eq!(count(&text, "f64.sub"), (1, 0), "{text}");
}

#[test]
fn cold_paths_do_the_operation_once_and_return() {
    let text = specialized(&function(
        "  v1: val = word[0xffff000000000001]\n  v2: val = word[0xffff000000000000]\n  jump b1(v2)\nb1(v3: val):\n  \
         v4: bool = lt_true v3, v0 ! LAND @0\n  branch v4, b2(), b3()\nb2():\n  v5: val = iadd v3, v1 ! LAND @1\n  \
         poll ! LAND @1\n  jump b1(v5)\nb3():\n  return v3\n",
    ));
    // The hot loop compares and adds machine ints, polls by a guard, and tests the parameter before it begins.
    assert!(count(&text, "i64.add_checked").0 >= 1 && count(&text, "guard.quiet").0 >= 1, "{text}");
    let hot_loop = blocks(&text).into_iter().find(|(_, lines)| lines.iter().any(|l| l.starts_with("guard.quiet")));
    assert!(hot_loop.is_some_and(|(cold, lines)| !cold && !lines.iter().any(|l| l.contains("guard.int"))), "{text}");
    // The operation in full generality is on cold paths and in generic versions.
    assert!(count(&text, "poll").1 >= 1, "{text}");
    assert!(count(&text, "int_add_slow") == (0, 1), "beyond 64 bits: one cold call\n{text}");
}

#[test]
fn versions_are_bounded() {
    // Eight unknown operands in a row, each of which may be an int, a float or anything.
    let mut body = String::new();
    for i in 1..9 {
        body.push_str(&format!("  v{i}: val = get_item v0, v0 ! LAND @0\n"));
    }
    body.push_str("  v9: val = mul v1, v2 ! LAND @1\n");
    for i in 2..8 {
        body.push_str(&format!("  v{}: val = mul v{}, v{} ! LAND @1\n", i + 8, i + 7, i + 1));
    }
    body.push_str("  return v15\n");
    let text = specialized(&function(&body));
    let count = blocks(&text).iter().filter(|(cold, lines)| !cold && !lines.is_empty()).count();
    assert!(count < 60, "{count} hot blocks:\n{text}");
}

#[test]
fn a_sum_over_a_range_runs_on_machine_ints() {
    let text = specialized(SUM);
    for op in ["guard.same", "i64.cmp[lt]", "i64.add_checked"] {
        assert!(text.contains(op), "{op} is missing in\n{text}");
    }
    assert!(text.contains("get_iter"), "the generic path must remain:\n{text}");
}
