//! Attributes of one element: each is taken once, and what is left over is not emulated.
//!
//! Every reader takes the number under which Twilio warns of a wrong value.

use std::time::Duration;

use super::read::Element;
use super::schema;
use super::warning::Warning;
use crate::core::method::Method;

/// Twilio's number where it has none of its own for a wrong value.
pub(super) const SCHEMA: u32 = 12200;

/// Hands out the attributes of an element and collects complaints.
pub(super) struct Attributes<'a> {
    element: &'a str,
    left: Vec<(String, String)>,
    warnings: &'a mut Vec<Warning>,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(element: &'a mut Element, warnings: &'a mut Vec<Warning>) -> Self {
        Self { left: std::mem::take(&mut element.attributes), element: &element.name, warnings }
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let index = self.left.iter().position(|(key, _)| key == name)?;
        Some(self.left.swap_remove(index).1)
    }

    pub(super) fn url(&mut self, name: &str) -> Option<String> {
        self.text(name).map(|url| url.trim().to_owned()).filter(|url| !url.is_empty())
    }

    pub(super) fn method(&mut self, name: &str, code: u32) -> Method {
        match self.text(name).as_deref() {
            None | Some("POST" | "post") => Method::Post,
            Some("GET" | "get") => Method::Get,
            Some(other) => {
                self.complain(code, format!("{name}=\"{other}\" must be GET or POST; it is POST now"));
                Method::Post
            }
        }
    }

    pub(super) fn flag(&mut self, name: &str, code: u32) -> bool {
        self.flag_or(name, code, false)
    }

    pub(super) fn flag_or(&mut self, name: &str, code: u32, default: bool) -> bool {
        match self.text(name).as_deref() {
            None => default,
            Some("false") => false,
            Some("true") => true,
            Some(other) => {
                self.complain(code, format!("{name}=\"{other}\" must be true or false; it is {default} now"));
                default
            }
        }
    }

    /// A set of keys; characters that are none make all of it void.
    pub(super) fn keys(&mut self, name: &str, code: u32, default: &str) -> String {
        let Some(keys) = self.text(name) else { return default.to_owned() };
        if keys.chars().all(|key| matches!(key, '0'..='9' | '*' | '#')) {
            return keys;
        }
        self.complain(code, format!("{name}=\"{keys}\" may hold 0-9, * and #; it is {default} now"));
        default.to_owned()
    }

    /// A whole number between `least` and `most`; a value outside is brought to the nearer end, with a complaint.
    pub(super) fn number(&mut self, name: &str, code: u32, default: u64, least: u64, most: u64) -> u64 {
        let Some(value) = self.text(name) else { return default };
        match value.trim().parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => number,
            Ok(number) => {
                let taken = number.clamp(least, most);
                let message =
                    format!("{name}=\"{number}\" must lie between {least} and {most}; it is {taken} now");
                self.complain(code, message);
                taken
            }
            Err(_) => {
                let message = format!("{name}=\"{value}\" must be a whole number; it is {default} now");
                self.complain(code, message);
                default
            }
        }
    }

    pub(super) fn seconds(&mut self, name: &str, code: u32, default: u64, least: u64, most: u64) -> Duration {
        Duration::from_secs(self.number(name, code, default, least, most))
    }

    /// `loop`: 0 means for ever, which Twilio cuts off at 1000.
    pub(super) fn times(&mut self, code: u32) -> u32 {
        match self.number("loop", code, 1, 0, 1000) {
            0 => 1000,
            times => u32::try_from(times).unwrap_or(1),
        }
    }

    /// One of a few words; another one is complained about and dropped.
    pub(super) fn word(&mut self, name: &str, code: u32, words: &[&str]) -> Option<String> {
        let value = self.text(name)?;
        if words.contains(&value.as_str()) {
            return Some(value);
        }
        self.complain(code, format!("{name}=\"{value}\" must be one of {}; it is ignored", words.join(", ")));
        None
    }

    /// Something that Twilio would not do as it is written.
    pub(super) fn complain(&mut self, code: u32, message: String) {
        self.warnings.push(Warning { code: Some(code), message: format!("<{}>: {message}", self.element) });
    }

    /// Something that Twilio does and this emulator does not.
    pub(super) fn lacks(&mut self, what: &str) {
        self.warnings.push(Warning::lacking(format!("<{}>: {what}", self.element)));
    }

    /// Whatever nobody took and Twilio knows, this emulator lacks. The schema has named the rest.
    pub(super) fn finish(mut self) {
        for (name, value) in std::mem::take(&mut self.left) {
            if schema::has_attribute(self.element, &name) {
                self.lacks(&format!("{name}=\"{value}\" is not emulated; it does nothing here"));
            }
        }
    }
}
