"""`python -m django prepare | work | …` as the launcher calls it."""

import json
import os
import sys
import time
from pathlib import Path

word, rest = (sys.argv[1:2] or [""])[0], sys.argv[2:]
home = Path(os.environ["JENDELA_HOME"])
with (home / "calls").open("a") as calls:
    calls.write(json.dumps([word, *rest]) + "\n")
if word == "prepare":
    if os.environ.get("STANDIN_PREPARE") == "fail":
        sys.exit("CommandError: Data rusak.")
    print("Menyiapkan tabel …")
elif word == "work":
    while True:
        time.sleep(60)
elif word == "fail":
    sys.exit(7)
else:
    print(
        json.dumps(
            {
                "args": [word, *rest],
                "database": os.environ["DATABASE_URL"],
                "address": os.environ.get("JENDELA_PUBLIC_URL"),
            }
        )
    )
