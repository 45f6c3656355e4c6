//! Calls and function objects.

use super::function::FunctionBuilder;
use crate::hir::{self, Element, ExprKind, Keyword};
use crate::mir::*;
use crate::source::Span;
use molt_abi::intrinsic::Intrinsic;

impl FunctionBuilder<'_, '_> {
    /// A call expression.
    pub fn call_expr(&mut self, func: &hir::Expr, args: &hir::Args, span: Span) -> Value {
        if let ExprKind::Attribute { value, attr } = &func.kind
            && args.is_simple()
            && !matches!(value.kind, ExprKind::ZeroArgSuper { .. })
        {
            let object = self.expr(value);
            let name = self.name_operand(attr);
            let ic = Operand::Ic(self.m.module.new_ic());
            let loaded = self.raising(
                Op::Call(Intrinsic::load_method),
                vec![object.into(), name, ic],
                &[Type::Val, Type::Val],
                func.span,
            );
            let (mut rest, kwnames) = self.simple_args(args);
            let mut operands = vec![loaded[0].into(), loaded[1].into(), kwnames];
            operands.append(&mut rest);
            return self.call(Intrinsic::call_loaded, operands, span);
        }
        if let Some(value) = self.namespace_call(func, args, span) {
            return value;
        }
        let callable = self.expr(func);
        if args.is_simple() {
            let (mut rest, kwnames) = self.simple_args(args);
            let mut operands = vec![callable.into(), kwnames];
            operands.append(&mut rest);
            return self.call(Intrinsic::call, operands, span);
        }
        self.call_collected(callable, Vec::new(), args, span)
    }

    /// Arguments without `*` and `**`: the values, positional ones first, and the tuple of keyword names.
    pub fn simple_args(&mut self, args: &hir::Args) -> (Vec<Operand>, Operand) {
        let mut operands: Vec<Operand> = Vec::new();
        for element in &args.positional {
            operands.push(self.expr(element.expr()).into());
        }
        let mut names = Vec::new();
        for keyword in &args.keywords {
            if let Keyword::Named { name, value } = keyword {
                names.push(self.m.module.consts.str(name));
                operands.push(self.expr(value).into());
            }
        }
        if names.is_empty() {
            return (operands, Operand::Absent);
        }
        let tuple = self.m.module.consts.intern(Constant::Tuple(names));
        let tuple = self.value(Op::Const(tuple), vec![], Type::Val);
        (operands, tuple.into())
    }

    /// A call whose arguments are collected in a list and a dict first. `first` are positional arguments before the others.
    pub fn call_collected(&mut self, callable: Value, first: Vec<Operand>, args: &hir::Args, span: Span) -> Value {
        let positional = match args.positional.as_slice() {
            // The iterable itself: the call converts it.
            [Element::Star(only)] if first.is_empty() => {
                let iterable = self.expr(only);
                let list = self.value(Op::Call(Intrinsic::build_list), vec![], Type::Val);
                let extend = vec![list.into(), iterable.into(), callable.into()];
                self.call_none(Intrinsic::args_extend, extend, span);
                list
            }
            elements => {
                let mut pending = first;
                let mut list = None;
                for element in elements {
                    match element {
                        Element::Item(item) => {
                            let item = self.expr(item);
                            match list {
                                None => pending.push(item.into()),
                                Some(list) => self.append(list, item),
                            }
                        }
                        Element::Star(iterable) => {
                            let target = match list {
                                Some(list) => list,
                                None => {
                                    let items = std::mem::take(&mut pending);
                                    self.value(Op::Call(Intrinsic::build_list), items, Type::Val)
                                }
                            };
                            list = Some(target);
                            let iterable = self.expr(iterable);
                            let extend = vec![target.into(), iterable.into(), callable.into()];
                            self.call_none(Intrinsic::args_extend, extend, span);
                        }
                    }
                }
                match list {
                    Some(list) => list,
                    None => self.value(Op::Call(Intrinsic::build_tuple), pending, Type::Val),
                }
            }
        };
        let keywords = self.collected_keywords(callable, &args.keywords, span);
        self.call(Intrinsic::call_ex, vec![callable.into(), positional.into(), keywords], span)
    }

    fn append(&mut self, list: Value, item: Value) {
        self.effect(Op::Call(Intrinsic::list_append), vec![list.into(), item.into()]);
    }

    /// Runs of named arguments become dicts, which are merged with the mappings in order.
    fn collected_keywords(&mut self, callable: Value, keywords: &[Keyword], span: Span) -> Operand {
        let mut dict: Option<Value> = None;
        let mut at = 0;
        while at < keywords.len() {
            let mut pairs = Vec::new();
            while let Some(Keyword::Named { name, value }) = keywords.get(at) {
                let key = self.str_value(name);
                pairs.extend([Operand::Value(key), self.expr(value).into()]);
                at += 1;
            }
            if !pairs.is_empty() || dict.is_none() {
                let named = self.call(Intrinsic::build_dict, pairs, span);
                match dict {
                    None => dict = Some(named),
                    Some(dict) => self.merge(dict, named, callable, span),
                }
            }
            if let (Some(Keyword::DoubleStar(mapping)), Some(dict)) = (keywords.get(at), dict) {
                let mapping = self.expr(mapping);
                self.merge(dict, mapping, callable, span);
                at += 1;
            }
        }
        dict.map_or(Operand::Absent, Operand::Value)
    }

