// Decompress the packaged browser's parts into the folder given; the .tar parts are unpacked by the caller.
import { createReadStream, createWriteStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const [packed, folder] = process.argv.slice(2);
for (const part of await readdir(packed)) {
  await pipeline(
    createReadStream(join(packed, part)),
    createBrotliDecompress(),
    createWriteStream(join(folder, basename(part, ".br"))),
  );
}
