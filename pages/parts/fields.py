"""One field of a form as a widget. Its bounds are a courtesy here: the plan checks them again."""

import streamlit as st

from bench.forms import Between, Field, OneOf, Value

OWN = "a number"


def field_widget(field: Field, key: str) -> Value:
    """Draw a field; its value."""
    numbers = [bound for bound in field.bounds if isinstance(bound, Between)]
    choices = [
        choice for bound in field.bounds if isinstance(bound, OneOf) for choice in bound.choices
    ]
    if not choices:
        return _number(field, numbers[0], key, field.default)
    offered = [*choices, OWN] if numbers else choices
    chosen = st.selectbox(
        _label(field),
        offered,
        index=offered.index(str(field.default)),
        key=key,
        help=field.help,
        persist_state="session",
    )
    if chosen == OWN:
        return _number(field, numbers[0], f"{key}.number", numbers[0].low)
    return str(chosen)


def _number(field: Field, bound: Between, key: str, default: Value) -> Value:
    kind = int if bound.whole else float
    if key not in st.session_state:
        st.session_state[key] = kind(default)
    value = st.number_input(
        _label(field, bound.unit),
        min_value=kind(bound.low),
        max_value=kind(bound.high),
        key=key,
        help=f"{field.help} From {bound.low:,} to {bound.high:,}.",
        width=200,
        persist_state="session",
    )
    return kind(value)


def _label(field: Field, unit: str = "") -> str:
    name = field.name.replace("_", " ").capitalize()
    return f"{name} ({unit})" if unit else name
