"""What logging in needs: a package, and the provider that the operator names to Streamlit."""

from collections.abc import Mapping
from importlib.util import find_spec

import streamlit as st

from bench.errors import Refused, Unavailable
from bench.settings import Settings

FILE = ".streamlit/secrets.toml"

# Who guesses the secret logs in as anybody.
LEAST_SECRET = 32


def named_provider() -> Mapping[str, object]:
    """What the operator tells Streamlit of the provider; empty if nothing."""
    return dict(st.secrets.get("auth", {})) if st.secrets.load_if_toml_exists() else {}


def check_login(here: Settings, auth: Mapping[str, object]) -> None:
    """Raises Refused or Unavailable, without telling a secret, if people must log in and cannot."""
    if here.access != "login":
        return
    if find_spec("authlib") is None:
        raise Unavailable("BENCH_ACCESS=login needs: pip install -r requirements-auth.txt.")
    if "redirect_uri" not in auth:
        raise Unavailable(
            f"BENCH_ACCESS=login needs [auth] in {FILE}: redirect_uri, cookie_secret, client_id, "
            "client_secret and server_metadata_url."
        )
    length = len(str(auth.get("cookie_secret", "")))
    if length < LEAST_SECRET:
        raise Refused(
            f"cookie_secret in {FILE}",
            f"{length} characters",
            f"at least {LEAST_SECRET}",
            "python -c 'import secrets; print(secrets.token_urlsafe(32))' makes one",
        )
