"""The error with which a call is refused."""

import pytest

from bolang.foundation.errors import BadInputError


def refused(call, *arguments, **options):
    """Return the error that a call ends in."""
    with pytest.raises(BadInputError) as caught:
        call(*arguments, **options)
    return caught.value
