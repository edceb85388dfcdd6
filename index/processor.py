"""What this machine's processor does well, for those who choose a number format. Knows nothing about models.

Importing it bounds what oneDNN, which multiplies the matrices, keeps of its work: that is read at its first product.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


KERNELS_KEPT = 128
"""Of those that oneDNN makes for each new shape of a product, such as a sentence of another length; its own 1,024 grow
to 0.3 GB within 40 questions (docs/LOG.md)."""

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", str(KERNELS_KEPT))


def has_bf16() -> bool:
    """Whether the processor multiplies bfloat16 matrices in hardware (AVX512-BF16, AMX or ARM BF16).

    Emulated bf16 is slower than fp32 (docs/LOG.md), so "torch can" is not enough.
    """
    import torch

    known = torch.cpu.get_capabilities()
    return any(bool(known.get(name)) for name in ("avx512_bf16", "amx_bf16", "bf16", "sve_bf16"))


def weights_dtype() -> torch.dtype:
    """bfloat16 where the hardware has it: half the memory to read, four times the product; else float32."""
    import torch

    return torch.bfloat16 if has_bf16() else torch.float32


def core_count() -> int:
    """How many cores this process may use: one thread each is fastest for matrix work."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
