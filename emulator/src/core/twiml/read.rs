//! XML to a tree of elements. Strict: TwiML that a lenient reader would repair is refused here, as by Twilio.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesDecl, BytesStart, Event};

use super::error::ParseError;

/// Documents nest three deep; this many are refused before the stack could care.
const DEEPEST: usize = 32;

/// One element with its attributes, child elements and text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    pub(super) text: String,
}

/// Reads a whole document into its root element.
pub(super) fn read(text: &str) -> Result<Element, ParseError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ParseError::new("the document is empty; an empty answer is <Response/>"));
    }
    if let Some(wrong) = text.chars().find(|c| !is_xml_char(*c)) {
        return Err(ParseError::new(not_xml(wrong)));
    }
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = true;
    config.allow_dangling_amp = false;
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    let mut first = true;
    loop {
        let event = reader.read_event().map_err(|fault| ParseError::new(fault.to_string()))?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(ParseError::new(format!("elements nest deeper than {DEEPEST}")));
                }
                open.push(element(&start)?);
            }
            Event::Empty(start) => close(element(&start)?, &mut open, &mut root)?,
            Event::End(_) => {
                let Some(done) = open.pop() else {
                    return Err(ParseError::new("an element is closed that was never opened"));
                };
                close(done, &mut open, &mut root)?;
            }
            Event::Text(content) => add_text(&content.xml10_content(), &mut open)?,
            Event::CData(content) => add_text(&content.xml10_content(), &mut open)?,
            Event::GeneralRef(reference) => {
                let character = resolve(&reference)?;
                add_text(&character, &mut open)?;
            }
            Event::Decl(_) if !first => {
                return Err(ParseError::new("the XML declaration must be the very first thing"));
            }
            Event::Decl(declaration) if !text.is_ascii() => {
                if let Some(other) = declared(&declaration).filter(|name| !name.eq_ignore_ascii_case("utf-8"))
                {
                    let reason =
                        format!("it says to be {other}; TwiML is UTF-8, and must say so if it says anything");
                    return Err(ParseError::new(reason));
                }
            }
            Event::DocType(_) => return Err(ParseError::new("a DOCTYPE has no place in TwiML")),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
        first = false;
    }
    if let Some(unclosed) = open.last() {
        return Err(ParseError::new(format!("<{}> is not closed", unclosed.name)));
    }
    root.ok_or_else(|| ParseError::new("there is no element; the root must be <Response>"))
}

/// The encoding that the XML declaration names.
fn declared(declaration: &BytesDecl<'_>) -> Option<String> {
    let name = declaration.encoding()?.ok()?;
    Some(name.into_owned())
}

fn close(done: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), ParseError> {
    match open.last_mut() {
        Some(parent) => parent.children.push(done),
        None if root.is_some() => return Err(ParseError::new("there is more than one root element")),
        None => *root = Some(done),
    }
    Ok(())
}

fn add_text(text: &str, open: &mut [Element]) -> Result<(), ParseError> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(ParseError::new("there is text outside the root element")),
    }
    Ok(())
}

fn element(start: &BytesStart<'_>) -> Result<Element, ParseError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|fault| ParseError::new(fault.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|fault| ParseError::new(format!("a value is not escaped: {fault}")))?;
        if let Some(wrong) = value.chars().find(|c| !is_xml_char(*c)) {
            return Err(ParseError::new(not_xml(wrong)));
        }
        if value_has_markup(&attribute.value) {
            return Err(ParseError::new("a value holds an unescaped <"));
        }
        attributes.push((name(attribute.key.as_ref()), value.into_owned()));
    }
    Ok(Element { name: name(start.name().as_ref()), attributes, ..Element::default() })
}

/// `Char` of XML 1.0; others may not even be written as references.
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn not_xml(c: char) -> String {
    format!("the character U+{:04X} cannot stand in XML, not even escaped", u32::from(c))
}

fn value_has_markup(raw: impl AsRef<str>) -> bool {
    raw.as_ref().contains('<')
}

fn name(raw: impl AsRef<str>) -> String {
    raw.as_ref().to_owned()
}

fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Result<String, ParseError> {
    let character = reference.resolve_char_ref().map_err(|fault| ParseError::new(fault.to_string()))?;
    if let Some(character) = character {
        return if is_xml_char(character) {
            Ok(character.to_string())
        } else {
            Err(ParseError::new(not_xml(character)))
        };
    }
    let entity = reference.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&entity)
        .map(str::to_owned)
        .ok_or_else(|| ParseError::new(format!("&{entity}; is not an entity of XML")))
}
