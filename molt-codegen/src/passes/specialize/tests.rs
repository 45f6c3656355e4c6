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

#[test]
fn a_sum_over_a_range_runs_on_machine_ints() {
    let text = specialized(SUM);
    for op in ["guard.same", "i64.cmp[lt]", "i64.add_checked"] {
        assert!(text.contains(op), "{op} is missing in\n{text}");
    }
    assert!(text.contains("get_iter"), "the generic path must remain:\n{text}");
}
