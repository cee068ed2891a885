use leptos::prelude::*;
use shared::PhoneNumber;
use shared::api::{
    AdminLine, AdminLines, AuditPage, AuditTheme, ErrorCode, LineChange, NewLine, OneTimeCode, SignedInDevice,
};

use super::Phone;
use crate::api::{self, ApiError};
use crate::text;

/// What an admin sees of the lines, and what is asked of the server for them. Errors are in words; where the session turns out
/// to be over, the sign-in page is shown instead.
#[derive(Clone, Copy)]
pub(crate) struct Admin {
    phone: Phone,
    /// `None` until the server has answered.
    pub(crate) lines: ReadSignal<Option<Result<AdminLines, String>>>,
    answered: RwSignal<Option<Result<AdminLines, String>>>,
}

impl Admin {
    pub(crate) fn new(phone: Phone) -> Self {
        let answered = RwSignal::new(None);
        Self { phone, lines: answered.read_only(), answered }
    }

    pub(crate) async fn load(self) {
        let answer = self.heed(api::admin_lines().await);
        self.answered.try_set(Some(answer));
    }

    /// What is known of a line.
    pub(crate) fn line(self, number: &PhoneNumber) -> Option<AdminLine> {
        self.lines.with(|lines| {
            let Some(Ok(lines)) = lines else { return None };
            lines.lines.iter().find(|line| line.phone_number == *number).cloned()
        })
    }

    /// Whether nobody but this line's user is an admin.
    pub(crate) fn is_last_admin(self, number: &PhoneNumber) -> bool {
        self.lines.with_untracked(|lines| {
            let Some(Ok(lines)) = lines else { return false };
            let mut admins = lines.lines.iter().filter(|line| line.admin);
            admins.next().is_some_and(|line| line.phone_number == *number) && admins.next().is_none()
        })
    }

    pub(crate) async fn add(self, line: &NewLine) -> Result<OneTimeCode, String> {
        self.then_load(api::add_line(line).await).await
    }

    pub(crate) async fn change(self, number: &PhoneNumber, change: &LineChange) -> Result<(), String> {
        self.then_load(api::change_line(number, change).await).await
    }

    pub(crate) async fn remove(self, number: &PhoneNumber) -> Result<(), String> {
        self.then_load(api::remove_line(number).await).await
    }

    pub(crate) async fn give_code(self, number: &PhoneNumber) -> Result<OneTimeCode, String> {
        self.then_load(api::give_code(number).await).await
    }

    pub(crate) async fn lift_lock(self, number: &PhoneNumber) -> Result<(), String> {
        self.then_load(api::lift_lock(number).await).await
    }

    pub(crate) async fn devices(self, number: &PhoneNumber) -> Result<Vec<SignedInDevice>, String> {
        self.heed(api::devices_of(number).await)
    }

    /// One of a line's devices, or all of them.
    pub(crate) async fn sign_out(self, number: &PhoneNumber, id: Option<&str>) -> Result<(), String> {
        self.heed(match id {
            Some(id) => api::sign_out_device_of(number, id).await,
            None => api::sign_out_all_of(number).await,
        })
    }

    pub(crate) async fn audit(
        self,
        before: Option<&str>,
        line: Option<&PhoneNumber>,
        about: Option<AuditTheme>,
    ) -> Result<AuditPage, String> {
        self.heed(api::audit_page(before, line, about).await)
    }

    async fn then_load<T>(self, answer: Result<T, ApiError>) -> Result<T, String> {
        if answer.as_ref().is_err_and(|error| error.is(ErrorCode::NotFound)) {
            // The line is not among the new ones, and neither is what would say so.
            self.phone.notice.tell(text::admin::gone());
        }
        let answer = self.heed(answer);
        self.load().await;
        answer
    }

    fn heed<T>(self, answer: Result<T, ApiError>) -> Result<T, String> {
        answer.map_err(|error| {
            self.phone.is_signed_out(&error);
            let words = match error.code() {
                Some(ErrorCode::NotAdmin) => text::admin::no_right(),
                Some(ErrorCode::LineExists) => text::admin::line_exists(),
                Some(ErrorCode::LastAdmin) => text::admin::last_admin(),
                Some(ErrorCode::OwnLine) => text::admin::own_line(),
                Some(ErrorCode::NotFound) => text::admin::gone(),
                _ => return error.to_string(),
            };
            words.to_owned()
        })
    }
}
