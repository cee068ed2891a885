//! Attributes of one element: each is taken once, and what is left over is unknown.

use std::time::Duration;

use super::Warning;
use super::read::Element;
use crate::config::Method;

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

    pub(super) fn method(&mut self, name: &str) -> Method {
        match self.text(name).as_deref() {
            None | Some("POST" | "post") => Method::Post,
            Some("GET" | "get") => Method::Get,
            Some(other) => {
                self.complain(format!("{name}=\"{other}\" must be GET or POST"));
                Method::Post
            }
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> bool {
        match self.text(name).as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                self.complain(format!("{name}=\"{other}\" must be true or false"));
                false
            }
        }
    }

    /// A whole number between `least` and `most`; a value outside is brought to the nearer end, with a complaint.
    pub(super) fn number(&mut self, name: &str, default: u64, least: u64, most: u64) -> u64 {
        let Some(value) = self.text(name) else { return default };
        match value.trim().parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => number,
            Ok(number) => {
                self.complain(format!("{name}=\"{number}\" must lie between {least} and {most}"));
                number.clamp(least, most)
            }
            Err(_) => {
                self.complain(format!("{name}=\"{value}\" must be a whole number"));
                default
            }
        }
    }

    pub(super) fn seconds(&mut self, name: &str, default: u64, least: u64, most: u64) -> Duration {
        Duration::from_secs(self.number(name, default, least, most))
    }

    /// `loop`: 0 means for ever, which Twilio cuts off at 1000.
    pub(super) fn times(&mut self) -> u32 {
        match self.number("loop", 1, 0, 1000) {
            0 => 1000,
            times => u32::try_from(times).unwrap_or(1),
        }
    }

    /// Attributes of Twilio that the emulator accepts and does not act upon.
    pub(super) fn accept(&mut self, names: &[&str]) {
        self.left.retain(|(name, _)| !names.contains(&name.as_str()));
    }

    pub(super) fn complain(&mut self, message: String) {
        self.warnings.push(Warning { message: format!("<{}>: {message}", self.element) });
    }

    /// Complains about the element as a whole; its attributes do not matter then.
    pub(super) fn left_alone(mut self, reason: &str) {
        self.warnings.push(Warning { message: format!("<{}> {reason}", self.element) });
        self.left.clear();
    }

    /// Complains about everything that nobody took.
    pub(super) fn finish(mut self) {
        for (name, _) in std::mem::take(&mut self.left) {
            self.complain(format!("the attribute {name} is not known; it is ignored"));
        }
    }
}
