//! Reads the text form of MIR back.
//!
//! Invariant: `module_text(parse_module(t)) == t` for every `t` that [`module_text`](super::print::module_text) made; ids keep
//! their numbers. Anything else is an error with a line, never a panic.

use super::print::{KINDS, SIMPLE};
use super::*;
use molt_abi::desc::Position;
use molt_abi::intrinsic::Intrinsic;
use std::fmt;

/// Why a text is not MIR.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Line, from 1.
    pub line: u32,
    /// What was expected.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}

type Result<T> = std::result::Result<T, ParseError>;

/// The most ids of one kind that a text may name: keeps a bad number from taking all memory.
const MAX_ID: u32 = 1 << 22;

#[derive(Clone, PartialEq, Debug)]
enum Token {
    /// Letters, digits, `_` and `.`, not starting with a digit.
    Word(String),
    Number(i128),
    Text(Vec<u8>),
    Sign(char),
    Arrow,
    End,
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl Lexer<'_> {
    fn next(&mut self) -> Result<Token> {
        loop {
            match self.bytes.get(self.at) {
                None => return Ok(Token::End),
                Some(b'\n') => {
                    self.line += 1;
                    self.at += 1;
                }
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b';') => {
                    while self.bytes.get(self.at).is_some_and(|b| *b != b'\n') {
                        self.at += 1;
                    }
                }
                Some(_) => break,
            }
        }
        let start = self.at;
        let first = self.bytes[start];
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'.';
        if first == b'"' {
            return self.text();
        }
        if first == b'-' && self.bytes.get(start + 1) == Some(&b'>') {
            self.at += 2;
            return Ok(Token::Arrow);
        }
        if first.is_ascii_digit() || first == b'-' {
            self.at += 1;
            while self.bytes.get(self.at).is_some_and(is_word) {
                self.at += 1;
            }
            let text = String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned();
            let number = match text.strip_prefix("0x") {
                Some(hex) => i128::from_str_radix(hex, 16),
                None => text.parse(),
            };
            return number.map(Token::Number).map_err(|_| self.error("a number"));
        }
        if is_word(&first) {
            while self.bytes.get(self.at).is_some_and(is_word) {
                self.at += 1;
            }
            return Ok(Token::Word(String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned()));
        }
        self.at += 1;
        Ok(Token::Sign(first as char))
    }

    fn text(&mut self) -> Result<Token> {
        self.at += 1;
        let mut out = Vec::new();
        loop {
            let byte = *self.bytes.get(self.at).ok_or_else(|| self.error("the end of a string"))?;
            self.at += 1;
            match byte {
                b'"' => return Ok(Token::Text(out)),
                b'\\' => match self.bytes.get(self.at) {
                    Some(b'x') => {
                        let hex = self
                            .bytes
                            .get(self.at + 1..self.at + 3)
                            .and_then(|h| std::str::from_utf8(h).ok())
                            .and_then(|h| u8::from_str_radix(h, 16).ok())
                            .ok_or_else(|| self.error("two hexadecimal digits"))?;
                        out.push(hex);
                        self.at += 3;
                    }
                    Some(other) => {
                        out.push(*other);
                        self.at += 1;
                    }
                    None => return Err(self.error("an escape")),
                },
                _ => out.push(byte),
            }
        }
    }

    fn error(&self, expected: &str) -> ParseError {
        ParseError { line: self.line, message: format!("expected {expected}") }
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token,
    /// The line `token` stands on.
    line: u32,
    /// The line of the token before it.
    last_line: u32,
}

/// Reads a module.
pub fn parse_module(text: &str) -> Result<Module> {
    let mut p = Parser::new(text)?;
    p.module()
}

