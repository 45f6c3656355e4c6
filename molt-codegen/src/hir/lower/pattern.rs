//! `match`: each case becomes a branch whose test is a sequence of primitive checks and bindings ([`MatchOp`]).
//!
//! Invariant: names are bound only after the whole pattern matched and before the guard is evaluated, as in CPython; until then
//! captured values are in temporaries.

use super::*;
use ruff_python_ast::{Expr as Syntax, Pattern, PatternMatchClass, PatternMatchMapping, Singleton, StmtMatch};

/// What a pattern has captured so far: name, temporary, place.
type Captures = Vec<(String, LocalId, Span)>;

impl Lowerer<'_> {
    pub(super) fn match_stmt(&mut self, stmt: &StmtMatch, out: &mut Block) {
        let span = Span::from(stmt.range);
        let value = self.expr(&stmt.subject);
        let subject = self.temp();
        let target = temp_target(subject, value.span);
        out.push(Stmt { kind: StmtKind::Assign { targets: vec![target], value }, span });
        let mut branches = Vec::new();
        for case in &stmt.cases {
            let (mut tests, mut captures) = (Vec::new(), Captures::new());
            self.pattern(&case.pattern, subject, &mut tests, &mut captures);
            for (name, temp, at) in captures {
                let target = Target { kind: TargetKind::Name(self.store(&name, Some(Binding::Assign))), span: at };
                tests.push(bind(target, temp_value(temp, at), at));
            }
            tests.extend(case.guard.as_deref().map(|guard| self.expr(guard)));
            let at = Span::from(case.pattern.range());
            let test = conjunction(tests, at);
            self.frame().conditions += 1;
            let body = self.block(&case.body);
            self.frame().conditions -= 1;
            branches.push(Branch { test, body });
        }
        out.push(Stmt { kind: StmtKind::If { branches, orelse: Block::new() }, span });
    }

    fn pattern(&mut self, pattern: &Pattern, subject: LocalId, tests: &mut Vec<Expr>, captures: &mut Captures) {
        let span = Span::from(pattern.range());
        match pattern {
            Pattern::MatchValue(value) => {
                let right = self.expr(&value.value);
                tests.push(compare(temp_value(subject, span), CmpOp::Eq, right, span));
            }
            Pattern::MatchSingleton(singleton) => {
                let constant = match singleton.value {
                    Singleton::None => Constant::None,
                    Singleton::True => Constant::True,
                    Singleton::False => Constant::False,
                };
                let right = Expr::constant(constant, span);
                tests.push(compare(temp_value(subject, span), CmpOp::Is, right, span));
            }
            Pattern::MatchSequence(sequence) => self.sequence(&sequence.patterns, span, subject, tests, captures),
            Pattern::MatchMapping(mapping) => self.mapping(mapping, subject, tests, captures),
            Pattern::MatchClass(class) => self.class_pattern(class, subject, tests, captures),
            Pattern::MatchStar(star) => {
                if let Some(name) = &star.name {
                    captures.push((name.to_string(), subject, span));
                }
            }
            Pattern::MatchAs(capture) => {
                if let Some(inner) = &capture.pattern {
                    self.pattern(inner, subject, tests, captures);
                }
                if let Some(name) = &capture.name {
                    captures.push((name.to_string(), subject, span));
                }
            }
            Pattern::MatchOr(alternatives) => {
                let mut shared: Option<Captures> = None;
                let mut choices = Vec::new();
                for alternative in &alternatives.patterns {
                    let (mut own_tests, mut own) = (Vec::new(), Captures::new());
                    self.pattern(alternative, subject, &mut own_tests, &mut own);
                    let shared = shared.get_or_insert_with(|| {
                        own.iter().map(|(name, _, at)| (name.clone(), self.temp(), *at)).collect()
                    });
                    for (name, temp, at) in own {
                        if let Some((_, common, _)) = shared.iter().find(|(other, ..)| *other == name) {
                            own_tests.push(bind(temp_target(*common, at), temp_value(temp, at), at));
                        }
                    }
                    choices.push(conjunction(own_tests, Span::from(alternative.range())));
                }
                tests.push(match choices.len() {
                    1 => choices.remove(0),
                    _ => Expr { kind: ExprKind::Or(choices), span },
                });
                captures.extend(shared.unwrap_or_default());
            }
        }
    }

    fn sequence(
        &mut self,
        patterns: &[Pattern],
        span: Span,
        subject: LocalId,
        tests: &mut Vec<Expr>,
        captures: &mut Captures,
    ) {
        tests.push(operation(MatchOp::IsSequence(Box::new(temp_value(subject, span))), span));
        let star = patterns.iter().position(|pattern| pattern.is_match_star());
        let count = patterns.len() as u32;
        if star.is_none() || count > 1 {
            let value = Box::new(temp_value(subject, span));
            let count = count - u32::from(star.is_some());
            tests.push(operation(MatchOp::Len { value, count, at_least: star.is_some() }, span));
        }
        let star_is_wildcard = patterns.iter().any(|p| p.as_match_star().is_some_and(|star| star.name.is_none()));
        if patterns.iter().all(is_wildcard) {
            return;
        }
        if let (Some(star), true) = (star, star_is_wildcard) {
            // Items are read by index: what the star stands for is never copied.
            for (index, pattern) in patterns.iter().enumerate().filter(|(_, pattern)| !is_wildcard(pattern)) {
                let at = Span::from(pattern.range());
                let from_end = index > star;
                let index = if from_end { patterns.len() - index } else { index } as u32;
                let value = Box::new(temp_value(subject, at));
                let item = operation(MatchOp::Item { value, index, from_end }, at);
                let temp = self.temp();
                tests.push(bind(temp_target(temp, at), item, at));
                self.pattern(pattern, temp, tests, captures);
            }
            return;
        }
        let temps: Vec<LocalId> = patterns.iter().map(|_| self.temp()).collect();
        tests.push(bind(unpacked(&temps, star, span), temp_value(subject, span), span));
        for (pattern, temp) in patterns.iter().zip(temps) {
            self.pattern(pattern, temp, tests, captures);
        }
    }

    fn mapping(
        &mut self,
        mapping: &PatternMatchMapping,
        subject: LocalId,
        tests: &mut Vec<Expr>,
        captures: &mut Captures,
    ) {
        let span = Span::from(mapping.range);
        let value = || Box::new(temp_value(subject, span));
        tests.push(operation(MatchOp::IsMapping(value()), span));
        if !mapping.keys.is_empty() {
            let count = mapping.keys.len() as u32;
            tests.push(operation(MatchOp::Len { value: value(), count, at_least: true }, span));
        }
        // Keys are literals and dotted names: `Rest` may evaluate constants again, and gets the others from temporaries.
        let mut keys = Vec::new();
        let mut again = Vec::new();
        for key in &mapping.keys {
            let key = self.key(key, tests);
            again.push(key.clone());
            keys.push(key);
        }
        if !keys.is_empty() {
            let found = operation(MatchOp::Keys { value: value(), keys }, span);
            let temps = self.bind_tuple(found, mapping.patterns.len(), span, tests);
            for (pattern, temp) in mapping.patterns.iter().zip(temps) {
                self.pattern(pattern, temp, tests, captures);
            }
        }
        if let Some(rest) = &mapping.rest {
            let temp = self.temp();
            let at = Span::from(rest.range);
            let value = operation(MatchOp::Rest { value: value(), keys: again }, at);
            tests.push(bind(temp_target(temp, at), value, at));
            captures.push((rest.to_string(), temp, at));
        }
    }

    /// A key of a mapping pattern: a constant, or a temporary that holds the value of a dotted name.
    fn key(&mut self, key: &Syntax, tests: &mut Vec<Expr>) -> Expr {
        let value = self.expr(key);
        if value.as_constant().is_some() {
            return value;
        }
        let (span, temp) = (value.span, self.temp());
        tests.push(bind(temp_target(temp, span), value, span));
        temp_value(temp, span)
    }

    fn class_pattern(
        &mut self,
        pattern: &PatternMatchClass,
        subject: LocalId,
        tests: &mut Vec<Expr>,
        captures: &mut Captures,
    ) {
        let span = Span::from(pattern.range);
        let class = Box::new(self.expr(&pattern.cls));
        let positional = pattern.arguments.patterns.len() as u32;
        let mut keywords = Vec::new();
        for keyword in &pattern.arguments.keywords {
            keywords.push(keyword.attr.as_str().into());
        }
        let patterns: Vec<&Pattern> =
            pattern.arguments.patterns.iter().chain(pattern.arguments.keywords.iter().map(|k| &k.pattern)).collect();
        let value = Box::new(temp_value(subject, span));
        let found = operation(MatchOp::Class { value, class, positional, keywords }, span);
        let temps = self.bind_tuple(found, patterns.len(), span, tests);
        for (pattern, temp) in patterns.into_iter().zip(temps) {
            self.pattern(pattern, temp, tests, captures);
        }
    }

    /// `value` is a tuple or `None`: tests that it is a tuple and unpacks it into temporaries.
    fn bind_tuple(&mut self, value: Expr, count: usize, span: Span, tests: &mut Vec<Expr>) -> Vec<LocalId> {
        let found = self.temp();
        tests.push(bind(temp_target(found, span), value, span));
        let none = Expr::constant(Constant::None, span);
        tests.push(compare(temp_value(found, span), CmpOp::IsNot, none, span));
        let temps: Vec<LocalId> = (0..count).map(|_| self.temp()).collect();
        if count > 0 {
            tests.push(bind(unpacked(&temps, None, span), temp_value(found, span), span));
        }
        temps
    }
}

