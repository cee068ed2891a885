use std::collections::BTreeMap;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{Import, Module, Names, Tests};

/// Reads the tokens of one file.
pub(super) struct Reader<'a> {
    pub(super) tests: Tests,
    pub(super) file: &'a Path,
    pub(super) modules: &'a mut BTreeMap<Names, Module>,
}

/// A module that stands in a file of its own, and that file's path where it is said.
pub(super) type Elsewhere = Vec<(Names, Option<String>)>;

impl Reader<'_> {
    /// One module, and those that stand in files of their own.
    pub(super) fn module(&mut self, tokens: TokenStream, name: &[String]) -> Elsewhere {
        let mut elsewhere = Vec::new();
        let module = self.modules.entry(name.to_vec()).or_default();
        module.file = self.file.to_owned();
        self.items(tokens, name, true, &mut elsewhere);
        elsewhere
    }

    fn items(&mut self, tokens: TokenStream, name: &[String], outermost: bool, elsewhere: &mut Elsewhere) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut rest = &tokens[..];
        let (mut public, mut path) = (false, None);
        while let [first, after @ ..] = rest {
            rest = after;
            let here = self.modules.get_mut(name).expect("entered");
            match (word(first).as_deref(), after) {
                (None, [TokenTree::Group(attribute), item @ ..]) if is_sign(first, '#') => {
                    rest = item;
                    if self.tests == Tests::Without && for_tests(attribute.stream()) {
                        rest = after_item(item);
                    }
                    path = text_of(attribute.stream(), "path").or(path);
                }
                (Some("pub"), _) => {
                    public = true;
                    if let [TokenTree::Group(_), after @ ..] = after {
                        rest = after;
                    }
                }
                (Some("use"), _) => {
                    let end = after.iter().position(|token| is_sign(token, ';')).unwrap_or(after.len());
                    imports(&after[..end], &[], public, here);
                    (public, rest) = (false, &after[end..]);
                }
                (Some("mod"), [child, body, ..]) if word(child).is_some() => {
                    let child = word(child).expect("a name");
                    here.children.insert(child.clone());
                    let inner = [name, &[child]].concat();
                    if let TokenTree::Group(body) = body {
                        elsewhere.extend(self.module(body.stream(), &inner));
                        rest = &after[2..];
                    } else {
                        elsewhere.push((inner, path.take()));
                    }
                    public = false;
                }
                (
                    Some("struct" | "enum" | "union" | "trait" | "type" | "fn" | "const" | "static"),
                    [item, ..],
                ) if outermost && word(item).is_some() => {
                    here.declared.extend(word(item));
                    public = false;
                }
                (Some(start), _) => {
                    let mut said = vec![start.to_owned()];
                    while let [one, two, name, after @ ..] = rest
                        && is_sign(one, ':')
                        && is_sign(two, ':')
                        && let Some(name) = word(name)
                    {
                        said.push(name);
                        rest = after;
                    }
                    here.said.insert(said);
                }
                (None, _) => {
                    if let TokenTree::Group(group) = first {
                        self.items(group.stream(), name, false, elsewhere);
                    }
                    public = false;
                }
            }
        }
    }
}

/// What stands behind `use`.
fn imports(tokens: &[TokenTree], before: &[String], public: bool, module: &mut Module) {
    for branch in tokens.split(|token| is_sign(token, ',')) {
        let mut path = before.to_vec();
        let mut tokens = branch.iter();
        let mut called = None;
        while let Some(token) = tokens.next() {
            match (word(token), token) {
                (Some(name), _) if name == "as" => called = tokens.next().and_then(word),
                (Some(name), _) if name == "self" && !path.is_empty() => called = path.last().cloned(),
                (Some(name), _) => {
                    called = Some(name.clone());
                    path.push(name);
                }
                (None, TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    imports(&group.stream().into_iter().collect::<Vec<_>>(), &path, public, module);
                    called = None;
                }
                (None, _) if is_sign(token, '*') => {
                    module.globs.push(path.clone());
                    called = None;
                }
                _ => {}
            }
        }
        if let Some(called) = called {
            // `use x as _`, however often
            let called = if called == "_" { format!("_{}", module.imports.len()) } else { called };
            module.imports.insert(called, Import { path, public });
        }
    }
}

fn word(token: &TokenTree) -> Option<String> {
    if let TokenTree::Ident(ident) = token { Some(ident.to_string()) } else { None }
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// `cfg(test)`, `cfg(any(test, feature = "demo"))`, and not `cfg(not(test))`.
fn for_tests(attribute: TokenStream) -> bool {
    fn names_test(tokens: TokenStream) -> bool {
        let mut last = None;
        tokens.into_iter().any(|token| {
            let before = last.take();
            last = word(&token);
            match token {
                TokenTree::Group(group) => before.as_deref() != Some("not") && names_test(group.stream()),
                token => word(&token).is_some_and(|word| word == "test"),
            }
        })
    }
    let mut tokens = attribute.into_iter();
    let first = tokens.next().and_then(|token| word(&token));
    match first.as_deref() {
        Some("test") => true,
        Some("cfg") => names_test(tokens.collect()),
        _ => false,
    }
}

/// What is behind one item, with the attributes that it has itself.
fn after_item(mut tokens: &[TokenTree]) -> &[TokenTree] {
    while let [sign, TokenTree::Group(_), after @ ..] = tokens
        && is_sign(sign, '#')
    {
        tokens = after;
    }
    let ends_by_brace =
        tokens.iter().take_while(|token| !is_sign(token, ';')).find_map(|token| {
            match word(token)?.as_str() {
                "use" | "static" | "type" => Some(false),
                "fn" | "mod" | "impl" | "struct" | "enum" | "trait" | "macro_rules" | "extern" => Some(true),
                _ => None,
            }
        });
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => ends_by_brace == Some(true) && group.delimiter() == Delimiter::Brace,
        token => is_sign(token, ';') || (ends_by_brace.is_none() && is_sign(token, ',')),
    };
    let end = tokens.iter().position(ends).map_or(tokens.len(), |at| at + 1);
    &tokens[end..]
}

/// `name = "this"`.
fn text_of(attribute: TokenStream, name: &str) -> Option<String> {
    let tokens: Vec<_> = attribute.into_iter().collect();
    match &tokens[..] {
        [first, _, TokenTree::Literal(text)] if word(first).as_deref() == Some(name) => {
            Some(text.to_string().trim_matches('"').to_owned())
        }
        _ => None,
    }
}
