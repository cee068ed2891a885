// Puts the languages' files, which frontend/build.rs has written beside the compiled program, into the folder that the server
// serves: the page asks for the one it wants.
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { builtFolder } from "./files.mjs";

/** `profile` is cargo's. */
export function copyMessages(profile, staging) {
  const built = join(builtFolder(profile), "messages");
  for (const name of readdirSync(built)) copyFileSync(join(built, name), join(staging, name));
}
