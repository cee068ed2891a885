//! What admins see: the lines with their users, invitations, the audit log. In a file of its own, which nobody else loads.

mod add_line;
mod audit;
mod body;
mod code;
mod devices;
mod id;
mod invitation;
mod line;
mod line_form;
mod lines;
mod qr;
mod remove;

pub(crate) use body::admin_body;
