#!/usr/bin/env python3
"""`aws s3 cp - s3://…` of AWS's command line, with the folder FAKE_S3 for a bucket. What it does not know it refuses."""
import json
import os
import sys


def refuse(words):
    print(words, file=sys.stderr)
    sys.exit(252)


if sys.argv[1:4] != ["s3", "cp", "-"]:
    refuse(f"aws: error: what is {sys.argv[1:4]}?")
target, options = sys.argv[4], iter(sys.argv[5:])
if not target.startswith("s3://"):
    refuse("aws: error: Invalid argument type")
key = target.removeprefix("s3://").split("/", 1)[1]
headers = {}
for option in options:
    if option == "--only-show-errors":
        continue
    if option in ("--content-type", "--cache-control", "--content-encoding"):
        headers[option.removeprefix("--")] = next(options)
    elif option == "--metadata":
        metadata = json.loads(next(options))
        if sum(len(name) + len(value) for name, value in metadata.items()) > 2048:
            refuse("upload failed: An error occurred (MetadataTooLarge)")
        headers |= {f"x-amz-meta-{name}": value for name, value in metadata.items()}
    else:
        refuse(f"Unknown options: {option}")
if key == os.environ.get("FAKE_S3_REFUSES"):
    refuse("upload failed: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied")
path = os.path.join(os.environ["FAKE_S3"], key)
os.makedirs(os.path.dirname(path), exist_ok=True)
with open(path, "wb") as file:
    file.write(sys.stdin.buffer.read())
with open(path + ".headers", "w") as file:
    json.dump(headers, file)
with open(os.path.join(os.environ["FAKE_S3"], "order"), "a") as file:
    file.write(key + "\n")
