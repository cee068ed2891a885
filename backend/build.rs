//! Migrations are embedded: a new one must rebuild the crate.

#[expect(clippy::print_stdout, reason = "the language of build scripts")]
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
