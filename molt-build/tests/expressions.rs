//! A property: random functions over ints and bools compute what an evaluator of this file computes, with the code of release and of
//! debug builds, called through a list, with unboxed arguments from a loop, and with values that leave the fast path.
//!
//! The programs are the same in each run; `MOLT_EXPRESSIONS=SEED` makes others.

mod support;

use std::fmt::Write as _;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use support::{folder, molt, succeed};

const FUNCTIONS: usize = 80;
/// The parameters, and the locals that the statements before bind.
const NAMES: [&str; 5] = ["a", "b", "c", "x", "y"];
/// Values on both sides of every limit of the representation: 48 bits, 64 bits, 127 bits.
const ARGUMENTS: [&str; 12] = [
    "0",
    "1",
    "-1",
    "7",
    "-13",
    "140737488355327",
    "-140737488355328",
    "9223372036854775807",
    "-9223372036854775808",
    "170141183460469231731687303715884105728",
    "True",
    "False",
];

enum Expr {
    Name(usize),
    Const(i64),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `left << (right & 15)`, or `>>`.
    Shift(&'static str, Box<Expr>, Box<Expr>),
    Square(Box<Expr>),
    Negative(Box<Expr>),
    Not(Box<Expr>),
    Bool(&'static str, Box<Expr>, Box<Expr>),
    Chain(Box<Expr>, [(&'static str, Box<Expr>); 2]),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
}

#[derive(Clone)]
struct Value {
    int: BigInt,
    is_bool: bool,
}

impl Value {
    fn int(int: BigInt) -> Value {
        Value { int, is_bool: false }
    }

    fn bool(bit: bool) -> Value {
        Value { int: BigInt::from(u8::from(bit)), is_bool: true }
    }

    fn truth(&self) -> bool {
        !self.int.is_zero()
    }
}

/// The name of the exception is all that can go wrong.
type Result = std::result::Result<Value, &'static str>;

fn eval(expr: &Expr, names: &[Value]) -> Result {
    let int = |expr: &Expr| eval(expr, names);
    Ok(match expr {
        Expr::Name(index) => names[*index].clone(),
        Expr::Const(n) => Value::int(BigInt::from(*n)),
        Expr::Binary(op, left, right) => {
            let (left, right) = (int(left)?, int(right)?);
            let bools = left.is_bool && right.is_bool;
            let (a, b) = (left.int, right.int);
            match *op {
                "+" => Value::int(a + b),
                "-" => Value::int(a - b),
                "*" => Value::int(a * b),
                "//" | "%" if b.is_zero() => return Err("ZeroDivisionError"),
                "//" => Value::int(a.div_floor(&b)),
                "%" => Value::int(a.mod_floor(&b)),
                _ => {
                    let bits = match *op {
                        "&" => a & b,
                        "|" => a | b,
                        _ => a ^ b,
                    };
                    Value { int: bits, is_bool: bools }
                }
            }
        }
        Expr::Shift(op, left, right) => {
            let (left, right) = (int(left)?.int, int(right)?.int);
            let count = (right & BigInt::from(15)).to_u32().unwrap_or_default();
            Value::int(if *op == "<<" { left << count } else { left.div_floor(&(BigInt::one() << count)) })
        }
        Expr::Square(operand) => Value::int(int(operand)?.int.pow(2)),
        Expr::Negative(operand) => Value::int(-int(operand)?.int),
        Expr::Not(operand) => Value::bool(!int(operand)?.truth()),
        Expr::Bool(op, left, right) => {
            let left = int(left)?;
            if left.truth() == (*op == "or") { left } else { int(right)? }
        }
        Expr::Chain(first, rest) => {
            let mut left = int(first)?;
            for (op, right) in rest {
                let right = int(right)?;
                if !compare(op, &left.int, &right.int) {
                    return Ok(Value::bool(false));
                }
                left = right;
            }
            Value::bool(true)
        }
        Expr::If(test, then, other) => int(if int(test)?.truth() { then } else { other })?,
    })
}

fn compare(op: &str, a: &BigInt, b: &BigInt) -> bool {
    match op {
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        "==" => a == b,
        _ => a != b,
    }
}

fn text(expr: &Expr) -> String {
    match expr {
        Expr::Name(index) => NAMES[*index].to_owned(),
        Expr::Const(n) => format!("({n})"),
        Expr::Binary(op, a, b) | Expr::Bool(op, a, b) => format!("({} {op} {})", text(a), text(b)),
        Expr::Shift(op, a, b) => format!("({} {op} ({} & 15))", text(a), text(b)),
        Expr::Square(a) => format!("({} ** 2)", text(a)),
        Expr::Negative(a) => format!("(-{})", text(a)),
        Expr::Not(a) => format!("(not {})", text(a)),
        Expr::Chain(a, [(x, b), (y, c)]) => format!("({} {x} {} {y} {})", text(a), text(b), text(c)),
        Expr::If(test, then, other) => format!("({} if {} else {})", text(then), text(test), text(other)),
    }
}

/// Xorshift: the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn expr(&mut self, depth: usize, names: usize) -> Expr {
        if depth == 0 {
            return match self.below(3) {
                0 => Expr::Const(self.of(&[0, 1, 2, 3, -1, -7, 10, 255, 1 << 31, 1 << 46, -(1 << 47)])),
                _ => Expr::Name(self.below(names)),
            };
        }
        let compare = ["<", "<=", ">", ">=", "==", "!="];
        let which = self.below(16);
        let mut part = || Box::new(self.expr(depth - 1, names));
        match which {
            0..=6 => {
                let (a, b) = (part(), part());
                Expr::Binary(self.of(&["+", "-", "*", "//", "%", "&", "|", "^"]), a, b)
            }
            7 => {
                let (a, b) = (part(), part());
                Expr::Shift(self.of(&["<<", ">>"]), a, b)
            }
            8 => Expr::Square(part()),
            9 => Expr::Negative(part()),
            10 => Expr::Not(part()),
            11 | 12 => {
                let (a, b) = (part(), part());
                Expr::Bool(self.of(&["and", "or"]), a, b)
            }
            13 => {
                let (a, b, c) = (part(), part(), part());
                Expr::Chain(a, [(self.of(&compare), b), (self.of(&compare), c)])
            }
            _ => Expr::If(part(), part(), part()),
        }
    }
}

/// What the program prints of an outcome.
fn shown(result: &Result) -> String {
    match result {
        Ok(value) => {
            let kind = if value.is_bool { "bool" } else { "int" };
            format!("{kind} {}", value.int.mod_floor(&BigInt::from(1_000_003)))
        }
        Err(name) => (*name).to_owned(),
    }
}

fn call(function: &[Expr; 3], arguments: [Value; 3]) -> Result {
    let mut names = arguments.to_vec();
    for statement in function {
        names.push(eval(statement, &names)?);
    }
    Ok(names.swap_remove(5))
}

fn argument(text: &str) -> Value {
    match text {
        "True" => Value::bool(true),
        "False" => Value::bool(false),
        _ => Value::int(text.parse().expect("an int")),
    }
}

const HEAD: &str = "def shown(r):\n    return f'{type(r).__name__} {r % 1000003}'\n\n";

#[test]
fn random_functions_compute_what_they_say() {
    let seed = std::env::var("MOLT_EXPRESSIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(20_240_917);
    let mut random = Random(seed);
    let (mut program, mut expected) = (HEAD.to_owned(), String::new());
    for number in 0..FUNCTIONS {
        let function = [random.expr(3, 3), random.expr(3, 4), random.expr(3, 5)];
        let [x, y, result] = function.each_ref().map(text);
        let _ = write!(program, "def f{number}(a, b, c):\n    x = {x}\n    y = {y}\n    return {result}\n\n");
        // Called directly, with ints from a loop.
        let _ = write!(
            program,
            "def loop{number}():\n    total = 0\n    for i in range(-6, 9):\n        try:\n            total = total * 31 + f{number}(i, 5 - i, 3)\n        \
             except ZeroDivisionError:\n            total -= 1\n    return total\n\nprint({number}, shown(loop{number}()))\n\n"
        );
        let mut total = BigInt::zero();
        for i in -6..9 {
            let ints = [i, 5 - i, 3].map(|n: i64| Value::int(BigInt::from(n)));
            match call(&function, ints) {
                Ok(value) => total = total * 31 + value.int,
                Err(_) => total -= 1,
            }
        }
        assert!(total.abs().bits() < 1 << 22, "the numbers of function {number} grow too large to be a test");
        let _ = writeln!(expected, "{number} {}", shown(&Ok(Value::int(total))));
        // Called through its name in a list, with whatever values.
        let cases: Vec<[&str; 3]> = (0..12).map(|_| std::array::from_fn(|_| random.of(&ARGUMENTS))).collect();
        let rows: Vec<String> = cases.iter().map(|case| format!("({})", case.join(", "))).collect();
        let _ = write!(
            program,
            "for f in [f{number}]:\n    for args in [{}]:\n        try:\n            print(args, shown(f(*args)))\n        \
             except ZeroDivisionError as e:\n            print(args, type(e).__name__)\n\n",
            rows.join(", ")
        );
        for (case, row) in cases.iter().zip(&rows) {
            let _ = writeln!(expected, "{row} {}", shown(&call(&function, case.map(argument))));
        }
    }
    let dir = folder(&[("main.py", &program)]);
    for flags in [&["--release"][..], &[]] {
        let printed = succeed(molt(dir.path()).arg("run").args(flags).args(["--no-cache", "main.py"]));
        if let Some((want, got)) = expected.lines().zip(printed.lines()).find(|(want, got)| want != got) {
            let number = expected.lines().position(|line| line == want).unwrap_or_default() / 13;
            let start = program.find(&format!("def f{number}(")).unwrap_or_default();
            let source: Vec<&str> = program[start..].lines().take(4).collect();
            panic!("seed {seed}, {flags:?}: expected `{want}`, got `{got}`:\n{}", source.join("\n"));
        }
        assert_eq!(printed.lines().count(), expected.lines().count(), "{flags:?}");
    }
}
