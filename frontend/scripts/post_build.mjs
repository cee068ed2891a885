// Trunk runs this after a build and says by the environment where the files are. Trunk's hooks of one stage run all at once,
// hence one for what must come in this order. What makes files small is for release builds only: a development build is read
// once, by one browser.
import { appStaged } from "./app.mjs";
import { compressStaged } from "./compress.mjs";
import { copyMessages } from "./messages.mjs";
import { copyNoise } from "./noise.mjs";
import { noticesStaged } from "./notices.mjs";
import { splitStaged } from "./split.mjs";
import { stylesStaged } from "./styles.mjs";

const { TRUNK_PROFILE, TRUNK_STAGING_DIR } = process.env;
if (!TRUNK_STAGING_DIR) {
  console.error("post_build.mjs: TRUNK_STAGING_DIR is not set: this is a hook for Trunk (see Trunk.toml).");
  process.exit(1);
}
if (TRUNK_PROFILE === "release") splitStaged(stylesStaged());
copyMessages(TRUNK_PROFILE, TRUNK_STAGING_DIR);
copyNoise(TRUNK_PROFILE, TRUNK_STAGING_DIR);
noticesStaged(TRUNK_STAGING_DIR);
appStaged();
if (TRUNK_PROFILE === "release") await compressStaged();
