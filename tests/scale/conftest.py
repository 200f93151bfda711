"""One installation for all tests of this folder."""

import os
from collections.abc import Iterator

import pytest

from tests.scale.installation import Installation


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Everything up; without PostgreSQL and Redis this fails, for nothing would be tested."""
    site = Installation(
        tmp_path_factory.mktemp("scale"),
        os.environ["PASSNOTES_TEST_DATABASE_URL"],
        os.environ["PASSNOTES_TEST_REDIS_URL"],
    )
    try:
        site.begin()
        yield site
    finally:
        site.clean()


@pytest.fixture(scope="package")
def token(site: Installation) -> str:
    return site.sign_in()
