//! Our server: the only module that touches the network.

mod admin;
mod call;
mod contacts;
mod demo;
mod devices;
mod dial_check;
mod error;
mod far_end;
mod http;
mod messages;
mod missed;
mod session;
mod token;

pub(crate) use admin::{
    add_line, admin_lines, audit_page, change_line, devices_of, give_code, lift_lock, remove_line,
    sign_out_all_of, sign_out_device_of,
};
pub(crate) use call::{call_outcome, leave_call, rate_call};
pub(crate) use contacts::{
    add_contact, change_contact, contacts, export_address, import_contacts, remove_contact, set_favourite,
};
pub(crate) use demo::demo_world;
pub(crate) use devices::{change_passcode, devices, sign_out_device, sign_out_everywhere};
pub(crate) use dial_check::dial_check;
pub(crate) use error::ApiError;
pub(crate) use far_end::far_end;
pub(crate) use http::address;
pub(crate) use messages::messages;
pub(crate) use missed::missed_calls;
pub(crate) use session::{session, sign_in, sign_in_options, sign_out};
pub(crate) use token::access_token;
