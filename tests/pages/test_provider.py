"""What logging in needs is said at the start, and no secret with it."""

import pytest

from bench.errors import Refused, Unavailable
from bench.settings import settings
from pages.parts.provider import check_login

LOGIN = settings({"BENCH_ACCESS": "login", "BENCH_ALLOW": "example.org"})
AUTH = {"redirect_uri": "https://lab.example.org/oauth2callback", "cookie_secret": 4 * "12345678"}


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package that this needs, whether or not it is here."""
    monkeypatch.setattr("pages.parts.provider.find_spec", lambda name: name)


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.provider.find_spec", lambda _: None)
    with pytest.raises(Unavailable, match=r"pip install -r requirements-auth\.txt"):
        check_login(LOGIN, AUTH)
    check_login(settings({}), {})


@pytest.mark.usefixtures("there")
def test_without_a_provider_it_says_what_to_write_where() -> None:
    with pytest.raises(Unavailable, match=r"needs \[auth\] in \.streamlit/secrets\.toml"):
        check_login(LOGIN, {})
    check_login(LOGIN, AUTH)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("secret", ["", "hunter2-and-more"])
def test_a_secret_that_can_be_guessed_is_refused_and_not_told(secret: str) -> None:
    with pytest.raises(Refused) as refused:
        check_login(LOGIN, AUTH | {"cookie_secret": secret})
    assert f"is '{len(secret)} characters': it must be at least 32" in str(refused.value)
    assert "hunter2" not in str(refused.value)
