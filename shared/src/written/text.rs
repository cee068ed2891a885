//! A number among words, extensions and other numbers.

use super::items::{Item, Kind, cut, items};
use super::keys::{MAX_KEYS, keys};
use super::names::{Names, named};
use super::{Note, Unclear, Written, dates, link, spelling, vanity, words};
use crate::phone::cleaning::is_plus;
use crate::phone::country_as_typed;
use crate::{Country, Key, PhoneNumber, PhoneNumberError};

/// Digits of an extension, at most; more are a number.
const MAX_EXTENSION: usize = 9;

/// Reads a text that is no link as a whole. Where it names other countries, home counts only if the number cannot be one of theirs.
pub(super) fn read_among(text: &str, home: Option<Country>, names: Names<'_>) -> Result<Written, Unclear> {
    let text = &*spelling::with_plus(text);
    let at_home = read(text, home);
    let is_national = at_home.as_ref().is_ok_and(|read| read.number.is_some() && !read.says_country);
    let others = match &at_home {
        Ok(read) if is_national || (!read.says_country && read.number.is_none()) => named(text, names),
        _ => Vec::new(),
    };
    if others.is_empty() {
        return at_home;
    }
    let mut found = at_home.into_iter().filter(|_| is_national).map(|read| (home, read)).collect::<Vec<_>>();
    for country in others {
        let is_theirs =
            |number: &PhoneNumber| number.country() == Some(country) || country.is_largest_of_its_code();
        let read = read(text, Some(country)).ok().filter(|read| read.number.as_ref().is_some_and(is_theirs));
        let is_new = |read: &Written| found.iter().all(|(_, known)| known.number != read.number);
        if let Some(read) = read.filter(is_new) {
            found.push((Some(country), read));
        }
    }
    match found.pop() {
        Some((country, read)) if found.is_empty() => Ok(Written { says_country: country != home, ..read }),
        _ => Err(PhoneNumberError::NeedsCountry.into()),
    }
}

/// Reads it with this country for national numbers.
fn read(text: &str, home: Option<Country>) -> Result<Written, Unclear> {
    let text = &*dates::take_out(text);
    let (mut text, mut found) = link::take_out(text, home);
    if let Some(spelled) = vanity::spelled(&text, &items(&text), home) {
        text = spelled.into();
    }
    let items = cut(items(&text), |item| is_number(item, home));
    let said = home_of(&items, home);
    let items = cut(items, |item| is_number(item, said));
    if found.is_empty()
        && items.iter().all(|item| item.kind != Kind::Word && !item.has_plus())
        && begins_code(&items)
    {
        return code(&text);
    }
    let is_told = !has_stray_plus(&items) && flags(&items).is_none();
    let reading = Reading { text: &text, home: said, items: &items };
    let mut parts = reading.parts();
    found.extend(
        parts.iter_mut().filter(|part| part.is_number()).map(|part| Ok(std::mem::take(&mut part.written))),
    );
    if !found.is_empty() {
        let mut one = one_of(found)?;
        // Said before an extension is, whose keys are seen.
        if let Some(left) = left_out(&text, &parts) {
            one.note = Some(Note::LeftOut(left.to_owned()));
        }
        return Ok(one);
    }
    match parts.as_mut_slice() {
        [_, ..] if !is_told => Err(PhoneNumberError::NeedsCountry.into()),
        [] if items.iter().any(Item::is_extension_word) && items.len() == 1 => {
            Ok(Written { keys: ",".to_owned(), ..Written::default() })
        }
        [] => Err(Unclear::Nothing),
        [only] if only.written.number.is_some() || !only.written.keys.is_empty() => {
            Ok(std::mem::take(&mut only.written))
        }
        [_] if items.iter().any(Item::is_extension_word) => Err(Unclear::Several),
        [_] if !items[0].has_plus() && items.iter().all(|item| item.kind != Kind::Word) => code(&text),
        [only] => Ok(std::mem::take(&mut only.written)),
        // A number that was broken into lines.
        _ => match PhoneNumber::parse(&text, reading.home) {
            Ok(number) => Ok(Written::whole(number, reading.says_country(&text))),
            Err(_) if reading.has_plus() && reading.home.is_none() => {
                Err(PhoneNumberError::NeedsCountry.into())
            }
            Err(_) => Err(Unclear::Several),
        },
    }
}