fn is_wildcard(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::MatchAs(capture) => capture.pattern.is_none() && capture.name.is_none(),
        Pattern::MatchStar(star) => star.name.is_none(),
        _ => false,
    }
}

fn temp_value(temp: LocalId, span: Span) -> Expr {
    Expr::name(NameRef::Local(temp), span)
}

fn temp_target(temp: LocalId, span: Span) -> Target {
    Target { kind: TargetKind::Name(NameRef::Local(temp)), span }
}

fn unpacked(temps: &[LocalId], star: Option<usize>, span: Span) -> Target {
    let all = |temps: &[LocalId]| temps.iter().map(|temp| temp_target(*temp, span)).collect();
    let (before, star, after) = match star {
        Some(at) => (all(&temps[..at]), Some(Box::new(temp_target(temps[at], span))), all(&temps[at + 1..])),
        None => (all(temps), None, Vec::new()),
    };
    Target { kind: TargetKind::Unpack { before, star, after }, span }
}

fn operation(op: MatchOp, span: Span) -> Expr {
    Expr { kind: ExprKind::Match(op), span }
}

fn bind(target: Target, value: Expr, span: Span) -> Expr {
    operation(MatchOp::Bind { target: Box::new(target), value: Box::new(value) }, span)
}

fn compare(left: Expr, op: CmpOp, right: Expr, span: Span) -> Expr {
    Expr { kind: ExprKind::Compare { left: Box::new(left), rest: vec![(op, right)] }, span }
}

fn conjunction(mut tests: Vec<Expr>, span: Span) -> Expr {
    match tests.len() {
        0 => Expr::constant(Constant::True, span),
        1 => tests.remove(0),
        _ => Expr { kind: ExprKind::And(tests), span },
    }
}
