"""How much memory there is, asked before what needs much of it: running out half-way ends in the middle of some library."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bolang.foundation.errors import ScarceMemoryError
from bolang.foundation.text import tr


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """What work needs.

    Attributes
    ----------
    held : float
        GB that the process holds at most.
    addresses : float
        GB of addresses that its libraries reserve (``ulimit -v`` limits these).
    zh, en : str
        What the work is called.
    """

    held: float
    addresses: float
    zh: str
    en: str


START = MemoryNeed(0.4, 1.5, "运行 bolang ", "running bolang")
"""Any command; a page of one county holds 0.35 GB."""
SOLVE = MemoryNeed(1.0, 2.2, "求解县域经济模型", "solving the county economy")
"""One counterfactual; 0.93 GiB measured (benchmarks/results/economy.md)."""
SWEEP = MemoryNeed(1.6, 2.8, "求解多组参数的县域经济模型", "solving the county economy for many parameters")
"""Draws solved side by side."""
_GB = 1e9


def require(need: MemoryNeed) -> None:
    """Refuse work for which there is too little memory; nothing is refused where the system does not tell.

    Raises
    ------
    ScarceMemoryError
        If less is free than is needed.
    """
    for needed, found in ((need.held, _free()), (need.addresses, _addresses())):
        if found < needed * _GB:
            left = max(found, 0.0) / _GB
            raise ScarceMemoryError(
                tr(
                    f"内存不足：{need.zh}需要约 {needed:g} GB，可用 {left:.1f} GB。",
                    f"Too little memory: {need.en} needs about {needed:g} GB, {left:.1f} GB are free.",
                ),
                tr(
                    "请关闭其他程序，或放宽 ulimit -v 与容器的限制。",
                    "Close other programs, or raise ulimit -v or the container's limit.",
                ),
            )


def is_scarce(need: MemoryNeed) -> bool:
    """Tell whether less is free than some work holds; never where the system does not tell."""
    return _free() < need.held * _GB


def _free() -> float:
    """Bytes that can still be held: what the machine has, and what its container leaves."""
    found = [_meminfo()]
    for most, used in (
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ):
        found.append(
            _number(most) - min(_number(used), _number(most)) if _number(most) < float("inf") else float("inf")
        )
    return min(found)


def _meminfo() -> float:
    lines = _read("/proc/meminfo").splitlines()
    parts = [line.split() for line in lines if line.startswith(("MemAvailable:", "SwapFree:"))]
    return 1024 * sum(float(part[1]) for part in parts) if parts else float("inf")


def _addresses() -> float:
    """Bytes of addresses that this process may still take."""
    if sys.platform == "win32":
        return float("inf")
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return float("inf")
    taken = [line.split() for line in _read("/proc/self/status").splitlines() if line.startswith("VmSize:")]
    return limit - (1024 * float(taken[0][1]) if taken else 0.0)


def _number(path: str) -> float:
    said = _read(path).strip()
    return float(said) if said.isdigit() else float("inf")


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii")
    except OSError:
        return ""
