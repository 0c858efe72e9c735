"""A small file in the run folder mapped into every process of this machine, with locked updates."""

import fcntl
import mmap
import os
from pathlib import Path


class SharedFile:
    """`size` zeroed bytes shared by all processes that open the same path. Reading needs no lock."""

    def __init__(self, path: Path, size: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self.fd).st_size < size:
            os.ftruncate(self.fd, size)
        self.memory = mmap.mmap(self.fd, size)

    def read_int(self, offset: int) -> int:
        return int.from_bytes(self.memory[offset : offset + 8], "little")

    def write_int(self, offset: int, value: int) -> None:
        self.memory[offset : offset + 8] = value.to_bytes(8, "little")

    def add(self, offset: int, step: int = 1) -> int:
        """Add to an 8-byte counter under a lock and return the new value."""
        with self.locked(offset, 8):
            value = (self.read_int(offset) + step) % 2**63
            self.write_int(offset, value)
        return value

    def locked(self, offset: int, length: int) -> "RangeLock":
        return RangeLock(self.fd, offset, length)

    def close(self) -> None:
        self.memory.close()
        os.close(self.fd)


class RangeLock:
    """Lock of some bytes of a file between processes (POSIX record lock). Threads of one process do not
    exclude each other by it; callers that need that hold their own lock too."""

    def __init__(self, fd: int, offset: int, length: int) -> None:
        self.fd, self.offset, self.length = fd, offset, length

    def __enter__(self) -> None:
        fcntl.lockf(self.fd, fcntl.LOCK_EX, self.length, self.offset)

    def __exit__(self, *_: object) -> None:
        fcntl.lockf(self.fd, fcntl.LOCK_UN, self.length, self.offset)