    fn merge(&mut self, dict: Value, mapping: Value, callable: Value, span: Span) {
        let args = vec![dict.into(), mapping.into(), callable.into()];
        self.call_none(Intrinsic::kwargs_merge, args, span);
    }

    /// `lambda`, or `def` before decorators.
    pub fn make_function(&mut self, make: &hir::MakeFunction, span: Span) -> Value {
        let defaults = if make.defaults.is_empty() {
            None
        } else {
            let elements: Vec<Element> = make.defaults.iter().cloned().map(Element::Item).collect();
            Some(self.tuple(&elements, span))
        };
        let named = |b: &mut Self, items: &[(hir::Ident, hir::Expr)]| {
            let mut pairs = Vec::new();
            for (name, value) in items {
                let key = b.str_value(name);
                pairs.extend([Operand::Value(key), b.expr(value).into()]);
            }
            b.call(Intrinsic::build_dict, pairs, span)
        };
        let kwdefaults = if make.kw_defaults.is_empty() { None } else { Some(named(self, &make.kw_defaults)) };
        let annotations = if make.annotations.is_empty() { None } else { Some(named(self, &make.annotations)) };
        self.function_object(make.func, defaults, kwdefaults, annotations)
    }

    /// A function object over the current cells.
    pub fn function_object(
        &mut self,
        func: hir::FuncId,
        defaults: Option<Value>,
        kwdefaults: Option<Value>,
        annotations: Option<Value>,
    ) -> Value {
        let hir = self.m.hir;
        let frees = &hir.function(func).frees;
        let closure = if frees.is_empty() {
            None
        } else {
            let cells = frees.iter().map(|free| Operand::Value(self.captured(free.source))).collect();
            Some(self.value(Op::Call(Intrinsic::build_tuple), cells, Type::Val))
        };
        let optional = |v: Option<Value>| v.map_or(Operand::Absent, Operand::Value);
        let args = vec![
            Operand::Imm(i64::from(func.0)),
            optional(closure),
            optional(defaults),
            optional(kwdefaults),
            optional(annotations),
        ];
        self.value(Op::Call(Intrinsic::make_function), args, Type::Val)
    }

    fn is_super(&mut self, callable: Value) -> Value {
        let builtin = molt_abi::builtins::index_of("super").unwrap_or(0);
        let builtin = self.value(Op::LoadBuiltin(builtin), vec![], Type::Val);
        self.value(Op::Same, vec![callable.into(), builtin.into()], Type::Bool)
    }

    /// `super()` where the function has no parameter, which the builtin itself reports, or no class around it.
    fn super_without_class(
        &mut self,
        callable: Value,
        has_first: bool,
        attr: Option<(&hir::Ident, Span)>,
        span: Span,
    ) -> Value {
        if has_first {
            let is_super = self.is_super(callable);
            let (known, other) = (self.ssa.new_block(), self.ssa.new_block());
            self.branch(is_super, known, other);
            self.start(known);
            self.ssa.func.blocks[known].cold = true;
            self.call_none(Intrinsic::raise_no_class_cell, vec![], span);
            self.start(other);
        }
        let object = self.call(Intrinsic::call, vec![callable.into(), Operand::Absent], span);
        match attr {
            Some((attr, span)) => self.attribute(object, attr, span),
            None => object,
        }
    }

    /// `super()` without arguments, then maybe an attribute of it.
    pub fn zero_arg_super(
        &mut self,
        func: &hir::Expr,
        class: Option<&hir::NameRef>,
        first: Option<&hir::NameRef>,
        attr: Option<(&hir::Ident, Span)>,
        span: Span,
    ) -> Value {
        let callable = self.expr(func);
        let (Some(class), Some(first)) = (class, first) else {
            return self.super_without_class(callable, first.is_some(), attr, span);
        };
        let is_super = self.is_super(callable);
        let (known, other, join) = (self.ssa.new_block(), self.ssa.new_block(), self.ssa.new_block());
        let result = self.ssa.func.add_param(join, Type::Val);
        self.branch(is_super, known, other);

        self.start(known);
        let value = match attr {
            Some((attr, attr_span)) => {
                let class = self.read_raw(class, span);
                let receiver = self.read_raw(first, span);
                let name = self.name_operand(attr);
                self.call(Intrinsic::super_get_attr, vec![class.into(), receiver.into(), name], attr_span)
            }
            None => {
                let class = self.read_name(class, span);
                let receiver = self.read_name(first, span);
                let args = vec![callable.into(), Operand::Absent, class.into(), receiver.into()];
                self.call(Intrinsic::call, args, span)
            }
        };
        self.jump_with(join, value);

        self.start(other);
        self.ssa.func.blocks[other].cold = true;
        let object = self.call(Intrinsic::call, vec![callable.into(), Operand::Absent], span);
        let value = match attr {
            Some((attr, attr_span)) => self.attribute(object, attr, attr_span),
            None => object,
        };
        self.jump_with(join, value);
        self.start(join);
        result
    }
}