/// Everything from the first digits that are no part of a number to the last of them, or to the next number.
fn left_out<'a>(text: &'a str, parts: &[Part]) -> Option<&'a str> {
    let is_left = |part: &&Part| !part.written.signs.is_empty() && !part.is_harmless;
    let first = parts.iter().position(|part| is_left(&part))?;
    let last = parts[first..].iter().take_while(is_left).last()?;
    text.get(parts[first].from..last.to)
}

/// The number that all agree on.
pub(super) fn one_of(found: Vec<Result<Written, Unclear>>) -> Result<Written, Unclear> {
    let mut numbers: Vec<Written> = Vec::new();
    let mut why = Unclear::Nothing;
    for written in found {
        match written {
            Ok(written) => match numbers.iter_mut().find(|known| known.number == written.number) {
                Some(known) if known.keys.is_empty() => *known = written,
                Some(_) => {}
                None if written.number.is_none() => {}
                None => numbers.push(written),
            },
            Err(error) => why = error,
        }
    }
    match numbers.len() {
        0 => Err(why),
        1 => Ok(numbers.remove(0)),
        _ => Err(Unclear::Several),
    }
}

/// `*21#`, `,,34`: keys that do not begin as a number does.
fn begins_code(items: &[Item<'_>]) -> bool {
    items.first().is_some_and(|first| first.is_sign(is_key_or_pause))
}

/// Signs and nothing else, as they are.
fn code(text: &str) -> Result<Written, Unclear> {
    let from = text.find([',', ';', '，', '；']).unwrap_or(text.len());
    let signs: String = text[..from].chars().filter_map(Key::from_char).map(Key::to_char).collect();
    let keys = keys(&text[from..]).unwrap_or_default();
    let has_any = !signs.is_empty() || !keys.is_empty();
    if has_any { Ok(Written { signs, keys, ..Written::default() }) } else { Err(Unclear::Nothing) }
}

fn is_key_or_pause(sign: char) -> bool {
    matches!(sign, ',' | ';' | '，' | '；') || Key::from_char(sign).is_some()
}

fn is_number(item: &Item<'_>, home: Option<Country>) -> bool {
    let home = home.filter(|_| !item.has_plus());
    item.kind == Kind::Digits && PhoneNumber::parse(&item.signs(), home).is_ok()
}

/// The country of national numbers in the text: where a plus sign stands somewhere, the one that it says, or none. `home` else.
fn home_of(items: &[Item<'_>], home: Option<Country>) -> Option<Country> {
    let flags = flags(items);
    let mut said = items.iter().filter(|item| item.has_plus()).map(|item| {
        let signs = item.signs();
        let number = PhoneNumber::parse(&signs, None).ok();
        number.map_or_else(|| country_as_typed(&signs, None), |number| number.country())
    });
    if has_stray_plus(items) {
        return None;
    }
    match (said.next(), flags) {
        (Some(first), _) => first.filter(|first| said.all(|other| other == Some(*first))),
        (None, Some(flag)) => flag,
        (None, None) => home,
    }
}

/// A plus sign that belongs to no digits, and does not stand between words either: something was said of a country, or meant to be.
fn has_stray_plus(items: &[Item<'_>]) -> bool {
    let is_word = |item: Option<&Item<'_>>| item.is_some_and(|item| item.kind == Kind::Word);
    let is_stray = |at: usize| {
        !is_word(at.checked_sub(1).and_then(|before| items.get(before))) || !is_word(items.get(at + 1))
    };
    items.iter().enumerate().any(|(at, item)| item.is_sign(is_plus) && is_stray(at))
}

/// The country whose flag stands in the text; the inner is `None` when there are several.
fn flags(items: &[Item<'_>]) -> Option<Option<Country>> {
    let letter = |item: &Item<'_>| match item.kind {
        Kind::Sign(sign @ '\u{1f1e6}'..='\u{1f1ff}') => char::from_u32(sign as u32 - 0x1_f1e6 + 'A' as u32),
        _ => None,
    };
    let pairs = items.windows(2).filter_map(|pair| Some([letter(&pair[0])?, letter(&pair[1])?]));
    let mut flags = pairs.filter_map(|pair| Country::from_code(&pair.iter().collect::<String>()));
    let first = flags.next()?;
    Some(flags.all(|other| other == first).then_some(first))
}

struct Reading<'a> {
    text: &'a str,
    items: &'a [Item<'a>],
    home: Option<Country>,
}

/// Digits with what belongs to them.
#[derive(Debug)]
struct Part {
    written: Written,
    from: usize,
    to: usize,
    /// The number of an entry in a list, a country code on its own, the number of a fax.
    is_harmless: bool,
    is_fax: bool,
}

impl Part {
    fn is_number(&self) -> bool {
        self.written.number.is_some() && !self.is_fax
    }
}

impl Reading<'_> {
    fn has_plus(&self) -> bool {
        self.items.iter().any(Item::has_plus)
    }

    fn says_country(&self, number: &str) -> bool {
        self.has_plus() || PhoneNumber::parse(number, None).is_ok() || flags(self.items).is_some()
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut at = 0;
        let mut after = 0;
        while let Some(item) = self.items.get(at) {
            let labels = &self.items[after..at];
            at += 1;
            if item.kind != Kind::Digits {
                continue;
            }
            let is_labelled = |is: fn(&str) -> bool| labels.iter().any(|label| label.is_word(is));
            let is_fax = is_labelled(words::is_fax) && !is_labelled(words::is_phone);
            let mut written = self.number(item);
            let follows = self.keys(at).filter(|_| written.signs.len() > 2);
            if let Some((keys, note, next)) = follows {
                (written.keys, written.note, at) = (keys, note, next);
            }
            let is_entry = after == 0 && written.signs.len() < 4 && !item.has_plus();
            let is_code = item.has_plus() && self.home.is_some() && written.number.is_none();
            // An extension with no number before it goes behind what stands in the field.
            if parts.is_empty()
                && labels.len() == 1
                && let Some((keys, note, next)) = self.extension(after)
            {
                at = next;
                written = Written { keys, note, ..Written::default() };
            }
            let from = labels
                .iter()
                .find(|label| after > 0 && label.kind == Kind::Word)
                .map_or(item.from, |label| label.from);
            let to = self.items[at - 1].to();
            after = at;
            parts.push(Part { written, from, to, is_harmless: is_entry || is_code || is_fax, is_fax });
        }
        if parts.len() > 1
            && parts.iter().filter(|part| part.written.number.is_some()).all(|part| part.is_fax)
        {
            // There is no other.
            parts.iter_mut().for_each(|part| part.is_fax = false);
        }
        if let [only] = parts.as_mut_slice() {
            only.is_fax = false;
        }
        parts
    }

    /// The digits, without the number of an entry in a list.
    fn number(&self, item: &Item<'_>) -> Written {
        let behind = item.has_plus().then(|| item.signs());
        let whole = Some(behind.as_deref().unwrap_or(item.text));
        let entry = without_entry(item.text).filter(|_| !item.has_plus());
        // Entries begin lines: `(11) 98765-4321` and `(0xx11) 98765-4321` are one number each.
        let line = self.text[..item.from].rsplit('\n').next().unwrap_or_default();
        let ways = if line.trim().is_empty() { [entry, whole] } else { [whole, entry] };
        let mut read = ways.into_iter().flatten();
        match read.find_map(|text| Some((text, PhoneNumber::parse(text, self.home).ok()?))) {
            Some((text, number)) => {
                let signs = Item { kind: Kind::Digits, text, from: 0 }.signs();
                Written {
                    signs,
                    number: Some(number),
                    says_country: self.says_country(text),
                    ..Written::default()
                }
            }
            None => Written { signs: item.signs(), says_country: item.has_plus(), ..Written::default() },
        }
    }

    /// The keys that follow a number, what is said of them, and where the text goes on.
    fn keys(&self, at: usize) -> Option<(String, Option<Note>, usize)> {
        if let Some((mut keys, note, next)) = self.extension(at) {
            let more = self.sequence(next).map(|more| (more, self.items.len()));
            let next = more.as_ref().map_or(next, |(_, next)| *next);
            keys.extend(more.into_iter().map(|(more, _)| more));
            keys.truncate(MAX_KEYS);
            return Some((keys, note, next));
        }
        Some((self.sequence(at)?, None, self.items.len()))
    }

    fn extension(&self, at: usize) -> Option<(String, Option<Note>, usize)> {
        let mut next = at;
        let skip = |next: &mut usize, is: &dyn Fn(&Item<'_>) -> bool| {
            let is = self.items.get(*next).is_some_and(is);
            *next += usize::from(is);
            is
        };
        skip(&mut next, &|item| item.is_sign(|sign| matches!(sign, ',' | ';' | '，' | '、')));
        let begins = next;
        let word = skip(&mut next, &|item| item.is_extension_word());
        let mark = skip(&mut next, &|item| item.is_sign(|sign| matches!(sign, '#' | '＃')));
        if !word && !mark {
            return None;
        }
        while skip(&mut next, &|item| item.is_sign(|sign| matches!(sign, ':' | '：' | '=' | '№'))) {}
        let digits = self.items.get(next).filter(|item| item.kind == Kind::Digits)?;
        let signs = digits.signs();
        if digits.has_plus() || signs.len() > MAX_EXTENSION || digits.text.contains(['/', '\t']) {
            return None;
        }
        next += 1;
        let shown = self.text[self.items[begins].from..digits.to()].to_owned();
        let hash = skip(&mut next, &|item| {
            item.is_sign(|sign| matches!(sign, '#' | '＃')) && item.from == digits.to()
        });
        Some(([",", &signs, if hash { "#" } else { "" }].concat(), Some(Note::Extension(shown)), next))
    }

    /// Everything from here on, if it is keys.
    fn sequence(&self, at: usize) -> Option<String> {
        let first = self.items.get(at)?;
        let is_pause = first.is_sign(|sign| matches!(sign, ',' | ';' | '，' | '；' | '、'));
        let is_wait = first.is_word(|word| word.chars().all(|sign| "pPwW".contains(sign)));
        if !is_pause && !is_wait {
            return None;
        }
        // After one comma, what is written as a number is another one.
        let rest = &self.text[first.to()..];
        if first.text.chars().count() == 1
            && rest.contains(|sign: char| !sign.is_ascii_digit())
            && PhoneNumber::parse(rest, self.home).is_ok()
        {
            return None;
        }
        keys(&self.text[first.from..])
    }
}

/// What stands behind the number of an entry in a list, such as `1.` or `2)`.
fn without_entry(text: &str) -> Option<&str> {
    let digits = text.find(|sign: char| !sign.is_ascii_digit())?;
    let mut rest = text[digits..].chars();
    let is_entry =
        (1..=2).contains(&digits) && !text.starts_with('0') && matches!(rest.next(), Some('.' | ')'));
    let rest = rest.as_str();
    (is_entry && rest.starts_with(|sign: char| sign.is_whitespace() || sign == '0')).then_some(rest)
}
