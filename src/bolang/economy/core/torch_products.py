"""The kernel products on torch: on a graphics card where there is one, otherwise on its threads of the processor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr


def products() -> tuple[Callable[[Array], Any], Callable[[Any, Array], Array], Callable[[Any, Array], Array]]:
    """Return how a matrix is held, and the products with it and with its transpose.

    Raises
    ------
    BadInputError
        If torch is not installed.
    """
    try:
        import torch
    except ImportError as error:
        raise BadInputError(
            tr("没有安装 torch。", "torch is not installed."),
            tr('请运行 pip install "bolang[torch]"。', 'Run pip install "bolang[torch]".'),
        ) from error
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    def hold(matrix: Array) -> Any:
        return torch.from_numpy(np.array(matrix, dtype=np.float32)).to(device)

    def product(matrix: Any, columns: Array) -> Array:
        result: Array = (matrix @ torch.from_numpy(columns).to(device)).cpu().numpy()
        return result

    def transposed(matrix: Any, columns: Array) -> Array:
        result: Array = (matrix.T @ torch.from_numpy(columns).to(device)).cpu().numpy()
        return result

    return hold, product, transposed
