//! The modules of a crate and what each names, by their paths as the compiler resolves them. It reads tokens: what stands
//! within a macro's brackets counts, what is in a comment or a text does not.

mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use reader::Reader;

/// Words of a path. From the crate's root, where nothing else is said.
pub type Names = Vec<String>;

/// One import.
struct Import {
    /// As it is written.
    path: Names,
    /// Whether others can name it by this module, too.
    public: bool,
}

/// What is written in one module.
#[derive(Default)]
pub struct Module {
    /// Below the crate's `src`.
    pub file: PathBuf,
    children: BTreeSet<String>,
    imports: BTreeMap<String, Import>,
    /// The paths before `::*`.
    globs: Vec<Names>,
    declared: BTreeSet<String>,
    /// Paths of two words and more, and single words, as they are written outside of imports.
    said: BTreeSet<Names>,
}

/// Whether what is there for tests only is read, too.
#[derive(Clone, Copy, Eq, PartialEq)]
pub enum Tests {
    With,
    Without,
}

/// Re-exports of re-exports are followed so far.
const FURTHEST: usize = 16;

/// All modules of a library and of the program beside it, which names the library by the crate's name.
pub struct Crate {
    name: String,
    modules: BTreeMap<Names, Module>,
}

impl Crate {
    /// Reads what `lib.rs` and `main.rs` lead to.
    #[must_use]
    pub fn read(name: &str, src: &Path, tests: Tests) -> Self {
        let mut whole = Self { name: name.to_owned(), modules: BTreeMap::new() };
        for root in ["lib.rs", "main.rs"] {
            if src.join(root).exists() {
                whole.read_file(src, Path::new(root), &[], tests);
            }
        }
        assert!(!whole.modules.is_empty(), "no crate in {}", src.display());
        whole
    }

    /// One module, from its text.
    #[must_use]
    pub fn of(name: &str, module: &[&str], source: &str) -> Self {
        let mut whole = Self { name: name.to_owned(), modules: BTreeMap::new() };
        let module: Names = module.iter().map(|&part| part.to_owned()).collect();
        let mut reader =
            Reader { tests: Tests::With, file: Path::new("one.rs"), modules: &mut whole.modules };
        reader.module(source.parse().expect("Rust"), &module);
        whole
    }

