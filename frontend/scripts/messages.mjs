// Puts the languages' files, which frontend/build.rs has written beside the compiled program, into the folder that the server
// serves: the page asks for the one it wants.
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";

/** `profile` is Trunk's word for the build, `folder` where it is assembled. */
export function copyMessages(profile, folder) {
  // The profile that index.html names (data-cargo-profile-release).
  const built = join(env.CARGO_TARGET_DIR ?? "target", "wasm32-unknown-unknown", profile === "release" ? "wasm-release" : "debug", "messages");
  for (const name of readdirSync(built)) copyFileSync(join(built, name), join(folder, name));
}
