"""Fetching a page past any proxy that the environment names."""

import requests


def get(url: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=30)