    fn read_file(&mut self, src: &Path, file: &Path, module: &[String], tests: Tests) {
        let text = fs::read_to_string(src.join(file)).expect("UTF-8");
        let mut reader = Reader { tests, file, modules: &mut self.modules };
        let elsewhere = reader.module(text.parse().expect("Rust"), module);
        let is_root = file.ends_with("mod.rs") || module.is_empty();
        let folder = if is_root { file.with_file_name("") } else { file.with_extension("") };
        for (inner, path) in elsewhere {
            let name = inner.last().expect("a name");
            let between: PathBuf =
                inner.iter().skip(module.len()).take(inner.len() - module.len() - 1).collect();
            let candidates = match path {
                Some(path) => vec![file.with_file_name(path)],
                None => {
                    let folder = folder.join(between);
                    vec![folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")]
                }
            };
            // a module that the build makes is none of ours
            if let Some(found) = candidates.into_iter().find(|path| src.join(path).exists()) {
                self.read_file(src, &found, &inner, tests);
            }
        }
    }

    /// Every module by its path.
    pub fn modules(&self) -> impl Iterator<Item = (&Names, &Module)> {
        self.modules.iter()
    }

    /// What the module names, as it is written there: where a re-export leads to counts for nothing. Imports count even where
    /// nothing is done with them. What is the crate's own begins with `crate`; what another import stands for is filled in.
    #[must_use]
    pub fn names(&self, module: &Names) -> BTreeSet<Names> {
        let said = self.modules[module].said.iter().filter(|path| path.len() > 1);
        let all = self.imports(module).chain(said);
        all.map(|path| self.full(module, path)).collect()
    }

    /// The first words of what the module imports from elsewhere.
    #[must_use]
    pub fn foreign(&self, module: &Names) -> BTreeSet<String> {
        let imports = self.imports(module).map(|path| self.full(module, path).swap_remove(0));
        imports.filter(|first| first != "crate").collect()
    }

    fn imports(&self, module: &Names) -> impl Iterator<Item = &Names> {
        let here = &self.modules[module];
        here.imports.values().map(|import| &import.path).chain(&here.globs)
    }

    /// A path as it is written in a module, from the crate's root or from another crate.
    fn full(&self, module: &Names, path: &[String]) -> Names {
        let here = &self.modules[module];
        let own = |place: &[String], rest: &[String]| [&["crate".to_owned()], place, rest].concat();
        let [first, after @ ..] = path else { return own(module, &[]) };
        let import = here.imports.get(first).filter(|import| import.path[0] != *first);
        match (first.as_str(), import) {
            ("crate", _) => own(&[], after),
            ("self", _) => own(module, after),
            ("super", _) => {
                let ups = path.iter().take_while(|word| *word == "super").count();
                own(&module[..module.len().saturating_sub(ups)], &path[ups..])
            }
            (name, _) if here.children.contains(name) || here.declared.contains(name) => own(module, path),
            (_, Some(import)) => self.full(module, &[&import.path, after].concat()),
            (name, None) if name == self.name => own(&[], after),
            (_, None) => path.to_vec(),
        }
    }

    /// The module in which that stands which a full path means, and whether it is something in it rather than the module itself.
    fn home(&self, path: &[String], steps: usize) -> Option<(&Module, bool)> {
        let path = path.strip_prefix(&["crate".to_owned()])?;
        let mut place = Names::new();
        for (index, name) in path.iter().enumerate() {
            let here = self.modules.get(&place)?;
            let is_last = index + 1 == path.len();
            // A function may have the name of the module that it stands in.
            let is_item = is_last && (here.imports.contains_key(name) || here.declared.contains(name));
            if here.children.contains(name) && !is_item {
                place.push(name.clone());
                if self.modules.contains_key(&place) {
                    continue;
                }
                return Some((here, true));
            }
            let rest = &path[index + 1..];
            let further = steps.checked_sub(1)?;
            if let Some(import) = here.imports.get(name) {
                let target = self.full(&place, &import.path);
                return self.home(&[&target, rest].concat(), further);
            }
            if !here.declared.contains(name) {
                let within = |glob| [self.full(&place, glob), vec![name.clone()]].concat();
                let found = here.globs.iter().filter_map(|glob| self.home(&within(glob), further));
                if let Some(found) = found.into_iter().find(|(home, _)| home.declared.contains(name)) {
                    return Some(found);
                }
            }
            return Some((here, true));
        }
        self.modules.get(&place).map(|module| (module, false))
    }

    /// Which files need which, for something that stands in them, or for all of it (`::*`). What a module only passes on, it does
    /// not need.
    #[must_use]
    pub fn files(&self) -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
        let mut files: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
        for (name, module) in &self.modules {
            let needs = files.entry(module.file.clone()).or_default();
            let uses = |word: &str| module.said.iter().any(|path| path[0] == word);
            let imports = module.imports.iter().filter(|(word, import)| !import.public || uses(word));
            let said = module.said.iter().filter(|path| path.len() > 1);
            let items = imports.map(|(_, import)| &import.path).chain(said).map(|path| (path, false));
            for (path, whole) in items.chain(module.globs.iter().map(|path| (path, true))) {
                let home = self.home(&self.full(name, path), FURTHEST);
                if let Some((home, is_item)) = home.filter(|(home, _)| home.file != module.file)
                    && (is_item || whole)
                {
                    needs.insert(home.file.clone());
                }
            }
        }
        files
    }
}

/// What is reachable from itself comes together: the circles among these, each sorted.
#[must_use]
pub fn circles<T: Clone + Ord>(needs: &BTreeMap<T, BTreeSet<T>>) -> BTreeSet<Vec<T>> {
    let reach = |from: &T| {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&T> = needs.get(from).into_iter().flatten().collect();
        while let Some(file) = next.pop() {
            if reached.insert(file.clone()) {
                next.extend(needs.get(file).into_iter().flatten());
            }
        }
        reached
    };
    let reached: BTreeMap<&T, BTreeSet<T>> = needs.keys().map(|file| (file, reach(file))).collect();
    let together = |one: &T| {
        let back = |other: &&T| reached.get(other).is_some_and(|from| from.contains(one));
        reached[one].iter().filter(back).cloned().collect::<Vec<_>>()
    };
    needs.keys().map(together).filter(|circle| !circle.is_empty()).collect()
}
