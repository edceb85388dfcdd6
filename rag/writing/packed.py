"""A loaded model in, the same model with its matrices in the order the processor multiplies them in out.

Knows nothing about text.
"""

from __future__ import annotations

import platform
from typing import cast

import torch
from torch import nn

ROWS = 64
"""How many tokens at a time the order is made for; steps of 1-32 and whole prompts run as fast with it."""


class _Packed(nn.Module):
    """A linear layer whose weights oneDNN need not put in order at every call: the same numbers come out, bit for bit.

    For matrices of Qwen 1.5B one thread takes 0.6 of the time for 1-32 tokens and 0.75 for 320 (docs/LOG.md).
    """

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.in_features, self.out_features = layer.in_features, layer.out_features
        self._weight = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach(), ROWS)
        self._bias = None if layer.bias is None else layer.bias.detach().clone()  # else the file stays mapped

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Shape (..., in_features) → (..., out_features)."""
        return cast(torch.Tensor, torch.ops.mkldnn._linear_pointwise(x, self._weight, self._bias, "none", [], ""))


def pack(model: nn.Module, weights: nn.Module) -> None:
    """Put a model's bf16 matrices in the processor's order, one after the other.

    Elsewhere than on x86 with bf16 weights nothing is done: there it was not measured.

    Args:
        model: Whose linear layers are replaced.
        weights: The same model loaded a second time, read here and then let go: what stays mapped of a file counts as
            resident, and of the first model's own file only the embeddings that are looked up ever need be read.
    """
    if platform.machine().lower() not in ("x86_64", "amd64") or not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return
    for name, layer in weights.named_modules():
        if type(layer) is nn.Linear and layer.weight.dtype == torch.bfloat16:
            with torch.inference_mode():
                model.set_submodule(name, _Packed(layer))