/// Reads one function, as printed by [`function_text`](super::print::function_text).
pub fn parse_function(text: &str) -> Result<Function> {
    let mut p = Parser::new(text)?;
    let function = p.function()?;
    if p.token == Token::End { Ok(function) } else { Err(p.expected("the end")) }
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Parser<'a>> {
        let mut lexer = Lexer { bytes: text.as_bytes(), at: 0, line: 1 };
        let token = lexer.next()?;
        let line = lexer.line;
        Ok(Parser { lexer, token, line, last_line: line })
    }

    fn expected(&self, what: &str) -> ParseError {
        let line = if what.ends_with("before this") { self.last_line } else { self.line };
        ParseError { line, message: format!("expected {what}, found {:?}", self.token) }
    }

    fn bump(&mut self) -> Result<Token> {
        let next = self.lexer.next()?;
        self.last_line = std::mem::replace(&mut self.line, self.lexer.line);
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn eat(&mut self, sign: char) -> Result<bool> {
        if self.token == Token::Sign(sign) {
            self.bump()?;
            return Ok(true);
        }
        Ok(false)
    }

    fn sign(&mut self, sign: char) -> Result<()> {
        if self.eat(sign)? { Ok(()) } else { Err(self.expected(&format!("`{sign}`"))) }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(w) if w == word)
    }

    fn keyword(&mut self, word: &str) -> Result<()> {
        if self.is_word(word) {
            self.bump()?;
            return Ok(());
        }
        Err(self.expected(&format!("`{word}`")))
    }

    fn eat_keyword(&mut self, word: &str) -> Result<bool> {
        if self.is_word(word) {
            self.bump()?;
            return Ok(true);
        }
        Ok(false)
    }

    fn word(&mut self) -> Result<String> {
        match &self.token {
            Token::Word(w) => {
                let w = w.clone();
                self.bump()?;
                Ok(w)
            }
            _ => Err(self.expected("a name")),
        }
    }

    fn text(&mut self) -> Result<Vec<u8>> {
        match &self.token {
            Token::Text(t) => {
                let t = t.clone();
                self.bump()?;
                Ok(t)
            }
            _ => Err(self.expected("a string")),
        }
    }

    fn utf8(&mut self) -> Result<String> {
        let bytes = self.text()?;
        String::from_utf8(bytes).map_err(|_| self.expected("UTF-8"))
    }

    fn number<T: TryFrom<i128>>(&mut self) -> Result<T> {
        match self.token {
            Token::Number(n) => {
                let n = T::try_from(n).map_err(|_| self.expected("a number in range"))?;
                self.bump()?;
                Ok(n)
            }
            _ => Err(self.expected("a number")),
        }
    }

    fn peek_id(&self, prefix: &str) -> Option<u32> {
        let Token::Word(w) = &self.token else { return None };
        let digits = w.strip_prefix(prefix)?;
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().filter(|n| *n < MAX_ID)
    }

    fn id<T: Id>(&mut self, prefix: &str) -> Result<T> {
        match self.peek_id(prefix) {
            Some(n) => {
                self.bump()?;
                Ok(T::from_index(n as usize))
            }
            None => Err(self.expected(&format!("an id `{prefix}N`"))),
        }
    }

    fn optional<T: Id>(&mut self, prefix: &str) -> Result<Option<T>> {
        if self.eat_keyword("_")? { Ok(None) } else { self.id(prefix).map(Some) }
    }

    fn ids<T: Id>(&mut self, prefix: &str) -> Result<Vec<T>> {
        self.sign('[')?;
        let mut out = Vec::new();
        while !self.eat(']')? {
            out.push(self.id(prefix)?);
        }
        Ok(out)
    }

    fn ty(&mut self) -> Result<Type> {
        let word = self.word()?;
        Ok(match word.as_str() {
            "val" => Type::Val,
            "i64" => Type::I64,
            "f64" => Type::F64,
            "bool" => Type::Bool,
            "ptr" => Type::Ptr,
            _ => return Err(self.expected("a type before this")),
        })
    }

    fn ret(&mut self) -> Result<RetConv> {
        if self.eat_keyword("boxed")? { Ok(RetConv::Boxed) } else { Ok(RetConv::Special(self.ty()?)) }
    }

    fn in_order<T: Id>(&self, id: T, next: T) -> Result<()> {
        if id == next { Ok(()) } else { Err(self.expected("ids in order before this")) }
    }

    fn module(&mut self) -> Result<Module> {
        self.keyword("module")?;
        let mut m = Module { name: self.utf8()?, ..Module::default() };
        self.keyword("file")?;
        m.file = self.utf8()?;
        self.keyword("package")?;
        m.is_package = self.number::<u8>()? != 0;
        self.keyword("ics")?;
        m.ic_count = self.number()?;
        while self.token != Token::End {
            if self.peek_id("code").is_some() {
                let id: CodeId = self.id("code")?;
                self.in_order(id, m.codes.next_id())?;
                self.sign('=')?;
                let code = self.code()?;
                m.codes.push(code);
            } else if self.peek_id("class").is_some() {
                let id: ClassId = self.id("class")?;
                self.in_order(id, m.classes.next_id())?;
                self.sign('=')?;
                let body = self.id("code")?;
                self.keyword("slots")?;
                let slots = self.ids("c")?;
                self.keyword("known")?;
                let known = self.optional("k")?;
                self.keyword("facts")?;
                let facts = if self.eat_keyword("_")? { None } else { Some(self.class_facts()?) };
                m.classes.push(Class { body, slots, known, facts });
            } else if self.peek_id("ext").is_some() {
                let id: ExternId = self.id("ext")?;
                self.in_order(id, m.externs.next_id())?;
                self.sign('=')?;
                let ext = self.external()?;
                m.externs.push(ext);
            } else if self.peek_id("c").is_some() {
                let id: ConstId = self.id("c")?;
                self.sign('=')?;
                let constant = self.constant()?;
                let given = m.consts.intern(constant);
                self.in_order(id, given)?;
            } else if self.peek_id("g").is_some() {
                let id: GlobalId = self.id("g")?;
                self.in_order(id, m.globals.next_id())?;
                self.sign('=')?;
                m.globals.push(self.id("c")?);
                self.keyword("known")?;
                if let Some(known) = self.optional("k")? {
                    m.global_known.insert(id, known);
                }
            } else if self.peek_id("k").is_some() {
                let id: KnownId = self.id("k")?;
                self.in_order(id, m.known.next_id())?;
                self.sign('=')?;
                let known = match self.peek_id("code") {
                    Some(_) => Known::Function(self.id("code")?),
                    None => Known::Class(self.id("class")?),
                };
                m.known.push(known);
            } else if self.peek_id("f").is_some() {
                let id: FuncId = self.id("f")?;
                self.in_order(id, m.functions.next_id())?;
                self.sign('=')?;
                let function = self.function()?;
                m.functions.push(function);
            } else {
                return Err(self.expected("an item"));
            }
        }
        Ok(m)
    }

    fn class_facts(&mut self) -> Result<ClassFacts> {
        let base = if self.eat_keyword("object")? { None } else { Some(self.id("class")?) };
        self.keyword("layout")?;
        let layout = self.ids("c")?;
        self.keyword("attributes")?;
        let attributes = self.ids("c")?;
        self.keyword("methods")?;
        self.sign('[')?;
        let mut methods = Vec::new();
        while !self.eat(']')? {
            methods.push((self.id("c")?, self.id("code")?));
        }
        self.keyword("plain")?;
        let plain_attributes = self.number::<u8>()? != 0;
        let plain_construction = self.number::<u8>()? != 0;
        Ok(ClassFacts { base, layout, attributes, methods, plain_attributes, plain_construction })
    }

    fn constant(&mut self) -> Result<Constant> {
        let word = self.word()?;
        Ok(match word.as_str() {
            "word" => Constant::Word(self.number()?),
            "str" => Constant::Str(self.text()?),
            "bytes" => Constant::Bytes(self.text()?),
            "bigint" => {
                let digits = self.utf8()?;
                Constant::BigInt(digits.parse().map_err(|_| self.expected("a decimal number before this"))?)
            }
            "tuple" => Constant::Tuple(self.ids("c")?),
            "frozenset" => Constant::FrozenSet(self.ids("c")?),
            "complex" => Constant::Complex(self.number()?, self.number()?),
            _ => return Err(self.expected("a constant before this")),
        })
    }

    fn external(&mut self) -> Result<Extern> {
        let module = self.utf8()?;
        let symbol = self.utf8()?;
        self.keyword("known")?;
        let known = self.number()?;
        self.keyword("at")?;
        let known_offset = self.number()?;
        self.sign('[')?;
        let mut params = Vec::new();
        while !self.eat(']')? {
            params.push(self.ty()?);
        }
        if self.bump()? != Token::Arrow {
            return Err(self.expected("`->` before this"));
        }
        Ok(Extern { module, symbol, known, known_offset, params, ret: self.ret()? })
    }

    fn code(&mut self) -> Result<Code> {
        self.keyword("name")?;
        let name = self.id("c")?;
        self.keyword("qualname")?;
        let qualname = self.id("c")?;
        self.keyword("args")?;
        let (arg_count, posonly_count, kwonly_count) = (self.number()?, self.number()?, self.number()?);
        self.keyword("flags")?;
        let flags = self.number()?;
        self.keyword("line")?;
        let first_line = self.number()?;
        self.keyword("doc")?;
        let doc = self.optional("c")?;
        self.keyword("known")?;
        let known = self.optional("k")?;
        self.keyword("class")?;
        let class = self.optional("class")?;
        self.keyword("frame")?;
        let frame_slots = self.number()?;
        self.keyword("entry")?;
        let entry = self.id("f")?;
        self.keyword("resume")?;
        let resume = self.optional("f")?;
        self.keyword("vars")?;
        let varnames = self.ids("c")?;
        self.keyword("cells")?;
        let cellvars = self.ids("c")?;
        self.keyword("frees")?;
        let freevars = self.ids("c")?;
        self.keyword("at")?;
        self.sign('[')?;
        let mut positions = Vec::new();
        while !self.eat(']')? {
            let line = self.number()?;
            self.sign(':')?;
            let col = self.number()?;
            let end_line = self.number()?;
            self.sign(':')?;
            let end_col = self.number()?;
            let (mut op_col, mut op_end) = (0, 0);
            if self.eat('(')? {
                op_col = self.number()?;
                op_end = self.number()?;
                self.sign(')')?;
            }
            positions.push(Position { line, end_line, col, end_col, op_col, op_end });
        }
        Ok(Code {
            name,
            qualname,
            arg_count,
            posonly_count,
            kwonly_count,
            flags,
            first_line,
            doc,
            known,
            class,
            varnames,
            cellvars,
            freevars,
            positions,
            frame_slots,
            entry,
            resume,
        })
    }

    fn function(&mut self) -> Result<Function> {
        self.keyword("fn")?;
        let code = self.id("code")?;
        let role = self.word()?;
        let role = match role.as_str() {
            "direct" => Role::Direct,
            "resume" => Role::Resume,
            "special" => Role::Special,
            _ => return Err(self.expected("a role before this")),
        };
        let symbol = self.utf8()?;
        if self.bump()? != Token::Arrow {
            return Err(self.expected("`->` before this"));
        }
        let ret = self.ret()?;
        self.keyword("entry")?;
        let entry = self.id("b")?;
        let mut f = Function::new(code, role, symbol, ret);
        f.blocks = IdVec::new();
        f.entry = entry;
        self.sign('{')?;
        while !self.eat('}')? {
            self.block(&mut f)?;
        }
        if f.blocks.get(entry).is_none() {
            return Err(self.expected("the entry block before this"));
        }
        Ok(f)
    }

    /// Declares `v: type`.
    fn define(&mut self, f: &mut Function, def: Def) -> Result<Value> {
        let value: Value = self.id("v")?;
        self.sign(':')?;
        let ty = self.ty()?;
        // A number that nothing defines stands for a removed value; the verifier reports a use of it.
        f.values.grow_to(value, ValueData { ty: Type::Val, def: Def::Inst(Inst(u32::MAX), 0) });
        f.values[value] = ValueData { ty, def };
        Ok(value)
    }

    fn block(&mut self, f: &mut Function) -> Result<()> {
        let id: Block = self.id("b")?;
        self.in_order(id, f.blocks.next_id())?;
        f.blocks.push(BlockData::default());
        self.sign('(')?;
        while !self.eat(')')? {
            let index = f.blocks[id].params.len() as u32;
            if index > 0 {
                self.sign(',')?;
            }
            let value = self.define(f, Def::Param(id, index))?;
            f.blocks[id].params.push(value);
        }
        f.blocks[id].landing = self.eat_keyword("landing")?;
        f.blocks[id].cold = self.eat_keyword("cold")?;
        self.sign(':')?;
        loop {
            if let Some(term) = self.term()? {
                f.blocks[id].term = term;
                return Ok(());
            }
            let inst = self.inst(f)?;
            f.blocks[id].insts.push(inst);
        }
    }

    fn call(&mut self) -> Result<BlockCall> {
        let block = self.id("b")?;
        self.sign('(')?;
        let mut args = Vec::new();
        while !self.eat(')')? {
            if !args.is_empty() {
                self.sign(',')?;
            }
            args.push(self.id("v")?);
        }
        Ok(BlockCall { block, args })
    }

    fn term(&mut self) -> Result<Option<Term>> {
        let Token::Word(word) = &self.token else { return Err(self.expected("an instruction")) };
        let word = word.clone();
        if !matches!(
            word.as_str(),
            "unreachable" | "jump" | "branch" | "switch" | "return" | "return_error" | "return_special"
        ) {
            return Ok(None);
        }
        self.bump()?;
        Ok(Some(match word.as_str() {
            "unreachable" => Term::Unreachable,
            "jump" => Term::Jump(self.call()?),
            "branch" => {
                let cond = self.id("v")?;
                self.sign(',')?;
                let then = self.call()?;
                self.sign(',')?;
                Term::Branch { cond, then, els: self.call()? }
            }
            "switch" => {
                let value = self.id("v")?;
                self.sign('[')?;
                let mut cases = Vec::new();
                while !self.eat(']')? {
                    if !cases.is_empty() {
                        self.sign(',')?;
                    }
                    cases.push(self.call()?);
                }
                self.sign(',')?;
                Term::Switch { value, cases, default: self.call()? }
            }
            "return" => Term::Return(self.id("v")?),
            "return_error" => Term::ReturnError,
            _ => {
                let value = self.id("v")?;
                self.sign(',')?;
                Term::ReturnSpecial { value, status: self.id("v")? }
            }
        }))
    }

    fn inst(&mut self, f: &mut Function) -> Result<Inst> {
        let id = f.insts.next_id();
        let mut results = Vec::new();
        if self.peek_id("v").is_some() {
            loop {
                results.push(self.define(f, Def::Inst(id, results.len() as u32))?);
                if !self.eat(',')? {
                    break;
                }
            }
            self.sign('=')?;
        }
        let op = self.op()?;
        let mut args = Vec::new();
        while let Some(arg) = self.operand()? {
            args.push(arg);
            if !self.eat(',')? {
                break;
            }
        }
        let exit = if self.eat('!')? { Some(self.call()?) } else { None };
        let pos = if self.eat('@')? { Pos(self.number()?) } else { Pos::NONE };
        Ok(f.insts.push(InstData { op, args, results, exit, pos }))
    }

    /// An operand, if one follows. `v3:` is the next instruction's result and `v3 =` cannot follow a name.
    fn operand(&mut self) -> Result<Option<Operand>> {
        if self.peek_id("v").is_some() {
            if self.after_token_is_colon() {
                return Ok(None);
            }
            return Ok(Some(Operand::Value(self.id("v")?)));
        }
        if self.peek_id("ic").is_some() {
            return Ok(Some(Operand::Ic(self.id("ic")?)));
        }
        if self.peek_id("c").is_some() {
            return Ok(Some(Operand::Const(self.id("c")?)));
        }
        if self.eat('#')? {
            return Ok(Some(Operand::Imm(self.number()?)));
        }
        if self.eat_keyword("_")? {
            return Ok(Some(Operand::Absent));
        }
        Ok(None)
    }

    fn after_token_is_colon(&self) -> bool {
        self.lexer.bytes.get(self.lexer.at) == Some(&b':')
    }

    fn imm_signed(&mut self) -> Result<i64> {
        self.number()
    }

    fn cond(&mut self) -> Result<Cond> {
        let word = self.word()?;
        [Cond::Eq, Cond::Ne, Cond::Lt, Cond::Le, Cond::Gt, Cond::Ge, Cond::Ult]
            .into_iter()
            .find(|c| print::cond_name(*c) == word)
            .ok_or_else(|| self.expected("a comparison before this"))
    }

    fn region(&mut self) -> Result<Region> {
        let word = self.word()?;
        [Region::Header, Region::Slot, Region::Payload, Region::Ctx, Region::Module, Region::Const]
            .into_iter()
            .find(|r| print::region_name(*r) == word)
            .ok_or_else(|| self.expected("a region before this"))
    }

    fn kind(&mut self) -> Result<molt_abi::layout::Kind> {
        let word = self.word()?;
        KINDS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, kind)| *kind)
            .ok_or_else(|| self.expected("a kind before this"))
    }

    fn func_ref(&mut self) -> Result<FuncRef> {
        if self.peek_id("ext").is_some() {
            return Ok(FuncRef::Extern(self.id("ext")?));
        }
        Ok(FuncRef::Local(self.id("f")?))
    }

    fn op(&mut self) -> Result<Op> {
        let name = self.word()?;
        if let Some((_, op)) = SIMPLE.iter().find(|(n, _)| *n == name) {
            return Ok(*op);
        }
        if !self.eat('[')? {
            return Intrinsic::by_name(&name)
                .map(Op::Call)
                .ok_or_else(|| ParseError { line: self.line, message: format!("no operation is called {name}") });
        }
        let op = match name.as_str() {
            "word" => Op::Word(self.number()?),
            "const" => Op::Const(self.id("c")?),
            "i64.const" => Op::Iconst(self.imm_signed()?),
            "f64.const" => Op::Fconst(self.number()?),
            "bool.const" => Op::Bconst(self.number::<u8>()? != 0),
            "is.kind" => Op::IsKind(self.kind()?),
            "guard.kind" => Op::GuardKind(self.kind()?),
            "guard.type" => Op::GuardType(self.id("k")?),
            "check.local" => Op::CheckBound(Unbound::Local(self.id("c")?)),
            "check.free" => Op::CheckBound(Unbound::Free(self.id("c")?)),
            "check.global" => Op::CheckBound(Unbound::Global(self.id("g")?)),
            "i64.cmp" => Op::Icmp(self.cond()?),
            "f64.cmp" => Op::Fcmp(self.cond()?),
            "mem.load" => {
                let ty = self.ty()?;
                let region = self.region()?;
                Op::Load { offset: self.number()?, ty, region }
            }
            "mem.store" => {
                let region = self.region()?;
                Op::Store { offset: self.number()?, region }
            }
            "global.load" => Op::LoadGlobal(self.id("g")?),
            "global.store" => Op::StoreGlobal(self.id("g")?),
            "global.store_fast" => Op::StoreGlobalFast(self.id("g")?),
            "known.load" => Op::LoadKnown(self.id("k")?),
            "known.extern" => Op::LoadExternKnown(self.id("ext")?),
            "known.builtin" => Op::LoadBuiltin(self.number()?),
            "slot.load" => Op::SlotLoad(self.number()?),
            "slot.store" => Op::SlotStore(self.number()?),
            "cell.closure" => Op::ClosureCell(self.number()?),
            "call.direct" => Op::CallDirect(self.func_ref()?),
            "call.special" => Op::CallSpecial(self.func_ref()?),
            "frame.load" => {
                let ty = self.ty()?;
                Op::FrameLoad { slot: self.number()?, ty }
            }
            "frame.store" => Op::FrameStore { slot: self.number()? },
            "gen.suspend" => Op::StateStore { state: self.number()?, live: self.number()? },
            _ => {
                return Err(ParseError { line: self.line, message: format!("no operation is called {name}[]") });
            }
        };
        self.sign(']')?;
        Ok(op)
    }
}
