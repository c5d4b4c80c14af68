"""One field of a form as a widget. Its bounds are a courtesy here: the plan checks them again."""

import streamlit as st

from bench.forms import Between, Field, OneOf, Value
from pages.parts.shared import plain

OWN = "a number"


def field_widget(field: Field, key: str) -> Value:
    """Draw a field; its value."""
    numbers, choices = _numbers(field), _choices(field)
    if not choices:
        return _number(field, numbers[0], key, field.default)
    offered = [*choices, OWN] if numbers else choices
    begins = field.default if isinstance(field.default, str) else OWN
    chosen = st.selectbox(
        _label(field),
        offered,
        index=offered.index(begins),
        key=key,
        help=plain(field.help),
        persist_state="session",
    )
    if numbers and chosen == OWN:
        number = numbers[0].low if begins != OWN else field.default
        return _number(field, numbers[0], f"{key}.number", number)
    return str(chosen)


def fill_in(field: Field, key: str, value: Value) -> None:
    """Let a field's widget hold a value when it is drawn next."""
    if isinstance(value, str):
        st.session_state[key] = value
        return
    if _choices(field):
        st.session_state[key], key = OWN, f"{key}.number"
    st.session_state[key] = _kind(_numbers(field)[0])(value)


def _numbers(field: Field) -> list[Between]:
    return [bound for bound in field.bounds if isinstance(bound, Between)]


def _choices(field: Field) -> list[str]:
    return [
        choice for bound in field.bounds if isinstance(bound, OneOf) for choice in bound.choices
    ]


def _number(field: Field, bound: Between, key: str, default: Value) -> Value:
    kind = _kind(bound)
    if key not in st.session_state:
        st.session_state[key] = kind(default)
    value = st.number_input(
        _label(field, bound.unit),
        min_value=kind(bound.low),
        max_value=kind(bound.high),
        key=key,
        help=plain(f"{field.help} From {bound.low:,} to {bound.high:,}.".strip()),
        width=200,
        persist_state="session",
    )
    return kind(value)


def _kind(bound: Between) -> type[int] | type[float]:
    return int if bound.whole else float


def _label(field: Field, unit: str = "") -> str:
    name = field.name.replace("_", " ").capitalize()
    return plain(f"{name} ({unit})" if unit else name)
